//! Names and fixed words of the wire.

pub(super) const STRUCTURE: &str = "Identifiant_Structure";
pub(super) const SECTOR: &str = "Secteur_Activite";
pub(super) const SUBJECT_ID: &str = "urn:oasis:names:tc:xspa:1.0:subject:subject-id";
pub(super) const ROLE: &str = "urn:oasis:names:tc:xacml:2.0:subject:role";
pub(super) const VERSION: &str = "VIHF_Version";
pub(super) const MODE: &str = "Authentification_mode";
pub(super) const MODE_CAPITAL: &str = "Authentification_Mode";
pub(super) const RESOURCE_ID: &str = "urn:oasis:names:tc:xacml:2.0:resource:resource-id";
pub(super) const RESOURCE_URN: &str = "Ressource_URN";
pub(super) const PURPOSE: &str = "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse";
pub(super) const REASON: &str = "Mode_Acces_Raison";
pub(super) const CONFIDENTIALITY: &str =
    "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code";
pub(super) const SOFTWARE_ID: &str = "LPS_ID";
pub(super) const SOFTWARE_NAME: &str = "LPS_Nom";
pub(super) const SOFTWARE_VERSION: &str = "LPS_Version";
pub(super) const HOMOLOGATION: &str = "LPS_ID_HOMOLOGATION_DMP";

/// Every attribute, in the order of the samples; the two that no sample has stand after the purpose.
pub(super) const ALL: [&str; 15] = [
    STRUCTURE,
    SECTOR,
    SUBJECT_ID,
    ROLE,
    VERSION,
    MODE,
    RESOURCE_ID,
    RESOURCE_URN,
    PURPOSE,
    CONFIDENTIALITY,
    REASON,
    SOFTWARE_ID,
    SOFTWARE_NAME,
    SOFTWARE_VERSION,
    HOMOLOGATION,
];

/// Attributes that only the code of the vendor kit writes, no sample: passed over.
pub(super) const KIT_ONLY: [&str; 4] = [
    "Profession",
    "Mode_Acces",
    "LPS_Type",
    "Confidentiality_code",
];

pub(super) const NAME_ID: &str = "NameID";
pub(super) const CLASS: &str = "AuthnContextClassRef";
pub(super) const DECLARATION: &str = "AuthnContextDecl";
pub(super) const ISSUER: &str = "Issuer";

pub(super) const URN_DMP: &str = "urn:dmp";
pub(super) const HL7: &str = "urn:hl7-org:v3";
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Access modes: TRE_R248.
pub(super) const ACCESS_SYSTEM: &str = "1.2.250.1.213.1.1.4.248";
pub(super) const ACCESS_SYSTEM_NAME: &str = "mode acces VIHF 2.0";

/// What hides a session from the legal representatives of a minor: TRE_A07.
pub(super) const SECRET: &str = "INVISIBLE_REPRESENTANTS_LEGAUX";
pub(super) const SECRET_SYSTEM: &str = "1.2.250.1.213.1.1.4.13";
