//! SAML 2.0 assertions, as French services ask for them in the header of a message: who speaks, in which role, for whom.
//!
//! Written from values in the order of the schema, with the prefixes that the receiver wants; read tolerantly, each tolerance
//! named. Signed with feature `signature`: [`Assertion::write_signed`], and read back after
//! [`verify_enveloped`](crate::signature::verify_enveloped). What a service wants in it (VIHF, INSi) is that service's crate.
//!
//! Sources: Assertions and Protocols for the OASIS Security Assertion Markup Language 2.0 (core, 2005) and its schema
//! `saml-schema-assertion-2.0.xsd`; Web Services Security 1.0 and its SAML token profile 1.1 (OASIS, 2004 and 2006).
//!
//! ```
//! use segur_soap::saml::{
//!     Assertion, AssertionForm, Attribute, NameId, SamlTime, X509_SUBJECT_NAME, security_block,
//! };
//! use segur_xml::Document;
//!
//! let assertion = Assertion {
//!     attributes: vec![Attribute::text("Secteur_Activite", "SA07^1.2.250.1.71.4.2.4")],
//!     ..Assertion::new(
//!         "_6ba7b810-9dad-41d1-80b4-00c04fd430c8",
//!         SamlTime::new("2026-11-28T10:15:00Z")?,
//!         NameId::with_format("CN=CABINET FICTIF,C=FR", X509_SUBJECT_NAME),
//!         NameId::new("899900000000"),
//!     )
//! };
//! let markup = assertion.write(&AssertionForm::default())?;
//! let header = security_block(&[markup.as_str()])?;
//! assert!(header.starts_with("<wsse:Security"));
//!
//! let doc = Document::parse(markup.as_bytes())?;
//! let read = Assertion::read(doc.root_element())?;
//! assert_eq!(read.assertion, assertion);
//! assert!(read.tolerances.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assertion;
mod error;
mod form;
mod read;
mod security;
mod time;
mod tolerance;
mod write;

pub use assertion::{
    Assertion, Attribute, AttributeValue, AuthnStatement, Conditions, NameId, SAML_NAMESPACE,
    X509_SUBJECT_NAME,
};
pub use error::SamlError;
pub use form::AssertionForm;
pub use read::ReadAssertion;
pub use security::{WSSE_NAMESPACE, assertions_in, security_block};
pub use time::{NotUtc, SamlTime};
pub use tolerance::{Tolerance, ToleranceKind};
