//! The fields of a certificate as tables: one row drives writing, narrative and reading.

use segur_core::Timestamp;

use super::answer::{Answer, Bounds};
use super::sets::{CIM10, Code, LOINC, TA, coded};
use super::write::Context;
use crate::body::{Observation, Statement};
use crate::datatypes::{Cd, Cr, Cs, Ed, Ii, IvlTs, NullFlavor, Ts, Value};
use crate::models::error::ModelError;
use crate::models::frame::templates;

const HABIT: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.33",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.4",
    "1.2.250.1.213.1.1.3.52",
];
const PREGNANCY: [&str; 3] = [
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.5",
    "1.2.250.1.213.1.1.3.53",
];
const SIMPLE: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48"];
const VITAL: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.31",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.2",
    "1.2.250.1.213.1.1.3.50",
];
pub(super) const PROBLEM: [&str; 3] = [
    "2.16.840.1.113883.10.20.1.28",
    "1.3.6.1.4.1.19376.1.5.3.1.4.5",
    "1.2.250.1.213.1.1.3.37",
];

/// The kind of observation that a row is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// FR-Habitus-Mode-de-vie, at no time.
    Habit,
    /// FR-Observation-sur-la-grossesse, at no time.
    Pregnancy,
    /// FR-Simple-Observation, at the time of its group, or unknown.
    Simple,
    /// FR-Simple-Observation that is the cause of a problem: since an unknown time.
    Cause,
    /// FR-Signe-vital-observe, at the time of its group.
    Vital,
    /// FR-Probleme: the row's code is the value, a refusal is `negationInd`.
    Problem,
}

/// What `negationInd` says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Negation {
    /// It is not written.
    Absent,
    /// `false`.
    False,
    /// The opposite of a yes or no.
    Opposite,
}

/// Of whom a row tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Mother,
    Father,
}

impl Relation {
    pub(super) const SYSTEM: &str = "2.16.840.1.113883.5.111";

    pub(super) fn code(self) -> Code {
        match self {
            Self::Mother => ("MTH", Self::SYSTEM, "Mère"),
            Self::Father => ("FTH", Self::SYSTEM, "Père"),
        }
    }
}

/// One row: a field with its code, its place in the narrative, its bounds.
pub(super) struct Item {
    style: Style,
    code: Code,
    qualifier: Option<Code>,
    qualifier_24: Option<Code>,
    label: &'static str,
    anchor: &'static str,
    relation: Option<Relation>,
    negation: Negation,
    pub(super) bounds: Bounds,
}

const SOCIAL: Code = ("11345-6", LOINC, "Autre élément social");
const DIAGNOSIS: Code = (
    "282291009",
    super::sets::SNOMED_CT,
    "interprétation diagnostique",
);

impl Item {
    const fn new(style: Style, code: Code, label: &'static str, anchor: &'static str) -> Self {
        Self {
            style,
            code,
            qualifier: None,
            qualifier_24: None,
            label,
            anchor,
            relation: None,
            negation: Negation::Absent,
            bounds: &[],
        }
    }

    /// A habit with a code of its own.
    pub(super) const fn habit(code: Code, label: &'static str, anchor: &'static str) -> Self {
        Self::new(Style::Habit, code, label, anchor)
    }

    /// A habit that is "another social element", made precise by a qualifier.
    pub(super) const fn social(qualifier: Code, label: &'static str, anchor: &'static str) -> Self {
        let mut item = Self::new(Style::Habit, SOCIAL, label, anchor);
        item.qualifier = Some(qualifier);
        item
    }

    /// An observation on the pregnancy; `code.2` is its label too.
    pub(super) const fn pregnancy(code: Code, anchor: &'static str) -> Self {
        Self::new(Style::Pregnancy, code, code.2, anchor)
    }

    /// A simple observation.
    pub(super) const fn simple(code: Code, anchor: &'static str) -> Self {
        Self::new(Style::Simple, code, code.2, anchor)
    }

    /// The cause of a problem.
    pub(super) const fn cause(code: Code, anchor: &'static str) -> Self {
        let mut item = Self::new(Style::Cause, code, code.2, anchor);
        item.negation = Negation::False;
        item
    }

    /// A vital sign.
    pub(super) const fn vital(code: Code, anchor: &'static str) -> Self {
        Self::new(Style::Vital, code, code.2, anchor)
    }

    /// A problem that is there or not.
    pub(super) const fn problem(code: Code, label: &'static str, anchor: &'static str) -> Self {
        Self::new(Style::Problem, code, label, anchor)
    }

    pub(super) const fn of(mut self, relation: Relation) -> Self {
        self.relation = Some(relation);
        self
    }

    /// The qualifier that the certificate of the 24th month has instead.
    pub(super) const fn in_24(mut self, qualifier: Code) -> Self {
        self.qualifier_24 = Some(qualifier);
        self
    }

    pub(super) const fn negated(mut self, negation: Negation) -> Self {
        self.negation = negation;
        self
    }

    pub(super) const fn within(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    pub(super) fn label(&self) -> &'static str {
        self.label
    }

