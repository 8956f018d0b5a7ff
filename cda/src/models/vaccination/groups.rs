//! Which antigen groups a vaccine has, by its ATC code.

use std::sync::LazyLock;

use crate::models::certificates::Antigen;
use crate::models::table::{Edition, Table, TableError, is_verified};

static KNOWN: LazyLock<VaccineGroups> = LazyLock::new(|| {
    VaccineGroups::parse(include_str!("../../../data/vaccine-groups.tsv")).unwrap_or_default()
});

/// The antigen groups of vaccines by ATC code: certificates and schedule tell groups, boxes tell products.
///
/// Only the rows that say so are verified: J07CA09, J07AL and the codes that are groups themselves. For the others, the split follows
/// the names of the ATC codes (`unverified`); a site loads its own table with [`VaccineGroups::parse`].
///
/// ```
/// use segur_cda::models::VaccineGroups;
/// use segur_cda::models::certificates::Antigen;
///
/// let groups = VaccineGroups::embedded();
/// assert_eq!(
///     groups.antigens("J07CA09"),
///     [Antigen::DiphtheriaPolioTetanus, Antigen::Pertussis, Antigen::HaemophilusB, Antigen::HepatitisB],
/// );
/// assert_eq!(groups.antigens("J07AL02"), [Antigen::Pneumococcus]);
/// assert!(groups.antigens("J07BM03").is_empty()); // certificates do not have it
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VaccineGroups {
    edition: Edition,
    rows: Vec<GroupRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct GroupRow {
    /// ATC code, or its beginning.
    atc: String,
    is_start: bool,
    groups: Vec<String>,
    verified: bool,
}

impl VaccineGroups {
    /// The table of this version of the crate.
    pub fn embedded() -> &'static Self {
        &KNOWN
    }

    /// Reads a table: columns `atc` (a code; `*` at its end stands for any end), `groups` (ATC codes of groups, with spaces between),
    /// `evidence` (`verified` or `unverified`), separated by tabs.
    ///
    /// # Errors
    /// The first cell that cannot be taken, with its line.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let table = Table::read(text)?;
        let mut rows = Vec::new();
        for row in table.rows() {
            let atc = row.need("atc")?;
            let start = atc.strip_suffix('*');
            let groups: Vec<String> = row
                .need("groups")?
                .split_whitespace()
                .map(str::to_owned)
                .collect();
            let of_form = |code: &str| super::is_atc(code);
            if !of_form(start.unwrap_or(atc)) {
                return Err(row.wrong("atc", "an ATC code, as J07CA09 or J07AL*"));
            }
            if !groups.iter().all(|group| of_form(group)) {
                return Err(row.wrong("groups", "ATC codes with spaces between"));
            }
            rows.push(GroupRow {
                atc: start.unwrap_or(atc).to_owned(),
                is_start: start.is_some(),
                groups,
                verified: row.map("evidence", "verified or unverified", is_verified)?,
            });
        }
        Ok(Self {
            edition: table.edition,
            rows,
        })
    }

    /// Where the table comes from.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    fn row(&self, atc: &str) -> Option<&GroupRow> {
        let exact = self.rows.iter().find(|r| !r.is_start && r.atc == atc);
        exact.or_else(|| {
            let starts = self.rows.iter().filter(|r| r.is_start);
            starts
                .filter(|r| atc.starts_with(&r.atc))
                .max_by_key(|r| r.atc.len())
        })
    }

    /// The ATC codes of the groups; none when the table does not have the product.
    pub fn groups(&self, atc: &str) -> Option<&[String]> {
        self.row(atc).map(|row| row.groups.as_slice())
    }

    /// Whether the split of this product has a source that was read.
    pub fn is_verified(&self, atc: &str) -> bool {
        self.row(atc).is_some_and(|row| row.verified)
    }

    /// The groups that certificates have; empty when there are none, or the product is not known.
    pub fn antigens(&self, atc: &str) -> Vec<Antigen> {
        match self.row(atc) {
            Some(row) => row
                .groups
                .iter()
                .filter_map(|code| Antigen::from_atc(code))
                .collect(),
            None => Antigen::from_atc(atc).into_iter().collect(),
        }
    }

    /// Whether a dose of the product counts for a group.
    pub(in crate::models) fn counts_for(&self, atc: &str, group: &str) -> bool {
        match self.row(atc) {
            Some(row) => atc == group || row.groups.iter().any(|known| known == group),
            None => atc.starts_with(group),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_reads_and_names_its_source() {
        let text = include_str!("../../../data/vaccine-groups.tsv");
        let table = VaccineGroups::parse(text).unwrap();
        assert_eq!(&table, VaccineGroups::embedded());
        assert!(table.rows.len() >= 17);
        assert!(!table.edition().source.is_empty());
        let known = |code: &String| Antigen::from_atc(code).is_some();
        assert!(table.rows.iter().all(|row| row.groups.iter().all(known)));
    }

    // req: LGC.CSE.15
    #[test]
    fn products_split_and_say_whether_that_is_sure() {
        let table = VaccineGroups::embedded();
        assert!(table.is_verified("J07CA09") && table.is_verified("J07AL07"));
        assert!(!table.is_verified("J07CA02") && !table.is_verified("J07BM03"));
        let two = [Antigen::DiphtheriaPolioTetanus, Antigen::Pertussis];
        assert_eq!(table.antigens("J07CA02"), two);
        assert_eq!(table.antigens("J07AJ"), [Antigen::Pertussis]); // a group is its own
        assert_eq!(table.groups("J07BM03"), None);
    }

    #[test]
    fn a_broken_table_is_refused_at_its_line() {
        let refused = |text: &str| VaccineGroups::parse(text).unwrap_err().to_string();
        assert_eq!(
            refused("atc\tgroups\tevidence\nJ07CA09\tJ07AJ\tperhaps\n"),
            "line 2, column `evidence`: expected verified or unverified"
        );
        assert!(refused("# note\natc\tgroups\tevidence\nX9\tJ07AJ\tverified\n").contains("line 3"));
        assert!(refused("atc\tgroups\nJ07CA09\tJ07AJ\n").contains("`evidence`"));
    }
}
