//! What a field of a certificate can be answered with.

use crate::datatypes::{Bl, Decimal, Int, NullFlavor, Pq, Value};
use crate::models::error::ModelError;

/// An answer that the model asks for, or that it is not known: the entry is written in both cases.
///
/// Read from a document, `Unknown` also stands for an entry that is not there (earlier editions of
/// the certificates ask for less).
#[derive(Clone, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "a question is answered or it is not"
)]
pub enum Told<T> {
    /// The answer.
    Value(T),
    /// Not known (null flavor `UNK`).
    Unknown,
}

/// The answer itself, or the word `unknown`.
#[cfg(feature = "serde")]
mod form {
    use std::fmt;
    use std::marker::PhantomData;

    use serde::de::value::{
        BoolDeserializer, F64Deserializer, I64Deserializer, MapAccessDeserializer, StrDeserializer,
        U64Deserializer,
    };
    use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
    use serde::ser::{Serialize, Serializer};

    use super::Told;

    const UNKNOWN: &str = "unknown";

    impl<T: Serialize> Serialize for Told<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Value(value) => value.serialize(serializer),
                Self::Unknown => serializer.serialize_str(UNKNOWN),
            }
        }
    }

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Told<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(Answer(PhantomData))
        }
    }

    struct Answer<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Answer<T> {
        type Value = Told<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an answer, or \"unknown\"")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Told<T>, E> {
            match text {
                UNKNOWN => Ok(Told::Unknown),
                _ => T::deserialize(StrDeserializer::new(text)).map(Told::Value),
            }
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<Told<T>, E> {
            T::deserialize(BoolDeserializer::new(value)).map(Told::Value)
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<Told<T>, E> {
            T::deserialize(I64Deserializer::new(value)).map(Told::Value)
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<Told<T>, E> {
            T::deserialize(U64Deserializer::new(value)).map(Told::Value)
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<Told<T>, E> {
            T::deserialize(F64Deserializer::new(value)).map(Told::Value)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Told<T>, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(Told::Value)
        }
    }
}

/// A number with its unit, a UCUM code.
///
/// ```
/// use segur_cda::models::certificates::Quantity;
///
/// let weight = Quantity::new("3900".parse()?, "g");
/// assert_eq!(weight.to_string(), "3900 g");
/// # Ok::<(), segur_cda::datatypes::DecimalError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "a number and its unit")]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Quantity {
    /// The number.
    pub value: Decimal,
    /// The unit: `g`, `kg`, `cm`, `wk` …
    pub unit: String,
}

/// An Apgar score, 0 to 10.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "a score is a number")]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(transparent)
)]
pub struct Apgar(pub u8);

/// Units that a quantity may have, with the bounds of what is plausible in each; `1` for a plain
/// number.
pub(super) type Bounds = &'static [(&'static str, f64, f64)];

/// A type that answers a field: how it stands in a `value`, how the narrative shows it.
pub(super) trait Answer: Sized {
    const EXPECTED: &'static str;

    fn to_value(&self) -> Value;
    /// None when the value is of another type, or not of the value set.
    fn from_value(value: &Value) -> Option<Self>;
    /// The value that says that nothing is known.
    fn null() -> Value;
    /// As the narrative shows it, in French.
    fn shown(&self) -> String;

    /// What stands for a mandatory field of which a document tells nothing.
    fn absent() -> Option<Self> {
        None
    }

    fn check(&self, _bounds: Bounds, _field: &'static str) -> Result<(), ModelError> {
        Ok(())
    }
}

/// Turns a value into the null value of its type.
pub(super) fn unknown(value: Value) -> Value {
    let flavor = Some(NullFlavor::Unknown);
    match value {
        Value::Bl(mut v) => {
            v.null_flavor = flavor;
            Value::Bl(v)
        }
        Value::Int(mut v) => {
            v.null_flavor = flavor;
            Value::Int(v)
        }
        Value::Pq(mut v) => {
            v.null_flavor = flavor;
            Value::Pq(v)
        }
        Value::Cd(mut v) => {
            v.null_flavor = flavor;
            Value::Cd(v)
        }
        other => other,
    }
}

fn is_null(value: &Value) -> bool {
    match value {
        Value::Bl(v) => v.value.is_none(),
        Value::Int(v) => v.value.is_none(),
        Value::Pq(v) => v.value.is_none(),
        Value::Cd(v) | Value::Ce(v) => v.code.is_none() && v.null_flavor.is_some(),
        _ => false,
    }
}

fn in_bounds(
    value: f64,
    unit: &str,
    bounds: Bounds,
    field: &'static str,
) -> Result<(), ModelError> {
    if bounds.is_empty() {
        return Ok(());
    }
    let Some((_, low, high)) = bounds.iter().find(|(known, _, _)| *known == unit) else {
        return Err(ModelError::Form {
            field,
            expected: "a unit that the field takes",
        });
    };
    if (*low..=*high).contains(&value) {
        Ok(())
    } else {
        Err(ModelError::Range {
            field,
            expected: "a plausible value in the given unit",
        })
    }
}

