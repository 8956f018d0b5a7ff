//! Names as INSi spells them.

use std::fmt;
use std::str::FromStr;

use super::fold::fold_accents;

/// Which spelling rules apply.
///
/// Source: SEL-MP-043 section 3.4.1, rules EF_INS01_03, EF_INS10_01 and EF_INS10_02, as the guide INS v3.0 takes them
/// up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NameProfile {
    /// Birth name.
    Family,
    /// Given name, or list of given names.
    Given,
    /// Names in a Datamatrix INS.
    Datamatrix,
}

/// Why a text is no name. Quotes nothing of the name but a character that no name has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Nothing but spaces.
    #[error("the name is empty")]
    Empty,
    /// More than 100 characters.
    #[error("the name has {got} characters; 100 at most")]
    TooLong {
        /// The number of characters given.
        got: usize,
    },
    /// A character that a name cannot have.
    #[error(
        "character {position} ({character:?}) is not allowed in a name; only A to Z, space, hyphen and apostrophe are"
    )]
    Character {
        /// Which character, from 1.
        position: usize,
        /// The character.
        character: char,
    },
    /// A space or hyphen at the start.
    #[error("the name starts with a space or a hyphen")]
    Start,
    /// A hyphen or apostrophe at the end of a given name.
    #[error("the given name ends with a hyphen or an apostrophe")]
    End,
    /// Two separators that cannot follow each other.
    #[error(
        "character {position} cannot follow the one before it; two spaces, two apostrophes, a space beside an apostrophe and (in given names) two hyphens are refused"
    )]
    Sequence {
        /// Which character, from 1.
        position: usize,
    },
}

/// Longest name, in characters.
const MAX: usize = 100;

impl NameProfile {
    /// The spelling that INSi takes: upper case A–Z without accents, space, hyphen, apostrophe. A character that has no
    /// such spelling is an error, never dropped.
    ///
    /// ```
    /// use segur_core::NameProfile;
    ///
    /// assert_eq!(NameProfile::Family.normalize(" d’Argent ")?, "D'ARGENT");
    /// assert!(NameProfile::Given.normalize("JEAN3").is_err());
    /// # Ok::<(), segur_core::NameError>(())
    /// ```
    ///
    /// # Errors
    /// What is left after folding breaks a rule of this profile.
    pub fn normalize(self, text: &str) -> Result<String, NameError> {
        let folded = fold_accents(text);
        let name = folded.trim_matches(' ');
        self.check(name)?;
        Ok(name.to_owned())
    }

    /// Checks a name that should already be in the spelling that INSi takes.
    ///
    /// # Errors
    /// It breaks a rule of this profile.
    pub fn check(self, name: &str) -> Result<(), NameError> {
        let got = name.chars().count();
        if got == 0 {
            return Err(NameError::Empty);
        }
        if got > MAX {
            return Err(NameError::TooLong { got });
        }
        let mut previous = None;
        for (index, character) in name.chars().enumerate() {
            let position = index + 1;
            if !matches!(character, 'A'..='Z' | ' ' | '-' | '\'') {
                return Err(NameError::Character {
                    position,
                    character,
                });
            }
            match (previous, character) {
                (None, ' ' | '-') => return Err(NameError::Start),
                (Some(' '), ' ' | '\'') | (Some('\''), ' ' | '\'') => {
                    return Err(NameError::Sequence { position });
                }
                (Some('-'), '-') if self == NameProfile::Given => {
                    return Err(NameError::Sequence { position });
                }
                _ => previous = Some(character),
            }
        }
        if self == NameProfile::Given && matches!(previous, Some('-' | '\'')) {
            return Err(NameError::End);
        }
        Ok(())
    }
}

/// A name type over its normal spelling: `parse` normalises, `Debug` hides.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $profile:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads a name as a person types it, and puts it in the spelling that INSi takes.
            ///
            /// # Errors
            /// It has no such spelling: see [`NameProfile::normalize`].
            pub fn parse(text: &str) -> Result<Self, NameError> {
                NameProfile::$profile.normalize(text).map($name)
            }

            /// The normal spelling.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    };
}

name!(
    /// A birth name. 1 to 100 characters.
    FamilyName,
    Family
);
name!(
    /// One given name, simple or compound. 1 to 100 characters.
    GivenName,
    Given
);
name!(
    /// The list of given names at birth, separated by spaces, in the order of the birth record. 1 to 100 characters.
    GivenNames,
    Given
);

impl GivenNames {
    /// Whether `first` is a possible first given name of this list: hyphens and apostrophes count as spaces, and its
    /// words must be the first words of the list.
    ///
    /// ```
    /// use segur_core::{GivenName, GivenNames};
    ///
    /// let list: GivenNames = "JEAN CHRISTOPHE PIERRE".parse()?;
    /// assert!(list.starts_with(&"Jean-Christophe".parse()?));
    /// assert!(!list.starts_with(&"Pierre".parse()?));
    /// # Ok::<(), segur_core::NameError>(())
    /// ```
    pub fn starts_with(&self, first: &GivenName) -> bool {
        let mut list = words(&self.0);
        words(&first.0).all(|word| list.next() == Some(word))
    }
}

/// A list of one.
impl From<GivenName> for GivenNames {
    fn from(name: GivenName) -> Self {
        GivenNames(name.0)
    }
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '-', '\'']).filter(|word| !word.is_empty())
}
