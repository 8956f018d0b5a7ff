//! The page at `/`: what the sandbox holds.

use std::fmt::Write as _;

use segur_dmp_xds::RegistryContent;
use segur_dmp_xds::metadata::{AvailabilityStatus, DocumentEntry};

use crate::emit::escape;

const HEAD: &str = r#"<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>DMP (bac à sable)</title>
<style>
body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8888; }
code { font-size: .85em; overflow-wrap: anywhere; }
.Deprecated, .Deleted { opacity: .6; }
</style>
</head>
<body>
<h1>DMP (bac à sable)</h1>
"#;

/// The page. Every value comes from outside and is escaped.
pub(super) fn page(held: &RegistryContent) -> String {
    let mut page = HEAD.to_owned();
    // Writing to a string does not fail.
    let _ = writeln!(
        page,
        "<p>{} documents, {} lots de soumission, {} associations. Identités fictives seulement.</p>",
        held.documents.len(),
        held.submission_sets.len(),
        held.associations.len()
    );
    page.push_str(
        "<table>\n<thead><tr><th>Patient</th><th>Titre</th><th>Type</th><th>Acte</th><th>Statut</th>\
         <th>Confidentialité</th><th>Version</th><th>uniqueId, entryUUID</th></tr></thead>\n<tbody>\n",
    );
    for entry in held.documents.iter().rev() {
        row(&mut page, entry);
    }
    page.push_str("</tbody>\n</table>\n</body>\n</html>\n");
    page
}

fn row(page: &mut String, entry: &DocumentEntry) {
    let status = match &entry.status {
        Some(AvailabilityStatus::Approved) => "Approved",
        Some(AvailabilityStatus::Deprecated) => "Deprecated",
        Some(AvailabilityStatus::Archived) => "Archived",
        Some(AvailabilityStatus::Deleted) => "Deleted",
        _ => "",
    };
    let codes = entry.confidentiality_codes.iter();
    let codes: Vec<&str> = codes.map(|code| code.code.as_ref()).collect();
    let kind = entry.type_code.as_ref();
    let kind = kind.map_or("", |code| code.display.as_deref().unwrap_or(&code.code));
    let cells = [
        entry.patient_id.as_ref().map_or("", |one| one.id.as_str()),
        entry.title.as_deref().unwrap_or_default(),
        kind,
        &entry
            .service_start_time
            .map_or_else(String::new, |time| time.to_string()),
        status,
        &codes.join(", "),
        entry.version.as_deref().unwrap_or_default(),
    ]
    .map(|cell| format!("<td>{}</td>", escape(cell)));
    let _ = writeln!(
        page,
        "<tr class=\"{status}\">{}<td><code>{}</code><br><code>{}</code></td></tr>",
        cells.concat(),
        escape(&entry.unique_id),
        escape(&entry.entry_id)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_document_is_markup() {
        let mut entry = DocumentEntry::new("urn:uuid:1", "\"><script>");
        entry.title = Some("<img src=x>".to_owned());
        let held = RegistryContent {
            documents: vec![entry],
            ..RegistryContent::default()
        };
        let page = page(&held);
        assert!(page.contains("&lt;img src=x&gt;"));
        assert!(!page.contains("<img") && !page.contains("<script"));
    }
}
