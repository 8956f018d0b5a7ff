//! The Java side: started, and stopped whatever happens.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};

use segur::sandbox::Pki;
use segur_dmp_xds::Profile;
use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_dmp_xds::transaction::Transaction;
use segur_soap::http::{HttpClient, HttpOptions, Trust};

/// The class path of the Java side, or why the test does not run.
pub(crate) fn class_path() -> Option<String> {
    let path = std::env::var("SEGUR_IPF_CLASSPATH").ok();
    if path.is_none() {
        println!("not here: the exchange with IPF is started by dmp-xds/peers/ipf/run");
    }
    path
}

/// A run of the Java program.
pub(crate) fn java(class_path: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("java");
    command
        .args(["-Xmx512m", "-cp", class_path, "segur.peer.Main"])
        .args(arguments);
    command
}

/// IPF's registry and repository. It ends with its standard input, and is killed if it does not.
pub(crate) struct Server {
    child: Child,
    input: Option<ChildStdin>,
    port: u16,
}

impl Server {
    pub(crate) fn start(class_path: &str) -> Self {
        let mut child = java(class_path, &["server"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut server = Self {
            child,
            input,
            port: 0,
        };
        for line in output.lines() {
            if let Some(port) = line.unwrap().strip_prefix("port ") {
                server.port = port.parse().unwrap();
                return server;
            }
        }
        panic!("IPF's server did not start");
    }

    /// Each transaction has its own address.
    pub(crate) fn endpoints(&self) -> Endpoints {
        let of = |name: &str| format!("http://127.0.0.1:{}/xds-{name}", self.port);
        Endpoints {
            registry: of("iti18"),
            repository: of("iti41"),
            apart: vec![
                (Transaction::Register, of("iti42")),
                (Transaction::MultiPatientQuery, of("iti51")),
                (Transaction::Retrieve, of("iti43")),
                (Transaction::Update, of("iti57")),
            ],
            ..Endpoints::default()
        }
    }

    /// Our client of it, in the strict spelling.
    pub(crate) fn client(&self) -> BlockingDmpClient<HttpClient> {
        let caller = Caller {
            endpoints: self.endpoints(),
            profile: Profile::IheStrict,
            ..Caller::default()
        };
        // Not used without TLS, but a client is not made without authorities on a machine that has none.
        let folder = tempfile::tempdir().unwrap();
        let pki = Pki::open(folder.path(), std::time::SystemTime::now()).unwrap();
        let options = HttpOptions {
            trust: Trust::Only(pki.authority().as_bytes().to_vec()),
            ..HttpOptions::default()
        };
        let http = HttpClient::with_local_cleartext(&options).unwrap();
        BlockingDmpClient::new(DmpClient::new(caller, http)).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        for _ in 0..50 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
