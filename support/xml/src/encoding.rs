//! Bytes to text and back, for the few encodings that documents come in.

use std::fmt;

use crate::declaration;
use crate::error::{ErrorKind, Fault};

/// The encoding a document came in, and is written back in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8, also without any declaration.
    Utf8,
    /// US-ASCII, when declared.
    UsAscii,
    /// ISO-8859-1 (Latin 1), when declared.
    Iso8859_1,
    /// ISO-8859-15 (Latin 9), when declared.
    Iso8859_15,
    /// UTF-16, least significant byte first.
    Utf16Le,
    /// UTF-16, most significant byte first.
    Utf16Be,
}

impl Encoding {
    /// The name of the encoding, as IANA registers it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::UsAscii => "US-ASCII",
            Self::Iso8859_1 => "ISO-8859-1",
            Self::Iso8859_15 => "ISO-8859-15",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }

    pub(crate) fn can_hold(self, c: char) -> bool {
        match self {
            Self::Utf8 | Self::Utf16Le | Self::Utf16Be => true,
            Self::UsAscii => c.is_ascii(),
            Self::Iso8859_1 => (c as u32) < 0x100,
            Self::Iso8859_15 => to_latin9(c).is_some(),
        }
    }

    /// Bytes of the input that the first `offset` bytes of `text` took, the byte order mark not
    /// counted.
    pub(crate) fn encoded_len(self, text: &str) -> usize {
        match self {
            Self::Utf8 | Self::UsAscii => text.len(),
            Self::Iso8859_1 | Self::Iso8859_15 => count_chars(text.as_bytes()),
            Self::Utf16Le | Self::Utf16Be => {
                2 * (count_chars(text.as_bytes()) + count(text.as_bytes(), |b| b >= 0xF0))
            }
        }
    }

    pub(crate) fn bom(self) -> &'static [u8] {
        match self {
            Self::Utf8 => b"\xEF\xBB\xBF",
            Self::Utf16Le => b"\xFF\xFE",
            Self::Utf16Be => b"\xFE\xFF",
            Self::UsAscii | Self::Iso8859_1 | Self::Iso8859_15 => b"",
        }
    }

    /// Appends `text` in this encoding. A character that the encoding lacks becomes `?`; edits
    /// refuse such characters, so that none is there.
    pub(crate) fn encode(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Utf8 | Self::UsAscii => out.extend_from_slice(text.as_bytes()),
            Self::Iso8859_1 => {
                out.extend(text.chars().map(|c| u8::try_from(c as u32).unwrap_or(b'?')))
            }
            Self::Iso8859_15 => out.extend(text.chars().map(|c| to_latin9(c).unwrap_or(b'?'))),
            Self::Utf16Le => text
                .encode_utf16()
                .for_each(|u| out.extend_from_slice(&u.to_le_bytes())),
            Self::Utf16Be => text
                .encode_utf16()
                .for_each(|u| out.extend_from_slice(&u.to_be_bytes())),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Characters of UTF-8 text: bytes that do not continue one.
pub(crate) fn count_chars(bytes: &[u8]) -> usize {
    count(bytes, |b| (b as i8) >= -0x40)
}

/// Bytes of which `is` holds, counted in registers: in rounds that a byte can count.
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let round = |round: &[u8]| {
        round
            .iter()
            .fold(0u8, |sum, &b| sum.wrapping_add(u8::from(is(b))))
    };
    bytes
        .chunks(240)
        .map(|chunk| usize::from(round(chunk)))
        .sum()
}

/// The eight places where Latin 9 is not Latin 1.
const LATIN9: [(u8, char); 8] = [
    (0xA4, '\u{20AC}'),
    (0xA6, '\u{160}'),
    (0xA8, '\u{161}'),
    (0xB4, '\u{17D}'),
    (0xB8, '\u{17E}'),
    (0xBC, '\u{152}'),
    (0xBD, '\u{153}'),
    (0xBE, '\u{178}'),
];

fn from_latin9(byte: u8) -> char {
    LATIN9
        .iter()
        .find(|(b, _)| *b == byte)
        .map_or(byte as char, |(_, c)| *c)
}

fn to_latin9(c: char) -> Option<u8> {
    match LATIN9.iter().find(|(_, own)| *own == c) {
        Some((byte, _)) => Some(*byte),
        None => u8::try_from(c as u32)
            .ok()
            .filter(|b| LATIN9.iter().all(|(own, _)| own != b)),
    }
}

