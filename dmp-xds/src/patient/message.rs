//! These transactions as whole HTTP messages: envelope, addressing, answers, faults.

use std::fmt;

use segur_soap::envelope::{HttpMessage, SoapVersion};

use super::proof::{Claimed, check_patient};
use super::vocabulary::{GDP, HABILITATIONS, HL7, PATIENTS};
use super::{
    AuthorisationSet, Authorisations, ClosureAnswer, ClosureRequest, Existence, ExistenceRequest,
    ListAuthorisations, PatientList, PatientListRequest, SetAuthorisation, TraitsNotToBeShown,
};
use crate::error::ReadError;
use crate::metadata::Cx;
use crate::reading::{Reading, Warning};
use crate::transaction::answer::AnswerHead;
use crate::transaction::read::Opened;
use crate::transaction::{Answer, AnswerError, Head, MessageError, Transaction};

/// Requests, written.
pub mod request {
    use super::*;

    /// TD0.2.
    ///
    /// # Errors
    /// As [`ExistenceRequest::to_xml`]; the VIHF names another patient.
    pub fn existence(head: &Head, request: &ExistenceRequest) -> Result<HttpMessage, MessageError> {
        if let Some(patient) = &request.patient {
            check_patient(&head.security, patient, false)?;
        }
        head.around(Transaction::TestExistence, request.to_xml()?)
    }

    /// TD0.3. The patient is named so that a message with the VIHF of another one is not sent.
    ///
    /// # Errors
    /// As [`SetAuthorisation::to_xml`]; the VIHF names no patient, or another one.
    pub fn set_authorisation(
        head: &Head,
        patient: &Cx,
        request: &SetAuthorisation,
    ) -> Result<HttpMessage, MessageError> {
        check_patient(&head.security, patient, true)?;
        head.around(Transaction::SetAuthorisation, request.to_xml()?)
    }

    /// TD1.6. As for TD0.3 the patient is named to be compared with the VIHF.
    ///
    /// # Errors
    /// As [`ListAuthorisations::to_xml`]; the VIHF names no patient, or another one.
    pub fn authorisations(
        head: &Head,
        patient: &Cx,
        request: &ListAuthorisations,
    ) -> Result<HttpMessage, MessageError> {
        check_patient(&head.security, patient, true)?;
        head.around(Transaction::ListAuthorisations, request.to_xml()?)
    }

    /// TD0.4.
    ///
    /// # Errors
    /// As [`PatientListRequest::to_xml`].
    pub fn patient_list(
        head: &Head,
        request: &PatientListRequest,
    ) -> Result<HttpMessage, MessageError> {
        head.around(Transaction::ListPatients, request.to_xml()?)
    }

    /// TD1.4.
    ///
    /// # Errors
    /// As [`ClosureRequest::to_xml`]; the VIHF names another patient.
    pub fn closure(head: &Head, request: &ClosureRequest) -> Result<HttpMessage, MessageError> {
        if let Some(patient) = &request.patient {
            check_patient(&head.security, patient, false)?;
        }
        head.around(Transaction::CloseDmp, request.to_xml()?)
    }
}

/// Answers, written: for test servers.
pub mod answer {
    use super::*;

    fn around(
        head: &AnswerHead,
        transaction: Transaction,
        body: String,
    ) -> Result<HttpMessage, MessageError> {
        head.around(Some(transaction.answer_action()), body)
    }

    /// The answer of TD0.2, with traits that a client must not show.
    ///
    /// # Errors
    /// As [`Existence::to_xml`].
    pub fn existence(
        head: &AnswerHead,
        answer: &Existence,
        traits: &TraitsNotToBeShown,
    ) -> Result<HttpMessage, MessageError> {
        around(head, Transaction::TestExistence, answer.to_xml(traits)?)
    }

    /// The answer of TD0.3.
    ///
    /// # Errors
    /// As [`AuthorisationSet::to_xml`].
    pub fn authorisation_set(
        head: &AnswerHead,
        answer: &AuthorisationSet,
    ) -> Result<HttpMessage, MessageError> {
        around(head, Transaction::SetAuthorisation, answer.to_xml()?)
    }

    /// The answer of TD1.6.
    ///
    /// # Errors
    /// As [`Authorisations::to_xml`].
    pub fn authorisations(
        head: &AnswerHead,
        answer: &Authorisations,
    ) -> Result<HttpMessage, MessageError> {
        around(head, Transaction::ListAuthorisations, answer.to_xml()?)
    }

    /// The answer of TD0.4.
    ///
    /// # Errors
    /// As [`PatientList::to_xml`].
    pub fn patient_list(
        head: &AnswerHead,
        answer: &PatientList,
    ) -> Result<HttpMessage, MessageError> {
        around(head, Transaction::ListPatients, answer.to_xml()?)
    }

    /// The answer of TD1.4, to a request.
    ///
    /// # Errors
    /// As [`ClosureAnswer::to_xml`].
    pub fn closure(
        head: &AnswerHead,
        answer: &ClosureAnswer,
        request: &ClosureRequest,
    ) -> Result<HttpMessage, MessageError> {
        around(head, Transaction::CloseDmp, answer.to_xml(request)?)
    }
}

/// An answer of these transactions.
pub trait PatientAnswer: Sized {
    /// Which transaction it belongs to.
    const TRANSACTION: Transaction;

