//! TS, IVL_TS, PIVL_TS, EIVL_TS, SXPR_TS: points in time and sets of them.

use std::borrow::Cow;

use segur_core::Timestamp;
use segur_xml::Node;

use super::{CalendarCycle, IvlPq, NullFlavor, Pq, SetOperator, TimingEvent};
use crate::tree::{
    AttributeText, CdaValue, Element, Reader, ToleranceKind, datatype, declared_type, v3,
};

datatype! {
    /// A point in time (TS), with the precision and the offset that it was written with; `inclusive`
    /// serves bounds of an interval.
    pub struct Ts {
        attributes {
            /// The time, `YYYYMMDDhhmmss.sss±zzzz` with as many parts as are known.
            pub value: Option<Timestamp> = "value",
            /// For a bound of an interval: whether the bound itself belongs to it (absent: it does).
            pub inclusive: Option<bool> = "inclusive",
        }
    }
}

datatype! {
    /// An interval of time (IVL_TS).
    ///
    /// Bounds, or one bound and a width, or a centre and a width; a single point stands in `value`.
    pub struct IvlTs {
        attributes {
            /// The point, when the interval is a single one.
            pub value: Option<Timestamp> = "value",
            /// How the interval is combined with others.
            pub operator: Option<SetOperator> = "operator",
        }
        elements {
            /// Start.
            pub low: Option<Ts> = v3("low"),
            /// Centre.
            pub center: Option<Ts> = v3("center"),
            /// Duration.
            pub width: Option<Pq> = v3("width"),
            /// End.
            pub high: Option<Ts> = v3("high"),
        }
    }
}

datatype! {
    /// One time of a set (SXCM_TS).
    pub struct SxcmTs {
        attributes {
            /// The time.
            pub value: Option<Timestamp> = "value",
            /// How it is combined with others.
            pub operator: Option<SetOperator> = "operator",
        }
    }
}

datatype! {
    /// A periodic interval of time (PIVL_TS): "every 8 hours", "the first of each month".
    pub struct Pivl {
        attributes {
            /// A point in time, which has no meaning for a period; kept because the schema allows it.
            pub value: Option<Timestamp> = "value",
            /// How it is combined with others.
            pub operator: Option<SetOperator> = "operator",
            /// The calendar cycle to which it is aligned.
            pub alignment: Option<CalendarCycle> = "alignment",
            /// Whether the exact times are left to those who carry it out.
            pub institution_specified: Option<bool> = "institutionSpecified",
        }
        elements {
            /// One occurrence.
            pub phase: Option<IvlTs> = v3("phase"),
            /// Time between two occurrences.
            pub period: Option<Pq> = v3("period"),
        }
    }
}

datatype! {
    /// A time tied to an event of daily life (EIVL_TS): "one hour before meals".
    pub struct Eivl {
        attributes {
            /// A point in time, which has no meaning here; kept because the schema allows it.
            pub value: Option<Timestamp> = "value",
            /// How it is combined with others.
            pub operator: Option<SetOperator> = "operator",
        }
        elements {
            /// The event.
            pub event: Option<EventCode> = v3("event"),
            /// Time from the event.
            pub offset: Option<IvlPq> = v3("offset"),
        }
    }
}

datatype! {
    /// The code of an event of daily life.
    pub struct EventCode {
        attributes {
            /// The event.
            pub code: Option<TimingEvent> = "code",
        }
    }
}

datatype! {
    /// A set of times put together from parts (SXPR_TS).
    pub struct Sxpr {
        attributes {
            /// A point in time, which has no meaning here; kept because the schema allows it.
            pub value: Option<Timestamp> = "value",
            /// How it is combined with others.
            pub operator: Option<SetOperator> = "operator",
        }
        elements {
            /// The parts, each combined with those before it by its operator; at least two.
            pub components: Vec<TimeSpec> = v3("comp"),
        }
    }
}

