//! A router behind mutual TLS, on loopback, until it is told to stop.

use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use hyper::body::Body as _;
use hyper::service::Service as _;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::ending::{Ending, cut};
use super::wire::{Paced, Wire};
use super::{Pki, Quirks, SandboxError};

/// How long a client may take for the TLS handshake.
const HANDSHAKE: Duration = Duration::from_secs(30);
/// How long requests under way may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(5);
/// Time for a client that was refused to read why.
const LINGER: Duration = Duration::from_secs(10);
/// Connections served at once; others wait.
const CONNECTIONS: usize = 256;
/// How long the head of a request may take, and how long a connection may be idle between two requests.
const HEAD: Duration = Duration::from_secs(60);

/// Who calls: an extension of each request.
#[derive(Clone, Debug)]
pub struct Client {
    /// The certificate that the client proved to own, DER.
    pub certificate: Arc<[u8]>,
    /// Where the connection comes from.
    pub address: SocketAddr,
}

/// A connection that was not let in, with the cause that the server knows.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// Where it came from.
    pub address: SocketAddr,
    /// The cause, such as a certificate that is missing, expired or of another authority.
    pub cause: String,
}

/// A server of a sandbox.
pub struct Server {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    router: Router,
    quirks: Arc<Quirks>,
    refused: Arc<dyn Fn(Refusal) + Send + Sync>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.listener.local_addr().ok())
            .finish_non_exhaustive()
    }
}

impl Server {
    /// Listens on a loopback address; port 0 takes a free one. Clients must show a certificate of the
    /// sandbox's authority.
    ///
    /// # Errors
    /// When the address is not of loopback or is taken, or the certificates do not serve.
    pub async fn bind(
        address: SocketAddr,
        pki: &Pki,
        router: Router,
        quirks: Arc<Quirks>,
    ) -> Result<Self, SandboxError> {
        if !address.ip().is_loopback() {
            return Err(SandboxError::NotLoopback(address));
        }
        let config = tls(pki).map_err(|source| SandboxError::Tls {
            path: pki.folder().to_owned(),
            source,
        })?;
        let listener = TcpListener::bind(address)
            .await
            .map_err(|source| SandboxError::Bind { address, source })?;
        Ok(Self {
            listener,
            acceptor: TlsAcceptor::from(Arc::new(config)),
            router,
            quirks,
            refused: Arc::new(|_| ()),
        })
    }

