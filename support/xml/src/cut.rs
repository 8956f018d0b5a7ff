//! Large documents, piece by piece.

use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

use crate::document::Document;
use crate::encoding::{Encoding, plain_utf8};
use crate::error::XmlError;
use crate::limits::{Limits, MAX_TEXT};
use crate::node::Node;
use crate::source::Source;

/// Bytes of a piece, about: a tree of this size stays in the cache of a processor.
const PIECE: usize = 256 << 10;
/// Longest start tags around the pieces: each piece repeats them.
const MAX_AROUND: usize = 32 << 10;
/// Elements of the local name that turn out to be of another namespace, before the document is given whole: each costs a tree of the
/// start tags around it.
const MAX_TRIES: usize = 64;

/// Cuts the children of one element out of a large document, so that they are read one piece after the other: a list of ten thousand
/// records needs the memory of the text and of a small tree. The element is the first one of that namespace and local name.
///
/// Gives the document without what was cut out, and the pieces. A document that is small, that has no such element, or that is not in
/// UTF-8 is given whole, without pieces; so is one where many elements of that local name, but of other namespaces, come before it. What is well-formed whole is well-formed in pieces, and the other way round; the errors tell the
/// place in the input, positions of nodes are those within the piece.
///
/// ```
/// use segur_xml::{Limits, cut};
///
/// let list = format!("<l:list xmlns:l='urn:x'>{}</l:list>", "<l:one>text</l:one>".repeat(50_000));
/// let (document, pieces) = cut(list.as_bytes(), "urn:x", "list", &Limits::default())?;
/// assert_eq!(document.root_element().elements().count(), 0);
/// let mut records = 0;
/// for index in 0..pieces.len() {
///     let piece = pieces.read(index)?;
///     records += pieces.list(&piece).elements().count();
/// }
/// assert_eq!(records, 50_000);
/// # Ok::<(), segur_xml::XmlError>(())
/// ```
///
/// `limits` bind the document without its pieces, and each piece; the whole may have up to 1 GiB.
///
/// # Errors
/// What is left is not well-formed, or passes a limit.
pub fn cut<'a>(
    bytes: &'a [u8],
    namespace: &str,
    name: &str,
    limits: &Limits,
) -> Result<(Document, Pieces<'a>), XmlError> {
    cut_at(bytes, namespace, name, limits, PIECE)
}

/// What [`cut`] took out.
#[derive(Clone, Debug, Default)]
pub struct Pieces<'a> {
    /// The whole input, without byte order mark.
    text: &'a str,
    bom: bool,
    /// Start tags of the list and of the elements around it, and what closes them.
    open: String,
    close: String,
    /// How many elements that is.
    depth: usize,
    ranges: Vec<Range<usize>>,
    limits: Limits,
}

impl Pieces<'_> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether nothing was cut out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// A piece, within the list and the elements around it; an empty document's root when there is no such piece.
    ///
    /// # Errors
    /// The piece is not well-formed, or passes a limit.
    pub fn read(&self, index: usize) -> Result<Document, XmlError> {
        let range = self.ranges.get(index).cloned().unwrap_or_default();
        let inside = self.text.get(range.clone()).unwrap_or_default();
        let text = [&self.open, inside, &self.close].concat();
        Document::of_text(text, &self.limits).map_err(|error| {
            let within = error.offset().saturating_sub(self.open.len());
            self.placed(&error, range.start + within.min(inside.len()))
        })
    }

    /// The list within a piece.
    #[must_use]
    pub fn list<'d>(&self, piece: &'d Document) -> Node<'d> {
        let mut node = piece.root_element();
        for _ in 1..self.depth {
            node = node.elements().next().unwrap_or(node);
        }
        node
    }

    /// The document without the pieces.
    fn rest(&self) -> Result<Document, XmlError> {
        let mut rest = String::new();
        let mut from = 0;
        for range in &self.ranges {
            rest.push_str(self.text.get(from..range.start).unwrap_or_default());
            from = range.end;
        }
        rest.push_str(self.text.get(from..).unwrap_or_default());
        Document::parse_with(rest.as_bytes(), &self.limits).map_err(|error| {
            let mut at = error.offset();
            for range in &self.ranges {
                if range.start <= at {
                    at += range.len();
                }
            }
            self.placed(&error, at)
        })
    }

    #[cold]
    fn placed(&self, error: &XmlError, at: usize) -> XmlError {
        let source = Source::new(self.text.to_owned(), Encoding::Utf8, self.bom);
        let kind = error.kind().clone();
        XmlError::new(kind, source.position(at), source.original(at))
    }
}

