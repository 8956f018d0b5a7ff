//! Which model schema a document is judged by.

use segur_xml::Document;

use super::models::MODELS;

const HL7: &str = "urn:hl7-org:v3";

/// One model of the published edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ModelRow {
    /// File name without `.sch`.
    pub(super) name: &'static str,
    /// `templateId/@root`.
    pub(super) root: &'static str,
    /// `templateId/@extension`, empty when there is none.
    pub(super) extension: &'static str,
    /// Document codes, separated by commas.
    pub(super) codes: &'static str,
    /// Whether an official example confirms the row.
    pub(super) seen: bool,
}

/// What automatic choice says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// This model.
    Model(String),
    /// The document declares no known model (level 1 for instance): common rules only.
    NoModel,
    /// The document declares a model in a version that the folder does not hold.
    UnknownVersion { root: String, extension: String },
}

/// Chooses from `templateId/@root` and `@extension`, then the document code. `available` are the
/// names of the models of the folder, sorted: a later edition of a known model is found by its
/// name (`CI-SIS_FAMILY_VERSION`), where the version is the extension.
pub(super) fn choose(document: &Document, available: &[String]) -> Choice {
    let root = document.root_element();
    let code = root.child(HL7, "code").and_then(|c| c.attribute("code"));
    let code = code.as_deref().unwrap_or_default();
    let has = |name: &str| available.iter().any(|a| a == name);
    let mut unknown = None;
    for template in root.children_named(HL7, "templateId") {
        let oid = template.attribute("root").unwrap_or_default();
        let extension = template.attribute("extension").unwrap_or_default();
        let rows: Vec<&ModelRow> = MODELS
            .iter()
            .filter(|m| m.root == oid && accepts(m, code))
            .collect();
        let exact: Vec<&&ModelRow> = rows
            .iter()
            .filter(|m| m.extension == extension && has(m.name))
            .collect();
        let by_code = |m: &&&&ModelRow| m.codes.split(',').any(|c| c == code);
        if let Some(row) = exact.iter().find(by_code).or_else(|| exact.first()) {
            return Choice::Model(row.name.to_owned());
        }
        for row in &rows {
            let Some((family, _)) = row.name.rsplit_once('_') else {
                continue;
            };
            let name = format!("{family}_{extension}");
            if !extension.is_empty() && has(&name) {
                return Choice::Model(name);
            }
        }
        if !rows.is_empty() && unknown.is_none() {
            unknown = Some(Choice::UnknownVersion {
                root: oid.into_owned(),
                extension: extension.into_owned(),
            });
        }
    }
    unknown.unwrap_or(Choice::NoModel)
}

/// One published model shares its templateId with every level 1 document
/// (1.3.6.1.4.1.19376.1.2.20, scanned documents): there the code decides.
fn accepts(row: &ModelRow, code: &str) -> bool {
    row.root != "1.3.6.1.4.1.19376.1.2.20" || row.codes.split(',').any(|c| c == code)
}
