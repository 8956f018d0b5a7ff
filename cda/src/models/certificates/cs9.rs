//! CSE-CS9: the certificate of the 9th month, and what it shares with that of the 24th.

use std::fmt;

use segur_core::Timestamp;

use super::development::{self, Development};
use super::habits::{ChildHabits, HABITS, ParentsWork};
use super::history::History;
use super::item::Relation;
use super::parent::Parent;
use super::plan::CarePlan;
use super::treatments::{self, Treatment};
use super::vaccines::{self, AntigenDose};
use super::vitals::{self, GrowthMeasures};
use super::write::{Context, Rows};
use super::{CertificateKind, between, day_of};
use crate::ClinicalDocument;
use crate::body::{Section, Statement};
use crate::models::error::need;
use crate::models::frame::not_before;
use crate::models::{Frame, ModelError};

/// What the certificates of the 9th and of the 24th month have in common.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ChildFollowUp {
    /// Who, when, where.
    pub frame: Frame,
    /// The mother.
    pub mother: Parent,
    /// When the mother was born.
    pub mother_birth_date: Timestamp,
    /// The father or other parent.
    pub father: Option<Parent>,
    /// When the father was born.
    pub father_birth_date: Option<Timestamp>,
    /// Work of the parents.
    pub work: ParentsWork,
    /// Ways of life.
    pub habits: ChildHabits,
    /// Medical history.
    pub history: History,
    /// Weight, height, head circumference.
    pub measures: GrowthMeasures,
    /// When they were taken; the day of the examination when none.
    pub measured_at: Option<Timestamp>,
    /// Search of disorders of neurodevelopment.
    pub development: Development,
    /// When it was done; the day of the examination when none.
    pub screened_at: Option<Timestamp>,
    /// Vaccinations, given or not; at least one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub vaccinations: Vec<AntigenDose>,
    /// Medicines given or not; at 9 months at least one: immunisation against the respiratory
    /// syncytial virus ([`Treatment::rsv`]).
    #[cfg_attr(feature = "serde", serde(default))]
    pub treatments: Vec<Treatment>,
    /// What follows.
    #[cfg_attr(feature = "serde", serde(default))]
    pub plan: CarePlan,
}

/// The second health certificate (CSE-CS9 2025.01). Requirement SC.CDA/DD.20.
///
/// See the crate's example `own_documents` for a whole one.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Cs9 {
    /// Everything that it says.
    pub child: ChildFollowUp,
}

impl ChildFollowUp {
    pub(super) fn context(&self, is_24: bool) -> Context {
        let mother = self
            .mother
            .to_subject(Relation::Mother, Some(self.mother_birth_date));
        let father = self.father.as_ref();
        let father = father.map(|f| f.to_subject(Relation::Father, self.father_birth_date));
        Context::new(&self.frame, Some(mother), father, is_24)
    }

