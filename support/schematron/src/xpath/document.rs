//! A tree laid out for XPath: rows in document order, so that a subtree is a range of numbers.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;
use segur_xml::{Attribute, Document, NameId, Node, NodeId};

use super::index::{IndexSpec, ValueIndex};
use super::names::{NamePool, PoolName};
use super::value::Atomic;

pub(crate) const NONE: u32 = u32::MAX;

/// What a node is, in the terms of XPath.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NodeKind {
    /// The document node.
    Document,
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// Text.
    Text,
    /// A comment.
    Comment,
    /// A processing instruction.
    Instruction,
    /// A namespace in scope.
    Namespace,
}

enum Source<'a> {
    Borrowed(&'a Document),
    Owned(Box<Document>),
}

/// One node in document order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    node: NodeId,
    pub(crate) parent: u32,
    /// Last row of the subtree.
    pub(crate) end: u32,
    /// Name of an element.
    pub(crate) name: u32,
    pub(crate) kind: NodeKind,
}

/// A document made ready for many expressions: names resolved, elements listed by name, values
/// indexed when an expression first asks for it. `Send + Sync`.
pub struct IndexedDocument<'a> {
    source: Source<'a>,
    uri: Arc<str>,
    pub(crate) rows: Vec<Row>,
    rank_of: Vec<u32>,
    /// Name of this document for each name of the pool, at the time the document was indexed.
    pool_names: Vec<u32>,
    /// Rows of the elements of name `n`: `by_name[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    by_name: Vec<u32>,
    values: RwLock<FxHashMap<IndexSpec, Arc<ValueIndex>>>,
}

impl std::fmt::Debug for IndexedDocument<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexedDocument")
            .field("uri", &self.uri)
            .finish_non_exhaustive()
    }
}

impl<'a> IndexedDocument<'a> {
    /// Indexes the document that is validated. The document must not change while this lives.
    #[must_use]
    pub fn new(document: &'a Document, pool: &NamePool) -> Self {
        Self::build(Source::Borrowed(document), "".into(), pool)
    }

    fn build(source: Source<'a>, uri: Arc<str>, pool: &NamePool) -> Self {
        let tree = match &source {
            Source::Borrowed(document) => document,
            Source::Owned(document) => &**document,
        };
        let (rows, rank_of) = lay_out(tree);
        let mut starts = vec![0u32; tree.name_count() + 1];
        for row in &rows {
            if let Some(count) = starts.get_mut(row.name.wrapping_add(1) as usize)
                && row.name != NONE
            {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut next = starts.clone();
        let mut by_name = vec![0u32; total as usize];
        for (rank, row) in rows.iter().enumerate() {
            if let Some(at) = next.get_mut(row.name as usize)
                && let Some(place) = by_name.get_mut(*at as usize)
            {
                *place = rank as u32;
                *at += 1;
            }
        }
        let pool_names = pool
            .snapshot()
            .iter()
            .map(|(ns, local)| tree.name_id(ns, local).map_or(NONE, |id| id.index() as u32))
            .collect();
        let values = RwLock::default();
        Self {
            source,
            uri,
            rows,
            rank_of,
            pool_names,
            starts,
            by_name,
            values,
        }
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &Document {
        match &self.source {
            Source::Borrowed(document) => document,
            Source::Owned(document) => document,
        }
    }

    /// Where the document came from; empty for the one that is validated.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The document node.
    #[must_use]
    pub fn root(&self) -> NodeRef<'_> {
        NodeRef {
            document: self,
            rank: 0,
            part: 0,
        }
    }

    /// The node of the tree as XPath sees it; nothing when it is of another document.
    #[must_use]
    pub fn node(&self, node: Node<'_>) -> Option<NodeRef<'_>> {
        let rank = *self.rank_of.get(node.id().index())?;
        (rank != NONE && std::ptr::eq(node.document(), self.tree())).then_some(NodeRef {
            document: self,
            rank,
            part: 0,
        })
    }

    /// The elements with this name (`""`: no namespace), in document order.
    pub fn elements_named(&self, ns: &str, local: &str) -> impl Iterator<Item = NodeRef<'_>> {
        let ranks = match self.tree().name_id(ns, local) {
            Some(id) => self.ranks_named(id.index() as u32),
            None => &[],
        };
        ranks.iter().map(|&rank| NodeRef {
            document: self,
            rank,
            part: 0,
        })
    }

    /// Every node in document order, attributes left out.
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef<'_>> {
        (0..self.rows.len() as u32).map(|rank| NodeRef {
            document: self,
            rank,
            part: 0,
        })
    }

    pub(crate) fn at(&self, rank: u32) -> NodeRef<'_> {
        NodeRef {
            document: self,
            rank,
            part: 0,
        }
    }

