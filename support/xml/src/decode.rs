//! From the spelling in the document to the value: line ends, references, CDATA sections.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3, memmem};

use crate::chars::{is_ncname, is_xml_char};

/// What a reference stands for. `reference` is what is between `&` and `;`.
pub(crate) fn resolve(reference: &str) -> Result<char, BadReference> {
    match reference {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => {}
    }
    let Some(number) = reference.strip_prefix('#') else {
        return Err(if is_ncname(reference) {
            BadReference::Undeclared
        } else {
            BadReference::Name
        });
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    // `from_str_radix` takes a sign, XML does not.
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Err(BadReference::Character);
    }
    let digits = digits.trim_start_matches('0');
    if digits.len() > 7 {
        return Err(BadReference::Character);
    }
    u32::from_str_radix(digits, radix)
        .ok()
        .and_then(char::from_u32)
        .filter(|&c| is_xml_char(c))
        .ok_or(BadReference::Character)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadReference {
    /// A name, but none of the five entities that exist without a DTD.
    Undeclared,
    /// No character of XML.
    Character,
    /// Not even a name: an ampersand that was not escaped.
    Name,
}

/// The value of a text node. `encoded`: the span may hold references or CDATA sections.
pub(crate) fn text(raw: &str, encoded: bool) -> Cow<'_, str> {
    if !encoded {
        return line_ends(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr3(b'&', b'<', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'&' => rest = push_reference(&mut out, rest),
            b'<' => {
                // Only CDATA sections are inside a text span.
                let end = memmem::find(rest.as_bytes(), b"]]>").unwrap_or(rest.len());
                out.push_str(&line_ends(rest.get(9..end).unwrap_or("")));
                rest = rest.get(end + 3..).unwrap_or("");
            }
            _ => rest = push_line_end(&mut out, rest, '\n'),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Line ends as `\n` (XML 1.0, section 2.11).
pub(crate) fn line_ends(raw: &str) -> Cow<'_, str> {
    if memchr(b'\r', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut from = 0;
    for at in memchr_iter(b'\r', raw.as_bytes()) {
        out.push_str(&raw[from..at]);
        if raw.as_bytes().get(at + 1) != Some(&b'\n') {
            out.push('\n');
        }
        from = at + 1;
    }
    out.push_str(&raw[from..]);
    Cow::Owned(out)
}

/// The normalised value of an attribute of type CDATA (XML 1.0, section 3.3.3).
pub(crate) fn attribute(raw: &str, encoded: bool) -> Cow<'_, str> {
    if !encoded {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest
        .bytes()
        .position(|b| matches!(b, b'&' | b'\t' | b'\n' | b'\r'))
    {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'&' => rest = push_reference(&mut out, rest),
            b'\r' => rest = push_line_end(&mut out, rest, ' '),
            _ => {
                out.push(' ');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn push_reference<'a>(out: &mut String, rest: &'a str) -> &'a str {
    // The parser has checked every reference: the fallbacks keep the text as it is.
    let end = memchr(b';', rest.as_bytes()).unwrap_or(0);
    match rest.get(1..end).map(resolve) {
        Some(Ok(c)) => {
            out.push(c);
            &rest[end + 1..]
        }
        _ => {
            out.push('&');
            &rest[1..]
        }
    }
}

fn push_line_end<'a>(out: &mut String, rest: &'a str, with: char) -> &'a str {
    out.push(with);
    let after = &rest[1..];
    after.strip_prefix('\n').unwrap_or(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        assert_eq!(resolve("amp"), Ok('&'));
        assert_eq!(resolve("#233"), Ok('é'));
        assert_eq!(resolve("#x1F600"), Ok('😀'));
        assert_eq!(resolve("#x00000000000000E9"), Ok('é'));
        for bad in [
            "#0", "#x0", "#xD800", "#xFFFE", "#x110000", "#", "#x", "#+9", "#X41", "#xg",
        ] {
            assert_eq!(resolve(bad), Err(BadReference::Character), "{bad}");
        }
        assert_eq!(resolve("eacute"), Err(BadReference::Undeclared));
        assert_eq!(resolve(""), Err(BadReference::Name));
        assert_eq!(resolve("a b"), Err(BadReference::Name));
    }

    #[test]
    fn texts() {
        assert!(matches!(text("abc\n", true), Cow::Owned(_)));
        assert!(matches!(text("abc\n", false), Cow::Borrowed("abc\n")));
        assert_eq!(text("a\r\nb\rc\n\r\r\n", false), "a\nb\nc\n\n\n");
        assert_eq!(
            text("a&#13;\r\n&lt;<![CDATA[&lt;\r\n]]]>]&gt;", true),
            "a\r\n<&lt;\n]]>"
        );
        assert_eq!(text("<![CDATA[]]>", true), "");
    }

    #[test]
    fn attributes() {
        assert_eq!(attribute("a\r\nb\tc\n&#10;&#x9;\rd", true), "a b c \n\t d");
        assert!(matches!(attribute("a b", false), Cow::Borrowed(_)));
    }
}
