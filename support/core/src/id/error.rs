//! Why a text is no identifier.

/// Which identifier was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdKind {
    /// [`Rpps`](crate::Rpps).
    Rpps,
    /// [`Adeli`](crate::Adeli).
    Adeli,
    /// [`Finess`](crate::Finess).
    Finess,
    /// [`Siren`](crate::Siren).
    Siren,
    /// [`Siret`](crate::Siret).
    Siret,
    /// [`Oid`](crate::Oid).
    Oid,
    /// [`MatriculeIns`](crate::MatriculeIns).
    MatriculeIns,
    /// [`CodeCommune`](crate::CodeCommune).
    CodeCommune,
    /// [`ProfessionalId`](crate::ProfessionalId).
    ProfessionalId,
    /// [`StructureId`](crate::StructureId).
    StructureId,
}

impl std::fmt::Display for IdKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            IdKind::Rpps => "RPPS number",
            IdKind::Adeli => "ADELI number",
            IdKind::Finess => "FINESS number",
            IdKind::Siren => "SIREN number",
            IdKind::Siret => "SIRET number",
            IdKind::Oid => "OID",
            IdKind::MatriculeIns => "matricule INS",
            IdKind::CodeCommune => "INSEE place code",
            IdKind::ProfessionalId => "national identifier of a professional",
            IdKind::StructureId => "national identifier of a structure",
        })
    }
}

/// Why a text is no identifier of the kind asked for. Never quotes the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// Wrong number of characters.
    #[error(
        "{expected} characters expected in the {kind}, {got} found; check that none is missing"
    )]
    Length {
        /// What was expected.
        kind: IdKind,
        /// The number of characters it has.
        expected: usize,
        /// The number of characters given.
        got: usize,
    },
    /// A character that cannot stand where it stands.
    #[error("character {position} of this {kind} is not allowed there; {allowed} expected")]
    Character {
        /// What was expected.
        kind: IdKind,
        /// Which character, from 1.
        position: usize,
        /// What may stand there.
        allowed: &'static str,
    },
    /// The check digits do not fit the number.
    #[error("the check digits of this {kind} do not fit the number; look for a mistyped digit")]
    WrongKey {
        /// What was expected.
        kind: IdKind,
    },
    /// The text does not have the shape of the identifier.
    #[error("this is no {kind}: {expected} expected")]
    Shape {
        /// What was expected.
        kind: IdKind,
        /// Its shape.
        expected: &'static str,
    },
}

/// What the check digits of an identifier say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyStatus {
    /// They fit the number.
    Valid,
    /// They do not fit the number.
    Wrong,
    /// This identifier has none, or no rule is known for numbers of this shape.
    Unchecked,
}