fn cut_at<'a>(
    bytes: &'a [u8],
    namespace: &str,
    name: &str,
    limits: &Limits,
    piece: usize,
) -> Result<(Document, Pieces<'a>), XmlError> {
    let mut pieces = Pieces {
        text: "",
        bom: false,
        open: String::new(),
        close: String::new(),
        depth: 0,
        ranges: Vec::new(),
        limits: limits.clone(),
    };
    let text = match plain_utf8(bytes) {
        Some(text) if bytes.len() > piece && bytes.len() <= MAX_TEXT => text,
        _ => return Ok((Document::parse_with(bytes, limits)?, pieces)),
    };
    pieces.bom = text.len() < bytes.len();
    pieces.text = text;
    let mut scan = Scan {
        bytes: text.as_bytes(),
        at: 0,
    };
    if scan.find(&mut pieces, namespace, name) {
        scan.children(&mut pieces.ranges, piece);
    }
    match pieces.rest() {
        Ok(rest) => Ok((rest, pieces)),
        // An end tag that is missing in a piece is missed in the rest: the piece knows better where.
        Err(error) => Err((0..pieces.len())
            .find_map(|index| pieces.read(index).err())
            .unwrap_or(error)),
    }
}

/// Tells tags from what only looks like one. What is no XML is told by the tree: it reads every byte, in one piece or another.
struct Scan<'a> {
    bytes: &'a [u8],
    /// End of the token before.
    at: usize,
}

enum Token {
    Start,
    Empty,
    End,
    /// Comment, CDATA section, processing instruction.
    Other,
    /// Of the input, or of what can be read in pieces: what is left is for the tree to judge.
    Over,
}

