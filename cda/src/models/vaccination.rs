//! VAC-NOTE 2023.01: the vaccination note, one vaccination per document.

use segur_core::Timestamp;

use super::error::{ModelError, need, need_text};
use super::frame::{Frame, ModelInfo, not_before};
use super::parties::Professional;
use crate::ClinicalDocument;
use crate::body::{
    Act, Consumable, Entry, EntryPerformer, EntryRelationship, ManufacturedProduct, Material,
    Narrative, NarrativeElement, NarrativeNode, Observation, ProductContent, Section, Statement,
    StructuredBody, SubstanceAdministration,
};
use crate::datatypes::{
    Cd, Cs, Ed, En, Ii, Int, IvlPq, IvlTs, Pq, St, SxcmTs, TimeSpec, Ts, Value,
};
use crate::header::Author;

const LOINC: &str = "2.16.840.1.113883.6.1";
const ACT_CODE: &str = "2.16.840.1.113883.5.4";
const CIS: &str = "1.2.250.1.213.2.3.1";
const CIP: &str = "1.2.250.1.213.2.3.2";
const ATC: &str = "2.16.840.1.113883.6.73";
const SNOMED_CT: &str = "2.16.840.1.113883.6.96";

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

const SECTION: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.6",
    "1.3.6.1.4.1.19376.1.5.3.1.3.23",
    "1.2.250.1.213.1.1.2.147",
];
const VACCINATION: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.24",
    "1.3.6.1.4.1.19376.1.5.3.1.4.12",
    "1.2.250.1.213.1.1.3.45",
];
const PRODUCT: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.53",
    "1.3.6.1.4.1.19376.1.5.3.1.4.7.2",
    "1.2.250.1.213.1.1.3.43",
];
const RANK: [&str; 2] = ["2.16.840.1.113883.10.20.1.46", "1.2.250.1.213.1.1.3.82"];
const PROBLEM: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.28",
    "2.16.840.1.113883.10.20.1.54",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.2.250.1.213.1.1.3.37",
];
const COMMENT: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.40",
    "1.3.6.1.4.1.19376.1.5.3.1.4.2",
    "1.2.250.1.213.1.1.3.32",
];

/// Identifiers in the narrative.
const VACCINE_ID: &str = "vac-1";
const REACTION_ID: &str = "vac-1-reaction";
const COMMENT_ID: &str = "vac-1-commentaire";

/// Kind of vaccination (value set 2.16.840.1.113883.1.11.19709).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VaccinationKind {
    /// First series.
    First,
    /// Booster.
    Booster,
    /// Not told.
    Unspecified,
}

impl VaccinationKind {
    const ALL: [Self; 3] = [Self::First, Self::Booster, Self::Unspecified];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "INITIMMUNIZ",
            Self::Booster => "BOOSTER",
            Self::Unspecified => "IMMUNIZ",
        }
    }

    /// The French name.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "1ère série vaccinante",
            Self::Booster => "Rappel",
            Self::Unspecified => "Vaccination sans autre précision",
        }
    }
}

/// A vaccine. The codes come from the caller's drug database: nothing is deduced.
#[derive(Clone, Debug, PartialEq)]
pub struct Vaccine {
    /// Code of the speciality (CIS), 8 digits.
    pub cis: String,
    /// Name of the speciality.
    pub name: String,
    /// ATC code.
    pub atc: String,
    /// Name of the ATC class.
    pub atc_name: String,
    /// Code and name of the presentation (CIP13).
    pub cip: Option<(String, String)>,
    /// Lot number.
    pub lot: String,
}

/// A reaction after a vaccination.
#[derive(Clone, Debug, PartialEq)]
pub struct Reaction {
    /// Identifier: a UUID of the caller.
    pub id: Ii,
    /// What happened, of CIM-10 (`2.16.840.1.113883.6.3`), with its name.
    pub code: Cd,
    /// Since when.
    pub since: Timestamp,
}

/// A vaccination note (VAC-NOTE 2023.01). Requirement SC.CDA/DD.23.
///
/// See the crate's example `own_documents` for a whole one.
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
    /// Rank in the series, from 1.
    pub rank: Option<u32>,
    /// Who vaccinated, when it is told.
    pub vaccinator: Option<Professional>,
    /// Who confirms the vaccination medically.
    pub validator: Professional,
    /// When it was confirmed.
    pub validated_at: Timestamp,
    /// Reactions.
    pub reactions: Vec<Reaction>,
    /// Comment.
    pub comment: Option<String>,
}

fn templates(roots: &[&str]) -> Vec<Ii> {
    roots.iter().map(|root| Ii::of_root(*root)).collect()
}

