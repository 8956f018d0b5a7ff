//! The report for programs. Its schema is `schema/report.schema.json`.

use segur_core::{Report, ReportSet};

use super::Settings;
use crate::check::Checked;

pub(super) fn write(checked: &[Checked], settings: Settings) -> String {
    let reports: Vec<Report> = checked.iter().map(|c| c.report.clone()).collect();
    let set = ReportSet::new(&reports, settings.lang, settings.show_identity);
    // Strings, numbers and lists always serialise.
    let mut json = serde_json::to_string_pretty(&set).unwrap_or_default();
    json.push('\n');
    json
}
