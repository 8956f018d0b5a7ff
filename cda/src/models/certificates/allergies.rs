//! Allergies (section FR-Allergies-et-hypersensibilites, third certificate).

use std::fmt;

use segur_core::Timestamp;

use super::item::loinc;
use super::sets::AllergyKind;
use super::write::{Context, Rows, SectionKind, related};
use crate::ClinicalDocument;
use crate::body::{Act, Observation, Section, Statement};
use crate::datatypes::{Cd, Cs, Ed, IvlTs, NullFlavor, Ts, Value};
use crate::models::frame::templates;

const ALLERGIES: SectionKind = SectionKind::new(
    &[
        "2.16.840.1.113883.10.20.1.2",
        "1.3.6.1.4.1.19376.1.5.3.1.3.13",
        "1.2.250.1.213.1.1.2.137",
    ],
    loinc("48765-2", "Allergies et hypersensibilités"),
    "Allergies et hypersensibilités",
)
.derived();
const CONCERN: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.3",
    "1.2.250.1.213.1.1.3.40",
];
const ALLERGY: [&str; 5] = [
    "2.16.840.1.113883.10.20.1.18",
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.3.6.1.4.1.19376.1.5.3.1.4.6",
    "1.2.250.1.213.1.1.3.41",
];

/// An allergy or intolerance.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Allergy {
    /// Kind.
    pub kind: AllergyKind,
    /// To what, coded; none when only words are known.
    pub agent: Option<Cd>,
    /// To what, in words.
    pub text: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
}

impl Allergy {
    /// Label and answer, for the narrative and reports.
    pub(in crate::models) fn line(&self) -> (String, String) {
        let agent = self.agent.as_ref().and_then(|a| a.display_name.clone());
        let answer = self.text.clone().or(agent);
        let mut kind = self.kind.name().to_owned();
        kind[..1].make_ascii_uppercase();
        (kind, answer.unwrap_or_else(|| "Oui".to_owned()))
    }

    fn statement(&self, anchor: &str, context: &Context) -> Statement {
        let value = self.agent.clone().unwrap_or_default();
        let low = self
            .since
            .map_or_else(|| Ts::null(NullFlavor::Unknown), Ts::new);
        Statement::Observation(Box::new(Observation {
            class_code: "OBS".to_owned(),
            mood_code: "EVN".to_owned(),
            template_ids: templates(&ALLERGY),
            ids: vec![context.id(anchor)],
            code: self.kind.to_cd(),
            text: Some(Ed::narrative(anchor)),
            status: Some(Cs::new("completed")),
            effective_time: Some(IvlTs {
                low: Some(low),
                ..IvlTs::default()
            }),
            values: vec![value.with_text_reference(anchor).into()],
            ..Observation::default()
        }))
    }

    fn read(section: &Section, observation: &Observation) -> Option<Self> {
        let agent = match observation.values.first() {
            Some(Value::Cd(code)) if code.code.is_some() => Some(Cd {
                original_text: None,
                ..code.clone()
            }),
            _ => None,
        };
        let text = observation.text.as_ref().and_then(|t| section.resolve(t));
        let named = agent.as_ref().and_then(|a| a.display_name.clone());
        let time = observation.effective_time.as_ref();
        Some(Self {
            kind: AllergyKind::from_cd(&observation.code)?,
            agent,
            text: text.filter(|t| !t.is_empty() && t != "Oui" && Some(t) != named.as_ref()),
            since: time.and_then(|t| t.start()).copied(),
        })
    }
}

/// The section, when there are allergies; the list was drawn up at this time.
pub(super) fn section(
    allergies: &[Allergy],
    listed_at: Timestamp,
    context: &Context,
) -> Option<Section> {
    if allergies.is_empty() {
        return None;
    }
    let mut rows = Rows::new(context);
    let mut list = Vec::new();
    for (rank, allergy) in allergies.iter().enumerate() {
        let anchor = format!("allergie-{}", rank + 1);
        let (label, answer) = allergy.line();
        rows.line(&label, Some(&anchor), &answer);
        list.push(related(
            "SUBJ",
            Some(false),
            allergy.statement(&anchor, context),
        ));
    }
    rows.statement(Statement::Act(Box::new(Act {
        class_code: "ACT".to_owned(),
        mood_code: "EVN".to_owned(),
        template_ids: templates(&CONCERN),
        ids: vec![context.id("allergies")],
        code: Cd::null(NullFlavor::NotApplicable),
        status: Some(Cs::new("completed")),
        effective_time: Some(IvlTs {
            high: Some(Ts::null(NullFlavor::Unknown)),
            ..IvlTs::since(listed_at)
        }),
        relationships: list,
        ..Act::default()
    })));
    Some(rows.section(&ALLERGIES))
}

/// The allergies, and when they were listed.
pub(super) fn read(document: &ClinicalDocument) -> (Vec<Allergy>, Option<Timestamp>) {
    let Some(section) = ALLERGIES.find(document) else {
        return (Vec::new(), None);
    };
    let found = ALLERGIES.found(document, true);
    let listed_at = found.statements.iter().find_map(|s| match s {
        Statement::Act(act) => act.effective_time.as_ref()?.start().copied(),
        _ => None,
    });
    let allergies = found
        .observations()
        .filter_map(|observation| Allergy::read(section, observation));
    (allergies.collect(), listed_at)
}

/// Does not show what is told of the child.
impl fmt::Debug for Allergy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Allergy(…)")
    }
}
