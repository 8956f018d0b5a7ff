//! From a CDA document to the DMP and back, as a product would do it: signed submission, VIHF before each call, search, retrieval, visibility,
//! and what an error says. Runs by itself, against a sandbox that it starts: `cargo run -p segur --example dmp_exchange`.
//!
//! Every identity is fictitious. In a product, the key is on the user's card: a `Signer` in the place of `SoftwareSigner`.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use segur::sandbox::{Pki, Quirks, Server, dmp};
use segur_core::Coded;
use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_dmp_xds::ebrim::RegistryObject;
use segur_dmp_xds::from_cda::FromCda;
use segur_dmp_xds::metadata::{Author, Cx, Dtm};
use segur_dmp_xds::query::{DocumentFilter, EntryKeys, FindDocuments, ReturnType, StoredQuery};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::retrieve::DocumentRequest;
use segur_dmp_xds::signed::{
    DigestedAs, DocumentDigest, SignatureIds, SubmissionSignatureForm, sign_submission,
};
use segur_dmp_xds::transaction::FileToSend;
use segur_dmp_xds::update::{Visibility, change_visibility};
use segur_dmp_xds::vihf::{Access, Authentication, Software, Structure, User, Vihf, VihfSource};
use segur_dmp_xds::{Profile, Submission, SubmissionSet, Tables};
use segur_soap::http::{ClientIdentity, HttpClient, HttpOptions, Trust};
use segur_soap::signature::SoftwareSigner;

/// A vaccination note of a fictitious child.
const NOTE: &[u8] = include_bytes!("../../examples/note-vaccination.xml");
/// The software that sends.
const SOURCE_ID: &str = "1.2.250.1.999.1.1.7898";

/// Sends a note to a DMP of its own, finds it, fetches it, hides it from the patient.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let pki = Pki::open(folder.path(), SystemTime::now())?;
    let server = tokio::runtime::Runtime::new()?;
    let address = server.block_on(sandbox(folder.path(), &pki))?;

    let now = Dtm::at(SystemTime::now()).ok_or("the clock is wrong")?;

    // Metadata from the header. What the document does not tell is listed; the rules say whether it is missed.
    let mut tables = Tables::default();
    tables.read_classes(include_str!("../src/xds/tables/classes.tsv"))?;
    tables.read_formats(include_str!("../src/xds/tables/formats.tsv"))?;
    let drawn = FromCda::new(&tables).read("Document01", NOTE)?;
    let patient = drawn.entry.patient_id.clone().ok_or("no INS")?;
    let unique_id = drawn.entry.unique_id.clone();
    let submission =
        Submission::new(set(1, now, &patient, &drawn.entry.authors)).with_document(drawn.entry);
    let problems = submission.validate(Profile::Dmp);
    assert!(problems.is_empty(), "{problems:?}");

    // The signature of the submission goes with it, as a document.
    let own = pki.client();
    let card = Arc::new(SoftwareSigner::from_pem(&own.key, &own.certificate)?);
    let form = SubmissionSignatureForm::default();
    let digest = DocumentDigest::of(NOTE, DigestedAs::Canonical, form.digest)?;
    let ids = SignatureIds::new("Signature01", format!("{SOURCE_ID}.2"), "_0421d1cc");
    let digests = [("Document01", digest)];
    let signed = sign_submission(submission, &digests, &ids, now, &*card, &form)?;

    // One client for all patients: a VIHF is made and signed before each call.
    let security = VihfSource::new(vihf(&patient), card)?;
    let http = HttpClient::new(&HttpOptions {
        trust: Trust::Only(pki.authority().as_bytes().to_vec()),
        identity: Some(ClientIdentity::from_pem(
            own.certificate.as_bytes(),
            own.key.as_bytes(),
        )?),
        ..HttpOptions::default()
    })?;
    let caller = Caller {
        endpoints: Endpoints::under(&address),
        security: Arc::new(security),
        ..Caller::default()
    };
    let client = BlockingDmpClient::new(DmpClient::new(caller, http))?;

    let files = [
        FileToSend {
            id: "Document01",
            bytes: NOTE,
        },
        FileToSend {
            id: "Signature01",
            bytes: &signed.signature,
        },
    ];
    client.submit(&signed.submission, &files, None)?;
    println!("submitted, signed: {unique_id}");

    // Never sent again by itself. Sent again all the same, the registry says that it has it: that counts as sent.
    let again = client.submit(&signed.submission, &files, None);
    let Err(error) = again else {
        return Err("taken twice".into());
    };
    assert!(error.has(&ErrorCode::DuplicateUniqueIdInRegistry));
    println!(
        "sent again: {error} (to act: {:?}, may have arrived: {})",
        error.blame(),
        error.may_have_arrived()
    );

    let query = StoredQuery::FindDocuments(FindDocuments {
        patient_id: patient.clone(),
        filter: DocumentFilter {
            type_codes: vec![Coded::new("87273-9", "2.16.840.1.113883.6.1")],
            ..DocumentFilter::approved()
        },
    });
    let found = client
        .query(&query, ReturnType::LeafClass, None)?
        .answer
        .into_content();
    for entry in &found.value.documents {
        let title = entry.title.as_deref().unwrap_or_default();
        println!("found: {title}, {:?}", Visibility::of(entry));
    }
    let [entry] = found.value.documents.as_slice() else {
        return Err("one note was sent".into());
    };

    let request = DocumentRequest {
        repository_unique_id: entry.repository_unique_id.clone().unwrap_or_default(),
        document_unique_id: unique_id.clone(),
        ..DocumentRequest::default()
    };
    let fetched = client.retrieve(vec![request], None)?.answer;
    let file = fetched.file(&unique_id).ok_or("not given")?;
    assert!(
        entry.matches_content(&file.bytes),
        "hash and size are those of the registry"
    );
    println!("fetched: {} bytes, hash and size as told", file.bytes.len());

    // The registry's own object goes back with another visibility, so that nothing of it is lost.
    let by_id = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id.clone()]));
    let objects = client
        .query(&by_id, ReturnType::LeafClass, None)?
        .answer
        .objects;
    let [RegistryObject::ExtrinsicObject(object)] = objects.as_slice() else {
        return Err("one object was asked for".into());
    };
    let hidden = Visibility {
        invisible_to_patient: true,
        ..Visibility::of(entry)
    };
    let update = change_visibility(
        &set(3, now, &patient, &entry.authors),
        object,
        hidden,
        Profile::Dmp,
    )?;
    client.update(&update, None)?;
    let after = client
        .query(&by_id, ReturnType::LeafClass, None)?
        .answer
        .into_content();
    let after: Vec<Visibility> = after.value.documents.iter().map(Visibility::of).collect();
    assert_eq!(after, [hidden], "nothing else changed");
    println!("hidden from the patient: {hidden:?}");
    Ok(())
}

