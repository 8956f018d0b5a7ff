//! The HTTP client and the client of INSi against the sandbox, over real mutual TLS.
#![cfg(feature = "sandbox")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "common/sandbox.rs"]
mod sandbox;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;
use sandbox::{PATIENT, Sandbox, options};
use segur::sandbox::{PemPair, insi};
use segur_core::{BirthDate, Traits};
use segur_ins::insi::client::{
    AssertionSource, Assertions, BlockingInsiClient, Caller, ClientError, Identification,
    InsiClient, NoAssertion,
};
use segur_ins::insi::{
    Decision, Endpoints, RefusalCause, RetryCause, Settings, Software, Uuid, Warning,
};
use segur_soap::envelope::{Envelope, HttpMessage, SoapVersion};
use segur_soap::http::{
    Blame, Blocking, CancelToken, ClientIdentity, HttpClient, HttpError, HttpOptions, KeySigner,
    Proxy, SignScheme, SigningFailed, Transport, Trust,
};

impl Sandbox {
    fn start(quirks: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::serve(folder.path(), quirks, insi::QUIRKS, insi::router)
    }

    /// Until every quirk is used up: the requests that it is for have come in.
    fn wait_for_quirks(&self) {
        until(|| self.quirks.list().iter().all(|one| one.ends_with(" x0")));
    }

    fn url(&self) -> String {
        format!("https://localhost:{}/lps", self.address.port())
    }

    fn options(&self, client: Option<&PemPair>) -> HttpOptions {
        let identified = options(&self.pki, self.pki.client());
        HttpOptions {
            identity: client.and_then(|pair| options(&self.pki, pair).identity),
            ..identified
        }
    }

    fn http(&self) -> Blocking<HttpClient> {
        let options = self.options(Some(self.pki.client()));
        Blocking::new(HttpClient::new(&options).unwrap()).unwrap()
    }

    fn caller(&self) -> Caller {
        let endpoint = self.url();
        Caller {
            software: Software {
                authorisation: "NUM-AUTORISATION".into(),
                version: "1.0".into(),
                installation: Uuid::from_random([1; 16]),
                name: "urn:lps:demo:1.0".into(),
            },
            identification: Identification::MutualTls {
                emitter: "10B0152872".into(),
            },
            endpoints: Endpoints {
                assertion: endpoint.clone(),
                mutual_tls: endpoint,
            },
            settings: Settings::default(),
        }
    }

    fn client(&self) -> BlockingInsiClient<HttpClient> {
        self.client_of(self.caller())
    }

    fn client_of(&self, caller: Caller) -> BlockingInsiClient<HttpClient> {
        let http = HttpClient::new(&self.options(Some(self.pki.client()))).unwrap();
        BlockingInsiClient::new(InsiClient::new(caller, http)).unwrap()
    }
}

fn until(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < PATIENT, "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn person(name: &str, given: &str, list: &str, sex: &str, date: &str) -> Traits {
    Traits {
        birth_name: name.parse().unwrap(),
        first_given_name: given.parse().unwrap(),
        given_names: (!list.is_empty()).then(|| list.parse().unwrap()),
        sex: sex.parse().unwrap(),
        birth_date: BirthDate::parse(date).unwrap(),
        birth_place: None,
    }
}

fn dominique() -> Traits {
    person("ADRTROIS", "DOMINIQUE", "", "F", "1997-02-26")
}

fn ask() -> HttpMessage {
    let body = r#"<q:Ask xmlns:q="urn:example"/>"#;
    Envelope::new(SoapVersion::V1_2, body).write().unwrap()
}

fn refused(sandbox: &Sandbox, options: &HttpOptions) -> HttpError {
    let client = Blocking::new(HttpClient::new(options).unwrap()).unwrap();
    client.post(&sandbox.url(), &ask()).unwrap_err()
}

