//! The rules of the French header.

use segur_core::RuleInfo;
use segur_xml::Document;

use super::catalogue::text;
use super::context::{Context, Sink};

/// The rules of this part.
pub(super) static RULES: &[&RuleInfo] = &[];

/// Checks this part.
pub(crate) fn check(_document: &Document, _context: &Context<'_>, sink: &mut Sink<'_>) {
    sink.not_run(
        "header",
        text(
            "cette version ne contrôle pas encore les règles de l'entête française",
            "this version does not check the rules of the French header yet",
        ),
    );
}
