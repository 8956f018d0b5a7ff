//! From text to markup: where each construct begins and ends, whatever the pieces are.

use std::io::Write;

use memchr::{memchr, memchr_iter, memchr3};
use segur_xml::{Construct, ErrorKind};

use super::chars::{is_ncname, is_space, name_len, resolve, spaces};
use super::error::CanonicalError;
use super::input::Take;
use super::out::{Out, text_end};
use super::tag::{Elements, no_character};
use super::{CanonicalLimits, Comments};

type Done = Result<(), CanonicalError>;
type Rest<'a> = Result<&'a str, CanonicalError>;

pub(super) struct Scanner<W> {
    elements: Elements,
    out: Out<W>,
    comments: Comments,
    state: State,
    /// What is known of a construct that is not whole: a tag, a reference, the name of an instruction.
    token: String,
    /// The line at which the construct at hand begins.
    token_line: u64,
    /// The line of what comes next.
    line: u64,
}

#[derive(Clone, Copy)]
enum State {
    /// Between markup; how many `]` came last, up to two.
    Text { brackets: u8 },
    /// After `&`.
    Reference,
    /// After `<`, `<!` …
    Markup,
    /// In a start tag; the quote that is open.
    StartTag { quote: Option<u8> },
    /// After `</`.
    EndTag,
    /// After `<!--`; how many `-` came last.
    Comment { hyphens: u8 },
    /// After `<![CDATA[`; how many `]` came last, up to two.
    CData { brackets: u8 },
    /// In the name of an instruction.
    Target,
    /// After that.
    Instruction { part: Part },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Directly after the name, `?` seen.
    NoSpace,
    /// White space before the data.
    Before,
    /// The same, then `?`.
    BeforeMark,
    /// In the data.
    Data,
    /// The same, then `?`.
    DataMark,
}

const CDATA: &str = "![CDATA[";
const DOCTYPE: &str = "!DOCTYPE";

impl<W: Write> Scanner<W> {
    pub(super) fn new(out: W, comments: Comments, limits: CanonicalLimits) -> Self {
        Self {
            elements: Elements::new(limits),
            out: Out::new(out),
            comments,
            state: State::Text { brackets: 0 },
            token: String::new(),
            token_line: 1,
            line: 1,
        }
    }

    /// No more text comes.
    pub(super) fn finish(self) -> Result<W, CanonicalError> {
        let construct = match self.state {
            State::Text { .. } => None,
            State::Reference => {
                return Err(CanonicalError::xml(
                    ErrorKind::BareAmpersand,
                    self.token_line,
                ));
            }
            State::Markup | State::StartTag { quote: None } | State::EndTag => Some(Construct::Tag),
            State::StartTag { quote: Some(_) } => Some(Construct::AttributeValue),
            State::Comment { .. } => Some(Construct::Comment),
            State::CData { .. } => Some(Construct::CData),
            State::Target | State::Instruction { .. } => Some(Construct::Instruction),
        };
        let fail = |kind, line| Err(CanonicalError::xml(kind, line));
        if let Some(construct) = construct {
            return fail(ErrorKind::Unclosed { construct }, self.token_line);
        }
        if let Some(name) = self.elements.innermost() {
            let name = super::error::clip(name);
            return fail(ErrorKind::UnclosedElement { name }, self.line);
        }
        if !self.elements.seen_root() {
            return fail(ErrorKind::NoRoot, self.line);
        }
        Ok(self.out.finish()?)
    }

