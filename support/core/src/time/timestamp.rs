//! HL7 v3 timestamps.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use super::date::{Date, last_day};
use super::parse::TimestampError;

/// An HL7 v3 timestamp (`TS`): `AAAA[MM[JJ[hh[mm[ss[.f…]]]]]]`, then the offset from UTC as `+hhmm` when it has a time.
///
/// Precision and offset are kept as they were given: `2024`, `20240101` and `20240101000000+0100` are three different
/// values, and each is written back as it came. What no calendar or clock has is refused (13th month, 30 February,
/// hour 24, second 60). Equality is equality of the text; to order two timestamps in time use
/// [`compare`](Timestamp::compare).
///
/// Source: HL7 v3 data types, TS; HL7 CDA R2 schema, type `ts`.
///
/// ```
/// use segur_core::{Precision, Timestamp};
///
/// let ts: Timestamp = "202403011430+0100".parse()?;
/// assert_eq!(ts.precision(), Precision::Minute);
/// assert_eq!(ts.offset().map(|offset| offset.minutes()), Some(60));
/// assert_eq!(ts.to_string(), "202403011430+0100");
/// assert!("20251399".parse::<Timestamp>().is_err());
/// # Ok::<(), segur_core::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) nanosecond: u32,
    pub(super) precision: Precision,
    pub(super) offset: Option<Offset>,
}

/// How much of a timestamp is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Precision {
    /// `2024`.
    Year,
    /// `202403`.
    Month,
    /// `20240301`.
    Day,
    /// `2024030114`.
    Hour,
    /// `202403011430`.
    Minute,
    /// `20240301143059`.
    Second,
    /// `20240301143059.25`: the number of digits after the point, 1 to 9.
    Fraction(u8),
}

/// An offset from UTC, up to 14 hours, as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Offset {
    pub(super) negative: bool,
    pub(super) hours: u8,
    pub(super) minutes: u8,
    pub(super) short: bool,
}

impl Offset {
    /// An offset of so many minutes, positive east of Greenwich.
    ///
    /// # Errors
    /// It is more than 14 hours.
    pub fn from_minutes(minutes: i16) -> Result<Self, TimestampError> {
        let size = minutes.unsigned_abs();
        match (u8::try_from(size / 60), u8::try_from(size % 60)) {
            (Ok(hours), Ok(rest)) => Offset::new(minutes < 0, hours, rest, false),
            _ => Err(TimestampError::OFFSET_RANGE),
        }
    }

    pub(super) fn new(
        negative: bool,
        hours: u8,
        minutes: u8,
        short: bool,
    ) -> Result<Self, TimestampError> {
        if hours > 14 || minutes > 59 || (hours == 14 && minutes > 0) {
            return Err(TimestampError::OFFSET_RANGE);
        }
        Ok(Offset {
            negative,
            hours,
            minutes,
            short,
        })
    }

    /// Minutes to add to UTC, positive east of Greenwich.
    pub fn minutes(self) -> i16 {
        let size = i16::from(self.hours) * 60 + i16::from(self.minutes);
        if self.negative { -size } else { size }
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { '-' } else { '+' };
        write!(f, "{sign}{:02}", self.hours)?;
        if self.short {
            return Ok(());
        }
        write!(f, "{:02}", self.minutes)
    }
}

impl Timestamp {
    /// A year, 0 to 9999, and nothing more.
    ///
    /// # Errors
    /// The year is above 9999.
    pub fn from_year(year: u16) -> Result<Self, TimestampError> {
        Self::at_start(Date::new(year, 1, 1)?, Precision::Year)
    }

    /// A month of a year, and nothing more.
    ///
    /// # Errors
    /// There is no such month.
    pub fn from_month(year: u16, month: u8) -> Result<Self, TimestampError> {
        Self::at_start(Date::new(year, month, 1)?, Precision::Month)
    }

    /// A day.
    pub fn from_date(date: Date) -> Self {
        Timestamp {
            year: date.year(),
            month: date.month(),
            day: date.day(),
            hour: 0,
            minute: 0,
            second: 0,
            nanosecond: 0,
            precision: Precision::Day,
            offset: None,
        }
    }

    fn at_start(date: Date, precision: Precision) -> Result<Self, TimestampError> {
        Ok(Timestamp {
            precision,
            ..Timestamp::from_date(date)
        })
    }

    /// A second of a day.
    ///
    /// # Errors
    /// There is no such time of day.
    pub fn from_date_time(
        date: Date,
        hour: u8,
        minute: u8,
        second: u8,
    ) -> Result<Self, TimestampError> {
        for (part, value, max) in [
            ("hour", hour, 23),
            ("minute", minute, 59),
            ("second", second, 59),
        ] {
            if value > max {
                return Err(TimestampError::Range {
                    part,
                    min: 0,
                    max: u32::from(max),
                });
            }
        }
        Ok(Timestamp {
            hour,
            minute,
            second,
            precision: Precision::Second,
            ..Timestamp::from_date(date)
        })
    }

