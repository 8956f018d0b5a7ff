//! Statuses and attributes of an identity.

use std::fmt;

/// Status of an identity: exclusive, always one.
///
/// Source: RNIV; guide INS rule 20. Codes of HL7 and of the French FHIR profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// No proof and no INS: the status at creation.
    Provisoire,
    /// INS from the national service, no document of high confidence.
    Recuperee,
    /// Document of high confidence, no INS.
    Validee,
    /// Both: the only status with which the matricule may be sent.
    Qualifiee,
}

impl Status {
    /// All statuses.
    pub const ALL: [Self; 4] = [
        Self::Provisoire,
        Self::Recuperee,
        Self::Validee,
        Self::Qualifiee,
    ];

    /// `PROV`, `RECUP`, `VALI`, `QUAL`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Provisoire => "PROV",
            Self::Recuperee => "RECUP",
            Self::Validee => "VALI",
            Self::Qualifiee => "QUAL",
        }
    }

    /// The status as the RNIV writes it, for the screen (SC.DMP/UX.11).
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Provisoire => "Identité provisoire",
            Self::Recuperee => "Identité récupérée",
            Self::Validee => "Identité validée",
            Self::Qualifiee => "Identité qualifiée",
        }
    }

    /// Whether the identity holds a matricule INS with its OID.
    #[must_use]
    pub const fn has_ins(self) -> bool {
        matches!(self, Self::Recuperee | Self::Qualifiee)
    }

    /// Whether a document of high confidence, or what counts as one, supports the identity.
    #[must_use]
    pub const fn has_proof(self) -> bool {
        matches!(self, Self::Validee | Self::Qualifiee)
    }

    /// What is sent in PID-32 of IHE PAM messages, which know only two of the statuses: receivers deduce the other two
    /// from the presence of the matricule (guide INS §2.2.2).
    #[must_use]
    pub const fn pam_code(self) -> &'static str {
        if self.has_proof() { "VALI" } else { "PROV" }
    }

    pub(super) const fn of(ins: bool, proof: bool) -> Self {
        match (ins, proof) {
            (false, false) => Self::Provisoire,
            (true, false) => Self::Recuperee,
            (false, true) => Self::Validee,
            (true, true) => Self::Qualifiee,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What is marked beside the status. Only [`Attributes::HOMONYME`] and [`Attributes::DOUTEUX`] go together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Attributes(u8);

impl Attributes {
    /// None.
    pub const NONE: Self = Self(0);
    /// Another patient has the same or very close traits. Any status.
    pub const HOMONYME: Self = Self(1);
    /// The identity is in doubt. Provisional only; INSi is not called.
    pub const DOUTEUX: Self = Self(2);
    /// The identity was made up (test, training, VIP). Provisional only; INSi is not called.
    pub const FICTIF: Self = Self(4);

    /// Every combination that the rules allow (EXI ID 24, EXI ID 26).
    pub const ALLOWED: [Self; 5] = [
        Self::NONE,
        Self::HOMONYME,
        Self::DOUTEUX,
        Self(1 | 2),
        Self::FICTIF,
    ];

    /// Whether all attributes of `other` are set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the national service must not be called and the matricule is void.
    #[must_use]
    pub const fn blocks_insi(self) -> bool {
        self.0 & (Self::DOUTEUX.0 | Self::FICTIF.0) != 0
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// HL7 codes of the attributes set: `HOMA`, `DOUT`, `FICT`.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        [
            (Self::HOMONYME, "HOMA"),
            (Self::DOUTEUX, "DOUT"),
            (Self::FICTIF, "FICT"),
        ]
        .into_iter()
        .filter(move |(attribute, _)| self.contains(*attribute))
        .map(|(_, code)| code)
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.codes()).finish()
    }
}
