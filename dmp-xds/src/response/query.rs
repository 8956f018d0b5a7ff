//! `query:AdhocQueryResponse`.

use segur_xml::{Node, Pieces};

use super::{RegistryResponse, read_response, write_errors};
use crate::ebrim::{
    RegistryContent, RegistryObject, attribute_of, read_objects, write_attribute, write_objects,
};
use crate::error::{ReadError, WriteError};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::vocabulary::{QUERY, RIM, RS};
use crate::xml::{expect, parse, written};

/// The answer of ITI-18: status, errors, and the objects found.
#[derive(Clone, Debug, PartialEq)]
pub struct AdhocQueryResponse {
    /// Whether the query was carried out.
    pub response: RegistryResponse,
    /// The objects as they came; what they mean: [`content`](Self::content).
    pub objects: Vec<RegistryObject>,
    /// `totalResultCount`.
    pub total_result_count: Option<u64>,
    /// `startIndex`.
    pub start_index: Option<u64>,
}

impl AdhocQueryResponse {
    /// A query carried out that found these objects.
    pub fn found(objects: Vec<RegistryObject>) -> Self {
        Self {
            response: RegistryResponse::success(),
            objects,
            total_result_count: None,
            start_index: None,
        }
    }

    /// What the objects mean.
    pub fn content(&self) -> Reading<RegistryContent> {
        RegistryContent::from_objects(&self.objects)
    }

    /// As [`content`](Self::content), for an answer that is not needed any more: faster, and in less memory.
    pub fn into_content(self) -> Reading<RegistryContent> {
        RegistryContent::of(self.objects)
    }

    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or has no status. Faults within the objects are warnings.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, QUERY, "AdhocQueryResponse")?;
        let mut warnings = Warnings::default();
        let response = read_response(node, "AdhocQueryResponse", &mut warnings)?;
        let list = node.child(RIM, "RegistryObjectList");
        let objects = match list {
            Some(list) => read_objects(list, &mut warnings),
            None => {
                warnings.push(WarningKind::MissingField, "", "RegistryObjectList");
                Vec::new()
            }
        };
        let mut number = |name: &str| {
            let text = attribute_of(node, name)?;
            let number = text.parse().ok();
            if number.is_none() {
                warnings.push(WarningKind::UnreadableNumber, "", name);
            }
            number
        };
        let (total_result_count, start_index) = (number("totalResultCount"), number("startIndex"));
        Ok(warnings.with(Self {
            response,
            objects,
            total_result_count,
            start_index,
        }))
    }

    /// As [`read`](Self::read), with the objects that were cut out of the document.
    pub(crate) fn read_with(
        node: Node<'_>,
        pieces: &Pieces<'_>,
    ) -> Result<Reading<Self>, ReadError> {
        let mut warnings = Warnings::default();
        let mut answer = warnings.take(Self::read(node)?);
        for index in 0..pieces.len() {
            let piece = pieces.read(index)?;
            let objects = read_objects(pieces.list(&piece), &mut warnings);
            answer.objects.extend(objects);
        }
        Ok(warnings.with(answer))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration; for a server.
    ///
    /// # Errors
    /// A text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let total = self.total_result_count.map(|number| number.to_string());
        let start = self.start_index.map(|number| number.to_string());
        written(|w| {
            w.start("query:AdhocQueryResponse")?
                .attr("xmlns:query", QUERY)?
                .attr("xmlns:rs", RS)?
                .attr("xmlns:rim", RIM)?
                .attr("status", self.response.status.as_str())?;
            write_attribute(w, "startIndex", start.as_deref())?;
            write_attribute(w, "totalResultCount", total.as_deref())?;
            write_errors(w, &self.response)?;
            write_objects(w, &self.objects)?;
            w.end()?;
            Ok(())
        })
    }
}
