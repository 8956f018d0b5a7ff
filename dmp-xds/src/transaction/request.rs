//! Requests, written.

use memchr::memmem;
use segur_soap::envelope::HttpMessage;
use segur_soap::mtom::{Attachment, Writer};

use super::{Head, MessageError, Transaction};
use crate::ebrim::RegistryObject;
use crate::metadata::Cx;
use crate::patient::{ProofMismatch, check_patient};
use crate::query::AdhocQueryRequest;
use crate::retrieve::RetrieveDocumentSetRequest;
use crate::vocabulary::set;
use crate::{
    Content, ProvideAndRegisterRequest, RegistryContent, SubmitObjectsRequest, SubmittedDocument,
};

/// A file that goes with a submission. `Debug` hides the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct FileToSend<'a> {
    /// The id of its entry in the message (`Document01`), letter for letter.
    pub id: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
}

impl std::fmt::Debug for FileToSend<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileToSend({}, {} bytes)", self.id, self.bytes.len())
    }
}

/// ITI-18: a query; ITI-51 when it asks for several patients.
///
/// # Errors
/// As [`AdhocQueryRequest::to_xml`]; the VIHF names another patient; a header block does not fit into an envelope.
pub fn query(head: &Head, request: &AdhocQueryRequest) -> Result<HttpMessage, MessageError> {
    let asked = request.query().ok();
    if let Some([patient]) = asked.as_ref().map(|asked| asked.value.patient_ids()) {
        check_patient(&head.security, patient, false)?;
    }
    head.around(Transaction::of_query(&request.id), request.to_xml()?)
}

/// ITI-57: an update, as the functions of [`crate::update`] make it.
///
/// # Errors
/// As [`SubmitObjectsRequest::to_xml`]; the VIHF names another patient; a header block does not fit into an envelope.
pub fn update(head: &Head, request: &SubmitObjectsRequest) -> Result<HttpMessage, MessageError> {
    check_patient_of(head, request)?;
    head.around(Transaction::Update, request.to_xml()?)
}

/// ITI-42: metadata of documents that a repository of one's own holds; each entry names it (`repository_unique_id`).
///
/// # Errors
/// As [`SubmitObjectsRequest::to_xml`]; the VIHF names another patient; a header block does not fit into an envelope.
pub fn register(head: &Head, request: &SubmitObjectsRequest) -> Result<HttpMessage, MessageError> {
    check_patient_of(head, request)?;
    head.around(Transaction::Register, request.to_xml()?)
}

/// ITI-43: documents asked for. A plain envelope: it has no parts.
///
/// # Errors
/// As [`RetrieveDocumentSetRequest::to_xml`]; a header block does not fit into an envelope.
pub fn retrieve(
    head: &Head,
    request: &RetrieveDocumentSetRequest,
) -> Result<HttpMessage, MessageError> {
    head.around(Transaction::Retrieve, request.to_xml()?)
}

