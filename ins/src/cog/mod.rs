//! Code officiel géographique: where a person was born, as a code that INSi understands.
//!
//! The table knows every commune of metropolitan France and of the overseas départements since 1943
//! under each of its names and codes with their periods, the municipal arrondissements, the overseas
//! collectivities (without history), countries, and postal codes with populations.
//!
//! ```
//! # #[cfg(feature = "cog-embedded")] {
//! use chrono::NaiveDate;
//! use segur_ins::cog::Cog;
//!
//! let cog = Cog::embedded();
//! let born = NaiveDate::from_ymd_opt(1960, 5, 1).ok_or("no such day").unwrap();
//! let found = cog.lookup("antony", born, None);
//! assert_eq!(found.len(), 1);
//! assert_eq!(found[0].commune.code().as_str(), "75002"); // the Seine ended in 1968
//!
//! let typed = cog.complete("saint-den", Some(born), 20);
//! assert!(typed[0].in_period);
//! # }
//! ```
//!
//! Source: INSEE, Code officiel géographique 2026, Licence Ouverte 2.0; postal codes: La Poste,
//! base Hexasmal, Licence Ouverte 2.0. A product that embeds the table shows this line.
//!
//! Births before 1943, and births in an overseas département before it became one, are answered by the rows with an
//! open beginning or out of period. Algeria before its independence is a country here (`99352`). The answers of INSi
//! decide: never correct the place that INSi returns.

mod code;
mod commune;
mod compiled;
mod error;
mod fold;
mod index;
mod period;
mod search;
mod source;

use std::io::{Read, Write};

pub use commune::{Commune, Country, Match};
pub use error::{CogError, Place};
pub use fold::fold;
pub use period::Period;

use segur_core::CodeCommune;

use code::Code;
use compiled::Tables;
use index::Index;
use source::CountryRow;

/// What the product must show when it embeds the table (Licence Ouverte 2.0).
pub const ATTRIBUTION: &str = "Source: INSEE, Code officiel géographique 2026, Licence Ouverte 2.0; \
     La Poste, base officielle des codes postaux, Licence Ouverte 2.0";

/// The tables, indexed. Build once, share: it is `Send + Sync`, and every question borrows it.
pub struct Cog {
    rows: Vec<Stored>,
    labels: String,
    index: Index,
    populations: Vec<(Code, u32)>,
    postal: Vec<(u32, Code)>,
    countries: Vec<NamedCountry>,
}

/// A row whose label lies in the common text.
struct Stored {
    code: Code,
    commune: CodeCommune,
    label: u32,
    label_len: u8,
    arrondissement: bool,
    period: Period,
}

struct NamedCountry {
    key: String,
    code: CodeCommune,
    row: CountryRow,
}

impl NamedCountry {
    fn view(&self) -> Country<'_> {
        Country {
            code: self.code,
            label: &self.row.label,
            iso: &self.row.iso,
        }
    }
}

/// Compiles INSEE's yearly files into the compact form that [`Cog::from_compiled`] reads.
#[derive(Debug, Default)]
pub struct CogBuilder {
    tables: Tables,
}

impl CogBuilder {
    /// Communes with their periods, as delimited text (comma, semicolon or tab) with a header that names at least `COM`,
    /// `LIBELLE`, `DATE_DEBUT`, `DATE_FIN`; `TNCC` and `TYPECOM` are used when there. Rows of another kind than
    /// `COM` and `ARM` are left out. Several files add up (metropole, overseas).
    ///
    /// The columns of INSEE's own file "communes depuis 1943" are `unverified`: it could not be fetched when this
    /// was written. A missing column is an error, never a guess.
    ///
    /// # Errors
    /// [`CogError`] with table, line and column.
    pub fn communes(mut self, input: impl Read) -> Result<Self, CogError> {
        self.tables.communes.extend(source::communes(input)?);
        self.tables.communes.sort_by(|a, b| {
            (a.code, a.period.from, &a.label).cmp(&(b.code, b.period.from, &b.label))
        });
        Ok(self)
    }

    /// Countries: a header with `COG` and `LIBELLE` or `LIBCOG`.
    ///
    /// # Errors
    /// [`CogError`] with table, line and column.
    pub fn countries(mut self, input: impl Read) -> Result<Self, CogError> {
        self.tables.countries = source::countries(input)?;
        Ok(self)
    }

    /// Postal codes: a header with `CODE_POSTAL`, `COM`, `POPULATION`.
    ///
    /// # Errors
    /// [`CogError`] with table, line and column.
    pub fn postal_codes(mut self, input: impl Read) -> Result<Self, CogError> {
        self.tables.postal = source::postal_codes(input)?;
        Ok(self)
    }

