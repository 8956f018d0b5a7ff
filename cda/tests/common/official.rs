//! The agency's own rules on documents of ours, run natively; skipped loudly without a copy of them.

#![allow(clippy::expect_used, clippy::print_stdout, dead_code, reason = "tests")]

use std::path::PathBuf;

use segur_cda::official::OfficialRules;
use segur_cda::validate::ModelChoice;
use segur_core::Severity;
use segur_xml::Document;

/// The published rules, from `SEGUR_OFFICIAL_DIR`.
pub(crate) fn rules(test: &str) -> Option<OfficialRules> {
    let Some(folder) = std::env::var_os("SEGUR_OFFICIAL_DIR") else {
        println!(
            "SKIPPED {test}: SEGUR_OFFICIAL_DIR does not point to a copy of the official files"
        );
        return None;
    };
    Some(OfficialRules::load(PathBuf::from(folder)).expect("the official files"))
}

/// What the published rules find, the file of this model among them; and what could not be run.
pub(crate) fn faults(rules: &OfficialRules, bytes: &[u8], model: &str) -> Vec<String> {
    let document = Document::parse(bytes).expect("well-formed");
    let run = rules.run(&document, &ModelChoice::Auto);
    let mut faults = Vec::new();
    if !run.model.as_deref().is_some_and(|m| m.contains(model)) {
        faults.push(format!("run as {:?}, not as {model}", run.model));
    }
    let of_schemas = run.schemas.iter().flat_map(|schema| &schema.findings);
    for finding in run.findings.iter().chain(of_schemas) {
        if finding.severity > Severity::Info {
            let place = finding.location.as_ref().map(|l| l.xpath.clone());
            faults.push(format!(
                "{} {} {}",
                finding.rule,
                place.unwrap_or_default(),
                finding.message.fr
            ));
        }
    }
    let of_model = run.schemas.last().map_or(0, |schema| schema.fired);
    if of_model == 0 {
        faults.push(format!("no rule of {model} fired"));
    }
    // Whole terminologies are not in the published folder.
    let not_run = run.not_run.iter();
    let not_run = not_run.filter(|n| !format!("{n:?}").contains("official/terminologie/"));
    faults.extend(not_run.map(|n| format!("not run: {n:?}")));
    faults
}
