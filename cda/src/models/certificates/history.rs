//! Medical history (section FR-Antecedents-medicaux), at 9 and 24 months.

use std::fmt;

use segur_core::Timestamp;

use super::answer::Answer as _;
use super::item::{Found, Item, fields, loinc, ta};
use super::sets::CIM11;
use super::write::{Context, Rows, SectionKind, observations, related};
use crate::ClinicalDocument;
use crate::body::{Act, Section, Statement};
use crate::datatypes::{Cd, Cs, Ii, IvlTs, NullFlavor};
use crate::models::ModelError;
use crate::models::frame::templates;

const HISTORY: SectionKind = SectionKind::new(
    &["1.3.6.1.4.1.19376.1.5.3.1.3.8", "1.2.250.1.213.1.1.2.134"],
    loinc("11348-0", "Antécédents médicaux"),
    "Antécédents médicaux",
);
const CONCERN: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.27",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.1",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5.2",
    "1.2.250.1.213.1.1.3.39",
];
const PREMATURITY: Item = Item::problem(
    ta("MED-183", "Prématurité inf. à 33 semaines"),
    "Prématurité inf. à 33 semaines",
    "prematurite",
);
const ACCIDENT_9: Item = Item::problem(
    ta("MED-186", "Accident(s) domestique(s) avant le 9ème mois"),
    "Accident(s) domestique(s) avant le 9ème mois",
    "accident-domestique",
);
const ACCIDENT_24: Item = Item::problem(
    ta("MED-185", "Accident(s) domestique(s) depuis le 9ème mois"),
    "Accident(s) domestique(s) depuis le 9ème mois",
    "accident-domestique",
);

fields! {
    /// What caused accidents at home.
    pub struct AccidentCauses, draft AccidentCausesDraft, at "history.accident" {
        /// A shock or a fall.
        must trauma: bool =
            Item::cause(("NF0A.4", CIM11, "Choc traumatique, non classé ailleurs"), "choc-traumatique");
        /// Burns.
        must burn: bool = Item::cause(("NE2Z", CIM11, "Brûlures, sans précision"), "brulures");
        /// Poisoning.
        must poisoning: bool = Item::cause(("NE61", CIM11, "Intoxication SAI"), "intoxication");
        /// Something else.
        must other: bool =
            Item::cause(ta("GEN-092.01.13", "Autre(s) accident(s) domestique(s)"), "autre-accident");
    }
}

/// Accidents at home: before the 9th month, or since.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "there was one or not")]
pub enum DomesticAccident {
    /// None.
    Absent,
    /// At least one, with its causes.
    Present(AccidentCauses),
}

/// Medical history.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct History {
    /// Born before 33 weeks.
    pub premature: bool,
    /// Accidents at home.
    pub accident: DomesticAccident,
    /// From when to when the history was taken; the examination's time when none.
    pub taken: Option<(Timestamp, Timestamp)>,
}

/// [`History`] while it is filled in: nothing is mandatory.
#[derive(Clone, Default, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct HistoryDraft {
    /// Born before 33 weeks.
    pub premature: Option<bool>,
    /// Accidents at home.
    pub accident: Option<DomesticAccident>,
}

/// A list of problems.
pub(super) fn concern(id: Ii, status: &str, time: IvlTs, problems: Vec<Statement>) -> Statement {
    Statement::Act(Box::new(Act {
        class_code: "ACT".to_owned(),
        mood_code: "EVN".to_owned(),
        template_ids: templates(&CONCERN),
        ids: vec![id],
        code: Cd::null(NullFlavor::NotApplicable),
        status: Some(Cs::new(status)),
        effective_time: Some(time),
        relationships: problems
            .into_iter()
            .map(|problem| related("SUBJ", Some(false), problem))
            .collect(),
        ..Act::default()
    }))
}

impl History {
    pub(super) fn check(&self) -> Result<(), ModelError> {
        let DomesticAccident::Present(causes) = &self.accident else {
            return Ok(());
        };
        if causes.trauma || causes.burn || causes.poisoning || causes.other {
            Ok(())
        } else {
            Err(ModelError::Missing {
                field: "history.accident",
            })
        }
    }

