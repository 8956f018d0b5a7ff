//! SVRL, the report language of ISO Schematron (ISO/IEC 19757-3, annex D).

use std::fmt::Write as _;

use crate::compile::Schema;
use crate::outcome::{Hit, HitKind, Note, Outcome};

/// Namespace of SVRL.
pub const SVRL_NAMESPACE: &str = "http://purl.oclc.org/dsdl/svrl";

/// How to write a report.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SvrlOptions {
    /// Name of the document, for `active-pattern/@document`.
    pub document: Option<String>,
    /// Locations for people (`/ClinicalDocument/component[3]`), as the agency's tool writes them,
    /// instead of XPath that tools can evaluate.
    pub readable_locations: bool,
    /// Leave `fired-rule` elements out.
    pub no_fired_rules: bool,
}

/// Writes the report of one run: `schematron-output`, with `active-pattern`, `fired-rule`,
/// `failed-assert` and `successful-report` in the order of the run. A run that was aborted, and
/// checks that could not be run, are told in `text` elements: SVRL has no better place.
#[must_use]
pub fn svrl(schema: &Schema, outcome: &Outcome, options: &SvrlOptions) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<svrl:schematron-output xmlns:svrl=\"");
    out.push_str(SVRL_NAMESPACE);
    out.push('"');
    attribute(&mut out, "title", schema.title());
    attribute(&mut out, "schemaVersion", schema.schema_version());
    attribute(&mut out, "phase", outcome.phase.as_deref());
    out.push_str(">\n");
    if let Some(aborted) = &outcome.aborted {
        let text = format!("run aborted: {} at {}", aborted.cause, aborted.place);
        element(&mut out, "  ", "svrl:text", &text);
    }
    for skipped in &outcome.skipped {
        let text = format!("not run: {} ({})", skipped.place, skipped.reason);
        element(&mut out, "  ", "svrl:text", &text);
    }
    for (prefix, uri) in schema.namespaces() {
        out.push_str("  <svrl:ns-prefix-in-attribute-values");
        attribute(&mut out, "prefix", Some(prefix));
        attribute(&mut out, "uri", Some(uri));
        out.push_str("/>\n");
    }
    let mut fired = outcome.fired.iter().peekable();
    for &index in &outcome.active {
        let pattern = schema.pattern(index);
        out.push_str("  <svrl:active-pattern");
        attribute(&mut out, "document", options.document.as_deref());
        attribute(&mut out, "id", pattern.and_then(|p| p.id()));
        attribute(&mut out, "name", pattern.and_then(|p| p.title().or(p.id())));
        attribute(&mut out, "role", pattern.and_then(|p| p.role()));
        out.push_str("/>\n");
        while let Some(firing) = fired.next_if(|f| f.pattern == index) {
            if !options.no_fired_rules {
                let rule = pattern.and_then(|p| p.rule(firing.rule));
                out.push_str("  <svrl:fired-rule");
                attribute(&mut out, "context", rule.map(|r| r.context()));
                attribute(&mut out, "id", rule.and_then(|r| r.id()));
                attribute(&mut out, "role", rule.and_then(|r| r.role()));
                attribute(&mut out, "flag", rule.and_then(|r| r.flag()));
                attribute(&mut out, "see", rule.and_then(|r| r.see()));
                attribute(&mut out, "fpi", rule.and_then(|r| r.fpi()));
                out.push_str("/>\n");
            }
            for hit in outcome.hits.get(firing.hits.clone()).unwrap_or_default() {
                write_hit(&mut out, hit, options);
            }
        }
    }
    out.push_str("</svrl:schematron-output>\n");
    out
}

fn write_hit(out: &mut String, hit: &Hit, options: &SvrlOptions) {
    let name = match hit.kind {
        HitKind::FailedAssert => "svrl:failed-assert",
        HitKind::SuccessfulReport => "svrl:successful-report",
    };
    let _ = write!(out, "  <{name}");
    attribute(out, "test", Some(&hit.test));
    attribute(out, "id", hit.id.as_deref());
    attribute(out, "role", hit.role.as_deref());
    attribute(out, "flag", hit.flag.as_deref());
    attribute(out, "see", hit.see.as_deref());
    let location = if options.readable_locations {
        &hit.spot.names
    } else {
        &hit.spot.xpath
    };
    attribute(out, "location", Some(location));
    out.push_str(">\n");
    element(out, "    ", "svrl:text", &hit.text);
    notes(
        out,
        "svrl:diagnostic-reference",
        "diagnostic",
        &hit.diagnostics,
    );
    notes(out, "svrl:property-reference", "property", &hit.properties);
    let _ = writeln!(out, "  </{name}>");
}

fn notes(out: &mut String, name: &str, reference: &str, notes: &[Note]) {
    for note in notes {
        let _ = write!(out, "    <{name}");
        attribute(out, reference, Some(&note.id));
        out.push('>');
        element(out, "", "svrl:text", &note.text);
        out.truncate(out.trim_end().len());
        let _ = writeln!(out, "</{name}>");
    }
}

fn attribute(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = write!(out, " {name}=\"");
        escape(out, value);
        out.push('"');
    }
}

fn element(out: &mut String, indent: &str, name: &str, text: &str) {
    let _ = write!(out, "{indent}<{name}>");
    escape(out, text);
    let _ = writeln!(out, "</{name}>");
}

/// Escapes for text and for attribute values; what XML 1.0 cannot carry becomes U+FFFD.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}
