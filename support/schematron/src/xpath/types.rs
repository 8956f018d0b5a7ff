//! Types of values, as `cast as` and `instance of` name them.

use super::ast::Occurrence;
use super::document::NodeKind;
use super::ir::NodeTest;
use super::value::{Atomic, Item};

/// A built-in atomic type of XML Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum AtomicType {
    AnyAtomic,
    Untyped,
    String,
    NormalizedString,
    Token,
    Name,
    NcName,
    NmToken,
    Language,
    AnyUri,
    Boolean,
    Decimal,
    Integer,
    NonPositiveInteger,
    NegativeInteger,
    Long,
    Int,
    Short,
    Byte,
    NonNegativeInteger,
    UnsignedLong,
    UnsignedInt,
    UnsignedShort,
    UnsignedByte,
    PositiveInteger,
    Float,
    Double,
    DateTime,
    Date,
    Time,
    Duration,
    YearMonthDuration,
    DayTimeDuration,
    QName,
}

const NAMES: &[(&str, AtomicType)] = &[
    ("anyAtomicType", AtomicType::AnyAtomic),
    ("untypedAtomic", AtomicType::Untyped),
    ("string", AtomicType::String),
    ("normalizedString", AtomicType::NormalizedString),
    ("token", AtomicType::Token),
    ("Name", AtomicType::Name),
    ("NCName", AtomicType::NcName),
    ("NMTOKEN", AtomicType::NmToken),
    ("language", AtomicType::Language),
    ("anyURI", AtomicType::AnyUri),
    ("boolean", AtomicType::Boolean),
    ("decimal", AtomicType::Decimal),
    ("integer", AtomicType::Integer),
    ("nonPositiveInteger", AtomicType::NonPositiveInteger),
    ("negativeInteger", AtomicType::NegativeInteger),
    ("long", AtomicType::Long),
    ("int", AtomicType::Int),
    ("short", AtomicType::Short),
    ("byte", AtomicType::Byte),
    ("nonNegativeInteger", AtomicType::NonNegativeInteger),
    ("unsignedLong", AtomicType::UnsignedLong),
    ("unsignedInt", AtomicType::UnsignedInt),
    ("unsignedShort", AtomicType::UnsignedShort),
    ("unsignedByte", AtomicType::UnsignedByte),
    ("positiveInteger", AtomicType::PositiveInteger),
    ("float", AtomicType::Float),
    ("double", AtomicType::Double),
    ("dateTime", AtomicType::DateTime),
    ("date", AtomicType::Date),
    ("time", AtomicType::Time),
    ("duration", AtomicType::Duration),
    ("yearMonthDuration", AtomicType::YearMonthDuration),
    ("dayTimeDuration", AtomicType::DayTimeDuration),
    ("QName", AtomicType::QName),
];

impl AtomicType {
    /// By its local name in the namespace of XML Schema.
    pub(crate) fn from_name(local: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(name, _)| *name == local)
            .map(|(_, t)| *t)
    }

    pub(crate) fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(_, t)| *t == self)
            .map_or("?", |(name, _)| name)
    }

    /// Bounds of the integer types.
    pub(crate) fn bounds(self) -> Option<(i128, i128)> {
        const MIN: i128 = i128::MIN;
        const MAX: i128 = i128::MAX;
        Some(match self {
            Self::Integer => (MIN, MAX),
            Self::NonPositiveInteger => (MIN, 0),
            Self::NegativeInteger => (MIN, -1),
            Self::Long => (i64::MIN.into(), i64::MAX.into()),
            Self::Int => (i32::MIN.into(), i32::MAX.into()),
            Self::Short => (i16::MIN.into(), i16::MAX.into()),
            Self::Byte => (i8::MIN.into(), i8::MAX.into()),
            Self::NonNegativeInteger => (0, MAX),
            Self::UnsignedLong => (0, u64::MAX.into()),
            Self::UnsignedInt => (0, u32::MAX.into()),
            Self::UnsignedShort => (0, u16::MAX.into()),
            Self::UnsignedByte => (0, u8::MAX.into()),
            Self::PositiveInteger => (1, MAX),
            _ => return None,
        })
    }

    /// Types restricted from another that values do not remember: `instance of` cannot tell.
    pub(crate) fn is_forgotten(self) -> bool {
        (self.bounds().is_some() && self != Self::Integer)
            || matches!(
                self,
                Self::NormalizedString
                    | Self::Token
                    | Self::Name
                    | Self::NcName
                    | Self::NmToken
                    | Self::Language
            )
    }

    /// Whether a value is an instance.
    pub(crate) fn contains(self, value: &Atomic<'_>) -> bool {
        let actual = value.type_of();
        self == Self::AnyAtomic
            || self == actual
            || match self {
                Self::Decimal => actual == Self::Integer,
                Self::Duration => {
                    matches!(actual, Self::YearMonthDuration | Self::DayTimeDuration)
                }
                _ => false,
            }
    }
}

/// A sequence type.
#[derive(Debug, Clone)]
pub(crate) struct SequenceType {
    /// None: `empty-sequence()`.
    pub(crate) item: Option<ItemType>,
    pub(crate) occurrence: Occurrence,
}

#[derive(Debug, Clone)]
pub(crate) enum ItemType {
    Item,
    Atomic(AtomicType),
    Node(NodeTest),
    /// A document whose only element passes the test.
    DocumentOf(NodeTest),
}

impl SequenceType {
    pub(crate) fn matches(&self, items: &[Item<'_>]) -> bool {
        let Some(item_type) = &self.item else {
            return items.is_empty();
        };
        let count = match self.occurrence {
            Occurrence::One => items.len() == 1,
            Occurrence::Optional => items.len() <= 1,
            Occurrence::Any => true,
            Occurrence::OneOrMore => !items.is_empty(),
        };
        count && items.iter().all(|item| item_type.matches(item))
    }
}

impl ItemType {
    fn matches(&self, item: &Item<'_>) -> bool {
        match (self, item) {
            (Self::Item, _) => true,
            (Self::Atomic(t), Item::Atomic(value)) => t.contains(value),
            (Self::Node(test), Item::Node(node)) => test.matches(*node),
            (Self::DocumentOf(test), Item::Node(node)) => {
                node.kind() == NodeKind::Document
                    && node
                        .children()
                        .filter(|c| c.kind() == NodeKind::Element)
                        .all(|c| test.matches(c))
            }
            _ => false,
        }
    }
}
