//! Faults: what cannot be said in an answer of the transaction.

use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::transaction::{AnswerError, Transaction};
use segur_soap::envelope::{Fault, FaultCode, QName, Reason, SoapVersion, WSA_NAMESPACE};

/// `unverified`: the namespace of the codes of the DMP (`soap:DMPInvalidCertificate`, `XDSDocumentUniqueIdError`). Their messages have the
/// prefix of the envelope before one of them, in the place of the five codes of SOAP; here they stand below one of the five.
const SOAP_NAMESPACE: &str = "http://www.w3.org/2003/05/soap-envelope";

/// Why there is a fault.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) code: FaultCode,
    pub(super) subcode: Option<QName>,
    pub(super) reason: String,
}

impl Failed {
    /// The sender is to blame.
    pub(super) fn sender(reason: String) -> Self {
        Self {
            code: FaultCode::Sender,
            subcode: None,
            reason,
        }
    }

    /// No request of ours: what a client says of such an answer tells of a status that nobody sent.
    pub(super) fn unreadable(error: &AnswerError) -> Self {
        let reason = match error {
            AnswerError::NotSoap { source, .. } => format!("no SOAP message: {source}"),
            AnswerError::Parts { source, .. } => {
                format!("a multipart that cannot be read: {source}")
            }
            error => match std::error::Error::source(error) {
                Some(cause) => format!("{error}: {cause}"),
                None => error.to_string(),
            },
        };
        Self::sender(reason)
    }

    /// The address or the action is not that of the request.
    pub(super) fn action(reason: String) -> Self {
        Self {
            subcode: Some(QName {
                namespace: WSA_NAMESPACE.to_owned(),
                local: "ActionNotSupported".to_owned(),
            }),
            ..Self::sender(reason)
        }
    }

    /// An entryUUID in the place of a uniqueId, which the DMP answers with a fault. Source: messages of the DMP vendor kit.
    pub(super) fn entry_uuid(id: &str) -> Self {
        Self {
            subcode: Some(named(ErrorCode::DocumentUniqueIdError.as_str())),
            ..Self::sender(format!("{id}: an entryUUID in the place of a uniqueId"))
        }
    }

    /// A fault that was asked for, with a code below that of SOAP when there is one.
    pub(super) fn on_demand(code: &str) -> Self {
        Self {
            code: FaultCode::Receiver,
            subcode: (!code.is_empty()).then(|| named(code)),
            reason: "a fault on demand".to_owned(),
        }
    }

    /// The most telling code.
    pub(super) fn name(&self) -> &str {
        match (&self.subcode, &self.code) {
            (Some(name), _) => &name.local,
            (None, FaultCode::Receiver) => "Receiver",
            (None, _) => "Sender",
        }
    }
}

fn named(local: &str) -> QName {
    QName {
        namespace: SOAP_NAMESPACE.to_owned(),
        local: local.to_owned(),
    }
}

/// What is wrong with the place or the action of a request; `here`: whether its transaction is carried out at this address.
pub(super) fn misdirected(
    here: bool,
    transaction: Transaction,
    action: Option<&str>,
) -> Option<Failed> {
    let name = transaction.name();
    let reason = if !here {
        format!("{name} is not for this address")
    } else if action != Some(transaction.action()) {
        format!("{name}: wsa:Action must be {}", transaction.action())
    } else {
        return None;
    };
    Some(Failed::action(reason))
}

pub(super) fn fault(failed: &Failed) -> Fault {
    Fault {
        version: SoapVersion::V1_2,
        code: failed.code.clone(),
        subcodes: failed.subcode.iter().cloned().collect(),
        reasons: vec![Reason {
            lang: Some("en".to_owned()),
            text: failed.reason.clone(),
        }],
        node: None,
        role: None,
        detail: None,
    }
}
