//! `unverified`: the unit verification of an INS, whose messages are known by hearsay only.

use segur_core::{Ins, Traits};
use segur_soap::envelope::Received;

use super::outcome::receive;
use super::{AnswerError, CallError, Decision, InsiFault, TechnicalCause};

/// `unverified`: how a verification is written and read. The operation exists (`verifierInsAvecTraitsIdentite`), its
/// schema, action and return codes could not be read, so that this crate ships no implementation: one who has the
/// editor's kit of the service implements this trait, and sends the call as any other.
pub trait VerificationCodec {
    /// `wsa:Action` of the request; the answer's is taken to be the same with `Response` behind.
    fn action(&self) -> &str;

    /// The element of the body of the request.
    ///
    /// # Errors
    /// When the identity cannot be verified so.
    fn body(&self, ins: &Ins, traits: &Traits) -> Result<String, CallError>;

    /// What an answer that is no fault says.
    ///
    /// # Errors
    /// When it is no answer to a verification.
    fn read(&self, received: &Received) -> Result<Verdict, AnswerError>;
}

/// What INSi says of an INS and its traits: answers are told to be OK or KO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It confirms them.
    Ok,
    /// It does not.
    Ko,
}

/// `unverified`: a verification, written by a codec. `Debug` hides the body.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationQuery {
    pub(super) action: String,
    pub(super) body: String,
}

impl VerificationQuery {
    /// Writes a verification with a codec.
    ///
    /// # Errors
    /// Those of the codec.
    pub fn new(
        codec: &dyn VerificationCodec,
        ins: &Ins,
        traits: &Traits,
    ) -> Result<Self, CallError> {
        Ok(Self {
            action: codec.action().to_owned(),
            body: codec.body(ins, traits)?,
        })
    }
}

impl Verdict {
    /// Reads what came back from a verification.
    ///
    /// # Errors
    /// The decision when there is no verdict: refused, later, or technical.
    pub fn read(codec: &dyn VerificationCodec, status: u16, body: &[u8]) -> Result<Self, Decision> {
        let received = receive(body).map_err(|error| Decision::of_bytes(status, error))?;
        if let Some(fault) = received.fault() {
            return Err(Decision::of_fault(&InsiFault::read(fault)));
        }
        codec
            .read(&received)
            .map_err(|error| Decision::Technical(TechnicalCause::Answer(error)))
    }
}

impl std::fmt::Debug for VerificationQuery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerificationQuery")
            .field("action", &self.action)
            .finish_non_exhaustive()
    }
}
