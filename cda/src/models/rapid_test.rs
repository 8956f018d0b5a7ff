//! BIO-TROD 2024.01: the certificate of rapid diagnostic tests (TROD) done in practice or pharmacy.

use segur_core::Timestamp;

use super::error::{ModelError, need, need_text};
use super::frame::{Frame, ModelInfo, not_before, templates};
use crate::ClinicalDocument;
use crate::body::{
    Act, Device, Entry, EntryParticipant, EntryRelationship, Narrative, NarrativeElement,
    NarrativeNode, Observation, ParticipantRole, ParticipantSubject, Section, Statement,
    StructuredBody,
};
use crate::datatypes::{Cd, Cs, Ed, Ii, IvlPq, IvlTs, Pq, St, Value};
use crate::header::{Authorization, Consent, DocumentationOf, Header};

const LOINC: &str = "2.16.840.1.113883.6.1";
const SNOMED_CT: &str = "2.16.840.1.113883.6.96";
const TITLE: &str = "Test rapide d'orientation diagnostique";
const TITLE_SEPARATOR: &str = " : ";

const MODEL: ModelInfo = ModelInfo {
    name: "BIO-TROD_2024.01",
    templates: &[
        ("1.3.6.1.4.1.19376.1.5.3.1.1.1", None),
        ("1.2.250.1.213.1.1.1.59", Some("2024.01")),
    ],
    code: ("96173-0", TITLE, LOINC),
    title: TITLE,
    act: ("", "", ""),
};
const SECTION: [&str; 2] = ["1.3.6.1.4.1.19376.1.3.3.2.1", "1.2.250.1.213.1.1.2.70"];
/// Declared by the entry itself, not by its act.
const ENTRY: [&str; 2] = ["1.3.6.1.4.1.19376.1.3.1", "1.2.250.1.213.1.1.3.21"];
const RESULT: [&str; 2] = ["1.3.6.1.4.1.19376.1.3.1.6", "1.2.250.1.213.1.1.3.80"];
const COMMENT: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.40",
    "1.3.6.1.4.1.19376.1.5.3.1.4.2",
    "1.2.250.1.213.1.1.3.32",
];
const DEVICE_ID: &str = "dispositif";

/// Tests whose result is one of the four of JDV_ResultatDepistage (`1.2.250.1.213.1.1.5.761`).
/// Source: rules of the model BIO-TROD 2024.01.
const QUALITATIVE: &[&str] = &[
    "80387-4", "75666-8", "78012-2", "94558-4", "80382-5", "80383-3", "72376-7", "75410-1",
    "75377-2", "29663-2", "100964-6", "26643-7", "69945-4", "40801-3", "18282-4", "19359-9",
    "19295-5", "19343-3", "19568-5", "14316-4", "19550-3", "19528-9", "40802-1", "19554-5",
    "12327-3",
];

/// Chapter and sub-chapter of biology that the tests belong to.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "one per document")]
pub enum Discipline {
    /// Microbiology, bacteria (`18725-2`, `92894-5`).
    Bacteriology,
    /// Microbiology, viruses (`18725-2`, `92893-7`).
    Virology,
    /// Biochemistry, urine (`18719-5`, `18729-4`).
    Urine,
    /// Another one: codes of LOINC with their names.
    Other {
        /// Code of the section.
        chapter: Cd,
        /// Code of the act.
        sub_chapter: Cd,
    },
}

impl Discipline {
    const KNOWN: [(Self, [(&'static str, &'static str); 2]); 3] = [
        (
            Self::Bacteriology,
            [
                ("18725-2", "Microbiologie"),
                ("92894-5", "Sérologie bactérienne"),
            ],
        ),
        (
            Self::Virology,
            [
                ("18725-2", "Microbiologie"),
                ("92893-7", "Sérologie virale"),
            ],
        ),
        (
            Self::Urine,
            [
                ("18719-5", "Biochimie"),
                ("18729-4", "Examens urinaires - cristallurie"),
            ],
        ),
    ];

