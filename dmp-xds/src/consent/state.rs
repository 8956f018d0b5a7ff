//! The states and the changes between them.

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
pub enum ConsentChange {
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

    /// The state after a change.
    ///
    /// # Errors
    /// A box without opposition.
    pub const fn after(self, change: ConsentChange) -> Result<Self, NotOpposed> {
        Ok(match (change, self) {
            (ConsentChange::Informed, _) => Self::InformedNotOpposed,
            (ConsentChange::Opposed, _) => Self::opposed(),
            (ConsentChange::Erased, _) => Self::Unknown,
            (ConsentChange::Feeding(feeding), Self::InformedOpposed { consultation, .. })
            | (ConsentChange::Consultation(consultation), Self::InformedOpposed { feeding, .. }) => {
                Self::InformedOpposed {
                    feeding,
                    consultation,
                }
            }
            (ConsentChange::Feeding(_) | ConsentChange::Consultation(_), _) => {
                return Err(NotOpposed);
            }
        })
    }

    /// Whether it is recorded that the patient was informed (SC.DMP/CONF.06).
    #[must_use]
    pub const fn is_informed(self) -> bool {
        !matches!(self, Self::Unknown)
    }

    /// Whether the patient opposes that documents are fed; by default nobody does (SC.DMP/CONF.09).
    #[must_use]
    pub const fn opposes_feeding(self) -> bool {
        matches!(self, Self::InformedOpposed { feeding: true, .. })
    }

    /// Whether the patient opposes that documents are read.
    #[must_use]
    pub const fn opposes_consultation(self) -> bool {
        matches!(
            self,
            Self::InformedOpposed {
                consultation: true,
                ..
            }
        )
    }
}
