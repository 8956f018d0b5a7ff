//! One set of results in each form, as it must look.

use segur_core::{Finding, Found, Lang, Location, Message, NotRun, Report, Severity};
use segur_xml::Document;
use serde_json::Value;

use super::{Settings, write};
use crate::check::Checked;
use crate::cli::Format;
use crate::excerpt::Source;

const NOTE: &str = r#"<ClinicalDocument xmlns="urn:hl7-org:v3">
  <title>Lettre pour EXEMPLE Anne</title>
  <recordTarget><id root="1.2.250.1.213.1.4.10" extension="284059935100123"/></recordTarget>
  <code code="&lt;34133-9&gt;"/>
</ClinicalDocument>
"#;

/// A finding at the first place where `needle` stands.
fn finding(rule: &'static str, severity: Severity, needle: &str) -> Finding {
    let start = NOTE.find(needle).unwrap();
    let line = NOTE[..start].matches('\n').count() + 1;
    let column = start - NOTE[..start].rfind('\n').map_or(0, |at| at + 1) + 1;
    let place = Location::new(
        format!("/ClinicalDocument/{}", needle.trim_matches(['<', ' '])),
        u32::try_from(line).unwrap(),
        u32::try_from(column).unwrap(),
    );
    Finding::new(
        rule,
        severity,
        Message::fixed("Un <défaut> & sa cause.", "A <fault> & its cause."),
    )
    .with_location(place.with_span(start..start + needle.len()))
}

fn results(show_identity: bool) -> Vec<Checked> {
    let mut report = Report::new();
    report.path = Some("dossier/a b.xml".into());
    report.model = Some("CI-SIS_VSM_2023.01".into());
    report.profile = Some("strict".into());
    report.bytes = Some(NOTE.len() as u64);
    report.sha256 = Some("00".repeat(32));
    report.findings = vec![
        finding("x-key", Severity::Error, "<id ")
            .with_expected("key 14")
            .with_found(Found::Personal("284059935100123".into()))
            .with_source("Guide INS, 1.4")
            .with_remedy(Message::fixed("Corriger la clé.", "Mend the key.")),
        finding("x-code", Severity::Warning, "<code ")
            .with_found(Found::Public("<34133-9>".into())),
        Finding::new(
            "x-whole",
            Severity::Info,
            Message::fixed("À savoir.", "Worth knowing."),
        ),
    ];
    report.dropped.add(Severity::Warning);
    report.not_run = vec![NotRun::new(
        "value-sets",
        Message::fixed("Aucun jeu.", "No set."),
    )];
    let document = Document::parse(NOTE.as_bytes()).unwrap();
    let source = Source::new(NOTE.as_bytes(), Some(&document), show_identity);
    let excerpts = report.findings.iter().map(|f| source.excerpt(f)).collect();
    let mut missing = Report::new();
    missing.path = Some("absent.xml".into());
    missing.profile = Some("strict".into());
    missing.findings.push(
        Finding::new(
            "file-cannot-read",
            Severity::Fatal,
            Message::fixed("Illisible.", "Unreadable."),
        )
        .with_location(Location::new("", 1, 1)),
    );
    vec![
        Checked {
            report,
            excerpts,
            unread: false,
        },
        Checked {
            report: missing,
            excerpts: vec![None],
            unread: true,
        },
    ]
}

fn written(format: Format, lang: Lang, show_identity: bool) -> String {
    let settings = Settings {
        lang,
        show_identity,
    };
    let text = write(&results(show_identity), format, settings);
    assert_eq!(
        text,
        write(&results(show_identity), format, settings),
        "not reproducible"
    );
    text
}

