//! An answer with its reason.

use segur_core::Message;

/// Whether it may be done, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Decision {
    /// Whether it may be done.
    pub allowed: bool,
    /// Why, or why not.
    pub reason: Reason,
}

impl Decision {
    pub(super) const fn yes(reason: Reason) -> Self {
        Self {
            allowed: true,
            reason,
        }
    }

    pub(super) const fn no(reason: Reason) -> Self {
        Self {
            allowed: false,
            reason,
        }
    }
}

/// Why, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Documents are fed unless the patient opposes.
    FedByDefault,
    /// The patient was informed and does not oppose it.
    Informed,
    /// The glass is broken, with a reason.
    BreakGlass,
    /// Nobody recorded that the patient was informed.
    NotInformed,
    /// The patient opposes feeding.
    OpposedToFeeding,
    /// The patient opposes consultation.
    OpposedToConsultation,
    /// The glass is broken without a reason.
    BreakGlassWithoutReason,
    /// There is no record, or it is closed.
    NoActiveRecord,
    /// The INS is not qualified.
    InsNotQualified,
    /// The DMP has no valid authorisation of the user.
    NotAuthorized,
}

impl Reason {
    /// The reason, for the user.
    #[must_use]
    pub const fn message(self) -> Message {
        let (fr, en) = match self {
            Self::FedByDefault => (
                "Le DMP est alimenté par défaut.",
                "The DMP is fed by default.",
            ),
            Self::Informed => (
                "Le patient a été informé et ne s'y oppose pas.",
                "The patient was informed and does not oppose it.",
            ),
            Self::BreakGlass => (
                "Accès en bris de glace, motivé.",
                "Break-glass access, with its reason.",
            ),
            Self::NotInformed => (
                "L'information du patient n'est pas enregistrée : enregistrez qu'il a été informé et ne s'oppose pas.",
                "It is not recorded that the patient was informed: record that they were, and do not oppose.",
            ),
            Self::OpposedToFeeding => (
                "Le patient s'oppose à l'alimentation de son DMP.",
                "The patient opposes that their DMP is fed.",
            ),
            Self::OpposedToConsultation => (
                "Le patient s'oppose à la consultation de son DMP.",
                "The patient opposes that their DMP is read.",
            ),
            Self::BreakGlassWithoutReason => (
                "Le motif du bris de glace manque.",
                "The reason of the break-glass is missing.",
            ),
            Self::NoActiveRecord => (
                "Le patient n'a pas de DMP, ou il est fermé.",
                "The patient has no DMP, or it is closed.",
            ),
            Self::InsNotQualified => (
                "L'INS du patient n'est pas qualifiée.",
                "The patient's INS is not qualified.",
            ),
            Self::NotAuthorized => (
                "L'utilisateur n'a pas d'autorisation valide sur ce DMP.",
                "The user has no valid authorisation for this DMP.",
            ),
        };
        Message::fixed(fr, en)
    }
}
