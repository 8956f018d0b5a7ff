//! What was found in one document, and what could not be looked at.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::finding::Finding;
use super::message::Message;
use super::severity::Severity;

/// A rule, or a group of rules, that could not be run. A rule not run is no pass.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NotRun {
    /// Id of the rule, or of the group (a Schematron file, `value-sets`).
    pub rule: Cow<'static, str>,
    /// Why it could not be run, and what would make it run.
    pub reason: Message,
}

impl NotRun {
    /// A rule that could not be run, and why.
    pub fn new(rule: impl Into<Cow<'static, str>>, reason: Message) -> Self {
        NotRun {
            rule: rule.into(),
            reason,
        }
    }
}

/// Number of findings of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Counts {
    /// Number of `info` findings.
    pub info: u64,
    /// Number of `warning` findings.
    pub warning: u64,
    /// Number of `error` findings.
    pub error: u64,
    /// Number of `fatal` findings.
    pub fatal: u64,
}

impl Counts {
    /// Counts one more finding.
    pub fn add(&mut self, severity: Severity) {
        let slot = match severity {
            Severity::Info => &mut self.info,
            Severity::Warning => &mut self.warning,
            Severity::Error => &mut self.error,
            Severity::Fatal => &mut self.fatal,
        };
        *slot = slot.saturating_add(1);
    }

    /// The number for one severity.
    pub const fn get(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Info => self.info,
            Severity::Warning => self.warning,
            Severity::Error => self.error,
            Severity::Fatal => self.fatal,
        }
    }

    /// The number over all severities.
    pub const fn total(&self) -> u64 {
        self.info
            .saturating_add(self.warning)
            .saturating_add(self.error)
            .saturating_add(self.fatal)
    }

    /// The numbers of both, added.
    #[must_use]
    pub const fn plus(&self, other: &Counts) -> Counts {
        Counts {
            info: self.info.saturating_add(other.info),
            warning: self.warning.saturating_add(other.warning),
            error: self.error.saturating_add(other.error),
            fatal: self.fatal.saturating_add(other.fatal),
        }
    }
}

/// What was found in one document, and what could not be looked at.
///
/// Built with [`Report::new`] (or `default()`) and filled through its public fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Path of the file, as the caller named it.
    pub path: Option<String>,
    /// The document model that was checked, such as `VSM_2023.01`; `None` when no model applies.
    pub model: Option<String>,
    /// The profile that was applied: `official` or `strict`, with its edition when it has one.
    pub profile: Option<String>,
    /// Edition date of the value sets that were used (ISO 8601).
    pub value_sets: Option<String>,
    /// SHA-256 of the input, lower-case hexadecimal.
    pub sha256: Option<String>,
    /// Length of the input in bytes.
    pub bytes: Option<u64>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Findings left off because a limit on their number was reached, by severity.
    pub dropped: Counts,
    /// What could not be run.
    pub not_run: Vec<NotRun>,
    /// How many rules found something to look at in this document.
    pub rules_fired: u64,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Report::default()
    }

    /// Whether the document is acceptable: no finding of severity error or fatal, kept or dropped.
    ///
    /// Says nothing about the rules that were not run: look at [`not_run`](Report::not_run).
    pub fn is_ok(&self) -> bool {
        !self.worst().is_some_and(Severity::refuses)
    }

    /// Number of findings of one severity, dropped ones included.
    pub fn count(&self, severity: Severity) -> u64 {
        self.counts().get(severity)
    }

    /// Number of findings of every severity, dropped ones included.
    pub fn counts(&self) -> Counts {
        let mut counts = self.dropped;
        for finding in &self.findings {
            counts.add(finding.severity);
        }
        counts
    }

    /// The gravest severity; `None` when nothing was found.
    pub fn worst(&self) -> Option<Severity> {
        let counts = self.counts();
        Severity::ALL
            .into_iter()
            .rev()
            .find(|severity| counts.get(*severity) > 0)
    }

    /// Puts the findings in the order of the document; at one place the gravest first, then by rule id.
    /// Findings without a place come first. The order is total on what it compares, so it is reproducible.
    pub fn sort_by_location(&mut self) {
        self.findings.sort_by(|a, b| {
            let key = |finding: &Finding| {
                finding
                    .location
                    .as_ref()
                    .map(|location| (location.line, location.column))
            };
            key(a)
                .cmp(&key(b))
                .then_with(|| Reverse(a.severity).cmp(&Reverse(b.severity)))
                .then_with(|| a.rule.cmp(&b.rule))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Location;

    fn finding(rule: &'static str, severity: Severity, place: Option<(u32, u32)>) -> Finding {
        let finding = Finding::new(rule, severity, Message::fixed("fr", "en"));
        match place {
            Some((line, column)) => finding.with_location(Location::new("/a", line, column)),
            None => finding,
        }
    }

    #[test]
    fn warnings_alone_are_ok() {
        let mut report = Report::new();
        assert!(report.is_ok());
        assert_eq!(report.worst(), None);
        report.findings.push(finding("W", Severity::Warning, None));
        assert!(report.is_ok());
        report.dropped.add(Severity::Error);
        assert!(!report.is_ok(), "a dropped error still refuses");
        assert_eq!(report.count(Severity::Error), 1);
        assert_eq!(report.counts().total(), 2);
    }

    #[test]
    fn order_is_place_then_gravity_then_rule() {
        let mut report = Report::new();
        report.findings = vec![
            finding("B", Severity::Error, Some((2, 1))),
            finding("C", Severity::Info, Some((1, 9))),
            finding("A", Severity::Error, Some((2, 1))),
            finding("D", Severity::Fatal, Some((2, 1))),
            finding("E", Severity::Info, None),
        ];
        report.sort_by_location();
        let order: Vec<_> = report.findings.iter().map(|f| f.rule.as_ref()).collect();
        assert_eq!(order, ["E", "C", "D", "A", "B"]);
    }
}
