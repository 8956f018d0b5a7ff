//! Writing an envelope.

use std::fmt;

use segur_xml::{Document, Limits, Node, NodeKind, XmlWriter};

use super::addressing::{Addressing, WSA_NAMESPACE};
use super::error::writing;
use super::{EnvelopeError, SoapVersion};

/// A message to write. Fragments are put in as they are, so that a signed header block stays as it was signed.
///
/// The prefixes `soap` and, when there is addressing, `wsa` are declared around the fragments; every other prefix a
/// fragment declares itself. `Debug` hides the content.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    /// Which version.
    pub version: SoapVersion,
    /// Header blocks of WS-Addressing, written first.
    pub addressing: Addressing,
    /// Other header blocks, one element each, already serialised.
    pub headers: Vec<String>,
    /// Content of the body, already serialised: one element as a rule, none or several allowed.
    pub body: String,
}

/// A message ready to be sent with an HTTP POST. `Debug` hides the body.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpMessage {
    /// Value of the header `Content-Type`.
    pub content_type: String,
    /// Value of the header `SOAPAction`, quotes included; none in SOAP 1.2, which has no such header.
    pub soap_action: Option<String>,
    /// The envelope, in UTF-8.
    pub body: Vec<u8>,
}

impl Envelope {
    /// A message without header.
    pub fn new(version: SoapVersion, body: impl Into<String>) -> Self {
        Self {
            version,
            addressing: Addressing::default(),
            headers: Vec::new(),
            body: body.into(),
        }
    }

    /// Writes the message. What it writes, [`super::Received::read`] reads.
    ///
    /// # Errors
    /// When a fragment is not well-formed where it stands, or is not made of elements, or holds a processing
    /// instruction, which SOAP forbids (SOAP 1.2 part 1, section 5); when the action is no printable ASCII.
    pub fn write(&self) -> Result<HttpMessage, EnvelopeError> {
        let action = self.addressing.action.as_deref().unwrap_or_default();
        check_action(action)?;
        let text = self.text()?;
        self.check(&text)?;
        let media = self.version.media_type();
        let (content_type, soap_action) = match self.version {
            SoapVersion::V1_1 => (
                format!("{media}; charset=utf-8"),
                Some(format!("\"{action}\"")),
            ),
            SoapVersion::V1_2 if action.is_empty() => (format!("{media}; charset=utf-8"), None),
            SoapVersion::V1_2 => (format!("{media}; charset=utf-8; action=\"{action}\""), None),
        };
        Ok(HttpMessage {
            content_type,
            soap_action,
            body: text.into_bytes(),
        })
    }

    fn text(&self) -> Result<String, EnvelopeError> {
        let frame = writing("the envelope");
        let mut w = XmlWriter::new();
        w.start("soap:Envelope").map_err(&frame)?;
        w.attr("xmlns:soap", self.version.namespace())
            .map_err(&frame)?;
        if !self.addressing.is_empty() {
            w.attr("xmlns:wsa", WSA_NAMESPACE).map_err(&frame)?;
        }
        if !self.addressing.is_empty() || !self.headers.is_empty() {
            w.start("soap:Header").map_err(&frame)?;
            self.addressing
                .write(&mut w)
                .map_err(writing("an address of the message"))?;
            for block in &self.headers {
                w.raw(block.trim()).map_err(writing("a header block"))?;
            }
            w.end().map_err(&frame)?;
        }
        w.start("soap:Body").map_err(&frame)?;
        w.raw(self.body.trim()).map_err(writing("the body"))?;
        w.end().map_err(&frame)?.end().map_err(&frame)?;
        w.finish().map_err(&frame)
    }

    /// Fragments could be well-formed and yet no elements.
    fn check(&self, text: &str) -> Result<(), EnvelopeError> {
        // What limits guard against is in memory already: it is our own.
        let mut limits = Limits::default();
        limits.max_bytes = limits.max_bytes.max(text.len());
        limits.max_nodes = limits.max_nodes.max(text.len());
        let doc = Document::parse_with(text.as_bytes(), &limits)?;
        let root = doc.root_element();
        let fragment = |what, expected| Err(EnvelopeError::Fragment { what, expected });
        let soap = self.version.namespace();
        if let Some(header) = root.child(soap, "Header") {
            let own = header
                .elements()
                .filter(|block| block.namespace() != WSA_NAMESPACE);
            let given = self.headers.iter().filter(|block| !block.trim().is_empty());
            if has_text(header) || own.count() > given.count() {
                return fragment("a header block", "one element");
            }
        }
        if root.child(soap, "Body").is_some_and(has_text) {
            return fragment("the body", "elements");
        }
        let instruction = |node: Node<'_>| node.kind() == NodeKind::ProcessingInstruction;
        if root.descendants().any(instruction) {
            return fragment("a fragment", "no processing instruction");
        }
        Ok(())
    }
}

fn has_text(node: Node<'_>) -> bool {
    node.children()
        .any(|child| child.is_text() && !child.is_blank())
}

fn check_action(action: &str) -> Result<(), EnvelopeError> {
    let breaks = |letter: &char| !letter.is_ascii_graphic() || matches!(letter, '"' | '\\');
    match action.chars().find(breaks) {
        Some(letter) => Err(EnvelopeError::Action {
            code: u32::from(letter),
        }),
        None => Ok(()),
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("version", &self.version)
            .field("action", &self.addressing.action)
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for HttpMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpMessage")
            .field("content_type", &self.content_type)
            .field("soap_action", &self.soap_action)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
