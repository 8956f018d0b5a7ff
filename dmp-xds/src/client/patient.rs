//! The patient's DMP: TD0.2, TD0.3, TD0.4, TD1.4, TD1.6.
//!
//! What the VIHF must say differs from call to call: a [`SecuritySource`](super::SecuritySource) is one for one patient. Where the message
//! names the patient in the VIHF alone, the methods take the patient all the same and compare: a message about somebody else is not sent.

use segur_core::uuid_v4;
use segur_soap::envelope::HttpMessage;
use segur_soap::http::{CancelToken, Transport};

use super::call::Call;
use super::{BlockingDmpClient, ClientError, DmpClient, Exchange};
use crate::metadata::{Cx, Dtm};
use crate::patient::{
    AuthorisationMode, AuthorisationSet, Authorisations, ClosureAnswer, ClosureRequest, Existence,
    ListAuthorisations, ListedBy, MessageSender, PatientAnswer, PatientList, PatientListRequest,
    SetAuthorisation, request,
};
use crate::transaction::{Answer, AnswerError, Transaction};

impl<T: Transport> DmpClient<T> {
    /// TD0.2: does the patient have a DMP, and may the professional read it? One call for both, when a record is opened.
    ///
    /// # Errors
    /// The patient is not named by a matricule INS, or the VIHF names another one; nothing, or nothing readable, came back; the DMP refuses;
    /// the answer is about another patient ([`AnswerError::OtherPatient`]).
    pub async fn test_existence(
        &self,
        sender: &MessageSender,
        patient: &Cx,
    ) -> Result<Exchange<Existence>, ClientError> {
        let call = self.call(Transaction::TestExistence).await?;
        let (number, query) = (self.number()?, self.number()?);
        let asked = sender.existence(number, query, Dtm::at(call.at), patient.clone());
        let message = request::existence(&call.head, &asked)?;
        let exchange: Exchange<Existence> = self.ask(call, message).await?;
        if exchange.answer.is_of(patient) == Some(false) {
            return Err(AnswerError::OtherPatient.into());
        }
        Ok(exchange)
    }

    /// TD0.3: declares the professional's authorisation, or gives it up. Ask for the existence again afterwards.
    ///
    /// # Errors
    /// The VIHF names no patient or another one; nothing, or nothing readable, came back; the DMP refuses.
    pub async fn set_authorisation(
        &self,
        patient: &Cx,
        authorisation: &SetAuthorisation,
    ) -> Result<Exchange<AuthorisationSet>, ClientError> {
        let call = self.call(Transaction::SetAuthorisation).await?;
        let message = request::set_authorisation(&call.head, patient, authorisation)?;
        self.ask(call, message).await
    }

    /// TD1.6: who may read the patient's DMP, and whom the patient has blocked.
    ///
    /// # Errors
    /// The VIHF names no patient or another one; nothing, or nothing readable, came back; the DMP refuses.
    pub async fn authorisations(
        &self,
        patient: &Cx,
        mode: AuthorisationMode,
    ) -> Result<Exchange<Authorisations>, ClientError> {
        let call = self.call(Transaction::ListAuthorisations).await?;
        let asked = ListAuthorisations { mode };
        let message = request::authorisations(&call.head, patient, &asked)?;
        self.ask(call, message).await
    }

    /// TD0.4: DMPs that the professional may read, with something new since then.
    ///
    /// # Errors
    /// The time is less precise than a second; nothing, or nothing readable, came back; the DMP refuses.
    pub async fn patient_list(
        &self,
        since: Dtm,
        by: ListedBy,
    ) -> Result<Exchange<PatientList>, ClientError> {
        let call = self.call(Transaction::ListPatients).await?;
        let since = Some(since);
        let message = request::patient_list(&call.head, &PatientListRequest { since, by })?;
        self.ask(call, message).await
    }

    /// TD1.4: closes the patient's DMP, at the patient's request. `closure.head` is written anew. Not sent twice, as nothing is: after an
    /// error with [`ClientError::may_have_arrived`], ask for the existence.
    ///
    /// # Errors
    /// Something is missing, the VIHF names another patient; nothing, or nothing readable, came back; the DMP refuses, with
    /// [`DmpCode::Closed`](crate::patient::DmpCode::Closed) when it is closed already.
    pub async fn close_dmp(
        &self,
        sender: &MessageSender,
        closure: ClosureRequest,
    ) -> Result<Exchange<ClosureAnswer>, ClientError> {
        let call = self.call(Transaction::CloseDmp).await?;
        let head = sender.head(self.number()?, Dtm::at(call.at));
        let message = request::closure(&call.head, &ClosureRequest { head, ..closure })?;
        self.ask(call, message).await
    }

    fn number(&self) -> Result<String, ClientError> {
        Ok(uuid_v4(self.source.random()?))
    }

    async fn ask<A: PatientAnswer>(
        &self,
        call: Call,
        message: HttpMessage,
    ) -> Result<Exchange<A>, ClientError> {
        let url = self.caller.endpoints.of(call.transaction);
        let got = self.transport.post(url, &message).await?;
        let read = Answer::<A>::of_patient(&call.head, got.status, &got.content_type, &got.body);
        let answer = call.related(read)?;
        if let Some(refusal) = answer.value.refusal() {
            return Err(ClientError::Declined(refusal));
        }
        Ok(Exchange {
            transaction: call.transaction,
            message_id: call.head.message_id,
            at: call.at,
            answer: answer.value,
            warnings: answer.warnings,
            unlisted: answer.unlisted,
            wire: answer.wire,
        })
    }
}

impl<T: Transport> BlockingDmpClient<T> {
    /// As [`DmpClient::test_existence`], until the token is cancelled.
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn test_existence(
        &self,
        sender: &MessageSender,
        patient: &Cx,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<Existence>, ClientError> {
        self.wait(cancel, self.inner().test_existence(sender, patient))
    }

    /// As [`DmpClient::set_authorisation`], until the token is cancelled.
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn set_authorisation(
        &self,
        patient: &Cx,
        authorisation: &SetAuthorisation,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<AuthorisationSet>, ClientError> {
        let call = self.inner().set_authorisation(patient, authorisation);
        self.wait(cancel, call)
    }

    /// As [`DmpClient::authorisations`], until the token is cancelled.
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn authorisations(
        &self,
        patient: &Cx,
        mode: AuthorisationMode,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<Authorisations>, ClientError> {
        self.wait(cancel, self.inner().authorisations(patient, mode))
    }

    /// As [`DmpClient::patient_list`], until the token is cancelled.
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn patient_list(
        &self,
        since: Dtm,
        by: ListedBy,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<PatientList>, ClientError> {
        self.wait(cancel, self.inner().patient_list(since, by))
    }

    /// As [`DmpClient::close_dmp`], until the token is cancelled.
    ///
    /// # Errors
    /// As there; [`HttpError::Cancelled`](segur_soap::http::HttpError::Cancelled).
    pub fn close_dmp(
        &self,
        sender: &MessageSender,
        closure: ClosureRequest,
        cancel: Option<&CancelToken>,
    ) -> Result<Exchange<ClosureAnswer>, ClientError> {
        self.wait(cancel, self.inner().close_dmp(sender, closure))
    }
}
