//! How grave a finding is.

use std::fmt;
use std::str::FromStr;

/// How grave a finding is, in rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Probably wrong, or soon wrong; the document stays acceptable under the chosen profile.
    Warning,
    /// A rule of the profile is broken: the document is refused.
    Error,
    /// The document could not be read at all, so that nothing else could be checked.
    Fatal,
}

impl Severity {
    /// Every severity, in rising order.
    pub const ALL: [Severity; 4] = [
        Severity::Info,
        Severity::Warning,
        Severity::Error,
        Severity::Fatal,
    ];

    /// The word used in every report format: `info`, `warning`, `error` or `fatal`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
            Severity::Fatal => "fatal",
        }
    }

    /// Whether a finding of this severity makes the document unacceptable (`Error` and `Fatal`).
    pub const fn refuses(self) -> bool {
        matches!(self, Severity::Error | Severity::Fatal)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A word that names no [`Severity`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no severity; one of info, warning, error, fatal is expected")]
pub struct UnknownSeverity(String);

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Severity::ALL
            .into_iter()
            .find(|severity| severity.as_str() == word)
            .ok_or_else(|| UnknownSeverity(word.chars().take(40).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_gravity_and_words_round_trip() {
        assert!(Severity::Info < Severity::Warning);
        assert!(Severity::Error < Severity::Fatal);
        for severity in Severity::ALL {
            assert_eq!(severity.as_str().parse(), Ok(severity));
        }
        assert!("grave".parse::<Severity>().is_err());
        assert_eq!(format!("{:>8}|", Severity::Error), "   error|");
    }
}
