//! The canonical form made in pieces: against the specification, against a canonicaliser of trees, against xmllint.
#![cfg(feature = "signature")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod differential;
mod fixtures;
mod refused;
mod specification;
