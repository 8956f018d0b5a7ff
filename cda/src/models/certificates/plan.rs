//! What follows from the examination (section FR-Plan-de-soins).

use super::answer::Answer as _;
use super::item::{loinc, ta};
use super::sets::{Code, coded};
use super::write::{Context, Rows, SectionKind, comment, comment_of};
use crate::ClinicalDocument;
use crate::body::{Encounter, Section, Statement};
use crate::datatypes::{Cd, Cr, Ed, IvlTs, NullFlavor};
use crate::models::frame::templates;

const PLAN: SectionKind = SectionKind::new(
    &[
        "2.16.840.1.113883.10.20.1.10",
        "1.3.6.1.4.1.19376.1.5.3.1.3.36",
        "1.2.250.1.213.1.1.2.158",
    ],
    loinc("18776-5", "Plan de soins"),
    "Plan de soins",
);
const ENCOUNTER: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.25",
    "1.3.6.1.4.1.19376.1.5.3.1.4.14",
    "1.2.250.1.213.1.1.3.58",
];
const PROFESSIONAL: Code = ta(
    "ORG-194",
    "Orientation vers un autre professionnel de santé",
);
const STRUCTURE: Code = ta(
    "ORG-195",
    "Orientation vers une structure pluridisciplinaire (CAMPS centre de référence, réseau…)",
);
const PMI: Code = ta(
    "ORG-196",
    "Lien avec le médecin de PMI après accord des parents",
);
const KIND: Code = ta("GEN-314", "Type de rencontre");
const COMMENT: &str = "orientation-pmi-commentaire";

/// Where the child is referred to (value set `JDV_Rencontre_CS9_CS24_CISIS`).
///
/// An entry has no place for "no": `Some(false)` writes the entry with a narrative that says "Non", as
/// the official examples do; `None` writes no entry, which no program can take for a referral.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct CarePlan {
    /// To another health professional.
    pub professional: Option<bool>,
    /// To a structure of several professions.
    pub structure: Option<bool>,
    /// To the physician of the maternal and child protection (PMI), when the parents agree.
    pub pmi: Option<bool>,
    /// What to tell the PMI; only with `pmi`.
    pub pmi_comment: Option<String>,
}

impl CarePlan {
    fn rows(&self) -> [(Code, &'static str, Option<bool>); 3] {
        [
            (PROFESSIONAL, "orientation-professionnel", self.professional),
            (STRUCTURE, "orientation-structure", self.structure),
            (PMI, "orientation-pmi", self.pmi),
        ]
    }

    pub(super) fn check(&self) -> Result<(), crate::models::ModelError> {
        if self.pmi_comment.is_some() && self.pmi.is_none() {
            return Err(crate::models::ModelError::Missing { field: "plan.pmi" });
        }
        Ok(())
    }

    pub(super) fn section(&self, context: &Context) -> Section {
        let mut rows = Rows::new(context);
        for (code, anchor, answer) in self.rows() {
            rows.line(
                code.2,
                answer.is_some().then_some(anchor),
                &answer.unwrap_or(false).shown(),
            );
            if answer.is_none() {
                continue;
            }
            let is_pmi = code == PMI;
            let qualifier = Cr {
                name: is_pmi.then(|| Box::new(coded(KIND))),
                value: Some(Box::new(coded(code))),
                ..Cr::default()
            };
            let mut kind = Cd::new("AMB", "2.16.840.1.113883.5.4")
                .with_display("Ambulatoire (hors établissement)");
            kind.qualifiers.push(qualifier);
            let mut encounter = Encounter {
                class_code: "ENC".to_owned(),
                mood_code: "ARQ".to_owned(),
                template_ids: templates(&ENCOUNTER),
                ids: vec![context.id(anchor)],
                code: Some(kind),
                text: Some(Ed::narrative(anchor)),
                effective_time: Some(IvlTs::null(NullFlavor::Unknown)),
                priority: Some(Cd::null(NullFlavor::Unknown)),
                ..Encounter::default()
            };
            if let Some(text) = self.pmi_comment.as_ref().filter(|_| is_pmi) {
                rows.line(
                    "Informations éventuelles pour le service de PMI",
                    Some(COMMENT),
                    text,
                );
                encounter.relationships.push(comment(COMMENT));
            }
            rows.statement(Statement::Encounter(Box::new(encounter)));
        }
        rows.section(&PLAN)
    }

    pub(super) fn read(document: &ClinicalDocument) -> Self {
        let section = PLAN.find(document);
        let found = PLAN.found(document, false);
        let encounter = |wanted: Code| {
            found.statements.iter().find_map(|s| match s {
                Statement::Encounter(encounter) => {
                    let qualifiers = &encounter.code.as_ref()?.qualifiers;
                    let is = |q: &Cr| q.value.as_ref().is_some_and(|v| v.is(wanted.0, wanted.1));
                    qualifiers.iter().any(is).then_some(&**encounter)
                }
                _ => None,
            })
        };
        let answer = |wanted| {
            encounter(wanted).map(|encounter| {
                let text = encounter.text.as_ref();
                let text = text.and_then(|text| section?.resolve(text));
                text.as_deref() != Some("Non")
            })
        };
        Self {
            professional: answer(PROFESSIONAL),
            structure: answer(STRUCTURE),
            pmi: answer(PMI),
            pmi_comment: encounter(PMI).and_then(|e| comment_of(section, &e.relationships)),
        }
    }

    pub(in crate::models) fn lines(&self, lines: &mut Vec<(&'static str, Option<String>)>) {
        for (code, _, answer) in self.rows() {
            lines.push((code.2, answer.map(|answer| answer.shown())));
        }
        lines.push((
            "Informations éventuelles pour le service de PMI",
            self.pmi_comment.clone(),
        ));
    }
}

/// Does not show what is told of the child.
impl std::fmt::Debug for CarePlan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CarePlan(…)")
    }
}
