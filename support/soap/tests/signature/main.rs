//! Signatures: made by us and judged by xmlsec1, made by xmlsec1 and judged by us, and every forgery refused.
//! Keys and certificates are made for the run; all names are fictitious.
#![cfg(feature = "signature")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod fixtures;
mod judged;
mod made;
mod refused;
mod wrapped;
mod xmlsec;
