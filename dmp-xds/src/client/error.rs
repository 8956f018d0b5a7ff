//! Why a call brought nothing.

use segur_soap::envelope::{Fault, FaultCode};
use segur_soap::http::{Blame, HttpError};

use super::{NoProof, NoRandom};
use crate::patient::{DmpCode, Refusal};
use crate::response::{ErrorCode, RegistryResponse, ResponseStatus};
use crate::transaction::{AnswerError, MessageError};

/// Why a call brought nothing: one error for every way to fail, with who has to act. Texts hold no content of messages.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The message cannot be written; nothing was sent.
    #[error("the message cannot be written: {0}")]
    Message(#[from] MessageError),
    /// There is no proof of who calls; nothing was sent.
    #[error(transparent)]
    Proof(#[from] NoProof),
    /// There are no random numbers; nothing was sent.
    #[error(transparent)]
    Random(#[from] NoRandom),
    /// Nothing came back.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// A fault, or no answer.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The registry or the repository refuses; its errors say why.
    #[error("the service refuses: {}", codes(.0))]
    Refused(RegistryResponse),
    /// A document came that is not the one registered: it was damaged on its way, or the repository gives another one.
    #[error("document {unique_id} is not the one registered: {cause}")]
    Content {
        /// Its uniqueId.
        unique_id: String,
        /// What differs.
        cause: &'static str,
    },
    /// The DMP refuses a question or a change about a patient's record; its code says why.
    #[error(transparent)]
    Declined(#[from] Refusal),
}

impl ClientError {
    /// Who has to act.
    #[must_use]
    pub fn blame(&self) -> Blame {
        match self {
            Self::Message(_) | Self::Proof(_) | Self::Random(_) => Blame::Caller,
            Self::Http(error) => error.blame(),
            Self::Answer(AnswerError::Fault(fault)) => blame_of_fault(fault),
            Self::Answer(_) | Self::Content { .. } => Blame::Remote,
            // Which other codes there are was not read: those are for the DMP's support.
            Self::Declined(refusal) => match refusal.code {
                DmpCode::Found | DmpCode::Closed => Blame::Caller,
                _ => Blame::Remote,
            },
            Self::Refused(response) => {
                let failed = response
                    .errors
                    .iter()
                    .any(|error| is_of_service(&error.code));
                if failed || response.errors.is_empty() {
                    Blame::Remote
                } else {
                    Blame::Caller
                }
            }
        }
    }

    /// Whether the service may have carried the request out although the caller has no answer. A submission must then be looked up by its
    /// uniqueId before it is sent again.
    #[must_use]
    pub fn may_have_arrived(&self) -> bool {
        match self {
            Self::Message(_)
            | Self::Proof(_)
            | Self::Random(_)
            | Self::Content { .. }
            | Self::Declined(_) => false,
            // A success in part, or a word that is not known, is no promise that nothing was kept.
            Self::Refused(response) => response.status != ResponseStatus::Failure,
            Self::Http(HttpError::ClientCertificate { .. }) => false,
            Self::Http(error) => !error.was_not_sent(),
            // A gateway that lost patience with what stands behind it answers with a fault, too.
            Self::Answer(AnswerError::Fault(fault)) => blame_of_fault(fault) != Blame::Caller,
            Self::Answer(_) => true,
        }
    }

    /// Whether the registry, or a fault, has this code.
    #[must_use]
    pub fn has(&self, code: &ErrorCode) -> bool {
        match self {
            Self::Refused(response) => response.has(code),
            Self::Answer(AnswerError::Fault(fault)) => {
                names(fault).any(|name| name == code.as_str())
            }
            _ => false,
        }
    }
}

/// The codes that a fault bears beside the five of SOAP: those of the DMP stand in the place of them (`soap:DMPInvalidCertificate`).
fn names(fault: &Fault) -> impl Iterator<Item = &str> {
    let own = match &fault.code {
        FaultCode::Other(name) => Some(name),
        _ => None,
    };
    let all = own.into_iter().chain(&fault.subcodes);
    all.map(|name| name.local.as_str())
}

fn blame_of_fault(fault: &Fault) -> Blame {
    // The VIHF was signed with another certificate than that for signatures. Source: DMP vendor kit.
    if names(fault).any(|name| name == "DMPInvalidCertificate") {
        return Blame::Caller;
    }
    let mut known = names(fault)
        .map(ErrorCode::read)
        .filter(ErrorCode::is_known);
    match (known.next(), &fault.code) {
        (Some(code), _) if is_of_service(&code) => Blame::Remote,
        (Some(_), _)
        | (
            None,
            FaultCode::Sender
            | FaultCode::MustUnderstand
            | FaultCode::VersionMismatch
            | FaultCode::DataEncodingUnknown,
        ) => Blame::Caller,
        (None, _) => Blame::Remote,
    }
}

/// Codes that say that the service itself is in trouble, as their names tell; any other blames the message.
fn is_of_service(code: &ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::RegistryNotAvailable
            | ErrorCode::RegistryError
            | ErrorCode::RepositoryError
            | ErrorCode::RegistryBusy
            | ErrorCode::RepositoryBusy
            | ErrorCode::RegistryOutOfResources
            | ErrorCode::RepositoryOutOfResources
    )
}

fn codes(response: &RegistryResponse) -> String {
    let codes: Vec<String> = response
        .errors
        .iter()
        .map(|error| error.code.to_string())
        .collect();
    match codes.is_empty() {
        true => "it does not say why".to_owned(),
        false => codes.join(", "),
    }
}
