//! The client of the DMP against the sandbox, over real mutual TLS. Every identity is fictitious.
#![cfg(feature = "sandbox")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::print_stdout
)]

#[path = "dmp/browser.rs"]
mod browser;
mod common;
#[path = "dmp/crash.rs"]
mod crash;
#[path = "dmp/exclude.rs"]
mod exclude;
#[path = "dmp/pages.rs"]
mod pages;
#[path = "dmp/proof.rs"]
mod proof;
#[path = "dmp/quirks.rs"]
mod quirks;
#[path = "dmp/refusals.rs"]
mod refusals;
#[path = "dmp/registry.rs"]
mod registry;
#[path = "dmp/signature.rs"]
mod signature;
#[path = "dmp/store.rs"]
mod store;
#[path = "dmp/streaming.rs"]
mod streaming;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use common::dmp::Client;
use common::samples::{entry, patient, set, unique_id};
use common::sandbox::{PATIENT, Sandbox, options};
use segur::sandbox::dmp;
use segur_core::Coded;
use segur_dmp_xds::client::{Caller, ClientError, NoProof, SecuritySource};
use segur_dmp_xds::ebrim::{ExtrinsicObject, RegistryObject};
use segur_dmp_xds::metadata::{AssociationKind, AvailabilityStatus, DocumentEntry};
use segur_dmp_xds::query::{
    DocumentFilter, EntryKey, EntryKeys, FindDocuments, FindSubmissionSets, GetAll, GetContents,
    GetRelatedDocuments, Period, ReturnType, StoredQuery,
};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::retrieve::DocumentRequest;
use segur_dmp_xds::transaction::{
    AnswerError, FileToSend, Transaction, WireWarning, security_block,
};
use segur_dmp_xds::update::{Visibility, archive, change_visibility, delete, unarchive};
use segur_dmp_xds::{Profile, RegistryContent, Submission, SubmitObjectsRequest};
use segur_soap::http::{Blame, CancelToken, HttpError};

/// Bytes that would break a reader of lines, text or boundaries.
const FILE: &[u8] =
    b"<?xml version=\"1.0\"?>\r\n<ClinicalDocument/>\n--segur\r\n\0\xff\xfe\r\n--\r\n";

impl Sandbox {
    fn start(folder: &Path, quirks: &[&str]) -> Self {
        Self::dmp(folder, quirks, dmp::Settings::default())
    }
}

fn send(client: &Client, submission: &Submission, bytes: &[u8]) -> Result<(), ClientError> {
    let file = FileToSend {
        id: "Document01",
        bytes,
    };
    client.submit(submission, &[file], None).map(drop)
}

fn submit(client: &Client, number: u32) -> Result<(), ClientError> {
    let submission = Submission::new(set(number)).with_document(entry(number, FILE));
    send(client, &submission, FILE)
}

fn ask(client: &Client, query: &StoredQuery) -> RegistryContent {
    let exchange = client.query(query, ReturnType::LeafClass, None).unwrap();
    assert_eq!((exchange.warnings, exchange.wire), (vec![], vec![]));
    let content = exchange.answer.content();
    assert_eq!(content.warnings, []);
    content.value
}

fn find_with(client: &Client, filter: DocumentFilter) -> Vec<DocumentEntry> {
    let query = StoredQuery::FindDocuments(FindDocuments {
        patient_id: patient(),
        filter,
    });
    ask(client, &query).documents
}

fn find(client: &Client, status: AvailabilityStatus) -> Vec<DocumentEntry> {
    let filter = DocumentFilter {
        statuses: vec![status],
        ..DocumentFilter::default()
    };
    find_with(client, filter)
}

/// As the registry gives it, to be sent back.
fn found(client: &Client, number: u32) -> Option<ExtrinsicObject> {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(number)]));
    let exchange = client.query(&query, ReturnType::LeafClass, None).unwrap();
    let mut objects = exchange.answer.objects.into_iter();
    match (objects.next(), objects.next()) {
        (Some(RegistryObject::ExtrinsicObject(one)), None) => Some(one),
        (None, None) => None,
        other => panic!("{other:?}"),
    }
}

/// TD3.1b: a submission is answered without entryUUID.
fn entry_uuid(client: &Client, number: u32) -> Option<String> {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(number)]));
    let exchange = client.query(&query, ReturnType::ObjectRef, None).unwrap();
    let refs = exchange.answer.content().value.object_refs;
    refs.into_iter().next().map(|one| one.id)
}