    fn step<'a>(&mut self, rest: &'a str) -> Rest<'a> {
        match self.state {
            State::Text { brackets } => self.text(rest, brackets),
            State::Reference => self.reference(rest),
            State::Markup => self.markup(rest),
            State::StartTag { quote } => self.start_tag(rest, quote),
            State::EndTag => self.end_tag(rest),
            State::Comment { hyphens } => self.comment(rest, hyphens),
            State::CData { brackets } => self.cdata(rest, brackets),
            State::Target => self.target(rest),
            State::Instruction { part } => self.instruction(rest, part),
        }
    }

    fn text<'a>(&mut self, rest: &'a str, brackets: u8) -> Rest<'a> {
        let end = text_end(rest).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if self.elements.is_outside() {
            let white = spaces(run.as_bytes());
            if white != run.len() || after.starts_with('&') {
                let line = self.line + lines(&run[..white]);
                return Err(CanonicalError::xml(ErrorKind::TextOutsideRoot, line));
            }
        } else {
            self.run(run, brackets)?;
        }
        let Some(mark) = after.bytes().next() else {
            let brackets = brackets_after(brackets, run);
            self.state = State::Text { brackets };
            return Ok(after);
        };
        self.token.clear();
        self.token_line = self.line + lines(run);
        self.state = if mark == b'<' {
            State::Markup
        } else {
            State::Reference
        };
        Ok(&after[1..])
    }

    /// Text of an element, in which `]]>` must not stand.
    fn run(&mut self, run: &str, brackets: u8) -> Done {
        let bytes = run.as_bytes();
        for at in memchr_iter(b'>', bytes) {
            let ends = match at {
                0 => brackets == 2,
                1 => brackets >= 1 && bytes[0] == b']',
                _ => bytes[at - 2..at] == *b"]]",
            };
            if ends {
                let line = self.line + lines(&run[..at]);
                return Err(CanonicalError::xml(ErrorKind::CDataEndInText, line));
            }
        }
        Ok(self.out.text(run)?)
    }

    fn reference<'a>(&mut self, rest: &'a str) -> Rest<'a> {
        let line = self.token_line;
        let end = rest
            .bytes()
            .position(|byte| matches!(byte, b';' | b'<' | b'&') || is_space(byte));
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        self.push_token(part)?;
        if after.is_empty() {
            return Ok(after);
        }
        let Some(after) = after.strip_prefix(';') else {
            return Err(CanonicalError::xml(ErrorKind::BareAmpersand, line));
        };
        let letter = resolve(&self.token);
        let letter =
            letter.map_err(|error| CanonicalError::xml(no_character(error, &self.token), line))?;
        self.out.letter(letter)?;
        self.state = State::Text { brackets: 0 };
        Ok(after)
    }

    /// Adds to what is held, within the limit.
    fn push_token(&mut self, part: &str) -> Done {
        let limit = self.elements.max_tag();
        if self.token.len() + part.len() > limit {
            let line = self.token_line;
            return Err(CanonicalError::TagTooLong { limit, line });
        }
        self.token.push_str(part);
        Ok(())
    }

    fn markup<'a>(&mut self, rest: &'a str) -> Rest<'a> {
        let invalid = || CanonicalError::xml(ErrorKind::InvalidMarkup, self.token_line);
        if self.token.is_empty() {
            match rest.as_bytes()[0] {
                b'/' => {
                    self.state = State::EndTag;
                    return Ok(&rest[1..]);
                }
                b'?' => {
                    self.state = State::Target;
                    return Ok(&rest[1..]);
                }
                b'!' => {}
                _ => {
                    self.state = State::StartTag { quote: None };
                    return Ok(rest);
                }
            }
        }
        // `<!`: letter by letter until it is known.
        let letter = rest.chars().next().unwrap_or_default();
        self.token.push(letter);
        let rest = &rest[letter.len_utf8()..];
        let token = self.token.as_str();
        if token == "!--" {
            self.begin_outside()?;
            if self.comments == Comments::Kept {
                self.out.put(b"<!--")?;
            }
            self.state = State::Comment { hyphens: 0 };
        } else if token == CDATA {
            if self.elements.is_outside() {
                return Err(CanonicalError::xml(
                    ErrorKind::TextOutsideRoot,
                    self.token_line,
                ));
            }
            self.state = State::CData { brackets: 0 };
        } else if token.eq_ignore_ascii_case(DOCTYPE) {
            return Err(CanonicalError::xml(ErrorKind::Dtd, self.token_line));
        } else {
            let doctype = DOCTYPE.get(..token.len());
            let begins = doctype.is_some_and(|start| start.eq_ignore_ascii_case(token));
            if !begins && !"!--".starts_with(token) && !CDATA.starts_with(token) {
                return Err(invalid());
            }
        }
        Ok(rest)
    }

    fn start_tag<'a>(&mut self, rest: &'a str, mut quote: Option<u8>) -> Rest<'a> {
        let bytes = rest.as_bytes();
        let mut at = 0;
        loop {
            let found = match quote {
                Some(mark) => memchr(mark, &bytes[at..]),
                None => memchr3(b'>', b'"', b'\'', &bytes[at..]),
            };
            let Some(found) = found.map(|found| at + found) else {
                self.state = State::StartTag { quote };
                self.push_token(rest)?;
                return Ok("");
            };
            at = found + 1;
            match (quote, bytes[found]) {
                (Some(_), _) => quote = None,
                (None, b'>') => {
                    self.state = State::Text { brackets: 0 };
                    self.whole(&rest[..found], |elements, tag, line, out| {
                        elements.start(tag, line, out)
                    })?;
                    return Ok(&rest[at..]);
                }
                (None, mark) => quote = Some(mark),
            }
        }
    }

    fn end_tag<'a>(&mut self, rest: &'a str) -> Rest<'a> {
        let Some(end) = memchr(b'>', rest.as_bytes()) else {
            self.push_token(rest)?;
            return Ok("");
        };
        self.state = State::Text { brackets: 0 };
        self.whole(&rest[..end], |elements, tag, line, out| {
            elements.end(tag, line, out)
        })?;
        Ok(&rest[end + 1..])
    }

    /// A tag whose last part has come: taken where it is when it came in one piece.
    fn whole(
        &mut self,
        last: &str,
        take: impl FnOnce(&mut Elements, &str, u64, &mut Out<W>) -> Done,
    ) -> Done {
        let line = self.token_line;
        if self.token.is_empty() {
            let limit = self.elements.max_tag();
            if last.len() > limit {
                return Err(CanonicalError::TagTooLong { limit, line });
            }
            return take(&mut self.elements, last, line, &mut self.out);
        }
        self.push_token(last)?;
        take(&mut self.elements, &self.token, line, &mut self.out)
    }

    /// The line end that separates comments and instructions outside the root. Source: Canonical XML 1.0, section 2.3.
    fn begin_outside(&mut self) -> Done {
        if self.elements.is_outside() && self.elements.seen_root() && self.is_written() {
            self.out.put(b"\n")?;
        }
        Ok(())
    }

    fn end_outside(&mut self) -> Done {
        if self.elements.is_outside() && !self.elements.seen_root() && self.is_written() {
            self.out.put(b"\n")?;
        }
        Ok(())
    }

    /// Whether the comment or the instruction at hand is a part of the form.
    fn is_written(&self) -> bool {
        self.comments == Comments::Kept || !self.token.starts_with("!--")
    }

    fn comment<'a>(&mut self, rest: &'a str, hyphens: u8) -> Rest<'a> {
        let kept = self.comments == Comments::Kept;
        let first = rest.as_bytes()[0];
        let hyphens = match (hyphens, first) {
            (2, b'>') => {
                if kept {
                    self.out.put(b"-->")?;
                }
                self.end_outside()?;
                self.state = State::Text { brackets: 0 };
                return Ok(&rest[1..]);
            }
            (2, _) => {
                let line = self.line;
                return Err(CanonicalError::xml(ErrorKind::DoubleHyphenInComment, line));
            }
            (hyphens, b'-') => {
                self.state = State::Comment {
                    hyphens: hyphens + 1,
                };
                return Ok(&rest[1..]);
            }
            (hyphens, _) => hyphens,
        };
        let end = memchr(b'-', rest.as_bytes()).unwrap_or(rest.len());
        if kept {
            if hyphens == 1 {
                self.out.put(b"-")?;
            }
            self.out.put(&rest.as_bytes()[..end])?;
        }
        self.state = State::Comment { hyphens: 0 };
        Ok(&rest[end..])
    }

    fn cdata<'a>(&mut self, rest: &'a str, brackets: u8) -> Rest<'a> {
        match (brackets, rest.as_bytes()[0]) {
            (2, b'>') => {
                self.state = State::Text { brackets: 0 };
                return Ok(&rest[1..]);
            }
            (2, b']') => {
                self.out.put(b"]")?;
                return Ok(&rest[1..]);
            }
            (brackets, b']') => {
                self.state = State::CData {
                    brackets: brackets + 1,
                };
                return Ok(&rest[1..]);
            }
            _ => {}
        }
        self.out.put(&b"]]"[..usize::from(brackets)])?;
        let end = memchr(b']', rest.as_bytes()).unwrap_or(rest.len());
        self.out.text(&rest[..end])?;
        self.state = State::CData { brackets: 0 };
        Ok(&rest[end..])
    }

    fn target<'a>(&mut self, rest: &'a str) -> Rest<'a> {
        let end = name_len(rest.as_bytes());
        self.push_token(&rest[..end])?;
        let Some(after) = rest.as_bytes().get(end) else {
            return Ok("");
        };
        let line = self.token_line;
        let name = self.token.as_str();
        if name == "xml" {
            // Right at the start it is not seen here.
            return Err(CanonicalError::xml(ErrorKind::MisplacedDeclaration, line));
        }
        let separated = *after == b'?' || is_space(*after);
        if !separated || !is_ncname(name) || name.eq_ignore_ascii_case("xml") {
            return Err(CanonicalError::xml(ErrorKind::InvalidTarget, line));
        }
        self.begin_outside()?;
        self.out.put(b"<?")?;
        self.out.put(self.token.as_bytes())?;
        let part = if *after == b'?' {
            Part::NoSpace
        } else {
            Part::Before
        };
        self.state = State::Instruction { part };
        Ok(&rest[end + 1..])
    }

    fn instruction<'a>(&mut self, rest: &'a str, part: Part) -> Rest<'a> {
        let first = rest.as_bytes()[0];
        if first == b'>' && matches!(part, Part::NoSpace | Part::BeforeMark | Part::DataMark) {
            self.out.put(b"?>")?;
            self.end_outside()?;
            self.state = State::Text { brackets: 0 };
            return Ok(&rest[1..]);
        }
        let (part, rest) = match part {
            Part::NoSpace => {
                return Err(CanonicalError::xml(
                    ErrorKind::InvalidTarget,
                    self.token_line,
                ));
            }
            Part::Before => {
                let rest = &rest[spaces(rest.as_bytes())..];
                match rest.as_bytes().first() {
                    None => (Part::Before, rest),
                    Some(b'?') => (Part::BeforeMark, &rest[1..]),
                    Some(_) => {
                        self.out.put(b" ")?;
                        (Part::Data, rest)
                    }
                }
            }
            Part::BeforeMark => {
                self.out.put(b" ?")?;
                self.data(rest, first)?
            }
            Part::DataMark => {
                self.out.put(b"?")?;
                self.data(rest, first)?
            }
            Part::Data => self.data(rest, first)?,
        };
        self.state = State::Instruction { part };
        Ok(rest)
    }

    /// Data up to the next `?`.
    fn data<'a>(&mut self, rest: &'a str, first: u8) -> Result<(Part, &'a str), CanonicalError> {
        if first == b'?' {
            return Ok((Part::DataMark, &rest[1..]));
        }
        let end = memchr(b'?', rest.as_bytes()).unwrap_or(rest.len());
        self.out.put(&rest.as_bytes()[..end])?;
        Ok((Part::Data, &rest[end..]))
    }
}

/// How many lines end in a text.
fn lines(text: &str) -> u64 {
    memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// How many `]` stand last, up to two.
fn brackets_after(before: u8, run: &str) -> u8 {
    match run.as_bytes() {
        [] => before,
        [.., b']', b']'] => 2,
        [b']'] => (before + 1).min(2),
        [.., b']'] => 1,
        _ => 0,
    }
}

impl<W: Write> Take for Scanner<W> {
    fn take(&mut self, piece: &str) -> Done {
        let mut rest = piece;
        while !rest.is_empty() {
            let after = self.step(rest)?;
            self.line += lines(&rest[..rest.len() - after.len()]);
            rest = after;
        }
        Ok(())
    }

    fn line(&self) -> u64 {
        self.line
    }

    fn skip_lines(&mut self, lines: u64) {
        self.line += lines;
    }
}
