//! The structure of a document: the same verdict as `CDA_extended.xsd` with its extensions (sdtc, lab, pharm, dicom).
//!
//! Content models, attributes, value lists, written forms, `xsi:type`, `xsi:nil`, ID and IDREF. The tables come from the
//! schemas (`cda/tools/xsd-tables`); one pass over the tree reads them, without memory per node. After a mistake the
//! check goes on where a reader would: one mistake gives one finding in most cases.

#[rustfmt::skip]
mod data;
mod element;
mod ids;
mod message;
mod recover;
mod report;
mod rules;
mod schema;
mod uri;
mod value;
mod walk;

use segur_core::Report;
use segur_xml::Document;

pub(super) use rules::RULES;

use super::Validator;
use super::context::{Context, Sink};

/// Checks the structure of the clinical document of `context`.
pub(crate) fn check(document: &Document, context: &Context<'_>, sink: &mut Sink<'_>) {
    walk::Walker::new(document, sink).run(context.root);
}

impl Validator {
    /// Checks the structure alone (`CDA_extended.xsd`): fast enough to be run on each document that is written.
    pub fn validate_structure(&self, document: &Document) -> Report {
        let mut report = self.report();
        match super::document::clinical_document(document) {
            Ok(root) => {
                let mut sink = Sink::new(root, self.options.findings);
                walk::Walker::new(document, &mut sink).run(root);
                sink.finish(&mut report);
                report.sort_by_location();
            }
            Err(finding) => report.findings.push(*finding),
        }
        report
    }
}