/// A time where the standard allows any set of times; the type is told by `xsi:type`.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TimeSpec {
    /// One time (TS, SXCM_TS).
    Point(SxcmTs),
    /// An interval (IVL_TS).
    Interval(IvlTs),
    /// A period (PIVL_TS).
    Periodic(Pivl),
    /// Tied to an event (EIVL_TS).
    Event(Eivl),
    /// Put together from parts (SXPR_TS).
    Expression(Sxpr),
    /// Another type of the standard, or none: kept as it is.
    Other(Element<'static>),
}

impl Default for TimeSpec {
    fn default() -> Self {
        Self::Point(SxcmTs::default())
    }
}

impl CdaValue for TimeSpec {
    fn read_from(node: Node<'_>, reader: &mut Reader) -> Self {
        match declared_type(node, reader).as_deref() {
            Some("TS" | "SXCM_TS") => Self::Point(SxcmTs::read_from(node, reader)),
            Some("IVL_TS") => Self::Interval(IvlTs::read_from(node, reader)),
            Some("PIVL_TS") => Self::Periodic(Pivl::read_from(node, reader)),
            Some("EIVL_TS") => Self::Event(Eivl::read_from(node, reader)),
            Some("SXPR_TS") => Self::Expression(Sxpr::read_from(node, reader)),
            Some(_) => Self::Other(Element::read_from(node, reader)),
            None if node.elements().next().is_some() => {
                reader.element(ToleranceKind::Type, node, Some("xsi:type"));
                Self::Interval(IvlTs::read_from(node, reader))
            }
            None => Self::Point(SxcmTs::read_from(node, reader)),
        }
    }

    fn write_to<'a>(&'a self, element: &mut Element<'a>) {
        match self {
            Self::Point(point) => point.write_to(element),
            Self::Interval(interval) => {
                element.set_type("IVL_TS");
                interval.write_to(element);
            }
            Self::Periodic(period) => {
                element.set_type("PIVL_TS");
                period.write_to(element);
            }
            Self::Event(event) => {
                element.set_type("EIVL_TS");
                event.write_to(element);
            }
            Self::Expression(expression) => {
                element.set_type("SXPR_TS");
                expression.write_to(element);
            }
            Self::Other(other) => other.write_to(element),
        }
    }
}

impl Ts {
    /// A point in time.
    pub fn new(value: Timestamp) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }

    /// No time, and why.
    pub fn null(flavor: NullFlavor) -> Self {
        Self {
            null_flavor: Some(flavor),
            ..Self::default()
        }
    }
}

impl From<Timestamp> for Ts {
    fn from(value: Timestamp) -> Self {
        Self::new(value)
    }
}

impl IvlTs {
    /// A single point.
    pub fn at(value: Timestamp) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }

    /// From a start on.
    pub fn since(low: Timestamp) -> Self {
        Self {
            low: Some(low.into()),
            ..Self::default()
        }
    }

    /// From a start to an end.
    pub fn between(low: Timestamp, high: Timestamp) -> Self {
        Self {
            low: Some(low.into()),
            high: Some(high.into()),
            ..Self::default()
        }
    }

    /// No interval, and why.
    pub fn null(flavor: NullFlavor) -> Self {
        Self {
            null_flavor: Some(flavor),
            ..Self::default()
        }
    }

    /// Where it starts: the lower bound, or the single point.
    pub fn start(&self) -> Option<&Timestamp> {
        self.low
            .as_ref()
            .and_then(|low| low.value.as_ref())
            .or(self.value.as_ref())
    }

    /// Where it ends: the upper bound, or the single point.
    pub fn end(&self) -> Option<&Timestamp> {
        self.high
            .as_ref()
            .and_then(|high| high.value.as_ref())
            .or(self.value.as_ref())
    }
}

impl AttributeText for Timestamp {
    const EXPECTED: &'static str = "a time as YYYYMMDDhhmmss±zzzz, from left as far as known";

    fn parse_text(text: &str) -> Option<(Self, bool)> {
        text.parse().ok().map(|value| (value, true))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}
