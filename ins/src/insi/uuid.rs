//! UUIDs, as INSi numbers messages, contexts and installations.

use std::fmt;
use std::str::FromStr;

/// A UUID as text, lower case: `6ba7b810-9dad-41d1-80b4-00c04fd430c8`. The randomness is the caller's.
///
/// ```
/// use segur_ins::insi::Uuid;
///
/// let id: Uuid = "uuid:6BA7B810-9DAD-41D1-80B4-00C04FD430C8".parse()?;
/// assert_eq!(id.as_str(), "6ba7b810-9dad-41d1-80b4-00c04fd430c8");
/// assert_eq!(Uuid::from_random([0xff; 16]).as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
/// # Ok::<(), segur_ins::insi::NotUuid>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(String);

/// A text that is no UUID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a UUID is 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between; uuid: or urn:uuid: may stand before"
)]
pub struct NotUuid;

impl Uuid {
    /// Version 4 (RFC 9562, section 5.4) of 16 random bytes; six of their bits are replaced.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(segur_core::uuid_v4(bytes))
    }

    /// The 36 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Uuid {
    type Err = NotUuid;

    fn from_str(text: &str) -> Result<Self, NotUuid> {
        let text = text.trim().to_ascii_lowercase();
        let bare = text.strip_prefix("urn:").unwrap_or(&text);
        let bare = bare.strip_prefix("uuid:").unwrap_or(bare);
        let fits = |(at, byte): (usize, u8)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        if bare.len() == 36 && bare.bytes().enumerate().all(fits) {
            Ok(Self(bare.to_owned()))
        } else {
            Err(NotUuid)
        }
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
