//! Items and sequences.

use std::sync::Arc;

use super::datetime::{Duration, DurationKind, Moment, MomentKind};
use super::decimal::Decimal;
use super::document::NodeRef;
use super::error::XPathError;
use super::number::{format_double, format_float};
use super::text::Text;
use super::types::AtomicType;

/// A node or an atomic value.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Item<'d> {
    /// A node of the document or of one that the rules load.
    Node(NodeRef<'d>),
    /// Anything else.
    Atomic(Atomic<'d>),
}

/// An atomic value with its type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Atomic<'d> {
    /// `xs:untypedAtomic`: what attributes and elements hold, no schema being read.
    Untyped(Text<'d>),
    /// `xs:string`
    String(Text<'d>),
    /// `xs:anyURI`
    Uri(Text<'d>),
    /// `xs:boolean`
    Boolean(bool),
    /// `xs:integer`, without fraction.
    Integer(Decimal),
    /// `xs:decimal`
    Decimal(Decimal),
    /// `xs:float`
    Float(f32),
    /// `xs:double`
    Double(f64),
    /// `xs:dateTime`, `xs:date`, `xs:time`
    Moment(Moment),
    /// `xs:duration` and its subtypes.
    Duration(Duration),
    /// `xs:QName`
    QName(Arc<ExpandedName>),
}

/// A QName resolved, its prefix kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpandedName {
    /// Prefix, empty when there is none.
    pub prefix: String,
    /// Namespace, empty when there is none.
    pub namespace: String,
    /// Local name.
    pub local: String,
}

impl<'d> Atomic<'d> {
    pub(crate) fn integer(value: i128) -> Self {
        Self::Integer(Decimal::new(value, 0))
    }

    pub(crate) fn count(value: usize) -> Self {
        Self::integer(value as i128)
    }

    pub(crate) fn string(text: impl Into<Text<'d>>) -> Self {
        Self::String(text.into())
    }

    /// The type, the most specific that the engine keeps.
    pub(crate) fn type_of(&self) -> AtomicType {
        match self {
            Self::Untyped(_) => AtomicType::Untyped,
            Self::String(_) => AtomicType::String,
            Self::Uri(_) => AtomicType::AnyUri,
            Self::Boolean(_) => AtomicType::Boolean,
            Self::Integer(_) => AtomicType::Integer,
            Self::Decimal(_) => AtomicType::Decimal,
            Self::Float(_) => AtomicType::Float,
            Self::Double(_) => AtomicType::Double,
            Self::Moment(m) => match m.kind {
                MomentKind::DateTime => AtomicType::DateTime,
                MomentKind::Date => AtomicType::Date,
                MomentKind::Time => AtomicType::Time,
            },
            Self::Duration(d) => match d.kind {
                DurationKind::Any => AtomicType::Duration,
                DurationKind::YearMonth => AtomicType::YearMonthDuration,
                DurationKind::DayTime => AtomicType::DayTimeDuration,
            },
            Self::QName(_) => AtomicType::QName,
        }
    }

    /// The canonical text: what `string()` gives.
    pub fn to_text(&self) -> Text<'d> {
        match self {
            Self::Untyped(s) | Self::String(s) | Self::Uri(s) => s.clone(),
            Self::Boolean(b) => Text::Borrowed(if *b { "true" } else { "false" }),
            Self::Integer(d) | Self::Decimal(d) => d.to_string().into(),
            Self::Float(f) => format_float(*f).into(),
            Self::Double(d) => format_double(*d).into(),
            Self::Moment(m) => m.to_string().into(),
            Self::Duration(d) => d.to_string().into(),
            Self::QName(q) if q.prefix.is_empty() => q.local.clone().into(),
            Self::QName(q) => format!("{}:{}", q.prefix, q.local).into(),
        }
    }

    /// The text when the value is one already: untyped, string or URI.
    pub(crate) fn as_text(&self) -> Option<&Text<'d>> {
        match self {
            Self::Untyped(s) | Self::String(s) | Self::Uri(s) => Some(s),
            _ => None,
        }
    }

    pub(crate) fn is_numeric(&self) -> bool {
        matches!(
            self,
            Self::Integer(_) | Self::Decimal(_) | Self::Float(_) | Self::Double(_)
        )
    }

    /// A number as a double; None when the value is no number.
    pub(crate) fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Integer(d) | Self::Decimal(d) => Some(d.to_f64()),
            Self::Float(f) => Some(f64::from(*f)),
            Self::Double(d) => Some(*d),
            _ => None,
        }
    }

    /// Effective boolean value of this value alone.
    pub(crate) fn truth(&self) -> Result<bool, XPathError> {
        match self {
            Self::Boolean(b) => Ok(*b),
            Self::Untyped(s) | Self::String(s) | Self::Uri(s) => Ok(!s.is_empty()),
            Self::Integer(d) | Self::Decimal(d) => Ok(!d.is_zero()),
            Self::Float(f) => Ok(*f != 0.0 && !f.is_nan()),
            Self::Double(d) => Ok(*d != 0.0 && !d.is_nan()),
            Self::Moment(_) | Self::Duration(_) | Self::QName(_) => Err(no_truth()),
        }
    }
}

