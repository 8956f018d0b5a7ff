//! From markup to fault.

use segur_xml::Node;

use super::{EnvelopeError, Fault, FaultCode, QName, Reason, SoapVersion, fragment};

/// Namespace of `xml:lang`.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Longest local name of a code that is kept, in characters: codes are shown in logs.
const CODE_LENGTH: usize = 120;

impl Fault {
    /// Reads a fault of either version; children are known by their local name, because services qualify those of
    /// SOAP 1.1 and forget to qualify those of SOAP 1.2.
    pub(super) fn read(node: Node<'_>, limit: usize) -> Result<Self, EnvelopeError> {
        let too_large = |what| EnvelopeError::FaultTooLarge {
            what,
            limit,
            position: node.position(),
        };
        let version = SoapVersion::from_namespace(node.namespace()).unwrap_or(SoapVersion::V1_2);
        let text = |local| child(node, local).map(|found| trimmed(&found.string_value()));

        let mut code = FaultCode::Missing;
        let mut subcodes = Vec::new();
        if let Some(found) = child(node, "Code") {
            code = child(found, "Value").map_or(FaultCode::Missing, |value| known(name(value)));
            let mut below = child(found, "Subcode");
            while let Some(sub) = below {
                if subcodes.len() == limit {
                    return Err(too_large("subcodes"));
                }
                subcodes.extend(child(sub, "Value").map(name));
                below = child(sub, "Subcode");
            }
        } else if let Some(found) = child(node, "faultcode") {
            let whole = name(found);
            let mut parts = whole.local.split('.');
            let head = QName {
                namespace: whole.namespace.clone(),
                local: parts.next().unwrap_or_default().to_owned(),
            };
            code = known(head);
            if matches!(code, FaultCode::Other(_)) {
                code = FaultCode::Other(whole);
            } else {
                for part in parts {
                    if subcodes.len() == limit {
                        return Err(too_large("subcodes"));
                    }
                    subcodes.push(QName {
                        namespace: SoapVersion::V1_1.namespace().to_owned(),
                        local: part.to_owned(),
                    });
                }
            }
        }

        let mut reasons = Vec::new();
        let texts = child(node, "Reason").map(|reason| reason.elements());
        for found in texts
            .into_iter()
            .flatten()
            .filter(|text| text.local_name() == "Text")
            .chain(child(node, "faultstring"))
        {
            if reasons.len() == limit {
                return Err(too_large("reason texts"));
            }
            reasons.push(Reason {
                lang: found
                    .attribute_ns(XML, "lang")
                    .map(|lang| trimmed(&lang))
                    .filter(|lang| !lang.is_empty()),
                text: trimmed(&found.string_value()),
            });
        }

        let detail = child(node, "Detail").or_else(|| child(node, "detail"));
        Ok(Self {
            version,
            code,
            subcodes,
            reasons,
            node: text("Node"),
            role: text("Role").or_else(|| text("faultactor")),
            detail: detail.map(fragment),
        })
    }
}

fn child<'a>(node: Node<'a>, local: &str) -> Option<Node<'a>> {
    node.elements().find(|child| child.local_name() == local)
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// A qualified name as a value. A prefix that nobody declared gives no namespace.
fn name(node: Node<'_>) -> QName {
    let text = node.string_value();
    let text = text.trim();
    let (prefix, local) = match text.split_once(':') {
        Some((prefix, local)) => (Some(prefix), local),
        None => (None, text),
    };
    QName {
        namespace: node.lookup_namespace(prefix).unwrap_or_default().to_owned(),
        local: local.chars().take(CODE_LENGTH).collect(),
    }
}

fn known(name: QName) -> FaultCode {
    let is_soap = SoapVersion::from_namespace(&name.namespace).is_some();
    if !is_soap && !name.namespace.is_empty() {
        return FaultCode::Other(name);
    }
    match name.local.as_str() {
        "VersionMismatch" => FaultCode::VersionMismatch,
        "MustUnderstand" => FaultCode::MustUnderstand,
        "DataEncodingUnknown" => FaultCode::DataEncodingUnknown,
        "Sender" | "Client" => FaultCode::Sender,
        "Receiver" | "Server" => FaultCode::Receiver,
        "" => FaultCode::Missing,
        _ => FaultCode::Other(name),
    }
}
