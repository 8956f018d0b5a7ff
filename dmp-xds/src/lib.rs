//! XDS.b for the DMP: metadata and messages, typed, written and read. No socket, no clock, no randomness.
//!
//! What is written is checked first, and every problem is told; what is read is accepted, and everything that is not as
//! it should be is told beside the value.
//!
//! ```
//! use segur_dmp_xds::{DocumentEntry, Profile, Submission, SubmissionSet};
//!
//! let set = SubmissionSet::new("SubmissionSet01", "1.2.250.1.999.3.1", "1.2.250.1.999");
//! let entry = DocumentEntry::new("Document01", "1.2.250.1.999.1.1");
//! let submission = Submission::new(set).with_document(entry);
//! let problems = submission.validate(Profile::Dmp);
//! assert!(problems.iter().any(|problem| {
//!     problem.to_string() == "Document01: typeCode is missing (a code with its code system)"
//! }));
//! ```
//!
//! | module | what |
//! |---|---|
//! | [`metadata`] | documents, submission sets, folders, associations, and the values that they hold |
//! | `from_cda` | metadata from the header of a CDA document (feature `cda`) |
//! | [`ebrim`] | their ebRIM 3.0 form; messages of ITI-41, ITI-42, ITI-57 |
//! | [`query`] | stored queries (ITI-18, ITI-51) |
//! | [`response`] | what registries answer |
//! | [`retrieve`] | documents by their uniqueId (ITI-43) |
//! | [`transaction`] | the transactions as whole HTTP messages: envelope, addressing, parts, faults |
//! | `signed` | the signature of a submission, made and verified (feature `signed`) |
//! | `client` | sends them, async and blocking (feature `client`) |
//! | [`vihf`] | who asks, from where, for which patient and why: the assertion in the header |
//! | [`rights`] | what the published matrices say that a user may do |
//! | [`consent`] | what the patient said |
//! | [`patient`] | existence, authorisation and closure of a patient's DMP (TD0.2, TD0.3, TD0.4, TD1.4, TD1.6); whether it may be fed or read, and what comes first |
//! | [`update`] | hide, make visible, archive, delete (ITI-57) |
//! | [`vocabulary`] | namespaces and actions of the wire |
//!
//! Identifiers of messages, times and Content-IDs come from the caller: the same input gives the same bytes.
//!
//! # Features
//! - `cda`: metadata from the header of a CDA document.
//! - `psc`: the user from the claims of Pro Santé Connect.
//! - `signature`: the VIHF signed, with a card or any other signer; with `client`, one before each call.
//! - `client`: the transactions over HTTPS (reqwest, rustls), async and blocking.
//! - `signed`: the signature (XAdES) that goes with every submission to the DMP, made and verified.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod client;
pub mod consent;
pub mod ebrim;
mod error;
#[cfg(feature = "cda")]
#[cfg_attr(docsrs, doc(cfg(feature = "cda")))]
pub mod from_cda;
mod hash;
pub mod metadata;
pub mod patient;
mod profile;
pub mod query;
mod reading;
pub mod response;
pub mod retrieve;
pub mod rights;
#[cfg(feature = "signed")]
#[cfg_attr(docsrs, doc(cfg(feature = "signed")))]
pub mod signed;
mod source;
mod tables;
pub mod transaction;
pub mod update;
pub mod vihf;
pub mod vocabulary;
mod xml;

pub use ebrim::{
    ProvideAndRegisterRequest, RegistryContent, SubmitObjectsRequest, SubmittedDocument,
};
pub use error::{Invalid, ReadError, WriteError};
pub use hash::hash;
pub use metadata::{DocumentEntry, Submission, SubmissionSet};
pub use profile::Profile;
pub use reading::{Reading, Warning, WarningKind};
pub use source::DocumentSource;
pub use tables::{CLASS_SYSTEM, FORMAT_WITHOUT_MODEL, TableError, Tables};
pub use xml::Content;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
