//! Reading a payload, with what scanners do to it.

use chrono::NaiveDate;
use segur_core::Sex;

use super::encode::allows;
use super::{Field, GS, HEADER, Payload};

/// What a scanner gave, and what had to be forgiven to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The payload.
    pub payload: Payload,
    /// Each deviation from the format that did not prevent reading.
    pub tolerances: Vec<Tolerance>,
}

/// A deviation that reading forgave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tolerance {
    /// The scanner sent an AIM symbology prefix (`]d1`, `]d2`).
    AimPrefix,
    /// The header names another version than `01`.
    Version,
    /// The twenty-two reserved digits are not all zero.
    ReservedDigits,
    /// The end of this field was found without GS: the scanner dropped or replaced it.
    LostSeparator(Field),
    /// A line end or blank stood after the last field.
    TrailingBlank,
    /// This name has a character that names cannot have, such as a digit in test data.
    UnusualCharacter(Field),
    /// Letters came in lower case (keyboard state of a wedge scanner).
    LowerCase,
}

impl Tolerance {
    /// What happened, in French and in English.
    #[must_use]
    pub const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::AimPrefix => (
                "préfixe AIM envoyé par le lecteur",
                "AIM prefix sent by the scanner",
            ),
            Self::Version => ("version d'en-tête inconnue", "unknown header version"),
            Self::ReservedDigits => (
                "chiffres réservés de l'en-tête non nuls",
                "reserved header digits are not zero",
            ),
            Self::LostSeparator(_) => (
                "séparateur GS perdu ou remplacé par le lecteur",
                "separator GS lost or replaced by the scanner",
            ),
            Self::TrailingBlank => (
                "blancs après le dernier champ",
                "blanks after the last field",
            ),
            Self::UnusualCharacter(_) => (
                "caractère qu'un nom ne peut pas contenir",
                "character that a name cannot have",
            ),
            Self::LowerCase => ("lettres en minuscules", "letters in lower case"),
        }
    }
}

/// The text is no INS Datamatrix, or a broken one. Names the field, never its value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The header is not the one of an INS Datamatrix: another 2D code was scanned.
    #[error("this is not an INS Datamatrix: it does not start with IS and 24 digits")]
    Header,
    /// What follows a field is not the id of one.
    #[error("character {position}: S1 to S7 is expected here")]
    UnknownField {
        /// From 1, in the text given.
        position: usize,
    },
    /// A field stands twice.
    #[error("field {0} stands twice")]
    Duplicate(Field),
    /// A mandatory field is missing.
    #[error("field {0} is missing")]
    Missing(Field),
    /// The text ends inside a field, or the field is too short.
    #[error("field {0} is too short: the code was not read to its end")]
    Short(Field),
    /// The value cannot be what the field holds.
    #[error("field {0} holds a value that its format does not allow")]
    Value(Field),
    /// The text is longer than any INS Datamatrix can be.
    #[error("{0} bytes are too long for an INS Datamatrix")]
    TooLong(usize),
}

/// Longest text that is looked at: 291 characters and what scanners add.
const LONGEST: usize = 512;

impl Payload {
    /// Reads what a scanner sent: fields in any order, with or without the GS separators.
    ///
    /// The key of the matricule and the OID are not judged here: read them as
    /// `segur_core::MatriculeIns`, with the policy of the caller.
    ///
    /// # Errors
    /// [`DecodeError`] when the text is no INS Datamatrix, or a broken one.
    pub fn decode(text: &str) -> Result<Scan, DecodeError> {
        if text.len() > LONGEST {
            return Err(DecodeError::TooLong(text.len()));
        }
        let mut tolerances = Vec::new();
        let mut rest = text.trim_start();
        for prefix in ["]d1", "]d2"] {
            if let Some(stripped) = rest.strip_prefix(prefix) {
                tolerances.push(Tolerance::AimPrefix);
                rest = stripped;
            }
        }
        let trimmed = rest.trim_end();
        if trimmed.len() < rest.len() {
            tolerances.push(Tolerance::TrailingBlank);
        }
        let upper = trimmed.to_ascii_uppercase();
        if upper != trimmed {
            tolerances.push(Tolerance::LowerCase);
        }
        let body = header(&upper, &mut tolerances)?;
        let start = text.len() - text.trim_start().len();
        let values = fields(body, start + upper.len() - body.len(), &mut tolerances)?;
        Ok(Scan {
            payload: payload(&values)?,
            tolerances,
        })
    }
}

fn header<'a>(text: &'a str, tolerances: &mut Vec<Tolerance>) -> Result<&'a str, DecodeError> {
    let (header, body) = text
        .split_at_checked(HEADER.len())
        .ok_or(DecodeError::Header)?;
    let digits = header.strip_prefix("IS").ok_or(DecodeError::Header)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DecodeError::Header);
    }
    let (version, reserved) = digits.split_at(2);
    if version != "01" {
        tolerances.push(Tolerance::Version);
    }
    if reserved.bytes().any(|b| b != b'0') {
        tolerances.push(Tolerance::ReservedDigits);
    }
    Ok(body)
}

