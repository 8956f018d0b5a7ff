//! What is said of a message.

use serde::Serialize;
use serde_json::Value;

use crate::xds::view::Objects;

/// Everything that is said of a message.
#[derive(Default, Serialize)]
pub(super) struct Told {
    pub(super) transaction: &'static str,
    /// `request`, `response`, `fault`.
    pub(super) direction: &'static str,
    pub(super) element: String,
    pub(super) form: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) http_status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) soap: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) relates_to: Vec<String>,
    /// What proves who calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) security: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) query: Option<Asked>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) requested: Vec<Requested>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) errors: Option<Value>,
    #[serde(skip)]
    pub(super) error_lines: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fault: Option<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) objects: Option<Objects>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) documents: Vec<Document>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<PartTold>,
    pub(super) warnings: Vec<String>,
    pub(super) problems: Vec<String>,
}

/// A stored query.
#[derive(Serialize)]
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) return_type: String,
    pub(super) parameters: Vec<Parameter>,
}

#[derive(Serialize)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) values: Vec<String>,
}

/// A document that is asked for.
#[derive(Serialize)]
pub(super) struct Requested {
    pub(super) repository_unique_id: String,
    pub(super) document_unique_id: String,
}

#[derive(Serialize)]
pub(super) struct Fault {
    pub(super) code: String,
    pub(super) reasons: Vec<String>,
    pub(super) has_detail: bool,
}

/// The bytes of a document in the message.
#[derive(Serialize)]
pub(super) struct Document {
    /// uniqueId where it is known, else the id in the message.
    pub(super) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mime_type: Option<String>,
    /// `part`, `inline`, `missing`.
    pub(super) place: &'static str,
    pub(super) size: usize,
    pub(super) sha1: String,
    /// Whether hash and size of the metadata are these; nothing when there are none to compare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) as_told: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct PartTold {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content_type: Option<String>,
    pub(super) size: usize,
    pub(super) sha1: String,
    /// Whether the envelope points to it.
    pub(super) used: bool,
}
