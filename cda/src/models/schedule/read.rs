//! Reads a schedule from its table.

use segur_core::Date;

use super::{Age, Obligation, Schedule, ScheduledDose};
use crate::models::VaccinationKind;
use crate::models::examination::AgeUnit;
use crate::models::table::{Table, TableError, is_verified};

const AGE: &str = "an age, as 8d, 2m or 11y";
const DATE: &str = "a date, as 2025-01-01";

impl Schedule {
    /// Reads a schedule: columns `vaccine`, `groups` (ATC codes with spaces between), `rank`, `kind` (`first`, `booster`), `from`, `to`,
    /// `counted`, `closes` (ages, as `2m`), `status` (`mandatory`, `recommended`, `targeted`), `since`, `born` (dates), `evidence`
    /// (`verified`, `unverified`), separated by tabs; `-` stands for nothing. Lines `# key<TAB>value` tell edition, source and link.
    ///
    /// # Errors
    /// The first cell that cannot be taken, with its line.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let table = Table::read(text)?;
        let mut doses = Vec::new();
        for row in table.rows() {
            let groups = |cell: &str| {
                let codes: Vec<String> = cell.split_whitespace().map(str::to_owned).collect();
                let fine = codes
                    .iter()
                    .all(|code| crate::models::vaccination::is_atc(code));
                fine.then_some(codes)
            };
            doses.push(ScheduledDose {
                vaccine: row.need("vaccine")?.to_owned(),
                groups: row.map("groups", "ATC codes with spaces between", groups)?,
                rank: row.map("rank", "a number from 1", |cell| {
                    cell.parse().ok().filter(|rank| *rank > 0)
                })?,
                kind: row.map("kind", "first or booster", kind)?,
                from: row.map("from", AGE, age)?,
                until: row.maybe("to", AGE, age)?,
                counted_from: row.maybe("counted", AGE, age)?,
                closes: row.maybe("closes", AGE, age)?,
                status: row.map("status", "mandatory, recommended or targeted", status)?,
                mandatory_since: row.maybe("since", DATE, date)?,
                born_since: row.maybe("born", DATE, date)?,
                verified: row.map("evidence", "verified or unverified", is_verified)?,
            });
        }
        Ok(Self {
            valid_from: table.note("valid-from").and_then(date),
            edition: table.edition,
            doses,
            grace: None,
        })
    }
}

fn kind(cell: &str) -> Option<VaccinationKind> {
    match cell {
        "first" => Some(VaccinationKind::First),
        "booster" => Some(VaccinationKind::Booster),
        _ => None,
    }
}

fn status(cell: &str) -> Option<Obligation> {
    match cell {
        "mandatory" => Some(Obligation::Mandatory),
        "recommended" => Some(Obligation::Recommended),
        "targeted" => Some(Obligation::Targeted),
        _ => None,
    }
}

fn date(cell: &str) -> Option<Date> {
    cell.parse().ok()
}

/// At most 150 years, so that adding it to a day stays cheap.
fn age(cell: &str) -> Option<Age> {
    let (count, unit) = cell.split_at_checked(cell.len().checked_sub(1)?)?;
    let (unit, most) = match unit {
        "d" => (AgeUnit::Day, 366),
        "m" => (AgeUnit::Month, 1_800),
        "y" => (AgeUnit::Year, 150),
        _ => return None,
    };
    let count = count.parse().ok().filter(|count| *count <= most)?;
    Some(Age { count, unit })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../data/schedule-2025.tsv");

    // req: VACC/SCHEMA.01
    #[test]
    fn the_embedded_schedule_reads_and_is_dated() {
        let schedule = Schedule::parse(TEXT).unwrap();
        assert_eq!(&schedule, Schedule::france_2025());
        assert_eq!(schedule.doses.len(), 23);
        assert_eq!(schedule.edition.name, "2025");
        assert_eq!(schedule.valid_from, Some("2025-01-01".parse().unwrap()));
        assert!(!schedule.edition.source.is_empty());
        assert_eq!(schedule.edition.link, None);
        let mandatory = |d: &&ScheduledDose| d.status == Obligation::Mandatory;
        assert_eq!(schedule.doses.iter().filter(mandatory).count(), 13);
        assert!(schedule.doses.iter().filter(mandatory).all(|d| d.verified));
    }

    #[test]
    fn a_broken_cell_is_named_with_its_line() {
        let broken = TEXT.replacen("\t4m\t", "\t4w\t", 1);
        assert_eq!(
            Schedule::parse(&broken).unwrap_err().to_string(),
            "line 11, column `from`: expected an age, as 8d, 2m or 11y"
        );
        for (from, to) in [("first", "third"), ("mandatory", "wanted"), ("J07AL", "J7")] {
            assert!(
                Schedule::parse(&TEXT.replacen(from, to, 1)).is_err(),
                "{to}"
            );
        }
    }

    #[test]
    fn ages_are_bounded() {
        assert_eq!(age("0m").map(|a| a.count), Some(0));
        for bad in ["", "m", "2", "2w", "-1y", "151y", "99999m", "é"] {
            assert!(age(bad).is_none(), "{bad}");
        }
    }
}
