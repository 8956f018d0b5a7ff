//! Generated photos of pages that carry an INS Datamatrix.
//!
//! Same seed, same pixels. Each number is drawn evenly from its range:
//!
//! | what | range |
//! |---|---|
//! | image | 1280 x 960 pixels, grey, of a sheet as large, on a desk |
//! | text of the symbol | 110 to 291 characters (36 to 52 modules a side) |
//! | module | 3.0 to 6.5 pixels |
//! | quiet zone | 1 to 4 modules, then text, a ruled table, a bar code, a square of random modules |
//! | rotation | -20 to 20 degrees |
//! | perspective | each corner of the image displaced by up to 5 % of its width and height |
//! | blur | Gaussian, sigma 0.5 to 1.5 pixels, after 2 x 2 samples a pixel |
//! | light | ink 15 to 80, paper 180 to 245, a gradient of up to 20 % in any direction |
//! | noise | Gaussian, sigma 2 to 12 levels |
//!
//! Seed of image `i`: `0x5345_4755_5200_0000 + i`.
#![allow(unreachable_pub, reason = "shared by a test and an example")]

mod font;
mod photo;
mod sheet;

use segur_core::Sex;
use segur_ins::datamatrix::Payload;

pub use photo::{HEIGHT, WIDTH};

const SEED: u64 = 0x5345_4755_5200_0000;

/// A photo and what its symbol says; without symbol when `payload` is `None`.
pub struct Photo {
    pub luma: Vec<u8>,
    pub payload: Option<Payload>,
}

/// The image of this index.
pub fn photo(index: u64) -> Photo {
    let mut random = Random(SEED + index);
    let payload = person(&mut random);
    Photo {
        luma: photo::take(&mut random, Some(&payload)),
        payload: Some(payload),
    }
}

/// The same kind of page without a symbol.
#[allow(dead_code, reason = "a test needs it, the example does not")]
pub fn without_symbol(index: u64) -> Photo {
    let mut random = Random(SEED + index);
    Photo {
        luma: photo::take(&mut random, None),
        payload: None,
    }
}

fn person(random: &mut Random) -> Payload {
    let letters = 17 + random.below(184);
    let shortest = letters.saturating_sub(100).max(1);
    let given = shortest + random.below(letters.saturating_sub(1).min(100) - shortest + 1);
    Payload {
        matricule: (0..15)
            .map(|_| char::from(b'0' + random.below(10) as u8))
            .collect(),
        oid: "1.2.250.1.213.1.4.8".into(),
        given_names: name(random, given),
        family_name: name(random, letters - given),
        sex: if random.below(2) == 0 {
            Sex::Female
        } else {
            Sex::Male
        },
        birth_date: chrono::NaiveDate::default() + chrono::Days::new(random.below(20_000) as u64),
        birth_place: Some(format!("{:05}", 1001 + random.below(94_000))),
    }
}

/// Words of letters with single spaces or hyphens between them.
fn name(random: &mut Random, length: usize) -> String {
    let mut name = String::new();
    let mut word = 0;
    while name.len() < length {
        let inner = word > 2 && name.len() + 1 < length;
        if inner && random.below(6) == 0 {
            name.push(if random.below(4) == 0 { '-' } else { ' ' });
            word = 0;
        } else {
            name.push(char::from(b'A' + random.below(26) as u8));
            word += 1;
        }
    }
    name
}

/// SplitMix64.
pub struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `bound - 1`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Standard normal deviate.
    pub fn normal(&mut self) -> f32 {
        let radius = (-2.0 * self.between(1e-7, 1.0).ln()).sqrt();
        radius * (std::f32::consts::TAU * self.between(0.0, 1.0)).cos()
    }
}
