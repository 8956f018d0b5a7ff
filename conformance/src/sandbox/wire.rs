//! The connection under HTTP: nobody holds it by reading nothing, and bytes may follow an answer on demand.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// How long a client may take none of the bytes of its answer.
const STALL: Duration = Duration::from_secs(30);
/// How long a client may send nothing of its request.
const IDLE: Duration = Duration::from_secs(30);
/// How long a request may take to come in.
const WHOLE: Duration = Duration::from_secs(180);
const SURPLUS: &[u8] = b"\r\nbytes that the length of the answer does not tell of\r\n";

/// A stream that gives a client up that takes nothing.
pub(super) struct Wire<S> {
    stream: S,
    stalled: Option<Pin<Box<Sleep>>>,
    patience: Duration,
    surplus: Arc<AtomicBool>,
    /// Bytes of the surplus that are written.
    written: usize,
}

impl<S> Wire<S> {
    /// `surplus`: whether bytes are to follow what is flushed next.
    pub(super) fn new(stream: S, surplus: Arc<AtomicBool>) -> Self {
        Self {
            stream,
            stalled: None,
            patience: STALL,
            surplus,
            written: 0,
        }
    }

    fn watch<T>(
        &mut self,
        context: &mut Context<'_>,
        done: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if done.is_ready() {
            self.stalled = None;
            return done;
        }
        let patience = self.patience;
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(patience)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(late("the client takes nothing of its answer")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, done)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.surplus.load(Ordering::Acquire) {
            let rest = SURPLUS.get(self.written..).unwrap_or_default();
            if rest.is_empty() {
                self.surplus.store(false, Ordering::Release);
                self.written = 0;
                break;
            }
            let done = Pin::new(&mut self.stream).poll_write(context, rest);
            let written = ready!(self.watch(context, done))?;
            self.written += written;
        }
        let done = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, done)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watch(context, done)
    }
}

/// The body of a request, given up when it does not come.
pub(super) struct Paced<B> {
    body: B,
    patience: Duration,
    idle: Pin<Box<Sleep>>,
    whole: Pin<Box<Sleep>>,
}

impl<B> Paced<B> {
    pub(super) fn new(body: B) -> Self {
        Self::within(body, IDLE, WHOLE)
    }

    fn within(body: B, idle: Duration, whole: Duration) -> Self {
        Self {
            body,
            patience: idle,
            idle: Box::pin(sleep(idle)),
            whole: Box::pin(sleep(whole)),
        }
    }
}

impl<B> HttpBody for Paced<B>
where
    B: HttpBody<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Unpin,
{
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.whole.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(late("the request takes too long"))));
        }
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(frame) => {
                let next = tokio::time::Instant::now() + self.patience;
                self.idle.as_mut().reset(next);
                Poll::Ready(frame.map(|frame| frame.map_err(io::Error::other)))
            }
            Poll::Pending => {
                ready!(self.idle.as_mut().poll(context));
                Poll::Ready(Some(Err(late("the client sends nothing of its request"))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn late(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, what)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    const SHORT: Duration = Duration::from_millis(30);

    fn run(test: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_time()
            .build();
        runtime.unwrap().block_on(test);
    }

    #[test]
    fn a_client_that_takes_nothing_is_given_up() {
        run(async {
            let (near, mut far) = tokio::io::duplex(16);
            let mut wire = Wire::new(near, Arc::default());
            wire.patience = SHORT;
            wire.write_all(b"sixteen bytes...").await.unwrap();
            let error = wire.write_all(b"more").await.unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
            far.read_exact(&mut [0; 16]).await.unwrap();
            wire.write_all(b"more").await.unwrap();
        });
    }

    #[test]
    fn a_surplus_follows_what_is_flushed() {
        run(async {
            let (near, mut far) = tokio::io::duplex(1024);
            let surplus = Arc::new(AtomicBool::new(false));
            let mut wire = Wire::new(near, Arc::clone(&surplus));
            wire.write_all(b"answer").await.unwrap();
            surplus.store(true, Ordering::Release);
            wire.flush().await.unwrap();
            wire.flush().await.unwrap();
            wire.shutdown().await.unwrap();
            let mut all = Vec::new();
            far.read_to_end(&mut all).await.unwrap();
            assert_eq!(all, [b"answer", SURPLUS].concat());
        });
    }

    /// Gives a piece now and then, without end.
    struct Dripping(Duration, Pin<Box<Sleep>>);

    impl HttpBody for Dripping {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
            ready!(self.1.as_mut().poll(context));
            let next = tokio::time::Instant::now() + self.0;
            self.1.as_mut().reset(next);
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"x")))))
        }
    }

    #[test]
    fn a_request_that_does_not_come_is_given_up() {
        run(async {
            let long = Duration::from_secs(60);
            for (pause, idle, whole, cause) in [
                (long, SHORT, long, "sends nothing"),
                (SHORT / 10, SHORT * 100, SHORT, "takes too long"),
            ] {
                let body = Dripping(pause, Box::pin(sleep(pause)));
                let body = axum::body::Body::new(Paced::within(body, idle, whole));
                let error = axum::body::to_bytes(body, usize::MAX).await.unwrap_err();
                let error = std::error::Error::source(&error).unwrap().to_string();
                assert!(error.contains(cause), "{error}");
            }
        });
    }
}
