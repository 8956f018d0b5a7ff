//! Strings, counted in characters (code points).

use std::cmp::Ordering;

use super::{Call, Function, sequence};
use crate::xpath::cast::collapse;
use crate::xpath::error::XPathError;
use crate::xpath::text::Text;
use crate::xpath::value::{Atomic, Item, Sequence};

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn string(&self) -> Result<Sequence<'d>, XPathError> {
        let (cx, focus) = (self.cx, self.focus);
        Ok(match self.function {
            Function::String => Sequence::string(self.as_string()?),
            Function::StringLength => {
                let text = self.subject()?;
                let length = if text.is_ascii() {
                    text.len()
                } else {
                    text.chars().count()
                };
                Sequence::atomic(Atomic::count(length))
            }
            Function::NormalizeSpace => {
                let text = self.subject()?;
                if is_normalized(&text) {
                    return Ok(Sequence::string(text));
                }
                Sequence::string(collapse(&text))
            }
            Function::Concat => {
                let mut out = String::new();
                for arg in self.args {
                    if let Some(value) = cx.atom(arg, focus)? {
                        out.push_str(&value.to_text());
                    }
                }
                Sequence::string(out)
            }
            Function::StringJoin => {
                let separator = cx.required_text(self.arg(1), focus)?;
                let mut out = String::new();
                let mut first = true;
                for value in cx.data(self.arg(0), focus)? {
                    let Some(text) = value.as_text() else {
                        return Err(self.wrong_argument());
                    };
                    if !first {
                        out.push_str(&separator);
                    }
                    first = false;
                    out.push_str(text);
                }
                Sequence::string(out)
            }
            Function::Contains
            | Function::StartsWith
            | Function::EndsWith
            | Function::SubstringBefore
            | Function::SubstringAfter => return self.search(),
            Function::Substring => return self.substring(),
            Function::UpperCase => {
                Sequence::string(cx.text_or_empty(self.arg(0), focus)?.to_uppercase())
            }
            Function::LowerCase => {
                Sequence::string(cx.text_or_empty(self.arg(0), focus)?.to_lowercase())
            }
            Function::Translate => return self.translate(),
            Function::Compare => {
                self.collation(2)?;
                let (a, b) = (cx.text(self.arg(0), focus)?, cx.text(self.arg(1), focus)?);
                let (Some(a), Some(b)) = (a, b) else {
                    return Ok(Sequence::Empty);
                };
                Sequence::atomic(Atomic::integer(match a.as_bytes().cmp(b.as_bytes()) {
                    Ordering::Less => -1,
                    Ordering::Equal => 0,
                    Ordering::Greater => 1,
                }))
            }
            Function::CodepointEqual => {
                let (a, b) = (cx.text(self.arg(0), focus)?, cx.text(self.arg(1), focus)?);
                match (a, b) {
                    (Some(a), Some(b)) => Sequence::boolean(a == b),
                    _ => Sequence::Empty,
                }
            }
            Function::StringToCodepoints => {
                let text = cx.text_or_empty(self.arg(0), focus)?;
                text.chars()
                    .map(|c| Item::Atomic(Atomic::integer(c as i128)))
                    .collect()
            }
            Function::CodepointsToString => {
                let mut out = String::new();
                for value in cx.data(self.arg(0), focus)? {
                    out.push(self.character(&value)?);
                }
                Sequence::string(out)
            }
            Function::EncodeForUri => {
                let text = cx.text_or_empty(self.arg(0), focus)?;
                Sequence::string(escape(&text, |b| {
                    b.is_ascii_alphanumeric() || b"-_.~".contains(&b)
                }))
            }
            Function::IriToUri => {
                let text = cx.text_or_empty(self.arg(0), focus)?;
                Sequence::string(escape(&text, |b| {
                    b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b)
                }))
            }
            _ => {
                let text = cx.text_or_empty(self.arg(0), focus)?;
                Sequence::string(escape(&text, |b| (0x20..=0x7E).contains(&b)))
            }
        })
    }

    /// `string()` of the argument or of the context item.
    fn as_string(&self) -> Result<Text<'d>, XPathError> {
        if self.args.is_empty() {
            return Ok(self.focus.item()?.to_text());
        }
        let mut found: Option<Item<'d>> = None;
        self.cx.each(self.arg(0), self.focus, true, &mut |item| {
            if found.is_some() {
                return Err(crate::xpath::eval::too_many());
            }
            found = Some(item);
            Ok(true)
        })?;
        Ok(found.map_or(Text::EMPTY, |item| item.to_text()))
    }

    /// The argument, or the string of the context item when there is none.
    fn subject(&self) -> Result<Text<'d>, XPathError> {
        match self.args {
            [] => Ok(self.focus.item()?.to_text()),
            _ => self.cx.text_or_empty(self.arg(0), self.focus),
        }
    }

    fn search(&self) -> Result<Sequence<'d>, XPathError> {
        self.collation(2)?;
        let text = self.cx.text_or_empty(self.arg(0), self.focus)?;
        let part = self.cx.text_or_empty(self.arg(1), self.focus)?;
        Ok(match self.function {
            Function::Contains => Sequence::boolean(text.contains(&*part)),
            Function::StartsWith => Sequence::boolean(text.starts_with(&*part)),
            Function::EndsWith => Sequence::boolean(text.ends_with(&*part)),
            Function::SubstringBefore => Sequence::string(
                text.split_once(&*part)
                    .map_or("", |(before, _)| before)
                    .to_owned(),
            ),
            _ => Sequence::string(
                text.split_once(&*part)
                    .map_or("", |(_, after)| after)
                    .to_owned(),
            ),
        })
    }

    fn substring(&self) -> Result<Sequence<'d>, XPathError> {
        let text = self.cx.text_or_empty(self.arg(0), self.focus)?;
        let start = sequence::round(self.cx.double(self.arg(1), self.focus)?);
        let end = match self.args.len() {
            3 => start + sequence::round(self.cx.double(self.arg(2), self.focus)?),
            _ => f64::INFINITY,
        };
        #[allow(clippy::cast_precision_loss)]
        let inside = |index: usize| {
            let position = index as f64 + 1.0;
            position >= start && position < end
        };
        let kept = text.chars().enumerate().filter(|(index, _)| inside(*index));
        Ok(Sequence::string(kept.map(|(_, c)| c).collect::<String>()))
    }

    fn translate(&self) -> Result<Sequence<'d>, XPathError> {
        let text = self.cx.text_or_empty(self.arg(0), self.focus)?;
        let from = self.cx.required_text(self.arg(1), self.focus)?;
        let to: Vec<char> = self
            .cx
            .required_text(self.arg(2), self.focus)?
            .chars()
            .collect();
        let mut map = rustc_hash::FxHashMap::default();
        for (index, c) in from.chars().enumerate() {
            map.entry(c).or_insert_with(|| to.get(index).copied());
        }
        let out: String = text
            .chars()
            .filter_map(|c| map.get(&c).copied().unwrap_or(Some(c)))
            .collect();
        Ok(Sequence::string(out))
    }

    fn character(&self, value: &Atomic<'d>) -> Result<char, XPathError> {
        let code = match value {
            Atomic::Integer(d) => d.mantissa(),
            Atomic::Untyped(text) => text.trim().parse().unwrap_or(-1),
            _ => return Err(self.wrong_argument()),
        };
        let c = u32::try_from(code).ok().and_then(char::from_u32);
        c.filter(|c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
        })
        .ok_or_else(|| {
            XPathError::new(
                "FOCH0001",
                "ce nombre n'est pas le point de code d'un caractère de XML",
                "this number is not the codepoint of an XML character",
            )
        })
    }
}

fn is_normalized(text: &str) -> bool {
    let space = |b: u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let bytes = text.as_bytes();
    !bytes.iter().any(|b| matches!(b, b'\t' | b'\r' | b'\n'))
        && !bytes.windows(2).any(|pair| pair == b"  ")
        && !bytes.first().copied().is_some_and(space)
        && !bytes.last().copied().is_some_and(space)
}

/// Percent-encodes the bytes that `keep` refuses.
fn escape(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if keep(byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(
                    char::from_digit(digit.into(), 16)
                        .unwrap_or('0')
                        .to_ascii_uppercase(),
                );
            }
        }
    }
    out
}
