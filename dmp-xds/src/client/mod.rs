//! The client of a registry and its repository (the DMP): sends transactions, gives typed answers or one clear error. Async;
//! [`BlockingDmpClient`] waits.
//!
//! Nothing is tried twice. Above all not ITI-41: when [`ClientError::may_have_arrived`] says so, look the document up by its uniqueId
//! (TD3.1b) before it is sent again.
//!
//! Large documents need not be in memory: [`DmpClient::submit_streaming`] reads them while it sends, [`DmpClient::retrieve_streaming`] gives
//! them piece by piece and checks hash and size at their end.
//!
//! ```
//! use std::sync::Arc;
//!
//! use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints, NoSecurity};
//! use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
//! use segur_soap::http::{Blame, HttpAnswer, Recorded, Replay};
//!
//! let caller = Caller {
//!     endpoints: Endpoints::under("https://dmp.example/si-dmp-server/v2/services/"),
//!     security: Arc::new(NoSecurity), // in a product: the VIHF
//!     ..Caller::default()
//! };
//! // In a product: HttpClient::new(&HttpOptions { identity, .. }) in the place of the replay.
//! let busy = HttpAnswer { status: 503, content_type: "text/html".into(), body: b"<html/>".to_vec() };
//! let replay = Replay::new([Recorded { request_holds: "1.2.250.1.999.1.1".into(), answer: Ok(busy) }]);
//! let client = BlockingDmpClient::new(DmpClient::new(caller, replay))?;
//!
//! let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.250.1.999.1.1".into()]));
//! let error = client.query(&query, ReturnType::ObjectRef, None).unwrap_err();
//! assert_eq!(error.blame(), Blame::Remote);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod blocking;
mod call;
mod caller;
mod error;
mod patient;
mod source;
mod stream;

pub use blocking::BlockingDmpClient;
pub use call::{DmpClient, Exchange};
pub use caller::{Caller, Endpoints, NoProof, NoSecurity, SecuritySource};
pub use error::ClientError;
pub use source::{CallSource, NoRandom, SystemSource};
pub use stream::{BlockingRetrieval, ComingDocument, ExpectedDocument, Retrieval, StreamedFile};
