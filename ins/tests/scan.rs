//! Symbols found in generated photos, and what is said when there is none.
// req: EXI REC 02
#![cfg(all(feature = "scan", feature = "symbol"))]
#![allow(clippy::unwrap_used)]

mod pages;

use datamatrix::{DataMatrix, SymbolList};
use proptest::prelude::*;
use segur_ins::datamatrix::scan::{MAX_PIXELS, ScanError, scan, scan_png};
use segur_ins::datamatrix::{Payload, PrintSize};

/// A grey image with room to draw.
struct Sheet {
    width: usize,
    height: usize,
    luma: Vec<u8>,
}

impl Sheet {
    fn white(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            luma: vec![240; width * height],
        }
    }

    /// Draws a symbol with modules of this many pixels, turned by quarters clockwise.
    fn draw(&mut self, text: &str, left: usize, top: usize, module: usize, quarters: usize) {
        let squares = SymbolList::default().enforce_square();
        let code = DataMatrix::encode(text.as_bytes(), squares).unwrap();
        let bitmap = code.bitmap();
        let last = bitmap.width() - 1;
        for (mut x, mut y) in bitmap.pixels() {
            for _ in 0..quarters {
                (x, y) = (last - y, x);
            }
            self.fill(left + x * module, top + y * module, module, module, 30);
        }
    }

    fn fill(&mut self, left: usize, top: usize, width: usize, height: usize, level: u8) {
        for y in top..(top + height).min(self.height) {
            for x in left..(left + width).min(self.width) {
                self.luma[y * self.width + x] = level;
            }
        }
    }

    fn read(&self) -> Result<Vec<String>, ScanError> {
        let found = scan(&self.luma, self.width, self.height)?;
        let texts = found
            .into_iter()
            .map(|found| found.scan.payload.encode().unwrap());
        Ok(texts.collect())
    }
}

fn payload(index: u64) -> Payload {
    pages::photo(index).payload.unwrap()
}

fn text(index: u64) -> String {
    payload(index).encode().unwrap()
}

#[test]
fn generated_photos_are_read() {
    for index in 1000..1016 {
        let photo = pages::photo(index);
        let found = scan(&photo.luma, pages::WIDTH, pages::HEIGHT)
            .unwrap_or_else(|error| panic!("image {index}: {error}"));
        assert_eq!(found.len(), 1, "image {index}");
        assert_eq!(Some(&found[0].scan.payload), photo.payload.as_ref());
        assert!(found[0].scan.tolerances.is_empty());
    }
}

#[test]
fn pages_without_symbol_are_said_to_have_none() {
    for index in 1000..1004 {
        let page = pages::without_symbol(index);
        let error = scan(&page.luma, pages::WIDTH, pages::HEIGHT).unwrap_err();
        assert!(
            matches!(error, ScanError::NoSymbol { passes, shapes } if passes > 4 && shapes > 0),
            "{error:?}"
        );
        assert!(error.to_string().starts_with("no Datamatrix was found: "));
    }
    let blank = Sheet::white(640, 480).read().unwrap_err();
    assert!(matches!(blank, ScanError::NoSymbol { shapes: 0, .. }));
}

#[test]
fn quarter_turns_and_several_symbols() {
    for quarters in 0..4 {
        let mut sheet = Sheet::white(500, 400);
        sheet.draw(&text(1), 60, 50, 4, quarters);
        assert_eq!(sheet.read().unwrap(), [text(1)], "{quarters} quarters");
        let corners = scan(&sheet.luma, 500, 400).unwrap()[0].corners;
        let inside = |corner: [f32; 2]| corner[0] < 280.0 && corner[1] < 280.0;
        assert!(corners.into_iter().all(inside), "{corners:?}");
    }
    let mut sheet = Sheet::white(1200, 500);
    sheet.draw(&text(1), 60, 50, 5, 0);
    sheet.draw(&text(2), 700, 90, 4, 1);
    let mut read = sheet.read().unwrap();
    read.sort();
    let mut expected = [text(1), text(2)];
    expected.sort();
    assert_eq!(read, expected);
}

#[test]
fn large_scans_and_close_photos() {
    for (width, height, module) in [(2480, 3508, 6), (3000, 2200, 30), (200, 200, 3)] {
        let mut sheet = Sheet::white(width, height);
        sheet.draw(&text(3), 20, 20, module, 0);
        assert_eq!(sheet.read().unwrap(), [text(3)], "{width} x {height}");
    }
}

