//! One walk of the tree of contexts over one document.

use std::rc::Rc;
use std::sync::Arc;

use super::key::Nodes;
use super::tree::{Compiled, ContextTree, First, NodeIndex, StepKind};
use crate::run::Evaluation;
use crate::xpath::index::{IndexSpec, Leaf, hash_value};
use crate::xpath::{IndexedDocument, NamePool, NodeKind, NodeRef, XPathError};

/// Selects the nodes of contexts, each step once per document.
pub(crate) struct Selector<'s, 'd> {
    tree: &'s ContextTree,
    document: &'d IndexedDocument<'d>,
    pool: Arc<NamePool>,
    lists: Vec<Option<Selected<'d>>>,
}

/// The nodes of a step, in document order.
#[derive(Clone)]
pub(crate) struct Selected<'d> {
    pub(crate) nodes: Rc<[NodeRef<'d>]>,
    /// A file that the step asks for cannot be read: the list may lack nodes.
    pub(crate) doubt: Option<Rc<XPathError>>,
}

impl<'s, 'd> Selector<'s, 'd> {
    pub(crate) fn new(
        tree: &'s ContextTree,
        document: &'d IndexedDocument<'d>,
        pool: Arc<NamePool>,
    ) -> Self {
        Self {
            tree,
            document,
            pool,
            lists: vec![None; tree.nodes.len()],
        }
    }

