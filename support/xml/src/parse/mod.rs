//! From text to tables. quick-xml finds where each token ends; everything it leaves unchecked is
//! checked here.

mod tag;

use std::ops::Range;

use memchr::{memchr_iter, memmem};
use quick_xml::Reader;
use quick_xml::errors::{Error as QuickError, SyntaxError};
use quick_xml::events::Event;

use crate::chars::{find_invalid, is_ncname, is_space, skip_space};
use crate::data::{self, AttrData, ENCODED, NONE, NodeData};
use crate::decode::{BadReference, resolve};
use crate::encoding::clip;
use crate::error::{Construct, ErrorKind, Fault, fail};
use crate::limits::{Limits, MAX_TEXT};
use crate::names::{Interner, NO_NS, Names, XML_NS_ID};

type Checked<T = ()> = Result<T, Box<Fault>>;

/// What is to be parsed, and what it is added to.
pub(crate) struct Job<'t, 'l> {
    /// The whole text of the document.
    pub(crate) text: &'t str,
    /// Where the part to parse begins; it goes to the end.
    pub(crate) from: usize,
    pub(crate) limits: &'l Limits,
    pub(crate) names: Names,
    /// Nodes and attributes that exist already.
    pub(crate) nodes: u32,
    pub(crate) attrs: u32,
    /// For a fragment: its surroundings.
    pub(crate) fragment: Option<Surroundings>,
}

/// Where a fragment is going to be.
#[derive(Clone)]
pub(crate) struct Surroundings {
    pub(crate) scope: Vec<Binding>,
    pub(crate) depth: usize,
}

/// A prefix, as a span of the text (empty for the default), and its namespace.
#[derive(Clone)]
pub(crate) struct Binding {
    pub(crate) prefix: Range<usize>,
    pub(crate) ns: u32,
}

/// The tables of what was parsed; the first node is the document, or stands for the fragment.
pub(crate) struct Parsed {
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) attrs: Vec<AttrData>,
}

/// An element whose end tag has not come.
struct Open {
    node: u32,
    last_child: u32,
    name_len: u32,
    undo: u32,
}

struct Parser<'t, 'l> {
    text: &'t str,
    bytes: &'t [u8],
    limits: &'l Limits,
    first_node: u32,
    first_attr: u32,
    nodes: Vec<NodeData>,
    attrs: Vec<AttrData>,
    stack: Vec<Open>,
    outer_depth: usize,
    fragment: bool,
    seen_root: bool,
    /// Only then is it worth looking at every text.
    has_cdata_end: bool,
    interner: Interner<'t>,
    /// By prefix: the namespace it is bound to.
    bound: Vec<u32>,
    /// By prefix: the tag that declared it last.
    declared_by: Vec<usize>,
    /// Bindings to restore when elements end.
    undo: Vec<(u32, u32)>,
    /// Names of the attributes of the tag at hand, to find duplicates among many.
    scratch: Vec<u32>,
}

const UNBOUND: u32 = u32::MAX;

/// Gives the names back whatever happens; after a failure there may be more than before.
pub(crate) fn parse(job: Job<'_, '_>) -> (Names, Checked<Parsed>) {
    let part = job.text.get(job.from..).unwrap_or("");
    if let Err(fault) = check_characters(&job, part) {
        return (job.names, Err(fault));
    }
    let guess = (part.len() / 32).min(job.limits.max_nodes).min(1 << 16);
    let mut parser = Parser {
        text: job.text,
        bytes: job.text.as_bytes(),
        limits: job.limits,
        first_node: job.nodes,
        first_attr: job.attrs,
        nodes: Vec::with_capacity(guess + 1),
        attrs: Vec::with_capacity(guess),
        stack: Vec::with_capacity(16),
        outer_depth: job.fragment.as_ref().map_or(0, |f| f.depth),
        fragment: job.fragment.is_some(),
        seen_root: false,
        has_cdata_end: memmem::find(part.as_bytes(), b"]]>").is_some(),
        interner: Interner::new(job.names, job.text),
        bound: vec![NO_NS, XML_NS_ID, UNBOUND],
        declared_by: vec![0; 3],
        undo: Vec::new(),
        scratch: Vec::new(),
    };
    let scope = job.fragment.map(|f| f.scope).unwrap_or_default();
    parser.bind_scope(&scope);
    let done = parser.run(job.from);
    (
        parser.interner.tables,
        done.map(|()| Parsed {
            nodes: parser.nodes,
            attrs: parser.attrs,
        }),
    )
}

/// What is checked in bulk.
fn check_characters(job: &Job<'_, '_>, part: &str) -> Checked {
    if job.text.len() > MAX_TEXT {
        return fail(
            ErrorKind::TooLarge {
                limit: MAX_TEXT,
                found: job.text.len(),
            },
            job.from,
        );
    }
    if let Some((at, c)) = find_invalid(part) {
        return fail(
            ErrorKind::InvalidCharacter { code: c as u32 },
            job.from + at,
        );
    }
    Ok(())
}