impl Scan<'_> {
    /// The next token that is no text.
    fn next(&mut self) -> (Token, Range<usize>) {
        match self.token() {
            Some((token, range)) => {
                self.at = range.end;
                (token, range)
            }
            None => (Token::Over, self.bytes.len()..self.bytes.len()),
        }
    }

    fn token(&self) -> Option<(Token, Range<usize>)> {
        let from = self.at + memchr(b'<', self.bytes.get(self.at..)?)?;
        let markup = self.bytes.get(from..)?;
        let (token, length) = match markup.get(1)? {
            b'/' => (Token::End, memchr(b'>', markup)? + 1),
            b'?' => (Token::Other, end_of(markup, 2, b"?>")?),
            b'!' if markup.starts_with(b"<!--") => (Token::Other, end_of(markup, 4, b"-->")?),
            b'!' if markup.starts_with(b"<![CDATA[") => (Token::Other, end_of(markup, 9, b"]]>")?),
            b'!' => return None,
            _ => {
                let length = tag_length(markup)?;
                match markup.get(length.checked_sub(2)?)? {
                    b'/' => (Token::Empty, length),
                    _ => (Token::Start, length),
                }
            }
        };
        Some((token, from..from + length))
    }

    /// Goes behind the start tag of the list.
    fn find(&mut self, pieces: &mut Pieces<'_>, namespace: &str, name: &str) -> bool {
        let text = pieces.text;
        let mut around: Vec<Range<usize>> = Vec::new();
        let (mut length, mut tries) = (0, 0);
        loop {
            let (token, range) = self.next();
            match token {
                Token::Start => {
                    length += range.len();
                    if length > MAX_AROUND {
                        return false;
                    }
                    let tag = text.get(range.clone()).unwrap_or_default();
                    around.push(range);
                    if local_name(tag_name(tag)) != name {
                        continue;
                    }
                    let tags = around.iter().filter_map(|range| text.get(range.clone()));
                    let tags: Vec<&str> = tags.collect();
                    pieces.open = tags.concat();
                    let ends = tags.iter().rev().map(|tag| tag_name(tag));
                    pieces.close = ends.flat_map(|name| ["</", name, ">"]).collect();
                    pieces.depth = tags.len();
                    let alone = [pieces.open.as_str(), &pieces.close].concat();
                    let list = Document::parse_with(alone.as_bytes(), &pieces.limits);
                    if list.is_ok_and(|alone| pieces.list(&alone).is(namespace, name)) {
                        return true;
                    }
                    tries += 1;
                    if tries == MAX_TRIES {
                        return false;
                    }
                }
                Token::End => length -= around.pop().map_or(0, |range| range.len()),
                Token::Empty | Token::Other => {}
                Token::Over => return false,
            }
        }
    }

    /// The children of the list, in pieces that are neither tiny nor, as far as the children allow, large.
    fn children(&mut self, ranges: &mut Vec<Range<usize>>, piece: usize) {
        let mut depth = 0_usize;
        let mut begun = None;
        let mut whole = None;
        loop {
            // The text before a child goes with it: what is left must not join two texts that markup held apart.
            let from = self.at;
            let (token, range) = self.next();
            let ended = match token {
                Token::Start => {
                    depth += 1;
                    begun.get_or_insert(from);
                    false
                }
                Token::Empty => {
                    begun.get_or_insert(from);
                    depth == 0
                }
                Token::End if depth > 0 => {
                    depth -= 1;
                    depth == 0
                }
                Token::End | Token::Over => {
                    ranges.extend(whole);
                    return;
                }
                Token::Other => false,
            };
            if let (true, Some(start)) = (ended, begun) {
                whole = Some(start..range.end);
                if range.end - start >= piece {
                    ranges.extend(whole.take());
                    begun = None;
                }
            }
        }
    }
}

/// Where the first `end` behind `from` ends.
fn end_of(markup: &[u8], from: usize, end: &[u8]) -> Option<usize> {
    let at = memmem::find(markup.get(from..)?, end)?;
    Some(from + at + end.len())
}

/// Length of a start tag: to the first `>` that stands in no value.
fn tag_length(markup: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr3(b'>', b'"', b'\'', markup.get(at..)?)?;
        match *markup.get(at)? {
            b'>' => return Some(at + 1),
            quote => at += 2 + memchr(quote, markup.get(at + 1..)?)?,
        }
    }
}

/// The name in a start tag.
fn tag_name(tag: &str) -> &str {
    let inside = tag.strip_prefix('<').unwrap_or(tag);
    let end = inside.find([' ', '\t', '\r', '\n', '/', '>']);
    inside.get(..end.unwrap_or(inside.len())).unwrap_or(inside)
}

