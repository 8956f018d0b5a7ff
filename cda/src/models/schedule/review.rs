//! A history held against the schedule.

use segur_core::{Date, Timestamp};

use super::{Age, Obligation, Schedule, ScheduledDose};
use crate::models::examination::AgeUnit;
use crate::models::{Vaccination, VaccinationHistory, VaccinationNote, VaccineGroups};

/// A vaccine that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct GivenDose {
    /// ATC code of the product.
    pub atc: String,
    /// The day, month or year.
    pub date: Timestamp,
}

/// Where a dose stands for a person on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DoseState {
    /// It was given.
    Done {
        /// When; of several products, the last one needed.
        on: Timestamp,
    },
    /// It is the time.
    Due {
        /// First day of it.
        since: Date,
        /// Day from which it is overdue.
        overdue_from: Date,
    },
    /// The time is past.
    Overdue {
        /// First day of it.
        since: Date,
    },
    /// It is too early.
    Later {
        /// First day of it.
        from: Date,
    },
    /// It was not given, and is no more proposed.
    Closed {
        /// Since when.
        since: Date,
    },
}

/// A dose of the schedule with its state.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReviewedDose<'s> {
    /// The dose.
    pub dose: &'s ScheduledDose,
    /// How strongly it is asked of this person.
    pub obligation: Obligation,
    /// Where it stands.
    pub state: DoseState,
    /// Groups of which the dose was not given; all of them, or some, when products were given apart.
    pub missing: Vec<&'s str>,
}

/// A history held against a schedule.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Review<'s> {
    /// Every dose, in the order of the schedule.
    pub doses: Vec<ReviewedDose<'s>>,
    /// ATC codes given that no dose of the schedule speaks of, each once: what was given is not known here, or not scheduled.
    pub unused: Vec<String>,
}

impl GivenDose {
    /// A vaccine that was given.
    pub fn new(atc: impl Into<String>, date: Timestamp) -> Self {
        Self {
            atc: atc.into(),
            date,
        }
    }

    /// What a history tells; vaccinations without an ATC code are not among them.
    pub fn of_history(history: &VaccinationHistory) -> Vec<Self> {
        let given = |v: &Vaccination| Some(Self::new(v.vaccine.atc.as_ref()?.0.clone(), v.date));
        history.vaccinations.iter().filter_map(given).collect()
    }

    /// What notes tell.
    pub fn of_notes(notes: &[VaccinationNote]) -> Vec<Self> {
        let given = |n: &VaccinationNote| Self::new(n.vaccine.atc.clone(), n.date);
        notes.iter().map(given).collect()
    }

    /// The first day that the date may stand for.
    fn day(&self) -> Option<Date> {
        let (month, day) = (self.date.month(), self.date.day());
        Date::new(self.date.year(), month.unwrap_or(1), day.unwrap_or(1)).ok()
    }
}

impl Schedule {
    /// Where each dose stands for a person born on `birth`, on a day. What is dated after that day does not count.
    pub fn review(
        &self,
        birth: Date,
        on: Date,
        given: &[GivenDose],
        groups: &VaccineGroups,
    ) -> Review<'_> {
        let mut dated: Vec<(Date, &GivenDose)> = given
            .iter()
            .filter_map(|dose| Some((dose.day()?, dose)))
            .filter(|(day, _)| *day <= on)
            .collect();
        dated.sort_by_key(|(day, _)| *day);
        let used = |atc: &str| {
            let mut all = self.doses.iter().flat_map(|dose| &dose.groups);
            all.any(|group| groups.counts_for(atc, group))
        };
        let mut unused: Vec<String> = given
            .iter()
            .filter(|dose| !used(&dose.atc))
            .map(|dose| dose.atc.clone())
            .collect();
        unused.sort_unstable();
        unused.dedup();
        let grace = self.grace.unwrap_or(Age {
            count: 1,
            unit: AgeUnit::Month,
        });
        let doses = self.doses.iter().map(|dose| {
            let (latest, missing) = dose.found(birth, &dated, groups);
            let state = match latest {
                Some(on) if missing.is_empty() => DoseState::Done { on },
                _ => dose.awaited(birth, on, grace),
            };
            ReviewedDose {
                dose,
                obligation: dose.obligation(birth, on),
                state,
                missing,
            }
        });
        Review {
            doses: doses.collect(),
            unused,
        }
    }
}

