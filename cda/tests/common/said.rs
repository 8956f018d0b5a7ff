//! What a document says to programs, as lines to compare: sections, entries, codes, values, dates.
//!
//! Not compared: identifiers of entries, the wording of names (`displayName`, titles), the narrative
//! itself, addresses and names. Two documents say the same when they have the same lines, in any order.

#![allow(clippy::expect_used, dead_code, reason = "tests")]

use std::collections::BTreeMap;

use segur_cda::ClinicalDocument;
use segur_cda::body::{ProductContent, Section, Statement, Subject, SubstanceAdministration};
use segur_cda::datatypes::{Cd, Ii, IvlPq, IvlTs, Pq, TimeSpec, Value};

/// One line per section and per entry at any depth, in document order.
pub(crate) fn said(document: &ClinicalDocument) -> Vec<String> {
    let mut lines = Vec::new();
    for section in document.sections() {
        let place = section
            .template_ids
            .last()
            .and_then(|id| id.root.clone())
            .unwrap_or_default();
        lines.push(format!(
            "section {} {}{}",
            templates(&section.template_ids),
            code(section.code.as_ref()),
            subject(section.subject.as_ref())
        ));
        for entry in &section.entries {
            push(&mut lines, section, &place, &entry.statement);
        }
    }
    lines
}

/// Lines of the first document that the second lacks, and lines that the second has in addition.
pub(crate) fn differences(
    first: &ClinicalDocument,
    second: &ClinicalDocument,
) -> (Vec<String>, Vec<String>) {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for line in said(first) {
        *counts.entry(line).or_default() += 1;
    }
    for line in said(second) {
        *counts.entry(line).or_default() -= 1;
    }
    let (mut lost, mut added) = (Vec::new(), Vec::new());
    for (line, count) in counts {
        let side = if count > 0 { &mut lost } else { &mut added };
        side.extend(std::iter::repeat_n(
            line,
            usize::try_from(count.abs()).expect("small"),
        ));
    }
    (lost, added)
}

/// Compares, but for the differences that are known: each is a text that the line contains, with the
/// reason. A known difference that does not occur fails too.
pub(crate) fn assert_said_alike(
    name: &str,
    first: &ClinicalDocument,
    second: &ClinicalDocument,
    known: &[(&str, &str)],
) {
    let (lost, added) = differences(first, second);
    let expected = |line: &String| known.iter().any(|(text, _)| line.contains(text));
    let unexpected: Vec<String> = lost
        .iter()
        .map(|line| format!("- {line}"))
        .chain(added.iter().map(|line| format!("+ {line}")))
        .filter(|line| !expected(line))
        .collect();
    assert!(
        unexpected.is_empty(),
        "{name}: the second document says something else:\n{}",
        unexpected.join("\n")
    );
    for (text, reason) in known {
        assert!(
            lost.iter().chain(&added).any(|line| line.contains(text)),
            "{name}: {text} ({reason}) is no difference any more: take it off the list"
        );
    }
}

fn push(lines: &mut Vec<String>, section: &Section, path: &str, statement: &Statement) {
    let mut line = format!(
        "{path} > {} {} {}",
        kind(statement),
        templates(statement.template_ids()),
        code(statement.code())
    );
    if negation(statement) {
        line.push_str(" NOT");
    }
    for value in statement.values() {
        line.push_str(" = ");
        line.push_str(&shown(value));
    }
    let times = times(statement);
    if !times.is_empty() {
        line.push_str(&format!(" @ {}", times.join(" ")));
    }
    let subject_of = match statement {
        Statement::Observation(o) => o.subject.as_deref(),
        Statement::Act(a) => a.subject.as_deref(),
        _ => None,
    };
    line.push_str(&subject(subject_of));
    match statement {
        Statement::Substance(s) => line.push_str(&substance(s)),
        Statement::Act(act) if act.code.code.as_deref() == Some("48767-8") => {
            let text = act.text.as_ref().and_then(|text| section.resolve(text));
            line.push_str(&format!(" \"{}\"", text.unwrap_or_default()));
        }
        _ => {}
    }
    lines.push(line);
    let path = format!("{path}/{}", code(statement.code()));
    for child in statement.children() {
        push(lines, section, &path, child);
    }
}

fn kind(statement: &Statement) -> String {
    let (name, mood) = match statement {
        Statement::Observation(s) => ("observation", &s.mood_code),
        Statement::Act(s) => ("act", &s.mood_code),
        Statement::Encounter(s) => ("encounter", &s.mood_code),
        Statement::Media(s) => ("media", &s.mood_code),
        Statement::Organizer(s) => ("organizer", &s.mood_code),
        Statement::Procedure(s) => ("procedure", &s.mood_code),
        Statement::Region(s) => ("region", &s.mood_code),
        Statement::Substance(s) => ("substance", &s.mood_code),
        Statement::Supply(s) => ("supply", &s.mood_code),
        _ => return "entry".to_owned(),
    };
    format!("{name} {mood}")
}

fn negation(statement: &Statement) -> bool {
    let negation = match statement {
        Statement::Observation(s) => s.negation,
        Statement::Act(s) => s.negation,
        Statement::Procedure(s) => s.negation,
        Statement::Substance(s) => s.negation,
        _ => None,
    };
    negation == Some(true)
}

