//! Metadata against the vectors, the schemas, and what registries and clients do wrong.
#![allow(clippy::unwrap_used)]

mod common;

use common::{entry, judge, set, shared_file, submission};
use segur_core::Coded;
use segur_dmp_xds::ebrim::RegistryObject;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, Author, Fault, Folder, Recipient, Xon,
};
use segur_dmp_xds::{
    Content, DocumentEntry, Profile, ProvideAndRegisterRequest, RegistryContent,
    SubmitObjectsRequest, SubmittedDocument, WarningKind, WriteError,
};

fn message(profile: Profile) -> String {
    let request = SubmitObjectsRequest::new(&submission(), profile).unwrap();
    request.to_xml().unwrap()
}

/// What is written for the DMP, objects compared with those of the vector whatever their ids.
#[test]
fn the_vector_of_a_submission_is_what_we_write() {
    let Some(vector) = shared_file("vector", "data/xds/vector_submit_objects_request.xml") else {
        return;
    };
    let read = SubmitObjectsRequest::parse(vector.as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    let meaning = read.value.submission().unwrap();
    assert_eq!(meaning.warnings, []);
    let mut expected = submission();
    expected.associations[0].id = "as01".to_owned();
    assert_eq!(meaning.value, expected);

    let ours = SubmitObjectsRequest::new(&meaning.value, Profile::Dmp).unwrap();
    let without_ids = |xml: &str| -> String {
        let parts = xml.split(" id=\"");
        parts
            .map(|part| match part.split_once('"') {
                Some((id, rest)) if id.len() == 4 => rest,
                _ => part,
            })
            .collect()
    };
    let body = vector.split_once("?>").unwrap().1.trim();
    assert_eq!(without_ids(&ours.to_xml().unwrap()), without_ids(body));
}

#[test]
fn objects_come_back_byte_for_byte() {
    for name in ["vector_submit_objects_request", "vector_update_delete"] {
        let Some(vector) = shared_file(name, &format!("data/xds/{name}.xml")) else {
            continue;
        };
        let read = SubmitObjectsRequest::parse(vector.as_bytes()).unwrap();
        assert_eq!(read.warnings, []);
        let body = vector.split_once("?>").unwrap().1.trim();
        let written = read.value.to_xml().unwrap();
        // The order of attributes is ours.
        let sorted = |xml: &str| {
            let mut words: Vec<String> =
                xml.split(['<', ' ', '/', '>']).map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(sorted(&written), sorted(body), "{name}");
        let again = SubmitObjectsRequest::parse(written.as_bytes()).unwrap();
        assert_eq!(again.value, read.value);
    }
}

#[test]
fn both_profiles_satisfy_the_schema() {
    for profile in [Profile::Dmp, Profile::IheStrict] {
        judge("schema", "lcm", &message(profile));
    }
    let mut full = submission();
    full.folders.push(Folder {
        entry_id: "Folder01".to_owned(),
        unique_id: "1.2.250.1.999.4".to_owned(),
        patient_id: full.submission_set.patient_id.clone(),
        title: Some("Dossier".to_owned()),
        comments: Some("Suivi".to_owned()),
        codes: vec![Coded::new("FO1", "1.2.3")],
        last_update_time: Some("20240315093100".parse().unwrap()),
        logical_id: Some("urn:uuid:0f0f".to_owned()),
        version: Some("1".to_owned()),
        ..Folder::default()
    });
    full.associations
        .push(Association::member("SubmissionSet01", "Folder01"));
    full.submission_set.intended_recipients.push(Recipient {
        organization: Some(Xon::structure("CABINET & CIE", "499700000000001")),
        ..Recipient::default()
    });
    let request = SubmitObjectsRequest::new(&full, Profile::Dmp).unwrap();
    let xml = request.to_xml().unwrap();
    assert!(xml.contains(r"CABINET \T\ CIE^^^^^&amp;1.2.250"));
    judge("schema", "lcm", &xml);
    let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
    let read = read.submission().unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(read.value.folders, full.folders);
    assert_eq!(read.value.submission_set, full.submission_set);
}

#[test]
fn the_strict_profile_leaves_out_what_is_french() {
    let dmp = message(Profile::Dmp);
    let strict = message(Profile::IheStrict);
    for french in ["ISO^NH", "^IDNST^", "ISO^PI", "^1.2.250.1.213.1.1.4.5"] {
        assert!(dmp.contains(french), "{french}");
        assert!(!strict.contains(french), "{french}");
    }
    for neutral in [
        "\"279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO\"",
        ">CABINET DR TEST^^^^^&amp;1.2.250.1.71.4.2.2&amp;ISO^^^^499700000000001<",
        ">G15_10/SM26^^^&amp;1.2.250.1.213.1.1.4.5&amp;ISO<",
        "^IDNPS<",
    ] {
        assert!(strict.contains(neutral), "{neutral}");
    }
}

/// A professional who has left the register: the structure is the author.
// req: SC.DMP/HISTO.04
#[test]
fn a_legal_entity_may_be_the_author() {
    let mut lone = submission();
    let author = Author::legal_entity(Xon::structure("CABINET DR TEST", "499700000000001"));
    lone.documents[0].authors = vec![author.clone()];
    let request = SubmitObjectsRequest::new(&lone, Profile::Dmp).unwrap();
    let xml = request.to_xml().unwrap();
    judge("schema", "lcm", &xml);
    let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
    let read = read.submission().unwrap();
    assert_eq!(read.value.documents[0].authors, [author]);
    lone.documents[0].authors = vec![Author::default()];
    let refused = SubmitObjectsRequest::new(&lone, Profile::Dmp).unwrap_err();
    assert_eq!(refused.problems.len(), 1);
    assert_eq!(refused.problems[0].field, "author");
}

/// Everything missing is told at once, each by its name.
#[test]
fn every_problem_is_listed_and_none_quotes_a_value() {
    let mut bad = submission();
    let one = &mut bad.documents[0];
    one.hash = Some("abc".to_owned());
    one.size = None;
    one.title = Some("x".repeat(129));
    one.type_code = None;
    one.service_stop_time = Some("2023".parse().unwrap());
    one.source_patient_info.set(7, "1950-10-07");
    one.source_patient_info.set(19, "279035121518989");
    one.unique_id = "urn:oid:1.2.3".to_owned();
    one.patient_id.as_mut().unwrap().id = "1790351215189".to_owned();
    one.language_code = Some("francais de France".to_owned());
    one.mime_type = "pdf".to_owned();
    bad.associations.clear();
    let problems = bad.validate(Profile::Dmp);
    let found: Vec<(&str, Fault)> = problems.iter().map(|one| (one.field, one.fault)).collect();
    for expected in [
        ("hash", Fault::Form),
        ("size", Fault::Missing),
        ("title", Fault::TooLong { max: 128, got: 129 }),
        ("typeCode", Fault::Missing),
        ("serviceStopTime", Fault::Conflict),
        ("sourcePatientInfo", Fault::Form),
        ("uniqueId", Fault::Form),
        ("patientId", Fault::Conflict),
        ("languageCode", Fault::Form),
        ("mimeType", Fault::Form),
        ("HasMember", Fault::Missing),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let refused = SubmitObjectsRequest::new(&bad, Profile::Dmp).unwrap_err();
    let told = format!("{refused} {refused:?} {bad:?}");
    for secret in [
        "279035121518989",
        "1790351215189",
        "PATIENT",
        "MARIE",
        "1950",
    ] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    assert!(told.contains("Document01: typeCode is missing"));
}

#[test]
fn strict_ihe_leaves_hash_and_size_to_the_repository() {
    let mut bare = submission();
    bare.documents[0].hash = None;
    bare.documents[0].size = None;
    assert_eq!(bare.validate(Profile::IheStrict), []);
    assert_eq!(bare.validate(Profile::Dmp).len(), 2);
}

#[test]
fn wrong_references_between_objects_are_found() {
    let mut wrong = submission().with_document(entry());
    wrong.associations.push(Association::new(
        AssociationKind::Replaces,
        "Nowhere",
        "urn:uuid:1",
    ));
    wrong
        .associations
        .push(Association::member("SubmissionSet01", "urn:uuid:2"));
    let faults: Vec<(&str, Fault)> = wrong
        .validate(Profile::Dmp)
        .iter()
        .map(|one| (one.field, one.fault))
        .collect();
    assert_eq!(
        faults,
        [
            ("entryUUID", Fault::Repeated),
            ("uniqueId", Fault::Repeated),
            ("sourceObject", Fault::Conflict),
            ("SubmissionSetStatus", Fault::Conflict),
        ]
    );
}

/// One mutation of a good message, the warning it must give, and whether it must still be read whole.
#[test]
fn what_clients_and_registries_do_wrong_is_tolerated_and_told() {
    let good = message(Profile::Dmp);
    let slot = |name: &str, value: &str| {
        format!(
            "<rim:Slot name=\"{name}\"><rim:ValueList><rim:Value>{value}</rim:Value></rim:ValueList></rim:Slot>"
        )
    };
    let hash = slot("hash", "e1e83780fa1fb60c781c055eec69f452ccf808c1");
    let start = slot("serviceStartTime", "20240315090000");
    let mutations: Vec<(WarningKind, String, String)> = vec![
        (
            WarningKind::UnreadableBirthDate,
            "PID-7|19790328".into(),
            "PID-7|1950-10-07".into(),
        ),
        (
            WarningKind::UnreadablePatientInfo,
            "PID-8|F".into(),
            "sex F".into(),
        ),
        (WarningKind::MissingField, hash.clone(), String::new()),
        (
            WarningKind::UnreadableHash,
            hash.clone(),
            slot("hash", "4E5F"),
        ),
        (
            WarningKind::RepeatedSlot,
            hash.clone(),
            format!("{hash}{}", slot("hash", "4E5F")),
        ),
        (
            WarningKind::SeveralValues,
            hash.clone(),
            format!("{hash}{hash}"),
        ),
        (
            WarningKind::UnknownSlot,
            hash.clone(),
            format!("{hash}{}", slot("urn:x:extra", "1")),
        ),
        (
            WarningKind::UnreadableTime,
            start.clone(),
            slot("serviceStartTime", "2024-03-15"),
        ),
        (
            WarningKind::UnreadableNumber,
            ">4268<".into(),
            ">4268 bytes<".into(),
        ),
        (
            WarningKind::MissingOwner,
            " registryObject=\"Document01\"".into(),
            String::new(),
        ),
        (
            WarningKind::MissingOwner,
            " classifiedObject=\"Document01\"".into(),
            String::new(),
        ),
        (
            WarningKind::OtherOwner,
            "classifiedObject=\"Document01\"".into(),
            "classifiedObject=\"document01\"".into(),
        ),
        (
            WarningKind::UnknownClassification,
            "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d".into(),
            "urn:uuid:a09d5840-386c-46f2-b5ad-9fdf87b75cc4".into(),
        ),
        (
            WarningKind::UnknownIdentifier,
            "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab".into(),
            "urn:uuid:00000000-a085-4c72-9da3-8640a32e42ab".into(),
        ),
        (
            WarningKind::MissingScheme,
            slot("codingScheme", "1.2.250.1.213.1.1.4.9"),
            String::new(),
        ),
        (
            WarningKind::UnknownPackage,
            " classificationNode=\"urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd\"".into(),
            String::new(),
        ),
        (
            WarningKind::UnknownElement,
            "<rim:VersionInfo".into(),
            String::new(),
        ),
        (
            WarningKind::UnknownWord,
            "AssociationType:HasMember".into(),
            "AssociationType:HasA".into(),
        ),
        (
            WarningKind::UnknownWord,
            ">Original<".into(),
            ">Originel<".into(),
        ),
    ];
    for (kind, from, to) in mutations {
        let mutant = if kind == WarningKind::UnknownElement {
            good.replacen("<rim:Name>", "<rim:Size/><rim:Name>", 1)
        } else {
            assert!(good.contains(&from), "{from}");
            good.replace(&from, &to)
        };
        let read = SubmitObjectsRequest::parse(mutant.as_bytes()).unwrap();
        let meaning = read.value.submission().unwrap();
        let all: Vec<WarningKind> = read
            .warnings
            .iter()
            .chain(&meaning.warnings)
            .map(|warning| warning.kind)
            .collect();
        assert!(all.contains(&kind), "{kind:?} not in {all:?}");
        assert_eq!(meaning.value.documents.len(), 1, "{kind:?}");
        // Whatever is kept is written again; what could not be read is not written for the DMP.
        let again = read.value.to_xml().unwrap();
        let again = SubmitObjectsRequest::parse(again.as_bytes()).unwrap().value;
        assert_eq!(again.objects.len(), 3, "{kind:?}");
    }
}

#[test]
fn an_unreadable_slot_is_kept_and_refused_when_written() {
    let xml = message(Profile::Dmp).replace("20240315090000", "2024-03-15");
    let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
    let meaning = read.submission().unwrap().value;
    let kept = &meaning.documents[0].other_slots;
    assert_eq!(kept[0].name, "serviceStartTime");
    assert_eq!(kept[0].values, ["2024-03-15"]);
    let problems = meaning.validate(Profile::IheStrict);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].field, "serviceStartTime");
}

/// One thing that is wrong is told once: what cannot be read is not missing besides.
#[test]
fn an_unreadable_slot_is_not_missing() {
    for (good, bad, kind) in [
        ("20240315093000", "2024-03-15", WarningKind::UnreadableTime),
        ("4268", "4268 bytes", WarningKind::UnreadableNumber),
        ("20240315093100", "hier", WarningKind::UnreadableTime),
        (">20240315093100<", "><", WarningKind::MissingField),
    ] {
        let xml = message(Profile::Dmp).replace(good, bad);
        let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
        let warnings = read.submission().unwrap().warnings;
        let kinds: Vec<WarningKind> = warnings.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [kind], "{bad}");
    }
}

