//! National identifiers of professionals (IDNPS) and structures (IDNST): a digit for the kind, then the identifier.

use super::{Adeli, Finess, IdError, IdKind, Rpps, Siren, Siret, known_oids};

/// The national identifier of a professional (IDNPS), as it stands under the OID `1.2.250.1.71.4.2.1`.
///
/// The first digit tells the kind. Only the two kinds that name a person by a register of their own are taken apart.
///
/// ```
/// use segur_core::ProfessionalId;
///
/// let id = ProfessionalId::read("819999998024")?;
/// assert!(matches!(id, ProfessionalId::Rpps(_)));
/// assert_eq!(id.to_string(), "819999998024");
/// assert_eq!(ProfessionalId::read("3990000010/4711")?.to_string(), "3990000010/4711");
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProfessionalId {
    /// `0` and an ADELI number.
    Adeli(Adeli),
    /// `8` and an RPPS number.
    Rpps(Rpps),
    /// A person known only within a structure: the digit (1, 3, 4, 5 or 6), the identifier of the structure, `/` and
    /// the local identifier. Kept as written.
    Internal(String),
}

impl ProfessionalId {
    /// The OID under which these identifiers stand.
    pub const OID: &'static str = known_oids::PROFESSIONALS;

    /// Reads an identifier; keys are not checked.
    ///
    /// # Errors
    /// The first character is not one of 0, 1, 3, 4, 5, 6 and 8, or what follows has not the shape it announces.
    pub fn read(text: &str) -> Result<Self, IdError> {
        let kind = IdKind::ProfessionalId;
        match text.split_at_checked(1) {
            Some(("0", rest)) => Adeli::read(rest).map(ProfessionalId::Adeli),
            Some(("8", rest)) => Rpps::read(rest).map(ProfessionalId::Rpps),
            Some(("1" | "3" | "4" | "5" | "6", rest)) if !rest.is_empty() => {
                Ok(ProfessionalId::Internal(text.to_owned()))
            }
            Some(("1" | "3" | "4" | "5" | "6", _)) => Err(IdError::Shape {
                kind,
                expected: "an identifier after the first digit",
            }),
            _ => Err(IdError::Character {
                kind,
                position: 1,
                allowed: "0, 1, 3, 4, 5, 6 or 8",
            }),
        }
    }
}

impl std::fmt::Display for ProfessionalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ProfessionalId::Adeli(adeli) => write!(f, "0{adeli}"),
            ProfessionalId::Rpps(rpps) => write!(f, "8{rpps}"),
            ProfessionalId::Internal(text) => f.write_str(text),
        }
    }
}

/// The national identifier of a structure (IDNST), as it stands under the OID `1.2.250.1.71.4.2.2`.
///
/// ```
/// use segur_core::StructureId;
///
/// assert!(matches!(StructureId::read("1990000010")?, StructureId::Finess(_)));
/// assert_eq!(StructureId::read("373282932000074")?.to_string(), "373282932000074");
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StructureId {
    /// `1` and a FINESS number.
    Finess(Finess),
    /// `2` and a SIREN number.
    Siren(Siren),
    /// `3` and a SIRET number.
    Siret(Siret),
    /// A practice known by its professional: `0` (ADELI) or `4` (RPPS) and what follows, kept as written.
    Practice(String),
}

impl StructureId {
    /// The OID under which these identifiers stand.
    pub const OID: &'static str = known_oids::STRUCTURES;

    /// Reads an identifier; keys are not checked.
    ///
    /// # Errors
    /// The first character is not 0 to 4, or what follows has not the shape it announces.
    pub fn read(text: &str) -> Result<Self, IdError> {
        let kind = IdKind::StructureId;
        match text.split_at_checked(1) {
            Some(("1", rest)) => Finess::read(rest).map(StructureId::Finess),
            Some(("2", rest)) => Siren::read(rest).map(StructureId::Siren),
            Some(("3", rest)) => Siret::read(rest).map(StructureId::Siret),
            Some(("0" | "4", rest)) if !rest.is_empty() => {
                Ok(StructureId::Practice(text.to_owned()))
            }
            Some(("0" | "4", _)) => Err(IdError::Shape {
                kind,
                expected: "an identifier after the first digit",
            }),
            _ => Err(IdError::Character {
                kind,
                position: 1,
                allowed: "a digit from 0 to 4",
            }),
        }
    }
}

impl std::fmt::Display for StructureId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StructureId::Finess(id) => write!(f, "1{id}"),
            StructureId::Siren(id) => write!(f, "2{id}"),
            StructureId::Siret(id) => write!(f, "3{id}"),
            StructureId::Practice(text) => f.write_str(text),
        }
    }
}
