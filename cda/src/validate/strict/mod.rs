//! The strict profile: what the published rules let pass although the specifications forbid it.
//!
//! Each rule has its own id, severity and reason ([`rules`]). Errors are what a reader cannot make sense of;
//! warnings are what is suspect, or wrong in most of the published test data.

mod attachment;
mod dates;
mod document;
mod everywhere;
mod identity;
mod models;
mod professionals;
mod rules;
mod stamp;
mod templates;

use segur_xml::Document;

use super::context::{Context, HL7, Sink};

pub(super) use rules::{CODE_DISPLAY, CODE_SYSTEM, HEADER_DISPLAY, RULES};

/// Checks this part.
pub(crate) fn check<'a>(_document: &'a Document, context: &Context<'a>, sink: &mut Sink<'a>) {
    document::check(context, sink);
    identity::check(context, sink);
    let mut ids = everywhere::Ids::new(context.root);
    for node in std::iter::once(context.root).chain(context.root.descendants()) {
        if node.local_name().is_empty() {
            continue;
        }
        dates::check(node, sink);
        everywhere::check(node, &mut ids, sink);
        attachment::check(node, sink);
        templates::check(node, sink);
        if node.is(HL7, "id") {
            professionals::check(node, sink);
        }
    }
}