fn local_name(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a document says, its list in pieces of this size.
    fn in_pieces(text: &str, piece: usize) -> Result<Vec<String>, XmlError> {
        let limits = Limits::default();
        let (rest, pieces) = cut_at(text.as_bytes(), "urn:x", "list", &limits, piece)?;
        let mut all = Vec::new();
        let mut all_nodes = rest.root_element().descendants();
        let list = all_nodes.find(|node| node.is("urn:x", "list"));
        let mut push = |node: Node<'_>| {
            all.extend(node.elements().map(|one| {
                format!(
                    "{{{}}}{} {}",
                    one.namespace(),
                    one.local_name(),
                    one.string_value()
                )
            }));
        };
        for index in 0..pieces.len() {
            push(pieces.list(&pieces.read(index)?));
        }
        list.map(push);
        Ok(all)
    }

    #[test]
    fn pieces_say_what_the_whole_says() {
        let text = "\u{feff}<?xml version=\"1.0\"?><!-- <list> --><x:a xmlns:x='urn:y' xmlns='urn:x'><x:list><b/></x:list>\
             <b t='>'/><list xmlns:x='urn:z'> <x:c>1</x:c>\r\n<b><list>2</list><b/></b>t<!-- </list> --><d/><?p?><d>&amp;é</d> </list><list><d/></list></x:a>";
        let whole = in_pieces(text, usize::MAX).unwrap();
        assert_eq!(
            whole,
            ["{urn:z}c 1", "{urn:x}b 2", "{urn:x}d ", "{urn:x}d &é"]
        );
        for piece in 0..120 {
            assert_eq!(in_pieces(text, piece).unwrap(), whole, "{piece}");
        }
    }

    #[test]
    fn texts_that_markup_holds_apart_are_not_joined() {
        let list = |inside: &str| format!("<list xmlns='urn:x'>{inside}</list>");
        for piece in [0, 5, 10] {
            assert!(in_pieces(&list("]]<a/>>"), piece).is_ok(), "{piece}");
            assert!(in_pieces(&list("&am<a/>p;"), piece).is_err(), "{piece}");
        }
    }

    #[test]
    fn errors_tell_the_place_in_the_input() {
        let text = "\u{feff}<list xmlns='urn:x'>\n<a/>\n <a><b></a>\n<a/></list>";
        for piece in [0, 10, 20] {
            let error = in_pieces(text, piece).unwrap_err();
            assert_eq!((error.position().line, error.position().column), (3, 8));
            assert_eq!(error.offset(), text.find("</a>").unwrap());
        }
        let text = "<list xmlns='urn:x'>\n<a/><a/>\n</list>\n </x>";
        let error = in_pieces(text, 0).unwrap_err();
        assert_eq!((error.position().line, error.position().column), (4, 2));
        assert_eq!(error.offset(), text.find("</x>").unwrap());
    }

    #[test]
    fn start_tags_around_are_not_repeated_without_end() {
        let long = "x".repeat(MAX_AROUND);
        let text = format!(
            "<list xmlns='urn:x' a='{long}'>{}</list>",
            "<a/>".repeat(1000)
        );
        let limits = Limits::default();
        let (rest, pieces) = cut(text.as_bytes(), "urn:x", "list", &limits).unwrap();
        assert!(pieces.is_empty());
        assert_eq!(rest.root_element().elements().count(), 1000);
    }

    #[test]
    fn elements_of_another_namespace_are_not_looked_at_without_end() {
        let others = |count| {
            let others = "<list></list>".repeat(count);
            format!("<r>{others}<x:list xmlns:x='urn:x'><a/></x:list></r>")
        };
        let limits = Limits::default();
        for (count, pieces) in [(MAX_TRIES - 1, 1), (MAX_TRIES, 0)] {
            let text = others(count);
            let (_, cut) = cut_at(text.as_bytes(), "urn:x", "list", &limits, 0).unwrap();
            assert_eq!(cut.len(), pieces);
        }
    }

    proptest! {
        #[test]
        fn well_formed_whole_is_well_formed_in_pieces(
            tokens in proptest::collection::vec(prop::sample::select(vec![
                "<list>", "</list>", "<a>", "</a>", "<a/>", "text", "&lt;", "&", "<!-- -->", "<![CDATA[<a>]]>", "]]>", "<x:a/>", "<a x='1' x='2'/>",
                "<?p q?>", "<", "é", "<list xmlns=''>", "]", "]>", "&am", "p;",
            ]), 0..24),
            piece in 0_usize..40,
        ) {
            let text = format!("<r xmlns='urn:x'><list>{}</list></r>", tokens.concat());
            let whole = in_pieces(&text, usize::MAX);
            let cut = in_pieces(&text, piece);
            prop_assert_eq!(whole.is_ok(), cut.is_ok(), "{} {:?} {:?}", text, whole, cut);
            if let (Ok(whole), Ok(cut)) = (whole, cut) {
                prop_assert_eq!(whole, cut);
            }
        }
    }
}
