//! JUnit XML: one test case per document, so that a CI counts documents.

use std::fmt::Write as _;

use super::xml::escape;
use super::{Settings, expected_found, label, path};
use crate::check::Checked;

pub(super) fn write(checked: &[Checked], settings: Settings) -> String {
    let failures = checked
        .iter()
        .filter(|c| !c.report.is_ok() && !c.unread)
        .count();
    let errors = checked.iter().filter(|c| c.unread).count();
    let profile = checked
        .first()
        .and_then(|c| c.report.profile.as_deref())
        .unwrap_or("official");
    let counts = format!(
        "tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\"",
        checked.len()
    );
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"segur\" {counts}>\n  \
         <testsuite name=\"segur validate {}\" {counts} skipped=\"0\">\n",
        escape(profile)
    );
    for one in checked {
        case(&mut out, one, settings);
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, checked: &Checked, settings: Settings) {
    let report = &checked.report;
    let class = report.model.as_deref().unwrap_or("CDA");
    // Writing to a String cannot fail, here and below.
    let _ = write!(
        out,
        "    <testcase name=\"{}\" classname=\"{}\">",
        escape(path(checked)),
        escape(class)
    );
    let body: String = report.findings.iter().map(|f| line(f, settings)).collect();
    let errors: u64 = segur_core::Severity::ALL
        .into_iter()
        .filter(|s| s.refuses())
        .map(|s| report.count(s))
        .sum();
    if !report.is_ok() {
        let tag = if checked.unread { "error" } else { "failure" };
        let first = report.findings.iter().find(|f| f.severity.refuses());
        let kind = first.map_or("", |f| f.rule.as_ref());
        let message = first.map_or("", |f| f.message.get(settings.lang));
        let _ = write!(
            out,
            "\n      <{tag} type=\"{}\" message=\"{}\">{}</{tag}>",
            escape(kind),
            escape(&format!("{errors}: {message}")),
            escape_lines(&body)
        );
    }
    let not_run: String = report
        .not_run
        .iter()
        .map(|n| format!("not run: {}: {}\n", n.rule, n.reason.get(settings.lang)))
        .collect();
    let notes = if report.is_ok() { body } else { String::new() } + &not_run;
    if !notes.is_empty() {
        let _ = write!(
            out,
            "\n      <system-out>{}</system-out>",
            escape_lines(&notes)
        );
    }
    out.push_str("\n    </testcase>\n");
}

fn line(finding: &segur_core::Finding, settings: Settings) -> String {
    let place = finding.location.as_ref();
    let mut line = format!(
        "{}:{}: {}[{}] {}",
        place.map_or(0, |p| p.line),
        place.map_or(0, |p| p.column),
        label(finding.severity, settings.lang),
        finding.rule,
        finding.message.get(settings.lang)
    );
    let details = expected_found(finding, settings);
    if !details.is_empty() {
        line.push_str(" (");
        line.push_str(&details);
        line.push(')');
    }
    if let Some(place) = place.filter(|p| !p.xpath.is_empty()) {
        line.push_str(" at ");
        line.push_str(&place.xpath);
    }
    line.push('\n');
    line
}

/// In content, line ends stay line ends.
fn escape_lines(text: &str) -> String {
    escape(text).replace("&#10;", "\n")
}