    /// Code of the section, code of the act.
    fn codes(&self) -> (Cd, Cd) {
        if let Self::Other {
            chapter,
            sub_chapter,
        } = self
        {
            return (chapter.clone(), sub_chapter.clone());
        }
        let row = Self::KNOWN.iter().find(|(known, _)| known == self);
        let [chapter, act] = row.map_or([("", ""); 2], |(_, codes)| *codes);
        (loinc(chapter), loinc(act))
    }

    fn from_codes(chapter: &Cd, act: &Cd) -> Self {
        let row = Self::KNOWN
            .iter()
            .find(|(_, [c, a])| chapter.is(c.0, LOINC) && act.is(a.0, LOINC));
        match row {
            Some((known, _)) => known.clone(),
            None => Self::Other {
                chapter: chapter.clone(),
                sub_chapter: act.clone(),
            },
        }
    }
}

/// Who issued the identifier of the device.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UdiAgency {
    /// GS1 (`2.51.1.1`).
    Gs1,
    /// HIBCC (`1.0.15961.10.816`).
    Hibcc,
    /// ICCBBA (`2.16.840.1.113883.6.18.1.34`).
    Iccbba,
}

impl UdiAgency {
    const ALL: [Self; 3] = [Self::Gs1, Self::Hibcc, Self::Iccbba];

    /// The OID.
    pub fn oid(self) -> &'static str {
        match self {
            Self::Gs1 => "2.51.1.1",
            Self::Hibcc => "1.0.15961.10.816",
            Self::Iccbba => "2.16.840.1.113883.6.18.1.34",
        }
    }
}

/// The device that did the tests: one for the document.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TestDevice {
    /// Unique identifier: who issued it, and its text, such as `(01)03612345678903(17)251231(10)B987654`.
    pub udi: Option<(UdiAgency, String)>,
    /// Maker, reference, lot, expiry, as people read it; see [`TestDevice::describe`].
    pub description: Option<String>,
}

impl TestDevice {
    /// The description in the form of the published examples: `maker | reference | lot | expiry`.
    pub fn describe(maker: &str, reference: &str, lot: &str, expiry: &str) -> String {
        [maker, reference, lot, expiry].join(" | ")
    }
}

/// What a test gave.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "few per document")]
pub enum TestOutcome {
    /// `10828004`.
    Positive,
    /// `260385009`.
    Negative,
    /// `373068000`: cannot be told.
    Undetermined,
    /// `125154007`: the sample was not good enough.
    UnsatisfactorySample,
    /// Another code, with its name: tests with value sets of their own.
    Coded(Cd),
    /// A measure.
    Measure(Pq),
    /// A measure between bounds.
    Range(IvlPq),
}

impl TestOutcome {
    const CODED: [(Self, &'static str, &'static str); 4] = [
        (Self::Positive, "10828004", "positif"),
        (Self::Negative, "260385009", "négatif"),
        (Self::Undetermined, "373068000", "indéterminé(e)"),
        (
            Self::UnsatisfactorySample,
            "125154007",
            "échantillon insatisfaisant",
        ),
    ];

    fn code(&self) -> Option<Cd> {
        if let Self::Coded(code) = self {
            return Some(code.clone());
        }
        let row = Self::CODED.iter().find(|(known, ..)| known == self);
        row.map(|(_, code, name)| {
            Cd::new(*code, SNOMED_CT)
                .with_display(*name)
                .with_system_name("SNOMED CT")
        })
    }

    fn words(&self) -> String {
        let measure = |value: Option<&dyn ToString>, unit: Option<&String>| {
            let value = value.map(ToString::to_string).unwrap_or_default();
            unit.map_or(value.clone(), |unit| format!("{value} {unit}"))
        };
        match self {
            Self::Measure(pq) => measure(
                pq.value.as_ref().map(|v| v as &dyn ToString),
                pq.unit.as_ref(),
            ),
            Self::Range(range) => {
                let bound = |b: Option<&crate::datatypes::Pq>| {
                    b.map(|b| {
                        measure(
                            b.value.as_ref().map(|v| v as &dyn ToString),
                            b.unit.as_ref(),
                        )
                    })
                };
                match (bound(range.low.as_ref()), bound(range.high.as_ref())) {
                    (Some(low), Some(high)) => format!("{low} - {high}"),
                    (Some(low), None) => format!("≥ {low}"),
                    (None, Some(high)) => format!("≤ {high}"),
                    (None, None) => String::new(),
                }
            }
            coded => coded
                .code()
                .and_then(|c| c.display_name)
                .unwrap_or_default(),
        }
    }

