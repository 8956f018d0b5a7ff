//! Names of the wire: namespaces, object types, classification schemes, slots.
//!
//! Source: oehf/ipf, `Vocabulary.java`; ansforge/DRIM-M_DRIMbox, `XDSUUID.java`; both agree.

/// ebRIM 3.0: registry objects.
pub const RIM: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0";
/// ebRS 3.0: responses and errors.
pub const RS: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0";
/// ebRS 3.0: submissions.
pub const LCM: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0";
/// ebRS 3.0: queries.
pub const QUERY: &str = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0";
/// XDS.b.
pub const XDS: &str = "urn:ihe:iti:xds-b:2007";
/// XOP: references to parts of a multipart message.
pub const XOP: &str = "http://www.w3.org/2004/08/xop/include";
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// `wsa:Action` of the requests. A client must not refuse an answer because of its Action: the DMP answers ITI-57 with
/// `urn:ihe:iti:2010:UpdateDocumentSet-Response`, other products without the hyphen.
pub mod action {
    /// ITI-41, Provide and Register Document Set-b.
    pub const PROVIDE_AND_REGISTER: &str = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b";
    /// ITI-42, Register Document Set-b.
    pub const REGISTER: &str = "urn:ihe:iti:2007:RegisterDocumentSet-b";
    /// ITI-18, Registry Stored Query.
    pub const STORED_QUERY: &str = "urn:ihe:iti:2007:RegistryStoredQuery";
    /// ITI-51, Multi-Patient Stored Query. Source: oehf/ipf, `Iti51PortType.java`.
    pub const MULTI_PATIENT_QUERY: &str = "urn:ihe:iti:2009:MultiPatientStoredQuery";
    /// ITI-43, Retrieve Document Set.
    pub const RETRIEVE: &str = "urn:ihe:iti:2007:RetrieveDocumentSet";
    /// ITI-57, Update Document Set.
    pub const UPDATE: &str = "urn:ihe:iti:2010:UpdateDocumentSet";
}

pub(crate) const ASSOCIATION_OBJECT: &str =
    "urn:oasis:names:tc:ebxml-regrep:ObjectType:RegistryObject:Association";

/// Schemes of a DocumentEntry.
pub(crate) mod entry {
    pub(crate) const AUTHOR: &str = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d";
    pub(crate) const CLASS: &str = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a";
    pub(crate) const CONFIDENTIALITY: &str = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f";
    pub(crate) const EVENT: &str = "urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4";
    pub(crate) const FORMAT: &str = "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d";
    pub(crate) const FACILITY: &str = "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1";
    pub(crate) const PRACTICE: &str = "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead";
    pub(crate) const TYPE: &str = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983";
    pub(crate) const PATIENT_ID: &str = "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427";
    pub(crate) const UNIQUE_ID: &str = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab";
}

/// Schemes of a SubmissionSet.
pub(crate) mod set {
    pub(crate) const NODE: &str = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd";
    pub(crate) const AUTHOR: &str = "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d";
    pub(crate) const CONTENT_TYPE: &str = "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500";
    pub(crate) const PATIENT_ID: &str = "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446";
    pub(crate) const SOURCE_ID: &str = "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832";
    pub(crate) const UNIQUE_ID: &str = "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8";
}

/// Schemes of a Folder.
pub(crate) mod folder {
    pub(crate) const NODE: &str = "urn:uuid:d9d542f3-6cc4-48b6-8870-ea235fbc94c2";
    pub(crate) const CODES: &str = "urn:uuid:1ba97051-7806-41a8-a48b-8fce7af683c5";
    pub(crate) const PATIENT_ID: &str = "urn:uuid:f64ffdf0-4b97-4e06-b79f-a52b38ec2f8a";
    pub(crate) const UNIQUE_ID: &str = "urn:uuid:75df8f67-9973-4fbe-a900-df66cefecc5a";
}

/// Scheme of what an association says of itself.
pub(crate) const ASSOCIATION_DOCUMENTATION: &str = "urn:uuid:abd807a3-4432-4053-87b4-fd82c643d1f3";

/// Names of slots.
pub(crate) mod slot {
    pub(crate) const CREATION_TIME: &str = "creationTime";
    pub(crate) const SERVICE_START: &str = "serviceStartTime";
    pub(crate) const SERVICE_STOP: &str = "serviceStopTime";
    pub(crate) const HASH: &str = "hash";
    pub(crate) const SIZE: &str = "size";
    pub(crate) const LANGUAGE: &str = "languageCode";
    pub(crate) const LEGAL_AUTHENTICATOR: &str = "legalAuthenticator";
    pub(crate) const REPOSITORY: &str = "repositoryUniqueId";
    pub(crate) const SOURCE_PATIENT_ID: &str = "sourcePatientId";
    pub(crate) const SOURCE_PATIENT_INFO: &str = "sourcePatientInfo";
    pub(crate) const URI: &str = "URI";
    pub(crate) const AVAILABILITY: &str = "documentAvailability";
    pub(crate) const REFERENCES: &str = "urn:ihe:iti:xds:2013:referenceIdList";
    pub(crate) const SUBMISSION_TIME: &str = "submissionTime";
    pub(crate) const RECIPIENT: &str = "intendedRecipient";
    pub(crate) const LAST_UPDATE: &str = "lastUpdateTime";
    pub(crate) const CODING_SCHEME: &str = "codingScheme";
    pub(crate) const PERSON: &str = "authorPerson";
    pub(crate) const INSTITUTION: &str = "authorInstitution";
    pub(crate) const ROLE: &str = "authorRole";
    pub(crate) const SPECIALTY: &str = "authorSpecialty";
    pub(crate) const TELECOM: &str = "authorTelecommunication";
    pub(crate) const SET_STATUS: &str = "SubmissionSetStatus";
    pub(crate) const PREVIOUS_VERSION: &str = "PreviousVersion";
    pub(crate) const ORIGINAL_STATUS: &str = "OriginalStatus";
    pub(crate) const NEW_STATUS: &str = "NewStatus";
    pub(crate) const PROPAGATION: &str = "AssociationPropagation";
}
