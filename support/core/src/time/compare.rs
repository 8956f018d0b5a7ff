//! Order in time of timestamps that are not equally precise.

use std::cmp::Ordering;

use super::timestamp::{Precision, Timestamp, unit};

const SECOND: i128 = 1_000_000_000;
/// The widest offset, for a time whose offset is unknown.
const WIDEST: i128 = 14 * 3600 * SECOND;

/// The instants that a timestamp may mean, in nanoseconds: the first one, and the first one after it.
#[derive(Clone, Copy)]
struct Interval {
    start: i128,
    end: i128,
}

impl Timestamp {
    /// The order in time, or `None` when it cannot be told.
    ///
    /// A timestamp stands for every instant that it may mean: `2024` for a whole year. One is before another when each
    /// of its instants is. `Equal` is said only of the same stretch of time. When just one of the two has an offset,
    /// the other may lie 14 hours to either side; dates without time are compared as dates.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use segur_core::Timestamp;
    ///
    /// let ts = |text| Timestamp::parse(text);
    /// assert_eq!(ts("2023")?.compare(&ts("202401")?), Some(Ordering::Less));
    /// assert_eq!(ts("2024")?.compare(&ts("202406")?), None);
    /// assert_eq!(ts("202401011200+0100")?.compare(&ts("202401011100+0000")?), Some(Ordering::Equal));
    /// assert_eq!(ts("202401011200+0100")?.compare(&ts("202401011200")?), None);
    /// # Ok::<(), segur_core::TimestampError>(())
    /// ```
    pub fn compare(&self, other: &Timestamp) -> Option<Ordering> {
        let (a, b) = (self.interval()?, other.interval()?);
        // An offset shifts a time; a bare date has none to compare it with, so both are taken in local time.
        let dates = self.precision() <= Precision::Day || other.precision() <= Precision::Day;
        let (a, b) = match (self.offset(), other.offset()) {
            _ if dates => (a, b),
            (Some(_), Some(_)) => (self.to_utc(a), other.to_utc(b)),
            (None, None) => (a, b),
            (Some(_), None) => (self.to_utc(a), b.widened()),
            (None, Some(_)) => (a.widened(), other.to_utc(b)),
        };
        if a.end <= b.start {
            Some(Ordering::Less)
        } else if b.end <= a.start {
            Some(Ordering::Greater)
        } else if a.start == b.start && a.end == b.end {
            Some(Ordering::Equal)
        } else {
            None
        }
    }

    /// Whether it is before `other` for certain.
    pub fn is_before(&self, other: &Timestamp) -> bool {
        self.compare(other) == Some(Ordering::Less)
    }

    /// Whether it is after `other` for certain.
    pub fn is_after(&self, other: &Timestamp) -> bool {
        self.compare(other) == Some(Ordering::Greater)
    }

    fn interval(&self) -> Option<Interval> {
        let midnight = i128::from(self.first_date()?.days()) * 86_400 * SECOND;
        let start = midnight
            + (i128::from(self.hour) * 3600
                + i128::from(self.minute) * 60
                + i128::from(self.second))
                * SECOND
            + i128::from(self.nanosecond);
        let end = match self.precision {
            Precision::Year | Precision::Month | Precision::Day => {
                (i128::from(self.last_date()?.days()) + 1) * 86_400 * SECOND
            }
            Precision::Hour => start + 3600 * SECOND,
            Precision::Minute => start + 60 * SECOND,
            Precision::Second => start + SECOND,
            Precision::Fraction(digits) => start + i128::from(unit(digits)),
        };
        Some(Interval { start, end })
    }

    fn to_utc(self, interval: Interval) -> Interval {
        let shift = self
            .offset()
            .map_or(0, |offset| i128::from(offset.minutes()) * 60 * SECOND);
        Interval {
            start: interval.start - shift,
            end: interval.end - shift,
        }
    }
}

impl Interval {
    fn widened(self) -> Interval {
        Interval {
            start: self.start - WIDEST,
            end: self.end + WIDEST,
        }
    }
}
