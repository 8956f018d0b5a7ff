//! Pages for people, without script: what the sandbox holds, what it was asked, how it misbehaves.
//!
//! Every value comes from outside and is escaped. Documents are never shown as what they say they are: they are given to be saved, or as
//! plain text within a page.

mod document;
mod entry;
mod exchanges;
mod fields;
mod form;
mod home;
mod html;
mod patient;
mod quirks;

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rusqlite::Connection;
use segur_core::Lang;

use super::service::Service;
use super::store::StoreError;
use crate::tr;
use html::Page;

type Shared = State<Arc<Service>>;
/// The same in French and in English.
type Words = (&'static str, &'static str);

/// Lines of a list.
const LINES: u64 = 100;

pub(super) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/patient", get(patient::show))
        .route("/entry", get(entry::show))
        .route("/document", get(document::save))
        .route("/text", get(document::show))
        .route("/exchanges", get(exchanges::show))
        .route("/quirks", get(quirks::show).post(quirks::change))
        .route("/style.css", get(style))
        .with_state(service)
}

async fn style() -> Response {
    guarded((
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    ))
}

/// What was asked: language, page and parameters.
struct View {
    lang: Lang,
    path: String,
    parameters: HashMap<String, String>,
}

impl View {
    fn of(head: &HeaderMap, uri: &Uri) -> Self {
        let parameters = form::read(uri.query().unwrap_or_default().as_bytes());
        let wished = head.get(header::ACCEPT_LANGUAGE);
        let wished = wished.and_then(|value| value.to_str().ok());
        let chosen = parameters.get("lang").map(String::as_str);
        let lang = match chosen.or(wished) {
            Some(lang) if lang.trim_start().starts_with("en") => Lang::En,
            _ => Lang::Fr,
        };
        let path = uri.path().to_owned();
        Self {
            lang,
            path,
            parameters,
        }
    }

    fn tr(&self, fr: &'static str, en: &'static str) -> &'static str {
        tr(self.lang, fr, en)
    }

    fn text(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// Which screen of a list.
    fn screen(&self) -> u64 {
        self.text("screen").parse().unwrap_or(0).min(1 << 32)
    }

    /// A number of something, by one and by more of it. French has the singular up to one, English for one alone.
    fn count(&self, number: u64, one: Words, more: Words) -> String {
        let single = number == 1 || number == 0 && self.lang == Lang::Fr;
        let (fr, en) = if single { one } else { more };
        format!("{number} {}", self.tr(fr, en))
    }

    /// Whether the address names the language: then those of links do, too.
    fn is_chosen(&self) -> bool {
        self.parameters.contains_key("lang")
    }

    /// The same page in the other language.
    fn other(&self) -> String {
        let all = self.parameters.iter().filter(|(name, _)| *name != "lang");
        let mut all: Vec<(&str, &str)> = all
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        all.sort_unstable();
        all.push(("lang", self.tr("en", "fr")));
        form::address(&self.path, all)
    }

    /// The address of a page of ours, in the language that was chosen.
    fn address(&self, path: &str) -> String {
        let lang = self.tr("fr", "en");
        form::address(path, self.is_chosen().then_some(("lang", lang)))
    }

    fn page(&self, title: &str) -> Page {
        Page::new(self.lang, title, self.is_chosen(), &self.other())
    }
}

impl<S: Sync> FromRequestParts<S> for View {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers, &parts.uri))
    }
}

/// A page that is made on a thread that may wait for the disk.
async fn made(
    service: Arc<Service>,
    view: View,
    make: impl FnOnce(&Connection, &View) -> Result<Option<Page>, StoreError> + Send + 'static,
) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let made = service.store.read(|connection| make(connection, &view));
        (made, view)
    });
    let Ok((made, view)) = made.await else {
        return guarded(StatusCode::INTERNAL_SERVER_ERROR);
    };
    match made {
        Ok(Some(page)) => given(StatusCode::OK, page),
        Ok(None) => missing(&view),
        Err(error) => {
            let mut page = view.page(view.tr("Erreur", "Error"));
            page.paragraph(&error.to_string());
            given(StatusCode::INTERNAL_SERVER_ERROR, page)
        }
    }
}

fn missing(view: &View) -> Response {
    let mut page = view.page(view.tr("Introuvable", "Not found"));
    page.paragraph(view.tr(
        "Le bac à sable ne contient rien de ce nom.",
        "The sandbox holds nothing of this name.",
    ));
    given(StatusCode::NOT_FOUND, page)
}

fn given(status: StatusCode, page: Page) -> Response {
    let content_type = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    guarded((status, content_type, page.finish()))
}

/// Nothing is run, nothing is loaded from elsewhere, nothing is kept.
fn guarded(answer: impl IntoResponse) -> Response {
    const GUARDS: [(HeaderName, &str); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Not no-referrer, with which our own form would have the origin null, as a frame of another site has.
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let mut answer = answer.into_response();
    for (name, value) in GUARDS {
        let value = HeaderValue::from_static(value);
        answer.headers_mut().insert(name, value);
    }
    answer
}
