//! The header block that carries assertions.

use segur_xml::{Document, Node, XmlWriter};

use super::error::writing;
use super::{SAML_NAMESPACE, SamlError};
use crate::envelope::Received;

/// Namespace of the header block of Web Services Security 1.0 (OASIS, 2004).
pub const WSSE_NAMESPACE: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

/// `wsse:Security` with one assertion or several (INSi with a Vitale card has two), for
/// [`Envelope::headers`](crate::envelope::Envelope::headers). The assertions are put in as they are, so that their signatures
/// stay right.
///
/// No `mustUnderstand` is written: the samples of the services have none.
///
/// # Errors
/// When there is none, or one is no single well-formed element `saml:Assertion` with its namespaces declared.
pub fn security_block(assertions: &[&str]) -> Result<String, SamlError> {
    if assertions.is_empty() {
        return Err(SamlError::Value {
            what: "the Security header",
            cause: "it has no assertion: leave the header out",
        });
    }
    let frame = writing("the Security header");
    let mut w = XmlWriter::new();
    w.start("wsse:Security").map_err(&frame)?;
    w.attr("xmlns:wsse", WSSE_NAMESPACE).map_err(&frame)?;
    for assertion in assertions {
        let doc = Document::parse(assertion.as_bytes())?;
        let root = doc.root_element();
        if !root.is(SAML_NAMESPACE, "Assertion") {
            return Err(SamlError::NotAnAssertion {
                found: root.local_name().chars().take(120).collect(),
                position: root.position(),
            });
        }
        // Without the XML declaration that may stand before it.
        let element = assertion.get(root.span()).unwrap_or_default();
        w.raw(element).map_err(writing("an assertion"))?;
    }
    w.end().map_err(&frame)?;
    w.finish().map_err(&frame)
}

/// The assertions in the `wsse:Security` header blocks of a message, in their order. Nothing is verified.
pub fn assertions_in(message: &Received) -> impl Iterator<Item = Node<'_>> {
    let blocks = message.headers().map(|block| block.node);
    let blocks = blocks.filter(|node| node.is(WSSE_NAMESPACE, "Security"));
    blocks.flat_map(|block| block.children_named(SAML_NAMESPACE, "Assertion"))
}
