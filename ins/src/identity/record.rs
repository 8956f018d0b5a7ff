//! The identity itself: traits, INS, proof, and every change with its author.

use segur_core::{Ins, Sex, Timestamp, Traits};

use super::compare::{Comparison, Trait};
use super::state::{Attribute, Event, Refusal, State};
use super::status::{Attributes, Status};

/// Who did something, and when. The clock is the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Identifier of the user in the software (RPPS of a professional, login of a secretary).
    pub author: String,
    /// In which role.
    pub role: Role,
    /// Date and time.
    pub at: Timestamp,
}

/// What the author may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The health professional in person.
    Professional,
    /// A secretary with a nominative card: qualifies with a document, never by exception.
    NominativeStaff,
    /// Someone behind a shared or anonymous card: qualifies nothing.
    AnonymousStaff,
    /// The super-user, who alone changes locked traits.
    SuperUser,
    /// The software on its own (verification, import).
    System,
}

/// A document or device that proves an identity with high confidence.
///
/// Source: RNIV §3.3.2; codes of the French FHIR profiles.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Proof {
    /// `CN`, national identity card.
    IdentityCard,
    /// `PA`, passport.
    Passport,
    /// `CS`, residence permit.
    ResidencePermit,
    /// `eCN`, France Identité.
    ElectronicIdentityCard,
    /// `IN`, Identité Numérique La Poste.
    DigitalIdentity,
    /// `AV`, carte Vitale application.
    ApCv,
    /// `LECV`, family record book with a carte Vitale that has a photo.
    FamilyRecordBookWithVitale,
    /// `ANCV`, birth certificate with a carte Vitale that has a photo.
    BirthCertificateWithVitale,
    /// `AN`, birth certificate, with a proof of one parent.
    BirthCertificate,
    /// `LEP`, family record book, with a proof of one parent.
    FamilyRecordBook,
    /// Any other that the site configured, by its code.
    Other(String),
}

impl Proof {
    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::IdentityCard => "CN",
            Self::Passport => "PA",
            Self::ResidencePermit => "CS",
            Self::ElectronicIdentityCard => "eCN",
            Self::DigitalIdentity => "IN",
            Self::ApCv => "AV",
            Self::FamilyRecordBookWithVitale => "LECV",
            Self::BirthCertificateWithVitale => "ANCV",
            Self::BirthCertificate => "AN",
            Self::FamilyRecordBook => "LEP",
            Self::Other(code) => code,
        }
    }
}

/// How an identity came to be proven.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// A document or device was seen.
    Proof(Proof),
    /// The professional vouched for it (EXI ID 21).
    Exception,
    /// A correspondent under contract said so (EXI VER 04 to 06).
    Contract,
}

/// One change, or refused change worth keeping. Holds no trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    /// What happened.
    pub event: Event,
    /// State before.
    pub before: State,
    /// State after.
    pub after: State,
    /// Who and when.
    pub by: By,
}

/// Why a change was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// The state does not allow it.
    #[error(transparent)]
    State(#[from] Refusal),
    /// The role does not allow it.
    #[error("this needs {needed}")]
    Role {
        /// Who may do it.
        needed: &'static str,
    },
    /// The answer differs on traits that must match: show the comparison.
    #[error("the traits differ from INSi's: {} of them", .0.differences().count())]
    Differs(Box<Comparison>),
    /// INSi's answer may not be imported (guide INS rules 11 and 12).
    #[error("INSi's answer cannot be imported: {0:?} is missing or undetermined")]
    NotImportable(Trait),
    /// The record is locked: only a super-user changes strict traits of an identity that holds an INS (guide INS rule 26).
    #[error("the strict traits are locked: only a super-user changes them")]
    Locked,
}

/// What INSi, or the carte Vitale application, said of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsAnswer {
    /// The matricule with its authority.
    pub ins: Ins,
    /// The traits. A date with a month or day of 00 cannot be a [`segur_core::BirthDate`], so that such an answer never gets here.
    pub traits: Traits,
}

