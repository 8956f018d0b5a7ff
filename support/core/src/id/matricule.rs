//! The matricule INS.

use super::ascii::Ascii;
use super::{IdError, IdKind, KeyStatus, identifier, read_ascii};

/// A matricule INS: the 13 characters of a NIR or NIA and their two-digit key.
///
/// Corsica: characters 6 and 7 may be `2A` or `2B`. The digits do not tell a NIR from a NIA, only the assigning
/// authority does ([`InsAuthority`](crate::InsAuthority)); and they are not compared with the other traits: a change
/// of sex, an adoption and test data make them differ. `Debug` hides the value; `Display` groups it for a screen.
///
/// Source: *Guide d'implémentation de l'INS*, matricule INS; key: 97 less the number modulo 97, with 2A read as 19 and
/// 2B as 18.
///
/// ```
/// use segur_core::{KeyStatus, MatriculeIns};
///
/// let matricule: MatriculeIns = "2 97 02 2A 020 778 78".parse()?;
/// assert_eq!(matricule.as_str(), "297022A02077878");
/// assert_eq!(matricule.number(), "297022A020778");
/// assert_eq!(matricule.computed_key(), "78");
/// assert_eq!(format!("{matricule:?}"), "MatriculeIns(***)");
///
/// // Test data carries wrong keys: reading keeps them, and says so.
/// assert_eq!(MatriculeIns::read("181036322045660")?.key(), KeyStatus::Wrong);
/// assert!(MatriculeIns::parse("181036322045660").is_err());
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatriculeIns(Ascii<15>);

impl MatriculeIns {
    /// Reads 15 characters, whatever their key; separators are dropped.
    ///
    /// # Errors
    /// The length or a character is wrong.
    pub fn read(text: &str) -> Result<Self, IdError> {
        let digits: Ascii<15> = read_ascii(IdKind::MatriculeIns, text, place_of_letters)?;
        let bytes = digits.as_str().as_bytes();
        if bytes.get(6).is_some_and(u8::is_ascii_alphabetic) && bytes.get(5) != Some(&b'2') {
            return Err(IdError::Character {
                kind: IdKind::MatriculeIns,
                position: 7,
                allowed: "a digit (letters only in 2A and 2B)",
            });
        }
        Ok(MatriculeIns(digits))
    }

    /// Puts the right key behind 13 characters.
    ///
    /// # Errors
    /// The length or a character is wrong.
    pub fn from_number(number: &str) -> Result<Self, IdError> {
        let number: Ascii<13> = read_ascii(IdKind::MatriculeIns, number, place_of_letters)?;
        Self::read(&format!("{}{}", number.as_str(), key_of(number.as_str())))
    }

    /// The 13 characters without their key.
    pub fn number(&self) -> &str {
        self.as_str().get(..13).unwrap_or_default()
    }

    /// The two digits that stand in the key's place.
    pub fn written_key(&self) -> &str {
        self.as_str().get(13..).unwrap_or_default()
    }

    /// The key that fits the number, `01` to `97`.
    pub fn computed_key(&self) -> String {
        key_of(self.number())
    }

    /// What the key says.
    pub fn key(&self) -> KeyStatus {
        if self.written_key() == self.computed_key() {
            KeyStatus::Valid
        } else {
            KeyStatus::Wrong
        }
    }

    /// The groups in which people read it: `2 97 02 2A020 778 78`.
    pub fn grouped(&self) -> String {
        let text = self.as_str();
        [0..1, 1..3, 3..5, 5..10, 10..13, 13..15]
            .into_iter()
            .filter_map(|group| text.get(group))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

identifier!(MatriculeIns);

impl std::fmt::Debug for MatriculeIns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MatriculeIns(***)")
    }
}

fn place_of_letters(index: usize, character: char) -> Result<(), &'static str> {
    match character {
        '0'..='9' => Ok(()),
        'A' | 'B' if index == 6 => Ok(()),
        _ if index == 6 => Err("a digit, A or B"),
        _ => Err("a digit"),
    }
}

fn key_of(number: &str) -> String {
    let mut remainder = 0u32;
    for (index, byte) in number.bytes().enumerate() {
        // 2A and 2B, read as 19 and 18: the 2 counts as 1, the letter as 9 or 8.
        let digit = match byte {
            b'A' => 9,
            b'B' => 8,
            b'2' if index == 5 && matches!(number.as_bytes().get(6), Some(b'A' | b'B')) => 1,
            byte => u32::from(byte.wrapping_sub(b'0')),
        };
        remainder = (remainder * 10 + digit) % 97;
    }
    format!("{:02}", 97 - remainder)
}
