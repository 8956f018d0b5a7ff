//! ITI-18, ITI-41, ITI-42, ITI-43, ITI-51 and ITI-57 as whole HTTP messages: envelope, addressing, parts. No socket, no clock, no randomness.
//!
//! [`request`] writes what is sent and [`Answer`] reads what comes back; [`Incoming`] and [`answer`] are the other side, for test servers.
//!
//! | what services do | here |
//! |---|---|
//! | answers with another `wsa:Action` (`…UpdateDocumentSet-Response`) | read, with [`WireWarning::Action`] |
//! | envelopes of SOAP 1.1 | read, with [`WireWarning::SoapVersion`]; 1.2 is written |
//! | faults and plain answers as multipart | read |
//! | percent-encoded Content-IDs, on either side | read |
//! | documents in base64 within the answer | read |
//!
//! ```
//! use segur_dmp_xds::Profile;
//! use segur_dmp_xds::query::{AdhocQueryRequest, EntryKeys, ReturnType, StoredQuery};
//! use segur_dmp_xds::transaction::{Answer, AnswerError, Head, Transaction, request};
//!
//! let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.250.1.999.1.1".into()]));
//! let query = AdhocQueryRequest::new(&query, ReturnType::ObjectRef, Profile::Dmp)?;
//! let head = Head::new("urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8");
//! let message = request::query(&head, &query)?;
//! assert!(message.content_type.starts_with("application/soap+xml"));
//!
//! // What comes back is an answer, a fault, or neither.
//! let page = Answer::query(&head, Transaction::Query, 503, "text/html", b"<html>Service Unavailable</html>");
//! assert!(matches!(page, Err(AnswerError::NotSoap { status: 503, .. })));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Sources: IHE ITI TF-2, 3.18, 3.41, 3.43 and 3.57, and appendix V (web services); messages of the DMP vendor kit;
//! ansforge/DRIM-M_DRIMbox.

pub mod answer;
mod error;
mod head;
mod incoming;
mod kind;
pub(crate) mod read;
pub mod request;

pub use error::{AnswerError, MessageError};
pub use head::{Head, security_block};
pub use incoming::{Incoming, IncomingRequest};
pub use kind::Transaction;
pub use read::{Answer, RetrievedFile, RetrievedFiles, WireWarning};
pub use request::FileToSend;
