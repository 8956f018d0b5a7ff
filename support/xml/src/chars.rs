//! The character classes of XML 1.0 (fifth edition), productions \[2\], \[4\] and \[4a\].

/// Byte may end a name or cannot be in one: white space, markup, quotes.
const NAME_END: u8 = 1;
/// Byte of an attribute value that needs a look: reference, white space to normalise, `<`, quotes.
const VALUE_STOP: u8 = 2;
/// White space of XML.
const SPACE: u8 = 4;

const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    let ends = b" \t\r\n/>=<'\"&";
    while i < ends.len() {
        table[ends[i] as usize] |= NAME_END;
        i += 1;
    }
    let stops = b"\t\r\n<'\"&";
    i = 0;
    while i < stops.len() {
        table[stops[i] as usize] |= VALUE_STOP;
        i += 1;
    }
    let spaces = b" \t\r\n";
    i = 0;
    while i < spaces.len() {
        table[spaces[i] as usize] |= SPACE;
        i += 1;
    }
    table
};

#[inline]
pub(crate) fn ends_name(byte: u8) -> bool {
    CLASS[byte as usize] & NAME_END != 0
}

#[inline]
pub(crate) fn stops_value(byte: u8) -> bool {
    CLASS[byte as usize] & VALUE_STOP != 0
}

#[inline]
pub(crate) fn is_space(byte: u8) -> bool {
    CLASS[byte as usize] & SPACE != 0
}

/// First offset at or after `at` that is not white space.
#[inline]
pub(crate) fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && is_space(bytes[at]) {
        at += 1;
    }
    at
}

/// `Char`: may stand in a document, literally or as a character reference.
pub(crate) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

fn is_name_start(c: char) -> bool {
    matches!(c,
        ':' | 'A'..='Z' | '_' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// `Name`, colons allowed.
pub(crate) fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(is_name_start) && chars.all(is_name_char)
}

/// `NCName`: a name without a colon.
pub(crate) fn is_ncname(name: &str) -> bool {
    !name.contains(':') && is_name(name)
}

/// Offset of the first character that XML forbids, looked for in bulk.
pub(crate) fn find_invalid(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut first = bytes.len();
    let mut at = 0;
    for chunk in bytes.chunks(256) {
        let bad = chunk.iter().fold(0u8, |bad, &b| {
            bad | u8::from(b < 0x20 && b != b'\n' && b != b'\r' && b != b'\t')
        });
        if bad != 0 {
            let inside = |&b: &u8| b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t');
            first = at + chunk.iter().position(inside).unwrap_or(0);
            break;
        }
        at += chunk.len();
    }
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    for lead in memchr::memchr_iter(0xEF, &bytes[..first]) {
        if bytes.get(lead + 1) == Some(&0xBF) && bytes.get(lead + 2).is_some_and(|&b| b >= 0xBE) {
            first = lead;
            break;
        }
    }
    text.get(first..)?.chars().next().map(|c| (first, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for good in ["a", "_", "é", "a-b.c9", "ClinicalDocument", "a:b"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "9a", "-a", "a b", "a\u{d7}", "\u{37e}"] {
            assert!(!is_name(bad), "{bad}");
        }
        assert!(!is_ncname("a:b"));
    }

    #[test]
    fn invalid_characters_are_found_where_they_are() {
        assert_eq!(find_invalid("a\tb\r\n é\u{FFFD}"), None);
        assert_eq!(find_invalid("ab\u{0}"), Some((2, '\u{0}')));
        assert_eq!(find_invalid("ab\u{FFFF}\u{1}"), Some((2, '\u{FFFF}')));
        assert_eq!(find_invalid("\u{1}\u{FFFE}"), Some((0, '\u{1}')));
        let long = format!("{}\u{b}", "x".repeat(1000));
        assert_eq!(find_invalid(&long), Some((1000, '\u{b}')));
        assert_eq!(find_invalid("\u{7f}\u{80}"), None);
    }
}
