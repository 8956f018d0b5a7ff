//! Signatures over lists of documents: judged by xmlsec1, verified, and every forgery refused. Keys and certificates are made for
//! the run; all names are fictitious.
#![cfg(feature = "xades")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod fixtures;
mod made;
mod refused;
