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

/// Checks one element.
pub(super) fn check<'a>(node: Node<'a>, ids: &mut Ids<'a>, sink: &mut Sink<'a>) {
    match node.local_name() {
        "reference" => reference(node, ids, sink),
        "value" => empty(node, sink),
        "addr" => address(node, sink),
        _ => {}
    }
    siblings(node, sink);
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

/// Children that must differ from one another: each is looked at once, however many there are.
fn siblings<'a>(parent: Node<'a>, sink: &mut Sink<'a>) {
    let document = parent.is(HL7, "ClinicalDocument");
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for child in parent.elements() {
        let name = child.local_name();
        let template = name == "templateId";
        let may_repeat = template
            || matches!(name, "telecom" | "addr")
            || (document && PARTICIPATIONS.contains(&name));
        if !may_repeat || child.namespace() != HL7 || child.attribute("nullFlavor").is_some() {
            continue;
        }
        if !seen.insert(canonical(child)) {
            let rule = if template { &TEMPLATE_TWICE } else { &REPEATED };
            sink.emit(rule, child, |finding| finding);
        }
    }
}

/// Names, attributes and texts all the way down, white space apart: equal for elements that say the same.
fn canonical(node: Node<'_>) -> String {
    let mut text = String::new();
    let depth = |node: Node<'_>| node.ancestors().count();
    let base = depth(node);
    for part in std::iter::once(node).chain(node.descendants()) {
        match part.kind() {
            NodeKind::Element => {
                let level = depth(part) - base;
                text.push_str(&format!(
                    "\u{1}{level}\u{1}{}\u{1}{}",
                    part.namespace(),
                    part.local_name()
                ));
                let mut attributes: Vec<String> = part
                    .attributes()
                    .map(|a| {
                        format!(
                            "\u{2}{}\u{2}{}\u{2}{}",
                            a.namespace(),
                            a.local_name(),
                            a.value()
                        )
                    })
                    .collect();
                attributes.sort();
                text.extend(attributes);
            }
            NodeKind::Text => {
                for word in part.text().unwrap_or_default().split_whitespace() {
                    text.push('\u{3}');
                    text.push_str(word);
                }
            }
            _ => {}
        }
    }
    text
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
