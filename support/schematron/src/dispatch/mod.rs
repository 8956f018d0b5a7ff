//! Which nodes each rule context selects.
//!
//! Contexts are cut into steps ([`split`]); equal beginnings are shared, so that the contexts of a
//! schema form a tree ([`ContextTree`]). A run walks the tree once: the nodes of a first step come
//! from an index by name or by marker ([`key`]), those of the next steps from their parents.

mod key;
mod select;
mod split;
mod tree;

pub(crate) use select::Selector;
pub(crate) use tree::ContextTree;
