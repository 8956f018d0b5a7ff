//! Conversions from and to chrono. None of them adds or drops precision.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::date::Date;
use super::parse::TimestampError;
use super::timestamp::{Offset, Precision, Timestamp};

impl TryFrom<NaiveDate> for Date {
    type Error = TimestampError;

    fn try_from(date: NaiveDate) -> Result<Self, Self::Error> {
        let range = |part, max| TimestampError::Range { part, min: 0, max };
        Date::new(
            u16::try_from(date.year()).map_err(|_| range("year", 9999))?,
            u8::try_from(date.month()).map_err(|_| range("month", 12))?,
            u8::try_from(date.day()).map_err(|_| range("day", 31))?,
        )
    }
}

impl TryFrom<Date> for NaiveDate {
    type Error = TimestampError;

    fn try_from(date: Date) -> Result<Self, Self::Error> {
        NaiveDate::from_ymd_opt(
            i32::from(date.year()),
            u32::from(date.month()),
            u32::from(date.day()),
        )
        .ok_or(TimestampError::Shape {
            expected: "a day that chrono can hold",
        })
    }
}

/// To the second; a fraction other than zero is kept to the nanosecond. Fails for a leap second, a year outside 0 to
/// 9999, and an offset with seconds.
impl TryFrom<DateTime<FixedOffset>> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: DateTime<FixedOffset>) -> Result<Self, Self::Error> {
        let seconds = time.offset().local_minus_utc();
        let minutes = i16::try_from(seconds / 60)
            .ok()
            .filter(|_| seconds % 60 == 0);
        let offset = Offset::from_minutes(minutes.ok_or(TimestampError::OFFSET_RANGE)?)?;
        Timestamp::try_from(time.naive_local())?.with_offset(offset)
    }
}

/// Without an offset, to the second; a fraction other than zero is kept to the nanosecond. Fails for a leap second and
/// a year outside 0 to 9999.
impl TryFrom<NaiveDateTime> for Timestamp {
    type Error = TimestampError;

    fn try_from(time: NaiveDateTime) -> Result<Self, Self::Error> {
        let part = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
        let mut timestamp = Timestamp::from_date_time(
            time.date().try_into()?,
            part(time.hour()),
            part(time.minute()),
            part(time.second()),
        )?;
        if time.nanosecond() >= 1_000_000_000 {
            return Err(TimestampError::Range {
                part: "second",
                min: 0,
                max: 59,
            });
        }
        if time.nanosecond() > 0 {
            timestamp.nanosecond = time.nanosecond();
            timestamp.precision = Precision::Fraction(9);
        }
        Ok(timestamp)
    }
}

/// Needs the day.
impl TryFrom<Timestamp> for NaiveDate {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        timestamp
            .date()
            .ok_or(TimestampError::Imprecise { needed: "day" })?
            .try_into()
    }
}

/// Needs the second; the offset is dropped.
impl TryFrom<Timestamp> for NaiveDateTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        if timestamp.precision() < Precision::Second {
            return Err(TimestampError::Imprecise { needed: "second" });
        }
        let time = NaiveTime::from_hms_nano_opt(
            u32::from(timestamp.hour),
            u32::from(timestamp.minute),
            u32::from(timestamp.second),
            timestamp.nanosecond,
        );
        let time = time.ok_or(TimestampError::Imprecise { needed: "second" })?;
        Ok(NaiveDate::try_from(timestamp)?.and_time(time))
    }
}

/// Needs the second and the offset.
impl TryFrom<Timestamp> for DateTime<FixedOffset> {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, Self::Error> {
        let local = NaiveDateTime::try_from(timestamp)?;
        let offset = timestamp.offset().ok_or(TimestampError::NoOffset)?;
        FixedOffset::east_opt(i32::from(offset.minutes()) * 60)
            .and_then(|offset| local.and_local_timezone(offset).single())
            .ok_or(TimestampError::OFFSET_RANGE)
    }
}
