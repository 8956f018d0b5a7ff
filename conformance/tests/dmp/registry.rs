//! What IHE has every registry do, beside keeping and finding.

use segur_dmp_xds::Submission;
use segur_dmp_xds::client::ClientError;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, AvailabilityStatus, EntryKind, Folder, MemberStatus,
};
use segur_dmp_xds::query::{
    DocumentFilter, EntryKey, EntryKeys, FindSubmissionSets, GetContents, StoredQuery,
};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::transaction::FileToSend;
use segur_dmp_xds::update::{Visibility, change_visibility};
use segur_dmp_xds::{Profile, RegistryContent};

use super::common::samples::ROOT;
use super::{
    Client, FILE, Sandbox, ask, change_status, codes, entry, entry_uuid, find, find_with, found,
    patient, send, set, submit, unique_id,
};

const NOBODY: &str = "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8";

fn numbers(client: &Client, status: AvailabilityStatus) -> Vec<String> {
    let found = find(client, status);
    let ids = found.iter().map(|one| one.unique_id.rsplit('.').next());
    ids.map(|id| id.unwrap().to_owned()).collect()
}

fn refused(result: Result<(), ClientError>) -> Vec<ErrorCode> {
    codes(&result.unwrap_err())
}

/// A document that is related to one of the registry.
fn related(number: u32, kind: AssociationKind, to: &str) -> Submission {
    let mut submission = Submission::new(set(number)).with_document(entry(number, FILE));
    let relation = Association::new(kind, "Document01", to);
    submission.associations.push(relation);
    submission
}

fn filed(number: u32) -> Submission {
    let mut submission = Submission::new(set(number)).with_document(entry(number, FILE));
    for (source, target) in [("SubmissionSet01", "Folder01"), ("Folder01", "Document01")] {
        let member = Association::new(AssociationKind::HasMember, source, target);
        submission.associations.push(member);
    }
    submission.folders.push(Folder {
        entry_id: "Folder01".to_owned(),
        unique_id: format!("{ROOT}.5.{number}"),
        patient_id: Some(patient()),
        title: Some("Classeur".to_owned()),
        codes: entry(number, FILE).type_code.into_iter().collect(),
        ..Folder::default()
    });
    submission
}

fn in_folder(client: &Client, number: u32) -> RegistryContent {
    let key = EntryKey::UniqueId(format!("{ROOT}.5.{number}"));
    ask(
        client,
        &StoredQuery::GetFolderAndContents(GetContents::of(key)),
    )
}

#[test]
fn authors_are_searched_with_the_wildcards_of_sql() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    for (pattern, number) in [
        ("%TEST%", 1),
        ("899700000001^%", 1),
        ("%^TEST^A_ICE^%", 1),
        ("%OTHER%", 0),
        ("TEST", 0),
    ] {
        let filter = DocumentFilter {
            author_persons: vec!["%NOBODY%".to_owned(), pattern.to_owned()],
            ..DocumentFilter::approved()
        };
        assert_eq!(find_with(&client, filter).len(), number, "{pattern}");
        let sets = StoredQuery::FindSubmissionSets(FindSubmissionSets {
            patient_id: patient(),
            statuses: vec![AvailabilityStatus::Approved],
            author_person: Some(pattern.to_owned()),
            ..FindSubmissionSets::default()
        });
        let sets = ask(&client, &sets).submission_sets;
        assert_eq!(sets.len(), number, "{pattern}");
    }
}

#[test]
fn documents_on_demand_are_found_only_when_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let mut on_demand = entry(2, FILE);
    on_demand.kind = Some(EntryKind::OnDemand);
    on_demand.repository_unique_id = Some("1.2.3".to_owned());
    let submission = Submission::new(set(2)).with_document(on_demand);
    client.register(&submission, None).unwrap();
    let found = |kinds: Vec<EntryKind>| {
        let filter = DocumentFilter {
            entry_kinds: kinds,
            ..DocumentFilter::approved()
        };
        let all = find_with(&client, filter);
        all.into_iter().map(|one| one.unique_id).collect::<Vec<_>>()
    };
    assert_eq!(found(Vec::new()), [unique_id(1)]);
    assert_eq!(found(vec![EntryKind::OnDemand]), [unique_id(2)]);
    let both = vec![EntryKind::Stable, EntryKind::OnDemand];
    assert_eq!(found(both), [unique_id(1), unique_id(2)]);
}

