//! Where times and numbers of calls come from.

use std::time::SystemTime;

use chrono::{DateTime, Utc};

use crate::insi::{CallIds, Uuid};

/// Times and random numbers: the system's, or a test's own.
pub trait CallSource: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;

    /// 16 random bytes, new each time.
    ///
    /// # Errors
    /// When the system gives none.
    fn random(&self) -> Result<[u8; 16], getrandom::Error>;

    /// Numbers for one call.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    fn ids(&self) -> Result<CallIds, getrandom::Error> {
        Ok(CallIds {
            message: Uuid::from_random(self.random()?),
            bam: Uuid::from_random(self.random()?),
            lps: Uuid::from_random(self.random()?),
        })
    }
}

/// The clock and the randomness of the system.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::exhaustive_structs, reason = "it holds nothing")]
pub struct SystemSource;

impl CallSource for SystemSource {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from(SystemTime::now())
    }

    fn random(&self) -> Result<[u8; 16], getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(bytes)
    }
}
