//! RPPS numbers.

use super::ascii::Ascii;
use super::luhn::luhn;
use super::{IdError, IdKind, KeyStatus, digit, identifier, open_debug, read_ascii};

/// A number of the *répertoire partagé des professionnels de santé*: 11 digits, the last one a Luhn key.
///
/// In documents it stands behind the digit 8: see [`ProfessionalId`](crate::ProfessionalId).
///
/// ```
/// use segur_core::{KeyStatus, Rpps};
///
/// let rpps: Rpps = "199 99998 024".parse()?;
/// assert_eq!(rpps.as_str(), "19999998024");
/// assert!("19999998025".parse::<Rpps>().is_err());
/// assert_eq!(Rpps::read("19999998025")?.key(), KeyStatus::Wrong);
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rpps(Ascii<11>);

impl Rpps {
    /// Reads 11 digits, whatever their key; separators are dropped.
    ///
    /// # Errors
    /// There are not 11 digits.
    pub fn read(text: &str) -> Result<Self, IdError> {
        read_ascii(IdKind::Rpps, text, digit).map(Rpps)
    }

    /// What the Luhn key says.
    pub fn key(&self) -> KeyStatus {
        if luhn(self.as_str()) {
            KeyStatus::Valid
        } else {
            KeyStatus::Wrong
        }
    }
}

identifier!(Rpps);
open_debug!(Rpps);
