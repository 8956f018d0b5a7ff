//! What a VIHF says.

use std::fmt;

use segur_core::Coded;
use segur_soap::saml::SamlTime;

use super::{Access, Authentication};
use crate::metadata::Cx;

/// Code system of the professions: TRE_G15.
pub const PROFESSION_SYSTEM: &str = "1.2.250.1.71.1.2.7";
/// Code system of the specialties ("savoir-faire"): TRE_R01, `SM26`.
pub const SPECIALTY_SYSTEM: &str = "1.2.250.1.71.4.2.5";
/// Code system of those who are no professionals: TRE_A00, `AUTOMATE`, `SECRETARIAT_MEDICAL`.
pub const OTHER_ROLE_SYSTEM: &str = "1.2.250.1.213.1.1.4.6";
/// Code system of the sectors of activity: TRE_R02, `SA07`.
pub const SECTOR_SYSTEM: &str = "1.2.250.1.71.4.2.4";

/// What the header of each call says of who calls, from where, for which patient and why: the VIHF (vecteur d'identification et
/// d'habilitation formelles).
///
/// Sources: messages and code of the DMP vendor kit (GIE SESAM-Vitale, v2.06.01), ansforge/DRIM-M_DRIMbox, the mapping table of
/// ansforge/IG-hl7v2-volet-transmission-document-cda-r2, prosanteconnect/generate-VIHF. The guide of the DMP itself could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Vihf {
    /// Who acts.
    pub user: User,
    /// For which structure.
    pub structure: Structure,
    /// With which software.
    pub software: Software,
    /// Whose record: every transaction but lists of records has one.
    pub patient: Option<Cx>,
    /// How the user was authenticated.
    pub authentication: Authentication,
    /// Why.
    pub access: Access,
    /// `unverified`, off unless asked: secret connection, by which a minor's session stays hidden from their legal representatives. The
    /// name of the attribute is that of the profile, the form of its value was seen in a comment of another client only.
    pub secret: bool,
}

/// Who acts. `Debug` hides all but the profession.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct User {
    /// `NameID`, PS_IdNat: `8` and the RPPS number, `0` and the ADELI number, or the structure's own identifier (`3` FINESS `/` internal
    /// number); for a device that of the person who is responsible for it. See [`segur_core::ProfessionalId`].
    pub id: String,
    /// `subject-id`, "Prénom NOM" of the user, never of the patient; for a device software and model. Mandatory unless the user's card
    /// vouches.
    pub name: Option<String>,
    /// The profession, with its label.
    pub role: Coded,
    /// The specialty ("savoir-faire"), with its label: mandatory for physicians and pharmacists.
    pub specialty: Option<Coded>,
}

impl User {
    /// A professional: code of the profession, `10` for a physician. The label is filled for the [professions](super::profession) that
    /// the DMP knows.
    pub fn professional(id: impl Into<String>, profession: impl Into<String>) -> Self {
        let code = profession.into();
        let label = super::profession(&code);
        let role = Coded::new(code, PROFESSION_SYSTEM);
        Self {
            id: id.into(),
            name: None,
            role: match label {
                Some(label) => role.with_display(label),
                None => role,
            },
            specialty: None,
        }
    }

    /// A device or a batch, under the identifier of who is responsible for it; its name is software and model.
    pub fn automate(responsible: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: responsible.into(),
            name: Some(name.into()),
            role: Coded::fixed("AUTOMATE", OTHER_ROLE_SYSTEM, "Automate"),
            specialty: None,
        }
    }

    /// The same with a name: "Prénom NOM".
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same with a specialty: `SM26`, "Qualifié en Médecine Générale (SM)".
    #[must_use]
    pub fn with_specialty(mut self, code: impl Into<String>, label: impl Into<String>) -> Self {
        self.specialty = Some(Coded {
            code: code.into().into(),
            system: SPECIALTY_SYSTEM.into(),
            display: Some(label.into().into()),
        });
        self
    }

    /// Whether it is a device.
    #[must_use]
    pub fn is_automate(&self) -> bool {
        self.role.is("AUTOMATE", OTHER_ROLE_SYSTEM)
    }

    /// Whether the VIHF must name a specialty: physicians (10) and pharmacists (21).
    #[must_use]
    pub fn needs_specialty(&self) -> bool {
        let role = &self.role;
        role.is("10", PROFESSION_SYSTEM) || role.is("21", PROFESSION_SYSTEM)
    }
}

/// For which structure. `Debug` hides the identifier, which for a practice holds that of its holder.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Structure {
    /// Struct_IdNat: `1` FINESS, `4` RPPS and rank, ..., or a technical identifier. With the user's card it must be the one that the card
    /// holds for the activity whose sector is given. See [`segur_core::StructureId`].
    pub id: String,
    /// Sector of activity, `SA07`: that of the same activity.
    pub sector: Coded,
}

impl Structure {
    /// A structure and the code of its sector.
    pub fn new(id: impl Into<String>, sector: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            sector: Coded::new(sector.into(), SECTOR_SYSTEM),
        }
    }
}

/// With which software.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Software {
    /// `LPS_ID`: serial number of the installation, an OID; optional.
    pub id: Option<String>,
    /// `LPS_Nom`, as it is homologated.
    pub name: String,
    /// `LPS_Version`, as it is homologated.
    pub version: String,
    /// `LPS_ID_HOMOLOGATION_DMP`: number of the homologation.
    pub homologation: String,
}

/// One VIHF among others: what changes each time. Identifiers and times come from the caller. `Debug` hides the issuer.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Issue {
    /// `ID`: `_` and a UUID, never used twice.
    pub id: String,
    /// `IssueInstant`, in UTC.
    pub at: SamlTime,
    /// Writes `Conditions` from [`Issue::at`] to this time; without it none, as in the messages of the vendor kit.
    pub until: Option<SamlTime>,
    /// Subject of the certificate that signs, as `segur_soap::signature::subject_name` gives it:
    /// `CN=...,OU=10B0127189,O=...,ST=Rhône (69),C=FR`; for a CPS a part has several values (`CN=...+2.5.4.4=#...+2.5.4.42=#...`).
    pub issuer: String,
}

impl Issue {
    /// A VIHF of this number, made at this time, without `Conditions`.
    pub fn new(id: impl Into<String>, at: SamlTime, issuer: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            at,
            until: None,
            issuer: issuer.into(),
        }
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Structure")
            .field("sector", &self.sector)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issue")
            .field("id", &self.id)
            .field("at", &self.at)
            .field("until", &self.until)
            .finish_non_exhaustive()
    }
}
