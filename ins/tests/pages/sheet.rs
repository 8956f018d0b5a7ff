//! The sheet before it is photographed: ink or paper, two dots a pixel of the image.

use segur_ins::datamatrix::{Payload, Symbol};

use super::{HEIGHT, Random, WIDTH, font};

/// Dots a pixel.
const FINE: f32 = 2.0;

pub struct Sheet {
    width: usize,
    ink: Vec<bool>,
    /// Left, top, right, bottom of what nothing else may touch.
    reserved: [f32; 4],
}

impl Sheet {
    pub fn print(random: &mut Random, payload: Option<&Payload>) -> Self {
        let width = WIDTH * FINE as usize;
        let mut sheet = Self {
            width,
            ink: vec![false; width * HEIGHT * FINE as usize],
            reserved: [0.0; 4],
        };
        let module = random.between(3.0, 6.5);
        let quiet = random.between(1.0, 4.0) * module;
        let middle = [
            WIDTH as f32 / 2.0 + random.between(-260.0, 260.0),
            HEIGHT as f32 / 2.0 + random.between(-120.0, 120.0),
        ];
        if let Some(symbol) = payload.map(|payload| payload.symbol().unwrap()) {
            sheet.symbol(&symbol, middle, module, quiet);
        }
        sheet.table(random);
        sheet.bars(random);
        sheet.noise_square(random);
        sheet.text(random);
        sheet
    }

    /// 1.0 for ink, 0.0 for paper, between them at edges; `None` beside the sheet. In pixels of the image.
    pub fn at(&self, x: f32, y: f32) -> Option<f32> {
        let (x, y) = (x * FINE - 0.5, y * FINE - 0.5);
        let (column, row) = (x.floor(), y.floor());
        let inside = column >= 0.0
            && row >= 0.0
            && column + 1.0 < self.width as f32
            && row + 1.0 < (self.ink.len() / self.width) as f32;
        if !inside {
            return None;
        }
        let (right, down) = (x - column, y - row);
        let at = row as usize * self.width + column as usize;
        let dot = |at: usize| f32::from(u8::from(self.ink[at]));
        let upper = dot(at) * (1.0 - right) + dot(at + 1) * right;
        let lower = dot(at + self.width) * (1.0 - right) + dot(at + self.width + 1) * right;
        Some(upper * (1.0 - down) + lower * down)
    }

    fn symbol(&mut self, symbol: &Symbol, middle: [f32; 2], module: f32, quiet: f32) {
        let side = symbol.side() as f32 * module;
        let (left, top) = (middle[0] - side / 2.0, middle[1] - side / 2.0);
        let edge = |from: f32, index: usize| from + index as f32 * module;
        for row in 0..symbol.side() {
            for column in 0..symbol.side() {
                if symbol.is_dark(column, row) {
                    self.fill(
                        [edge(left, column), edge(top, row)],
                        [edge(left, column + 1), edge(top, row + 1)],
                    );
                }
            }
        }
        self.reserved = [
            left - quiet,
            top - quiet,
            left + side + quiet,
            top + side + quiet,
        ];
    }

    fn table(&mut self, random: &mut Random) {
        let (left, top) = (random.between(20.0, 900.0), random.between(20.0, 700.0));
        let (width, height) = (random.between(60.0, 120.0), random.between(18.0, 40.0));
        for line in 0..5 {
            let (x, y) = (left + line as f32 * width, top + line as f32 * height);
            self.rule([x, top], [x + 1.5, top + 4.0 * height + 1.5]);
            self.rule([left, y], [left + 4.0 * width + 1.5, y + 1.5]);
        }
    }

    fn bars(&mut self, random: &mut Random) {
        let top = random.between(20.0, 850.0);
        let mut left = random.between(20.0, 900.0);
        for _ in 0..40 {
            let width = 2.0 * (1 + random.below(3)) as f32;
            self.rule([left, top], [left + width, top + 60.0]);
            left += width + 2.0 * (1 + random.below(3)) as f32;
        }
    }

    /// As dense as a symbol, without its borders.
    fn noise_square(&mut self, random: &mut Random) {
        let (left, top) = (random.between(20.0, 1100.0), random.between(20.0, 800.0));
        let module = random.between(3.0, 6.0);
        for index in 0..30 * 30 {
            if random.below(2) == 0 {
                let (x, y) = (
                    left + (index % 30) as f32 * module,
                    top + (index / 30) as f32 * module,
                );
                self.rule([x, y], [x + module, y + module]);
            }
        }
    }

    fn text(&mut self, random: &mut Random) {
        let mut top = 10.0;
        while top < HEIGHT as f32 - 30.0 {
            let dot = random.between(1.2, 2.6);
            let mut left = 15.0 + 200.0 * random.below(2) as f32;
            while left < WIDTH as f32 - 30.0 {
                if random.below(6) > 0 {
                    self.glyph(random.below(36), [left, top], dot);
                }
                left += 6.0 * dot;
            }
            top += dot * random.between(9.0, 14.0);
        }
    }

    fn glyph(&mut self, glyph: usize, [left, top]: [f32; 2], dot: f32) {
        if !self.is_free([left, top], [left + 5.0 * dot, top + 7.0 * dot]) {
            return;
        }
        for column in 0..5 {
            for row in 0..7 {
                if font::dot(glyph, column, row) {
                    let (x, y) = (left + column as f32 * dot, top + row as f32 * dot);
                    self.fill([x, y], [x + dot, y + dot]);
                }
            }
        }
    }

    /// Fills a rectangle where it does not touch what is reserved.
    fn rule(&mut self, from: [f32; 2], to: [f32; 2]) {
        if self.is_free(from, to) {
            self.fill(from, to);
        }
    }

    fn is_free(&self, from: [f32; 2], to: [f32; 2]) -> bool {
        let [left, top, right, bottom] = self.reserved;
        to[0] <= left || from[0] >= right || to[1] <= top || from[1] >= bottom
    }

    fn fill(&mut self, from: [f32; 2], to: [f32; 2]) {
        let height = self.ink.len() / self.width;
        let dots = |at: f32, limit: usize| ((at * FINE).round().max(0.0) as usize).min(limit);
        for row in dots(from[1], height)..dots(to[1], height) {
            let start = row * self.width;
            self.ink[start + dots(from[0], self.width)..start + dots(to[0], self.width)].fill(true);
        }
    }
}
