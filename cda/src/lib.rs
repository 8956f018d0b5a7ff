//! HL7 CDA R2 documents of the French CI-SIS: read, written, checked

pub mod body;
pub mod datatypes;
mod document;
pub mod header;
pub mod models;
pub mod tree;
pub mod validate;

pub use document::{ClinicalDocument, NotCda, clinical_document};
