//! From the fitted borders to the modules, and from the modules to the text.

use datamatrix::placement::MatrixMap;

use super::correction::corrected;
use super::data::decoded;
use super::geometry::Projection;
use super::pattern::{Fit, fixed};
use super::pyramid::Gray;

/// How the levels are made black or white: how much of what the neighbours blurred into a module is taken away, and the
/// place of the threshold between the dark and the light means (`None`: the mean of the modules around).
const ATTEMPTS: [(f32, Option<f32>); 7] = [
    (0.15, None),
    (0.4, None),
    (0.0, Some(0.5)),
    (0.25, Some(0.5)),
    (0.7, None),
    (0.25, Some(0.4)),
    (0.25, Some(0.6)),
];
/// Modules on each side whose mean is the threshold.
const AROUND: usize = 5;

/// The bytes that the symbol holds. `None` when no attempt gives what error correction accepts.
pub(super) fn decode(image: &Gray<'_>, fit: &Fit) -> Option<Vec<u8>> {
    let side = fit.side;
    let levels = sampled(image, fit)?;
    let (dark, light) = means(&levels, side);
    ATTEMPTS.into_iter().find_map(|(sharpness, place)| {
        let sharp = sharpened(&levels, side, sharpness);
        let mut modules: Vec<bool> = match place {
            Some(place) => {
                let threshold = dark + place * (light - dark);
                sharp.iter().map(|level| *level < threshold).collect()
            }
            None => below_mean_around(&sharp, side),
        };
        // The borders are known; the decoder refuses a symbol in which one of their modules is wrong.
        for (index, module) in modules.iter_mut().enumerate() {
            if let Some(dark) = fixed(side, index % side, index / side) {
                *module = dark;
            }
        }
        let (map, _) = MatrixMap::try_from_bits(&modules, side).ok()?;
        decoded(&corrected(map.codewords(), side)?)
    })
}

/// Mean level of three places in each module, row by row.
fn sampled(image: &Gray<'_>, fit: &Fit) -> Option<Vec<f32>> {
    let projection = Projection::onto(fit.quad)?;
    let side = fit.side;
    let places = [(0.3, 0.5), (0.6, 0.3), (0.6, 0.7)];
    let level = |index: usize| {
        let (column, row) = ((index % side) as f32, (index / side) as f32);
        let sum: f32 = places
            .iter()
            .map(|(right, down)| {
                let (u, v) = (column + right, row + down);
                image.at(projection.at(u / side as f32, v / side as f32))
            })
            .sum();
        sum / places.len() as f32
    };
    Some((0..side * side).map(level).collect())
}

/// Mean levels of the fixed modules, dark and light.
fn means(levels: &[f32], side: usize) -> (f32, f32) {
    let mut sums = [(0.0, 0.0); 2];
    for (index, level) in levels.iter().enumerate() {
        if let Some(dark) = fixed(side, index % side, index / side) {
            let (sum, count) = &mut sums[usize::from(!dark)];
            *sum += level;
            *count += 1.0_f32;
        }
    }
    let [dark, light] = sums.map(|(sum, count)| sum / count.max(1.0));
    (dark, light)
}

/// Takes away a share of the difference to the four neighbours.
fn sharpened(levels: &[f32], side: usize, share: f32) -> Vec<f32> {
    let at = |column: usize, row: usize| levels[row * side + column];
    let last = side - 1;
    (0..side * side)
        .map(|index| {
            let (column, row) = (index % side, index / side);
            let around = at(column.saturating_sub(1), row)
                + at((column + 1).min(last), row)
                + at(column, row.saturating_sub(1))
                + at(column, (row + 1).min(last));
            let own = at(column, row);
            own + share * (own - around / 4.0)
        })
        .collect()
}

fn below_mean_around(levels: &[f32], side: usize) -> Vec<bool> {
    // Sums over rectangles from the top left corner, with an empty row and column before them.
    let wide = side + 1;
    let mut sums = vec![0.0_f32; wide * wide];
    for row in 0..side {
        let mut along = 0.0;
        for column in 0..side {
            along += levels[row * side + column];
            sums[(row + 1) * wide + column + 1] = sums[row * wide + column + 1] + along;
        }
    }
    (0..side * side)
        .map(|index| {
            let (column, row) = (index % side, index / side);
            let (left, right) = (
                column.saturating_sub(AROUND),
                (column + AROUND + 1).min(side),
            );
            let (top, bottom) = (row.saturating_sub(AROUND), (row + AROUND + 1).min(side));
            let sum = sums[bottom * wide + right] + sums[top * wide + left]
                - sums[top * wide + right]
                - sums[bottom * wide + left];
            levels[index] < sum / ((right - left) * (bottom - top)) as f32
        })
        .collect()
}