// req: SC.INS/va1.14
#[test]
fn a_certificate_that_is_expired_of_a_stranger_or_missing_is_refused_for_its_reason() {
    let sandbox = Sandbox::start(&[]);
    // A reset may overtake the alert (README of segur-soap): then the connection is only cut.
    let reason = |client: Option<&PemPair>| {
        let mut tries = (0..5).map(|_| refused(&sandbox, &sandbox.options(client)));
        let told = tries.find(|error| !matches!(error, HttpError::Interrupted { .. }));
        match told {
            Some(HttpError::ClientCertificate { reason }) => reason,
            other => panic!("{other:?}"),
        }
    };
    assert!(reason(Some(sandbox.pki.expired())).contains("expired"));
    assert!(reason(Some(sandbox.pki.stranger())).contains("authority"));
    assert!(reason(None).contains("none was given"));
    // The server tells its side when it comes to it, not before the client knows.
    let told = || sandbox.refusals.lock().unwrap().join("\n").to_lowercase();
    for cause in ["expired", "unknownissuer", "no certificates"] {
        until(|| told().contains(cause));
    }
}

#[test]
fn a_service_of_another_authority_or_another_host_is_refused() {
    let sandbox = Sandbox::start(&[]);
    let other = Sandbox::start(&[]);
    let mut options = sandbox.options(Some(sandbox.pki.client()));
    options.trust = Trust::Only(other.pki.authority().as_bytes().to_vec());
    let error = refused(&sandbox, &options);
    assert!(
        matches!(&error, HttpError::ServerCertificate { reason } if reason.contains("authority")),
        "{error:?}"
    );
    assert_eq!(error.blame(), Blame::Remote);
    options.trust = Trust::Only(b"no certificate".to_vec());
    assert!(HttpClient::new(&options).is_err());
    // A bundle of which one is damaged is not taken without it.
    let damaged = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    options.trust = Trust::Only([sandbox.pki.authority(), damaged].concat().into_bytes());
    let error = HttpClient::new(&options).unwrap_err();
    assert!(error.to_string().contains("authority 2"), "{error}");
}

/// A proxy for one call: gives what it was asked for, and leads to the sandbox.
fn proxy(target: std::net::SocketAddr) -> (String, std::thread::JoinHandle<String>) {
    use std::io::{Read as _, Write as _, copy};
    use std::net::{Shutdown, TcpListener, TcpStream};
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let mut server = TcpStream::connect(target).unwrap();
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        let up = std::thread::spawn(move || {
            let _ = copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
        let _ = copy(&mut server, &mut client);
        let _ = client.shutdown(Shutdown::Both);
        up.join().unwrap();
        String::from_utf8(head).unwrap()
    });
    (url, served)
}

#[test]
fn a_proxy_is_asked_for_a_tunnel_to_other_machines_alone() {
    let sandbox = Sandbox::start(&[]);
    let (url, served) = proxy(sandbox.address);
    let mut options = sandbox.options(Some(sandbox.pki.client()));
    let login = "secret".to_owned().into();
    options.proxy = Some(Proxy::new(&url).unwrap().with_login("lgc", login));
    assert!(!format!("{options:?}").contains("secret"));
    let http = Blocking::new(HttpClient::new(&options).unwrap()).unwrap();
    // This machine is called directly.
    assert_eq!(http.post(&sandbox.url(), &ask()).unwrap().status, 500);
    // The service behind the tunnel is the sandbox, which has no certificate of this name.
    let error = http.post("https://insi.example/lps", &ask()).unwrap_err();
    assert!(
        matches!(&error, HttpError::ServerCertificate { reason } if reason.contains("another host")),
        "{error:?}"
    );
    drop(http);
    let asked = served.join().unwrap();
    assert!(
        asked.starts_with("CONNECT insi.example:443 HTTP/1.1\r\n"),
        "{asked}"
    );
    let login = "proxy-authorization: basic bgdjonnly3jlda==";
    assert!(asked.to_lowercase().contains(login), "{asked}");
}

