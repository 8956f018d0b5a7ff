//! VAC-NOTE 2023.01: the vaccination note, one vaccination per document.

use segur_core::Timestamp;

use super::entry::{self, Found, Parts};
use super::{BESIDE_A_REACTION, Reaction, VaccinationKind, Vaccine, is_reaction_alone, named};
use crate::ClinicalDocument;
use crate::body::{Narrative, NarrativeElement, StructuredBody};
use crate::datatypes::{Cd, Ii, Pq};
use crate::models::error::{ModelError, need, need_text};
use crate::models::frame::{Frame, ModelInfo, not_before};
use crate::models::parties::Professional;

const LOINC: &str = "2.16.840.1.113883.6.1";
const VACCINE_ID: &str = "vac-1";

const MODEL: ModelInfo = ModelInfo {
    name: "VAC-NOTE_2023.01",
    templates: &[
        ("1.3.6.1.4.1.19376.1.5.3.1.1.18.1.2", None),
        ("1.2.250.1.213.1.1.1.46", Some("2023.01")),
    ],
    code: ("87273-9", "Note de vaccination", LOINC),
    title: "Note de vaccination",
    act: ("87273-9", "Note de vaccination", LOINC),
};

/// A vaccination note (VAC-NOTE 2023.01). Requirement SC.CDA/DD.23.
///
/// See the crate's example `own_documents` for a whole one.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct VaccinationNote {
    /// Who, when, where; `author` wrote the note.
    pub frame: Frame,
    /// Identifier of the vaccination: a UUID of the caller.
    pub id: Ii,
    /// First series or booster.
    pub kind: VaccinationKind,
    /// The day, known to the day.
    pub date: Timestamp,
    /// The vaccine.
    pub vaccine: Vaccine,
    /// Route, of `0.4.0.127.0.16.1.1.2.1`, with its name.
    pub route: Option<Cd>,
    /// Site, of SNOMED CT, with its name.
    pub site: Option<Cd>,
    /// Dose.
    pub dose: Option<Pq>,
    /// Rank in the series, from 1. Beside a reaction the published rules ask for it, or for a comment.
    pub rank: Option<u32>,
    /// Who vaccinated, when it is told.
    pub vaccinator: Option<Professional>,
    /// Who confirms the vaccination medically.
    pub validator: Professional,
    /// When it was confirmed.
    pub validated_at: Timestamp,
    /// Reactions.
    #[cfg_attr(feature = "serde", serde(default))]
    pub reactions: Vec<Reaction>,
    /// Comment.
    pub comment: Option<String>,
}

impl VaccinationNote {
    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        self.check()?;
        let parts = self.parts();
        let rows = parts.lines().into_iter();
        let rows = rows
            .map(|(label, value)| vec![label.into(), value])
            .collect();
        let text = Narrative::new([NarrativeElement::table(&["Donnée", "Valeur"], rows)]);
        let entry = parts.administration(self.vaccine.to_material(VACCINE_ID));
        let mut body = StructuredBody::default();
        body.push(entry::section(MODEL.title, text, vec![entry]));
        Ok(ClinicalDocument::new(self.frame.to_header(&MODEL), body))
    }

    fn parts(&self) -> Parts<'_> {
        Parts {
            id: &self.id,
            kind: self.kind,
            date: &self.date,
            name: &self.vaccine.name,
            lot: Some(&self.vaccine.lot),
            route: self.route.as_ref(),
            site: self.site.as_ref(),
            dose: self.dose.as_ref(),
            rank: self.rank,
            vaccinator: self.vaccinator.as_ref(),
            validator: Some((&self.validator, &self.validated_at)),
            informants: &[],
            reactions: &self.reactions,
            comment: self.comment.as_deref(),
            anchor: VACCINE_ID,
        }
    }

    pub(super) fn check(&self) -> Result<(), ModelError> {
        self.frame.check()?;
        need_text(self.id.root.as_deref().unwrap_or(""), "id")?;
        if self.date.day().is_none() || self.date.hour().is_some() {
            return Err(ModelError::Form {
                field: "date",
                expected: "a date known to the day, without time",
            });
        }
        let birth = &self.frame.patient.birth_date;
        not_before(&self.date, "date", birth, "patient.birth_date")?;
        not_before(&self.validated_at, "validated_at", &self.date, "date")?;
        not_before(
            &self.frame.effective_time,
            "effective_time",
            &self.date,
            "date",
        )?;
        self.vaccine.check()?;
        for (code, field) in [(&self.route, "route"), (&self.site, "site")] {
            code.as_ref().map_or(Ok(()), |code| named(code, field))?;
        }
        if self.rank == Some(0) {
            return Err(ModelError::Range {
                field: "rank",
                expected: "1 or more",
            });
        }
        self.validator.check("validator")?;
        self.vaccinator
            .as_ref()
            .map_or(Ok(()), |v| v.check("vaccinator"))?;
        for reaction in &self.reactions {
            named(&reaction.code, "reactions.code")?;
            need_text(reaction.id.root.as_deref().unwrap_or(""), "reactions.id")?;
            not_before(&reaction.since, "reactions.since", &self.date, "date")?;
        }
        if is_reaction_alone(&self.reactions, self.rank, self.comment.as_deref()) {
            return Err(ModelError::Form {
                field: "rank",
                expected: BESIDE_A_REACTION,
            });
        }
        self.comment
            .as_ref()
            .map_or(Ok(()), |c| need_text(c, "comment"))
    }

    /// The vaccination that a note gives, anyone's.
    ///
    /// # Errors
    /// When the document is of another model, or lacks what the struct makes mandatory.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let frame = Frame::from_header(&document.header, &MODEL)?;
        let found = document
            .sections()
            .find_map(|section| Some((section, entry::of_section(section).next()?)));
        let (section, source) = need(found, "vaccine")?;
        let found = Found::read(section, source);
        let author = need(source.authors.first(), "validator")?;
        let vaccinator = source.performers.first();
        Ok(Self {
            id: found.id,
            kind: need(found.kind, "kind")?,
            date: need(found.date, "date")?,
            vaccine: Vaccine::from_material(&need(found.material, "vaccine")?)?,
            route: found.route,
            site: found.site,
            dose: found.dose,
            rank: found.rank,
            vaccinator: vaccinator
                .map(|v| Professional::from_assigned(&v.assigned_entity, "vaccinator"))
                .transpose()?,
            validator: Professional::from_author(&author.assigned_author, "validator")?,
            validated_at: need(author.time.value, "validated_at")?,
            reactions: found.reactions,
            comment: found.comment,
            frame,
        })
    }
}
