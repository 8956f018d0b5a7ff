//! From bytes to text: encoding, forbidden characters, line ends.

use memchr::memchr;
use segur_xml::ErrorKind;

use super::chars::{forbidden, is_space};
use super::declaration;
use super::error::{CanonicalError, clip};

type Done = Result<(), CanonicalError>;

/// Takes text: whole characters that XML allows, every line end as `\n`.
pub(super) trait Take {
    fn take(&mut self, text: &str) -> Done;
    /// The line of what comes next.
    fn line(&self) -> u64;
    /// Lines that are not taken as text: those of the declaration.
    fn skip_lines(&mut self, lines: u64);
}

/// Bytes of an XML declaration.
const MAX_DECLARATION: usize = 4_096;

pub(super) struct Input {
    encoding: Option<Encoding>,
    /// The start, until the encoding is known.
    head: Vec<u8>,
    /// The start of a character whose end has not come.
    carry: Vec<u8>,
    after_return: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
    Latin9,
}

impl Encoding {
    fn of(name: &str) -> Option<Self> {
        let is = |names: &[&str]| names.iter().any(|own| own.eq_ignore_ascii_case(name));
        Some(if is(&["UTF-8", "UTF8"]) {
            Self::Utf8
        } else if is(&["US-ASCII", "ASCII"]) {
            Self::Ascii
        } else if is(&["ISO-8859-1", "ISO_8859-1", "ISO8859-1", "latin1", "l1"]) {
            Self::Latin1
        } else if is(&[
            "ISO-8859-15",
            "ISO_8859-15",
            "ISO8859-15",
            "latin9",
            "latin-9",
        ]) {
            Self::Latin9
        } else {
            return None;
        })
    }
}

impl Input {
    pub(super) fn new() -> Self {
        Self {
            encoding: None,
            head: Vec::new(),
            carry: Vec::new(),
            after_return: false,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], to: &mut impl Take) -> Done {
        let Some(encoding) = self.encoding else {
            // Only the declaration is held back, however large the piece is.
            let (start, rest) =
                bytes.split_at(bytes.len().min(MAX_DECLARATION + 16 - self.head.len()));
            self.head.extend_from_slice(start);
            return match self.begin(false, to)? {
                true => self.push(rest, to),
                false => Ok(()),
            };
        };
        self.decode(encoding, bytes, to)
    }

    /// No more bytes come.
    pub(super) fn finish(&mut self, to: &mut impl Take) -> Done {
        if self.encoding.is_none() {
            self.begin(true, to)?;
        }
        if self.carry.is_empty() {
            return Ok(());
        }
        Err(invalid_bytes("UTF-8", to))
    }

    /// Looks for the encoding; whether it is known, and the start therefore passed on.
    fn begin(&mut self, at_end: bool, to: &mut impl Take) -> Result<bool, CanonicalError> {
        if self.head.len() < 4 && !at_end {
            return Ok(false);
        }
        refuse_wide(&self.head)?;
        let bom = self.head.starts_with(b"\xEF\xBB\xBF");
        let text = if bom { &self.head[3..] } else { &self.head[..] };
        if text.len() < 6 && b"<?xml".starts_with(&text[..text.len().min(5)]) && !at_end {
            return Ok(false);
        }
        let declared = text.strip_prefix(b"<?xml");
        let declared =
            declared.filter(|rest| rest.first().is_some_and(|&b| is_space(b) || b == b'?'));
        let mut skipped = self.head.len() - text.len();
        let mut encoding = Encoding::Utf8;
        if let Some(rest) = declared {
            let malformed = || CanonicalError::xml(ErrorKind::MalformedDeclaration, 1);
            let Some(end) = rest.windows(2).position(|two| two == b"?>") else {
                return match at_end || rest.len() > MAX_DECLARATION {
                    true => Err(malformed()),
                    false => Ok(false),
                };
            };
            let name = declaration::encoding(&rest[..end]).map_err(|_| malformed())?;
            encoding = named(name.as_deref(), bom)?;
            let inside = &rest[..end];
            let returns = |at: usize| inside[at] == b'\r' && inside.get(at + 1) != Some(&b'\n');
            let lines = (0..inside.len()).filter(|&at| inside[at] == b'\n' || returns(at));
            to.skip_lines(lines.count() as u64);
            skipped += "<?xml".len() + end + "?>".len();
        }
        self.encoding = Some(encoding);
        let head = std::mem::take(&mut self.head);
        self.decode(encoding, &head[skipped..], to)?;
        Ok(true)
    }

