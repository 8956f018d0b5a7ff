//! The image and its halves.

use std::borrow::Cow;

use super::geometry::Point;

/// Grey image of at least 2 x 2 pixels, 0 for black, rows from the top without padding.
pub(super) struct Gray<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Cow<'a, [u8]>,
}

impl Gray<'_> {
    /// Half the size, each pixel the mean of four.
    pub(super) fn halved(&self) -> Gray<'static> {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = vec![0; width * height];
        let pairs = self.pixels.chunks_exact(2 * self.width);
        for (row, lines) in pixels.chunks_exact_mut(width).zip(pairs) {
            let (upper, lower) = lines.split_at(self.width);
            let (wide, rest) = row.as_chunks_mut::<4>();
            let (upper_wide, upper_rest) = upper.as_chunks::<8>();
            let (lower_wide, lower_rest) = lower.as_chunks::<8>();
            for ((four, a), b) in wide.iter_mut().zip(upper_wide).zip(lower_wide) {
                *four = mean_of_pairs(*a, *b);
            }
            let (upper_rest, lower_rest) = (upper_rest.chunks_exact(2), lower_rest.chunks_exact(2));
            for ((pixel, a), b) in rest.iter_mut().zip(upper_rest).zip(lower_rest) {
                let sum = u16::from(a[0]) + u16::from(a[1]) + u16::from(b[0]) + u16::from(b[1]);
                *pixel = ((sum + 2) >> 2) as u8;
            }
        }
        Gray {
            width,
            height,
            pixels: pixels.into(),
        }
    }

    /// The level between pixels; outside, that of the nearest pixel.
    #[inline(always)]
    pub(super) fn at(&self, [x, y]: Point) -> f32 {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        // Through i32, which costs a third of a cast to usize.
        let column = (x as i32 as usize).min(self.width - 2);
        let row = (y as i32 as usize).min(self.height - 2);
        let (right, down) = (x - column as i32 as f32, y - row as i32 as f32);
        let start = row * self.width + column;
        let pair = |from: usize| match self.pixels.get(from..from + 2) {
            Some([left, next]) => {
                let left = f32::from(*left);
                left + (f32::from(*next) - left) * right
            }
            _ => 255.0,
        };
        let upper = pair(start);
        upper + (pair(start + self.width) - upper) * down
    }
}

/// Means of 2 x 2 pixels of two lines, four at once in the four parts of 16 bits of a word.
#[inline]
fn mean_of_pairs(upper: [u8; 8], lower: [u8; 8]) -> [u8; 4] {
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    const ROUND: u64 = 0x0002_0002_0002_0002;
    let sums = |pixels: [u8; 8]| {
        let word = u64::from_le_bytes(pixels);
        (word & EVEN).wrapping_add((word >> 8) & EVEN)
    };
    // At most 4 * 255 + 2: no part runs over into the next.
    let sum = sums(upper).wrapping_add(sums(lower)).wrapping_add(ROUND);
    let [a, _, b, _, c, _, d, _] = ((sum >> 2) & EVEN).to_le_bytes();
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_means_of_four() {
        let (width, height) = (23, 5);
        let pixels: Vec<u8> = (0..width * height).map(|i| (i * 37 % 256) as u8).collect();
        let image = Gray {
            width,
            height,
            pixels: pixels.clone().into(),
        };
        let half = image.halved();
        assert_eq!((half.width, half.height), (11, 2));
        for (index, pixel) in half.pixels.iter().enumerate() {
            let at = index / 11 * 2 * width + index % 11 * 2;
            let four = [at, at + 1, at + width, at + width + 1].map(|at| u32::from(pixels[at]));
            assert_eq!(u32::from(*pixel), (four.iter().sum::<u32>() + 2) / 4);
        }
    }

    #[test]
    fn levels_between_pixels() {
        let image = Gray {
            width: 2,
            height: 2,
            pixels: vec![0, 100, 0, 100].into(),
        };
        assert_eq!(image.at([1.0, 1.0]), 50.0);
        assert_eq!(image.at([-5.0, 9.0]), 0.0);
        assert_eq!(image.at([9.0, 0.0]), 100.0);
        assert!(image.at([f32::NAN, 1.0]).is_nan());
    }
}