#[test]
fn a_damaged_symbol_is_restored_or_said_to_be_unreadable() {
    let mut sheet = Sheet::white(500, 400);
    sheet.draw(&text(1), 60, 50, 4, 0);
    sheet.fill(100, 90, 30, 24, 240);
    assert_eq!(sheet.read().unwrap(), [text(1)]);
    sheet.fill(80, 70, 100, 100, 240);
    let error = sheet.read().unwrap_err();
    assert!(
        matches!(error, ScanError::Unreadable { symbols, .. } if symbols > 0),
        "{error:?}"
    );
}

#[test]
fn another_content_is_named() {
    let mut sheet = Sheet::white(500, 400);
    let other = "DC04FR000001ANTSANTS".repeat(6);
    sheet.draw(&other, 60, 50, 4, 0);
    let error = sheet.read().unwrap_err();
    assert!(matches!(error, ScanError::OtherContent(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("ANTS"));
}

#[test]
fn sizes_out_of_bounds_are_refused() {
    assert!(matches!(scan(&[], 0, 0), Err(ScanError::Size { .. })));
    let huge = scan(&[], usize::MAX, 2);
    assert!(matches!(huge, Err(ScanError::Size { .. })));
    let large = scan(&[], MAX_PIXELS, 24);
    assert!(matches!(large, Err(ScanError::Size { .. })));
    let short = scan(&[0; 100], 30, 30);
    let expected = matches!(
        short,
        Err(ScanError::Length {
            expected: 900,
            got: 100
        })
    );
    assert!(expected, "{short:?}");
    let ribbon = Sheet::white(24, 60_000).read();
    assert!(matches!(ribbon, Err(ScanError::NoSymbol { .. })));
}

#[test]
fn png_images_of_each_colour_type() {
    let symbol = payload(1).symbol().unwrap();
    let printed = symbol.to_png(PrintSize::default(), 300).unwrap();
    assert_eq!(scan_png(&printed).unwrap()[0].scan.payload, payload(1));

    let mut sheet = Sheet::white(400, 300);
    sheet.draw(&text(1), 30, 30, 4, 0);
    let ink = |luma: &u8| 255 - *luma;
    let pixels = |each: &dyn Fn(&u8) -> Vec<u8>| sheet.luma.iter().flat_map(each).collect();
    let images: [(png::ColorType, Vec<u8>); 4] = [
        (png::ColorType::Grayscale, sheet.luma.clone()),
        (png::ColorType::GrayscaleAlpha, pixels(&|l| vec![0, ink(l)])),
        (png::ColorType::Rgb, pixels(&|l| vec![*l, *l, *l])),
        (png::ColorType::Rgba, pixels(&|l| vec![0, 0, 60, ink(l)])),
    ];
    for (color, pixels) in images {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 400, 300);
        encoder.set_color(color);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&pixels)
            .unwrap();
        assert_eq!(
            scan_png(&file).unwrap()[0].scan.payload,
            payload(1),
            "{color:?}"
        );
        let cut = scan_png(&file[..file.len() / 2]);
        assert!(matches!(cut, Err(ScanError::Png(_))), "{cut:?}");
    }
    assert!(matches!(scan_png(b"no image"), Err(ScanError::Png(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 24 * 24..9000), width in 24_usize..200,
    ) {
        let height = bytes.len() / width;
        let _ = scan(&bytes[..width * height], width, height);
        let _ = scan_png(&bytes);
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        file.extend(bytes);
        let _ = scan_png(&file);
    }

    #[test]
    fn any_blots_are_read_or_refused(
        blots in proptest::collection::vec((0_usize..400, 0_usize..300, 1_usize..120, 1_usize..120, any::<u8>()), 0..12),
        quarters in 0_usize..4,
    ) {
        let mut sheet = Sheet::white(400, 300);
        sheet.draw("IS010000000000000000000000S1277010115400329S21.2.250.1.213.1.4.8", 60, 50, 4, quarters);
        for (left, top, width, height, level) in blots {
            sheet.fill(left, top, width, height, level);
        }
        let _ = sheet.read();
    }
}