    fn to_value(&self, anchor: &str) -> Value {
        match self {
            Self::Measure(pq) => pq.clone().into(),
            Self::Range(range) => Value::IvlPq(range.clone()),
            coded => coded
                .code()
                .unwrap_or_default()
                .with_text_reference(anchor)
                .into(),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Cd(code) if code.code.is_some() => {
                let known = Self::CODED.iter().find(|(_, c, _)| code.is(c, SNOMED_CT));
                Some(match known {
                    Some((known, ..)) => known.clone(),
                    None => Self::Coded(Cd {
                        original_text: None,
                        ..code.clone()
                    }),
                })
            }
            Value::Pq(pq) => Some(Self::Measure(pq.clone())),
            Value::IvlPq(range) => Some(Self::Range(range.clone())),
            _ => None,
        }
    }
}

/// One test.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct TestResult {
    /// The test: code of LOINC with its name.
    pub test: Cd,
    /// What people call it, such as `Dépistage SARS-CoV-2`.
    pub label: String,
    /// When it was read, with the time of day.
    pub time: Timestamp,
    /// What it gave. The published rules refuse a document without it.
    pub outcome: TestOutcome,
    /// What it means, with its name.
    pub interpretation: Option<Cd>,
    /// Comment, context.
    pub comment: Option<String>,
}

/// A certificate of rapid tests (BIO-TROD 2024.01). Requirements DEPISTAGE.*.
///
/// `frame.act_time` is the date and time of the tests; `frame.author` did them.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct RapidTests {
    /// Who, when, where.
    pub frame: Frame,
    /// Kind of test as the title says it, such as `TROD Angine`.
    pub kind: String,
    /// Diseases or substances that were looked for, of CIM-10 (`2.16.840.1.113883.6.3`), with their names.
    #[cfg_attr(feature = "serde", serde(default))]
    pub screened: Vec<Cd>,
    /// Whether the patient (or who represents them) agreed to the test, when that is to be told.
    pub consent: bool,
    /// Chapter of biology.
    pub discipline: Discipline,
    /// The device.
    #[cfg_attr(feature = "serde", serde(default))]
    pub device: TestDevice,
    /// The tests, one at least.
    #[cfg_attr(feature = "serde", serde(default))]
    pub results: Vec<TestResult>,
}

fn loinc((code, name): (&str, &str)) -> Cd {
    Cd::new(code, LOINC)
        .with_display(name)
        .with_system_name("LOINC")
}

fn setting() -> Cd {
    Cd::new("DEPISTAGE", "1.2.250.1.213.1.1.4.9").with_display("Dépistage")
}

fn consent() -> Cd {
    Cd::new("GEN-366", "1.2.250.1.213.1.1.4.322")
        .with_display("Le patient (ou son représentant légal) a donné son consentement pour la réalisation du test.")
        .with_system_name("TA_ASIP")
}

fn named(code: &Cd, field: &'static str) -> Result<(), ModelError> {
    need_text(code.code.as_deref().unwrap_or(""), field)?;
    need_text(code.code_system.as_deref().unwrap_or(""), field)?;
    need_text(code.display_name.as_deref().unwrap_or(""), field)
}

impl RapidTests {
    /// The document.
    ///
    /// # Errors
    /// When a field is missing, out of range or contradicts another; the error names it.
    pub fn to_document(&self) -> Result<ClinicalDocument, ModelError> {
        self.check()?;
        let mut body = StructuredBody::default();
        body.push(self.section());
        Ok(ClinicalDocument::new(self.header(), body))
    }

