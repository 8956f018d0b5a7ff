//! Elements become text: a whole new document, or a fragment for a place in an existing one.

use std::borrow::Cow;

use segur_xml::Node;

use super::element::{AttributeValue, Content, Element};
use super::tag::{DICOM_PS3_20, HL7, IHE_LAB, IHE_PHARM, SDTC, XSI};

/// Why a typed value could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A text holds a character that XML 1.0 cannot carry, escaped or not.
    #[error(
        "{path} holds the character U+{code:04X}, which XML cannot carry: remove it from the value"
    )]
    Character {
        /// Path of the element that holds it.
        path: String,
        /// The character's code point.
        code: u32,
    },
}

/// The namespace that `xml` always stands for.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The prefixes of a new document, in the order of their declarations.
const PREFIXES: [(&str, &str); 5] = [
    ("sdtc", SDTC),
    ("pharm", IHE_PHARM),
    ("lab", IHE_LAB),
    ("ps3-20", DICOM_PS3_20),
    ("xsi", XSI),
];

/// Which prefix stands for which namespace where an element is written.
#[derive(Default)]
pub(crate) struct Scope<'a> {
    /// Prefix (empty for the default) and namespace; inner ones first.
    bindings: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Scope<'a> {
    /// What is declared at a place of a document.
    pub(crate) fn of_node(node: Node<'a>) -> Self {
        let bindings = node
            .namespaces_in_scope()
            .into_iter()
            .map(|d| {
                (
                    Cow::Borrowed(d.prefix.unwrap_or("")),
                    Cow::Borrowed(d.namespace),
                )
            })
            .collect();
        Self { bindings }
    }

    fn prefix(&self, namespace: &str) -> Option<&str> {
        self.bindings
            .iter()
            .find(|(_, n)| n == namespace)
            .map(|(p, _)| p.as_ref())
    }

    fn named_prefix(&self, namespace: &str) -> Option<&str> {
        if namespace == XML {
            return Some("xml");
        }
        self.bindings
            .iter()
            .find(|(p, n)| n == namespace && !p.is_empty())
            .map(|(p, _)| p.as_ref())
    }

    fn default_namespace(&self) -> &str {
        self.bindings
            .iter()
            .find(|(p, _)| p.is_empty())
            .map_or("", |(_, n)| n.as_ref())
    }

    /// The prefix that an attribute of this namespace needs.
    pub(crate) fn attribute_prefix(&self, namespace: &str) -> Option<&str> {
        self.named_prefix(namespace)
    }

    /// A prefix for a namespace that is not declared: the usual one, or the first that is free.
    pub(crate) fn free_prefix(&self, namespace: &str) -> String {
        self.free_prefix_beside(namespace, &[]).into_owned()
    }

    fn free_prefix_beside(
        &self,
        namespace: &str,
        declared: &[(Cow<'_, str>, Cow<'_, str>)],
    ) -> Cow<'static, str> {
        let taken = |prefix: &str| {
            self.bindings
                .iter()
                .chain(declared)
                .any(|(p, _)| p == prefix)
        };
        let usual = PREFIXES
            .iter()
            .find(|(_, n)| *n == namespace)
            .map(|(p, _)| *p);
        match usual {
            Some(prefix) if !taken(prefix) => Cow::Borrowed(prefix),
            _ => {
                let mut rank = 1_u32;
                loop {
                    let prefix = format!("n{rank}");
                    if !taken(&prefix) {
                        return Cow::Owned(prefix);
                    }
                    rank += 1;
                }
            }
        }
    }

    /// A qualified name for a type of this namespace.
    pub(crate) fn type_name(&self, namespace: &str, local: &str) -> Option<String> {
        if namespace.is_empty() || self.default_namespace() == namespace {
            return Some(local.to_owned());
        }
        self.named_prefix(namespace)
            .map(|prefix| format!("{prefix}:{local}"))
    }
}

