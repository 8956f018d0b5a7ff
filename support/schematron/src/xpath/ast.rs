//! What the parser hands to the compiler: names still have their prefixes.

/// A lexical QName.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QName<'s> {
    pub(crate) prefix: Option<&'s str>,
    pub(crate) local: &'s str,
}

/// An expression and the byte offsets where it starts and ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ast<'s> {
    pub(crate) kind: AstKind<'s>,
    pub(crate) at: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AstKind<'s> {
    String(String),
    Integer(&'s str),
    Decimal(&'s str),
    Double(&'s str),
    Variable(QName<'s>),
    ContextItem,
    /// `()` or `a, b`.
    Sequence(Vec<Ast<'s>>),
    Or(Vec<Ast<'s>>),
    And(Vec<Ast<'s>>),
    Compare(Comparison, Box<Ast<'s>>, Box<Ast<'s>>),
    Range(Box<Ast<'s>>, Box<Ast<'s>>),
    /// Left to right, operators of one precedence.
    Arithmetic(Box<Ast<'s>>, Vec<(ArithmeticOp, Ast<'s>)>),
    /// `+a` or `-a`; the flag is true when the sign changes.
    Sign(bool, Box<Ast<'s>>),
    Union(Vec<Ast<'s>>),
    /// Left to right.
    Set(Box<Ast<'s>>, Vec<(SetOp, Ast<'s>)>),
    InstanceOf(Box<Ast<'s>>, SequenceTypeAst<'s>),
    TreatAs(Box<Ast<'s>>, SequenceTypeAst<'s>),
    /// The flag says that `?` follows the type: the empty sequence is allowed.
    CastableAs(Box<Ast<'s>>, QName<'s>, bool),
    CastAs(Box<Ast<'s>>, QName<'s>, bool),
    If(Box<Ast<'s>>, Box<Ast<'s>>, Box<Ast<'s>>),
    For(Vec<(QName<'s>, Ast<'s>)>, Box<Ast<'s>>),
    /// `some` or `every` (flag true).
    Quantified(bool, Vec<(QName<'s>, Ast<'s>)>, Box<Ast<'s>>),
    Path(Box<PathAst<'s>>),
    Filter(Box<Ast<'s>>, Vec<Ast<'s>>),
    Call(QName<'s>, Vec<Ast<'s>>),
}

/// A path: `//` is already written out as a `descendant-or-self::node()` step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PathAst<'s> {
    /// Begins with `/` or `//`.
    pub(crate) absolute: bool,
    pub(crate) steps: Vec<StepAst<'s>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum StepAst<'s> {
    Axis {
        axis: Axis,
        test: NodeTestAst<'s>,
        predicates: Vec<Ast<'s>>,
        at: usize,
        end: usize,
    },
    /// A primary expression used as a step, predicates included.
    Expr(Ast<'s>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Child,
    Descendant,
    DescendantOrSelf,
    Attribute,
    Itself,
    Parent,
    Ancestor,
    AncestorOrSelf,
    FollowingSibling,
    PrecedingSibling,
    Following,
    Preceding,
    Namespace,
}

impl Axis {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "child" => Self::Child,
            "descendant" => Self::Descendant,
            "descendant-or-self" => Self::DescendantOrSelf,
            "attribute" => Self::Attribute,
            "self" => Self::Itself,
            "parent" => Self::Parent,
            "ancestor" => Self::Ancestor,
            "ancestor-or-self" => Self::AncestorOrSelf,
            "following-sibling" => Self::FollowingSibling,
            "preceding-sibling" => Self::PrecedingSibling,
            "following" => Self::Following,
            "preceding" => Self::Preceding,
            "namespace" => Self::Namespace,
            _ => return None,
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NodeTestAst<'s> {
    /// A name test on the principal node kind of the axis.
    Name(NameTestAst<'s>),
    Kind(KindTestAst<'s>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameTestAst<'s> {
    Any,
    AnyLocal(&'s str),
    AnyPrefix(&'s str),
    Name(QName<'s>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KindTestAst<'s> {
    Node,
    Text,
    Comment,
    Instruction(Option<String>),
    Element(Option<NameTestAst<'s>>),
    Attribute(Option<NameTestAst<'s>>),
    Document(Option<Option<NameTestAst<'s>>>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ItemTypeAst<'s> {
    Item,
    Kind(KindTestAst<'s>),
    Atomic(QName<'s>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SequenceTypeAst<'s> {
    /// None: `empty-sequence()`.
    pub(crate) item: Option<ItemTypeAst<'s>>,
    pub(crate) occurrence: Occurrence,
    pub(crate) at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occurrence {
    One,
    Optional,
    Any,
    OneOrMore,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// `=`, `<` … : true when one pair of items compares so.
    General(CompareOp),
    /// `eq`, `lt` … : of at most one item each.
    Value(CompareOp),
    Is,
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CompareOp {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl CompareOp {
    /// The operator that gives the same answer with the operands exchanged.
    pub(crate) fn swapped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            other => other,
        }
    }

    pub(crate) fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterEqual => ordering.is_ge(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ArithmeticOp {
    Add,
    Subtract,
    Multiply,
    Divide,
    IntegerDivide,
    Modulo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SetOp {
    Intersect,
    Except,
}