impl Quantity {
    /// A quantity.
    pub fn new(value: Decimal, unit: impl Into<String>) -> Self {
        Self {
            value,
            unit: unit.into(),
        }
    }

    pub(super) fn to_pq(&self) -> Pq {
        Pq::new(self.value.clone(), self.unit.clone())
    }

    pub(super) fn from_pq(quantity: &Pq) -> Option<Self> {
        Some(Self {
            value: quantity.value.clone()?,
            unit: quantity.unit.clone().unwrap_or_else(|| "1".to_owned()),
        })
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit.as_str() {
            "wk" => "semaines",
            "mo" => "mois",
            "d" => "jours",
            "a" => "ans",
            "1" => return write!(f, "{}", self.value),
            unit => unit,
        };
        write!(f, "{} {unit}", self.value)
    }
}

impl Answer for bool {
    const EXPECTED: &'static str = "true or false (BL)";

    fn to_value(&self) -> Value {
        Bl::new(*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bl(v) => v.value,
            _ => None,
        }
    }

    fn null() -> Value {
        unknown(Value::Bl(Bl::default()))
    }

    fn shown(&self) -> String {
        if *self { "Oui" } else { "Non" }.to_owned()
    }
}

impl Answer for u32 {
    const EXPECTED: &'static str = "a whole number (INT)";

    fn to_value(&self) -> Value {
        Int::new((*self).into()).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(v) => v.value.and_then(|n| n.try_into().ok()),
            _ => None,
        }
    }

    fn null() -> Value {
        unknown(Value::Int(Int::default()))
    }

    fn shown(&self) -> String {
        self.to_string()
    }

    fn check(&self, bounds: Bounds, field: &'static str) -> Result<(), ModelError> {
        in_bounds(f64::from(*self), "1", bounds, field)
    }
}

impl Answer for Quantity {
    const EXPECTED: &'static str = "a quantity with its unit (PQ)";

    fn to_value(&self) -> Value {
        self.to_pq().into()
    }

    /// An integer is a number of months: edition 2024.01 tells durations of feeding so.
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Pq(v) => Self::from_pq(v),
            Value::Int(v) => v.value.map(|n| Self::new(n.into(), "mo")),
            _ => None,
        }
    }

    fn null() -> Value {
        unknown(Value::Pq(Pq::default()))
    }

    fn shown(&self) -> String {
        self.to_string()
    }

    fn check(&self, bounds: Bounds, field: &'static str) -> Result<(), ModelError> {
        in_bounds(self.value.to_f64(), &self.unit, bounds, field)
    }
}

impl Answer for Apgar {
    const EXPECTED: &'static str = "a score of 0 to 10 (PQ, {score})";

    fn to_value(&self) -> Value {
        Pq::new(u32::from(self.0).into(), "{score}").into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Pq(v) => v.value.as_ref()?.as_str().parse().ok().map(Self),
            Value::Int(v) => v.value.and_then(|n| n.try_into().ok()).map(Self),
            _ => None,
        }
    }

    fn null() -> Value {
        unknown(Value::Pq(Pq::default()))
    }

    fn shown(&self) -> String {
        self.0.to_string()
    }

    fn check(&self, _bounds: Bounds, field: &'static str) -> Result<(), ModelError> {
        in_bounds(f64::from(self.0), "1", &[("1", 0.0, 10.0)], field)
    }
}

impl<T: Answer> Answer for Told<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn to_value(&self) -> Value {
        match self {
            Self::Value(value) => value.to_value(),
            Self::Unknown => T::null(),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        if is_null(value) {
            return Some(Self::Unknown);
        }
        T::from_value(value).map(Self::Value)
    }

    fn null() -> Value {
        T::null()
    }

    fn shown(&self) -> String {
        match self {
            Self::Value(value) => value.shown(),
            Self::Unknown => "Non renseigné".to_owned(),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::Unknown)
    }

    fn check(&self, bounds: Bounds, field: &'static str) -> Result<(), ModelError> {
        match self {
            Self::Value(value) => value.check(bounds, field),
            Self::Unknown => Ok(()),
        }
    }
}

impl<T> Told<T> {
    /// The answer, when there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

impl<T> From<T> for Told<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// Does not show the answer: it says something of a person.
impl<T> std::fmt::Debug for Told<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Told(…)")
    }
}

/// Does not show the answer: it says something of a person.
impl std::fmt::Debug for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Quantity(…)")
    }
}

/// Does not show the answer: it says something of a person.
impl std::fmt::Debug for Apgar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Apgar(…)")
    }
}
