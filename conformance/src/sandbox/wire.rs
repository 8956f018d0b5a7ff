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
    /// The end of an answer, kept until its surplus goes with it.
    held: Vec<u8>,
}

impl<S> Wire<S> {
    /// `surplus`: whether bytes are to follow what is flushed next. They go out in one write with the end of the answer,
    /// so that a client has them before it asks anything else.
    pub(super) fn new(stream: S, surplus: Arc<AtomicBool>) -> Self {
        Self {
            stream,
            stalled: None,
            patience: STALL,
            surplus,
            held: Vec::new(),
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
        if self.surplus.load(Ordering::Acquire) {
            self.held.extend_from_slice(bytes);
            return Poll::Ready(Ok(bytes.len()));
        }
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, done)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.surplus.swap(false, Ordering::AcqRel) {
            self.held.extend_from_slice(SURPLUS);
        }
        while !self.held.is_empty() {
            let this = &mut *self;
            let done = Pin::new(&mut this.stream).poll_write(context, &this.held);
            let written = ready!(self.watch(context, done))?;
            self.held.drain(..written);
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

    /// A pipe that keeps what each write wrote.
    struct Kept(tokio::io::DuplexStream, Arc<std::sync::Mutex<Vec<Vec<u8>>>>);

    impl AsyncWrite for Kept {
        fn poll_write(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            let written = ready!(Pin::new(&mut self.0).poll_write(context, bytes))?;
            self.1.lock().unwrap().push(bytes[..written].to_vec());
            Poll::Ready(Ok(written))
        }

        fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
            Pin::new(&mut self.0).poll_flush(context)
        }

        fn poll_shutdown(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<io::Result<()>> {
            Pin::new(&mut self.0).poll_shutdown(context)
        }
    }

    #[test]
    fn a_surplus_goes_out_in_one_write_with_the_end_of_the_answer() {
        run(async {
            let (near, mut far) = tokio::io::duplex(1024);
            let surplus = Arc::new(AtomicBool::new(false));
            let writes = Arc::default();
            let kept = Kept(near, Arc::clone(&writes));
            let mut wire = Wire::new(kept, Arc::clone(&surplus));
            wire.write_all(b"begin, ").await.unwrap();
            surplus.store(true, Ordering::Release);
            wire.write_all(b"end").await.unwrap();
            wire.flush().await.unwrap();
            wire.flush().await.unwrap();
            wire.shutdown().await.unwrap();
            let mut all = Vec::new();
            far.read_to_end(&mut all).await.unwrap();
            assert_eq!(all, [b"begin, end", SURPLUS].concat());
            let writes = writes.lock().unwrap();
            assert_eq!(*writes, [b"begin, ".to_vec(), [b"end", SURPLUS].concat()]);
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
