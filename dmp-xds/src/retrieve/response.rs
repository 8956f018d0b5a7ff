//! `xds:RetrieveDocumentSetResponse`.

use segur_xml::Node;

use super::{ContentFault, FailedDocument};
use crate::error::{ReadError, WriteError};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::response::{RegistryResponse, write_response};
use crate::vocabulary::{RS, XDS};
use crate::xml::{Content, child, child_text, expect, parse, written};

/// One document of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetrievedDocument {
    /// homeCommunityId.
    pub home_community_id: Option<String>,
    /// OID of the repository.
    pub repository_unique_id: String,
    /// uniqueId of the document.
    pub document_unique_id: String,
    /// Of an on-demand document that was kept: its repository.
    pub new_repository_unique_id: Option<String>,
    /// Of an on-demand document: the uniqueId of this rendering.
    pub new_document_unique_id: Option<String>,
    /// Media type.
    pub mime_type: Option<String>,
    /// The bytes, or in which part of the message they are.
    pub content: Content,
}

/// `xds:RetrieveDocumentSetResponse`: the root part of the answer of ITI-43.
///
/// With [`is_partial`](RegistryResponse::is_partial) there are documents and errors for those that are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetrieveDocumentSetResponse {
    /// Whether the request was carried out.
    pub response: RegistryResponse,
    /// The documents.
    pub documents: Vec<RetrievedDocument>,
    /// Documents that are named and not given in a way that can be read; never written.
    pub failed: Vec<FailedDocument>,
}

impl RetrieveDocumentSetResponse {
    /// The document with a uniqueId.
    pub fn document(&self, unique_id: &str) -> Option<&RetrievedDocument> {
        self.documents
            .iter()
            .find(|one| one.document_unique_id == unique_id)
    }

    /// Reads the element, from wherever it stands in a message. Documents come as parts (XOP) or in base64.
    ///
    /// # Errors
    /// It is another element or has no status. A document whose content cannot be read is told in [`failed`](Self::failed).
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        const ROOT: &str = "RetrieveDocumentSetResponse";
        expect(node, XDS, ROOT)?;
        let mut warnings = Warnings::default();
        let response = child(node, RS, ROOT, "RegistryResponse")?;
        let response = warnings.take(RegistryResponse::read(response)?);
        let (mut documents, mut failed) = (Vec::new(), Vec::new());
        for one in node.children_named(XDS, "DocumentResponse") {
            let unique_id = child_text(one, XDS, "DocumentUniqueId");
            let object = unique_id
                .as_deref()
                .unwrap_or("DocumentResponse")
                .to_owned();
            let mut missing = |name: &str| warnings.push(WarningKind::MissingField, &object, name);
            if unique_id.is_none() {
                missing("DocumentUniqueId");
            }
            let document_unique_id = unique_id.unwrap_or_default();
            let content = match one.child(XDS, "Document") {
                Some(document) => Content::read(document).map_err(|error| match error {
                    ReadError::Base64 => ContentFault::Base64,
                    _ => ContentFault::Reference,
                }),
                None => {
                    missing("Document");
                    Err(ContentFault::Absent)
                }
            };
            let content = match content {
                Ok(content) => content,
                Err(cause) => {
                    failed.push(FailedDocument {
                        document_unique_id,
                        cause,
                    });
                    continue;
                }
            };
            let mut required = |name: &str| {
                let text = child_text(one, XDS, name);
                if text.is_none() {
                    missing(name);
                }
                text
            };
            documents.push(RetrievedDocument {
                home_community_id: child_text(one, XDS, "HomeCommunityId"),
                repository_unique_id: required("RepositoryUniqueId").unwrap_or_default(),
                document_unique_id,
                new_repository_unique_id: child_text(one, XDS, "NewRepositoryUniqueId"),
                new_document_unique_id: child_text(one, XDS, "NewDocumentUniqueId"),
                mime_type: required("mimeType"),
                content,
            });
        }
        let answer = Self {
            response,
            documents,
            failed,
        };
        Ok(warnings.with(answer))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The root part in UTF-8, without XML declaration; for a server.
    ///
    /// # Errors
    /// A text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        written(|w| {
            w.start("xds:RetrieveDocumentSetResponse")?
                .attr("xmlns:xds", XDS)?;
            write_response(w, &self.response)?;
            for one in &self.documents {
                w.start("xds:DocumentResponse")?;
                for (name, text) in [
                    ("xds:HomeCommunityId", one.home_community_id.as_deref()),
                    (
                        "xds:RepositoryUniqueId",
                        Some(one.repository_unique_id.as_str()),
                    ),
                    (
                        "xds:DocumentUniqueId",
                        Some(one.document_unique_id.as_str()),
                    ),
                    (
                        "xds:NewRepositoryUniqueId",
                        one.new_repository_unique_id.as_deref(),
                    ),
                    (
                        "xds:NewDocumentUniqueId",
                        one.new_document_unique_id.as_deref(),
                    ),
                    ("xds:mimeType", one.mime_type.as_deref()),
                ] {
                    if let Some(text) = text {
                        w.start(name)?.text(text)?.end()?;
                    }
                }
                w.start("xds:Document")?;
                one.content.write(w)?;
                w.end()?.end()?;
            }
            w.end()?;
            Ok(())
        })
    }
}
