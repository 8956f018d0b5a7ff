//! What the compiler knows of an expression without running it.

use std::ops::BitOr;

use crate::xpath::functions::Returns;
use crate::xpath::ir::Ir;

/// What a value depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Deps(u8);

impl Deps {
    pub(super) const NONE: Self = Self(0);
    /// The context item itself.
    pub(super) const ITEM: Self = Self(1);
    /// The document of the context item.
    pub(super) const ROOT: Self = Self(2);
    pub(super) const POSITION: Self = Self(4);
    pub(super) const LAST: Self = Self(8);
    pub(super) const GLOBAL: Self = Self(16);
    pub(super) const LOCAL: Self = Self(32);
    pub(super) const CURRENT: Self = Self(64);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// All that a new context item hides.
    pub(super) fn focus() -> Self {
        Self::ITEM | Self::ROOT | Self::POSITION | Self::LAST
    }
}

impl BitOr for Deps {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// An expression with what is known of it.
pub(super) struct Typed {
    pub(super) ir: Ir,
    pub(super) returns: Returns,
    pub(super) deps: Deps,
    /// At most one item.
    pub(super) one: bool,
    /// Nodes in document order, each once.
    pub(super) ordered: bool,
    /// No node is inside another.
    pub(super) peers: bool,
    /// Worth remembering for the whole document: walks far or loads a document.
    pub(super) costly: bool,
}

impl Typed {
    /// One atomic value.
    pub(super) fn value(ir: Ir, returns: Returns, deps: Deps) -> Self {
        Self {
            ir,
            returns,
            deps,
            one: true,
            ordered: true,
            peers: true,
            costly: false,
        }
    }

    /// Any number of items of which nothing is known.
    pub(super) fn sequence(ir: Ir, returns: Returns, deps: Deps) -> Self {
        Self {
            ir,
            returns,
            deps,
            one: false,
            ordered: false,
            peers: false,
            costly: false,
        }
    }

    pub(super) fn costly(mut self, costly: bool) -> Self {
        self.costly = costly;
        self
    }
}
