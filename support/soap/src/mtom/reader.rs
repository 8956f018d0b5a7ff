//! Reading a multipart/related body, piece by piece.

use std::fmt;

use memchr::memmem::Finder;

use super::decode::Encoding;
use super::error::shown;
use super::media_type::is_token;
use super::{MediaType, MtomError, reference};

/// Longest run of blanks behind a boundary.
const PADDING: usize = 256;

/// How much a body may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadLimits {
    /// Parts, the root included. Default 1,000.
    pub parts: usize,
    /// Bytes of the headers of one part. Default 16 KiB.
    pub header_bytes: usize,
    /// Bytes of the whole body, before decoding. Default 1 GiB.
    pub total_bytes: u64,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            parts: 1_000,
            header_bytes: 16 << 10,
            total_bytes: 1 << 30,
        }
    }
}

/// The headers of a part. `Debug` shows their names only: a file name may be that of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct PartHead {
    /// The part, counted from 0.
    pub index: usize,
    /// Whether it is the root: the part that `start` names, else the first.
    pub is_root: bool,
    /// Content-ID without angle brackets, percent signs resolved: compare with [`super::content_id`].
    pub content_id: Option<String>,
    /// The headers as they came: name in lower case, value without folds.
    pub headers: Vec<(String, String)>,
}

impl PartHead {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        let found = all.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(&found.1)
    }
}

/// What [`Reader::next_event`] gives. `Debug` hides the data.
#[derive(PartialEq, Eq)]
pub enum Event<'a> {
    /// A part begins.
    Part(PartHead),
    /// Bytes of the part, decoded; never empty.
    Data(&'a [u8]),
    /// The part is whole.
    PartEnd,
    /// Push more bytes or say that there are none.
    NeedMore,
    /// The body is whole. Comes again when asked again.
    End,
}

#[derive(Clone, PartialEq, Eq)]
enum State {
    Preamble,
    Headers,
    Body(Encoding),
    /// A part whose last bytes were given out; the boundary behind it was read: whether it closes the body.
    Ended {
        closes: bool,
    },
    Epilogue,
    /// The body is no multipart: all of it is the root.
    Whole {
        begun: bool,
    },
    Done,
    Failed(MtomError),
}

/// Reads a body that comes in pieces. Memory: the bytes pushed and not yet asked for, plus one boundary line or one
/// header block.
///
/// Tolerated: preamble and epilogue, lines that end with LF alone, folded headers, blanks behind a boundary, any case
/// of names. A body whose type is not `multipart/*` is one root part. `Debug` hides the content.
#[derive(Clone)]
pub struct Reader {
    boundary: String,
    /// `\n--boundary`.
    delimiter: Finder<'static>,
    start: Option<String>,
    limits: ReadLimits,
    /// Bytes not yet given out, from `from` on.
    buffer: Vec<u8>,
    from: usize,
    /// The buffer begins with a line end that belongs to what came before.
    primed: bool,
    decoded: Vec<u8>,
    total: u64,
    finished: bool,
    parts: usize,
    root_seen: bool,
    state: State,
}

impl Reader {
    /// A reader of a body of this `Content-Type`.
    ///
    /// # Errors
    /// When it is a multipart without a usable boundary.
    pub fn new(content_type: &MediaType, limits: ReadLimits) -> Result<Self, MtomError> {
        let multipart = content_type.is_multipart();
        let boundary = if multipart {
            let boundary = content_type.parameter("boundary").unwrap_or_default();
            let allowed = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
            if !(1..=70).contains(&boundary.len())
                || !boundary.bytes().all(allowed)
                || boundary.ends_with(' ')
            {
                return Err(MtomError::Boundary {
                    got: shown(boundary),
                });
            }
            boundary
        } else {
            ""
        };
        Ok(Self {
            delimiter: Finder::new(&format!("\n--{boundary}")).into_owned(),
            boundary: boundary.to_owned(),
            start: content_type.parameter("start").map(reference::from_header),
            limits,
            // so that a boundary in the first line is found like any other
            buffer: if multipart { vec![b'\n'] } else { Vec::new() },
            from: 0,
            primed: multipart,
            decoded: Vec::new(),
            total: 0,
            finished: false,
            parts: 0,
            root_seen: false,
            state: if multipart {
                State::Preamble
            } else {
                State::Whole { begun: false }
            },
        })
    }