    pub(crate) fn ranks_named(&self, name: u32) -> &[u32] {
        let index = name as usize;
        match (
            self.starts.get(index),
            self.starts.get(index.wrapping_add(1)),
        ) {
            (Some(&from), Some(&to)) => self.by_name.get(from as usize..to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Ranks of the elements of a name strictly inside a subtree.
    pub(crate) fn ranks_below(&self, name: u32, top: u32) -> &[u32] {
        let all = self.ranks_named(name);
        let end = self.end(top);
        let from = all.partition_point(|&rank| rank <= top);
        let to = all.partition_point(|&rank| rank <= end);
        all.get(from..to).unwrap_or(&[])
    }

    /// The number of a pool name here, or [`NONE`].
    pub(crate) fn resolve(&self, pool: &NamePool, name: PoolName) -> u32 {
        match self.pool_names.get(name.0 as usize) {
            Some(&id) => id,
            None => self.resolve_late(pool, name),
        }
    }

    /// A name that the pool learned after the document was indexed.
    #[cold]
    fn resolve_late(&self, pool: &NamePool, name: PoolName) -> u32 {
        pool.get(name)
            .and_then(|(ns, local)| self.tree().name_id(&ns, &local))
            .map_or(NONE, |id| id.index() as u32)
    }

    #[inline]
    pub(crate) fn row(&self, rank: u32) -> &Row {
        // Ranks only come from this table.
        &self.rows[rank as usize]
    }

    #[inline]
    pub(crate) fn end(&self, rank: u32) -> u32 {
        self.row(rank).end
    }

    pub(crate) fn tree_node(&self, rank: u32) -> Node<'_> {
        let tree = self.tree();
        tree.node(self.row(rank).node).unwrap_or(tree.root())
    }

    /// The index of `spec`, made when first asked for.
    pub(crate) fn value_index(&self, spec: IndexSpec, pool: &NamePool) -> Arc<ValueIndex> {
        let read = self
            .values
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(index) = read.get(&spec) {
            return Arc::clone(index);
        }
        drop(read);
        let index = Arc::new(ValueIndex::build(self, &spec, pool));
        let mut write = self
            .values
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(write.entry(spec).or_insert(index))
    }
}

impl IndexedDocument<'static> {
    /// Indexes a document that the rules load, known by `uri`.
    #[must_use]
    pub fn owned(document: Document, uri: impl Into<Arc<str>>, pool: &NamePool) -> Self {
        Self::build(Source::Owned(Box::new(document)), uri.into(), pool)
    }
}

/// Rows in document order, and the row of each node id.
fn lay_out(tree: &Document) -> (Vec<Row>, Vec<u32>) {
    let mut rows: Vec<Row> = Vec::with_capacity(tree.node_count());
    let mut rank_of = vec![NONE; tree.node_count()];
    let root = tree.root();
    // Rows whose subtree is not complete yet.
    let mut open: Vec<u32> = Vec::new();
    let mut node = Some(root);
    while let Some(current) = node {
        let rank = rows.len() as u32;
        rows.push(Row {
            node: current.id(),
            parent: open.last().copied().unwrap_or(NONE),
            end: rank,
            name: current.name_id().map_or(NONE, |id| id.index() as u32),
            kind: match current.kind() {
                segur_xml::NodeKind::Element => NodeKind::Element,
                segur_xml::NodeKind::Text => NodeKind::Text,
                segur_xml::NodeKind::Comment => NodeKind::Comment,
                segur_xml::NodeKind::ProcessingInstruction => NodeKind::Instruction,
                _ => NodeKind::Document,
            },
        });
        if let Some(place) = rank_of.get_mut(current.id().index()) {
            *place = rank;
        }
        if let Some(child) = current.first_child() {
            open.push(rank);
            node = Some(child);
            continue;
        }
        let mut last = current;
        node = loop {
            if last == root {
                break None;
            }
            if let Some(next) = last.next_sibling() {
                break Some(next);
            }
            let end = rows.len() as u32 - 1;
            if let Some(row) = open.pop().and_then(|parent| rows.get_mut(parent as usize)) {
                row.end = end;
            }
            match last.parent() {
                Some(parent) => last = parent,
                None => break None,
            }
        };
    }
    (rows, rank_of)
}

/// A node of any kind: a cheap handle.
#[derive(Clone, Copy)]
pub struct NodeRef<'d> {
    pub(crate) document: &'d IndexedDocument<'d>,
    pub(crate) rank: u32,
    /// 0: the node of that rank; up to [`FIRST_ATTRIBUTE`]: a namespace; then its attributes.
    pub(crate) part: u32,
}

