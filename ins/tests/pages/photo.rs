//! From the sheet to the photo: position, perspective, light, blur, noise.

use segur_ins::datamatrix::Payload;

use super::Random;
use super::sheet::Sheet;

pub const WIDTH: usize = 1280;
pub const HEIGHT: usize = 960;
const DESK: f32 = 95.0;

pub fn take(random: &mut Random, payload: Option<&Payload>) -> Vec<u8> {
    let sheet = Sheet::print(random, payload);
    let onto_sheet = view(random);
    let (ink, paper) = (random.between(15.0, 80.0), random.between(180.0, 245.0));
    let (strength, direction) = (
        random.between(0.0, 0.2),
        random.between(0.0, std::f32::consts::TAU),
    );
    let mut image = vec![0.0_f32; WIDTH * HEIGHT];
    for (index, pixel) in image.iter_mut().enumerate() {
        let (column, row) = ((index % WIDTH) as f32, (index / WIDTH) as f32);
        let mut sum = 0.0;
        for (right, down) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
            let [x, y] = onto_sheet.apply(column + right, row + down);
            sum += sheet
                .at(x, y)
                .map_or(DESK, |dark| paper + (ink - paper) * dark);
        }
        let across = (column / WIDTH as f32 - 0.5) * direction.cos();
        let along = (row / HEIGHT as f32 - 0.5) * direction.sin();
        *pixel = sum / 4.0 * (1.0 + 2.0 * strength * (across + along));
    }
    let image = blurred(&image, random.between(0.5, 1.5));
    let noise = random.between(2.0, 12.0);
    image
        .iter()
        .map(|pixel| (pixel + noise * random.normal()).round().clamp(0.0, 255.0) as u8)
        .collect()
}

/// Where each point of the image lies on the sheet.
fn view(random: &mut Random) -> Homography {
    let angle = random.between(-20.0, 20.0).to_radians();
    let (width, height) = (WIDTH as f32, HEIGHT as f32);
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    let seen = corners.map(|[x, y]: [f32; 2]| {
        let (x, y) = (x - width / 2.0, y - height / 2.0);
        let turned = [
            x * angle.cos() - y * angle.sin() + width / 2.0,
            x * angle.sin() + y * angle.cos() + height / 2.0,
        ];
        [
            turned[0] + width * random.between(-0.05, 0.05),
            turned[1] + height * random.between(-0.05, 0.05),
        ]
    });
    Homography::onto(seen, width, height)
}

/// From a rectangle of the given size onto a quadrilateral (Heckbert 1989, section 2.2.3).
struct Homography {
    rows: [[f32; 3]; 3],
}

impl Homography {
    fn onto(quad: [[f32; 2]; 4], width: f32, height: f32) -> Self {
        let [p0, p1, p2, p3] = quad;
        let sum = |axis: usize| p0[axis] - p1[axis] + p2[axis] - p3[axis];
        let (ax, ay) = (p1[0] - p2[0], p1[1] - p2[1]);
        let (bx, by) = (p3[0] - p2[0], p3[1] - p2[1]);
        let whole = ax * by - bx * ay;
        let g = (sum(0) * by - bx * sum(1)) / whole;
        let h = (ax * sum(1) - sum(0) * ay) / whole;
        let row = |axis: usize| {
            [
                (p1[axis] - p0[axis] + g * p1[axis]) / width,
                (p3[axis] - p0[axis] + h * p3[axis]) / height,
                p0[axis],
            ]
        };
        Self {
            rows: [row(0), row(1), [g / width, h / height, 1.0]],
        }
    }

    fn apply(&self, x: f32, y: f32) -> [f32; 2] {
        let along = |row: [f32; 3]| row[0] * x + row[1] * y + row[2];
        let scale = along(self.rows[2]);
        [along(self.rows[0]) / scale, along(self.rows[1]) / scale]
    }
}

fn blurred(image: &[f32], sigma: f32) -> Vec<f32> {
    let reach = (3.0 * sigma).ceil() as isize;
    let mut kernel: Vec<f32> = (-reach..=reach)
        .map(|at| (-(at * at) as f32 / (2.0 * sigma * sigma)).exp())
        .collect();
    let sum: f32 = kernel.iter().sum();
    kernel.iter_mut().for_each(|weight| *weight /= sum);
    let pass = |image: &[f32], step: [isize; 2]| -> Vec<f32> {
        (0..image.len())
            .map(|index| {
                let (x, y) = ((index % WIDTH) as isize, (index / WIDTH) as isize);
                let weighted = kernel.iter().zip(-reach..=reach).map(|(weight, at)| {
                    let x = (x + at * step[0]).clamp(0, WIDTH as isize - 1) as usize;
                    let y = (y + at * step[1]).clamp(0, HEIGHT as isize - 1) as usize;
                    weight * image[y * WIDTH + x]
                });
                weighted.sum()
            })
            .collect()
    };
    pass(&pass(image, [1, 0]), [0, 1])
}
