//! Identifiers, coded values, HL7 timestamps, identity traits, findings and reports for French health software.
//!
//! Pure values: no input or output, no XML, no clock, no randomness. Every other crate of the workspace stands on it.
//!
//! ```
//! use segur_core::{Finding, Lang, Location, Message, Report, Severity};
//!
//! let mut report = Report::new();
//! report.findings.push(
//!     Finding::new("FR-001", Severity::Error, Message::new("Il manque le titre.", "The title is missing."))
//!         .with_location(Location::new("/ClinicalDocument", 1, 1)),
//! );
//! assert!(!report.is_ok());
//! assert_eq!(report.findings[0].message.get(Lang::En), "The title is missing.");
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod coded;
mod finding;
mod id;
mod time;

pub use coded::Coded;
pub use finding::{
    Counts, Finding, Found, Lang, Location, Message, NotRun, Report, RuleInfo, Severity,
    UnknownLang, UnknownSeverity,
};
#[cfg(feature = "serde")]
pub use finding::{ReportSet, ReportView};
pub use id::{
    Adeli, CodeCommune, Finess, IdError, IdKind, Ins, InsAuthority, KeyStatus, MatriculeIns, Oid,
    ProfessionalId, Rpps, Siren, Siret, StructureId, known_oids,
};
pub use time::{Date, Offset, Precision, Timestamp, TimestampError};
