//! The vaccination schedule as dated data, and what it asks of a person: done, due, overdue.
//!
//! Requirement VACC/SCHEMA.01. A schedule advises, it does not decide: intervals between doses, contraindications and catch-up plans are
//! the physician's.
//!
//! ```
//! use segur_cda::models::schedule::{DoseState, GivenDose, Schedule};
//! use segur_cda::models::VaccineGroups;
//!
//! let given = [GivenDose::new("J07CA09", "20250310".parse()?), GivenDose::new("J07AL02", "20250310".parse()?)];
//! let schedule = Schedule::france_2025();
//! let review = schedule.review("2025-01-08".parse()?, "2025-05-20".parse()?, &given, VaccineGroups::embedded());
//! let state = |vaccine: &str, rank: u32| {
//!     review.doses.iter().find(|d| d.dose.vaccine.starts_with(vaccine) && d.dose.rank == rank).map(|d| d.state)
//! };
//! assert!(matches!(state("Hexavalent", 1), Some(DoseState::Done { .. })));
//! assert!(matches!(state("Hexavalent", 2), Some(DoseState::Due { .. })));
//! assert!(matches!(state("Hexavalent", 3), Some(DoseState::Later { .. })));
//! assert!(matches!(state("Méningocoque B", 1), Some(DoseState::Overdue { .. })));
//! # Ok::<(), segur_core::TimestampError>(())
//! ```

mod read;
mod review;

use std::sync::LazyLock;

use segur_core::Date;

use super::examination::AgeUnit;
use super::table::Edition;
use crate::models::VaccinationKind;

pub use super::table::TableError;
pub use review::{DoseState, GivenDose, Review, ReviewedDose};

static FRANCE_2025: LazyLock<Schedule> = LazyLock::new(|| {
    Schedule::parse(include_str!("../../../data/schedule-2025.tsv")).unwrap_or_default()
});

/// An age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_structs, reason = "a number and its unit")]
pub struct Age {
    /// How many.
    pub count: u16,
    /// Days, months or years.
    pub unit: AgeUnit,
}

/// How strongly a dose is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Obligation {
    /// Mandatory (code de la santé publique, L.3111-2).
    Mandatory,
    /// Recommended to all.
    Recommended,
    /// Recommended to those who are exposed.
    Targeted,
}

/// One dose of the schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScheduledDose {
    /// French name.
    pub vaccine: String,
    /// ATC codes of the antigen groups that the dose has, all of them.
    pub groups: Vec<String>,
    /// Place of the dose among those of its groups, from 1.
    pub rank: u32,
    /// First series or booster.
    pub kind: VaccinationKind,
    /// Age from which it is due.
    pub from: Age,
    /// Last age at which it is on time, when the schedule gives a range.
    pub until: Option<Age>,
    /// Doses given before this age do not count.
    pub counted_from: Option<Age>,
    /// Age from which it is no more proposed.
    pub closes: Option<Age>,
    /// How strongly it is asked for; see [`ScheduledDose::obligation`].
    pub status: Obligation,
    /// First day of the obligation.
    pub mandatory_since: Option<Date>,
    /// First day of birth of those concerned by the obligation.
    pub born_since: Option<Date>,
    /// Whether the source of every cell was read; otherwise rank, product or an age is our reading.
    pub verified: bool,
}

/// A vaccination schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Schedule {
    /// Where it comes from.
    pub edition: Edition,
    /// First day on which it is in force.
    pub valid_from: Option<Date>,
    /// The doses, in the order of the table.
    pub doses: Vec<ScheduledDose>,
    /// How long after its age a dose is still called due, and not overdue. One month unless the caller says otherwise: the schedule does
    /// not tell.
    pub grace: Option<Age>,
}

impl Schedule {
    /// The schedule of children of 2025, in force since 1 January 2025 (`data/schedule-2025.tsv`).
    ///
    /// It has no link, for no official address is sure: set `edition.link` on a copy.
    pub fn france_2025() -> &'static Self {
        &FRANCE_2025
    }
}

impl Age {
    /// The day on which a person born on `birth` reaches it.
    pub fn reached(self, birth: Date) -> Date {
        super::examination::reached(birth, self.count, self.unit)
    }
}

impl ScheduledDose {
    /// How strongly the dose is asked of a person born on `birth`, on a day. A mandatory dose is recommended to those whom the obligation
    /// does not concern (`unverified`).
    pub fn obligation(&self, birth: Date, on: Date) -> Obligation {
        let concerned = self.born_since.is_none_or(|since| birth >= since)
            && self.mandatory_since.is_none_or(|since| on >= since);
        match self.status {
            Obligation::Mandatory if !concerned => Obligation::Recommended,
            status => status,
        }
    }
}
