//! MTOM and XOP: an envelope and documents beside it, in one `multipart/related` body.
//!
//! Sources: SOAP Message Transmission Optimization Mechanism (W3C, 2005), XML-binary Optimized Packaging (W3C, 2005),
//! RFC 2387 (multipart/related), RFC 2046 section 5.1 (boundaries), RFC 2392 (`cid:` references).
//!
//! Both halves stream. [`Reader`] takes the body in pieces of any size and gives [`Event`]s; [`Writer`] gives the
//! bytes around the parts and the length of the whole, the caller sends the parts. [`Message`] is for bodies that are
//! in memory anyway.

mod decode;
mod error;
mod media_type;
mod message;
mod reader;
mod reference;
mod writer;

pub use error::MtomError;
pub use media_type::MediaType;
pub use message::{Message, Part};
pub use reader::{Event, PartHead, ReadLimits, Reader};
pub use reference::{content_id, reference};
pub use writer::{Attachment, Writer};

/// Namespace of `xop:Include`.
pub const XOP_NAMESPACE: &str = "http://www.w3.org/2004/08/xop/include";