fn fetch(client: &Client, number: u32) -> Result<Vec<u8>, ClientError> {
    let asked = DocumentRequest {
        repository_unique_id: dmp::REPOSITORY.to_owned(),
        document_unique_id: unique_id(number),
        ..DocumentRequest::default()
    };
    let exchange = client.retrieve(vec![asked], None)?;
    let file = exchange.answer.file(&unique_id(number));
    Ok(file.expect("the file asked for").bytes.clone())
}

fn change_status(client: &Client, submission: &Submission) -> Result<(), ClientError> {
    let request = SubmitObjectsRequest::new(submission, Profile::Dmp).unwrap();
    client.update(&request, None).map(drop)
}

fn codes(error: &ClientError) -> Vec<ErrorCode> {
    let ClientError::Refused(response) = error else {
        panic!("{error:?}")
    };
    let errors = response.errors.iter();
    errors.map(|error| error.code.clone()).collect()
}

// req: SC.DMP/UX.27
#[test]
fn a_document_is_submitted_found_and_fetched_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();

    let all = find(&client, AvailabilityStatus::Approved);
    assert_eq!(all.len(), 1);
    let one = &all[0];
    assert!(one.entry_id.starts_with("urn:uuid:"));
    assert_eq!(one.logical_id.as_ref(), Some(&one.entry_id));
    assert_eq!(one.version.as_deref(), Some("1"));
    assert_eq!(one.repository_unique_id.as_deref(), Some(dmp::REPOSITORY));
    let submitted = DocumentEntry {
        entry_id: one.entry_id.clone(),
        logical_id: one.logical_id.clone(),
        version: one.version.clone(),
        status: Some(AvailabilityStatus::Approved),
        repository_unique_id: one.repository_unique_id.clone(),
        ..entry(1, FILE)
    };
    assert_eq!(*one, submitted, "nothing else changes");
    assert_eq!(
        entry_uuid(&client, 1).as_deref(),
        Some(one.entry_id.as_str())
    );
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
    assert!(one.matches_content(FILE));

    let other = |filter: DocumentFilter| find_with(&client, filter).len();
    let period = |from: &str, to: &str| Period {
        from: Some(from.parse().unwrap()),
        to: Some(to.parse().unwrap()),
    };
    let by_act = |from, to| DocumentFilter {
        service_start_time: period(from, to),
        ..DocumentFilter::approved()
    };
    assert_eq!(other(by_act("20240315", "20240316")), 1);
    assert_eq!(other(by_act("20240301", "20240315")), 0);
    let by_type = |code: &'static str| DocumentFilter {
        type_codes: vec![Coded::new(code, "2.16.840.1.113883.6.1")],
        ..DocumentFilter::approved()
    };
    assert_eq!(other(by_type("11488-4")), 1);
    assert_eq!(other(by_type("34117-2")), 0);

    let sets = StoredQuery::FindSubmissionSets(FindSubmissionSets {
        patient_id: patient(),
        statuses: vec![AvailabilityStatus::Approved],
        ..FindSubmissionSets::default()
    });
    let sets = ask(&client, &sets).submission_sets;
    assert_eq!(sets.len(), 1);
    let key = EntryKey::EntryUuid(sets[0].entry_id.clone());
    let brought = StoredQuery::GetSubmissionSetAndContents(GetContents::of(key));
    let brought = ask(&client, &brought);
    assert_eq!(brought.documents, all);
    assert_eq!(brought.associations.len(), 1);
    let sets_of = StoredQuery::GetSubmissionSets(vec![one.entry_id.clone()]);
    assert_eq!(ask(&client, &sets_of).submission_sets, sets);
}

#[test]
fn a_document_is_replaced_and_the_old_one_is_deprecated() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let old = entry_uuid(&client, 1).unwrap();
    let corrected = b"<ClinicalDocument>corrected</ClinicalDocument>";
    let replacing = Submission::new(set(2)).with_replacement(entry(2, corrected), &old);
    send(&client, &replacing, corrected).unwrap();

    let current = find(&client, AvailabilityStatus::Approved);
    let deprecated = find(&client, AvailabilityStatus::Deprecated);
    assert_eq!(
        (current.len(), current[0].unique_id.clone()),
        (1, unique_id(2))
    );
    assert_eq!((deprecated.len(), &deprecated[0].entry_id), (1, &old));
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
    assert_eq!(fetch(&client, 2).unwrap(), corrected);
    let related = StoredQuery::GetRelatedDocuments(GetRelatedDocuments {
        key: EntryKey::EntryUuid(old.clone()),
        association_kinds: vec![AssociationKind::Replaces],
        entry_kinds: Vec::new(),
    });
    let related = ask(&client, &related);
    assert_eq!(related.documents.len(), 2);
    assert_eq!(related.associations.len(), 1);
    assert_eq!(related.associations[0].source, current[0].entry_id);

    let again = Submission::new(set(3)).with_replacement(entry(3, FILE), &old);
    let error = send(&client, &again, FILE).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::RegistryDeprecatedDocumentError]);
    let nobody = "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8";
    let again = Submission::new(set(3)).with_replacement(entry(3, FILE), nobody);
    let error = send(&client, &again, FILE).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::UnresolvedReferenceException]);
    assert_eq!(error.blame(), Blame::Caller);
    assert!(found(&client, 3).is_none(), "nothing of it is kept");
}

