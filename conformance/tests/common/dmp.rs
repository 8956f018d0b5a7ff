//! The registry and the repository of the DMP in a sandbox, and clients of the DMP.

use std::path::Path;
use std::sync::Arc;

use segur::sandbox::{PemPair, dmp};
use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_soap::http::HttpClient;

use super::sandbox::{Sandbox, options};

pub(crate) type Client = BlockingDmpClient<HttpClient>;

impl Sandbox {
    /// The registry and the repository.
    pub(crate) fn dmp(folder: &Path, quirks: &[&str], settings: dmp::Settings) -> Self {
        let store = Arc::new(dmp::Store::open(folder).unwrap());
        let records = Arc::new(dmp::Records::open(folder).unwrap());
        let router = |quirks| dmp::router(quirks, store, records, settings);
        Self::serve(folder, quirks, dmp::QUIRKS, router)
    }

    /// Host, port and path above the services of the DMP.
    pub(crate) fn base(&self) -> String {
        format!("localhost:{}{}", self.address.port(), dmp::BASE)
    }

    pub(crate) fn caller(&self) -> Caller {
        Caller {
            endpoints: Endpoints::under(&format!("https://{}", self.base())),
            ..Caller::default()
        }
    }

    pub(crate) fn client(&self) -> Client {
        self.client_of(self.caller(), self.pki.client())
    }

    pub(crate) fn client_of(&self, caller: Caller, pair: &PemPair) -> Client {
        let http = HttpClient::new(&options(&self.pki, pair)).unwrap();
        BlockingDmpClient::new(DmpClient::new(caller, http)).unwrap()
    }
}
