//! Identifiers, coded values, HL7 timestamps, identity traits, findings and reports for French health software.
//!
//! Pure values: no input or output, no XML, no clock, no randomness. Every other crate of the workspace stands on it.
//!
//! | for | look at |
//! |---|---|
//! | professionals and structures | [`Rpps`], [`Adeli`], [`Finess`], [`Siren`], [`Siret`], [`ProfessionalId`], [`StructureId`] |
//! | patients | [`MatriculeIns`], [`Ins`], [`Traits`], [`NameProfile`], [`BirthDate`], [`CodeCommune`] |
//! | codes | [`Coded`], [`Oid`], [`known_oids`] |
//! | times | [`Timestamp`], [`Date`] |
//! | what a check says | [`Finding`], [`Report`], [`RuleInfo`], [`Message`] |
//!
//! What a person types goes through `parse`, which refuses a wrong key; what stands in a document received goes through
//! `read`, which keeps it and lets `key()` tell. Types that hold something about a patient hide it in `Debug`.
//!
//! ```
//! use segur_core::{Finding, Found, KeyStatus, Lang, Location, MatriculeIns, Message, Report, Severity};
//!
//! let mut report = Report::new();
//! let matricule = MatriculeIns::read("181036322045660")?;
//! if matricule.key() == KeyStatus::Wrong {
//!     report.findings.push(
//!         Finding::new("EX-1", Severity::Warning, Message::fixed("La clé est fausse.", "The key is wrong."))
//!             .with_location(Location::new("/ClinicalDocument/recordTarget/patientRole/id/@extension", 12, 40))
//!             .with_found(Found::Personal(matricule.as_str().into())),
//!     );
//! }
//! assert!(report.is_ok(), "a warning refuses nothing");
//! assert_eq!(report.findings[0].message.get(Lang::En), "The key is wrong.");
//! assert!(!format!("{report:?}").contains("181036322045660"));
//! # Ok::<(), segur_core::IdError>(())
//! ```
//!
//! # Features
//! - `serde`: the JSON shape of reports; identifiers and timestamps as text.
//! - `chrono`: conversions of dates and timestamps.
//! - `psc`: the claims of Pro Santé Connect, from their JSON.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

mod coded;
mod finding;
mod id;
mod identity;
#[cfg(feature = "psc")]
mod psc;
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
    ProfessionalId, Rpps, Siren, Siret, StructureId, known_oids, uuid_v4,
};
pub use identity::{
    BirthDate, FamilyName, GivenName, GivenNames, NameError, NameProfile, Sex, Traits, UnknownSex,
    fold_accents, search_key,
};
#[cfg(feature = "psc")]
#[cfg_attr(docsrs, doc(cfg(feature = "psc")))]
pub use psc::{PscActivity, PscClaims, PscError, PscOtherId, PscPractice};
pub use time::{Date, Offset, Precision, Timestamp, TimestampError};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