// req: SC.DMP/UX.14.TER
// req: SC.DMP/UX.14.BIS
#[test]
fn a_document_is_hidden_and_shown_again() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["hyphenated-action"]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let before = found(&client, 1).unwrap();
    let masked = Visibility {
        masked: true,
        ..Visibility::default()
    };
    let request = change_visibility(&set(2), &before, masked, Profile::Dmp).unwrap();
    let exchange = client.update(&request, None).unwrap();
    assert_eq!(exchange.wire, [WireWarning::Action]);

    let after = find(&client, AvailabilityStatus::Approved);
    assert_eq!(after.len(), 1);
    assert_eq!(Visibility::of(&after[0]), masked);
    assert_eq!(after[0].version.as_deref(), Some("2"));
    assert_ne!(after[0].entry_id, before.object.id, "another entryUUID");
    assert_eq!(after[0].logical_id, before.object.lid, "the same logicalId");
    assert_eq!(after[0].unique_id, unique_id(1));
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
    assert_eq!(find(&client, AvailabilityStatus::Deprecated), []);
    let versions = StoredQuery::GetDocuments(EntryKeys::LogicalIds(vec![
        before.object.lid.clone().unwrap(),
    ]));
    assert_eq!(ask(&client, &versions).documents.len(), 2);

    // The change was based on version 1, which is no longer the present one.
    let request = change_visibility(&set(3), &before, masked, Profile::Dmp).unwrap();
    let error = client.update(&request, None).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::MetadataVersionError]);
    let mut forged = found(&client, 1).unwrap();
    for slot in &mut forged.object.slots {
        if slot.name == "hash" {
            slot.values = vec!["0".repeat(40)];
        }
    }
    let request = change_visibility(&set(3), &forged, masked, Profile::Dmp).unwrap();
    let error = client.update(&request, None).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::UnmodifiableMetadataError]);

    let present = found(&client, 1).unwrap();
    let shown = Visibility::default();
    let request = change_visibility(&set(3), &present, shown, Profile::Dmp).unwrap();
    client.update(&request, None).unwrap();
    let after = find(&client, AvailabilityStatus::Approved);
    assert_eq!(Visibility::of(&after[0]), shown);
    assert_eq!(after[0].version.as_deref(), Some("3"));
}

// req: SC.DMP/CONF.03
#[test]
fn a_document_is_archived_put_in_force_again_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let id = entry_uuid(&client, 1).unwrap();
    change_status(&client, &archive(set(2), &id).unwrap()).unwrap();
    assert_eq!(find(&client, AvailabilityStatus::Approved), []);
    assert_eq!(find(&client, AvailabilityStatus::Archived).len(), 1);
    let error = change_status(&client, &archive(set(3), &id).unwrap()).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::MetadataUpdateError]);
    change_status(&client, &unarchive(set(3), &id).unwrap()).unwrap();
    assert_eq!(find(&client, AvailabilityStatus::Approved).len(), 1);

    let deletion = delete(set(4), &id, AvailabilityStatus::Approved).unwrap();
    change_status(&client, &deletion).unwrap();
    for status in [AvailabilityStatus::Approved, AvailabilityStatus::Deleted] {
        assert_eq!(find(&client, status), []);
    }
    assert_eq!(entry_uuid(&client, 1), None);
    let error = fetch(&client, 1).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::DocumentUniqueIdError]);
    let again = delete(set(5), &id, AvailabilityStatus::Approved).unwrap();
    let error = change_status(&client, &again).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::MetadataUpdateError]);
}

