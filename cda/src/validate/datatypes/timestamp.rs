//! Timestamps as the published data type rules read them.

/// How the offset from UTC may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offset {
    /// TS: one to four digits, filled with zeros (`+1` is 10 hours, `+01` one hour).
    Filled,
    /// Bounds seen from their interval: exactly four digits.
    Exact,
}

/// An instant that can be compared, missing parts counted as their first value and a missing offset as UTC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant {
    minutes: i64,
    seconds: u32,
    /// Fraction digits, without trailing zeros.
    fraction: String,
}

/// Reads `YYYYMMDDHHMMSS.s+HHMM`, cut after any pair of digits; `None` when it is no date that exists.
pub(super) fn parse(text: &str, offset: Offset) -> Option<Instant> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, offset_text) = match rest.find(['+', '-']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let (digits, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) if whole.len() == 14 && !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (digits, ""),
    };
    let even = digits.len().is_multiple_of(2) && digits.len() <= 14;
    let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !even || !numeric(digits) || !numeric(fraction) || (digits.is_empty() && !text.is_empty()) {
        return None;
    }
    let pair = |at: usize, missing: u32| {
        digits
            .get(at..at + 2)
            .map_or(Some(missing), |s| s.parse().ok())
    };
    let year = i64::from(pair(0, 0)? * 100 + pair(2, 0)?);
    let year = if negative { -year } else { year };
    let (month, day) = (pair(4, 1)?, pair(6, 1)?);
    let (hour, minute, second) = (pair(8, 0)?, pair(10, 0)?, pair(12, 0)?);
    let fraction = fraction.trim_end_matches('0');
    let end_of_day = hour == 24 && minute == 0 && second == 0 && fraction.is_empty();
    if !(1..=12).contains(&month)
        || day < 1
        || day > days_in_month(year, month)
        || !(hour < 24 || end_of_day)
        || minute > 59
        || second > 59
    {
        return None;
    }
    let shift = minutes_of(offset_text, offset)?;
    let minutes = days(year, month, day) * 1440 + i64::from(hour * 60 + minute) - shift;
    Some(Instant {
        minutes,
        seconds: second,
        fraction: fraction.to_owned(),
    })
}

fn minutes_of(text: &str, form: Offset) -> Option<i64> {
    let Some(sign) = text.chars().next() else {
        return Some(0);
    };
    let digits = &text[1..];
    let long_enough = match form {
        Offset::Filled => (1..=4).contains(&digits.len()),
        Offset::Exact => digits.len() == 4,
    };
    if !long_enough || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let filled = format!("{digits:0<4}");
    let hours: i64 = filled.get(..2)?.parse().ok()?;
    let minutes: i64 = filled.get(2..)?.parse().ok()?;
    let all = hours * 60 + minutes;
    if minutes > 59 || all > 14 * 60 {
        return None;
    }
    Some(if sign == '-' { -all } else { all })
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1 March of the year 0, Gregorian.
fn days(year: i64, month: u32, day: u32) -> i64 {
    let (year, month) = if month > 2 {
        (year, i64::from(month) - 3)
    } else {
        (year - 1, i64::from(month) + 9)
    };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (month * 153 + 2) / 5 + i64::from(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_dates() {
        for good in [
            "20",
            "2025",
            "202502",
            "20250228",
            "20240229",
            "2025022823",
            "20250228235959",
            "20250228235959.123",
            "20250228235959.1+0100",
            "20250228-0500",
            "2025010124",
            "20250101+1400",
            "",
        ] {
            assert!(parse(good, Offset::Exact).is_some(), "{good}");
        }
        for bad in [
            "202",
            "20251",
            "202513",
            "20250230",
            "20230229",
            "2025022825",
            "202502281260",
            "20250228235960",
            "2025022823595",
            "20250228235959.",
            "2025.1",
            "20250101+1401",
            "20250101+0060",
            "20250101+0100x",
            "2025010124+01000",
            "2025-01-01",
            "+0100",
            "-",
            "abcd",
            "2025010100 0",
            "２０２５",
        ] {
            assert!(parse(bad, Offset::Filled).is_none(), "{bad}");
        }
    }

    #[test]
    fn short_offsets() {
        assert!(parse("202501011200+01", Offset::Filled).is_some());
        assert!(parse("202501011200+01", Offset::Exact).is_none());
        assert_eq!(
            parse("202501011200+1", Offset::Filled),
            parse("202501011200+1000", Offset::Exact)
        );
    }

    #[test]
    fn order() {
        let at = |s| parse(s, Offset::Exact).expect(s);
        assert!(at("2024") < at("20240101000001"));
        assert_eq!(at("2024"), at("20240101"));
        assert_eq!(at("202401011300+0100"), at("202401011200"));
        assert_eq!(at("2023123124"), at("2024"));
        assert!(at("20240101000000.05") < at("20240101000000.5"));
        assert!(at("-0044") < at("0001"));
        assert!(at("20240228") < at("20240229") && at("20240229") < at("20240301"));
    }
}