type Values<'a> = [Option<&'a str>; 7];

fn fields<'a>(
    body: &'a str,
    offset: usize,
    tolerances: &mut Vec<Tolerance>,
) -> Result<Values<'a>, DecodeError> {
    let mut values: Values<'a> = [None; 7];
    let mut rest = body;
    while !rest.is_empty() {
        let position = offset + body.len() - rest.len() + 1;
        let unknown = DecodeError::UnknownField { position };
        let (id, after) = rest.split_at_checked(2).ok_or(unknown.clone())?;
        let field = Field::from_id(id).ok_or(unknown)?;
        let (value, next, tolerance) = split(field, after)?;
        tolerances.extend(tolerance);
        let slot = &mut values[field as usize];
        if slot.replace(value).is_some() {
            return Err(DecodeError::Duplicate(field));
        }
        rest = next;
    }
    Ok(values)
}

type Split<'a> = (&'a str, &'a str, Option<Tolerance>);

/// The value at the start of `text`, what follows it, and what was forgiven.
fn split(field: Field, text: &str) -> Result<Split<'_>, DecodeError> {
    let (shortest, longest) = field.lengths();
    if !field.is_variable() {
        let (value, rest) = text
            .split_at_checked(longest)
            .ok_or(DecodeError::Short(field))?;
        return Ok((value, rest, None));
    }
    let run = text
        .bytes()
        .take_while(|b| allows(field, char::from(*b)))
        .count();
    // A name holds no digit, so the id of the next field ends it even when GS was lost; the `S` of that id was counted.
    let next_id =
        text[..run].ends_with('S') && text[run..].starts_with(|c: char| ('1'..='7').contains(&c));
    let end = if next_id { run - 1 } else { run };
    let (value, rest) = text.split_at(end.min(longest));
    if value.trim_end().len() < shortest.min(longest) && field != Field::Oid {
        return Err(DecodeError::Short(field));
    }
    if let Some(rest) = rest.strip_prefix(GS) {
        return Ok((value, rest, None));
    }
    if let Some((value, rest)) = odd_name(field, text) {
        return Ok((value, rest, Some(Tolerance::UnusualCharacter(field))));
    }
    let complete = rest.is_empty() || value.len() == longest;
    if complete && (rest.is_empty() || starts_field(rest)) {
        return Ok((value, rest, None));
    }
    // Replaced by a blank, another control character, or the five characters `<GS>`.
    let rest = rest.strip_prefix("<GS>").unwrap_or(rest);
    let rest = rest
        .strip_prefix(|c: char| c.is_ascii_control() || c == ' ')
        .unwrap_or(rest);
    if rest.is_empty() || starts_field(rest) {
        Ok((
            value.trim_end(),
            rest,
            Some(Tolerance::LostSeparator(field)),
        ))
    } else {
        Err(DecodeError::Value(field))
    }
}

/// A name with a character out of the ordinary that GS ends all the same, before any id of a field.
fn odd_name(field: Field, text: &str) -> Option<(&str, &str)> {
    let (value, rest) = text.split_once(GS).filter(|_| is_name(field))?;
    let (shortest, longest) = field.lengths();
    let fits = (shortest..=longest).contains(&value.chars().count());
    let holds_id = Field::ALL
        .into_iter()
        .any(|field| value.contains(field.id()));
    (fits && !holds_id && !value.contains(char::is_control)).then_some((value, rest))
}

fn starts_field(text: &str) -> bool {
    text.get(..2).and_then(Field::from_id).is_some()
}

/// The characters of names were judged when they were split.
fn is_name(field: Field) -> bool {
    matches!(field, Field::GivenNames | Field::FamilyName)
}

fn payload(values: &Values<'_>) -> Result<Payload, DecodeError> {
    let get = |field: Field| {
        let value = values[field as usize].ok_or(DecodeError::Missing(field))?;
        let (shortest, _) = field.lengths();
        if value.len() < shortest {
            Err(DecodeError::Short(field))
        } else if value.chars().all(|c| allows(field, c)) || is_name(field) {
            Ok(value)
        } else {
            Err(DecodeError::Value(field))
        }
    };
    let text = |field: Field| get(field).map(str::to_owned);
    let birth = get(Field::BirthDate)?;
    Ok(Payload {
        matricule: text(Field::Matricule)?,
        oid: text(Field::Oid)?,
        given_names: text(Field::GivenNames)?,
        family_name: text(Field::FamilyName)?,
        sex: match get(Field::Sex)? {
            "F" => Sex::Female,
            _ => Sex::Male,
        },
        birth_date: NaiveDate::parse_from_str(birth, "%d-%m-%Y")
            .map_err(|_| DecodeError::Value(Field::BirthDate))?,
        birth_place: match values[Field::BirthPlace as usize] {
            Some(_) => Some(text(Field::BirthPlace)?),
            None => None,
        },
    })
}