    pub(super) fn section(&self, context: &Context, act_time: Timestamp) -> Section {
        let mut rows = Rows::new(context);
        rows.push(&PREMATURITY, &self.premature);
        let accident = if context.is_24 {
            &ACCIDENT_24
        } else {
            &ACCIDENT_9
        };
        let happened = matches!(self.accident, DomesticAccident::Present(_));
        rows.push(accident, &happened);
        let mut problems = std::mem::take(&mut rows.statements);
        if let DomesticAccident::Present(causes) = &self.accident {
            causes.write(&mut rows);
            let causes = observations(std::mem::take(&mut rows.statements));
            if let Some(Statement::Observation(last)) = problems.last_mut() {
                last.relationships = causes
                    .into_iter()
                    .map(|cause| {
                        related("CAUS", Some(true), Statement::Observation(Box::new(cause)))
                    })
                    .collect();
            }
        }
        let (from, to) = self.taken.unwrap_or((act_time, act_time));
        let list = concern(
            context.id("antecedents"),
            "completed",
            IvlTs::between(from, to),
            problems,
        );
        rows.statement(list);
        rows.section(&HISTORY)
    }

    pub(super) fn read(document: &ClinicalDocument, is_24: bool) -> Result<Self, ModelError> {
        let found = HISTORY.found(document, is_24);
        let taken = found.statements.iter().find_map(|s| match s {
            Statement::Act(act) => {
                let time = act.effective_time.as_ref()?;
                Some((*time.start()?, *time.end()?))
            }
            _ => None,
        });
        let missing = |field| ModelError::Missing { field };
        let item = if is_24 { &ACCIDENT_24 } else { &ACCIDENT_9 };
        let happened: bool = item
            .find(&found, "history.accident")?
            .ok_or(missing("history.accident"))?;
        let premature = PREMATURITY
            .find(&found, "history.premature")?
            .ok_or(missing("history.premature"))?;
        Ok(Self {
            premature,
            accident: if happened {
                DomesticAccident::Present(causes(&found)?)
            } else {
                DomesticAccident::Absent
            },
            taken,
        })
    }
}

/// A cause that is not stated is none.
fn causes(found: &Found<'_>) -> Result<AccidentCauses, ModelError> {
    let stated = AccidentCausesDraft::find(found);
    Ok(AccidentCauses {
        trauma: stated.trauma.unwrap_or(false),
        burn: stated.burn.unwrap_or(false),
        poisoning: stated.poisoning.unwrap_or(false),
        other: stated.other.unwrap_or(false),
    })
}

impl HistoryDraft {
    pub(super) fn missing(&self, names: &mut Vec<&'static str>) {
        if self.premature.is_none() {
            names.push("history.premature");
        }
        if self.accident.is_none() {
            names.push("history.accident");
        }
    }

    /// The history, when it is whole.
    ///
    /// # Errors
    /// The first field that is not filled in.
    pub fn complete(self) -> Result<History, ModelError> {
        let missing = |field| ModelError::Missing { field };
        Ok(History {
            premature: self.premature.ok_or(missing("history.premature"))?,
            accident: self.accident.ok_or(missing("history.accident"))?,
            taken: None,
        })
    }

    pub(in crate::models) fn lines(&self, lines: &mut Vec<(&'static str, Option<String>)>) {
        lines.push((PREMATURITY.label(), self.premature.map(|p| p.shown())));
        let accident = self.accident.as_ref();
        let happened = accident.map(|a| matches!(a, DomesticAccident::Present(_)).shown());
        lines.push(("Accident(s) domestique(s)", happened));
        let causes = match accident {
            Some(DomesticAccident::Present(causes)) => causes.clone().into(),
            _ => AccidentCausesDraft::default(),
        };
        causes.lines(lines);
    }
}

impl From<History> for HistoryDraft {
    fn from(history: History) -> Self {
        Self {
            premature: Some(history.premature),
            accident: Some(history.accident),
        }
    }
}

macro_rules! masked {
    ($($name:ident),+) => { $(
        /// Does not show what is told of the child.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+ };
}

masked! { History, HistoryDraft, DomesticAccident }
