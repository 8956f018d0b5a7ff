//! One value under check.

use std::borrow::Cow;
use std::ops::Range;

use segur_core::{Found, Message, RuleInfo};
use segur_xml::{Document, NameId, Node};

use super::super::context::{HL7, Sink};
use super::siblings::{Kind, Siblings};

/// The published schema and pattern that the rules come from.
const SCHEMA: &str = "ASIP-STRUCT-MIN-StrucMin";
const PATTERN: &str = "template-1.2.250.1.213.1.1.1.1-2017-12-13T103531";

/// What is carried from one value of a document to the next.
pub(super) struct State<'a> {
    pub(super) siblings: Siblings<'a>,
    /// Name of `nullFlavor`, if the document uses it.
    pub(super) null_flavor: Option<NameId>,
    /// Bytes of the last element whose descendants were all looked at for [`super::any`].
    pub(super) looked_at: Range<usize>,
}

impl State<'_> {
    pub(super) fn new(document: &Document) -> Self {
        Self {
            siblings: Siblings::default(),
            null_flavor: document.name_id("", "nullFlavor"),
            looked_at: 0..0,
        }
    }
}

/// An element of the header with what is needed to judge it.
pub(super) struct Value<'s, 'a> {
    pub(super) node: Node<'a>,
    /// Whether it has a `nullFlavor`.
    pub(super) null: bool,
    sink: &'s mut Sink<'a>,
    pub(super) state: &'s mut State<'a>,
}

impl<'s, 'a> Value<'s, 'a> {
    pub(super) fn new(node: Node<'a>, sink: &'s mut Sink<'a>, state: &'s mut State<'a>) -> Self {
        let null = state
            .null_flavor
            .is_some_and(|name| node.attribute_by_id(name).is_some());
        Self {
            node,
            null,
            sink,
            state,
        }
    }

    pub(super) fn attr(&self, name: &str) -> Option<Cow<'a, str>> {
        self.node.attribute(name)
    }

    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attr(attribute).is_some()
    }

    /// The attribute is there and is none of these values.
    pub(super) fn is_other_than(&self, attribute: &str, admitted: &str) -> bool {
        self.attr(attribute).is_some_and(|v| v != admitted)
    }

    /// The first of these attributes that is there.
    pub(super) fn first_of(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.has(name))
    }

    pub(super) fn child(&self, name: &str) -> Option<Node<'a>> {
        self.node.child(HL7, name)
    }

    pub(super) fn has_elements(&self) -> bool {
        self.node.elements().next().is_some()
    }

    /// A text node that is not only white space.
    pub(super) fn has_text(&self) -> bool {
        has_text(self.node)
    }

    /// Another element of the same name beside this one has this key.
    pub(super) fn has_twin(&mut self, kind: Kind) -> bool {
        self.state.siblings.has_twin(self.node, kind)
    }

    /// This one is null, another of its name beside it is not.
    pub(super) fn is_null_beside_value(&mut self) -> bool {
        self.null && self.state.siblings.has_value_beside(self.node)
    }

    /// Refuses the value as a whole.
    pub(super) fn refuse(&mut self, rule: &'static RuleInfo) {
        self.refuse_at(rule, self.node);
    }

    /// Refuses the value because of an element in it.
    pub(super) fn refuse_at(&mut self, rule: &'static RuleInfo, node: Node<'a>) {
        let message = about(rule, node);
        self.sink.emit(rule, node, |mut finding| {
            finding.message = message;
            finding.schema = Some(Cow::Borrowed(SCHEMA));
            finding.pattern = Some(Cow::Borrowed(PATTERN));
            finding
        });
    }

    /// Refuses the value because of an attribute: the path is the element's, line and column the attribute's.
    pub(super) fn refuse_attr(
        &mut self,
        rule: &'static RuleInfo,
        name: &str,
        found: Option<Found>,
    ) {
        self.refuse_attr_of(rule, self.node, name, found);
    }

    /// As [`Value::refuse_attr`], for an attribute of an element in the value.
    pub(super) fn refuse_attr_of(
        &mut self,
        rule: &'static RuleInfo,
        node: Node<'a>,
        name: &str,
        found: Option<Found>,
    ) {
        let message = about(rule, node);
        self.sink.emit(rule, node, |mut finding| {
            finding.message = message;
            finding.schema = Some(Cow::Borrowed(SCHEMA));
            finding.pattern = Some(Cow::Borrowed(PATTERN));
            finding.found = found;
            if let (Some(place), Some(attribute)) =
                (&mut finding.location, node.attribute_node("", name))
            {
                let position = attribute.position();
                place.line = position.line;
                place.column = position.column;
                place.span = Some(attribute.span());
            }
            finding
        });
    }
}

fn about(rule: &'static RuleInfo, node: Node<'_>) -> Message {
    let name = node.local_name();
    Message::new(
        format!("{name} : {}", rule.title.fr),
        format!("{name}: {}", rule.title.en),
    )
}

pub(super) fn has_text(node: Node<'_>) -> bool {
    node.children()
        .filter(|child| child.is_text())
        .any(|child| child.text().is_some_and(|text| !is_blank(&text)))
}

/// Only XML white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
}
