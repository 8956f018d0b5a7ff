//! The agency's own Schematron files.

use segur_xml::Document;

use super::catalogue::text;
use super::context::{Context, Sink};

/// Runs the Schematron files that the validator was given.
pub(crate) fn check(_document: &Document, _context: &Context<'_>, sink: &mut Sink<'_>) {
    sink.not_run(
        "official",
        text(
            "les fichiers Schematron de l'agence n'ont pas été fournis",
            "the agency's Schematron files were not given",
        ),
    );
}