    pub(super) fn anchor(&self) -> &'static str {
        self.anchor
    }

    fn templates(&self) -> &'static [&'static str] {
        match self.style {
            Style::Habit => &HABIT,
            Style::Pregnancy => &PREGNANCY,
            Style::Simple | Style::Cause => &SIMPLE,
            Style::Vital => &VITAL,
            Style::Problem => &PROBLEM,
        }
    }

    fn qualifier(&self, is_24: bool) -> Option<Code> {
        if is_24 {
            self.qualifier_24.or(self.qualifier)
        } else {
            self.qualifier
        }
    }

    /// The observation of an answer.
    pub(super) fn observation(
        &self,
        answer: &impl Answer,
        context: &Context,
        date: Option<Timestamp>,
    ) -> Observation {
        let value = answer.to_value();
        let yes = match &value {
            Value::Bl(v) => v.value,
            _ => None,
        };
        let mut code = coded(if self.style == Style::Problem {
            DIAGNOSIS
        } else {
            self.code
        });
        if let Some(qualifier) = self.qualifier(context.is_24) {
            code.qualifiers.push(Cr {
                value: Some(Box::new(coded(qualifier))),
                ..Cr::default()
            });
        }
        let effective_time = match (self.style, date) {
            (Style::Habit | Style::Pregnancy, _) => IvlTs::null(NullFlavor::NotApplicable),
            (Style::Vital, _) => IvlTs::null(NullFlavor::NotAsked),
            (Style::Problem | Style::Cause, _) => since_unknown(),
            (Style::Simple, Some(date)) => IvlTs::at(date),
            (Style::Simple, None) => IvlTs::null(NullFlavor::Unknown),
        };
        let (negation, value) = if self.style == Style::Problem {
            let value = coded(self.code).with_text_reference(self.anchor);
            (Some(yes != Some(true)), value.into())
        } else {
            let negation = match self.negation {
                Negation::Absent => None,
                Negation::False => Some(false),
                Negation::Opposite => yes.map(|yes| !yes),
            };
            (negation, value)
        };
        Observation {
            class_code: "OBS".to_owned(),
            mood_code: "EVN".to_owned(),
            negation,
            template_ids: templates(self.templates()),
            ids: vec![context.id(self.anchor)],
            code,
            text: Some(Ed::narrative(self.anchor)),
            status: Some(Cs::new("completed")),
            effective_time: Some(effective_time),
            values: vec![value],
            subject: self
                .relation
                .and_then(|relation| context.subject(relation).cloned().map(Box::new)),
            ..Observation::default()
        }
    }

    /// Whether an observation is the one of this row.
    pub(super) fn is(&self, observation: &Observation, is_24: bool) -> bool {
        let told = |code: &Cd, (wanted, system, _): Code| code.is(wanted, system);
        if self.style == Style::Problem {
            return observation
                .values
                .iter()
                .any(|value| matches!(value, Value::Cd(code) if told(code, self.code)));
        }
        if !told(&observation.code, self.code) {
            return false;
        }
        if let Some(qualifier) = self.qualifier(is_24) {
            let found = |q: &Cr| q.value.as_ref().is_some_and(|value| told(value, qualifier));
            if !observation.code.qualifiers.iter().any(found) {
                return false;
            }
        }
        self.relation.is_none_or(|relation| {
            let (wanted, system, _) = relation.code();
            let of = observation.subject.as_deref();
            of.and_then(|s| s.related_subject.code.as_ref())
                .is_some_and(|code| code.is(wanted, system))
        })
    }

    /// The answer that an observation gives; an error when it cannot be taken.
    fn answer<A: Answer>(
        &self,
        observation: &Observation,
        field: &'static str,
    ) -> Result<A, ModelError> {
        let stated;
        let value = if self.style == Style::Problem {
            stated = (observation.negation != Some(true)).to_value();
            Some(&stated)
        } else {
            observation.values.first()
        };
        value.and_then(A::from_value).ok_or(ModelError::Form {
            field,
            expected: A::EXPECTED,
        })
    }

    /// The answer that the first fitting observation gives.
    pub(super) fn find<A: Answer>(
        &self,
        among: &Found<'_>,
        field: &'static str,
    ) -> Result<Option<A>, ModelError> {
        among
            .observations()
            .find(|observation| self.is(observation, among.is_24))
            .map(|observation| self.answer(observation, field))
            .transpose()
    }
}

/// Since a time that is not known.
pub(super) fn since_unknown() -> IvlTs {
    IvlTs {
        low: Some(Ts::null(NullFlavor::Unknown)),
        ..IvlTs::default()
    }
}

/// The entries among which rows are looked for.
pub(super) struct Found<'a> {
    pub(super) statements: Vec<&'a Statement>,
    pub(super) is_24: bool,
}

impl<'a> Found<'a> {
    pub(super) fn observations(&self) -> impl Iterator<Item = &'a Observation> {
        self.statements.iter().filter_map(|s| match s {
            Statement::Observation(observation) => Some(&**observation),
            _ => None,
        })
    }
}

/// A code of TA_ASIP.
pub(super) const fn ta(code: &'static str, name: &'static str) -> Code {
    (code, TA, name)
}

