//! A VIHF for each call of the client.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use segur_core::uuid_v4;
use segur_soap::saml::SamlTime;
use segur_soap::signature::{Signer, subject_name};

use super::{Access, Issue, Vihf, VihfSettings};
use crate::client::{CallSource, NoProof, SecuritySource, SystemSource};
use crate::error::Invalid;
use crate::metadata::Cx;
use crate::transaction::{Transaction, security_block};

/// Signs a new VIHF before each call, for one user session, one patient and one access; [`VihfSource::for_patient`] and
/// [`VihfSource::for_access`] make the next one, with the same signer. `Debug` hides it.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
/// use segur_dmp_xds::metadata::Cx;
/// use segur_dmp_xds::vihf::{Access, Vihf, VihfSource};
/// use segur_soap::http::{HttpClient, HttpOptions};
/// use segur_soap::signature::Signer;
///
/// # fn go(vihf: Vihf, card: Arc<dyn Signer>, next_patient: Cx) -> Result<(), Box<dyn std::error::Error>> {
/// let source = VihfSource::new(vihf, card)?; // the signature key of the card, not that of TLS
/// let next = source.for_patient(next_patient);
/// let urgent = next.for_access(Access::break_glass("patient inconscient"));
/// let caller = Caller {
///     endpoints: Endpoints::under("https://dmp.example/si-dmp-server/v2/services/"),
///     security: Arc::new(source),
///     ..Caller::default()
/// };
/// let client = BlockingDmpClient::new(DmpClient::new(caller, HttpClient::new(&HttpOptions::default())?))?;
/// let client_of_next = client.with_security(Arc::new(next)); // the same connections
/// # let _ = (client_of_next, urgent);
/// # Ok(())
/// # }
/// ```
///
/// A submission by AIR, a break-glass without reason and every other broken rule end the call before anything is sent.
pub struct VihfSource {
    vihf: Vihf,
    settings: VihfSettings,
    validity: Option<Duration>,
    reuse: Duration,
    issuer: String,
    signer: Arc<dyn Signer>,
    source: Arc<dyn CallSource>,
    last: Mutex<Option<Made>>,
}

/// One that was made, and from when to when it may be given again.
struct Made {
    from: SystemTime,
    until: SystemTime,
    block: String,
}

impl VihfSource {
    /// VIHF signed by `signer`; the issuer is the subject of its certificate.
    ///
    /// # Errors
    /// When the signer has no certificate, or one that cannot be read.
    pub fn new(vihf: Vihf, signer: Arc<dyn Signer>) -> Result<Self, NoProof> {
        Self::with_source(vihf, signer, Arc::new(SystemSource))
    }

    /// As [`VihfSource::new`], with randomness of the caller's.
    ///
    /// # Errors
    /// As [`VihfSource::new`].
    pub fn with_source(
        vihf: Vihf,
        signer: Arc<dyn Signer>,
        source: Arc<dyn CallSource>,
    ) -> Result<Self, NoProof> {
        let certificate = signer.certificates().first();
        let certificate = certificate.ok_or_else(|| NoProof {
            reason: "the card gives no certificate".to_owned(),
        })?;
        let issuer = subject_name(certificate).map_err(|error| because(&error))?;
        Ok(Self {
            vihf,
            settings: VihfSettings::default(),
            validity: None,
            reuse: Duration::ZERO,
            issuer,
            signer,
            source,
            last: Mutex::new(None),
        })
    }

    /// The same session with other spelling.
    #[must_use]
    pub fn with_settings(mut self, settings: VihfSettings) -> Self {
        self.settings = settings;
        self.forgetting()
    }

    /// The same session with `Conditions` that end after this time (default none, as in the messages of the vendor kit).
    #[must_use]
    pub fn valid_for(mut self, validity: Duration) -> Self {
        self.validity = Some(validity);
        self.forgetting()
    }

    /// Gives one VIHF for all calls within this time, for cards that are slow or ask for a PIN each time (default never: each call has its
    /// own). It is never given after its `Conditions` have ended, nor when the clock went back.
    #[must_use]
    pub fn reusing_for(mut self, time: Duration) -> Self {
        self.reuse = time;
        self.forgetting()
    }

    /// The same session for another patient.
    #[must_use]
    pub fn for_patient(&self, patient: Cx) -> Self {
        let mut other = self.another();
        other.vihf.patient = Some(patient);
        other
    }

    /// The same session and patient with another access.
    #[must_use]
    pub fn for_access(&self, access: Access) -> Self {
        let mut other = self.another();
        other.vihf.access = access;
        other
    }

    /// What the VIHF say.
    #[must_use]
    pub fn vihf(&self) -> &Vihf {
        &self.vihf
    }

    fn another(&self) -> Self {
        Self {
            vihf: self.vihf.clone(),
            settings: self.settings.clone(),
            issuer: self.issuer.clone(),
            signer: Arc::clone(&self.signer),
            source: Arc::clone(&self.source),
            last: Mutex::new(None),
            ..*self
        }
    }

    fn forgetting(mut self) -> Self {
        self.last = Mutex::new(None);
        self
    }

    fn make(&self, at: SystemTime) -> Result<String, NoProof> {
        let issue = Issue {
            id: format!(
                "_{}",
                uuid_v4(self.source.random().map_err(|error| because(&error))?)
            ),
            at: time(at)?,
            until: match self.validity {
                Some(validity) => Some(time(at.checked_add(validity).ok_or_else(no_time)?)?),
                None => None,
            },
            issuer: self.issuer.clone(),
        };
        let signed = self
            .vihf
            .write_signed(&issue, &self.settings, &*self.signer)
            .map_err(|error| because(&error))?;
        security_block(&signed).map_err(|error| because(&error))
    }
}

fn because(error: &dyn std::error::Error) -> NoProof {
    NoProof {
        reason: error.to_string(),
    }
}

fn no_time() -> NoProof {
    NoProof {
        reason: "the clock shows no time between 1970 and 9999".to_owned(),
    }
}

fn time(at: SystemTime) -> Result<SamlTime, NoProof> {
    SamlTime::at(at).ok_or_else(no_time)
}

impl SecuritySource for VihfSource {
    fn header_blocks(
        &self,
        transaction: Transaction,
        at: SystemTime,
    ) -> Result<Vec<String>, NoProof> {
        let problems = self.vihf.check_for(transaction, &self.settings);
        Invalid::unless_empty(problems).map_err(|error| because(&error))?;
        let lifetime = self.validity.unwrap_or(self.reuse).min(self.reuse);
        if lifetime.is_zero() {
            return Ok(vec![self.make(at)?]);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = &*last
            && (made.from..made.until).contains(&at)
        {
            return Ok(vec![made.block.clone()]);
        }
        let made = Made {
            from: at,
            until: at.checked_add(lifetime).ok_or_else(no_time)?,
            block: self.make(at)?,
        };
        let block = made.block.clone();
        *last = Some(made);
        Ok(vec![block])
    }
}

impl fmt::Debug for VihfSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VihfSource")
            .field("vihf", &self.vihf)
            .field("settings", &self.settings)
            .field("validity", &self.validity)
            .field("reuse", &self.reuse)
            .finish_non_exhaustive()
    }
}
