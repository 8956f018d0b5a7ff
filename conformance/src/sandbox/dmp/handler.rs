//! The two addresses of the services: requests are read within bounds, answers are made on a thread that may wait for the disk.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use hyper::body::Body as _;
use tokio::sync::Semaphore;

use super::BASE;
use super::service::{Door, Reply, Service};
use crate::sandbox::server::empty;

/// Largest request to the registry: metadata of some ten thousand documents.
const MAX_METADATA: usize = 64 << 20;
/// Largest request to the repository: documents, too.
const MAX_DOCUMENTS: usize = 128 << 20;
/// Requests that are in memory at once; others wait.
const AT_ONCE: usize = 8;

#[derive(Clone)]
struct Doors {
    service: Arc<Service>,
    places: Arc<Semaphore>,
}

pub(super) fn routes(service: Arc<Service>) -> Router {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    Router::new()
        .route(&format!("{BASE}registry"), post(registry))
        .route(&format!("{BASE}repository"), post(repository))
        .with_state(Doors { service, places })
}

async fn registry(State(doors): State<Doors>, request: Request<Body>) -> Response {
    answer(doors, Door::Registry, MAX_METADATA, request).await
}

async fn repository(State(doors): State<Doors>, request: Request<Body>) -> Response {
    answer(doors, Door::Repository, MAX_DOCUMENTS, request).await
}

async fn answer(doors: Doors, door: Door, max: usize, request: Request<Body>) -> Response {
    let Ok(place) = doors.places.acquire_owned().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (head, body) = request.into_parts();
    let told = text(&head.headers, header::CONTENT_LENGTH).parse::<usize>();
    let body = match told {
        Ok(told) if told > max => Err(Unread::TooLarge),
        _ => whole(body, max).await,
    };
    let body = match body {
        Ok(body) => body,
        Err(unread) => return unread.answer(&doors.service, max),
    };
    let content_type = text(&head.headers, header::CONTENT_TYPE).to_owned();
    let service = doors.service;
    let answered = move || service.answer(door, &content_type, &body);
    let Ok(reply) = tokio::task::spawn_blocking(answered).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    drop(place);
    if let Some(wait) = reply.wait {
        tokio::time::sleep(wait).await;
    }
    sent(reply)
}

/// Why a request was not read.
enum Unread {
    TooLarge,
    NotWhole,
}

impl Unread {
    fn answer(self, service: &Service, max: usize) -> Response {
        let (status, why) = match self {
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("more than the {max} bytes that a request to this address may have"),
            ),
            Self::NotWhole => (
                StatusCode::REQUEST_TIMEOUT,
                "the request broke off, or did not come in time".to_owned(),
            ),
        };
        service.unread(status.as_u16(), &why);
        (status, why).into_response()
    }
}

/// The bytes of a request.
async fn whole(mut body: Body, max: usize) -> Result<Bytes, Unread> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Unread::NotWhole)?;
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        if bytes.len() + piece.len() > max {
            return Err(Unread::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}

fn sent(reply: Reply) -> Response {
    let mut answer = empty(reply.status);
    if let Some(message) = reply.message {
        let content_type = [(header::CONTENT_TYPE, message.content_type)];
        let status = answer.status();
        answer = (status, content_type, Bytes::from(message.body)).into_response();
    }
    if let Some(ending) = reply.ending {
        answer.extensions_mut().insert(ending);
    }
    answer
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}