#[test]
fn a_document_that_is_already_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let same = Submission::new(set(2)).with_document(entry(1, FILE));
    let error = send(&client, &same, FILE).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::DuplicateUniqueIdInRegistry]);
    assert_eq!(error.blame(), Blame::Caller);
    assert!(!error.may_have_arrived());
    let other = Submission::new(set(2)).with_document(entry(1, b"other"));
    let error = send(&client, &other, b"other").unwrap_err();
    let all = [
        ErrorCode::DuplicateUniqueIdInRegistry,
        ErrorCode::NonIdenticalHash,
        ErrorCode::NonIdenticalSize,
    ];
    assert_eq!(codes(&error), all);
    let set_again = Submission::new(set(1)).with_document(entry(2, FILE));
    let error = send(&client, &set_again, FILE).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::DuplicateUniqueIdInRegistry]);
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
    assert_eq!(find(&client, AvailabilityStatus::Approved).len(), 1);
}

/// Whether it arrived, nobody knows: it is looked up, and nothing was sent twice behind the caller's back.
#[test]
fn a_connection_that_drops_leaves_a_question_that_a_query_answers() {
    let folder = tempfile::tempdir().unwrap();
    let quirks = ["drop x1", "drop-after x1"];
    let sandbox = Sandbox::start(folder.path(), &quirks);
    let client = sandbox.client();
    let before = submit(&client, 1).unwrap_err();
    assert!(before.may_have_arrived(), "{before}");
    assert_eq!(before.blame(), Blame::Transport);
    // The second quirk is used up by the request that comes next.
    let after = submit(&client, 2).unwrap_err();
    assert!(after.may_have_arrived(), "{after}");
    assert!(
        matches!(after, ClientError::Http(HttpError::Interrupted { .. })),
        "{after:?}"
    );
    assert_eq!(entry_uuid(&client, 1), None, "it did not arrive");
    assert!(entry_uuid(&client, 2).is_some(), "it did");
    let error = submit(&client, 2).unwrap_err();
    assert!(error.has(&ErrorCode::DuplicateUniqueIdInRegistry));
    submit(&client, 1).unwrap();
    assert_eq!(find(&client, AvailabilityStatus::Approved).len(), 2);
}

#[test]
fn what_it_holds_outlives_it() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    submit(&client, 2).unwrap();
    let id = entry_uuid(&client, 1).unwrap();
    change_status(&client, &archive(set(3), &id).unwrap()).unwrap();
    let before = everything(&client);
    drop(client);
    drop(sandbox);

    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    assert_eq!(find(&client, AvailabilityStatus::Archived)[0].entry_id, id);
    assert_eq!(find(&client, AvailabilityStatus::Approved).len(), 1);
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
    submit(&client, 4).unwrap();
    let after = everything(&client);
    assert!(after.documents.starts_with(&before.documents));
    assert!(after.associations.starts_with(&before.associations));
    assert!(after.submission_sets.starts_with(&before.submission_sets));
}

fn everything(client: &Client) -> RegistryContent {
    let all = vec![
        AvailabilityStatus::Approved,
        AvailabilityStatus::Deprecated,
        AvailabilityStatus::Archived,
    ];
    let query = StoredQuery::GetAll(GetAll {
        patient_id: patient(),
        document_statuses: all.clone(),
        submission_set_statuses: all.clone(),
        folder_statuses: all,
        ..GetAll::default()
    });
    ask(client, &query)
}

#[test]
fn documents_come_through_however_the_service_spells_them() {
    for quirk in ["percent-encoded-ids", "inline-documents"] {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(folder.path(), &[quirk]);
        let client = sandbox.client();
        submit(&client, 1).unwrap();
        assert_eq!(fetch(&client, 1).unwrap(), FILE, "{quirk}");
    }
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let asked = |repository: &str, id: String| DocumentRequest {
        repository_unique_id: repository.to_owned(),
        document_unique_id: id,
        ..DocumentRequest::default()
    };
    // One is there, one is not, one is elsewhere: a part is given.
    let exchange = client.retrieve(
        vec![
            asked(dmp::REPOSITORY, unique_id(1)),
            asked(dmp::REPOSITORY, unique_id(2)),
            asked("1.2.3", unique_id(1)),
        ],
        None,
    );
    let answer = exchange.unwrap().answer;
    assert!(answer.response.is_partial());
    assert!(answer.response.has(&ErrorCode::DocumentUniqueIdError));
    assert!(answer.response.has(&ErrorCode::UnknownRepositoryId));
    assert_eq!(answer.files.len(), 1);
}

