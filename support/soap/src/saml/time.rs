//! Times of assertions.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

/// A time of an assertion: `xs:dateTime` in UTC, `2026-11-28T10:15:00.123Z`. Source: SAML 2.0 core, section 1.3.3.
///
/// It is kept as it is written: precision is neither added nor lost. One that was read from an assertion may be of another
/// form, [`SamlTime::is_utc`] tells; such a one is not written.
///
/// ```
/// use segur_soap::saml::SamlTime;
///
/// assert!("2026-11-28T10:15:00Z".parse::<SamlTime>().is_ok());
/// assert!("2026-11-28T11:15:00+01:00".parse::<SamlTime>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SamlTime(String);

/// A text that is no time of this form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a time in UTC: expected year-month-dayThour:minute:second, with at most 9 decimals, and Z"
)]
pub struct NotUtc;

impl SamlTime {
    /// From a text in UTC.
    ///
    /// # Errors
    /// When it is not of the form, or no such day or hour exists.
    pub fn new(text: &str) -> Result<Self, NotUtc> {
        if is_utc(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotUtc)
        }
    }

    /// A time of the system's clock, with milliseconds; none outside the years 1970 to 9999.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use segur_soap::saml::SamlTime;
    ///
    /// let time = SamlTime::at(SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_250));
    /// assert_eq!(time.as_ref().map(SamlTime::as_str), Some("2023-11-14T22:13:20.250Z"));
    /// ```
    #[must_use]
    pub fn at(time: SystemTime) -> Option<Self> {
        let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        in_utc(since).map(Self)
    }

    /// What an assertion says, whatever it is.
    pub(super) fn read(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the form of SAML.
    #[must_use]
    pub fn is_utc(&self) -> bool {
        is_utc(&self.0)
    }
}

impl FromStr for SamlTime {
    type Err = NotUtc;

    fn from_str(text: &str) -> Result<Self, NotUtc> {
        Self::new(text)
    }
}

impl fmt::Display for SamlTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Days are counted from 1 March of year 0, so that a leap day is the last of its year; 400 years have 146,097 days.
fn in_utc(since: Duration) -> Option<String> {
    let seconds = since.as_secs();
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = era * 400 + year + u64::from(month >= 10);
    let month = if month < 10 { month + 3 } else { month - 9 };
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    let milliseconds = since.subsec_millis();
    (year <= 9_999).then(|| {
        format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z"
        )
    })
}

fn is_utc(text: &str) -> bool {
    let Some(text) = text.strip_suffix('Z') else {
        return false;
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.is_some_and(|part| !(1..=9).contains(&part.len()) || !digits(part)) {
        return false;
    }
    let bytes = whole.as_bytes();
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if bytes.len() != 19 || separators.iter().any(|&(at, is)| bytes[at] != is) {
        return false;
    }
    let number = |from: usize, to: usize| -> Option<u32> {
        let part = whole.get(from..to).filter(|part| digits(part))?;
        part.parse().ok()
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (number(11, 13), number(14, 16), number(17, 19))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day) && year > 0 && hour < 24 && minute < 60 && second < 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms() {
        for good in ["2026-11-28T10:15:00Z", "2024-02-29T23:59:59.123456789Z"] {
            assert!(is_utc(good), "{good}");
        }
        for bad in [
            "",
            "Z",
            "2026-11-28",
            "2026-11-28T10:15:00",
            "2026-11-28T10:15:00+00:00",
            "2026-02-29T10:15:00Z",
            "2026-13-01T10:15:00Z",
            "2026-11-28T24:00:00Z",
            "2026-11-28T10:15:60Z",
            "2026-11-28T10:15:00.Z",
            "2026-11-28t10:15:00Z",
            "+026-11-28T10:15:00Z",
            "2026-11-28T1\u{e9}:15:0Z",
        ] {
            assert!(!is_utc(bad), "{bad}");
        }
    }

    #[test]
    fn times_of_the_clock() {
        let at = |seconds| SamlTime::at(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
        // Seconds as `date -u -d TIME +%s` gives them.
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400, "2000-02-29T00:00:00.000Z"),
            (1_709_251_199, "2024-02-29T23:59:59.000Z"),
            (1_709_251_200, "2024-03-01T00:00:00.000Z"),
            (4_107_542_400, "2100-03-01T00:00:00.000Z"),
            (253_402_300_799, "9999-12-31T23:59:59.000Z"),
        ] {
            assert_eq!(at(seconds).unwrap().as_str(), text);
        }
        assert_eq!(at(253_402_300_800), None);
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(SamlTime::at(before), None);
    }

    proptest! {
        #[test]
        fn every_time_of_the_clock_is_of_the_form(milliseconds in 0_u64..253_402_300_800_000) {
            let time = SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds);
            prop_assert!(SamlTime::at(time).unwrap().is_utc());
        }

        #[test]
        fn any_text_is_judged(text in "\\PC*", tail in "[0-9T:.Z-]{0,25}") {
            let _ = is_utc(&text);
            let _ = is_utc(&tail);
        }
    }
}
