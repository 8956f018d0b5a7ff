//! Messages over HTTP: TLS by rustls, client certificates, time-outs, cancellation; async, with a blocking face.
//!
//! [`Transport`] is all that a client of a service asks for, so that tests and vendors put [`Replay`], or a stack of their own, in the
//! place of [`HttpClient`]. Nothing is tried twice and no redirection is followed: whether a call may be repeated is for the service's
//! client to say.
//!
//! Large bodies need not be in memory: [`Transport::post_stream`] reads a [`StreamMessage`] while it sends it and gives a [`StreamAnswer`]
//! piece by piece.
//!
//! ```no_run
//! use segur_soap::envelope::{Envelope, SoapVersion};
//! use segur_soap::http::{Blocking, ClientIdentity, HttpClient, HttpOptions};
//!
//! let options = HttpOptions {
//!     identity: Some(ClientIdentity::from_pem(&std::fs::read("organisation.pem")?, &std::fs::read("organisation.key")?)?),
//!     ..HttpOptions::default()
//! };
//! let client = Blocking::new(HttpClient::new(&options)?)?;
//! let message = Envelope::new(SoapVersion::V1_2, r#"<q:Ask xmlns:q="urn:example">who?</q:Ask>"#).write()?;
//! let answer = client.post("https://service.example/", &message)?;
//! println!("{} with {} bytes", answer.status, answer.body.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod blocking;
mod client;
mod error;
mod identity;
mod options;
mod proxy;
mod replay;
mod sending;
mod stream;
mod transport;
mod waiting;

pub use blocking::{Blocking, CancelToken};
pub use client::HttpClient;
pub use error::{Blame, HttpError};
pub use identity::{ClientIdentity, IdentityError, KeySigner, SignScheme, SigningFailed};
pub use options::{HttpOptions, Trust};
pub use proxy::Proxy;
pub use replay::{Recorded, Replay};
pub use stream::{Pieces, Progress, StreamAnswer, StreamMessage};
pub use transport::{BoxFuture, HttpAnswer, Transport};
pub use waiting::off_thread;
