//! VAC 2023.01: the history of vaccinations, which the DMP consolidates from notes.

use segur_core::Timestamp;

use super::entry::{self, Found, Parts};
use super::{
    ATC, BESIDE_A_REACTION, CIP, CIS, Reaction, VaccinationKind, VaccinationNote, Vaccine,
    is_reaction_alone, named,
};
use crate::ClinicalDocument;
use crate::body::{Material, Narrative, NarrativeElement, StructuredBody};
use crate::datatypes::{Cd, En, Ii, Pq, St};
use crate::header::{Header, Informant};
use crate::models::error::{ModelError, need, need_text};
use crate::models::frame::{Frame, ModelInfo, not_before};
use crate::models::parties::Professional;

const LOINC: &str = "2.16.840.1.113883.6.1";
const MODEL: ModelInfo = ModelInfo {
    name: "VAC_2023.01",
    templates: &[
        ("1.3.6.1.4.1.19376.1.5.3.1.1.18.1.2", None),
        ("1.2.250.1.213.1.1.1.37", Some("2023.01")),
    ],
    code: ("11369-6", "Historique des vaccinations", LOINC),
    title: "Historique des vaccinations",
    act: ("11369-6", "Historique des vaccinations", LOINC),
};

/// A vaccine as a history tells it: what an old booklet does not say is none.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordedVaccine {
    /// Name, as people read it.
    pub name: String,
    /// Code of the speciality (CIS) and its name.
    pub cis: Option<(String, String)>,
    /// ATC code and its name.
    pub atc: Option<(String, String)>,
    /// Presentation (CIP13) and its name.
    pub cip: Option<(String, String)>,
    /// Codes of other systems, with their names.
    #[cfg_attr(feature = "serde", serde(default))]
    pub other_codes: Vec<Cd>,
    /// Lot number.
    pub lot: Option<String>,
}

/// One vaccination of a history.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct Vaccination {
    /// Identifier.
    pub id: Ii,
    /// First series or booster.
    pub kind: VaccinationKind,
    /// The day, the month or the year, as it is known.
    pub date: Timestamp,
    /// The vaccine.
    pub vaccine: RecordedVaccine,
    /// Route, of `0.4.0.127.0.16.1.1.2.1`, with its name.
    pub route: Option<Cd>,
    /// Site, of SNOMED CT, with its name.
    pub site: Option<Cd>,
    /// Dose.
    pub dose: Option<Pq>,
    /// Rank in the series, from 1.
    pub rank: Option<u32>,
    /// Who vaccinated.
    pub vaccinator: Option<Professional>,
    /// Who confirmed it medically, and when; none when the patient only reports it.
    pub validator: Option<(Professional, Timestamp)>,
    /// Who gave the information.
    #[cfg_attr(feature = "serde", serde(default))]
    pub informants: Vec<Informant>,
    /// Reactions.
    #[cfg_attr(feature = "serde", serde(default))]
    pub reactions: Vec<Reaction>,
    /// Comment.
    pub comment: Option<String>,
}

/// A history of vaccinations (VAC 2023.01). Requirements VACC/HISTO.03, VACC/HISTO.04.
///
/// The DMP makes it from the notes; its author is then not a professional, so that the header is kept
/// whole. [`VaccinationHistory::new`] makes the header of one written by a professional.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct VaccinationHistory {
    /// Header of the document.
    pub header: Header,
    /// The vaccinations, one at least.
    #[cfg_attr(feature = "serde", serde(default))]
    pub vaccinations: Vec<Vaccination>,
}

impl RecordedVaccine {
    fn check(&self) -> Result<(), ModelError> {
        need_text(&self.name, "vaccinations.vaccine.name")?;
        for (pair, field) in [
            (&self.cis, "vaccinations.vaccine.cis"),
            (&self.atc, "vaccinations.vaccine.atc"),
            (&self.cip, "vaccinations.vaccine.cip"),
        ] {
            if let Some((code, name)) = pair {
                need_text(code, field)?;
                need_text(name, field)?;
            }
        }
        match &self.lot {
            Some(lot) => need_text(lot, "vaccinations.vaccine.lot"),
            None => Ok(()),
        }
    }

