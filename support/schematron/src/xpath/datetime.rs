//! Dates, times and durations of XML Schema, to the nanosecond.

use std::cmp::Ordering;

use super::decimal::Decimal;
use super::number::trim;

/// Which of the three types a [`Moment`] is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentKind {
    /// `xs:dateTime`
    DateTime,
    /// `xs:date`
    Date,
    /// `xs:time`
    Time,
}

/// A value of `xs:dateTime`, `xs:date` or `xs:time`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub(crate) kind: MomentKind,
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    pub(crate) nanos: u32,
    /// Offset from UTC in minutes, when written.
    pub(crate) zone: Option<i16>,
}

const NANOS: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * NANOS;

impl Moment {
    /// Reads the lexical form of a type, white space around allowed.
    pub(crate) fn parse(text: &str, kind: MomentKind) -> Option<Self> {
        let text = trim(text);
        let mut moment = Self {
            kind,
            year: 1972,
            month: 12,
            day: 31,
            hour: 0,
            minute: 0,
            second: 0,
            nanos: 0,
            zone: None,
        };
        let rest = match kind {
            MomentKind::Time => moment.read_time(text)?,
            MomentKind::Date => moment.read_date(text)?,
            MomentKind::DateTime => {
                let rest = moment.read_date(text)?.strip_prefix('T')?;
                moment.read_time(rest)?
            }
        };
        moment.zone = read_zone(rest)?;
        if moment.hour == 24 {
            moment.hour = 0;
            if kind == MomentKind::DateTime {
                let next = moment.days() + 1;
                moment.set_days(next)?;
            }
        }
        Some(moment)
    }

