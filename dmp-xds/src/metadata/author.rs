//! Authors and recipients.

use segur_core::Coded;

use super::hl7::{Authority, Components, Joined};
use super::{Xcn, Xon, Xtn};
use crate::{Profile, ebrim};

/// Who made a document or a submission set.
///
/// The person may be missing: when a professional has left the register, the structure alone is the author
/// (requirement SC.DMP/HISTO.04).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Author {
    /// The person or system (authorPerson).
    pub person: Option<Xcn>,
    /// For whom the person acts (authorInstitution); absent for documents of the patient.
    pub institutions: Vec<Xon>,
    /// Role in the care of the patient (authorRole), as written; in French documents the label of the function.
    pub roles: Vec<String>,
    /// Profession and speciality (authorSpecialty), code system `1.2.250.1.213.1.1.4.5`.
    pub specialties: Vec<Coded>,
    /// How to reach the person (authorTelecommunication).
    pub telecoms: Vec<Xtn>,
    /// Slots without a field; kept.
    pub other_slots: Vec<ebrim::Slot>,
}

impl Author {
    /// A structure without a person.
    pub fn legal_entity(structure: Xon) -> Self {
        Self {
            institutions: vec![structure],
            ..Self::default()
        }
    }
}

/// To whom a submission set is meant (intendedRecipient): `XON|XCN|XTN`.
///
/// Source: oehf/ipf, `RecipientListValidator`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Recipient {
    /// The organization.
    pub organization: Option<Xon>,
    /// The person.
    pub person: Option<Xcn>,
    /// The address.
    pub telecom: Option<Xtn>,
}

impl Recipient {
    /// Reads any text; nothing is refused.
    pub fn read(text: &str) -> Self {
        let mut parts = text.splitn(3, '|').map(str::trim);
        let mut next = || parts.next().filter(|part| !part.is_empty());
        Self {
            organization: next().map(Xon::read),
            person: next().map(Xcn::read),
            telecom: next().map(Xtn::read),
        }
    }

    /// As written.
    pub fn to_text(&self, profile: Profile) -> String {
        let organization = self.organization.as_ref().map(|xon| xon.to_text(profile));
        let parts = [
            organization,
            self.person.as_ref().map(Xcn::to_text),
            self.telecom.as_ref().map(Xtn::to_text),
        ];
        let text = parts.map(Option::unwrap_or_default).join("|");
        text.trim_end_matches('|').to_owned()
    }
}

/// Reads a code as authorSpecialty has it: `code^label^oid`, or `code^^^&oid&ISO`.
pub(crate) fn read_specialty(text: &str) -> Coded {
    let mut parts = Components::split(text);
    let code = parts.text(1).unwrap_or_default();
    let display = parts.text(2);
    let system = parts.text(3);
    let authority = parts.authority(4).map(|authority| authority.id);
    Coded {
        code: code.into(),
        system: system.or(authority).unwrap_or_default().into(),
        display: display.map(Into::into),
    }
}

/// Source: messages of the DMP vendor kit; for IHE, `ObjectContainerValidator` of oehf/ipf, which wants a CX.
pub(crate) fn specialty_text(code: &Coded, profile: Profile) -> String {
    let mut parts = Joined::default();
    parts.text(1, &code.code);
    match profile {
        Profile::Dmp => {
            parts.text(2, code.display.as_deref().unwrap_or_default());
            parts.text(3, &code.system);
        }
        Profile::IheStrict if code.system.is_empty() => {}
        Profile::IheStrict => {
            let authority = Authority::iso(code.system.clone());
            parts.authority(4, Some(&authority));
        }
    }
    parts.finish()
}
