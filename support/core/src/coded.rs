//! Coded values.

use std::borrow::Cow;
use std::fmt;

/// A code of a code system, with the label that came with it.
///
/// The label is no part of the meaning: compare with [`is`](Coded::is) or [`same_code`](Coded::same_code).
///
/// ```
/// use segur_core::Coded;
///
/// const RESULT: Coded = Coded::fixed("11502-2", "2.16.840.1.113883.6.1", "CR d'examens biologiques");
/// let read = Coded::new("11502-2", "2.16.840.1.113883.6.1");
/// assert!(read.same_code(&RESULT));
/// assert_eq!(RESULT.to_string(), "11502-2 (2.16.840.1.113883.6.1) CR d'examens biologiques");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Coded {
    /// The code.
    pub code: Cow<'static, str>,
    /// OID of the code system.
    pub system: Cow<'static, str>,
    /// The label, in the language it came in.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub display: Option<Cow<'static, str>>,
}

impl Coded {
    /// A code without label.
    pub fn new(code: impl Into<Cow<'static, str>>, system: impl Into<Cow<'static, str>>) -> Self {
        Coded {
            code: code.into(),
            system: system.into(),
            display: None,
        }
    }

    /// A code with its label, usable in a constant.
    pub const fn fixed(code: &'static str, system: &'static str, display: &'static str) -> Self {
        Coded {
            code: Cow::Borrowed(code),
            system: Cow::Borrowed(system),
            display: Some(Cow::Borrowed(display)),
        }
    }

    /// Adds the label.
    #[must_use]
    pub fn with_display(mut self, display: impl Into<Cow<'static, str>>) -> Self {
        self.display = Some(display.into());
        self
    }

    /// Whether it is this code of this code system.
    pub fn is(&self, code: &str, system: &str) -> bool {
        self.code == code && self.system == system
    }

    /// Whether both mean the same, whatever their labels.
    pub fn same_code(&self, other: &Coded) -> bool {
        self.is(&other.code, &other.system)
    }
}

impl fmt::Display for Coded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code, self.system)?;
        match &self.display {
            Some(display) => write!(f, " {display}"),
            None => Ok(()),
        }
    }
}
