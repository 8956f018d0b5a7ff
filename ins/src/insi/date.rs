//! Birth dates as INSi writes them, lunar dates included.

use std::fmt;
use std::str::FromStr;

use segur_core::BirthDate;

/// A birth date on the wire: `AAAA-MM-JJ`, any digits. A month or day that no calendar has (`00`, `20`) makes it a
/// lunar date, as carte Vitale and INSi know for people whose civil date is not known. `Debug` hides it.
///
/// Source: pattern of the service's schema; guide INS rule 11 and EXI ID 12: such a date never enters the identity.
///
/// ```
/// use segur_ins::insi::InsiDate;
///
/// let lunar: InsiDate = "1960-00-00".parse()?;
/// assert!(lunar.is_lunar() && lunar.birth_date().is_none());
/// assert!("1960-1-1".parse::<InsiDate>().is_err());
/// # Ok::<(), segur_ins::insi::NotInsiDate>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct InsiDate(String);

/// A text that is no date of this shape.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date of INSi is AAAA-MM-JJ: four, two and two digits with hyphens between")]
pub struct NotInsiDate;

impl InsiDate {
    /// The ten characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day of the calendar; none for a lunar date.
    #[must_use]
    pub fn birth_date(&self) -> Option<BirthDate> {
        BirthDate::parse(&self.0).ok()
    }

    /// Whether no calendar has this day.
    #[must_use]
    pub fn is_lunar(&self) -> bool {
        self.birth_date().is_none()
    }
}

impl From<BirthDate> for InsiDate {
    fn from(date: BirthDate) -> Self {
        Self(date.iso())
    }
}

impl FromStr for InsiDate {
    type Err = NotInsiDate;

    fn from_str(text: &str) -> Result<Self, NotInsiDate> {
        let fits = |(at, byte): (usize, u8)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        if text.len() == 10 && text.bytes().enumerate().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotInsiDate)
        }
    }
}

impl fmt::Debug for InsiDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InsiDate(***)")
    }
}
