//! Our sandbox, as IHE has a registry, on a thread of its own; stopped when it is dropped.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use segur::sandbox::{Pki, Quirks, Server, dmp};
use segur_dmp_xds::Profile;
use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_soap::http::{ClientIdentity, HttpClient, HttpOptions, Trust};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

pub(crate) struct Sandbox {
    pki: Pki,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    runtime: Option<Runtime>,
}

impl Sandbox {
    pub(crate) fn start(folder: &Path) -> Self {
        let pki = Pki::open(folder, SystemTime::now()).unwrap();
        let quirks = Arc::new(Quirks::parse(["ihe"], dmp::QUIRKS).unwrap());
        let store = Arc::new(dmp::Store::open(folder).unwrap());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (stop, stopped) = oneshot::channel();
        let address = runtime.block_on(async {
            let loopback = "127.0.0.1:0".parse().unwrap();
            let router = dmp::router(Arc::clone(&quirks), store, dmp::Settings::default());
            let server = Server::bind(loopback, &pki, router, quirks).await.unwrap();
            let address = server.address().unwrap();
            tokio::spawn(server.serve(async { drop(stopped.await) }));
            address
        });
        Self {
            pki,
            address,
            stop: Some(stop),
            runtime: Some(runtime),
        }
    }

    /// Host, port and path above the two services.
    pub(crate) fn base(&self) -> String {
        format!("localhost:{}{}", self.address.port(), dmp::BASE)
    }

    pub(crate) fn pki(&self) -> &Path {
        self.pki.folder()
    }

    pub(crate) fn client(&self) -> BlockingDmpClient<HttpClient> {
        let pair = self.pki.client();
        let identity =
            ClientIdentity::from_pem(pair.certificate.as_bytes(), pair.key.as_bytes()).unwrap();
        let options = HttpOptions {
            trust: Trust::Only(self.pki.authority().as_bytes().to_vec()),
            identity: Some(identity),
            timeout: Duration::from_secs(60),
            ..HttpOptions::default()
        };
        let caller = Caller {
            endpoints: Endpoints::under(&format!("https://{}", self.base())),
            profile: Profile::IheStrict,
            ..Caller::default()
        };
        let http = HttpClient::new(&options).unwrap();
        BlockingDmpClient::new(DmpClient::new(caller, http)).unwrap()
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
