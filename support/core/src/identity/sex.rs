//! Sex, as an identity trait.

use std::fmt;
use std::str::FromStr;

/// Sex, as an identity trait. INSi delivers only `F` and `M`. `Debug` hides the value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Sex {
    /// `F`.
    Female,
    /// `M`.
    Male,
    /// `I`: undetermined; exists only in local identities.
    Undetermined,
}

impl Sex {
    /// The letter: `F`, `M` or `I`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Sex::Female => "F",
            Sex::Male => "M",
            Sex::Undetermined => "I",
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sex(***)")
    }
}

/// A text other than `F`, `M` and `I`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("sex is F, M or I")]
pub struct UnknownSex;

impl FromStr for Sex {
    type Err = UnknownSex;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "F" => Ok(Sex::Female),
            "M" => Ok(Sex::Male),
            "I" => Ok(Sex::Undetermined),
            _ => Err(UnknownSex),
        }
    }
}