/// A new document, in UTF-8, indented by two spaces where white space means nothing.
pub(crate) fn document_bytes(root: &Element<'_>) -> Result<Vec<u8>, WriteError> {
    let mut bindings: Vec<(Cow<'_, str>, Cow<'_, str>)> = vec![("".into(), HL7.into())];
    let mut used = [false; PREFIXES.len()];
    note_uses(root, &mut used);
    for ((prefix, namespace), used) in PREFIXES.into_iter().zip(used) {
        if namespace == XSI || used {
            bindings.push((prefix.into(), namespace.into()));
        }
    }
    let scope = Scope {
        bindings: Vec::new(),
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut writer = Writer {
        out: &mut out,
        path: Vec::new(),
        indent: "\n".to_owned(),
    };
    writer.element(root, &scope, &bindings, Some(1))?;
    out.push('\n');
    Ok(out.into_bytes())
}

/// An element as markup for a place of an existing document.
pub(crate) fn fragment(
    element: &Element<'_>,
    scope: &Scope<'_>,
    indent: Option<&str>,
) -> Result<String, WriteError> {
    let mut out = String::new();
    Writer {
        out: &mut out,
        path: Vec::new(),
        indent: indent.unwrap_or_default().to_owned(),
    }
    .element(element, scope, &[], indent.map(str::len))?;
    Ok(out)
}

/// Notes which of the usual namespaces are used.
fn note_uses(element: &Element<'_>, used: &mut [bool; PREFIXES.len()]) {
    let mut note = |namespace: &str| {
        if namespace.is_empty() || namespace == HL7 {
            return;
        }
        for (used, (_, known)) in used.iter_mut().zip(PREFIXES) {
            *used |= known == namespace;
        }
    };
    note(&element.namespace);
    for attribute in &element.attributes {
        note(&attribute.namespace);
        if let AttributeValue::Name { namespace, .. } = &attribute.value {
            note(namespace);
        }
    }
    for child in element.elements() {
        note_uses(child, used);
    }
}

struct Writer<'o, 'e> {
    out: &'o mut String,
    path: Vec<&'e str>,
    /// Line end and spaces; how many of its bytes stand before an element depends on its depth.
    indent: String,
}

impl<'e> Writer<'_, 'e> {
    fn element(
        &mut self,
        element: &'e Element<'_>,
        outer: &Scope<'_>,
        declare: &[(Cow<'_, str>, Cow<'_, str>)],
        indent: Option<usize>,
    ) -> Result<(), WriteError> {
        self.path.push(&element.local);
        let mut declared: Vec<(Cow<'_, str>, Cow<'_, str>)> = declare.to_vec();
        self.declare_missing(element, outer, &mut declared);
        let inner;
        let scope = if declared.is_empty() {
            outer
        } else {
            let mut bindings = declared.clone();
            bindings.extend(
                outer
                    .bindings
                    .iter()
                    .filter(|(p, _)| !declared.iter().any(|(d, _)| d == p))
                    .cloned(),
            );
            inner = Scope { bindings };
            &inner
        };
        let prefix = if scope.default_namespace() == element.namespace {
            ""
        } else {
            scope.prefix(&element.namespace).unwrap_or("")
        };
        self.out.push('<');
        self.name(prefix, &element.local);
        for (prefix, namespace) in &declared {
            self.out.push_str(if prefix.is_empty() {
                " xmlns"
            } else {
                " xmlns:"
            });
            self.out.push_str(prefix);
            self.out.push_str("=\"");
            self.text(namespace, true)?;
            self.out.push('"');
        }
        for attribute in &element.attributes {
            self.out.push(' ');
            if !attribute.namespace.is_empty() {
                self.out.push_str(
                    scope
                        .attribute_prefix(&attribute.namespace)
                        .unwrap_or_default(),
                );
                self.out.push(':');
            }
            self.out.push_str(&attribute.local);
            self.out.push_str("=\"");
            match &attribute.value {
                AttributeValue::Text(text) => self.text(text, true)?,
                AttributeValue::Name { namespace, local } => {
                    let name = scope.type_name(namespace, local);
                    self.text(name.as_deref().unwrap_or(local), true)?;
                }
            }
            self.out.push('"');
        }
        if element.children.is_empty() {
            self.out.push_str("/>");
        } else {
            self.out.push('>');
            self.children(element, scope, indent)?;
            self.out.push_str("</");
            self.name(prefix, &element.local);
            self.out.push('>');
        }
        self.path.pop();
        Ok(())
    }

    fn name(&mut self, prefix: &str, local: &str) {
        if !prefix.is_empty() {
            self.out.push_str(prefix);
            self.out.push(':');
        }
        self.out.push_str(local);
    }

    fn children(
        &mut self,
        element: &'e Element<'_>,
        scope: &Scope<'_>,
        indent: Option<usize>,
    ) -> Result<(), WriteError> {
        let indent = indent.filter(|_| !element.has_text());
        let inner = indent.map(|indent| indent + 2);
        while inner.is_some_and(|inner| self.indent.len() < inner) {
            self.indent.push_str("  ");
        }
        for child in &element.children {
            match child {
                Content::Text(text) => self.text(text, false)?,
                Content::Element(e) => {
                    self.line(inner);
                    self.element(e, scope, &[], inner)?;
                }
            }
        }
        self.line(indent);
        Ok(())
    }

    fn line(&mut self, indent: Option<usize>) {
        let indent = indent.and_then(|indent| self.indent.get(..indent));
        self.out.push_str(indent.unwrap_or_default());
    }

    /// Declares, on this element, namespaces that it needs and that are not in scope.
    fn declare_missing<'d>(
        &self,
        element: &'d Element<'_>,
        outer: &Scope<'_>,
        declared: &mut Vec<(Cow<'d, str>, Cow<'d, str>)>,
    ) {
        let known = |declared: &Vec<(Cow<'d, str>, Cow<'d, str>)>, namespace: &str, named: bool| {
            declared
                .iter()
                .any(|(p, n)| n == namespace && !(named && p.is_empty()))
                || if named {
                    outer.named_prefix(namespace).is_some()
                } else {
                    outer.prefix(namespace).is_some()
                }
        };
        let namespace = element.namespace.as_ref();
        if namespace.is_empty() {
            if !outer.default_namespace().is_empty() {
                declared.push(("".into(), "".into()));
            }
        } else if !known(declared, namespace, false) {
            declared.push((
                outer.free_prefix_beside(namespace, declared),
                namespace.into(),
            ));
        }
        for attribute in &element.attributes {
            if !attribute.namespace.is_empty() && !known(declared, &attribute.namespace, true) {
                let prefix = outer.free_prefix_beside(&attribute.namespace, declared);
                declared.push((prefix, attribute.namespace.as_ref().into()));
            }
            if let AttributeValue::Name { namespace, .. } = &attribute.value
                && !namespace.is_empty()
                && !known(declared, namespace, false)
            {
                let prefix = outer.free_prefix_beside(namespace, declared);
                declared.push((prefix, namespace.as_ref().into()));
            }
        }
    }

    fn text(&mut self, text: &str, in_attribute: bool) -> Result<(), WriteError> {
        let mut done = 0;
        for (at, byte) in text.bytes().enumerate() {
            if !NEEDS_CARE[usize::from(byte)] {
                continue;
            }
            let written = match byte {
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'&' => "&amp;",
                b'"' if in_attribute => "&quot;",
                b'\n' if in_attribute => "&#10;",
                b'\t' if in_attribute => "&#9;",
                b'\r' => "&#13;",
                b'"' | b'\t' | b'\n' => continue,
                _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
                    Some(c @ ('\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')) => {
                        return Err(WriteError::Character {
                            path: format!("/{}", self.path.join("/")),
                            code: c as u32,
                        });
                    }
                    _ => continue,
                },
            };
            self.out.push_str(text.get(done..at).unwrap_or_default());
            self.out.push_str(written);
            done = at + 1;
        }
        self.out.push_str(text.get(done..).unwrap_or_default());
        Ok(())
    }
}

/// Bytes that are not always written as they are; U+FFFE and U+FFFF begin with EF.
const NEEDS_CARE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'&' as usize] = true;
    table[b'"' as usize] = true;
    table[0xEF] = true;
    table
};
