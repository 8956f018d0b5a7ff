//! Share of each status over the patients seen: TBB.INS.01, TBB.INS.02.
//!
//! Per month, professional (RPPS) and structure (FINESS); a patient counts once a month in each, with the status at the last contact of
//! the month. Doubtful and fictitious identities are left out.
//!
//! ```
//! use segur_ins::identity::{Attributes, Status};
//! use segur_ins::indicators::{Contact, rates};
//!
//! let contact = |patient, day: &str, status| Ok::<_, chrono::ParseError>(Contact {
//!     patient, date: day.parse()?, rpps: Some("10003456781"), finess: None, status, attributes: Attributes::NONE,
//! });
//! let table = rates([
//!     contact(1, "2026-11-02", Status::Provisoire)?,
//!     contact(1, "2026-11-20", Status::Qualifiee)?,
//!     contact(2, "2026-11-03", Status::Validee)?,
//! ]);
//! let (_, counts) = table.iter().next().ok_or("empty")?;
//! assert_eq!((counts.total(), counts.share(Status::Qualifiee)), (2, Some(0.5)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::identity::{Attributes, Status};

/// A patient was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact<P, S> {
    /// The caller's key of the patient.
    pub patient: P,
    /// The day.
    pub date: NaiveDate,
    /// Who saw the patient.
    pub rpps: Option<S>,
    /// Where.
    pub finess: Option<S>,
    /// Status of the identity on that day.
    pub status: Status,
    /// Attributes of the identity on that day.
    pub attributes: Attributes,
}

/// A line of the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line<S> {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// The professional.
    pub rpps: Option<S>,
    /// The structure.
    pub finess: Option<S>,
}

/// Patients by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([u64; 4]);

impl Counts {
    /// Patients with this status.
    #[must_use]
    pub const fn get(&self, status: Status) -> u64 {
        self.0[status as usize]
    }

    /// All patients.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Share of a status, 0 to 1; `None` without patients.
    #[must_use]
    pub fn share(&self, status: Status) -> Option<f64> {
        let total = self.total();
        (total > 0).then(|| self.get(status) as f64 / total as f64)
    }
}

/// Counts patients by status, month, professional and structure.
pub fn rates<P: Ord, S: Ord + Clone>(
    contacts: impl IntoIterator<Item = Contact<P, S>>,
) -> BTreeMap<Line<S>, Counts> {
    let mut last: BTreeMap<(Line<S>, P), (NaiveDate, Status, Attributes)> = BTreeMap::new();
    for contact in contacts {
        let line = Line {
            year: contact.date.year(),
            month: contact.date.month(),
            rpps: contact.rpps,
            finess: contact.finess,
        };
        let seen = (contact.date, contact.status, contact.attributes);
        last.entry((line, contact.patient))
            .and_modify(|known| {
                if seen.0 >= known.0 {
                    *known = seen;
                }
            })
            .or_insert(seen);
    }
    let mut table: BTreeMap<Line<S>, Counts> = BTreeMap::new();
    for ((line, _), (_, status, attributes)) in last {
        if !attributes.blocks_insi() {
            table.entry(line).or_default().0[status as usize] += 1;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(
        patient: u8,
        date: &str,
        rpps: &'static str,
        status: Status,
    ) -> Contact<u8, &'static str> {
        Contact {
            patient,
            date: date.parse().unwrap(),
            rpps: Some(rpps),
            finess: Some("750000001"),
            status,
            attributes: Attributes::NONE,
        }
    }

    // req: TBB.INS.01
    // req: TBB.INS.02
    #[test]
    fn a_patient_counts_once_a_month_with_the_last_status() {
        let mut doubtful = contact(4, "2026-10-05", "A", Status::Provisoire);
        doubtful.attributes = Attributes::DOUTEUX;
        let table = rates([
            contact(1, "2026-10-20", "A", Status::Qualifiee),
            contact(1, "2026-10-02", "A", Status::Provisoire),
            contact(2, "2026-10-02", "A", Status::Recuperee),
            contact(3, "2026-10-02", "B", Status::Validee),
            contact(1, "2026-11-02", "A", Status::Qualifiee),
            doubtful,
        ]);
        let shown: Vec<_> = table
            .iter()
            .map(|(line, c)| {
                (
                    line.month,
                    line.rpps.unwrap(),
                    Status::ALL.map(|s| c.get(s)),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                (10, "A", [0, 1, 0, 1]),
                (10, "B", [0, 0, 1, 0]),
                (11, "A", [0, 0, 0, 1])
            ]
        );
        assert_eq!(Counts::default().share(Status::Qualifiee), None);
    }
}
