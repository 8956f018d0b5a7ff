use std::fmt;
use std::str::FromStr;

/// Which rules decide: what the agency's published rules refuse, or that and more.
///
/// A profile is always chosen explicitly; there is no silent default in reports, each names its profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Profile {
    /// Accepts and refuses what the published rules do (CDA_extended.xsd and "structuration minimale",
    /// ansforge/TestContenuCDA-3-0 of 19 February 2025), their gaps included.
    #[default]
    Official,
    /// [`Profile::Official`], and what those rules let pass although the documents they implement forbid it:
    /// impossible dates anywhere, intervals that end before they begin, identity keys, displays, versions.
    Strict,
}

impl Profile {
    /// The name used on the command line and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Strict => "strict",
        }
    }

    /// Whether the rules of the strict profile run too.
    pub const fn is_strict(self) -> bool {
        matches!(self, Self::Strict)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown profile `{found}`: expected `official` or `strict`")]
pub struct UnknownProfile {
    found: String,
}

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "official" => Ok(Self::Official),
            "strict" => Ok(Self::Strict),
            _ => Err(UnknownProfile {
                found: text.chars().take(40).collect(),
            }),
        }
    }
}
