//! Patients.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::html::{Cell, Row};
use super::{LINES, Shared, View, made};
use crate::sandbox::dmp::store::list;

pub(super) async fn show(State(service): Shared, head: HeaderMap, query: RawQuery) -> Response {
    made(service, View::of(&head, query), |connection, view| {
        let totals = list::totals(connection)?;
        let screen = view.screen();
        let mut patients = list::patients(connection, screen * LINES, LINES + 1)?;
        let more = patients.len() as u64 > LINES;
        patients.truncate(LINES as usize);
        let mut page = view.page(view.tr("Patients", "Patients"));
        let (documents, sets) = (
            view.tr("documents", "documents"),
            view.tr("lots de soumission", "submission sets"),
        );
        page.paragraph(&format!(
            "{} {} · {} {documents} · {} {sets} · {} associations. {}",
            totals.patients,
            view.tr("patients", "patients"),
            totals.documents,
            totals.sets,
            totals.associations,
            view.tr(
                "Identités fictives seulement.",
                "Fictitious identities only."
            )
        ));
        let rows = patients.into_iter().map(|one| {
            Row::from(vec![
                Cell::Link(one.identifier, "/patient", "row", one.row.to_string()),
                Cell::code(one.authority),
                Cell::text(one.documents.to_string()),
            ])
        });
        let identifier = view.tr("Identifiant", "Identifier");
        let authority = view.tr("Autorité (OID)", "Authority (OID)");
        page.table(&[identifier, authority, "Documents"], rows);
        page.screens("/", &[], screen, more);
        Ok(Some(page))
    })
    .await
}
