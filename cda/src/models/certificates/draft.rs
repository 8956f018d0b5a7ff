//! Certificates while they are filled in.

use std::fmt;

use segur_core::Timestamp;

use super::allergies::Allergy;
use super::birth::{
    BirthMeasuresDraft, FirstWeekDraft, HearingScreening, LabourDraft, Newborn, Transfer,
};
use super::coverage::Coverage;
use super::cs8::Cs8;
use super::cs9::{ChildFollowUp, Cs9};
use super::cs24::Cs24;
use super::development::{DevelopmentDraft, WalkingDraft};
use super::habits::{BirthHabitsDraft, ChildHabitsDraft, ParentsWorkDraft, ScreensDraft};
use super::history::HistoryDraft;
use super::parent::Parent;
use super::plan::CarePlan;
use super::pregnancy::{Hypertension, PregnanciesDraft, PrenatalDraft};
use super::treatments::Treatment;
use super::vaccines::AntigenDose;
use super::vitals::{BodyMassDraft, GrowthMeasuresDraft};
use crate::models::error::need;
use crate::models::{Frame, ModelError};

/// [`Cs8`] while it is filled in.
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Cs8Draft {
    /// Who, when, where.
    pub frame: Frame,
    /// The mother.
    pub mother: Option<Parent>,
    /// When the mother was born.
    pub mother_birth_date: Option<Timestamp>,
    /// The father or other parent.
    pub father: Option<Parent>,
    /// When the father was born.
    pub father_birth_date: Option<Timestamp>,
    /// Work of the parents.
    pub work: ParentsWorkDraft,
    /// Ways of life.
    pub habits: BirthHabitsDraft,
    /// Social covers.
    pub coverages: Vec<Coverage>,
    /// Pregnancies.
    pub pregnancies: PregnanciesDraft,
    /// Hypertension during this pregnancy.
    pub hypertension: Option<Hypertension>,
    /// Which other disease there was during the pregnancy.
    pub pathology_text: Option<String>,
    /// Examinations before birth.
    pub prenatal: PrenatalDraft,
    /// Labour and delivery.
    pub labour: LabourDraft,
    /// Measures at birth.
    pub birth_measures: BirthMeasuresDraft,
    /// When they were taken.
    pub measured_at: Option<Timestamp>,
    /// Diseases of the first week.
    pub first_week: FirstWeekDraft,
    /// Which other disease, in words.
    pub other_disease: Option<String>,
    /// Whether special technical care was needed.
    pub special_care: Option<bool>,
    /// Hearing screening.
    pub hearing: Option<HearingScreening>,
    /// Transfer to another service.
    pub transfer: Option<Transfer>,
    /// Medicines given.
    pub treatments: Vec<Treatment>,
    /// Vaccinations.
    pub vaccinations: Vec<AntigenDose>,
    /// What follows.
    pub plan: CarePlan,
}

/// [`ChildFollowUp`] while it is filled in.
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ChildFollowUpDraft {
    /// Who, when, where.
    pub frame: Frame,
    /// The mother.
    pub mother: Option<Parent>,
    /// When the mother was born.
    pub mother_birth_date: Option<Timestamp>,
    /// The father or other parent.
    pub father: Option<Parent>,
    /// When the father was born.
    pub father_birth_date: Option<Timestamp>,
    /// Work of the parents.
    pub work: ParentsWorkDraft,
    /// Ways of life.
    pub habits: ChildHabitsDraft,
    /// Medical history.
    pub history: HistoryDraft,
    /// Weight, height, head circumference.
    pub measures: GrowthMeasuresDraft,
    /// When they were taken.
    pub measured_at: Option<Timestamp>,
    /// Search of disorders of neurodevelopment.
    pub development: DevelopmentDraft,
    /// Vaccinations.
    pub vaccinations: Vec<AntigenDose>,
    /// Medicines given.
    pub treatments: Vec<Treatment>,
    /// What follows.
    pub plan: CarePlan,
}

/// [`Cs9`] while it is filled in.
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Cs9Draft {
    /// Everything that it says.
    pub child: ChildFollowUpDraft,
}

/// [`Cs24`] while it is filled in.
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Cs24Draft {
    /// What it shares with the certificate of the 9th month.
    pub child: ChildFollowUpDraft,
    /// Screens.
    pub screens: ScreensDraft,
    /// Body mass index.
    pub body_mass: BodyMassDraft,
    /// Walking.
    pub walking: WalkingDraft,
    /// Allergies.
    pub allergies: Vec<Allergy>,
}

/// The draft of the certificate that an examination calls for.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "the law knows three")]
pub enum CertificateDraft {
    /// Within 8 days of birth.
    Cs8(Box<Cs8Draft>),
    /// In the 9th month.
    Cs9(Box<Cs9Draft>),
    /// In the 24th month.
    Cs24(Box<Cs24Draft>),
}

