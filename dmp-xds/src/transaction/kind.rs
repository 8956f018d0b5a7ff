//! Which transaction.

use crate::patient::vocabulary::action as patient;
use crate::query::QueryId;
use crate::vocabulary::action;

/// Which transaction: of XDS.b, or of the DMP about the patient's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transaction {
    /// ITI-18, Registry Stored Query (TD3.1).
    Query,
    /// ITI-41, Provide and Register Document Set-b (TD2.1).
    Submit,
    /// ITI-43, Retrieve Document Set (TD3.2).
    Retrieve,
    /// ITI-57, Update Document Set (TD3.3).
    Update,
    /// ITI-42, Register Document Set-b: metadata of documents that a repository of one's own holds. The DMP does not offer it.
    Register,
    /// ITI-51, Multi-Patient Stored Query: the queries that ask for several patients. The DMP does not offer it.
    MultiPatientQuery,
    /// TD0.2: does the patient have a DMP, and may I read it?
    TestExistence,
    /// TD0.3: declares or gives up the own authorisation.
    SetAuthorisation,
    /// TD1.6: who may read the DMP of a patient.
    ListAuthorisations,
    /// TD0.4: DMPs that one may read.
    ListPatients,
    /// TD1.4: closes a DMP.
    CloseDmp,
}

impl Transaction {
    /// Those of XDS.b.
    pub const ALL: [Self; 6] = [
        Self::Query,
        Self::Submit,
        Self::Retrieve,
        Self::Update,
        Self::Register,
        Self::MultiPatientQuery,
    ];

    /// Those about the patient's record: [`crate::patient`].
    pub const PATIENT: [Self; 5] = [
        Self::TestExistence,
        Self::SetAuthorisation,
        Self::ListAuthorisations,
        Self::ListPatients,
        Self::CloseDmp,
    ];
    /// The transaction of a stored query: ITI-51 for those that ask for several patients, else ITI-18.
    #[must_use]
    pub const fn of_query(id: &QueryId) -> Self {
        match id {
            QueryId::FindDocumentsForMultiplePatients
            | QueryId::FindFoldersForMultiplePatients
            | QueryId::FindDocumentsByReferenceIdForMultiplePatients => Self::MultiPatientQuery,
            _ => Self::Query,
        }
    }

    /// `wsa:Action` of the request.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::Query => action::STORED_QUERY,
            Self::Submit => action::PROVIDE_AND_REGISTER,
            Self::Retrieve => action::RETRIEVE,
            Self::Update => action::UPDATE,
            Self::TestExistence => patient::GET_DEMOGRAPHICS,
            Self::SetAuthorisation => patient::SET_AUTHORISATION,
            Self::ListAuthorisations => patient::LIST_AUTHORISATIONS,
            Self::ListPatients => patient::LIST_PATIENTS,
            Self::CloseDmp => patient::REVISE,
            Self::Register => action::REGISTER,
            Self::MultiPatientQuery => action::MULTI_PATIENT_QUERY,
        }
    }

    /// `wsa:Action` of the answer, as IHE has it, or the DMP.
    #[must_use]
    pub fn answer_action(self) -> String {
        match self {
            Self::TestExistence => patient::GET_DEMOGRAPHICS_ANSWER.to_owned(),
            Self::CloseDmp => patient::REVISE_ANSWER.to_owned(),
            _ => format!("{}Response", self.action()),
        }
    }

    /// `wsa:Action` of the answer as the DMP writes it for ITI-57, with a hyphen. Source: messages of the DMP vendor kit.
    #[must_use]
    pub fn hyphenated_answer_action(self) -> String {
        format!("{}-Response", self.action())
    }

    /// The name by which IHE knows it, or the DMP.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "ITI-18",
            Self::Submit => "ITI-41",
            Self::Retrieve => "ITI-43",
            Self::Update => "ITI-57",
            Self::TestExistence => "TD0.2",
            Self::SetAuthorisation => "TD0.3",
            Self::ListAuthorisations => "TD1.6",
            Self::ListPatients => "TD0.4",
            Self::CloseDmp => "TD1.4",
            Self::Register => "ITI-42",
            Self::MultiPatientQuery => "ITI-51",
        }
    }
}
