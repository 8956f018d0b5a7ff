//! Bodies that are not held in memory, against a service of a few lines on the loopback interface.
#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{self, Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use segur_soap::http::{
    Blame, Blocking, CancelToken, HttpClient, HttpError, HttpOptions, Recorded, Replay,
    StreamAnswer, StreamMessage, Transport,
};

const LARGE: u64 = 3 << 20;
/// Time enough for what comes at once, on a machine that is busy.
const PATIENT: Duration = Duration::from_secs(60);
/// Times that are waited out. The first does unless this process is held up meanwhile; then the attempt counts for nothing.
const IMPATIENT: [Duration; 3] = [
    Duration::from_millis(500),
    Duration::from_secs(5),
    Duration::from_secs(50),
];

/// What a service received: the head, and the bytes of the body.
struct Received {
    head: String,
    body: u64,
}

/// Serves one connection, reads a request to its end or to the end of the connection, then does what it is told.
fn service(then: impl FnOnce(&mut TcpStream) + Send + 'static) -> (String, JoinHandle<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENT)).unwrap();
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1).unwrap();
        let length: u64 = length.split("\r\n").next().unwrap().parse().unwrap();
        let body = io::copy(&mut (&mut stream).take(length), &mut io::sink()).unwrap_or_default();
        then(&mut stream);
        Received { head, body }
    });
    (url, served)
}

fn client() -> Blocking<HttpClient> {
    client_with(PATIENT)
}

fn client_with(stall_timeout: Duration) -> Blocking<HttpClient> {
    let options = HttpOptions {
        connect_timeout: PATIENT,
        stall_timeout,
        ..HttpOptions::default()
    };
    Blocking::new(HttpClient::with_local_cleartext(&options).unwrap()).unwrap()
}

fn message(length: u64, body: impl Read + Send + 'static) -> StreamMessage {
    StreamMessage {
        content_type: "application/octet-stream".to_owned(),
        soap_action: None,
        length,
        body: Box::new(body),
        progress: None,
    }
}

fn large() -> StreamMessage {
    message(LARGE, io::repeat(b'x').take(LARGE))
}

fn post(
    client: &Blocking<HttpClient>,
    url: &str,
    message: StreamMessage,
) -> Result<StreamAnswer, HttpError> {
    let call = client.inner().post_stream(url, message);
    client.wait(None, call).unwrap()
}

fn rest(client: &Blocking<HttpClient>, mut answer: StreamAnswer) -> Result<u64, HttpError> {
    let mut length = 0;
    client
        .wait(None, async {
            while let Some(piece) = answer.next_piece().await? {
                assert!(!piece.is_empty());
                length += piece.len() as u64;
            }
            Ok(length)
        })
        .unwrap()
}

#[test]
fn a_body_is_sent_with_its_length_and_the_answer_comes_in_pieces() {
    let (url, served) = service(|stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {LARGE}\r\n\r\n"
        )
        .unwrap();
        io::copy(&mut io::repeat(b'y').take(LARGE), stream).unwrap();
    });
    let client = client();
    let (told, last) = (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new((0, 0))));
    let mut message = large();
    let (count, seen) = (Arc::clone(&told), Arc::clone(&last));
    message.progress = Some(Arc::new(move |sent, total| {
        count.fetch_add(1, Ordering::Relaxed);
        let mut last = seen.lock().unwrap();
        assert!(sent > last.0 && sent <= total);
        *last = (sent, total);
    }));
    let answer = post(&client, &url, message).unwrap();
    assert_eq!(
        (answer.status, answer.content_type.as_str()),
        (200, "text/plain")
    );
    assert_eq!(rest(&client, answer), Ok(LARGE));
    let received = served.join().unwrap();
    assert_eq!(received.body, LARGE);
    assert!(received.head.starts_with("post / http/1.1"));
    assert!(!received.head.contains("chunked"));
    assert!(told.load(Ordering::Relaxed) > 10);
    assert_eq!(*last.lock().unwrap(), (LARGE, LARGE));
}

#[test]
fn a_body_that_fails_or_has_another_length_is_never_seen_whole() {
    struct Broken(u64);
    impl Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(io::Error::other("card removed"));
            }
            let length = buffer.len().min(usize::try_from(self.0).unwrap());
            self.0 -= length as u64;
            Ok(length)
        }
    }
    let bodies: [(StreamMessage, &str); 3] = [
        (message(LARGE, Broken(LARGE - 10)), "card removed"),
        (
            message(LARGE, io::repeat(b'x').take(LARGE - 1)),
            "it is not as long as was told",
        ),
        (
            message(LARGE, io::repeat(b'x').take(LARGE + 1)),
            "it is not as long as was told",
        ),
    ];
    for (message, cause) in bodies {
        let (url, served) = service(|_| {});
        let error = post(&client(), &url, message).unwrap_err();
        let expected = HttpError::Source {
            cause: cause.to_owned(),
        };
        assert_eq!(error, expected);
        assert_eq!(error.blame(), Blame::Caller);
        assert!(error.was_not_sent());
        assert!(served.join().unwrap().body < LARGE);
    }
}

