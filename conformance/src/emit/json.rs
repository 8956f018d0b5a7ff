//! The report for programs. Its schema is `schema/report.schema.json`.

use segur_core::ReportView;
use serde::Serialize;

use super::Settings;
use crate::check::Checked;

/// Grows when a reader of an older version could misread the report; new members alone do not count.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    schema_version: u32,
    tool: Tool,
    lang: &'static str,
    files: Vec<ReportView<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(super) fn write(checked: &[Checked], settings: Settings) -> String {
    let output = Output {
        schema_version: SCHEMA_VERSION,
        tool: Tool {
            name: "segur",
            version: env!("CARGO_PKG_VERSION"),
        },
        lang: settings.lang.as_str(),
        files: checked
            .iter()
            .map(|c| ReportView::new(&c.report, settings.lang, settings.show_identity))
            .collect(),
    };
    // Strings, numbers and lists always serialise.
    let mut json = serde_json::to_string_pretty(&output).unwrap_or_default();
    json.push('\n');
    json
}
