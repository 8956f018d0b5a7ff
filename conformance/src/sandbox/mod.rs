//! Servers on loopback to develop against: the pieces that every sandbox shares.
//!
//! A sandbox speaks what the national service speaks, over mutual TLS with certificates of its own, so
//! that a vendor develops and tests without a card and without an account. It binds to a loopback
//! address only, keeps what it holds in one folder, and misbehaves on demand ([`Quirks`]).
//!
//! | piece | what |
//! |---|---|
//! | [`Pki`] | an authority, a server's and three clients' certificates (good, expired, of another authority) |
//! | [`Server`] | an [`axum::Router`] behind mutual TLS, until it is told to stop |
//! | [`dmp`] | a registry and a repository that keep what they are given |
//! | [`insi`] | INSi: both searches, with the official test persons |
//! | [`Quirks`] | slowness, refusals and cut connections, for all requests or for some |
//!
//! Nothing here is for production: the keys lie in plain files.

#[cfg(feature = "xds")]
mod address;
pub(crate) mod command;
pub mod dmp;
mod ending;
mod error;
pub mod insi;
mod known;
mod pki;
mod quirks;
mod server;
mod wire;

pub use ending::Ending;
pub use error::SandboxError;
pub use known::{OwnQuirks, QuirkKind};
pub use pki::{PemPair, Pki};
pub use quirks::{BadQuirk, Quirks};
pub use server::{Client, Refusal, Server};