/// As it must look: the version of this crate aside.
fn look(format: Format, lang: Lang) -> String {
    let text = written(format, lang, false);
    assert!(
        !text.contains("284059935100123") && !text.contains("EXEMPLE"),
        "{text}"
    );
    anstream::adapter::strip_str(&text)
        .to_string()
        .replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn text_in_french() {
    insta::assert_snapshot!(look(Format::Text, Lang::Fr));
}

#[test]
fn text_in_english() {
    insta::assert_snapshot!(look(Format::Text, Lang::En));
}

#[test]
fn json() {
    insta::assert_snapshot!(look(Format::Json, Lang::En));
}

#[test]
fn sarif() {
    insta::assert_snapshot!(look(Format::Sarif, Lang::En));
}

#[test]
fn junit() {
    insta::assert_snapshot!(look(Format::Junit, Lang::Fr));
}

#[test]
fn svrl() {
    insta::assert_snapshot!(look(Format::Svrl, Lang::En));
}

#[test]
fn html() {
    insta::assert_snapshot!(look(Format::Html, Lang::Fr));
}

#[test]
fn identity_is_shown_on_request_in_every_form() {
    for format in [
        Format::Text,
        Format::Json,
        Format::Sarif,
        Format::Junit,
        Format::Svrl,
        Format::Html,
    ] {
        assert!(
            written(format, Lang::Fr, true).contains("284059935100123"),
            "{format:?}"
        );
    }
}

#[test]
fn the_xml_forms_are_xml() {
    for format in [Format::Junit, Format::Svrl] {
        Document::parse(written(format, Lang::Fr, false).as_bytes()).unwrap();
    }
}

/// What the SARIF 2.1.0 schema asks of the parts that we write.
#[test]
fn sarif_keeps_to_its_schema() {
    let sarif: Value = serde_json::from_str(&written(Format::Sarif, Lang::En, false)).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut ids: Vec<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), rules.len(), "rules are unique");
    assert!(rules.iter().all(|rule| {
        ["shortDescription", "fullDescription", "help"]
            .into_iter()
            .all(|key| rule.get(key).is_none_or(|text| text["text"].is_string()))
    }));
    assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
    let artifacts = run["artifacts"].as_array().unwrap();
    assert_eq!(artifacts.len(), 2);
    assert!(run["invocations"][0]["executionSuccessful"].is_boolean());
    for result in run["results"].as_array().unwrap() {
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        for location in result["locations"].as_array().unwrap() {
            let uri = location["physicalLocation"]["artifactLocation"]["uri"]
                .as_str()
                .unwrap();
            assert!(
                artifacts
                    .iter()
                    .any(|artifact| artifact["location"]["uri"] == uri)
            );
            let region = &location["physicalLocation"]["region"];
            if !region.is_null() {
                assert!(region["startLine"].as_u64().unwrap() >= 1);
                assert!(region["startColumn"].as_u64().unwrap() >= 1);
                assert!(region.get("byteOffset").is_none() || region["byteLength"].is_u64());
            }
        }
    }
}

/// The JSON form against `schema/report.schema.json`, as far as that schema uses JSON Schema.
#[test]
fn json_keeps_to_its_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../schema/report.schema.json")).unwrap();
    let json: Value = serde_json::from_str(&written(Format::Json, Lang::En, false)).unwrap();
    conforms(&json, &schema, &schema, "");
}

/// Type, const, enum, minimum, required, properties, additionalProperties, items, $ref.
fn conforms(value: &Value, schema: &Value, root: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap();
        return conforms(value, target, root, at);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |name: &&str| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is not known here"),
    };
    assert!(
        types.is_empty() || types.iter().any(is),
        "{at}: {value} is no {types:?}"
    );
    if let Some(constant) = schema.get("const") {
        assert_eq!(value, constant, "{at}");
    }
    if let Some(words) = schema["enum"].as_array() {
        assert!(words.contains(value), "{at}: {value}");
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_u64(), value.as_u64()) {
        assert!(number >= least, "{at}: {number}");
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(
            value.get(name.as_str().unwrap()).is_some(),
            "{at}: {name} is missing"
        );
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(known) => conforms(member, known, root, &format!("{at}/{name}")),
            None => assert_ne!(
                schema["additionalProperties"], false,
                "{at}/{name} is not described"
            ),
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        conforms(item, &schema["items"], root, &format!("{at}/{index}"));
    }
}
