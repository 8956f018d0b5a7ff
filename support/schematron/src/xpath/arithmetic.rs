//! `+ - * div idiv mod` on numbers, dates and durations (XPath 2.0, 3.4 and appendix B.2).

use super::ast::ArithmeticOp;
use super::cast::to_double;
use super::datetime::{Duration, DurationKind};
use super::decimal::{self, Decimal};
use super::error::XPathError;
use super::value::Atomic;

/// Applies an operator; untyped operands are read as doubles.
pub(crate) fn apply<'d>(
    op: ArithmeticOp,
    a: &Atomic<'d>,
    b: &Atomic<'d>,
) -> Result<Atomic<'d>, XPathError> {
    let read = |value: &Atomic<'d>| match value {
        Atomic::Untyped(_) => to_double(value).map(Atomic::Double),
        other => Ok(other.clone()),
    };
    let (a, b) = (read(a)?, read(b)?);
    match (&a, &b) {
        (Atomic::Integer(x), Atomic::Integer(y)) => decimals(op, *x, *y, true),
        (Atomic::Integer(x) | Atomic::Decimal(x), Atomic::Integer(y) | Atomic::Decimal(y)) => {
            decimals(op, *x, *y, false)
        }
        _ if a.is_numeric() && b.is_numeric() => {
            let double = matches!(a, Atomic::Double(_)) || matches!(b, Atomic::Double(_));
            let (x, y) = (
                a.as_f64().unwrap_or(f64::NAN),
                b.as_f64().unwrap_or(f64::NAN),
            );
            doubles(op, x, y, double)
        }
        _ => dates(op, &a, &b),
    }
}

fn decimals<'d>(
    op: ArithmeticOp,
    x: Decimal,
    y: Decimal,
    integers: bool,
) -> Result<Atomic<'d>, XPathError> {
    let typed = |value| {
        if integers {
            Atomic::Integer(value)
        } else {
            Atomic::Decimal(value)
        }
    };
    Ok(match op {
        ArithmeticOp::Add => typed(x.add(y)?),
        ArithmeticOp::Subtract => typed(x.subtract(y)?),
        ArithmeticOp::Multiply => typed(x.multiply(y)?),
        ArithmeticOp::Divide => Atomic::Decimal(x.divide(y)?),
        ArithmeticOp::IntegerDivide => Atomic::integer(x.divide_whole(y)?),
        ArithmeticOp::Modulo => typed(x.modulo(y)?),
    })
}

#[allow(clippy::cast_possible_truncation)]
fn doubles<'d>(op: ArithmeticOp, x: f64, y: f64, double: bool) -> Result<Atomic<'d>, XPathError> {
    let result = match op {
        ArithmeticOp::Add => x + y,
        ArithmeticOp::Subtract => x - y,
        ArithmeticOp::Multiply => x * y,
        ArithmeticOp::Divide => x / y,
        ArithmeticOp::Modulo => x % y,
        ArithmeticOp::IntegerDivide => {
            if y == 0.0 {
                return Err(decimal::division_by_zero());
            }
            let quotient = (x / y).trunc();
            if !quotient.is_finite() || quotient.abs() >= 1e38 || y.is_nan() {
                return Err(decimal::overflow());
            }
            return Ok(Atomic::integer(quotient as i128));
        }
    };
    Ok(if double {
        Atomic::Double(result)
    } else {
        Atomic::Float(result as f32)
    })
}

fn dates<'d>(op: ArithmeticOp, a: &Atomic<'d>, b: &Atomic<'d>) -> Result<Atomic<'d>, XPathError> {
    let duration = |kind, months, nanos| {
        Duration::new(kind, months, nanos)
            .map(Atomic::Duration)
            .ok_or_else(out_of_range)
    };
    match (op, a, b) {
        (ArithmeticOp::Subtract, Atomic::Moment(x), Atomic::Moment(y)) if x.kind == y.kind => {
            duration(DurationKind::DayTime, 0, x.instant() - y.instant())
        }
        (ArithmeticOp::Add, Atomic::Moment(m), Atomic::Duration(d))
        | (ArithmeticOp::Add, Atomic::Duration(d), Atomic::Moment(m))
            if d.kind != DurationKind::Any =>
        {
            m.plus(d).map(Atomic::Moment).ok_or_else(out_of_range)
        }
        (ArithmeticOp::Subtract, Atomic::Moment(m), Atomic::Duration(d))
            if d.kind != DurationKind::Any =>
        {
            m.plus(&d.negate())
                .map(Atomic::Moment)
                .ok_or_else(out_of_range)
        }
        (ArithmeticOp::Add | ArithmeticOp::Subtract, Atomic::Duration(x), Atomic::Duration(y))
            if x.kind == y.kind && x.kind != DurationKind::Any =>
        {
            let y = if op == ArithmeticOp::Subtract {
                y.negate()
            } else {
                *y
            };
            duration(
                x.kind,
                x.months.saturating_add(y.months),
                x.nanos() + y.nanos(),
            )
        }
        (ArithmeticOp::Multiply, Atomic::Duration(d), n)
        | (ArithmeticOp::Multiply, n, Atomic::Duration(d))
            if n.is_numeric() && d.kind != DurationKind::Any =>
        {
            scale(d, n.as_f64().unwrap_or(f64::NAN))
        }
        (ArithmeticOp::Divide, Atomic::Duration(d), n)
            if n.is_numeric() && d.kind != DurationKind::Any =>
        {
            scale(d, 1.0 / n.as_f64().unwrap_or(f64::NAN))
        }
        (ArithmeticOp::Divide, Atomic::Duration(x), Atomic::Duration(y))
            if x.kind == y.kind && x.kind != DurationKind::Any =>
        {
            let (n, d) = match x.kind {
                DurationKind::YearMonth => (i128::from(x.months), i128::from(y.months)),
                _ => (x.nanos(), y.nanos()),
            };
            Ok(Atomic::Decimal(
                Decimal::new(n, 0).divide(Decimal::new(d, 0))?,
            ))
        }
        _ => {
            let (a, b) = (a.type_of().name(), b.type_of().name());
            Err(XPathError::type_error(
                format!("pas de calcul possible entre xs:{a} et xs:{b}"),
                format!("no arithmetic between xs:{a} and xs:{b}"),
            ))
        }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn scale<'d>(d: &Duration, factor: f64) -> Result<Atomic<'d>, XPathError> {
    let months = d.months as f64 * factor;
    let nanos = d.nanos() as f64 * factor;
    if !months.is_finite() || !nanos.is_finite() || months.abs() > 1e15 || nanos.abs() > 1e27 {
        return Err(out_of_range());
    }
    Duration::new(d.kind, (months + 0.5).floor() as i64, nanos.round() as i128)
        .map(Atomic::Duration)
        .ok_or_else(out_of_range)
}

fn out_of_range() -> XPathError {
    XPathError::new(
        "FODT0001",
        "date ou durée hors limites",
        "date or duration out of range",
    )
}
