//! The time in which a commune bore a name under a code.

use chrono::{Days, NaiveDate};

/// First day that INSEE's history knows; an open beginning means "since at least this day".
pub(super) const EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(1943, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// Half-open period `[from, until[`; an absent bound is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    pub(super) from: u16,
    pub(super) until: u16,
}

impl Period {
    pub(super) const OPEN: u16 = 0;

    pub(super) fn new(from: Option<NaiveDate>, until: Option<NaiveDate>) -> Option<Self> {
        Some(Self {
            from: encode(from)?,
            until: encode(until)?,
        })
    }

    /// First day, or `None` when the commune existed before INSEE's history begins (1943).
    #[must_use]
    pub fn from(self) -> Option<NaiveDate> {
        decode(self.from)
    }

    /// First day on which it no longer holds, or `None` when it still holds.
    #[must_use]
    pub fn until(self) -> Option<NaiveDate> {
        decode(self.until)
    }

    /// Whether `date` lies in the period.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        self.holds(Day::new(date))
    }

    pub(super) fn holds(self, day: Day) -> bool {
        (self.from == Self::OPEN || i32::from(self.from) <= day.0)
            && (self.until == Self::OPEN || day.0 < i32::from(self.until))
    }
}

/// A date counted like the bounds of a period, so that a search converts it once.
#[derive(Clone, Copy)]
pub(super) struct Day(i32);

impl Day {
    pub(super) fn new(date: NaiveDate) -> Self {
        let days = date.signed_duration_since(EPOCH).num_days() + 1;
        Self(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }
}

/// Days since [`EPOCH`] plus one; zero is "open". `None` when the date does not fit 1943 to 2122.
fn encode(date: Option<NaiveDate>) -> Option<u16> {
    let Some(date) = date else {
        return Some(Period::OPEN);
    };
    let days = date.signed_duration_since(EPOCH).num_days() + 1;
    u16::try_from(days).ok().filter(|d| *d != Period::OPEN)
}

fn decode(days: u16) -> Option<NaiveDate> {
    (days != Period::OPEN).then(|| EPOCH.checked_add_days(Days::new(u64::from(days) - 1)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn the_last_day_is_excluded() {
        let period = Period::new(Some(date(1968, 1, 1)), Some(date(2012, 8, 4))).unwrap();
        assert!(!period.contains(date(1967, 12, 31)));
        assert!(period.contains(date(1968, 1, 1)));
        assert!(period.contains(date(2012, 8, 3)));
        assert!(!period.contains(date(2012, 8, 4)));
        assert_eq!(period.from(), Some(date(1968, 1, 1)));
        assert_eq!(period.until(), Some(date(2012, 8, 4)));
    }

    #[test]
    fn open_bounds_hold_for_any_date() {
        let period = Period::new(None, None).unwrap();
        assert!(period.contains(date(1899, 1, 1)) && period.contains(NaiveDate::MAX));
        assert_eq!((period.from(), period.until()), (None, None));
    }

    #[test]
    fn a_bound_before_the_history_is_refused() {
        assert!(Period::new(Some(date(1942, 12, 31)), None).is_none());
        assert!(Period::new(Some(date(2200, 1, 1)), None).is_none());
    }
}
