//! The agency's own Schematron files.

use segur_core::Report;
use segur_xml::Document;

use super::catalogue::text;
use super::context::{Context, Sink};
use crate::official::OfficialRules;

/// Runs the Schematron files that the validator was given.
pub(crate) fn check(
    document: &Document,
    context: &Context<'_>,
    rules: Option<&OfficialRules>,
    sink: &mut Sink<'_>,
    report: &mut Report,
) {
    let Some(rules) = rules else {
        sink.not_run("official", || {
            text(
                "les fichiers Schematron de l'agence n'ont pas été fournis",
                "the agency's Schematron files were not given",
            )
        });
        return;
    };
    let run = rules.run(document, context.model);
    report.model = run.model;
    for finding in run.findings {
        sink.push(finding);
    }
    for schema in run.schemas {
        report.rules_fired += schema.fired as u64;
        for finding in schema.findings {
            sink.push(finding);
        }
    }
    for missing in run.not_run {
        sink.not_run(missing.rule, || missing.reason);
    }
}
