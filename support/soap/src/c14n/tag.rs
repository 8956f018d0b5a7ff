//! Tags: names, attributes, namespaces, and their canonical order.

use std::cmp::Ordering;
use std::io::Write;
use std::ops::Range;

use memchr::memchr;
use segur_xml::ErrorKind;

use super::CanonicalLimits;
use super::chars::{NoCharacter, name_len, qname, resolve, spaces};
use super::error::{CanonicalError, clip};
use super::out::Out;
use super::scope::{Scope, XML, XMLNS};

/// The elements that are open, and room for the tag at hand.
pub(super) struct Elements {
    limits: CanonicalLimits,
    open: Vec<Open>,
    /// Their names, one after the other.
    names: String,
    scope: Scope,
    seen_root: bool,
    declarations: Vec<Attribute>,
    attributes: Vec<Attribute>,
    values: String,
}

struct Open {
    /// Where its name begins.
    name: usize,
    /// How many bindings there were before it.
    scope: usize,
}

/// An attribute of the tag at hand; a namespace declaration has its prefix as local name.
struct Attribute {
    prefix: Range<usize>,
    local: Range<usize>,
    value: Range<usize>,
    binding: Option<usize>,
}

type Done = Result<(), CanonicalError>;

impl Elements {
    pub(super) fn new(limits: CanonicalLimits) -> Self {
        Self {
            limits,
            open: Vec::new(),
            names: String::new(),
            scope: Scope::default(),
            seen_root: false,
            declarations: Vec::new(),
            attributes: Vec::new(),
            values: String::new(),
        }
    }

    pub(super) fn max_tag(&self) -> usize {
        self.limits.max_tag
    }

    pub(super) fn is_outside(&self) -> bool {
        self.open.is_empty()
    }

    pub(super) fn seen_root(&self) -> bool {
        self.seen_root
    }

    pub(super) fn innermost(&self) -> Option<&str> {
        let open = self.open.last()?;
        self.names.get(open.name..)
    }

    /// A start tag, or one of an empty element: what is between `<` and `>`.
    pub(super) fn start<W: Write>(&mut self, tag: &str, line: u64, out: &mut Out<W>) -> Done {
        let fail = |kind| Err(CanonicalError::xml(kind, line));
        let (tag, is_empty) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let name = &tag[..name_len(tag.as_bytes())];
        let Some((prefix, _)) = qname(name) else {
            return fail(ErrorKind::InvalidName);
        };
        if self.open.is_empty() && std::mem::replace(&mut self.seen_root, true) {
            return fail(ErrorKind::MultipleRoots { name: clip(name) });
        }
        if self.open.len() >= self.limits.max_depth {
            return fail(ErrorKind::TooDeep {
                limit: self.limits.max_depth,
            });
        }
        self.open.push(Open {
            name: self.names.len(),
            scope: self.scope.len(),
        });
        self.names.push_str(name);
        self.read(tag, name.len(), line)?;
        self.declare(tag, line)?;
        self.check_open(line)?;
        self.resolve(tag, prefix, line)?;

        out.put(b"<")?;
        out.put(name.as_bytes())?;
        for one in &self.declarations {
            out.put(if one.local.is_empty() {
                b" xmlns"
            } else {
                b" xmlns:"
            })?;
            self.attribute(tag, one, out)?;
        }
        for one in &self.attributes {
            out.put(b" ")?;
            if !one.prefix.is_empty() {
                out.put(&tag.as_bytes()[one.prefix.clone()])?;
                out.put(b":")?;
            }
            self.attribute(tag, one, out)?;
        }
        out.put(b">")?;
        if is_empty {
            self.close(out)?;
        }
        Ok(())
    }

    /// An end tag: what is between `</` and `>`.
    pub(super) fn end<W: Write>(&mut self, tag: &str, line: u64, out: &mut Out<W>) -> Done {
        let found = &tag[..name_len(tag.as_bytes())];
        let fail = |kind| Err(CanonicalError::xml(kind, line));
        let Some(expected) = self.innermost() else {
            return fail(ErrorKind::UnexpectedEndTag { found: clip(found) });
        };
        if found != expected {
            let (expected, found) = (clip(expected), clip(found));
            return fail(ErrorKind::MismatchedEndTag { expected, found });
        }
        if spaces(&tag.as_bytes()[found.len()..]) + found.len() != tag.len() {
            return fail(ErrorKind::MalformedTag);
        }
        self.close(out)
    }

