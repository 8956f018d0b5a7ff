//! What every symbol shows: the solid borders, the clock tracks, the quiet zone; and where they fit an image best.
//!
//! Source: ISO/IEC 16022, ECC 200, square symbols (table 7 and clause 5.2).

use super::geometry::{Projection, Quad, distance};
use super::pyramid::Gray;

/// Modules on a side of the square symbols, those of an INS Datamatrix first; not 144, whose codewords lie otherwise.
const SIDES: [usize; 23] = [
    36, 40, 44, 48, 52, 32, 64, 26, 24, 22, 20, 18, 16, 14, 12, 10, 72, 80, 88, 96, 104, 120, 132,
];

/// Data regions on a side of a symbol.
const fn regions(side: usize) -> usize {
    match side {
        ..32 => 1,
        32..64 => 2,
        64..=104 => 4,
        _ => 6,
    }
}

/// What a module of the borders and of the alignment patterns must be; `None` for data.
pub(super) fn fixed(side: usize, column: usize, row: usize) -> Option<bool> {
    let region = side / regions(side);
    let (column, row) = (column % region, row % region);
    if column == 0 || row == region - 1 {
        Some(true)
    } else if row == 0 {
        Some(column % 2 == 0)
    } else if column == region - 1 {
        Some(row % 2 == 1)
    } else {
        None
    }
}

/// A place of the unit square and whether it must be dark.
struct Mark {
    u: f32,
    v: f32,
    dark: bool,
}

/// A symbol whose borders were found.
pub(super) struct Fit {
    pub(super) side: usize,
    pub(super) quad: Quad,
}

/// Fits borders and clock tracks to a quadrilateral whose left and bottom sides are solid. `None` when there is no clock
/// track. The quadrilateral may be off by a module or so at its top right corner.
pub(super) fn fit(image: &Gray<'_>, quad: Quad) -> Option<Fit> {
    let range = contrast(image, quad)?;
    let sides = || SIDES.into_iter().filter(|side| module(quad, *side) >= 1.2);
    let as_found = sides().map(|side| (score(image, quad, &clock(side)), side, quad));
    let mut best = as_found.max_by(by_score)?;
    if best.0 < 0.35 * range {
        let moved = sides().flat_map(|side| {
            let clock = clock(side);
            around_top_right(quad, side).map(move |quad| (score(image, quad, &clock), side, quad))
        });
        best = moved.max_by(by_score)?;
    }
    let (score, side, quad) = best;
    (score > 0.2 * range).then(|| Fit {
        side,
        quad: refined(image, quad, side),
    })
}

fn by_score(a: &(f32, usize, Quad), b: &(f32, usize, Quad)) -> std::cmp::Ordering {
    a.0.total_cmp(&b.0)
}

/// Pixels a module, on average.
pub(super) fn module(quad: Quad, side: usize) -> f32 {
    let around: f32 = (0..4).map(|i| distance(quad[i], quad[(i + 1) % 4])).sum();
    around / 4.0 / side as f32
}

/// Difference of the light and the dark levels inside.
fn contrast(image: &Gray<'_>, quad: Quad) -> Option<f32> {
    let projection = Projection::onto(quad)?;
    let mut levels: Vec<f32> = (0..256)
        .map(|i| {
            image.at(projection.at((i % 16) as f32 / 16.0 + 0.03, (i / 16) as f32 / 16.0 + 0.03))
        })
        .collect();
    levels.sort_by(f32::total_cmp);
    let range = levels[230] - levels[25];
    (range >= 12.0).then_some(range)
}

/// The clock tracks on top and on the right.
fn clock(side: usize) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(2 * side);
    for index in 0..side {
        marks.push(centre(side, index, 0, index % 2 == 0));
        marks.push(centre(side, side - 1, index, index % 2 == 1));
    }
    marks
}

/// The clock tracks, a third of the other fixed modules, and the quiet zone: enough to place the corners.
fn marks(side: usize) -> Vec<Mark> {
    let mut marks = clock(side);
    for row in 1..side {
        // A step of three meets dark and light modules of an inner clock track in turn.
        for column in (row % 3..side - 1).step_by(3) {
            if let Some(dark) = fixed(side, column, row) {
                marks.push(centre(side, column, row, dark));
            }
        }
    }
    let beyond = 0.5 / side as f32;
    for index in (0..side).step_by(4) {
        let along = (index as f32 + 1.0) / side as f32;
        for (u, v) in [
            (along, -beyond),
            (along, 1.0 + beyond),
            (-beyond, along),
            (1.0 + beyond, along),
        ] {
            marks.push(Mark { u, v, dark: false });
        }
    }
    marks
}

fn centre(side: usize, column: usize, row: usize, dark: bool) -> Mark {
    Mark {
        u: (column as f32 + 0.5) / side as f32,
        v: (row as f32 + 0.5) / side as f32,
        dark,
    }
}

/// Mean level where it must be light less the mean where it must be dark.
fn score(image: &Gray<'_>, quad: Quad, marks: &[Mark]) -> f32 {
    let Some(projection) = Projection::onto(quad) else {
        return f32::MIN;
    };
    let (mut dark, mut light, mut darks) = (0.0, 0.0, 0.0);
    for mark in marks {
        let level = image.at(projection.at(mark.u, mark.v));
        if mark.dark {
            dark += level;
            darks += 1.0;
        } else {
            light += level;
        }
    }
    light / (marks.len() as f32 - darks) - dark / darks
}

/// The quadrilateral with its top right corner moved by up to one module in each direction.
fn around_top_right(quad: Quad, side: usize) -> impl Iterator<Item = Quad> {
    (0..25).map(move |index| {
        let step = |index: usize| (index as f32 - 2.0) / 2.0 / side as f32;
        let (right, down) = (step(index % 5), step(index / 5));
        let mut moved = quad;
        for axis in 0..2 {
            moved[1][axis] +=
                right * (quad[1][axis] - quad[0][axis]) + down * (quad[2][axis] - quad[1][axis]);
        }
        moved
    })
}

/// Moves the corners as long as the borders fit better.
fn refined(image: &Gray<'_>, quad: Quad, side: usize) -> Quad {
    let module = module(quad, side);
    let marks = marks(side);
    [0.4, 0.15, 0.06]
        .into_iter()
        .fold(quad, |quad, step| moved(image, quad, &marks, step * module))
}

/// Moves one corner after the other by one step, until no step is better.
fn moved(image: &Gray<'_>, mut quad: Quad, marks: &[Mark], step: f32) -> Quad {
    let mut best = score(image, quad, marks);
    for _ in 0..4 {
        let before = best;
        for (corner, axis) in (0..8).map(|index| (index / 2, index % 2)) {
            for sign in [step, -step] {
                let mut moved = quad;
                moved[corner][axis] += sign;
                let score = score(image, moved, marks);
                if score > best {
                    best = score;
                    quad = moved;
                    break;
                }
            }
        }
        if best <= before {
            break;
        }
    }
    quad
}
