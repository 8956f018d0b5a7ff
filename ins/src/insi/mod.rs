//! INSi, the national service of identities: its messages, written and read, and what to do after each answer. No
//! socket, no clock, no randomness: the caller sends [`HttpMessage`] with a POST and gives back status and body.
//!
//! Sources: WSDL `DESIR_ICIR_EXP_1.5.0` of the CNAM with its schemas, SEL-MP-043, guide INS; what they leave open and
//! what is known by hearsay only is `unverified` and a setting, a trait, or the caller's.
//!
//! ```
//! use segur_core::{BirthDate, Traits};
//! use segur_ins::insi::{
//!     Authentication, Call, CallIds, Decision, Endpoints, Outcome, Query, Search, Settings, Software, Uuid,
//! };
//!
//! let traits = Traits {
//!     birth_name: "ADRTROIS".parse()?,
//!     first_given_name: "DOMINIQUE".parse()?,
//!     given_names: None,
//!     sex: "F".parse()?,
//!     birth_date: BirthDate::parse("1997-02-26")?,
//!     birth_place: None,
//! };
//! let (mut search, query) = Search::new(&traits);
//! let call = Call {
//!     query: Query::Traits(query),
//!     software: Software {
//!         authorisation: "NUM-AUTORISATION".into(),
//!         version: "1.0".into(),
//!         installation: Uuid::from_random([1; 16]),
//!         name: "urn:lps:demo:1.0".into(),
//!     },
//!     emitter: Some("10B0152872".into()),
//!     authentication: Authentication::MutualTls,
//!     ids: CallIds {
//!         message: Uuid::from_random([2; 16]),
//!         bam: Uuid::from_random([3; 16]),
//!         lps: Uuid::from_random([4; 16]),
//!     },
//!     at: "2026-01-05T08:00:00Z".parse()?,
//!     settings: Settings::default(),
//! };
//! let http = call.write()?;
//! assert_eq!(call.url(&Endpoints::qualification()), "https://qualiflps-services-ps-tlsm.ameli.fr:443/lps");
//!
//! // What comes back is a decision, whatever it is.
//! let outcome = Outcome::read(&call, 503, b"<html>Service Unavailable</html>");
//! assert!(matches!(outcome.decision, Decision::RetryLater(_)));
//! # let _ = (http, search.after(outcome.decision));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod answer_read;
mod call;
#[cfg(feature = "insi-client")]
pub mod client;
mod context;
mod date;
mod decision;
mod error;
mod fault;
mod operation;
mod outcome;
mod query;
mod search;
mod settings;
mod uuid;
mod verification_codec;
mod warning;

pub use answer::{Answer, Matricule, Obstacle, Person, ReturnCode};
pub use answer_read::AnswerError;
pub use call::{Authentication, Call};
pub use context::{CallIds, Software};
pub use date::{InsiDate, NotInsiDate};
pub use decision::{Decision, RefusalCause, RetryCause, TechnicalCause};
pub use error::CallError;
pub use fault::{FaultError, InsiFault, Severity};
pub use operation::{Endpoints, Operation};
pub use outcome::Outcome;
pub use query::{Query, Scheme, TraitsQuery, VitaleQuery};
pub use search::{Search, Step};
#[doc(no_inline)]
pub use segur_soap::envelope::HttpMessage;
pub use settings::{MessageIdForm, Nature, Settings};
pub use uuid::{NotUuid, Uuid};
pub use verification_codec::{Verdict, VerificationCodec, VerificationQuery};
pub use warning::{Warning, Which};
