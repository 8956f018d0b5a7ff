//! Signed VIHF: judged by xmlsec1, verified by us, made anew for each call of the client.
#![cfg(all(feature = "client", feature = "signature"))]
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod common;
#[path = "vihf_common/mod.rs"]
mod vihf_common;

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

use common::patient;
use segur_dmp_xds::client::{
    BlockingDmpClient, CallSource, Caller, ClientError, DmpClient, Endpoints, NoRandom,
    SecuritySource,
};
use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::transaction::Transaction;
use segur_dmp_xds::vihf::{Access, AccessMode, ReadVihf, Vihf, VihfSettings, VihfSource};
use segur_soap::http::{Blame, HttpAnswer, Recorded, Replay};
use segur_soap::signature::{
    SignError, Signer, SoftwareSigner, ToSign, Trust, subject_name, verify_enveloped,
};
use segur_xml::Document;
use vihf_common::{automate, direct, indirect, issue, reinforced};

/// A key and its certificate, in PEM.
struct Pair {
    key: String,
    certificate: String,
}

static CARD: LazyLock<Pair> = LazyLock::new(|| {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::new(vec![]).unwrap();
    params.distinguished_name = rcgen::DistinguishedName::new();
    let name = &mut params.distinguished_name;
    name.push(rcgen::DnType::CountryName, "FR");
    name.push(rcgen::DnType::StateOrProvinceName, "Rhône (69)");
    name.push(rcgen::DnType::CommonName, "CABINET FICTIF");
    let certificate = params.self_signed(&key).unwrap();
    Pair {
        key: key.serialize_pem(),
        certificate: certificate.pem(),
    }
});

impl Pair {
    fn signer(&self) -> SoftwareSigner {
        SoftwareSigner::from_pem(&self.key, &self.certificate).unwrap()
    }
}

/// Whether xmlsec1 takes the signature under this certificate alone; none, loudly, when it is missing.
fn xmlsec_accepts(test: &str, markup: &str, pair: &Pair) -> Option<bool> {
    if Command::new("xmlsec1").arg("--version").output().is_err() {
        println!("SKIPPED {test}: xmlsec1 is not installed (apt-get install xmlsec1)");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let output = Command::new("xmlsec1")
        .args(["--verify", "--id-attr:ID"])
        .arg("urn:oasis:names:tc:SAML:2.0:assertion:Assertion")
        .args(["--enabled-key-data", "x509", "--trusted-pem"])
        .arg(file("trusted.pem", &pair.certificate))
        .arg(file("in.xml", markup))
        .output()
        .unwrap();
    Some(output.status.success())
}

fn verified(markup: &str, signer: &dyn Signer) -> ReadVihf {
    let doc = Document::parse(markup.as_bytes()).unwrap();
    let root = doc.root_element();
    let assertion = match root.local_name() {
        "Assertion" => root,
        _ => {
            let mut inside = root.descendants();
            inside
                .find(|node| node.local_name() == "Assertion")
                .unwrap()
        }
    };
    let verified = verify_enveloped(assertion, &Trust::Pinned(signer.certificates())).unwrap();
    Vihf::read_element(verified.element()).unwrap()
}

#[test]
fn every_mode_signed_is_accepted_by_xmlsec1_and_read_back() {
    let test = "every_mode_signed_is_accepted_by_xmlsec1_and_read_back";
    let signer = CARD.signer();
    let mut issue = issue();
    issue.issuer = subject_name(&signer.certificates()[0]).unwrap();
    assert_eq!(issue.issuer, "CN=CABINET FICTIF,ST=Rhône (69),C=FR");
    for vihf in [direct(), indirect(), reinforced(), automate()] {
        let settings = VihfSettings::default();
        let markup = vihf.write_signed(&issue, &settings, &signer).unwrap();
        assert!(
            markup.contains("</saml:Issuer><ds:Signature"),
            "after the issuer"
        );
        let read = verified(&markup, &signer);
        assert!(read.vihf == vihf && read.issue == issue);
        assert!(read.tolerances.is_empty());
        let Some(accepted) = xmlsec_accepts(test, &markup, &CARD) else {
            continue;
        };
        assert!(accepted, "{markup}");
        let forged = markup.replace("279035121518989", "279035121518988");
        assert_eq!(xmlsec_accepts(test, &forged, &CARD), Some(false));
    }
}

/// A certificate whose subject has a part of several values, as a CPS has: made by openssl, for rcgen makes none.
fn multi_valued(folder: &Path) -> std::io::Result<Option<Pair>> {
    let output = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-utf8",
        ])
        .args(["-multivalue-rdn", "-subj"])
        .arg("/C=FR/O=CABINET FICTIF/OU=Médecin/CN=899700000001+SN=TEST+GN=ALICE")
        .arg("-keyout")
        .arg(folder.join("key.pem"))
        .arg("-out")
        .arg(folder.join("certificate.pem"))
        .output()?;
    if !output.status.success() {
        return Ok(None);
    }
    Ok(Some(Pair {
        key: std::fs::read_to_string(folder.join("key.pem"))?,
        certificate: std::fs::read_to_string(folder.join("certificate.pem"))?,
    }))
}