    fn close<W: Write>(&mut self, out: &mut Out<W>) -> Done {
        if let Some(open) = self.open.pop() {
            out.put(b"</")?;
            out.put(self.names.as_bytes().get(open.name..).unwrap_or_default())?;
            out.put(b">")?;
            self.names.truncate(open.name);
            self.scope.truncate(open.scope);
        }
        Ok(())
    }

    fn attribute<W: Write>(&self, tag: &str, one: &Attribute, out: &mut Out<W>) -> Done {
        out.put(&tag.as_bytes()[one.local.clone()])?;
        out.put(b"=\"")?;
        out.value(&self.values[one.value.clone()])?;
        out.put(b"\"")?;
        Ok(())
    }

    /// The attributes and declarations after the name, values resolved.
    fn read(&mut self, tag: &str, from: usize, line: u64) -> Done {
        let fail = |kind| Err(CanonicalError::xml(kind, line));
        self.declarations.clear();
        self.attributes.clear();
        self.values.clear();
        let bytes = tag.as_bytes();
        let mut at = from;
        loop {
            let start = at + spaces(&bytes[at..]);
            if start == bytes.len() {
                return Ok(());
            }
            if start == at {
                let touches = matches!(bytes[at - 1], b'"' | b'\'');
                return fail(if touches {
                    ErrorKind::MissingSpace
                } else {
                    ErrorKind::MalformedTag
                });
            }
            let name = &tag[start..start + name_len(&bytes[start..])];
            let Some((prefix, local)) = qname(name) else {
                return fail(ErrorKind::InvalidName);
            };
            let malformed = || ErrorKind::MalformedAttribute { name: clip(name) };
            let equals = start + name.len();
            let equals = equals + spaces(&bytes[equals..]);
            if bytes.get(equals) != Some(&b'=') {
                return fail(malformed());
            }
            let quote = equals + 1 + spaces(&bytes[equals + 1..]);
            let Some(&mark @ (b'"' | b'\'')) = bytes.get(quote) else {
                return fail(malformed());
            };
            let Some(len) = memchr(mark, &bytes[quote + 1..]) else {
                return fail(malformed());
            };
            let value = self.values.len();
            let raw = &tag[quote + 1..quote + 1 + len];
            push_value(&mut self.values, raw, name)
                .map_err(|kind| CanonicalError::xml(kind, line))?;
            at = quote + 1 + len + 1;

            let is_declaration = name == "xmlns" || prefix == "xmlns";
            let local_start = if name == "xmlns" {
                equals
            } else {
                start + name.len() - local.len()
            };
            let local_end = if name == "xmlns" {
                equals
            } else {
                start + name.len()
            };
            let one = Attribute {
                prefix: start..start + prefix.len(),
                local: local_start..local_end,
                value: value..self.values.len(),
                binding: None,
            };
            let (list, limit) = match is_declaration {
                true => (&mut self.declarations, self.limits.max_namespaces),
                false => (&mut self.attributes, self.limits.max_attributes),
            };
            if list.len() == limit {
                return fail(match is_declaration {
                    true => ErrorKind::TooManyNamespaces { limit },
                    false => ErrorKind::TooManyAttributes { limit },
                });
            }
            list.push(one);
        }
    }

    /// Binds the prefixes; keeps, in their order, the declarations that change something.
    fn declare(&mut self, tag: &str, line: u64) -> Done {
        let fail = |kind| Err(CanonicalError::xml(kind, line));
        let since = self.open.last().map_or(0, |open| open.scope);
        let limit = self.limits.max_namespace;
        for index in 0..self.declarations.len() {
            let one = &mut self.declarations[index];
            let prefix = &tag[one.local.clone()];
            let uri = &self.values[one.value.clone()];
            if prefix == "xmlns" || (prefix == "xml") != (uri == XML) || uri == XMLNS {
                return fail(ErrorKind::ReservedNamespace);
            }
            if uri.is_empty() && !prefix.is_empty() {
                return fail(ErrorKind::EmptyNamespace {
                    prefix: clip(prefix),
                });
            }
            if uri.len() > limit {
                return Err(CanonicalError::NamespaceTooLong { limit, line });
            }
            if !uri.is_empty() && !is_absolute(uri) {
                return Err(CanonicalError::RelativeNamespace { line });
            }
            if self.scope.declared_since(prefix, since) {
                let name = clip(if prefix.is_empty() { "xmlns" } else { prefix });
                return fail(ErrorKind::DuplicateAttribute { name });
            }
            let changes = self.scope.get(prefix) != Some(uri);
            // Marks those that are written.
            one.binding = changes.then_some(0);
            self.scope.declare(prefix, uri);
        }
        self.declarations.retain(|one| one.binding.is_some());
        self.declarations
            .sort_unstable_by(|one, other| tag[one.local.clone()].cmp(&tag[other.local.clone()]));
        Ok(())
    }

