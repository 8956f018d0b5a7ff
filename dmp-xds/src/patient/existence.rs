//! `PRPA_IN201308UV02`: what the DMP answers to the existence test.

use segur_core::Coded;

use super::{Acknowledgement, Authorisation, InstanceId, MessageHead};
use crate::metadata::{Cx, Dtm};

/// The answer of TD0.2: whether the patient has a DMP, and whether the professional who asked may read it.
///
/// **Names, addresses, telephone numbers, sex and birth date that the answer holds are not in this type and are not read**: rule RG_0320
/// of the DMP forbids to show identity traits that it returns, and whoever needs them for something else has them from INSi. The
/// identifiers are here to make sure that the answer is about the patient asked for ([`Existence::is_of`]). `Debug` hides them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Existence {
    /// What the message begins with.
    pub head: MessageHead,
    /// Whether the question was answered; when it was not, `status` is [`DmpStatus::Unclear`].
    pub acknowledgement: Acknowledgement,
    /// Identifier of the query that this answers.
    pub query: Option<InstanceId>,
    /// Whether there is a DMP.
    pub status: DmpStatus,
    /// Whether the professional may read it; nothing when the answer does not say.
    pub authorisation: Option<Authorisation>,
    /// Whether the professional is the patient's médecin traitant (`STATUT_MT`).
    pub treating_physician: Option<bool>,
    /// Whether the patient has opened an internet account (`COMPTE_INTERNET_OUVERT`).
    pub internet_account: Option<bool>,
    /// Whether the DMP is part of a Mon espace santé (`RATTACHEMENT_ENS`).
    pub mes_attached: Option<bool>,
    /// Identifiers of the patient: matricule INS, and INS-C of old.
    pub ids: Vec<Cx>,
}

/// Whether a patient has a DMP.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DmpStatus {
    /// Yes.
    Active,
    /// It is closed: nothing can be sent or read.
    Closed(Closure),
    /// No.
    None,
    /// The answer does not tell, or in words that are not known here.
    Unclear,
}

/// When and why a DMP was closed.
///
/// Source: where Mediboard (GPL; facts only) reads both in the answer, `CHL7v3EventPRPAIN201308UV02`: `registrationEvent/effectiveTime`,
/// in UTC, and `reasonOf/detectedIssueEvent/code`. No message of the DMP about a closed record was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Closure {
    /// When, in UTC.
    pub on: Option<Dtm>,
    /// Why.
    pub reason: Option<Coded>,
}

impl Existence {
    /// For test servers: an answer to a request, with everything untold.
    #[must_use]
    pub fn of(request: &super::ExistenceRequest, head: MessageHead, status: DmpStatus) -> Self {
        Self {
            head,
            acknowledgement: Acknowledgement::accepted(request.head.id.clone()),
            query: request.query.clone(),
            ids: match status {
                DmpStatus::Active | DmpStatus::Closed(_) => {
                    request.patient.iter().cloned().collect()
                }
                DmpStatus::None | DmpStatus::Unclear => Vec::new(),
            },
            status,
            authorisation: None,
            treating_physician: None,
            internet_account: None,
            mes_attached: None,
        }
    }

    /// Whether the answer is about this patient; nothing when it names none, as it does where there is no DMP.
    #[must_use]
    pub fn is_of(&self, patient: &Cx) -> Option<bool> {
        if self.ids.is_empty() {
            return None;
        }
        Some(self.ids.iter().any(|own| own.same_id(patient)))
    }

    /// Whether there is a DMP that is open.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == DmpStatus::Active
    }

    /// Whether the professional may read.
    #[must_use]
    pub fn is_authorised(&self) -> bool {
        self.authorisation == Some(Authorisation::Valid)
    }
}
