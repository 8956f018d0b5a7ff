//! XCN: persons.

use std::fmt;

use segur_core::known_oids;

use super::hl7::{Authority, Components, Joined, OtherComponents};
use crate::Profile;

/// A person with an identifier (HL7 v2 XCN): `id^family^given^^^^^^&oid&ISO^D^^^IDNPS`.
///
/// `Debug` shows professionals (identifier type `IDNPS`, directory data) and hides everybody else: a patient may be an
/// author, too.
///
/// ```
/// use segur_dmp_xds::metadata::Xcn;
///
/// let text = "899900063480^MAX^LIBRE^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS";
/// let person = Xcn::read(text);
/// assert_eq!((person.family.as_str(), person.given.as_str()), ("MAX", "LIBRE"));
/// assert_eq!(person, Xcn::professional("899900063480", "MAX", "LIBRE"));
/// assert_eq!(person.to_text(), text);
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xcn {
    /// XCN.1: the identifier; for a professional, the IDNPS (`8` and the RPPS number, `0` and the ADELI number …).
    pub id: String,
    /// XCN.2: family name; for a professional, the name under which he or she practises.
    pub family: String,
    /// XCN.3: given name.
    pub given: String,
    /// XCN.9: who assigned the identifier.
    pub authority: Option<Authority>,
    /// XCN.10: `D` for a person, `U` for a system.
    pub name_type: Option<String>,
    /// XCN.13: `IDNPS` professional, `NH` patient, `RI` system.
    pub id_type: Option<String>,
    /// Components without a field.
    pub other: OtherComponents,
}

impl Xcn {
    /// A professional. Source: CI-SIS, authorPerson.
    pub fn professional(
        id: impl Into<String>,
        family: impl Into<String>,
        given: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            family: family.into(),
            given: given.into(),
            authority: Some(Authority::iso(known_oids::PROFESSIONALS)),
            name_type: Some("D".to_owned()),
            id_type: Some("IDNPS".to_owned()),
            ..Self::default()
        }
    }

    /// A system of a structure. Source: CI-SIS, authorPerson of an automat: XCN.10 `U`, XCN.13 `RI`.
    pub fn system(
        id: impl Into<String>,
        model: impl Into<String>,
        software: impl Into<String>,
    ) -> Self {
        Self {
            name_type: Some("U".to_owned()),
            id_type: Some("RI".to_owned()),
            ..Self::professional(id, model, software)
        }
    }

    /// Reads any text; nothing is refused.
    pub fn read(text: &str) -> Self {
        let mut parts = Components::split(text);
        Self {
            id: parts.text(1).unwrap_or_default(),
            family: parts.text(2).unwrap_or_default(),
            given: parts.text(3).unwrap_or_default(),
            authority: parts.authority(9),
            name_type: parts.text(10),
            id_type: parts.text(13),
            other: parts.rest(),
        }
    }

    /// As written; the same in every profile.
    pub fn to_text(&self) -> String {
        let mut parts = Joined::over(&self.other);
        parts.text(1, &self.id);
        parts.text(2, &self.family);
        parts.text(3, &self.given);
        parts.authority(9, self.authority.as_ref());
        parts.option(10, self.name_type.as_ref());
        parts.option(13, self.id_type.as_ref());
        parts.finish()
    }

    /// An identifier with its authority, or a family name. Source: oehf/ipf, `XCNValidator`: the authority may be missing, but is not alone.
    pub(crate) fn is_complete(&self, profile: Profile) -> bool {
        match &self.authority {
            Some(authority) => {
                let named = profile == Profile::Dmp && !self.family.is_empty();
                authority.is_iso() && (named || !self.id.is_empty())
            }
            None if self.id.is_empty() => !self.family.is_empty(),
            None => profile == Profile::IheStrict,
        }
    }
}

impl fmt::Debug for Xcn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.id_type.as_deref() == Some("IDNPS") {
            write!(f, "Xcn({})", self.to_text())
        } else {
            f.write_str("Xcn(***)")
        }
    }
}
