//! The compact form of the tables: columns of variable-length numbers, deflated.
//!
//! Layout after inflating, all numbers LEB128: dates (count, days), commune labels (front-coded,
//! sorted), commune columns (code step, kind, label, from, until), country columns, population by
//! commune, postal codes. The file starts with [`MAGIC`] and the length of the inflated form.

use std::io::{Read, Write};

use super::code::Code;
use super::error::CogError;
use super::period::Period;
use super::source::{CountryRow, PostalRow, Row};

const MAGIC: &[u8; 8] = b"SEGCOG\x00\x01";
/// No table of all communes since 1943 comes near; a damaged length must not allocate more.
const LARGEST: u32 = 16 << 20;

/// Everything that a compiled file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tables {
    pub(super) communes: Vec<Row>,
    pub(super) countries: Vec<CountryRow>,
    pub(super) postal: Vec<PostalRow>,
}

impl Tables {
    pub(super) fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let mut body = Vec::new();
        self.write_communes(&mut body);
        self.write_countries(&mut body);
        self.write_postal(&mut body);
        out.write_all(MAGIC)?;
        let length = u32::try_from(body.len()).map_err(std::io::Error::other)?;
        out.write_all(&length.to_le_bytes())?;
        let mut deflated = flate2::write::DeflateEncoder::new(out, flate2::Compression::best());
        deflated.write_all(&body)?;
        deflated.finish()?.flush()
    }

    fn write_communes(&self, out: &mut Vec<u8>) {
        let mut labels: Vec<&str> = self.communes.iter().map(|r| r.label.as_str()).collect();
        labels.sort_unstable();
        labels.dedup();
        let mut dates: Vec<u16> = self
            .communes
            .iter()
            .flat_map(|r| [r.period.from, r.period.until])
            .collect();
        dates.sort_unstable();
        dates.dedup();

        put(out, len(dates.len()));
        for date in &dates {
            put(out, u32::from(*date));
        }
        put(out, len(labels.len()));
        let mut before = "";
        for label in &labels {
            let shared = shared_prefix(before, label);
            put(out, len(shared));
            put_text(out, &label[shared..]);
            before = label;
        }
        let rank = |list: &[u16], x: u16| len(list.binary_search(&x).unwrap_or(0));
        put(out, len(self.communes.len()));
        // Column by column: like stands beside like, and deflate finds it.
        let mut last = 0;
        for row in &self.communes {
            put(out, row.code.0 - last);
            last = row.code.0;
        }
        for row in &self.communes {
            out.push(row.tncc << 1 | u8::from(row.arrondissement));
        }
        for row in &self.communes {
            put(
                out,
                len(labels.binary_search(&row.label.as_str()).unwrap_or(0)),
            );
        }
        for row in &self.communes {
            put(out, rank(&dates, row.period.from));
        }
        for row in &self.communes {
            put(out, rank(&dates, row.period.until));
        }
    }

    fn write_countries(&self, out: &mut Vec<u8>) {
        put(out, len(self.countries.len()));
        for row in &self.countries {
            put(out, row.code.0);
            put_text(out, &row.iso);
            put_text(out, &row.label);
        }
    }

    fn write_postal(&self, out: &mut Vec<u8>) {
        let mut population: Vec<(Code, u32)> =
            self.postal.iter().map(|r| (r.code, r.population)).collect();
        population.sort_unstable();
        population.dedup_by_key(|(code, _)| *code);
        put(out, len(population.len()));
        let mut last = 0;
        for (code, _) in &population {
            put(out, code.0 - last);
            last = code.0;
        }
        for (_, people) in &population {
            put(out, *people);
        }
        put(out, len(self.postal.len()));
        let mut last = 0;
        for row in &self.postal {
            put(out, row.postal - last);
            last = row.postal;
        }
        let mut last = 0_i64;
        for row in &self.postal {
            let at = population
                .binary_search_by_key(&row.code, |(c, _)| *c)
                .unwrap_or(0);
            let at = i64::try_from(at).unwrap_or(0);
            put(out, zigzag(at - last));
            last = at;
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, CogError> {
        let rest = bytes
            .strip_prefix(MAGIC)
            .ok_or(CogError::Compiled("first bytes"))?;
        let (length, deflated) = rest
            .split_at_checked(4)
            .ok_or(CogError::Compiled("length"))?;
        let length = u32::from_le_bytes(length.try_into().unwrap_or_default());
        if length > LARGEST {
            return Err(CogError::Compiled("length"));
        }
        let mut body = Vec::with_capacity(length as usize);
        flate2::read::DeflateDecoder::new(deflated)
            .take(u64::from(length))
            .read_to_end(&mut body)
            .map_err(|_| CogError::Compiled("deflate"))?;
        if body.len() != length as usize {
            return Err(CogError::Compiled("length"));
        }
        let mut input = Input { rest: &body };
        let tables = Self {
            communes: input.communes()?,
            countries: input.countries()?,
            postal: input.postal()?,
        };
        if input.rest.is_empty() {
            Ok(tables)
        } else {
            Err(CogError::Compiled("trailing bytes"))
        }
    }
}

struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    fn byte(&mut self) -> Result<u8, CogError> {
        let (first, rest) = self.rest.split_first().ok_or(CogError::Compiled("end"))?;
        self.rest = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<u32, CogError> {
        let mut value = 0_u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(CogError::Compiled("number"))
    }

    /// A count of things that take at least one byte each, so that it bounds what is allocated.
    fn count(&mut self) -> Result<usize, CogError> {
        let count = self.number()? as usize;
        if count > self.rest.len() {
            Err(CogError::Compiled("count"))
        } else {
            Ok(count)
        }
    }

    fn numbers(&mut self, count: usize) -> Result<Vec<u32>, CogError> {
        (0..count).map(|_| self.number()).collect()
    }

    /// Running sums of steps: codes and postal codes rise.
    fn rising(&mut self, count: usize) -> Result<Vec<u32>, CogError> {
        let mut sum = 0_u32;
        (0..count)
            .map(|_| {
                sum = sum
                    .checked_add(self.number()?)
                    .ok_or(CogError::Compiled("sum"))?;
                Ok(sum)
            })
            .collect()
    }

    fn text(&mut self) -> Result<&'a str, CogError> {
        let length = usize::from(self.byte()?);
        let (text, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(CogError::Compiled("end"))?;
        self.rest = rest;
        std::str::from_utf8(text).map_err(|_| CogError::Compiled("text"))
    }

    fn communes(&mut self) -> Result<Vec<Row>, CogError> {
        let count = self.count()?;
        let dates = self
            .numbers(count)?
            .into_iter()
            .map(|d| u16::try_from(d).map_err(|_| CogError::Compiled("date")))
            .collect::<Result<Vec<_>, _>>()?;
        let count = self.count()?;
        let mut labels: Vec<String> = Vec::with_capacity(count);
        for _ in 0..count {
            let shared = self.number()? as usize;
            let before = labels.last().map_or("", String::as_str);
            let prefix = before.get(..shared).ok_or(CogError::Compiled("prefix"))?;
            let label = [prefix, self.text()?].concat();
            labels.push(label);
        }
        let count = self.count()?;
        let codes = self.rising(count)?;
        let kinds = (0..count)
            .map(|_| self.byte())
            .collect::<Result<Vec<_>, _>>()?;
        let names = self.numbers(count)?;
        let from = self.numbers(count)?;
        let until = self.numbers(count)?;
        let date = |index: u32| {
            dates
                .get(index as usize)
                .copied()
                .ok_or(CogError::Compiled("date index"))
        };
        (0..count)
            .map(|i| {
                Ok(Row {
                    code: Code(codes[i]),
                    arrondissement: kinds[i] & 1 == 1,
                    tncc: kinds[i] >> 1,
                    label: labels
                        .get(names[i] as usize)
                        .ok_or(CogError::Compiled("label index"))?
                        .clone(),
                    period: Period {
                        from: date(from[i])?,
                        until: date(until[i])?,
                    },
                })
            })
            .collect()
    }

    fn countries(&mut self) -> Result<Vec<CountryRow>, CogError> {
        let count = self.count()?;
        (0..count)
            .map(|_| {
                Ok(CountryRow {
                    code: Code(self.number()?),
                    iso: self.text()?.to_owned(),
                    label: self.text()?.to_owned(),
                })
            })
            .collect()
    }

    fn postal(&mut self) -> Result<Vec<PostalRow>, CogError> {
        let count = self.count()?;
        let codes = self.rising(count)?;
        let people = self.numbers(count)?;
        let count = self.count()?;
        let postal = self.rising(count)?;
        let mut at = 0_i64;
        postal
            .into_iter()
            .map(|postal| {
                at += unzigzag(self.number()?);
                let index = usize::try_from(at).map_err(|_| CogError::Compiled("commune"))?;
                let code = *codes.get(index).ok_or(CogError::Compiled("commune"))?;
                Ok(PostalRow {
                    postal,
                    code: Code(code),
                    population: people[index],
                })
            })
            .collect()
    }
}

fn len(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn put(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(0x80 | (value & 0x7f) as u8);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Labels are at most 255 bytes: the readers of the sources see to it.
fn put_text(out: &mut Vec<u8>, text: &str) {
    out.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
    out.extend_from_slice(text.as_bytes());
}

fn shared_prefix(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    (0..=same)
        .rev()
        .find(|n| b.is_char_boundary(*n))
        .unwrap_or(0)
}

fn zigzag(value: i64) -> u32 {
    ((value << 1) ^ (value >> 63)) as u32
}

fn unzigzag(value: u32) -> i64 {
    i64::from(value >> 1) ^ -i64::from(value & 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cog::source;

    fn small() -> Tables {
        Tables {
            communes: source::communes(
                "COM,TNCC,LIBELLE,DATE_DEBUT,DATE_FIN\n\
                 20004,1,Ajaccio,,1976-01-01\n2A004,1,Ajaccio,1976-01-01,\n\
                 91228,1,Évry,,2019-01-01\n91228,1,Évry-Courcouronnes,2019-01-01,\n"
                    .as_bytes(),
            )
            .unwrap(),
            countries: source::countries("COG,LIBELLE\n99352,Algérie\n".as_bytes()).unwrap(),
            postal: source::postal_codes(
                "CODE_POSTAL,COM,POPULATION\n20000,2A004,75000\n91000,91228,66000\n".as_bytes(),
            )
            .unwrap(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        small().write(&mut bytes).unwrap();
        assert_eq!(Tables::read(&bytes).unwrap(), small());
    }

    #[test]
    fn damage_is_an_error_and_never_a_panic() {
        let mut bytes = Vec::new();
        small().write(&mut bytes).unwrap();
        for end in 0..bytes.len() {
            assert!(Tables::read(&bytes[..end]).is_err(), "cut at {end}");
        }
        for at in 0..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x55;
            let _ = Tables::read(&wrong);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_body_is_read_or_refused(body: Vec<u8>) {
            let mut input = Input { rest: &body };
            let _ = input.communes().and_then(|_| input.countries()).and_then(|_| input.postal());
        }

        #[test]
        fn zigzag_comes_back(n in -1_000_000_i64..1_000_000) {
            proptest::prop_assert_eq!(unzigzag(zigzag(n)), n);
        }
    }
}
