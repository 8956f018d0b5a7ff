//! What an examination recorded, and its report.

use std::fmt;

use segur_core::Timestamp;

use super::calendar::Examination;
use crate::ClinicalDocument;
use crate::body::NonXmlBody;
use crate::datatypes::{Cd, St};
use crate::models::certificates::{
    Allergy, AntigenDose, BirthHabitsDraft, BirthMeasuresDraft, BodyMassDraft, CarePlan,
    ChildHabitsDraft, Coverage, DevelopmentDraft, FirstWeekDraft, GrowthMeasuresDraft,
    HearingScreening, HistoryDraft, Hypertension, LabourDraft, Parent, ParentsWorkDraft,
    PregnanciesDraft, PrenatalDraft, ScreensDraft, Transfer, Treatment, WalkingDraft,
};
use crate::models::{Frame, ModelError};

/// The parents.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ParentsRecord {
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
}

/// What is asked at birth.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct BirthRecord {
    /// Ways of life.
    pub habits: BirthHabitsDraft,
    /// Social covers.
    pub coverages: Vec<Coverage>,
    /// Pregnancies.
    pub pregnancies: PregnanciesDraft,
    /// Hypertension during the pregnancy.
    pub hypertension: Option<Hypertension>,
    /// Comment on other diseases of the pregnancy.
    pub pathology_text: Option<String>,
    /// Examinations before birth.
    pub prenatal: PrenatalDraft,
    /// Labour and delivery.
    pub labour: LabourDraft,
    /// Measures at birth.
    pub measures: BirthMeasuresDraft,
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
}

/// What is asked later.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ChildRecord {
    /// Ways of life, feeding among them.
    pub habits: ChildHabitsDraft,
    /// Screens.
    pub screens: ScreensDraft,
    /// Medical history.
    pub history: HistoryDraft,
    /// Weight, height, head circumference.
    pub measures: GrowthMeasuresDraft,
    /// Body mass index; computed from weight and height when it is not told.
    pub body_mass: BodyMassDraft,
    /// Search of disorders of neurodevelopment.
    pub development: DevelopmentDraft,
    /// Walking.
    pub walking: WalkingDraft,
    /// Allergies.
    pub allergies: Vec<Allergy>,
}

/// A question with its answer: a finding of the physical examination, or a question that the vendor
/// adds.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Question {
    /// The question, in French.
    pub label: String,
    /// The answer; none when it is not filled in.
    pub answer: Option<String>,
}

/// A line of a report.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data")]
pub struct ReportLine {
    /// Heading under which the line stands.
    pub heading: &'static str,
    /// The question, in French.
    pub label: String,
    /// The answer; none when it is not filled in: it is shown all the same.
    pub answer: Option<String>,
}

/// What an examination recorded. Nothing but the frame is mandatory (LGC.CSE.14).
///
/// The questions of the paper form (CERFA) are not published: those of the certificates are typed, all
/// others are [`Question`]s of the caller.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ExaminationRecord {
    /// Who, when, where.
    pub frame: Frame,
    /// Which examination.
    pub examination: &'static Examination,
    /// The parents.
    pub parents: ParentsRecord,
    /// What is asked at birth.
    pub birth: BirthRecord,
    /// What is asked later.
    pub child: ChildRecord,
    /// When the measures were taken; the day of the examination when none.
    pub measured_at: Option<Timestamp>,
    /// Findings of the physical examination.
    pub findings: Vec<Question>,
    /// Vaccinations.
    pub vaccinations: Vec<AntigenDose>,
    /// Medicines given.
    pub treatments: Vec<Treatment>,
    /// What follows.
    pub plan: CarePlan,
    /// Summary of the consultation.
    pub synthesis: Option<String>,
    /// Questions that the vendor adds.
    pub added: Vec<Question>,
}

impl ExaminationRecord {
    /// A record in which nothing is filled in.
    pub fn new(frame: Frame, examination: &'static Examination) -> Self {
        Self {
            frame,
            examination,
            parents: ParentsRecord::default(),
            birth: BirthRecord::default(),
            child: ChildRecord::default(),
            measured_at: None,
            findings: Vec::new(),
            vaccinations: Vec::new(),
            treatments: Vec::new(),
            plan: CarePlan::default(),
            synthesis: None,
            added: Vec::new(),
        }
    }

    /// Everything that the report shows, what is not filled in too. Questions of birth are shown at
    /// the first examination only.
    pub fn lines(&self) -> Vec<ReportLine> {
        let mut report = Report::default();
        let parents = &self.parents;
        report.group("Parents", |lines| parents.work.lines(lines));
        if self.examination.code == "MED-1224" {
            self.birth_lines(&mut report);
        } else {
            self.child_lines(&mut report);
        }
        report.questions("Examen somatique", &self.findings);
        for dose in &self.vaccinations {
            let (label, answer) = dose.line();
            report.line("Vaccinations", label, Some(answer));
        }
        for treatment in &self.treatments {
            let (label, answer) = treatment.line();
            report.line("Médicaments administrés", label, Some(answer));
        }
        report.group("Suites", |lines| self.plan.lines(lines));
        let synthesis = "Synthèse de la consultation".to_owned();
        report.line("Synthèse", synthesis, self.synthesis.clone());
        report.questions("Autres informations", &self.added);
        report.lines
    }