    /// Told of each connection that is not let in.
    #[must_use]
    pub fn on_refusal(mut self, told: impl Fn(Refusal) + Send + Sync + 'static) -> Self {
        self.refused = Arc::new(told);
        self
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` is over, then lets the requests under way end, for five seconds at most.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut open = JoinSet::new();
        let (stopping, stopped) = watch::channel(());
        tokio::pin!(stop);
        loop {
            while open.try_join_next().is_some() {}
            let accepted = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (place, self.listener.accept().await)
            };
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = accepted => accepted,
            };
            let (Ok(place), Ok((stream, address))) = accepted else {
                // out of file handles, most likely: others must end first
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let connection = Connection {
                acceptor: self.acceptor.clone(),
                router: self.router.clone(),
                quirks: Arc::clone(&self.quirks),
                refused: Arc::clone(&self.refused),
                address,
            };
            let stopped = stopped.clone();
            open.spawn(async move {
                connection.serve(stream, stopped).await;
                drop(place);
            });
        }
        drop(self.listener);
        drop(stopping);
        let ended = async { while open.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(DRAIN, ended).await;
    }
}

struct Connection {
    acceptor: TlsAcceptor,
    router: Router,
    quirks: Arc<Quirks>,
    refused: Arc<dyn Fn(Refusal) + Send + Sync>,
    address: SocketAddr,
}

impl Connection {
    /// Ends with its last request once the server is told to stop: `stopped` is closed then.
    async fn serve(self, stream: TcpStream, mut stopped: watch::Receiver<()>) {
        let _ = stream.set_nodelay(true);
        let address = self.address;
        let accepted = self.acceptor.accept(stream).into_fallible();
        let stream = match tokio::time::timeout(HANDSHAKE, accepted).await {
            Ok(Ok(stream)) => stream,
            Ok(Err((error, stream))) => {
                let cause = error.to_string();
                (self.refused)(Refusal { address, cause });
                return linger(stream).await;
            }
            Err(_) => {
                let cause = format!("no TLS handshake within {} seconds", HANDSHAKE.as_secs());
                return (self.refused)(Refusal { address, cause });
            }
        };
        let certificates = stream.get_ref().1.peer_certificates();
        let certificate = certificates
            .and_then(|all| all.first())
            .map(|der| der.as_ref().into());
        let client = Client {
            certificate: certificate.unwrap_or_else(|| Arc::from([])),
            address,
        };
        let surplus = Arc::new(AtomicBool::new(false));
        let wire = Wire::new(stream, Arc::clone(&surplus));
        let service = |request| self.answer(request, client.clone(), &surplus);
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .serve_connection(TokioIo::new(wire), hyper::service::service_fn(service));
        tokio::pin!(connection);
        // Errors here are of this connection only, and the client knows them too.
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = stopped.changed() => connection.as_mut().graceful_shutdown(),
        }
        let _ = connection.await;
    }

    /// The router's answer with the quirks around it. An error cuts the connection: nothing more is sent.
    async fn answer(
        &self,
        mut request: Request<hyper::body::Incoming>,
        client: Client,
        surplus: &Arc<AtomicBool>,
    ) -> io::Result<Response<Body>> {
        let quirks = self.quirks.concern(request.uri().path());
        let quirks = quirks.then(|| self.quirks.common(None));
        if let Some(quirks) = &quirks {
            if let Some(latency) = quirks.latency() {
                tokio::time::sleep(latency).await;
            }
            if quirks.drops() {
                return Err(cut());
            }
            if let Some(status) = quirks.status() {
                read(Paced::new(request.into_body())).await?;
                return Ok(empty(status));
            }
        }
        request.extensions_mut().insert(client);
        let answer = TowerToHyperService::new(self.router.clone())
            .call(request.map(Paced::new))
            .await;
        let answer = answer.unwrap_or_else(|never| match never {});
        let own = answer.extensions().get::<Ending>().copied();
        match own.or_else(|| quirks.and_then(|quirks| quirks.ending())) {
            Some(ending) => ending.of(answer, surplus).await,
            None => Ok(answer),
        }
    }
}

/// Reads a request to its end: a connection that is closed while bytes of the client's wait is reset, and the answer may be lost.
async fn read(mut body: Paced<hyper::body::Incoming>) -> io::Result<()> {
    let mut body = Pin::new(&mut body);
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        frame?;
    }
    Ok(())
}

/// An answer of this status, with nothing in it.
pub(super) fn empty(status: u16) -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer
}

/// Lets the client read why it was refused: a connection that is closed while bytes of the client's wait is reset, and the alert lost.
async fn linger(mut stream: TcpStream) {
    let read = async {
        stream.shutdown().await?;
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await? > 0 {}
        io::Result::Ok(())
    };
    // The client is gone, or takes too long to go: nothing is left to do for it.
    let _ = tokio::time::timeout(LINGER, read).await;
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

fn tls(pki: &Pki) -> Result<rustls::ServerConfig, BoxError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut trusted = RootCertStore::empty();
    trusted.add(CertificateDer::from_pem_slice(pki.authority().as_bytes())?)?;
    let clients =
        WebPkiClientVerifier::builder_with_provider(trusted.into(), Arc::clone(&provider));
    let chain = vec![CertificateDer::from_pem_slice(
        pki.server().certificate.as_bytes(),
    )?];
    let key = PrivateKeyDer::from_pem_slice(pki.server().key.as_bytes())?;
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(clients.build()?)
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
