//! Settings of a client.

use std::time::Duration;

use super::{ClientIdentity, Proxy};

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
    /// The proxy on the way (default none).
    pub proxy: Option<Proxy>,
    /// Time allowed for the connection with its TLS (default 10 s). A key that asks for a PIN meanwhile needs more.
    pub connect_timeout: Duration,
    /// Time allowed for the whole call (default 60 s); not for calls that stream.
    pub timeout: Duration,
    /// For calls that stream: time allowed without a byte moved (default 60 s).
    pub stall_timeout: Duration,
    /// Whether a connection serves several calls (default yes). Nothing but the order on a connection ties an answer to its call: a service
    /// that sends two answers to one call may so have the second taken for the answer to the next call. Compare
    /// [`relates_to`](crate::envelope::Addressing::relates_to) with what was sent; with a service that gives none, do not keep connections.
    /// Each call then costs a handshake.
    pub keep_connections: bool,
    /// Largest answer, in bytes (default 64 MiB); not for calls that stream, whose caller counts.
    pub max_answer: usize,
    /// Value of the header `User-Agent`; none when empty.
    pub user_agent: String,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            trust: Trust::System,
            identity: None,
            proxy: None,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            stall_timeout: Duration::from_secs(60),
            keep_connections: true,
            max_answer: 64 << 20,
            user_agent: String::new(),
        }
    }
}
