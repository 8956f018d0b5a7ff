//! What software may do next with the DMP of a patient, and why.

use segur_core::Message;

use super::{Authorisation, DmpStatus, Existence};
use crate::consent::Consent;
use crate::vihf::{Access, AccessMode};

/// What is known when a record is opened, and all that follows from it: each question has one answer ([`consult`](Self::consult)), and where
/// several things may hinder, a list of all of them ([`against_consultation`](Self::against_consultation)).
///
/// | reading | consent | reason | authorisation |
/// |---|---|---|---|
/// | `normal` | counts | | counts |
/// | `bris_de_glace` | | counts | only whether the patient has blocked the professional |
/// | `centre_15` | counts | | |
///
/// Sources: CNAM seminar (consent, SC.DMP/CONF.06 and CONF.09; it names no exception from consent for `centre_15`); rights matrix PDT-INF-526
/// v1.8 of 25 September 2024: TD0.3 is for the normal access mode alone, so that a missing authorisation hinders neither of the others.
/// `unverified`: what the DMP does then was not read. The DMP has the last word: this explains and warns.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Situation<'a> {
    /// The answer of TD0.2; nothing while there is none.
    pub existence: Option<&'a Existence>,
    /// The identity is qualified: needed to feed.
    pub qualified: bool,
    /// What the patient said.
    pub consent: Consent,
    /// How the DMP is entered, as the VIHF says it.
    pub access: &'a Access,
}

/// Whether something may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Yes.
    Allowed,
    /// Not before something else.
    First(Step),
    /// No.
    Refused(Why),
}

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// Ask whether there is a DMP (TD0.2).
    TestExistence,
    /// Qualify the identity (INSi and an identity document).
    QualifyIdentity,
    /// Inform the patient and record that there is no objection.
    RecordConsent,
    /// Say why the glass is broken.
    GiveReason,
    /// Declare the authorisation (TD0.3); the one before was none, or has expired.
    DeclareAuthorisation,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// The patient has no DMP.
    NoDmp,
    /// It is closed.
    Closed,
    /// The answer of the DMP was not understood, or is a refusal.
    Unclear,
    /// The patient objects to being fed.
    OpposedToFeeding,
    /// The patient objects to being read.
    OpposedToConsultation,
    /// The patient has blocked this professional.
    Blocked,
    /// The DMP tells an authorisation that is not known here.
    UnknownAuthorisation,
    /// It is part of a Mon espace santé: the patient disposes of it there.
    PartOfMes,
    /// Authorisations are declared in the normal access mode alone.
    NormalModeOnly,
}

impl Situation<'_> {
    /// May documents be sent? Authorisations are for reading alone: none is needed, and break-glass changes nothing.
    #[must_use]
    pub fn feed(&self) -> Verdict {
        weightiest(self.against_feeding())
    }

    /// Everything that speaks against sending, refusals first; empty when it is allowed.
    #[must_use]
    pub fn against_feeding(&self) -> Vec<Verdict> {
        let opposed = self.consent.opposes_feeding();
        sorted([
            opposed.then_some(Verdict::Refused(Why::OpposedToFeeding)),
            self.open().err(),
            (!self.qualified).then_some(Verdict::First(Step::QualifyIdentity)),
        ])
    }

    /// May documents be read?
    #[must_use]
    pub fn consult(&self) -> Verdict {
        weightiest(self.against_consultation())
    }

    /// Everything that speaks against reading, refusals first; empty when it is allowed. Whether there is an authorisation is not known before
    /// the DMP answered, and not told then.
    #[must_use]
    pub fn against_consultation(&self) -> Vec<Verdict> {
        let open = self.open();
        let unauthorised = open.ok().and_then(|existence| self.unauthorised(existence));
        sorted([open.err(), self.unasked(), unauthorised])
    }

    /// What the consent has against reading; of break-glass, its reason in its place.
    fn unasked(&self) -> Option<Verdict> {
        if self.access.mode == AccessMode::BreakGlass {
            let lacks = !self.access.has_reason();
            return lacks.then_some(Verdict::First(Step::GiveReason));
        }
        if self.consent.opposes_consultation() {
            return Some(Verdict::Refused(Why::OpposedToConsultation));
        }
        (!self.consent.is_informed()).then_some(Verdict::First(Step::RecordConsent))
    }

    /// What the authorisation has against reading.
    fn unauthorised(&self, existence: &Existence) -> Option<Verdict> {
        match (self.access.mode, existence.authorisation.as_ref()) {
            (AccessMode::Regulation, _) | (_, Some(Authorisation::Valid)) => None,
            (_, Some(Authorisation::Forbidden)) => Some(Verdict::Refused(Why::Blocked)),
            (AccessMode::BreakGlass, _) => None,
            (AccessMode::Normal, Some(Authorisation::None | Authorisation::Expired)) => {
                Some(Verdict::First(Step::DeclareAuthorisation))
            }
            (AccessMode::Normal, _) => Some(Verdict::Refused(Why::UnknownAuthorisation)),
        }
    }

    /// May the authorisation be declared (TD0.3)? In the normal access mode alone. Source: PDT-INF-526 v1.8.
    #[must_use]
    pub fn declare(&self) -> Verdict {
        let against = match self.open() {
            Err(verdict) => return verdict,
            Ok(existence) => self.unauthorised(existence),
        };
        match against {
            Some(refused @ Verdict::Refused(_)) => refused,
            _ if self.access.mode != AccessMode::Normal => Verdict::Refused(Why::NormalModeOnly),
            _ => self.unasked().unwrap_or(Verdict::Allowed),
        }
    }

    /// May the DMP be closed from here (TD1.4), at the patient's request?
    #[must_use]
    pub fn close(&self) -> Verdict {
        match self.open() {
            Err(verdict) => verdict,
            Ok(existence) if existence.mes_attached == Some(true) => {
                Verdict::Refused(Why::PartOfMes)
            }
            Ok(_) if !self.qualified => Verdict::First(Step::QualifyIdentity),
            Ok(_) => Verdict::Allowed,
        }
    }

    /// The answer about an open DMP, or what hinders everything.
    fn open(&self) -> Result<&Existence, Verdict> {
        let existence = self.existence.ok_or(Verdict::First(Step::TestExistence))?;
        match existence.status {
            DmpStatus::Active => Ok(existence),
            DmpStatus::Closed(_) => Err(Verdict::Refused(Why::Closed)),
            DmpStatus::None => Err(Verdict::Refused(Why::NoDmp)),
            DmpStatus::Unclear => Err(Verdict::Refused(Why::Unclear)),
        }
    }
}