#[test]
fn addresses_that_are_not_safe_are_not_called() {
    let sandbox = Sandbox::start(&[]);
    let http = sandbox.http();
    for url in [
        "http://localhost:1/",
        "ftp://localhost/",
        "localhost",
        "https://",
        "",
    ] {
        let error = http.post(url, &ask()).unwrap_err();
        assert_eq!(error, HttpError::Address, "{url}");
        assert!(error.was_not_sent());
    }
    // The port of a client: it is taken, and nobody listens there.
    let client = std::net::TcpStream::connect(sandbox.address).unwrap();
    let nobody = format!("https://{}/", client.local_addr().unwrap());
    let closed = http.post(&nobody, &ask()).unwrap_err();
    assert!(matches!(closed, HttpError::Connect { .. }), "{closed:?}");
    assert!(closed.was_not_sent() && closed.blame() == Blame::Transport);
}

#[test]
fn without_tls_this_machine_only_is_called_and_only_when_asked() {
    use std::io::{Read as _, Write as _};

    let sandbox = Sandbox::start(&[]);
    let client = HttpClient::with_local_cleartext(&sandbox.options(None)).unwrap();
    let client = Blocking::new(client).unwrap();
    for url in [
        "http://example.org/",
        "http://127.0.0.1.example.org/",
        "http://[::2]/",
    ] {
        assert_eq!(client.post(url, &ask()), Err(HttpError::Address), "{url}");
    }
    let proxy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", proxy.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = proxy.accept().unwrap();
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nhere";
        stream.write_all(answer).unwrap();
        // What is closed before everything was read is reset, and the answer may be lost.
        stream.set_read_timeout(Some(PATIENT)).unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    assert_eq!(client.post(&url, &ask()).unwrap().body, b"here");
    served.join().unwrap();
}

#[test]
fn time_outs_cuts_and_cancellation_are_told_apart() {
    let sandbox = Sandbox::start(&["latency=600s"]);
    let mut options = sandbox.options(Some(sandbox.pki.client()));
    options.timeout = Duration::from_millis(300);
    assert_eq!(refused(&sandbox, &options), HttpError::Timeout);

    let sandbox = Sandbox::start(&["latency=600s x1"]);
    let http = sandbox.http();
    let token = CancelToken::new();
    let other = token.clone();
    let url = sandbox.url();
    let waiting = std::thread::spawn(move || http.post_until(&other, &url, &ask()));
    sandbox.wait_for_quirks();
    token.cancel();
    assert_eq!(waiting.join().unwrap(), Err(HttpError::Cancelled));

    let sandbox = Sandbox::start(&["drop"]);
    let cut = sandbox.http().post(&sandbox.url(), &ask()).unwrap_err();
    assert!(matches!(cut, HttpError::Interrupted { .. }), "{cut:?}");
    assert!(!cut.was_not_sent());
}

#[test]
fn an_answer_that_is_too_large_is_refused() {
    let sandbox = Sandbox::start(&[]);
    let mut options = sandbox.options(Some(sandbox.pki.client()));
    options.max_answer = 100;
    let error = refused(&sandbox, &options);
    assert_eq!(error, HttpError::TooLarge { limit: 100 });
}

/// A key that is asked from outside, as a card is.
struct Card {
    key: Arc<dyn rustls::sign::SigningKey>,
    removed: bool,
}

impl KeySigner for Card {
    fn schemes(&self) -> Vec<SignScheme> {
        match self.key.algorithm() {
            rustls::SignatureAlgorithm::RSA => vec![SignScheme::RsaPssSha256],
            _ => vec![SignScheme::EcdsaP256Sha256],
        }
    }

    fn sign(&self, scheme: SignScheme, message: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        assert_eq!(vec![scheme], self.schemes());
        let scheme = [match scheme {
            SignScheme::RsaPssSha256 => rustls::SignatureScheme::RSA_PSS_SHA256,
            _ => rustls::SignatureScheme::ECDSA_NISTP256_SHA256,
        }];
        let signer = self.key.choose_scheme(&scheme).filter(|_| !self.removed);
        let signature = signer.ok_or(SigningFailed)?.sign(message);
        signature.map_err(|_| SigningFailed)
    }
}

