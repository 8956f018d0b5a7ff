//! Images as files.

use std::io::Cursor;

use png::{ColorType, Transformations};

use super::{Found, ScanError, checked, scan};

/// Reads every INS Datamatrix of a PNG image, of any colour type. Transparent places count as white.
///
/// # Errors
/// [`ScanError`], as of [`scan`]; [`ScanError::Png`] when the bytes are no PNG image.
pub fn scan_png(bytes: &[u8]) -> Result<Vec<Found>, ScanError> {
    let (luma, width, height) = luma_of_png(bytes)?;
    scan(&luma, width, height)
}

fn luma_of_png(bytes: &[u8]) -> Result<(Vec<u8>, usize, usize), ScanError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let (width, height) = (reader.info().width as usize, reader.info().height as usize);
    let count = checked(width, height)?;
    // Four channels at most: the limit of pixels bounds this.
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or(4 * count)];
    let frame = reader.next_frame(&mut pixels)?;
    pixels.truncate(frame.buffer_size());
    let over_white = |level: u8, opacity: u8| {
        let (level, opacity) = (u32::from(level), u32::from(opacity));
        ((level * opacity + 255 * (255 - opacity)) / 255) as u8
    };
    let luma = match frame.color_type {
        ColorType::Grayscale | ColorType::Indexed => pixels,
        ColorType::GrayscaleAlpha => pixels
            .chunks_exact(2)
            .map(|p| over_white(p[0], p[1]))
            .collect(),
        ColorType::Rgb => pixels
            .chunks_exact(3)
            .map(|p| luma([p[0], p[1], p[2]]))
            .collect(),
        ColorType::Rgba => pixels
            .chunks_exact(4)
            .map(|p| over_white(luma([p[0], p[1], p[2]]), p[3]))
            .collect(),
    };
    Ok((luma, width, height))
}

/// Luminance of ITU-R BT.601, in 256ths.
fn luma([red, green, blue]: [u8; 3]) -> u8 {
    ((77 * u32::from(red) + 150 * u32::from(green) + 29 * u32::from(blue)) >> 8) as u8
}
