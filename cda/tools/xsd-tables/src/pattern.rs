//! The regular expressions of the schemas (anchored, ASCII) as deterministic automata over bytes.
//!
//! Handled: alternatives, groups, classes with ranges and negation, `\s`, escaped characters, `* + ? {n} {n,m} {n,}`.
//! A negated class also takes every byte of a multi-byte character.

use std::collections::{BTreeMap, BTreeSet};

use crate::Error;

type Set = [bool; 256];

#[derive(Clone, Debug)]
enum Node {
    Set(Box<Set>),
    Concat(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat(Box<Node>, u32, Option<u32>),
}

/// A deterministic automaton: `classes` maps a byte to its column, `next` is one row per state, state 0 refuses for
/// ever and 1 is the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dfa {
    pub(crate) classes: Vec<u8>,
    pub(crate) columns: usize,
    pub(crate) next: Vec<u8>,
    pub(crate) accept: Vec<bool>,
}

impl Dfa {
    pub(crate) fn accepts(&self, text: &str) -> bool {
        let state = text.bytes().fold(1usize, |state, byte| {
            let class = usize::from(self.classes[usize::from(byte)]);
            usize::from(self.next[state * self.columns + class])
        });
        self.accept[state]
    }
}

pub(crate) fn compile(pattern: &str) -> Result<Dfa, Error> {
    let mut parser = Parser {
        input: pattern.as_bytes(),
        at: 0,
        pattern,
    };
    let tree = parser.alternatives()?;
    if parser.at != parser.input.len() {
        return Err(parser.error("trailing characters"));
    }
    let mut nfa = Nfa::default();
    let start = nfa.state();
    let end = nfa.build(&tree, start);
    nfa.determinise(start, end, pattern)
}

struct Parser<'a> {
    input: &'a [u8],
    at: usize,
    pattern: &'a str,
}

impl Parser<'_> {
    fn error(&self, what: &str) -> Error {
        Error::Unhandled(format!("pattern {}: {what} at {}", self.pattern, self.at))
    }

    fn peek(&self) -> Option<u8> {
        self.input.get(self.at).copied()
    }

    fn take(&mut self) -> Result<u8, Error> {
        let byte = self.peek().ok_or_else(|| self.error("ends too early"))?;
        self.at += 1;
        if byte.is_ascii() {
            Ok(byte)
        } else {
            Err(self.error("not ASCII"))
        }
    }

    fn alternatives(&mut self) -> Result<Node, Error> {
        let mut all = vec![self.concat()?];
        while self.peek() == Some(b'|') {
            self.at += 1;
            all.push(self.concat()?);
        }
        Ok(Node::Alternatives(all))
    }

    fn concat(&mut self) -> Result<Node, Error> {
        let mut all = Vec::new();
        while let Some(byte) = self.peek() {
            if byte == b'|' || byte == b')' {
                break;
            }
            let atom = self.atom()?;
            all.push(self.quantified(atom)?);
        }
        Ok(Node::Concat(all))
    }

    fn atom(&mut self) -> Result<Node, Error> {
        let mut set = [false; 256];
        match self.take()? {
            b'(' => {
                let inner = self.alternatives()?;
                if self.take()? != b')' {
                    return Err(self.error("no closing parenthesis"));
                }
                return Ok(inner);
            }
            b'[' => self.class(&mut set)?,
            b'\\' => self.escape(&mut set)?,
            b'.' | b'^' | b'$' => return Err(self.error("not handled")),
            byte => set[usize::from(byte)] = true,
        }
        Ok(Node::Set(Box::new(set)))
    }

    fn escape(&mut self, set: &mut Set) -> Result<(), Error> {
        match self.take()? {
            b's' => {
                for byte in *b" \t\n\r" {
                    set[usize::from(byte)] = true;
                }
            }
            byte if byte.is_ascii_alphanumeric() => return Err(self.error("escape not handled")),
            byte => set[usize::from(byte)] = true,
        }
        Ok(())
    }

    fn class(&mut self, set: &mut Set) -> Result<(), Error> {
        let negated = self.peek() == Some(b'^');
        if negated {
            self.at += 1;
        }
        loop {
            match self.take()? {
                b']' => break,
                b'\\' => self.escape(set)?,
                low => {
                    let mut high = low;
                    if self.peek() == Some(b'-') && self.input.get(self.at + 1) != Some(&b']') {
                        self.at += 1;
                        high = self.take()?;
                    }
                    for byte in low..=high {
                        set[usize::from(byte)] = true;
                    }
                }
            }
        }
        if negated {
            for member in set.iter_mut() {
                *member = !*member;
            }
        }
        Ok(())
    }

    fn quantified(&mut self, atom: Node) -> Result<Node, Error> {
        let (min, max) = match self.peek() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            Some(b'{') => {
                let rest = &self.pattern[self.at + 1..];
                let end = rest
                    .find('}')
                    .ok_or_else(|| self.error("no closing brace"))?;
                let number = |text: &str| text.parse::<u32>().map_err(|_| self.error("no number"));
                let bounds = match rest[..end].split_once(',') {
                    None => {
                        let n = number(&rest[..end])?;
                        (n, Some(n))
                    }
                    Some((min, "")) => (number(min)?, None),
                    Some((min, max)) => (number(min)?, Some(number(max)?)),
                };
                self.at += end + 1;
                bounds
            }
            _ => return Ok(atom),
        };
        self.at += 1;
        Ok(Node::Repeat(Box::new(atom), min, max))
    }
}

