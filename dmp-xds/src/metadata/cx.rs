//! CX: identifiers of patients, and of what a document refers to.

use std::fmt;

use segur_core::{Ins, InsAuthority, MatriculeIns};

use super::hl7::{Authority, Components, Joined, OtherComponents};
use crate::Profile;

/// An identifier with its authority (HL7 v2 CX): `id^^^&oid&ISO^NH`. `Debug` hides what it identifies.
///
/// ```
/// use segur_dmp_xds::{Profile, metadata::Cx};
///
/// let patient = Cx::read("207058575627097^^^&1.2.250.1.213.1.4.10&ISO^NH");
/// assert_eq!(patient.id, "207058575627097");
/// assert_eq!(patient.id_type.as_deref(), Some("NH"));
/// assert_eq!(patient.to_text(Profile::Dmp), "207058575627097^^^&1.2.250.1.213.1.4.10&ISO^NH");
/// assert_eq!(patient.to_text(Profile::IheStrict), "207058575627097^^^&1.2.250.1.213.1.4.10&ISO");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cx {
    /// CX.1: the identifier.
    pub id: String,
    /// CX.4: who assigned it.
    pub authority: Option<Authority>,
    /// CX.5: kind of identifier: `NH` national, `PI` local; for a reference, its type.
    pub id_type: Option<String>,
    /// CX.7: when it was assigned, as some DMP messages have it.
    pub effective_date: Option<String>,
    /// Components without a field.
    pub other: OtherComponents,
}

impl Cx {
    /// An identifier of a kind under an OID.
    pub fn new(id: impl Into<String>, oid: impl Into<String>, id_type: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            authority: Some(Authority::iso(oid)),
            id_type: Some(id_type.into()),
            ..Self::default()
        }
    }

    /// The matricule INS: kind `NH`. Source: CI-SIS, patientId of the DMP.
    pub fn from_ins(ins: &Ins) -> Self {
        Self::new(ins.matricule.as_str(), ins.authority.oid(), "NH")
    }

    /// A local identifier (IPP): kind `PI`.
    pub fn local(id: impl Into<String>, oid: impl Into<String>) -> Self {
        Self::new(id, oid, "PI")
    }

    /// An accession number: a reference of type `urn:ihe:iti:xds:2013:accession`, one of those the DMP takes.
    pub fn accession(id: impl Into<String>, oid: impl Into<String>) -> Self {
        Self::new(id, oid, "urn:ihe:iti:xds:2013:accession")
    }

    /// Reads any text; nothing is refused.
    pub fn read(text: &str) -> Self {
        let mut parts = Components::split(text);
        Self {
            id: parts.text(1).unwrap_or_default(),
            authority: parts.authority(4),
            id_type: parts.text(5),
            effective_date: parts.text(7),
            other: parts.rest(),
        }
    }

    /// As written for a patient; [`Profile::IheStrict`] has components 1 and 4 only.
    pub fn to_text(&self, profile: Profile) -> String {
        match profile {
            Profile::Dmp => self.to_full_text(),
            Profile::IheStrict => {
                let mut parts = Joined::default();
                parts.text(1, &self.id);
                parts.authority(4, self.authority.as_ref());
                parts.finish()
            }
        }
    }

    /// As written with every component; references need their type in every profile.
    pub fn to_full_text(&self) -> String {
        let mut parts = Joined::over(&self.other);
        parts.text(1, &self.id);
        parts.authority(4, self.authority.as_ref());
        parts.option(5, self.id_type.as_ref());
        parts.option(7, self.effective_date.as_ref());
        parts.finish()
    }

    /// The OID of the authority; empty when there is none.
    pub fn oid(&self) -> &str {
        self.authority
            .as_ref()
            .map_or("", |authority| authority.id.as_str())
    }

    /// Whether both name the same patient: identifier and authority, whatever the rest.
    pub fn same_id(&self, other: &Cx) -> bool {
        self.id == other.id && self.oid() == other.oid()
    }

    /// The matricule INS, when it is one: one of the four authorities, 15 characters. Its key is not checked.
    pub fn ins(&self) -> Option<Ins> {
        let authority = InsAuthority::from_oid(self.oid())?;
        Some(Ins::new(MatriculeIns::read(&self.id).ok()?, authority))
    }

    /// What [`super::Problem`] expects of an identifier of a patient.
    pub(crate) fn is_complete(&self) -> bool {
        !self.id.is_empty() && self.authority.as_ref().is_some_and(Authority::is_iso)
    }
}

impl fmt::Debug for Cx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cx(*** of {})", self.oid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_identifiers_come_back_as_written() {
        for text in [
            "207058575627097^^^&1.2.250.1.213.1.4.10&ISO^NH",
            "207058575627097^^^&1.2.250.1.213.1.4.10&ISO^NH^^20100907",
            "0456789999^^^&1.2.250.1.999.1.1.7898.2&ISO^PI",
            "id^2^3^4&5&6^7^8^9^10",
        ] {
            assert_eq!(Cx::read(text).to_text(Profile::Dmp), text);
        }
        let dated = Cx::read("207058575627097^^^&1.2.250.1.213.1.4.10&ISO^NH^^20100907");
        assert_eq!(dated.effective_date.as_deref(), Some("20100907"));
        assert_eq!(dated.ins().unwrap().authority, InsAuthority::NirTest);
        assert!(!format!("{dated:?}").contains("207058575627097"));
    }
}
