//! The fields of the payload.

/// One field of the payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// `S1`, matricule INS with its key.
    Matricule,
    /// `S2`, OID of the assigning authority.
    Oid,
    /// `S3`, list of birth given names.
    GivenNames,
    /// `S4`, birth name.
    FamilyName,
    /// `S5`, sex.
    Sex,
    /// `S6`, birth date.
    BirthDate,
    /// `S7`, INSEE code of the place of birth.
    BirthPlace,
}

impl Field {
    /// All fields, in the order in which they are written.
    pub const ALL: [Self; 7] = [
        Self::Matricule,
        Self::Oid,
        Self::GivenNames,
        Self::FamilyName,
        Self::Sex,
        Self::BirthDate,
        Self::BirthPlace,
    ];

    /// `S1` to `S7`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Matricule => "S1",
            Self::Oid => "S2",
            Self::GivenNames => "S3",
            Self::FamilyName => "S4",
            Self::Sex => "S5",
            Self::BirthDate => "S6",
            Self::BirthPlace => "S7",
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.id() == id)
    }

    /// Shortest and longest value, in characters.
    #[must_use]
    pub const fn lengths(self) -> (usize, usize) {
        match self {
            Self::Matricule => (15, 15),
            Self::Oid => (19, 20),
            Self::GivenNames | Self::FamilyName => (1, 100),
            Self::Sex => (1, 1),
            Self::BirthDate => (10, 10),
            Self::BirthPlace => (5, 5),
        }
    }

    /// Whether the field ends at GS rather than after a fixed number of characters.
    #[must_use]
    pub const fn is_variable(self) -> bool {
        let (shortest, longest) = self.lengths();
        shortest != longest
    }

    /// Whether every payload must have it.
    #[must_use]
    pub const fn is_mandatory(self) -> bool {
        !matches!(self, Self::BirthPlace)
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