    /// The second of a time of the system, in UTC (offset `+0000`); none outside the years 1970 to 9999.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use segur_core::Timestamp;
    ///
    /// let time = Timestamp::at(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    /// assert_eq!(time.map(|time| time.to_string()).as_deref(), Some("20231114221320+0000"));
    /// ```
    #[must_use]
    pub fn at(time: SystemTime) -> Option<Self> {
        let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
        let date = Date::from_days(i64::try_from(seconds / 86_400).ok()?)?;
        let part = |value: u64| u8::try_from(value).ok();
        let (hour, minute) = (part(seconds / 3_600 % 24)?, part(seconds / 60 % 60)?);
        let time = Self::from_date_time(date, hour, minute, part(seconds % 60)?).ok()?;
        time.with_offset(Offset::from_minutes(0).ok()?).ok()
    }

    /// The same local time with an offset from UTC.
    ///
    /// # Errors
    /// The timestamp has no time of day: an offset means nothing there.
    pub fn with_offset(mut self, offset: Offset) -> Result<Self, TimestampError> {
        if self.precision < Precision::Hour {
            return Err(TimestampError::OffsetWithoutTime);
        }
        self.offset = Some(offset);
        Ok(self)
    }

    /// The same time, known less precisely: what is beyond `precision` is dropped, the offset too below the hour.
    /// A precision finer than the present one changes nothing.
    #[must_use]
    pub fn truncated_to(mut self, precision: Precision) -> Self {
        if precision >= self.precision {
            return self;
        }
        self.precision = precision;
        self.month = if precision < Precision::Month {
            1
        } else {
            self.month
        };
        self.day = if precision < Precision::Day {
            1
        } else {
            self.day
        };
        self.hour = if precision < Precision::Hour {
            0
        } else {
            self.hour
        };
        self.minute = if precision < Precision::Minute {
            0
        } else {
            self.minute
        };
        self.second = if precision < Precision::Second {
            0
        } else {
            self.second
        };
        self.nanosecond = match precision {
            Precision::Fraction(digits) => self.nanosecond - self.nanosecond % unit(digits),
            _ => 0,
        };
        self.offset = self.offset.filter(|_| precision >= Precision::Hour);
        self
    }

    /// How much is known.
    pub const fn precision(&self) -> Precision {
        self.precision
    }

    /// The offset from UTC, when it was given.
    pub const fn offset(&self) -> Option<Offset> {
        self.offset
    }

    /// The year.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, when known.
    pub fn month(&self) -> Option<u8> {
        (self.precision >= Precision::Month).then_some(self.month)
    }

    /// The day of the month, when known.
    pub fn day(&self) -> Option<u8> {
        (self.precision >= Precision::Day).then_some(self.day)
    }

    /// The hour, 0 to 23, when known.
    pub fn hour(&self) -> Option<u8> {
        (self.precision >= Precision::Hour).then_some(self.hour)
    }

    /// The minute, when known.
    pub fn minute(&self) -> Option<u8> {
        (self.precision >= Precision::Minute).then_some(self.minute)
    }

    /// The second, when known.
    pub fn second(&self) -> Option<u8> {
        (self.precision >= Precision::Second).then_some(self.second)
    }

    /// The fraction of the second in nanoseconds, when known.
    pub fn nanosecond(&self) -> Option<u32> {
        matches!(self.precision, Precision::Fraction(_)).then_some(self.nanosecond)
    }

    /// The day, when known; in local time if there is an offset.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year, self.month()?, self.day()?).ok()
    }

    /// The last day that the timestamp may mean.
    pub(super) fn last_date(&self) -> Option<Date> {
        let month = self.month().unwrap_or(12);
        let day = self.day().unwrap_or(last_day(self.year, month));
        Date::new(self.year, month, day).ok()
    }

    /// The first day that the timestamp may mean.
    pub(super) fn first_date(&self) -> Option<Date> {
        Date::new(
            self.year,
            self.month().unwrap_or(1),
            self.day().unwrap_or(1),
        )
        .ok()
    }
}

/// Nanoseconds in the last of so many digits after the point.
pub(super) fn unit(digits: u8) -> u32 {
    10u32.pow(u32::from(9u8.saturating_sub(digits)))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [
            self.month(),
            self.day(),
            self.hour(),
            self.minute(),
            self.second(),
        ]
        .into_iter()
        .flatten()
        {
            write!(f, "{part:02}")?;
        }
        if let Precision::Fraction(digits) = self.precision {
            let fraction = self.nanosecond / unit(digits);
            write!(f, ".{fraction:0width$}", width = usize::from(digits))?;
        }
        match self.offset {
            Some(offset) => offset.fmt(f),
            None => Ok(()),
        }
    }
}