    /// Work and ways of life. The rules ask for the date of birth of a parent: when nothing is told of
    /// the mother's work, the question who minds the child is put down as hers.
    pub(super) fn habits<'a>(&self, context: &'a Context) -> Rows<'a> {
        let mut rows = Rows::new(context);
        self.work.write(&mut rows);
        let is_told = self.work.mother_profession.is_some() || self.work.mother_activity.is_some();
        let before = rows.statements.len();
        self.habits.write(&mut rows);
        if !is_told {
            let asked = rows.statements[before..].iter_mut();
            let childcare = asked.filter_map(|s| match s {
                Statement::Observation(o) => Some(o),
                _ => None,
            });
            for observation in childcare.filter(|o| is_childcare(o)) {
                let mother = context.subject(Relation::Mother).cloned();
                observation.subject = mother.map(Box::new);
            }
        }
        rows
    }

    pub(super) fn day(&self, time: Option<Timestamp>) -> Timestamp {
        time.unwrap_or_else(|| day_of(&self.frame.act_time))
    }

    pub(super) fn check(&self, kind: CertificateKind) -> Result<(), ModelError> {
        kind.check_frame(&self.frame)?;
        let (birth, made) = (&self.frame.patient.birth_date, &self.frame.effective_time);
        not_before(
            birth,
            "patient.birth_date",
            &self.mother_birth_date,
            "mother_birth_date",
        )?;
        self.work.check()?;
        self.habits.check()?;
        self.history.check()?;
        self.measures.check()?;
        self.development.check()?;
        if kind == CertificateKind::Cs9 {
            need(self.treatments.first(), "treatments")?;
        }
        self.treatments.iter().try_for_each(Treatment::check)?;
        for (time, field) in [
            (self.measured_at, "measured_at"),
            (self.screened_at, "screened_at"),
        ] {
            time.map_or(Ok(()), |time| between(&time, field, birth, made))?;
        }
        for treatment in &self.treatments {
            let at = treatment.at;
            at.map_or(Ok(()), |at| between(&at, "treatments.at", birth, made))?;
        }
        vaccines::check(&self.vaccinations, kind, birth, made)?;
        self.plan.check()
    }

    /// The sections after the given ones of habits, measures and development.
    pub(super) fn sections(
        &self,
        context: &Context,
        (habits, measures, development): (Section, Section, Section),
        allergies: Option<Section>,
    ) -> Vec<Section> {
        let mut sections = vec![
            habits,
            self.history.section(context, self.frame.act_time),
            measures,
            development,
        ];
        sections.extend(allergies);
        sections.push(vaccines::section(&self.vaccinations, context));
        sections.extend(treatments::section(&self.treatments, context));
        sections.push(self.plan.section(context));
        sections
    }

    pub(super) fn read(
        document: &ClinicalDocument,
        kind: CertificateKind,
    ) -> Result<Self, ModelError> {
        let is_24 = kind == CertificateKind::Cs24;
        let frame = kind.frame(document)?;
        let habits = HABITS.found(document, is_24);
        let (mother, born) = need(Parent::read(document, Relation::Mother), "mother")?;
        let father = Parent::read(document, Relation::Father);
        let (found, measured_at) = vitals::found(document, is_24);
        let (development, screened_at) = development::read(document)?;
        Ok(Self {
            frame,
            mother,
            mother_birth_date: need(born, "mother_birth_date")?,
            father_birth_date: father.as_ref().and_then(|(_, born)| *born),
            father: father.map(|(father, _)| father),
            work: ParentsWork::read(&habits)?,
            habits: ChildHabits::read(&habits)?,
            history: History::read(document, is_24)?,
            measures: GrowthMeasures::read(&found)?,
            measured_at,
            development,
            screened_at,
            vaccinations: vaccines::read(document),
            treatments: treatments::read(document),
            plan: CarePlan::read(document),
        })
    }
}

fn is_childcare(observation: &crate::body::Observation) -> bool {
    let is = |code: &crate::datatypes::Cd| code.code.as_deref() == Some("PAT-058");
    let qualifiers = observation.code.qualifiers.iter();
    qualifiers.filter_map(|q| q.value.as_deref()).any(is)
}

impl Cs9 {
    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        let child = &self.child;
        child.check(CertificateKind::Cs9)?;
        let context = child.context(false);
        let habits = child.habits(&context).section(&HABITS);
        let mut measures = Rows::new(&context);
        child.measures.write(&mut measures);
        let measures = vitals::section(measures, child.day(child.measured_at));
        let screening = (&child.development, child.day(child.screened_at));
        let development = development::section(screening, None, &context);
        let sections = child.sections(&context, (habits, measures, development), None);
        Ok(CertificateKind::Cs9.document(&child.frame, sections))
    }

    /// The certificate that a document gives, anyone's, of edition 2025.01 or 2024.01.
    ///
    /// Optional entries that cannot be taken (a code outside the value set) are left out.
    ///
    /// # Errors
    /// When the document is of another model, lacks what the struct makes mandatory, or gives it in
    /// a form that cannot be taken; the error names the field.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let child = ChildFollowUp::read(document, CertificateKind::Cs9)?;
        Ok(Self { child })
    }
}

/// Shows nothing of the persons.
impl fmt::Debug for ChildFollowUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChildFollowUp(…)")
    }
}

/// Shows nothing of the persons.
impl fmt::Debug for Cs9 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cs9(…)")
    }
}
