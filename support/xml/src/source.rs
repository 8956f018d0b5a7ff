//! The text of a document and the way from its offsets to bytes, lines and columns of the input.

use std::sync::OnceLock;

use crate::encoding::{Encoding, count, count_chars};

/// A place in the input, as editors show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1. `\n`, `\r\n` and a lone `\r` end a line.
    pub line: u32,
    /// Column, from 1, in characters (Unicode scalar values).
    pub column: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The decoded input, then the text that edits added.
    pub(crate) text: String,
    /// How much of `text` is the input.
    pub(crate) len: usize,
    pub(crate) encoding: Encoding,
    pub(crate) bom: bool,
    index: OnceLock<Index>,
}

#[derive(Debug, Clone)]
struct Index {
    /// Offset where each line starts.
    lines: Vec<u32>,
    /// For each block: characters before it, and bytes of the input.
    blocks: Vec<(u32, u32)>,
}

const BLOCK: usize = 4096;

impl Source {
    pub(crate) fn new(text: String, encoding: Encoding, bom: bool) -> Self {
        Self {
            len: text.len(),
            text,
            encoding,
            bom,
            index: OnceLock::new(),
        }
    }

    pub(crate) fn bom_len(&self) -> usize {
        if self.bom {
            self.encoding.bom().len()
        } else {
            0
        }
    }

    /// Bytes of the input.
    pub(crate) fn original_len(&self) -> usize {
        self.original(self.len)
    }

    /// The byte of the input that became the byte `offset` of the text.
    pub(crate) fn original(&self, offset: usize) -> usize {
        let offset = offset.min(self.len);
        let inside = match self.encoding {
            Encoding::Utf8 | Encoding::UsAscii => offset,
            _ => {
                let block = offset / BLOCK;
                let (_, before) = self.index().blocks.get(block).copied().unwrap_or((0, 0));
                before as usize + self.encoding.encoded_len(self.since(block, offset))
            }
        };
        self.bom_len() + inside
    }

    /// The byte of the text that came from the byte `offset` of the input.
    pub(crate) fn offset_of(&self, offset: usize) -> usize {
        let offset = offset.saturating_sub(self.bom_len());
        if matches!(self.encoding, Encoding::Utf8 | Encoding::UsAscii) {
            return offset.min(self.len);
        }
        let blocks = &self.index().blocks;
        let block = blocks
            .partition_point(|&(_, before)| before as usize <= offset)
            .max(1)
            - 1;
        let before = blocks.get(block).map_or(0, |&(_, before)| before as usize);
        let from = (block * BLOCK..self.len).find(|&at| self.text.is_char_boundary(at));
        let from = from.unwrap_or(self.len);
        let mut left = offset - before;
        for (at, c) in self.text[from..self.len].char_indices() {
            let size = self.encoding.encoded_len(c.encode_utf8(&mut [0; 4]));
            if left < size {
                return from + at;
            }
            left -= size;
        }
        self.len
    }

    pub(crate) fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.len);
        let lines = &self.index().lines;
        let line = lines
            .partition_point(|&start| start as usize <= offset)
            .max(1);
        let start = lines.get(line - 1).map_or(0, |&start| start as usize);
        let column = self
            .chars_before(offset)
            .saturating_sub(self.chars_before(start));
        Position {
            line: line as u32,
            column: column as u32 + 1,
        }
    }

    fn chars_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let (before, _) = self.index().blocks.get(block).copied().unwrap_or((0, 0));
        let from = (block * BLOCK).min(offset);
        before as usize + count_chars(&self.text.as_bytes()[from..offset])
    }

    /// The text from the first character that starts in the block.
    fn since(&self, block: usize, offset: usize) -> &str {
        let from = (block * BLOCK).min(offset);
        let from = (from..=offset)
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(offset);
        self.text.get(from..offset).unwrap_or("")
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let bytes = &self.text.as_bytes()[..self.len];
            let mut lines = vec![0];
            if memchr::memchr(b'\r', bytes).is_none() {
                lines.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
            } else {
                for at in memchr::memchr2_iter(b'\r', b'\n', bytes) {
                    if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                        lines.push(at as u32 + 1);
                    }
                }
            }
            let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 1);
            let (mut chars, mut originals) = (0, 0);
            for block in bytes.chunks(BLOCK) {
                blocks.push((chars as u32, originals as u32));
                let here = count_chars(block);
                chars += here;
                originals += match self.encoding {
                    Encoding::Utf8 | Encoding::UsAscii => block.len(),
                    Encoding::Iso8859_1 | Encoding::Iso8859_15 => here,
                    Encoding::Utf16Le | Encoding::Utf16Be => {
                        2 * (here + count(block, |b| b >= 0xF0))
                    }
                };
            }
            blocks.push((chars as u32, originals as u32));
            Index { lines, blocks }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &Source, offset: usize) -> (u32, u32) {
        let position = source.position(offset);
        (position.line, position.column)
    }

    #[test]
    fn lines_and_columns() {
        let source = Source::new("ab\ncé\r\nd\r\u{1F600}e\n".into(), Encoding::Utf8, true);
        assert_eq!(at(&source, 0), (1, 1));
        assert_eq!(at(&source, 2), (1, 3));
        assert_eq!(at(&source, 3), (2, 1));
        assert_eq!(at(&source, 6), (2, 3));
        assert_eq!(at(&source, 8), (3, 1));
        assert_eq!(at(&source, 10), (4, 1));
        assert_eq!(at(&source, 14), (4, 2));
        assert_eq!(at(&source, 16), (5, 1));
        assert_eq!(at(&source, 900), (5, 1));
        assert_eq!(source.original(3), 6);
    }

    #[test]
    fn long_lines_and_wide_characters() {
        let text = "é€😀x".repeat(5000);
        for (encoding, per_round) in [(Encoding::Utf16Be, 10), (Encoding::Utf8, 10)] {
            let source = Source::new(text.clone(), encoding, false);
            for round in [0, 1, 409, 410, 999, 4999] {
                assert_eq!(at(&source, round * 10), (1, round as u32 * 4 + 1));
                assert_eq!(source.original(round * 10), round * per_round);
                assert_eq!(at(&source, round * 10 + 5), (1, round as u32 * 4 + 3));
            }
        }
        let text = "é".repeat(9000);
        let source = Source::new(text, Encoding::Iso8859_1, false);
        assert_eq!(source.original(2 * 4321), 4321);
        assert_eq!(source.original_len(), 9000);
    }
}
