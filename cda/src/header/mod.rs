//! The header of a document: everything but its body.
//!
//! Structs and fields follow the CDA R2 model class by class, so that whoever knows the standard
//! finds their way; names of French practice are told in the documentation of the fields.

mod acts;
mod participants;
mod patient;
mod person;

pub use acts::{
    Authorization, ComponentOf, Consent, DocumentationOf, EncompassingEncounter, EncounterLocation,
    EncounterParticipant, HealthCareFacility, InFulfillmentOf, Order, ParentDocument, Performer,
    RelatedDocument, ResponsibleParty, ServiceEvent,
};
pub use participants::{
    AssignedAuthor, AssignedCustodian, AssociatedEntity, Authenticator, Author, AuthorSubject,
    AuthoringDevice, Custodian, CustodianOrganization, DataEnterer, Informant, InformantSource,
    InformationRecipient, IntendedRecipient, LegalAuthenticator, MaintainedEntity, Participant,
    RelatedEntity,
};
pub use patient::{
    Birthplace, Guardian, GuardianSubject, INS_ROOTS, LanguageCommunication, Patient, PatientRole,
    RecordTarget,
};
pub use person::{
    AsPatientRelationship, AssignedEntity, Organization, OrganizationPartOf, Person, Place,
    SdtcPatient,
};

use crate::datatypes::{Cd, Cs, Ii, Int, St, Ts};
use crate::tree::{structure, v3};

structure! {
    /// The header of a document.
    ///
    /// ```
    /// use segur_cda::header::Header;
    ///
    /// let header = Header::french();
    /// assert_eq!(header.realm_codes[0].code.as_deref(), Some("FR"));
    /// assert_eq!(header.template_ids.len(), 2);
    /// ```
    pub struct Header {
        fixed { "classCode" = "DOCCLIN", "moodCode" = "EVN" }
        skip { v3("component") }
        elements {
            /// Realm: `FR`.
            pub realm_codes: Vec<Cs> = v3("realmCode"),
            /// The standard: `2.16.840.1.113883.1.3`, `POCD_HD000040`.
            pub type_id: Ii = v3("typeId"),
            /// Templates that the document claims to follow; the last one of French documents is the
            /// model with its version as extension.
            pub template_ids: Vec<Ii> = v3("templateId"),
            /// Identifier of the document.
            pub id: Ii = v3("id"),
            /// Kind of document.
            pub code: Cd = v3("code"),
            /// Title.
            pub title: Option<St> = v3("title"),
            /// When the document was made.
            pub effective_time: Ts = v3("effectiveTime"),
            /// Confidentiality: `N`, `R`, `V` (`2.16.840.1.113883.5.25`).
            pub confidentiality: Cd = v3("confidentialityCode"),
            /// Language: `fr-FR`.
            pub language: Option<Cs> = v3("languageCode"),
            /// Identifier shared by all versions of the document.
            pub set_id: Option<Ii> = v3("setId"),
            /// Version, from 1.
            pub version: Option<Int> = v3("versionNumber"),
            /// When this copy was made; deprecated by the standard.
            pub copy_time: Option<Ts> = v3("copyTime"),
            /// The patient; French documents have one.
            pub record_targets: Vec<RecordTarget> = v3("recordTarget"),
            /// Authors.
            pub authors: Vec<Author> = v3("author"),
            /// Who typed the document.
            pub data_enterer: Option<DataEnterer> = v3("dataEnterer"),
            /// Who gave information; whom to tell.
            pub informants: Vec<Informant> = v3("informant"),
            /// Who keeps the document.
            pub custodian: Custodian = v3("custodian"),
            /// To whom the document is meant.
            pub recipients: Vec<InformationRecipient> = v3("informationRecipient"),
            /// Who answers for the document.
            pub legal_authenticator: Option<LegalAuthenticator> = v3("legalAuthenticator"),
            /// Who attests the content.
            pub authenticators: Vec<Authenticator> = v3("authenticator"),
            /// Other participants.
            pub participants: Vec<Participant> = v3("participant"),
            /// Orders that the document answers.
            pub in_fulfillment_of: Vec<InFulfillmentOf> = v3("inFulfillmentOf"),
            /// Acts that the document tells of; the first one is the main act.
            pub documentation_of: Vec<DocumentationOf> = v3("documentationOf"),
            /// Documents to which this one is related.
            pub related_documents: Vec<RelatedDocument> = v3("relatedDocument"),
            /// Consents.
            pub authorizations: Vec<Authorization> = v3("authorization"),
            /// The care of which the act is a part.
            pub component_of: Option<ComponentOf> = v3("componentOf"),
        }
    }
}

/// `templateId` of HL7 France for CDA documents.
pub const TEMPLATE_HL7_FRANCE: &str = "2.16.840.1.113883.2.8.2.1";
/// `templateId` of the CI-SIS for the minimal structure of documents.
pub const TEMPLATE_CI_SIS: &str = "1.2.250.1.213.1.1.1.1";

impl Header {
    /// What is the same in every French document: realm, standard, both common templates, language
    /// `fr-FR`, normal confidentiality. The rest is left empty.
    ///
    /// Source: CI-SIS, minimal structure of health documents.
    pub fn french() -> Self {
        Self {
            realm_codes: vec![Cs::new("FR")],
            type_id: Ii::new("2.16.840.1.113883.1.3", "POCD_HD000040"),
            template_ids: vec![
                Ii::of_root(TEMPLATE_HL7_FRANCE),
                Ii::of_root(TEMPLATE_CI_SIS),
            ],
            confidentiality: Cd::new("N", "2.16.840.1.113883.5.25").with_display("Normal"),
            language: Some(Cs::new("fr-FR")),
            ..Self::default()
        }
    }

    /// The patient's role, when there is a patient.
    pub fn patient_role(&self) -> Option<&PatientRole> {
        self.record_targets
            .first()
            .map(|target| &target.patient_role)
    }
}
