//! Why a call could not be made at all.

use segur_soap::http::HttpError;

use super::NoAssertion;
use crate::insi::CallError;

/// Why a call could not be made: the caller has to act. A service that does not answer is no error but a decision,
/// [`Decision::RetryLater`](crate::insi::Decision::RetryLater).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The call cannot be written: a trait is missing, a key is wrong.
    #[error(transparent)]
    Call(#[from] CallError),
    /// There is no proof of who calls.
    #[error(transparent)]
    Assertion(#[from] NoAssertion),
    /// Address, certificate or key of the caller, or the call was cancelled.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random,
}
