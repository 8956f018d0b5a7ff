//! Patients.

use axum::extract::State;
use axum::response::Response;

use super::html::{Cell, Row};
use super::{LINES, Shared, View, made};
use crate::sandbox::dmp::store::list;

pub(super) async fn show(State(service): Shared, view: View) -> Response {
    made(service, view, |connection, view| {
        let totals = list::totals(connection)?;
        let screen = view.screen();
        let mut patients = list::patients(connection, screen * LINES, LINES + 1)?;
        let more = patients.len() as u64 > LINES;
        patients.truncate(LINES as usize);
        let mut page = view.page(view.tr("Patients", "Patients"));
        let counts = [
            (
                totals.patients,
                ("patient", "patient"),
                ("patients", "patients"),
            ),
            (
                totals.documents,
                ("document", "document"),
                ("documents", "documents"),
            ),
            (
                totals.sets,
                ("lot de soumission", "submission set"),
                ("lots de soumission", "submission sets"),
            ),
            (
                totals.associations,
                ("association", "association"),
                ("associations", "associations"),
            ),
        ];
        let counts = counts.map(|(number, one, more)| view.count(number, one, more));
        let fictitious = view.tr(
            "Identités fictives seulement.",
            "Fictitious identities only.",
        );
        page.paragraph(&format!("{}. {fictitious}", counts.join(" · ")));
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