/// A decoded document, without its byte order mark.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    pub(crate) bom: bool,
}

/// A decoding failure and the text before it, from which its place is worked out.
pub(crate) struct DecodeFault {
    pub(crate) before: Decoded,
    pub(crate) fault: Fault,
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Box<DecodeFault>> {
    let unsupported = |name: &str| {
        fault(
            empty(Encoding::Utf8),
            ErrorKind::UnsupportedEncoding { name: clip(name) },
        )
    };
    match bytes {
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] => return Err(unsupported("UTF-32BE")),
        [0xFF, 0xFE, 0, 0, ..] | [b'<', 0, 0, 0, ..] => return Err(unsupported("UTF-32LE")),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => return Err(unsupported("EBCDIC")),
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, Encoding::Utf16Le, true),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, Encoding::Utf16Be, true),
        [b'<', 0, b'?', 0, ..] => return utf16(bytes, Encoding::Utf16Le, false),
        [0, b'<', 0, b'?', ..] => return utf16(bytes, Encoding::Utf16Be, false),
        [0xEF, 0xBB, 0xBF, rest @ ..] => return narrow(rest, true),
        _ => {}
    }
    narrow(bytes, false)
}

/// The text of a document in UTF-8, without its byte order mark; nothing when it is in another encoding, or may be.
pub(crate) fn plain_utf8(bytes: &[u8]) -> Option<&str> {
    let bytes = bytes.strip_prefix(Encoding::Utf8.bom()).unwrap_or(bytes);
    if bytes.iter().take(4).any(|byte| *byte == 0) {
        return None;
    }
    let declared = declaration::parse(bytes).ok()?.and_then(|d| d.encoding);
    let text = std::str::from_utf8(bytes).ok()?;
    match declared {
        None => Some(text),
        Some(range) => match by_name(text.get(range)?) {
            Some(Named::Is(Encoding::Utf8)) => Some(text),
            _ => None,
        },
    }
}

/// One byte per ASCII character: the declaration says which encoding.
fn narrow(bytes: &[u8], bom: bool) -> Result<Decoded, Box<DecodeFault>> {
    let declared = match declaration::parse(bytes) {
        Ok(declared) => declared.and_then(|d| d.encoding),
        Err(at) => {
            let text = String::from_utf8_lossy(&bytes[..at]).into_owned();
            let before = Decoded {
                text,
                encoding: Encoding::Utf8,
                bom,
            };
            return Err(fault(before, ErrorKind::MalformedDeclaration));
        }
    };
    let name = declared.clone().map_or("UTF-8", |range| {
        bytes
            .get(range)
            .and_then(|name| std::str::from_utf8(name).ok())
            .unwrap_or("")
    });
    let refuse = |kind| {
        let until = declared.clone().map_or(0, |range| range.start);
        let text = String::from_utf8_lossy(&bytes[..until]).into_owned();
        Err(fault(
            Decoded {
                text,
                encoding: Encoding::Utf8,
                bom,
            },
            kind,
        ))
    };
    let encoding = match by_name(name) {
        Some(Named::Is(encoding)) => encoding,
        Some(Named::Utf16) => {
            return refuse(ErrorKind::EncodingMismatch {
                declared: clip(name),
                found: "UTF-8",
            });
        }
        None => return refuse(ErrorKind::UnsupportedEncoding { name: clip(name) }),
    };
    if bom && encoding != Encoding::Utf8 {
        return refuse(ErrorKind::EncodingMismatch {
            declared: clip(name),
            found: "UTF-8",
        });
    }
    let text = match encoding {
        Encoding::UsAscii if !bytes.is_ascii() => {
            let until = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
            let text = String::from_utf8_lossy(&bytes[..until]).into_owned();
            let kind = ErrorKind::InvalidBytes {
                encoding: encoding.name(),
            };
            return Err(fault(
                Decoded {
                    text,
                    encoding,
                    bom,
                },
                kind,
            ));
        }
        Encoding::Iso8859_1 => bytes.iter().map(|&b| b as char).collect(),
        Encoding::Iso8859_15 => bytes.iter().map(|&b| from_latin9(b)).collect(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => {
                let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
                let kind = ErrorKind::InvalidBytes {
                    encoding: encoding.name(),
                };
                return Err(fault(
                    Decoded {
                        text,
                        encoding,
                        bom,
                    },
                    kind,
                ));
            }
        },
    };
    Ok(Decoded {
        text,
        encoding,
        bom,
    })
}