    /// Takes the next bytes of the body.
    pub fn push(&mut self, bytes: &[u8]) {
        self.total = self.total.saturating_add(bytes.len() as u64);
        self.buffer.drain(..self.from);
        self.from = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// Says that the body is over.
    pub const fn finish(&mut self) {
        self.finished = true;
    }

    /// What comes next. After an error the same error comes again.
    ///
    /// # Errors
    /// When the body is malformed, cut short or passes a limit.
    pub fn next_event(&mut self) -> Result<Event<'_>, MtomError> {
        match self.step() {
            Ok(Step::Data(from, to)) => {
                Ok(Event::Data(self.buffer.get(from..to).unwrap_or_default()))
            }
            Ok(Step::Decoded) => Ok(Event::Data(&self.decoded)),
            Ok(Step::Part(head)) => Ok(Event::Part(head)),
            Ok(Step::PartEnd) => Ok(Event::PartEnd),
            Ok(Step::NeedMore) => Ok(Event::NeedMore),
            Ok(Step::End) => Ok(Event::End),
            Err(error) => {
                self.state = State::Failed(error.clone());
                Err(error)
            }
        }
    }

    fn step(&mut self) -> Result<Step, MtomError> {
        if self.total > self.limits.total_bytes {
            return Err(MtomError::Limit {
                what: "the size of the body",
                limit: self.limits.total_bytes,
            });
        }
        loop {
            match &self.state {
                State::Preamble => match self.search()? {
                    Found::At { end, closes, .. } => {
                        self.pass(end, closes);
                        self.state = if closes {
                            State::Epilogue
                        } else {
                            State::Headers
                        };
                    }
                    Found::Not { safe } => {
                        self.from = self.from.max(safe);
                        if self.finished {
                            return Err(MtomError::NoBoundary {
                                boundary: self.boundary.clone(),
                                length: self.total,
                            });
                        }
                        return Ok(Step::NeedMore);
                    }
                },
                State::Headers => return self.headers(),
                State::Body(_) => {
                    if let Some(step) = self.body()? {
                        return Ok(step);
                    }
                }
                State::Ended { closes } => {
                    self.state = if *closes {
                        State::Epilogue
                    } else {
                        State::Headers
                    };
                    return Ok(Step::PartEnd);
                }
                State::Epilogue => {
                    self.from = self.buffer.len();
                    if !self.finished {
                        return Ok(Step::NeedMore);
                    }
                    if !self.root_seen {
                        return Err(MtomError::NoRoot {
                            start: shown(self.start.as_deref().unwrap_or_default()),
                        });
                    }
                    self.state = State::Done;
                }
                State::Whole { begun: false } => {
                    self.state = State::Whole { begun: true };
                    return Ok(Step::Part(PartHead {
                        index: 0,
                        is_root: true,
                        content_id: None,
                        headers: Vec::new(),
                    }));
                }
                State::Whole { begun: true } => {
                    let (from, to) = (self.from, self.buffer.len());
                    if from < to {
                        self.from = to;
                        return Ok(Step::Data(from, to));
                    }
                    if !self.finished {
                        return Ok(Step::NeedMore);
                    }
                    self.state = State::Done;
                    return Ok(Step::PartEnd);
                }
                State::Done => return Ok(Step::End),
                State::Failed(error) => return Err(error.clone()),
            }
        }
    }

    /// Goes behind a boundary. Its line end stays, so that headers may be empty.
    const fn pass(&mut self, end: usize, closes: bool) {
        self.from = end;
        self.primed = !closes;
    }