    fn to_material(&self, anchor: &str) -> Material {
        let coded = |(code, name): &(String, String), system: &str, system_name: &str| {
            Cd::new(code.clone(), system)
                .with_display(name.clone())
                .with_system_name(system_name)
        };
        let mut code = match &self.cis {
            Some(cis) => coded(cis, CIS, "CIS"),
            None => Cd::null(crate::datatypes::NullFlavor::Unknown),
        };
        code = code.with_text_reference(anchor);
        if let Some(atc) = &self.atc {
            code = code.with_translation(coded(atc, ATC, "ATC"));
        }
        if let Some(cip) = &self.cip {
            code = code.with_translation(coded(cip, CIP, "CIP"));
        }
        for other in &self.other_codes {
            code = code.with_translation(other.clone());
        }
        Material {
            code: Some(code),
            name: Some(En::text(self.name.clone())),
            lot: self.lot.clone().map(St::new),
            ..Material::default()
        }
    }

    fn from_material(material: &Material) -> Self {
        let pair = |system: &str| {
            let found = material.code.as_ref()?.in_system(system)?;
            let name = found.display_name.clone().unwrap_or_default();
            Some((found.code.clone()?, name))
        };
        let name = material.name.as_ref().map(En::to_line);
        let lot = material.lot.as_ref().map(|l| l.text.trim().to_owned());
        let cis = pair(CIS);
        let translations = material.code.iter().flat_map(|code| &code.translations);
        Self {
            name: name
                .filter(|name| !name.is_empty())
                .or_else(|| cis.as_ref().map(|(_, name)| name.clone()))
                .unwrap_or_default(),
            cis,
            atc: pair(ATC),
            cip: pair(CIP),
            other_codes: translations
                .filter(|code| {
                    let system = code.code_system.as_deref();
                    ![Some(CIS), Some(ATC), Some(CIP)].contains(&system)
                })
                .cloned()
                .collect(),
            lot: lot.filter(|lot| !lot.is_empty()),
        }
    }
}

impl Vaccination {
    fn check(&self) -> Result<(), ModelError> {
        need_text(self.id.root.as_deref().unwrap_or(""), "vaccinations.id")?;
        self.vaccine.check()?;
        for (code, field) in [
            (&self.route, "vaccinations.route"),
            (&self.site, "vaccinations.site"),
        ] {
            code.as_ref().map_or(Ok(()), |code| named(code, field))?;
        }
        if self.rank == Some(0) {
            return Err(ModelError::Range {
                field: "vaccinations.rank",
                expected: "1 or more",
            });
        }
        if let Some(vaccinator) = &self.vaccinator {
            vaccinator.check("vaccinations.vaccinator")?;
        }
        if let Some((validator, at)) = &self.validator {
            validator.check("vaccinations.validator")?;
            let field = "vaccinations.validator";
            not_before(at, field, &self.date, "vaccinations.date")?;
        }
        for reaction in &self.reactions {
            named(&reaction.code, "vaccinations.reactions.code")?;
        }
        if is_reaction_alone(&self.reactions, self.rank, self.comment.as_deref()) {
            return Err(ModelError::Form {
                field: "vaccinations.rank",
                expected: BESIDE_A_REACTION,
            });
        }
        match &self.comment {
            Some(comment) => need_text(comment, "vaccinations.comment"),
            None => Ok(()),
        }
    }

    fn parts<'a>(&'a self, anchor: &'a str) -> Parts<'a> {
        Parts {
            id: &self.id,
            kind: self.kind,
            date: &self.date,
            name: &self.vaccine.name,
            lot: self.vaccine.lot.as_deref(),
            route: self.route.as_ref(),
            site: self.site.as_ref(),
            dose: self.dose.as_ref(),
            rank: self.rank,
            vaccinator: self.vaccinator.as_ref(),
            validator: self.validator.as_ref().map(|(who, at)| (who, at)),
            informants: &self.informants,
            reactions: &self.reactions,
            comment: self.comment.as_deref(),
            anchor,
        }
    }

    /// Whether a professional confirmed it; otherwise the patient reports it.
    pub fn is_confirmed(&self) -> bool {
        self.validator.is_some()
    }

