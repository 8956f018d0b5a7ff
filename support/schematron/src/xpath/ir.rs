//! The compiled form: names, variables and functions resolved, common forms made special.

use std::sync::Arc;

use super::ast::{ArithmeticOp, Axis, CompareOp, SetOp};
use super::document::{IndexedDocument, NONE, NodeKind, NodeRef};
use super::functions::Function;
use super::index::Leaf;
use super::names::{NamePool, PoolName};
use super::regex_cache::RegexSite;
use super::types::{AtomicType, SequenceType};
use super::value::Atomic;

#[derive(Debug)]
pub(crate) enum Ir {
    Empty,
    Literal(Atomic<'static>),
    /// A variable of the front-end, by slot.
    Global(u32),
    /// A variable bound in the expression, by its depth.
    Local(u32),
    ContextItem,
    /// `current()`: the item that the whole expression is evaluated for.
    Current,
    Sequence(Vec<Ir>),
    Or(Vec<Ir>),
    And(Vec<Ir>),
    Not(Box<Ir>),
    /// `exists(x)`, or `empty(x)` when the flag is false.
    Exists(bool, Box<Ir>),
    /// `count(x) op n`: counts no further than needed.
    CountCompare(Box<Ir>, CompareOp, u64),
    General(CompareOp, Box<Ir>, Box<Ir>, usize),
    /// `x = 'a'` or `x = ('a', 'b')`, literals only.
    EqualsText(Box<Ir>, Vec<Arc<str>>, usize),
    /// `x = y` with `y` the same whatever the context: its values are hashed.
    EqualsFixed(Box<Ir>, Box<Ir>, MemoId, usize),
    Value(CompareOp, Box<Ir>, Box<Ir>, usize),
    NodeCompare(NodeComparison, Box<Ir>, Box<Ir>, usize),
    Range(Box<Ir>, Box<Ir>, usize),
    Arithmetic(Box<Ir>, Vec<(ArithmeticOp, Ir)>, usize),
    Sign(bool, Box<Ir>, usize),
    Union(Vec<Ir>, usize),
    Set(Box<Ir>, Vec<(SetOp, Ir)>, usize),
    InstanceOf(Box<Ir>, SequenceType),
    TreatAs(Box<Ir>, SequenceType, usize),
    Castable(Box<Ir>, AtomicType, bool, Arc<Prefixes>),
    Cast(Box<Ir>, AtomicType, bool, usize, Arc<Prefixes>),
    If(Box<Ir>, Box<Ir>, Box<Ir>),
    For(u32, Box<Ir>, Box<Ir>),
    /// `every` (flag true) or `some`.
    Quantified(bool, u32, Box<Ir>, Box<Ir>),
    Path(Box<PathIr>),
    /// `a/b/number(@c)`: an expression for each node.
    Map(Box<Ir>, Box<Ir>, usize),
    Filter(Box<Ir>, Vec<Predicate>),
    Call(Function, Vec<Ir>, Box<CallSite>),
    /// The same for a whole document: computed once a run.
    Memo(MemoId, Box<Ir>),
}

/// What a call may need to know of its surroundings.
#[derive(Debug)]
pub(crate) struct CallSite {
    pub(crate) at: usize,
    pub(crate) base: Arc<str>,
    /// Of the functions that take a regular expression.
    pub(crate) regex: Option<RegexSite>,
}

/// Prefixes of the static context, for casts of literals to QName.
pub(crate) type Prefixes = Vec<(String, String)>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MemoId(pub(crate) u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeComparison {
    Is,
    Before,
    After,
}

#[derive(Debug)]
pub(crate) struct PathIr {
    pub(crate) start: Start,
    pub(crate) steps: Vec<AxisStep>,
    /// The steps yield nodes in document order, each once.
    pub(crate) ordered: bool,
    pub(crate) at: usize,
}

#[derive(Debug)]
pub(crate) enum Start {
    Root,
    Context,
    Expr(Ir),
}

#[derive(Debug)]
pub(crate) struct AxisStep {
    pub(crate) axis: Axis,
    pub(crate) test: NodeTest,
    pub(crate) predicates: Vec<Predicate>,
    /// A predicate `path = value` of a descendant step that an index can answer first.
    pub(crate) index: Option<IndexUse>,
    /// The predicates can be applied while walking (no `last()`, at most one position).
    pub(crate) streams: bool,
}

#[derive(Debug)]
pub(crate) struct IndexUse {
    pub(crate) element: Option<PoolName>,
    pub(crate) child: Option<PoolName>,
    pub(crate) leaf: Leaf,
    pub(crate) pool: Arc<NamePool>,
    /// What the value must be equal to: does not look at the context item.
    pub(crate) value: IndexValue,
}

#[derive(Debug)]
pub(crate) enum IndexValue {
    Literal(Arc<str>),
    Global(u32),
    Local(u32),
}

#[derive(Debug)]
pub(crate) enum Predicate {
    /// True or false, wherever the item stands.
    Boolean(Ir),
    /// `[3]`
    Position(u64),
    /// `[last()]`
    Last,
    /// Anything else; `uses_last`.
    Any(Ir, bool),
}

#[derive(Debug, Clone)]
pub(crate) enum NodeTest {
    /// `node()`
    Any,
    Kind(NodeKind),
    /// An element or attribute (by the flag) of any name.
    AnyName(NodeKind),
    Name(NodeKind, PoolName, Arc<NamePool>),
    Namespace(NodeKind, Arc<str>),
    Local(NodeKind, Arc<str>),
    Instruction(Arc<str>),
    Never,
}

/// A name test made ready for one document.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ResolvedTest<'e> {
    Any,
    Kind(NodeKind),
    Name(NodeKind, u32),
    Slow(&'e NodeTest),
    Never,
}

impl NodeTest {
    #[inline]
    pub(crate) fn resolve(&self, document: &IndexedDocument<'_>) -> ResolvedTest<'_> {
        match self {
            Self::Any => ResolvedTest::Any,
            Self::Kind(kind) | Self::AnyName(kind) => ResolvedTest::Kind(*kind),
            Self::Name(kind, name, pool) => match document.resolve(pool, *name) {
                NONE => ResolvedTest::Never,
                id => ResolvedTest::Name(*kind, id),
            },
            Self::Never => ResolvedTest::Never,
            slow => ResolvedTest::Slow(slow),
        }
    }

    pub(crate) fn matches(&self, node: NodeRef<'_>) -> bool {
        self.resolve(node.document).matches(node)
    }
}

impl ResolvedTest<'_> {
    #[inline]
    pub(crate) fn matches(&self, node: NodeRef<'_>) -> bool {
        match *self {
            Self::Any => true,
            Self::Kind(kind) => node.kind() == kind,
            Self::Name(NodeKind::Element, id) => {
                node.part == 0 && node.document.row(node.rank).name == id
            }
            Self::Name(kind, id) => {
                node.kind() == kind && node.name_id().is_some_and(|n| n.index() == id as usize)
            }
            Self::Slow(test) => match test {
                NodeTest::Namespace(kind, uri) => {
                    node.kind() == *kind && node.namespace() == &**uri
                }
                NodeTest::Local(kind, local) => {
                    node.kind() == *kind && node.local_name() == **local
                }
                NodeTest::Instruction(target) => {
                    node.kind() == NodeKind::Instruction && node.local_name() == **target
                }
                _ => false,
            },
            Self::Never => false,
        }
    }
}
