//! Times of metadata.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use segur_core::{Date, Precision, Timestamp, TimestampError};

/// A time of metadata (HL7 v2 DTM): `YYYY[MM[DD[hh[mm[ss]]]]]`, in UTC and without offset.
///
/// Source: oehf/ipf, `TimeValidator`; messages of the DMP vendor kit.
///
/// ```
/// use segur_dmp_xds::metadata::Dtm;
///
/// let cda = "20200312111700+0100".parse()?;
/// assert_eq!(Dtm::from_timestamp(&cda)?.to_string(), "20200312101700");
/// assert_eq!(Dtm::from_timestamp(&"20200312".parse()?)?.to_string(), "20200312");
/// assert!("20200312101700+0100".parse::<Dtm>().is_err());
/// # Ok::<(), segur_core::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dtm(Timestamp);

impl Dtm {
    /// Reads a time without offset and fraction.
    ///
    /// # Errors
    /// It has another shape, or there is no such time.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let time = Timestamp::parse(text)?;
        if time.offset().is_some() || time.precision() > Precision::Second {
            return Err(TimestampError::Shape {
                expected: "a time in UTC as AAAA[MM[JJ[hh[mm[ss]]]]], without offset and fraction,",
            });
        }
        Ok(Dtm(time))
    }

    /// A time of a document, in UTC. A date without time stays a date; a fraction of a second is dropped.
    ///
    /// # Errors
    /// It has a time of day without offset, so that its UTC is not known; or an hour without minutes and an offset that
    /// is not a whole number of hours; or it leaves the years 0 to 9999.
    pub fn from_timestamp(time: &Timestamp) -> Result<Self, TimestampError> {
        let time = time.truncated_to(Precision::Second);
        if time.precision() < Precision::Hour {
            return Ok(Dtm(time));
        }
        let offset = time.offset().ok_or(TimestampError::NoOffset)?;
        if time.precision() == Precision::Hour && offset.minutes() % 60 != 0 {
            return Err(TimestampError::Imprecise { needed: "minute" });
        }
        let date = time
            .date()
            .ok_or(TimestampError::Imprecise { needed: "day" })?;
        let local =
            i16::from(time.hour().unwrap_or(0)) * 60 + i16::from(time.minute().unwrap_or(0));
        let utc = local - offset.minutes();
        let date = match utc.div_euclid(DAY) {
            0 => date,
            days if days < 0 => day_before(date)?,
            _ => day_after(date)?,
        };
        let minutes = utc.rem_euclid(DAY);
        let part = |value: i16| u8::try_from(value).unwrap_or_default();
        let second = time.second().unwrap_or(0);
        Timestamp::from_date_time(date, part(minutes / 60), part(minutes % 60), second)
            .map(|utc| Dtm(utc.truncated_to(time.precision())))
    }

    /// The second of a time of the system; none outside the years 1970 to 9999.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    /// use segur_dmp_xds::metadata::Dtm;
    ///
    /// let time = Dtm::at(UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    /// assert_eq!(time.map(|time| time.to_string()).as_deref(), Some("20231114221320"));
    /// ```
    #[must_use]
    pub fn at(time: SystemTime) -> Option<Self> {
        Dtm::from_timestamp(&Timestamp::at(time)?).ok()
    }

    /// The time, without offset: it is UTC.
    pub fn timestamp(&self) -> &Timestamp {
        &self.0
    }

    /// How much is known.
    pub fn precision(&self) -> Precision {
        self.0.precision()
    }
}

/// Minutes of a day.
const DAY: i16 = 24 * 60;

fn day_before(date: Date) -> Result<Date, TimestampError> {
    if date.day() > 1 {
        return Date::new(date.year(), date.month(), date.day() - 1);
    }
    let (year, month) = match date.month() {
        1 => (before_year(date)?, 12),
        month => (date.year(), month - 1),
    };
    // The last day that the month has.
    (28..=31)
        .rev()
        .find_map(|day| Date::new(year, month, day).ok())
        .ok_or(TimestampError::Imprecise { needed: "day" })
}

fn before_year(date: Date) -> Result<u16, TimestampError> {
    date.year().checked_sub(1).ok_or(TimestampError::Range {
        part: "year",
        min: 0,
        max: 9999,
    })
}

fn day_after(date: Date) -> Result<Date, TimestampError> {
    if let Ok(next) = Date::new(date.year(), date.month(), date.day() + 1) {
        return Ok(next);
    }
    match date.month() {
        12 => Date::new(date.year() + 1, 1, 1),
        month => Date::new(date.year(), month + 1, 1),
    }
}

impl FromStr for Dtm {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Dtm::parse(text)
    }
}

impl fmt::Display for Dtm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn utc_crosses_days_months_and_years() {
        for (local, utc) in [
            ("20240101003000+0100", "20231231233000"),
            ("20240301000000+0200", "20240229220000"),
            ("20230301000000+0200", "20230228220000"),
            ("20231231233000-0100", "20240101003000"),
            ("20240430230000-1100", "20240501100000"),
            ("202403011430+0530", "202403010900"),
            ("2024030114+0200", "2024030112"),
            ("20240301143059.250+0000", "20240301143059"),
        ] {
            let time = Timestamp::parse(local).unwrap();
            assert_eq!(
                Dtm::from_timestamp(&time).unwrap().to_string(),
                utc,
                "{local}"
            );
        }
        for (seconds, text) in [
            (0, "19700101000000"),
            (951_782_399, "20000228235959"),
            (951_782_400, "20000229000000"),
            (951_868_800, "20000301000000"),
            (4_102_444_800, "21000101000000"),
            (253_402_300_799, "99991231235959"),
        ] {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(Dtm::at(time).unwrap().to_string(), text);
        }
        let late = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
        assert_eq!(Dtm::at(late), None);
        assert_eq!(Dtm::at(UNIX_EPOCH - Duration::from_secs(1)), None);
        for refused in [
            "20240301143059",
            "2024030114+0530",
            "00000101000000+0100",
            "99991231233000-0100",
        ] {
            let time = Timestamp::parse(refused).unwrap();
            assert!(Dtm::from_timestamp(&time).is_err(), "{refused}");
        }
    }
}