/// An association keeps its slots; what else stands in it is said to be passed over, not to be kept.
#[test]
fn what_an_association_does_not_keep_is_told() {
    let slot = |name: &str, value: &str| {
        format!(
            "<rim:Slot name=\"{name}\"><rim:ValueList><rim:Value>{value}</rim:Value></rim:ValueList></rim:Slot>"
        )
    };
    let code = "<rim:Classification id=\"c1\" classifiedObject=\"as01\" classificationScheme=\"urn:x\" nodeRepresentation=\"1\"/>";
    let status = slot("SubmissionSetStatus", "Original");
    let xml = message(Profile::Dmp);
    assert!(xml.contains(&status));
    let more = format!("{}{status}{code}", slot("AssociationPropagation", "maybe"));
    let xml = xml
        .replace(&status, &more)
        .replace(" id=\"as08\"", " id=\"as01\"");
    let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
    let read = read.submission().unwrap();
    let kinds: Vec<WarningKind> = read.warnings.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [WarningKind::UnknownWord, WarningKind::UnknownElement]
    );
    let association = &read.value.associations[0];
    assert_eq!(association.propagation, None);
    assert_eq!(association.other_slots[0].values, ["maybe"]);
    let problems = read.value.validate(Profile::Dmp);
    assert_eq!(problems.len(), 1, "not written again");
    assert_eq!(problems[0].field, "AssociationPropagation");
}