pub(crate) const FIRST_ATTRIBUTE: u32 = 1 << 20;

impl PartialEq for NodeRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.rank == other.rank
            && self.part == other.part
            && std::ptr::eq(self.document, other.document)
    }
}

impl Eq for NodeRef<'_> {}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}/{}", self.kind(), self.rank, self.part)
    }
}

impl<'d> NodeRef<'d> {
    /// What the node is.
    #[must_use]
    pub fn kind(&self) -> NodeKind {
        match self.part {
            0 => self.document.row(self.rank).kind,
            part if part < FIRST_ATTRIBUTE => NodeKind::Namespace,
            _ => NodeKind::Attribute,
        }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &'d IndexedDocument<'d> {
        self.document
    }

    /// The node in the tree: for an attribute or a namespace, its element.
    #[must_use]
    pub fn tree_node(&self) -> Node<'d> {
        self.document.tree_node(self.rank)
    }

    /// The attribute in the tree, when the node is one.
    #[must_use]
    pub fn attribute(&self) -> Option<Attribute<'d>> {
        let index = self.part.checked_sub(FIRST_ATTRIBUTE)?;
        self.tree_node().attributes().nth(index as usize)
    }

    fn namespace_node(&self) -> Option<(Cow<'d, str>, Cow<'d, str>)> {
        namespaces(self.tree_node())
            .into_iter()
            .nth(self.part.checked_sub(1)? as usize)
    }

    pub(crate) fn name_id(&self) -> Option<NameId> {
        match self.part {
            0 => self.tree_node().name_id(),
            part if part < FIRST_ATTRIBUTE => None,
            _ => self.attribute().map(|a| a.name_id()),
        }
    }

    /// Local name; the target of a processing instruction; the prefix of a namespace; else empty.
    #[must_use]
    pub fn local_name(&self) -> Cow<'d, str> {
        match self.kind() {
            NodeKind::Attribute => self.attribute().map_or("", |a| a.local_name()).into(),
            NodeKind::Namespace => self.namespace_node().map(|n| n.0).unwrap_or_default(),
            NodeKind::Element | NodeKind::Instruction => self.tree_node().local_name().into(),
            _ => "".into(),
        }
    }

    /// Namespace of an element or attribute, empty when there is none.
    #[must_use]
    pub fn namespace(&self) -> &'d str {
        match self.kind() {
            NodeKind::Attribute => self.attribute().map_or("", |a| a.namespace()),
            NodeKind::Element => self.tree_node().namespace(),
            _ => "",
        }
    }

    /// Prefix of an element or attribute.
    #[must_use]
    pub fn prefix(&self) -> Option<&'d str> {
        match self.kind() {
            NodeKind::Attribute => self.attribute().and_then(|a| a.prefix()),
            NodeKind::Element => self.tree_node().prefix(),
            _ => None,
        }
    }

    /// The name as written: what `name()` gives.
    #[must_use]
    pub fn name(&self) -> Cow<'d, str> {
        match self.prefix() {
            Some(prefix) if !prefix.is_empty() => format!("{prefix}:{}", self.local_name()).into(),
            _ => self.local_name(),
        }
    }

    /// The string value.
    #[must_use]
    pub fn string_value(&self) -> Cow<'d, str> {
        match self.part {
            0 => self.tree_node().string_value(),
            part if part < FIRST_ATTRIBUTE => {
                self.namespace_node().map(|n| n.1).unwrap_or_default()
            }
            _ => self.attribute().map_or(Cow::Borrowed(""), |a| a.value()),
        }
    }

    pub(crate) fn typed_value(&self) -> Atomic<'d> {
        match self.kind() {
            NodeKind::Comment | NodeKind::Instruction | NodeKind::Namespace => {
                Atomic::String(self.string_value().into())
            }
            _ => Atomic::Untyped(self.string_value().into()),
        }
    }

    /// The parent; of an attribute, its element.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        if self.part != 0 {
            return Some(self.document.at(self.rank));
        }
        let parent = self.document.row(self.rank).parent;
        (parent != NONE).then(|| self.document.at(parent))
    }

    /// The topmost node of the tree that the node is in.
    #[must_use]
    pub fn root(&self) -> Self {
        self.document.at(0)
    }

    /// The children, attributes not among them.
    pub fn children(&self) -> impl Iterator<Item = NodeRef<'d>> + use<'d> {
        let document = self.document;
        let (mut next, end) = match self.part {
            0 => (self.rank + 1, document.end(self.rank)),
            _ => (1, 0),
        };
        std::iter::from_fn(move || {
            if next > end {
                return None;
            }
            let node = document.at(next);
            next = document.end(next) + 1;
            Some(node)
        })
    }

    /// The attributes, namespace declarations not among them.
    pub fn attributes(&self) -> impl Iterator<Item = NodeRef<'d>> + use<'d> {
        let (document, rank) = (self.document, self.rank);
        let count = match (self.part, document.row(rank).kind) {
            (0, NodeKind::Element) => self.tree_node().attributes().count() as u32,
            _ => 0,
        };
        (0..count).map(move |i| NodeRef {
            document,
            rank,
            part: FIRST_ATTRIBUTE + i,
        })
    }

    pub(crate) fn namespace_count(&self) -> u32 {
        match (self.part, self.kind()) {
            (0, NodeKind::Element) => namespaces(self.tree_node()).len() as u32,
            _ => 0,
        }
    }

    /// Document order; nodes of several documents follow the order of their addresses in the
    /// rules, the validated document first.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        if std::ptr::eq(self.document, other.document) {
            return (self.rank, self.part).cmp(&(other.rank, other.part));
        }
        let address = |d: &IndexedDocument<'_>| std::ptr::from_ref(d).addr();
        self.document
            .uri
            .cmp(&other.document.uri)
            .then_with(|| address(self.document).cmp(&address(other.document)))
    }
}

/// Prefix and namespace of every namespace in scope, `xml` included.
fn namespaces(node: Node<'_>) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
    let mut all: Vec<_> = node
        .namespaces_in_scope()
        .into_iter()
        .map(|n| {
            (
                Cow::Borrowed(n.prefix.unwrap_or("")),
                Cow::Borrowed(n.namespace),
            )
        })
        .collect();
    all.push(("xml".into(), "http://www.w3.org/XML/1998/namespace".into()));
    all
}
