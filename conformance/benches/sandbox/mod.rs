//! The sandbox as a process of its own, and a client of it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_soap::http::{ClientIdentity, HttpClient, HttpOptions, Trust};

/// `segur sandbox dmp`, ended with the program.
pub(crate) struct Sandbox {
    process: Child,
    url: String,
    pki: PathBuf,
}

impl Sandbox {
    pub(crate) fn start(folder: &Path) -> Self {
        let dir = folder.join("box");
        let mut command = Command::new(env!("CARGO_BIN_EXE_segur"));
        command.args(["sandbox", "dmp", "--stop-after", "600", "--dir"]);
        let mut process = command.arg(&dir).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut told = BufReader::new(process.stdout.take().unwrap());
        told.read_line(&mut line).unwrap();
        let (_, url) = line.trim().split_once("https://").unwrap();
        Self {
            process,
            url: format!("https://{url}"),
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
            endpoints: Endpoints::under(&self.url),
            ..Caller::default()
        };
        let client = DmpClient::new(caller, HttpClient::new(&options).unwrap());
        BlockingDmpClient::new(client).unwrap()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
