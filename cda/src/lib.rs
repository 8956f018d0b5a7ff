//! HL7 CDA R2 documents of the French CI-SIS: read, written, checked

pub mod validate;