    fn check(&self) -> Result<(), ModelError> {
        self.frame.check()?;
        need_text(&self.kind, "kind")?;
        need(self.screened.first(), "screened")?;
        for (at, code) in self.screened.iter().enumerate() {
            named(code, "screened")?;
            if self.screened.iter().take(at).any(|other| other == code) {
                return Err(ModelError::Form {
                    field: "screened",
                    expected: "each disease once",
                });
            }
        }
        if let Discipline::Other {
            chapter,
            sub_chapter,
        } = &self.discipline
        {
            named(chapter, "discipline.chapter")?;
            named(sub_chapter, "discipline.sub_chapter")?;
        }
        if self.frame.act_time.hour().is_none() {
            return Err(ModelError::Form {
                field: "act_time",
                expected: "date and time of the test",
            });
        }
        if let Some((_, text)) = &self.device.udi {
            need_text(text, "device.udi")?;
        }
        if let Some(text) = &self.device.description {
            need_text(text, "device.description")?;
        }
        need(self.results.first(), "results")?;
        self.results.iter().try_for_each(|r| self.check_result(r))
    }

    fn check_result(&self, result: &TestResult) -> Result<(), ModelError> {
        named(&result.test, "results.test")?;
        need_text(&result.label, "results.label")?;
        if result.time.hour().is_none() {
            return Err(ModelError::Form {
                field: "results.time",
                expected: "date and time of the test",
            });
        }
        let birth = &self.frame.patient.birth_date;
        not_before(&result.time, "results.time", birth, "patient.birth_date")?;
        let made = &self.frame.effective_time;
        not_before(made, "effective_time", &result.time, "results.time")?;
        let empty = match &result.outcome {
            TestOutcome::Measure(pq) => pq.value.is_none() || pq.unit.is_none(),
            TestOutcome::Range(range) => range.low.is_none() && range.high.is_none(),
            TestOutcome::Coded(code) => return self.check_code(result, code),
            _ => false,
        };
        if empty {
            return Err(ModelError::Missing {
                field: "results.outcome",
            });
        }
        let code = result.test.code.as_deref().unwrap_or("");
        let measured = matches!(
            result.outcome,
            TestOutcome::Measure(_) | TestOutcome::Range(_)
        );
        if measured && QUALITATIVE.contains(&code) {
            return Err(WRONG_OUTCOME);
        }
        Self::check_rest(result)
    }

    fn check_code(&self, result: &TestResult, code: &Cd) -> Result<(), ModelError> {
        named(code, "results.outcome")?;
        if QUALITATIVE.contains(&result.test.code.as_deref().unwrap_or("")) {
            return Err(WRONG_OUTCOME);
        }
        Self::check_rest(result)
    }

    fn check_rest(result: &TestResult) -> Result<(), ModelError> {
        if let Some(code) = &result.interpretation {
            named(code, "results.interpretation")?;
        }
        match &result.comment {
            Some(comment) => need_text(comment, "results.comment"),
            None => Ok(()),
        }
    }

    fn header(&self) -> Header {
        let mut frame = self.frame.clone();
        frame.author.practice.setting = Some(setting());
        let mut header = frame.to_header(&MODEL);
        header.title = Some(St::new(format!("{TITLE}{TITLE_SEPARATOR}{}", self.kind)));
        if let Some(event) = header.documentation_of.pop() {
            let of = |code: &Cd| {
                let mut event: DocumentationOf = event.clone();
                event.service_event.class_code = Some("ACT".to_owned());
                event.service_event.code = Some(code.clone());
                event
            };
            header.documentation_of = self.screened.iter().map(of).collect();
        }
        if self.consent {
            header.authorizations.push(Authorization {
                consent: Consent {
                    code: Some(consent()),
                    status: Cs::new("completed"),
                    ..Consent::default()
                },
                ..Authorization::default()
            });
        }
        header
    }