/// Roots and extensions, sorted: their order says nothing.
fn templates(ids: &[Ii]) -> String {
    let mut all: Vec<String> = ids
        .iter()
        .map(|id| {
            let root = id.root.clone().unwrap_or_default();
            id.extension
                .as_ref()
                .map_or(root.clone(), |extension| format!("{root}:{extension}"))
        })
        .collect();
    all.sort();
    format!("[{}]", all.join(" "))
}

fn code(code: Option<&Cd>) -> String {
    let Some(code) = code else {
        return "-".to_owned();
    };
    let mut text = match (&code.code, &code.null_flavor) {
        (Some(value), _) => format!(
            "{value}|{}",
            code.code_system.as_deref().unwrap_or_default()
        ),
        (None, Some(flavor)) => format!("{flavor:?}"),
        (None, None) => "no code".to_owned(),
    };
    for qualifier in &code.qualifiers {
        text.push_str(&format!("({})", self::code(qualifier.value.as_deref())));
    }
    for translation in &code.translations {
        text.push_str(&format!("={}", self::code(Some(translation))));
    }
    text
}

fn quantity(quantity: &Pq) -> String {
    match (&quantity.value, &quantity.null_flavor) {
        (Some(value), _) => format!("{value} {}", quantity.unit.as_deref().unwrap_or("1")),
        (None, flavor) => format!("{flavor:?}"),
    }
}

fn range(range: &IvlPq) -> String {
    let point = range
        .value
        .as_ref()
        .map(|value| format!("{value} {}", range.unit.as_deref().unwrap_or("1")));
    let bound = |bound: &Option<Pq>| bound.as_ref().map(quantity);
    [point, bound(&range.low), bound(&range.high)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("..")
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Bl(v) => v
            .value
            .map_or(format!("{:?}", v.null_flavor), |b| b.to_string()),
        Value::Int(v) => v
            .value
            .map_or(format!("{:?}", v.null_flavor), |n| n.to_string()),
        Value::Pq(v) => quantity(v),
        Value::Cd(v) | Value::Ce(v) | Value::Cv(v) | Value::Co(v) => code(Some(v)),
        Value::St(v) => v.text.clone(),
        Value::IvlPq(v) => range(v),
        Value::Ts(v) => v.value.map(|t| t.to_string()).unwrap_or_default(),
        Value::IvlTs(v) => interval(v).join(" "),
        other => format!("{other:?}"),
    };
    format!("{} {text}", value.type_name())
}

fn interval(interval: &IvlTs) -> Vec<String> {
    let bound = |bound: &Option<segur_cda::datatypes::Ts>| bound.as_ref().and_then(|b| b.value);
    [interval.value, bound(&interval.low), bound(&interval.high)]
        .into_iter()
        .flatten()
        .map(|time| time.to_string())
        .collect()
}

/// The times that are told, wherever they stand (point, start, end).
fn times(statement: &Statement) -> Vec<String> {
    let single = match statement {
        Statement::Observation(s) => &s.effective_time,
        Statement::Act(s) => &s.effective_time,
        Statement::Encounter(s) => &s.effective_time,
        Statement::Organizer(s) => &s.effective_time,
        Statement::Procedure(s) => &s.effective_time,
        Statement::Substance(s) => {
            return s
                .effective_times
                .iter()
                .flat_map(|time| match time {
                    TimeSpec::Point(point) => point
                        .value
                        .map(|v| v.to_string())
                        .into_iter()
                        .collect::<Vec<_>>(),
                    TimeSpec::Interval(times) => interval(times),
                    other => vec![format!("{other:?}")],
                })
                .collect();
        }
        _ => &None,
    };
    single.as_ref().map(interval).unwrap_or_default()
}

fn subject(subject: Option<&Subject>) -> String {
    let Some(related) = subject.map(|s| &s.related_subject) else {
        return String::new();
    };
    let person = related.subject.as_ref();
    let birth = person
        .and_then(|p| p.birth_time.as_ref())
        .and_then(|t| t.value);
    let ids: Vec<&str> = person
        .iter()
        .flat_map(|p| &p.ids)
        .filter_map(|id| id.root.as_deref())
        .collect();
    format!(
        " of {} born {} id {ids:?}",
        code(related.code.as_ref()),
        birth.map(|b| b.to_string()).unwrap_or_default()
    )
}

fn substance(substance: &SubstanceAdministration) -> String {
    let mut text = String::new();
    if let Some(route) = substance.route.as_ref().filter(|r| r.code.is_some()) {
        text.push_str(&format!(" route {}", code(Some(route))));
    }
    for site in &substance.approach_sites {
        text.push_str(&format!(" site {}", code(Some(site))));
    }
    if let Some(dose) = &substance.dose {
        text.push_str(&format!(" dose {}", range(dose)));
    }
    if let ProductContent::Material(material) = &substance.consumable.product.content {
        text.push_str(&format!(" product {}", code(material.code.as_ref())));
        if let Some(lot) = material.lot.as_ref().filter(|lot| !lot.text.is_empty()) {
            text.push_str(&format!(" lot {}", lot.text));
        }
    }
    text
}
