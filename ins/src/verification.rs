//! Which identities are to be verified again, and when (EXI VER 01, EXI VER 02).
//!
//! A qualified identity is verified every five years; a retrieved one, and any with a NIA, every year. Nothing expires by itself: being due
//! changes no status. The plan is a function of the records and the day, so that an interrupted run goes on by planning again.
//!
//! The messages of the bulk operation are not public: what calls INSi is the caller's.
//!
//! ```
//! use chrono::NaiveDate;
//! use segur_core::InsAuthority;
//! use segur_ins::identity::Status;
//! use segur_ins::verification::{Held, Planner};
//!
//! let day = |text: &str| text.parse::<NaiveDate>();
//! let held = [
//!     Held { key: "a", status: Status::Qualifiee, authority: InsAuthority::Nir, verified: day("2021-03-01")? },
//!     Held { key: "b", status: Status::Recuperee, authority: InsAuthority::Nir, verified: day("2026-10-01")? },
//! ];
//! let plan = Planner::new(day("2026-11-24")?, 500).ok_or("per day")?.plan(held);
//! assert_eq!(plan[0].date, day("2026-11-24")?); // overdue since March
//! assert_eq!(plan[0].keys, ["a"]);
//! assert_eq!(plan[1].date, day("2027-10-01")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use segur_core::InsAuthority;

use crate::identity::Status;

/// An identity that holds an INS, as far as planning needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<K> {
    /// The caller's key of the record.
    pub key: K,
    /// Its status.
    pub status: Status,
    /// Who assigned its matricule.
    pub authority: InsAuthority,
    /// The day on which INSi last gave or confirmed it.
    pub verified: NaiveDate,
}

impl<K> Held<K> {
    /// The day on which it is due; `None` for an identity without INS.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        let years = match (self.status, self.authority) {
            (Status::Provisoire | Status::Validee, _) => return None,
            (Status::Qualifiee, authority) if authority != InsAuthority::Nia => 5,
            _ => 1,
        };
        // Beyond the calendar nothing is ever due.
        self.verified.checked_add_months(Months::new(12 * years))
    }
}

/// What is to be verified on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch<K> {
    /// The day.
    pub date: NaiveDate,
    /// The records, longest overdue first.
    pub keys: Vec<K>,
}

/// Spreads verifications over days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planner {
    today: NaiveDate,
    per_day: usize,
}

impl Planner {
    /// Plans from `today`, at most `per_day` records a day; `None` when that is zero.
    #[must_use]
    pub const fn new(today: NaiveDate, per_day: usize) -> Option<Self> {
        if per_day == 0 {
            None
        } else {
            Some(Self { today, per_day })
        }
    }

    /// The batches, in the order of days: overdue records from today on, the others on their day or as soon after as the quota allows.
    #[must_use]
    pub fn plan<K: Ord>(&self, held: impl IntoIterator<Item = Held<K>>) -> Vec<Batch<K>> {
        let mut due: Vec<(NaiveDate, K)> = held
            .into_iter()
            .filter_map(|h| Some((h.due()?, h.key)))
            .collect();
        due.sort_unstable();
        let mut days: BTreeMap<NaiveDate, Vec<K>> = BTreeMap::new();
        let mut next = self.today;
        for (date, key) in due {
            next = next.max(date);
            while days
                .get(&next)
                .is_some_and(|keys| keys.len() >= self.per_day)
            {
                match next.succ_opt() {
                    Some(day) => next = day,
                    None => break,
                }
            }
            days.entry(next).or_default().push(key);
        }
        days.into_iter()
            .map(|(date, keys)| Batch { date, keys })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    // req: EXI VER 01
    // req: EXI VER 02
    #[test]
    fn five_years_for_a_qualified_nir_one_year_for_the_rest() {
        let due = |status, authority| {
            Held {
                key: (),
                status,
                authority,
                verified: day("2024-02-29"),
            }
            .due()
        };
        assert_eq!(
            due(Status::Qualifiee, InsAuthority::Nir),
            Some(day("2029-02-28"))
        );
        assert_eq!(
            due(Status::Qualifiee, InsAuthority::Nia),
            Some(day("2025-02-28"))
        );
        assert_eq!(
            due(Status::Recuperee, InsAuthority::Nir),
            Some(day("2025-02-28"))
        );
        assert_eq!(
            due(Status::Recuperee, InsAuthority::Nia),
            Some(day("2025-02-28"))
        );
        assert_eq!(due(Status::Validee, InsAuthority::Nir), None);
        assert_eq!(due(Status::Provisoire, InsAuthority::Nir), None);
    }

    #[test]
    fn the_longest_overdue_come_first() {
        let held = |key, verified| Held {
            key,
            status: Status::Recuperee,
            authority: InsAuthority::Nir,
            verified: day(verified),
        };
        let all = [
            held("c", "2025-11-30"),
            held("a", "2020-01-01"),
            held("b", "2024-06-01"),
        ];
        let plan = Planner::new(day("2026-11-24"), 2).unwrap().plan(all);
        let shown: Vec<_> = plan.iter().map(|b| (b.date, b.keys.as_slice())).collect();
        assert_eq!(
            shown,
            [
                (day("2026-11-24"), ["a", "b"].as_slice()),
                (day("2026-11-30"), ["c"].as_slice())
            ]
        );
        assert!(Planner::new(day("2026-11-24"), 0).is_none());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_early_or_crowded(
            ages in proptest::collection::vec(0_u64..4000, 0..300),
            per_day in 1_usize..20,
        ) {
            let today = day("2026-11-24");
            let held: Vec<_> = ages
                .iter()
                .enumerate()
                .map(|(key, age)| Held {
                    key,
                    status: if age % 2 == 0 { Status::Qualifiee } else { Status::Recuperee },
                    authority: InsAuthority::Nir,
                    verified: today - chrono::Days::new(*age),
                })
                .collect();
            let plan = Planner::new(today, per_day).unwrap().plan(held.clone());
            let mut keys: Vec<_> = plan.iter().flat_map(|b| b.keys.clone()).collect();
            keys.sort_unstable();
            prop_assert_eq!(keys, (0..ages.len()).collect::<Vec<_>>());
            for batch in &plan {
                prop_assert!(batch.keys.len() <= per_day);
                for key in &batch.keys {
                    prop_assert!(batch.date >= held[*key].due().unwrap().max(today));
                }
            }
        }
    }
}
