//! Why no payload came out of an image.

use super::super::DecodeError;

/// An image gave no payload. Says how far reading came; no text of the image stands in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The image is too small to hold a symbol or larger than the limit.
    #[error(
        "an image of {width} x {height} pixels cannot be scanned: 24 x 24 to {limit} pixels in all"
    )]
    Size {
        /// Pixels a row.
        width: usize,
        /// Rows.
        height: usize,
        /// Most pixels that are accepted.
        limit: usize,
    },
    /// The number of bytes is not width times height.
    #[error("{got} bytes of luminance, {expected} expected")]
    Length {
        /// Width times height.
        expected: usize,
        /// Bytes given.
        got: usize,
    },
    /// The bytes are no PNG image, or a broken one.
    #[error("the PNG image could not be read")]
    Png(#[from] png::DecodingError),
    /// No shape of the image has the borders of a square Datamatrix.
    #[error(
        "no Datamatrix was found: {shapes} dark shapes were looked at in {passes} passes at several scales and thresholds"
    )]
    NoSymbol {
        /// Passes made: pairs of a scale and a threshold.
        passes: usize,
        /// Dark shapes looked at, in all passes.
        shapes: usize,
    },
    /// The borders of a symbol were found, its modules are too damaged or blurred for error correction.
    #[error(
        "a Datamatrix was found but could not be read: error correction failed {symbols} times in {passes} passes"
    )]
    Unreadable {
        /// Passes made: pairs of a scale and a threshold.
        passes: usize,
        /// Times that borders were found and error correction failed.
        symbols: usize,
    },
    /// A Datamatrix was read that is not the one of the INS.
    #[error("a Datamatrix was read, but not the one of the INS")]
    OtherContent(#[from] DecodeError),
}