fn named(code: &Cd, field: &'static str) -> Result<(), ModelError> {
    need_text(code.code.as_deref().unwrap_or(""), field)?;
    need_text(code.code_system.as_deref().unwrap_or(""), field)?;
    need_text(code.display_name.as_deref().unwrap_or(""), field)
}

/// Whether an ATC code has its form: a letter, two digits, two letters, two digits, from left.
fn is_atc(code: &str) -> bool {
    let form = [false, true, true, false, false, true, true];
    matches!(code.len(), 1 | 3 | 4 | 5 | 7)
        && code.bytes().zip(form).all(|(byte, digit)| {
            if digit {
                byte.is_ascii_digit()
            } else {
                byte.is_ascii_uppercase()
            }
        })
}

impl Vaccine {
    fn check(&self) -> Result<(), ModelError> {
        if self.cis.len() != 8 || !self.cis.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ModelError::Form {
                field: "vaccine.cis",
                expected: "8 digits",
            });
        }
        need_text(&self.name, "vaccine.name")?;
        if !is_atc(&self.atc) {
            return Err(ModelError::Form {
                field: "vaccine.atc",
                expected: "an ATC code, as J07CA09",
            });
        }
        need_text(&self.atc_name, "vaccine.atc_name")?;
        if let Some((code, name)) = &self.cip {
            if code.len() != 13 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(ModelError::Form {
                    field: "vaccine.cip",
                    expected: "13 digits",
                });
            }
            need_text(name, "vaccine.cip")?;
        }
        need_text(&self.lot, "vaccine.lot")
    }

    fn to_material(&self) -> Material {
        let mut code = Cd::new(self.cis.clone(), CIS)
            .with_display(self.name.clone())
            .with_system_name("CIS")
            .with_text_reference(VACCINE_ID)
            .with_translation(
                Cd::new(self.atc.clone(), ATC)
                    .with_display(self.atc_name.clone())
                    .with_system_name("ATC"),
            );
        if let Some((cip, name)) = &self.cip {
            code = code.with_translation(
                Cd::new(cip.clone(), CIP)
                    .with_display(name.clone())
                    .with_system_name("CIP"),
            );
        }
        Material {
            code: Some(code),
            name: Some(En::text(self.atc_name.clone())),
            lot: Some(St::new(self.lot.clone())),
            ..Material::default()
        }
    }

    fn from_material(material: &Material) -> Result<Self, ModelError> {
        let code = need(material.code.as_ref(), "vaccine.cis")?;
        let pair = |system: &str| {
            let found = code.in_system(system)?;
            Some((
                found.code.clone()?,
                found.display_name.clone().unwrap_or_default(),
            ))
        };
        let (cis, name) = need(pair(CIS), "vaccine.cis")?;
        let (atc, atc_name) = need(pair(ATC), "vaccine.atc")?;
        let lot = material.lot.as_ref().map(|l| l.text.trim().to_owned());
        let lot = need(lot.filter(|l| !l.is_empty()), "vaccine.lot")?;
        Ok(Self {
            cis,
            name,
            atc,
            atc_name,
            cip: pair(CIP),
            lot,
        })
    }
}

