//! Comparison of atomic values (XPath 2.0, 3.5 and appendix B.2).

use std::cmp::Ordering;

use super::ast::CompareOp;
use super::cast::{cast, to_double};
use super::datetime::DurationKind;
use super::error::XPathError;
use super::types::AtomicType;
use super::value::Atomic;

/// One pair of a general comparison: untyped text takes the type of the other operand.
pub(crate) fn general(op: CompareOp, a: &Atomic<'_>, b: &Atomic<'_>) -> Result<bool, XPathError> {
    match (a, b) {
        (Atomic::Untyped(a), Atomic::Untyped(b) | Atomic::String(b))
        | (Atomic::String(a), Atomic::Untyped(b) | Atomic::String(b)) => Ok(accepts_text(op, a, b)),
        (Atomic::Untyped(_), b) => value(op, &follow(a, b)?, b),
        (a, Atomic::Untyped(_)) => value(op, a, &follow(b, a)?),
        (a, b) => value(op, a, b),
    }
}

pub(crate) fn accepts_text(op: CompareOp, a: &str, b: &str) -> bool {
    match op {
        CompareOp::Equal => a == b,
        CompareOp::NotEqual => a != b,
        op => op.accepts(a.cmp(b)),
    }
}

fn follow<'d>(untyped: &Atomic<'d>, other: &Atomic<'_>) -> Result<Atomic<'d>, XPathError> {
    if other.is_numeric() {
        return to_double(untyped).map(Atomic::Double);
    }
    match other {
        Atomic::Uri(_) => Ok(Atomic::String(untyped.to_text())),
        Atomic::Duration(d) if d.kind == DurationKind::Any => {
            cast(untyped, AtomicType::Duration, None)
        }
        other => cast(untyped, other.type_of(), None),
    }
}

/// A value comparison: untyped text is a string.
pub(crate) fn value(op: CompareOp, a: &Atomic<'_>, b: &Atomic<'_>) -> Result<bool, XPathError> {
    if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
        return Ok(accepts_text(op, a, b));
    }
    let equality = matches!(op, CompareOp::Equal | CompareOp::NotEqual);
    match (a, b) {
        (Atomic::QName(x), Atomic::QName(y)) if equality => {
            let same = x.local == y.local && x.namespace == y.namespace;
            Ok(same == (op == CompareOp::Equal))
        }
        (Atomic::Duration(x), Atomic::Duration(y)) => {
            if equality {
                return Ok(x.same_length(y) == (op == CompareOp::Equal));
            }
            match (x.kind, y.kind) {
                (DurationKind::YearMonth, DurationKind::YearMonth) => {
                    Ok(op.accepts(x.months.cmp(&y.months)))
                }
                (DurationKind::DayTime, DurationKind::DayTime) => {
                    Ok(op.accepts(x.nanos().cmp(&y.nanos())))
                }
                _ => Err(incomparable(a, b)),
            }
        }
        _ => match order(a, b)? {
            Some(ordering) => Ok(op.accepts(ordering)),
            // NaN is unequal to everything.
            None => Ok(op == CompareOp::NotEqual),
        },
    }
}

/// Order of two comparable values; None when one is NaN.
pub(crate) fn order(a: &Atomic<'_>, b: &Atomic<'_>) -> Result<Option<Ordering>, XPathError> {
    if let (Some(a), Some(b)) = (a.as_text(), b.as_text()) {
        return Ok(Some(a.as_bytes().cmp(b.as_bytes())));
    }
    match (a, b) {
        (Atomic::Integer(x) | Atomic::Decimal(x), Atomic::Integer(y) | Atomic::Decimal(y)) => {
            Ok(Some(x.compare(*y)))
        }
        (Atomic::Boolean(x), Atomic::Boolean(y)) => Ok(Some(x.cmp(y))),
        (Atomic::Moment(x), Atomic::Moment(y)) if x.kind == y.kind => Ok(Some(x.compare(y))),
        (Atomic::Duration(x), Atomic::Duration(y)) if x.kind == y.kind => match x.kind {
            DurationKind::YearMonth => Ok(Some(x.months.cmp(&y.months))),
            DurationKind::DayTime => Ok(Some(x.nanos().cmp(&y.nanos()))),
            DurationKind::Any => Err(incomparable(a, b)),
        },
        (Atomic::Float(x), Atomic::Float(y)) => Ok(x.partial_cmp(y)),
        #[allow(clippy::cast_possible_truncation)]
        (Atomic::Float(x), Atomic::Integer(y) | Atomic::Decimal(y)) => {
            Ok(x.partial_cmp(&(y.to_f64() as f32)))
        }
        #[allow(clippy::cast_possible_truncation)]
        (Atomic::Integer(x) | Atomic::Decimal(x), Atomic::Float(y)) => {
            Ok((x.to_f64() as f32).partial_cmp(y))
        }
        _ => match (a.as_f64(), b.as_f64()) {
            (Some(x), Some(y)) => Ok(x.partial_cmp(&y)),
            _ => Err(incomparable(a, b)),
        },
    }
}

/// Equality as `distinct-values`, `index-of` and `deep-equal` see it: values of types that cannot
/// be compared are distinct; `nan_equal` makes NaN equal to itself.
pub(crate) fn same(a: &Atomic<'_>, b: &Atomic<'_>, nan_equal: bool) -> bool {
    if nan_equal
        && let (Some(x), Some(y)) = (a.as_f64(), b.as_f64())
        && x.is_nan()
        && y.is_nan()
    {
        return true;
    }
    value(CompareOp::Equal, a, b).unwrap_or(false)
}

pub(crate) fn incomparable(a: &Atomic<'_>, b: &Atomic<'_>) -> XPathError {
    let (a, b) = (a.type_of().name(), b.type_of().name());
    XPathError::type_error(
        format!("xs:{a} et xs:{b} ne se comparent pas : convertir l'un des deux"),
        format!("xs:{a} and xs:{b} cannot be compared: convert one of them"),
    )
}