impl ScheduledDose {
    /// The date of the last product that made the dose, and the groups of which it was not given.
    fn found<'s>(
        &'s self,
        birth: Date,
        dated: &[(Date, &GivenDose)],
        groups: &VaccineGroups,
    ) -> (Option<Timestamp>, Vec<&'s str>) {
        let first = self.counted_from.map_or(birth, |age| age.reached(birth));
        let (mut latest, mut missing) = (None, Vec::new());
        for group in &self.groups {
            let mut of_group = dated
                .iter()
                .filter(|(day, dose)| *day >= first && groups.counts_for(&dose.atc, group));
            match of_group.nth(self.rank as usize - 1) {
                Some((day, dose)) => {
                    if latest.is_none_or(|(last, _)| last < *day) {
                        latest = Some((*day, dose.date));
                    }
                }
                None => missing.push(group.as_str()),
            }
        }
        (latest.map(|(_, date)| date), missing)
    }

    fn awaited(&self, birth: Date, on: Date, grace: Age) -> DoseState {
        let since = self.from.reached(birth);
        if on < since {
            return DoseState::Later { from: since };
        }
        if let Some(closed) = self.closes.map(|age| age.reached(birth))
            && on >= closed
        {
            return DoseState::Closed { since: closed };
        }
        let overdue_from = grace.reached(self.until.unwrap_or(self.from).reached(birth));
        if on < overdue_from {
            DoseState::Due {
                since,
                overdue_from,
            }
        } else {
            DoseState::Overdue { since }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn given(doses: &[(&str, &str)]) -> Vec<GivenDose> {
        let dose = |(atc, date): &(&str, &str)| GivenDose::new(*atc, date.parse().unwrap());
        doses.iter().map(dose).collect()
    }

    fn state(review: &Review<'_>, vaccine: &str, rank: u32) -> DoseState {
        let is = |d: &&ReviewedDose<'_>| d.dose.vaccine.starts_with(vaccine) && d.dose.rank == rank;
        review.doses.iter().find(is).unwrap().state
    }

    fn review<'s>(birth: &str, on: &str, doses: &[(&str, &str)]) -> Review<'s> {
        let groups = VaccineGroups::embedded();
        Schedule::france_2025().review(day(birth), day(on), &given(doses), groups)
    }

    // req: VACC/SCHEMA.01
    #[test]
    fn a_dose_is_later_due_overdue_and_done() {
        let at = |on: &str| state(&review("2025-03-15", on, &[]), "Hexavalent", 1);
        assert_eq!(
            at("2025-05-14"),
            DoseState::Later {
                from: day("2025-05-15")
            }
        );
        let due = DoseState::Due {
            since: day("2025-05-15"),
            overdue_from: day("2025-06-15"),
        };
        assert_eq!(at("2025-05-15"), due);
        assert_eq!(at("2025-06-14"), due);
        let overdue = DoseState::Overdue {
            since: day("2025-05-15"),
        };
        assert_eq!(at("2025-06-15"), overdue);
        let done = review("2025-03-15", "2025-06-15", &[("J07CA09", "20250601")]);
        let on = "20250601".parse().unwrap();
        assert_eq!(state(&done, "Hexavalent", 1), DoseState::Done { on });
        assert_eq!(
            state(&done, "Hexavalent", 2),
            DoseState::Later {
                from: day("2025-07-15")
            }
        );
    }

    #[test]
    fn products_given_apart_make_a_dose_together() {
        let three = [("J07CA06", "20250601")];
        let part = review("2025-03-15", "2025-06-20", &three);
        let dose = &part.doses[0];
        assert!(matches!(dose.state, DoseState::Overdue { .. }));
        assert_eq!(dose.missing, ["J07BC01"]);
        let both = [three[0], ("J07BC01", "20250605")];
        let whole = review("2025-03-15", "2025-06-20", &both);
        let on = "20250605".parse().unwrap();
        assert_eq!(state(&whole, "Hexavalent", 1), DoseState::Done { on });
    }

    #[test]
    fn an_adolescent_needs_a_dose_whatever_the_infant_had() {
        let infant = [("J07AH08", "20130301"), ("J07AH08", "20130901")];
        let before = review("2012-09-10", "2026-09-10", &infant);
        let name = "Méningocoques A, C, W, Y, adolescents";
        assert!(matches!(state(&before, name, 1), DoseState::Due { .. }));
        let after = [infant[0], infant[1], ("J07AH08", "20240915")];
        let after = review("2012-09-10", "2026-09-10", &after);
        assert!(matches!(state(&after, name, 1), DoseState::Done { .. }));
    }

    #[test]
    fn an_obligation_concerns_those_born_since_its_day() {
        let obligation = |birth: &str| {
            let review = review(birth, "2025-01-10", &[]);
            let is = |d: &&ReviewedDose<'_>| d.dose.vaccine == "Méningocoque B";
            review.doses.iter().find(is).unwrap().obligation
        };
        assert_eq!(obligation("2023-06-30"), Obligation::Recommended);
        assert_eq!(obligation("2023-07-01"), Obligation::Mandatory);
    }

    #[test]
    fn what_is_no_more_proposed_is_closed_not_overdue() {
        let old = review("2020-01-01", "2026-01-01", &[]);
        let closed = DoseState::Closed {
            since: day("2022-01-01"),
        };
        assert_eq!(state(&old, "Méningocoque B", 1), closed);
    }

    #[test]
    fn unknown_products_and_later_doses_do_not_count() {
        let doses = [
            ("J07BP01", "20250601"),
            ("J07CA09", "20251201"),
            ("J07BP01", "2025"),
        ];
        let review = review("2025-03-15", "2025-06-20", &doses);
        assert_eq!(review.unused, ["J07BP01"]);
        assert!(matches!(
            state(&review, "Hexavalent", 1),
            DoseState::Overdue { .. }
        ));
    }

    #[test]
    fn a_month_or_a_year_counts_from_its_first_day() {
        let review = review(
            "2025-03-15",
            "2026-06-20",
            &[("J07CA09", "202506"), ("J07CA09", "2026")],
        );
        assert!(matches!(
            state(&review, "Hexavalent", 2),
            DoseState::Done { .. }
        ));
    }
}
