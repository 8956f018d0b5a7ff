//! The documents of a patient, every version of their metadata.

use axum::extract::State;
use axum::response::Response;
use segur_dmp_xds::metadata::{AvailabilityStatus, DocumentEntry};

use super::fields::{code, minute, status};
use super::html::{Cell, Row};
use super::{LINES, Shared, View, made};
use crate::sandbox::dmp::store::list;

pub(super) async fn show(State(service): Shared, view: View) -> Response {
    made(service, view, |connection, view| {
        let Ok(row) = view.text("row").parse() else {
            return Ok(None);
        };
        let Some(patient) = list::patient(connection, row)? else {
            return Ok(None);
        };
        let screen = view.screen();
        let mut entries = list::entries(connection, row, screen * LINES, LINES + 1)?;
        let more = entries.len() as u64 > LINES;
        entries.truncate(LINES as usize);
        let mut page = view.page(&format!("Patient {}", patient.id));
        page.table(&head_of(view), entries.iter().map(line));
        let row = row.to_string();
        page.screens("/patient", &[("row", &row)], screen, more);
        Ok(Some(page))
    })
    .await
}

/// Titles of the columns of [`line`].
pub(super) fn head_of(view: &View) -> [&'static str; 7] {
    [
        view.tr("Titre", "Title"),
        "Type",
        view.tr("Acte (UTC)", "Act (UTC)"),
        view.tr("Statut", "Status"),
        view.tr("Confidentialité", "Confidentiality"),
        "Version",
        "uniqueId",
    ]
}

/// An entry in a list.
pub(super) fn line(entry: &DocumentEntry) -> Row {
    let codes = entry.confidentiality_codes.iter();
    let codes: Vec<&str> = codes.map(|code| code.code.as_ref()).collect();
    let kind = entry.type_code.as_ref();
    let title = entry.title.clone().filter(|title| !title.trim().is_empty());
    let title = title.unwrap_or_else(|| entry.unique_id.clone());
    Row {
        off: entry.status != Some(AvailabilityStatus::Approved),
        cells: vec![
            Cell::Link(title, "/entry", "id", entry.entry_id.clone()),
            Cell::text(kind.map_or_else(String::new, code)),
            Cell::text(minute(entry.service_start_time)),
            Cell::text(status(entry.status.as_ref())),
            Cell::text(codes.join(", ")),
            Cell::text(entry.version.clone().unwrap_or_default()),
            Cell::code(entry.unique_id.clone()),
        ],
    }
}