#[derive(Default)]
struct Nfa {
    empty: Vec<Vec<usize>>,
    read: Vec<Vec<(Set, usize)>>,
}

impl Nfa {
    fn state(&mut self) -> usize {
        self.empty.push(Vec::new());
        self.read.push(Vec::new());
        self.empty.len() - 1
    }

    fn build(&mut self, node: &Node, from: usize) -> usize {
        match node {
            Node::Set(set) => {
                let to = self.state();
                self.read[from].push((**set, to));
                to
            }
            Node::Concat(all) => all.iter().fold(from, |at, part| self.build(part, at)),
            Node::Alternatives(all) => {
                let to = self.state();
                for part in all {
                    let begin = self.state();
                    self.empty[from].push(begin);
                    let end = self.build(part, begin);
                    self.empty[end].push(to);
                }
                to
            }
            Node::Repeat(inner, min, max) => {
                let mut at = from;
                for _ in 0..*min {
                    at = self.build(inner, at);
                }
                let to = self.state();
                match max {
                    None => {
                        let begin = self.state();
                        self.empty[at].push(begin);
                        let end = self.build(inner, begin);
                        self.empty[end].push(begin);
                        self.empty[begin].push(to);
                    }
                    Some(max) => {
                        for _ in *min..*max {
                            self.empty[at].push(to);
                            at = self.build(inner, at);
                        }
                        self.empty[at].push(to);
                    }
                }
                to
            }
        }
    }

    fn close(&self, states: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut todo: Vec<usize> = states.iter().copied().collect();
        let mut all = states;
        while let Some(state) = todo.pop() {
            for &next in &self.empty[state] {
                if all.insert(next) {
                    todo.push(next);
                }
            }
        }
        all
    }

    fn determinise(&self, start: usize, end: usize, pattern: &str) -> Result<Dfa, Error> {
        let too_large = || Error::Unhandled(format!("pattern {pattern}: too many states"));
        let mut known: BTreeMap<BTreeSet<usize>, usize> = BTreeMap::new();
        let first = self.close(BTreeSet::from([start]));
        known.insert(BTreeSet::new(), 0);
        known.insert(first.clone(), 1);
        let mut states = vec![BTreeSet::new(), first];
        let mut rows: Vec<[u8; 256]> = vec![[0; 256]];
        let mut at = 1;
        while at < states.len() {
            let mut row = [0; 256];
            for byte in 0..256 {
                let read = states[at].iter().flat_map(|&s| &self.read[s]);
                let moved = read
                    .filter(|(set, _)| set[byte])
                    .map(|&(_, to)| to)
                    .collect();
                let moved = self.close(moved);
                let next = *known.entry(moved.clone()).or_insert(states.len());
                if next == states.len() {
                    states.push(moved);
                }
                row[byte] = u8::try_from(next).map_err(|_| too_large())?;
            }
            rows.push(row);
            at += 1;
        }
        let accept = states.iter().map(|s| s.contains(&end)).collect();
        let mut columns: Vec<Vec<u8>> = Vec::new();
        let mut classes = Vec::new();
        for byte in 0..256 {
            let column: Vec<u8> = rows.iter().map(|row| row[byte]).collect();
            let class = columns
                .iter()
                .position(|c| *c == column)
                .unwrap_or_else(|| {
                    columns.push(column);
                    columns.len() - 1
                });
            classes.push(u8::try_from(class).map_err(|_| too_large())?);
        }
        let next = (0..rows.len())
            .flat_map(|s| columns.iter().map(move |c| c[s]))
            .collect();
        Ok(Dfa {
            classes,
            columns: columns.len(),
            next,
            accept,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        compile(pattern).unwrap().accepts(text)
    }

    #[test]
    fn patterns_match_as_written() {
        let ts = r"[0-9]{1,8}|([0-9]{9,14}|[0-9]{14,14}\.[0-9]+)([+\-][0-9]{1,4})?";
        for good in [
            "2",
            "20240101",
            "202401011",
            "20240101120000.5+0100",
            "20240101120000-1",
        ] {
            assert!(matches(ts, good), "{good}");
        }
        for bad in [
            "",
            "20240101+0100",
            "202401011200Z",
            "20240101120000.",
            "2024010112.5",
            "202401011200+01000",
        ] {
            assert!(!matches(ts, bad), "{bad}");
        }
        assert!(matches(r"[^\s]+", "é"));
        assert!(!matches(r"[^\s]+", "a b"));
        assert!(matches(r"(ab|c)*d{2,}", "abcddd"));
        assert!(!matches(r"(ab|c)*d{2,}", "abcd"));
        assert!(matches(r"[A-Za-z][A-Za-z0-9\-]*", "a-1"));
    }

    #[test]
    fn what_is_not_handled_is_an_error() {
        for bad in [r"\d", "a.b", "(a", "[a", "a{x}"] {
            assert!(compile(bad).is_err(), "{bad}");
        }
    }
}