#[test]
fn what_stands_once_is_not_written_twice() {
    let mut twice = submission();
    let mut objects = twice.to_objects(Profile::Dmp);
    for object in &mut objects {
        let object = match object {
            RegistryObject::ExtrinsicObject(one) => &mut one.object,
            RegistryObject::RegistryPackage(object) => object,
            _ => continue,
        };
        let (codes, identifiers) = (
            object.classifications.clone(),
            object.external_identifiers.clone(),
        );
        object.classifications.extend(codes);
        object.external_identifiers.extend(identifiers);
    }
    let read = RegistryContent::from_objects(&objects);
    twice.submission_set = read.value.submission_sets[0].clone();
    twice.documents = read.value.documents;
    twice.associations.push(twice.associations[0].clone());
    for association in &mut twice.associations {
        association.id = "as01".to_owned();
    }
    let problems = twice.validate(Profile::Dmp);
    let repeated: Vec<(&str, &str)> = problems
        .iter()
        .filter(|one| one.fault == Fault::Repeated)
        .map(|one| (one.object.as_str(), one.field))
        .collect();
    assert_eq!(
        repeated,
        [
            ("SubmissionSet01", "contentTypeCode"),
            ("SubmissionSet01", "patientId"),
            ("SubmissionSet01", "sourceId"),
            ("SubmissionSet01", "uniqueId"),
            ("Document01", "classCode"),
            ("Document01", "typeCode"),
            ("Document01", "formatCode"),
            ("Document01", "healthcareFacilityTypeCode"),
            ("Document01", "practiceSettingCode"),
            ("Document01", "patientId"),
            ("Document01", "uniqueId"),
            ("as01", "entryUUID"),
        ]
    );
    assert_eq!(problems.len(), repeated.len());
}

