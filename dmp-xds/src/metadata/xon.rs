//! XON: organizations.

use segur_core::known_oids;

use super::hl7::{Authority, Components, Joined, OtherComponents};
use crate::Profile;

/// An organization with an identifier (HL7 v2 XON): `name^^^^^&oid&ISO^IDNST^^^id`.
///
/// ```
/// use segur_dmp_xds::{Profile, metadata::Xon};
///
/// let text = "CABINET DR LIBRE^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^499900063480001";
/// let structure = Xon::read(text);
/// assert_eq!(structure, Xon::structure("CABINET DR LIBRE", "499900063480001"));
/// assert_eq!(structure.to_text(Profile::Dmp), text);
/// assert_eq!(
///     structure.to_text(Profile::IheStrict),
///     "CABINET DR LIBRE^^^^^&1.2.250.1.71.4.2.2&ISO^^^^499900063480001"
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xon {
    /// XON.1: name; empty when the document does not tell it.
    pub name: String,
    /// XON.6: who assigned the identifier.
    pub authority: Option<Authority>,
    /// XON.7: `IDNST` for structures, `SIREN` for a referenced digital service (SNR).
    pub id_type: Option<String>,
    /// XON.10: the identifier; for a structure, the IDNST (`1` and the FINESS number, `3` and the SIRET number …).
    pub id: Option<String>,
    /// Components without a field.
    pub other: OtherComponents,
}

impl Xon {
    /// A structure. Source: CI-SIS, authorInstitution.
    pub fn structure(name: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            authority: Some(Authority::iso(known_oids::STRUCTURES)),
            id_type: Some("IDNST".to_owned()),
            id: Some(id.into()),
            ..Self::default()
        }
    }

    /// Reads any text; nothing is refused.
    pub fn read(text: &str) -> Self {
        let mut parts = Components::split(text);
        Self {
            name: parts.text(1).unwrap_or_default(),
            authority: parts.authority(6),
            id_type: parts.text(7),
            id: parts.text(10),
            other: parts.rest(),
        }
    }

    /// As written; [`Profile::IheStrict`] has components 1, 6 and 10 only.
    pub fn to_text(&self, profile: Profile) -> String {
        let mut parts = match profile {
            Profile::Dmp => Joined::over(&self.other),
            Profile::IheStrict => Joined::default(),
        };
        parts.text(1, &self.name);
        parts.authority(6, self.authority.as_ref());
        if profile == Profile::Dmp {
            parts.option(7, self.id_type.as_ref());
        }
        parts.option(10, self.id.as_ref());
        parts.finish()
    }

    /// A name or an identifier; an identifier has its authority. Source: CI-SIS (a name may be unknown);
    /// oehf/ipf, `XONValidator` (IHE requires the name; an OID as identifier needs no authority).
    pub(crate) fn is_complete(&self, profile: Profile) -> bool {
        let named = !self.name.is_empty();
        let identified =
            self.id.is_some() && self.authority.as_ref().is_some_and(Authority::is_iso);
        let is_oid = |id: &String| segur_core::Oid::parse(id).is_ok();
        let by_oid = self.authority.is_none() && self.id.as_ref().is_some_and(is_oid);
        match profile {
            Profile::Dmp => identified || (named && self.id.is_none()),
            Profile::IheStrict => named && (identified || by_oid || self.id.is_none()),
        }
    }
}