    fn narrative(&self) -> Narrative {
        let mut rows = Vec::new();
        for (at, result) in self.results.iter().enumerate() {
            let cell = |name: &str, text: String| {
                NarrativeNode::from(NarrativeElement::content(anchor(name, at), text))
            };
            let interpretation = result
                .interpretation
                .as_ref()
                .and_then(|c| c.display_name.clone())
                .unwrap_or_default();
            let comment = match &result.comment {
                Some(comment) => cell("commentaire", comment.clone()),
                None => String::new().into(),
            };
            rows.push(vec![
                cell("examen", result.label.clone()),
                cell("resultat", result.outcome.words()),
                interpretation.into(),
                comment,
            ]);
        }
        let titles = [
            "Pathologie/Substance dépistée",
            "Résultat",
            "Interprétation",
            "Commentaire",
        ];
        let mut parts = vec![NarrativeElement::table(&titles, rows)];
        let udi = self.device.udi.as_ref().map(|(_, text)| text.clone());
        if udi.is_some() || self.device.description.is_some() {
            let description = match &self.device.description {
                Some(text) => NarrativeElement::content(DEVICE_ID, text.clone()).into(),
                None => String::new().into(),
            };
            let titles = [
                "Code UDI du dispositif",
                "Fabricant | Référence | N° de lot | Date de péremption",
            ];
            let row = vec![udi.unwrap_or_default().into(), description];
            parts.push(NarrativeElement::table(&titles, vec![row]));
        }
        Narrative::new(parts)
    }

    fn section(&self) -> Section {
        let (chapter, code) = self.discipline.codes();
        let act = Act {
            class_code: "ACT".to_owned(),
            mood_code: "EVN".to_owned(),
            code,
            status: Some(Cs::new("completed")),
            participants: vec![self.device()],
            relationships: (0..).zip(&self.results).map(relationship).collect(),
            ..Act::default()
        };
        Section {
            template_ids: templates(&SECTION),
            code: Some(chapter),
            title: Some(St::new(
                "Résultat du test rapide d'orientation diagnostique",
            )),
            text: Some(self.narrative()),
            entries: vec![Entry {
                type_code: Some("DRIV".to_owned()),
                template_ids: templates(&ENTRY),
                statement: Statement::Act(Box::new(act)),
                ..Entry::default()
            }],
            ..Section::default()
        }
    }

    fn device(&self) -> EntryParticipant {
        let named = self.device.description.as_ref().map(|_| Cd {
            original_text: Some(Box::new(Ed::narrative(DEVICE_ID))),
            ..Cd::default()
        });
        EntryParticipant {
            type_code: "DEV".to_owned(),
            role: ParticipantRole {
                class_code: Some("MANU".to_owned()),
                ids: self
                    .device
                    .udi
                    .iter()
                    .map(|(agency, text)| Ii::new(agency.oid(), text.clone()))
                    .collect(),
                subject: Some(ParticipantSubject::Device(Device {
                    class_code: Some("DEV".to_owned()),
                    code: named,
                    ..Device::default()
                })),
                ..ParticipantRole::default()
            },
            ..EntryParticipant::default()
        }
    }

    /// The tests that a certificate gives, anyone's.
    ///
    /// # Errors
    /// When the document is of another model, or lacks what the struct makes mandatory.
    pub fn from_document(document: &ClinicalDocument) -> Result<Self, ModelError> {
        let header = &document.header;
        let mut frame = Frame::from_header(header, &MODEL)?;
        frame.author.practice.setting = None;
        let title = header.title.as_ref().map_or("", |t| t.text.as_str());
        let kind = title
            .split_once(TITLE_SEPARATOR)
            .map_or(title, |(_, kind)| kind);
        let events = header.documentation_of.iter().map(|d| &d.service_event);
        let consents = header.authorizations.iter().map(|a| &a.consent);
        let found = document.sections().find_map(|section| {
            section.entries.iter().find_map(|entry| {
                let of_model = entry.template_ids.iter().any(|id| id.is_under(ENTRY[0]));
                match &entry.statement {
                    Statement::Act(act) if of_model => Some((section, act)),
                    _ => None,
                }
            })
        });
        let (section, act) = need(found, "results")?;
        let chapter = need(section.code.as_ref(), "discipline.chapter")?;
        let results: Vec<TestResult> = act
            .relationships
            .iter()
            .filter(|link| link.statement.has_template(RESULT[0]))
            .filter_map(|link| match &link.statement {
                Statement::Observation(observation) => Some(read_result(section, observation)),
                _ => None,
            })
            .collect::<Result<_, _>>()?;
        need(results.first(), "results")?;
        Ok(Self {
            kind: kind.trim().to_owned(),
            screened: events.filter_map(|event| event.code.clone()).collect(),
            consent: consents
                .filter_map(|consent| consent.code.as_ref())
                .any(|code| code.is("GEN-366", "1.2.250.1.213.1.1.4.322")),
            discipline: Discipline::from_codes(chapter, &act.code),
            device: read_device(section, act),
            results,
            frame,
        })
    }
}

