//! SIREN and SIRET numbers.

use super::ascii::Ascii;
use super::luhn::luhn;
use super::{IdError, IdKind, KeyStatus, digit, identifier, open_debug, read_ascii};

/// SIREN of La Poste, whose establishments do not follow the Luhn check.
const LA_POSTE: &str = "356000000";

/// A SIREN number: a legal unit of the SIRENE register, 9 digits, the last one a Luhn key.
///
/// ```
/// assert_eq!("732 829 320".parse::<segur_core::Siren>()?.as_str(), "732829320");
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siren(Ascii<9>);

impl Siren {
    /// Reads 9 digits, whatever their key; separators are dropped.
    ///
    /// # Errors
    /// There are not 9 digits.
    pub fn read(text: &str) -> Result<Self, IdError> {
        read_ascii(IdKind::Siren, text, digit).map(Siren)
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

identifier!(Siren);
open_debug!(Siren);

/// A SIRET number: an establishment of the SIRENE register, 14 digits, the SIREN first, the last one a Luhn key.
///
/// Establishments of La Poste have another key, not checked here: [`key`](Siret::key) says `Unchecked` for them.
///
/// ```
/// use segur_core::{KeyStatus, Siret};
///
/// let siret: Siret = "732 829 320 00074".parse()?;
/// assert_eq!(siret.siren()?.as_str(), "732829320");
/// assert_eq!(siret.key(), KeyStatus::Valid);
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Siret(Ascii<14>);

impl Siret {
    /// Reads 14 digits, whatever their key; separators are dropped.
    ///
    /// # Errors
    /// There are not 14 digits.
    pub fn read(text: &str) -> Result<Self, IdError> {
        read_ascii(IdKind::Siret, text, digit).map(Siret)
    }

    /// What the Luhn key says.
    pub fn key(&self) -> KeyStatus {
        let text = self.as_str();
        if luhn(text) {
            KeyStatus::Valid
        } else if text.starts_with(LA_POSTE) {
            KeyStatus::Unchecked
        } else {
            KeyStatus::Wrong
        }
    }

    /// The legal unit that the establishment belongs to: the first 9 digits.
    ///
    /// # Errors
    /// The first 9 digits are no SIREN: their own key is wrong.
    pub fn siren(&self) -> Result<Siren, IdError> {
        Siren::parse(self.as_str().get(..9).unwrap_or_default())
    }
}

identifier!(Siret);
open_debug!(Siret);
