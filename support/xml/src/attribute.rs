use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::data::{ATTR_ENCODED, ATTR_PREFIXED, ATTR_XMLNS, AttrData, ELEMENT};
use crate::decode;
use crate::document::{Document, NameId, NodeId};
use crate::node::Node;
use crate::source::Position;

/// An attribute of an element: a cheap handle, as long as the document is not edited.
#[derive(Clone, Copy)]
pub struct Attribute<'a> {
    doc: &'a Document,
    owner: u32,
    index: u32,
}

impl<'a> Attribute<'a> {
    fn data(&self) -> &'a AttrData {
        &self.doc.attrs[self.index as usize]
    }

    /// The element that has this attribute.
    pub fn owner(&self) -> Node<'a> {
        Node {
            doc: self.doc,
            id: self.owner,
        }
    }

    /// The document of this attribute.
    pub fn document(&self) -> &'a Document {
        self.doc
    }

    /// A number that no other attribute of the document has; in a document that was not edited,
    /// in document order.
    pub fn index(&self) -> usize {
        self.index as usize
    }

    /// The id of the element that has this attribute.
    pub fn owner_id(&self) -> NodeId {
        NodeId(self.owner)
    }

    /// The expanded name.
    pub fn name_id(&self) -> NameId {
        NameId(self.data().index())
    }

    /// The name without prefix.
    pub fn local_name(&self) -> &'a str {
        self.doc
            .names
            .local(self.data().index(), &self.doc.source.text)
    }

    /// The namespace; `""` is none.
    pub fn namespace(&self) -> &'a str {
        self.doc.names.namespace(self.data().index())
    }

    /// The prefix as written.
    pub fn prefix(&self) -> Option<&'a str> {
        let data = self.data();
        if !data.has(ATTR_PREFIXED) {
            return None;
        }
        self.doc
            .text_at(data.start as usize, data.value_start as usize)
            .split(':')
            .next()
    }

    /// The value: references resolved, white space characters as spaces (XML 1.0, section 3.3.3).
    pub fn value(&self) -> Cow<'a, str> {
        decode::attribute(self.raw_value(), self.data().has(ATTR_ENCODED))
    }

    /// The value as spelled between the quotes.
    pub fn raw_value(&self) -> &'a str {
        let data = self.data();
        self.doc
            .text_at(data.value_start as usize, data.value_end as usize)
    }

    /// Bytes of the attribute in the input, from the name to the closing quote. One that an edit
    /// set has none: the range is empty and lies where its element begins.
    pub fn span(&self) -> Range<usize> {
        self.input_span(
            self.data().start as usize,
            self.data().value_end as usize + 1,
        )
    }

    /// Bytes of the value in the input, without the quotes; see [`Attribute::span`].
    pub fn value_span(&self) -> Range<usize> {
        self.input_span(
            self.data().value_start as usize,
            self.data().value_end as usize,
        )
    }

    fn input_span(&self, start: usize, end: usize) -> Range<usize> {
        let source = &self.doc.source;
        if end > source.len {
            let start = self.owner().span().start;
            return start..start;
        }
        source.original(start)..source.original(end)
    }

    /// Line and column where the attribute begins in the input.
    pub fn position(&self) -> Position {
        let start = self.data().start as usize;
        if start >= self.doc.source.len {
            self.owner().position()
        } else {
            self.doc.source.position(start)
        }
    }
}

impl PartialEq for Attribute<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.doc, other.doc)
    }
}

impl Eq for Attribute<'_> {}

impl Hash for Attribute<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
        std::ptr::from_ref(self.doc).hash(state);
    }
}

/// Without the value: it may be a patient's.
impl fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attribute({}, {})", self.index, self.local_name())
    }
}

/// The attributes of an element, see [`Node::attributes`].
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    doc: &'a Document,
    owner: u32,
    next: u32,
    end: u32,
}

impl<'a> Attributes<'a> {
    pub(crate) fn new(owner: Node<'a>) -> Self {
        let data = owner.data();
        let count = if data.kind() == ELEMENT {
            u32::from(data.attr_count)
        } else {
            0
        };
        Self {
            doc: owner.doc,
            owner: owner.id,
            next: data.attrs,
            end: data.attrs + count,
        }
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        while self.next < self.end {
            let index = self.next;
            self.next += 1;
            if !self.doc.attrs[index as usize].has(ATTR_XMLNS) {
                return Some(Attribute {
                    doc: self.doc,
                    owner: self.owner,
                    index,
                });
            }
        }
        None
    }
}
