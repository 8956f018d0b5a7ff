//! Identifiers: newtypes over their normal spelling.
//!
//! Two ways in. `parse` (and `FromStr`) is for what a person types or a program writes: spaces, dots and hyphens are
//! dropped, and a wrong key is an error. `read` is for documents received: same shape, but a wrong key is kept, for
//! `key()` to tell and for a validator to report; official test data carries wrong keys.

mod adeli;
mod ascii;
mod commune;
mod error;
mod finess;
mod ins;
mod luhn;
mod matricule;
mod national;
mod oid;
mod rpps;
mod siren;
mod uuid;

pub use adeli::Adeli;
pub use commune::CodeCommune;
pub use error::{IdError, IdKind, KeyStatus};
pub use finess::Finess;
pub use ins::{Ins, InsAuthority};
pub use matricule::MatriculeIns;
pub use national::{ProfessionalId, StructureId};
pub use oid::{Oid, known_oids};
pub use rpps::Rpps;
pub use siren::{Siren, Siret};
pub use uuid::uuid_v4;

/// `parse`, `as_str` and the usual traits, for a tuple struct over `Ascii` with `read` and `key`.
macro_rules! identifier {
    ($name:ident) => {
        impl $name {
            /// Reads what a person typed: as [`read`](Self::read), and a wrong key is an error.
            ///
            /// # Errors
            /// The text has not the shape of this identifier, or its key is wrong.
            pub fn parse(text: &str) -> Result<Self, $crate::IdError> {
                let id = Self::read(text)?;
                match id.key() {
                    $crate::KeyStatus::Wrong => Err($crate::IdError::WrongKey {
                        kind: $crate::IdKind::$name,
                    }),
                    _ => Ok(id),
                }
            }

            /// The normal spelling, without separators.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::IdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// As text; a wrong key is let in, as by `read`.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::read(&text).map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
use identifier;

/// `Debug` that shows the value: for identifiers of professionals and structures, which are public directory data.
macro_rules! open_debug {
    ($name:ident) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }
    };
}
use open_debug;

/// Drops what people put between groups of digits, and puts letters in upper case.
fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// The compact form of `text` when it has `N` characters and each one satisfies `allowed(index, character)`, which
/// otherwise says what was expected there.
fn read_ascii<const N: usize>(
    kind: IdKind,
    text: &str,
    allowed: impl Fn(usize, char) -> Result<(), &'static str>,
) -> Result<ascii::Ascii<N>, IdError> {
    let compact = compact(text);
    let got = compact.chars().count();
    let length = IdError::Length {
        kind,
        expected: N,
        got,
    };
    if got != N {
        return Err(length);
    }
    for (index, character) in compact.chars().enumerate() {
        allowed(index, character).map_err(|allowed| IdError::Character {
            kind,
            position: index + 1,
            allowed,
        })?;
    }
    ascii::Ascii::new(&compact).ok_or(length)
}

/// A digit.
fn digit(_: usize, character: char) -> Result<(), &'static str> {
    if character.is_ascii_digit() {
        Ok(())
    } else {
        Err("a digit")
    }
}

/// Digits, with a letter allowed in second place: Corsica (2A, 2B) and the fictitious numbers of the test sites (0B).
fn digit_or_second_letter(index: usize, character: char) -> Result<(), &'static str> {
    match character {
        '0'..='9' => Ok(()),
        'A' | 'B' if index == 1 => Ok(()),
        _ if index == 1 => Err("a digit, A or B"),
        _ => Err("a digit"),
    }
}
