//! What can go wrong when tables are loaded.

use std::fmt;

/// A table of the COG could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CogError {
    /// The text could not be read as a delimited table.
    #[error("table {0} cannot be read")]
    Read(&'static str, #[source] csv::Error),
    /// A column that the table must have is missing.
    #[error("table {table} has no column {column}")]
    Column {
        /// Which table.
        table: &'static str,
        /// The header that was looked for.
        column: &'static str,
    },
    /// A code is not five digits, nor `2A`/`2B` and three digits.
    #[error("{0}: not a code of five characters")]
    Code(Place),
    /// A date is malformed or does not exist.
    #[error("{0}: not a date of the form YYYY-MM-DD")]
    Date(Place),
    /// A period lies outside 1943 to 2122.
    #[error("{0}: the period does not lie between 1943 and 2122")]
    Period(Place),
    /// A number is malformed.
    #[error("{0}: not a whole number")]
    Number(Place),
    /// A mandatory field is empty.
    #[error("{0}: empty")]
    Empty(Place),
    /// A label is longer than 255 bytes.
    #[error("{0}: longer than 255 bytes")]
    Long(Place),
    /// A compiled table is damaged, or was made by another version of this crate.
    #[error("the compiled table is damaged or of another version ({0}); build it again")]
    Compiled(&'static str),
}

/// Where in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which table.
    pub table: &'static str,
    /// Line, from 1.
    pub line: u64,
    /// Header of the column.
    pub column: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "table {}, line {}, column {}",
            self.table, self.line, self.column
        )
    }
}
