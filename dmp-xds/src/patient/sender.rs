//! The software as the sender of HL7 v3 messages, and their heads.

use super::{ExistenceRequest, InstanceId, MessageHead, Party, Processing};
use crate::metadata::{Cx, Dtm};

/// The software as the sender of HL7 v3 messages (TD0.2, TD1.4); as the VIHF names it: [`vihf::Software`](crate::vihf::Software). The OIDs are the vendor's own: one for the software, one under which its messages are numbered, one for its queries.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "settings, built by the caller")]
pub struct MessageSender {
    /// OID and name of the software.
    pub device: Party,
    /// OID under which messages are numbered.
    pub message_root: String,
    /// OID under which queries are numbered.
    pub query_root: String,
    /// Whether messages are in earnest.
    pub processing: Processing,
}

impl MessageSender {
    /// In earnest.
    pub fn new(
        oid: impl Into<String>,
        name: impl Into<String>,
        message_root: impl Into<String>,
        query_root: impl Into<String>,
    ) -> Self {
        Self {
            device: Party {
                oid: oid.into(),
                name: Some(name.into()),
            },
            message_root: message_root.into(),
            query_root: query_root.into(),
            processing: Processing::Production,
        }
    }

    /// The head of a message to the DMP. `number` is of its own each time: a UUID.
    pub fn head(&self, number: impl Into<String>, created: Option<Dtm>) -> MessageHead {
        MessageHead {
            id: Some(InstanceId::new(&self.message_root, number)),
            created,
            processing: self.processing.clone(),
            sender: self.device.clone(),
            receiver: Party::dmp(),
        }
    }

    /// The message of TD0.2. Both numbers are of their own each time: UUIDs.
    pub fn existence(
        &self,
        number: impl Into<String>,
        query: impl Into<String>,
        created: Option<Dtm>,
        patient: Cx,
    ) -> ExistenceRequest {
        ExistenceRequest {
            head: self.head(number, created),
            query: Some(InstanceId::new(&self.query_root, query)),
            patient: Some(patient),
        }
    }
}
