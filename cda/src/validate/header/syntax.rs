//! The forms an attribute may have to take.

use super::model::Syntax;

/// Whether a value has the form asked for.
pub(super) fn holds(form: Syntax, value: &str) -> bool {
    match form {
        Syntax::Any => true,
        Syntax::Text => !value.is_empty(),
        Syntax::Token => !value.is_empty() && !value.contains([' ', '\t', '\n', '\r']),
        Syntax::Uid => is_oid(value) || is_uuid(value) || is_ruid(value),
        Syntax::Oid => is_oid(value),
        Syntax::Time => value.len() >= 4 && value.bytes().take(4).all(|b| b.is_ascii_digit()),
        Syntax::Language => has_language_and_country(value),
        Syntax::Integer => is_integer(value),
        Syntax::OneOf(values) => values.contains(&value),
    }
}

/// An OID as the rules write it: first arc 0 to 2, no leading zero.
fn is_oid(value: &str) -> bool {
    let mut arcs = value.split('.');
    let first = arcs
        .next()
        .is_some_and(|arc| matches!(arc, "0" | "1" | "2"));
    first
        && arcs.all(|arc| {
            !arc.is_empty()
                && arc.bytes().all(|b| b.is_ascii_digit())
                && (arc.len() == 1 || !arc.starts_with('0'))
        })
}

/// A UUID, in either case.
fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

fn is_ruid(value: &str) -> bool {
    value
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic())
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn has_language_and_country(value: &str) -> bool {
    value.as_bytes().windows(5).any(|w| {
        w[0].is_ascii_lowercase()
            && w[1].is_ascii_lowercase()
            && w[2] == b'-'
            && w[3].is_ascii_uppercase()
            && w[4].is_ascii_uppercase()
    })
}

fn is_integer(value: &str) -> bool {
    match value.strip_prefix('-') {
        Some(digits) => {
            !digits.is_empty()
                && !digits.starts_with('0')
                && digits.bytes().all(|b| b.is_ascii_digit())
        }
        None => value.bytes().all(|b| b.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (form, good, bad) in [
            (Syntax::Uid, "1.2.250.1", "urn:oid:1.2.250"),
            (
                Syntax::Uid,
                "0f0e0d0c-0b0a-0908-0706-050403020100",
                "0f0e0d0c_0b0a",
            ),
            (Syntax::Oid, "2.16.840.1.113883.1.3", "2.16.08"),
            (Syntax::Oid, "0", "3.1"),
            (Syntax::Time, "2024", "202"),
            (Syntax::Time, "2024anything", "abcd"),
            (Syntax::Language, "fr-FR", "fr"),
            (Syntax::Language, "en-US", "FR-fr"),
            (Syntax::Integer, "007", "-0"),
            (Syntax::Integer, "", "1.5"),
            (Syntax::Token, "a", "a b"),
            (Syntax::Text, " ", ""),
            (Syntax::OneOf(&["A", "B"]), "B", "b"),
        ] {
            assert!(holds(form, good), "{form:?} {good}");
            assert!(!holds(form, bad), "{form:?} {bad}");
        }
    }
}
