//! Namespaces, OIDs and codes of these messages.
//!
//! Source, unless told otherwise: messages and WSDL of the DMP vendor kit (k-jefferson/Dehempe, `docs/package dmp/`, "DMP_LPS_Exemple de
//! messages_1.0.1_1 - v02.05.00": TD0.2, TD0.3, TD0.4, TD1.4, TD1.6; `GestionDossierPatientPartage.wsdl`, `Habilitations.wsdl`,
//! `PatientsSpecific.wsdl`).

use segur_core::Coded;

/// HL7 v3.
pub const HL7: &str = "urn:hl7-org:v3";
/// What the DMP puts around answers to HL7 v3 requests that change something.
pub const GDP: &str = "asip:ci-sis:gdp:2010";
/// TD0.3, TD1.6.
pub const HABILITATIONS: &str = "urn:si-dmp-habilitations";
/// TD0.4.
pub const PATIENTS: &str = "urn:si-dmp-patients";
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The DMP as a device: receiver of requests, sender of answers.
pub const DMP_DEVICE: &str = "1.2.250.1.213.4.1.1.1";
/// Names of HL7 v3 interactions.
pub(super) const INTERACTIONS: &str = "2.16.840.1.113883.1.6";
/// Why the record of a patient is asked for or changed.
pub(super) const REASONS: &str = "1.2.250.1.213.1.1.4.11";
/// Key `AUTORISATION`.
pub(super) const AUTHORISATION_KEY: &str = "1.2.250.1.213.4.1.2.6.1";
/// Its values.
pub(super) const AUTHORISATIONS: &str = "1.2.250.1.213.4.1.2.6.2";
/// Key `STATUT_MT`.
pub(super) const PHYSICIAN_KEY: &str = "1.2.250.1.213.4.1.2.6.3";
/// Observation `COMPTE_INTERNET_OUVERT`.
pub(super) const ACCOUNT: &str = "1.2.250.1.213.4.1.2.9";
/// Observation `RATTACHEMENT_ENS`, and what the patient opposes.
pub(super) const OBSERVATIONS: &str = "1.2.250.1.213.4.1.2.3";
/// Why a DMP is closed.
pub const CLOSURE_REASONS: &str = "1.2.250.1.213.4.1.2.4";

/// The one reason to close a DMP that was read anywhere: the patient asks for it.
pub const CLOSED_AT_THE_PATIENTS_REQUEST: Coded = Coded::fixed(
    "FERMETURE_DEMANDE_PATIENT",
    CLOSURE_REASONS,
    "Fermeture à la demande du patient",
);

/// `wsa:Action` of the requests.
pub mod action {
    /// TD0.2.
    pub const GET_DEMOGRAPHICS: &str = "urn:hl7-org:v3:PRPA_IN201307UV02";
    /// Its answer.
    pub const GET_DEMOGRAPHICS_ANSWER: &str = "urn:hl7-org:v3:PRPA_IN201308UV02";
    /// TD1.4.
    pub const REVISE: &str = "urn:hl7-org:v3:PRPA_IN201314UV02";
    /// Its answer.
    pub const REVISE_ANSWER: &str = "urn:hl7-org:v3:PRPA_IN201314ResponseUV02";
    /// TD0.3. The kit's WSDL names `urn:hl7-org:v3:setAuthorization` as SOAP action; its messages have this one.
    pub const SET_AUTHORISATION: &str =
        "urn:si-dmp-habilitations:HabilitationsEndPoint:setAuthorization";
    /// TD1.6.
    pub const LIST_AUTHORISATIONS: &str =
        "urn:si-dmp-habilitations:HabilitationsEndPoint:listAuthorizationByPatient";
    /// TD0.4.
    pub const LIST_PATIENTS: &str = "urn:si-dmp-patients:PatientSpecificEndPoint:patientList";
}