    fn read_date<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let len = digits.bytes().take_while(u8::is_ascii_digit).count();
        let year = digits.get(..len)?;
        if len < 4 || (len > 4 && year.starts_with('0')) {
            return None;
        }
        let year: i32 = year.parse().ok()?;
        self.year = if negative { -year } else { year };
        let rest = digits.get(len..)?.strip_prefix('-')?;
        self.month = two_digits(rest)?;
        let rest = rest.get(2..)?.strip_prefix('-')?;
        self.day = two_digits(rest)?;
        let valid = (1..=12).contains(&self.month)
            && self.day >= 1
            && self.day <= days_in_month(self.year, self.month);
        if valid { rest.get(2..) } else { None }
    }

    fn read_time<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        self.hour = two_digits(text)?;
        let rest = text.get(2..)?.strip_prefix(':')?;
        self.minute = two_digits(rest)?;
        let rest = rest.get(2..)?.strip_prefix(':')?;
        self.second = two_digits(rest)?;
        let mut rest = rest.get(2..)?;
        if let Some(fraction) = rest.strip_prefix('.') {
            let len = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if len == 0 {
                return None;
            }
            let mut nanos = 0u32;
            for place in 0..9 {
                let digit = fraction.as_bytes().get(place).filter(|_| place < len);
                nanos = nanos * 10 + digit.map_or(0, |d| u32::from(d - b'0'));
            }
            self.nanos = nanos;
            rest = fraction.get(len..)?;
        }
        let midnight = self.hour == 24 && self.minute == 0 && self.second == 0 && self.nanos == 0;
        let valid = (self.hour < 24 || midnight) && self.minute < 60 && self.second < 60;
        valid.then_some(rest)
    }

    /// Days since 1 January of the year 0.
    fn days(&self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
    }

    fn set_days(&mut self, days: i64) -> Option<()> {
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        self.day = u8::try_from(of_year - (153 * shifted + 2) / 5 + 1).ok()?;
        self.month = u8::try_from(if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        })
        .ok()?;
        let year = year_of_era + era * 400 + i64::from(self.month <= 2);
        self.year = i32::try_from(year).ok()?;
        Some(())
    }

    /// Nanoseconds on the time line; without a zone, UTC is meant.
    pub(crate) fn instant(&self) -> i128 {
        let seconds =
            i128::from(self.hour) * 3_600 + i128::from(self.minute) * 60 + i128::from(self.second)
                - i128::from(self.zone.unwrap_or(0)) * 60;
        i128::from(self.days()) * DAY + seconds * NANOS + i128::from(self.nanos)
    }

    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }

    /// Moved by a duration.
    pub(crate) fn plus(&self, duration: &Duration) -> Option<Self> {
        let mut moved = *self;
        if duration.months != 0 {
            let months = i64::from(self.year) * 12 + i64::from(self.month) - 1 + duration.months;
            moved.year = i32::try_from(months.div_euclid(12)).ok()?;
            moved.month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
            moved.day = moved.day.min(days_in_month(moved.year, moved.month));
        }
        let time = i128::from(moved.hour) * 3_600
            + i128::from(moved.minute) * 60
            + i128::from(moved.second);
        let total = time * NANOS + i128::from(moved.nanos) + duration.nanos();
        let of_day = total.rem_euclid(DAY);
        let seconds = of_day / NANOS;
        moved.nanos = u32::try_from(of_day % NANOS).ok()?;
        moved.hour = u8::try_from(seconds / 3_600).ok()?;
        moved.minute = u8::try_from(seconds / 60 % 60).ok()?;
        moved.second = u8::try_from(seconds % 60).ok()?;
        match self.kind {
            MomentKind::Time => {}
            MomentKind::Date | MomentKind::DateTime => {
                let days = i64::try_from(total.div_euclid(DAY)).ok()?;
                let days = moved.days().checked_add(days)?;
                moved.set_days(days)?;
                if self.kind == MomentKind::Date {
                    (moved.hour, moved.minute, moved.second, moved.nanos) = (0, 0, 0, 0);
                }
            }
        }
        Some(moved)
    }

    /// The same values seen as another of the three types.
    pub(crate) fn to_kind(self, kind: MomentKind) -> Option<Self> {
        let mut moment = Self { kind, ..self };
        match (self.kind, kind) {
            (from, to) if from == to => {}
            (MomentKind::DateTime, MomentKind::Date) => {
                (moment.hour, moment.minute, moment.second, moment.nanos) = (0, 0, 0, 0);
            }
            (MomentKind::DateTime, MomentKind::Time) => {
                (moment.year, moment.month, moment.day) = (1972, 12, 31);
            }
            (MomentKind::Date, MomentKind::DateTime) => {}
            _ => return None,
        }
        Some(moment)
    }

    pub(crate) fn seconds(&self) -> Decimal {
        Decimal::new(i128::from(self.second) * NANOS + i128::from(self.nanos), 9)
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.kind != MomentKind::Time {
            let sign = if self.year < 0 { "-" } else { "" };
            let year = self.year.unsigned_abs();
            write!(f, "{sign}{year:04}-{:02}-{:02}", self.month, self.day)?;
        }
        if self.kind == MomentKind::DateTime {
            f.write_str("T")?;
        }
        if self.kind != MomentKind::Date {
            write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
            if self.nanos != 0 {
                let digits = format!("{:09}", self.nanos);
                write!(f, ".{}", digits.trim_end_matches('0'))?;
            }
        }
        match self.zone {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                let zone = zone.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", zone / 60, zone % 60)
            }
        }
    }
}

fn two_digits(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [a @ b'0'..=b'9', b @ b'0'..=b'9', ..] => Some((a - b'0') * 10 + b - b'0'),
        _ => None,
    }
}

fn read_zone(text: &str) -> Option<Option<i16>> {
    match text {
        "" => return Some(None),
        "Z" => return Some(Some(0)),
        _ => {}
    }
    let negative = match text.as_bytes().first()? {
        b'+' => false,
        b'-' => true,
        _ => return None,
    };
    let rest = text.get(1..)?;
    let hours = i16::from(two_digits(rest)?);
    let minutes = rest.get(2..)?.strip_prefix(':')?;
    if minutes.len() != 2 {
        return None;
    }
    let minutes = i16::from(two_digits(minutes)?);
    if hours > 14 || minutes > 59 || (hours == 14 && minutes != 0) {
        return None;
    }
    let zone = hours * 60 + minutes;
    Some(Some(if negative { -zone } else { zone }))
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Which of the three types a [`Duration`] is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DurationKind {
    /// `xs:duration`
    Any,
    /// `xs:yearMonthDuration`
    YearMonth,
    /// `xs:dayTimeDuration`
    DayTime,
}

/// A value of `xs:duration` or of one of its two subtypes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    pub(crate) kind: DurationKind,
    pub(crate) months: i64,
    seconds: i64,
    nanos: i32,
}