impl InsAnswer {
    /// Checks that the answer may be imported: it has the list of given names and a sex.
    ///
    /// # Errors
    /// [`ChangeError::NotImportable`].
    pub fn check(&self) -> Result<(), ChangeError> {
        if self.traits.given_names.is_none() {
            return Err(ChangeError::NotImportable(Trait::GivenNames));
        }
        if self.traits.sex == Sex::Undetermined {
            return Err(ChangeError::NotImportable(Trait::Sex));
        }
        Ok(())
    }
}

/// The identity of a patient. Made by [`Identity::create`], changed only by the methods below, so that its status is
/// always the one that the rules give.
///
/// ```
/// use segur_core::{BirthDate, Ins, InsAuthority, Traits};
/// use segur_ins::identity::{By, Identity, InsAnswer, Proof, Role, Status};
///
/// let typed = Traits {
///     birth_name: "Adrtrois".parse()?,
///     first_given_name: "Toussaint".parse()?,
///     given_names: None,
///     sex: "M".parse()?,
///     birth_date: BirthDate::parse("1960-01-01")?,
///     birth_place: Some("2B020".parse()?),
/// };
/// let by = By { author: "secretary-7".into(), role: Role::NominativeStaff, at: "20261124090000+0100".parse()? };
/// let mut patient = Identity::create(typed.clone(), by.clone());
/// assert_eq!(patient.status(), Status::Provisoire);
///
/// let answer = InsAnswer {
///     ins: Ins::new("160012B02077713".parse()?, InsAuthority::NirTest),
///     traits: Traits { given_names: Some("TOUSSAINT".parse()?), ..typed },
/// };
/// patient.qualify(&answer, Proof::IdentityCard, by)?; // one click
/// assert_eq!(patient.status(), Status::Qualifiee);
/// assert!(patient.transmissible_ins().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    state: State,
    traits: Traits,
    ins: Option<Ins>,
    former_ins: Vec<Ins>,
    basis: Option<Basis>,
    history: Vec<AuditEvent>,
    created: By,
    alert: bool,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl Identity {
    /// A new, provisional identity.
    #[must_use]
    pub fn create(traits: Traits, by: By) -> Self {
        Self {
            state: State::NEW,
            traits,
            ins: None,
            former_ins: Vec::new(),
            basis: None,
            history: Vec::new(),
            created: by,
            alert: false,
        }
    }

    /// Status and attributes.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// The status, always to be shown with the name (SC.DMP/UX.11).
    #[must_use]
    pub const fn status(&self) -> Status {
        self.state.status()
    }

    /// The attributes.
    #[must_use]
    pub const fn attributes(&self) -> Attributes {
        self.state.attributes()
    }

    /// The strict traits.
    #[must_use]
    pub const fn traits(&self) -> &Traits {
        &self.traits
    }

    /// The matricule, for the screen of the record. To send it, see [`Identity::transmissible_ins`].
    #[must_use]
    pub const fn ins(&self) -> Option<&Ins> {
        self.ins.as_ref()
    }

    /// The matricule, when it may leave the software: only of a qualified identity (guide INS rule 28, EXI ID 29).
    #[must_use]
    pub fn transmissible_ins(&self) -> Option<&Ins> {
        self.ins
            .as_ref()
            .filter(|_| self.status() == Status::Qualifiee)
    }

    /// The matricules that it held before, oldest first.
    #[must_use]
    pub fn former_ins(&self) -> &[Ins] {
        &self.former_ins
    }

    /// What proves the identity.
    #[must_use]
    pub const fn basis(&self) -> Option<&Basis> {
        self.basis.as_ref()
    }

    /// Every change, oldest first (guide INS rules 16 and 21).
    #[must_use]
    pub fn history(&self) -> &[AuditEvent] {
        &self.history
    }

    /// Who made it, and when.
    #[must_use]
    pub const fn created(&self) -> &By {
        &self.created
    }

    /// Whether the user must be told, at the next opening, that a verification failed (EXI VER 01, EXI VER 02).
    #[must_use]
    pub const fn has_alert(&self) -> bool {
        self.alert
    }

    /// The call to make in the background when the record is opened (SENTINELLE.02): every record that is not qualified, unless it is
    /// doubtful or fictitious. How often is the site's choice.
    #[must_use]
    pub const fn call_at_opening(&self) -> Option<InsiCall> {
        match self.state.status() {
            Status::Qualifiee => None,
            _ if !self.state.may_call_insi() => None,
            Status::Recuperee => Some(InsiCall::Verification),
            Status::Provisoire | Status::Validee => Some(InsiCall::Search),
        }
    }

    /// The comparison with an answer, for the side-by-side screen.
    #[must_use]
    pub fn compare(&self, answer: &InsAnswer) -> Comparison {
        Comparison::new(&self.traits, &answer.traits)
    }

    /// Takes INSi's answer after the user accepted the comparison: PROV becomes RECUP, VALI becomes QUAL. The traits become INSi's, the
    /// first given name stays.
    ///
    /// # Errors
    /// The answer cannot be imported, or the state does not allow it.
    pub fn accept_ins(&mut self, answer: &InsAnswer, by: By) -> Result<(), ChangeError> {
        answer.check()?;
        self.apply(Event::InsAccepted, by)?;
        self.import(answer);
        Ok(())
    }

    /// Notes that INSi found none, several, or someone else. Nothing changes but the history.
    pub fn note_no_ins(&mut self, by: By) {
        // This event is allowed in every state.
        let _ = self.apply(Event::InsNotAccepted, by);
    }

    /// Records a document of high confidence: PROV becomes VALI, RECUP becomes QUAL.
    ///
    /// # Errors
    /// The role or the state does not allow it.
    pub fn record_proof(&mut self, proof: Proof, by: By) -> Result<(), ChangeError> {
        may_qualify(by.role)?;
        self.apply(Event::ProofRecorded, by)?;
        self.basis = Some(Basis::Proof(proof));
        Ok(())
    }

    /// Qualifies in one click (SENTINELLE.08): a perfect match and a document, both steps or none.
    ///
    /// # Errors
    /// [`ChangeError::Differs`] holds the comparison to show; nothing has changed then.
    pub fn qualify(&mut self, answer: &InsAnswer, proof: Proof, by: By) -> Result<(), ChangeError> {
        self.perfect(answer)?;
        let mut next = self.clone();
        if !next.status().has_ins() {
            next.accept_ins(answer, by.clone())?;
        }
        if !next.status().has_proof() {
            next.record_proof(proof, by)?;
        }
        *self = next;
        Ok(())
    }

    /// Qualifies a patient whom the professional knows, without a document (EXI ID 21): the professional in person, on a perfect match,
    /// who declares to be certain. Calling this is the declaration: author and date are kept.
    ///
    /// # Errors
    /// Another role, a difference, or a state that does not allow it.
    pub fn qualify_by_exception(&mut self, answer: &InsAnswer, by: By) -> Result<(), ChangeError> {
        if by.role != Role::Professional {
            return Err(ChangeError::Role {
                needed: "the health professional in person",
            });
        }
        self.perfect(answer)?;
        self.apply(Event::ExceptionAttested, by)?;
        self.import(answer);
        self.basis = Some(Basis::Exception);
        Ok(())
    }

    /// Takes what the carte Vitale application says: of the holder, or of a dependant with the status that the site set (EXI ID 25).
    ///
    /// # Errors
    /// The answer cannot be imported, or the identity is doubtful or fictitious.
    pub fn read_apcv(
        &mut self,
        answer: &InsAnswer,
        person: ApcvPerson,
        by: By,
    ) -> Result<(), ChangeError> {
        answer.check()?;
        let event = match person {
            ApcvPerson::Holder => Event::ApcvHolder,
            ApcvPerson::DependantQualified => Event::ApcvDependantQualified,
            ApcvPerson::DependantRetrieved => Event::ApcvDependantRetrieved,
        };
        self.apply(event, by)?;
        self.import(answer);
        if person != ApcvPerson::DependantRetrieved {
            self.basis = Some(Basis::Proof(Proof::ApCv));
        }
        Ok(())
    }

    /// Takes an identity received as qualified from a correspondent under contract (EXI VER 04 to 06).
    ///
    /// # Errors
    /// No contract, an answer that cannot be imported, or a blocked identity.
    pub fn receive_under_contract(
        &mut self,
        answer: &InsAnswer,
        contracts: &super::trust::TrustRegistry,
        sender: &str,
        by: By,
    ) -> Result<(), ChangeError> {
        if !contracts.trusts(sender) {
            return Err(ChangeError::Role {
                needed: "a contract of trust with the sender",
            });
        }
        answer.check()?;
        self.apply(Event::ReceivedUnderContract, by)?;
        self.import(answer);
        self.basis = Some(Basis::Contract);
        Ok(())
    }

    /// Notes the outcome of a verification of the INS. A failure makes it provisional, voids the INS and raises the alert.
    ///
    /// # Errors
    /// The identity holds no INS.
    pub fn note_verification(&mut self, confirmed: bool, by: By) -> Result<(), ChangeError> {
        let event = if confirmed {
            Event::VerificationOk
        } else {
            Event::VerificationKo
        };
        self.apply(event, by)?;
        self.alert |= !confirmed;
        Ok(())
    }

    /// The user has seen the alert.
    pub const fn acknowledge_alert(&mut self) {
        self.alert = false;
    }

    /// Changes strict traits. Of an identity that holds an INS only a super-user may, and the INS becomes void.
    ///
    /// # Errors
    /// [`ChangeError::Locked`].
    pub fn change_traits(&mut self, traits: Traits, by: By) -> Result<(), ChangeError> {
        if self.status().has_ins() && by.role != Role::SuperUser {
            return Err(ChangeError::Locked);
        }
        self.apply(Event::StrictTraitChanged, by)?;
        self.traits = traits;
        Ok(())
    }

    /// Takes the proof away.
    ///
    /// # Errors
    /// There is none.
    pub fn withdraw_proof(&mut self, by: By) -> Result<(), ChangeError> {
        self.apply(Event::ProofWithdrawn, by)
    }

    /// Takes the INS away, and the proof too if asked.
    ///
    /// # Errors
    /// The identity holds no INS.
    pub fn downgrade(&mut self, proof_too: bool, by: By) -> Result<(), ChangeError> {
        let event = if proof_too {
            Event::DowngradedWithoutProof
        } else {
            Event::Downgraded
        };
        self.apply(event, by)
    }

    /// Sets or clears an attribute.
    ///
    /// # Errors
    /// The combination is not allowed, or nothing would change.
    pub fn mark(&mut self, attribute: Attribute, set: bool, by: By) -> Result<(), ChangeError> {
        let event = if set {
            Event::Set(attribute)
        } else {
            Event::Cleared(attribute)
        };
        self.apply(event, by)
    }

    fn perfect(&self, answer: &InsAnswer) -> Result<(), ChangeError> {
        answer.check()?;
        let comparison = self.compare(answer);
        if comparison.is_perfect_match() {
            Ok(())
        } else {
            Err(ChangeError::Differs(Box::new(comparison)))
        }
    }

    fn import(&mut self, answer: &InsAnswer) {
        let first_given_name = self.traits.first_given_name.clone();
        self.traits = Traits {
            first_given_name,
            ..answer.traits.clone()
        };
        if let Some(former) = self
            .ins
            .replace(answer.ins)
            .filter(|old| *old != answer.ins)
        {
            self.former_ins.push(former);
        }
    }

    fn apply(&mut self, event: Event, by: By) -> Result<(), ChangeError> {
        let before = self.state;
        let after = before.after(event)?;
        self.state = after;
        if !after.status().has_ins() {
            self.former_ins.extend(self.ins.take());
        }
        if !after.status().has_proof() {
            self.basis = None;
        }
        self.history.push(AuditEvent {
            event,
            before,
            after,
            by,
        });
        Ok(())
    }
}

/// Which operation of INSi a record calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InsiCall {
    /// Search by traits, or by the carte Vitale.
    Search,
    /// Verification of the matricule and traits that the record holds.
    Verification,
}

/// Whom the carte Vitale application spoke of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApcvPerson {
    /// The holder.
    Holder,
    /// A dependant; the site qualifies them.
    DependantQualified,
    /// A dependant; the site only retrieves them.
    DependantRetrieved,
}

fn may_qualify(role: Role) -> Result<(), ChangeError> {
    match role {
        Role::Professional | Role::NominativeStaff | Role::SuperUser => Ok(()),
        Role::AnonymousStaff | Role::System => Err(ChangeError::Role {
            needed: "a person with a nominative card",
        }),
    }
}
