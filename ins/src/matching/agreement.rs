//! How one trait of the received identity stands to that of a record.

use crate::identity::Difference;

/// How two values agree or differ. Tells nothing of the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Agreement {
    /// The same.
    Same,
    /// The same but for hyphens, apostrophes and spaces.
    Spelling,
    /// The same given names in another order.
    Order,
    /// The record does not have it.
    UnknownInRecord,
    /// The received identity does not have it.
    UnknownInReceived,
    /// One side was completed because a part of the date is unknown, and the years agree.
    Estimated,
    /// One of the birth given names, but not the first.
    NotFirst,
    /// The used name, or used given name, of the other side.
    UsedName,
    /// Birth name and given name have changed places.
    Inverted,
    /// One begins with the other.
    Shortened,
    /// One letter was added, lost, replaced, or two neighbours changed places.
    Typo,
    /// Day and month have changed places.
    DayMonthSwapped,
    /// Two of year, month and day agree.
    PartOfDate,
    /// Another commune of the same département.
    SameDepartement,
    /// The same matricule under another OID.
    OtherAuthority,
    /// The same thirteen characters with another key: one of the two is mistyped.
    OtherKey,
    /// A matricule that the record held before.
    Former,
    /// Another value.
    Different,
}

/// What an agreement says about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// The values agree.
    Agrees,
    /// Nothing can be said.
    Unknown,
    /// The values differ, be it a little.
    Differs,
}

impl Agreement {
    /// What it says about the person. A small difference is one too: people with names that nearly agree exist.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::Same | Self::Spelling | Self::Order => Verdict::Agrees,
            Self::UnknownInRecord | Self::UnknownInReceived | Self::Estimated => Verdict::Unknown,
            _ => Verdict::Differs,
        }
    }

    /// A stable name, for programs.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Spelling => "spelling",
            Self::Order => "order",
            Self::UnknownInRecord => "unknown-in-record",
            Self::UnknownInReceived => "unknown-in-received",
            Self::Estimated => "estimated",
            Self::NotFirst => "not-first",
            Self::UsedName => "used-name",
            Self::Inverted => "inverted",
            Self::Shortened => "shortened",
            Self::Typo => "typo",
            Self::DayMonthSwapped => "day-month-swapped",
            Self::PartOfDate => "part-of-date",
            Self::SameDepartement => "same-departement",
            Self::OtherAuthority => "other-authority",
            Self::OtherKey => "other-key",
            Self::Former => "former",
            Self::Different => "different",
        }
    }

    /// For the screen, in French and in English.
    #[must_use]
    pub const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Same => ("identique", "the same"),
            Self::Spelling => (
                "identique aux tirets, apostrophes et espaces près",
                "the same but for hyphens, apostrophes and spaces",
            ),
            Self::Order => (
                "mêmes prénoms dans un autre ordre",
                "the same given names in another order",
            ),
            Self::UnknownInRecord => ("inconnu dans le dossier", "not known in the record"),
            Self::UnknownInReceived => {
                ("absent de l'identité reçue", "not in the identity received")
            }
            Self::Estimated => (
                "date incertaine, même année",
                "estimated date, the same year",
            ),
            Self::NotFirst => (
                "l'un des prénoms, mais pas le premier",
                "one of the given names, but not the first",
            ),
            Self::UsedName => ("nom ou prénom utilisé", "used name or used given name"),
            Self::Inverted => ("nom et prénom inversés", "name and given name inverted"),
            Self::Shortened => ("l'un est le début de l'autre", "one begins with the other"),
            Self::Typo => ("une lettre d'écart", "one letter apart"),
            Self::DayMonthSwapped => ("jour et mois inversés", "day and month inverted"),
            Self::PartOfDate => (
                "deux des trois parties de la date",
                "two of the three parts of the date",
            ),
            Self::SameDepartement => (
                "autre commune du même département",
                "another commune of the same département",
            ),
            Self::OtherAuthority => (
                "même matricule, autre OID",
                "the same matricule, another OID",
            ),
            Self::OtherKey => ("même numéro, autre clé", "the same number, another key"),
            Self::Former => (
                "ancien matricule du dossier",
                "a former matricule of the record",
            ),
            Self::Different => ("différent", "different"),
        }
    }
}

/// The record is the local side, the received identity the one that INSi has in a comparison.
impl From<Difference> for Agreement {
    fn from(difference: Difference) -> Self {
        match difference {
            Difference::None => Self::Same,
            Difference::Spelling => Self::Spelling,
            Difference::Order => Self::Order,
            Difference::NotFirst => Self::NotFirst,
            Difference::Shortened => Self::Shortened,
            Difference::MissingLocally => Self::UnknownInRecord,
            Difference::MissingInInsi => Self::UnknownInReceived,
            Difference::Different => Self::Different,
        }
    }
}
