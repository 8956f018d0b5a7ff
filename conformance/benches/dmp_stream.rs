//! A document of 50 MB to the sandbox and back, over mutual TLS: heap of the client above that of the idle client, and time.
//!
//! `cargo bench -p segur --bench dmp_stream`
//!
//! The sandbox is a process of its own: its memory does not count. `submit` and `retrieve` hold the document, as most clients do; they are
//! there to compare.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic, missing_docs)]

#[path = "../../dmp-xds/tests/common/mod.rs"]
mod common;
mod sandbox;

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use peak_alloc::PeakAlloc;
use sandbox::Sandbox;
use segur_dmp_xds::client::{ExpectedDocument, StreamedFile};
use segur_dmp_xds::metadata::DocumentEntry;
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::signed::{
    DigestedAs, DocumentDigest, SignatureIds, SubmissionSignatureForm, sign_submission,
};
use segur_dmp_xds::transaction::FileToSend;
use segur_dmp_xds::{DocumentSource, Submission};
use segur_soap::signature::SoftwareSigner;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const SIZE: u64 = 50_000_000;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document.xml");
    write_document(&path);
    let sandbox = Sandbox::start(folder.path());
    let client = sandbox.client();
    let source: Arc<dyn DocumentSource> = Arc::new(path.clone());

    println!("a document of {:.1} MB", SIZE as f64 / 1e6);
    let mut streamed = entry("1.2.250.1.999.1.1.7898.1.50000001");
    // A call beforehand: what the first connection takes is not the document's.
    measure("a query (idle client)", || {
        let keys = EntryKeys::UniqueIds(vec![streamed.unique_id.clone()]);
        let query = StoredQuery::GetDocuments(keys);
        client.query(&query, ReturnType::ObjectRef, None).unwrap();
    });
    measure("hash and size (set_content_from)", || {
        streamed.set_content_from(&*source).unwrap();
    });
    let submission = Submission::new(common::set()).with_document(streamed.clone());
    measure("submit_streaming", || {
        let file = StreamedFile {
            id: "Document01",
            source: Arc::clone(&source),
        };
        client
            .submit_streaming(&submission, &[file], None, None)
            .unwrap();
    });
    let wanted = || {
        let keys = EntryKeys::UniqueIds(vec![streamed.unique_id.clone()]);
        let query = StoredQuery::GetDocuments(keys);
        let found = client.query(&query, ReturnType::LeafClass, None).unwrap();
        let content = found.answer.into_content().value;
        ExpectedDocument::of(content.documents.first().unwrap()).unwrap()
    };
    let wanted = wanted();
    assert!(wanted.hash.is_some() && wanted.size == Some(SIZE));
    measure("retrieve_streaming", || {
        let mut retrieval = client
            .retrieve_streaming(vec![wanted.clone()], None)
            .unwrap();
        retrieval.next_document().unwrap().unwrap();
        let mut back = File::create(folder.path().join("back.xml")).unwrap();
        assert_eq!(io::copy(&mut retrieval, &mut back).unwrap(), SIZE);
        assert!(retrieval.next_document().unwrap().is_none());
        assert!(retrieval.inner().missing().is_empty());
    });

    let signer = signer();
    let mut signed = None;
    measure("hash, size and canonical digest", || {
        let form = SubmissionSignatureForm::default();
        let digest = DocumentDigest::of_source(&*source, DigestedAs::Canonical, form.digest);
        signed = Some((digest.unwrap(), form));
    });
    measure("signed, submit_streaming", || {
        let (digest, form) = signed.take().unwrap();
        let mut set = common::set();
        set.unique_id = "1.2.250.1.999.1.1.7898.3.3".to_owned();
        let lot = Submission::new(set).with_document(entry("1.2.250.1.999.1.1.7898.1.50000003"));
        let ids = SignatureIds::new("Signature01", "1.2.250.1.999.1.1.7898.1.50000004", "_1");
        let time = "20261128101500".parse().unwrap();
        let digests = [("Document01", digest)];
        let lot = sign_submission(lot, &digests, &ids, time, &signer, &form).unwrap();
        let signature: Arc<[u8]> = lot.signature.into();
        let files = [
            StreamedFile {
                id: "Document01",
                source: Arc::clone(&source),
            },
            StreamedFile {
                id: "Signature01",
                source: Arc::new(signature),
            },
        ];
        client
            .submit_streaming(&lot.submission, &files, None, None)
            .unwrap();
    });

    let mut held = entry("1.2.250.1.999.1.1.7898.1.50000002");
    measure("submit, to compare", || {
        let bytes = std::fs::read(&path).unwrap();
        held.set_content(&bytes);
        let mut set = common::set();
        set.unique_id = "1.2.250.1.999.1.1.7898.3.2".to_owned();
        let submission = Submission::new(set).with_document(held.clone());
        let file = FileToSend {
            id: "Document01",
            bytes: &bytes,
        };
        client.submit(&submission, &[file], None).unwrap();
    });
    measure("retrieve, to compare", || {
        let got = client.retrieve(vec![wanted.request.clone()], None).unwrap();
        assert_eq!(got.answer.files.first().unwrap().bytes.len() as u64, SIZE);
    });
}

fn measure(what: &str, run: impl FnOnce()) {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let begun = Instant::now();
    run();
    let took = begun.elapsed();
    let heap = HEAP.peak_usage().saturating_sub(before);
    println!(
        "{what:<34} {:>7.2} MB of heap, {:>7.0} ms",
        heap as f64 / 1e6,
        took.as_secs_f64() * 1e3
    );
}

fn entry(unique_id: &str) -> DocumentEntry {
    DocumentEntry {
        unique_id: unique_id.to_owned(),
        mime_type: "text/xml".to_owned(),
        hash: None,
        size: None,
        ..common::entry()
    }
}

/// A key and a certificate of this run.
fn signer() -> SoftwareSigner {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let certificate = rcgen::CertificateParams::default()
        .self_signed(&key)
        .unwrap();
    SoftwareSigner::from_pem(&key.serialize_pem(), &certificate.pem()).unwrap()
}

/// A document whose body is one large base64 text.
fn write_document(path: &Path) {
    let (head, foot) = (
        "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><text>",
        "</text></ClinicalDocument>",
    );
    let mut file = io::BufWriter::new(File::create(path).unwrap());
    let text = SIZE - (head.len() + foot.len()) as u64;
    file.write_all(head.as_bytes()).unwrap();
    io::copy(&mut io::repeat(b'Q').take(text), &mut file).unwrap();
    file.write_all(foot.as_bytes()).unwrap();
    file.flush().unwrap();
}