    /// Reads the element in the body.
    ///
    /// # Errors
    /// It is another element.
    fn read_body(node: segur_xml::Node<'_>) -> Result<Reading<Self>, ReadError>;

    /// The refusal, when it is one.
    fn refusal(&self) -> Option<super::Refusal>;
}

macro_rules! answers {
    ($( $answer:ty, $transaction:ident, $refusal:expr; )+) => { $(
        impl PatientAnswer for $answer {
            const TRANSACTION: Transaction = Transaction::$transaction;

            fn read_body(node: segur_xml::Node<'_>) -> Result<Reading<Self>, ReadError> {
                Self::read(node)
            }

            fn refusal(&self) -> Option<super::Refusal> {
                let refusal: fn(&Self) -> Option<super::Refusal> = $refusal;
                refusal(self)
            }
        }
    )+ };
}

answers! {
    Existence, TestExistence, |answer| answer.acknowledgement.refusal();
    AuthorisationSet, SetAuthorisation, |answer| answer.status.refusal();
    Authorisations, ListAuthorisations, |answer| answer.status.refusal();
    PatientList, ListPatients, |answer| answer.status.refusal();
    ClosureAnswer, CloseDmp, |answer| answer.acknowledgement.refusal();
}

impl<T: PatientAnswer> Answer<T> {
    /// The answer of TD0.2, TD0.3, TD0.4, TD1.4 or TD1.6. `head` is that of the request; then status, header `Content-Type` and body of what
    /// came back. It may still be a refusal.
    ///
    /// # Errors
    /// A fault, or no answer.
    pub fn of_patient(
        head: &Head,
        status: u16,
        content_type: &str,
        body: &[u8],
    ) -> Result<Self, AnswerError> {
        let opened = Opened::read(status, content_type, body)?;
        opened.answer(head, T::TRANSACTION, |opened| {
            T::read_body(opened.body()?).map_err(AnswerError::Body)
        })
    }
}

/// A request that came in: for test servers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct IncomingPatient {
    /// What is asked.
    pub request: PatientRequest,
    /// `wsa:Action`.
    pub action: Option<String>,
    /// `wsa:MessageID`.
    pub message_id: Option<String>,
    /// Whether the envelope is of SOAP 1.2, as it must be.
    pub soap_1_2: bool,
    /// What the assertion of the header claims, unverified; nothing when there is none.
    pub claimed: Option<Claimed>,
    /// What was tolerated in the body.
    pub warnings: Vec<Warning>,
    /// How many more were tolerated: `warnings` lists 1,000 at most.
    pub unlisted: usize,
}

/// What is asked. `Debug` hides it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum PatientRequest {
    /// TD0.2.
    Existence(Box<ExistenceRequest>),
    /// TD0.3.
    SetAuthorisation(SetAuthorisation),
    /// TD1.6.
    Authorisations(ListAuthorisations),
    /// TD0.4.
    PatientList(PatientListRequest),
    /// TD1.4.
    Closure(Box<ClosureRequest>),
}

impl PatientRequest {
    /// Which transaction.
    #[must_use]
    pub const fn transaction(&self) -> Transaction {
        match self {
            Self::Existence(_) => Transaction::TestExistence,
            Self::SetAuthorisation(_) => Transaction::SetAuthorisation,
            Self::Authorisations(_) => Transaction::ListAuthorisations,
            Self::PatientList(_) => Transaction::ListPatients,
            Self::Closure(_) => Transaction::CloseDmp,
        }
    }
}

impl fmt::Debug for PatientRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.transaction().name())
    }
}

impl IncomingPatient {
    /// Reads a request: header `Content-Type` and body of a POST. Which transaction it is, its body says; whether the action fits is for
    /// the caller to say.
    ///
    /// # Errors
    /// As [`AnswerError`], with the status 400: no envelope, no request of one of these transactions.
    pub fn read(content_type: &str, body: &[u8]) -> Result<Self, AnswerError> {
        let opened = Opened::read(400, content_type, body)?;
        let node = opened.body()?;
        macro_rules! read {
            ($message:ty, $case:expr) => {{
                let read = <$message>::read(node)?;
                ($case(read.value), read.warnings, read.unlisted)
            }};
        }
        let (request, warnings, unlisted) = match (node.namespace(), node.local_name()) {
            (HL7, "PRPA_IN201307UV02") => {
                read!(ExistenceRequest, |one| PatientRequest::Existence(Box::new(
                    one
                )))
            }
            (HL7, "PRPA_IN201314UV02") => {
                read!(ClosureRequest, |one| PatientRequest::Closure(Box::new(one)))
            }
            (HABILITATIONS, "setAuthorization") => {
                read!(SetAuthorisation, PatientRequest::SetAuthorisation)
            }
            (HABILITATIONS, _) => read!(ListAuthorisations, PatientRequest::Authorisations),
            (PATIENTS, _) => read!(PatientListRequest, PatientRequest::PatientList),
            (_, name) => {
                let root = ReadError::Root {
                    expected: "a request of TD0.2, TD0.3, TD0.4, TD1.4 or TD1.6",
                    namespace: GDP,
                    got: name.chars().take(60).collect(),
                };
                return Err(root.into());
            }
        };
        let addressing = opened.envelope.addressing();
        let mut blocks = opened.envelope.headers();
        Ok(Self {
            action: addressing.action.clone(),
            message_id: addressing.message_id.clone(),
            soap_1_2: opened.envelope.version() == SoapVersion::V1_2,
            claimed: blocks.find_map(|block| Claimed::read(block.node)),
            request,
            warnings,
            unlisted,
        })
    }
}
