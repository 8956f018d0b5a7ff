//! Exchange with Open eHealth IPF, which no one of ours wrote. Started by `dmp-xds/peers/ipf/run`, which builds the Java side; without it
//! the tests that need it only say so. Every identity is fictitious.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod common;
#[path = "ipf/from_ipf.rs"]
mod from_ipf;
#[path = "ipf/oracle.rs"]
mod oracle;
#[path = "ipf/peer.rs"]
mod peer;
#[path = "ipf/samples.rs"]
mod samples;
#[path = "ipf/sandbox.rs"]
mod sandbox;
#[path = "ipf/scenario.rs"]
mod scenario;
#[path = "ipf/table.rs"]
mod table;
#[path = "ipf/to_ipf.rs"]
mod to_ipf;
