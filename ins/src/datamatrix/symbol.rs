//! The printed symbol: ECC 200, square, with its quiet zone.

use std::fmt::Write as _;

use datamatrix::{DataMatrix, SymbolList};

use super::{EncodeError, Payload};

/// How a symbol is drawn.
///
/// The defaults print a symbol of 36 modules at 18 mm with two modules of quiet zone, which hand
/// scanners and cameras read from paper at 300 dpi.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrintSize {
    /// Side of one module in millimetres.
    pub module_mm: f32,
    /// White modules around the symbol; ISO/IEC 16022 asks for at least one.
    pub quiet_zone: u8,
}

impl Default for PrintSize {
    fn default() -> Self {
        Self {
            module_mm: 0.5,
            quiet_zone: 2,
        }
    }
}

/// A symbol cannot be made or drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SymbolError {
    /// The payload cannot be written.
    #[error(transparent)]
    Payload(#[from] EncodeError),
    /// The payload does not fit in a symbol: impossible for the lengths that the format allows.
    #[error("the payload of {0} characters does not fit in a square symbol")]
    TooLong(usize),
    /// A print size that no printer or scanner can use.
    #[error(
        "modules must measure 0.1 to 10 mm, the quiet zone at least 1 module, the resolution 72 to 2400 dpi"
    )]
    PrintSize,
    /// The image could not be written.
    #[error("the PNG image could not be written")]
    Png(#[from] png::EncodingError),
}

/// A symbol, as rows of modules.
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    side: usize,
    dark: Vec<bool>,
}

impl Payload {
    /// Makes the symbol of the payload. The separator 0x1D is data in it, never FNC1.
    ///
    /// # Errors
    /// [`SymbolError::Payload`] names the field that cannot be written.
    pub fn symbol(&self) -> Result<Symbol, SymbolError> {
        let text = self.encode()?;
        let squares = SymbolList::default().enforce_square();
        let code = DataMatrix::encode(text.as_bytes(), squares)
            .map_err(|_| SymbolError::TooLong(text.len()))?;
        let bitmap = code.bitmap();
        let side = bitmap.width();
        let mut dark = vec![false; side * bitmap.height()];
        for (x, y) in bitmap.pixels() {
            dark[y * side + x] = true;
        }
        Ok(Symbol { side, dark })
    }
}

impl Symbol {
    /// Modules on a side, quiet zone excluded.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.side
    }

    /// Whether a module is dark; columns from the left, rows from the top. Outside: light.
    #[must_use]
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.side
            && self
                .dark
                .get(row * self.side + column)
                .copied()
                .unwrap_or(false)
    }

    /// A self-contained SVG image in millimetres.
    ///
    /// # Errors
    /// [`SymbolError::PrintSize`] for sizes out of bounds.
    pub fn to_svg(&self, size: PrintSize) -> Result<String, SymbolError> {
        size.check()?;
        let quiet = usize::from(size.quiet_zone);
        let modules = self.side + 2 * quiet;
        let mm = modules as f32 * size.module_mm;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{mm}mm\" height=\"{mm}mm\" \
             viewBox=\"0 0 {modules} {modules}\" shape-rendering=\"crispEdges\">\
             <title>Datamatrix INS</title>\
             <path fill=\"#fff\" d=\"M0 0h{modules}v{modules}H0z\"/><path d=\""
        );
        for row in 0..self.side {
            let mut column = 0;
            while column < self.side {
                let run = (column..self.side)
                    .take_while(|c| self.is_dark(*c, row))
                    .count();
                if run > 0 {
                    // Writing to a String cannot fail.
                    let _ = write!(svg, "M{} {}h{run}v1h-{run}z", column + quiet, row + quiet);
                }
                column += run.max(1);
            }
        }
        svg.push_str("\"/></svg>");
        Ok(svg)
    }

    /// A black and white PNG image with its print resolution.
    ///
    /// Each module is a whole number of pixels, so the printed size is the nearest one that `dpi` allows.
    ///
    /// # Errors
    /// [`SymbolError::PrintSize`] for sizes out of bounds.
    pub fn to_png(&self, size: PrintSize, dpi: u32) -> Result<Vec<u8>, SymbolError> {
        size.check()?;
        if !(72..=2400).contains(&dpi) {
            return Err(SymbolError::PrintSize);
        }
        let pixels_per_module = ((size.module_mm * dpi as f32 / 25.4).round() as usize).max(1);
        let quiet = usize::from(size.quiet_zone);
        let side = (self.side + 2 * quiet) * pixels_per_module;
        let stride = side.div_ceil(8);
        let mut pixels = vec![0xff_u8; stride * side];
        for y in 0..side {
            for x in 0..side {
                let module = |at: usize| (at / pixels_per_module).checked_sub(quiet);
                if let (Some(column), Some(row)) = (module(x), module(y))
                    && self.is_dark(column, row)
                {
                    pixels[y * stride + x / 8] &= !(0x80 >> (x % 8));
                }
            }
        }
        let side = u32::try_from(side).map_err(|_| SymbolError::PrintSize)?;
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let per_metre = (dpi as f32 / 0.0254).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: png::Unit::Meter,
        }));
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok(out)
    }
}

impl PrintSize {
    fn check(self) -> Result<(), SymbolError> {
        let sane = (0.1..=10.0).contains(&self.module_mm) && self.quiet_zone >= 1;
        if sane {
            Ok(())
        } else {
            Err(SymbolError::PrintSize)
        }
    }
}

/// The modules spell the patient's traits: they are not shown.
impl std::fmt::Debug for Symbol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Symbol")
            .field("side", &self.side)
            .finish_non_exhaustive()
    }
}
