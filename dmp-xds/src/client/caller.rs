//! Who calls where, and how that is proved.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use crate::Profile;
use crate::transaction::Transaction;

/// What is the same for all calls of a software in an installation.
#[derive(Clone)]
#[allow(clippy::exhaustive_structs, reason = "settings, built by the caller")]
pub struct Caller {
    /// Where.
    pub endpoints: Endpoints,
    /// Proof of who calls.
    pub security: Arc<dyn SecuritySource>,
    /// Spelling of metadata.
    pub profile: Profile,
    /// Takes answers that are for another message (`wsa:RelatesTo`), with
    /// [`WireWarning::OtherMessage`](crate::transaction::WireWarning::OtherMessage) (default no: they may be about another patient, and are
    /// an error). For a service that is known to fill it wrongly. Answers that name no message are taken.
    pub unrelated_answers: bool,
}

impl Default for Caller {
    /// No addresses, no proof, the spelling of the DMP.
    fn default() -> Self {
        Self {
            endpoints: Endpoints::default(),
            security: Arc::new(NoSecurity),
            profile: Profile::Dmp,
            unrelated_answers: false,
        }
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("endpoints", &self.endpoints)
            .field("profile", &self.profile)
            .field("unrelated_answers", &self.unrelated_answers)
            .finish_non_exhaustive()
    }
}

/// The addresses of the services.
///
/// ```
/// use segur_dmp_xds::client::Endpoints;
/// use segur_dmp_xds::transaction::Transaction;
///
/// let mut endpoints = Endpoints::under("https://xds.example/services/");
/// endpoints.apart.push((Transaction::Retrieve, "https://files.example/xds-iti43".to_owned()));
/// assert_eq!(endpoints.of(Transaction::Submit), "https://xds.example/services/repository");
/// assert_eq!(endpoints.of(Transaction::Retrieve), "https://files.example/xds-iti43");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "settings, built by the caller")]
pub struct Endpoints {
    /// Of the registry: ITI-18, ITI-42, ITI-51, ITI-57.
    pub registry: String,
    /// Of the repository: ITI-41, ITI-43.
    pub repository: String,
    /// Of the patients' records: TD0.2, TD1.4.
    pub patients: String,
    /// Of the lists of patients: TD0.4.
    pub patients_specific: String,
    /// Of the authorisations: TD0.3, TD1.6.
    pub habilitations: String,
    /// Transactions that have an address of their own, as in products that give each one; the others stay with the two above.
    pub apart: Vec<(Transaction, String)>,
}

impl Endpoints {
    /// `registry`, `repository`, `patients`, `patientsSpecific` and `habilitations` under one address. That of a DMP is
    /// `https://HOST/si-dmp-server/v2/services/`. Sources: ansforge/DRIM-M_DRIMbox; for `patientsSpecific`, sample code of the DMP vendor kit
    /// (`PatientSoapService.cs`).
    #[must_use]
    pub fn under(base: &str) -> Self {
        let base = base.trim_end_matches('/');
        Self {
            registry: format!("{base}/registry"),
            repository: format!("{base}/repository"),
            patients: format!("{base}/patients"),
            patients_specific: format!("{base}/patientsSpecific"),
            habilitations: format!("{base}/habilitations"),
            apart: Vec::new(),
        }
    }

    /// Where a transaction goes.
    #[must_use]
    pub fn of(&self, transaction: Transaction) -> &str {
        let own = self.apart.iter().find(|(one, _)| *one == transaction);
        if let Some((_, address)) = own {
            return address;
        }
        match transaction {
            Transaction::Query
            | Transaction::MultiPatientQuery
            | Transaction::Update
            | Transaction::Register => &self.registry,
            Transaction::Submit | Transaction::Retrieve => &self.repository,
            Transaction::TestExistence | Transaction::CloseDmp => &self.patients,
            Transaction::ListPatients => &self.patients_specific,
            Transaction::SetAuthorisation | Transaction::ListAuthorisations => &self.habilitations,
        }
    }
}

/// There is no proof of who calls.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no proof of who calls: {reason}")]
#[allow(clippy::exhaustive_structs, reason = "it says all there is")]
pub struct NoProof {
    /// Why, for the user: card removed, PIN not given, session ended.
    pub reason: String,
}

/// Makes the header blocks that prove who calls, before each call: the VIHF within `wsse:Security`, see
/// [`security_block`](crate::transaction::security_block).
pub trait SecuritySource: Send + Sync {
    /// Header blocks as markup that stands alone, valid at this time. It may wait for a PIN: it is called on a thread that may wait
    /// ([`off_thread`](segur_soap::http::off_thread)), and a call that is given up meanwhile is not made.
    ///
    /// # Errors
    /// When there is no proof.
    fn header_blocks(
        &self,
        transaction: Transaction,
        at: SystemTime,
    ) -> Result<Vec<String>, NoProof>;
}

/// No header block: for servers that ask for the certificate of TLS alone, such as the sandbox. The DMP wants more.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::exhaustive_structs, reason = "it holds nothing")]
pub struct NoSecurity;

impl SecuritySource for NoSecurity {
    fn header_blocks(&self, _: Transaction, _: SystemTime) -> Result<Vec<String>, NoProof> {
        Ok(Vec::new())
    }
}
