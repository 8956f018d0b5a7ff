//! Reading INSEE's yearly files, and the same data as published by data.gouv.fr.

use std::io::Read;

use chrono::NaiveDate;

use super::code::Code;
use super::error::{CogError, Place};
use super::period::Period;

/// One name of one commune under one code during one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) code: Code,
    pub(super) arrondissement: bool,
    pub(super) tncc: u8,
    pub(super) label: String,
    pub(super) period: Period,
}

/// One country or territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CountryRow {
    pub(super) code: Code,
    pub(super) iso: String,
    pub(super) label: String,
}

/// One postal code of one commune, with the commune's population.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PostalRow {
    pub(super) postal: u32,
    pub(super) code: Code,
    pub(super) population: u32,
}

/// Communes with their periods: a header row names `COM`, `LIBELLE`, `DATE_DEBUT`, `DATE_FIN`, and
/// optionally `TNCC` and `TYPECOM`. Comma, semicolon or tab.
pub(super) fn communes(input: impl Read) -> Result<Vec<Row>, CogError> {
    let mut table = Table::open("communes", input)?;
    let code = table.column("COM")?;
    let label = table.column("LIBELLE")?;
    let (from, until) = (table.column("DATE_DEBUT")?, table.column("DATE_FIN")?);
    let (tncc, kind) = (table.position("TNCC"), table.position("TYPECOM"));
    let mut rows = Vec::new();
    while let Some(record) = table.next()? {
        let kind = kind.map_or("COM", |i| record.get(i));
        if !matches!(kind, "COM" | "ARM") {
            continue;
        }
        let period = Period::new(record.date(from)?, record.date(until)?)
            .ok_or_else(|| CogError::Period(record.place(from)))?;
        rows.push(Row {
            code: record.code(code)?,
            arrondissement: kind == "ARM",
            tncc: match tncc.map_or("", |i| record.get(i)) {
                "" => 0,
                text => text
                    .parse()
                    .map_err(|_| CogError::Number(record.place(tncc.unwrap_or(0))))?,
            },
            label: record.text(label)?,
            period,
        });
    }
    rows.sort_by(|a, b| (a.code, a.period.from, &a.label).cmp(&(b.code, b.period.from, &b.label)));
    Ok(rows)
}

/// Countries and territories: `COG`, `LIBELLE` (or `LIBCOG`), optionally `ISO_OR_PSEUDO` or `CODEISO2`.
pub(super) fn countries(input: impl Read) -> Result<Vec<CountryRow>, CogError> {
    let mut table = Table::open("countries", input)?;
    let code = table.column("COG")?;
    let label = match table.position("LIBCOG") {
        Some(column) => column,
        None => table.column("LIBELLE")?,
    };
    let iso = table
        .position("ISO_OR_PSEUDO")
        .or_else(|| table.position("CODEISO2"));
    let mut rows = Vec::new();
    while let Some(record) = table.next()? {
        if record.get(code).starts_with("XXXXX") {
            continue;
        }
        rows.push(CountryRow {
            code: record.code(code)?,
            iso: iso.map_or("", |i| record.get(i)).to_owned(),
            label: record.text(label)?,
        });
    }
    rows.sort_by(|a, b| (a.code, &a.label).cmp(&(b.code, &b.label)));
    Ok(rows)
}

/// Postal codes: `CODE_POSTAL`, `COM`, `POPULATION` (empty: unknown, counted as zero).
pub(super) fn postal_codes(input: impl Read) -> Result<Vec<PostalRow>, CogError> {
    let mut table = Table::open("postal codes", input)?;
    let (postal, code) = (table.column("CODE_POSTAL")?, table.column("COM")?);
    let population = table.column("POPULATION")?;
    let mut rows = Vec::new();
    while let Some(record) = table.next()? {
        let number = |column: usize| match record.get(column) {
            "" => Ok(0),
            text => text
                .parse()
                .map_err(|_| CogError::Number(record.place(column))),
        };
        rows.push(PostalRow {
            postal: number(postal)?,
            code: record.code(code)?,
            population: number(population)?,
        });
    }
    rows.sort_by_key(|row| (row.postal, row.code));
    Ok(rows)
}

/// A delimited text with a header row, read record by record.
struct Table<R> {
    name: &'static str,
    reader: csv::Reader<R>,
    headers: csv::StringRecord,
    record: csv::StringRecord,
}

