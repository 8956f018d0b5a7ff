//! One call, and a whole search.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use segur_core::{Ins, Traits};
use segur_soap::http::{Blame, HttpError, Transport, off_thread};

use super::{CallSource, Caller, ClientError, Identification, SystemSource};
use crate::insi::{
    Authentication, Call, Decision, Operation, Outcome, Query, Search, Step, Verdict,
    VerificationCodec, VerificationQuery,
};

/// Sends calls to INSi through a [`Transport`]. Nothing is tried twice.
pub struct InsiClient<T> {
    caller: Caller,
    transport: T,
    source: Arc<dyn CallSource>,
}

/// One call and what came of it: what guide INS rules 37 and 39 want traced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// Which search; none for a verification.
    pub operation: Option<Operation>,
    /// `wsa:MessageID` of the request.
    pub message_id: String,
    /// When it was asked.
    pub at: DateTime<Utc>,
    /// What came back.
    pub outcome: Outcome,
    /// Why nothing came back, when nothing did.
    pub silence: Option<HttpError>,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// What to do.
    pub decision: Decision,
    /// The calls, in their order.
    pub exchanges: Vec<Exchange>,
}

impl<T: Transport> InsiClient<T> {
    /// A client with the clock and the randomness of the system.
    pub fn new(caller: Caller, transport: T) -> Self {
        Self::with_source(caller, transport, Arc::new(SystemSource))
    }

    /// A client with a clock and randomness of the caller's.
    pub fn with_source(caller: Caller, transport: T, source: Arc<dyn CallSource>) -> Self {
        Self {
            caller,
            transport,
            source,
        }
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// One call. Dropping the future gives it up.
    ///
    /// # Errors
    /// When the call cannot be made: the caller has to act.
    pub async fn ask(&self, query: Query) -> Result<Exchange, ClientError> {
        let call = self.call(query).await?;
        let (answer, silence) = self.send(&call).await?;
        let outcome = match answer {
            Some((status, body)) => Outcome::read(&call, status, &body),
            None => Outcome::no_answer(),
        };
        Ok(Exchange {
            operation: call.query.operation(),
            message_id: call.message_id(),
            at: call.at,
            outcome,
            silence,
        })
    }

    /// Searches an identity by its traits: each given name, then the list, then more, as [`Search`] says. SENTINELLE.02: one gesture of
    /// the user.
    ///
    /// # Errors
    /// As [`InsiClient::ask`].
    pub async fn search(&self, traits: &Traits) -> Result<Found, ClientError> {
        self.search_and_tell(traits, |_| ()).await
    }

    /// As [`InsiClient::search`]; `progress` is told of each call when it is over.
    ///
    /// # Errors
    /// As [`InsiClient::ask`].
    pub async fn search_and_tell(
        &self,
        traits: &Traits,
        mut progress: impl FnMut(&Exchange),
    ) -> Result<Found, ClientError> {
        let (mut search, mut query) = Search::new(traits);
        let mut exchanges = Vec::new();
        loop {
            let exchange = self.ask(Query::Traits(query)).await?;
            progress(&exchange);
            let step = search.after(exchange.outcome.decision.clone());
            exchanges.push(exchange);
            match step {
                Step::Ask(next) => query = next,
                Step::Done(decision) => {
                    return Ok(Found {
                        decision,
                        exchanges,
                    });
                }
            }
        }
    }

    /// `unverified`: verifies an INS with its traits, with a codec of the caller's. The inner error is the decision when there is no
    /// verdict.
    ///
    /// # Errors
    /// As [`InsiClient::ask`].
    pub async fn verify(
        &self,
        codec: &(dyn VerificationCodec + Sync),
        ins: &Ins,
        traits: &Traits,
    ) -> Result<Result<Verdict, Decision>, ClientError> {
        let query = VerificationQuery::new(codec, ins, traits)?;
        let call = self.call(Query::Verification(query)).await?;
        let (answer, _) = self.send(&call).await?;
        Ok(match answer {
            Some((status, body)) => Verdict::read(codec, status, &body),
            None => Err(Decision::no_answer()),
        })
    }

    async fn call(&self, query: Query) -> Result<Call, ClientError> {
        let at = self.source.now();
        let (emitter, authentication) = match &self.caller.identification {
            Identification::MutualTls { emitter } => (emitter.clone(), Authentication::MutualTls),
            Identification::Assertions(source) => {
                let source = Arc::clone(source);
                let proof = off_thread(move || source.assertions(at)).await??;
                (proof.emitter, Authentication::Assertions(proof.assertions))
            }
        };
        Ok(Call {
            query,
            software: self.caller.software.clone(),
            emitter: Some(emitter),
            authentication,
            ids: self.source.ids().map_err(|_| ClientError::Random)?,
            at,
            settings: self.caller.settings.clone(),
        })
    }

    /// The status and the body, or why there are none; an error when the caller has to act.
    #[allow(clippy::type_complexity, reason = "one or the other")]
    async fn send(
        &self,
        call: &Call,
    ) -> Result<(Option<(u16, Vec<u8>)>, Option<HttpError>), ClientError> {
        let message = call.write()?;
        let url = call.url(&self.caller.endpoints);
        match self.transport.post(url, &message).await {
            Ok(answer) => Ok((Some((answer.status, answer.body)), None)),
            Err(error) if error.blame() == Blame::Caller => Err(error.into()),
            Err(error) => Ok((None, Some(error))),
        }
    }
}

impl<T> fmt::Debug for InsiClient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InsiClient")
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}