/// A code of LOINC.
pub(super) const fn loinc(code: &'static str, name: &'static str) -> Code {
    (code, LOINC, name)
}

/// A code of CIM-10.
pub(super) const fn cim10(code: &'static str, name: &'static str) -> Code {
    (code, CIM10, name)
}

/// An identifier given to an entry.
pub(super) type EntryId = Ii;

/// Declares a group of fields: the struct, its draft in which everything is optional, and what writes,
/// checks and reads both from the table of rows.
///
/// `must` is mandatory in the model, `may` is not.
macro_rules! fields {
    (
        $(#[$meta:meta])*
        pub struct $name:ident, draft $draft:ident, at $path:literal {
            $( $(#[$field_meta:meta])* $need:ident $field:ident: $type:ty = $item:expr; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(deny_unknown_fields)
        )]
        #[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: fields!(@type $need $type), )+
        }

        #[doc = concat!("[`", stringify!($name), "`] while it is filled in: nothing is mandatory.")]
        #[derive(Clone, Default, PartialEq)]
        #[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
        pub struct $draft {
            $( $(#[$field_meta])* pub $field: Option<$type>, )+
        }

        impl $name {
            #[allow(dead_code, reason = "a group may have no bounds")]
            pub(super) fn check(&self) -> Result<(), crate::models::ModelError> {
                use $crate::models::certificates::answer::Answer as _;
                $( fields!(@each $need answer, self.$field, {
                    answer.check($item.bounds, concat!($path, ".", stringify!($field)))?;
                }); )+
                Ok(())
            }

            pub(super) fn write(&self, rows: &mut $crate::models::certificates::write::Rows<'_>) {
                $( fields!(@each $need answer, self.$field, { rows.push(&$item, answer); }); )+
            }

            #[allow(dead_code, reason = "not every group is read so")]
            pub(super) fn read(
                found: &$crate::models::certificates::item::Found<'_>,
            ) -> Result<Self, crate::models::ModelError> {
                Ok(Self { $(
                    $field: fields!(@read $need $type, $item, found, concat!($path, ".", stringify!($field))),
                )+ })
            }
        }

        impl $draft {
            /// What is found among the entries; what cannot be taken is not.
            #[allow(dead_code, reason = "not every group is read so")]
            pub(super) fn find(found: &$crate::models::certificates::item::Found<'_>) -> Self {
                Self { $( $field: $item.find::<$type>(found, "").unwrap_or(None), )+ }
            }

            /// Adds the names of the mandatory fields that are not filled in.
            #[allow(
                unused_variables,
                dead_code,
                clippy::ptr_arg,
                reason = "a group may have nothing mandatory"
            )]
            pub(super) fn missing(&self, names: &mut Vec<&'static str>) {
                $( fields!(@missing $need self.$field, names, concat!($path, ".", stringify!($field))); )+
            }

            /// The group, when every mandatory field is filled in.
            ///
            /// # Errors
            /// The first mandatory field that is not filled in.
            pub fn complete(self) -> Result<$name, crate::models::ModelError> {
                Ok($name { $(
                    $field: fields!(@complete $need self.$field, concat!($path, ".", stringify!($field))),
                )+ })
            }

            /// Label and answer of each field, in French; no answer where nothing is filled in.
            pub(in crate::models) fn lines(&self, lines: &mut Vec<(&'static str, Option<String>)>) {
                use $crate::models::certificates::answer::Answer as _;
                $( lines.push(($item.label(), self.$field.as_ref().map(|answer| answer.shown()))); )+
            }
        }

        impl From<$name> for $draft {
            fn from(group: $name) -> Self {
                Self { $( $field: fields!(@draft $need group.$field), )+ }
            }
        }

        /// Does not show the answers.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        /// Does not show the answers.
        impl std::fmt::Debug for $draft {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($draft), "(…)"))
            }
        }
    };
    (@type must $type:ty) => { $type };
    (@type may $type:ty) => { Option<$type> };
    (@each must $answer:ident, $value:expr, $body:block) => {{ let $answer = &$value; $body }};
    (@each may $answer:ident, $value:expr, $body:block) => {
        if let Some($answer) = &$value $body
    };
    (@read must $type:ty, $item:expr, $found:ident, $path:expr) => {{
        use $crate::models::certificates::answer::Answer as _;
        $item.find::<$type>($found, $path)?
            .or_else(<$type>::absent)
            .ok_or(crate::models::ModelError::Missing { field: $path })?
    }};
    (@read may $type:ty, $item:expr, $found:ident, $path:expr) => {
        $item.find::<$type>($found, $path).unwrap_or(None)
    };
    (@missing must $value:expr, $names:ident, $path:expr) => {
        if $value.is_none() { $names.push($path); }
    };
    (@missing may $value:expr, $names:ident, $path:expr) => {};
    (@complete must $value:expr, $path:expr) => {
        $value.ok_or(crate::models::ModelError::Missing { field: $path })?
    };
    (@complete may $value:expr, $path:expr) => { $value };
    (@draft must $value:expr) => { Some($value) };
    (@draft may $value:expr) => { $value };
}
pub(super) use fields;