/// A submission set: who sends what for whom.
fn set(number: u32, now: Dtm, patient: &Cx, authors: &[Author]) -> SubmissionSet {
    let unique_id = format!("{SOURCE_ID}.{number}");
    SubmissionSet {
        patient_id: Some(patient.clone()),
        submission_time: Some(now),
        authors: authors.to_vec(),
        content_type_code: Some(Coded::fixed(
            "07",
            "1.2.250.1.213.2.2",
            "Consultations soins externes",
        )),
        ..SubmissionSet::new("SubmissionSet01", unique_id, SOURCE_ID)
    }
}

/// Who asks, from where, with what, about whom and why.
fn vihf(patient: &Cx) -> Vihf {
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
        patient: Some(patient.clone()),
        authentication: Authentication::direct(),
        access: Access::normal(),
        secret: false,
    }
}

/// A DMP on loopback that is as strict as the real one about signature and VIHF; its address.
async fn sandbox(folder: &Path, pki: &Pki) -> Result<String, Box<dyn Error>> {
    let quirks = Quirks::parse(["require-signature", "require-vihf"], dmp::QUIRKS)?;
    let quirks = Arc::new(quirks);
    let store = Arc::new(dmp::Store::open(folder)?);
    let records = Arc::new(dmp::Records::open(folder)?);
    let router = dmp::router(
        Arc::clone(&quirks),
        store,
        records,
        dmp::Settings::default(),
    );
    let loopback = "127.0.0.1:0".parse()?;
    let server = Server::bind(loopback, pki, router, quirks).await?;
    let port = server.address()?.port();
    tokio::spawn(server.serve(std::future::pending()));
    Ok(format!("https://localhost:{port}{}", dmp::BASE))
}
