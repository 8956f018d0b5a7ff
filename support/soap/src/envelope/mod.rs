//! SOAP envelopes, versions 1.1 and 1.2: written, read, faults typed.
//!
//! Sources: Simple Object Access Protocol 1.1 (W3C note, 2000), SOAP Version 1.2 part 1 and 2 (W3C, second edition,
//! 2007), Web Services Addressing 1.0, core and SOAP binding (W3C, 2006), RFC 3902 (`application/soap+xml`).
//!
//! ```
//! use segur_soap::envelope::{Addressing, Envelope, Received, SoapVersion};
//!
//! let request = Envelope {
//!     addressing: Addressing {
//!         action: Some("urn:example:ask".into()),
//!         message_id: Some("urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8".into()),
//!         ..Addressing::default()
//!     },
//!     headers: vec![r#"<c:Context xmlns:c="urn:example:context">demo</c:Context>"#.into()],
//!     ..Envelope::new(SoapVersion::V1_2, r#"<q:Ask xmlns:q="urn:example">who?</q:Ask>"#)
//! };
//! let http = request.write()?;
//! assert_eq!(http.content_type, r#"application/soap+xml; charset=utf-8; action="urn:example:ask""#);
//!
//! let received = Received::read(&http.body)?;
//! assert_eq!(received.addressing().action.as_deref(), Some("urn:example:ask"));
//! assert!(received.header("urn:example:context", "Context").is_some());
//! let ask = received.body().ok_or("an empty body")?;
//! assert!(ask.is("urn:example", "Ask"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod addressing;
mod copy;
mod error;
mod fault;
mod fault_read;
mod fault_write;
mod read;
mod version;
mod write;

pub use addressing::{Addressing, RelatesTo, WSA_ANONYMOUS, WSA_NAMESPACE};
pub use copy::fragment;
#[cfg(feature = "signature")]
pub(crate) use copy::fragment_without;
pub use error::EnvelopeError;
pub use fault::{Fault, FaultCode, QName, Reason};
pub use read::{HeaderBlock, ReadLimits, Received};
pub use version::SoapVersion;
pub use write::{Envelope, HttpMessage};
