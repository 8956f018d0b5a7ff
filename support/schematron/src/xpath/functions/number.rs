//! Numbers, and sums and extremes of sequences.

use std::cmp::Ordering;

use super::{Call, Function};
use crate::xpath::arithmetic;
use crate::xpath::ast::ArithmeticOp;
use crate::xpath::cast::{cast, to_double};
use crate::xpath::compare::order;
use crate::xpath::decimal::Decimal;
use crate::xpath::error::XPathError;
use crate::xpath::types::AtomicType;
use crate::xpath::value::{Atomic, Item, Sequence};

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn number(&self) -> Result<Sequence<'d>, XPathError> {
        match self.function {
            Function::Number => self.to_number(),
            Function::Sum => self.sum(),
            Function::Avg => self.average(),
            Function::Max => self.extreme(Ordering::Greater),
            Function::Min => self.extreme(Ordering::Less),
            _ => self.rounded(),
        }
    }

    /// `number()`: NaN rather than an error.
    fn to_number(&self) -> Result<Sequence<'d>, XPathError> {
        let value = match self.args {
            [] => Some(self.focus.item()?.atomize()),
            _ => self.cx.atom(self.arg(0), self.focus)?,
        };
        let number = value
            .and_then(|v| cast(&v, AtomicType::Double, None).ok())
            .unwrap_or(Atomic::Double(f64::NAN));
        Ok(Sequence::atomic(number))
    }

    fn rounded(&self) -> Result<Sequence<'d>, XPathError> {
        let Some(value) = self.cx.number(self.arg(0), self.focus)? else {
            return Ok(Sequence::Empty);
        };
        let places = match self.args.len() {
            2 => self
                .cx
                .integer(self.arg(1), self.focus)?
                .ok_or_else(|| self.wrong_argument())?,
            _ => 0,
        };
        Ok(Sequence::atomic(match value {
            Atomic::Integer(d) => Atomic::Integer(self.decimal(d, places)?),
            Atomic::Decimal(d) => Atomic::Decimal(self.decimal(d, places)?),
            #[allow(clippy::cast_possible_truncation)]
            Atomic::Float(f) => Atomic::Float(self.double(f64::from(f), places) as f32),
            Atomic::Double(d) => Atomic::Double(self.double(d, places)),
            other => other,
        }))
    }

    fn decimal(&self, d: Decimal, places: i128) -> Result<Decimal, XPathError> {
        let whole = |value| Decimal::new(value, 0);
        Ok(match self.function {
            Function::Abs if d.mantissa() < 0 => d.negate(),
            Function::Abs => d,
            Function::Ceiling => whole(d.ceiling()),
            Function::Floor => whole(d.floor()),
            Function::Round => whole(d.round()),
            _ => {
                let places = i64::try_from(places).unwrap_or(i64::MAX);
                d.round_half_even(places)
                    .ok_or_else(crate::xpath::decimal::overflow)?
            }
        })
    }

    fn double(&self, d: f64, places: i128) -> f64 {
        match self.function {
            Function::Abs => d.abs(),
            Function::Ceiling => d.ceil(),
            Function::Floor => d.floor(),
            // Halves go up, and small negative numbers to minus zero.
            Function::Round if (-0.5..0.0).contains(&d) => -0.0,
            Function::Round if d.fract() == 0.0 => d,
            Function::Round => (d + 0.5).floor(),
            _ if d.fract() == 0.0 && places >= 0 => d,
            _ => Decimal::from_f64(d)
                .and_then(|exact| exact.round_half_even(i64::try_from(places).unwrap_or(0)))
                .map_or(d, |rounded| rounded.to_f64().copysign(d)),
        }
    }

    /// Values for sums and extremes: untyped text is read as doubles.
    fn values(&self) -> Result<Vec<Atomic<'d>>, XPathError> {
        let mut values = self.cx.data(self.arg(0), self.focus)?;
        for value in &mut values {
            if let Atomic::Untyped(_) = value {
                *value = Atomic::Double(to_double(value)?);
            }
        }
        Ok(values)
    }

    fn sum(&self) -> Result<Sequence<'d>, XPathError> {
        let values = self.values()?;
        if values.is_empty() {
            return match self.args.len() {
                2 => self.cx.eval(self.arg(1), self.focus),
                _ => Ok(Sequence::atomic(Atomic::integer(0))),
            };
        }
        self.total(&values).map(Sequence::atomic)
    }

    fn average(&self) -> Result<Sequence<'d>, XPathError> {
        let values = self.values()?;
        if values.is_empty() {
            return Ok(Sequence::Empty);
        }
        let count = Atomic::count(values.len());
        let total = self.total(&values)?;
        arithmetic::apply(ArithmeticOp::Divide, &total, &count).map(Sequence::atomic)
    }

    fn total(&self, values: &[Atomic<'d>]) -> Result<Atomic<'d>, XPathError> {
        let summable = |v: &Atomic<'_>| v.is_numeric() || matches!(v, Atomic::Duration(_));
        let (Some(first), true) = (values.first(), values.iter().all(summable)) else {
            return Err(self.not_summable());
        };
        values.iter().skip(1).try_fold(first.clone(), |sum, value| {
            arithmetic::apply(ArithmeticOp::Add, &sum, value).map_err(|error| match error.code {
                "XPTY0004" => self.not_summable(),
                _ => error,
            })
        })
    }

    fn not_summable(&self) -> XPathError {
        let name = self.function.name();
        XPathError::new(
            "FORG0006",
            format!("{name}() : des valeurs ne sont ni des nombres ni des durées d'un même type"),
            format!("{name}(): values that are neither numbers nor durations of one type"),
        )
    }

    fn extreme(&self, wanted: Ordering) -> Result<Sequence<'d>, XPathError> {
        if self.args.len() > 1 {
            let collation = self.cx.required_text(self.arg(1), self.focus)?;
            super::context::check_collation(&collation)?;
        }
        let values = self.values()?;
        let mut best: Option<&Atomic<'d>> = None;
        for value in &values {
            if value.as_f64().is_some_and(f64::is_nan) {
                return Ok(Sequence::atomic(Atomic::Double(f64::NAN)));
            }
            let better = match best {
                None => true,
                Some(best) => {
                    let ordering = order(value, best).map_err(|_| self.not_summable())?;
                    ordering == Some(wanted)
                }
            };
            if better {
                best = Some(value);
            }
        }
        let double = values.iter().any(|v| matches!(v, Atomic::Double(_)));
        Ok(match best {
            // One double makes the result a double.
            Some(best) if double && best.is_numeric() => Sequence::One(Item::Atomic(
                Atomic::Double(best.as_f64().unwrap_or(f64::NAN)),
            )),
            best => Sequence::optional(best.cloned()),
        })
    }
}
