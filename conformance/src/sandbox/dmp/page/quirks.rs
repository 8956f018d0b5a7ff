//! The quirks that hold: seen and changed while the sandbox runs.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;

use super::html::{Cell, Row};
use super::{Shared, View, form, given, guarded};
use crate::sandbox::dmp::service::Service;

/// Where the page stands.
const PATH: &str = "/quirks";
/// Name of the field of the form: one quirk a line.
const FIELD: &str = "quirks";

pub(super) async fn show(State(service): Shared, view: View) -> Response {
    page(&service, &view, &service.quirks.list().join("\n"), None)
}

/// Puts the quirks of the form in the place of all that hold.
pub(super) async fn change(
    State(service): Shared,
    view: View,
    head: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_ours(&head) {
        return guarded(StatusCode::FORBIDDEN);
    }
    let form = form::read(&body);
    let Some(text) = form.get(FIELD) else {
        let wrong = view.tr("le champ quirks manque", "the field quirks is missing");
        return page(&service, &view, "", Some(wrong));
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    match service.quirks.set(lines) {
        Ok(()) => {
            let seen = [(header::LOCATION, view.address(PATH))];
            guarded((StatusCode::SEE_OTHER, seen))
        }
        Err(error) => page(&service, &view, text, Some(&error.to_string())),
    }
}

fn page(service: &Service, view: &View, text: &str, wrong: Option<&str>) -> Response {
    let mut page = view.page(view.tr("Anomalies sur demande", "Quirks on demand"));
    if let Some(wrong) = wrong {
        page.paragraph(wrong);
    }
    page.form(
        &view.address(PATH),
        FIELD,
        view.tr(
            "Une anomalie par ligne : NOM ou NOM=VALEUR, puis @ITI-41 pour une seule transaction, x3 pour les trois prochaines requêtes",
            "One quirk a line: NAME or NAME=VALUE, then @ITI-41 for one transaction alone, x3 for the next three requests",
        ),
        text,
        view.tr("Appliquer", "Apply"),
    );
    page.heading(view.tr("Anomalies connues", "Quirks that there are"));
    let own = service.quirks.own();
    let rows = own.all().map(|kind| {
        let does = Cell::text(kind.does(view.lang));
        Row::from(vec![Cell::code(kind.example), does])
    });
    let head = [
        view.tr("Anomalie", "Quirk"),
        view.tr("Ce qu'elle fait", "What it does"),
    ];
    page.table(&head, rows);
    let calls = own.calls.iter().map(|call| format!("@{call}"));
    page.paragraph(&format!(
        "{}{}",
        view.tr(
            "Pour une seule transaction : ",
            "For one transaction alone: "
        ),
        calls.collect::<Vec<_>>().join(", ")
    ));
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    given(status, page)
}

/// Whether a form is of a page of ours: other sites that a browser visits could send it, too. Programs say nothing of where it comes from.
fn is_ours(head: &HeaderMap) -> bool {
    let text = |name: &str| head.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let host = text("host").unwrap_or_default();
    let same = |origin: &str| origin.strip_prefix("https://") == Some(host);
    site && text("origin").is_none_or(same)
}
