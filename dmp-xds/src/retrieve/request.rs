//! `xds:RetrieveDocumentSetRequest`.

use segur_xml::Node;

use crate::error::{Invalid, ReadError, WriteError};
use crate::metadata::{DocumentEntry, Fault, Problem};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::vocabulary::XDS;
use crate::xml::{child_text, expect, parse, written};

/// One document asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DocumentRequest {
    /// homeCommunityId; the DMP does not use it.
    pub home_community_id: Option<String>,
    /// OID of the repository.
    pub repository_unique_id: String,
    /// uniqueId of the document; not its entryUUID, which the DMP answers with `XDSDocumentUniqueIdError`.
    pub document_unique_id: String,
}

impl DocumentRequest {
    /// The document of an entry that a query found; nothing when the entry does not tell its repository.
    pub fn of(entry: &DocumentEntry) -> Option<Self> {
        Some(Self {
            home_community_id: entry.home_community_id.clone(),
            repository_unique_id: entry.repository_unique_id.clone()?,
            document_unique_id: entry.unique_id.clone(),
        })
    }
}

/// `xds:RetrieveDocumentSetRequest`: the message of ITI-43.
///
/// ```
/// use segur_dmp_xds::retrieve::{DocumentRequest, RetrieveDocumentSetRequest};
///
/// let request = RetrieveDocumentSetRequest::new(vec![DocumentRequest {
///     repository_unique_id: "1.2.250.1.213.4.1.1.1.2".into(),
///     document_unique_id: "1.2.250.1.999.1.1".into(),
///     ..DocumentRequest::default()
/// }])?;
/// assert!(request.to_xml()?.contains("<xds:DocumentUniqueId>1.2.250.1.999.1.1</xds:DocumentUniqueId>"));
/// # Ok::<(), segur_dmp_xds::WriteError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetrieveDocumentSetRequest {
    /// The documents.
    pub documents: Vec<DocumentRequest>,
}

impl RetrieveDocumentSetRequest {
    /// The message that asks for these documents.
    ///
    /// # Errors
    /// None is asked for, an id is missing, or an entryUUID stands in the place of a uniqueId.
    pub fn new(documents: Vec<DocumentRequest>) -> Result<Self, Invalid> {
        let mut problems = Vec::new();
        let mut add = |field, fault, expected| {
            problems.push(Problem {
                object: "DocumentRequest".to_owned(),
                field,
                fault,
                expected,
            });
        };
        if documents.is_empty() {
            add("DocumentRequest", Fault::Missing, "at least one document");
        }
        for one in &documents {
            if one.repository_unique_id.is_empty() {
                add("RepositoryUniqueId", Fault::Missing, "an OID");
            }
            if one.document_unique_id.is_empty() {
                add(
                    "DocumentUniqueId",
                    Fault::Missing,
                    "the uniqueId of the document",
                );
            } else if one.document_unique_id.starts_with("urn:uuid:") {
                let expected = "the uniqueId of the document, not its entryUUID";
                add("DocumentUniqueId", Fault::Form, expected);
            }
        }
        Invalid::unless_empty(problems)?;
        Ok(Self { documents })
    }

    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, XDS, "RetrieveDocumentSetRequest")?;
        let mut warnings = Warnings::default();
        let mut documents = Vec::new();
        for one in node.elements() {
            if !one.is(XDS, "DocumentRequest") {
                warnings.push(WarningKind::UnknownElement, "", one.local_name());
                continue;
            }
            let mut required = |name: &str| {
                let text = child_text(one, XDS, name);
                if text.is_none() {
                    warnings.push(WarningKind::MissingField, "DocumentRequest", name);
                }
                text.unwrap_or_default()
            };
            documents.push(DocumentRequest {
                home_community_id: child_text(one, XDS, "HomeCommunityId"),
                repository_unique_id: required("RepositoryUniqueId"),
                document_unique_id: required("DocumentUniqueId"),
            });
        }
        Ok(warnings.with(Self { documents }))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// A text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        written(|w| {
            w.start("xds:RetrieveDocumentSetRequest")?
                .attr("xmlns:xds", XDS)?;
            for one in &self.documents {
                w.start("xds:DocumentRequest")?;
                if let Some(home) = &one.home_community_id {
                    w.start("xds:HomeCommunityId")?.text(home)?.end()?;
                }
                w.start("xds:RepositoryUniqueId")?
                    .text(&one.repository_unique_id)?
                    .end()?;
                w.start("xds:DocumentUniqueId")?
                    .text(&one.document_unique_id)?
                    .end()?;
                w.end()?;
            }
            w.end()?;
            Ok(())
        })
    }
}
