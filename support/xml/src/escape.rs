//! From values to their spelling in a document.

use crate::chars::is_xml_char;
use crate::encoding::Encoding;

/// A character that XML forbids, escaped or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forbidden(pub(crate) char);

/// Appends a value as text. `>` is escaped too, so that no `]]>` can arise.
pub(crate) fn text(value: &str, encoding: Encoding, out: &mut String) -> Result<(), Forbidden> {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Read back literally it would be a line feed.
            '\r' => out.push_str("&#13;"),
            _ => character(c, encoding, out)?,
        }
    }
    Ok(())
}

/// Appends a value as it stands between these quotes.
pub(crate) fn attribute(
    value: &str,
    quote: char,
    encoding: Encoding,
    out: &mut String,
) -> Result<(), Forbidden> {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Read back literally they would be spaces.
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '"' if quote == '"' => out.push_str("&quot;"),
            '\'' if quote == '\'' => out.push_str("&apos;"),
            _ => character(c, encoding, out)?,
        }
    }
    Ok(())
}

fn character(c: char, encoding: Encoding, out: &mut String) -> Result<(), Forbidden> {
    if !is_xml_char(c) {
        return Err(Forbidden(c));
    }
    if encoding.can_hold(c) {
        out.push(c);
    } else {
        reference(c, out);
    }
    Ok(())
}

/// Appends a character reference.
pub(crate) fn reference(c: char, out: &mut String) {
    out.push_str(&format!("&#{};", c as u32));
}