#[test]
fn titles_in_further_languages_are_told() {
    let title = "<rim:LocalizedString xml:lang=\"FR\" charset=\"UTF8\" value=\"Compte rendu de consultation\"/>";
    let other = "<rim:LocalizedString xml:lang=\"EN\" charset=\"UTF8\" value=\"Report\"/>";
    let xml = message(Profile::Dmp).replace(title, &format!("{title}{other}"));
    let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
    let read = read.submission().unwrap();
    let told: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["Document01: title: several values where one is allowed"]
    );
    let title = read.value.documents[0].title.as_deref();
    assert_eq!(title, Some("Compte rendu de consultation"));
}

#[test]
fn children_out_of_order_are_put_in_order() {
    let good = message(Profile::Dmp);
    let name = "<rim:Name><rim:LocalizedString xml:lang=\"FR\" charset=\"UTF8\" value=\"Compte rendu de consultation\"/></rim:Name>";
    let moved = good.replace(name, "");
    let moved = moved.replace(
        "</rim:ExtrinsicObject>",
        &format!("{name}</rim:ExtrinsicObject>"),
    );
    let read = SubmitObjectsRequest::parse(moved.as_bytes()).unwrap();
    assert!(read.warns(WarningKind::UnexpectedOrder));
    assert_eq!(read.value.to_xml().unwrap(), good);
}

