//! ADELI numbers.

use super::ascii::Ascii;
use super::{
    IdError, IdKind, KeyStatus, digit_or_second_letter, identifier, open_debug, read_ascii,
};

/// A number of the former ADELI register: 9 characters, the first two the department (`2A` and `2B` in Corsica).
///
/// The register is closed, its professions moved to RPPS; old documents still carry these numbers. No key is checked.
///
/// ```
/// let adeli: segur_core::Adeli = "0B7010446".parse()?;
/// assert_eq!(adeli.to_string(), "0B7010446");
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Adeli(Ascii<9>);

impl Adeli {
    /// Reads 9 characters: digits, the second one possibly A or B; separators are dropped.
    ///
    /// # Errors
    /// The length or a character is wrong.
    pub fn read(text: &str) -> Result<Self, IdError> {
        read_ascii(IdKind::Adeli, text, digit_or_second_letter).map(Adeli)
    }

    /// Always [`KeyStatus::Unchecked`].
    pub fn key(&self) -> KeyStatus {
        KeyStatus::Unchecked
    }
}

identifier!(Adeli);
open_debug!(Adeli);
