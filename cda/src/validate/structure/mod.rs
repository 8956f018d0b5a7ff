//! The structure of CDA_extended.xsd.

use segur_core::RuleInfo;
use segur_xml::Document;

use super::catalogue::text;
use super::context::{Context, Sink};

/// The rules of this part.
pub(super) static RULES: &[&RuleInfo] = &[];

/// Checks this part.
pub(crate) fn check(_document: &Document, _context: &Context<'_>, sink: &mut Sink<'_>) {
    sink.not_run(
        "structure",
        text(
            "cette version ne contrôle pas encore la structure (CDA_extended.xsd)",
            "this version does not check the structure of CDA_extended.xsd yet",
        ),
    );
}
