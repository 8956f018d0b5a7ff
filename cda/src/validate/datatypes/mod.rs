//! The data types of the header.

use segur_core::RuleInfo;
use segur_xml::Document;

use super::catalogue::text;
use super::context::{Context, Sink};

/// The rules of this part.
pub(super) static RULES: &[&RuleInfo] = &[];

/// Checks this part.
pub(crate) fn check(_document: &Document, _context: &Context<'_>, sink: &mut Sink<'_>) {
    sink.not_run(
        "datatypes",
        text(
            "cette version ne contrôle pas encore les types de données de l'entête",
            "this version does not check the data types of the header yet",
        ),
    );
}
