//! Names seen in a document, each once: as written while reading, expanded for good.

use std::collections::HashMap;

use crate::chars::is_ncname;

pub(crate) const XML_NS: &str = "http://www.w3.org/XML/1998/namespace";
pub(crate) const XMLNS_NS: &str = "http://www.w3.org/2000/xmlns/";

/// Index of "no namespace" and of [`XML_NS`] in every table of namespaces.
pub(crate) const NO_NS: u32 = 0;
pub(crate) const XML_NS_ID: u32 = 1;

/// An expanded name: a namespace and a span of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameData {
    pub(crate) ns: u32,
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// The tables that stay with a document.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) names: Vec<NameData>,
    pub(crate) namespaces: Vec<Box<str>>,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self {
            names: Vec::new(),
            namespaces: vec!["".into(), XML_NS.into()],
        }
    }

    pub(crate) fn local<'t>(&self, name: u32, text: &'t str) -> &'t str {
        self.names
            .get(name as usize)
            .and_then(|n| text.get(n.start as usize..(n.start + n.len) as usize))
            .unwrap_or("")
    }

    pub(crate) fn namespace(&self, name: u32) -> &str {
        self.names.get(name as usize).map_or("", |n| self.uri(n.ns))
    }

    pub(crate) fn uri(&self, ns: u32) -> &str {
        self.namespaces.get(ns as usize).map_or("", |uri| uri)
    }
}

/// A name as written: prefix and local part, and what it stood for the last time.
#[derive(Debug, Clone)]
pub(crate) struct QName<'t> {
    pub(crate) text: &'t str,
    pub(crate) prefix: u32,
    pub(crate) local: &'t str,
    start: u32,
    element: (u32, u32),
    attribute: (u32, u32),
}

const UNSEEN: (u32, u32) = (u32::MAX, 0);

/// Prefixes that every document has: none, `xml` and `xmlns`.
pub(crate) const NO_PREFIX: u32 = 0;
pub(crate) const XML_PREFIX: u32 = 1;
pub(crate) const XMLNS_PREFIX: u32 = 2;

const CACHE: usize = 1024;

/// Gives names their numbers while reading. A small cache in front answers nearly always; behind
/// it are maps with random keys, so that no choice of names makes reading slow.
pub(crate) struct Interner<'t> {
    pub(crate) tables: Names,
    qnames: Vec<QName<'t>>,
    cache: Vec<(Key, u32)>,
    by_text: HashMap<&'t str, u32>,
    prefixes: HashMap<&'t str, u32>,
    by_expanded: HashMap<(u32, &'t str), u32>,
    by_uri: HashMap<Box<str>, u32>,
}

impl<'t> Interner<'t> {
    /// Continues the tables of a document whose names are spans of `text`.
    pub(crate) fn new(tables: Names, text: &'t str) -> Self {
        // Room for the names of a document, so that the maps seldom grow.
        let room = if tables.names.is_empty() { 256 } else { 0 };
        let mut by_expanded = HashMap::with_capacity(room.max(tables.names.len()));
        for (id, name) in tables.names.iter().enumerate() {
            let local = text
                .get(name.start as usize..(name.start + name.len) as usize)
                .unwrap_or("");
            by_expanded.insert((name.ns, local), id as u32);
        }
        let by_uri = tables
            .namespaces
            .iter()
            .zip(0..)
            .map(|(uri, id)| (uri.clone(), id))
            .collect();
        Self {
            tables,
            qnames: Vec::new(),
            cache: vec![(Key::NONE, 0); CACHE],
            by_text: HashMap::with_capacity(room),
            prefixes: HashMap::from([
                ("", NO_PREFIX),
                ("xml", XML_PREFIX),
                ("xmlns", XMLNS_PREFIX),
            ]),
            by_expanded,
            by_uri,
        }
    }

    /// The number of the name as written in `bytes[start..end]`; nothing if it is no qualified
    /// name.
    #[inline]
    pub(crate) fn qname(&mut self, text: &'t str, start: usize, end: usize) -> Option<u32> {
        let key = Key::new(text.as_bytes(), start, end);
        let slot = key.slot();
        // Two places, so that two names that meet do not drive each other out.
        for place in [slot, slot ^ 1] {
            let (own, id) = self.cache[place];
            if own == key && (key.is_whole() || self.get(id).text == &text[start..end]) {
                return Some(id);
            }
        }
        self.qname_slow(text.get(start..end)?, start, key)
    }

    #[cold]
    fn qname_slow(&mut self, text: &'t str, start: usize, key: Key) -> Option<u32> {
        let id = match self.by_text.get(text) {
            Some(&id) => id,
            None => {
                let (prefix, local) = text.split_once(':').unwrap_or(("", text));
                if !is_ncname(local) || (local.len() < text.len() && !is_ncname(prefix)) {
                    return None;
                }
                let prefix = self.prefix(prefix);
                let id = self.qnames.len() as u32;
                self.qnames.push(QName {
                    text,
                    prefix,
                    local,
                    start: (start + text.len() - local.len()) as u32,
                    element: UNSEEN,
                    attribute: UNSEEN,
                });
                self.by_text.insert(text, id);
                id
            }
        };
        let slot = key.slot();
        self.cache[slot ^ 1] = self.cache[slot];
        self.cache[slot] = (key, id);
        Some(id)
    }

