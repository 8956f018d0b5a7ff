//! The location notations of the ISO skeleton.

use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};
use segur_xml::{Attribute, Node, NodeId, NodeKind};

use crate::outcome::Spot;

fn push_name(out: &mut String, prefix: Option<&str>, local: &str) {
    if let Some(prefix) = prefix.filter(|p| !p.is_empty()) {
        out.push_str(prefix);
        out.push(':');
    }
    out.push_str(local);
}

/// Names cannot hold an apostrophe, namespace names can: doubled, as in XPath 2.0.
fn push_quoted(out: &mut String, text: &str) {
    out.push_str(&text.replace('\'', "''"));
}

/// Ordinals of an element among its siblings: of the same name as written, of the same expanded
/// name.
type Ordinals = (u32, u32);

/// Makes locations. Siblings are counted once per parent, so that a document with a million
/// findings under one parent stays linear.
#[derive(Default)]
pub(crate) struct Locator {
    ordinals: FxHashMap<NodeId, Ordinals>,
    counted: FxHashSet<NodeId>,
}

impl Locator {
    pub(crate) fn node(&mut self, node: Node<'_>) -> Spot {
        // The reference implementation writes the path of the root element for the document node.
        let node = match node.kind() {
            NodeKind::Document => node.document().root_element(),
            _ => node,
        };
        let (names, xpath) = self.paths(node);
        let position = node.position();
        let span = match node.kind() {
            NodeKind::Element => node.start_tag_span(),
            _ => node.span(),
        };
        Spot {
            names,
            xpath,
            line: position.line,
            column: position.column,
            span,
        }
    }

    pub(crate) fn attribute(&mut self, attribute: Attribute<'_>) -> Spot {
        let (mut names, mut xpath) = self.paths(attribute.owner());
        names.push_str("/@");
        push_name(&mut names, attribute.prefix(), attribute.local_name());
        xpath.push_str("/@");
        if attribute.namespace().is_empty() {
            xpath.push_str(attribute.local_name());
        } else {
            xpath.push_str("*[local-name()='");
            xpath.push_str(attribute.local_name());
            xpath.push_str("' and namespace-uri()='");
            push_quoted(&mut xpath, attribute.namespace());
            xpath.push_str("']");
        }
        let position = attribute.position();
        let span = attribute.span();
        Spot {
            names,
            xpath,
            line: position.line,
            column: position.column,
            span,
        }
    }

    fn ordinals(&mut self, element: Node<'_>) -> Ordinals {
        let Some(parent) = element.parent() else {
            return (1, 1);
        };
        if self.counted.insert(parent.id()) {
            let mut names: FxHashMap<(&str, &str), u32> = FxHashMap::default();
            let mut kinds: FxHashMap<(&str, &str), u32> = FxHashMap::default();
            for child in parent.elements() {
                let local = child.local_name();
                let name = names
                    .entry((child.prefix().unwrap_or(""), local))
                    .or_default();
                *name += 1;
                let kind = kinds.entry((child.namespace(), local)).or_default();
                *kind += 1;
                self.ordinals.insert(child.id(), (*name, *kind));
            }
        }
        self.ordinals.get(&element.id()).copied().unwrap_or((1, 1))
    }

    /// Notations 2 and 1 of an element; of the element around, for another node.
    fn paths(&mut self, node: Node<'_>) -> (String, String) {
        let mut chain: Vec<Node<'_>> = Vec::new();
        if node.kind() == NodeKind::Element {
            chain.push(node);
        }
        chain.extend(node.ancestors().filter(|n| n.kind() == NodeKind::Element));
        let mut names = String::new();
        let mut xpath = String::new();
        for element in chain.into_iter().rev() {
            let (same_name, same_kind) = self.ordinals(element);
            names.push('/');
            push_name(&mut names, element.prefix(), element.local_name());
            if same_name > 1 {
                let _ = write!(names, "[{same_name}]");
            }
            if element.namespace().is_empty() {
                xpath.push('/');
                xpath.push_str(element.local_name());
            } else {
                xpath.push_str("/*:");
                xpath.push_str(element.local_name());
                xpath.push_str("[namespace-uri()='");
                push_quoted(&mut xpath, element.namespace());
                xpath.push_str("']");
            }
            let _ = write!(xpath, "[{same_kind}]");
        }
        (names, xpath)
    }
}
