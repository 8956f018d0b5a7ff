//! Which elements of a document have a given value somewhere near.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::document::{IndexedDocument, NONE, NodeKind, NodeRef};
use super::names::{NamePool, PoolName};

/// Elements of a name (or all), by a value found along a short path: `@a`, `b/@a`, `text()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct IndexSpec {
    pub(crate) element: Option<PoolName>,
    pub(crate) child: Option<PoolName>,
    pub(crate) leaf: Leaf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Leaf {
    Attribute(PoolName),
    Text,
}

/// Pairs of the hash of a value and the rank of an element, sorted. A hash is no proof: the
/// expression is still evaluated on every element found.
#[derive(Debug)]
pub(crate) struct ValueIndex {
    pairs: Vec<(u32, u32)>,
}

pub(crate) fn hash_value(value: &str) -> u32 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

impl ValueIndex {
    pub(crate) fn build(document: &IndexedDocument<'_>, spec: &IndexSpec, pool: &NamePool) -> Self {
        let mut pairs = Vec::new();
        let attribute = match spec.leaf {
            Leaf::Attribute(name) => document.resolve(pool, name),
            _ => NONE,
        };
        let mut add = |owner: u32, node: NodeRef<'_>| match spec.leaf {
            Leaf::Attribute(_) => {
                let found = (attribute != NONE)
                    .then(|| {
                        node.tree_node()
                            .attributes()
                            .find(|a| a.name_id().index() == attribute as usize)
                    })
                    .flatten();
                if let Some(found) = found {
                    pairs.push((hash_value(&found.value()), owner));
                }
            }
            Leaf::Text => {
                for child in node.children().filter(|c| c.kind() == NodeKind::Text) {
                    pairs.push((hash_value(&child.string_value()), owner));
                }
            }
        };
        match (spec.child, spec.element) {
            // From the children up: they are fewer than the elements.
            (Some(child), element) => {
                let element = element.map(|name| document.resolve(pool, name));
                for &rank in document.ranks_named(document.resolve(pool, child)) {
                    let parent = document.row(rank).parent;
                    if parent == NONE {
                        continue;
                    }
                    let owner = document.row(parent);
                    if owner.kind == NodeKind::Element && element.is_none_or(|n| n == owner.name) {
                        add(parent, document.at(rank));
                    }
                }
            }
            (None, Some(element)) => {
                for &rank in document.ranks_named(document.resolve(pool, element)) {
                    add(rank, document.at(rank));
                }
            }
            (None, None) => {
                for node in document.nodes().filter(|n| n.kind() == NodeKind::Element) {
                    add(node.rank, node);
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Self { pairs }
    }

    /// Ranks from `from` to `to` (both included) that may hold the value, in order.
    pub(crate) fn candidates(&self, hash: u32, from: u32, to: u32) -> &[(u32, u32)] {
        let start = self.pairs.partition_point(|&pair| pair < (hash, from));
        let end = self.pairs.partition_point(|&pair| pair <= (hash, to));
        self.pairs.get(start..end).unwrap_or(&[])
    }
}
