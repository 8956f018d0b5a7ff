//! Canonical XML 1.0 (inclusive) of a whole document, fed in pieces of any size: nothing of it is held but the tag at hand and
//! what is open around it.
//!
//! Sources: Canonical XML 1.0 (W3C, 2001), XML 1.0 fifth edition (W3C, 2008), Namespaces in XML 1.0 third edition (W3C, 2009).
//!
//! ```
//! use segur_soap::c14n::{CanonicalWriter, Comments};
//!
//! let mut writer = CanonicalWriter::new(Vec::new(), Comments::Kept);
//! writer.update(b"<?xml version='1.0'?><a  y='2' x='1' xmlns='urn:x'><b")?;
//! writer.update(b"/><![CDATA[1 < 2]]></a>")?;
//! let canonical = writer.finish()?;
//! assert_eq!(canonical, br#"<a xmlns="urn:x" x="1" y="2"><b></b>1 &lt; 2</a>"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is not well-formed is refused, with the line; so are document type declarations (their entities and default
//! attributes would change the canonical form) and relative names of namespaces (Canonical XML, section 1.3). Read are UTF-8,
//! US-ASCII, ISO-8859-1 and ISO-8859-15; UTF-16 is refused by name.
//!
//! Memory: one tag ([`CanonicalLimits::max_tag`]), the names and namespaces of the open elements
//! ([`CanonicalLimits::max_open`]) and a fixed buffer. Text, CDATA sections, comments and instructions are never held.

mod chars;
mod declaration;
#[cfg(feature = "signature")]
mod digest;
mod error;
mod input;
mod limits;
mod out;
mod scan;
mod scope;
mod tag;
mod writer;

#[cfg(feature = "xades")]
pub(crate) use chars::is_ncname;
#[cfg(feature = "signature")]
pub use digest::{ByteDigest, CanonicalDigest, Digest, DigestAlgorithm};
pub use error::CanonicalError;
pub use limits::CanonicalLimits;
pub use writer::{CanonicalWriter, Comments};
