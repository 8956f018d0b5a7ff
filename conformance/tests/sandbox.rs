//! The common pieces of a sandbox, called over real TLS.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::routing::get;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use segur::sandbox::{OwnQuirks, PemPair, Pki, Quirks, Refusal, SandboxError, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;

/// Guards against a hang; nothing takes that long.
const PATIENT: Duration = Duration::from_secs(60);

struct Running {
    address: SocketAddr,
    refusals: Arc<Mutex<Vec<String>>>,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<()>,
}

async fn start(pki: &Pki, quirks: &[&str]) -> Running {
    let quirks = Arc::new(Quirks::parse(quirks.iter().copied(), OwnQuirks::default()).unwrap());
    let router = Router::new().route("/", get(async || "here"));
    let loopback = "127.0.0.1:0".parse().unwrap();
    let server = Server::bind(loopback, pki, router, quirks).await.unwrap();
    let refusals = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&refusals);
    let server = server.on_refusal(move |Refusal { cause, .. }| told.lock().unwrap().push(cause));
    let address = server.address().unwrap();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(server.serve(async { drop(stopped.await) }));
    Running {
        address,
        refusals,
        stop,
        ended,
    }
}

impl Running {
    /// So many refusals, once they are told: the client may know of its own before.
    async fn refusals(&self, count: usize) -> Vec<String> {
        let told = async {
            while self.refusals.lock().unwrap().len() < count {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let _ = tokio::time::timeout(PATIENT, told).await;
        self.refusals.lock().unwrap().clone()
    }

    async fn stop(self) -> Vec<String> {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap();
        self.refusals.lock().unwrap().clone()
    }
}

type Stream = tokio_rustls::client::TlsStream<tokio::net::TcpStream>;

async fn connect(
    address: SocketAddr,
    pki: &Pki,
    client: Option<&PemPair>,
) -> std::io::Result<Stream> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(pki.authority().as_bytes()).unwrap())
        .unwrap();
    let builder = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let config = match client {
        Some(pair) => builder
            .with_client_auth_cert(
                vec![CertificateDer::from_pem_slice(pair.certificate.as_bytes()).unwrap()],
                PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap(),
            )
            .unwrap(),
        None => builder.with_no_client_auth(),
    };
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from("localhost").unwrap();
    connector.connect(name, stream).await
}

/// One request; the answer as text, empty when the connection was cut.
async fn call(address: SocketAddr, pki: &Pki, client: Option<&PemPair>) -> String {
    let mut answer = Vec::new();
    // In TLS 1.3 the client learns of a refusal only with the first answer.
    if let Ok(mut stream) = connect(address, pki, client).await {
        let request = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        if stream.write_all(request).await.is_ok() {
            let _ = stream.read_to_end(&mut answer).await;
        }
    }
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_client_is_let_in_with_its_certificate_only() {
    let dir = tempfile::tempdir().unwrap();
    let pki = Pki::open(dir.path(), SystemTime::now()).unwrap();
    let running = start(&pki, &[]).await;
    let at = running.address;
    assert!(
        call(at, &pki, Some(pki.client()))
            .await
            .ends_with("\r\n\r\nhere")
    );
    for (number, (client, cause)) in [
        (Some(pki.expired()), "expired"),
        (Some(pki.stranger()), "unknownissuer"),
        (None, "no certificates"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(call(at, &pki, client).await, "");
        let refusals = running.refusals(number + 1).await;
        assert_eq!(refusals.len(), number + 1, "{refusals:?}");
        let refusal = refusals[number].to_lowercase();
        assert!(refusal.contains(cause), "{refusal}");
    }
    assert_eq!(running.stop().await.len(), 3);
}

#[tokio::test]
async fn quirks_hold_as_often_as_asked() {
    let dir = tempfile::tempdir().unwrap();
    let pki = Pki::open(dir.path(), SystemTime::now()).unwrap();
    let running = start(&pki, &["drop x1", "drop-after x1", "status=503 x1"]).await;
    let mut answers = Vec::new();
    for _ in 0..4 {
        answers.push(call(running.address, &pki, Some(pki.client())).await);
    }
    assert_eq!(answers[0], "", "cut before");
    assert!(answers[1].starts_with("HTTP/1.1 503 "), "{}", answers[1]);
    assert_eq!(answers[2], "", "cut after");
    assert!(answers[3].ends_with("here"));
    assert!(running.stop().await.is_empty());
}

/// It is closed as TLS wants it, and not cut when patience ends.
#[tokio::test]
async fn a_connection_that_waits_for_its_next_request_is_closed_at_the_stop() {
    let dir = tempfile::tempdir().unwrap();
    let pki = Pki::open(dir.path(), SystemTime::now()).unwrap();
    let running = start(&pki, &[]).await;
    let mut stream = connect(running.address, &pki, Some(pki.client()))
        .await
        .unwrap();
    let request = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"here") {
        assert!(stream.read_buf(&mut answer).await.unwrap() > 0);
    }
    running.stop.send(()).unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert_eq!(rest, b"");
    running.ended.await.unwrap();
}

#[tokio::test]
async fn a_stranger_that_says_nothing_does_not_hold_the_stop_up() {
    let dir = tempfile::tempdir().unwrap();
    let pki = Pki::open(dir.path(), SystemTime::now()).unwrap();
    let running = start(&pki, &[]).await;
    let silent = tokio::net::TcpStream::connect(running.address)
        .await
        .unwrap();
    // Who comes after the stranger is served: the stranger was let in.
    let answer = call(running.address, &pki, Some(pki.client())).await;
    assert!(answer.ends_with("here"));
    running.stop.send(()).unwrap();
    tokio::time::timeout(PATIENT, running.ended)
        .await
        .unwrap()
        .unwrap();
    drop(silent);
}

#[tokio::test]
async fn only_loopback_is_served() {
    let dir = tempfile::tempdir().unwrap();
    let pki = Pki::open(dir.path(), SystemTime::now()).unwrap();
    let everywhere = "0.0.0.0:0".parse().unwrap();
    let refused = Server::bind(everywhere, &pki, Router::new(), Arc::default()).await;
    assert!(matches!(refused, Err(SandboxError::NotLoopback(address)) if address == everywhere));
}

#[test]
fn certificates_are_kept_until_they_end() {
    let dir = tempfile::tempdir().unwrap();
    let now = SystemTime::now();
    let first = Pki::open(dir.path(), now).unwrap();
    let again = Pki::open(dir.path(), now).unwrap();
    assert_eq!(first.authority(), again.authority());
    assert_eq!(first.client().key, again.client().key);
    let a_year_later = now + Duration::from_secs(360 * 24 * 3600);
    assert_ne!(
        first.authority(),
        Pki::open(dir.path(), a_year_later).unwrap().authority()
    );
    assert!(!format!("{first:?}").contains("PRIVATE KEY"));
}
