use std::sync::Arc;

use segur_xml::Limits;

use super::value_sets::ValueSets;
use super::{Profile, Validator};
use crate::official::OfficialRules;

/// Which model ("volet") a document is judged as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ModelChoice {
    /// From the document's `templateId` and code.
    #[default]
    Auto,
    /// No model: only what every document must respect.
    None,
    /// This one, by its published name (`CI-SIS_VSM_2023.01`).
    Named(String),
}

/// How many findings are kept; the others are counted, and the report says how many they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FindingLimits {
    /// Of one document. Default 1,000.
    pub per_document: usize,
    /// Of one rule in one document. Default 100.
    pub per_rule: usize,
}

impl Default for FindingLimits {
    fn default() -> Self {
        Self {
            per_document: 1_000,
            per_rule: 100,
        }
    }
}

impl FindingLimits {
    /// Keeps every finding.
    pub const fn none() -> Self {
        Self {
            per_document: usize::MAX,
            per_rule: usize::MAX,
        }
    }
}

/// Makes a [`Validator`].
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct ValidatorBuilder {
    pub(super) options: Options,
}

/// What a validator runs with.
#[derive(Debug, Clone, Default)]
pub(super) struct Options {
    pub(super) profile: Profile,
    pub(super) value_sets: Option<Arc<ValueSets>>,
    pub(super) limits: Limits,
    pub(super) findings: FindingLimits,
    pub(super) model: ModelChoice,
    pub(super) official: Option<Arc<OfficialRules>>,
}

impl ValidatorBuilder {
    /// The profile; [`Profile::Official`] unless told.
    pub fn profile(mut self, profile: Profile) -> Self {
        self.options.profile = profile;
        self
    }

    /// The published value sets. Without them, the rules that need one are reported as not run.
    pub fn value_sets(mut self, value_sets: impl Into<Arc<ValueSets>>) -> Self {
        self.options.value_sets = Some(value_sets.into());
        self
    }

    /// The bounds of reading; [`Limits::default`] unless told.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.options.limits = limits;
        self
    }

    /// How many findings a report may hold.
    pub fn finding_limits(mut self, findings: FindingLimits) -> Self {
        self.options.findings = findings;
        self
    }

    /// The model; [`ModelChoice::Auto`] unless told.
    pub fn model(mut self, model: ModelChoice) -> Self {
        self.options.model = model;
        self
    }

    /// The agency's own files, run after the native rules. Without them the report says that they
    /// were not run.
    pub fn official(mut self, rules: impl Into<Arc<OfficialRules>>) -> Self {
        self.options.official = Some(rules.into());
        self
    }

    /// The validator: immutable, usable from many threads.
    pub fn build(self) -> Validator {
        Validator {
            options: self.options,
        }
    }
}
