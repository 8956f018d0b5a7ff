//! A sandbox on a thread of its own, called over real mutual TLS; stopped when it is dropped.
#![allow(dead_code, reason = "no test uses all of it")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::Router;
use segur::sandbox::{OwnQuirks, PemPair, Pki, Quirks, Refusal, Server};
use segur_soap::http::{ClientIdentity, HttpOptions, Trust};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// Guards against a hang; nothing takes that long.
pub(crate) const PATIENT: Duration = Duration::from_secs(60);

pub(crate) struct Sandbox {
    pub(crate) pki: Pki,
    pub(crate) address: SocketAddr,
    pub(crate) quirks: Arc<Quirks>,
    /// Why clients were not let in.
    pub(crate) refusals: Arc<Mutex<Vec<String>>>,
    stop: Option<oneshot::Sender<()>>,
    runtime: Option<Runtime>,
}

impl Sandbox {
    /// Any service; `known` are its quirks.
    pub(crate) fn serve(
        folder: &Path,
        quirks: &[&str],
        known: OwnQuirks,
        router: impl FnOnce(Arc<Quirks>) -> Router,
    ) -> Self {
        let pki = Pki::open(folder, SystemTime::now()).unwrap();
        let quirks = Arc::new(Quirks::parse(quirks.iter().copied(), known).unwrap());
        let router = router(Arc::clone(&quirks));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (stop, stopped) = oneshot::channel();
        let refusals = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&refusals);
        let address = runtime.block_on(async {
            let loopback = "127.0.0.1:0".parse().unwrap();
            let server = Server::bind(loopback, &pki, router, Arc::clone(&quirks));
            let server = server.await.unwrap();
            let server =
                server.on_refusal(move |Refusal { cause, .. }| told.lock().unwrap().push(cause));
            let address = server.address().unwrap();
            tokio::spawn(server.serve(async { drop(stopped.await) }));
            address
        });
        Self {
            pki,
            address,
            quirks,
            refusals,
            stop: Some(stop),
            runtime: Some(runtime),
        }
    }
}

pub(crate) fn options(pki: &Pki, pair: &PemPair) -> HttpOptions {
    let identity =
        ClientIdentity::from_pem(pair.certificate.as_bytes(), pair.key.as_bytes()).unwrap();
    HttpOptions {
        trust: Trust::Only(pki.authority().as_bytes().to_vec()),
        identity: Some(identity),
        connect_timeout: PATIENT,
        timeout: PATIENT,
        ..HttpOptions::default()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(2));
        }
    }
}