    pub(crate) fn prefix(&mut self, prefix: &'t str) -> u32 {
        if prefix.is_empty() {
            return NO_PREFIX;
        }
        let next = self.prefixes.len() as u32;
        *self.prefixes.entry(prefix).or_insert(next)
    }

    #[inline]
    pub(crate) fn get(&self, qname: u32) -> &QName<'t> {
        &self.qnames[qname as usize]
    }

    /// The expanded name of an element name in a namespace.
    #[inline]
    pub(crate) fn element(&mut self, qname: u32, ns: u32) -> u32 {
        let (last, name) = self.qnames[qname as usize].element;
        if last == ns {
            return name;
        }
        let name = self.expand(qname, ns);
        self.qnames[qname as usize].element = (ns, name);
        name
    }

    /// The expanded name of an attribute name in a namespace.
    #[inline]
    pub(crate) fn attribute(&mut self, qname: u32, ns: u32) -> u32 {
        let (last, name) = self.qnames[qname as usize].attribute;
        if last == ns {
            return name;
        }
        let name = self.expand(qname, ns);
        self.qnames[qname as usize].attribute = (ns, name);
        name
    }

    fn expand(&mut self, qname: u32, ns: u32) -> u32 {
        let QName { local, start, .. } = self.qnames[qname as usize];
        let names = &mut self.tables.names;
        *self.by_expanded.entry((ns, local)).or_insert_with(|| {
            names.push(NameData {
                ns,
                start,
                len: local.len() as u32,
            });
            names.len() as u32 - 1
        })
    }

    pub(crate) fn namespace(&mut self, uri: &str) -> u32 {
        if let Some(&id) = self.by_uri.get(uri) {
            return id;
        }
        let id = self.tables.namespaces.len() as u32;
        self.tables.namespaces.push(uri.into());
        self.by_uri.insert(uri.into(), id);
        id
    }
}

/// The first and last bytes of a name and its length: all there is of a name of up to 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    head: u64,
    tail: u64,
    len: u32,
}

impl Key {
    /// The key of no name.
    const NONE: Self = Self {
        head: 0,
        tail: 0,
        len: u32::MAX,
    };

    #[inline]
    fn new(bytes: &[u8], start: usize, end: usize) -> Self {
        let len = end - start;
        let eight = |from: usize| bytes.get(from..).and_then(|rest| rest.first_chunk::<8>());
        let head = match eight(start) {
            Some(head) if len >= 8 => u64::from_le_bytes(*head),
            // What follows the name is cut off.
            Some(head) => u64::from_le_bytes(*head) & !(u64::MAX << (8 * len)),
            None => bytes[start..end]
                .iter()
                .rev()
                .fold(0, |word, &b| word << 8 | u64::from(b)),
        };
        let tail = if len > 8 {
            eight(end - 8).map_or(0, |tail| u64::from_le_bytes(*tail))
        } else {
            0
        };
        Self {
            head,
            tail,
            len: len as u32,
        }
    }

    /// Whether no other name has this key.
    #[inline]
    fn is_whole(&self) -> bool {
        self.len <= 16
    }

    #[inline]
    fn slot(&self) -> usize {
        let mixed = self.head ^ self.tail.rotate_left(29) ^ u64::from(self.len);
        (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_same_wherever_a_name_stands() {
        let texts = [
            "a",
            "ab",
            "abcdefg",
            "abcdefgh",
            "abcdefghi",
            "abcdefghijklmnop",
            "é:à",
        ];
        for name in texts {
            let alone = Key::new(name.as_bytes(), 0, name.len());
            let text = format!("<<{name}/> and more");
            assert_eq!(
                alone,
                Key::new(text.as_bytes(), 2, 2 + name.len()),
                "{name}"
            );
            assert!(alone.slot() < CACHE);
        }
        let keys: std::collections::HashSet<_> = texts
            .map(|name| format!("{:?}", Key::new(name.as_bytes(), 0, name.len())))
            .into();
        assert_eq!(keys.len(), texts.len());
    }

    #[test]
    fn long_names_that_share_their_ends_are_two() {
        let text = "abcdefgh-1-stuvwxyz abcdefgh-2-stuvwxyz";
        let mut interner = Interner::new(Names::new(), text);
        let first = interner.qname(text, 0, 19);
        let second = interner.qname(text, 20, 39);
        assert_ne!(first, second);
        assert_eq!(interner.qname(text, 0, 19), first);
        assert_eq!(interner.qname(text, 20, 39), second);
    }
}
