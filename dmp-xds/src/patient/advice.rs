//! What software may do next with the DMP of a patient, and why.

use segur_core::Message;

use super::{Authorisation, DmpStatus, Existence};

/// What is known when a record is opened. The answers of the user and of the consent record are yes or no here, whatever keeps them.
///
/// Sources: CNAM seminar (consent, SC.DMP/CONF.06 and CONF.09); rights matrix PDT-INF-526 v1.8 of 25 September 2024: TD0.3 is for the normal
/// access mode alone. The DMP has the last word: this explains and warns.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Situation<'a> {
    /// The answer of TD0.2; nothing while there is none.
    pub existence: Option<&'a Existence>,
    /// The identity is qualified.
    pub qualified: bool,
    /// The patient objects to being fed.
    pub opposed_to_feeding: bool,
    /// It is recorded that the patient was informed and does not object to being read.
    pub informed_not_opposed_to_reading: bool,
    /// How the DMP is entered.
    pub access: Access,
}

/// How a DMP is entered: code list TRE_R248. Source: VIHF of the DMP vendor kit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Access {
    /// `normal`.
    #[default]
    Normal,
    /// `bris_de_glace`, with a reason recorded.
    BreakGlass,
    /// `centre_15`.
    Regulation,
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
    /// May documents be sent? Authorisations are for reading alone: none is needed.
    #[must_use]
    pub fn feed(&self) -> Verdict {
        if self.opposed_to_feeding {
            return Verdict::Refused(Why::OpposedToFeeding);
        }
        match self.open() {
            Err(verdict) => verdict,
            Ok(_) if !self.qualified => Verdict::First(Step::QualifyIdentity),
            Ok(_) => Verdict::Allowed,
        }
    }

    /// May documents be read?
    ///
    /// In `bris_de_glace` no authorisation can be declared, so that a missing one does not hinder; for a patient who has blocked the
    /// professional the answer stays no. In `centre_15` none is asked for. `unverified`: what the DMP does in both cases was not read. Consent
    /// counts in `centre_15`, too, as [`Consent::can_consult`](crate::consent::Consent::can_consult) has it: break-glass alone goes without.
    #[must_use]
    pub fn consult(&self) -> Verdict {
        let existence = match self.open() {
            Ok(existence) => existence,
            Err(verdict) => return verdict,
        };
        let authorised = match (self.access, existence.authorisation.as_ref()) {
            (Access::Regulation, _) | (_, Some(Authorisation::Valid)) => Verdict::Allowed,
            (_, Some(Authorisation::Forbidden)) => return Verdict::Refused(Why::Blocked),
            (Access::BreakGlass, _) => Verdict::Allowed,
            (Access::Normal, Some(Authorisation::None | Authorisation::Expired)) => {
                Verdict::First(Step::DeclareAuthorisation)
            }
            (Access::Normal, _) => return Verdict::Refused(Why::UnknownAuthorisation),
        };
        if self.access != Access::BreakGlass && !self.informed_not_opposed_to_reading {
            return Verdict::First(Step::RecordConsent);
        }
        authorised
    }

    /// May the authorisation be declared (TD0.3)? In the normal access mode alone. Source: PDT-INF-526 v1.8.
    #[must_use]
    pub fn declare(&self) -> Verdict {
        match (self.consult(), self.access) {
            (Verdict::First(Step::DeclareAuthorisation), _) => Verdict::Allowed,
            (
                Verdict::Allowed | Verdict::First(Step::RecordConsent),
                Access::BreakGlass | Access::Regulation,
            ) => Verdict::Refused(Why::NormalModeOnly),
            (other, _) => other,
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
