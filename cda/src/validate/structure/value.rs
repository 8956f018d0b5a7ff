//! Lexical checks of attribute values and simple content.

use std::borrow::Cow;

use super::data;
use super::schema::{self, Builtin, NONE, SimpleType};

/// Longest list item count and deepest union that the tables hold; deeper ones are refused.
const MAX_DEPTH: u8 = 8;

/// Why a value is not of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Not in the list of values of this enumeration.
    Value(u16),
    /// Not written as the type asks.
    Form,
    /// Too short.
    Length,
}

/// Checks `value` against simple type `id`.
pub(super) fn check(id: u16, value: &str) -> Result<(), Reason> {
    check_at(id, value, 0)
}

fn check_at(id: u16, value: &str, depth: u8) -> Result<(), Reason> {
    let Some(ty) = schema::simple(id) else {
        return Err(Reason::Form);
    };
    if depth > MAX_DEPTH {
        return Err(Reason::Form);
    }
    match ty.builtin {
        Builtin::List => list(ty, value, depth),
        Builtin::Union => union(ty, value, depth),
        Builtin::String => facets(ty, value),
        _ => {
            let value = collapse(value);
            if !lexical(ty.builtin, &value) {
                return Err(Reason::Form);
            }
            facets(ty, &value)
        }
    }
}

fn list(ty: &SimpleType, value: &str, depth: u8) -> Result<(), Reason> {
    let item = ty.members.first().copied().unwrap_or(NONE);
    let mut items = value
        .split([' ', '\t', '\n', '\r'])
        .filter(|i| !i.is_empty())
        .peekable();
    // The built-in lists need an item; the schema's own lists do not.
    let needs_item = matches!(
        schema::simple(item).map(|s| s.builtin),
        Some(Builtin::Nmtoken | Builtin::Idref)
    );
    if needs_item && items.peek().is_none() && ty.name.starts_with("xs:") {
        return Err(Reason::Length);
    }
    items.try_for_each(|i| check_at(item, i, depth + 1))
}

fn union(ty: &SimpleType, value: &str, depth: u8) -> Result<(), Reason> {
    let fits = ty
        .members
        .iter()
        .any(|&m| check_at(m, value, depth + 1).is_ok());
    if fits { Ok(()) } else { Err(Reason::Form) }
}

fn facets(ty: &SimpleType, value: &str) -> Result<(), Reason> {
    if ty.values != NONE {
        return if schema::has_value(ty.values, value) {
            Ok(())
        } else {
            Err(Reason::Value(ty.values))
        };
    }
    if ty.min_length > 0
        && value.chars().take(ty.min_length.into()).count() < usize::from(ty.min_length)
    {
        return Err(Reason::Length);
    }
    for &pattern in ty.patterns {
        let matches = data::PATTERNS
            .get(usize::from(pattern))
            .is_some_and(|dfa| dfa.accepts(value.as_bytes()));
        if !matches {
            return Err(Reason::Form);
        }
    }
    if ty.min.is_some() || ty.max.is_some() {
        // Bounds are on numbers only, whose form is checked above. NaN is neither above nor below.
        let number = match value {
            "INF" => f64::INFINITY,
            "-INF" => f64::NEG_INFINITY,
            "NaN" => f64::NAN,
            other => other.parse().unwrap_or(f64::NAN),
        };
        let inside =
            ty.min.is_none_or(|min| number >= min) && ty.max.is_none_or(|max| number <= max);
        if !inside {
            return Err(Reason::Form);
        }
    }
    Ok(())
}

/// White space trimmed, and each run in between made one space.
pub(super) fn collapse(value: &str) -> Cow<'_, str> {
    // Nearly no value has any.
    if !value.bytes().any(|b| b <= b' ') {
        return Cow::Borrowed(value);
    }
    let words: Vec<&str> = value
        .split([' ', '\t', '\n', '\r'])
        .filter(|w| !w.is_empty())
        .collect();
    Cow::Owned(words.join(" "))
}

fn lexical(builtin: Builtin, value: &str) -> bool {
    match builtin {
        Builtin::Nmtoken => !value.is_empty() && value.chars().all(is_name_char),
        Builtin::Id | Builtin::Idref => is_ncname(value),
        Builtin::Boolean => matches!(value, "true" | "false" | "1" | "0"),
        Builtin::Integer => is_integer(value),
        Builtin::Decimal => is_decimal(value),
        Builtin::Double => is_double(value),
        Builtin::AnyUri => super::uri::is_any_uri(value),
        Builtin::Base64Binary => is_base64(value),
        Builtin::String | Builtin::Token | Builtin::List | Builtin::Union => true,
    }
}