    fn check_open(&self, line: u64) -> Done {
        let limit = self.limits.max_open;
        if self.names.len() + self.scope.bytes() > limit {
            return Err(CanonicalError::TooMuchOpen { limit, line });
        }
        Ok(())
    }

    /// Checks the prefixes and sorts the attributes: those without namespace first, then by namespace, then by name.
    fn resolve(&mut self, tag: &str, prefix: &str, line: u64) -> Done {
        let fail = |kind| Err(CanonicalError::xml(kind, line));
        let undeclared = |prefix: &str| match prefix {
            "xmlns" => ErrorKind::ReservedNamespace,
            _ => ErrorKind::UndeclaredPrefix {
                prefix: clip(prefix),
            },
        };
        if self.scope.get(prefix).is_none() {
            return fail(undeclared(prefix));
        }
        for one in &mut self.attributes {
            let prefix = &tag[one.prefix.clone()];
            if prefix.is_empty() {
                continue;
            }
            one.binding = self.scope.binding(prefix);
            if one.binding.is_none() && prefix != "xml" {
                return fail(undeclared(prefix));
            }
        }
        let scope = &self.scope;
        let namespace = |one: &Attribute| match one.prefix.is_empty() {
            true => "",
            false => scope.get(&tag[one.prefix.clone()]).unwrap_or_default(),
        };
        let compare = |one: &Attribute, other: &Attribute| {
            let same =
                one.prefix.is_empty() == other.prefix.is_empty() && one.binding == other.binding;
            let namespaces = match same {
                true => Ordering::Equal,
                false => namespace(one).cmp(namespace(other)),
            };
            namespaces.then_with(|| tag[one.local.clone()].cmp(&tag[other.local.clone()]))
        };
        if self.attributes.len() > 1 {
            self.attributes.sort_unstable_by(compare);
        }
        let twice = |two: &[Attribute]| {
            compare(&two[0], &two[1])
                .is_eq()
                .then(|| two[1].local.clone())
        };
        match self.attributes.windows(2).find_map(twice) {
            Some(local) => fail(ErrorKind::DuplicateAttribute {
                name: clip(&tag[local]),
            }),
            None => Ok(()),
        }
    }
}

/// The value of an attribute of type CDATA. Source: XML 1.0, section 3.3.3.
fn push_value(values: &mut String, raw: &str, name: &str) -> Result<(), ErrorKind> {
    let mut rest = raw;
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'\t' | b'\n');
    while let Some(at) = rest.bytes().position(special) {
        values.push_str(&rest[..at]);
        let from = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match from {
            b'<' => {
                return Err(ErrorKind::LessThanInValue {
                    attribute: clip(name),
                });
            }
            b'&' => {
                let end = memchr(b';', rest.as_bytes()).ok_or(ErrorKind::BareAmpersand)?;
                let reference = &rest[..end];
                values.push(resolve(reference).map_err(|error| no_character(error, reference))?);
                rest = &rest[end + 1..];
            }
            _ => values.push(' '),
        }
    }
    values.push_str(rest);
    Ok(())
}

pub(super) fn no_character(error: NoCharacter, reference: &str) -> ErrorKind {
    match error {
        NoCharacter::Undeclared => ErrorKind::UndeclaredEntity {
            name: clip(reference),
        },
        NoCharacter::Invalid => ErrorKind::InvalidCharacterReference,
        NoCharacter::Bare => ErrorKind::BareAmpersand,
    }
}

/// Whether it begins with a scheme. Source: RFC 3986, section 3.1.
fn is_absolute(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once(':') else {
        return false;
    };
    let later = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic())
        && scheme.bytes().all(later)
}
