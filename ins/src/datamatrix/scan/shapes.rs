//! Dark shapes that may be a symbol: connected runs of pixels darker than their surroundings.
//!
//! The border of a symbol and the modules that touch it are one connected shape as large as the symbol; letters are small.

use super::geometry::{Point, hull};
use super::pyramid::Gray;

/// Side of the squares whose means make the thresholds.
const BLOCK: usize = 16;
/// One row of so many is looked at for these means.
const SAMPLED: usize = 4;
/// Shapes narrower than this hold no module grid that could be sampled.
const SMALLEST: usize = 20;
/// Shapes looked at in one pass, the largest first.
const MOST: usize = 32;

/// Thresholds over an image, one a block.
pub(super) struct Thresholds {
    across: usize,
    levels: Vec<u8>,
}

impl Thresholds {
    /// `ratio` of the mean of the 5 x 5 blocks around.
    pub(super) fn local(image: &Gray<'_>, ratio: f32) -> Self {
        let across = image.width.div_ceil(BLOCK);
        let down = image.height.div_ceil(BLOCK);
        // Every fourth row is enough for a mean.
        let mut sums = vec![0_u32; across * down];
        let rows = image.pixels.chunks_exact(image.width);
        for (y, row) in rows.enumerate().step_by(SAMPLED) {
            let blocks = &mut sums[y / BLOCK * across..][..across];
            for (sum, part) in blocks.iter_mut().zip(row.chunks(BLOCK)) {
                *sum += part.iter().map(|pixel| u32::from(*pixel)).sum::<u32>();
            }
        }
        let levels = (0..across * down)
            .map(|index| {
                let (x, y) = (index % across, index / across);
                let (left, right) = (x.saturating_sub(2), (x + 3).min(across));
                let (top, bottom) = (y.saturating_sub(2), (y + 3).min(down));
                let sum: u32 = (top..bottom)
                    .flat_map(|y| &sums[y * across + left..y * across + right])
                    .sum();
                let wide = (right * BLOCK).min(image.width) - left * BLOCK;
                let high =
                    (bottom * BLOCK).min(image.height).div_ceil(SAMPLED) - top * BLOCK / SAMPLED;
                (sum as f32 / (wide * high) as f32 * ratio) as u8
            })
            .collect();
        Self { across, levels }
    }

    /// The threshold at a position, that of the nearest block outside.
    pub(super) fn at(&self, [x, y]: Point) -> f32 {
        let column = (x.max(0.0) as usize / BLOCK).min(self.across - 1);
        let last = self.levels.len() / self.across - 1;
        let row = (y.max(0.0) as usize / BLOCK).min(last);
        f32::from(self.levels[row * self.across + column])
    }

    fn row(&self, y: usize) -> &[u8] {
        &self.levels[y / BLOCK * self.across..][..self.across]
    }
}

#[derive(Clone, Copy)]
struct Run {
    row: u32,
    start: u32,
    end: u32,
}

/// Extent and area of the runs that are connected.
#[derive(Clone, Copy)]
struct Shape {
    left: u32,
    right: u32,
    top: u32,
    bottom: u32,
    area: u32,
    label: u32,
}

impl Shape {
    fn of(run: Run, label: u32) -> Self {
        Self {
            left: run.start,
            right: run.end,
            top: run.row,
            bottom: run.row + 1,
            area: run.end - run.start,
            label,
        }
    }

    /// Adds a run of a row that is not above the shape.
    fn add(&mut self, run: Run) {
        self.left = self.left.min(run.start);
        self.right = self.right.max(run.end);
        self.bottom = run.row + 1;
        self.area += run.end - run.start;
    }

    /// Large, nearly as high as wide, and neither a frame nor a line.
    fn may_be_symbol(&self) -> bool {
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        let (short, long) = (width.min(height), width.max(height));
        let filled = u64::from(self.area) * 6 >= u64::from(width) * u64::from(height);
        short as usize >= SMALLEST && long <= short * 3 && filled
    }
}

