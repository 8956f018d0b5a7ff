//! Rules on any element: repeated templates, contradictory absences, references, empty values.

use rustc_hash::FxHashSet;
use segur_core::Found;
use segur_xml::Node;

use super::rules::{EMPTY_VALUE, NULL_WITH_VALUE, REFERENCE, TEMPLATE_TWICE};
use crate::validate::context::{HL7, Sink, XSI};

/// The `ID` attributes of a document, gathered when the first reference asks.
pub(super) struct Ids<'a> {
    root: Node<'a>,
    known: Option<FxHashSet<String>>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(root: Node<'a>) -> Self {
        Self { root, known: None }
    }

    fn contains(&mut self, id: &str) -> bool {
        let root = self.root;
        let known = self.known.get_or_insert_with(|| {
            root.descendants()
                .filter_map(|node| node.attribute("ID"))
                .map(|id| id.into_owned())
                .collect()
        });
        known.contains(id)
    }
}

/// Checks one element.
pub(super) fn check<'a>(node: Node<'a>, ids: &mut Ids<'a>, sink: &mut Sink<'a>) {
    match node.local_name() {
        "templateId" => template(node, sink),
        "reference" => reference(node, ids, sink),
        "value" => empty(node, sink),
        _ => {}
    }
    if let Some(null) = node.attribute("nullFlavor") {
        contradiction(node, &null, sink);
    }
}

fn template<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    if !node.is(HL7, "templateId") {
        return;
    }
    let (root, extension) = (node.attribute("root"), node.attribute("extension"));
    let mut earlier = node
        .parent()
        .into_iter()
        .flat_map(|parent| parent.children_named(HL7, "templateId"));
    let twice = earlier
        .by_ref()
        .take_while(|other| *other != node)
        .any(|other| other.attribute("root") == root && other.attribute("extension") == extension);
    if twice && root.is_some() {
        sink.emit(&TEMPLATE_TWICE, node, |finding| {
            finding.with_found(Found::Public(root.unwrap_or_default().into_owned()))
        });
    }
}

fn reference<'a>(node: Node<'a>, ids: &mut Ids<'a>, sink: &mut Sink<'a>) {
    let inside_text = node
        .parent()
        .is_some_and(|p| matches!(p.local_name(), "text" | "originalText"));
    let Some(value) = node
        .attribute("value")
        .filter(|_| inside_text && node.is(HL7, "reference"))
    else {
        return;
    };
    let resolved = match value.strip_prefix('#') {
        Some(id) => ids.contains(id),
        // An absolute address leads outside the document: not looked at.
        None => value.contains(':'),
    };
    if !resolved {
        sink.emit(&REFERENCE, node, |finding| {
            finding.with_found(Found::Public(value.into_owned()))
        });
    }
}

fn empty<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    if !node.is(HL7, "value") || node.attribute("nullFlavor").is_some() {
        return;
    }
    let content = node
        .attributes()
        .any(|a| a.namespace() != XSI && !a.value().is_empty())
        || node.elements().next().is_some()
        || !node.string_value().trim().is_empty();
    if !content {
        sink.emit(&EMPTY_VALUE, node, |finding| finding);
    }
}

/// Absence with a value beside it. `OTH`, `NA` and `UNC` admit some company, as the data types say.
fn contradiction<'a>(node: Node<'a>, null: &str, sink: &mut Sink<'a>) {
    let company: &[&str] = match null {
        "OTH" | "NA" | "PINF" | "NINF" => &["code", "root", "value"],
        "UNC" => &["code", "root", "value"],
        _ => &["code", "root", "value", "extension"],
    };
    let value = company.iter().find(|name| node.attribute(name).is_some());
    if let Some(name) = value {
        sink.emit(&NULL_WITH_VALUE, node, |finding| {
            finding.with_found(Found::Public(format!("nullFlavor, {name}")))
        });
    }
}
