//! Measures of the child (section FR-Signes-vitaux).

use segur_core::Timestamp;

use super::answer::{Quantity, Told};
use super::item::{Found, Item, fields, loinc};
use super::sets::coded;
use super::write::{Rows, SectionKind};
use crate::ClinicalDocument;
use crate::body::{Entry, Organizer, OrganizerComponent, Section, Statement};
use crate::datatypes::{Cs, IvlTs};
use crate::models::frame::templates;

const VITALS: SectionKind = SectionKind::new(
    &[
        "2.16.840.1.113883.10.20.1.16",
        "1.3.6.1.4.1.19376.1.5.3.1.3.25",
        "1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2",
        "1.2.250.1.213.1.1.2.75",
    ],
    loinc("8716-3", "Signes vitaux"),
    "Signes vitaux",
);
const ORGANIZER: [&str; 4] = [
    "2.16.840.1.113883.10.20.1.32",
    "2.16.840.1.113883.10.20.1.35",
    "1.3.6.1.4.1.19376.1.5.3.1.4.13.1",
    "1.2.250.1.213.1.1.3.49",
];

fields! {
    /// Measures of the child, at 9 and 24 months.
    pub struct GrowthMeasures, draft GrowthMeasuresDraft, at "measures" {
        /// Weight, in g or kg.
        must weight: Told<Quantity> =
            Item::vital(loinc("29463-7", "Poids"), "poids").within(&[("g", 1_000.0, 40_000.0), ("kg", 1.0, 40.0)]);
        /// Height or length, in cm.
        must height: Told<Quantity> =
            Item::vital(loinc("8302-2", "Taille"), "taille").within(&[("cm", 30.0, 130.0), ("m", 0.3, 1.3)]);
        /// Head circumference, in cm.
        must head: Told<Quantity> =
            Item::vital(loinc("8287-5", "Périmètre crânien"), "perimetre-cranien").within(&[("cm", 20.0, 70.0)]);
    }
}

fields! {
    /// Body mass index (third certificate).
    pub struct BodyMass, draft BodyMassDraft, at "body_mass" {
        /// Body mass index, in kg/m2.
        must index: Told<Quantity> =
            Item::vital(loinc("39156-5", "Index de masse corporelle (IMC)"), "imc")
                .within(&[("kg/m2", 5.0, 60.0)]);
    }
}

/// The section of measures, of which the group says when they were taken.
pub(super) fn section(mut rows: Rows<'_>, at: Timestamp) -> Section {
    let text = rows.narrative();
    let id = rows.context.id("signes-vitaux");
    let components = rows
        .statements
        .into_iter()
        .map(|statement| OrganizerComponent {
            type_code: Some("COMP".to_owned()),
            statement,
            ..OrganizerComponent::default()
        });
    let organizer = Organizer {
        class_code: "CLUSTER".to_owned(),
        mood_code: "EVN".to_owned(),
        template_ids: templates(&ORGANIZER),
        ids: vec![id],
        code: Some(coded(loinc("85353-1", "Signes vitaux"))),
        status: Cs::new("completed"),
        effective_time: Some(IvlTs::at(at)),
        components: components.collect(),
        ..Organizer::default()
    };
    Section {
        text: Some(text),
        entries: vec![Entry {
            statement: Statement::Organizer(Box::new(organizer)),
            ..Entry::default()
        }],
        ..VITALS.empty()
    }
}

/// The measures of a document, and when they were taken.
pub(super) fn found(document: &ClinicalDocument, is_24: bool) -> (Found<'_>, Option<Timestamp>) {
    let found = VITALS.found(document, is_24);
    let at = found.statements.iter().find_map(|s| match s {
        Statement::Organizer(organizer) => organizer.effective_time.as_ref()?.start().copied(),
        _ => None,
    });
    (found, at)
}
