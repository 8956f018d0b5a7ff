//! What may change once a document is there: status, visibility, replacement.
#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use common::{entry, judge, set, shared_file, submission};
use segur_core::Coded;
use segur_dmp_xds::ebrim::{ExtrinsicObject, RegistryObject, Slot};
use segur_dmp_xds::metadata::{
    AssociationKind, AvailabilityStatus, Cx, DocumentEntry, Fault, SubmissionSet, visibility,
};
use segur_dmp_xds::response::AdhocQueryResponse;
use segur_dmp_xds::update::{
    UpdateError, Visibility, archive, change_status, change_visibility, delete, unarchive,
    update_metadata,
};
use segur_dmp_xds::{Profile, RegistryContent, SubmitObjectsRequest};

const UUID: &str = "urn:uuid:fe5287a2-ae6a-11eb-8f5d-0050569e422e";

// req: SC.DMP/CONF.03
#[test]
fn the_vector_of_a_deletion_is_what_we_write() {
    let mut deletion = delete(set(), UUID, AvailabilityStatus::Approved).unwrap();
    let request = SubmitObjectsRequest::new(&deletion, Profile::Dmp).unwrap();
    let xml = request.to_xml().unwrap();
    judge("deletion", "lcm", &xml);
    let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
    let read = read.submission().unwrap();
    assert_eq!(read.warnings, []);
    let Some(vector) = shared_file("deletion", "data/xds/vector_update_delete.xml") else {
        return;
    };
    let theirs = SubmitObjectsRequest::parse(vector.as_bytes())
        .unwrap()
        .value;
    deletion.associations[0].id = "as01".to_owned();
    assert_eq!(theirs.submission().unwrap().value, deletion);
    // Ids apart, which are names of the message.
    let without_ids = |xml: &str| -> String {
        let parts = xml.split(" id=\"");
        parts
            .map(|part| part.split_once('"').map_or(part, |(_, rest)| rest))
            .collect()
    };
    let words = |xml: &str| {
        let mut words: Vec<String> = without_ids(xml)
            .split(['<', ' ', '>'])
            .map(str::to_owned)
            .collect();
        words.sort();
        words
    };
    assert_eq!(
        words(&xml),
        words(vector.split_once("?>").unwrap().1.trim())
    );
}

// req: SC.DMP/CONF.03
#[test]
fn documents_are_archived_and_put_in_force_again() {
    let statuses = |submission: &segur_dmp_xds::Submission| {
        let one = &submission.associations[0];
        assert_eq!(one.kind, AssociationKind::UpdateAvailabilityStatus);
        assert_eq!(one.target, UUID);
        (
            one.original_status.clone().unwrap(),
            one.new_status.clone().unwrap(),
        )
    };
    let (approved, archived) = (AvailabilityStatus::Approved, AvailabilityStatus::Archived);
    let archiving = archive(set(), UUID).unwrap();
    assert_eq!(statuses(&archiving), (approved.clone(), archived.clone()));
    assert_eq!(archiving.validate(Profile::Dmp), []);
    assert_eq!(
        statuses(&unarchive(set(), UUID).unwrap()),
        (archived.clone(), approved.clone())
    );
    let deletion = delete(set(), UUID, archived.clone()).unwrap();
    assert_eq!(
        statuses(&deletion),
        (archived.clone(), AvailabilityStatus::Deleted)
    );

    for (from, to) in [
        (AvailabilityStatus::Deleted, approved.clone()),
        (AvailabilityStatus::Deprecated, archived),
        (approved.clone(), approved.clone()),
        (approved, AvailabilityStatus::Deprecated),
    ] {
        let refused = change_status(set(), UUID, from, to).unwrap_err();
        assert!(matches!(refused, UpdateError::Transition { .. }));
    }
    assert_eq!(archive(set(), "1.2.3").unwrap_err(), UpdateError::EntryUuid);
}

/// An entry as the registry gives it, with a slot that no one knows.
fn found(visible: Visibility) -> ExtrinsicObject {
    let mut one = DocumentEntry {
        entry_id: UUID.to_owned(),
        logical_id: Some("urn:uuid:0a0a0a0a-ae6a-11eb-8f5d-0050569e422e".to_owned()),
        version: Some("3".to_owned()),
        status: Some(AvailabilityStatus::Approved),
        repository_unique_id: Some("1.2.250.1.213.4.1.1.1.2".to_owned()),
        ..entry()
    };
    one.confidentiality_codes.extend(visible.codes());
    let mut found = one.to_ebrim(Profile::Dmp);
    found
        .object
        .slots
        .push(Slot::single("urn:example:unknown", "kept"));
    found.content_version_info = found.object.version_info.clone();
    let content = vec![RegistryObject::ExtrinsicObject(found)];
    let xml = AdhocQueryResponse::found(content).to_xml().unwrap();
    let answer = AdhocQueryResponse::parse(xml.as_bytes()).unwrap().value;
    match answer.objects.into_iter().next() {
        Some(RegistryObject::ExtrinsicObject(one)) => one,
        other => panic!("{other:?}"),
    }
}

fn changed(request: &SubmitObjectsRequest) -> DocumentEntry {
    let content = RegistryContent::from_objects(&request.objects);
    content.value.documents.into_iter().next().unwrap()
}

