//! Which sides of a shape are the solid borders of a symbol.

use super::geometry::{Point, Projection, Quad, around, distance};
use super::pyramid::Gray;
use super::shapes::Thresholds;

/// Distances from the border at which it is probed, in shares of the side: the middle of a module lies between them.
const DEPTHS: [f32; 4] = [0.007, 0.012, 0.02, 0.035];
/// Places probed along a side.
const PROBES: usize = 40;
/// Share of dark probes of a solid side; a clock track has about half.
const SOLID: f32 = 0.78;

/// The quadrilaterals that the shape suggests, each turned so that its solid sides are on the left and at the bottom; the
/// likeliest first.
pub(super) fn borders(image: &Gray<'_>, thresholds: &Thresholds, hull: &[Point]) -> Vec<Quad> {
    let Some(quad) = around(hull).filter(is_squarish) else {
        return Vec::new();
    };
    let Some(projection) = Projection::onto(quad) else {
        return Vec::new();
    };
    let solid: [f32; 4] =
        std::array::from_fn(|side| solidity(image, thresholds, &projection, side));
    let mut turned: Vec<(f32, Quad)> = (0..4)
        .filter_map(|turns| {
            let (bottom, left) = (solid[(2 + turns) % 4], solid[(3 + turns) % 4]);
            let fits = bottom.min(left) >= SOLID;
            fits.then(|| {
                (
                    bottom + left,
                    std::array::from_fn(|i| quad[(i + turns) % 4]),
                )
            })
        })
        .collect();
    turned.sort_by(|a, b| b.0.total_cmp(&a.0));
    turned.truncate(2);
    turned.into_iter().map(|(_, quad)| quad).collect()
}

/// Opposite and neighbouring sides of similar length.
fn is_squarish(quad: &Quad) -> bool {
    let sides: [f32; 4] = std::array::from_fn(|i| distance(quad[i], quad[(i + 1) % 4]));
    let (short, long) = sides
        .iter()
        .fold((f32::MAX, 0.0_f32), |(short, long), side| {
            (short.min(*side), long.max(*side))
        });
    long < 2.5 * short
}

/// Greatest share of dark places along a side (0 on top, then clockwise), over the depths.
fn solidity(
    image: &Gray<'_>,
    thresholds: &Thresholds,
    projection: &Projection,
    side: usize,
) -> f32 {
    let share = |depth: f32| {
        let dark = (0..PROBES).filter(|probe| {
            let along = (*probe as f32 + 0.5) / PROBES as f32;
            let (u, v) = match side {
                0 => (along, depth),
                1 => (1.0 - depth, along),
                2 => (along, 1.0 - depth),
                _ => (depth, along),
            };
            let place = projection.at(u, v);
            image.at(place) < thresholds.at(place)
        });
        dark.count() as f32 / PROBES as f32
    };
    DEPTHS.into_iter().map(share).fold(0.0, f32::max)
}
