//! Conversions between atomic types (XPath Functions, 17).

use std::sync::Arc;

use super::datetime::{Duration, DurationKind, Moment, MomentKind};
use super::decimal::{self, Decimal};
use super::error::XPathError;
use super::lexer::is_ncname;
use super::number::{parse_double, trim};
use super::text::Text;
use super::types::AtomicType;
use super::value::{Atomic, ExpandedName};

/// Converts a value. `prefixes` are those of the expression: only they give a string a QName.
pub(crate) fn cast<'d>(
    value: &Atomic<'d>,
    target: AtomicType,
    prefixes: Option<&[(String, String)]>,
) -> Result<Atomic<'d>, XPathError> {
    use AtomicType as T;
    if value.type_of() == target {
        return Ok(value.clone());
    }
    match target {
        T::String => Ok(Atomic::String(value.to_text())),
        T::Untyped => Ok(Atomic::Untyped(value.to_text())),
        T::NormalizedString | T::Token | T::Name | T::NcName | T::NmToken | T::Language => {
            restricted_string(&value.to_text(), target).map(Atomic::string)
        }
        T::AnyUri => match value {
            // Any string is allowed; white space around and inside collapses.
            Atomic::Untyped(s) | Atomic::String(s) => Ok(Atomic::Uri(collapse(s).into())),
            _ => Err(impossible(value, target)),
        },
        T::Boolean => to_boolean(value),
        T::Decimal => to_decimal(value, target).map(Atomic::Decimal),
        T::Double => match value {
            Atomic::Untyped(_) | Atomic::String(_) => to_double(value).map(Atomic::Double),
            Atomic::Boolean(b) => Ok(Atomic::Double(f64::from(u8::from(*b)))),
            _ => value
                .as_f64()
                .map(Atomic::Double)
                .ok_or_else(|| impossible(value, target)),
        },
        T::Float => to_float(value).map(Atomic::Float),
        T::DateTime => to_moment(value, MomentKind::DateTime, target),
        T::Date => to_moment(value, MomentKind::Date, target),
        T::Time => to_moment(value, MomentKind::Time, target),
        T::Duration => to_duration(value, DurationKind::Any, target),
        T::YearMonthDuration => to_duration(value, DurationKind::YearMonth, target),
        T::DayTimeDuration => to_duration(value, DurationKind::DayTime, target),
        T::QName => to_qname(value, prefixes),
        T::AnyAtomic => Ok(value.clone()),
        _ => to_integer(value, target),
    }
}

/// Whether [`cast`] would succeed; numbers too large for this engine still count as castable.
pub(crate) fn castable(
    value: &Atomic<'_>,
    target: AtomicType,
    prefixes: Option<&[(String, String)]>,
) -> bool {
    if let (Atomic::Untyped(text) | Atomic::String(text), true) = (
        value,
        matches!(target, AtomicType::Integer | AtomicType::Decimal),
    ) {
        let text = trim(text);
        return match target {
            AtomicType::Integer => decimal::is_integer(text),
            _ => decimal::is_decimal(text),
        };
    }
    cast(value, target, prefixes).is_ok()
}

/// A value as a double, the text of untyped values and strings being read.
pub(crate) fn to_double(value: &Atomic<'_>) -> Result<f64, XPathError> {
    match value {
        Atomic::Untyped(text) | Atomic::String(text) => {
            parse_double(text).ok_or_else(|| invalid(AtomicType::Double))
        }
        other => other
            .as_f64()
            .ok_or_else(|| impossible(value, AtomicType::Double)),
    }
}

#[allow(clippy::cast_possible_truncation)]
fn to_float(value: &Atomic<'_>) -> Result<f32, XPathError> {
    match value {
        Atomic::Untyped(text) | Atomic::String(text) => {
            if parse_double(text).is_none() {
                return Err(invalid(AtomicType::Float));
            }
            Ok(match trim(text) {
                "INF" | "+INF" => f32::INFINITY,
                "-INF" => f32::NEG_INFINITY,
                "NaN" => f32::NAN,
                text => text.parse().map_err(|_| invalid(AtomicType::Float))?,
            })
        }
        Atomic::Boolean(b) => Ok(f32::from(u8::from(*b))),
        other => {
            let number = other
                .as_f64()
                .ok_or_else(|| impossible(value, AtomicType::Float))?;
            Ok(number as f32)
        }
    }
}

fn to_boolean<'d>(value: &Atomic<'d>) -> Result<Atomic<'d>, XPathError> {
    match value {
        Atomic::Untyped(text) | Atomic::String(text) => match trim(text) {
            "true" | "1" => Ok(Atomic::Boolean(true)),
            "false" | "0" => Ok(Atomic::Boolean(false)),
            _ => Err(invalid(AtomicType::Boolean)),
        },
        value if value.is_numeric() => value.truth().map(Atomic::Boolean),
        _ => Err(impossible(value, AtomicType::Boolean)),
    }
}

