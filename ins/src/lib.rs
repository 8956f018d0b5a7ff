//! Identité nationale de santé (INS) for practice software.
//!
//! What is here now:
//!
//! - [`cog`]: communes of birth since 1943, countries, postal codes (EXI ID 14 to 16), offline.
//! - [`datamatrix`]: the payload of the INS Datamatrix, written and read (EXI REC 02, EXI DIF 02).
//! - [`identity`]: the identity and its states, who may change what, comparison with INSi's answer.
//! - [`matching`]: whose record a received identity belongs to, explained line by line.
//! - [`verification`]: which identities are due for verification, spread over days.
//! - `insi`: the messages of the service INSi, and what to do after each answer (SENTINELLE.02, .04 to .07).
//! - [`indicators`]: share of each status, by month, professional and structure.
//!
//! What is not here yet is said in the README's status table.
//!
//! # Features
//! - `cog-embedded` (default): embeds the table of the COG, edition 2026.
//! - `insi` (default): the messages of INSi.
//! - `symbol` (default): draws the INS Datamatrix as SVG and PNG.
//! - `scan`: reads the INS Datamatrix from a photo or the scan of a page.

#![forbid(unsafe_code)]

pub mod cog;
pub mod datamatrix;
pub mod identity;
pub mod indicators;
#[cfg(feature = "insi")]
pub mod insi;
pub mod matching;
pub mod verification;

/// The examples of the README are tests.
#[cfg(all(doctest, feature = "cog-embedded"))]
#[doc = include_str!("../README.md")]
struct Readme;
