//! The client of INSi: sends calls, asks what has to be asked next, gives one result. Async; [`BlockingInsiClient`] waits.
//!
//! ```
//! use std::sync::Arc;
//!
//! use segur_core::{BirthDate, Traits};
//! use segur_ins::insi::client::{BlockingInsiClient, Caller, Identification, InsiClient};
//! use segur_ins::insi::{Decision, Endpoints, Settings, Software, Uuid};
//! use segur_soap::http::{HttpAnswer, Recorded, Replay};
//!
//! let caller = Caller {
//!     software: Software {
//!         authorisation: "NUM-AUTORISATION".into(),
//!         version: "1.0".into(),
//!         installation: Uuid::from_random([1; 16]),
//!         name: "urn:lps:demo:1.0".into(),
//!     },
//!     identification: Identification::MutualTls { emitter: "10B0152872".into() },
//!     endpoints: Endpoints::qualification(),
//!     settings: Settings::default(),
//! };
//! // In a product: HttpClient::new(&HttpOptions { identity, .. }) in the place of the replay.
//! let busy = HttpAnswer { status: 503, content_type: "text/html".into(), body: b"<html/>".to_vec() };
//! let replay = Replay::new([Recorded { request_holds: "ADRTROIS".into(), answer: Ok(busy) }]);
//! let client = BlockingInsiClient::new(InsiClient::new(caller, replay))?;
//!
//! let traits = Traits {
//!     birth_name: "ADRTROIS".parse()?,
//!     first_given_name: "DOMINIQUE".parse()?,
//!     given_names: None,
//!     sex: "F".parse()?,
//!     birth_date: BirthDate::parse("1997-02-26")?,
//!     birth_place: None,
//! };
//! let found = client.search(&traits, None)?;
//! assert!(matches!(found.decision, Decision::RetryLater(_)));
//! assert_eq!(found.exchanges.len(), 1); // the trace: one call, nothing is tried twice
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ask;
#[cfg(feature = "insi-assertions")]
mod assertion;
mod blocking;
mod caller;
mod error;
mod source;

pub use ask::{Exchange, Found, InsiClient};
#[cfg(feature = "insi-assertions")]
pub use assertion::{CardAssertions, Holder, SessionAssertions};
pub use blocking::BlockingInsiClient;
pub use caller::{AssertionSource, Assertions, Caller, Identification, NoAssertion};
pub use error::ClientError;
pub use source::{CallSource, SystemSource};
