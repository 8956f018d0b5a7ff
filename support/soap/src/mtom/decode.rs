//! Transfer encodings, piece by piece.

/// How the bytes of a part are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Base64(Base64),
    Quoted(Quoted),
}

impl Encoding {
    pub(super) fn parse(value: &str) -> Option<Self> {
        let value = value.trim();
        let value = value.split(';').next().unwrap_or_default().trim();
        Some(match value.to_ascii_lowercase().as_str() {
            "" | "binary" | "8bit" | "7bit" => Self::Identity,
            "base64" => Self::Base64(Base64::default()),
            "quoted-printable" => Self::Quoted(Quoted::default()),
            _ => return None,
        })
    }

    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Identity => "binary",
            Self::Base64(_) => "base64",
            Self::Quoted(_) => "quoted-printable",
        }
    }
}

/// Base64 (RFC 2045, section 6.8): white space between the letters is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Base64 {
    bits: u32,
    letters: u8,
    padding: u8,
}

impl Base64 {
    pub(super) fn decode(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        for &byte in input {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                b'=' => {
                    self.padding += 1;
                    if self.padding > 2 || self.letters + self.padding > 4 || self.letters < 2 {
                        return Err("a padding sign in the wrong place");
                    }
                    continue;
                }
                b' ' | b'\t' | b'\r' | b'\n' => continue,
                _ => return Err("a character that is not of the alphabet"),
            };
            if self.padding > 0 {
                return Err("letters after the padding");
            }
            self.bits = (self.bits << 6) | u32::from(value);
            self.letters += 1;
            if self.letters == 4 {
                let [_, first, second, third] = self.bits.to_be_bytes();
                out.extend([first, second, third]);
                (self.bits, self.letters) = (0, 0);
            }
        }
        Ok(())
    }

    /// The bytes of an unfinished group; padding may be missing.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) -> Result<(), &'static str> {
        match self.letters {
            0 => {}
            2 => out.push(self.bits.to_be_bytes()[3 - 1] << 4 | self.bits.to_be_bytes()[3] >> 4),
            3 => {
                let whole = (self.bits >> 2).to_be_bytes();
                out.extend([whole[2], whole[3]]);
            }
            _ => return Err("one letter is left over"),
        }
        *self = Self::default();
        Ok(())
    }
}

/// Quoted-printable (RFC 2045, section 6.7).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quoted {
    /// `=` and what followed it so far.
    pending: Vec<u8>,
}

impl Quoted {
    pub(super) fn decode(&mut self, input: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        for &byte in input {
            match (self.pending.as_slice(), byte) {
                ([], b'=') => self.pending.push(byte),
                ([], _) => out.push(byte),
                ([_], b'\n') | ([_, b'\r'], b'\n') => self.pending.clear(),
                ([_], _) => self.pending.push(byte),
                ([_, high, ..], low) => {
                    let digit = |byte: u8| char::from(byte).to_digit(16);
                    let value = match (digit(*high), digit(low)) {
                        (Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
                        _ => None,
                    };
                    out.push(value.ok_or("= without two hexadecimal digits")?);
                    self.pending.clear();
                }
            }
        }
        Ok(())
    }

    pub(super) fn finish(&mut self) -> Result<(), &'static str> {
        match self.pending.as_slice() {
            [] | [_] | [_, b'\r'] => Ok(()),
            _ => Err("= without two hexadecimal digits"),
        }
    }
}
