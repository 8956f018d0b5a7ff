//! The matricule with its assigning authority.

use super::{MatriculeIns, Oid, known_oids};

/// Who assigned a matricule INS, as its OID says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum InsAuthority {
    /// NIR, production: `1.2.250.1.213.1.4.8`.
    Nir,
    /// NIA, production: `1.2.250.1.213.1.4.9`.
    Nia,
    /// NIR of test identities: `1.2.250.1.213.1.4.10`.
    NirTest,
    /// NIR of demonstration identities: `1.2.250.1.213.1.4.11`.
    NirDemo,
}

impl InsAuthority {
    /// Every authority.
    pub const ALL: [InsAuthority; 4] = [
        InsAuthority::Nir,
        InsAuthority::Nia,
        InsAuthority::NirTest,
        InsAuthority::NirDemo,
    ];

    /// The OID, dotted.
    pub const fn oid(self) -> &'static str {
        match self {
            InsAuthority::Nir => known_oids::INS_NIR,
            InsAuthority::Nia => known_oids::INS_NIA,
            InsAuthority::NirTest => known_oids::INS_NIR_TEST,
            InsAuthority::NirDemo => known_oids::INS_NIR_DEMO,
        }
    }

    /// The authority of an OID; `None` when it is not one of the four.
    pub fn from_oid(oid: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|authority| authority.oid() == oid)
    }

    /// Whether it may be used with real patients.
    pub const fn is_production(self) -> bool {
        matches!(self, InsAuthority::Nir | InsAuthority::Nia)
    }
}

impl From<InsAuthority> for Oid {
    fn from(authority: InsAuthority) -> Oid {
        Oid::known(authority.oid())
    }
}

/// A matricule INS with its assigning authority. The two never travel apart, nor without the identity traits.
///
/// ```
/// use segur_core::{Ins, InsAuthority};
///
/// let ins = Ins::new("277010115400329".parse()?, InsAuthority::Nir);
/// assert_eq!(ins.authority.oid(), "1.2.250.1.213.1.4.8");
/// assert_eq!(format!("{ins:?}"), "Ins { matricule: MatriculeIns(***), authority: Nir }");
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ins {
    /// The 15 characters.
    pub matricule: MatriculeIns,
    /// Who assigned it.
    pub authority: InsAuthority,
}

impl Ins {
    /// Puts both together.
    pub const fn new(matricule: MatriculeIns, authority: InsAuthority) -> Self {
        Ins {
            matricule,
            authority,
        }
    }
}
