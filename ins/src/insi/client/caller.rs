//! Who calls, and how that is proved.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::insi::{Endpoints, Settings, Software};

/// What is the same for all calls of a software in an installation.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_structs, reason = "settings, built by the caller")]
pub struct Caller {
    /// Which software asks.
    pub software: Software,
    /// Who asks, and how that is proved.
    pub identification: Identification,
    /// Where.
    pub endpoints: Endpoints,
    /// Spelling.
    pub settings: Settings,
}

/// The three ways in: the software's certificate, the card of a professional, Pro Santé Connect.
#[derive(Clone)]
#[non_exhaustive]
pub enum Identification {
    /// The software's certificate (IGC-Santé, organisation) over mutual TLS, which the transport holds.
    MutualTls {
        /// `Emetteur`: the OU of its subject (`10B0152872`).
        emitter: String,
    },
    /// Assertions: signed by the card (CPx), or unsigned with the traits of Pro Santé Connect. How the token of Pro Santé Connect travels
    /// is not public: a transport of the caller's adds it (`unverified`).
    Assertions(Arc<dyn AssertionSource>),
}

/// Assertions for one call.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Assertions {
    /// `Emetteur`: the NameID of the professional's assertion.
    pub emitter: String,
    /// SAML 2.0 assertions as signed: that of the professional, then that of the carte Vitale when it was read.
    pub assertions: Vec<String>,
}

/// No assertion could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no proof of who calls: {reason}")]
#[allow(clippy::exhaustive_structs, reason = "it says all there is")]
pub struct NoAssertion {
    /// Why, for the user: card removed, PIN not given, session ended.
    pub reason: String,
}

/// Makes or renews assertions: called before each call, it may give the same while it is valid.
pub trait AssertionSource: Send + Sync {
    /// Assertions that are valid at this time. It may wait for a PIN: it is called on a thread that may wait
    /// ([`off_thread`](segur_soap::http::off_thread)), and a call that is given up meanwhile is not made.
    ///
    /// # Errors
    /// When none can be had.
    fn assertions(&self, at: DateTime<Utc>) -> Result<Assertions, NoAssertion>;
}

impl fmt::Debug for Identification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MutualTls { .. } => "MutualTls",
            Self::Assertions(_) => "Assertions(…)",
        })
    }
}

impl fmt::Debug for Assertions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assertions({})", self.assertions.len())
    }
}
