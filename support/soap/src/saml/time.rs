//! Times of assertions.

use std::fmt;
use std::str::FromStr;

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

    proptest! {
        #[test]
        fn any_text_is_judged(text in "\\PC*", tail in "[0-9T:.Z-]{0,25}") {
            let _ = is_utc(&text);
            let _ = is_utc(&tail);
        }
    }
}