    /// Writes the compact form.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        self.tables.write(out)
    }

    /// Indexes what was read.
    #[must_use]
    pub fn build(self) -> Cog {
        Cog::index(self.tables)
    }
}

impl Cog {
    /// An empty builder.
    #[must_use]
    pub fn builder() -> CogBuilder {
        CogBuilder::default()
    }

    /// The table that comes with the crate (edition 2026). Takes some milliseconds: keep the result.
    #[cfg(feature = "cog-embedded")]
    #[must_use]
    pub fn embedded() -> Self {
        // A test reads the embedded bytes, so the empty table is never what a user gets.
        Self::index(Tables::read(include_bytes!("../../data/cog.bin")).unwrap_or_default())
    }

    /// A table that [`CogBuilder::write`] made, for a site that follows INSEE between two releases.
    ///
    /// # Errors
    /// [`CogError::Compiled`] when the bytes are damaged or of another version.
    pub fn from_compiled(bytes: &[u8]) -> Result<Self, CogError> {
        Ok(Self::index(Tables::read(bytes)?))
    }

    fn index(mut tables: Tables) -> Self {
        // Only a damaged table holds others; a row and its place in the index stay together.
        tables
            .communes
            .retain(|row| row.code.to_commune().is_some());
        let mut populations: Vec<(Code, u32)> = tables
            .postal
            .iter()
            .map(|r| (r.code, r.population))
            .collect();
        populations.sort_unstable();
        populations.dedup_by_key(|(code, _)| *code);
        populations.shrink_to_fit();
        let index = Index::new(&tables.communes, |row| {
            let live = row.period.until().is_none();
            let found = populations.binary_search_by_key(&row.code, |(code, _)| *code);
            found
                .ok()
                .filter(|_| live)
                .map_or(0, |at| populations[at].1)
        });
        let mut labels = String::new();
        let rows = tables
            .communes
            .iter()
            .filter_map(|row| {
                let label = u32::try_from(labels.len()).unwrap_or(u32::MAX);
                labels.push_str(&row.label);
                Some(Stored {
                    code: row.code,
                    commune: row.code.to_commune()?,
                    label,
                    label_len: u8::try_from(row.label.len()).unwrap_or(u8::MAX),
                    arrondissement: row.arrondissement,
                    period: row.period,
                })
            })
            .collect();
        labels.shrink_to_fit();
        let mut countries: Vec<NamedCountry> = tables
            .countries
            .into_iter()
            .filter_map(|row| {
                let code = row.code.to_commune()?;
                Some(NamedCountry {
                    key: fold(&row.label),
                    code,
                    row,
                })
            })
            .collect();
        countries.sort_by(|a, b| a.key.cmp(&b.key));
        let mut postal: Vec<(u32, Code)> =
            tables.postal.iter().map(|r| (r.postal, r.code)).collect();
        postal.sort_unstable();
        Self {
            rows,
            labels,
            index,
            populations,
            postal,
            countries,
        }
    }

    /// Every name of every commune, in the order of codes and periods.
    pub fn communes(&self) -> impl ExactSizeIterator<Item = Commune<'_>> {
        let count = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        (0..count).map(|row| self.commune(row))
    }

    /// Bytes that the tables hold in memory, without the allocator's own.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.rows.capacity() * size_of::<Stored>()
            + self.labels.capacity()
            + self.index.memory()
            + self.populations.capacity() * size_of::<(Code, u32)>()
            + self.postal.capacity() * size_of::<(u32, Code)>()
            + self
                .countries
                .iter()
                .map(|c| c.key.capacity() + c.row.label.capacity())
                .sum::<usize>()
            + self.countries.capacity() * size_of::<NamedCountry>()
    }

    fn commune(&self, row: u32) -> Commune<'_> {
        Commune { cog: self, row }
    }

    fn label(&self, row: u32) -> &str {
        let stored = &self.rows[row as usize];
        let start = stored.label as usize;
        self.labels
            .get(start..start + usize::from(stored.label_len))
            .unwrap_or_default()
    }

    fn population(&self, code: Code) -> Option<u32> {
        let at = self
            .populations
            .binary_search_by_key(&code, |(code, _)| *code)
            .ok()?;
        Some(self.populations[at].1).filter(|people| *people > 0)
    }
}

impl std::fmt::Debug for Cog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cog")
            .field("communes", &self.rows.len())
            .field("countries", &self.countries.len())
            .field("postal_codes", &self.postal.len())
            .finish()
    }
}