const WRONG_OUTCOME: ModelError = ModelError::Form {
    field: "results.outcome",
    expected: "positive, negative, undetermined or unsatisfactory sample for this test",
};

fn anchor(name: &str, at: usize) -> String {
    format!("{name}-{}", at + 1)
}

fn relationship((at, result): (usize, &TestResult)) -> EntryRelationship {
    let comment = result.comment.as_ref().map(|_| EntryRelationship {
        type_code: "SUBJ".to_owned(),
        statement: Statement::Act(Box::new(Act {
            class_code: "ACT".to_owned(),
            mood_code: "EVN".to_owned(),
            template_ids: templates(&COMMENT),
            code: loinc(("48767-8", "Commentaire")),
            text: Some(Ed::narrative(&anchor("commentaire", at))),
            status: Some(Cs::new("completed")),
            ..Act::default()
        })),
        ..EntryRelationship::default()
    });
    let observation = Observation {
        class_code: "OBS".to_owned(),
        mood_code: "EVN".to_owned(),
        template_ids: templates(&RESULT),
        code: result
            .test
            .clone()
            .with_text_reference(&anchor("examen", at)),
        status: Some(Cs::new("completed")),
        effective_time: Some(IvlTs::at(result.time)),
        values: vec![result.outcome.to_value(&anchor("resultat", at))],
        interpretations: result.interpretation.iter().cloned().collect(),
        relationships: comment.into_iter().collect(),
        ..Observation::default()
    };
    EntryRelationship {
        type_code: "COMP".to_owned(),
        statement: Statement::Observation(Box::new(observation)),
        ..EntryRelationship::default()
    }
}

fn read_result(section: &Section, source: &Observation) -> Result<TestResult, ModelError> {
    let time = source.effective_time.as_ref();
    let outcome = source.values.iter().find_map(TestOutcome::from_value);
    let label = source.code.original_text.as_ref();
    let label = label.and_then(|text| section.resolve(text));
    let comment = source.relationships.iter().find_map(|link| {
        let Statement::Act(act) = &link.statement else {
            return None;
        };
        let text = act
            .text
            .as_ref()
            .filter(|_| link.statement.has_template(COMMENT[1]))?;
        section.resolve(text)
    });
    Ok(TestResult {
        label: label
            .or_else(|| source.code.display_name.clone())
            .unwrap_or_default(),
        test: Cd {
            original_text: None,
            ..source.code.clone()
        },
        time: need(time.and_then(|t| t.start()).copied(), "results.time")?,
        outcome: need(outcome, "results.outcome")?,
        interpretation: source.interpretations.first().cloned(),
        comment,
    })
}

fn read_device(section: &Section, act: &Act) -> TestDevice {
    let Some(participant) = act.participants.iter().find(|p| p.type_code == "DEV") else {
        return TestDevice::default();
    };
    let udi = participant.role.ids.iter().find_map(|id| {
        let agency = UdiAgency::ALL.into_iter().find(|a| id.is_under(a.oid()))?;
        Some((agency, id.extension.clone()?))
    });
    let text = match &participant.role.subject {
        Some(ParticipantSubject::Device(device)) => device.code.as_ref(),
        _ => None,
    };
    let text = text.and_then(|code| code.original_text.as_ref());
    TestDevice {
        udi,
        description: text.and_then(|text| section.resolve(text)),
    }
}