#[test]
fn the_issuer_of_a_card_has_a_part_of_several_values() {
    let test = "the_issuer_of_a_card_has_a_part_of_several_values";
    let folder = tempfile::tempdir().unwrap();
    let pair = match multi_valued(folder.path()) {
        Ok(Some(pair)) => pair,
        Ok(None) => panic!("openssl made no certificate"),
        Err(error) => return println!("SKIPPED {test}: openssl: {error}"),
    };
    let source = VihfSource::new(direct(), Arc::new(pair.signer())).unwrap();
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_860_900);
    let block = source
        .header_blocks(Transaction::Query, at)
        .unwrap()
        .remove(0);
    let read = verified(&block, &pair.signer());
    let parts: Vec<&str> = read.issue.issuer.split(',').collect();
    assert_eq!(parts[1..], ["OU=Médecin", "O=CABINET FICTIF", "C=FR"]);
    // In the order of the certificate, where openssl sorts the values of a set as DER has it.
    assert_eq!(
        parts[0],
        "2.5.4.4=#0c0454455354+2.5.4.42=#0c05414c494345+CN=899700000001"
    );
}

/// Counts, and gives other numbers each time.
#[derive(Default)]
struct Counted(AtomicUsize);

impl CallSource for Counted {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_860_900)
    }

    fn random(&self) -> Result<[u8; 16], NoRandom> {
        Ok([self.0.fetch_add(1, Ordering::Relaxed) as u8; 16])
    }
}

fn at(seconds: u64) -> SystemTime {
    Counted::default().now() + Duration::from_secs(seconds)
}

fn source(vihf: Vihf) -> VihfSource {
    VihfSource::with_source(vihf, Arc::new(CARD.signer()), Arc::new(Counted::default())).unwrap()
}

fn made(source: &VihfSource, seconds: u64) -> ReadVihf {
    let blocks = source
        .header_blocks(Transaction::Query, at(seconds))
        .unwrap();
    assert_eq!(blocks.len(), 1);
    assert!(blocks[0].starts_with("<wsse:Security"));
    verified(&blocks[0], &CARD.signer())
}

#[test]
fn each_call_has_its_own_and_the_time_of_the_call() {
    let source = source(direct());
    let [one, other] = [made(&source, 0), made(&source, 0)];
    assert_ne!(one.issue.id, other.issue.id, "never used twice");
    assert_eq!(one.issue.at.as_str(), "2026-11-28T10:15:00.000Z");
    assert_eq!(one.issue.until, None);
    let valid = source.valid_for(Duration::from_secs(300));
    let read = made(&valid, 0);
    assert_eq!(
        read.issue.until.unwrap().as_str(),
        "2026-11-28T10:20:00.000Z"
    );
}

#[test]
fn one_that_may_be_used_again_is_never_used_after_its_end() {
    let minute = Duration::from_secs(60);
    let reusing = source(direct()).reusing_for(minute * 10);
    let first = made(&reusing, 0).issue.id;
    assert_eq!(made(&reusing, 599).issue.id, first);
    assert_ne!(made(&reusing, 600).issue.id, first);

    let expiring = source(direct()).reusing_for(minute * 10).valid_for(minute);
    let first = made(&expiring, 100).issue.id;
    assert_eq!(made(&expiring, 159).issue.id, first);
    let next = made(&expiring, 160).issue.id;
    assert_ne!(next, first, "its Conditions have ended");
    assert_ne!(made(&expiring, 90).issue.id, next, "the clock went back");
}

