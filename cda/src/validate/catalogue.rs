//! The catalogue of the rules written here: what `explain` and `rules` show.

use std::borrow::Cow;

use segur_core::{Message, RuleInfo};

use super::{datatypes, document, header, strict, structure, templates};

/// Every rule that this crate checks itself, part by part, in a fixed order.
///
/// Rules of loaded Schematron files are not among them: they come with their own ids.
pub fn rules() -> impl Iterator<Item = &'static RuleInfo> {
    let before: [&'static [&'static RuleInfo]; 2] = [document::RULES, structure::RULES];
    let before = before.into_iter().flatten().copied();
    before
        .chain(datatypes::rules())
        .chain(header::rules())
        .chain(templates::rules())
        .chain(strict::RULES.iter().copied())
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static RuleInfo> {
    rules().find(|rule| rule.id == id)
}

/// A message known at compile time.
pub(crate) const fn text(fr: &'static str, en: &'static str) -> Message {
    Message {
        fr: Cow::Borrowed(fr),
        en: Cow::Borrowed(en),
    }
}
