//! Coded elements of the header against their value sets, beyond what the published rules compare.

use segur_core::Found;
use segur_xml::Node;

use super::messages;
use super::model::{Element, Test};
use super::names::Names;
use super::tables::CLINICAL_DOCUMENT;
use super::tables::fragments::{VS_PRACTICE_SETTING, VS_ROLE, VS_SPECIALTY, VS_TYPE_CODE};
use super::vocabulary::Vocabulary;
use crate::validate::context::{Context, Sink};
use crate::validate::strict::{CODE_DISPLAY, CODE_SYSTEM, HEADER_DISPLAY};

/// For the strict profile: code system and display of every header element that a table binds to a value set.
pub(crate) fn coded_elements<'a>(context: &Context<'a>, sink: &mut Sink<'a>) {
    let vocabulary = Vocabulary::new(context.value_sets);
    let names = Names::new(context.root.document());
    walk(&CLINICAL_DOCUMENT, context.root, &names, &vocabulary, sink);
}

fn walk<'a>(
    table: &'static Element,
    node: Node<'a>,
    names: &Names,
    vocabulary: &Vocabulary<'a>,
    sink: &mut Sink<'a>,
) {
    let bound = table.rules.iter().find_map(|rule| match rule.test {
        Test::ValueSet { attr: "code", oid } => Some(oid),
        _ => None,
    });
    if let Some(oid) = bound.or_else(|| meant(table.name, node)) {
        coded(node, oid, vocabulary, sink);
    }
    for child in node.elements() {
        let key = names.of(child);
        let row = table
            .children
            .iter()
            .copied()
            .flatten()
            .find(|row| row.key == key);
        if let Some(row) = row {
            walk(row, child, names, vocabulary, sink);
        }
    }
}

/// The value set that the specifications mean where the published rules bind none.
fn meant(name: &str, node: Node<'_>) -> Option<&'static str> {
    let holder = node.parent().map_or("", |parent| parent.local_name());
    match (name, holder) {
        ("standardIndustryClassCode", _) => Some(VS_PRACTICE_SETTING),
        ("code", "assignedEntity") => Some(VS_SPECIALTY),
        ("functionCode", _) => Some(VS_ROLE),
        _ => None,
    }
}

fn coded<'a>(node: Node<'a>, oid: &'static str, vocabulary: &Vocabulary<'a>, sink: &mut Sink<'a>) {
    let Some(set) = vocabulary.set(oid) else {
        sink.not_run(CODE_SYSTEM.id, || messages::no_value_set(oid));
        sink.not_run(HEADER_DISPLAY.id, || messages::no_value_set(oid));
        if oid == VS_TYPE_CODE {
            sink.not_run(CODE_DISPLAY.id, || messages::no_value_set(oid));
        }
        return;
    };
    let (Some(code), Some(system)) = (node.attribute("code"), node.attribute("codeSystem")) else {
        return;
    };
    let Some(concept) = set.get(&code, &system) else {
        if set.contains_code(&code) {
            sink.emit(&CODE_SYSTEM, node, |finding| {
                finding.with_found(Found::Public(system.into_owned()))
            });
        }
        return;
    };
    let rule = if oid == VS_TYPE_CODE {
        &CODE_DISPLAY
    } else {
        &HEADER_DISPLAY
    };
    if let Some(display) = node
        .attribute("displayName")
        .filter(|display| *display != concept.display)
    {
        sink.emit(rule, node, |finding| {
            finding
                .with_expected(concept.display.clone())
                .with_found(Found::Public(display.into_owned()))
        });
    }
}
