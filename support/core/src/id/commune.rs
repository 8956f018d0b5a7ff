//! INSEE codes of places.

use super::ascii::Ascii;
use super::{IdError, IdKind, KeyStatus, identifier, read_ascii};

/// An INSEE code of a birth place: a commune (`01154`, `2A004`, `97411`), a country (`99` and three digits) or unknown
/// (`99999`).
///
/// Only the shape is checked; whether the place existed at a date is the business of the COG tables. `Debug` hides the
/// value, since it is nearly always a birth place.
///
/// ```
/// use segur_core::CodeCommune;
///
/// let ajaccio: CodeCommune = "2a004".parse()?;
/// assert_eq!(ajaccio.as_str(), "2A004");
/// assert_eq!(ajaccio.department(), Some("2A"));
/// assert!("99352".parse::<CodeCommune>()?.is_country());
/// assert_eq!(format!("{ajaccio:?}"), "CodeCommune(***)");
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeCommune(Ascii<5>);

impl CodeCommune {
    /// The code of an unknown place.
    pub const UNKNOWN: &'static str = "99999";

    /// Reads 5 characters: digits, or `2A`/`2B` and three digits.
    ///
    /// # Errors
    /// The length or a character is wrong.
    pub fn read(text: &str) -> Result<Self, IdError> {
        let code: Ascii<5> =
            read_ascii(
                IdKind::CodeCommune,
                text,
                |index, character| match character {
                    '0'..='9' => Ok(()),
                    'A' | 'B' if index == 1 => Ok(()),
                    _ => Err("a digit (or 2A, 2B)"),
                },
            )?;
        let [first, second, ..] = code.as_str().as_bytes() else {
            return Ok(CodeCommune(code));
        };
        if second.is_ascii_alphabetic() && *first != b'2' {
            return Err(IdError::Character {
                kind: IdKind::CodeCommune,
                position: 2,
                allowed: "a digit (letters only in 2A and 2B)",
            });
        }
        Ok(CodeCommune(code))
    }

    /// Always [`KeyStatus::Unchecked`]: these codes have no key.
    pub fn key(&self) -> KeyStatus {
        KeyStatus::Unchecked
    }

    /// Whether it is the code of an unknown place.
    pub fn is_unknown(&self) -> bool {
        self.as_str() == Self::UNKNOWN
    }

    /// Whether it is the code of a country.
    pub fn is_country(&self) -> bool {
        self.as_str().starts_with("99") && !self.is_unknown()
    }

    /// The department: two characters, three overseas (`971`); `None` for a country or an unknown place.
    pub fn department(&self) -> Option<&str> {
        match self.as_str().get(..2)? {
            "99" => None,
            "97" | "98" => self.as_str().get(..3),
            _ => self.as_str().get(..2),
        }
    }
}

identifier!(CodeCommune);

impl std::fmt::Debug for CodeCommune {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeCommune(***)")
    }
}
