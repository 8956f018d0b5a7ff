//! How an answer ends that does not end well.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Response, header};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// Longest silence; the connection is cut then.
const SILENCE: Duration = Duration::from_secs(600);
/// Time for what was written to leave before the connection is cut.
const LEAVE: Duration = Duration::from_millis(100);
/// Bytes of a piece of an endless answer.
const PIECE: usize = 64 << 10;
/// Largest answer that is cut in the middle.
const MAX: usize = 256 << 20;

/// An extension of an answer: the request was carried out, and the caller does not learn it as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ending {
    /// The connection is cut instead.
    Cut,
    /// The connection is cut in the middle of the answer.
    CutMidway,
    /// The answer never comes.
    Silent,
    /// Bytes follow that its length does not tell of.
    Surplus,
    /// It goes on for ever.
    Endless,
}

impl Ending {
    /// The answer as it goes out. An error cuts the connection: nothing more is sent. `surplus` is set when bytes are to follow.
    pub(super) async fn of(
        self,
        answer: Response<Body>,
        surplus: &Arc<AtomicBool>,
    ) -> io::Result<Response<Body>> {
        let (mut head, body) = answer.into_parts();
        let (after, body) = match self {
            Self::Cut => return Err(cut()),
            Self::Silent => {
                sleep(SILENCE).await;
                return Err(cut());
            }
            Self::CutMidway => {
                let whole = axum::body::to_bytes(body, MAX).await;
                let whole = whole.map_err(io::Error::other)?;
                let told = whole.len() as u64;
                let half = whole.slice(..whole.len() / 2);
                (After::Cut(told), Body::from(half))
            }
            Self::Endless => {
                head.headers.remove(header::CONTENT_LENGTH);
                (After::Endless, body)
            }
            Self::Surplus => (After::Surplus(Arc::clone(surplus)), body),
        };
        let body = Body::new(Continued {
            body,
            after,
            leaving: None,
        });
        Ok(Response::from_parts(head, body))
    }
}

pub(super) fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "cut on demand")
}

/// What comes after a body.
enum After {
    /// The connection is cut; so many bytes were told.
    Cut(u64),
    Endless,
    Surplus(Arc<AtomicBool>),
}

struct Continued {
    body: Body,
    after: After,
    leaving: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for Continued {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.leaving.is_none() {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            if let After::Surplus(flag) = &self.after
                && (frame.is_none() || self.body.is_end_stream())
            {
                flag.store(true, Ordering::Release);
            }
            if let Some(frame) = frame {
                return Poll::Ready(Some(frame.map_err(io::Error::other)));
            }
        }
        match self.after {
            After::Surplus(_) => Poll::Ready(None),
            After::Endless => Poll::Ready(Some(Ok(Frame::data(vec![b' '; PIECE].into())))),
            After::Cut(_) => {
                let leaving = self.leaving.get_or_insert_with(|| Box::pin(sleep(LEAVE)));
                ready!(leaving.as_mut().poll(context));
                Poll::Ready(Some(Err(cut())))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self.after {
            After::Cut(told) => SizeHint::with_exact(told),
            After::Endless => SizeHint::default(),
            After::Surplus(_) => self.body.size_hint(),
        }
    }
}