#[test]
fn faults_refusals_and_errors_of_http_say_who_has_to_act() {
    let folder = tempfile::tempdir().unwrap();
    let quirks = [
        "multipart-faults",
        "fault x1",
        "refuse=XDSRegistryBusy x1",
        "refuse=XDSUnknownPatientId x1",
    ];
    let sandbox = Sandbox::start(folder.path(), &quirks);
    let client = sandbox.client();
    let fault = submit(&client, 1).unwrap_err();
    assert!(matches!(fault, ClientError::Answer(AnswerError::Fault(_))));
    assert_eq!(fault.blame(), Blame::Remote);
    let busy = submit(&client, 1).unwrap_err();
    assert!(busy.has(&ErrorCode::RegistryBusy));
    assert_eq!(busy.blame(), Blame::Remote);
    let unknown = submit(&client, 1).unwrap_err();
    assert_eq!(unknown.blame(), Blame::Caller);
    assert!(unknown.to_string().contains("XDSUnknownPatientId"));
    submit(&client, 1).unwrap();

    let mut caller = sandbox.caller();
    std::mem::swap(
        &mut caller.endpoints.registry,
        &mut caller.endpoints.repository,
    );
    let lost = sandbox.client_of(caller, sandbox.pki.client());
    let error = submit(&lost, 2).unwrap_err();
    assert_eq!(error.blame(), Blame::Caller, "{error}");

    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["status=503 x1", "latency=30s"]);
    let client = sandbox.client();
    let token = CancelToken::new();
    token.cancel();
    let submission = Submission::new(set(1)).with_document(entry(1, FILE));
    let file = FileToSend {
        id: "Document01",
        bytes: FILE,
    };
    let error = client.submit(&submission, &[file], Some(&token));
    assert!(matches!(
        error,
        Err(ClientError::Http(HttpError::Cancelled))
    ));
}

/// The metadata of a submission are checked before anything is sent.
#[test]
fn what_is_wrong_is_told_before_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["drop"]);
    let client = sandbox.client();
    let mut wrong = entry(1, FILE);
    wrong.type_code = None;
    let wrong = Submission::new(set(1)).with_document(wrong);
    let error = send(&client, &wrong, FILE).unwrap_err();
    assert!(error.to_string().contains("typeCode"), "{error}");
    let other = Submission::new(set(1)).with_document(entry(1, b"other"));
    let error = send(&client, &other, FILE).unwrap_err();
    assert!(error.to_string().contains("hash or size"), "{error}");
    assert_eq!(error.blame(), Blame::Caller);
    assert!(!error.may_have_arrived());
}

/// Gives an assertion, and keeps what it was asked for.
#[derive(Default)]
struct Card {
    asked: Mutex<Vec<Transaction>>,
}

impl SecuritySource for Card {
    fn header_blocks(&self, what: Transaction, _: SystemTime) -> Result<Vec<String>, NoProof> {
        self.asked.lock().unwrap().push(what);
        if what == Transaction::Retrieve {
            return Err(NoProof {
                reason: "card removed".to_owned(),
            });
        }
        let assertion =
            r#"<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1"/>"#;
        Ok(vec![security_block(assertion).unwrap()])
    }
}

#[test]
fn the_proof_of_who_calls_is_asked_for_each_call() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let card = Arc::new(Card::default());
    let caller = Caller {
        security: Arc::clone(&card) as Arc<dyn SecuritySource>,
        ..sandbox.caller()
    };
    let client = sandbox.client_of(caller, sandbox.pki.client());
    submit(&client, 1).unwrap();
    assert!(entry_uuid(&client, 1).is_some());
    let error = fetch(&client, 1).unwrap_err();
    assert!(error.to_string().contains("card removed"));
    assert!(!error.may_have_arrived());
    let asked = card.asked.lock().unwrap();
    assert_eq!(
        *asked,
        [
            Transaction::Submit,
            Transaction::Query,
            Transaction::Retrieve
        ]
    );
}

#[test]
fn the_command_says_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let run = |quirk: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_segur"))
            .args(["--lang", "en", "sandbox", "dmp", "--stop-after", "1"])
            .args(["--quirk", quirk, "--dir"])
            .arg(folder.path())
            .output()
            .unwrap()
    };
    let out = run("hyphenated-action");
    let told = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success(), "{told}");
    assert!(told.contains("DMP: https://localhost:"), "{told}");
    assert!(told.contains("/si-dmp-server/v2/services/"), "{told}");
    let bad = run("sleepy");
    assert_eq!(bad.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("multipart-faults"));
}
