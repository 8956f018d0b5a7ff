//! PQ, IVL_PQ, INT, IVL_INT, REAL, BL, MO, RTO: quantities.

use super::{Decimal, Ed, SetOperator};
use crate::tree::{datatype, v3};

datatype! {
    /// A physical quantity (PQ): a number and a UCUM unit; `inclusive` serves bounds of an interval.
    pub struct Pq {
        attributes {
            /// The number.
            pub value: Option<Decimal> = "value",
            /// The unit, a UCUM code such as `kg`, `cm`, `mm[Hg]`; absent means `1`.
            pub unit: Option<String> = "unit",
            /// For a bound of an interval: whether the bound itself belongs to it (absent: it does).
            pub inclusive: Option<bool> = "inclusive",
        }
        elements {
            /// The same quantity in units of other systems.
            pub translations: Vec<Pqr> = v3("translation"),
        }
    }
}

datatype! {
    /// A quantity in a unit of another system than UCUM (PQR).
    pub struct Pqr {
        attributes {
            /// The number.
            pub value: Option<Decimal> = "value",
            /// The unit's code.
            pub code: Option<String> = "code",
            /// The unit's name.
            pub display_name: Option<String> = "displayName",
            /// OID of the system of units.
            pub code_system: Option<String> = "codeSystem",
            /// Name of that system.
            pub code_system_name: Option<String> = "codeSystemName",
            /// Version of that system.
            pub code_system_version: Option<String> = "codeSystemVersion",
        }
        elements {
            /// The text that was coded.
            pub original_text: Option<Box<Ed>> = v3("originalText"),
        }
    }
}

datatype! {
    /// An interval of physical quantities (IVL_PQ).
    ///
    /// Bounds, or one bound and a width, or a centre and a width; a single quantity stands in `value`.
    pub struct IvlPq {
        attributes {
            /// The number, when the interval is a single quantity.
            pub value: Option<Decimal> = "value",
            /// Its unit.
            pub unit: Option<String> = "unit",
            /// How the interval is combined with others.
            pub operator: Option<SetOperator> = "operator",
        }
        elements {
            /// The same quantity in units of other systems.
            pub translations: Vec<Pqr> = v3("translation"),
            /// Lower bound.
            pub low: Option<Pq> = v3("low"),
            /// Centre.
            pub center: Option<Pq> = v3("center"),
            /// Width.
            pub width: Option<Pq> = v3("width"),
            /// Upper bound.
            pub high: Option<Pq> = v3("high"),
        }
    }
}

datatype! {
    /// An integer (INT).
    pub struct Int {
        attributes {
            /// The number.
            pub value: Option<i64> = "value",
            /// For a bound of an interval: whether the bound itself belongs to it (absent: it does).
            pub inclusive: Option<bool> = "inclusive",
        }
    }
}

datatype! {
    /// An interval of integers (IVL_INT).
    pub struct IvlInt {
        attributes {
            /// The number, when the interval is a single integer.
            pub value: Option<i64> = "value",
            /// How the interval is combined with others.
            pub operator: Option<SetOperator> = "operator",
        }
        elements {
            /// Lower bound.
            pub low: Option<Int> = v3("low"),
            /// Centre.
            pub center: Option<Int> = v3("center"),
            /// Width.
            pub width: Option<Int> = v3("width"),
            /// Upper bound.
            pub high: Option<Int> = v3("high"),
        }
    }
}

datatype! {
    /// A decimal number (REAL).
    pub struct Real {
        attributes {
            /// The number.
            pub value: Option<Decimal> = "value",
            /// For a bound of an interval: whether the bound itself belongs to it (absent: it does).
            pub inclusive: Option<bool> = "inclusive",
        }
    }
}

datatype! {
    /// An interval of decimal numbers (IVL_REAL).
    pub struct IvlReal {
        attributes {
            /// The number, when the interval is a single one.
            pub value: Option<Decimal> = "value",
            /// How the interval is combined with others.
            pub operator: Option<SetOperator> = "operator",
        }
        elements {
            /// Lower bound.
            pub low: Option<Real> = v3("low"),
            /// Centre.
            pub center: Option<Real> = v3("center"),
            /// Width.
            pub width: Option<Real> = v3("width"),
            /// Upper bound.
            pub high: Option<Real> = v3("high"),
        }
    }
}

datatype! {
    /// An amount of money (MO).
    pub struct Mo {
        attributes {
            /// The number.
            pub value: Option<Decimal> = "value",
            /// The currency, as in ISO 4217.
            pub currency: Option<String> = "currency",
        }
    }
}

datatype! {
    /// Yes or no (BL).
    pub struct Bl {
        attributes {
            /// The answer.
            pub value: Option<bool> = "value",
        }
    }
}

datatype! {
    /// A ratio of two quantities (RTO_PQ_PQ), such as a maximum dose in a period.
    pub struct RtoPqPq {
        elements {
            /// Numerator.
            pub numerator: Pq = v3("numerator"),
            /// Denominator.
            pub denominator: Pq = v3("denominator"),
        }
    }
}

impl Pq {
    /// A quantity in a UCUM unit.
    pub fn new(value: Decimal, unit: impl Into<String>) -> Self {
        Self {
            value: Some(value),
            unit: Some(unit.into()),
            ..Self::default()
        }
    }

    /// No quantity, and why.
    pub fn null(flavor: super::NullFlavor) -> Self {
        Self {
            null_flavor: Some(flavor),
            ..Self::default()
        }
    }
}

impl Int {
    /// An integer.
    pub fn new(value: i64) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }
}

impl Bl {
    /// An answer.
    pub fn new(value: bool) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }
}
