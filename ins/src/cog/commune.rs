//! What a search answers.

use chrono::NaiveDate;
use segur_core::CodeCommune;

use super::Cog;
use super::period::Period;

/// One name of one commune under one code during one period.
#[derive(Clone, Copy)]
pub struct Commune<'a> {
    pub(super) cog: &'a Cog,
    pub(super) row: u32,
}

impl<'a> Commune<'a> {
    /// The code of the place of birth: five characters (`2A004`, `75056`, `97411`).
    #[must_use]
    pub fn code(&self) -> CodeCommune {
        self.cog.rows[self.row as usize].commune
    }

    /// The name as INSEE prints it, with its article.
    #[must_use]
    pub fn label(&self) -> &'a str {
        self.cog.label(self.row)
    }

    /// The time in which this name and this code held together.
    #[must_use]
    pub fn period(&self) -> Period {
        self.cog.rows[self.row as usize].period
    }

    /// Whether name and code were in force on `date`.
    #[must_use]
    pub fn is_live(&self, date: NaiveDate) -> bool {
        self.period().contains(date)
    }

    /// Whether this is a municipal arrondissement of Paris, Lyon or Marseille.
    #[must_use]
    pub fn is_arrondissement(&self) -> bool {
        self.cog.rows[self.row as usize].arrondissement
    }

    /// The département or overseas territory, as in the code: `2A`, `75`, `974`.
    #[must_use]
    pub fn departement(&self) -> String {
        let row = &self.cog.rows[self.row as usize];
        row.commune
            .as_str()
            .chars()
            .take(row.code.department_len())
            .collect()
    }

    /// Inhabitants, when the table of postal codes knows the commune; ended communes have none.
    #[must_use]
    pub fn population(&self) -> Option<u32> {
        self.cog.population(self.cog.rows[self.row as usize].code)
    }
}

impl PartialEq for Commune<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.cog, other.cog) && self.row == other.row
    }
}

impl Eq for Commune<'_> {}

impl std::fmt::Debug for Commune<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Commune")
            .field("code", &self.code())
            .field("label", &self.label())
            .field("period", &self.period())
            .finish()
    }
}

/// A commune that answers what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// The commune.
    pub commune: Commune<'a>,
    /// The whole name was typed, not only its beginning.
    pub exact: bool,
    /// Name and code were in force on the date asked for. `false` marks an answer that was given
    /// only because none was in force: show it as "hors période", never take it silently.
    pub in_period: bool,
}

/// A country or territory of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country<'a> {
    /// `99` and three digits.
    pub code: CodeCommune,
    /// Name in French.
    pub label: &'a str,
    /// ISO 3166-1 alpha-2 code, or INSEE's own code for a state that is no more.
    pub iso: &'a str,
}