#[test]
fn a_key_that_stays_outside_proves_who_calls() {
    let sandbox = Sandbox::start(&[]);
    let pair = sandbox.pki.client();
    let card = |removed| {
        let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).unwrap();
        let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key).unwrap();
        let card = Arc::new(Card { key, removed });
        let identity = ClientIdentity::with_signer(pair.certificate.as_bytes(), card).unwrap();
        HttpOptions {
            identity: Some(identity),
            ..sandbox.options(None)
        }
    };
    let client = Blocking::new(HttpClient::new(&card(false)).unwrap()).unwrap();
    let answer = client.post(&sandbox.url(), &ask()).unwrap();
    assert_eq!(answer.status, 500, "a call that says nothing is a fault");
    assert_eq!(refused(&sandbox, &card(true)), HttpError::Key);
}

#[test]
fn certificate_and_key_must_belong_together() {
    let sandbox = Sandbox::start(&[]);
    let (one, two) = (sandbox.pki.client(), sandbox.pki.expired());
    let of = |certificate: &str, key: &str| {
        ClientIdentity::from_pem(certificate.as_bytes(), key.as_bytes()).map_err(|e| e.to_string())
    };
    assert!(
        of(&one.certificate, &two.key)
            .unwrap_err()
            .contains("not that of")
    );
    assert!(of("", &one.key).unwrap_err().contains("BEGIN CERTIFICATE"));
    assert!(
        of(&one.certificate, "secret")
            .unwrap_err()
            .contains("no private key")
    );
    let shown = format!("{:?}", of(&one.certificate, &one.key).unwrap());
    assert_eq!(shown, "ClientIdentity(1 certificates)");
}

// req: SENTINELLE.02 SENTINELLE.04 SENTINELLE.05 SENTINELLE.06
#[test]
fn one_call_of_the_software_finds_the_persons_of_the_qualification() {
    let sandbox = Sandbox::start(&[]);
    let client = sandbox.client();
    let found = client.search(&dominique(), None).unwrap();
    assert_eq!(found.exchanges.len(), 1);
    let Decision::Found { answer, former } = found.decision else {
        panic!("{:?}", found.decision)
    };
    assert_eq!(answer.ins.matricule.number(), "297022A020778");
    assert!(former.is_empty());
    let second = person("TCHITCHI", "OLA", "OLA CATARINA BELLA", "F", "1936-06-21");
    let found = client.search(&second, None).unwrap();
    assert_eq!(
        found.exchanges.len(),
        2,
        "the second given name is the known one"
    );
    assert!(matches!(found.decision, Decision::Found { .. }));
    let ids: Vec<_> = found.exchanges.iter().map(|e| &e.message_id).collect();
    assert_ne!(ids[0], ids[1]);
    let history = person("ECETINSI", "PIERRE-ALAIN", "", "M", "2009-07-14");
    let found = client.search(&history, None).unwrap();
    let Decision::Found { former, .. } = found.decision else {
        panic!("{:?}", found.decision)
    };
    assert_eq!(former.len(), 2);
    let nobody = person("NESSI", "MICHELANGELO", "", "M", "1970-01-01");
    let found = client.search(&nobody, None).unwrap();
    assert_eq!(found.decision, Decision::NotFound);
    let several = person("DE VINCI", "LEONARDO", "", "M", "2014-02-01");
    assert_eq!(
        client.search(&several, None).unwrap().decision,
        Decision::Several
    );
}

