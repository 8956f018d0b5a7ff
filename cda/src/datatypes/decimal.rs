//! Decimal numbers with the digits they were written with.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use crate::tree::AttributeText;

/// A decimal number as CDA writes it (`real`): the digits are kept, so that `3.90` stays `3.90`.
///
/// Two numbers are equal when they are written alike: precision says something in medicine.
///
/// ```
/// use segur_cda::datatypes::Decimal;
///
/// let value: Decimal = "37.20".parse()?;
/// assert_eq!(value.as_str(), "37.20");
/// assert_eq!(value.to_f64(), 37.2);
/// assert!("37,2".parse::<Decimal>().is_err());
/// # Ok::<(), segur_cda::datatypes::DecimalError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(Box<str>);

/// The text is not a decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a decimal number: expected digits with an optional sign, point and exponent, as in 37.2"
)]
#[non_exhaustive]
pub struct DecimalError;

impl Decimal {
    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest binary floating point number.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

/// Sign, digits with an optional point, optional exponent, as in `xs:decimal` and `xs:double`.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fine = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['-', '+']).unwrap_or(e);
        !e.is_empty() && digits(e)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fine
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_decimal(text) {
            Ok(Self(text.into()))
        } else {
            Err(DecimalError)
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A text keeps its digits; a number is taken as it prints.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;

        impl serde::de::Visitor<'_> for Digits {
            type Value = Decimal;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number, as 3.90 or \"3.90\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Decimal, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Decimal, E> {
                Ok(Decimal::from(value))
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Decimal, E> {
                self.visit_str(&value.to_string())
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Decimal, E> {
                self.visit_str(&value.to_string())
            }
        }

        deserializer.deserialize_any(Digits)
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self(value.to_string().into())
    }
}

impl From<i32> for Decimal {
    fn from(value: i32) -> Self {
        Self(value.to_string().into())
    }
}

impl From<u32> for Decimal {
    fn from(value: u32) -> Self {
        Self(value.to_string().into())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Does not show the number: it may be a person's measure.
impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decimal(…)")
    }
}

impl AttributeText for Decimal {
    const EXPECTED: &'static str = "a decimal number";

    fn parse_text(text: &str) -> Option<(Self, bool)> {
        text.parse().ok().map(|value| (value, true))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_standard_are_accepted() {
        for text in ["0", "-1", "+3", "3.90", ".5", "5.", "1e3", "1.5E-10", "007"] {
            assert!(text.parse::<Decimal>().is_ok(), "{text}");
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "", ".", "-", "1,5", "1.2.3", "e3", "1e", "NaN", "INF", " 1", "1 ", "½",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }
}
