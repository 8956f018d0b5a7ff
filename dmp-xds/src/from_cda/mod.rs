//! Metadata from the header of a CDA document.
//!
//! The document is the source of all that it can tell; what it does not tell is left empty and listed as a [`Gap`], with
//! the place where it was looked for. Nothing is made up.
//!
//! Source: CI-SIS, correspondence of the CDA header and XDS metadata (IG "Volet transmission de documents CDA R2 en
//! HL7v2"); value sets ASS_X04, ASS_X16, ASS_A11, ASS_A12.

mod acts;
mod author;
mod patient;
mod read;

pub use read::{Drawn, FromCda, FromCdaError, Gap, GapReason};
