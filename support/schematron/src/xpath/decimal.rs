//! `xs:decimal` as a 128-bit integer and a scale.

use std::cmp::Ordering;

use super::error::XPathError;

/// Most digits after the point that a result keeps.
const MAX_SCALE: u32 = 18;

/// `mantissa / 10^scale`, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    // Two halves instead of an i128: that would align every item to 16 bytes.
    high: i64,
    low: u64,
    scale: u32,
}

impl Decimal {
    pub(crate) const ZERO: Self = Self {
        high: 0,
        low: 0,
        scale: 0,
    };

    pub(crate) fn new(mut mantissa: i128, mut scale: u32) -> Self {
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        // What stands 28 digits after the point is dropped, so that no power of ten overflows.
        while scale > 28 {
            mantissa /= 10;
            scale -= 1;
        }
        Self {
            high: (mantissa >> 64) as i64,
            low: mantissa as u64,
            scale,
        }
    }

    pub(crate) fn mantissa(self) -> i128 {
        (i128::from(self.high) << 64) | i128::from(self.low)
    }

    pub(crate) fn scale(self) -> u32 {
        self.scale
    }

    pub(crate) fn is_zero(self) -> bool {
        self.mantissa() == 0
    }

    /// Reads `[+-]?digits(.digits)?`, without white space.
    pub(crate) fn parse(text: &str) -> Option<Result<Self, XPathError>> {
        if !is_decimal(text) {
            return None;
        }
        let (negative, digits) = match text.as_bytes().first() {
            Some(b'-') => (true, text.get(1..)?),
            Some(b'+') => (false, text.get(1..)?),
            _ => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let mut mantissa: i128 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            let next = mantissa
                .checked_mul(10)
                .and_then(|m| m.checked_add(i128::from(digit - b'0')));
            match next {
                Some(next) => mantissa = next,
                None => return Some(Err(overflow())),
            }
        }
        let mantissa = if negative {
            mantissa.saturating_neg()
        } else {
            mantissa
        };
        Some(Ok(Self::new(mantissa, fraction.len() as u32)))
    }

    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn to_f64(self) -> f64 {
        if self.scale == 0 {
            return self.mantissa() as f64;
        }
        // Through the text, so that the nearest double comes out.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The exact value of a finite double, cut to what 128 bits hold.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let text = format!("{value:.18}");
        Self::parse(text.trim_end_matches('0').trim_end_matches('.'))?.ok()
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let left = scaled(self.mantissa(), scale - self.scale)?;
        let right = scaled(other.mantissa(), scale - other.scale)?;
        Some((left, right, scale))
    }

    pub(crate) fn add(self, other: Self) -> Result<Self, XPathError> {
        let (a, b, scale) = self.aligned(other).ok_or_else(overflow)?;
        Ok(Self::new(a.checked_add(b).ok_or_else(overflow)?, scale))
    }

    pub(crate) fn subtract(self, other: Self) -> Result<Self, XPathError> {
        self.add(other.negate())
    }

    pub(crate) fn multiply(self, other: Self) -> Result<Self, XPathError> {
        let product = self
            .mantissa()
            .checked_mul(other.mantissa())
            .ok_or_else(overflow)?;
        Ok(Self::new(product, self.scale + other.scale))
    }

    pub(crate) fn divide(self, other: Self) -> Result<Self, XPathError> {
        if other.is_zero() {
            return Err(division_by_zero());
        }
        let target = MAX_SCALE.max(self.scale);
        let shift = target + other.scale - self.scale;
        let dividend = scaled(self.mantissa(), shift).ok_or_else(overflow)?;
        let (quotient, rest) = (dividend / other.mantissa(), dividend % other.mantissa());
        let up = rest.unsigned_abs() > other.mantissa().unsigned_abs() / 2;
        let negative = (dividend < 0) != (other.mantissa() < 0);
        let quotient = match (up, negative) {
            (true, false) => quotient + 1,
            (true, true) => quotient - 1,
            _ => quotient,
        };
        Ok(Self::new(quotient, target))
    }

    /// Whole quotient, towards zero.
    pub(crate) fn divide_whole(self, other: Self) -> Result<i128, XPathError> {
        if other.is_zero() {
            return Err(division_by_zero());
        }
        let (a, b, _) = self.aligned(other).ok_or_else(overflow)?;
        Ok(a / b)
    }

    /// Remainder with the sign of the dividend.
    pub(crate) fn modulo(self, other: Self) -> Result<Self, XPathError> {
        if other.is_zero() {
            return Err(division_by_zero());
        }
        let (a, b, scale) = self.aligned(other).ok_or_else(overflow)?;
        Ok(Self::new(a % b, scale))
    }

    pub(crate) fn negate(self) -> Self {
        Self::new(self.mantissa().saturating_neg(), self.scale)
    }

