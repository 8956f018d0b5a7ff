//! Start tags: name, attributes, namespaces.

use memchr::memchr;

use super::{Binding, Checked, Open, Parser, UNBOUND};
use crate::chars::{ends_name, is_space, skip_space, stops_value};
use crate::data::{
    self, ATTR_ENCODED, ATTR_NAME, ATTR_PREFIXED, ATTR_XMLNS, AttrData, DECLARES, NONE, NodeData,
    PREFIXED,
};
use crate::decode;
use crate::encoding::clip;
use crate::error::{Construct, ErrorKind, fail};
use crate::names::{NO_NS, NO_PREFIX, XML_NS, XML_PREFIX, XMLNS_NS, XMLNS_PREFIX};

/// A start tag whose names are not resolved yet.
pub(super) struct Scanned {
    pub(super) qname: u32,
    pub(super) name_len: usize,
    /// Where its attributes begin in the table.
    pub(super) attrs: usize,
    pub(super) declares: bool,
    pub(super) prefixed: bool,
}

/// Above this many attributes duplicates are found by sorting.
const FEW: usize = 12;

impl<'t> Parser<'t, '_> {
    #[inline]
    pub(super) fn start_tag(&mut self, at: usize, end: usize, empty: bool) -> Checked {
        let depth = self.outer_depth + self.stack.len();
        if depth > self.limits.max_depth {
            return fail(
                ErrorKind::TooDeep {
                    limit: self.limits.max_depth,
                },
                at,
            );
        }
        let undo = self.undo.len() as u32;
        let tag = self.scan_tag(at, end - if empty { 2 } else { 1 })?;
        if self.at_top() && !self.fragment {
            if self.seen_root {
                let name = clip(self.interner.get(tag.qname).text);
                return fail(ErrorKind::MultipleRoots { name }, at);
            }
            self.seen_root = true;
        }
        let (name, prefixed) = self.resolve(&tag, at)?;
        let count = self.attrs.len() - tag.attrs;
        let mut data = NodeData::new(data::ELEMENT, NONE, at, end);
        data.bits |= if prefixed { PREFIXED } else { 0 } | if tag.declares { DECLARES } else { 0 };
        data.name = name;
        data.attrs = self.first_attr + tag.attrs as u32;
        data.attr_count = count as u16;
        let node = self.push(data)?;
        let open = Open {
            node,
            last_child: NONE,
            name_len: tag.name_len as u32,
            undo,
        };
        if empty {
            self.close(&open);
        } else {
            self.stack.push(open);
        }
        Ok(())
    }

    /// Reads the tag at `at` up to `limit`, where its `>` or `/>` begins.
    pub(super) fn scan_tag(&mut self, at: usize, limit: usize) -> Checked<Scanned> {
        let text: &'t str = self.text;
        let bytes = &text.as_bytes()[..limit];
        let (qname, mut pos) = self.name(bytes, at + 1)?;
        let mut tag = Scanned {
            qname,
            name_len: pos - at - 1,
            attrs: self.attrs.len(),
            declares: false,
            prefixed: false,
        };
        let (mut plain, mut declarations) = (0, 0);
        loop {
            let start = skip_space(bytes, pos);
            if start == limit {
                return Ok(tag);
            }
            if start == pos {
                let kind = if matches!(bytes[pos - 1], b'"' | b'\'')
                    && !matches!(bytes[pos], b'/' | b'<')
                {
                    ErrorKind::MissingSpace
                } else {
                    ErrorKind::MalformedTag
                };
                return fail(kind, pos);
            }
            if matches!(bytes[start], b'/' | b'<') {
                return fail(ErrorKind::MalformedTag, start);
            }
            let (qname, name_end) = self.name(bytes, start)?;
            let attr = self.value(bytes, start, name_end, qname)?;
            pos = attr.value_end as usize + 1;

            let name = self.interner.get(qname);
            if name.prefix == XMLNS_PREFIX || name.text == "xmlns" {
                declarations += 1;
                if declarations > self.limits.max_namespaces {
                    let limit = self.limits.max_namespaces;
                    return fail(ErrorKind::TooManyNamespaces { limit }, start);
                }
                tag.declares = true;
                self.declare(qname, attr)?;
            } else {
                plain += 1;
                if plain > self.limits.max_attributes {
                    let limit = self.limits.max_attributes;
                    return fail(ErrorKind::TooManyAttributes { limit }, start);
                }
                tag.prefixed |= name.prefix != NO_PREFIX;
                self.attrs.push(attr);
            }
            if plain + declarations > usize::from(u16::MAX) {
                return fail(
                    ErrorKind::TooManyAttributes {
                        limit: usize::from(u16::MAX),
                    },
                    start,
                );
            }
            if self.nodes.len() + self.attrs.len() >= self.limits.max_nodes {
                return fail(
                    ErrorKind::TooManyNodes {
                        limit: self.limits.max_nodes,
                    },
                    start,
                );
            }
        }
    }

    #[inline]
    fn name(&mut self, bytes: &[u8], start: usize) -> Checked<(u32, usize)> {
        let mut end = start;
        while end < bytes.len() && !ends_name(bytes[end]) {
            end += 1;
        }
        match self.interner.qname(self.text, start, end) {
            Some(qname) => Ok((qname, end)),
            None => fail(ErrorKind::InvalidName, start),
        }
    }

    /// `= "value"`, and the table entry with the name as written.
    #[inline]
    fn value(
        &mut self,
        bytes: &[u8],
        start: usize,
        name_end: usize,
        qname: u32,
    ) -> Checked<AttrData> {
        let equals = skip_space(bytes, name_end);
        let quote = skip_space(bytes, equals + 1);
        let (Some(b'='), Some(&mark @ (b'"' | b'\''))) = (bytes.get(equals), bytes.get(quote))
        else {
            let name = clip(self.interner.get(qname).text);
            return fail(ErrorKind::MalformedAttribute { name }, start);
        };
        let value_start = quote + 1;
        let mut pos = value_start;
        let mut encoded = 0;
        loop {
            let Some(&byte) = bytes.get(pos) else {
                let construct = Construct::AttributeValue;
                return fail(ErrorKind::Unclosed { construct }, quote);
            };
            if !stops_value(byte) {
                pos += 1;
                continue;
            }
            match byte {
                b'<' => {
                    let attribute = clip(self.interner.get(qname).text);
                    return fail(ErrorKind::LessThanInValue { attribute }, pos);
                }
                b'&' => {
                    let Some(len) = memchr(b';', &bytes[pos..]) else {
                        return fail(ErrorKind::BareAmpersand, pos);
                    };
                    self.check_reference(pos, pos + len + 1)?;
                    encoded = ATTR_ENCODED;
                    pos += len + 1;
                }
                b'"' | b'\'' => {
                    if byte == mark {
                        break;
                    }
                    pos += 1;
                }
                _ => {
                    encoded = ATTR_ENCODED;
                    pos += 1;
                }
            }
        }
        Ok(AttrData {
            start: start as u32,
            value_start: value_start as u32,
            value_end: pos as u32,
            name: qname | encoded,
        })
    }

    /// Binds a prefix until the element ends.
    #[cold]
    fn declare(&mut self, qname: u32, mut attr: AttrData) -> Checked {
        let at = attr.start as usize;
        let raw = self.slice(attr.value_start as usize, attr.value_end as usize);
        let uri = decode::attribute(raw, attr.has(ATTR_ENCODED));
        let name = self.interner.get(qname);
        let local = if name.prefix == XMLNS_PREFIX {
            name.local
        } else {
            ""
        };
        let written = name.text;
        let prefix = self.interner.prefix(local);
        if prefix == XMLNS_PREFIX || (prefix == XML_PREFIX) != (uri == XML_NS) || uri == XMLNS_NS {
            return fail(ErrorKind::ReservedNamespace, at);
        }
        if prefix != NO_PREFIX && uri.is_empty() {
            return fail(
                ErrorKind::EmptyNamespace {
                    prefix: clip(local),
                },
                at,
            );
        }
        let ns = self.interner.namespace(&uri);
        attr.name = ns | ATTR_XMLNS | (attr.name & ATTR_ENCODED);
        self.attrs.push(attr);
        self.bind(prefix, ns);
        // The node to come is the number of the tag.
        let tag = self.nodes.len();
        if std::mem::replace(&mut self.declared_by[prefix as usize], tag) == tag {
            return fail(
                ErrorKind::DuplicateAttribute {
                    name: clip(written),
                },
                at,
            );
        }
        Ok(())
    }

    fn bind(&mut self, prefix: u32, ns: u32) {
        let index = prefix as usize;
        if self.bound.len() <= index {
            self.bound.resize(index + 1, UNBOUND);
            self.declared_by.resize(index + 1, 0);
        }
        self.undo.push((prefix, self.bound[index]));
        self.bound[index] = ns;
    }

    /// Puts a fragment into its surroundings.
    pub(super) fn bind_scope(&mut self, scope: &[Binding]) {
        for binding in scope {
            let prefix = self.slice(binding.prefix.start, binding.prefix.end);
            let id = self.interner.prefix(prefix);
            self.bind(id, binding.ns);
        }
        self.undo.clear();
    }

    #[inline]
    fn namespace_of(&self, prefix: u32) -> Option<u32> {
        self.bound
            .get(prefix as usize)
            .copied()
            .filter(|&ns| ns != UNBOUND)
    }

    #[cold]
    fn undeclared<T>(&self, qname: u32, at: usize) -> Checked<T> {
        let name = self.interner.get(qname);
        if name.prefix == XMLNS_PREFIX {
            return fail(ErrorKind::ReservedNamespace, at);
        }
        let text = name.text;
        let prefix = text.split(':').next().unwrap_or(text);
        fail(
            ErrorKind::UndeclaredPrefix {
                prefix: clip(prefix),
            },
            at,
        )
    }

    /// Resolves the names of a scanned tag; gives that of the element.
    #[inline]
    fn resolve(&mut self, tag: &Scanned, at: usize) -> Checked<(u32, bool)> {
        let prefix = self.interner.get(tag.qname).prefix;
        let Some(ns) = self.namespace_of(prefix) else {
            return self.undeclared(tag.qname, at + 1);
        };
        let name = self.interner.element(tag.qname, ns);
        for index in tag.attrs..self.attrs.len() {
            let attr = self.attrs[index];
            if attr.has(ATTR_XMLNS) {
                continue;
            }
            let qname = attr.index();
            let prefix = self.interner.get(qname).prefix;
            let mut flags = attr.name & ATTR_ENCODED;
            let ns = if prefix == NO_PREFIX {
                NO_NS
            } else {
                flags |= ATTR_PREFIXED;
                match self.namespace_of(prefix) {
                    Some(ns) => ns,
                    None => return self.undeclared(qname, attr.start as usize),
                }
            };
            self.attrs[index].name = self.interner.attribute(qname, ns) | flags;
        }
        self.check_duplicates(tag.attrs)?;
        Ok((name, prefix != NO_PREFIX))
    }

    #[inline]
    fn check_duplicates(&mut self, from: usize) -> Checked {
        let attrs = &self.attrs[from..];
        if attrs.len() > FEW {
            return self.check_many(from);
        }
        for (index, attr) in attrs.iter().enumerate() {
            let same = |other: &AttrData| {
                (other.name ^ attr.name) & (ATTR_NAME | ATTR_XMLNS) == 0 && !attr.has(ATTR_XMLNS)
            };
            if attrs[..index].iter().any(same) {
                return self.duplicate(attr.start as usize);
            }
        }
        Ok(())
    }

    #[cold]
    fn check_many(&mut self, from: usize) -> Checked {
        let mut names = std::mem::take(&mut self.scratch);
        names.clear();
        let plain = || {
            self.attrs[from..]
                .iter()
                .filter(|attr| !attr.has(ATTR_XMLNS))
        };
        names.extend(plain().map(|attr| attr.index()));
        names.sort_unstable();
        let twice: Vec<u32> = names
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect();
        let second = plain()
            .filter(|attr| twice.first() == Some(&attr.index()))
            .nth(1);
        let place = second.map(|attr| attr.start as usize);
        names.clear();
        self.scratch = names;
        place.map_or(Ok(()), |at| self.duplicate(at))
    }

    #[cold]
    fn duplicate(&self, at: usize) -> Checked {
        let rest = &self.text[at..];
        let len = rest
            .bytes()
            .position(|b| b == b'=' || is_space(b))
            .unwrap_or(0);
        fail(
            ErrorKind::DuplicateAttribute {
                name: clip(&rest[..len]),
            },
            at,
        )
    }
}
