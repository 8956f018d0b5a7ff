//! The VIHF, judged by the sandbox where it is asked to. Every identity is fictitious.

use std::sync::Arc;
use std::time::SystemTime;

use segur_dmp_xds::client::{Caller, ClientError, NoProof, SecuritySource};
use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::transaction::{AnswerError, Transaction, security_block};
use segur_dmp_xds::vihf::{
    Access, Authentication, Issue, Software, Structure, User, Vihf, VihfSettings, VihfSource,
};
use segur_soap::http::Blame;
use segur_soap::saml::SamlTime;
use segur_soap::signature::SoftwareSigner;

use super::{Client, FILE, Sandbox, entry_uuid, fetch, patient, submit};

fn vihf() -> Vihf {
    Vihf {
        user: User::professional("899700000001", "10")
            .with_specialty("SM26", "Qualifié en Médecine Générale (SM)"),
        structure: Structure::new("499700000000001", "SA07"),
        software: Software {
            id: None,
            name: "LOGICIEL FICTIF".to_owned(),
            version: "1.0".to_owned(),
            homologation: "NUM-HOMOLOGATION".to_owned(),
        },
        patient: Some(patient()),
        authentication: Authentication::direct(),
        access: Access::normal(),
        secret: false,
    }
}

fn source(sandbox: &Sandbox, vihf: Vihf) -> VihfSource {
    let pair = sandbox.pki.client();
    let card = SoftwareSigner::from_pem(&pair.key, &pair.certificate).unwrap();
    VihfSource::new(vihf, Arc::new(card)).unwrap()
}

fn client(sandbox: &Sandbox, security: impl SecuritySource + 'static) -> Client {
    let caller = Caller {
        security: Arc::new(security),
        ..sandbox.caller()
    };
    sandbox.client_of(caller, sandbox.pki.client())
}

/// From one header block to what is sent.
type Change = fn(String) -> Vec<String>;

/// Header blocks of a source, changed before they are sent.
struct Changed(VihfSource, Change);

impl SecuritySource for Changed {
    fn header_blocks(&self, of: Transaction, at: SystemTime) -> Result<Vec<String>, NoProof> {
        let blocks = self.0.header_blocks(of, at)?;
        Ok(blocks.into_iter().flat_map(self.1).collect())
    }
}

/// Another assertion stands before the proof, for a client that compares the patient to see.
struct Beside(VihfSource, Vihf);

impl SecuritySource for Beside {
    fn header_blocks(&self, of: Transaction, at: SystemTime) -> Result<Vec<String>, NoProof> {
        let issue = issue(at);
        let markup = self.1.write(&issue, &VihfSettings::default()).unwrap();
        let proof = self.0.header_blocks(of, at)?;
        Ok([vec![markup], proof].concat())
    }
}

fn issue(at: SystemTime) -> Issue {
    Issue::new(
        "_6ba7b810-9dad-41d1-80b4-00c04fd430c8",
        SamlTime::at(at).unwrap(),
        "CN=899700000001,O=CABINET FICTIF,C=FR",
    )
}

/// What the fault says, which blames the caller.
fn told(error: &ClientError) -> String {
    assert_eq!(error.blame(), Blame::Caller, "{error}");
    match error {
        ClientError::Answer(AnswerError::Fault(fault)) => fault.reasons[0].text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_vihf_that_is_in_order_opens_the_record_of_its_patient_alone() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["require-vihf"]);
    let own = source(&sandbox, vihf());
    let other = own.for_patient(Cx::new("255069999999934", "1.2.250.1.213.1.4.10", "NH"));
    let urgent = own.for_access(Access::break_glass("patient inconscient"));

    let client = client(&sandbox, own);
    submit(&client, 1).unwrap();
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
    assert!(entry_uuid(&client, 1).is_some());

    let client = client.with_security(Arc::new(Beside(other, vihf())));
    for error in [
        submit(&client, 2).unwrap_err(),
        fetch(&client, 1).unwrap_err(),
    ] {
        let told = told(&error);
        assert!(told.contains("another patient"), "{told}");
    }
    // The reason of a break-glass is not sent, and not missed.
    let client = client.with_security(Arc::new(urgent));
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
}

#[test]
fn what_is_wrong_with_a_vihf_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["require-vihf"]);
    let changes: [(Change, &str); 4] = [
        (|_| Vec::new(), "there is none"),
        (|block| vec![block.clone(), block], "there are several"),
        (
            |block| vec![block.replace("899700000001", "899700000002")],
            "digest",
        ),
        (
            |block| vec![without(&block, "<ds:Signature", "</ds:Signature>")],
            "it is not signed",
        ),
    ];
    for (number, (change, part)) in changes.into_iter().enumerate() {
        let client = client(&sandbox, Changed(source(&sandbox, vihf()), change));
        let told = told(&submit(&client, 1).unwrap_err());
        assert!(
            told.starts_with("VIHF: ") && told.contains(part),
            "{number}: {told}"
        );
    }
    let own = sandbox.pki.client();
    let card = SoftwareSigner::from_pem(&own.key, &own.certificate).unwrap();
    let error = submit(&client(&sandbox, OfAnother(card)), 1).unwrap_err();
    let told = told(&error);
    assert!(
        told.contains("Issuer is not the subject of the certificate"),
        "{told}"
    );
    // Nothing of it was done.
    let client = client(&sandbox, source(&sandbox, vihf()));
    assert!(entry_uuid(&client, 1).is_none());
}

/// Signs, as the issuer, with a certificate of somebody else.
struct OfAnother(SoftwareSigner);

impl SecuritySource for OfAnother {
    fn header_blocks(&self, _: Transaction, at: SystemTime) -> Result<Vec<String>, NoProof> {
        let markup = vihf().write_signed(&issue(at), &VihfSettings::default(), &self.0);
        Ok(vec![security_block(&markup.unwrap()).unwrap()])
    }
}

/// A block without an element.
fn without(block: &str, begin: &str, end: &str) -> String {
    let (before, rest) = block.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    format!("{before}{after}")
}

/// The client refuses to write these; another one may not.
#[test]
fn rules_are_those_of_the_transaction() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["require-vihf"]);
    submit(&client(&sandbox, source(&sandbox, vihf())), 1).unwrap();

    /// Says that every call is a search, which AIR may make.
    struct Pretending(VihfSource);
    impl SecuritySource for Pretending {
        fn header_blocks(&self, _: Transaction, at: SystemTime) -> Result<Vec<String>, NoProof> {
            self.0.header_blocks(Transaction::Query, at)
        }
    }
    let mut reinforced = vihf();
    reinforced.authentication = Authentication::reinforced();
    reinforced.user = reinforced.user.named("Alice TEST");
    let client = client(&sandbox, Pretending(source(&sandbox, reinforced)));
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
    let told = told(&submit(&client, 2).unwrap_err());
    assert!(told.contains("AIR may not submit"), "{told}");
}
