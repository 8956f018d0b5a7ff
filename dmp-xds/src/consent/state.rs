//! The states and the steps between them.

use super::{Decision, Reason};
use crate::vihf::{Access, AccessMode};

/// What is recorded of a patient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "closed by the requirement")]
pub enum Consent {
    /// Nothing: documents are fed, nothing is read.
    #[default]
    Unknown,
    /// Informed, and does not oppose.
    InformedNotOpposed,
    /// Informed, and opposes what is true here: both when the opposition is recorded, each until its box is unticked.
    InformedOpposed {
        /// Opposes that documents are fed ("alimentation").
        feeding: bool,
        /// Opposes that documents are read ("consultation").
        consultation: bool,
    },
}

/// What is recorded next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "closed by the requirement")]
pub enum Step {
    /// Informed, and does not oppose, or no more.
    Informed,
    /// Opposes: both boxes are ticked.
    Opposed,
    /// The box of feeding is ticked or unticked, of an opposition only.
    Feeding(bool),
    /// The box of consultation is ticked or unticked, of an opposition only.
    Consultation(bool),
    /// What was recorded was an error, or of another patient: nothing is known.
    Erased,
}

/// A box was ticked without an opposition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the boxes belong to an opposition: record that the patient opposes first")]
#[allow(clippy::exhaustive_structs, reason = "it says all there is")]
pub struct NotOpposed;

impl Consent {
    /// An opposition as it is recorded first: to both.
    #[must_use]
    pub const fn opposed() -> Self {
        Self::InformedOpposed {
            feeding: true,
            consultation: true,
        }
    }

    /// The state after a step.
    ///
    /// # Errors
    /// A box without opposition.
    pub const fn after(self, step: Step) -> Result<Self, NotOpposed> {
        Ok(match (step, self) {
            (Step::Informed, _) => Self::InformedNotOpposed,
            (Step::Opposed, _) => Self::opposed(),
            (Step::Erased, _) => Self::Unknown,
            (Step::Feeding(feeding), Self::InformedOpposed { consultation, .. })
            | (Step::Consultation(consultation), Self::InformedOpposed { feeding, .. }) => {
                Self::InformedOpposed {
                    feeding,
                    consultation,
                }
            }
            (Step::Feeding(_) | Step::Consultation(_), _) => return Err(NotOpposed),
        })
    }

    /// Whether documents of the patient may be fed: yes, unless they oppose that (SC.DMP/CONF.09). Break-glass changes nothing.
    #[must_use]
    pub const fn can_feed(self) -> Decision {
        match self {
            Self::InformedOpposed { feeding: true, .. } => Decision::no(Reason::OpposedToFeeding),
            _ => Decision::yes(Reason::FedByDefault),
        }
    }

    /// Whether documents of the patient may be read (SC.DMP/CONF.06): once they were informed and do not oppose that, or by break-glass
    /// with a reason. That every break-glass bears a reason, whatever the consent, [`Vihf::check`](crate::vihf::Vihf::check) tells.
    ///
    /// Regulation (centre 15) is treated as the normal access: the sources name no exception from consent for it.
    #[must_use]
    pub fn can_consult(self, access: &Access) -> Decision {
        let breaks = access.mode == AccessMode::BreakGlass;
        if breaks && access.has_reason() {
            return Decision::yes(Reason::BreakGlass);
        }
        match self {
            Self::InformedNotOpposed
            | Self::InformedOpposed {
                consultation: false,
                ..
            } => Decision::yes(Reason::Informed),
            _ if breaks => Decision::no(Reason::BreakGlassWithoutReason),
            Self::Unknown => Decision::no(Reason::NotInformed),
            Self::InformedOpposed { .. } => Decision::no(Reason::OpposedToConsultation),
        }
    }
}
