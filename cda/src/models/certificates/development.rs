//! Development (section FR-Developpement-psychomoteur), at 9 and 24 months.

use segur_core::Timestamp;

use super::answer::{Quantity, Told};
use super::item::{Item, fields, loinc, ta};
use super::sets::NeuroScreening;
use super::write::{Context, Rows, SectionKind};
use crate::ClinicalDocument;
use crate::body::Section;
use crate::models::ModelError;

const DEVELOPMENT: SectionKind = SectionKind::new(
    &[
        "1.3.6.1.4.1.19376.1.7.3.1.1.13.4",
        "1.2.250.1.213.1.1.2.161",
    ],
    loinc("xx-MCH-PsychoMDev", "Développement psychomoteur"),
    "Développement psychomoteur",
)
.derived();

fields! {
    /// Search of disorders of neurodevelopment.
    pub struct Development, draft DevelopmentDraft, at "development" {
        /// What was found.
        must screening: NeuroScreening =
            Item::simple(ta("MED-1274", "Repérage troubles du neurodéveloppement"), "neurodeveloppement");
    }
}

fields! {
    /// Walking (third certificate).
    pub struct Walking, draft WalkingDraft, at "walking" {
        /// Whether the child walks.
        must acquired: Told<bool> = Item::simple(ta("MED-200", "Marche acquise"), "marche");
        /// Since which age: `mo`. The official example writes `m`, which UCUM takes for metres: read, and
        /// written when given so.
        may age: Quantity =
            Item::simple(ta("MED-201", "Âge de la marche acquise"), "age-marche")
                .within(&[("mo", 5.0, 36.0), ("m", 5.0, 36.0)]);
    }
}

/// Each group is dated with its own time.
pub(super) fn section(
    development: (&Development, Timestamp),
    walking: Option<(&Walking, Timestamp)>,
    context: &Context,
) -> Section {
    let (screening, at) = development;
    let mut rows = Rows::at(context, at);
    screening.write(&mut rows);
    if let Some((walking, at)) = walking {
        rows.date = Some(at);
        walking.write(&mut rows);
    }
    rows.section(&DEVELOPMENT)
}

/// When the screening was done.
pub(super) fn read(
    document: &ClinicalDocument,
) -> Result<(Development, Option<Timestamp>), ModelError> {
    let found = DEVELOPMENT.found(document, false);
    let at = found
        .observations()
        .find_map(|o| o.effective_time.as_ref()?.start().copied());
    Ok((Development::read(&found)?, at))
}

/// Walking, and when it was observed.
pub(super) fn read_walking(
    document: &ClinicalDocument,
) -> Result<(Walking, Option<Timestamp>), ModelError> {
    let found = DEVELOPMENT.found(document, true);
    let at = found
        .observations()
        .filter(|o| o.code.code.as_deref() == Some("MED-200"))
        .find_map(|o| o.effective_time.as_ref()?.start().copied());
    Ok((Walking::read(&found)?, at))
}