struct Record<'a> {
    table: &'static str,
    headers: &'a csv::StringRecord,
    fields: &'a csv::StringRecord,
}

impl<R: Read> Table<std::io::Chain<std::io::Cursor<Vec<u8>>, R>> {
    fn open(name: &'static str, mut input: R) -> Result<Self, CogError> {
        let first = header_line(&mut input).map_err(|e| CogError::Read(name, e.into()))?;
        let delimiter = [b'\t', b';', b',']
            .into_iter()
            .find(|d| first.contains(d))
            .unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(delimiter != b'\t')
            .from_reader(std::io::Cursor::new(first).chain(input));
        let headers = reader
            .headers()
            .map_err(|e| CogError::Read(name, e))?
            .clone();
        Ok(Self {
            name,
            reader,
            headers,
            record: csv::StringRecord::new(),
        })
    }
}

impl<R: Read> Table<R> {
    fn position(&self, column: &str) -> Option<usize> {
        self.headers
            .iter()
            .position(|h| h.trim_start_matches('\u{feff}').trim() == column)
    }

    fn column(&self, column: &'static str) -> Result<usize, CogError> {
        self.position(column).ok_or(CogError::Column {
            table: self.name,
            column,
        })
    }

    fn next(&mut self) -> Result<Option<Record<'_>>, CogError> {
        let more = self
            .reader
            .read_record(&mut self.record)
            .map_err(|e| CogError::Read(self.name, e))?;
        Ok(more.then_some(Record {
            table: self.name,
            headers: &self.headers,
            fields: &self.record,
        }))
    }
}

impl Record<'_> {
    fn get(&self, column: usize) -> &str {
        self.fields.get(column).unwrap_or("").trim()
    }

    fn place(&self, column: usize) -> Place {
        Place {
            table: self.table,
            line: self.fields.position().map_or(0, csv::Position::line),
            column: self.headers.get(column).unwrap_or("?").to_owned(),
        }
    }

    fn code(&self, column: usize) -> Result<Code, CogError> {
        Code::parse(self.get(column)).ok_or_else(|| CogError::Code(self.place(column)))
    }

    fn text(&self, column: usize) -> Result<String, CogError> {
        match self.get(column) {
            "" => Err(CogError::Empty(self.place(column))),
            text if text.len() > usize::from(u8::MAX) => Err(CogError::Long(self.place(column))),
            text => Ok(text.to_owned()),
        }
    }

    fn date(&self, column: usize) -> Result<Option<NaiveDate>, CogError> {
        match self.get(column) {
            "" => Ok(None),
            text => NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .map(Some)
                .map_err(|_| CogError::Date(self.place(column))),
        }
    }
}

/// The first line that is not a comment, with its line end. A header is never longer than 4 kB.
fn header_line(input: &mut impl Read) -> std::io::Result<Vec<u8>> {
    const LONGEST: usize = 4096;
    loop {
        let mut line = Vec::new();
        let mut byte = [0u8];
        while input.read(&mut byte)? == 1 {
            line.push(byte[0]);
            if byte[0] == b'\n' || line.len() == LONGEST {
                break;
            }
        }
        if !line.starts_with(b"#") {
            return Ok(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_insee_and_of_data_gouv_are_read_alike() {
        let insee = "COM,TNCC,NCC,NCCENR,LIBELLE,DATE_DEBUT,DATE_FIN\n\
                     2A004,1,AJACCIO,Ajaccio,Ajaccio,1976-01-01,\n";
        let tabs = "# a comment\nCOM\tTYPECOM\tTNCC\tLIBELLE\tDATE_DEBUT\tDATE_FIN\n\
                    2A004\tCOM\t1\tAjaccio\t1976-01-01\t\n\
                    2A999\tCOMD\t1\tDéléguée\t\t\n";
        assert_eq!(
            communes(insee.as_bytes()).unwrap(),
            communes(tabs.as_bytes()).unwrap()
        );
    }

    #[test]
    fn an_error_names_table_line_and_column() {
        let wrong = "COM,LIBELLE,DATE_DEBUT,DATE_FIN\n01001,A,,\n01002,B,1974-02-30,\n";
        let error = communes(wrong.as_bytes()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "table communes, line 3, column DATE_DEBUT: not a date of the form YYYY-MM-DD"
        );
        let error = communes("COM;LIBELLE\n".as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "table communes has no column DATE_DEBUT");
        assert!(communes(&b""[..]).is_err());
    }
}
