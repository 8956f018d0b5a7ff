//! Dated tables of facts as text: lines `# key<TAB>value`, one line of column names, rows; cells are separated by tabs.

use std::fmt;

/// Why a table cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A column is not there.
    #[error("no column `{column}`: the first line that does not begin with # names the columns")]
    NoColumn {
        /// The column.
        column: &'static str,
    },
    /// A cell has the wrong form.
    #[error("line {line}, column `{column}`: expected {expected}")]
    Cell {
        /// Line of the text, from 1.
        line: usize,
        /// The column.
        column: &'static str,
        /// What is accepted.
        expected: &'static str,
    },
    /// Too many lines.
    #[error("more than {limit} lines")]
    TooLong {
        /// How many are accepted.
        limit: usize,
    },
}

/// Where a table comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edition {
    /// Name of the edition, as `2025`.
    pub name: String,
    /// Who published the facts.
    pub source: String,
    /// Where users read the original; none when no address is sure.
    pub link: Option<String>,
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.source)
    }
}

const MAX_LINES: usize = 100_000;

/// The text cut into cells.
pub(super) struct Table<'t> {
    pub(super) edition: Edition,
    notes: Vec<(&'t str, &'t str)>,
    columns: Vec<&'t str>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

/// One row; cells that say `-` or nothing are none.
pub(super) struct Row<'r, 't> {
    line: usize,
    cells: &'r [&'t str],
    columns: &'r [&'t str],
}

impl<'t> Table<'t> {
    pub(super) fn read(text: &'t str) -> Result<Self, TableError> {
        let mut table = Self {
            edition: Edition::default(),
            notes: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
        };
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        for (at, line) in text.lines().enumerate() {
            if at >= MAX_LINES {
                return Err(TableError::TooLong { limit: MAX_LINES });
            }
            if let Some(note) = line.strip_prefix('#') {
                let (key, value) = note.split_once('\t').unwrap_or((note, ""));
                let value = value.trim();
                if !value.is_empty() && value != "-" {
                    table.notes.push((key.trim(), value));
                }
            } else if table.columns.is_empty() {
                table.columns = line.split('\t').map(str::trim).collect();
            } else if !line.trim().is_empty() {
                let cells = line.split('\t').map(str::trim).collect();
                table.rows.push((at + 1, cells));
            }
        }
        let text = |key| table.note(key).map(str::to_owned);
        table.edition = Edition {
            name: text("edition").unwrap_or_default(),
            source: text("source").unwrap_or_default(),
            link: text("link"),
        };
        Ok(table)
    }

    /// What a line `# key<TAB>value` says.
    pub(super) fn note(&self, key: &str) -> Option<&'t str> {
        let mut notes = self.notes.iter();
        notes
            .find(|(known, _)| *known == key)
            .map(|(_, value)| *value)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_, 't>> {
        self.rows.iter().map(|(line, cells)| Row {
            line: *line,
            cells,
            columns: &self.columns,
        })
    }
}

impl<'t> Row<'_, 't> {
    pub(super) fn get(&self, column: &'static str) -> Result<Option<&'t str>, TableError> {
        let at = self.columns.iter().position(|name| *name == column);
        let at = at.ok_or(TableError::NoColumn { column })?;
        let cell = self.cells.get(at).copied();
        Ok(cell.filter(|cell| !cell.is_empty() && *cell != "-"))
    }

    pub(super) fn need(&self, column: &'static str) -> Result<&'t str, TableError> {
        let cell = self.get(column)?;
        cell.ok_or_else(|| self.wrong(column, "a value"))
    }

    /// The cell, as `read` understands it.
    pub(super) fn map<T>(
        &self,
        column: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, TableError> {
        read(self.need(column)?).ok_or_else(|| self.wrong(column, expected))
    }

    /// The cell, as `read` understands it; none where nothing stands.
    pub(super) fn maybe<T>(
        &self,
        column: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, TableError> {
        let Some(cell) = self.get(column)? else {
            return Ok(None);
        };
        let value = read(cell).ok_or_else(|| self.wrong(column, expected))?;
        Ok(Some(value))
    }

    pub(super) fn wrong(&self, column: &'static str, expected: &'static str) -> TableError {
        TableError::Cell {
            line: self.line,
            column,
            expected,
        }
    }
}

/// Whether the source of a row was read.
pub(super) fn is_verified(cell: &str) -> Option<bool> {
    match cell {
        "verified" => Some(true),
        "unverified" => Some(false),
        _ => None,
    }
}
