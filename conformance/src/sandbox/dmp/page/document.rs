//! The bytes of a document: to be saved, or as text within a page.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::Response;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{Shared, View, guarded, made, missing};
use crate::sandbox::dmp::retrieve::mime_type;
use crate::sandbox::dmp::service::Service;
use crate::sandbox::dmp::store::{Gathered, StoreError, content};

/// Bytes that are shown as text.
const SHOWN: usize = 256 << 10;

/// Where a document stands, if it is there and not deleted.
fn find(connection: &Connection, id: &str) -> Result<Option<(i64, usize)>, StoreError> {
    match mime_type(&Gathered::by_unique_id(connection, id)?) {
        Some(_) => content::find(connection, id),
        None => Ok(None),
    }
}

/// Plain text, whatever it is: a browser runs nothing of it.
pub(super) async fn show(State(service): Shared, view: View) -> Response {
    made(service, view, |connection, view| {
        let id = view.text("id");
        let Some((row, size)) = find(connection, id)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        content::pieces(connection, row, |piece| {
            bytes.extend_from_slice(piece);
            bytes.len() < SHOWN
        })?;
        bytes.truncate(SHOWN);
        let mut page = view.page(id);
        if size > SHOWN {
            let first = view.tr("Le début seulement", "The beginning only");
            page.paragraph(&format!("{first}: {SHOWN} / {size}"));
        }
        page.text(&String::from_utf8_lossy(&bytes));
        Ok(Some(page))
    })
    .await
}

/// The bytes as they are, in a type that a browser saves and does not open.
pub(super) async fn save(State(service): Shared, view: View) -> Response {
    let id = view.text("id").to_owned();
    let (found, size) = oneshot::channel();
    let (pieces, taken) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || read(&service, &id, found, &pieces));
    let Ok(size) = size.await else {
        return missing(&view);
    };
    let body = Body::new(Pieces {
        taken,
        left: size as u64,
    });
    guarded((
        StatusCode::OK,
        [
            (header::CONTENT_TYPE, "application/octet-stream"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"document.bin\"",
            ),
        ],
        body,
    ))
}

type Piece = io::Result<Bytes>;

/// Tells the size, then the bytes; nothing when there is no such document.
fn read(
    service: &Arc<Service>,
    id: &str,
    found: oneshot::Sender<usize>,
    pieces: &mpsc::Sender<Piece>,
) {
    let done = service.store.read(|connection| {
        let Some((row, size)) = find(connection, id)? else {
            return Ok(());
        };
        if found.send(size).is_err() {
            return Ok(());
        }
        content::pieces(connection, row, |piece| {
            let piece = Bytes::copy_from_slice(piece);
            pieces.blocking_send(Ok(piece)).is_ok()
        })
    });
    if let Err(error) = done {
        // Whoever waits for more learns that it is not whole.
        let _ = pieces.blocking_send(Err(io::Error::other(error)));
    }
}

/// A document as it is read.
struct Pieces {
    taken: mpsc::Receiver<Piece>,
    left: u64,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = self.taken.poll_recv(context);
        if let Poll::Ready(Some(Ok(piece))) = &piece {
            self.left = self.left.saturating_sub(piece.len() as u64);
        }
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