impl Duration {
    /// From a number of months and of nanoseconds.
    pub(crate) fn new(kind: DurationKind, months: i64, nanos: i128) -> Option<Self> {
        let seconds = i64::try_from(nanos / NANOS).ok()?;
        let nanos = i32::try_from(nanos % NANOS).ok()?;
        Some(Self {
            kind,
            months,
            seconds,
            nanos,
        })
    }

    pub(crate) fn nanos(&self) -> i128 {
        i128::from(self.seconds) * NANOS + i128::from(self.nanos)
    }

    /// Reads `-?PnYnMnDTnHnMnS`, restricted to what the type allows.
    pub(crate) fn parse(text: &str, kind: DurationKind) -> Option<Self> {
        let text = trim(text);
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (date, time) = match text.strip_prefix('P')?.split_once('T') {
            Some((_, "")) => return None,
            Some((date, time)) => (date, time),
            None => (text.strip_prefix('P')?, ""),
        };
        let mut months = 0i64;
        let mut nanos = 0i128;
        let mut fields = 0;
        let mut rest = date;
        for (unit, factor) in [('Y', 12i64), ('M', 1), ('D', 0)] {
            if let Some((value, after)) = field(rest, unit) {
                let value: i64 = value.parse().ok()?;
                if unit == 'D' {
                    nanos += i128::from(value) * DAY;
                } else {
                    months = months.checked_add(value.checked_mul(factor)?)?;
                }
                if (unit == 'D' && kind == DurationKind::YearMonth)
                    || (unit != 'D' && kind == DurationKind::DayTime)
                {
                    return None;
                }
                fields += 1;
                rest = after;
            }
        }
        if !rest.is_empty() || (!time.is_empty() && kind == DurationKind::YearMonth) {
            return None;
        }
        rest = time;
        for (unit, factor) in [('H', 3_600i128), ('M', 60), ('S', 1)] {
            if let Some((value, after)) = field(rest, unit) {
                let value = Decimal::parse(value)?.ok()?;
                if unit != 'S' && value.scale() != 0 {
                    return None;
                }
                let value = value.multiply(Decimal::new(NANOS, 0)).ok()?.truncate();
                nanos = nanos.checked_add(value.checked_mul(factor)?)?;
                fields += 1;
                rest = after;
            }
        }
        if !rest.is_empty() || fields == 0 {
            return None;
        }
        if negative {
            Self::new(kind, -months, -nanos)
        } else {
            Self::new(kind, months, nanos)
        }
    }

    pub(crate) fn to_kind(self, kind: DurationKind) -> Self {
        match kind {
            DurationKind::Any => Self { kind, ..self },
            DurationKind::YearMonth => Self {
                kind,
                seconds: 0,
                nanos: 0,
                ..self
            },
            DurationKind::DayTime => Self {
                kind,
                months: 0,
                ..self
            },
        }
    }

    pub(crate) fn same_length(&self, other: &Self) -> bool {
        self.months == other.months && self.nanos() == other.nanos()
    }

    pub(crate) fn negate(self) -> Self {
        Self {
            months: -self.months,
            seconds: -self.seconds,
            nanos: -self.nanos,
            ..self
        }
    }
}

/// A run of digits (and a point) before `unit` at the start of `text`.
fn field(text: &str, unit: char) -> Option<(&str, &str)> {
    let len = text
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let (value, rest) = text.split_at_checked(len)?;
    let rest = rest.strip_prefix(unit)?;
    let digits = value.bytes().next()?.is_ascii_digit() && value.bytes().last()?.is_ascii_digit();
    digits.then_some((value, rest))
}

impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let nanos = self.nanos();
        if self.months < 0 || nanos < 0 {
            f.write_str("-")?;
        }
        f.write_str("P")?;
        let months = self.months.unsigned_abs();
        let nanos = nanos.unsigned_abs();
        let seconds = nanos / 1_000_000_000;
        if months == 0 && nanos == 0 {
            let zero = if self.kind == DurationKind::YearMonth {
                "0M"
            } else {
                "T0S"
            };
            return f.write_str(zero);
        }
        let parts = [
            (u128::from(months / 12), 'Y'),
            (u128::from(months % 12), 'M'),
        ];
        for (value, unit) in parts.into_iter().chain([(seconds / 86_400, 'D')]) {
            if value != 0 {
                write!(f, "{value}{unit}")?;
            }
        }
        if nanos.is_multiple_of(DAY.unsigned_abs()) {
            return Ok(());
        }
        f.write_str("T")?;
        for (value, unit) in [(seconds / 3_600 % 24, 'H'), (seconds / 60 % 60, 'M')] {
            if value != 0 {
                write!(f, "{value}{unit}")?;
            }
        }
        let nanos = Decimal::new((nanos % 60_000_000_000) as i128, 9);
        if nanos.is_zero() {
            Ok(())
        } else {
            write!(f, "{nanos}S")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_printed() {
        for (text, kind, printed) in [
            (
                "2024-02-29T12:30:00",
                MomentKind::DateTime,
                "2024-02-29T12:30:00",
            ),
            (
                "2023-12-31T24:00:00",
                MomentKind::DateTime,
                "2024-01-01T00:00:00",
            ),
            (
                " 2024-01-01T00:00:00.500+01:00 ",
                MomentKind::DateTime,
                "2024-01-01T00:00:00.5+01:00",
            ),
            ("2024-01-01Z", MomentKind::Date, "2024-01-01Z"),
            ("23:59:59-05:30", MomentKind::Time, "23:59:59-05:30"),
        ] {
            assert_eq!(Moment::parse(text, kind).unwrap().to_string(), printed);
        }
        for bad in [
            "2023-02-29T00:00:00",
            "2024-13-01T00:00:00",
            "2024-01-01",
            "2024-1-1T00:00:00",
            "2024-01-01T25:00:00",
            "2024-01-01T00:60:00",
            "2024-01-01T00:00:00+15:00",
            "2024-01-01T00:00:00.",
            "",
        ] {
            assert_eq!(Moment::parse(bad, MomentKind::DateTime), None, "{bad}");
        }
    }

    #[test]
    fn moments_compare_and_move() {
        let at = |t| Moment::parse(t, MomentKind::DateTime).unwrap();
        let utc = at("2024-01-01T12:00:00Z");
        assert!(utc.compare(&at("2024-01-01T13:00:00+01:00")).is_eq());
        let month = Duration::parse("P1M", DurationKind::YearMonth).unwrap();
        assert_eq!(
            at("2024-01-31T00:00:00").plus(&month).unwrap(),
            at("2024-02-29T00:00:00")
        );
        let hours = Duration::parse("-PT36H", DurationKind::DayTime).unwrap();
        assert_eq!(
            at("2024-03-01T00:00:00").plus(&hours).unwrap(),
            at("2024-02-28T12:00:00")
        );
    }

    #[test]
    fn durations() {
        for (text, printed) in [
            ("P1Y2M3DT4H5M6.7S", "P1Y2M3DT4H5M6.7S"),
            ("PT36H", "P1DT12H"),
            ("-P14M", "-P1Y2M"),
            ("PT0S", "PT0S"),
        ] {
            assert_eq!(
                Duration::parse(text, DurationKind::Any)
                    .unwrap()
                    .to_string(),
                printed
            );
        }
        for bad in ["P", "PT", "P1", "1Y", "P1.5Y", "P1M1Y", "PT1M1H"] {
            assert_eq!(Duration::parse(bad, DurationKind::Any), None, "{bad}");
        }
        assert_eq!(Duration::parse("P1D", DurationKind::YearMonth), None);
    }
}