    fn decode(&mut self, encoding: Encoding, bytes: &[u8], to: &mut impl Take) -> Done {
        match encoding {
            Encoding::Utf8 => self.utf8(bytes, to),
            Encoding::Ascii if !bytes.is_ascii() => Err(invalid_bytes("US-ASCII", to)),
            Encoding::Ascii => self.utf8(bytes, to),
            Encoding::Latin1 => self.latin(bytes, char::from, to),
            Encoding::Latin9 => self.latin(bytes, latin9, to),
        }
    }

    fn latin(&mut self, bytes: &[u8], letter: fn(u8) -> char, to: &mut impl Take) -> Done {
        let mut text = String::new();
        for chunk in bytes.chunks(4_096) {
            text.clear();
            text.extend(chunk.iter().map(|&byte| letter(byte)));
            self.characters(&text, to)?;
        }
        Ok(())
    }

    fn utf8(&mut self, mut bytes: &[u8], to: &mut impl Take) -> Done {
        // A character that began in the piece before: byte by byte until it is whole.
        while let Some((&first, rest)) = bytes.split_first().filter(|_| !self.carry.is_empty()) {
            self.carry.push(first);
            bytes = rest;
            let carry = std::mem::take(&mut self.carry);
            match std::str::from_utf8(&carry) {
                Ok(letter) => self.characters(letter, to)?,
                Err(error) if error.error_len().is_none() => self.carry = carry,
                Err(_) => return Err(invalid_bytes("UTF-8", to)),
            }
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => self.characters(text, to),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                self.characters(std::str::from_utf8(valid).unwrap_or_default(), to)?;
                if error.error_len().is_some() {
                    return Err(invalid_bytes("UTF-8", to));
                }
                self.carry.extend_from_slice(rest);
                Ok(())
            }
        }
    }

    fn characters(&mut self, text: &str, to: &mut impl Take) -> Done {
        match forbidden(text) {
            None => self.lines(text, to),
            Some((at, letter)) => {
                self.lines(text.get(..at).unwrap_or_default(), to)?;
                let code = letter as u32;
                Err(CanonicalError::xml(
                    ErrorKind::InvalidCharacter { code },
                    to.line(),
                ))
            }
        }
    }

    /// Line ends as `\n`. Source: XML 1.0, section 2.11.
    fn lines(&mut self, text: &str, to: &mut impl Take) -> Done {
        let mut rest = text;
        if self.after_return && !rest.is_empty() {
            self.after_return = false;
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        while let Some(at) = memchr(b'\r', rest.as_bytes()) {
            to.take(&rest[..at])?;
            rest = &rest[at + 1..];
            // The line feed after it is the line end, and is passed on with what follows.
            if !rest.starts_with('\n') {
                to.take("\n")?;
                self.after_return = rest.is_empty();
            }
        }
        to.take(rest)
    }
}

fn invalid_bytes(encoding: &'static str, to: &impl Take) -> CanonicalError {
    CanonicalError::xml(ErrorKind::InvalidBytes { encoding }, to.line())
}

/// Encodings of several bytes per character, by their first bytes. Source: XML 1.0, appendix F.1.
fn refuse_wide(head: &[u8]) -> Done {
    let name = match head {
        [0, 0, 0xFE, 0xFF, ..] | [0, 0, 0, b'<', ..] => "UTF-32BE",
        [0xFF, 0xFE, 0, 0, ..] | [b'<', 0, 0, 0, ..] => "UTF-32LE",
        [0xFF, 0xFE, ..] | [b'<', 0, b'?', 0, ..] => "UTF-16LE",
        [0xFE, 0xFF, ..] | [0, b'<', 0, b'?', ..] => "UTF-16BE",
        [0x4C, 0x6F, 0xA7, 0x94, ..] => "EBCDIC",
        _ => return Ok(()),
    };
    let name = name.to_owned();
    Err(CanonicalError::xml(
        ErrorKind::UnsupportedEncoding { name },
        1,
    ))
}

fn named(name: Option<&str>, bom: bool) -> Result<Encoding, CanonicalError> {
    let Some(name) = name else {
        return Ok(Encoding::Utf8);
    };
    match Encoding::of(name) {
        Some(encoding) if encoding == Encoding::Utf8 || !bom => Ok(encoding),
        None if !["UTF-16", "UTF-16LE", "UTF-16BE"]
            .iter()
            .any(|own| own.eq_ignore_ascii_case(name)) =>
        {
            let name = clip(name);
            Err(CanonicalError::xml(
                ErrorKind::UnsupportedEncoding { name },
                1,
            ))
        }
        _ => {
            let (declared, found) = (clip(name), "UTF-8");
            Err(CanonicalError::xml(
                ErrorKind::EncodingMismatch { declared, found },
                1,
            ))
        }
    }
}

/// Source: ISO/IEC 8859-15, where it differs from 8859-1.
fn latin9(byte: u8) -> char {
    match byte {
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        other => char::from(other),
    }
}
