//! A body on its way out, and the watch over calls that stream.

use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

use super::stream::OTHER_LENGTH;
use super::{Progress, StreamMessage};

/// Bytes read at once.
const PIECE: usize = 64 << 10;
/// Pieces that wait to be sent.
const WAITING: usize = 2;

/// What both sides of a call that streams know of it.
#[derive(Debug)]
pub(super) struct Watch {
    moved: Mutex<Instant>,
    failed: Mutex<Option<String>>,
}

impl Watch {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            moved: Mutex::new(Instant::now()),
            failed: Mutex::new(None),
        })
    }

    /// Bytes went over the wire.
    pub(super) fn moved(&self) {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Why the body of the request could not be read.
    pub(super) fn failure(&self) -> Option<String> {
        let failed = self.failed.lock();
        failed.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn fail(&self, cause: String) -> io::Error {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        *failed = Some(cause.clone());
        io::Error::other(cause)
    }

    /// Ends when nothing moved for this long.
    pub(super) async fn stalled(&self, allowed: Duration) {
        loop {
            let moved = *self.moved.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(left) = allowed.checked_sub(moved.elapsed()) else {
                return;
            };
            tokio::time::sleep(left + Duration::from_millis(1)).await;
        }
    }
}

/// The body of a request: pieces come from the thread that reads it.
pub(super) struct Sending {
    pieces: mpsc::Receiver<io::Result<Vec<u8>>>,
    total: u64,
    /// Bytes still to be read from the source.
    unread: u64,
    /// Bytes still to be sent.
    left: u64,
    /// The piece read last: sent once it is known whether something follows it, so that a body that is too long never looks whole.
    held: Vec<u8>,
    progress: Option<Progress>,
    watch: Arc<Watch>,
}

impl Sending {
    /// Begins to read. Within a runtime only.
    pub(super) fn start(message: StreamMessage, watch: Arc<Watch>) -> Self {
        let (sender, pieces) = mpsc::channel(WAITING);
        let mut body = message.body;
        tokio::task::spawn_blocking(move || {
            loop {
                let piece = read_piece(&mut body);
                let last = !matches!(&piece, Ok(piece) if !piece.is_empty());
                // An error here: the call was given up.
                if sender.blocking_send(piece).is_err() || last {
                    return;
                }
            }
        });
        Self {
            pieces,
            total: message.length,
            unread: message.length,
            left: message.length,
            held: Vec::new(),
            progress: message.progress,
            watch,
        }
    }
}

impl Sending {
    fn sent(&mut self, piece: Vec<u8>) -> Frame<Bytes> {
        self.left = self.left.saturating_sub(piece.len() as u64);
        self.watch.moved();
        if let Some(progress) = &self.progress {
            progress(self.total - self.left, self.total);
        }
        Frame::data(piece.into())
    }
}

/// A full piece; a shorter one at the end, then an empty one.
fn read_piece(body: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE);
    body.take(PIECE as u64).read_to_end(&mut piece)?;
    Ok(piece)
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        loop {
            let Poll::Ready(read) = self.pieces.poll_recv(context) else {
                return Poll::Pending;
            };
            let read = match read {
                Some(Ok(read)) => read,
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(self.watch.fail(error.to_string()))));
                }
                None => Vec::new(),
            };
            match self.unread.checked_sub(read.len() as u64) {
                Some(unread) if unread == 0 || !read.is_empty() => self.unread = unread,
                _ => return Poll::Ready(Some(Err(self.watch.fail(OTHER_LENGTH.to_owned())))),
            }
            let ended = read.is_empty();
            let piece = std::mem::replace(&mut self.held, read);
            match (piece.is_empty(), ended) {
                (true, true) => return Poll::Ready(None),
                (true, false) => {}
                (false, _) => return Poll::Ready(Some(Ok(self.sent(piece)))),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
