//! What every part of the validation is given, and where it puts what it finds.

use std::borrow::Cow;

use segur_core::{Finding, Location, Message, NotRun, Report, RuleInfo, Severity};
use segur_xml::{Attribute, Node};

use super::options::{FindingLimits, ModelChoice};
use super::value_sets::ValueSets;
use super::{document, privacy};

/// Namespace of HL7 version 3 and CDA.
pub(crate) const HL7: &str = "urn:hl7-org:v3";
/// Namespace of `xsi:type`, `xsi:nil`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Namespace of the HL7 extensions "structured documents".
pub(crate) const SDTC: &str = "urn:hl7-org:sdtc";

/// One document and the settings it is checked with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The `ClinicalDocument` element.
    pub(crate) root: Node<'a>,
    pub(crate) value_sets: Option<&'a ValueSets>,
    pub(crate) model: &'a ModelChoice,
}

/// Collects findings: fills in places, keeps to the limits, and never loses the fact that something was found.
pub(crate) struct Sink<'a> {
    root: Node<'a>,
    limits: FindingLimits,
    findings: Vec<Finding>,
    not_run: Vec<NotRun>,
    /// Per rule: how many were found and the worst severity. A document breaks few distinct rules.
    rules: Vec<RuleCount>,
}

struct RuleCount {
    rule: Cow<'static, str>,
    found: usize,
    kept: usize,
    worst: Severity,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(root: Node<'a>, limits: FindingLimits) -> Self {
        Self {
            root,
            limits,
            findings: Vec::new(),
            not_run: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// The place of an element, text, comment or processing instruction.
    pub(crate) fn at(&self, node: Node<'_>) -> Location {
        document::location(self.root, node)
    }

    /// The place of an attribute.
    pub(crate) fn at_attribute(&self, attribute: Attribute<'_>) -> Location {
        document::attribute_location(self.root, attribute)
    }

    /// Adds a finding that has its place already.
    #[allow(dead_code, reason = "for the Schematron files")]
    pub(crate) fn push(&mut self, finding: Finding) {
        if self.admit(finding.rule.clone(), finding.severity) {
            self.findings.push(finding);
        }
    }

    /// Adds a finding of a catalogued rule at a node. `more` is run only if the finding is kept.
    pub(crate) fn emit(
        &mut self,
        rule: &'static RuleInfo,
        node: Node<'_>,
        more: impl FnOnce(Finding) -> Finding,
    ) {
        if self.admit(Cow::Borrowed(rule.id), rule.severity) {
            let location = self.at(node);
            self.findings
                .push(more(from_rule(rule).with_location(location)));
        }
    }

    /// Adds a finding of a catalogued rule at an attribute.
    pub(crate) fn emit_at_attribute(
        &mut self,
        rule: &'static RuleInfo,
        attribute: Attribute<'_>,
        more: impl FnOnce(Finding) -> Finding,
    ) {
        if self.admit(Cow::Borrowed(rule.id), rule.severity) {
            let location = self.at_attribute(attribute);
            self.findings
                .push(more(from_rule(rule).with_location(location)));
        }
    }

    /// Says that a rule was not run, and why. Said twice, it is kept once.
    pub(crate) fn not_run(
        &mut self,
        rule: impl Into<Cow<'static, str>>,
        reason: impl FnOnce() -> Message,
    ) {
        let rule = rule.into();
        if !self.not_run.iter().any(|n| n.rule == rule) {
            self.not_run.push(NotRun::new(rule, reason()));
        }
    }

    /// Counts a finding; false when the limits leave it out.
    fn admit(&mut self, rule: Cow<'static, str>, severity: Severity) -> bool {
        let full = self.findings.len() >= self.limits.per_document;
        let at = self.rules.iter().position(|c| c.rule == rule);
        let count = match at {
            Some(at) => &mut self.rules[at],
            None => {
                self.rules.push(RuleCount {
                    rule,
                    found: 0,
                    kept: 0,
                    worst: severity,
                });
                let last = self.rules.len() - 1;
                &mut self.rules[last]
            }
        };
        count.found += 1;
        count.worst = count.worst.max(severity);
        if full || count.kept >= self.limits.per_rule {
            return false;
        }
        count.kept += 1;
        true
    }

    /// Puts everything into the report; what the limits left out becomes one finding per rule.
    pub(crate) fn finish(mut self, report: &mut Report) {
        for count in self.rules.iter().filter(|c| c.found > c.kept) {
            let more = count.found - count.kept;
            let message = Message::new(
                format!("encore {more} constat(s) de cette règle, non affiché(s)"),
                format!("{more} more finding(s) of this rule, not shown"),
            );
            self.findings
                .push(Finding::new(count.rule.clone(), count.worst, message));
        }
        self.findings.iter_mut().for_each(privacy::mark);
        report.findings.append(&mut self.findings);
        report.not_run.append(&mut self.not_run);
    }
}

/// A finding with the rule's id, severity, title as message, source and remedy.
pub(crate) fn from_rule(rule: &'static RuleInfo) -> Finding {
    Finding::new(rule.id, rule.severity, rule.title.clone())
        .with_source(rule.source)
        .with_remedy(rule.remedy.clone())
}
