//! The source line of a finding, with what could identify a patient masked.

use std::ops::Range;

use segur_core::Finding;
use segur_xml::{Document, NodeKind};

/// Part of one line around the place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The text, tabs as spaces.
    pub(crate) text: String,
    /// Characters before the place.
    pub(crate) before: usize,
    /// Characters that the place covers, at least one.
    pub(crate) length: usize,
}

/// Characters shown on each side of the place.
const BEFORE: usize = 60;
const AFTER: usize = 100;

/// Elements whose attributes tell who a patient or a relative is. Text is masked everywhere.
const PERSONAL: [&str; 8] = [
    "recordTarget",
    "informant",
    "participant",
    "subject",
    "relatedSubject",
    "associatedEntity",
    "relatedEntity",
    "guardian",
];

/// A document's bytes, with the parts that must be masked.
pub(crate) struct Source<'a> {
    bytes: &'a [u8],
    personal: Vec<Range<usize>>,
    mask: Mask,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mask {
    /// Text, and the attributes of personal elements.
    Personal,
    /// Text and every attribute: it is not known which elements are personal.
    Everything,
    Nothing,
}

impl<'a> Source<'a> {
    pub(crate) fn new(bytes: &'a [u8], document: Option<&Document>, show_identity: bool) -> Self {
        let mask = match document {
            _ if show_identity => Mask::Nothing,
            Some(_) => Mask::Personal,
            None => Mask::Everything,
        };
        let personal = document
            .filter(|_| mask == Mask::Personal)
            .map(personal)
            .unwrap_or_default();
        Self {
            bytes,
            personal,
            mask,
        }
    }

    /// The line around a finding's place; `None` without a place, or in an encoding that is not ASCII-compatible.
    pub(crate) fn excerpt(&self, finding: &Finding) -> Option<Excerpt> {
        let span = finding.location.as_ref()?.span.clone()?;
        let start = span.start;
        if start > self.bytes.len()
            || self.bytes.get(1) == Some(&0)
            || self.bytes.first() == Some(&0)
        {
            return None;
        }
        let is_break = |b: &u8| matches!(b, b'\n' | b'\r');
        let line_start = self.bytes[..start]
            .iter()
            .rposition(is_break)
            .map_or(0, |at| at + 1);
        let line_end = self.bytes[start..]
            .iter()
            .take(AFTER * 4)
            .position(is_break)
            .map_or((start + AFTER * 4).min(self.bytes.len()), |at| start + at);
        let from = boundary(self.bytes, line_start.max(start.saturating_sub(BEFORE * 2)));
        let masked = self.masked(from..line_end);
        let leading = masked.iter().take_while(|(_, c)| c.is_whitespace()).count();
        let shown: Vec<(usize, char)> = masked
            .into_iter()
            .skip(leading)
            .skip_while(|(at, _)| *at + BEFORE < start)
            .take(BEFORE + AFTER)
            .collect();
        let before = shown.iter().filter(|(at, _)| *at < start).count();
        let end = span.end.max(start + 1);
        let length = shown
            .iter()
            .filter(|(at, _)| (start..end).contains(at))
            .count();
        let text: String = shown.into_iter().map(|(_, c)| c).collect();
        (!text.trim().is_empty()).then_some(Excerpt {
            text,
            before,
            length: length.max(1),
        })
    }

    /// The characters of a range with their offsets, masked.
    fn masked(&self, range: Range<usize>) -> Vec<(usize, char)> {
        let text = String::from_utf8_lossy(&self.bytes[range.clone()]);
        let mut state = self.state_at(range.start);
        let mut out = Vec::with_capacity(text.len());
        let mut at = range.start;
        for c in text.chars() {
            let hidden = match state {
                State::Text | State::Opaque => true,
                State::Value(_) => {
                    self.mask == Mask::Everything || self.personal.iter().any(|p| p.contains(&at))
                }
                State::Tag => false,
            };
            let markup = state.step(c);
            let plain = markup || !c.is_alphanumeric();
            let shown = match c {
                c if c.is_control() => ' ',
                _ if self.mask == Mask::Nothing || plain || !hidden => c,
                _ => '*',
            };
            out.push((at, shown));
            at += if c == char::REPLACEMENT_CHARACTER {
                1
            } else {
                c.len_utf8()
            };
        }
        out
    }

    /// Whether an offset lies in text, in a tag or in an attribute value: read from the last `<` before it.
    fn state_at(&self, offset: usize) -> State {
        let Some(open) = self.bytes[..offset].iter().rposition(|b| *b == b'<') else {
            return State::Text;
        };
        let mut state = State::Text;
        for b in &self.bytes[open..offset] {
            state.step(char::from(*b));
        }
        state
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Text,
    Tag,
    Value(char),
    /// Comment, CDATA section or processing instruction: free text.
    Opaque,
}

impl State {
    /// Moves over one character; true when the character is markup.
    fn step(&mut self, c: char) -> bool {
        let (next, markup) = match (*self, c) {
            (_, '<') => (Self::Tag, true),
            (Self::Tag, '>') => (Self::Text, true),
            (Self::Tag, '"' | '\'') => (Self::Value(c), true),
            (Self::Tag, '!' | '?') => (Self::Opaque, true),
            (Self::Opaque, '>') => (Self::Text, true),
            (Self::Value(quote), c) if c == quote => (Self::Tag, true),
            (state, _) => (state, state == Self::Tag),
        };
        *self = next;
        markup
    }
}

fn personal(document: &Document) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for node in document.root().descendants() {
        let inside = ranges
            .last()
            .is_some_and(|last| node.span().start < last.end);
        if node.kind() == NodeKind::Element && !inside && PERSONAL.contains(&node.local_name()) {
            ranges.push(node.span());
        }
    }
    ranges
}

/// The next offset that does not split a UTF-8 character.
fn boundary(bytes: &[u8], mut offset: usize) -> usize {
    while offset < bytes.len() && bytes[offset] & 0xc0 == 0x80 {
        offset += 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use segur_core::{Location, Message, Severity};

    const DOC: &str = "<ClinicalDocument>\n  <title>Lettre à DURAND</title>\n  <recordTarget><patientRole><id \
                       extension=\"277010115400329\"/></patientRole></recordTarget>\n  <code code=\"34133-9\"/>\n</ClinicalDocument>";

    fn excerpt(show: bool, needle: &str) -> Excerpt {
        let document = Document::parse(DOC.as_bytes()).unwrap();
        let start = DOC.find(needle).unwrap();
        let finding = Finding::new("r", Severity::Error, Message::fixed("", ""))
            .with_location(Location::new("/", 1, 1).with_span(start..start + needle.len()));
        Source::new(DOC.as_bytes(), Some(&document), show)
            .excerpt(&finding)
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
        assert!(!id.text.contains("2770"));
        assert_eq!(excerpt(false, "<code ").text, "<code code=\"34133-9\"/>");
    }

    #[test]
    fn the_caret_stands_under_the_place() {
        let id = excerpt(true, "<id ");
        assert!(id.text[id.before..].starts_with("<id extension=\"277010115400329\"/>"));
        assert_eq!(id.length, 4);
    }

    #[test]
    fn without_a_tree_every_value_is_masked() {
        let source = Source::new(DOC.as_bytes(), None, false);
        let all: String = source
            .masked(0..DOC.len())
            .into_iter()
            .map(|(_, c)| c)
            .collect();
        assert!(!all.contains("34133") && !all.contains("DURAND") && !all.contains("2770"));
        assert!(all.contains("<code code=\"*****-*\"/>"));
    }
}
