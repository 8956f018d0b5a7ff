//! Birth dates, known or estimated.

use std::fmt;

use crate::time::{Date, Timestamp, TimestampError};

/// A birth date, and whether a part of it was estimated. `Debug` hides the value.
///
/// ```
/// use segur_core::BirthDate;
///
/// let known = BirthDate::from_parts(1985, Some(6), Some(17))?;
/// assert_eq!((known.iso().as_str(), known.is_estimated()), ("1985-06-17", false));
/// // Nothing but the year is known: the last day of it.
/// let estimated = BirthDate::from_parts(1985, None, None)?;
/// assert_eq!((estimated.iso().as_str(), estimated.is_estimated()), ("1985-12-31", true));
/// # Ok::<(), segur_core::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthDate {
    date: Date,
    estimated: bool,
}

impl BirthDate {
    /// A date that is known.
    pub const fn known(date: Date) -> Self {
        BirthDate {
            date,
            estimated: false,
        }
    }

    /// A date whose month or day may be unknown, completed as the national identity rules ask: day unknown, the first
    /// of the month; month unknown, January; both unknown, 31 December. Source: RNIV, EXI PP 19.
    ///
    /// # Errors
    /// There is no such day.
    pub fn from_parts(
        year: u16,
        month: Option<u8>,
        day: Option<u8>,
    ) -> Result<Self, TimestampError> {
        let (date, estimated) = match (month, day) {
            (Some(month), Some(day)) => (Date::new(year, month, day)?, false),
            (Some(month), None) => (Date::new(year, month, 1)?, true),
            (None, Some(day)) => (Date::new(year, 1, day)?, true),
            (None, None) => (Date::new(year, 12, 31)?, true),
        };
        Ok(BirthDate { date, estimated })
    }

    /// Reads `AAAA-MM-JJ`. A month or day of 00, as in a lunar date, is refused.
    ///
    /// # Errors
    /// The shape is wrong, or there is no such day.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        text.parse().map(BirthDate::known)
    }

    /// The day.
    pub const fn date(self) -> Date {
        self.date
    }

    /// Whether a part was completed because it is unknown.
    pub const fn is_estimated(self) -> bool {
        self.estimated
    }

    /// As stored: `1985-06-17`.
    pub fn iso(self) -> String {
        self.date.to_string()
    }

    /// As on a screen: `17/06/1985`.
    pub fn french(self) -> String {
        self.day_first('/')
    }

    /// As in a Datamatrix INS: `17-06-1985`.
    pub fn datamatrix(self) -> String {
        self.day_first('-')
    }

    fn day_first(self, between: char) -> String {
        let date = self.date;
        format!(
            "{:02}{between}{:02}{between}{:04}",
            date.day(),
            date.month(),
            date.year()
        )
    }
}

/// With the precision of a day.
impl From<BirthDate> for Timestamp {
    fn from(birth: BirthDate) -> Timestamp {
        Timestamp::from_date(birth.date)
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate(***)")
    }
}