/// Hulls of the dark shapes of an image that may be symbols, the largest first.
pub(super) fn hulls(image: &Gray<'_>, thresholds: &Thresholds) -> Vec<Vec<Point>> {
    let (runs, mut labels) = connected(image, thresholds);
    let mut shapes: Vec<Shape> = Vec::with_capacity(runs.len() / 4);
    for (index, run) in runs.iter().enumerate() {
        let older = labels[index] as usize;
        labels[index] = if older == index {
            let label = shapes.len() as u32;
            shapes.push(Shape::of(*run, label));
            label
        } else {
            // A run points to an older one, which bears its label by now.
            let label = labels[older];
            shapes[label as usize].add(*run);
            label
        };
    }
    shapes.retain(Shape::may_be_symbol);
    shapes.sort_by_key(|shape| std::cmp::Reverse(shape.area));
    shapes.truncate(MOST);
    let outlines = shapes.iter().map(|shape| outline(shape, &runs, &labels));
    outlines.map(hull).collect()
}

/// First and last edge of the shape in each of its rows, from the top.
fn outline(shape: &Shape, runs: &[Run], labels: &[u32]) -> Vec<Point> {
    let mut edges = vec![(u32::MAX, 0); (shape.bottom - shape.top) as usize];
    let first = runs.partition_point(|run| run.row < shape.top);
    for (run, label) in runs[first..].iter().zip(&labels[first..]) {
        if run.row >= shape.bottom {
            break;
        }
        if *label == shape.label {
            let edge = &mut edges[(run.row - shape.top) as usize];
            *edge = (edge.0.min(run.start), edge.1.max(run.end));
        }
    }
    let mut points = Vec::with_capacity(edges.len() * 2);
    for (offset, (start, end)) in edges.into_iter().enumerate() {
        if start < end {
            let y = shape.top as f32 + offset as f32 + 0.5;
            points.push([start as f32, y]);
            points.push([end as f32, y]);
        }
    }
    points
}

/// The dark runs, row by row, and for each one an older run of its shape, or itself (a forest of unions).
fn connected(image: &Gray<'_>, thresholds: &Thresholds) -> (Vec<Run>, Vec<u32>) {
    let mut runs: Vec<Run> = Vec::with_capacity(image.pixels.len() / 8);
    let mut parents: Vec<u32> = Vec::with_capacity(image.pixels.len() / 8);
    let mut above = 0..0;
    // One light pixel at least after the last one ends its run.
    let mut dark = vec![0_u8; (image.width + 1).next_multiple_of(64)];
    for (y, row) in image.pixels.chunks_exact(image.width).enumerate() {
        let blocks = row.chunks(BLOCK).zip(dark.chunks_mut(BLOCK));
        for ((pixels, dark), level) in blocks.zip(thresholds.row(y)) {
            for (dark, pixel) in dark.iter_mut().zip(pixels) {
                *dark = u8::from(pixel < level);
            }
        }
        let first = runs.len();
        let mut touching = above.start;
        let mut started = None;
        edges(&dark, |x| match started.take() {
            None => started = Some(x),
            Some(start) => {
                // Corners touch too: the run above may end where this one starts.
                while touching < above.end && runs[touching].end < start {
                    touching += 1;
                }
                let mut parent = None;
                let mut other = touching;
                while other < above.end && runs[other].start <= x {
                    let root = find(&mut parents, other as u32);
                    parent = Some(match parent {
                        Some(before) if before != root => unite(&mut parents, before, root),
                        _ => root,
                    });
                    other += 1;
                }
                parents.push(parent.unwrap_or(runs.len() as u32));
                runs.push(Run {
                    row: y as u32,
                    start,
                    end: x,
                });
            }
        });
        above = first..runs.len();
    }
    (runs, parents)
}

/// Calls with each place where zeros change to ones or back.
#[inline]
fn edges(dark: &[u8], mut edge: impl FnMut(u32)) {
    // Gathers the lowest bits of eight bytes in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut before = 0;
    for (index, bytes) in dark.as_chunks::<64>().0.iter().enumerate() {
        let mut word = 0;
        for (part, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
            let bits = u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56;
            word |= bits << (8 * part);
        }
        let mut changes = word ^ (word << 1 | before);
        before = word >> 63;
        while changes != 0 {
            edge(index as u32 * 64 + changes.trailing_zeros());
            changes &= changes - 1;
        }
    }
}

fn find(parents: &mut [u32], mut at: u32) -> u32 {
    while parents[at as usize] != at {
        let up = parents[parents[at as usize] as usize];
        parents[at as usize] = up;
        at = up;
    }
    at
}

/// Joins two roots: the older run stays the root.
fn unite(parents: &mut [u32], a: u32, b: u32) -> u32 {
    parents[a.max(b) as usize] = a.min(b);
    a.min(b)
}