    /// The note that confirms this vaccination: everything known is taken over, `frame.author` confirms
    /// it at `frame.effective_time`. Requirement VACC/NOTE.04.
    ///
    /// # Errors
    /// When what a note makes mandatory is not known here (day, CIS, ATC, lot): the error names the
    /// field to ask for. `vaccine` fills what the history lacks; what it gives wins.
    pub fn confirm(
        &self,
        frame: Frame,
        vaccine: Option<Vaccine>,
    ) -> Result<VaccinationNote, ModelError> {
        let known = &self.vaccine;
        let vaccine = match vaccine {
            Some(vaccine) => vaccine,
            None => {
                let (cis, name) = need(known.cis.clone(), "vaccine.cis")?;
                let (atc, atc_name) = need(known.atc.clone(), "vaccine.atc")?;
                Vaccine {
                    cis,
                    name,
                    atc,
                    atc_name,
                    cip: known.cip.clone(),
                    lot: need(known.lot.clone(), "vaccine.lot")?,
                }
            }
        };
        let note = VaccinationNote {
            id: self.id.clone(),
            kind: self.kind,
            date: self.date,
            vaccine,
            route: self.route.clone(),
            site: self.site.clone(),
            dose: self.dose.clone(),
            rank: self.rank,
            vaccinator: self.vaccinator.clone(),
            validator: frame.author.clone(),
            validated_at: frame.effective_time,
            reactions: self.reactions.clone(),
            comment: self.comment.clone(),
            frame,
        };
        note.check()?;
        Ok(note)
    }
}

impl VaccinationHistory {
    /// A history written by a professional.
    ///
    /// # Errors
    /// When a field of the frame is missing or contradicts another; the error names it.
    pub fn new(frame: &Frame, vaccinations: Vec<Vaccination>) -> Result<Self, ModelError> {
        frame.check()?;
        Ok(Self {
            header: frame.to_header(&MODEL),
            vaccinations,
        })
    }

    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        need(self.vaccinations.first(), "vaccinations")?;
        let mut tables = Vec::new();
        let mut entries = Vec::new();
        for (at, vaccination) in self.vaccinations.iter().enumerate() {
            vaccination.check()?;
            let anchor = format!("vac-{}", at + 1);
            let parts = vaccination.parts(&anchor);
            let (titles, cells): (Vec<&str>, Vec<_>) = parts.lines().into_iter().unzip();
            tables.push(NarrativeElement::table(&titles, vec![cells]));
            entries.push(parts.administration(vaccination.vaccine.to_material(&anchor)));
        }
        let mut body = StructuredBody::default();
        body.push(entry::section(MODEL.title, Narrative::new(tables), entries));
        Ok(ClinicalDocument::new(self.header.clone(), body))
    }

    /// The vaccinations that a history gives, anyone's.
    ///
    /// # Errors
    /// When the document is of another model, or lacks what the struct makes mandatory.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let template = MODEL.templates.last().map_or("", |(root, _)| root);
        let templates = &document.header.template_ids;
        if !templates.iter().any(|id| id.is_under(template)) {
            return Err(ModelError::OtherModel {
                model: MODEL.name,
                template,
            });
        }
        let mut vaccinations = Vec::new();
        for section in document.sections() {
            for source in entry::of_section(section) {
                let found = Found::read(section, source);
                let vaccinator = source.performers.first();
                let author = source.authors.first();
                let author = author.and_then(|a| Some((a, a.time.value?)));
                let material = need(found.material, "vaccinations.vaccine")?;
                vaccinations.push(Vaccination {
                    id: found.id,
                    kind: need(found.kind, "vaccinations.kind")?,
                    date: need(found.date, "vaccinations.date")?,
                    vaccine: RecordedVaccine::from_material(&material),
                    route: found.route,
                    site: found.site,
                    dose: found.dose,
                    rank: found.rank,
                    vaccinator: vaccinator
                        .map(|v| {
                            let field = "vaccinations.vaccinator";
                            Professional::from_assigned(&v.assigned_entity, field)
                        })
                        .transpose()?,
                    validator: author
                        .map(|(author, at)| {
                            let field = "vaccinations.validator";
                            let who = Professional::from_author(&author.assigned_author, field)?;
                            Ok((who, at))
                        })
                        .transpose()?,
                    informants: source.informants.clone(),
                    reactions: found.reactions,
                    comment: found.comment,
                });
            }
        }
        need(vaccinations.first(), "vaccinations")?;
        Ok(Self {
            header: document.header.clone(),
            vaccinations,
        })
    }
}
