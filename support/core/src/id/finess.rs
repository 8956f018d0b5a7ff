//! FINESS numbers.

use super::ascii::Ascii;
use super::luhn::luhn;
use super::{
    IdError, IdKind, KeyStatus, digit_or_second_letter, identifier, open_debug, read_ascii,
};

/// A number of the FINESS register of health and social establishments: 9 characters, the last one a Luhn key.
///
/// The first two are the department. For those with a letter (`2A`, `2B`, and `0B` of test structures) no rule for the
/// key is known here: [`key`](Finess::key) says `Unchecked`.
///
/// ```
/// use segur_core::{Finess, KeyStatus};
///
/// assert_eq!("990000010".parse::<Finess>()?.key(), KeyStatus::Valid);
/// assert_eq!("2A0000010".parse::<Finess>()?.key(), KeyStatus::Unchecked);
/// assert!("120456789".parse::<Finess>().is_err());
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finess(Ascii<9>);

impl Finess {
    /// Reads 9 characters: digits, the second one possibly A or B; separators are dropped.
    ///
    /// # Errors
    /// The length or a character is wrong.
    pub fn read(text: &str) -> Result<Self, IdError> {
        read_ascii(IdKind::Finess, text, digit_or_second_letter).map(Finess)
    }

    /// What the Luhn key says.
    pub fn key(&self) -> KeyStatus {
        let text = self.as_str();
        if text.bytes().any(|byte| !byte.is_ascii_digit()) {
            KeyStatus::Unchecked
        } else if luhn(text) {
            KeyStatus::Valid
        } else {
            KeyStatus::Wrong
        }
    }
}

identifier!(Finess);
open_debug!(Finess);
