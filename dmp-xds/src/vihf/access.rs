//! Why the user wants to see the record.

use std::fmt;

/// Access modes: TRE_R248, `1.2.250.1.213.1.1.4.248`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "closed by the code system")]
pub enum AccessMode {
    /// `normal`.
    #[default]
    Normal,
    /// `bris_de_glace`: the patient cannot be asked, and it is urgent.
    BreakGlass,
    /// `centre_15`: medical regulation (SAMU).
    Regulation,
}

impl AccessMode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Normal, Self::BreakGlass, Self::Regulation];

    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::BreakGlass => "bris_de_glace",
            Self::Regulation => "centre_15",
        }
    }

    /// The label of the code system.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Normal => "Accès normal",
            Self::BreakGlass => "Accès en bris de glace",
            Self::Regulation => "Accès par un centre de régulation médicale",
        }
    }

    /// The mode of a code; none for another.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// An access: its mode, and for break-glass its reason. `Debug` hides the reason.
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Access {
    /// The mode.
    pub mode: AccessMode,
    /// Why the glass is broken, in the user's words: mandatory then, and to be kept by the software with its trace of the access. It is
    /// sent only if [`VihfSettings::send_reason`](super::VihfSettings::send_reason) says so.
    pub reason: Option<String>,
}

impl Access {
    /// The ordinary access.
    #[must_use]
    pub fn normal() -> Self {
        Self::default()
    }

    /// Break-glass, with its reason.
    #[must_use]
    pub fn break_glass(reason: impl Into<String>) -> Self {
        Self {
            mode: AccessMode::BreakGlass,
            reason: Some(reason.into()),
        }
    }

    /// Medical regulation (centre 15).
    #[must_use]
    pub fn regulation() -> Self {
        Self {
            mode: AccessMode::Regulation,
            reason: None,
        }
    }

    /// Whether there is a reason that is more than white space.
    #[must_use]
    pub fn has_reason(&self) -> bool {
        self.reason
            .as_deref()
            .is_some_and(|reason| !reason.trim().is_empty())
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}