/// A value that is neither true nor false.
pub(crate) fn no_truth() -> XPathError {
    XPathError::new(
        "FORG0006",
        "cette valeur n'est ni vraie ni fausse (plusieurs valeurs, date, durée ou QName) : la comparer",
        "this value is neither true nor false (several values, a date, a duration or a QName): compare it",
    )
}

impl<'d> Item<'d> {
    /// The typed value: of a node without schema, untyped text.
    pub(crate) fn atomize(&self) -> Atomic<'d> {
        match self {
            Self::Node(node) => node.typed_value(),
            Self::Atomic(atomic) => atomic.clone(),
        }
    }

    /// What `string()` gives.
    pub fn to_text(&self) -> Text<'d> {
        match self {
            Self::Node(node) => node.string_value().into(),
            Self::Atomic(atomic) => atomic.to_text(),
        }
    }

    /// The node, if the item is one.
    pub fn as_node(&self) -> Option<NodeRef<'d>> {
        match self {
            Self::Node(node) => Some(*node),
            Self::Atomic(_) => None,
        }
    }
}

/// Items in order. Cloning costs a counter.
#[derive(Debug, Clone, Default)]
pub enum Sequence<'d> {
    /// No item.
    #[default]
    Empty,
    /// One item.
    One(Item<'d>),
    /// Two or more.
    Many(Arc<[Item<'d>]>),
}

impl<'d> Sequence<'d> {
    /// The items.
    #[must_use]
    pub fn items(&self) -> &[Item<'d>] {
        match self {
            Self::Empty => &[],
            Self::One(item) => std::slice::from_ref(item),
            Self::Many(items) => items,
        }
    }

    /// Number of items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items().len()
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The items in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Item<'d>> {
        self.items().iter()
    }

    pub(crate) fn node(node: NodeRef<'d>) -> Self {
        Self::One(Item::Node(node))
    }

    pub(crate) fn atomic(atomic: Atomic<'d>) -> Self {
        Self::One(Item::Atomic(atomic))
    }

    pub(crate) fn boolean(value: bool) -> Self {
        Self::atomic(Atomic::Boolean(value))
    }

    pub(crate) fn string(text: impl Into<Text<'d>>) -> Self {
        Self::atomic(Atomic::String(text.into()))
    }

    pub(crate) fn optional(atomic: Option<Atomic<'d>>) -> Self {
        atomic.map_or(Self::Empty, Self::atomic)
    }

    /// Effective boolean value (XPath 2.0, 2.4.3).
    ///
    /// # Errors
    /// `FORG0006` when the sequence has none.
    pub fn truth(&self) -> Result<bool, XPathError> {
        match self.items() {
            [] => Ok(false),
            [Item::Node(_), ..] => Ok(true),
            [Item::Atomic(atomic)] => atomic.truth(),
            _ => Err(no_truth()),
        }
    }

    /// The items as text, a space between two: what `value-of` prints.
    #[must_use]
    pub fn joined(&self) -> String {
        let mut out = String::new();
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            out.push_str(&item.to_text());
        }
        out
    }
}

impl<'d> From<Vec<Item<'d>>> for Sequence<'d> {
    fn from(mut items: Vec<Item<'d>>) -> Self {
        match items.len() {
            0 => Self::Empty,
            1 => items.pop().map_or(Self::Empty, Self::One),
            _ => Self::Many(items.into()),
        }
    }
}

impl<'d> FromIterator<Item<'d>> for Sequence<'d> {
    fn from_iter<T: IntoIterator<Item = Item<'d>>>(items: T) -> Self {
        items.into_iter().collect::<Vec<_>>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_small() {
        assert!(size_of::<Item<'_>>() <= 40, "{}", size_of::<Item<'_>>());
        assert!(size_of::<Sequence<'_>>() <= 40);
    }
}