fn unsigned(value: &str) -> &str {
    value.strip_prefix(['+', '-']).unwrap_or(value)
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn is_integer(value: &str) -> bool {
    let value = unsigned(value);
    !value.is_empty() && digits(value)
}

fn is_decimal(value: &str) -> bool {
    let value = unsigned(value);
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    !(whole.is_empty() && fraction.is_empty()) && digits(whole) && digits(fraction)
}

fn is_double(value: &str) -> bool {
    match value.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => is_decimal(mantissa) && is_integer(exponent),
        None => matches!(value, "INF" | "-INF" | "NaN") || is_decimal(value),
    }
}

/// Base64 of RFC 2045 as XML Schema writes it: groups of four, white space anywhere (already collapsed).
fn is_base64(value: &str) -> bool {
    let mut count = 0usize;
    let mut padding = 0usize;
    let mut last = b'A';
    for byte in value.bytes().filter(|&b| b != b' ') {
        match byte {
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => last = byte,
            _ => return false,
        }
        count += 1;
    }
    // The bits of the last digit that the padding cuts off are zero.
    let clean = match padding {
        0 => true,
        1 => b"AEIMQUYcgkosw048".contains(&last),
        2 => b"AQgw".contains(&last),
        _ => false,
    };
    count.is_multiple_of(4) && clean
}

/// `NameStartChar` of XML 1.0 (fourth edition tables differ in rare characters only).
fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c == '_'
        || matches!(c, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || c.is_ascii_digit()
        || matches!(c, ':' | '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

fn is_ncname(value: &str) -> bool {
    let mut chars = value.chars();
    chars.next().is_some_and(is_name_start) && chars.all(|c| c != ':' && is_name_char(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_name(name: &str) -> u16 {
        let found = data::SIMPLE_TYPES.iter().position(|t| t.name == name);
        u16::try_from(found.unwrap()).unwrap()
    }

    #[test]
    fn each_type_takes_its_form_only() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            (
                "ts",
                &["2", "20240101", "202401011200+01"],
                &["", " 2024", "2024-01", "20240101+0100"],
            ),
            (
                "uid",
                &[
                    "1.2.250",
                    "0",
                    "AB-1",
                    "00000000-aaaa-0000-0000-zzzzzzzzzzzz",
                ],
                &["", "3.1", "1.02", "1.2.", "é"],
            ),
            ("cs", &["a", " a ", "é"], &["", " ", "a b"]),
            ("st", &[" ", "a"], &[""]),
            ("bl", &["true", " false "], &["1", "TRUE", ""]),
            ("int", &["0", "-12", "+1", " 1 "], &["", "1.0", "-", "1 2"]),
            ("int_pos", &["1", "99999999999999999999"], &["0", "-1"]),
            (
                "real",
                &["1.", ".5", "-1e5", "INF", "1E-3"],
                &["", ".", "1,5", "2e", "+INF", "e5"],
            ),
            (
                "probability",
                &["0", "1.0", "5e-1"],
                &["1.01", "-0.1", "NaN", "INF"],
            ),
            (
                "bin",
                &["", "QUI=", "QQ==", "QU JD"],
                &["Q", "QR==", "Q===", "QUI", "=QUI"],
            ),
            ("xs:NMTOKENS", &["a", " a  b:1 "], &["", " ", "a b("]),
            ("xs:ID", &["a", "_1", " é "], &["", "1a", "a:b", "a b"]),
            ("xs:boolean", &["1", "0", "true"], &["", "yes"]),
            (
                "set_EntityNamePartQualifier",
                &["", "BR", " BR  CL "],
                &["br", "BR,CL"],
            ),
            ("list_int", &["", "1 2", "-1"], &["1 a"]),
            ("NullFlavor", &["UNK", " NI "], &["", "NP", "unk"]),
        ];
        for (name, good, bad) in cases {
            let id = by_name(name);
            for value in *good {
                assert_eq!(check(id, value), Ok(()), "{name} {value:?}");
            }
            for value in *bad {
                assert!(check(id, value).is_err(), "{name} {value:?}");
            }
        }
    }
}
