//! The message that carries a stored query.

use segur_xml::Node;

use super::{QueryError, QueryId, StoredQuery, stored_read, stored_write};
use crate::Profile;
use crate::ebrim::{Slot, attribute_of, read_slot, write_attribute, write_slot};
use crate::error::{Invalid, ReadError, WriteError};
use crate::metadata::words;
use crate::reading::{Reading, WarningKind, Warnings};
use crate::vocabulary::{QUERY, RIM};
use crate::xml::{child, expect, parse, written};

words! {
    /// How much the answer tells.
    ReturnType {
        /// The metadata.
        LeafClass = "LeafClass",
        /// The entryUUIDs.
        ObjectRef = "ObjectRef",
    }
}

/// `query:AdhocQueryRequest`: the message of ITI-18.
///
/// ```
/// use segur_dmp_xds::Profile;
/// use segur_dmp_xds::metadata::Cx;
/// use segur_dmp_xds::query::{AdhocQueryRequest, DocumentFilter, FindDocuments, ReturnType, StoredQuery};
///
/// let query = StoredQuery::FindDocuments(FindDocuments {
///     patient_id: Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH"),
///     filter: DocumentFilter::approved(),
/// });
/// let request = AdhocQueryRequest::new(&query, ReturnType::LeafClass, Profile::Dmp)?;
/// let xml = request.to_xml()?;
/// assert!(xml.contains("'279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH'"));
///
/// let read = AdhocQueryRequest::parse(xml.as_bytes())?.value;
/// assert_eq!(read.query()?.value, query);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AdhocQueryRequest {
    /// How much the answer tells.
    pub return_type: ReturnType,
    /// Which stored query.
    pub id: QueryId,
    /// homeCommunityId; the DMP does not use it.
    pub home: Option<String>,
    /// The parameters, as written.
    pub slots: Vec<Slot>,
}

impl AdhocQueryRequest {
    /// The message of a query.
    ///
    /// # Errors
    /// A required parameter is empty, a value is malformed or too long; all of them are listed.
    pub fn new(
        query: &StoredQuery,
        return_type: ReturnType,
        profile: Profile,
    ) -> Result<Self, Invalid> {
        let (slots, problems) = stored_write::slots(query, profile);
        Invalid::unless_empty(problems)?;
        Ok(Self {
            return_type,
            id: query.id(),
            home: None,
            slots,
        })
    }

    /// The query, typed.
    ///
    /// # Errors
    /// The id is unknown, a required parameter is missing, one has too many values or a malformed one.
    pub fn query(&self) -> Result<Reading<StoredQuery>, QueryError> {
        stored_read::query(&self.id, &self.slots)
    }

    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or holds no query.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, QUERY, "AdhocQueryRequest")?;
        let mut warnings = Warnings::default();
        let option = node.child(QUERY, "ResponseOption");
        let return_type = option.and_then(|option| attribute_of(option, "returnType"));
        let return_type = match return_type.as_deref().map(ReturnType::read) {
            Some(word) => {
                if !word.is_known() {
                    warnings.push(WarningKind::UnknownWord, "", "returnType");
                }
                word
            }
            None => {
                warnings.push(WarningKind::MissingField, "", "returnType");
                ReturnType::Other(String::new())
            }
        };
        let query = child(node, RIM, "AdhocQueryRequest", "AdhocQuery")?;
        let id = attribute_of(query, "id").ok_or(ReadError::Missing {
            element: "AdhocQuery",
            missing: "id",
        })?;
        let mut slots = Vec::new();
        for one in query.elements() {
            if one.is(RIM, "Slot") {
                slots.push(read_slot(one, "AdhocQuery", &mut warnings));
            } else {
                warnings.push(WarningKind::UnknownElement, "AdhocQuery", one.local_name());
            }
        }
        Ok(warnings.with(Self {
            return_type,
            id: QueryId::read(&id),
            home: attribute_of(query, "home"),
            slots,
        }))
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
            w.start("query:AdhocQueryRequest")?
                .attr("xmlns:query", QUERY)?
                .attr("xmlns:rim", RIM)?;
            w.start("query:ResponseOption")?
                .attr("returnComposedObjects", "true")?
                .attr("returnType", self.return_type.as_str())?
                .end()?;
            w.start("rim:AdhocQuery")?.attr("id", self.id.as_str())?;
            write_attribute(w, "home", self.home.as_deref())?;
            for slot in &self.slots {
                write_slot(w, slot)?;
            }
            w.end()?.end()?;
            Ok(())
        })
    }
}