/// ITI-41: a submission with its files, as multipart (MTOM); never as base64, which registries refuse. `boundary` separates the parts:
/// 128 random bits or more. The files are sent as they are, byte for byte.
///
/// # Errors
/// An entry has not exactly one file, or hash or size of its metadata are those of another one; the boundary stands in a file; the VIHF
/// names another patient; as [`ProvideAndRegisterRequest::to_xml`].
pub fn submit(
    head: &Head,
    boundary: &str,
    metadata: &SubmitObjectsRequest,
    files: &[FileToSend<'_>],
) -> Result<HttpMessage, MessageError> {
    let entries = RegistryContent::from_objects(&metadata.objects);
    for entry in entries.value.documents {
        let file = only_file_of(&entry.entry_id, files, |file| file.id)?;
        if !entry.matches_content(file.bytes) {
            return Err(MessageError::File {
                id: entry.entry_id,
                cause: OTHER_FILE,
            });
        }
    }
    let writer = Writer::new(boundary, Transaction::Submit.action())?;
    let ids: Vec<&str> = files.iter().map(|file| file.id).collect();
    let envelope = submit_root(head, boundary, metadata, &ids)?;
    let parts = files.iter().enumerate().map(|(at, file)| Part {
        content_id: content_id(boundary, at),
        media_type: media_type(metadata, file.id),
        bytes: file.bytes,
    });
    multipart(&writer, boundary, &envelope, &parts.collect::<Vec<_>>())
}

/// The envelope of a submission, pointing to a part for each file.
pub(crate) fn submit_root(
    head: &Head,
    boundary: &str,
    metadata: &SubmitObjectsRequest,
    files: &[&str],
) -> Result<Vec<u8>, MessageError> {
    check_patient_of(head, metadata)?;
    let documents = files.iter().enumerate().map(|(at, id)| SubmittedDocument {
        id: (*id).to_owned(),
        content: Content::Part(content_id(boundary, at)),
    });
    let root = ProvideAndRegisterRequest {
        submit: metadata.clone(),
        documents: documents.collect(),
    };
    Ok(head.around(Transaction::Submit, root.to_xml()?)?.body)
}

/// Documents of one patient do not go out under a proof that names another.
fn check_patient_of(head: &Head, metadata: &SubmitObjectsRequest) -> Result<(), ProofMismatch> {
    let patient = metadata.objects.iter().find_map(|object| match object {
        RegistryObject::RegistryPackage(object) => object.identifier(set::PATIENT_ID),
        _ => None,
    });
    match patient {
        Some(patient) => check_patient(&head.security, &Cx::read(patient), false),
        None => Ok(()),
    }
}

/// The Content-ID of a file, counted from 0.
pub(crate) fn content_id(boundary: &str, at: usize) -> String {
    format!("document{}.{boundary}@segur", at + 1)
}

/// A part beside the envelope.
pub(super) struct Part<'a> {
    pub(super) content_id: String,
    pub(super) media_type: String,
    pub(super) bytes: &'a [u8],
}

/// The envelope and what stands beside it.
pub(super) fn multipart(
    writer: &Writer,
    boundary: &str,
    envelope: &[u8],
    parts: &[Part<'_>],
) -> Result<HttpMessage, MessageError> {
    let delimiter = memmem::Finder::new(boundary);
    let mut body = writer.root(envelope);
    for part in parts {
        if delimiter.find(part.bytes).is_some() {
            return Err(MessageError::Boundary);
        }
        let attachment = Attachment {
            content_id: &part.content_id,
            media_type: &part.media_type,
        };
        Writer::check(&attachment)?;
        body.extend(writer.head(&attachment));
        body.extend_from_slice(part.bytes);
    }
    body.extend(writer.end());
    Ok(HttpMessage {
        content_type: writer.content_type(),
        soap_action: None,
        body,
    })
}

/// What is wrong with a file that is not the one of its entry.
pub(crate) const OTHER_FILE: &str = "hash or size of the metadata are not those of the file";

/// The file of an entry: there is one, and one only.
pub(crate) fn only_file_of<'a, T>(
    entry_id: &str,
    files: &'a [T],
    id: impl Fn(&T) -> &str,
) -> Result<&'a T, MessageError> {
    let wrong = |cause| MessageError::File {
        id: entry_id.to_owned(),
        cause,
    };
    let mut own = files.iter().filter(|file| id(file) == entry_id);
    match (own.next(), own.next()) {
        (Some(file), None) => Ok(file),
        (None, _) => Err(wrong("the entry has no file")),
        (Some(_), Some(_)) => Err(wrong("the entry has several files")),
    }
}

/// The media type that an entry tells.
pub(crate) fn media_type(metadata: &SubmitObjectsRequest, id: &str) -> String {
    let own = metadata.objects.iter().find_map(|object| match object {
        RegistryObject::ExtrinsicObject(one) if one.object.id == id => one.mime_type.clone(),
        _ => None,
    });
    own.unwrap_or_else(|| "application/octet-stream".to_owned())
}
