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
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::BASE;
use super::service::{Door, Reply, Service};
use crate::sandbox::server::empty;

/// Largest request to the registry: metadata of some ten thousand documents.
const MAX_METADATA: usize = 64 << 20;
/// Largest request to the repository: documents, too.
const MAX_DOCUMENTS: usize = 128 << 20;
/// What is read of a request before it needs a place among the large ones: little enough for as many as there are connections.
const SMALL: usize = 1 << 20;
/// Large requests that are in memory at once; other large ones wait, small ones do not: a client that sends slowly holds up none of them.
const LARGE_AT_ONCE: usize = 8;
/// Answers that are made at once; requests that are read wait for it.
const ANSWERS_AT_ONCE: usize = 8;

#[derive(Clone)]
struct Doors {
    service: Arc<Service>,
    large: Arc<Semaphore>,
    answers: Arc<Semaphore>,
}

pub(super) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route(&format!("{BASE}registry"), post(registry))
        .route(&format!("{BASE}repository"), post(repository))
        .with_state(Doors {
            service,
            large: Arc::new(Semaphore::new(LARGE_AT_ONCE)),
            answers: Arc::new(Semaphore::new(ANSWERS_AT_ONCE)),
        })
}

async fn registry(State(doors): State<Doors>, request: Request<Body>) -> Response {
    answer(doors, Door::Registry, MAX_METADATA, request).await
}

async fn repository(State(doors): State<Doors>, request: Request<Body>) -> Response {
    answer(doors, Door::Repository, MAX_DOCUMENTS, request).await
}

async fn answer(doors: Doors, door: Door, max: usize, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let told = text(&head.headers, header::CONTENT_LENGTH).parse::<usize>();
    let body = match told {
        Ok(told) if told > max => Err(Unread::TooLarge),
        _ => whole(body, max, &doors.large).await,
    };
    let (body, large) = match body {
        Ok(body) => body,
        Err(unread) => return unread.answer(&doors.service, max),
    };
    // Always after the place of a large one: nobody waits for the other with what the other waits for.
    let Ok(place) = doors.answers.acquire_owned().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let content_type = text(&head.headers, header::CONTENT_TYPE).to_owned();
    let service = doors.service;
    let answered = move || service.answer(door, &content_type, &body);
    let Ok(reply) = tokio::task::spawn_blocking(answered).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    drop((place, large));
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

/// The bytes of a request, and its place among the large ones when it is one.
async fn whole(
    mut body: Body,
    max: usize,
    large: &Arc<Semaphore>,
) -> Result<(Bytes, Option<OwnedSemaphorePermit>), Unread> {
    let mut bytes = Vec::new();
    let mut place = None;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Unread::NotWhole)?;
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        if bytes.len() + piece.len() > max {
            return Err(Unread::TooLarge);
        }
        if place.is_none() && bytes.len() + piece.len() > SMALL {
            let given = Arc::clone(large).acquire_owned().await;
            place = Some(given.map_err(|_| Unread::NotWhole)?);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok((bytes.into(), place))
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

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: usize = 2 * SMALL;

    async fn read(size: usize, large: &Arc<Semaphore>) -> Option<(usize, bool)> {
        let read = whole(Body::from(vec![0; size]), MAX, large).await.ok()?;
        Some((read.0.len(), read.1.is_some()))
    }

    #[test]
    fn a_large_request_alone_needs_a_place_to_be_read() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(async {
            let none = Arc::new(Semaphore::new(0));
            assert_eq!(read(SMALL, &none).await, Some((SMALL, false)));
            let one = Arc::new(Semaphore::new(1));
            let body = Body::from(vec![0; SMALL + 1]);
            let (bytes, place) = whole(body, MAX, &one).await.ok().unwrap();
            assert_eq!((bytes.len(), one.available_permits()), (SMALL + 1, 0));
            drop(place);
            assert_eq!(one.available_permits(), 1);
            assert_eq!(read(MAX, &one).await, Some((MAX, true)));
            assert_eq!(read(MAX + 1, &one).await, None);
            assert_eq!(one.available_permits(), 1);
        });
    }
}
