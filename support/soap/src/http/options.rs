//! Settings of a client.

use std::time::Duration;

use super::ClientIdentity;

/// Which authorities vouch for the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trust {
    /// Those of the operating system.
    #[default]
    System,
    /// Only these, in PEM: the authorities of a national service, of a sandbox.
    Only(Vec<u8>),
}

/// Settings of a client.
#[derive(Clone, Debug)]
#[allow(
    clippy::exhaustive_structs,
    reason = "settings, to be filled with the rest as default"
)]
pub struct HttpOptions {
    /// Which authorities vouch for the service.
    pub trust: Trust,
    /// Certificate and key that prove who calls.
    pub identity: Option<ClientIdentity>,
    /// Time allowed for the connection with its TLS (default 10 s).
    pub connect_timeout: Duration,
    /// Time allowed for the whole call (default 60 s); not for calls that stream.
    pub timeout: Duration,
    /// For calls that stream: time allowed without a byte moved (default 60 s).
    pub stall_timeout: Duration,
    /// Largest answer, in bytes (default 64 MiB).
    pub max_answer: usize,
    /// Value of the header `User-Agent`; none when empty.
    pub user_agent: String,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            trust: Trust::System,
            identity: None,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            stall_timeout: Duration::from_secs(60),
            max_answer: 64 << 20,
            user_agent: String::new(),
        }
    }
}
