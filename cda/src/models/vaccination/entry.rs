//! The entry FR-Vaccination, written and read for the note and for the history.

use segur_core::Timestamp;

use super::{Reaction, VaccinationKind};
use crate::body::{
    Act, Consumable, Entry, EntryPerformer, EntryRelationship, ManufacturedProduct, Material,
    Narrative, NarrativeElement, NarrativeNode, Observation, ProductContent, Section, Statement,
    SubstanceAdministration,
};
use crate::datatypes::{Cd, Cs, Ed, Ii, Int, IvlPq, IvlTs, Pq, St, SxcmTs, TimeSpec, Ts, Value};
use crate::header::{Author, Informant};
use crate::models::frame::templates;
use crate::models::parties::Professional;

const LOINC: &str = "2.16.840.1.113883.6.1";
const ACT_CODE: &str = "2.16.840.1.113883.5.4";
const SNOMED_CT: &str = "2.16.840.1.113883.6.96";

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

/// A vaccination to be written.
pub(super) struct Parts<'a> {
    pub(super) id: &'a Ii,
    pub(super) kind: VaccinationKind,
    pub(super) date: &'a Timestamp,
    /// Name of the vaccine, lot, as people read them.
    pub(super) name: &'a str,
    pub(super) lot: Option<&'a str>,
    pub(super) route: Option<&'a Cd>,
    pub(super) site: Option<&'a Cd>,
    pub(super) dose: Option<&'a Pq>,
    pub(super) rank: Option<u32>,
    pub(super) vaccinator: Option<&'a Professional>,
    /// Who confirms it, and when.
    pub(super) validator: Option<(&'a Professional, &'a Timestamp)>,
    pub(super) informants: &'a [Informant],
    pub(super) reactions: &'a [Reaction],
    pub(super) comment: Option<&'a str>,
    /// Start of the identifiers in the narrative.
    pub(super) anchor: &'a str,
}

/// A vaccination that was read.
pub(super) struct Found {
    pub(super) id: Ii,
    pub(super) kind: Option<VaccinationKind>,
    pub(super) date: Option<Timestamp>,
    pub(super) material: Option<Material>,
    pub(super) route: Option<Cd>,
    pub(super) site: Option<Cd>,
    pub(super) dose: Option<Pq>,
    pub(super) rank: Option<u32>,
    pub(super) reactions: Vec<Reaction>,
    pub(super) comment: Option<String>,
}

/// The section FR-Vaccinations.
pub(super) fn section(
    title: &str,
    text: Narrative,
    entries: Vec<SubstanceAdministration>,
) -> Section {
    Section {
        template_ids: templates(&SECTION),
        code: Some(
            Cd::new("11369-6", LOINC)
                .with_display("Historique des vaccinations")
                .with_system_name("LOINC"),
        ),
        title: Some(St::new(title)),
        text: Some(text),
        entries: entries
            .into_iter()
            .map(|entry| Entry {
                statement: Statement::Substance(Box::new(entry)),
                ..Entry::default()
            })
            .collect(),
        ..Section::default()
    }
}

/// Every vaccination of a section.
pub(super) fn of_section(section: &Section) -> impl Iterator<Item = &SubstanceAdministration> {
    section
        .entries
        .iter()
        .filter_map(|entry| match &entry.statement {
            Statement::Substance(s) if entry.statement.has_template(VACCINATION[2]) => Some(&**s),
            _ => None,
        })
}

