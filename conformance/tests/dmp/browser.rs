//! A browser without a screen: one request over mutual TLS, the whole answer as text.

use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Runtime;

use super::Sandbox;

/// An answer of HTTP.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

pub(crate) fn get(sandbox: &Sandbox, path: &str) -> Answer {
    send(sandbox, &format!("GET {path} HTTP/1.1\r\n"), "")
}

/// Sends the form of the quirks; `extra` are further header lines.
pub(crate) fn post_quirks(sandbox: &Sandbox, extra: &str, form: &str) -> Answer {
    post_form(sandbox, "/quirks", extra, form)
}

pub(crate) fn post_form(sandbox: &Sandbox, path: &str, extra: &str, form: &str) -> Answer {
    let head = format!(
        "POST {path} HTTP/1.1\r\n{extra}content-length: {}\r\n",
        form.len()
    );
    send(sandbox, &head, form)
}

/// The head of a request that says how long it will be, and nothing of it.
pub(crate) fn post_declared(sandbox: &Sandbox, path: &str, length: u64) -> Answer {
    let head = format!("POST {path} HTTP/1.1\r\ncontent-length: {length}\r\n");
    send(sandbox, &head, "")
}

fn send(sandbox: &Sandbox, head: &str, body: &str) -> Answer {
    let request = format!("{head}host: localhost\r\nconnection: close\r\n\r\n{body}");
    let bytes = Runtime::new()
        .unwrap()
        .block_on(exchange(sandbox, &request));
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_ascii_lowercase(),
        body: bytes[end + 4..].to_vec(),
    }
}

async fn exchange(sandbox: &Sandbox, request: &str) -> Vec<u8> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    let authority = CertificateDer::from_pem_slice(sandbox.pki.authority().as_bytes()).unwrap();
    roots.add(authority).unwrap();
    let pair = sandbox.pki.client();
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_client_auth_cert(
            vec![CertificateDer::from_pem_slice(pair.certificate.as_bytes()).unwrap()],
            PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap(),
        )
        .unwrap();
    let stream = tokio::net::TcpStream::connect(sandbox.address);
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = connector
        .connect(name, stream.await.unwrap())
        .await
        .unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    answer
}
