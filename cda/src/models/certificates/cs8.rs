//! CSE-CS8: the certificate of the first 8 days.

use std::fmt;

use segur_core::Timestamp;

use super::birth::{self, Labour, Newborn};
use super::coverage::{self, Coverage};
use super::habits::{BirthHabits, HABITS, ParentsWork};
use super::item::Relation;
use super::parent::Parent;
use super::plan::CarePlan;
use super::pregnancy::{self, Hypertension, Pregnancies, Prenatal};
use super::treatments::{self, Treatment};
use super::vaccines::{self, AntigenDose};
use super::write::{Context, Rows};
use super::{CertificateKind, between};
use crate::ClinicalDocument;
use crate::models::error::need;
use crate::models::{Frame, ModelError};

/// The first health certificate (CSE-CS8 2025.01). Requirement SC.CDA/DD.20.
///
/// The frame needs the mother among its informants, and the postal codes of the child and of the
/// practice; the physician who will follow the child is a participant of kind `CON` with the function
/// `CORRE`. See the crate's example `own_documents` for a whole one.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Cs8 {
    /// Who, when, where.
    pub frame: Frame,
    /// The mother.
    pub mother: Parent,
    /// When the mother was born.
    pub mother_birth_date: Option<Timestamp>,
    /// The father or other parent.
    pub father: Option<Parent>,
    /// When the father was born.
    pub father_birth_date: Option<Timestamp>,
    /// Work of the parents.
    pub work: ParentsWork,
    /// Ways of life.
    pub habits: BirthHabits,
    /// Social covers; at least one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub coverages: Vec<Coverage>,
    /// Pregnancies.
    pub pregnancies: Pregnancies,
    /// Hypertension during this pregnancy.
    pub hypertension: Hypertension,
    /// Comment on other diseases of the pregnancy.
    pub pathology_text: Option<String>,
    /// Examinations before birth.
    pub prenatal: Prenatal,
    /// Labour and delivery.
    pub labour: Labour,
    /// When the delivery was; the child's birth when none.
    pub delivered_at: Option<Timestamp>,
    /// The newborn.
    pub newborn: Newborn,
    /// Medicines given.
    #[cfg_attr(feature = "serde", serde(default))]
    pub treatments: Vec<Treatment>,
    /// Vaccinations against tuberculosis and hepatitis B, given or not; at least one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub vaccinations: Vec<AntigenDose>,
    /// What follows.
    #[cfg_attr(feature = "serde", serde(default))]
    pub plan: CarePlan,
}

impl Cs8 {
    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        self.check()?;
        let frame = &self.frame;
        let mother = self
            .mother
            .to_subject(Relation::Mother, self.mother_birth_date);
        let father = self.father.as_ref();
        let father = father.map(|f| f.to_subject(Relation::Father, self.father_birth_date));
        let context = Context::new(frame, Some(mother), father, false);
        let mut habits = Rows::new(&context);
        self.work.write(&mut habits);
        self.habits.write(&mut habits);
        let delivered_at = self.delivered_at.unwrap_or(frame.patient.birth_date);
        let treatments = treatments::section(&self.treatments, &context);
        let sections = vec![
            habits.section(&HABITS),
            coverage::section(&self.coverages, &context),
            pregnancy::history_section(
                &self.pregnancies,
                self.hypertension,
                self.pathology_text.as_deref(),
                &context,
            ),
            pregnancy::prenatal_section(&self.prenatal, &context),
            birth::labour_section(&self.labour, delivered_at, &context),
            self.newborn.section(&context, frame.act_time, treatments),
            vaccines::section(&self.vaccinations, &context),
            self.plan.section(&context),
        ];
        Ok(CertificateKind::Cs8.document(frame, sections))
    }

    fn check(&self) -> Result<(), ModelError> {
        CertificateKind::Cs8.check_frame(&self.frame)?;
        self.work.check()?;
        self.habits.check()?;
        need(self.coverages.first(), "coverages")?;
        self.coverages.iter().try_for_each(Coverage::check)?;
        self.pregnancies.check()?;
        self.prenatal.check()?;
        self.labour.check()?;
        self.newborn.check()?;
        self.treatments.iter().try_for_each(Treatment::check)?;
        let (birth, made) = (&self.frame.patient.birth_date, &self.frame.effective_time);
        for (time, field) in [
            (self.delivered_at, "delivered_at"),
            (self.newborn.measured_at, "newborn.measured_at"),
            (self.newborn.acts_at, "newborn.acts_at"),
        ] {
            time.map_or(Ok(()), |time| between(&time, field, birth, made))?;
        }
        if let Some(transfer) = &self.newborn.transfer {
            between(&transfer.start, "newborn.transfer.start", birth, made)?;
        }
        for treatment in &self.treatments {
            let at = treatment.at;
            at.map_or(Ok(()), |at| between(&at, "treatments.at", birth, made))?;
        }
        vaccines::check(&self.vaccinations, CertificateKind::Cs8, birth, made)?;
        self.plan.check()
    }

    /// The certificate that a document gives, anyone's, of edition 2025.01 or 2024.01.
    ///
    /// Optional entries that cannot be taken (a code outside the value set) are left out.
    ///
    /// # Errors
    /// When the document is of another model, lacks what the struct makes mandatory, or gives it in
    /// a form that cannot be taken; the error names the field.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let frame = CertificateKind::Cs8.frame(document)?;
        let habits = HABITS.found(document, false);
        let (mother, mother_birth_date) = need(Parent::read(document, Relation::Mother), "mother")?;
        let father = Parent::read(document, Relation::Father);
        let (pregnancies, hypertension, pathology_text) = pregnancy::read_history(document)?;
        let (labour, delivered_at) = birth::read_labour(document)?;
        Ok(Self {
            frame,
            mother,
            mother_birth_date,
            father_birth_date: father.as_ref().and_then(|(_, born)| *born),
            father: father.map(|(father, _)| father),
            work: ParentsWork::read(&habits)?,
            habits: BirthHabits::read(&habits)?,
            coverages: coverage::read(document),
            pregnancies,
            hypertension,
            pathology_text,
            prenatal: pregnancy::read_prenatal(document)?,
            labour,
            delivered_at,
            newborn: Newborn::read(document)?,
            treatments: treatments::read(document),
            vaccinations: vaccines::read(document),
            plan: CarePlan::read(document),
        })
    }
}

/// Shows nothing of the persons.
impl fmt::Debug for Cs8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cs8(…)")
    }
}
