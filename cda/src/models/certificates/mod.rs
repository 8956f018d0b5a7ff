//! Health certificates of the child: CSE-CS8, CSE-CS9, CSE-CS24, edition 2025.01; 2024.01 is read too.
//!
//! [`Cs8`] is due within 8 days of birth, [`Cs9`] in the 9th month, [`Cs24`] in the 24th (code de la
//! santé publique, L.2132-2). Each is a plain struct of groups; a group is a table of fields
//! (`fields!`), of which one row gives code, place in the narrative, bounds and value set, and drives
//! writing and reading alike. Each has a draft, in which nothing is mandatory, for forms and for what
//! an examination prefills: `missing` tells what is left to ask, `complete` makes the certificate.
//!
//! What the official rules ask for is not an `Option`; what may be unknown is a [`Told`]. Entries get
//! identifiers made from the document's set and the field, so that they stay the same from version to
//! version.
//!
//! Sources: CI-SIS, volet "Certificats de santé de l'enfant" 2025.01, as in the ANS's published
//! examples and rules.

mod allergies;
mod answer;
mod birth;
mod coverage;
mod cs24;
mod cs8;
mod cs9;
mod development;
mod draft;
mod habits;
mod history;
mod item;
mod parent;
mod plan;
mod pregnancy;
mod sets;
mod treatments;
mod vaccines;
mod vitals;
mod write;

pub use allergies::Allergy;
pub use answer::{Apgar, Quantity, Told};
pub use birth::{
    BirthMeasures, BirthMeasuresDraft, FirstWeek, FirstWeekDraft, HearingScreening, Labour,
    LabourDraft, Newborn, Transfer,
};
pub use coverage::Coverage;
pub use cs8::Cs8;
pub use cs9::{ChildFollowUp, Cs9};
pub use cs24::Cs24;
pub use development::{Development, DevelopmentDraft, Walking, WalkingDraft};
pub use draft::{CertificateDraft, ChildFollowUpDraft, Cs8Draft, Cs9Draft, Cs24Draft};
pub use habits::{
    BirthHabits, BirthHabitsDraft, ChildHabits, ChildHabitsDraft, ParentsWork, ParentsWorkDraft,
    Screens, ScreensDraft,
};
pub use history::{AccidentCauses, AccidentCausesDraft, DomesticAccident, History, HistoryDraft};
pub use parent::Parent;
pub use plan::CarePlan;
pub use pregnancy::{Hypertension, Pregnancies, PregnanciesDraft, Prenatal, PrenatalDraft};
pub use sets::{
    Activity, AllergyKind, Analgesia, Antigen, CaesareanCause, Childcare, CoverageKind,
    DeliveryMethod, EducationLevel, FirstConsultation, HbsAntigen, HearingResult, HospitalReason,
    LabourOnset, NeuroScreening, NewbornFeeding, Presentation, Profession, ScreenExposure,
    ServiceKind, TransferKind, Treated,
};
pub use treatments::Treatment;
pub use vaccines::AntigenDose;
pub use vitals::{BodyMass, BodyMassDraft, GrowthMeasures, GrowthMeasuresDraft};

use segur_core::{Precision, Timestamp};

use super::error::ModelError;
use super::frame::{Frame, ModelInfo, not_before};
use super::parties::Practice;
use crate::ClinicalDocument;
use crate::body::{Section, StructuredBody};
use crate::datatypes::{Ad, AddressPartKind};

const KIND: (&str, &str, &str) = (
    "CERT_DECL",
    "Certificat, déclaration",
    "1.2.250.1.213.1.1.4.12",
);
const ACT: (&str, &str, &str) = ("11429006", "consultation", "2.16.840.1.113883.6.96");

const CS8: ModelInfo = ModelInfo {
    name: "CSE-CS8_2025.01",
    templates: &[
        ("1.3.6.1.4.1.19376.1.7.3.1.1.13.1", None),
        ("1.2.250.1.213.1.1.1.5", None),
        ("1.2.250.1.213.1.1.1.5.1", Some("2025.01")),
    ],
    code: KIND,
    title: "Premier certificat de santé (à établir obligatoirement dans les 8 jours suivant la naissance)",
    act: ACT,
};
const CS9: ModelInfo = ModelInfo {
    name: "CSE-CS9_2025.01",
    templates: &[
        ("1.2.250.1.213.1.1.1.5", None),
        ("1.2.250.1.213.1.1.1.5.2", Some("2025.01")),
    ],
    code: KIND,
    title: "Deuxième certificat de santé (à établir obligatoirement au cours du 9ème mois)",
    act: ACT,
};
const CS24: ModelInfo = ModelInfo {
    name: "CSE-CS24_2025.01",
    templates: &[
        ("1.2.250.1.213.1.1.1.5", None),
        ("1.2.250.1.213.1.1.1.5.3", Some("2025.01")),
    ],
    code: KIND,
    title: "Troisième certificat de santé (à établir obligatoirement au cours du 24ème mois)",
    act: ACT,
};

