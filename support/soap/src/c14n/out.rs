//! Canonical bytes on their way out.

use std::io::{self, Write};

use memchr::{memchr2, memchr3};

/// Small pieces are gathered, large ones pass.
const ROOM: usize = 8 << 10;

pub(super) struct Out<W> {
    to: W,
    gathered: Vec<u8>,
}

impl<W: Write> Out<W> {
    pub(super) fn new(to: W) -> Self {
        let gathered = Vec::with_capacity(ROOM);
        Self { to, gathered }
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.gathered.len() + bytes.len() > ROOM {
            self.to.write_all(&self.gathered)?;
            self.gathered.clear();
        }
        if bytes.len() >= ROOM {
            return self.to.write_all(bytes);
        }
        self.gathered.extend_from_slice(bytes);
        Ok(())
    }

    /// What is gathered, too, and the way out.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.to.write_all(&self.gathered)?;
        self.to.flush()?;
        Ok(self.to)
    }

    /// Text that holds no line end but `\n`. Source: Canonical XML 1.0, section 2.3, text nodes.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text.as_bytes();
        while let Some(at) = memchr3(b'&', b'<', b'>', rest) {
            self.put(&rest[..at])?;
            self.put(match rest[at] {
                b'&' => b"&amp;",
                b'<' => b"&lt;",
                _ => b"&gt;",
            })?;
            rest = &rest[at + 1..];
        }
        self.put(rest)
    }

    /// One character that a reference stood for.
    pub(super) fn letter(&mut self, letter: char) -> io::Result<()> {
        if letter == '\r' {
            return self.put(b"&#xD;");
        }
        self.text(letter.encode_utf8(&mut [0; 4]))
    }

    /// The value of an attribute. Source: Canonical XML 1.0, section 2.3, attribute nodes.
    pub(super) fn value(&mut self, value: &str) -> io::Result<()> {
        let bytes = value.as_bytes();
        let special = |byte: &u8| matches!(byte, b'&' | b'<' | b'"' | b'\t' | b'\n' | b'\r');
        let plain = memchr3(b'&', b'<', b'"', bytes).is_none()
            && memchr3(b'\t', b'\n', b'\r', bytes).is_none();
        if plain {
            return self.put(bytes);
        }
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(special) {
            self.put(&rest[..at])?;
            self.put(match rest[at] {
                b'&' => b"&amp;",
                b'<' => b"&lt;",
                b'"' => b"&quot;",
                b'\t' => b"&#x9;",
                b'\n' => b"&#xA;",
                _ => b"&#xD;",
            })?;
            rest = &rest[at + 1..];
        }
        self.put(rest)
    }
}

/// Where text ends: markup or a reference.
pub(super) fn text_end(text: &str) -> Option<usize> {
    memchr2(b'<', b'&', text.as_bytes())
}