fn to_decimal(value: &Atomic<'_>, target: AtomicType) -> Result<Decimal, XPathError> {
    match value {
        Atomic::Untyped(text) | Atomic::String(text) => {
            Decimal::parse(trim(text)).unwrap_or_else(|| Err(invalid(target)))
        }
        Atomic::Boolean(b) => Ok(Decimal::new(i128::from(*b), 0)),
        Atomic::Integer(d) | Atomic::Decimal(d) => Ok(*d),
        Atomic::Float(_) | Atomic::Double(_) => {
            let number = value.as_f64().unwrap_or(f64::NAN);
            if !number.is_finite() {
                return Err(XPathError::new(
                    "FOCA0002",
                    "NaN ou l'infini n'a pas de valeur décimale",
                    "NaN or infinity has no decimal value",
                ));
            }
            Decimal::from_f64(number).ok_or_else(decimal::overflow)
        }
        _ => Err(impossible(value, target)),
    }
}

fn to_integer<'d>(value: &Atomic<'d>, target: AtomicType) -> Result<Atomic<'d>, XPathError> {
    let (min, max) = target.bounds().ok_or_else(|| impossible(value, target))?;
    let number = match value {
        Atomic::Untyped(text) | Atomic::String(text) => {
            let text = trim(text);
            if !decimal::is_integer(text) {
                return Err(invalid(target));
            }
            Decimal::parse(text)
                .unwrap_or_else(|| Err(invalid(target)))?
                .mantissa()
        }
        other => to_decimal(other, target)?.truncate(),
    };
    if (min..=max).contains(&number) {
        Ok(Atomic::integer(number))
    } else {
        Err(invalid(target))
    }
}

fn to_moment<'d>(
    value: &Atomic<'d>,
    kind: MomentKind,
    target: AtomicType,
) -> Result<Atomic<'d>, XPathError> {
    match value {
        Atomic::Untyped(text) | Atomic::String(text) => Moment::parse(text, kind)
            .map(Atomic::Moment)
            .ok_or_else(|| invalid(target)),
        Atomic::Moment(moment) => moment
            .to_kind(kind)
            .map(Atomic::Moment)
            .ok_or_else(|| impossible(value, target)),
        _ => Err(impossible(value, target)),
    }
}

fn to_duration<'d>(
    value: &Atomic<'d>,
    kind: DurationKind,
    target: AtomicType,
) -> Result<Atomic<'d>, XPathError> {
    match value {
        Atomic::Untyped(text) | Atomic::String(text) => Duration::parse(text, kind)
            .map(Atomic::Duration)
            .ok_or_else(|| invalid(target)),
        Atomic::Duration(duration) => Ok(Atomic::Duration(duration.to_kind(kind))),
        _ => Err(impossible(value, target)),
    }
}

fn to_qname<'d>(
    value: &Atomic<'d>,
    prefixes: Option<&[(String, String)]>,
) -> Result<Atomic<'d>, XPathError> {
    let (Atomic::String(text), Some(prefixes)) = (value, prefixes) else {
        return Err(impossible(value, AtomicType::QName));
    };
    let text = trim(text);
    let (prefix, local) = text.split_once(':').unwrap_or(("", text));
    if !is_ncname(local) || (text.contains(':') && !is_ncname(prefix)) {
        return Err(invalid(AtomicType::QName));
    }
    let namespace = match prefixes.iter().find(|(p, _)| p == prefix) {
        Some((_, uri)) => uri.clone(),
        None if prefix.is_empty() => String::new(),
        None => {
            return Err(XPathError::new(
                "FONS0004",
                "préfixe de QName non déclaré",
                "prefix of a QName not declared",
            ));
        }
    };
    let name = ExpandedName {
        prefix: prefix.to_owned(),
        namespace,
        local: local.to_owned(),
    };
    Ok(Atomic::QName(Arc::new(name)))
}

fn restricted_string(text: &str, target: AtomicType) -> Result<Text<'static>, XPathError> {
    let value = match target {
        AtomicType::NormalizedString => text.replace(['\t', '\n', '\r'], " "),
        _ => collapse(text),
    };
    let name_char = |c: char| super::lexer::is_name_char(c) || c == ':';
    let valid = match target {
        AtomicType::NcName => is_ncname(&value),
        AtomicType::Name => {
            let mut chars = value.chars();
            chars
                .next()
                .is_some_and(|c| super::lexer::is_name_start(c) || c == ':')
                && chars.all(name_char)
        }
        AtomicType::NmToken => !value.is_empty() && value.chars().all(name_char),
        AtomicType::Language => value.split('-').enumerate().all(|(i, part)| {
            (1..=8).contains(&part.len())
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphabetic() || (i > 0 && b.is_ascii_digit()))
        }),
        _ => true,
    };
    if valid {
        Ok(value.into())
    } else {
        Err(invalid(target))
    }
}

/// White space collapsed as XML Schema does.
pub(crate) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text
        .split([' ', '\t', '\r', '\n'])
        .filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn invalid(target: AtomicType) -> XPathError {
    let name = target.name();
    XPathError::new(
        "FORG0001",
        format!("la valeur ne se lit pas comme xs:{name}"),
        format!("the value cannot be read as xs:{name}"),
    )
}

fn impossible(value: &Atomic<'_>, target: AtomicType) -> XPathError {
    let (from, to) = (value.type_of().name(), target.name());
    XPathError::type_error(
        format!("xs:{from} ne se convertit pas en xs:{to}"),
        format!("xs:{from} does not convert to xs:{to}"),
    )
}
