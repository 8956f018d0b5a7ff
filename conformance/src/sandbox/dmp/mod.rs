//! A DMP of one's own: a registry and a repository that keep what they are given.
//!
//! | address | what |
//! |---|---|
//! | `/si-dmp-server/v2/services/registry` | ITI-18, every stored query of `segur-dmp-xds`; ITI-42; ITI-57: visibility, archiving, deletion |
//! | `/si-dmp-server/v2/services/repository` | ITI-41, with replacement; ITI-43 |
//! | `/` | a page that lists what it holds |
//!
//! Quirks of its own, beside those of every sandbox:
//!
//! | quirk | what happens |
//! |---|---|
//! | `hyphenated-action` | answers of ITI-57 with `…UpdateDocumentSet-Response`, as the DMP does |
//! | `multipart-faults` | faults come as multipart |
//! | `percent-encoded-ids` | Content-IDs that stand percent-encoded in the reference, as those of the DMP |
//! | `inline-documents` | ITI-43 answers in base64 instead of parts |
//! | `refuse=CODE` | the registry refuses, with this error code (`XDSRegistryBusy`) |
//! | `fault` | a fault of the receiver |
//! | `ihe` | a registry as IHE has it instead of a DMP: identifiers without French components, Approved and Deprecated change into each other |
//! | `unverified-inclusive-end` | the end of a period counts; nobody of ours has read whether it does |
//!
//! Not judged: assertions (any is taken, none too), and therefore rights: masked documents are shown to everybody.

mod accept;
mod change;
mod error;
mod find;
mod page;
mod select;
mod service;
mod store;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use super::Quirks;
use service::{Door, Service};
pub use store::Store;

/// Names of the quirks of this sandbox.
pub const QUIRKS: &[&str] = &[
    "hyphenated-action",
    "multipart-faults",
    "percent-encoded-ids",
    "inline-documents",
    "refuse",
    "fault",
    "unverified-inclusive-end",
    "ihe",
];
/// Under which address the two services stand, as those of the DMP. Source: ansforge/DRIM-M_DRIMbox.
pub const BASE: &str = "/si-dmp-server/v2/services/";
/// `repositoryUniqueId` of the DMP. Source: messages of the DMP vendor kit.
pub const REPOSITORY: &str = "1.2.250.1.213.4.1.1.1.2";
/// Largest request that is read.
const MAX: usize = 128 << 20;

/// The services and the page.
pub fn router(quirks: Arc<Quirks>, store: Arc<Store>) -> Router {
    let service = Arc::new(Service { quirks, store });
    Router::new()
        .route("/", get(list))
        .route(&format!("{BASE}registry"), post(registry))
        .route(&format!("{BASE}repository"), post(repository))
        .layer(DefaultBodyLimit::max(MAX))
        .with_state(service)
}

async fn list(State(service): State<Arc<Service>>) -> Html<String> {
    Html(page::page(&service.store.held()))
}

async fn registry(State(service): State<Arc<Service>>, head: HeaderMap, body: Bytes) -> Response {
    answer(service, Door::Registry, head, body).await
}

async fn repository(State(service): State<Arc<Service>>, head: HeaderMap, body: Bytes) -> Response {
    answer(service, Door::Repository, head, body).await
}

/// On a thread that may wait for the disk.
async fn answer(service: Arc<Service>, door: Door, head: HeaderMap, body: Bytes) -> Response {
    let content_type = head.get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    let answered = tokio::task::spawn_blocking(move || service.answer(door, &content_type, &body));
    match answered.await {
        Ok(Ok((status, message))) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let content_type = [(header::CONTENT_TYPE, message.content_type)];
            (status, content_type, message.body).into_response()
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