    fn birth_lines(&self, report: &mut Report) {
        let birth = &self.birth;
        report.group("Mode de vie", |lines| birth.habits.lines(lines));
        for coverage in &birth.coverages {
            let kind = coverage.kind.name().to_owned();
            report.line(
                "Couverture sociale",
                "Couverture sociale".to_owned(),
                Some(kind),
            );
        }
        report.group("Grossesse", |lines| {
            birth.pregnancies.lines(lines);
            let answer = birth.hypertension.map(|h| match h {
                Hypertension::Absent => "Non".to_owned(),
                Hypertension::Present(treated) => format!("Oui, {}", treated.name()),
            });
            lines.push(("Hypertension gestationnelle", answer));
            lines.push((
                "Autre pathologie en cours de grossesse, précision",
                birth.pathology_text.clone(),
            ));
            birth.prenatal.lines(lines);
        });
        report.group("Accouchement", |lines| birth.labour.lines(lines));
        report.group("Nouveau-né", |lines| {
            birth.measures.lines(lines);
            birth.first_week.lines(lines);
            lines.push(("Autre pathologie, précision", birth.other_disease.clone()));
            let yes = |yes: bool| if yes { "Oui" } else { "Non" }.to_owned();
            lines.push(("Gestes techniques spécialisés", birth.special_care.map(yes)));
            let hearing = birth.hearing.as_ref().map(|hearing| match hearing {
                HearingScreening::NotDone => "Non effectué".to_owned(),
                HearingScreening::Done(result) => result
                    .value()
                    .map_or("Effectué, résultat non renseigné", |r| r.name())
                    .to_owned(),
            });
            lines.push(("Dépistage de la surdité", hearing));
            let transfer = birth.transfer.as_ref().map(|t| t.place_name.clone());
            lines.push(("Transfert ou mutation", transfer));
        });
    }

    fn child_lines(&self, report: &mut Report) {
        let child = &self.child;
        report.group("Mode de vie", |lines| {
            child.habits.lines(lines);
            child.screens.lines(lines);
        });
        report.group("Antécédents", |lines| child.history.lines(lines));
        report.group("Mesures", |lines| {
            child.measures.lines(lines);
            child.body_mass.lines(lines);
        });
        report.group("Développement", |lines| {
            child.development.lines(lines);
            child.walking.lines(lines);
        });
        for allergy in &child.allergies {
            let (label, answer) = allergy.line();
            report.line("Allergies", label, Some(answer));
        }
    }

    /// The report as a document of level 1: the caller's PDF/A-1, printed from [`lines`](Self::lines).
    ///
    /// Kind `59283-2` (LOINC, "CR d'examen de l'enfant"); the title is the examination's name. The
    /// documented act is a consultation; give [`Examination::to_cd`] as `act` to tell which
    /// examination it was (unverified: the value set exists, no published document uses it).
    ///
    /// # Errors
    /// When a field of the frame is missing or contradicts another, or there is no file.
    pub fn to_document(&self, pdf: &[u8], act: Option<Cd>) -> Result<ClinicalDocument, ModelError> {
        if pdf.is_empty() {
            return Err(ModelError::Missing { field: "pdf" });
        }
        let kind =
            Cd::new("59283-2", "2.16.840.1.113883.6.1").with_display("CR d'examen de l'enfant");
        let consultation =
            || Cd::new("11429006", "2.16.840.1.113883.6.96").with_display("consultation");
        let act = act.unwrap_or_else(consultation);
        let mut header = self.frame.to_header_n1(kind, act)?;
        header.title = Some(St::new(self.examination.name));
        let body = NonXmlBody::new("application/pdf", pdf);
        Ok(ClinicalDocument::new(header, body))
    }
}

#[derive(Default)]
struct Report {
    lines: Vec<ReportLine>,
}

impl Report {
    fn line(&mut self, heading: &'static str, label: String, answer: Option<String>) {
        self.lines.push(ReportLine {
            heading,
            label,
            answer,
        });
    }

    fn group(
        &mut self,
        heading: &'static str,
        fill: impl FnOnce(&mut Vec<(&'static str, Option<String>)>),
    ) {
        let mut lines = Vec::new();
        fill(&mut lines);
        for (label, answer) in lines {
            self.line(heading, label.to_owned(), answer);
        }
    }

    fn questions(&mut self, heading: &'static str, questions: &[Question]) {
        for question in questions {
            self.line(heading, question.label.clone(), question.answer.clone());
        }
    }
}

/// Does not show the answer.
impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Question(…)")
    }
}

/// Does not show the answer.
impl fmt::Debug for ReportLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReportLine(…)")
    }
}