/// Which certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the law knows three")]
pub enum CertificateKind {
    /// Within 8 days of birth.
    Cs8,
    /// In the 9th month.
    Cs9,
    /// In the 24th month.
    Cs24,
}

impl CertificateKind {
    fn model(self) -> &'static ModelInfo {
        match self {
            Self::Cs8 => &CS8,
            Self::Cs9 => &CS9,
            Self::Cs24 => &CS24,
        }
    }

    /// Name of the model: `CSE-CS8_2025.01` …
    pub fn model_name(self) -> &'static str {
        self.model().name
    }

    /// Title of the document.
    pub fn title(self) -> &'static str {
        self.model().title
    }

    /// The document of these sections.
    fn document(self, frame: &Frame, sections: Vec<Section>) -> ClinicalDocument {
        let mut body = StructuredBody::default();
        for section in sections {
            body.push(section);
        }
        ClinicalDocument::new(frame.to_header(self.model()), body)
    }

    fn frame(self, document: &ClinicalDocument) -> Result<Frame, ModelError> {
        Frame::from_header(&document.header, self.model())
    }

    /// What the header of the certificate needs besides what every frame does.
    fn check_frame(self, frame: &Frame) -> Result<(), ModelError> {
        frame.check()?;
        by_parts(frame.patient.address.as_ref(), "patient.address")?;
        by_parts(practice(frame).address.as_ref(), "author.practice.address")?;
        match self {
            Self::Cs8 => {
                with_postal_code(frame.patient.address.as_ref(), "patient.address")?;
                with_postal_code(practice(frame).address.as_ref(), "author.practice.address")?;
                mother_informs(frame)
            }
            Self::Cs9 if frame.patient.ins.is_none() && frame.patient.other_ids.is_empty() => {
                Err(ModelError::Missing {
                    field: "patient.ins",
                })
            }
            Self::Cs9 | Self::Cs24 => Ok(()),
        }
    }
}

fn practice(frame: &Frame) -> &Practice {
    &frame.author.practice
}

/// The rules of the certificates refuse `streetAddressLine`.
fn by_parts(address: Option<&Ad>, field: &'static str) -> Result<(), ModelError> {
    let line = |a: &Ad| a.part(&AddressPartKind::StreetAddressLine).is_some();
    if address.is_some_and(line) {
        return Err(ModelError::Form {
            field,
            expected: "an address in parts (houseNumber, streetName, postalCode, city), no streetAddressLine",
        });
    }
    Ok(())
}

fn with_postal_code(address: Option<&Ad>, field: &'static str) -> Result<(), ModelError> {
    let code = address.and_then(|a| a.part(&AddressPartKind::PostalCode));
    super::error::need_text(code.unwrap_or(""), field)
}

/// The mother has to be among the informants of the first certificate.
fn mother_informs(frame: &Frame) -> Result<(), ModelError> {
    use crate::header::InformantSource;
    let is_mother = |informant: &crate::header::Informant| match &informant.source {
        InformantSource::Related(entity) => {
            let code = entity.code.as_ref().and_then(|code| code.code.as_deref());
            code == Some("MTH")
        }
        _ => false,
    };
    if frame.informants.iter().any(is_mother) {
        Ok(())
    } else {
        Err(ModelError::Missing {
            field: "informants",
        })
    }
}

/// Refuses a time that is not between birth and the making of the document.
fn between(
    time: &Timestamp,
    field: &'static str,
    birth: &Timestamp,
    made: &Timestamp,
) -> Result<(), ModelError> {
    not_before(time, field, birth, "patient.birth_date")?;
    not_before(made, "effective_time", time, field)
}

/// The day of a time.
fn day_of(time: &Timestamp) -> Timestamp {
    time.truncated_to(Precision::Day)
}

/// A day as the narrative shows it: `28/09/2009`.
fn shown_day(time: &Timestamp) -> String {
    match (time.day(), time.month()) {
        (Some(day), Some(month)) => format!("{day:02}/{month:02}/{:04}", time.year()),
        (None, Some(month)) => format!("{month:02}/{:04}", time.year()),
        _ => format!("{:04}", time.year()),
    }
}
