//! WS-Addressing 1.0: where a message goes, what it is and what it answers.

use segur_xml::{Node, WriteError, XmlWriter};

/// Namespace of WS-Addressing 1.0.
pub const WSA_NAMESPACE: &str = "http://www.w3.org/2005/08/addressing";

/// Address that means "the answer comes back on this connection". Source: WS-Addressing 1.0 core, section 2.1.
pub const WSA_ANONYMOUS: &str = "http://www.w3.org/2005/08/addressing/anonymous";

/// The message addressing properties (WS-Addressing 1.0 core, section 3). All are optional here; which a service
/// wants is the service's rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressing {
    /// `wsa:Action`, a URI.
    pub action: Option<String>,
    /// `wsa:To`, a URI.
    pub to: Option<String>,
    /// `wsa:MessageID`, a URI; French services also send bare UUIDs, hence any text.
    pub message_id: Option<String>,
    /// The address of `wsa:ReplyTo`; see [`WSA_ANONYMOUS`].
    pub reply_to: Option<String>,
    /// `wsa:RelatesTo`, any number.
    pub relates_to: Vec<RelatesTo>,
    /// Writes `mustUnderstand="1"` on `wsa:Action` and `wsa:ReplyTo`. Reading sets it when `wsa:Action` bears it.
    pub must_understand: bool,
}

/// A message that this one relates to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatesTo {
    /// The other's `wsa:MessageID`.
    pub message_id: String,
    /// `@RelationshipType`; none means that this message is the reply.
    pub relationship: Option<String>,
}

impl RelatesTo {
    /// As in a reply to the message with this identifier.
    #[must_use]
    pub fn reply(message_id: impl Into<String>) -> Self {
        Self {
            message_id: message_id.into(),
            relationship: None,
        }
    }
}

impl Addressing {
    pub(super) fn is_empty(&self) -> bool {
        self.action.is_none()
            && self.to.is_none()
            && self.message_id.is_none()
            && self.reply_to.is_none()
            && self.relates_to.is_empty()
    }

    /// Writes the header blocks; the prefixes `soap` and `wsa` are declared around them.
    pub(super) fn write(&self, w: &mut XmlWriter) -> Result<(), WriteError> {
        if let Some(id) = &self.message_id {
            w.start("wsa:MessageID")?.text(id)?.end()?;
        }
        if let Some(to) = &self.to {
            w.start("wsa:To")?.text(to)?.end()?;
        }
        if let Some(address) = &self.reply_to {
            w.start("wsa:ReplyTo")?;
            self.mark(w)?;
            w.start("wsa:Address")?.text(address)?.end()?.end()?;
        }
        for relates in &self.relates_to {
            w.start("wsa:RelatesTo")?;
            if let Some(kind) = &relates.relationship {
                w.attr("RelationshipType", kind)?;
            }
            w.text(&relates.message_id)?.end()?;
        }
        if let Some(action) = &self.action {
            w.start("wsa:Action")?;
            self.mark(w)?;
            w.text(action)?.end()?;
        }
        Ok(())
    }

    fn mark(&self, w: &mut XmlWriter) -> Result<(), WriteError> {
        if self.must_understand {
            w.attr("soap:mustUnderstand", "1")?;
        }
        Ok(())
    }

    /// Reads them from a header. Of two of one name the first counts, but all `wsa:RelatesTo` are kept.
    pub(super) fn read(header: Node<'_>, envelope: &str) -> Self {
        let text = |local| {
            let node = header.child(WSA_NAMESPACE, local)?;
            Some(trimmed(node))
        };
        let action = header.child(WSA_NAMESPACE, "Action");
        Self {
            action: action.map(trimmed),
            to: text("To"),
            message_id: text("MessageID"),
            reply_to: header
                .child(WSA_NAMESPACE, "ReplyTo")
                .and_then(|reply| reply.child(WSA_NAMESPACE, "Address"))
                .map(trimmed),
            relates_to: header
                .children_named(WSA_NAMESPACE, "RelatesTo")
                .map(|node| RelatesTo {
                    message_id: trimmed(node),
                    relationship: node.attribute("RelationshipType").map(Into::into),
                })
                .collect(),
            must_understand: action.is_some_and(|node| super::read::marked(node, envelope)),
        }
    }
}

fn trimmed(node: Node<'_>) -> String {
    node.string_value().trim().to_owned()
}
