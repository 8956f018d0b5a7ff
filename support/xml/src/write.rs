//! Back to bytes: what no edit touched is copied.

use std::io;

use crate::data::{self, DIRTY};
use crate::document::Document;
use crate::encoding::Encoding;
use crate::node::Node;

/// Where the pieces go, and the last two bytes that went there.
struct Sink<'a> {
    out: &'a mut dyn FnMut(&str),
    tail: [u8; 2],
}

impl Sink<'_> {
    fn put(&mut self, piece: &str) {
        for &byte in piece.as_bytes().iter().rev().take(2).rev() {
            self.tail = [self.tail[1], byte];
        }
        (self.out)(piece);
    }

    /// A text behind a text, neighbours by an edit: `]]` and `>`, or a carriage return and a line
    /// feed, must not become one.
    fn put_joined(&mut self, text: &str) {
        let (escaped, rest) = if self.tail == *b"]]" && text.starts_with('>') {
            ("&gt;", &text[1..])
        } else if self.tail[1] == b']' && text.starts_with("]>") {
            ("]&gt;", &text[2..])
        } else if self.tail[1] == b'\r' && text.starts_with('\n') {
            ("&#10;", &text[1..])
        } else {
            ("", text)
        };
        self.put(escaped);
        self.put(rest);
    }
}

impl Document {
    /// The document as bytes, in the encoding it came in: those it was read from, where no edit
    /// changed it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.source.original_len());
        if self.source.bom {
            out.extend_from_slice(self.source.encoding.bom());
        }
        self.pieces(&mut |text| self.source.encoding.encode(text, &mut out));
        out
    }

    /// Writes what [`Document::to_bytes`] gives.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(&self, out: &mut impl io::Write) -> io::Result<()> {
        if self.source.encoding != Encoding::Utf8 {
            return out.write_all(&self.to_bytes());
        }
        if self.source.bom {
            out.write_all(self.source.encoding.bom())?;
        }
        let mut result = Ok(());
        self.pieces(&mut |text| {
            if result.is_ok() {
                result = out.write_all(text.as_bytes());
            }
        });
        result
    }

    /// Hands out the text of the document in order.
    fn pieces(&self, out: &mut dyn FnMut(&str)) {
        let root = self.root();
        if !root.data().has(DIRTY) {
            out(self.text_at(0, self.source.len));
            return;
        }
        let sink = &mut Sink { out, tail: [0; 2] };
        // Before and after the children of the document are the declaration and white space.
        sink.put(self.text_at(0, self.prolog_end()));
        let mut next = root.first_child();
        while let Some(node) = next {
            sink.put(self.space_before(&node));
            if !node.data().has(DIRTY) {
                let text = self.text_at(node.data().start as usize, node.data().end as usize);
                if node.is_text() && node.previous_sibling().is_some_and(|n| n.is_text()) {
                    sink.put_joined(text);
                } else {
                    sink.put(text);
                }
                next = self.close_until_next(node, sink);
                continue;
            }
            let (start, end) = self.tag_span(node.id);
            let tag = self.text_at(start, end);
            if node.first_child().is_none() {
                sink.put(tag);
                if !tag.ends_with("/>") {
                    sink.put(&self.end_tag(&node));
                }
                next = self.close_until_next(node, sink);
            } else {
                match tag.strip_suffix("/>") {
                    Some(open) => {
                        sink.put(open);
                        sink.put(">");
                    }
                    None => {
                        sink.put(tag);
                    }
                }
                next = node.first_child();
            }
        }
        sink.put(self.epilog());
    }

    /// The node to write after one that is done; ends the elements that it ends.
    fn close_until_next<'a>(&'a self, node: Node<'a>, sink: &mut Sink<'_>) -> Option<Node<'a>> {
        let mut node = node;
        loop {
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent().filter(Node::is_element)?;
            sink.put(&self.end_tag(&node));
        }
    }

    /// The end tag as it was written, or a new one.
    fn end_tag(&self, node: &Node<'_>) -> String {
        let data = node.data();
        if data.end > data.tag_end {
            let inside = self.text_at(data.tag_end as usize, data.end as usize);
            if let Some(at) = inside.rfind("</") {
                return inside[at..].to_owned();
            }
        }
        match node.prefix() {
            Some(prefix) => format!("</{prefix}:{}>", node.local_name()),
            None => format!("</{}>", node.local_name()),
        }
    }

    /// End of the XML declaration.
    fn prolog_end(&self) -> usize {
        let text = self.text_at(0, self.source.len);
        crate::declaration::parse(text.as_bytes())
            .ok()
            .flatten()
            .map_or(0, |d| d.end)
    }

    /// White space of the input before a child of the document.
    fn space_before(&self, node: &Node<'_>) -> &str {
        let start = node.data().start as usize;
        if node
            .parent()
            .is_some_and(|parent| parent.data().kind() != data::DOCUMENT)
            || start >= self.source.len
        {
            return "";
        }
        let before = self.text_at(0, start);
        &before[before.trim_end_matches([' ', '\t', '\n', '\r']).len()..]
    }

    /// White space at the end of the input.
    fn epilog(&self) -> &str {
        let text = self.text_at(0, self.source.len);
        &text[text.trim_end_matches([' ', '\t', '\n', '\r']).len()..]
    }
}