// req: SC.DMP/UX.14.TER
// req: SC.DMP/UX.14.BIS
#[test]
fn a_document_is_hidden_and_shown_and_nothing_else_changes() {
    let masked = Visibility {
        masked: true,
        ..Visibility::default()
    };
    let invisible = Visibility {
        invisible_to_patient: true,
        ..Visibility::default()
    };
    let minor = Visibility {
        invisible_to_representatives: true,
        ..Visibility::default()
    };
    for from in [Visibility::default(), masked, invisible] {
        for to in [Visibility::default(), masked, invisible, minor] {
            let before = found(from);
            let request = change_visibility(&set(), &before, to, Profile::Dmp).unwrap();
            let xml = request.to_xml().unwrap();
            judge("visibility", "lcm", &xml);
            let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap();
            assert_eq!(read.warnings, []);
            let after = changed(&read.value);
            assert!(
                xml.contains("<rim:ContentVersionInfo versionName=\"3\"/></rim:ExtrinsicObject>")
            );
            assert_eq!(Visibility::of(&after), to);
            assert_eq!(after.confidentiality_codes[0], visibility::NORMAL);
            assert_eq!(after.confidentiality_codes.len(), 1 + to.codes().len());
            assert_eq!(after.other_slots[0].values, ["kept"]);

            let mut expected = changed(&SubmitObjectsRequest {
                objects: vec![RegistryObject::ExtrinsicObject(before)],
            });
            expected.entry_id = "Document01".to_owned();
            expected.confidentiality_codes = after.confidentiality_codes.clone();
            assert_eq!(after, expected);

            let submission = read.value.submission().unwrap().value;
            let member = &submission.associations[0];
            assert_eq!(member.kind, AssociationKind::HasMember);
            assert_eq!(member.previous_version.as_deref(), Some("3"));
            assert_eq!(member.target, "Document01");
        }
    }
}

/// The confidentiality of the document itself is no matter of visibility.
#[test]
fn a_restricted_document_stays_restricted() {
    let mut found = found(Visibility::default());
    for one in &mut found.object.classifications {
        if one.node_representation.as_deref() == Some("N") {
            one.node_representation = Some("R".to_owned());
        }
    }
    let to = Visibility {
        masked: true,
        ..Visibility::default()
    };
    let request = change_visibility(&set(), &found, to, Profile::Dmp).unwrap();
    let codes = changed(&request).confidentiality_codes;
    let codes: Vec<&str> = codes.iter().map(|code| code.code.as_ref()).collect();
    assert_eq!(codes, ["R", "MASQUE_PS"]);
}

#[test]
fn an_update_needs_what_it_is_based_on() {
    let mut without = found(Visibility::default());
    without.object.version_info = None;
    let to = Visibility::default();
    let refused = change_visibility(&set(), &without, to, Profile::Dmp).unwrap_err();
    assert!(refused.to_string().contains("version"));
    without.object.lid = None;
    let refused = change_visibility(&set(), &without, to, Profile::Dmp).unwrap_err();
    assert!(refused.to_string().contains("logicalId"));
    without.object.id = "Document01".to_owned();
    let refused = update_metadata(&set(), without, Profile::Dmp).unwrap_err();
    assert_eq!(refused, UpdateError::EntryUuid);
    let empty = SubmissionSet::new("Set", "", "");
    let refused = update_metadata(&empty, found(to), Profile::Dmp).unwrap_err();
    assert!(matches!(refused, UpdateError::Invalid(_)));
}

#[test]
fn an_update_is_of_one_patient() {
    let other = SubmissionSet {
        patient_id: Some(Cx::new("1", "1.2.250.1.213.1.4.10", "NH")),
        ..set()
    };
    let to = Visibility::default();
    let refused = change_visibility(&other, &found(to), to, Profile::Dmp).unwrap_err();
    let UpdateError::Invalid(invalid) = refused else {
        panic!("{refused}");
    };
    let problem = &invalid.problems[0];
    assert_eq!(
        (problem.field, problem.fault),
        ("patientId", Fault::Conflict)
    );
}

/// TD2.1b: the entryUUID of the old one, not its uniqueId.
#[test]
fn a_replacement_names_the_entry_that_it_replaces() {
    let mut new = entry();
    new.format_code = Some(Coded::new(
        "urn:asip:ci-sis:vsm:2012",
        "1.2.250.1.213.1.1.4.2.282",
    ));
    let mut replacing = submission();
    replacing.documents.clear();
    replacing.associations.clear();
    let replacing = replacing.with_replacement(new, UUID);
    let request = SubmitObjectsRequest::new(&replacing, Profile::Dmp).unwrap();
    let xml = request.to_xml().unwrap();
    judge("replacement", "lcm", &xml);
    assert!(xml.contains(&format!(
        "associationType=\"urn:ihe:iti:2007:AssociationType:RPLC\" sourceObject=\"Document01\" targetObject=\"{UUID}\""
    )));
    let wrong = submission().with_replacement(
        DocumentEntry {
            entry_id: "Document02".to_owned(),
            unique_id: "1.2.3.4".to_owned(),
            ..entry()
        },
        "1.2.250.1.999.1.1",
    );
    let problems = wrong.validate(Profile::Dmp);
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].field, problems[0].fault),
        ("targetObject", Fault::Form)
    );
    assert!(problems[0].to_string().contains("not a uniqueId"));
}
