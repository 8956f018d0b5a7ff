//! The source line of a finding, masked.

use std::ops::Range;

use segur_core::{Finding, Location};
use segur_xml::{Document, Encoding};

use crate::mask;

/// Part of one line around the place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The text, without line end; control characters as spaces, what may tell who the patient is as `*`.
    pub(crate) text: String,
    /// Characters before the place.
    pub(crate) before: usize,
    /// Characters that the place covers, at least one.
    pub(crate) length: usize,
}

/// Characters shown before and after the start of the finding, at most.
const BEFORE: usize = 50;
const AFTER: usize = 90;

/// A document's bytes, with the values that may be shown.
pub(crate) struct Source<'a> {
    bytes: &'a [u8],
    one_byte: bool,
    readable: bool,
    /// `None`: show everything.
    visible: Option<Vec<Range<usize>>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(bytes: &'a [u8], document: Option<&Document>, show_identity: bool) -> Self {
        let encoding = document.map(Document::encoding);
        // Without a tree the encoding is not known; every second byte of UTF-16 would be nil.
        let utf16 = bytes.first() == Some(&0)
            || bytes.get(1) == Some(&0)
            || bytes.starts_with(&[0xFE, 0xFF])
            || bytes.starts_with(&[0xFF, 0xFE]);
        Self {
            bytes,
            one_byte: matches!(encoding, Some(Encoding::Iso8859_1 | Encoding::Iso8859_15)),
            readable: !utf16 && !matches!(encoding, Some(Encoding::Utf16Be | Encoding::Utf16Le)),
            visible: (!show_identity)
                .then(|| document.map(mask::visible_values).unwrap_or_default()),
        }
    }

    /// The line around a finding's place; `None` without a place, or in UTF-16.
    pub(crate) fn excerpt(&self, finding: &Finding) -> Option<Excerpt> {
        if !self.readable {
            return None;
        }
        self.around(finding.location.as_ref()?)
    }

    fn around(&self, location: &Location) -> Option<Excerpt> {
        let span = match &location.span {
            Some(span) => span.clone(),
            None => {
                let at = self.offset(location.line, location.column)?;
                at..at + 1
            }
        };
        let (head, tail) = self.bytes.split_at_checked(span.start)?;
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let line_start = head.iter().rposition(is_end).map_or(0, |at| at + 1);
        let line_end = tail
            .iter()
            .position(is_end)
            .map_or(self.bytes.len(), |at| span.start + at);
        // A character has at most four bytes; the window is cut on bytes first, for lines of megabytes.
        let mut start = line_start.max(span.start.saturating_sub(BEFORE * 4));
        let end = line_end.min(span.start + AFTER * 4);
        while !self.is_boundary(start) {
            start += 1;
        }
        let window = self.decode(start..end);
        let caret = window.iter().filter(|(at, _)| *at < span.start).count();
        let underlined = window
            .iter()
            .filter(|(at, _)| span.contains(at))
            .count()
            .max(1);
        let from = caret.saturating_sub(BEFORE);
        let to = window.len().min(caret + AFTER);
        let shown = window.get(from..to)?;
        let cut_before = start > line_start || from > 0;
        let cut_after = end < line_end || to < window.len();
        let (text, lead) = self.text(shown, cut_before, cut_after);
        let start = caret - from + usize::from(cut_before);
        let start = start.checked_sub(lead)?;
        let room = text.chars().count().saturating_sub(start).max(1);
        (!text.trim().is_empty()).then_some(Excerpt {
            text,
            before: start,
            length: underlined.min(room),
        })
    }

    /// The characters to show, and how many leading blanks were dropped.
    fn text(&self, window: &[(usize, char)], before: bool, after: bool) -> (String, usize) {
        let characters: Vec<char> = window.iter().map(|(_, c)| *c).collect();
        let lead = if before {
            0
        } else {
            characters.iter().take_while(|c| c.is_whitespace()).count()
        };
        let markup = mask::markup(&characters);
        let mut text = String::with_capacity(window.len() + 8);
        if before {
            text.push('…');
        }
        for ((at, character), markup) in window.iter().zip(markup).skip(lead) {
            let shown = markup || self.is_visible(*at);
            text.push(match character {
                _ if !shown => '*',
                c if c.is_control() => ' ',
                c => *c,
            });
        }
        if after {
            text.push('…');
        }
        (text, lead)
    }

    fn is_visible(&self, at: usize) -> bool {
        let Some(visible) = &self.visible else {
            return true;
        };
        let next = visible.partition_point(|span| span.end <= at);
        visible.get(next).is_some_and(|span| span.contains(&at))
    }

    fn is_boundary(&self, at: usize) -> bool {
        self.one_byte || self.bytes.get(at).is_none_or(|byte| (byte & 0xC0) != 0x80)
    }

    fn decode(&self, range: Range<usize>) -> Vec<(usize, char)> {
        let start = range.start;
        let Some(bytes) = self.bytes.get(range) else {
            return Vec::new();
        };
        if self.one_byte {
            let one = |(index, byte): (usize, &u8)| (start + index, char::from(*byte));
            return bytes.iter().enumerate().map(one).collect();
        }
        let mut characters = Vec::with_capacity(bytes.len());
        let mut at = start;
        for chunk in bytes.utf8_chunks() {
            for character in chunk.valid().chars() {
                characters.push((at, character));
                at += character.len_utf8();
            }
            if !chunk.invalid().is_empty() {
                characters.push((at, '\u{FFFD}'));
                at += chunk.invalid().len();
            }
        }
        characters
    }

    /// The byte at a line and column, both from 1.
    fn offset(&self, line: u32, column: u32) -> Option<usize> {
        let mut start = 0;
        for _ in 1..line {
            let rest = self.bytes.get(start..)?;
            start += rest.iter().position(|byte| *byte == b'\n')? + 1;
        }
        let end = (start + 4 * usize::try_from(column).ok()?).min(self.bytes.len());
        let index = usize::try_from(column.checked_sub(1)?).ok()?;
        let characters = self.decode(start..end);
        Some(characters.get(index).map_or(end, |(at, _)| *at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use segur_core::{Message, Severity};

    const DOC: &str = "<ClinicalDocument>\n  <title>Lettre à DURAND</title>\n  <recordTarget><patientRole><id \
                       extension=\"277010115400329\"/></patientRole></recordTarget>\n  <code code=\"34133-9\"/>\n</ClinicalDocument>";

    fn at(source: &str, needle: &str) -> Finding {
        let start = source.find(needle).unwrap();
        Finding::new("r", Severity::Error, Message::fixed("", ""))
            .with_location(Location::new("/", 1, 1).with_span(start..start + needle.len()))
    }

    fn excerpt(show: bool, needle: &str) -> Excerpt {
        let document = Document::parse(DOC.as_bytes()).unwrap();
        Source::new(DOC.as_bytes(), Some(&document), show)
            .excerpt(&at(DOC, needle))
            .unwrap()
    }

    #[test]
    fn text_and_the_attributes_of_the_patient_are_masked() {
        assert_eq!(
            excerpt(false, "<title>").text,
            "<title>****** * ******</title>"
        );
        let id = excerpt(false, "<id ");
        assert!(
            id.text.contains("<id extension=\"***************\"/>"),
            "{}",
            id.text
        );
        assert_eq!(excerpt(false, "<code ").text, "<code code=\"34133-9\"/>");
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        let id = excerpt(true, "<id ");
        assert!(id.text[id.before..].starts_with("<id extension=\"277010115400329\"/>"));
        assert_eq!(id.length, 4);
    }

    #[test]
    fn what_is_not_well_formed_is_shown_without_a_value() {
        // The quote that is missing turns names into values and values into names.
        let broken = "<a>\n<id root=\"1.2 extension=\"277010115400329\"/><!-- DURAND --></a>";
        let finding = Finding::new("r", Severity::Fatal, Message::fixed("", ""))
            .with_location(Location::new("", 2, 25));
        let excerpt = Source::new(broken.as_bytes(), None, false)
            .excerpt(&finding)
            .unwrap();
        assert!(excerpt.text.starts_with("<id root=\"*.* "), "{excerpt:?}");
        assert!(!excerpt.text.contains("277") && !excerpt.text.contains("DURAND"));
        assert_eq!(excerpt.before, 24);
    }

    #[test]
    fn a_line_of_a_megabyte_gives_a_window() {
        let long = format!(
            "<a>{}<b code=\"x\"/>{}</a>",
            "é".repeat(500_000),
            "é".repeat(500_000)
        );
        let document = Document::parse(long.as_bytes()).unwrap();
        let excerpt = Source::new(long.as_bytes(), Some(&document), false)
            .excerpt(&at(&long, "<b "))
            .unwrap();
        assert!(excerpt.text.chars().count() <= BEFORE + AFTER + 2);
        let from = excerpt.text.char_indices().nth(excerpt.before).unwrap().0;
        assert!(excerpt.text[from..].starts_with("<b code=\"x\"/>"));
    }
}
