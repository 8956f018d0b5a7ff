//! The tables, by kind of template.

mod diagnostics;
mod immunizations;
mod medications;
mod models;
mod observations;
mod problems;
mod sections;
mod values;
mod vital_signs;

use super::model::Template;

pub(super) use models::MODELS;
pub(super) use vital_signs::UNITS;

/// All rows.
pub(super) fn templates() -> impl Iterator<Item = &'static Template> {
    [
        sections::TEMPLATES,
        diagnostics::TEMPLATES,
        immunizations::TEMPLATES,
        medications::TEMPLATES,
        observations::TEMPLATES,
        problems::TEMPLATES,
        vital_signs::TEMPLATES,
    ]
    .into_iter()
    .flatten()
}