impl CertificateDraft {
    /// The mandatory fields that are not filled in, by their names.
    pub fn missing(&self) -> Vec<&'static str> {
        match self {
            Self::Cs8(draft) => draft.missing(),
            Self::Cs9(draft) => draft.missing(),
            Self::Cs24(draft) => draft.missing(),
        }
    }
}

impl Cs8Draft {
    /// The mandatory fields that are not filled in, by their names.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        let alone = [
            (self.mother.is_none(), "mother"),
            (self.coverages.is_empty(), "coverages"),
            (self.hypertension.is_none(), "hypertension"),
            (self.special_care.is_none(), "newborn.special_care"),
            (self.hearing.is_none(), "newborn.hearing"),
            (self.vaccinations.is_empty(), "vaccinations"),
        ];
        names.extend(alone.iter().filter(|(m, _)| *m).map(|(_, name)| *name));
        self.habits.missing(&mut names);
        self.pregnancies.missing(&mut names);
        self.prenatal.missing(&mut names);
        self.labour.missing(&mut names);
        self.birth_measures.missing(&mut names);
        self.first_week.missing(&mut names);
        names
    }

    /// The certificate, when every mandatory field is filled in.
    ///
    /// # Errors
    /// The first mandatory field that is not filled in.
    pub fn complete(self) -> Result<Cs8, ModelError> {
        Ok(Cs8 {
            frame: self.frame,
            mother: need(self.mother, "mother")?,
            mother_birth_date: self.mother_birth_date,
            father: self.father,
            father_birth_date: self.father_birth_date,
            work: self.work.complete()?,
            habits: self.habits.complete()?,
            coverages: self.coverages,
            pregnancies: self.pregnancies.complete()?,
            hypertension: need(self.hypertension, "hypertension")?,
            pathology_text: self.pathology_text,
            prenatal: self.prenatal.complete()?,
            labour: self.labour.complete()?,
            delivered_at: None,
            newborn: Newborn {
                measures: self.birth_measures.complete()?,
                measured_at: self.measured_at,
                first_week: self.first_week.complete()?,
                other_disease: self.other_disease,
                special_care: need(self.special_care, "newborn.special_care")?,
                hearing: need(self.hearing, "newborn.hearing")?,
                acts_at: None,
                transfer: self.transfer,
            },
            treatments: self.treatments,
            vaccinations: self.vaccinations,
            plan: self.plan,
        })
    }
}

impl ChildFollowUpDraft {
    fn missing(&self, names: &mut Vec<&'static str>) {
        let alone = [
            (self.mother.is_none(), "mother"),
            (self.mother_birth_date.is_none(), "mother_birth_date"),
            (self.vaccinations.is_empty(), "vaccinations"),
        ];
        names.extend(alone.iter().filter(|(m, _)| *m).map(|(_, name)| *name));
        self.habits.missing(names);
        self.history.missing(names);
        self.measures.missing(names);
        self.development.missing(names);
    }

    fn complete(self) -> Result<ChildFollowUp, ModelError> {
        Ok(ChildFollowUp {
            frame: self.frame,
            mother: need(self.mother, "mother")?,
            mother_birth_date: need(self.mother_birth_date, "mother_birth_date")?,
            father: self.father,
            father_birth_date: self.father_birth_date,
            work: self.work.complete()?,
            habits: self.habits.complete()?,
            history: self.history.complete()?,
            measures: self.measures.complete()?,
            measured_at: self.measured_at,
            development: self.development.complete()?,
            screened_at: None,
            vaccinations: self.vaccinations,
            treatments: self.treatments,
            plan: self.plan,
        })
    }
}

impl Cs9Draft {
    /// The mandatory fields that are not filled in, by their names.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        self.child.missing(&mut names);
        if self.child.treatments.is_empty() {
            names.push("treatments");
        }
        names
    }

    /// The certificate, when every mandatory field is filled in.
    ///
    /// # Errors
    /// The first mandatory field that is not filled in.
    pub fn complete(self) -> Result<Cs9, ModelError> {
        let child = self.child.complete()?;
        Ok(Cs9 { child })
    }
}

impl Cs24Draft {
    /// The mandatory fields that are not filled in, by their names.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        self.child.missing(&mut names);
        self.screens.missing(&mut names);
        self.body_mass.missing(&mut names);
        self.walking.missing(&mut names);
        names
    }

    /// The certificate, when every mandatory field is filled in.
    ///
    /// # Errors
    /// The first mandatory field that is not filled in.
    pub fn complete(self) -> Result<Cs24, ModelError> {
        Ok(Cs24 {
            child: self.child.complete()?,
            screens: self.screens.complete()?,
            body_mass: self.body_mass.complete()?,
            walking: self.walking.complete()?,
            walking_at: None,
            allergies: self.allergies,
            allergies_at: None,
        })
    }
}

macro_rules! masked {
    ($($name:ident),+) => { $(
        /// Shows nothing of the persons.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+ };
}

masked! { Cs8Draft, ChildFollowUpDraft, Cs9Draft, Cs24Draft }
