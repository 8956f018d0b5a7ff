//! Components of HL7 v2 values: split, escaped, joined.

use std::collections::BTreeMap;

/// Components that the types have no field for, by their number (from 1); the text is as written.
pub type OtherComponents = BTreeMap<u8, String>;

/// Separators of HL7 v2 and the letter that stands for each between two `\`.
const ESCAPES: [(char, char); 5] = [('|', 'F'), ('^', 'S'), ('&', 'T'), ('~', 'R'), ('\\', 'E')];

/// Escapes the separators: `&` becomes `\T\`.
///
/// Source: HL7 v2, chapter 2; oehf/ipf, `HL7.escape`. That the DMP resolves them was not read anywhere.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match ESCAPES.iter().find(|(separator, _)| *separator == c) {
            Some((_, letter)) => out.extend(['\\', *letter, '\\']),
            None => out.push(c),
        }
    }
    out
}

/// Resolves escapes; what is none stays as it is.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        chars.next();
        let found = match (chars.next(), chars.next()) {
            (Some(letter), Some('\\')) => ESCAPES.iter().find(|(_, l)| *l == letter),
            _ => None,
        };
        // All of `\`, the letter and the second `\` are one byte long.
        let taken = match found {
            Some((separator, _)) => {
                out.push(*separator);
                3
            }
            None => {
                out.push('\\');
                1
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The components of a value, as written.
pub(crate) struct Components<'a>(Vec<&'a str>);

impl<'a> Components<'a> {
    pub(crate) fn split(text: &'a str) -> Self {
        // An XCN has 13.
        let mut parts = Vec::with_capacity(16);
        parts.extend(text.split('^'));
        Self(parts)
    }

    /// A component, by its number from 1; empty ones are none.
    pub(crate) fn raw(&mut self, number: usize) -> Option<&'a str> {
        let part = self.0.get_mut(number.checked_sub(1)?)?;
        Some(std::mem::take(part)).filter(|part| !part.is_empty())
    }

    /// The same with its escapes resolved.
    pub(crate) fn text(&mut self, number: usize) -> Option<String> {
        self.raw(number).map(unescape)
    }

    pub(crate) fn authority(&mut self, number: usize) -> Option<Authority> {
        self.raw(number).map(Authority::read)
    }

    /// What was not asked for.
    pub(crate) fn rest(self) -> OtherComponents {
        let numbered = self.0.into_iter().enumerate();
        numbered
            .filter(|(_, part)| !part.is_empty())
            .filter_map(|(index, part)| Some((u8::try_from(index + 1).ok()?, part.to_owned())))
            .collect()
    }
}

/// Joins components, without separators at the end.
#[derive(Default)]
pub(crate) struct Joined(BTreeMap<u8, String>);

impl Joined {
    /// Over what the type has no field for.
    pub(crate) fn over(other: &OtherComponents) -> Self {
        Self(other.clone())
    }

    pub(crate) fn text(&mut self, number: u8, text: &str) {
        self.raw(number, escape(text));
    }

    pub(crate) fn raw(&mut self, number: u8, text: String) {
        if !text.is_empty() {
            self.0.insert(number, text);
        }
    }

    pub(crate) fn option(&mut self, number: u8, text: Option<&String>) {
        if let Some(text) = text {
            self.text(number, text);
        }
    }

    pub(crate) fn authority(&mut self, number: u8, authority: Option<&Authority>) {
        if let Some(authority) = authority {
            self.raw(number, authority.to_text());
        }
    }

    pub(crate) fn finish(self) -> String {
        let mut out = String::new();
        let mut at = 1u8;
        for (number, text) in self.0 {
            while at < number {
                out.push('^');
                at = at.saturating_add(1);
            }
            out.push_str(&text);
        }
        out
    }
}

/// An assigning authority (HD): `&oid&ISO`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Authority {
    /// Local name; empty in XDS.
    pub namespace: String,
    /// Identifier of the authority: its OID.
    pub id: String,
    /// Kind of the identifier: `ISO` for an OID.
    pub kind: String,
}

impl Authority {
    /// The authority of an OID.
    pub fn iso(oid: impl Into<String>) -> Self {
        Self {
            namespace: String::new(),
            id: oid.into(),
            kind: "ISO".to_owned(),
        }
    }

    /// Reads `namespace&id&kind`.
    pub fn read(text: &str) -> Self {
        let mut parts = text.splitn(3, '&').map(unescape);
        let mut next = || parts.next().unwrap_or_default();
        Self {
            namespace: next(),
            id: next(),
            kind: next(),
        }
    }

    /// As written: `&oid&ISO`.
    pub fn to_text(&self) -> String {
        let parts = [&self.namespace, &self.id, &self.kind].map(|part| escape(part));
        parts.join("&").trim_end_matches('&').to_owned()
    }

    /// Whether it is an OID marked as one, and nothing else.
    pub(crate) fn is_iso(&self) -> bool {
        self.namespace.is_empty() && self.kind == "ISO" && segur_core::Oid::parse(&self.id).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn escapes_are_resolved(text in "[|^&~\\\\FSTRE a]{0,20}") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains(['|', '^', '&', '~']));
            prop_assert_eq!(unescape(&escaped), text);
        }

        #[test]
        fn any_text_is_unescaped(text in "\\PC{0,40}") {
            let once = unescape(&text);
            prop_assert_eq!(unescape(&escape(&once)), once);
        }
    }
}
