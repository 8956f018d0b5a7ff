use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use crate::data::{AttrData, NEW_TAG, NodeData, REMOVED};
use crate::encoding::{self, Encoding};
use crate::error::{ErrorKind, Fault, XmlError};
use crate::limits::{Limits, MAX_TEXT};
use crate::names::Names;
use crate::node::Node;
use crate::parse::{self, Job};
use crate::source::{Position, Source};

/// Index of a node in its document. In a document that was not edited, the order of ids is
/// document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// From 0 (the document node) to [`Document::node_count`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Index of an expanded name (namespace and local name) in its document: two nodes of the same
/// document have the same name exactly when their ids are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub(crate) u32);

impl NameId {
    /// From 0 to [`Document::name_count`], without holes.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An XML document, read once and kept as it was written.
#[derive(Clone)]
pub struct Document {
    pub(crate) source: Source,
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) attrs: Vec<AttrData>,
    pub(crate) names: Names,
    pub(crate) limits: Limits,
    /// Start tags that edits replaced, as spans of the text.
    pub(crate) new_tags: BTreeMap<u32, (u32, u32)>,
    /// Names in the order of namespace and local name.
    pub(crate) sorted: OnceLock<Vec<u32>>,
}

impl Document {
    /// Reads a document with the default [`Limits`].
    ///
    /// # Errors
    /// When the input is not well-formed, has a document type declaration, is in an encoding that
    /// is not read, or passes a limit.
    pub fn parse(bytes: &[u8]) -> Result<Self, XmlError> {
        Self::parse_with(bytes, &Limits::default())
    }

    /// Reads a document with other limits.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn parse_with(bytes: &[u8], limits: &Limits) -> Result<Self, XmlError> {
        let max = limits.max_bytes.min(MAX_TEXT);
        if bytes.len() > max {
            let kind = ErrorKind::TooLarge {
                limit: max,
                found: bytes.len(),
            };
            return Err(XmlError::new(kind, Position { line: 1, column: 1 }, 0));
        }
        let decoded = encoding::decode(bytes).map_err(|failed| {
            let before = failed.before;
            located(
                &Source::new(before.text, before.encoding, before.bom),
                failed.fault,
            )
        })?;
        Self::of(
            Source::new(decoded.text, decoded.encoding, decoded.bom),
            limits,
        )
    }

    /// Reads a text of the program's own, in UTF-8 and without declaration.
    pub(crate) fn of_text(text: String, limits: &Limits) -> Result<Self, XmlError> {
        Self::of(Source::new(text, Encoding::Utf8, false), limits)
    }

    fn of(source: Source, limits: &Limits) -> Result<Self, XmlError> {
        let job = Job {
            text: &source.text,
            from: 0,
            limits,
            names: Names::new(),
            nodes: 0,
            attrs: 0,
            fragment: None,
        };
        let (names, parsed) = parse::parse(job);
        match parsed {
            Ok(parsed) => Ok(Self {
                source,
                nodes: parsed.nodes,
                attrs: parsed.attrs,
                names,
                limits: limits.clone(),
                new_tags: BTreeMap::new(),
                sorted: OnceLock::new(),
            }),
            Err(fault) => Err(located(&source, *fault)),
        }
    }

    /// The document node, parent of the root element.
    pub fn root(&self) -> Node<'_> {
        Node { doc: self, id: 0 }
    }

    /// The root element.
    pub fn root_element(&self) -> Node<'_> {
        self.root().elements().next().unwrap_or(self.root())
    }

    /// The node with this id; nothing if it was removed or is of another document.
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        let data = self.nodes.get(id.index())?;
        (!data.has(REMOVED)).then_some(Node {
            doc: self,
            id: id.0,
        })
    }

    /// Nodes ever made, those removed by edits included: every [`NodeId::index`] is below.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// Distinct expanded names.
    pub fn name_count(&self) -> usize {
        self.names.names.len()
    }

    /// The id of an expanded name (`""` is no namespace); nothing if this document has no such
    /// element or attribute.
    pub fn name_id(&self, namespace: &str, local: &str) -> Option<NameId> {
        let uris = self.names.namespaces.iter();
        let ns = uris.zip(0_u32..).find(|(uri, _)| ***uri == *namespace)?.1;
        let sorted = self.sorted_names();
        let wanted = (ns, local.len(), local);
        let found = sorted.binary_search_by(|&id| self.sort_key(id).cmp(&wanted));
        sorted.get(found.ok()?).map(|&id| NameId(id))
    }

    fn sorted_names(&self) -> &[u32] {
        self.sorted.get_or_init(|| {
            let mut ids: Vec<u32> = (0..self.names.names.len() as u32).collect();
            ids.sort_unstable_by_key(|&id| self.sort_key(id));
            ids
        })
    }

    /// Numbers first: texts are seldom compared.
    fn sort_key(&self, id: u32) -> (u32, usize, &str) {
        let local = self.names.local(id, &self.source.text);
        let ns = self.names.names.get(id as usize).map_or(0, |name| name.ns);
        (ns, local.len(), local)
    }

    /// Every expanded name with its namespace (`""` is none) and local name, in the order of ids,
    /// which is that of first appearance.
    pub fn expanded_names(&self) -> impl Iterator<Item = (NameId, &str, &str)> {
        (0..self.names.names.len() as u32).map(|id| {
            (
                NameId(id),
                self.names.namespace(id),
                self.names.local(id, &self.source.text),
            )
        })
    }

    /// The encoding the document came in and is written in.
    pub fn encoding(&self) -> Encoding {
        self.source.encoding
    }

    /// Whether the input began with a byte order mark; it is then written, too.
    pub fn has_bom(&self) -> bool {
        self.source.bom
    }

    /// Bytes of the input.
    pub fn source_len(&self) -> usize {
        self.source.original_len()
    }

    /// Line and column of a byte of the input; past its end, those of the end. Offsets are those
    /// of [`Node::span`].
    pub fn position_at(&self, offset: usize) -> Position {
        self.source.position(self.source.offset_of(offset))
    }

    /// The start tag of an element, as a span of the text.
    pub(crate) fn tag_span(&self, id: u32) -> (usize, usize) {
        let Some(data) = self.nodes.get(id as usize) else {
            return (0, 0);
        };
        if data.has(NEW_TAG)
            && let Some(&(start, end)) = self.new_tags.get(&id)
        {
            return (start as usize, end as usize);
        }
        (data.start as usize, data.tag_end as usize)
    }

    pub(crate) fn text_at(&self, from: usize, to: usize) -> &str {
        self.source.text.get(from..to).unwrap_or("")
    }
}

/// Without content: it may be a patient's.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("bytes", &self.source.original_len())
            .field("encoding", &self.source.encoding)
            .field("nodes", &self.nodes.len())
            .finish_non_exhaustive()
    }
}

pub(crate) fn located(source: &Source, fault: Fault) -> XmlError {
    XmlError::new(
        fault.kind,
        source.position(fault.at),
        source.original(fault.at),
    )
}
