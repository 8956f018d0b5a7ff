//! Points, quadrilaterals, and the projection from the symbol onto the image.

/// A position in pixels: x to the right, y down, the first pixel's centre at 0.5.
pub(super) type Point = [f32; 2];

/// Corners of the symbol in the image: top left, top right, bottom right, bottom left, as the symbol was printed.
pub(super) type Quad = [Point; 4];

/// Scales a quadrilateral from one level of the pyramid to another.
pub(super) fn scaled(quad: Quad, by: f32) -> Quad {
    quad.map(|[x, y]| [x * by, y * by])
}

pub(super) fn distance(a: Point, b: Point) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Twice the area of the triangle, positive when it turns clockwise on the screen.
pub(super) fn turn(a: Point, b: Point, c: Point) -> f32 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// From the unit square onto a quadrilateral (Heckbert, "Fundamentals of texture mapping", 1989, section 2.2.3).
#[derive(Clone, Copy)]
pub(super) struct Projection {
    x: [f32; 3],
    y: [f32; 3],
    scale: [f32; 2],
}

impl Projection {
    /// `None` when the quadrilateral is degenerate.
    pub(super) fn onto([p0, p1, p2, p3]: Quad) -> Option<Self> {
        let sum = |axis: usize| p0[axis] - p1[axis] + p2[axis] - p3[axis];
        let (ax, ay) = (p1[0] - p2[0], p1[1] - p2[1]);
        let (bx, by) = (p3[0] - p2[0], p3[1] - p2[1]);
        let whole = ax * by - bx * ay;
        let g = (sum(0) * by - bx * sum(1)) / whole;
        let h = (ax * sum(1) - sum(0) * ay) / whole;
        // Finite and never zero over the square and its quiet zone.
        let seen = g.is_finite() && h.is_finite() && g > -0.7 && h > -0.7 && g + h > -0.7;
        let row = |axis: usize| {
            [
                p1[axis] - p0[axis] + g * p1[axis],
                p3[axis] - p0[axis] + h * p3[axis],
                p0[axis],
            ]
        };
        seen.then(|| Self {
            x: row(0),
            y: row(1),
            scale: [g, h],
        })
    }

    #[inline(always)]
    pub(super) fn at(&self, u: f32, v: f32) -> Point {
        let scale = 1.0 / (self.scale[0] * u + self.scale[1] * v + 1.0);
        [
            (self.x[0] * u + self.x[1] * v + self.x[2]) * scale,
            (self.y[0] * u + self.y[1] * v + self.y[2]) * scale,
        ]
    }
}

/// Convex hull, clockwise on the screen (Andrew's monotone chain), of points given row by row from the top, each row from the
/// left.
pub(super) fn hull(points: Vec<Point>) -> Vec<Point> {
    let mut hull: Vec<Point> = Vec::with_capacity(64);
    let mut grow = |points: &mut dyn Iterator<Item = &Point>| {
        let start = hull.len();
        for point in points {
            while let [.., before, last] = hull[start..]
                && turn(before, last, *point) <= 0.0
            {
                hull.pop();
            }
            hull.push(*point);
        }
        hull.pop();
    };
    grow(&mut points.iter());
    grow(&mut points.iter().rev());
    hull
}

/// The quadrilateral around a convex polygon, made by dropping, one after the other, the side whose two neighbours meet
/// with the least area added. `None` when that closes no quadrilateral.
pub(super) fn around(hull: &[Point]) -> Option<Quad> {
    let mut corners = hull.to_vec();
    while corners.len() > 4 {
        let count = corners.len();
        let mut least: Option<(f32, usize, Point)> = None;
        for side in 0..count {
            let at = |offset: usize| corners[(side + offset) % count];
            // The side from 1 to 2 goes; the sides 0-1 and 3-2 are prolonged.
            let Some(meet) = intersection(at(0), at(1), at(3), at(2)) else {
                continue;
            };
            let added = turn(at(1), meet, at(2));
            if added >= 0.0 && least.is_none_or(|(area, ..)| added < area) {
                least = Some((added, side, meet));
            }
        }
        let (_, side, meet) = least?;
        corners[(side + 1) % count] = meet;
        corners.remove((side + 2) % count);
    }
    corners.try_into().ok()
}

/// Where the rays from `a` through `b` and from `c` through `d` meet, beyond `b` and `d`.
fn intersection(a: Point, b: Point, c: Point, d: Point) -> Option<Point> {
    let (r, s) = ([b[0] - a[0], b[1] - a[1]], [d[0] - c[0], d[1] - c[1]]);
    let cross = r[0] * s[1] - r[1] * s[0];
    let along = ((c[0] - a[0]) * s[1] - (c[1] - a[1]) * s[0]) / cross;
    let along_other = ((c[0] - a[0]) * r[1] - (c[1] - a[1]) * r[0]) / cross;
    let beyond = along.is_finite() && along >= 0.999 && along_other >= 0.999 && along < 1e4;
    beyond.then(|| [a[0] + along * r[0], a[1] + along * r[1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_go_to_corners() {
        let quad = [[10.0, 12.0], [90.0, 5.0], [100.0, 95.0], [4.0, 80.0]];
        let projection = Projection::onto(quad).unwrap();
        for (corner, unit) in quad
            .iter()
            .zip([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
        {
            assert!(distance(*corner, projection.at(unit[0], unit[1])) < 1e-3);
        }
        assert!(Projection::onto([[1.0, 1.0]; 4]).is_none());
    }

    #[test]
    fn a_cut_corner_is_restored() {
        let cut = vec![
            [0.0, 0.0],
            [70.0, 0.0],
            [100.0, 20.0],
            [50.0, 50.0],
            [0.0, 100.0],
            [100.0, 100.0],
        ];
        let quad = around(&hull(cut)).unwrap();
        for corner in [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]] {
            assert!(
                quad.iter().any(|found| distance(*found, corner) < 1e-3),
                "{quad:?}"
            );
        }
        assert!(turn(quad[0], quad[1], quad[2]) > 0.0);
        assert!(around(&hull(vec![[1.0, 1.0], [2.0, 2.0]])).is_none());
    }
}
