//! Character classes of XML 1.0 (fifth edition), productions \[2\], \[3\], \[4\] and \[4a\].

use memchr::memchr_iter;

const SPACE: u8 = 1;
const NAME_END: u8 = 2;

const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let (spaces, ends) = (b" \t\r\n", b" \t\r\n/>=<'\"&?");
    let mut i = 0;
    while i < spaces.len() {
        table[spaces[i] as usize] |= SPACE;
        i += 1;
    }
    i = 0;
    while i < ends.len() {
        table[ends[i] as usize] |= NAME_END;
        i += 1;
    }
    table
};

pub(super) fn is_space(byte: u8) -> bool {
    CLASS[usize::from(byte)] & SPACE != 0
}

/// How many bytes from the start are white space.
pub(super) fn spaces(text: &[u8]) -> usize {
    let other = text.iter().position(|&byte| !is_space(byte));
    other.unwrap_or(text.len())
}

/// How many bytes a name may have, from the start: up to white space, markup or a quote.
pub(super) fn name_len(text: &[u8]) -> usize {
    let end = |&byte: &u8| CLASS[usize::from(byte)] & NAME_END != 0;
    text.iter().position(end).unwrap_or(text.len())
}

fn is_start(letter: char) -> bool {
    matches!(letter,
        'A'..='Z' | '_' | 'a'..='z'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_later(letter: char) -> bool {
    is_start(letter)
        || matches!(letter, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// A name without colon.
pub(crate) fn is_ncname(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(is_start) && letters.all(is_later)
}

/// Prefix (maybe empty) and local part of a qualified name; nothing when it is none.
pub(super) fn qname(name: &str) -> Option<(&str, &str)> {
    match name.split_once(':') {
        Some((prefix, local)) => (is_ncname(prefix) && is_ncname(local)).then_some((prefix, local)),
        None => is_ncname(name).then_some(("", name)),
    }
}

/// May stand in a document, literally or as a reference.
pub(super) fn is_xml_char(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// Offset of the first character that XML forbids.
pub(super) fn forbidden(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    let mut first = bytes.len();
    for (number, chunk) in bytes.chunks(256).enumerate() {
        // All of a chunk without a branch, which the compiler turns into vector code.
        if chunk.iter().fold(false, |any, &byte| any | control(byte)) {
            let inside = chunk.iter().position(|&byte| control(byte));
            first = number * 256 + inside.unwrap_or(0);
            break;
        }
    }
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    let head = &bytes[..first];
    let found = memchr_iter(0xEF, head)
        .find(|&at| matches!(head.get(at + 1..at + 3), Some([0xBF, 0xBE..=0xBF])));
    let at = found.unwrap_or(first);
    Some((at, text.get(at..)?.chars().next()?))
}

/// What a reference stands for: what is between `&` and `;`.
pub(super) fn resolve(reference: &str) -> Result<char, NoCharacter> {
    match reference {
        "amp" => return Ok('&'),
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "quot" => return Ok('"'),
        "apos" => return Ok('\''),
        _ => {}
    }
    let Some(number) = reference.strip_prefix('#') else {
        return Err(match is_ncname(reference) {
            true => NoCharacter::Undeclared,
            false => NoCharacter::Bare,
        });
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // The library function takes a sign, too.
    let all_digits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    let significant = digits.trim_start_matches('0');
    if !all_digits || significant.len() > 7 {
        return Err(NoCharacter::Invalid);
    }
    u32::from_str_radix(significant, radix)
        .ok()
        .and_then(char::from_u32)
        .filter(|&letter| is_xml_char(letter))
        .ok_or(NoCharacter::Invalid)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoCharacter {
    /// An entity that only a document type could declare.
    Undeclared,
    /// No character of XML.
    Invalid,
    /// An ampersand that was not escaped.
    Bare,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(qname("a"), Some(("", "a")));
        assert_eq!(qname("é:b-1.c"), Some(("é", "b-1.c")));
        for bad in ["", ":", "a:", ":a", "a:b:c", "1a", "a:1", "-a", "a\u{d7}"] {
            assert_eq!(qname(bad), None, "{bad}");
        }
    }

    #[test]
    fn forbidden_characters() {
        assert_eq!(forbidden("a\t\r\né\u{FFFD}\u{10FFFF}\u{EFFF}"), None);
        assert_eq!(forbidden("é\u{0}"), Some((2, '\u{0}')));
        assert_eq!(forbidden("é\u{FFFF}\u{1}"), Some((2, '\u{FFFF}')));
        let late = format!("{}\u{b}", "x".repeat(700));
        assert_eq!(forbidden(&late), Some((700, '\u{b}')));
    }

    #[test]
    fn references() {
        assert_eq!(resolve("amp"), Ok('&'));
        assert_eq!(resolve("#xE9"), Ok('é'));
        assert_eq!(resolve("#0000000000233"), Ok('é'));
        for bad in [
            "#",
            "#x",
            "#+1",
            "#0",
            "#xD800",
            "#xFFFF",
            "#x110000",
            "#99999999",
            "#XE9",
        ] {
            assert_eq!(resolve(bad), Err(NoCharacter::Invalid), "{bad}");
        }
        assert_eq!(resolve("eacute"), Err(NoCharacter::Undeclared));
        assert_eq!(resolve("a b"), Err(NoCharacter::Bare));
    }
}