    pub(crate) fn compare(self, other: Self) -> Ordering {
        match self.aligned(other) {
            Some((a, b, _)) => a.cmp(&b),
            // Only numbers far apart fail to align.
            None => self.to_f64().total_cmp(&other.to_f64()),
        }
    }

    /// Towards zero.
    pub(crate) fn truncate(self) -> i128 {
        self.mantissa() / power(self.scale)
    }

    pub(crate) fn floor(self) -> i128 {
        self.mantissa().div_euclid(power(self.scale))
    }

    pub(crate) fn ceiling(self) -> i128 {
        self.negate().floor().saturating_neg()
    }

    /// Nearest whole number, halves towards positive infinity.
    pub(crate) fn round(self) -> i128 {
        let unit = power(self.scale);
        self.mantissa().saturating_add(unit / 2).div_euclid(unit)
    }

    /// Nearest number of `places` digits after the point, halves to the even one.
    pub(crate) fn round_half_even(self, places: i64) -> Option<Self> {
        if places >= i64::from(self.scale) {
            return Some(self);
        }
        let drop = u32::try_from(i64::from(self.scale) - places).ok()?;
        if drop > 38 {
            return Some(Self::ZERO);
        }
        let unit = power(drop);
        let (quotient, rest) = (
            self.mantissa().div_euclid(unit),
            self.mantissa().rem_euclid(unit),
        );
        let up = match rest.cmp(&(unit - rest)) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => quotient % 2 != 0,
        };
        let rounded = quotient + i128::from(up);
        if places >= 0 {
            Some(Self::new(rounded, u32::try_from(places).ok()?))
        } else {
            Some(Self::new(scaled(rounded, u32::try_from(-places).ok()?)?, 0))
        }
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mantissa = self.mantissa();
        if self.scale == 0 {
            return write!(f, "{mantissa}");
        }
        let scale = self.scale as usize;
        let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        write!(
            f,
            "{}{whole}.{fraction}",
            if mantissa < 0 { "-" } else { "" }
        )
    }
}

/// Whether `text` is in the lexical space of `xs:decimal`.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(fraction) && !(whole.is_empty() && fraction.is_empty())
}

/// Whether `text` is in the lexical space of `xs:integer`.
pub(crate) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

fn power(exponent: u32) -> i128 {
    10i128.checked_pow(exponent).unwrap_or(i128::MAX)
}

fn scaled(mantissa: i128, by: u32) -> Option<i128> {
    if mantissa == 0 {
        return Some(0);
    }
    mantissa.checked_mul(10i128.checked_pow(by)?)
}

pub(crate) fn overflow() -> XPathError {
    XPathError::new(
        "FOAR0002",
        "nombre trop grand : ce moteur calcule sur 128 bits",
        "number too large: this engine computes with 128 bits",
    )
}

pub(crate) fn division_by_zero() -> XPathError {
    XPathError::new("FOAR0001", "division par zéro", "division by zero")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap().unwrap()
    }

    #[test]
    fn text_round_trip() {
        for (text, expected) in [
            ("1", "1"),
            ("1.50", "1.5"),
            ("-.5", "-0.5"),
            ("+0012.", "12"),
            ("-0", "0"),
            ("0.001", "0.001"),
        ] {
            assert_eq!(d(text).to_string(), expected, "{text}");
        }
        for bad in ["", ".", "1e3", "1,5", "- 1", "--1", "1.2.3"] {
            assert!(Decimal::parse(bad).is_none(), "{bad}");
        }
        assert!(Decimal::parse(&"9".repeat(60)).unwrap().is_err());
    }

    #[test]
    fn arithmetic() {
        assert_eq!(d("0.1").add(d("0.2")).unwrap(), d("0.3"));
        assert_eq!(d("1.5").multiply(d("-2")).unwrap(), d("-3"));
        assert_eq!(d("10").divide(d("4")).unwrap(), d("2.5"));
        assert_eq!(
            d("2").divide(d("3")).unwrap().to_string(),
            "0.666666666666666667"
        );
        assert_eq!(d("10").divide_whole(d("-3")).unwrap(), -3);
        assert_eq!(d("-10").modulo(d("3")).unwrap(), d("-1"));
        assert_eq!(d("4.5").modulo(d("1.2")).unwrap(), d("0.9"));
        assert!(d("1").divide(Decimal::ZERO).is_err());
    }

    #[test]
    fn rounding() {
        assert_eq!(d("2.5").round(), 3);
        assert_eq!(d("-2.5").round(), -2);
        assert_eq!(d("-2.1").floor(), -3);
        assert_eq!(d("-2.1").ceiling(), -2);
        assert_eq!(d("2.125").round_half_even(2).unwrap(), d("2.12"));
        assert_eq!(d("35612.25").round_half_even(-2).unwrap(), d("35600"));
    }
}