    /// Looks for the next boundary in what is there.
    fn search(&self) -> Result<Found, MtomError> {
        let mut from = self.from;
        loop {
            let window = self.buffer.get(from..).unwrap_or_default();
            let Some(at) = self.delimiter.find(window) else {
                // a boundary may have begun in the last bytes, with its CR
                let tail = self.delimiter.needle().len();
                let safe = self.buffer.len().saturating_sub(tail).max(from);
                return Ok(Found::Not { safe });
            };
            let at = from + at;
            let behind = at + self.delimiter.needle().len();
            let rest = self.buffer.get(behind..).unwrap_or_default();
            let before_line_end = if at > self.from && self.buffer.get(at - 1) == Some(&b'\r') {
                at - 1
            } else {
                at
            };
            match behind_boundary(rest, self.finished) {
                Behind::Closes => {
                    return Ok(Found::At {
                        start: before_line_end,
                        end: behind + 2,
                        closes: true,
                    });
                }
                Behind::LineEnd(length) => {
                    return Ok(Found::At {
                        start: before_line_end,
                        end: behind + length,
                        closes: false,
                    });
                }
                // a longer line that begins alike
                Behind::Other => from = at + 1,
                Behind::Unknown => {
                    return Ok(Found::Not {
                        safe: before_line_end,
                    });
                }
            }
        }
    }

    fn headers(&mut self) -> Result<Step, MtomError> {
        let window = self.buffer.get(self.from..).unwrap_or_default();
        let limit = self.limits.header_bytes;
        let Some((length, blank)) = block_end(window) else {
            if window.len() > limit {
                return Err(too_long(limit));
            }
            if self.finished {
                return Err(self.truncated());
            }
            return Ok(Step::NeedMore);
        };
        if length > limit {
            return Err(too_long(limit));
        }
        if self.parts >= self.limits.parts {
            return Err(MtomError::Limit {
                what: "the number of parts",
                limit: self.limits.parts as u64,
            });
        }
        let block = window.get(..length).unwrap_or_default();
        let headers = self.parsed(block)?;
        let find = |name: &str| {
            let mut all = headers.iter();
            all.find(|(own, _)| own == name)
                .map(|(_, value)| value.as_str())
        };
        let encoding = find("content-transfer-encoding").unwrap_or_default();
        let encoding = Encoding::parse(encoding).ok_or_else(|| MtomError::Encoding {
            part: self.parts,
            got: shown(encoding),
        })?;
        let content_id = find("content-id").map(reference::from_header);
        let is_root = !self.root_seen
            && match &self.start {
                Some(start) => content_id.as_ref() == Some(start),
                None => self.parts == 0,
            };
        let head = PartHead {
            index: self.parts,
            is_root,
            content_id,
            headers,
        };
        self.root_seen |= is_root;
        self.parts += 1;
        // the last line end may also begin the next boundary: an empty part
        self.from += blank;
        self.primed = true;
        self.state = State::Body(encoding);
        Ok(Step::Part(head))
    }

