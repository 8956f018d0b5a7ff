//! Whom the proof of who calls (VIHF) names: the professional, and the patient on whose DMP a message acts.

use segur_soap::saml::{Assertion, SAML_NAMESPACE};
use segur_xml::{Document, Node};

use crate::metadata::Cx;

/// The attribute that names the patient. Source: VIHF of the DMP vendor kit.
pub const RESOURCE_ID: &str = "urn:oasis:names:tc:xacml:2.0:resource:resource-id";
/// The attribute that names the structure. Source: VIHF of the DMP vendor kit.
const STRUCTURE: &str = "Identifiant_Structure";

/// What an assertion says, **unverified**: no signature is judged here. `Debug` hides the patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claimed {
    /// `Subject/NameID`: who calls, PS_IdNat as a rule.
    pub professional: Option<String>,
    /// `Identifiant_Structure`.
    pub structure: Option<String>,
    /// `resource-id`: the patient.
    pub patient: Option<Cx>,
}

impl Claimed {
    /// Of the first assertion in a header block, or the block itself.
    pub(super) fn read(block: Node<'_>) -> Option<Self> {
        let assertion = match block.is(SAML_NAMESPACE, "Assertion") {
            true => block,
            false => block.child(SAML_NAMESPACE, "Assertion")?,
        };
        let read = Assertion::read(assertion).ok()?.assertion;
        let text = |name: &str| {
            let text = read.attribute(name)?.first_text()?.trim().to_owned();
            Some(text).filter(|text| !text.is_empty())
        };
        Some(Self {
            professional: Some(read.subject.value.trim().to_owned()),
            structure: text(STRUCTURE),
            patient: text(RESOURCE_ID).map(|text| Cx::read(&text)),
        })
    }

    /// Of the header blocks of a request.
    pub(super) fn of_blocks(blocks: &[String]) -> Option<Self> {
        blocks.iter().find_map(|block| {
            let document = Document::parse(block.as_bytes()).ok()?;
            Self::read(document.root_element())
        })
    }
}

/// Why a message about a patient is not written: the proof of who calls does not go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ProofMismatch {
    /// The message names the patient in its proof alone, and there is none.
    #[error(
        "the message names the patient in the VIHF alone (attribute resource-id), and there is none: give the security source this patient"
    )]
    NoPatient,
    /// The proof names another patient: the message would act on the DMP of somebody else.
    #[error(
        "the VIHF names another patient than the one asked for: give the security source this patient"
    )]
    OtherPatient,
}

/// Whether header blocks may go with a message about this patient. `alone`: the message names the patient nowhere else.
pub(crate) fn check_patient(
    blocks: &[String],
    patient: &Cx,
    alone: bool,
) -> Result<(), ProofMismatch> {
    let claimed = Claimed::of_blocks(blocks).and_then(|claimed| claimed.patient);
    match claimed {
        Some(own) if own.same_id(patient) => Ok(()),
        Some(_) => Err(ProofMismatch::OtherPatient),
        None if alone => Err(ProofMismatch::NoPatient),
        None => Ok(()),
    }
}
