//! The XML declaration: `<?xml version="1.0" encoding="…" standalone="…"?>`.

use std::ops::Range;

use crate::chars::{is_space, skip_space};

/// What the declaration says, as ranges of the bytes given.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Declaration {
    pub(crate) end: usize,
    pub(crate) encoding: Option<Range<usize>>,
}

/// Reads the declaration at the start of the document, if there is one. The error is the offset
/// where it stops being one.
pub(crate) fn parse(bytes: &[u8]) -> Result<Option<Declaration>, usize> {
    if !bytes.starts_with(b"<?xml") || !bytes.get(5).is_some_and(|&b| is_space(b) || b == b'?') {
        return Ok(None);
    }
    let mut at = 5;
    let version = pseudo(bytes, &mut at, b"version")?.ok_or(at)?;
    let number = &bytes[version.clone()];
    // Any 1.x is read by the rules of 1.0 (XML 1.0 fifth edition, section 2.8).
    if number.len() < 3 || !number.starts_with(b"1.") || !number[2..].iter().all(u8::is_ascii_digit)
    {
        return Err(version.start);
    }
    let encoding = pseudo(bytes, &mut at, b"encoding")?;
    if let Some(range) = &encoding {
        let name = &bytes[range.clone()];
        let good = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        if !name.first().is_some_and(u8::is_ascii_alphabetic) || !name.iter().all(good) {
            return Err(range.start);
        }
    }
    if let Some(range) = pseudo(bytes, &mut at, b"standalone")?
        && !matches!(&bytes[range.clone()], b"yes" | b"no")
    {
        return Err(range.start);
    }
    at = skip_space(bytes, at);
    if bytes[at..].starts_with(b"?>") {
        Ok(Some(Declaration {
            end: at + 2,
            encoding,
        }))
    } else {
        Err(at)
    }
}

/// `S name S? = S? "value"`: the range of the value, or nothing when another name is there.
fn pseudo(bytes: &[u8], at: &mut usize, name: &[u8]) -> Result<Option<Range<usize>>, usize> {
    let start = skip_space(bytes, *at);
    if !bytes[start..].starts_with(name) {
        return Ok(None);
    }
    if start == *at {
        return Err(start);
    }
    let equals = skip_space(bytes, start + name.len());
    if bytes.get(equals) != Some(&b'=') {
        return Err(equals);
    }
    let quote = skip_space(bytes, equals + 1);
    let mark = *bytes
        .get(quote)
        .filter(|b| matches!(b, b'"' | b'\''))
        .ok_or(quote)?;
    let from = quote + 1;
    let len = bytes[from..]
        .iter()
        .take(256)
        .position(|&b| b == mark)
        .ok_or(from)?;
    *at = from + len + 1;
    Ok(Some(from..from + len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let parse = |s: &str| parse(s.as_bytes());
        assert_eq!(parse("<a/>"), Ok(None));
        assert_eq!(parse("<?xml-stylesheet?>"), Ok(None));
        assert_eq!(
            parse("<?xml version = '1.0'\nencoding=\"UTF-8\" standalone='no' ?><a/>"),
            Ok(Some(Declaration {
                end: 57,
                encoding: Some(32..37)
            }))
        );
        assert_eq!(
            parse("<?xml version=\"1.1\"?>"),
            Ok(Some(Declaration {
                end: 21,
                encoding: None
            }))
        );
        for bad in [
            "<?xml?>",
            "<?xml ?>",
            "<?xml encoding='UTF-8'?>",
            "<?xml version='2.0'?>",
            "<?xml version='1.'?>",
            "<?xml version='1.0'encoding='UTF-8'?>",
            "<?xml version='1.0' encoding=''?>",
            "<?xml version='1.0' encoding='é'?>",
            "<?xml version='1.0' standalone='maybe'?>",
            "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>",
            "<?xml version='1.0' other='1'?>",
            "<?xml version='1.0\"?>",
            "<?xml version='1.0'",
            "<?xml version='1.0' ?",
            "<?xml version",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