    fn parsed(&self, block: &[u8]) -> Result<Vec<(String, String)>, MtomError> {
        let wrong = |line: usize| MtomError::Header {
            part: self.parts,
            offset: self.offset(self.from + block.len()),
            line,
        };
        let mut headers: Vec<(String, String)> = Vec::new();
        // The first line is what was left of the boundary's.
        for (number, line) in String::from_utf8_lossy(block).split('\n').enumerate() {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() {
                continue;
            }
            if line.starts_with([' ', '\t']) {
                let last = headers.last_mut().ok_or_else(|| wrong(number))?;
                last.1.push(' ');
                last.1.push_str(line.trim());
                continue;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| wrong(number))?;
            let name = name.trim_end();
            if !is_token(name) {
                return Err(wrong(number));
            }
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        Ok(headers)
    }

    fn body(&mut self) -> Result<Option<Step>, MtomError> {
        let found = self.search()?;
        let (to, next) = match found {
            Found::At { start, end, closes } => (start, Some((end, closes))),
            Found::Not { safe } => (safe, None),
        };
        let mut from = self.from;
        if self.primed && to > from {
            from += 1;
            self.primed = false;
        }
        let to = to.max(from);
        let step = self.decode(from, to, next.is_some())?;
        match next {
            Some((end, closes)) => {
                self.pass(end, closes);
                self.state = State::Ended { closes };
            }
            None => {
                self.from = if self.primed { self.from } else { to };
                if step.is_none() {
                    if self.finished {
                        return Err(self.truncated());
                    }
                    return Ok(Some(Step::NeedMore));
                }
            }
        }
        Ok(step)
    }

    /// The bytes of the range, decoded; none when that gives no byte.
    fn decode(&mut self, from: usize, to: usize, last: bool) -> Result<Option<Step>, MtomError> {
        let offset = self.offset(from);
        let State::Body(encoding) = &mut self.state else {
            return Ok(None);
        };
        let bytes = self.buffer.get(from..to).unwrap_or_default();
        let name = encoding.name();
        self.decoded.clear();
        let outcome = match encoding {
            Encoding::Identity => return Ok((from < to).then_some(Step::Data(from, to))),
            Encoding::Base64(decoder) => {
                let outcome = decoder.decode(bytes, &mut self.decoded);
                match (outcome, last) {
                    (Ok(()), true) => decoder.finish(&mut self.decoded),
                    (outcome, _) => outcome,
                }
            }
            Encoding::Quoted(decoder) => {
                let outcome = decoder.decode(bytes, &mut self.decoded);
                match (outcome, last) {
                    (Ok(()), true) => decoder.finish(),
                    (outcome, _) => outcome,
                }
            }
        };
        outcome.map_err(|cause| MtomError::Content {
            part: self.parts.saturating_sub(1),
            offset,
            encoding: name,
            cause,
        })?;
        Ok((!self.decoded.is_empty()).then_some(Step::Decoded))
    }

    fn truncated(&self) -> MtomError {
        MtomError::Truncated {
            offset: self.total,
            part: match self.state {
                State::Body(_) => self.parts.saturating_sub(1),
                _ => self.parts,
            },
            boundary: self.boundary.clone(),
        }
    }

    /// Where a place of the buffer lies in the body.
    fn offset(&self, place: usize) -> u64 {
        let left = self.buffer.len().saturating_sub(place) as u64;
        self.total.saturating_sub(left)
    }
}

enum Step {
    Data(usize, usize),
    Decoded,
    Part(PartHead),
    PartEnd,
    NeedMore,
    End,
}

enum Found {
    At {
        start: usize,
        end: usize,
        closes: bool,
    },
    /// Up to `safe` there is none.
    Not { safe: usize },
}

enum Behind {
    Closes,
    /// How many bytes stand before the LF.
    LineEnd(usize),
    Other,
    Unknown,
}

/// What follows a boundary.
fn behind_boundary(rest: &[u8], finished: bool) -> Behind {
    if rest.starts_with(b"--") {
        return Behind::Closes;
    }
    if rest.len() < 2 && rest.iter().all(|byte| *byte == b'-') && !finished {
        return Behind::Unknown;
    }
    let blanks = rest.iter().take(PADDING);
    let blanks = blanks
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        .count();
    match rest.get(blanks) {
        Some(b'\n') => Behind::LineEnd(blanks),
        None if !finished && blanks < PADDING => Behind::Unknown,
        _ => Behind::Other,
    }
}

/// Length of the header block, and where the line end of its blank line stands.
fn block_end(window: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'\n', window.get(from..)?) {
        let line = from + at + 1;
        match (window.get(line), window.get(line + 1)) {
            (Some(b'\n'), _) => return Some((line, line)),
            (Some(b'\r'), Some(b'\n')) => return Some((line, line + 1)),
            _ => from = line,
        }
    }
    None
}

const fn too_long(limit: usize) -> MtomError {
    MtomError::Limit {
        what: "the size of a part's headers",
        limit: limit as u64,
    }
}

impl fmt::Debug for PartHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("PartHead")
            .field("index", &self.index)
            .field("is_root", &self.is_root)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(head) => f.debug_tuple("Part").field(head).finish(),
            Self::Data(bytes) => write!(f, "Data({} bytes)", bytes.len()),
            Self::PartEnd => f.write_str("PartEnd"),
            Self::NeedMore => f.write_str("NeedMore"),
            Self::End => f.write_str("End"),
        }
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("parts", &self.parts)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
