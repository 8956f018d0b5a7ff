//! Rules of sections, entries and document models, as tables: what a template asks of the element that declares it.
//!
//! A row ([`model::Template`]) says which template, which element, and checks: paths with how often they must be
//! there ([`path`]), value sets, units. The rows say what the published files IHE.sch and
//! CI-SIS_ModelesDeContenusCDA.sch, and the files of seven models, refuse (ansforge/TestContenuCDA-3-0 of 19 February
//! 2025); the profile `official` runs them.

mod catalogue;
mod compiled;
mod model;
mod path;
mod run;
mod tables;

pub(super) use catalogue::rules;
pub(super) use run::check;

/// Whether a row asks something of the element that declares this template.
pub(super) fn knows(root: &str) -> bool {
    compiled::TABLES
        .words
        .known_template(root)
        .is_some_and(|number| compiled::TABLES.templates.contains_key(&number))
}

/// Whether a row asks for a unit of the vital sign with this code.
pub(super) fn knows_unit(code: &str) -> bool {
    tables::UNITS.iter().any(|(known, _)| *known == code)
}

#[cfg(test)]
mod tests;
