//! CSE-CS24: the certificate of the 24th month.

use std::fmt;

use segur_core::Timestamp;

use super::allergies::{self, Allergy};
use super::cs9::ChildFollowUp;
use super::development::{self, Walking};
use super::habits::{HABITS, Screens};
use super::vitals::{self, BodyMass};
use super::write::Rows;
use super::{CertificateKind, between};
use crate::ClinicalDocument;
use crate::models::ModelError;

/// The third health certificate (CSE-CS24 2025.01). Requirement SC.CDA/DD.20.
///
/// See the crate's example `own_documents` for a whole one.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Cs24 {
    /// What it shares with the certificate of the 9th month.
    pub child: ChildFollowUp,
    /// Screens.
    pub screens: Screens,
    /// Body mass index.
    pub body_mass: BodyMass,
    /// Walking.
    pub walking: Walking,
    /// When walking was observed; the day of the examination when none.
    pub walking_at: Option<Timestamp>,
    /// Allergies; no section is written when there are none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub allergies: Vec<Allergy>,
    /// When they were listed; the day of the examination when none.
    pub allergies_at: Option<Timestamp>,
}

impl Cs24 {
    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        let child = &self.child;
        self.check()?;
        let context = child.context(true);
        let mut habits = child.habits(&context);
        self.screens.write(&mut habits);
        let mut measures = Rows::new(&context);
        child.measures.write(&mut measures);
        self.body_mass.write(&mut measures);
        let measures = vitals::section(measures, child.day(child.measured_at));
        let screening = (&child.development, child.day(child.screened_at));
        let walking = (&self.walking, child.day(self.walking_at));
        let development = development::section(screening, Some(walking), &context);
        let allergies = allergies::section(&self.allergies, child.day(self.allergies_at), &context);
        let parts = (habits.section(&HABITS), measures, development);
        let sections = child.sections(&context, parts, allergies);
        Ok(CertificateKind::Cs24.document(&child.frame, sections))
    }

    fn check(&self) -> Result<(), ModelError> {
        self.child.check(CertificateKind::Cs24)?;
        self.screens.check()?;
        self.body_mass.check()?;
        self.walking.check()?;
        let frame = &self.child.frame;
        let (birth, made) = (&frame.patient.birth_date, &frame.effective_time);
        let since = self.allergies.iter().filter_map(|allergy| allergy.since);
        for (time, field) in [
            (self.walking_at, "walking_at"),
            (self.allergies_at, "allergies_at"),
        ]
        .into_iter()
        .filter_map(|(time, field)| Some((time?, field)))
        .chain(since.map(|time| (time, "allergies.since")))
        {
            between(&time, field, birth, made)?;
        }
        Ok(())
    }

    /// The certificate that a document gives, anyone's, of edition 2025.01 or 2024.01.
    ///
    /// Optional entries that cannot be taken (a code outside the value set) are left out.
    ///
    /// # Errors
    /// When the document is of another model, lacks what the struct makes mandatory, or gives it in
    /// a form that cannot be taken; the error names the field.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let child = ChildFollowUp::read(document, CertificateKind::Cs24)?;
        let (measures, _) = vitals::found(document, true);
        let (walking, walking_at) = development::read_walking(document)?;
        let (allergies, allergies_at) = allergies::read(document);
        Ok(Self {
            screens: Screens::read(&HABITS.found(document, true))?,
            body_mass: BodyMass::read(&measures)?,
            walking,
            walking_at,
            allergies,
            allergies_at,
            child,
        })
    }
}

/// Shows nothing of the persons.
impl fmt::Debug for Cs24 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cs24(…)")
    }
}
