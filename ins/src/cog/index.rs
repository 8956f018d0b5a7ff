//! Names in folded order, so that a prefix is a range.

use super::fold::{article_of, fold};
use super::period::Period;
use super::source::Row;

/// One spelling under which a row is found.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    key: u32,
    key_len: u8,
    pub(super) row: u32,
    pub(super) population: u32,
    pub(super) period: Period,
}

/// Sorted spellings: each row under its whole name, and under its name without the article.
pub(super) struct Index {
    keys: String,
    entries: Vec<Entry>,
}

impl Index {
    pub(super) fn new(rows: &[Row], population: impl Fn(&Row) -> u32) -> Self {
        let mut spellings: Vec<(String, u32)> = Vec::with_capacity(rows.len() * 5 / 4);
        for (number, row) in (0_u32..).zip(rows) {
            let whole = fold(&row.label);
            let bare = article_of(row.tncc).and_then(|article| whole.strip_prefix(article));
            if let Some(bare) = bare.filter(|bare| !bare.is_empty()) {
                spellings.push((bare.to_owned(), number));
            }
            spellings.push((whole, number));
        }
        spellings.sort_unstable();
        let mut keys = String::new();
        let mut last = 0..0;
        let entries = spellings
            .into_iter()
            .map(|(spelling, number)| {
                if keys[last.clone()] != spelling {
                    last = keys.len()..keys.len() + spelling.len();
                    keys.push_str(&spelling);
                }
                let row = &rows[number as usize];
                Entry {
                    key: u32::try_from(last.start).unwrap_or(u32::MAX),
                    key_len: u8::try_from(last.len()).unwrap_or(u8::MAX),
                    row: number,
                    population: population(row),
                    period: row.period,
                }
            })
            .collect();
        keys.shrink_to_fit();
        Self { keys, entries }
    }

    pub(super) fn key(&self, entry: &Entry) -> &str {
        let start = entry.key as usize;
        self.keys
            .get(start..start + usize::from(entry.key_len))
            .unwrap_or_default()
    }

    /// The entries whose spelling starts with `prefix`, with the position of the first.
    pub(super) fn starting_with(&self, prefix: &str) -> &[Entry] {
        let start = self.entries.partition_point(|e| self.key(e) < prefix);
        let rest = &self.entries[start..];
        let end = rest.partition_point(|e| self.key(e).starts_with(prefix));
        &rest[..end]
    }

    /// The entries with exactly this spelling.
    pub(super) fn equal_to(&self, spelling: &str) -> &[Entry] {
        let start = self.entries.partition_point(|e| self.key(e) < spelling);
        let rest = &self.entries[start..];
        let end = rest.partition_point(|e| self.key(e) == spelling);
        &rest[..end]
    }

    /// Bytes held in memory.
    pub(super) fn memory(&self) -> usize {
        self.keys.capacity() + self.entries.capacity() * size_of::<Entry>()
    }
}

impl Entry {
    pub(super) fn key_len(&self) -> usize {
        usize::from(self.key_len)
    }
}
