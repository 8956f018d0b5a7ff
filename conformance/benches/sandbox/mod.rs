//! The sandbox as a process of its own, and a client of it.

#[path = "../../tests/common/process.rs"]
mod process;

use std::path::{Path, PathBuf};
use std::time::Duration;

use process::Process;
use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_soap::http::{ClientIdentity, HttpClient, HttpOptions, Trust};

/// `segur sandbox dmp`, ended with the program.
pub(crate) struct Sandbox {
    process: Process,
    pki: PathBuf,
}

impl Sandbox {
    pub(crate) fn start(folder: &Path) -> Self {
        let dir = folder.join("box");
        let process = Process::start(&dir, &[]);
        Self {
            process,
            pki: dir.join("pki"),
        }
    }

    pub(crate) fn client(&self) -> BlockingDmpClient<HttpClient> {
        let read = |name: &str| std::fs::read(self.pki.join(name)).unwrap();
        let identity = ClientIdentity::from_pem(&read("client.pem"), &read("client.key")).unwrap();
        let options = HttpOptions {
            trust: Trust::Only(read("ca.pem")),
            identity: Some(identity),
            timeout: Duration::from_secs(300),
            max_answer: 256 << 20,
            ..HttpOptions::default()
        };
        let caller = Caller {
            endpoints: Endpoints::under(&self.process.url),
            ..Caller::default()
        };
        let client = DmpClient::new(caller, HttpClient::new(&options).unwrap());
        BlockingDmpClient::new(client).unwrap()
    }
}