#[test]
fn other_patients_and_accesses_share_the_signer_only() {
    let first = source(direct()).reusing_for(Duration::from_secs(600));
    made(&first, 0);
    let other = Cx::new("277010115400329", "1.2.250.1.213.1.4.10", "NH");
    let next = first.for_patient(other.clone());
    let read = made(&next, 1);
    assert!(
        read.vihf.patient == Some(other.clone()),
        "not the one made before"
    );
    let glass = next.for_access(Access::break_glass("coma"));
    let read = made(&glass, 2);
    assert_eq!(read.vihf.access.mode, AccessMode::BreakGlass);
    assert!(read.vihf.patient == Some(other));
    assert!(first.vihf() == &direct(), "the first is as it was");
    let shown = format!("{glass:?}");
    assert!(!shown.contains("coma") && !shown.contains("2770") && !shown.contains("8997"));
}

fn client(source: VihfSource, answers: usize) -> BlockingDmpClient<Arc<Replay>> {
    let caller = Caller {
        endpoints: Endpoints::under("https://dmp.example/services"),
        security: Arc::new(source),
        ..Caller::default()
    };
    let busy = || Recorded {
        request_holds: String::new(),
        answer: Ok(HttpAnswer {
            status: 503,
            content_type: String::new(),
            body: Vec::new(),
        }),
    };
    let replay = Arc::new(Replay::new((0..answers).map(|_| busy())));
    BlockingDmpClient::new(DmpClient::with_source(
        caller,
        replay,
        Arc::new(Counted::default()),
    ))
    .unwrap()
}

fn ask(client: &BlockingDmpClient<Arc<Replay>>) -> ClientError {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.3".to_owned()]));
    client
        .query(&query, ReturnType::ObjectRef, None)
        .unwrap_err()
}

#[test]
fn a_client_for_another_patient_shares_the_transport() {
    let first = source(direct());
    let other = Cx::new("277010115400329", "1.2.250.1.213.1.4.10", "NH");
    let security = Arc::new(first.for_patient(other.clone()));
    let client = client(first, 2);
    let next = client.with_security(security);
    ask(&client);
    ask(&next);
    let sent = client.inner().transport().sent();
    assert_eq!(sent.len(), 2, "one transport");
    for ((_, message), expected) in sent.iter().zip([patient(), other]) {
        let body = String::from_utf8(message.body.clone()).unwrap();
        let read = verified(&body, &CARD.signer());
        assert!(read.vihf.patient == Some(expected));
    }
}

/// A card that was taken out.
struct Gone(Vec<Vec<u8>>);

impl Signer for Gone {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.0
    }

    fn sign(&self, _: &ToSign<'_>) -> Result<Vec<u8>, SignError> {
        Err(SignError::CardRemoved)
    }
}

#[test]
fn nothing_is_sent_without_a_vihf() {
    let mut glass = direct();
    glass.access = Access::break_glass("");
    let mut nobody = direct();
    nobody.patient = None;
    let gone = Gone(CARD.signer().certificates().to_vec());
    let gone = VihfSource::new(direct(), Arc::new(gone)).unwrap();
    for (source, told) in [
        (source(glass), "why the glass is broken"),
        (source(nobody), "the patient's INS"),
        (gone, "the card was taken out"),
    ] {
        let client = client(source, 1);
        let error = ask(&client);
        assert_eq!(error.blame(), Blame::Caller);
        assert!(error.to_string().contains(told), "{error}");
        assert!(!error.may_have_arrived());
        assert!(client.inner().transport().sent().is_empty());
    }
    let air = source(reinforced());
    let error = air.header_blocks(Transaction::Submit, at(0)).unwrap_err();
    assert!(error.reason.contains("AIR may not submit"), "{error}");
    assert!(air.header_blocks(Transaction::Retrieve, at(0)).is_ok());
    assert!(VihfSource::new(direct(), Arc::new(Gone(Vec::new()))).is_err());
    let early = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    let error = source(direct())
        .header_blocks(Transaction::Query, early)
        .unwrap_err();
    assert!(error.reason.contains("the clock"), "{error}");
}