// req: SENTINELLE.07
#[test]
fn faults_and_silence_are_decisions_and_nothing_is_tried_twice() {
    let sandbox = Sandbox::start(&[
        "technical-fault x1",
        "access-level x1",
        "http-error x1",
        "drop-after x1",
    ]);
    let client = sandbox.client();
    let decision = || {
        let found = client.search(&dominique(), None).unwrap();
        assert_eq!(found.exchanges.len(), 1);
        (found.decision, found.exchanges[0].silence.clone())
    };
    // each quirk holds for the first request that reaches it
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(decision());
    }
    let count = |wanted: &Decision| seen.iter().filter(|(d, _)| d == wanted).count();
    assert_eq!(
        count(&Decision::RetryLater(RetryCause::Service)),
        1,
        "{seen:?}"
    );
    assert_eq!(
        count(&Decision::RetryLater(RetryCause::NoAnswer)),
        1,
        "{seen:?}"
    );
    assert_eq!(
        count(&Decision::Refused(RefusalCause::AccessLevel)),
        1,
        "{seen:?}"
    );
    let silent = seen.iter().find(|(_, silence)| silence.is_some()).unwrap();
    assert!(
        matches!(silent.1, Some(HttpError::Interrupted { .. })),
        "{silent:?}"
    );
    assert!(matches!(seen[4].0, Decision::Found { .. }), "{seen:?}");
    let mut caller = sandbox.caller();
    caller.software.authorisation = "INCONNU".into();
    let found = sandbox
        .client_of(caller)
        .search(&dominique(), None)
        .unwrap();
    assert_eq!(
        found.decision,
        Decision::Refused(RefusalCause::SoftwareUnknown)
    );
    let ruth = person("DE VINCI", "RUTH", "", "F", "1970-01-01");
    let found = client.search(&ruth, None).unwrap();
    assert_eq!(found.decision, Decision::RetryLater(RetryCause::Service));
}

#[test]
fn spellings_of_the_service_are_read_with_a_warning() {
    let sandbox = Sandbox::start(&["element-order", "given-name-only"]);
    let found = sandbox.client().search(&dominique(), None).unwrap();
    assert!(matches!(found.decision, Decision::Found { .. }));
    let warnings: &[Warning] = &found.exchanges[0].outcome.warnings;
    assert!(!warnings.is_empty());
}

