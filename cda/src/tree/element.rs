//! The element that typed values are written as.

use std::borrow::Cow;
use std::fmt;

use segur_xml::{Node, NodeKind};

use super::tag::{Tag, XSI};
use super::{Reader, fmt_shape};

/// One element with its attributes and content, apart from any document.
///
/// Every typed value is written as one; content of a foreign namespace that has no type of its own
/// is held as one. Names are expanded: prefixes are chosen when it is written.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Element<'a> {
    /// Namespace name; empty for none.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub namespace: Cow<'a, str>,
    /// Local name.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub local: Cow<'a, str>,
    /// Attributes, in the order in which they are written.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub attributes: Vec<Attribute<'a>>,
    /// Elements and text, in order.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "crate::tree::is_default")
    )]
    pub children: Vec<Content<'a>>,
}

/// One attribute of an [`Element`].
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Namespace name; empty for none, as most have.
    pub namespace: Cow<'a, str>,
    /// Local name.
    pub local: Cow<'a, str>,
    /// Value.
    pub value: AttributeValue<'a>,
}

/// The value of an attribute: text, or the name of a type (`xsi:type`), whose prefix depends on the
/// place where it is written.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeValue<'a> {
    /// Plain text, without escapes.
    Text(Cow<'a, str>),
    /// A qualified name.
    Name {
        /// Namespace name; empty for none.
        namespace: Cow<'a, str>,
        /// Local name.
        local: Cow<'a, str>,
    },
}

/// What an [`Element`] contains.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content<'a> {
    /// An element.
    Element(Element<'a>),
    /// Text, without escapes.
    Text(Cow<'a, str>),
}

impl<'a> Element<'a> {
    /// An empty element of this name.
    pub fn new(tag: Tag) -> Self {
        Self {
            namespace: Cow::Borrowed(tag.namespace),
            local: Cow::Borrowed(tag.local),
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    /// Whether the element has this name.
    pub fn is(&self, tag: Tag) -> bool {
        self.local == tag.local && self.namespace == tag.namespace
    }

    /// The value of an attribute without namespace.
    pub fn attribute(&self, local: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|a| a.local == local && a.namespace.is_empty())
            .and_then(|a| match &a.value {
                AttributeValue::Text(text) => Some(text.as_ref()),
                AttributeValue::Name { .. } => None,
            })
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.children.iter().filter_map(|c| match c {
            Content::Element(e) => Some(e),
            Content::Text(_) => None,
        })
    }

    /// All text within, in order.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.collect_text(&mut out);
        out
    }

    fn collect_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Content::Text(text) => out.push_str(text),
                Content::Element(e) => e.collect_text(out),
            }
        }
    }

    pub(crate) fn set(&mut self, local: &'static str, value: impl Into<Cow<'a, str>>) {
        self.attributes.push(Attribute {
            namespace: Cow::Borrowed(""),
            local: Cow::Borrowed(local),
            value: AttributeValue::Text(value.into()),
        });
    }

    /// Gives the element its `xsi:type`, a type of the CDA schema.
    pub(crate) fn set_type(&mut self, local: &'static str) {
        self.attributes.insert(
            0,
            Attribute {
                namespace: Cow::Borrowed(XSI),
                local: Cow::Borrowed("type"),
                value: AttributeValue::Name {
                    namespace: Cow::Borrowed(super::HL7),
                    local: Cow::Borrowed(local),
                },
            },
        );
    }

    pub(crate) fn push_text(&mut self, text: impl Into<Cow<'a, str>>) {
        let text = text.into();
        if !text.is_empty() {
            self.children.push(Content::Text(text));
        }
    }

    pub(crate) fn has_text(&self) -> bool {
        self.children.iter().any(|c| matches!(c, Content::Text(_)))
    }

    /// The element of a tree as it stands, white space between elements left out.
    pub(crate) fn from_node(node: Node<'_>, reader: &mut Reader) -> Element<'static> {
        let mut out = Element {
            namespace: Cow::Owned(node.namespace().to_owned()),
            local: Cow::Owned(node.local_name().to_owned()),
            attributes: Vec::new(),
            children: Vec::new(),
        };
        for attribute in node.attributes() {
            let value = attribute.value();
            let value = if attribute.namespace() == XSI && attribute.local_name() == "type" {
                let (prefix, local) = value.split_once(':').unwrap_or(("", &value));
                AttributeValue::Name {
                    namespace: node
                        .lookup_namespace(Some(prefix).filter(|p| !p.is_empty()))
                        .unwrap_or("")
                        .to_owned()
                        .into(),
                    local: local.to_owned().into(),
                }
            } else {
                AttributeValue::Text(Cow::Owned(value.into_owned()))
            };
            out.attributes.push(Attribute {
                namespace: Cow::Owned(attribute.namespace().to_owned()),
                local: Cow::Owned(attribute.local_name().to_owned()),
                value,
            });
        }
        let mixed = node
            .children()
            .any(|c| c.kind() == NodeKind::Text && c.text().is_some_and(|t| !is_blank(&t)));
        for child in node.children() {
            match child.kind() {
                NodeKind::Element if reader.enter(child) => {
                    let element = Element::from_node(child, reader);
                    reader.leave();
                    out.children.push(Content::Element(element));
                }
                NodeKind::Text if mixed => {
                    if let Some(text) = child.text() {
                        out.push_text(text.into_owned());
                    }
                }
                _ => {}
            }
        }
        out
    }
}

pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_shape(self, f)
    }
}
