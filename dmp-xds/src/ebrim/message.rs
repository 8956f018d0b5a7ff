//! ITI-41, ITI-42 and ITI-57: submissions.

use std::collections::HashSet;

use segur_xml::Node;

use super::content::RegistryContent;
use super::model::RegistryObject;
use super::{read, write};
use crate::Profile;
use crate::error::{Invalid, ReadError, WriteError};
use crate::metadata::{Fault, Problem, Submission};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::vocabulary::{LCM, RIM, XDS};
use crate::xml::{Content, child, expect, parse, written};

/// `lcm:SubmitObjectsRequest`: the whole message of ITI-42 and ITI-57, the metadata of ITI-41.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubmitObjectsRequest {
    /// The objects, in their order.
    pub objects: Vec<RegistryObject>,
}

impl SubmitObjectsRequest {
    /// The message of a submission.
    ///
    /// # Errors
    /// The metadata break rules of the profile; all of them are listed.
    pub fn new(submission: &Submission, profile: Profile) -> Result<Self, Invalid> {
        Invalid::unless_empty(submission.validate(profile))?;
        Ok(Self {
            objects: submission.to_objects(profile),
        })
    }

    /// The submission that it carries.
    ///
    /// # Errors
    /// It has not exactly one submission set.
    pub fn submission(&self) -> Result<Reading<Submission>, ReadError> {
        let content = RegistryContent::from_objects(&self.objects);
        let got = content.value.submission_sets.len();
        if got != 1 {
            return Err(ReadError::SubmissionSets { got });
        }
        Ok(content.map(|content| {
            let mut sets = content.submission_sets.into_iter();
            Submission {
                submission_set: sets.next().unwrap_or_default(),
                documents: content.documents,
                folders: content.folders,
                associations: content.associations,
            }
        }))
    }

    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or has no list of objects. Faults within the objects are warnings.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, LCM, "SubmitObjectsRequest")?;
        let mut warnings = Warnings::default();
        let list = child(node, RIM, "SubmitObjectsRequest", "RegistryObjectList")?;
        let objects = read::objects(list, &mut warnings);
        Ok(warnings.with(Self { objects }))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration; in the order of the schema, ids given where there are none.
    ///
    /// # Errors
    /// A text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        written(|w| {
            w.start("lcm:SubmitObjectsRequest")?
                .attr("xmlns:lcm", LCM)?
                .attr("xmlns:rim", RIM)?;
            write::object_list(w, &self.objects)?;
            w.end()?;
            Ok(())
        })
    }
}

/// A document of an ITI-41 message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmittedDocument {
    /// The id of its entry, letter for letter.
    pub id: String,
    /// The part that holds its bytes.
    pub content: Content,
}

/// `xds:ProvideAndRegisterDocumentSetRequest`: the root part of ITI-41 (TD2.1 of the DMP).
///
/// ```
/// use segur_dmp_xds::{Content, ProvideAndRegisterRequest, SubmitObjectsRequest, SubmittedDocument};
///
/// let request = ProvideAndRegisterRequest {
///     submit: SubmitObjectsRequest::default(),
///     documents: vec![],
/// };
/// assert!(request.to_xml()?.starts_with("<xds:ProvideAndRegisterDocumentSetRequest"));
/// # Ok::<(), segur_dmp_xds::WriteError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProvideAndRegisterRequest {
    /// The metadata.
    pub submit: SubmitObjectsRequest,
    /// The documents, one for each entry.
    pub documents: Vec<SubmittedDocument>,
}

impl ProvideAndRegisterRequest {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element or lacks its metadata; a reference to a part is malformed; inline content is no base64.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        const ROOT: &str = "ProvideAndRegisterDocumentSetRequest";
        expect(node, XDS, ROOT)?;
        let mut warnings = Warnings::default();
        let submit = child(node, LCM, ROOT, "SubmitObjectsRequest")?;
        let submit = warnings.take(SubmitObjectsRequest::read(submit)?);
        let mut documents = Vec::new();
        for document in node.children_named(XDS, "Document") {
            documents.push(SubmittedDocument {
                id: read::attribute(document, "id").unwrap_or_default(),
                content: Content::read(document)?,
            });
        }
        let request = Self { submit, documents };
        for (kind, id) in request.mismatches() {
            warnings.push(kind, &id, "Document");
        }
        Ok(warnings.with(request))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The root part in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// A document and an entry do not belong together, ids compared letter for letter; a document would stand in the
    /// message (registries refuse ITI-41 without MTOM); a text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mismatches = self.mismatches().into_iter();
        let problems = mismatches.map(|(_, object)| Problem {
            object,
            field: "Document",
            fault: Fault::Conflict,
            expected: "one document for each entry, with the id of the entry",
        });
        Invalid::unless_empty(problems.collect())?;
        let inline = |one: &&SubmittedDocument| matches!(one.content, Content::Inline(_));
        if let Some(document) = self.documents.iter().find(inline) {
            let id = document.id.clone();
            return Err(WriteError::Inline { id });
        }
        written(|w| {
            w.start("xds:ProvideAndRegisterDocumentSetRequest")?
                .attr("xmlns:xds", XDS)?;
            w.start("lcm:SubmitObjectsRequest")?
                .attr("xmlns:lcm", LCM)?
                .attr("xmlns:rim", RIM)?;
            write::object_list(w, &self.submit.objects)?;
            w.end()?;
            for document in &self.documents {
                w.start("xds:Document")?.attr("id", &document.id)?;
                document.content.write(w)?;
                w.end()?;
            }
            w.end()?;
            Ok(())
        })
    }

    /// Ids of documents without entry and of entries without document.
    fn mismatches(&self) -> Vec<(WarningKind, String)> {
        let entries: Vec<&str> = self
            .submit
            .objects
            .iter()
            .filter(|one| matches!(one, RegistryObject::ExtrinsicObject(_)))
            .map(RegistryObject::id)
            .collect();
        let exact: HashSet<&str> = entries.iter().copied().collect();
        let folded: HashSet<String> = entries.iter().map(|id| id.to_ascii_lowercase()).collect();
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for document in &self.documents {
            let id = document.id.as_str();
            let first = seen.insert(id.to_ascii_lowercase());
            let kind = match (first, exact.contains(id)) {
                (true, true) => continue,
                (true, false) if folded.contains(&id.to_ascii_lowercase()) => WarningKind::IdCase,
                _ => WarningKind::UnmatchedDocument,
            };
            found.push((kind, id.to_owned()));
        }
        for id in entries {
            if !seen.contains(&id.to_ascii_lowercase()) {
                found.push((WarningKind::UnmatchedDocument, id.to_owned()));
            }
        }
        found
    }
}