    /// The nodes of a tree node.
    ///
    /// # Errors
    /// Only bounds of ours and expressions that do not compile: a dynamic error inside a context
    /// means that the node does not match.
    pub(crate) fn select(
        &mut self,
        end: NodeIndex,
        evaluation: &Evaluation<'_, 'd>,
    ) -> Result<Selected<'d>, XPathError> {
        let mut chain = vec![end];
        while let Some(&at) = chain.last() {
            match self.tree.nodes.get(at as usize).map(|n| &n.kind) {
                Some(StepKind::Next { parent, .. })
                    if self
                        .lists
                        .get(*parent as usize)
                        .is_some_and(Option::is_none) =>
                {
                    chain.push(*parent);
                }
                _ => break,
            }
        }
        let mut last = None;
        while let Some(at) = chain.pop() {
            let known = self.lists.get(at as usize).and_then(Clone::clone);
            let list = match known {
                Some(list) => list,
                None => self.compute(at, evaluation)?,
            };
            if let Some(slot) = self.lists.get_mut(at as usize) {
                *slot = Some(list.clone());
            }
            last = Some(list);
        }
        Ok(last.unwrap_or_else(|| Selected {
            nodes: Rc::from([]),
            doubt: None,
        }))
    }

    fn compute(
        &self,
        at: NodeIndex,
        evaluation: &Evaluation<'_, 'd>,
    ) -> Result<Selected<'d>, XPathError> {
        let mut out = Collector {
            nodes: Vec::new(),
            doubt: None,
        };
        match self.tree.step(at)? {
            Compiled::Document => out.nodes.push(self.document.root()),
            Compiled::Opaque(pattern) => {
                for node in self.visited() {
                    out.test(node, evaluation.matches(pattern, node))?;
                }
            }
            Compiled::First(first) => self.first(first, evaluation, &mut out)?,
            Compiled::Next { select, one_by_one } => {
                let Some(StepKind::Next { parent, deep, .. }) =
                    self.tree.nodes.get(at as usize).map(|n| &n.kind)
                else {
                    return Ok(out.finish());
                };
                let parents = self.lists.get(*parent as usize).and_then(Clone::clone);
                let Some(parents) = parents else {
                    return Ok(out.finish());
                };
                out.doubt.clone_from(&parents.doubt);
                for &from in parents.nodes.iter() {
                    match evaluation.value(select, from) {
                        Ok(found) => {
                            out.nodes
                                .extend(found.iter().filter_map(|item| item.as_node()));
                        }
                        Err(error) if error.is_limit() => return Err(error),
                        // One node's error must not hide its siblings.
                        Err(error) => {
                            if error.code == crate::run::UNAVAILABLE {
                                out.doubt.get_or_insert_with(|| Rc::new(error));
                            }
                            for node in candidates(from, *deep) {
                                out.test(node, evaluation.matches(one_by_one, node))?;
                            }
                        }
                    }
                }
                out.nodes.retain(|n| n.kind() != NodeKind::Text);
                if parents.nodes.len() > 1 || *deep {
                    out.nodes.sort_by(NodeRef::order);
                    out.nodes.dedup();
                }
            }
        }
        Ok(out.finish())
    }

    fn first(
        &self,
        first: &First,
        evaluation: &Evaluation<'_, 'd>,
        out: &mut Collector<'d>,
    ) -> Result<(), XPathError> {
        let document = self.document;
        let mut visit = |node: NodeRef<'d>| match &first.pattern {
            None => {
                out.nodes.push(node);
                Ok(())
            }
            Some(pattern) => out.test(node, evaluation.matches(pattern, node)),
        };
        let name = first.element.map(|name| document.resolve(&self.pool, name));
        if let Some(marker) = &first.marker {
            let spec = IndexSpec {
                element: None,
                child: Some(marker.child),
                leaf: Leaf::Attribute(marker.attribute),
            };
            let index = document.value_index(spec, &self.pool);
            let mut ranks: Vec<u32> = Vec::new();
            for value in &marker.values {
                let found = index.candidates(hash_value(value), 0, u32::MAX);
                ranks.extend(found.iter().map(|(_, rank)| *rank));
            }
            if marker.values.len() > 1 {
                ranks.sort_unstable();
                ranks.dedup();
            }
            for rank in ranks {
                if name.is_none_or(|name| document.row(rank).name == name) {
                    visit(document.at(rank))?;
                }
            }
            return Ok(());
        }
        if let Some(name) = name {
            for rank in document.ranks_named(name) {
                visit(document.at(*rank))?;
            }
            return Ok(());
        }
        let wanted = |node: &NodeRef<'_>| match (&first.nodes, node.kind()) {
            (Nodes::Element { .. } | Nodes::AnyElement, kind) => kind == NodeKind::Element,
            (Nodes::Comment, kind) => kind == NodeKind::Comment,
            (Nodes::Instruction, kind) => kind == NodeKind::Instruction,
            (Nodes::Any, kind) => matches!(
                kind,
                NodeKind::Element | NodeKind::Comment | NodeKind::Instruction
            ),
            (Nodes::Attribute | Nodes::Nothing, _) => false,
        };
        match first.nodes {
            Nodes::Nothing => {}
            Nodes::Attribute => {
                for element in document.nodes().filter(|n| n.kind() == NodeKind::Element) {
                    for attribute in element.attributes() {
                        visit(attribute)?;
                    }
                }
            }
            _ => {
                for node in document.nodes().filter(wanted) {
                    visit(node)?;
                }
            }
        }
        Ok(())
    }

    /// Every node that rules may fire on, in document order: text is never visited.
    fn visited(&self) -> impl Iterator<Item = NodeRef<'d>> + use<'d> {
        self.document
            .nodes()
            .filter(|n| n.kind() != NodeKind::Text)
            .flat_map(|n| std::iter::once(n).chain(n.attributes()))
    }
}

/// What a step may select from a node: children and attributes, of descendants too when `deep`.
fn candidates<'d>(from: NodeRef<'d>, deep: bool) -> Vec<NodeRef<'d>> {
    let mut out = Vec::new();
    let document = from.document();
    let end = if deep {
        document.end(from.rank)
    } else {
        from.rank
    };
    for rank in from.rank..=end {
        let node = document.at(rank);
        out.extend(node.attributes());
        out.extend(node.children());
    }
    out
}

struct Collector<'d> {
    nodes: Vec<NodeRef<'d>>,
    doubt: Option<Rc<XPathError>>,
}

impl<'d> Collector<'d> {
    fn test(
        &mut self,
        node: NodeRef<'d>,
        matched: Result<bool, XPathError>,
    ) -> Result<(), XPathError> {
        match matched {
            Ok(true) => self.nodes.push(node),
            Ok(false) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn finish(self) -> Selected<'d> {
        Selected {
            nodes: self.nodes.into(),
            doubt: self.doubt,
        }
    }
}
