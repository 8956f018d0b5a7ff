//! Reading an envelope.

use std::fmt;

use segur_xml::{Document, Limits, Node, NodeId};

use super::{Addressing, EnvelopeError, Fault, SoapVersion};

/// What a message may hold before it is refused. Always on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadLimits {
    /// Limits of the XML: bytes, depth, attributes, nodes (default as [`Limits::default`], 64 MiB).
    pub xml: Limits,
    /// Header blocks (default 64).
    pub header_blocks: usize,
    /// Subcodes, and apart from them reason texts, of a fault (default 32 each).
    pub fault_items: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            xml: Limits::default(),
            header_blocks: 64,
            fault_items: 32,
        }
    }
}

impl ReadLimits {
    /// The defaults, but for the number of bytes.
    #[must_use]
    pub fn bytes(max: usize) -> Self {
        let mut limits = Self::default();
        limits.xml.max_bytes = max;
        limits
    }
}

/// A message that was received. `Debug` hides the content.
///
/// Names are compared by namespace, never by prefix. Header and body may come in either order, blocks in any; what is
/// neither is skipped. Nothing is validated: whether a header block that must be understood is understood is for the
/// caller to say ([`Received::not_understood`]), so are signatures.
#[derive(Clone)]
pub struct Received {
    doc: Document,
    version: SoapVersion,
    header: Option<NodeId>,
    body: NodeId,
    addressing: Addressing,
    fault: Option<Fault>,
}

/// A block of the header.
#[derive(Debug, Clone, Copy)]
pub struct HeaderBlock<'a> {
    /// The element.
    pub node: Node<'a>,
    /// `soap:mustUnderstand` is `1` or `true`.
    pub must_understand: bool,
}

impl HeaderBlock<'_> {
    /// Whom the block is for: `soap:role` (1.2) or `soap:actor` (1.1); none means the last receiver.
    #[must_use]
    pub fn role(&self) -> Option<String> {
        let [old, new] = SoapVersion::ALL.map(SoapVersion::namespace);
        let role = self.node.attribute_ns(new, "role");
        let role = role.or_else(|| self.node.attribute_ns(old, "actor"))?;
        Some(role.into_owned())
    }
}

impl Received {
    /// Reads a message with the default limits.
    ///
    /// # Errors
    /// When it is no well-formed XML, no envelope of SOAP 1.1 or 1.2, has no body or passes a limit.
    pub fn read(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        Self::read_with(bytes, &ReadLimits::default())
    }

    /// Reads a message with other limits.
    ///
    /// # Errors
    /// As [`Received::read`].
    pub fn read_with(bytes: &[u8], limits: &ReadLimits) -> Result<Self, EnvelopeError> {
        Self::of(Document::parse_with(bytes, &limits.xml)?, limits)
    }

    /// The message that a document is; of the limits, those of the XML were checked when it was read.
    ///
    /// # Errors
    /// As [`Received::read`].
    pub fn of(doc: Document, limits: &ReadLimits) -> Result<Self, EnvelopeError> {
        let root = doc.root_element();
        let version = match SoapVersion::from_namespace(root.namespace()) {
            Some(version) if root.local_name() == "Envelope" => version,
            _ => {
                let found = format!("{{{}}}{}", root.namespace(), root.local_name());
                return Err(EnvelopeError::NotAnEnvelope {
                    found: found.chars().take(120).collect(),
                    position: root.position(),
                });
            }
        };
        let soap = version.namespace();
        let header = single(root, soap, "Header")?;
        let body = single(root, soap, "Body")?.ok_or_else(|| EnvelopeError::NoBody {
            position: root.position(),
        })?;
        let mut addressing = Addressing::default();
        if let Some(header) = header {
            if let Some(over) = header.elements().nth(limits.header_blocks) {
                return Err(EnvelopeError::TooManyHeaders {
                    limit: limits.header_blocks,
                    position: over.position(),
                });
            }
            addressing = Addressing::read(header, soap);
        }
        let is_fault = |node: &Node<'_>| {
            node.local_name() == "Fault" && SoapVersion::from_namespace(node.namespace()).is_some()
        };
        let fault = match body.elements().find(is_fault) {
            Some(node) => Some(Fault::read(node, limits.fault_items)?),
            None => None,
        };
        let (header, body) = (header.map(|node| node.id()), body.id());
        Ok(Self {
            doc,
            version,
            header,
            body,
            addressing,
            fault,
        })
    }

    /// Which version the envelope is of.
    #[must_use]
    pub const fn version(&self) -> SoapVersion {
        self.version
    }

    /// The headers of WS-Addressing.
    #[must_use]
    pub const fn addressing(&self) -> &Addressing {
        &self.addressing
    }

    /// The fault in the body, if there is one.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// The first element of the body; none when it is empty.
    #[must_use]
    pub fn body(&self) -> Option<Node<'_>> {
        self.body_elements().next()
    }

    /// The elements of the body.
    pub fn body_elements(&self) -> impl Iterator<Item = Node<'_>> {
        let body = self.doc.node(self.body);
        body.into_iter().flat_map(|body| body.elements())
    }

    /// The header blocks, those of WS-Addressing included.
    pub fn headers(&self) -> impl Iterator<Item = HeaderBlock<'_>> {
        let soap = self.version.namespace();
        let header = self.header.and_then(|id| self.doc.node(id));
        let blocks = header.into_iter().flat_map(|header| header.elements());
        blocks.map(move |node| HeaderBlock {
            node,
            must_understand: marked(node, soap),
        })
    }

    /// The first header block of this name.
    #[must_use]
    pub fn header(&self, namespace: &str, local: &str) -> Option<HeaderBlock<'_>> {
        self.headers().find(|block| block.node.is(namespace, local))
    }

    /// The blocks that must be understood and that the caller does not: a receiver must refuse the message then, with
    /// a fault `MustUnderstand` (SOAP 1.2 part 1, section 2.4; SOAP 1.1, section 4.2.3).
    pub fn not_understood(
        &self,
        understood: impl Fn(&str, &str) -> bool,
    ) -> impl Iterator<Item = HeaderBlock<'_>> {
        self.headers().filter(move |block| {
            let (namespace, local) = (block.node.namespace(), block.node.local_name());
            block.must_understand && !understood(namespace, local)
        })
    }

    /// The whole message as a tree: for signatures, and to write it back byte for byte.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.doc
    }
}

/// The child of this name, of which there may be one.
fn single<'a>(
    root: Node<'a>,
    soap: &str,
    what: &'static str,
) -> Result<Option<Node<'a>>, EnvelopeError> {
    let mut all = root.children_named(soap, what);
    let first = all.next();
    match all.next() {
        Some(second) => Err(EnvelopeError::Repeated {
            what,
            position: second.position(),
        }),
        None => Ok(first),
    }
}

/// Whether a header block must be understood, in an envelope of this namespace.
pub(super) fn marked(node: Node<'_>, envelope: &str) -> bool {
    node.attribute_ns(envelope, "mustUnderstand")
        .is_some_and(|value| matches!(value.trim(), "1" | "true"))
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("version", &self.version)
            .field("action", &self.addressing.action)
            .field("fault", &self.fault)
            .field("document", &self.doc)
            .finish_non_exhaustive()
    }
}
