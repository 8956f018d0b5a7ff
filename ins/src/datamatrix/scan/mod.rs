//! Finding and reading the symbol in a photo or in the scan of a page.
//!
//! ```no_run
//! use segur_ins::datamatrix::scan::scan_png;
//!
//! let page = std::fs::read("page.png")?;
//! let found = scan_png(&page)?;
//! println!("{} symbols", found.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! How: pixels darker than their surroundings are joined to shapes; the quadrilateral around each large shape is tried as
//! the border of a symbol (two solid sides, two clock tracks), its corners are moved until borders and alignment patterns
//! fit best, the modules are sampled through that projection, and error correction decides. When that gives
//! nothing, other scales and thresholds follow. One thread, no memory kept, no randomness.

mod correction;
mod data;
mod error;
mod finder;
mod geometry;
mod modules;
mod pattern;
mod picture;
mod pyramid;
mod shapes;

pub use error::ScanError;
pub use picture::scan_png;

use geometry::{Quad, scaled};
use pyramid::Gray;
use shapes::Thresholds;

use super::{DecodeError, Payload, Scan};

/// Most pixels of an image: a page of A4 at 600 dpi has 35 million.
pub const MAX_PIXELS: usize = 50_000_000;
const MIN_SIDE: usize = 24;
/// Longest side of the scale at which shapes are first looked for.
const FIRST_SIDE: usize = 1000;

/// A symbol found in an image, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The payload, and what was forgiven to read it.
    pub scan: Scan,
    /// Corners in pixels: top left, top right, bottom right, bottom left of the symbol as it was printed.
    pub corners: [[f32; 2]; 4],
}

/// Reads every INS Datamatrix of a grey image: one byte a pixel, 0 for black, rows from the top without padding.
///
/// The symbol must be dark on light, square, whole, and not mirrored; any rotation is read. What was read is never empty.
///
/// # Errors
/// [`ScanError`] says how far reading came: wrong size, no symbol, a symbol that error correction could not restore, or one
/// with another content.
pub fn scan(luma: &[u8], width: usize, height: usize) -> Result<Vec<Found>, ScanError> {
    let pixels = checked(width, height)?;
    if luma.len() != pixels {
        return Err(ScanError::Length {
            expected: pixels,
            got: luma.len(),
        });
    }
    let mut search = Search::default();
    let whole = Gray {
        width,
        height,
        pixels: luma.into(),
    };
    let mut levels = vec![whole];
    while let Some(last) = levels.last()
        && last.width.max(last.height) > FIRST_SIDE
        && last.width.min(last.height) >= 2 * MIN_SIDE
    {
        let half = last.halved();
        levels.push(half);
    }
    let first = levels.len() - 1;
    let finer = first.saturating_sub(1);
    let finest = first.saturating_sub(2);
    let passes = [
        (first, 0.85),
        (finer, 0.85),
        (first, 0.93),
        (finer, 0.93),
        (first, 0.7),
        (finer, 0.7),
        (finest, 0.85),
    ];
    for (index, pass) in passes.iter().enumerate() {
        if !passes[..index].contains(pass) {
            search.pass(&levels, pass.0, pass.1);
            if !search.found.is_empty() {
                return Ok(search.found);
            }
        }
    }
    Err(search.failed())
}

/// The number of pixels, within the limits.
fn checked(width: usize, height: usize) -> Result<usize, ScanError> {
    width
        .checked_mul(height)
        .filter(|pixels| *pixels <= MAX_PIXELS && width.min(height) >= MIN_SIDE)
        .ok_or(ScanError::Size {
            width,
            height,
            limit: MAX_PIXELS,
        })
}

/// What was found and what was tried so far.
#[derive(Default)]
struct Search {
    found: Vec<Found>,
    passes: usize,
    shapes: usize,
    symbols: usize,
    other: Option<DecodeError>,
}

impl Search {
    /// Looks at one scale with one threshold.
    fn pass(&mut self, levels: &[Gray<'_>], level: usize, ratio: f32) {
        self.passes += 1;
        let image = &levels[level];
        let thresholds = Thresholds::local(image, ratio);
        for hull in shapes::hulls(image, &thresholds) {
            self.shapes += 1;
            for quad in finder::borders(image, &thresholds, &hull) {
                let whole = scaled(quad, (1_u32 << level) as f32);
                if self.read(levels, whole) {
                    break;
                }
            }
        }
    }

    /// Whether a symbol was read there.
    fn read(&mut self, levels: &[Gray<'_>], quad: Quad) -> bool {
        // Modules of about four to eight pixels: less is noise, more is time.
        let shortest = (0..4)
            .map(|i| geometry::distance(quad[i], quad[(i + 1) % 4]))
            .fold(f32::MAX, f32::min);
        let level = ((shortest / 220.0).log2().max(0.0) as usize).min(levels.len() - 1);
        let scale = (1_u32 << level) as f32;
        let Some(fit) = pattern::fit(&levels[level], scaled(quad, 1.0 / scale)) else {
            return false;
        };
        let Some(bytes) = modules::decode(&levels[level], &fit) else {
            self.symbols += 1;
            return false;
        };
        // Latin-1, the default of the symbology; the payload itself is ASCII.
        let text: String = bytes.into_iter().map(char::from).collect();
        match Payload::decode(&text) {
            Ok(scan) if self.found.iter().any(|found| found.scan == scan) => {}
            Ok(scan) => self.found.push(Found {
                scan,
                corners: scaled(fit.quad, scale),
            }),
            Err(error) => self.other = Some(error),
        }
        true
    }

    fn failed(self) -> ScanError {
        match self.other {
            Some(error) => error.into(),
            None if self.symbols > 0 => ScanError::Unreadable {
                passes: self.passes,
                symbols: self.symbols,
            },
            None => ScanError::NoSymbol {
                passes: self.passes,
                shapes: self.shapes,
            },
        }
    }
}
