//! What is to be done.

use crate::transaction::Transaction;

/// A row of the matrices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// TD0.0: identity of the patient; ended on 30/09/2023.
    AcquireIdentity,
    /// TD0.1.
    Authenticate,
    /// TD0.2: whether a record exists, and whether the user is authorised.
    TestExistence,
    /// TD0.3: declares oneself authorised.
    DeclareAuthorisation,
    /// TD0.3: removes one's own authorisation.
    RemoveAuthorisation,
    /// TD0.3: is no more the treating physician.
    ResignAsTreatingPhysician,
    /// TD0.4: records that one is authorised for.
    ListRecords,
    /// TD0.5: a patient without INS.
    SearchWithoutIns,
    /// TD0.9: web access from the patient's record.
    WebAccess,
    /// TD0.10: the same in AIR.
    WebAccessReinforced,
    /// TD1.3a.
    ReadAdministrativeData,
    /// TD1.6: professionals authorised and blocked.
    ListProfessionals,
    /// TD2.1.
    Submit,
    /// TD2.2: submission by a secretary with a CPE.
    SubmitByStaff,
    /// TD3.1: metadata.
    SearchMetadata,
    /// TD3.1: reference of one document, to delete it for one.
    SearchReference,
    /// TD3.2: documents that are not masked.
    ReadUnmasked,
    /// TD3.2: documents masked to professionals.
    ReadMasked,
    /// TD3.2: documents hidden from the patient or their legal representatives.
    ReadHiddenFromPatient,
    /// TD3.2: archived documents.
    ReadArchived,
    /// TD3.2: former versions.
    ReadObsolete,
    /// TD3.2: deleted documents.
    ReadDeleted,
    /// TD3.3a: masks to professionals.
    Mask,
    /// TD3.3a: unmasks.
    Unmask,
    /// TD3.3b: makes visible to the patient.
    ShowToPatient,
    /// TD3.3d.
    Archive,
    /// TD3.3d.
    Unarchive,
    /// TD3.3c.
    Delete,
}

impl Operation {
    /// All of them, in the order of the matrices.
    pub const ALL: [Self; 28] = [
        Self::AcquireIdentity,
        Self::Authenticate,
        Self::TestExistence,
        Self::DeclareAuthorisation,
        Self::RemoveAuthorisation,
        Self::ResignAsTreatingPhysician,
        Self::ListRecords,
        Self::SearchWithoutIns,
        Self::WebAccess,
        Self::WebAccessReinforced,
        Self::ReadAdministrativeData,
        Self::ListProfessionals,
        Self::Submit,
        Self::SubmitByStaff,
        Self::SearchMetadata,
        Self::SearchReference,
        Self::ReadUnmasked,
        Self::ReadMasked,
        Self::ReadHiddenFromPatient,
        Self::ReadArchived,
        Self::ReadObsolete,
        Self::ReadDeleted,
        Self::Mask,
        Self::Unmask,
        Self::ShowToPatient,
        Self::Archive,
        Self::Unarchive,
        Self::Delete,
    ];

    /// The transaction of the DMP: `TD2.1`.
    #[must_use]
    pub const fn transaction(self) -> &'static str {
        match self {
            Self::AcquireIdentity => "TD0.0",
            Self::Authenticate => "TD0.1",
            Self::TestExistence => "TD0.2",
            Self::DeclareAuthorisation
            | Self::RemoveAuthorisation
            | Self::ResignAsTreatingPhysician => "TD0.3",
            Self::ListRecords => "TD0.4",
            Self::SearchWithoutIns => "TD0.5",
            Self::WebAccess => "TD0.9",
            Self::WebAccessReinforced => "TD0.10",
            Self::ReadAdministrativeData => "TD1.3a",
            Self::ListProfessionals => "TD1.6",
            Self::Submit => "TD2.1",
            Self::SubmitByStaff => "TD2.2",
            Self::SearchMetadata | Self::SearchReference => "TD3.1",
            Self::ReadUnmasked
            | Self::ReadMasked
            | Self::ReadHiddenFromPatient
            | Self::ReadArchived
            | Self::ReadObsolete
            | Self::ReadDeleted => "TD3.2",
            Self::Mask | Self::Unmask => "TD3.3a",
            Self::ShowToPatient => "TD3.3b",
            Self::Archive | Self::Unarchive => "TD3.3d",
            Self::Delete => "TD3.3c",
        }
    }

    /// The operations that a transaction may be, the plainest first; none when the matrices do not tell of it.
    #[must_use]
    pub const fn of(transaction: Transaction) -> &'static [Self] {
        match transaction {
            Transaction::Query => &[Self::SearchMetadata, Self::SearchReference],
            Transaction::Submit => &[Self::Submit, Self::SubmitByStaff],
            Transaction::Retrieve => &[
                Self::ReadUnmasked,
                Self::ReadMasked,
                Self::ReadHiddenFromPatient,
                Self::ReadArchived,
                Self::ReadObsolete,
                Self::ReadDeleted,
            ],
            Transaction::Update => &[
                Self::Mask,
                Self::Unmask,
                Self::ShowToPatient,
                Self::Archive,
                Self::Unarchive,
                Self::Delete,
            ],
            Transaction::TestExistence => &[Self::TestExistence],
            Transaction::SetAuthorisation => &[
                Self::DeclareAuthorisation,
                Self::RemoveAuthorisation,
                Self::ResignAsTreatingPhysician,
            ],
            Transaction::ListAuthorisations => &[Self::ListProfessionals],
            Transaction::ListPatients => &[Self::ListRecords],
            // TD1.4 stands in neither matrix; the DMP does not offer ITI-42 and ITI-51.
            Transaction::CloseDmp | Transaction::Register | Transaction::MultiPatientQuery => &[],
        }
    }
}