#[test]
fn what_completes_a_replaced_document_goes_out_of_force_with_it() {
    use AssociationKind::{Appends, Transforms};
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let first = entry_uuid(&client, 1).unwrap();
    send(&client, &related(2, Appends, &first), FILE).unwrap();
    let addendum = entry_uuid(&client, 2).unwrap();
    send(&client, &related(3, Transforms, &addendum), FILE).unwrap();
    submit(&client, 4).unwrap();
    let replacing = Submission::new(set(5)).with_replacement(entry(5, FILE), &first);
    send(&client, &replacing, FILE).unwrap();
    let deprecated = numbers(&client, AvailabilityStatus::Deprecated);
    assert_eq!(deprecated, ["1", "2", "3"]);
    assert_eq!(numbers(&client, AvailabilityStatus::Approved), ["4", "5"]);
}

#[test]
fn a_folder_holds_what_replaces_its_documents_and_their_new_versions() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    send(&client, &filed(1), FILE).unwrap();
    let before = in_folder(&client, 1);
    let old = entry_uuid(&client, 1).unwrap();
    let mut later = set(2);
    later.submission_time = Some("20240316".parse().unwrap());
    let replacing = Submission::new(later).with_replacement(entry(2, FILE), &old);
    send(&client, &replacing, FILE).unwrap();
    let after = in_folder(&client, 1);
    assert_eq!((before.documents.len(), after.documents.len()), (1, 2));
    let changed = |content: &RegistryContent| content.folders[0].last_update_time;
    assert_eq!(changed(&before), set(1).submission_time);
    assert_eq!(changed(&after), Some("20240316".parse().unwrap()));

    let present = found(&client, 2).unwrap();
    let masked = Visibility {
        masked: true,
        ..Visibility::default()
    };
    let request = change_visibility(&set(3), &present, masked, Profile::Dmp).unwrap();
    client.update(&request, None).unwrap();
    let now = entry_uuid(&client, 2).unwrap();
    let held = in_folder(&client, 1).documents;
    assert!(held.iter().any(|one| one.entry_id == now), "{held:?}");
}

#[test]
fn a_folder_of_the_registry_takes_more_documents_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    send(&client, &filed(1), FILE).unwrap();
    let brought = in_folder(&client, 1);
    let add = |number: u32, source: &str| {
        let mut submission = Submission::new(set(number)).with_document(entry(number, FILE));
        let member = Association::new(AssociationKind::HasMember, source, "Document01");
        submission.associations.push(member);
        send(&client, &submission, FILE)
    };
    add(2, &brought.folders[0].entry_id).unwrap();
    assert_eq!(in_folder(&client, 1).documents.len(), 2);
    let unknown = ErrorCode::UnresolvedReferenceException;
    assert_eq!(refused(add(3, NOBODY)), [unknown]);
    let document = &brought.documents[0].entry_id;
    let no_folder = ErrorCode::RegistryMetadataError;
    assert_eq!(refused(add(3, document)), [no_folder]);
    assert_eq!(entry_uuid(&client, 3), None);
}

#[test]
fn an_entry_uuid_that_the_sender_gives_stays() {
    const OWN: &str = "urn:uuid:3b241101-e2bb-4255-8caf-4136c566a962";
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    let submit = |number: u32| {
        let mut document = entry(number, FILE);
        document.entry_id = OWN.to_owned();
        let submission = Submission::new(set(number)).with_document(document);
        let file = FileToSend {
            id: OWN,
            bytes: FILE,
        };
        client.submit(&submission, &[file], None).map(drop)
    };
    submit(1).unwrap();
    assert_eq!(entry_uuid(&client, 1).as_deref(), Some(OWN));
    assert_eq!(refused(submit(2)), [ErrorCode::RegistryMetadataError]);
    assert_eq!(entry_uuid(&client, 2), None);
}

#[test]
fn only_the_newest_version_of_a_document_changes_its_status() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["ihe"]);
    let caller = segur_dmp_xds::client::Caller {
        profile: Profile::IheStrict,
        ..sandbox.caller()
    };
    let client = sandbox.client_of(caller, sandbox.pki.client());
    submit(&client, 1).unwrap();
    let old = found(&client, 1).unwrap();
    let masked = Visibility {
        masked: true,
        ..Visibility::default()
    };
    let request = change_visibility(&set(2), &old, masked, Profile::IheStrict).unwrap();
    client.update(&request, None).unwrap();
    let mut revived = Submission::new(set(3));
    revived.associations.push(Association {
        member_status: Some(MemberStatus::Original),
        original_status: Some(AvailabilityStatus::Deprecated),
        new_status: Some(AvailabilityStatus::Approved),
        ..Association::new(
            AssociationKind::UpdateAvailabilityStatus,
            "SubmissionSet01",
            old.object.id.as_str(),
        )
    });
    let error = change_status(&client, &revived).unwrap_err();
    assert_eq!(codes(&error), [ErrorCode::MetadataUpdateError]);
    let by_id = StoredQuery::GetDocuments(EntryKeys::EntryUuids(vec![old.object.id.clone()]));
    let kept = ask(&client, &by_id).documents;
    assert_eq!(kept[0].status, Some(AvailabilityStatus::Deprecated));
}