/// A package is a set when a classification beside it says so, as older clients do.
#[test]
fn a_set_may_be_declared_beside_itself() {
    let good = message(Profile::Dmp);
    let start = good.find("<rim:Classification id=\"cl03\"").unwrap();
    let end = start + good[start..].find("/>").unwrap() + 2;
    let node = &good[start..end];
    assert!(node.contains("classificationNode"), "{node}");
    let beside = good.replace(node, "").replace(
        "</rim:RegistryObjectList>",
        &format!("{node}</rim:RegistryObjectList>"),
    );
    let read = SubmitObjectsRequest::parse(beside.as_bytes()).unwrap();
    let content = RegistryContent::from_objects(&read.value.objects);
    assert_eq!(content.warnings, []);
    assert_eq!(content.value.submission_sets.len(), 1);
    assert!(content.value.other.is_empty());
}

#[test]
fn a_whole_submission_refers_to_its_parts() {
    let request = ProvideAndRegisterRequest {
        submit: SubmitObjectsRequest::new(&submission(), Profile::Dmp).unwrap(),
        documents: vec![SubmittedDocument {
            id: "Document01".to_owned(),
            content: Content::Part("doc-1@urn:ihe:iti:xds-b:2007".to_owned()),
        }],
    };
    let xml = request.to_xml().unwrap();
    assert!(xml.contains("href=\"cid:doc-1@urn%3Aihe%3Aiti%3Axds-b%3A2007\""));
    let read = ProvideAndRegisterRequest::parse(xml.as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(read.value.documents, request.documents);
    assert_eq!(
        read.value.submit.submission().unwrap().value.documents,
        submission().documents
    );

    // The vendor kit's own message has this mistake.
    let mutant = xml.replace(
        "<xds:Document id=\"Document01\"",
        "<xds:Document id=\"document01\"",
    );
    let read = ProvideAndRegisterRequest::parse(mutant.as_bytes()).unwrap();
    assert!(read.warns(WarningKind::IdCase));
    assert!(matches!(read.value.to_xml(), Err(WriteError::Invalid(_))));

    let mut inline = request.clone();
    inline.documents[0].content = Content::Inline(b"<x/>".to_vec());
    assert!(matches!(inline.to_xml(), Err(WriteError::Inline { .. })));
    let mut none = request;
    none.documents.clear();
    assert!(matches!(none.to_xml(), Err(WriteError::Invalid(_))));
}

#[test]
fn one_submission_set_and_no_more() {
    let mut two = SubmitObjectsRequest::new(&submission(), Profile::Dmp).unwrap();
    let more = segur_dmp_xds::ebrim::RegistryObject::RegistryPackage(set().to_ebrim(Profile::Dmp));
    two.objects.push(more);
    assert!(two.submission().is_err());
    assert!(SubmitObjectsRequest::default().submission().is_err());
    assert!(SubmitObjectsRequest::parse(b"<a/>").is_err());
    assert!(SubmitObjectsRequest::parse(b"no xml").is_err());
}

#[test]
fn debug_hides_the_patient() {
    let submission = submission();
    let request = SubmitObjectsRequest::new(&submission, Profile::Dmp).unwrap();
    let shown = format!("{submission:?} {request:?}");
    for secret in [
        "279035121518989",
        "PATIENT",
        "MARIE",
        "19790328",
        "1234567^",
    ] {
        assert!(!shown.contains(secret), "{secret}");
    }
    let professional = format!("{:?}", common::author());
    assert!(
        professional.contains("899700000001"),
        "directory data may be shown"
    );
}

/// A submission to the DMP as it must be: the document, and the signature of the set.
#[test]
fn a_signature_goes_with_the_document() {
    let document = entry();
    let time = "20240315093100".parse().unwrap();
    let mut signature =
        DocumentEntry::signature_for(&document, "Signature01", "1.2.250.1.999.9", time);
    signature.set_content(b"<ds:Signature/>");
    let signed = submission().with_signature(signature.clone());
    let request = SubmitObjectsRequest::new(&signed, Profile::Dmp).unwrap();
    let xml = request.to_xml().unwrap();
    judge("signature", "lcm", &xml);
    assert!(xml.contains(
        "associationType=\"urn:ihe:iti:2007:AssociationType:signs\" sourceObject=\"Signature01\" targetObject=\"SubmissionSet01\""
    ));
    let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap().value;
    let read = read.submission().unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(read.value.documents[1], signature);
    assert!(
        signature.is_signature() && signature.is_masked() && signature.is_invisible_to_patient()
    );
    assert!(!document.is_signature());
    assert_eq!(signature.source_patient_id, document.patient_id);
}

/// A hostile message costs time in proportion to its length, and no more than 1,000 warnings.
#[test]
fn large_messages_are_read_in_linear_time() {
    let good = message(Profile::Dmp);
    let slot =
        |n: usize| format!("<rim:Slot name=\"urn:x:{n}\"><rim:ValueList/></rim:Slot><rim:X/>");
    let many: String = (0..15_000).map(slot).collect();
    let first = good.find("<rim:Slot name=\"creationTime\"").unwrap();
    let refs: String = (0..15_000)
        .map(|n| format!("<rim:Classification id=\"x{n}\" classifiedObject=\"y{n}\" classificationNode=\"urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd\"/>"))
        .collect();
    let hostile = format!("{}{many}{}", &good[..first], &good[first..]).replace(
        "</rim:RegistryObjectList>",
        &format!("{refs}</rim:RegistryObjectList>"),
    );
    let start = std::time::Instant::now();
    let read = SubmitObjectsRequest::parse(hostile.as_bytes()).unwrap();
    assert_eq!((read.warnings.len(), read.unlisted), (1_000, 14_000));
    let meaning = read.value.submission().unwrap();
    assert_eq!(meaning.warnings.len() + meaning.unlisted, 15_000);
    assert_eq!(meaning.value.documents[0].other_slots.len(), 15_000);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
