//! Where times and numbers of calls come from.

use std::time::SystemTime;

use segur_core::uuid_v4;

/// Times and random numbers: the system's, or a test's own.
pub trait CallSource: Send + Sync {
    /// Now.
    fn now(&self) -> SystemTime;

    /// 16 random bytes, new each time.
    ///
    /// # Errors
    /// When the system gives none.
    fn random(&self) -> Result<[u8; 16], NoRandom>;
}

/// The system gives no random numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random numbers")]
#[allow(clippy::exhaustive_structs, reason = "it says all there is")]
pub struct NoRandom;

/// The clock and the randomness of the system.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::exhaustive_structs, reason = "it holds nothing")]
pub struct SystemSource;

impl CallSource for SystemSource {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn random(&self) -> Result<[u8; 16], NoRandom> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| NoRandom)?;
        Ok(bytes)
    }
}

/// `urn:uuid:` and a UUID of version 4.
pub(super) fn message_id(bytes: [u8; 16]) -> String {
    format!("urn:uuid:{}", uuid_v4(bytes))
}

/// A boundary of 128 bits.
pub(super) fn boundary(bytes: [u8; 16]) -> String {
    format!("segur.{:032x}", u128::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_are_of_version_4() {
        assert_eq!(
            message_id([0xff; 16]),
            "urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
        assert_eq!(boundary([0; 16]).len(), 38);
    }
}
