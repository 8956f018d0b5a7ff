//! CSE-MDE 2023.01: measures of the child.

use segur_core::Timestamp;

use super::error::{ModelError, need, need_text};
use super::frame::{Frame, ModelInfo, not_before, templates};
use crate::ClinicalDocument;
use crate::body::{
    Entry, Narrative, NarrativeElement, NarrativeNode, Observation, Organizer, OrganizerComponent,
    Section, Statement, StructuredBody,
};
use crate::datatypes::{Cd, Cs, Decimal, Ed, Ii, IvlTs, NullFlavor, Pq, St, Value};

const LOINC: &str = "2.16.840.1.113883.6.1";

const MODEL: ModelInfo = ModelInfo {
    name: "CSE-MDE_2023.01",
    templates: &[
        ("1.3.6.1.4.1.19376.1.5.3.1.1.1", None),
        ("1.2.250.1.213.1.1.1.5", None),
        ("1.2.250.1.213.1.1.1.5.4", Some("2023.01")),
    ],
    code: ("29274-8", "Mesures de signes vitaux", LOINC),
    title: "Carnet de santé de l'enfant - Mesures de l'enfant",
    act: ("11429006", "consultation", "2.16.840.1.113883.6.96"),
};

const SECTION: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.16",
    "1.3.6.1.4.1.19376.1.5.3.1.3.25",
    "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2",
    "1.2.250.1.213.1.1.2.75",
];
const ORGANIZER: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.32",
    "2.16.840.1.113883.10.20.1.35",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.1",
    "1.2.250.1.213.1.1.3.49",
];
const OBSERVATION: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.31",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
    "1.2.250.1.213.1.1.3.50",
];

/// What is measured.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MeasureKind {
    /// Weight, in kg or g.
    Weight,
    /// Height, standing, in cm or m.
    Height,
    /// Length, lying, in cm or m.
    Length,
    /// Head circumference, in cm.
    HeadCircumference,
    /// Body mass index, in kg/m2.
    BodyMassIndex,
}

/// What is known of a kind: LOINC code, name, identifier in the narrative, units with the range that
/// a child's measure can have in each.
struct KindInfo {
    kind: MeasureKind,
    code: &'static str,
    name: &'static str,
    id: &'static str,
    units: &'static [(&'static str, f64, f64)],
}

/// Ranges are wide bounds of plausibility of our own, up to 18 years: they catch a wrong unit or a
/// misplaced point, not an unusual child.
const KINDS: [KindInfo; 5] = [
    KindInfo {
        kind: MeasureKind::Weight,
        code: "29463-7",
        name: "Poids",
        id: "poids",
        units: &[("kg", 0.2, 300.0), ("g", 200.0, 300_000.0)],
    },
    KindInfo {
        kind: MeasureKind::Height,
        code: "8302-2",
        name: "Taille",
        id: "taille",
        units: &[("cm", 15.0, 250.0), ("m", 0.15, 2.5)],
    },
    KindInfo {
        kind: MeasureKind::Length,
        code: "8306-3",
        name: "Taille en position couchée",
        id: "taille-couchee",
        units: &[("cm", 15.0, 250.0), ("m", 0.15, 2.5)],
    },
    KindInfo {
        kind: MeasureKind::HeadCircumference,
        code: "8287-5",
        name: "Périmètre crânien",
        id: "crane",
        units: &[("cm", 10.0, 80.0)],
    },
    KindInfo {
        kind: MeasureKind::BodyMassIndex,
        code: "39156-5",
        name: "Indice de masse corporelle",
        id: "imc",
        units: &[("kg/m2", 4.0, 120.0)],
    },
];

/// One measure.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Identifier of the observation: a UUID of the caller.
    pub id: Ii,
    /// What is measured.
    pub kind: MeasureKind,
    /// The number.
    pub value: Decimal,
    /// The unit, a UCUM code that the kind takes: `kg`, `g`, `cm`, `m`, `kg/m2`.
    pub unit: String,
}

/// Measures of a child (CSE-MDE 2023.01): weight, height, head circumference, body mass index.
///
/// Requirement SC.CDA/DD.22. See the crate's example `own_documents` for a whole one.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct ChildMeasures {
    /// Who, when, where.
    pub frame: Frame,
    /// Identifier of the group of measures: a UUID of the caller.
    pub group_id: Ii,
    /// When the measures were taken.
    pub measured_at: Timestamp,
    /// The measures; at least one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub measures: Vec<Measure>,
}

impl MeasureKind {
    fn info(self) -> &'static KindInfo {
        KINDS
            .iter()
            .find(|info| info.kind == self)
            .unwrap_or(&KINDS[0])
    }

    /// The kind of a LOINC code.
    pub fn from_loinc(code: &str) -> Option<Self> {
        KINDS
            .iter()
            .find(|info| info.code == code)
            .map(|info| info.kind)
    }

    /// The LOINC code.
    pub fn loinc(self) -> &'static str {
        self.info().code
    }

    /// The French name.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// The UCUM units that the kind takes.
    pub fn units(self) -> impl Iterator<Item = &'static str> {
        self.info().units.iter().map(|(unit, _, _)| *unit)
    }
}

fn loinc(code: &str, name: &str) -> Cd {
    Cd::new(code, LOINC)
        .with_display(name)
        .with_system_name("LOINC")
}