/// A service that has the whole request, sends `begin`, says so, and does no more until it is let go.
fn stuck(begin: &'static str) -> (String, mpsc::Receiver<()>, mpsc::Sender<()>) {
    let (tell, told) = mpsc::channel();
    let (let_go, held) = mpsc::channel::<()>();
    let (url, _) = service(move |stream| {
        // A client that gave up before hears neither.
        let _ = stream.write_all(begin.as_bytes());
        let _ = tell.send(());
        let _ = held.recv();
    });
    (url, told, let_go)
}

#[test]
fn a_body_told_to_be_empty_is_not_sent() {
    // It would look whole before it is known whether it is empty.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let error = post(&client(), &url, message(0, Cursor::new(b"x"))).unwrap_err();
    assert!(matches!(error, HttpError::Source { .. }), "{error:?}");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err());
}

#[test]
fn nothing_moving_ends_the_call_in_either_direction() {
    let whole = IMPATIENT.into_iter().any(|patience| {
        let (url, received, _held) = stuck("");
        let error = post(&client_with(patience), &url, large()).unwrap_err();
        assert_eq!(error, HttpError::Timeout);
        assert!(!error.was_not_sent());
        received.try_recv().is_ok()
    });
    assert!(whole, "the service never had the whole request");

    let begun = IMPATIENT.into_iter().any(|patience| {
        let (url, _told, _held) = stuck("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");
        let client = client_with(patience);
        match post(&client, &url, message(1, Cursor::new(b"x"))) {
            Ok(answer) => {
                assert_eq!(rest(&client, answer), Err(HttpError::Timeout));
                true
            }
            Err(error) => {
                assert_eq!(error, HttpError::Timeout);
                false
            }
        }
    });
    assert!(begun, "no answer ever began");
}

#[test]
fn an_answer_that_breaks_off_is_no_answer() {
    let (url, served) = service(|stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun"
        )
        .unwrap();
    });
    let client = client();
    let answer = post(&client, &url, message(1, Cursor::new(b"x"))).unwrap();
    let error = rest(&client, answer).unwrap_err();
    assert!(matches!(error, HttpError::Interrupted { .. }), "{error:?}");
    served.join().unwrap();
}

#[test]
fn a_cancelled_call_stops_reading_its_source() {
    /// Cancels the call that reads it once more was read than waits on this side: the service has the head. Tells when it is dropped.
    struct Endless {
        read: u64,
        cancel: CancelToken,
        dropped: mpsc::Sender<()>,
    }
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.read += buffer.len() as u64;
            if self.read > 16 << 20 {
                self.cancel.cancel();
            }
            Ok(buffer.len())
        }
    }
    impl Drop for Endless {
        fn drop(&mut self) {
            let _ = self.dropped.send(());
        }
    }
    let (url, served) = service(|_| {});
    let (client, cancel) = (client(), CancelToken::new());
    let (dropped, was_dropped) = mpsc::channel();
    let body = Endless {
        read: 0,
        cancel: cancel.clone(),
        dropped,
    };
    let call = client.inner().post_stream(&url, message(1 << 40, body));
    assert!(client.wait(Some(&cancel), call).is_none());
    assert!(served.join().unwrap().body < 1 << 40);
    was_dropped.recv_timeout(PATIENT).unwrap();
}

#[test]
fn a_transport_that_does_not_stream_holds_both_in_memory() {
    let answer = segur_soap::http::HttpAnswer {
        status: 200,
        content_type: "text/plain".to_owned(),
        body: b"answer".to_vec(),
    };
    let recorded = |holds: &str| Recorded {
        request_holds: holds.to_owned(),
        answer: Ok(answer.clone()),
    };
    let client = Blocking::new(Arc::new(Replay::new([recorded("abc")]))).unwrap();
    let send = |length, body: &'static [u8]| {
        let message = message(length, Cursor::new(body));
        let call = client
            .inner()
            .post_stream("https://service.example/", message);
        client.wait(None, call).unwrap()
    };
    let mut got = send(3, b"abc").unwrap();
    let piece = client.wait(None, got.next_piece()).unwrap();
    assert_eq!(piece.unwrap().as_deref(), Some(b"answer".as_slice()));
    assert_eq!(client.wait(None, got.next_piece()).unwrap(), Ok(None));
    for wrong in [2, 4] {
        assert!(matches!(send(wrong, b"abc"), Err(HttpError::Source { .. })));
    }
}
