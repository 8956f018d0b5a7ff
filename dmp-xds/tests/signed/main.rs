//! Submissions signed as the DMP wants it, and signatures that are refused. Keys and certificates are made for the run; all names
//! are fictitious.
#![cfg(feature = "signed")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[path = "../common/mod.rs"]
mod common;
mod fixtures;
mod made;
mod refused;