impl ChildMeasures {
    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        self.check()?;
        let header = self.frame.to_header(&MODEL);
        let mut body = StructuredBody::default();
        body.push(self.section());
        Ok(ClinicalDocument::new(header, body))
    }

    fn check(&self) -> Result<(), ModelError> {
        self.frame.check()?;
        need_text(self.group_id.root.as_deref().unwrap_or(""), "group_id")?;
        let birth = &self.frame.patient.birth_date;
        not_before(
            &self.measured_at,
            "measured_at",
            birth,
            "patient.birth_date",
        )?;
        not_before(
            &self.frame.effective_time,
            "effective_time",
            &self.measured_at,
            "measured_at",
        )?;
        need(self.measures.first(), "measures")?;
        for measure in &self.measures {
            need_text(measure.id.root.as_deref().unwrap_or(""), "measures.id")?;
            let units = measure.kind.info().units;
            let Some((_, low, high)) = units.iter().find(|(unit, _, _)| *unit == measure.unit)
            else {
                return Err(ModelError::Form {
                    field: "measures.unit",
                    expected: "a unit of the measure's kind: kg or g, cm or m, kg/m2",
                });
            };
            let value = measure.value.to_f64();
            if !(*low..=*high).contains(&value) {
                return Err(ModelError::Range {
                    field: "measures.value",
                    expected: "a measure that a child can have, in the given unit",
                });
            }
        }
        Ok(())
    }

    /// The identifier of a measure in the narrative; a second one of a kind gets a number.
    fn anchor(&self, rank: usize) -> String {
        let kind = self.measures[rank].kind;
        let before = self.measures[..rank]
            .iter()
            .filter(|m| m.kind == kind)
            .count();
        match before {
            0 => kind.info().id.to_owned(),
            n => format!("{}-{}", kind.info().id, n + 1),
        }
    }

    fn section(&self) -> Section {
        let rows = self.measures.iter().enumerate().map(|(rank, measure)| {
            let text = format!("{} {}", measure.value, measure.unit);
            vec![
                NarrativeNode::from(measure.kind.name()),
                NarrativeElement::content(self.anchor(rank), text).into(),
            ]
        });
        let narrative = Narrative::new([NarrativeElement::table(
            &["Mesure", "Valeur"],
            rows.collect(),
        )]);
        let components = (0..self.measures.len()).map(|rank| OrganizerComponent {
            type_code: Some("COMP".to_owned()),
            statement: Statement::Observation(Box::new(self.observation(rank))),
            ..OrganizerComponent::default()
        });
        let organizer = Organizer {
            class_code: "CLUSTER".to_owned(),
            mood_code: "EVN".to_owned(),
            template_ids: templates(&ORGANIZER),
            ids: vec![self.group_id.clone()],
            code: Some(loinc("85353-1", "Signes vitaux")),
            status: Cs::new("completed"),
            effective_time: Some(IvlTs::at(self.measured_at)),
            components: components.collect(),
            ..Organizer::default()
        };
        Section {
            template_ids: templates(&SECTION),
            code: Some(loinc("8716-3", "Signes vitaux")),
            title: Some(St::new("Signes vitaux")),
            text: Some(narrative),
            entries: vec![Entry {
                statement: Statement::Organizer(Box::new(organizer)),
                ..Entry::default()
            }],
            ..Section::default()
        }
    }

    fn observation(&self, rank: usize) -> Observation {
        let measure = &self.measures[rank];
        Observation {
            class_code: "OBS".to_owned(),
            mood_code: "EVN".to_owned(),
            template_ids: templates(&OBSERVATION),
            ids: vec![measure.id.clone()],
            code: loinc(measure.kind.loinc(), measure.kind.name()),
            text: Some(Ed::narrative(&self.anchor(rank))),
            status: Some(Cs::new("completed")),
            // said of the group
            effective_time: Some(IvlTs::null(NullFlavor::NotAsked)),
            values: vec![Pq::new(measure.value.clone(), measure.unit.clone()).into()],
            ..Observation::default()
        }
    }

    /// The measures that a document gives, anyone's; observations of other kinds and those without a
    /// value are not taken.
    ///
    /// # Errors
    /// When the document is of another model, or lacks what the struct makes mandatory.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let frame = Frame::from_header(&document.header, &MODEL)?;
        let organizer = document
            .sections()
            .flat_map(|s| &s.entries)
            .find_map(|entry| match &entry.statement {
                Statement::Organizer(o) if entry.statement.has_template(ORGANIZER[3]) => Some(o),
                _ => None,
            });
        let organizer = need(organizer, "measures")?;
        let measures = organizer
            .components
            .iter()
            .filter_map(|c| match &c.statement {
                Statement::Observation(o) => measure(o),
                _ => None,
            });
        Ok(Self {
            group_id: organizer.ids.first().cloned().unwrap_or_default(),
            measured_at: need(
                organizer
                    .effective_time
                    .as_ref()
                    .and_then(|t| t.start())
                    .copied(),
                "measured_at",
            )?,
            measures: measures.collect(),
            frame,
        })
    }
}

fn measure(observation: &Observation) -> Option<Measure> {
    let code = observation.code.in_system(LOINC)?.code.as_deref()?;
    let Some(Value::Pq(quantity)) = observation.values.first() else {
        return None;
    };
    Some(Measure {
        id: observation.ids.first().cloned().unwrap_or_default(),
        kind: MeasureKind::from_loinc(code)?,
        value: quantity.value.clone()?,
        unit: quantity.unit.clone().unwrap_or_default(),
    })
}
