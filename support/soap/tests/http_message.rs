//! Messages held in memory, against a service of a few lines on the loopback interface.
#![cfg(feature = "http")]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use segur_soap::envelope::HttpMessage;
use segur_soap::http::{
    Blame, Blocking, ClientIdentity, HttpClient, HttpError, HttpOptions, IdentityError,
    StreamMessage, Transport as _,
};

fn ask() -> HttpMessage {
    HttpMessage {
        content_type: "text/xml".to_owned(),
        soap_action: None,
        body: b"<ask/>".to_vec(),
    }
}

fn client(options: &HttpOptions) -> Blocking<HttpClient> {
    Blocking::new(HttpClient::with_local_cleartext(options).unwrap()).unwrap()
}

/// Waits for a request and reads it to its end; whether there was one.
fn request(stream: &mut TcpStream) -> bool {
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let (mut all, mut byte) = (Vec::new(), [0]);
    while !all.ends_with(b"<ask/>") {
        match stream.read(&mut byte) {
            Ok(1) => all.push(byte[0]),
            _ => return false,
        }
    }
    true
}

fn whole(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Serves so many connections: to each request on one of them, what is told for it.
fn service(answers: Vec<Vec<String>>) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let mut open = Vec::new();
        for answers in answers {
            let (mut stream, _) = listener.accept().unwrap();
            for answer in answers {
                assert!(request(&mut stream));
                stream.write_all(answer.as_bytes()).unwrap();
            }
            open.push(stream);
        }
    });
    (url, served)
}

#[test]
fn a_proxy_of_the_environment_is_not_used() {
    const INSIDE: &str = "SEGUR_TEST_INSIDE";
    if std::env::var_os(INSIDE).is_none() {
        // The environment of this process is that of other tests, too.
        let own = std::env::current_exe().unwrap();
        let mut again = Command::new(own);
        for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            again.env(name, "http://127.0.0.1:1");
        }
        for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
            again.env_remove(name);
        }
        let again = again
            .args(["--exact", "a_proxy_of_the_environment_is_not_used"])
            .env(INSIDE, "1");
        let output = again.output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains("1 passed"), "{told}");
        return;
    }
    let (url, served) = service(vec![vec![whole("here")]]);
    let answer = client(&HttpOptions::default()).post(&url, &ask());
    assert_eq!(answer.unwrap().body, b"here");
    served.join().unwrap();
}

#[test]
fn a_client_may_be_dropped_anywhere_and_waits_for_no_reader() {
    struct Stuck(mpsc::Receiver<()>);
    impl Read for Stuck {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            Ok(0)
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let options = HttpOptions {
        stall_timeout: Duration::from_millis(200),
        ..HttpOptions::default()
    };
    let client = client(&options);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (release, waits) = mpsc::channel();
    let message = StreamMessage {
        content_type: "text/xml".to_owned(),
        soap_action: None,
        length: 6,
        body: Box::new(Stuck(waits)),
        progress: None,
    };
    let call = client.inner().post_stream(&url, message);
    assert_eq!(
        client.wait(None, call).unwrap().unwrap_err(),
        HttpError::Timeout
    );
    // The read is still under way: it ends with the test.
    runtime.block_on(async { drop(client) });
    drop(release);
}

#[test]
fn a_connection_that_does_not_come_is_no_message_sent() {
    // Connected, but TLS never answers.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let options = HttpOptions {
        connect_timeout: Duration::from_millis(200),
        ..HttpOptions::default()
    };
    let client = Blocking::new(HttpClient::new(&options).unwrap()).unwrap();
    let error = client.post(&url, &ask()).unwrap_err();
    assert!(matches!(error, HttpError::Connect { .. }), "{error:?}");
    assert!(error.was_not_sent());
}

#[test]
fn a_header_that_cannot_be_sent_is_not_taken_for_an_address() {
    let url = "http://127.0.0.1:1/";
    let client = client(&HttpOptions::default());
    for (content_type, soap_action) in [("text/xml\n", None), ("text/xml", Some("\"a\r\nX: b\""))] {
        let message = HttpMessage {
            content_type: content_type.to_owned(),
            soap_action: soap_action.map(str::to_owned),
            ..ask()
        };
        let error = client.post(url, &message).unwrap_err();
        assert_eq!(error, HttpError::Header);
        assert!(error.was_not_sent() && error.blame() == Blame::Caller);
    }
    let options = HttpOptions {
        user_agent: "a\nb".to_owned(),
        ..HttpOptions::default()
    };
    assert_eq!(HttpClient::new(&options).unwrap_err(), HttpError::Header);
}

#[test]
fn what_comes_behind_an_answer_is_not_the_next_answer() {
    for keep_connections in [true, false] {
        let options = HttpOptions {
            keep_connections,
            ..HttpOptions::default()
        };
        let client = client(&options);
        let surplus = whole("first") + &whole("of another call");
        let (url, served) = service(vec![vec![surplus], vec![whole("second")]]);
        for body in ["first", "second"] {
            assert_eq!(client.post(&url, &ask()).unwrap().body, body.as_bytes());
        }
        served.join().unwrap();
    }
}

#[test]
fn connections_are_kept_unless_told() {
    for (keep_connections, connections) in [
        (true, vec![vec![whole("1"), whole("2")]]),
        (false, vec![vec![whole("1")], vec![whole("2")]]),
    ] {
        let options = HttpOptions {
            keep_connections,
            timeout: Duration::from_secs(20),
            ..HttpOptions::default()
        };
        let client = client(&options);
        let (url, served) = service(connections);
        for body in ["1", "2"] {
            assert_eq!(client.post(&url, &ask()).unwrap().body, body.as_bytes());
        }
        served.join().unwrap();
    }
}

#[test]
fn an_answer_that_is_no_http_does_not_say_that_nothing_was_done() {
    let (url, served) = service(vec![vec!["</soap:Envelope>\r\n\r\n".to_owned()]]);
    let error = client(&HttpOptions::default())
        .post(&url, &ask())
        .unwrap_err();
    assert!(matches!(error, HttpError::Protocol { .. }), "{error:?}");
    assert!(!error.was_not_sent() && error.blame() == Blame::Remote);
    assert!(
        error
            .to_string()
            .contains("the service may have done its work")
    );
    served.join().unwrap();
}

#[test]
fn an_identity_is_a_certificate_with_its_key() {
    let pair = || {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(vec![]).unwrap();
        let certificate = certificate.self_signed(&key).unwrap();
        (certificate.pem(), key.serialize_pem())
    };
    let ((certificate, key), (_, other)) = (pair(), pair());
    let read = |certificate: &str, key: &str| {
        let identity = ClientIdentity::from_pem(certificate.as_bytes(), key.as_bytes());
        identity.map(|identity| format!("{identity:?}"))
    };
    let told = "ClientIdentity(1 certificates)".to_owned();
    assert_eq!(read(&certificate, &key), Ok(told));
    for (certificate, key, error) in [
        ("", key.as_str(), IdentityError::NoCertificate),
        (&certificate, "", IdentityError::NoKey),
        (&certificate, &certificate, IdentityError::NoKey),
        (&certificate, &other, IdentityError::Mismatch),
    ] {
        assert_eq!(read(certificate, key), Err(error));
    }
}
