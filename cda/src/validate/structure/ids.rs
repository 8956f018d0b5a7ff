//! ID and IDREF across the document.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use segur_xml::{Attribute, Node};

use super::report;
use crate::validate::context::Sink;

/// The identifiers seen, and the references to be resolved at the end.
#[derive(Default)]
pub(super) struct Ids<'a> {
    seen: FxHashSet<Cow<'a, str>>,
    references: Vec<(Attribute<'a>, Cow<'a, str>)>,
}

fn trimmed(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches([' ', '\t', '\n', '\r'])),
        Cow::Owned(text) => Cow::Owned(text.trim_matches([' ', '\t', '\n', '\r']).to_owned()),
    }
}

impl<'a> Ids<'a> {
    /// An identifier; false when the document has it already.
    pub(super) fn declare(&mut self, value: Cow<'a, str>) -> bool {
        self.seen.insert(trimmed(value))
    }

    /// One or several references.
    pub(super) fn refer(&mut self, attribute: Attribute<'a>, value: Cow<'a, str>) {
        self.references.push((attribute, value));
    }

    /// What an element that is not checked declares counts, so that no reference to it is reported.
    pub(super) fn skip(&mut self, node: Node<'a>) {
        for node in std::iter::once(node).chain(node.descendants()) {
            for attribute in node.attributes() {
                if attribute.local_name() == "ID" {
                    self.declare(attribute.value());
                }
            }
        }
    }

    pub(super) fn resolve(&self, sink: &mut Sink<'_>) {
        for (attribute, value) in &self.references {
            let names = value
                .split([' ', '\t', '\n', '\r'])
                .filter(|n| !n.is_empty());
            for name in names.filter(|&n| !self.seen.contains(n)) {
                report::dangling(sink, *attribute, name);
            }
        }
    }
}
