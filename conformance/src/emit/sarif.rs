//! SARIF 2.1.0 (OASIS), for code hosts and editors.

use std::collections::BTreeMap;

use segur_core::{Finding, Severity};
use serde_json::{Value, json};

use super::{Settings, expected_found, path};
use crate::check::Checked;

pub(super) fn write(checked: &[Checked], settings: Settings) -> String {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in checked.iter().flat_map(|c| &c.report.findings) {
        rules.entry(finding.rule.as_ref()).or_default();
    }
    for (index, number) in rules.values_mut().enumerate() {
        *number = index;
    }
    let results: Vec<Value> = checked
        .iter()
        .flat_map(|c| c.report.findings.iter().map(move |f| (path(c), f)))
        .map(|(path, finding)| result(path, finding, &rules, settings))
        .collect();
    let notifications: Vec<Value> = checked
        .iter()
        .flat_map(|c| c.report.not_run.iter().map(move |n| (path(c), n)))
        .map(|(path, not_run)| {
            json!({
                "level": "warning",
                "associatedRule": { "id": not_run.rule },
                "message": { "text": not_run.reason.get(settings.lang) },
                "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }],
            })
        })
        .collect();
    let sarif = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "segur",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.keys().map(|id| rule(id, settings)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "artifacts": checked.iter().map(artifact).collect::<Vec<_>>(),
            "invocations": [{
                "executionSuccessful": !checked.iter().any(|c| c.unread),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&sarif).unwrap_or_default();
    text.push('\n');
    text
}

fn artifact(checked: &Checked) -> Value {
    let mut artifact = json!({ "location": { "uri": uri(path(checked)) }, "mimeType": "text/xml" });
    if let Some(length) = checked.report.bytes {
        artifact["length"] = length.into();
    }
    if let Some(hash) = &checked.report.sha256 {
        artifact["hashes"] = json!({ "sha-256": hash });
    }
    artifact
}

fn rule(id: &str, settings: Settings) -> Value {
    let Some(info) = crate::rules::all().find(|rule| rule.id == id) else {
        return json!({ "id": id });
    };
    json!({
        "id": id,
        "shortDescription": { "text": info.title.get(settings.lang) },
        "fullDescription": { "text": info.why.get(settings.lang) },
        "help": { "text": info.remedy.get(settings.lang) },
        "defaultConfiguration": { "level": level(info.severity) },
        "properties": { "source": info.source },
    })
}

fn result(
    path: &str,
    finding: &Finding,
    rules: &BTreeMap<&str, usize>,
    settings: Settings,
) -> Value {
    let mut text = finding.message.get(settings.lang).to_owned();
    let details = expected_found(finding, settings);
    if !details.is_empty() {
        text.push_str(" (");
        text.push_str(&details);
        text.push(')');
    }
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } });
    if let Some(place) = &finding.location {
        location["physicalLocation"]["region"] =
            json!({ "startLine": place.line.max(1), "startColumn": place.column.max(1) });
        if let Some(span) = &place.span {
            location["physicalLocation"]["region"]["byteOffset"] = span.start.into();
            location["physicalLocation"]["region"]["byteLength"] = span.len().into();
        }
        if !place.xpath.is_empty() {
            location["logicalLocations"] =
                json!([{ "fullyQualifiedName": place.xpath, "kind": "element" }]);
        }
    }
    json!({
        "ruleId": finding.rule,
        "ruleIndex": rules.get(finding.rule.as_ref()),
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location],
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Fatal | Severity::Error => "error",
        Severity::Warning => "warning",
        _ => "note",
    }
}

/// A path as a relative URI reference (RFC 3986): other characters as UTF-8 octets in percent form.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uri_references() {
        assert_eq!(super::uri("a b/é.xml"), "a%20b/%C3%A9.xml");
        assert_eq!(super::uri("dir\\file.xml"), "dir/file.xml");
    }
}