impl VaccinationNote {
    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        self.check()?;
        let mut body = StructuredBody::default();
        body.push(self.section());
        Ok(ClinicalDocument::new(self.frame.to_header(&MODEL), body))
    }

    fn check(&self) -> Result<(), ModelError> {
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
        self.comment
            .as_ref()
            .map_or(Ok(()), |c| need_text(c, "comment"))
    }

    fn reaction_id(rank: usize) -> String {
        match rank {
            0 => REACTION_ID.to_owned(),
            n => format!("{REACTION_ID}-{}", n + 1),
        }
    }

    fn narrative(&self) -> Narrative {
        let name = |code: &Option<Cd>| {
            NarrativeNode::from(
                code.as_ref()
                    .and_then(|c| c.display_name.clone())
                    .unwrap_or_default(),
            )
        };
        let mut rows: Vec<(&str, NarrativeNode)> = vec![
            ("Date", day(&self.date).into()),
            (
                "Vaccin",
                NarrativeElement::content(VACCINE_ID, self.vaccine.name.clone()).into(),
            ),
            ("Type de vaccination", self.kind.name().into()),
            ("Numéro de lot", self.vaccine.lot.clone().into()),
        ];
        if let Some(rank) = self.rank {
            rows.push(("Rang", rank.to_string().into()));
        }
        if let Some(dose) = self
            .dose
            .as_ref()
            .and_then(|d| d.value.as_ref().map(|v| (v, &d.unit)))
        {
            let unit = dose
                .1
                .as_deref()
                .map(|u| format!(" {u}"))
                .unwrap_or_default();
            rows.push(("Dose", format!("{}{unit}", dose.0).into()));
        }
        if self.route.is_some() {
            rows.push(("Voie d'administration", name(&self.route)));
        }
        if self.site.is_some() {
            rows.push(("Région d'administration", name(&self.site)));
        }
        for (rank, reaction) in self.reactions.iter().enumerate() {
            let text = reaction.code.display_name.clone().unwrap_or_default();
            let text = NarrativeElement::content(Self::reaction_id(rank), text);
            rows.push(("Réaction observée", text.into()));
        }
        if let Some(vaccinator) = &self.vaccinator {
            rows.push(("Vaccinateur", vaccinator.display_name().into()));
        }
        rows.push(("Validé par", self.validator.display_name().into()));
        if let Some(comment) = &self.comment {
            let text = NarrativeElement::content(COMMENT_ID, comment.clone());
            rows.push(("Commentaire", text.into()));
        }
        let rows = rows
            .into_iter()
            .map(|(label, value)| vec![label.into(), value])
            .collect();
        Narrative::new([NarrativeElement::table(&["Donnée", "Valeur"], rows)])
    }

    fn section(&self) -> Section {
        Section {
            template_ids: templates(&SECTION),
            code: Some(
                Cd::new("11369-6", LOINC)
                    .with_display("Historique des vaccinations")
                    .with_system_name("LOINC"),
            ),
            title: Some(St::new(MODEL.title)),
            text: Some(self.narrative()),
            entries: vec![Entry {
                statement: Statement::Substance(Box::new(self.administration())),
                ..Entry::default()
            }],
            ..Section::default()
        }
    }

    fn administration(&self) -> SubstanceAdministration {
        let product = ManufacturedProduct {
            template_ids: templates(&PRODUCT),
            content: ProductContent::Material(Box::new(self.vaccine.to_material())),
            ..ManufacturedProduct::default()
        };
        let performers = self.vaccinator.iter().map(|vaccinator| EntryPerformer {
            type_code: Some("PRF".to_owned()),
            assigned_entity: vaccinator.to_assigned(),
            ..EntryPerformer::default()
        });
        SubstanceAdministration {
            class_code: "SBADM".to_owned(),
            mood_code: "EVN".to_owned(),
            negation: Some(false),
            template_ids: templates(&VACCINATION),
            ids: vec![self.id.clone()],
            code: Some(Cd::new(self.kind.code(), ACT_CODE).with_display(self.kind.name())),
            text: Some(Ed::narrative(VACCINE_ID)),
            status: Some(Cs::new("completed")),
            effective_times: vec![TimeSpec::Point(SxcmTs {
                value: Some(self.date),
                ..SxcmTs::default()
            })],
            route: self.route.clone(),
            approach_sites: self.site.iter().cloned().collect(),
            dose: self.dose.as_ref().map(|dose| IvlPq {
                value: dose.value.clone(),
                unit: dose.unit.clone(),
                ..IvlPq::default()
            }),
            consumable: Consumable {
                type_code: Some("CSM".to_owned()),
                product,
                ..Consumable::default()
            },
            performers: performers.collect(),
            authors: vec![Author {
                type_code: Some("AUT".to_owned()),
                context_control_code: Some("OP".to_owned()),
                time: Ts::new(self.validated_at),
                assigned_author: self.validator.to_author(),
                ..Author::default()
            }],
            relationships: self.relationships(),
            ..SubstanceAdministration::default()
        }
    }

    fn relationships(&self) -> Vec<EntryRelationship> {
        let link = |type_code: &str, inversion, statement| EntryRelationship {
            type_code: type_code.to_owned(),
            inversion,
            statement,
            ..EntryRelationship::default()
        };
        let mut all = Vec::new();
        if let Some(rank) = self.rank {
            let observation = Observation {
                class_code: "OBS".to_owned(),
                mood_code: "EVN".to_owned(),
                template_ids: templates(&RANK),
                code: Cd::new("30973-2", LOINC)
                    .with_display("Rang de la vaccination")
                    .with_system_name("LOINC"),
                status: Some(Cs::new("completed")),
                values: vec![Int::new(rank.into()).into()],
                ..Observation::default()
            };
            all.push(link(
                "SUBJ",
                None,
                Statement::Observation(Box::new(observation)),
            ));
        }
        for (rank, reaction) in self.reactions.iter().enumerate() {
            let anchor = Self::reaction_id(rank);
            let observation = Observation {
                class_code: "OBS".to_owned(),
                mood_code: "EVN".to_owned(),
                template_ids: templates(&PROBLEM),
                ids: vec![reaction.id.clone()],
                code: Cd::new("418799008", SNOMED_CT)
                    .with_display("symptôme rapporté par le patient ou le répondant")
                    .with_system_name("SNOMED CT"),
                text: Some(Ed::narrative(&anchor)),
                status: Some(Cs::new("completed")),
                effective_time: Some(IvlTs::since(reaction.since)),
                values: vec![reaction.code.clone().with_text_reference(&anchor).into()],
                ..Observation::default()
            };
            all.push(link(
                "CAUS",
                Some(false),
                Statement::Observation(Box::new(observation)),
            ));
        }
        if self.comment.is_some() {
            let act = Act {
                class_code: "ACT".to_owned(),
                mood_code: "EVN".to_owned(),
                template_ids: templates(&COMMENT),
                code: Cd::new("48767-8", LOINC)
                    .with_display("Commentaire")
                    .with_system_name("LOINC"),
                text: Some(Ed::narrative(COMMENT_ID)),
                status: Some(Cs::new("completed")),
                ..Act::default()
            };
            all.push(link("SUBJ", None, Statement::Act(Box::new(act))));
        }
        all
    }

    /// The vaccination that a note gives, anyone's.
    ///
    /// # Errors
    /// When the document is of another model, or lacks what the struct makes mandatory.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let frame = Frame::from_header(&document.header, &MODEL)?;
        let found = document.sections().find_map(|section| {
            section
                .entries
                .iter()
                .find_map(|entry| match &entry.statement {
                    Statement::Substance(s) if entry.statement.has_template(VACCINATION[2]) => {
                        Some((section, s))
                    }
                    _ => None,
                })
        });
        let (section, source) = need(found, "vaccine")?;
        let ProductContent::Material(material) = &source.consumable.product.content else {
            return Err(ModelError::Missing { field: "vaccine" });
        };
        let code = source.code.as_ref();
        let kind = VaccinationKind::ALL
            .into_iter()
            .find(|k| code.is_some_and(|code| code.is(k.code(), ACT_CODE)));
        let date = source.effective_times.iter().find_map(|time| match time {
            TimeSpec::Point(point) => point.value,
            TimeSpec::Interval(interval) => interval.start().copied(),
            _ => None,
        });
        let author = need(source.authors.first(), "validator")?;
        let vaccinator = source.performers.first();
        let mut note = Self {
            id: source.ids.first().cloned().unwrap_or_default(),
            kind: need(kind, "kind")?,
            date: need(date, "date")?,
            vaccine: Vaccine::from_material(material)?,
            route: source.route.clone(),
            site: source.approach_sites.first().cloned(),
            dose: source.dose.as_ref().map(|dose| Pq {
                value: dose.value.clone(),
                unit: dose.unit.clone(),
                ..Pq::default()
            }),
            rank: None,
            vaccinator: vaccinator
                .map(|v| Professional::from_assigned(&v.assigned_entity, "vaccinator"))
                .transpose()?,
            validator: Professional::from_author(&author.assigned_author, "validator")?,
            validated_at: need(author.time.value, "validated_at")?,
            reactions: Vec::new(),
            comment: None,
            frame,
        };
        for relationship in &source.relationships {
            note.take_relationship(section, &relationship.statement);
        }
        Ok(note)
    }

    fn take_relationship(&mut self, section: &Section, statement: &Statement) {
        match statement {
            Statement::Observation(o) if statement.has_template(RANK[1]) => {
                self.rank = match o.values.first() {
                    Some(Value::Int(rank)) => rank.value.and_then(|v| u32::try_from(v).ok()),
                    _ => None,
                };
            }
            Statement::Observation(o) if statement.has_template(PROBLEM[3]) => {
                let since = o.effective_time.as_ref().and_then(|t| t.start()).copied();
                if let (Some(Value::Cd(code)), Some(since)) = (o.values.first(), since) {
                    self.reactions.push(Reaction {
                        id: o.ids.first().cloned().unwrap_or_default(),
                        code: Cd {
                            original_text: None,
                            ..code.clone()
                        },
                        since,
                    });
                }
            }
            Statement::Act(act) if statement.has_template(COMMENT[2]) => {
                self.comment = act.text.as_ref().and_then(|text| section.resolve(text));
            }
            _ => {}
        }
    }
}

/// A day as the narrative shows it: `28/09/2009`.
fn day(time: &Timestamp) -> String {
    match (time.day(), time.month()) {
        (Some(day), Some(month)) => format!("{day:02}/{month:02}/{:04}", time.year()),
        (None, Some(month)) => format!("{month:02}/{:04}", time.year()),
        _ => format!("{:04}", time.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_atc;

    #[test]
    fn atc_codes_have_five_levels() {
        for code in ["J", "J07", "J07C", "J07CA", "J07CA09"] {
            assert!(is_atc(code), "{code}");
        }
        for code in ["", "J0", "07", "J07CA0", "j07", "J07CA091", "J07-"] {
            assert!(!is_atc(code), "{code}");
        }
    }
}
