//! SOAP for health services: the pure part, bytes in and bytes out, no socket.
//!
//! ```
//! use segur_soap::mtom::{Attachment, Event, MediaType, Reader, ReadLimits, Writer};
//!
//! let writer = Writer::new("0d4f7b", "urn:example:action")?;
//! let letter = Attachment { content_id: "letter@example.org", media_type: "text/plain" };
//! let mut body = writer.root(b"<Envelope/>");
//! body.extend(writer.head(&letter));
//! body.extend(b"Bonjour");
//! body.extend(writer.end());
//!
//! let mut reader = Reader::new(&MediaType::parse(&writer.content_type())?, ReadLimits::default())?;
//! reader.push(&body);
//! reader.finish();
//! let mut text = Vec::new();
//! loop {
//!     match reader.next_event()? {
//!         Event::Data(bytes) => text.extend_from_slice(bytes),
//!         Event::Part(_) | Event::PartEnd => {}
//!         Event::NeedMore | Event::End => break,
//!     }
//! }
//! assert_eq!(text, b"<Envelope/>Bonjour");
//! # Ok::<(), segur_soap::mtom::MtomError>(())
//! ```
//!
//! | module | what |
//! |---|---|
//! | [`c14n`] | canonical XML of a document fed in pieces, and its digest |
//! | [`envelope`] | envelopes of SOAP 1.1 and 1.2, WS-Addressing, faults |
//! | `http` | messages over HTTPS, async and blocking, client certificates (feature `http`) |
//! | [`mtom`] | multipart/related and XOP: documents beside the envelope, streaming both ways |
//! | [`saml`] | SAML 2.0 assertions and the header block that carries them |
//! | `signature` | XML signatures of an element by itself: any signer, strict verification; XAdES over lists of documents (features `signature`, `xades`) |
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod c14n;
pub mod envelope;
#[cfg(feature = "http")]
pub mod http;
pub mod mtom;
pub mod saml;
#[cfg(feature = "signature")]
pub mod signature;
