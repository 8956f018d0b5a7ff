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

/// Whether a value is another one with a slip: dots or an end forgotten, or one to three characters off. A sibling
/// (same parent, other last arc) is another identifier.
pub(super) fn is_slip(wanted: &str, found: &str) -> bool {
    const MOST: usize = 3;
    if found == wanted || wanted.len() < 8 || found.len() > 64 {
        return false;
    }
    if wanted
        .bytes()
        .filter(|b| *b != b'.')
        .eq(found.bytes().filter(|b| *b != b'.'))
    {
        return true;
    }
    if wanted.len().abs_diff(found.len()) > MOST {
        return false;
    }
    if wanted.starts_with(found) {
        return true;
    }
    let parent = wanted.rfind('.').map_or(wanted, |dot| &wanted[..=dot]);
    !found.starts_with(parent) && distance(wanted.as_bytes(), found.as_bytes()) <= MOST
}

/// Characters to drop, add or change to make one of the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips() {
        let wanted = "1.2.250.1.213.1.1.1.1";
        for slip in [
            "1.2.250.1.213.1.1.11",
            "1.2.250.1.213.1.1.1",
            "1.2.250.1.231.1.1.1.1",
            "12250121311.1.1",
        ] {
            assert!(is_slip(wanted, slip), "{slip}");
        }
        for other in [
            wanted,
            "1.2.250.1.213.1.1.1.5",
            "1.2.250.1.213.1.1.1.55",
            "2.999",
            "",
        ] {
            assert!(!is_slip(wanted, other), "{other}");
        }
        assert!(!is_slip("FR", "EN"));
    }

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