struct Session(Option<&'static str>);

impl AssertionSource for Session {
    fn assertions(&self, _: DateTime<Utc>) -> Result<Assertions, NoAssertion> {
        let assertion = self.0.ok_or_else(|| NoAssertion {
            reason: "la session est terminée".into(),
        })?;
        Ok(Assertions {
            emitter: "899900063480".into(),
            assertions: vec![assertion.into()],
        })
    }
}

#[test]
fn assertions_are_asked_for_each_call_and_their_absence_is_told() {
    let sandbox = Sandbox::start(&[]);
    let with = |assertion| {
        let mut caller = sandbox.caller();
        caller.identification = Identification::Assertions(Arc::new(Session(assertion)));
        sandbox.client_of(caller).search(&dominique(), None)
    };
    let assertion =
        r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0"/>"#;
    let found = with(Some(assertion)).unwrap();
    assert!(matches!(found.decision, Decision::Found { .. }));
    assert!(matches!(with(None).unwrap_err(), ClientError::Assertion(_)));
}

// req: SC.INS/va1.37
#[test]
fn a_card_signs_an_assertion_for_each_call() {
    use segur_ins::insi::client::{CardAssertions, Holder, SessionAssertions};
    use segur_soap::signature::{SoftwareSigner, Trust as Trusted, verify_enveloped};

    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::new(vec![]).unwrap();
    let name = rcgen::DnType::CommonName;
    params.distinguished_name.push(name, "899900063480");
    let certificate = params.self_signed(&key).unwrap();
    let signer = SoftwareSigner::from_pem(&key.serialize_pem(), &certificate.pem()).unwrap();
    let holder = Holder {
        national_id: "899900063480".into(),
        billing_id: "999000001".into(),
        speciality: Some("01".into()),
        sector: Some("SA05".into()),
    };
    let card = Arc::new(CardAssertions::new(holder.clone(), Arc::new(signer)).unwrap());
    let at = "2026-01-05T08:00:00Z".parse().unwrap();
    let (one, two) = (card.assertions(at).unwrap(), card.assertions(at).unwrap());
    assert_ne!(
        one.assertions, two.assertions,
        "each has an identifier of its own"
    );
    let document = segur_xml::Document::parse(one.assertions[0].as_bytes()).unwrap();
    let pinned = [certificate.der().to_vec()];
    verify_enveloped(document.root_element(), &Trusted::Pinned(&pinned)).unwrap();
    assert!(one.assertions[0].contains("NameQualifier=\"CPS\""));
    assert!(one.assertions[0].contains("CN=899900063480"));
    let sandbox = Sandbox::start(&[]);
    let session = SessionAssertions {
        holder,
        profession: None,
        issuer: "urn:lps:demo:1.0".into(),
    };
    let unsigned = session.assertions(at).unwrap();
    assert!(!unsigned.assertions[0].contains("Signature"));
    for source in [card as Arc<dyn AssertionSource>, Arc::new(session)] {
        let mut caller = sandbox.caller();
        caller.identification = Identification::Assertions(source);
        let found = sandbox
            .client_of(caller)
            .search(&dominique(), None)
            .unwrap();
        assert!(matches!(found.decision, Decision::Found { .. }));
    }
}

#[test]
fn a_client_without_its_certificate_is_told_to_act() {
    let sandbox = Sandbox::start(&[]);
    let http = HttpClient::new(&sandbox.options(None)).unwrap();
    let client = BlockingInsiClient::new(InsiClient::new(sandbox.caller(), http)).unwrap();
    let refused = ClientError::Http(HttpError::ClientCertificate {
        reason: "none was given, and the service asks for one; set the identity of the client",
    });
    // A reset may overtake the alert: then it is silence.
    let mut tries = (0..5).map(|_| client.search(&dominique(), None));
    assert!(tries.any(|told| told == Err(refused.clone())));
    let cancelled = CancelToken::new();
    cancelled.cancel();
    let error = client.search(&dominique(), Some(&cancelled)).unwrap_err();
    assert_eq!(error, ClientError::Http(HttpError::Cancelled));
}

#[tokio::test]
async fn the_async_face_is_dropped_to_give_up() {
    let sandbox = tokio::task::spawn_blocking(|| Sandbox::start(&["latency=600s"]))
        .await
        .unwrap();
    let http = HttpClient::new(&sandbox.options(Some(sandbox.pki.client()))).unwrap();
    let client = InsiClient::new(sandbox.caller(), http);
    let traits = dominique();
    let given_up = tokio::time::timeout(Duration::from_millis(300), client.search(&traits));
    assert!(given_up.await.is_err());
    let dynamic: Arc<dyn Transport> = Arc::new(client.transport().clone());
    assert!(dynamic.post("nowhere", &ask()).await.is_err());
    tokio::task::spawn_blocking(move || drop(sandbox))
        .await
        .unwrap();
}

#[test]
fn the_command_serves_until_its_time_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("insi");
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_segur"))
        .args([
            "--lang",
            "en",
            "sandbox",
            "insi",
            "--stop-after",
            "1",
            "--dir",
        ])
        .arg(&dir)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let told = String::from_utf8(out.stdout).unwrap();
    assert!(
        told.contains("INSi: https://localhost:") && told.contains("client.pem"),
        "{told}"
    );
    let bad = std::process::Command::new(env!("CARGO_BIN_EXE_segur"))
        .args([
            "--lang", "en", "sandbox", "insi", "--quirk", "sleepy", "--dir",
        ])
        .arg(&dir)
        .output()
        .unwrap();
    assert_eq!(bad.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("element-order"));
}

/// Keeps what the libraries below tell at TRACE.
struct Capture;

static TOLD: Mutex<String> = Mutex::new(String::new());

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}\n", record.target(), record.args());
        TOLD.lock().unwrap().push_str(&line);
    }

    fn flush(&self) {}
}

#[test]
fn nothing_personal_is_logged_at_trace() {
    log::set_logger(&Capture).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let sandbox = Sandbox::start(&["status=503 x1"]);
    let marked = person(
        "QXVIGIEZ-WKTEMOIN",
        "ZQREPERE",
        "ZQREPERE YXBALISE",
        "F",
        "1913-07-29",
    );
    for _ in 0..2 {
        let found = sandbox.client().search(&marked, None).unwrap();
        assert!(!found.exchanges.is_empty());
    }
    let told = TOLD.lock().unwrap().clone();
    assert!(told.contains("rustls"), "something was told");
    for mark in ["QXVIGIEZ", "WKTEMOIN", "ZQREPERE", "YXBALISE", "1913-07-29"] {
        assert!(!told.contains(mark), "{mark} was logged");
    }
}
