use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::attribute::{Attribute, Attributes};
use crate::chars::is_space;
use crate::data::{self, ATTR_XMLNS, DECLARES, ENCODED, NodeData, PREFIXED};
use crate::decode;
use crate::document::{Document, NameId, NodeId};
use crate::names::XML_NS;
use crate::source::Position;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeKind {
    /// The document itself, parent of the root element.
    Document,
    /// An element.
    Element,
    /// Text: all characters, references and CDATA sections up to the next tag, comment or
    /// instruction.
    Text,
    /// A comment.
    Comment,
    /// A processing instruction.
    ProcessingInstruction,
}

/// A node of a document: a cheap handle, as long as the document is not edited.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub(crate) doc: &'a Document,
    pub(crate) id: u32,
}

/// A namespace declaration as written on an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamespaceDeclaration<'a> {
    /// The prefix; none for the default namespace.
    pub prefix: Option<&'a str>,
    /// The namespace; `""` undoes the default namespace.
    pub namespace: &'a str,
}

impl<'a> Node<'a> {
    #[inline]
    pub(crate) fn data(&self) -> &'a NodeData {
        &self.doc.nodes[self.id as usize]
    }

    pub(crate) fn other(&self, id: u32) -> Option<Node<'a>> {
        (id != data::NONE).then_some(Node { doc: self.doc, id })
    }

    /// The id of this node in its document.
    pub fn id(&self) -> NodeId {
        NodeId(self.id)
    }

    /// The document of this node.
    pub fn document(&self) -> &'a Document {
        self.doc
    }

    /// What this node is.
    pub fn kind(&self) -> NodeKind {
        match self.data().kind() {
            data::ELEMENT => NodeKind::Element,
            data::TEXT => NodeKind::Text,
            data::COMMENT => NodeKind::Comment,
            data::INSTRUCTION => NodeKind::ProcessingInstruction,
            _ => NodeKind::Document,
        }
    }

    /// Whether this is an element.
    #[inline]
    pub fn is_element(&self) -> bool {
        self.data().kind() == data::ELEMENT
    }

    /// Whether this is text.
    #[inline]
    pub fn is_text(&self) -> bool {
        self.data().kind() == data::TEXT
    }

    /// The expanded name of an element; nothing for other nodes.
    #[inline]
    pub fn name_id(&self) -> Option<NameId> {
        let name = self.data().name;
        (name != data::NONE).then_some(NameId(name))
    }

    /// The name of an element without prefix, the target of a processing instruction, otherwise
    /// `""`.
    pub fn local_name(&self) -> &'a str {
        let data = self.data();
        match data.kind() {
            data::INSTRUCTION => {
                let inside = self
                    .doc
                    .text_at(data.start as usize + 2, data.end as usize - 2);
                inside
                    .split(|c: char| c.is_ascii() && is_space(c as u8))
                    .next()
                    .unwrap_or("")
            }
            _ => self.doc.names.local(data.name, &self.doc.source.text),
        }
    }

    /// The namespace of an element; `""` is none.
    pub fn namespace(&self) -> &'a str {
        self.doc.names.namespace(self.data().name)
    }

    /// The prefix of an element, as written.
    pub fn prefix(&self) -> Option<&'a str> {
        if !self.is_element() || !self.data().has(PREFIXED) {
            return None;
        }
        let (start, end) = self.doc.tag_span(self.id);
        self.doc.text_at(start + 1, end).split(':').next()
    }

    /// Whether this is an element of that namespace (`""` is none) and local name.
    pub fn is(&self, namespace: &str, local: &str) -> bool {
        self.is_element() && self.local_name() == local && self.namespace() == namespace
    }

    /// The attributes in document order, namespace declarations left out.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes::new(*self)
    }

    /// The value of the attribute without namespace that has this name.
    pub fn attribute(&self, local: &str) -> Option<Cow<'a, str>> {
        self.attribute_ns("", local)
    }

    /// The value of an attribute.
    pub fn attribute_ns(&self, namespace: &str, local: &str) -> Option<Cow<'a, str>> {
        self.attribute_node(namespace, local)
            .map(|attribute| attribute.value())
    }

    /// An attribute by its namespace (`""` is none) and local name.
    pub fn attribute_node(&self, namespace: &str, local: &str) -> Option<Attribute<'a>> {
        self.attributes()
            .find(|a| a.local_name() == local && a.namespace() == namespace)
    }

    /// The attribute with this expanded name.
    pub fn attribute_by_id(&self, name: NameId) -> Option<Attribute<'a>> {
        self.attributes().find(|a| a.name_id() == name)
    }

    /// The namespace declarations on this element, in document order.
    pub fn namespace_declarations(
        &self,
    ) -> impl Iterator<Item = NamespaceDeclaration<'a>> + use<'a> {
        let doc = self.doc;
        self.declarations().map(move |attr| {
            let written = doc.text_at(attr.start as usize, attr.value_start as usize);
            NamespaceDeclaration {
                prefix: declared_prefix(written),
                namespace: doc.names.uri(attr.index()),
            }
        })
    }

    pub(crate) fn declarations(&self) -> impl Iterator<Item = data::AttrData> + use<'a> {
        let data = self.data();
        let range = if data.kind() == data::ELEMENT && data.has(DECLARES) {
            data.attrs as usize..data.attrs as usize + usize::from(data.attr_count)
        } else {
            0..0
        };
        let attrs = self.doc.attrs.get(range).unwrap_or(&[]);
        attrs.iter().copied().filter(|attr| attr.has(ATTR_XMLNS))
    }

    /// The namespace that a prefix stands for at this node; `None` as prefix asks for the default
    /// namespace. Nothing if it is not declared, or undone.
    pub fn lookup_namespace(&self, prefix: Option<&str>) -> Option<&'a str> {
        if prefix == Some("xml") {
            return Some(XML_NS);
        }
        std::iter::once(*self)
            .chain(self.ancestors())
            .find_map(|node| node.namespace_declarations().find(|d| d.prefix == prefix))
            .map(|declaration| declaration.namespace)
            .filter(|namespace| !namespace.is_empty())
    }

    /// The declarations in force at this node, innermost first; `xml` is not among them.
    pub fn namespaces_in_scope(&self) -> Vec<NamespaceDeclaration<'a>> {
        let mut all: Vec<NamespaceDeclaration<'a>> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for node in std::iter::once(*self).chain(self.ancestors()) {
            for declaration in node.namespace_declarations() {
                if seen.insert(declaration.prefix) {
                    all.push(declaration);
                }
            }
        }
        all.retain(|declaration| !declaration.namespace.is_empty());
        all
    }

    /// Whether this is a text of white space only. Unlike [`Node::text`] it takes no memory,
    /// whatever the line ends.
    ///
    /// ```
    /// let doc = segur_xml::Document::parse(b"<a><b>\r\n </b><b>&#9;</b><b>&#65;</b><b> x</b></a>")?;
    /// let blank = |b: segur_xml::Node<'_>| b.first_child().is_some_and(|text| text.is_blank());
    /// let all: Vec<bool> = doc.root_element().elements().map(blank).collect();
    /// assert_eq!(all, [true, true, false, false]);
    /// # Ok::<(), segur_xml::XmlError>(())
    /// ```
    pub fn is_blank(&self) -> bool {
        let data = self.data();
        if data.kind() != data::TEXT {
            return false;
        }
        // Below the space, XML has white space only.
        let is_blank = |text: &str| {
            let visible = |part: &[u8]| part.iter().fold(false, |found, &b| found | (b > b' '));
            !text.as_bytes().chunks(16).any(visible)
        };
        if data.has(ENCODED) {
            return self.text().is_none_or(|text| is_blank(&text));
        }
        is_blank(self.doc.text_at(data.start as usize, data.end as usize))
    }

    /// The content of a text, comment or processing instruction; nothing for other nodes, see
    /// [`Node::string_value`]. Line ends are `\n`, references are resolved.
    pub fn text(&self) -> Option<Cow<'a, str>> {
        let data = self.data();
        let (start, end) = (data.start as usize, data.end as usize);
        match data.kind() {
            data::TEXT => Some(decode::text(
                self.doc.text_at(start, end),
                data.has(ENCODED),
            )),
            data::COMMENT => Some(decode::line_ends(self.doc.text_at(start + 4, end - 3))),
            data::INSTRUCTION => {
                let inside = self
                    .doc
                    .text_at(start + 2 + self.local_name().len(), end - 2);
                Some(decode::line_ends(
                    inside.trim_start_matches([' ', '\t', '\n', '\r']),
                ))
            }
            _ => None,
        }
    }

    /// The string value of XPath: all text inside an element or document, else [`Node::text`].
    pub fn string_value(&self) -> Cow<'a, str> {
        if !matches!(self.data().kind(), data::ELEMENT | data::DOCUMENT) {
            return self.text().unwrap_or_default();
        }
        let mut texts = self
            .descendants()
            .filter(Node::is_text)
            .filter_map(|node| node.text());
        let Some(mut value) = texts.next() else {
            return Cow::Borrowed("");
        };
        for text in texts {
            value.to_mut().push_str(&text);
        }
        value
    }

    /// Bytes of this node in the input: an element from its start tag to its end tag.
    ///
    /// A node that an edit added has no bytes there: the range is empty and lies where the
    /// nearest ancestor from the input begins.
    pub fn span(&self) -> Range<usize> {
        match self.in_input() {
            Some(node) if node.id == self.id => {
                let data = self.data();
                let source = &self.doc.source;
                let start = if self.id == 0 {
                    0
                } else {
                    source.original(data.start as usize)
                };
                start..source.original(data.end as usize)
            }
            Some(node) => {
                let start = node.span().start;
                start..start
            }
            None => 0..0,
        }
    }

    /// Bytes of the start tag of an element in the input, `<` and `>` included; for other nodes
    /// as [`Node::span`].
    pub fn start_tag_span(&self) -> Range<usize> {
        let span = self.span();
        let data = self.data();
        if data.kind() != data::ELEMENT || span.is_empty() {
            return span;
        }
        span.start..self.doc.source.original(data.tag_end as usize)
    }

    /// Line and column where this node begins in the input.
    pub fn position(&self) -> Position {
        let start = self.in_input().map_or(0, |node| node.data().start as usize);
        self.doc.source.position(start)
    }

    /// This node or its nearest ancestor that is not the work of an edit.
    fn in_input(&self) -> Option<Node<'a>> {
        let len = self.doc.source.len;
        let inside = |node: &Node<'a>| node.id == 0 || (node.data().start as usize) < len;
        std::iter::once(*self).chain(self.ancestors()).find(inside)
    }
}

/// The prefix in `xmlns:prefix="`, nothing for `xmlns="`.
pub(crate) fn declared_prefix(written: &str) -> Option<&str> {
    let prefix = written.strip_prefix("xmlns:")?;
    prefix
        .split(|c: char| c == '=' || (c.is_ascii() && is_space(c as u8)))
        .next()
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.doc, other.doc)
    }
}

impl Eq for Node<'_> {}

impl Hash for Node<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
        std::ptr::from_ref(self.doc).hash(state);
    }
}

/// Without content: it may be a patient's.
impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({}, {:?}", self.id, self.kind())?;
        if self.is_element() {
            write!(f, " {}", self.local_name())?;
        }
        write!(f, ")")
    }
}
