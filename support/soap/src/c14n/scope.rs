//! Prefixes in force.

use std::collections::HashMap;

pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";
pub(super) const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

struct Binding {
    prefix: Box<str>,
    uri: Box<str>,
    /// The one that it hides.
    hidden: Option<usize>,
}

/// What each prefix stands for, at the element that is open; the empty prefix is the default namespace.
#[derive(Default)]
pub(super) struct Scope {
    bindings: Vec<Binding>,
    /// The last binding of each prefix. With random keys: no choice of prefixes makes it slow.
    current: HashMap<Box<str>, usize>,
    bytes: usize,
}

impl Scope {
    /// What a prefix stands for; the default namespace is empty when there is none, another prefix is then not declared.
    pub(super) fn get(&self, prefix: &str) -> Option<&str> {
        match self.current.get(prefix) {
            Some(&at) => self.bindings.get(at).map(|binding| &*binding.uri),
            None if prefix.is_empty() => Some(""),
            None if prefix == "xml" => Some(XML),
            None => None,
        }
    }

    /// The binding of a prefix, to be compared with others.
    pub(super) fn binding(&self, prefix: &str) -> Option<usize> {
        self.current.get(prefix).copied()
    }

    /// Whether the prefix was declared since there were this many.
    pub(super) fn declared_since(&self, prefix: &str, len: usize) -> bool {
        self.current.get(prefix).is_some_and(|&at| at >= len)
    }

    pub(super) fn declare(&mut self, prefix: &str, uri: &str) {
        let at = self.bindings.len();
        let hidden = match self.current.get_mut(prefix) {
            Some(current) => Some(std::mem::replace(current, at)),
            None => {
                self.current.insert(prefix.into(), at);
                None
            }
        };
        self.bytes += size(prefix, uri);
        self.bindings.push(Binding {
            prefix: prefix.into(),
            uri: uri.into(),
            hidden,
        });
    }

    pub(super) fn len(&self) -> usize {
        self.bindings.len()
    }

    /// How much it holds.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Back to when there were this many.
    pub(super) fn truncate(&mut self, len: usize) {
        while self.bindings.len() > len {
            let Some(Binding {
                prefix,
                uri,
                hidden,
            }) = self.bindings.pop()
            else {
                return;
            };
            self.bytes -= size(&prefix, &uri);
            match hidden {
                Some(hidden) => self.current.insert(prefix, hidden),
                None => self.current.remove(&prefix),
            };
        }
    }
}

/// A binding with its entries in the tables.
fn size(prefix: &str, uri: &str) -> usize {
    2 * prefix.len() + uri.len() + 96
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_comes_back() {
        let mut scope = Scope::default();
        scope.declare("", "urn:a");
        scope.declare("p", "urn:b");
        let len = scope.len();
        scope.declare("", "");
        scope.declare("q", "urn:c");
        assert_eq!((scope.get(""), scope.get("q")), (Some(""), Some("urn:c")));
        scope.truncate(len);
        assert_eq!((scope.get(""), scope.get("q")), (Some("urn:a"), None));
        scope.truncate(0);
        assert_eq!(
            (scope.get(""), scope.get("p"), scope.get("xml")),
            (Some(""), None, Some(XML))
        );
        assert_eq!(scope.bytes(), 0);
    }
}
