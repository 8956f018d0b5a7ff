//! SVRL (ISO/IEC 19757-3, annex D): one document per report, as existing viewers expect.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use segur_core::Finding;

use super::xml::escape;
use super::{Settings, expected_found, path};
use crate::check::Checked;

/// A name for the report of one of several documents.
pub(crate) fn file_name(checked: &Checked, index: usize) -> String {
    let stem = std::path::Path::new(path(checked)).file_stem();
    let stem = stem.map_or_else(|| "document".into(), |s| s.to_string_lossy());
    format!("{:04}-{stem}.svrl.xml", index + 1)
}

pub(crate) fn write(checked: &Checked, settings: Settings) -> String {
    let report = &checked.report;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svrl:schematron-output \
         xmlns:svrl=\"http://purl.oclc.org/dsdl/svrl\" title=\"segur {} {}\" schemaVersion=\"{}\">\n  \
         <svrl:ns-prefix-in-attribute-values prefix=\"cda\" uri=\"urn:hl7-org:v3\"/>\n",
        escape(report.profile.as_deref().unwrap_or("-")),
        escape(report.model.as_deref().unwrap_or("")),
        env!("CARGO_PKG_VERSION"),
    );
    let mut patterns: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        patterns.entry(pattern(finding)).or_default().push(finding);
    }
    for (name, findings) in patterns {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(
            out,
            "  <svrl:active-pattern id=\"{0}\" name=\"{0}\" document=\"{1}\"/>",
            escape(name),
            escape(path(checked))
        );
        for finding in findings {
            assertion(&mut out, finding, settings);
        }
    }
    for not_run in &report.not_run {
        let _ = writeln!(
            out,
            "  <!-- not run: {}: {} -->",
            comment(&not_run.rule),
            comment(not_run.reason.get(settings.lang))
        );
    }
    out.push_str("</svrl:schematron-output>\n");
    out
}

/// The official pattern, or the family of our own rule: what stands before the first hyphen.
fn pattern(finding: &Finding) -> &str {
    match &finding.pattern {
        Some(pattern) => pattern,
        None => finding.rule.split('-').next().unwrap_or("segur"),
    }
}

fn assertion(out: &mut String, finding: &Finding, settings: Settings) {
    let rule = escape(&finding.rule);
    let place = finding.location.as_ref();
    let xpath = place.map_or("/", |p| {
        if p.xpath.is_empty() {
            "/"
        } else {
            p.xpath.as_str()
        }
    });
    let context = xpath
        .split(['[', '/'])
        .rfind(|s| !s.is_empty() && !s.ends_with(']'))
        .unwrap_or("/");
    let severity = finding.severity.as_str();
    let _ = writeln!(
        out,
        "  <svrl:fired-rule id=\"{rule}\" context=\"{}\"/>",
        escape(context)
    );
    let mut text = finding.message.get(settings.lang).to_owned();
    let details = expected_found(finding, settings);
    if !details.is_empty() {
        let _ = write!(text, " ({details})");
    }
    if let Some(place) = place {
        let _ = write!(text, " [{}:{}]", place.line, place.column);
    }
    let _ = writeln!(
        out,
        "  <svrl:failed-assert id=\"{rule}\" test=\"{rule}\" role=\"{severity}\" flag=\"{severity}\" \
         location=\"{}\">\n    <svrl:text>{}</svrl:text>\n  </svrl:failed-assert>",
        escape(xpath),
        escape(&text)
    );
}

/// A comment holds neither two hyphens nor one at its end.
fn comment(text: &str) -> String {
    escape(text).replace('-', "\u{2010}")
}
