//! The software that asks, and the heads of its messages.

use std::time::{SystemTime, UNIX_EPOCH};

use segur_core::{Date, Timestamp};

use super::{ExistenceRequest, InstanceId, MessageHead, Party, Processing};
use crate::metadata::{Cx, Dtm};

/// The software that asks. The OIDs are the vendor's own: one for the software, one under which its messages are numbered, one for its queries.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "settings, built by the caller")]
pub struct Software {
    /// OID and name of the software.
    pub device: Party,
    /// OID under which messages are numbered.
    pub message_root: String,
    /// OID under which queries are numbered.
    pub query_root: String,
    /// Whether messages are in earnest.
    pub processing: Processing,
}

impl Software {
    /// In earnest.
    pub fn new(
        oid: impl Into<String>,
        name: impl Into<String>,
        message_root: impl Into<String>,
        query_root: impl Into<String>,
    ) -> Self {
        Self {
            device: Party {
                oid: oid.into(),
                name: Some(name.into()),
            },
            message_root: message_root.into(),
            query_root: query_root.into(),
            processing: Processing::Production,
        }
    }

    /// The head of a message to the DMP. `number` is of its own each time: a UUID.
    pub fn head(&self, number: impl Into<String>, created: Option<Dtm>) -> MessageHead {
        MessageHead {
            id: Some(InstanceId::new(&self.message_root, number)),
            created,
            processing: self.processing.clone(),
            sender: self.device.clone(),
            receiver: Party::dmp(),
        }
    }

    /// The message of TD0.2. Both numbers are of their own each time: UUIDs.
    pub fn existence(
        &self,
        number: impl Into<String>,
        query: impl Into<String>,
        created: Option<Dtm>,
        patient: Cx,
    ) -> ExistenceRequest {
        ExistenceRequest {
            head: self.head(number, created),
            query: Some(InstanceId::new(&self.query_root, query)),
            patient: Some(patient),
        }
    }
}

/// The second of a time of the system, in UTC; nothing before 1970 or after 9999.
pub fn second_of(time: SystemTime) -> Option<Dtm> {
    let seconds = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let part = |value: u64| u8::try_from(value).ok();
    let (hour, minute, second) = (
        part(second / 3_600)?,
        part(second / 60 % 60)?,
        part(second % 60)?,
    );
    let time = Timestamp::from_date_time(date_of(days)?, hour, minute, second).ok()?;
    Dtm::parse(&time.to_string()).ok()
}

/// The date of a day counted from 1 January 1970, by the 400 years after which the calendar repeats itself; years begin in March.
fn date_of(days: u64) -> Option<Date> {
    let days = days.checked_add(719_468)?;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = match month {
        0..10 => (month + 3, 0),
        _ => (month - 9, 1),
    };
    let year = u16::try_from(era.checked_mul(400)? + year + next).ok()?;
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn times_of_the_system_are_utc() {
        for (seconds, text) in [
            (0, "19700101000000"),
            (951_782_399, "20000228235959"),
            (951_782_400, "20000229000000"),
            (951_868_800, "20000301000000"),
            (1_700_000_000, "20231114221320"),
            (4_102_444_800, "21000101000000"),
            (253_402_300_799, "99991231235959"),
        ] {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(second_of(time).unwrap().to_string(), text);
        }
        let late = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
        assert_eq!(second_of(late), None);
        assert_eq!(second_of(UNIX_EPOCH - Duration::from_secs(1)), None);
    }
}
