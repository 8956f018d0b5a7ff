//! Which event leads from which state to which: the whole machine, free of traits.

use super::status::{Attributes, Status};

/// Status and attributes together. Only states that the rules allow can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct State {
    status: Status,
    attributes: Attributes,
}

/// Something that happens to an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Event {
    /// INSi found one identity, its answer can be imported, and the user accepted it.
    InsAccepted,
    /// INSi found none, several, or one that differs.
    InsNotAccepted,
    /// A document of high confidence was seen and recorded.
    ProofRecorded,
    /// The proof was withdrawn.
    ProofWithdrawn,
    /// The professional in person vouches for the identity, on a perfect match with INSi (EXI ID 21).
    ExceptionAttested,
    /// The holder's carte Vitale application was read.
    ApcvHolder,
    /// The dependant was read from the holder's application, and the site qualifies dependants (EXI ID 25).
    ApcvDependantQualified,
    /// Same, but the site only retrieves them.
    ApcvDependantRetrieved,
    /// Received from another domain; INSi verified it.
    ReceivedVerified,
    /// Received as qualified from a correspondent under a contract of trust (EXI VER 04 to 06).
    ReceivedUnderContract,
    /// INSi confirmed the matricule and the traits.
    VerificationOk,
    /// INSi did not confirm them.
    VerificationKo,
    /// A super-user changed a strict trait, the matricule or its OID.
    StrictTraitChanged,
    /// A complementary trait changed.
    ComplementaryTraitChanged,
    /// The user takes the INS away.
    Downgraded,
    /// The user takes the INS and the proof away.
    DowngradedWithoutProof,
    /// An attribute is set.
    Set(Attribute),
    /// An attribute is cleared.
    Cleared(Attribute),
}

/// One attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attribute {
    /// Same or close traits as another patient.
    Homonyme,
    /// In doubt.
    Douteux,
    /// Made up.
    Fictif,
}

impl Attribute {
    pub(super) const fn flag(self) -> Attributes {
        match self {
            Self::Homonyme => Attributes::HOMONYME,
            Self::Douteux => Attributes::DOUTEUX,
            Self::Fictif => Attributes::FICTIF,
        }
    }
}

/// Why an event cannot happen to an identity in its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The identity is doubtful or fictitious: clear the attribute first.
    #[error("the identity is doubtful or fictitious: clear that attribute first")]
    Blocked,
    /// The identity already holds an INS: verify it instead of searching again.
    #[error("the identity already holds an INS: verify it instead")]
    HasIns,
    /// The identity holds no INS.
    #[error("the identity holds no INS")]
    NoIns,
    /// A proof is already recorded.
    #[error("a proof is already recorded")]
    HasProof,
    /// No proof is recorded.
    #[error("no proof is recorded")]
    NoProof,
    /// These attributes cannot stand together (EXI ID 24, EXI ID 26).
    #[error("a fictitious identity can have no other attribute")]
    Incompatible,
    /// The attribute is already as asked.
    #[error("the attribute is already as asked")]
    NoChange,
}

impl State {
    /// The state of a new identity.
    pub const NEW: Self = Self {
        status: Status::Provisoire,
        attributes: Attributes::NONE,
    };

    /// Every state that the rules allow.
    pub fn all() -> impl Iterator<Item = Self> {
        Status::ALL.into_iter().flat_map(|status| {
            Attributes::ALLOWED
                .into_iter()
                .filter_map(move |a| Self::new(status, a))
        })
    }

    /// The state, if the rules allow it: doubtful and fictitious identities are provisional.
    #[must_use]
    pub fn new(status: Status, attributes: Attributes) -> Option<Self> {
        let allowed = Attributes::ALLOWED.contains(&attributes)
            && (status == Status::Provisoire || !attributes.blocks_insi());
        allowed.then_some(Self { status, attributes })
    }

    /// The status.
    #[must_use]
    pub const fn status(self) -> Status {
        self.status
    }

    /// The attributes.
    #[must_use]
    pub const fn attributes(self) -> Attributes {
        self.attributes
    }

    /// Whether INSi may be called for the identity.
    #[must_use]
    pub const fn may_call_insi(self) -> bool {
        !self.attributes.blocks_insi()
    }

    /// The state after an event.
    ///
    /// Source: guide INS rules 20, 21, 25 to 27, 30, 49; RNIV 4 for the exception. `unverified`: the withdrawal of the proof
    /// of a qualified identity, and a dependant read as retrieved whose identity was already proven.
    ///
    /// # Errors
    /// [`Refusal`] says why the event cannot happen.
    pub fn after(self, event: Event) -> Result<Self, Refusal> {
        let (ins, proof) = (self.status.has_ins(), self.status.has_proof());
        let blocked = self.attributes.blocks_insi();
        let (ins, proof) = match event {
            Event::InsNotAccepted | Event::ComplementaryTraitChanged => return Ok(self),
            Event::Set(attribute) => return self.set(attribute),
            Event::Cleared(attribute) => return self.clear(attribute),
            Event::VerificationOk if ins => return Ok(self),
            Event::VerificationKo if ins => (false, false),
            Event::Downgraded if ins => (false, proof),
            Event::DowngradedWithoutProof if ins => (false, false),
            Event::VerificationOk
            | Event::VerificationKo
            | Event::Downgraded
            | Event::DowngradedWithoutProof => return Err(Refusal::NoIns),
            Event::StrictTraitChanged => (false, proof),
            Event::ProofWithdrawn if proof => (ins, false),
            Event::ProofWithdrawn => return Err(Refusal::NoProof),
            _ if blocked => return Err(Refusal::Blocked),
            Event::InsAccepted | Event::ReceivedVerified if ins => return Err(Refusal::HasIns),
            Event::InsAccepted | Event::ReceivedVerified => (true, proof),
            Event::ProofRecorded | Event::ExceptionAttested if proof => {
                return Err(Refusal::HasProof);
            }
            Event::ProofRecorded => (ins, true),
            Event::ApcvDependantRetrieved => (true, proof),
            Event::ExceptionAttested
            | Event::ApcvHolder
            | Event::ApcvDependantQualified
            | Event::ReceivedUnderContract => (true, true),
        };
        Ok(Self {
            status: Status::of(ins, proof),
            attributes: self.attributes,
        })
    }

    fn set(self, attribute: Attribute) -> Result<Self, Refusal> {
        let flag = attribute.flag();
        if self.attributes.contains(flag) {
            return Err(Refusal::NoChange);
        }
        let attributes = self.attributes.with(flag);
        let status = if flag.blocks_insi() {
            Status::Provisoire
        } else {
            self.status
        };
        Self::new(status, attributes).ok_or(Refusal::Incompatible)
    }

    fn clear(self, attribute: Attribute) -> Result<Self, Refusal> {
        let flag = attribute.flag();
        if !self.attributes.contains(flag) {
            return Err(Refusal::NoChange);
        }
        Ok(Self {
            status: self.status,
            attributes: self.attributes.without(flag),
        })
    }
}
