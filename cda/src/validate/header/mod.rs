//! The French header: "structuration minimale" of the CI-SIS.
//!
//! The rules are rows of the tables under [`tables`], read by one pass ([`reader`]); what a table cannot say is in
//! [`special`]. They agree with the published rule set (template 1.2.250.1.213.1.1.1.1 of 13 December 2017) in
//! what they accept and refuse, its gaps included; what it lets pass is the matter of the strict profile.

mod catalogue;
mod coded;
mod datatype;
mod messages;
mod model;
mod names;
mod notes;
mod reader;
mod special;
mod syntax;
mod tables;
mod vocabulary;

use segur_xml::{Document, Node};

use super::context::{Context, HL7, Sink};
use reader::Reader;

pub(crate) use catalogue::rules;
pub(crate) use coded::coded_elements;
pub(crate) use datatype::DataType;

/// Checks the header of the clinical document.
pub(crate) fn check<'a>(_document: &'a Document, context: &Context<'a>, sink: &mut Sink<'a>) {
    if !is_cda(context.root) {
        return;
    }
    let mut reader = Reader::new(context, sink);
    reader.element(&tables::CLINICAL_DOCUMENT, context.root);
}

/// Every element of the header to which the published rules bind a data type, in document order.
pub(crate) fn typed_elements<'a>(
    context: &Context<'a>,
    sink: &mut Sink<'a>,
    each: &mut dyn FnMut(DataType, Node<'a>, &mut Sink<'a>),
) {
    if is_cda(context.root) {
        let mut reader = Reader::new(context, sink);
        reader.typed(&tables::CLINICAL_DOCUMENT, context.root, each);
    }
}

/// The rules apply to documents that declare themselves CDA R2; the schema refuses the others.
fn is_cda(root: Node<'_>) -> bool {
    root.children_named(HL7, "typeId").any(|id| {
        id.attribute("root")
            .is_some_and(|v| v == "2.16.840.1.113883.1.3")
            && id
                .attribute("extension")
                .is_some_and(|v| v == "POCD_HD000040")
    })
}
