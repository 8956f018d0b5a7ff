//! From text to timestamp.

use std::str::FromStr;

use super::date::Date;
use super::timestamp::{Offset, Precision, Timestamp, unit};

/// Why a text is no date or timestamp. Never quotes the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// The text has not the shape of a date or timestamp.
    #[error("{expected} expected")]
    Shape {
        /// The shape expected.
        expected: &'static str,
    },
    /// A part is outside its range: there is no such day or time.
    #[error("the {part} must be between {min} and {max}")]
    Range {
        /// Which part.
        part: &'static str,
        /// Its least value.
        min: u32,
        /// Its greatest value, in this month for a day.
        max: u32,
    },
    /// An offset from UTC without a time of day.
    #[error("an offset from UTC needs a time of day; remove the offset or add the hour")]
    OffsetWithoutTime,
    /// The timestamp is not precise enough for what was asked.
    #[error("a precision of at least a {needed} is needed")]
    Imprecise {
        /// The precision needed.
        needed: &'static str,
    },
    /// No offset from UTC where one is needed.
    #[error("an offset from UTC is needed")]
    NoOffset,
}

impl TimestampError {
    pub(super) const OFFSET_RANGE: TimestampError = TimestampError::Range {
        part: "offset from UTC in hours",
        min: 0,
        max: 14,
    };
}

const SHAPE: TimestampError = TimestampError::Shape {
    expected: "a timestamp as AAAA[MM[JJ[hh[mm[ss[.f]]]]]], possibly with an offset as +hhmm,",
};

impl Timestamp {
    /// Reads a timestamp; nothing may stand around it.
    ///
    /// # Errors
    /// The shape is wrong, or there is no such day or time.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let (local, offset) = match text.find(['+', '-']) {
            Some(at) => {
                let (local, offset) = text.split_at(at);
                (local, Some(parse_offset(offset)?))
            }
            None => (text, None),
        };
        let (digits, fraction) = match local.split_once('.') {
            Some((digits, fraction)) => (digits, Some(fraction)),
            None => (local, None),
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SHAPE);
        }
        let precision = match digits.len() {
            4 => Precision::Year,
            6 => Precision::Month,
            8 => Precision::Day,
            10 => Precision::Hour,
            12 => Precision::Minute,
            14 => Precision::Second,
            _ => return Err(SHAPE),
        };
        let part = |start: usize, default: u8| match digits.get(start..start + 2) {
            Some(part) => number(part)
                .and_then(|value| u8::try_from(value).ok())
                .ok_or(SHAPE),
            None => Ok(default),
        };
        let year = digits
            .get(..4)
            .and_then(number)
            .and_then(|year| u16::try_from(year).ok())
            .ok_or(SHAPE)?;
        let date = Date::new(year, part(4, 1)?, part(6, 1)?)?;
        let mut timestamp =
            Timestamp::from_date_time(date, part(8, 0)?, part(10, 0)?, part(12, 0)?)?;
        timestamp.precision = precision;
        if let Some(fraction) = fraction {
            if precision != Precision::Second {
                return Err(SHAPE);
            }
            let count = u8::try_from(fraction.len()).map_err(|_| SHAPE)?;
            if !(1..=9).contains(&count) {
                return Err(TimestampError::Shape {
                    expected: "1 to 9 digits after the point",
                });
            }
            timestamp.nanosecond = number(fraction).ok_or(SHAPE)?.saturating_mul(unit(count));
            timestamp.precision = Precision::Fraction(count);
        }
        match offset {
            Some(offset) => timestamp.with_offset(offset),
            None => Ok(timestamp),
        }
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Timestamp::parse(text)
    }
}

/// `+hhmm`, or `+hh`.
fn parse_offset(text: &str) -> Result<Offset, TimestampError> {
    let shape = TimestampError::Shape {
        expected: "an offset from UTC as +hhmm or -hhmm",
    };
    let (sign, digits) = text.split_at_checked(1).ok_or(shape.clone())?;
    let value = number(digits).ok_or(shape.clone())?;
    let (hours, minutes, short) = match digits.len() {
        2 => (value, 0, true),
        4 => (value / 100, value % 100, false),
        _ => return Err(shape),
    };
    let hours = u8::try_from(hours).map_err(|_| shape.clone())?;
    let minutes = u8::try_from(minutes).map_err(|_| shape)?;
    Offset::new(sign == "-", hours, minutes, short)
}

/// The value of 1 to 9 ASCII digits, and nothing else.
pub(super) fn number(text: &str) -> Option<u32> {
    if text.len() > 9 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(feature = "serde")]
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Timestamp::parse(&text).map_err(serde::de::Error::custom)
    }
}
