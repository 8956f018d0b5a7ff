//! A day of the Gregorian calendar.

use std::fmt;
use std::str::FromStr;

use super::parse::{TimestampError, number};

/// A day of the Gregorian calendar, years 0 to 9999. `Display` and `FromStr` use ISO 8601: `2009-07-01`.
///
/// ```
/// use segur_core::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert!("2023-02-29".parse::<Date>().is_err());
/// assert!("1960-05-00".parse::<Date>().is_err());
/// # Ok::<(), segur_core::TimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day.
    ///
    /// # Errors
    /// There is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, TimestampError> {
        if year > 9999 {
            return Err(TimestampError::Range {
                part: "year",
                min: 0,
                max: 9999,
            });
        }
        if !(1..=12).contains(&month) {
            return Err(TimestampError::Range {
                part: "month",
                min: 1,
                max: 12,
            });
        }
        let last = last_day(year, month);
        if !(1..=last).contains(&day) {
            return Err(TimestampError::Range {
                part: "day",
                min: 1,
                max: u32::from(last),
            });
        }
        Ok(Date { year, month, day })
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day that comes so many days after 1 January 1970 (before, when negative); none outside the years 0 to 9999.
    ///
    /// ```
    /// use segur_core::Date;
    ///
    /// assert_eq!(Date::from_days(20_454), Date::new(2026, 1, 1).ok());
    /// assert_eq!(Date::from_days(i64::MAX), None);
    /// ```
    #[must_use]
    pub fn from_days(days: i64) -> Option<Self> {
        let days = days.checked_add(719_468)?;
        let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (month, next) = match month {
            0..10 => (month + 3, 0),
            _ => (month - 9, 1),
        };
        let year = u16::try_from(era.checked_mul(400)? + year + next).ok()?;
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
    }

    /// Days since 1 January 1970.
    pub(crate) fn days(self) -> i64 {
        // Years start in March, so that the leap day is the last one; 400 years have 146,097 days.
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
            - 719_468
    }
}

/// Number of days of a month (1 to 12).
pub(crate) const fn last_day(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shape = TimestampError::Shape {
            expected: "a date as AAAA-MM-JJ",
        };
        match text.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _] => {
                let part = |range| text.get(range).and_then(number).ok_or(shape.clone());
                Date::new(
                    u16::try_from(part(0..4)?).map_err(|_| shape.clone())?,
                    u8::try_from(part(5..7)?).map_err(|_| shape.clone())?,
                    u8::try_from(part(8..10)?).map_err(|_| shape.clone())?,
                )
            }
            _ => Err(shape),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_run_without_a_gap() {
        assert_eq!(Date::new(1970, 1, 1).unwrap().days(), 0);
        assert_eq!(Date::new(2000, 3, 1).unwrap().days(), 11_017);
        let mut expected = Date::new(1896, 1, 1).unwrap().days();
        for year in 1896..2105 {
            for month in 1..=12 {
                for day in 1..=last_day(year, month) {
                    let date = Date::new(year, month, day).unwrap();
                    assert_eq!(date.days(), expected);
                    assert_eq!(Date::from_days(expected), Some(date));
                    expected += 1;
                }
            }
        }
        for end in [
            Date::new(0, 1, 1).unwrap(),
            Date::new(9999, 12, 31).unwrap(),
        ] {
            assert_eq!(Date::from_days(end.days()), Some(end));
        }
        assert_eq!(
            Date::from_days(Date::new(0, 1, 1).unwrap().days() - 1),
            None
        );
        assert_eq!(Date::from_days(i64::MIN), None);
    }
}
