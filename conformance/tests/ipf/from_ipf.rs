//! IPF's client, our sandbox; and our client on the same sandbox, with the same expectations as on IPF's server.

use std::process::Stdio;

use segur::sandbox::dmp;

use super::peer;
use super::sandbox;
use super::scenario::Scenario;
use super::table::Table;

#[test]
fn the_client_of_ipf_and_our_sandbox() {
    let Some(class_path) = peer::class_path() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox::start(folder.path());
    let mut table = Table::new("IPF's client -> our sandbox");
    let base = sandbox.base();
    let pki = sandbox.pki.folder().to_str().unwrap();
    let output = peer::java(&class_path, &["client", &base, dmp::REPOSITORY, pki])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut rows = Vec::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, transaction, what, answer, took] = fields[..] else {
            panic!("{line}");
        };
        table.timed_row(transaction, what, answer, took);
        rows.push((what.to_owned(), answer.to_owned()));
    }
    drop(table);
    assert!(output.status.success());
    let got: Vec<(&str, &str)> = rows
        .iter()
        .map(|(what, answer)| (what.as_str(), answer.as_str()))
        .collect();
    assert_eq!(got, EXPECTED);
}

/// The same client, queries and expectations as on IPF's server: both registries find the same.
#[test]
fn our_client_and_our_sandbox_as_ihe_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = sandbox::start(folder.path());
    let mut table = Table::new("our client -> our sandbox (quirk ihe)");
    Scenario {
        client: &sandbox::client(&sandbox),
        repository: dmp::REPOSITORY,
        reads_commas: true,
        table: &mut table,
    }
    .run();
}

/// What IPF's client was told, as it says it.
const EXPECTED: &[(&str, &str)] = &[
    ("one document (CDA)", "SUCCESS"),
    ("three documents (CDA, PDF, 3 MB) and a folder", "SUCCESS"),
    ("replacement (RPLC)", "SUCCESS"),
    ("one document of another repository", "SUCCESS"),
    (
        "FindDocuments, approved",
        "SUCCESS: documents [2, 3, 4, 5, 6], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "FindDocuments, deprecated",
        "SUCCESS: documents [1], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "FindDocuments, every filter",
        "SUCCESS: documents [3], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "FindDocumentsByReferenceId",
        "SUCCESS: documents [2, 3, 4, 5, 6], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "FindDocumentsForMultiplePatients",
        "SUCCESS: documents [2, 3, 4, 5, 6], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "FindSubmissionSets",
        "SUCCESS: documents [], 3 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "FindFolders",
        "SUCCESS: documents [], 0 sets, 1 folders, 0 associations, ObjectRef alike",
    ),
    (
        "GetAll",
        "SUCCESS: documents [1, 2, 3, 4, 5, 6], 4 sets, 1 folders, 10 associations, ObjectRef alike",
    ),
    (
        "GetDocuments, uniqueIds",
        "SUCCESS: documents [2, 6], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "GetDocuments, entryUUIDs",
        "SUCCESS: documents [1, 5], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "GetDocuments, logicalIDs",
        "SUCCESS: documents [1, 5], 0 sets, 0 folders, 0 associations, ObjectRef alike",
    ),
    (
        "GetFolders",
        "SUCCESS: documents [], 0 sets, 1 folders, 0 associations, ObjectRef alike",
    ),
    (
        "GetAssociations",
        "SUCCESS: documents [], 0 sets, 0 folders, 2 associations, ObjectRef alike",
    ),
    (
        "GetDocumentsAndAssociations",
        "SUCCESS: documents [1], 0 sets, 0 folders, 2 associations, ObjectRef alike",
    ),
    (
        "GetSubmissionSets",
        "SUCCESS: documents [], 2 sets, 0 folders, 2 associations, ObjectRef alike",
    ),
    (
        "GetSubmissionSetAndContents",
        "SUCCESS: documents [2, 3, 4], 1 sets, 1 folders, 6 associations, ObjectRef alike",
    ),
    (
        "GetFolderAndContents",
        "SUCCESS: documents [2, 3], 0 sets, 1 folders, 2 associations, ObjectRef alike",
    ),
    (
        "GetFoldersForDocument",
        "SUCCESS: documents [], 0 sets, 1 folders, 0 associations, ObjectRef alike",
    ),
    (
        "GetRelatedDocuments, RPLC",
        "SUCCESS: documents [1, 5], 0 sets, 0 folders, 1 associations, ObjectRef alike",
    ),
    ("metadata of document01", "every field equal"),
    ("metadata of document02", "every field equal"),
    ("metadata of document03", "every field equal"),
    ("metadata of document04", "every field equal"),
    ("metadata of document05", "every field equal"),
    ("metadata of document06", "every field equal"),
    ("metadata of set 1", "every field equal"),
    ("metadata of set 2", "every field equal"),
    ("metadata of set 3", "every field equal"),
    ("metadata of set 4", "every field equal"),
    ("metadata of the folder", "every field equal"),
    ("four documents", "SUCCESS, equal byte by byte"),
    (
        "two documents, one unknown",
        "PARTIAL_SUCCESS: XDSDocumentUniqueIdError, 1 file",
    ),
    (
        "a uniqueId that is there",
        "FAILURE: XDSDuplicateUniqueIdInRegistry",
    ),
    ("a wrong hash", "FAILURE: XDSRepositoryMetadataError"),
    ("a wrong size", "FAILURE: XDSRepositoryMetadataError"),
    ("no typeCode", "FAILURE: XDSRegistryMetadataError"),
    ("a document without its file", "FAILURE: XDSMissingDocument"),
    (
        "a query that the registry does not know",
        "FAILURE: XDSUnknownStoredQuery",
    ),
    (
        "FindDocuments without status",
        "FAILURE: XDSStoredQueryMissingParam",
    ),
    ("status: Approved to Deprecated", "SUCCESS"),
    ("its status", "DEPRECATED"),
    (
        "status: a wrong OriginalStatus",
        "FAILURE: XDSMetadataUpdateError",
    ),
    ("status: Deprecated to Approved", "SUCCESS"),
    ("its status", "APPROVED"),
    ("metadata: title and confidentiality", "SUCCESS"),
    (
        "the new version",
        "every field equal, version 2, APPROVED, same logicalID, new entryUUID",
    ),
    (
        "metadata: a version that is not the present one",
        "FAILURE: XDSMetadataVersionError",
    ),
    (
        "metadata: an unknown logicalID",
        "FAILURE: XDSMetadataUpdateError",
    ),
    (
        "metadata: without logicalID",
        "FAILURE: XDSMetadataUpdateError",
    ),
    (
        "metadata: another uniqueId",
        "FAILURE: UnmodifiableMetadataError",
    ),
];
