//! HL7 CDA R2 documents of the French CI-SIS: read, written, checked.
//!
//! - [`ClinicalDocument`]: header and body as plain structs, read from a lossless tree
//!   ([`segur_xml::Document`]), written as a new document, or carried into the tree that was read,
//!   where everything else stays byte for byte.
//! - [`models`]: whole documents from plain structs (measures of the child, vaccination note).
//! - [`validate`]: rules of the structure and of the French header, in an `official` and a `strict`
//!   profile; findings with place, cause and remedy.
//!
//! Reading never validates: it takes what is there, and tells what it passed over and what it did
//! not understand. What the crate writes from its models is accepted by both profiles.
//!
//! ```
//! use segur_cda::ClinicalDocument;
//! use segur_cda::validate::{Profile, Validator};
//!
//! let bytes = br#"<ClinicalDocument xmlns="urn:hl7-org:v3"><realmCode code="FR"/>
//!   <title>Note</title><vendor xmlns="urn:v"/></ClinicalDocument>"#;
//!
//! let tree = segur_xml::Document::parse(bytes)?;
//! let reading = ClinicalDocument::read(&tree)?;
//! assert_eq!(reading.value.header.title.as_ref().map(|t| t.text.as_str()), Some("Note"));
//! assert_eq!(reading.unknown[0].location.xpath, "/ClinicalDocument/vendor");
//! assert_eq!(reading.tolerances[0].expected, Some("typeId"));
//!
//! let validator = Validator::builder().profile(Profile::Official).build();
//! assert!(!validator.validate(&tree).is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | module | what |
//! |---|---|
//! | [`datatypes`] | II, CD, TS, IVL_TS, PQ, ED, AD, PN … |
//! | [`header`] | patient, author, acts … class by class as in the standard |
//! | [`body`] | sections, narrative, entries, or a medium (N1) |
//! | [`models`] | documents from plain structs |
//! | [`tree`] | how typed values and the lossless tree meet |
//! | [`validate`] | rules, profiles, value sets |
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod body;
pub mod datatypes;
mod document;
pub mod header;
pub mod models;
pub mod official;
pub mod tree;
pub mod validate;

pub use document::{ClinicalDocument, NotCda, clinical_document};
