//! What stands before the body of a message.

use std::fmt;

use segur_soap::envelope::{Addressing, Envelope, HttpMessage, SoapVersion, WSA_ANONYMOUS};
use segur_xml::{Document, XmlWriter};

use super::{MessageError, Transaction};

/// Namespace of `wsse:Security`.
const WSSE: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
/// Namespace of assertions.
const SAML: &str = "urn:oasis:names:tc:SAML:2.0:assertion";

/// What stands before the body of a request. `Debug` hides the security blocks.
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Head {
    /// `wsa:MessageID`: `urn:uuid:` and a UUID of version 4, new for each message.
    pub message_id: String,
    /// `wsa:To`: the address of the service. The messages of the DMP vendor kit also have it empty.
    pub to: Option<String>,
    /// Header blocks that prove who calls, as markup that stands alone: see [`security_block`]. They are written as they are, after the
    /// addressing, so that signatures hold.
    pub security: Vec<String>,
}

impl Head {
    /// A head without address and without proof of who calls.
    pub fn new(message_id: impl Into<String>) -> Self {
        Self {
            message_id: message_id.into(),
            ..Self::default()
        }
    }

    /// The envelope around a body. Order of the header as in the messages of the DMP vendor kit: MessageID, To, ReplyTo, Action, Security.
    pub(crate) fn around(
        &self,
        transaction: Transaction,
        body: String,
    ) -> Result<HttpMessage, MessageError> {
        let envelope = Envelope {
            addressing: Addressing {
                action: Some(transaction.action().to_owned()),
                message_id: Some(self.message_id.clone()),
                to: self.to.clone(),
                reply_to: Some(WSA_ANONYMOUS.to_owned()),
                must_understand: true,
                ..Addressing::default()
            },
            headers: self.security.clone(),
            ..Envelope::new(SoapVersion::V1_2, body)
        };
        Ok(envelope.write()?)
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Head")
            .field("message_id", &self.message_id)
            .field("to", &self.to)
            .field("security", &self.security.len())
            .finish()
    }
}

/// `wsse:Security` around an assertion (VIHF) as it was signed: nothing else stands in it, no timestamp and no signature of the body.
/// Source: messages of the DMP vendor kit.
///
/// ```
/// use segur_dmp_xds::transaction::security_block;
///
/// let assertion = r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1"/>"#;
/// assert!(security_block(assertion)?.contains(assertion));
/// assert!(security_block("<x/>").is_err());
/// # Ok::<(), segur_dmp_xds::transaction::MessageError>(())
/// ```
///
/// # Errors
/// When it is no assertion of SAML 2.0.
pub fn security_block(assertion: &str) -> Result<String, MessageError> {
    let markup = without_declaration(assertion);
    let document = Document::parse(markup.as_bytes()).map_err(MessageError::Assertion)?;
    let root = document.root_element();
    if !root.is(SAML, "Assertion") {
        let found = root.local_name().chars().take(60).collect();
        return Err(MessageError::NotAnAssertion { found });
    }
    let mut w = XmlWriter::new();
    let mut write = || -> Result<(), segur_xml::WriteError> {
        w.start("wsse:Security")?.attr("xmlns:wsse", WSSE)?;
        w.raw(markup)?.end()?;
        Ok(())
    };
    write().map_err(crate::WriteError::Xml)?;
    Ok(w.finish().map_err(crate::WriteError::Xml)?)
}

/// A document inside another has no XML declaration.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.strip_prefix("<?xml ") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest.trim()),
        None => text,
    }
}