impl<'t> Parser<'t, '_> {
    fn run(&mut self, from: usize) -> Checked {
        self.nodes
            .push(NodeData::new(data::DOCUMENT, NONE, from, self.text.len()));
        self.stack.push(Open {
            node: self.first_node,
            last_child: NONE,
            name_len: 0,
            undo: 0,
        });

        let mut at = from;
        // The reader drops a byte order mark; at the start of a text it is a character.
        if self.text[from..].starts_with('\u{FEFF}') {
            at += '\u{FEFF}'.len_utf8();
            self.text_part(from, at, 0)?;
        }
        let base = at;
        let mut reader = Reader::from_str(&self.text[base..]);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.trim_markup_names_in_closing_tags = false;

        loop {
            let event = reader.read_event();
            let end = base + reader.buffer_position() as usize;
            match event {
                Ok(Event::Start(_)) => self.start_tag(at, end, false)?,
                Ok(Event::Empty(_)) => self.start_tag(at, end, true)?,
                Ok(Event::End(_)) => self.end_tag(at, end)?,
                Ok(Event::Text(_)) => self.text(at, end)?,
                Ok(Event::GeneralRef(_)) => self.reference(at, end)?,
                Ok(Event::CData(_)) => self.cdata(at, end)?,
                Ok(Event::Comment(_)) => self.comment(at, end)?,
                Ok(Event::PI(_)) => self.instruction(at, end)?,
                Ok(Event::Decl(_)) => {
                    if at != 0 || self.fragment {
                        return fail(ErrorKind::MisplacedDeclaration, at);
                    }
                }
                Ok(Event::DocType(_)) => return fail(ErrorKind::Dtd, at),
                Ok(Event::Eof) => break,
                Err(error) => return self.refuse(&error, at),
            }
            at = end;
        }
        self.finish()
    }

    fn finish(&mut self) -> Checked {
        if let Some(open) = self.stack.pop_if(|open| open.node != self.first_node) {
            let start = self.node(open.node).start as usize;
            let name = self.slice(start + 1, start + 1 + open.name_len as usize);
            return fail(ErrorKind::UnclosedElement { name: clip(name) }, start);
        }
        if !self.seen_root && !self.fragment {
            return fail(ErrorKind::NoRoot, self.text.len());
        }
        if let Some(open) = self.stack.pop() {
            self.close(&open);
        }
        Ok(())
    }

    #[cold]
    fn refuse(&mut self, error: &QuickError, at: usize) -> Checked {
        let rest = &self.bytes[at.min(self.bytes.len())..];
        if rest
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case(b"<!DOCTYPE"))
        {
            return fail(ErrorKind::Dtd, at);
        }
        let construct = match error {
            QuickError::Syntax(syntax) => match syntax {
                SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => Construct::Instruction,
                SyntaxError::UnclosedComment if rest.starts_with(b"<!--") => Construct::Comment,
                SyntaxError::UnclosedCData if rest.starts_with(b"<![CDATA[") => Construct::CData,
                SyntaxError::UnclosedTag => Construct::Tag,
                SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue => Construct::AttributeValue,
                _ => return fail(ErrorKind::InvalidMarkup, at),
            },
            _ => return fail(ErrorKind::BareAmpersand, at),
        };
        if matches!(construct, Construct::Tag | Construct::AttributeValue)
            && !rest.starts_with(b"</")
        {
            // A missing quote swallows the rest: the tag itself may show the place.
            self.scan_tag(at, self.bytes.len())?;
        }
        fail(ErrorKind::Unclosed { construct }, at)
    }

    fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or("")
    }

    fn node(&mut self, id: u32) -> &mut NodeData {
        &mut self.nodes[(id - self.first_node) as usize]
    }

    fn at_top(&self) -> bool {
        self.stack.len() == 1
    }

    /// Adds a node behind what the open element holds.
    #[inline]
    fn push(&mut self, mut data: NodeData) -> Checked<u32> {
        if self.nodes.len() + self.attrs.len() >= self.limits.max_nodes {
            let limit = self.limits.max_nodes;
            return fail(ErrorKind::TooManyNodes { limit }, data.start as usize);
        }
        let id = self.first_node + self.nodes.len() as u32;
        let top = self.stack.len() - 1;
        let Open {
            node: parent,
            last_child,
            ..
        } = self.stack[top];
        self.stack[top].last_child = id;
        data.parent = parent;
        if last_child == NONE {
            self.node(parent).first_child = id;
        } else {
            self.node(last_child).next = id;
            data.prev = last_child;
        }
        self.nodes.push(data);
        Ok(id)
    }

    /// The last step of an element: its first child learns which is the last.
    #[inline]
    fn close(&mut self, open: &Open) {
        if open.last_child != NONE {
            let first = self.node(open.node).first_child;
            self.node(first).prev = open.last_child;
        }
        while self.undo.len() > open.undo as usize {
            if let Some((prefix, before)) = self.undo.pop() {
                self.bound[prefix as usize] = before;
            }
        }
    }

    #[inline]
    fn end_tag(&mut self, at: usize, end: usize) -> Checked {
        let Some(open) = self.stack.pop_if(|open| open.node != self.first_node) else {
            let name = self.end_tag_name(at, end);
            return fail(ErrorKind::UnexpectedEndTag { found: clip(name) }, at);
        };
        let start = self.node(open.node).start as usize + 1;
        let len = open.name_len as usize;
        let name_end = at + 2 + len;
        let same = self.bytes.get(at + 2..name_end) == self.bytes.get(start..start + len);
        if !same || skip_space(self.bytes, name_end) + 1 != end {
            let found = clip(self.end_tag_name(at, end));
            let expected = clip(self.slice(start, start + len));
            if found == expected {
                return fail(ErrorKind::MalformedTag, at);
            }
            return fail(ErrorKind::MismatchedEndTag { expected, found }, at);
        }
        self.node(open.node).end = end as u32;
        self.close(&open);
        Ok(())
    }

    /// For messages: never more than the name.
    fn end_tag_name(&self, at: usize, end: usize) -> &'t str {
        let rest = self.slice(at + 2, end.saturating_sub(1));
        let len = rest.find(|c: char| c.is_ascii() && crate::chars::ends_name(c as u8));
        &rest[..len.unwrap_or(rest.len())]
    }

    #[inline]
    fn text(&mut self, at: usize, end: usize) -> Checked {
        if at == end {
            return Ok(());
        }
        if self.has_cdata_end {
            let text = &self.bytes[at..end];
            for inside in memchr_iter(b']', text) {
                if text[inside..].starts_with(b"]]>") {
                    return fail(ErrorKind::CDataEndInText, at + inside);
                }
            }
        }
        self.text_part(at, end, 0)
    }

    fn reference(&mut self, at: usize, end: usize) -> Checked {
        self.check_reference(at, end)?;
        self.text_part(at, end, ENCODED)
    }

    /// `at..end` is from `&` to `;`, both included.
    fn check_reference(&self, at: usize, end: usize) -> Checked {
        let name = self.slice(at + 1, end.saturating_sub(1));
        match resolve(name) {
            Ok(_) => Ok(()),
            Err(BadReference::Undeclared) => {
                fail(ErrorKind::UndeclaredEntity { name: clip(name) }, at)
            }
            Err(BadReference::Character) => fail(ErrorKind::InvalidCharacterReference, at),
            Err(BadReference::Name) => fail(ErrorKind::BareAmpersand, at),
        }
    }

    fn cdata(&mut self, at: usize, end: usize) -> Checked {
        if self.at_top() && !self.fragment {
            return fail(ErrorKind::TextOutsideRoot, at);
        }
        self.text_part(at, end, ENCODED)
    }

    /// Adds to the text before, or starts one.
    #[inline]
    fn text_part(&mut self, at: usize, end: usize, encoded: u8) -> Checked {
        if self.at_top() && !self.fragment {
            let white = skip_space(&self.bytes[..end], at);
            return if white == end {
                Ok(())
            } else {
                fail(ErrorKind::TextOutsideRoot, white)
            };
        }
        let last = self.stack.last().map_or(NONE, |open| open.last_child);
        if last != NONE {
            let node = self.node(last);
            if node.kind() == data::TEXT && node.end as usize == at {
                node.end = end as u32;
                node.bits |= encoded;
                return Ok(());
            }
        }
        self.push(NodeData::new(data::TEXT | encoded, NONE, at, end))
            .map(|_| ())
    }

    fn comment(&mut self, at: usize, end: usize) -> Checked {
        let inside = self.slice(at + 4, end.saturating_sub(3));
        if end - at < 7 {
            return fail(ErrorKind::InvalidMarkup, at);
        }
        // One hyphen at the end meets the two of the end.
        for hyphen in memchr_iter(b'-', inside.as_bytes()) {
            if matches!(inside.as_bytes().get(hyphen + 1), Some(b'-') | None) {
                return fail(ErrorKind::DoubleHyphenInComment, at + 4 + hyphen);
            }
        }
        self.push(NodeData::new(data::COMMENT, NONE, at, end))
            .map(|_| ())
    }

    fn instruction(&mut self, at: usize, end: usize) -> Checked {
        let inside = self.slice(at + 2, end.saturating_sub(2));
        let len = inside.bytes().position(is_space).unwrap_or(inside.len());
        let target = &inside[..len];
        if !is_ncname(target) || target.eq_ignore_ascii_case("xml") {
            return fail(ErrorKind::InvalidTarget, at);
        }
        self.push(NodeData::new(data::INSTRUCTION, NONE, at, end))
            .map(|_| ())
    }
}
