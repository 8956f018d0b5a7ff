//! `Content-ID` headers and the `cid:` references to them.

use super::MtomError;
use super::error::shown;

/// The reference to a part, for `xop:Include/@href`: `cid:` and the Content-ID (without its angle brackets),
/// percent-encoded but for the characters that RFC 3986 leaves alone and `@`.
///
/// ```
/// # use segur_soap::mtom::reference;
/// assert_eq!(reference("doc-1@urn:ihe"), "cid:doc-1@urn%3Aihe");
/// ```
#[must_use]
pub fn reference(content_id: &str) -> String {
    let mut href = String::from("cid:");
    for byte in content_id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            href.push(char::from(byte));
        } else {
            const DIGITS: [char; 16] = [
                '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
            ];
            href.push('%');
            href.push(DIGITS[usize::from(byte >> 4)]);
            href.push(DIGITS[usize::from(byte & 15)]);
        }
    }
    href
}

/// The Content-ID that a reference names. Parts compare by what this gives ([`super::PartHead::content_id`] is decoded
/// alike), so that it does not matter on which side the percent signs stand.
///
/// # Errors
/// When it does not begin with `cid:` or a percent sign is not followed by two hexadecimal digits.
///
/// ```
/// # use segur_soap::mtom::content_id;
/// assert_eq!(content_id("cid:1-2@urn%3Aihe%3Aiti")?, "1-2@urn:ihe:iti");
/// assert!(content_id("http://example.org").is_err());
/// # Ok::<(), segur_soap::mtom::MtomError>(())
/// ```
pub fn content_id(href: &str) -> Result<String, MtomError> {
    let wrong = || MtomError::Reference { got: shown(href) };
    let trimmed = href.trim();
    let scheme = trimmed.get(..4).ok_or_else(wrong)?;
    if !scheme.eq_ignore_ascii_case("cid:") {
        return Err(wrong());
    }
    decoded(trimmed.get(4..).unwrap_or_default()).ok_or_else(wrong)
}

/// Percent signs resolved; none when one does not decode or the result is no UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let value = digit(rest.next())? * 16 + digit(rest.next())?;
                u8::try_from(value).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// The Content-ID of a header: brackets off, percent signs resolved where they decode.
pub(super) fn from_header(value: &str) -> String {
    let value = value.trim();
    let value = value.strip_prefix('<').unwrap_or(value);
    let value = value.strip_suffix('>').unwrap_or(value);
    decoded(value).unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_reference_names_what_it_was_made_of(id in "\\PC{0,40}") {
            prop_assert_eq!(content_id(&reference(&id)).unwrap(), id);
        }
    }

    #[test]
    fn wrong_references_are_refused() {
        for href in [
            "", "cid", "mailto:a", "cid:%", "cid:%4", "cid:%zz", "cid:%ff",
        ] {
            assert!(content_id(href).is_err(), "{href}");
        }
    }
}