impl Parts<'_> {
    fn reaction_id(&self, rank: usize) -> String {
        match rank {
            0 => format!("{}-reaction", self.anchor),
            n => format!("{}-reaction-{}", self.anchor, n + 1),
        }
    }

    fn comment_id(&self) -> String {
        format!("{}-commentaire", self.anchor)
    }

    /// What there is to read: label, value.
    pub(super) fn lines(&self) -> Vec<(&'static str, NarrativeNode)> {
        let name = |code: &Cd| NarrativeNode::from(code.display_name.clone().unwrap_or_default());
        let vaccine = NarrativeElement::content(self.anchor, self.name);
        let mut lines: Vec<(&str, NarrativeNode)> = vec![
            ("Date", day(self.date).into()),
            ("Vaccin", vaccine.into()),
            ("Type de vaccination", self.kind.name().into()),
        ];
        if let Some(lot) = self.lot {
            lines.push(("Numéro de lot", lot.into()));
        }
        if let Some(rank) = self.rank {
            lines.push(("Rang", rank.to_string().into()));
        }
        if let Some((value, unit)) = self.dose.and_then(|d| Some((d.value.as_ref()?, &d.unit))) {
            let unit = unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
            lines.push(("Dose", format!("{value}{unit}").into()));
        }
        lines.extend(self.route.map(|c| ("Voie d'administration", name(c))));
        lines.extend(self.site.map(|c| ("Région d'administration", name(c))));
        for (rank, reaction) in self.reactions.iter().enumerate() {
            let text = reaction.code.display_name.clone().unwrap_or_default();
            let text = NarrativeElement::content(self.reaction_id(rank), text);
            lines.push(("Réaction observée", text.into()));
        }
        lines.extend(
            self.vaccinator
                .map(|v| ("Vaccinateur", v.display_name().into())),
        );
        lines.extend(
            self.validator
                .map(|(v, _)| ("Validé par", v.display_name().into())),
        );
        if let Some(comment) = self.comment {
            let text = NarrativeElement::content(self.comment_id(), comment);
            lines.push(("Commentaire", text.into()));
        }
        lines
    }

    /// The entry.
    pub(super) fn administration(&self, material: Material) -> SubstanceAdministration {
        let product = ManufacturedProduct {
            template_ids: templates(&PRODUCT),
            content: ProductContent::Material(Box::new(material)),
            ..ManufacturedProduct::default()
        };
        let performers = self.vaccinator.iter().map(|vaccinator| EntryPerformer {
            type_code: Some("PRF".to_owned()),
            assigned_entity: vaccinator.to_assigned(),
            ..EntryPerformer::default()
        });
        let authors = self.validator.iter().map(|(validator, at)| Author {
            type_code: Some("AUT".to_owned()),
            context_control_code: Some("OP".to_owned()),
            time: Ts::new(**at),
            assigned_author: validator.to_author(),
            ..Author::default()
        });
        SubstanceAdministration {
            class_code: "SBADM".to_owned(),
            mood_code: "EVN".to_owned(),
            negation: Some(false),
            template_ids: templates(&VACCINATION),
            ids: vec![self.id.clone()],
            code: Some(Cd::new(self.kind.code(), ACT_CODE).with_display(self.kind.name())),
            text: Some(Ed::narrative(self.anchor)),
            status: Some(Cs::new("completed")),
            effective_times: vec![TimeSpec::Point(SxcmTs {
                value: Some(*self.date),
                ..SxcmTs::default()
            })],
            route: self.route.cloned(),
            approach_sites: self.site.iter().copied().cloned().collect(),
            dose: self.dose.map(|dose| IvlPq {
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
            authors: authors.collect(),
            informants: self.informants.to_vec(),
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
            let anchor = self.reaction_id(rank);
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
                text: Some(Ed::narrative(&self.comment_id())),
                status: Some(Cs::new("completed")),
                ..Act::default()
            };
            all.push(link("SUBJ", None, Statement::Act(Box::new(act))));
        }
        all
    }
}

impl Found {
    /// What an entry says; nothing is asked for.
    pub(super) fn read(section: &Section, source: &SubstanceAdministration) -> Self {
        let code = source.code.as_ref();
        let date = source.effective_times.iter().find_map(|time| match time {
            TimeSpec::Point(point) => point.value,
            TimeSpec::Interval(interval) => interval.start().copied(),
            _ => None,
        });
        let material = match &source.consumable.product.content {
            ProductContent::Material(material) => Some((**material).clone()),
            _ => None,
        };
        let mut found = Self {
            id: source.ids.first().cloned().unwrap_or_default(),
            kind: VaccinationKind::ALL
                .into_iter()
                .find(|k| code.is_some_and(|code| code.is(k.code(), ACT_CODE))),
            date,
            material,
            route: source.route.as_ref().map(plain),
            site: source.approach_sites.first().map(plain),
            dose: source.dose.as_ref().map(|dose| Pq {
                value: dose.value.clone(),
                unit: dose.unit.clone(),
                ..Pq::default()
            }),
            rank: None,
            reactions: Vec::new(),
            comment: None,
        };
        for relationship in &source.relationships {
            found.take_relationship(section, &relationship.statement);
        }
        found
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

/// The code without the place in the narrative it came from.
fn plain(code: &Cd) -> Cd {
    Cd {
        original_text: None,
        ..code.clone()
    }
}

/// A day as the narrative shows it: `28/09/2009`.
pub(super) fn day(time: &Timestamp) -> String {
    match (time.day(), time.month()) {
        (Some(day), Some(month)) => format!("{day:02}/{month:02}/{:04}", time.year()),
        (None, Some(month)) => format!("{month:02}/{:04}", time.year()),
        _ => format!("{:04}", time.year()),
    }
}