fn utf16(bytes: &[u8], encoding: Encoding, bom: bool) -> Result<Decoded, Box<DecodeFault>> {
    let unit: fn([u8; 2]) -> u16 = if encoding == Encoding::Utf16Le {
        u16::from_le_bytes
    } else {
        u16::from_be_bytes
    };
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len() / 2);
    for c in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match c {
            Ok(c) => text.push(c),
            Err(_) => {
                let kind = ErrorKind::InvalidBytes {
                    encoding: encoding.name(),
                };
                return Err(fault(
                    Decoded {
                        text,
                        encoding,
                        bom,
                    },
                    kind,
                ));
            }
        }
    }
    if !odd.is_empty() {
        let kind = ErrorKind::InvalidBytes {
            encoding: encoding.name(),
        };
        return Err(fault(
            Decoded {
                text,
                encoding,
                bom,
            },
            kind,
        ));
    }
    let declared = match declaration::parse(text.as_bytes()) {
        Ok(None) if !bom => {
            text.clear();
            let kind = ErrorKind::UndeclaredEncoding {
                found: encoding.name(),
            };
            return Err(fault(
                Decoded {
                    text,
                    encoding,
                    bom,
                },
                kind,
            ));
        }
        Ok(declared) => declared.and_then(|d| d.encoding),
        Err(at) => {
            text.truncate(at);
            return Err(fault(
                Decoded {
                    text,
                    encoding,
                    bom,
                },
                ErrorKind::MalformedDeclaration,
            ));
        }
    };
    if let Some(range) = declared {
        let name = text.get(range.clone()).unwrap_or("");
        let agrees = match by_name(name) {
            Some(Named::Utf16) => true,
            Some(Named::Is(named)) => named == encoding,
            None => false,
        };
        if !agrees {
            let kind = ErrorKind::EncodingMismatch {
                declared: clip(name),
                found: encoding.name(),
            };
            text.truncate(range.start);
            return Err(fault(
                Decoded {
                    text,
                    encoding,
                    bom,
                },
                kind,
            ));
        }
    }
    Ok(Decoded {
        text,
        encoding,
        bom,
    })
}

fn empty(encoding: Encoding) -> Decoded {
    Decoded {
        text: String::new(),
        encoding,
        bom: false,
    }
}

fn fault(before: Decoded, kind: ErrorKind) -> Box<DecodeFault> {
    let at = before.text.len();
    Box::new(DecodeFault {
        before,
        fault: Fault { kind, at },
    })
}

enum Named {
    Is(Encoding),
    /// The byte order mark says which of the two.
    Utf16,
}

fn by_name(name: &str) -> Option<Named> {
    let is = |names: &[&str]| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    Some(if is(&["UTF-8", "UTF8"]) {
        Named::Is(Encoding::Utf8)
    } else if is(&["US-ASCII", "ASCII"]) {
        Named::Is(Encoding::UsAscii)
    } else if is(&["ISO-8859-1", "ISO_8859-1", "ISO8859-1", "latin1", "l1"]) {
        Named::Is(Encoding::Iso8859_1)
    } else if is(&[
        "ISO-8859-15",
        "ISO_8859-15",
        "ISO8859-15",
        "latin9",
        "latin-9",
    ]) {
        Named::Is(Encoding::Iso8859_15)
    } else if is(&["UTF-16"]) {
        Named::Utf16
    } else if is(&["UTF-16LE"]) {
        Named::Is(Encoding::Utf16Le)
    } else if is(&["UTF-16BE"]) {
        Named::Is(Encoding::Utf16Be)
    } else {
        return None;
    })
}

/// Names go into error texts, but not without bound.
pub(crate) fn clip(name: &str) -> String {
    const MOST: usize = 64;
    match name.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin9_is_a_bijection() {
        for byte in 0..=255u8 {
            assert_eq!(to_latin9(from_latin9(byte)), Some(byte));
        }
        assert_eq!(to_latin9('¤'), None);
        assert_eq!(to_latin9('Ā'), None);
    }

    #[test]
    fn characters_are_counted() {
        assert_eq!(count_chars("aé€😀".as_bytes()), 4);
        assert_eq!(Encoding::Utf16Le.encoded_len("aé€😀"), 10);
    }
}
