//! Rules on any element: repeated templates, contradictory absences, references, empty values.

use rustc_hash::FxHashSet;
use segur_core::Found;
use segur_xml::{Node, NodeKind};

use super::rules::{
    ADDR_TEXT, EMPTY_VALUE, NULL_KIND, NULL_WITH_VALUE, REFERENCE, REPEATED, TEMPLATE_TWICE,
};
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

/// Children of the document that may be several but not the same.
const PARTICIPATIONS: [&str; 9] = [
    "author",
    "informant",
    "informationRecipient",
    "authenticator",
    "participant",
    "inFulfillmentOf",
    "documentationOf",
    "relatedDocument",
    "authorization",
];

fn at_document_level(node: Node<'_>) -> bool {
    node.parent()
        .is_some_and(|parent| parent.is(HL7, "ClinicalDocument"))
}

/// Checks one element.
pub(super) fn check<'a>(node: Node<'a>, ids: &mut Ids<'a>, sink: &mut Sink<'a>) {
    match node.local_name() {
        "templateId" => template(node, sink),
        "reference" => reference(node, ids, sink),
        "value" => empty(node, sink),
        "addr" => {
            address(node, sink);
            repeated(node, sink);
        }
        "telecom" => repeated(node, sink),
        name if PARTICIPATIONS.contains(&name) && at_document_level(node) => repeated(node, sink),
        _ => {}
    }
    if let Some(null) = node.attribute("nullFlavor") {
        let infinite = matches!(null.as_ref(), "NINF" | "PINF");
        let name = node.local_name();
        let finite = matches!(name, "id" | "code" | "telecom" | "addr" | "name" | "text")
            || name.ends_with("Code");
        if infinite && finite {
            sink.emit(&NULL_KIND, node, |finding| {
                finding.with_found(Found::Public(null.to_string()))
            });
        }
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

fn repeated<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    let mut earlier = node
        .parent()
        .into_iter()
        .flat_map(|parent| parent.elements());
    let twice = node.attribute("nullFlavor").is_none()
        && earlier
            .by_ref()
            .take_while(|other| *other != node)
            .any(|other| same(other, node));
    if twice {
        sink.emit(&REPEATED, node, |finding| finding);
    }
}

/// Same names, attributes and texts all the way down, white space apart.
fn same(a: Node<'_>, b: Node<'_>) -> bool {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        if a.name_id() != b.name_id() || a.attributes().count() != b.attributes().count() {
            return false;
        }
        let attributes = a.attributes().all(|x| {
            b.attributes()
                .any(|y| x.name_id() == y.name_id() && x.value() == y.value())
        });
        let texts = |node: Node<'_>| -> String {
            node.children()
                .filter(|c| c.kind() == NodeKind::Text)
                .filter_map(|c| c.text())
                .collect()
        };
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        if !attributes || words(&texts(a)) != words(&texts(b)) {
            return false;
        }
        if a.elements().count() != b.elements().count() {
            return false;
        }
        pairs.extend(a.elements().zip(b.elements()));
    }
    true
}

fn address<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    if node.elements().next().is_none() && !node.string_value().trim().is_empty() {
        sink.emit(&ADDR_TEXT, node, |finding| finding);
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
