//! Messages as XML: their root read, their text written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use segur_soap::mtom;
use segur_xml::{Document, Node, XmlWriter};

use crate::ebrim::{Written, attribute_of};
use crate::error::{ReadError, WriteError};
use crate::vocabulary::XOP;

/// Reads the message in the root of a document.
pub(crate) fn parse<T>(
    bytes: &[u8],
    read: impl FnOnce(Node<'_>) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let document = Document::parse(bytes)?;
    read(document.root_element())
}

/// An error unless the node is this element.
pub(crate) fn expect(
    node: Node<'_>,
    namespace: &'static str,
    expected: &'static str,
) -> Result<(), ReadError> {
    if node.is(namespace, expected) {
        return Ok(());
    }
    Err(ReadError::Root {
        expected,
        namespace,
        got: node.local_name().to_owned(),
    })
}

/// A child element that must be there.
pub(crate) fn child<'a>(
    node: Node<'a>,
    namespace: &str,
    element: &'static str,
    missing: &'static str,
) -> Result<Node<'a>, ReadError> {
    node.child(namespace, missing)
        .ok_or(ReadError::Missing { element, missing })
}

/// The text of a child element, white space around it dropped; nothing when it is empty.
pub(crate) fn child_text(node: Node<'_>, namespace: &str, name: &str) -> Option<String> {
    let text = node
        .child(namespace, name)?
        .string_value()
        .trim()
        .to_owned();
    Some(text).filter(|text| !text.is_empty())
}

/// A message as text, without XML declaration: it goes into an envelope.
pub(crate) fn written(write: impl FnOnce(&mut XmlWriter) -> Written) -> Result<String, WriteError> {
    let mut w = XmlWriter::new();
    write(&mut w)?;
    Ok(w.finish()?)
}

/// The bytes of a document, or where they are.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A part of the multipart message (XOP), by its Content-ID without angle brackets and percent signs resolved.
    Part(String),
    /// Within the message, as base64; read from answers, never sent.
    Inline(Vec<u8>),
}

/// Without the bytes.
impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Part(id) => write!(f, "Part({id})"),
            Self::Inline(bytes) => write!(f, "Inline({} bytes)", bytes.len()),
        }
    }
}

impl Content {
    /// Reads `xop:Include`, or base64 text, in an `xds:Document`.
    pub(crate) fn read(node: Node<'_>) -> Result<Self, ReadError> {
        if let Some(include) = node.child(XOP, "Include") {
            let href = attribute_of(include, "href").ok_or(ReadError::Missing {
                element: "xop:Include",
                missing: "href",
            })?;
            return Ok(Self::Part(mtom::content_id(&href)?));
        }
        let text: String = node.string_value().split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(text).map_err(|_| ReadError::Base64)?;
        Ok(Self::Inline(bytes))
    }

    /// Writes what stands in an `xds:Document`.
    pub(crate) fn write(&self, w: &mut XmlWriter) -> Written {
        match self {
            Self::Part(id) => {
                w.start("xop:Include")?
                    .attr("xmlns:xop", XOP)?
                    .attr("href", &mtom::reference(id))?
                    .end()?;
            }
            Self::Inline(bytes) => {
                w.text(&STANDARD.encode(bytes))?;
            }
        }
        Ok(())
    }
}
