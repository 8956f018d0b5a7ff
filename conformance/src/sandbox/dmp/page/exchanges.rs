//! The exchanges of late.

use std::time::SystemTime;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use time::OffsetDateTime;

use super::html::{Cell, Row};
use super::{Shared, View, given};
use crate::sandbox::dmp::journal::{Exchange, Outcome};

/// Exchanges of the page.
const MOST: usize = 100;

pub(super) async fn show(State(service): Shared, view: View) -> Response {
    let mut page = view.page(view.tr("Derniers échanges", "Exchanges of late"));
    page.paragraph(view.tr(
        "Depuis le démarrage, les cent derniers ; ni documents ni métadonnées.",
        "Since the start, the last hundred; no documents, no metadata.",
    ));
    let rows = service.journal.last(MOST);
    let head = [
        view.tr("Heure (UTC)", "Time (UTC)"),
        "Transaction",
        view.tr("Issue", "Outcome"),
        view.tr("Durée", "Duration"),
        view.tr("Octets reçus, envoyés", "Bytes received, sent"),
        view.tr("Erreurs et remarques", "Errors and remarks"),
        "MessageID",
    ];
    page.table(&head, rows.iter().map(|one| line(&view, one)));
    given(StatusCode::OK, page)
}

fn line(view: &View, one: &Exchange) -> Row {
    let outcome = match &one.outcome {
        Outcome::Success => view.tr("succès", "success").to_owned(),
        Outcome::Partial => view.tr("succès partiel", "partial success").to_owned(),
        Outcome::Refused => view.tr("refus", "refused").to_owned(),
        Outcome::Fault => view.tr("erreur SOAP", "fault").to_owned(),
        Outcome::Dropped => view.tr("coupé sur demande", "cut on demand").to_owned(),
        Outcome::Status(status) => format!("HTTP {status}"),
    };
    let good = matches!(one.outcome, Outcome::Success);
    let errors = one.errors.iter();
    let errors = errors.map(|(code, context)| match context.as_str() {
        "" => code.clone(),
        context => format!("{code}: {context}"),
    });
    let transaction = match one.transaction {
        "" => view.tr("illisible", "unreadable"),
        name => name,
    };
    Row::from(vec![
        Cell::text(clock(one.at)),
        Cell::text(transaction),
        if good {
            Cell::Text(outcome)
        } else {
            Cell::Bad(outcome)
        },
        Cell::text(format!("{} ms", one.took.as_millis())),
        Cell::text(format!("{}, {}", one.bytes.0, one.bytes.1)),
        Cell::text(errors.collect::<Vec<_>>().join("\n")),
        Cell::code(one.message_id.clone()),
    ])
}

/// Date and time to the second.
fn clock(at: SystemTime) -> String {
    let at = OffsetDateTime::from(at);
    let (hour, minute, second) = at.to_hms();
    format!("{} {hour:02}:{minute:02}:{second:02}", at.date())
}
