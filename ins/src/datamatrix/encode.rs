//! Writing the payload, strictly.

use super::{Field, GS, HEADER, Payload};

/// A payload cannot be written. Names the field, never its value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The value is shorter or longer than the format allows.
    #[error("field {field}: {got} characters, {shortest} to {longest} are allowed")]
    Length {
        /// Which field.
        field: Field,
        /// Length of the value.
        got: usize,
        /// Shortest value allowed.
        shortest: usize,
        /// Longest value allowed.
        longest: usize,
    },
    /// The value has a character that the field cannot carry.
    #[error("field {field}: character {position} is not allowed; use {allowed}")]
    Character {
        /// Which field.
        field: Field,
        /// From 1.
        position: usize,
        /// What is allowed.
        allowed: &'static str,
    },
    /// The year does not have four digits.
    #[error("field S6: the year must lie between 0001 and 9999")]
    Year,
}

impl Payload {
    /// Writes `S1` to `S7` in order, GS where the format asks for it.
    ///
    /// # Errors
    /// [`EncodeError`] names the first field that does not fit. The key of the matricule is not checked here: an
    /// identity checks it when it is built.
    pub fn encode(&self) -> Result<String, EncodeError> {
        let year = chrono::Datelike::year(&self.birth_date);
        if !(1..=9999).contains(&year) {
            return Err(EncodeError::Year);
        }
        let mut out = String::with_capacity(300);
        out.push_str(HEADER);
        let birth = self.birth_date.format("%d-%m-%Y").to_string();
        let mut values: Vec<(Field, &str)> = vec![
            (Field::Matricule, &self.matricule),
            (Field::Oid, &self.oid),
            (Field::GivenNames, &self.given_names),
            (Field::FamilyName, &self.family_name),
            (Field::Sex, self.sex.as_str()),
            (Field::BirthDate, &birth),
        ];
        values.extend(
            self.birth_place
                .as_deref()
                .map(|place| (Field::BirthPlace, place)),
        );
        let last = values.len() - 1;
        for (index, (field, value)) in values.into_iter().enumerate() {
            check(field, value)?;
            out.push_str(field.id());
            out.push_str(value);
            let (_, longest) = field.lengths();
            if field.is_variable() && value.len() < longest && index < last {
                out.push(GS);
            }
        }
        Ok(out)
    }
}

fn check(field: Field, value: &str) -> Result<(), EncodeError> {
    let allowed = allowed(field);
    if let Some(wrong) = value.chars().position(|c| !allows(field, c)) {
        return Err(EncodeError::Character {
            field,
            position: wrong + 1,
            allowed,
        });
    }
    let (shortest, longest) = field.lengths();
    let got = value.len();
    if got < shortest || got > longest {
        return Err(EncodeError::Length {
            field,
            got,
            shortest,
            longest,
        });
    }
    let name = matches!(field, Field::GivenNames | Field::FamilyName);
    let doubled = ["  ", "''", " '", "' "]
        .iter()
        .find_map(|pair| value.find(pair));
    let first = value.starts_with([' ', '-']).then_some(0);
    match first.or(doubled.map(|at| at + 1)).filter(|_| name) {
        Some(at) => Err(EncodeError::Character {
            field,
            position: at + 1,
            allowed,
        }),
        None => Ok(()),
    }
}

/// Source: SEL-MP-043 EF_INS10_02 for the names.
pub(super) fn allows(field: Field, c: char) -> bool {
    match field {
        Field::Oid => c.is_ascii_digit() || c == '.',
        Field::GivenNames | Field::FamilyName => {
            c.is_ascii_uppercase() || matches!(c, ' ' | '\'' | '-')
        }
        Field::BirthDate => c.is_ascii_digit() || c == '-',
        Field::Sex => matches!(c, 'M' | 'F'),
        Field::Matricule | Field::BirthPlace => c.is_ascii_digit() || matches!(c, 'A' | 'B'),
    }
}

fn allowed(field: Field) -> &'static str {
    match field {
        Field::Oid => "digits and dots",
        Field::GivenNames | Field::FamilyName => {
            "A to Z, single spaces, apostrophes and hyphens between words"
        }
        Field::BirthDate => "JJ-MM-AAAA",
        Field::Sex => "M or F",
        Field::Matricule | Field::BirthPlace => "digits, 2A and 2B",
    }
}