/// Refusals before what can be done about the rest, each in its order.
fn sorted<const N: usize>(against: [Option<Verdict>; N]) -> Vec<Verdict> {
    let mut against: Vec<Verdict> = against.into_iter().flatten().collect();
    against.sort_by_key(|verdict| matches!(verdict, Verdict::First(_)));
    against
}

fn weightiest(against: Vec<Verdict>) -> Verdict {
    against.into_iter().next().unwrap_or(Verdict::Allowed)
}

impl Verdict {
    /// Whether it may be done now.
    #[must_use]
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed)
    }

    /// What to tell the user.
    #[must_use]
    pub const fn message(self) -> Message {
        match self {
            Self::Allowed => Message::fixed("C'est possible.", "It may be done."),
            Self::First(step) => step.message(),
            Self::Refused(why) => why.message(),
        }
    }
}

impl Step {
    /// What to do, for the user.
    #[must_use]
    pub const fn message(self) -> Message {
        match self {
            Self::TestExistence => Message::fixed(
                "L'existence du DMP n'est pas encore connue : interrogez le DMP.",
                "It is not known yet whether there is a DMP: ask the DMP.",
            ),
            Self::QualifyIdentity => Message::fixed(
                "L'identité du patient doit d'abord être qualifiée (INSi et pièce d'identité).",
                "The patient's identity must be qualified first (INSi and an identity document).",
            ),
            Self::RecordConsent => Message::fixed(
                "Informez d'abord le patient et notez qu'il ne s'oppose pas à la consultation.",
                "Inform the patient first, and record that there is no objection to reading.",
            ),
            Self::GiveReason => Message::fixed(
                "Indiquez d'abord le motif du bris de glace.",
                "Say first why the glass is broken.",
            ),
            Self::DeclareAuthorisation => Message::fixed(
                "Déclarez d'abord l'autorisation d'accès à ce DMP, avec l'accord du patient.",
                "Declare the authorisation to read this DMP first, with the patient's consent.",
            ),
        }
    }
}

impl Why {
    /// Why not, for the user.
    #[must_use]
    pub const fn message(self) -> Message {
        match self {
            Self::NoDmp => Message::fixed("Ce patient n'a pas de DMP.", "This patient has no DMP."),
            Self::Closed => Message::fixed(
                "Le DMP de ce patient est fermé : il ne peut être ni alimenté ni consulté.",
                "The DMP of this patient is closed: nothing can be sent or read.",
            ),
            Self::Unclear => Message::fixed(
                "La réponse du DMP n'a pas été comprise : rien n'est supposé de ce DMP.",
                "The answer of the DMP was not understood: nothing is assumed of this DMP.",
            ),
            Self::OpposedToFeeding => Message::fixed(
                "Le patient s'oppose à l'alimentation de son DMP.",
                "The patient objects to documents being sent to the DMP.",
            ),
            Self::OpposedToConsultation => Message::fixed(
                "Le patient s'oppose à la consultation de son DMP.",
                "The patient objects to the DMP being read.",
            ),
            Self::Blocked => Message::fixed(
                "Le patient a bloqué l'accès de ce professionnel à son DMP.",
                "The patient has blocked this professional's access to the DMP.",
            ),
            Self::UnknownAuthorisation => Message::fixed(
                "Le DMP n'indique pas d'autorisation connue : la consultation n'est pas proposée.",
                "The DMP tells no authorisation that is known here: reading is not offered.",
            ),
            Self::NormalModeOnly => Message::fixed(
                "Une autorisation ne se déclare qu'en mode d'accès normal.",
                "An authorisation is declared in the normal access mode alone.",
            ),
            Self::PartOfMes => Message::fixed(
                "Ce DMP fait partie de Mon espace santé : c'est le patient qui le ferme, depuis son espace.",
                "This DMP is part of a Mon espace santé: the patient closes it there.",
            ),
        }
    }
}
