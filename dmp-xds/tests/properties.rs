//! Random metadata come back as they were; no bytes make a reader panic.
#![allow(clippy::unwrap_used)]

mod common;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use segur_core::Coded;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, Author, Authority, AvailabilityStatus, Cx, DocumentEntry, Dtm,
    EntryKind, Folder, MemberStatus, PatientInfo, PatientName, Recipient, Submission,
    SubmissionSet, Xcn, Xon, Xtn,
};
use segur_dmp_xds::{Profile, ProvideAndRegisterRequest, SubmitObjectsRequest};

/// Texts with everything that XML and HL7 give a meaning to.
fn text() -> impl Strategy<Value = String> {
    "[A-Za-zéÈ0-9<>&'\"^|~\\\\\\[\\]. -]{0,12}[a-z0-9&^\\\\]"
        .prop_map(|text| text.trim().to_owned())
}

fn oid() -> impl Strategy<Value = String> {
    vec(1u32..999, 1..6).prop_map(|arcs| {
        let arcs: Vec<String> = arcs.iter().map(u32::to_string).collect();
        format!("1.2.{}", arcs.join("."))
    })
}

fn dtm() -> impl Strategy<Value = Dtm> {
    (1990u16..2030, 1u8..13, 1u8..29, 0u8..24, 0u8..60, 0usize..4).prop_map(
        |(year, month, day, hour, minute, precision)| {
            let whole = format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}30");
            let cut = [4, 8, 12, 14][precision];
            whole[..cut].parse().unwrap()
        },
    )
}

fn coded() -> impl Strategy<Value = Coded> {
    (text(), oid(), option::of(text())).prop_map(|(code, system, display)| Coded {
        display: display.map(Into::into),
        ..Coded::new(code, system)
    })
}

fn cx() -> impl Strategy<Value = Cx> {
    (text(), oid(), text()).prop_map(|(id, oid, kind)| Cx::new(id, oid, kind))
}

fn xcn() -> impl Strategy<Value = Xcn> {
    (text(), text(), text(), oid(), option::of(text())).prop_map(
        |(id, family, given, oid, name_type)| Xcn {
            id,
            family,
            given,
            authority: Some(Authority::iso(oid)),
            name_type,
            ..Xcn::default()
        },
    )
}

fn xon() -> impl Strategy<Value = Xon> {
    (text(), oid(), text()).prop_map(|(name, oid, id)| Xon {
        authority: Some(Authority::iso(oid)),
        ..Xon::structure(name, id)
    })
}

fn xtn() -> impl Strategy<Value = Xtn> {
    prop_oneof![text().prop_map(Xtn::mail), text().prop_map(Xtn::telephone)]
}

fn author() -> impl Strategy<Value = Author> {
    let roles = vec("[a-z]{1,8}", 0..2);
    (
        option::of(xcn()),
        vec(xon(), 1..3),
        roles,
        vec(coded(), 0..2),
        vec(xtn(), 0..2),
    )
        .prop_map(
            |(person, institutions, roles, specialties, telecoms)| Author {
                person,
                institutions,
                roles,
                specialties,
                telecoms,
                ..Author::default()
            },
        )
}

fn info() -> impl Strategy<Value = PatientInfo> {
    (text(), text()).prop_map(|(family, given)| {
        let mut info = PatientInfo::default();
        info.add_name(&PatientName {
            family,
            given,
            name_type: "L".to_owned(),
        });
        info.set(7, "19790328");
        info
    })
}

fn entry(id: usize) -> impl Strategy<Value = DocumentEntry> {
    let codes = (coded(), coded(), coded(), coded(), coded());
    let lists = (vec(coded(), 1..3), vec(coded(), 0..3), vec(cx(), 0..2));
    let people = (vec(author(), 0..2), option::of(xcn()));
    let uri = option::of("[a-zA-Zé0-9._/:?=&;,'~-]{1,60}");
    let texts = (option::of(text()), option::of(text()), uri);
    let rest = (oid(), info(), dtm(), cx(), 1u64..1 << 40, "[0-9a-f]{40}");
    (codes, lists, people, texts, rest).prop_map(move |(codes, lists, people, texts, rest)| {
        DocumentEntry {
            patient_id: Some(common::patient()),
            source_patient_id: Some(rest.3),
            source_patient_info: rest.1,
            title: texts.0,
            comments: texts.1,
            uri: texts.2,
            creation_time: Some(rest.2),
            service_start_time: Some(rest.2),
            language_code: Some("fr-FR".to_owned()),
            authors: people.0,
            legal_authenticator: people.1,
            class_code: Some(codes.0),
            type_code: Some(codes.1),
            format_code: Some(codes.2),
            healthcare_facility_type_code: Some(codes.3),
            practice_setting_code: Some(codes.4),
            confidentiality_codes: lists.0,
            event_codes: lists.1,
            reference_ids: lists.2,
            hash: Some(rest.5),
            size: Some(rest.4),
            kind: Some(EntryKind::Stable),
            status: Some(AvailabilityStatus::Archived),
            repository_unique_id: Some("1.2.250.1.213.4.1.1.1.2".to_owned()),
            ..DocumentEntry::new(format!("Document{id}"), format!("{}.9{id}", rest.0))
        }
    })
}

fn submission() -> impl Strategy<Value = Submission> {
    let set = (author(), coded(), dtm(), option::of(text()), xon(), xcn());
    let folder = (coded(), text(), option::of(text()));
    (entry(1), entry(2), set, folder, option::of(coded())).prop_map(
        |(first, second, set, folder, documentation)| {
            let submission_set = SubmissionSet {
                patient_id: Some(common::patient()),
                submission_time: Some(set.2),
                title: set.3,
                authors: vec![set.0],
                content_type_code: Some(set.1),
                intended_recipients: vec![Recipient {
                    organization: Some(set.4),
                    person: Some(set.5),
                    telecom: None,
                }],
                ..SubmissionSet::new("Set", "1.2.3.8", "1.2.3.9")
            };
            let mut submission = Submission::new(submission_set)
                .with_document(first)
                .with_replacement(second, "urn:uuid:fe5287a2-ae6a-11eb-8f5d-0050569e422e");
            submission.folders.push(Folder {
                entry_id: "Folder".to_owned(),
                unique_id: "1.2.3.7".to_owned(),
                patient_id: Some(common::patient()),
                title: Some(folder.1),
                comments: folder.2,
                codes: vec![folder.0],
                ..Folder::default()
            });
            let member = AssociationKind::HasMember;
            submission
                .associations
                .push(Association::new(member, "Set", "Folder"));
            submission.associations.push(Association {
                member_status: Some(MemberStatus::Original),
                documentation,
                propagation: Some(false),
                ..Association::new(AssociationKind::Transforms, "Document1", "urn:uuid:1")
            });
            for (index, association) in submission.associations.iter_mut().enumerate() {
                association.id = format!("association{index}");
            }
            submission
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_is_written_is_read_back(submission in submission()) {
        let request = SubmitObjectsRequest::new(&submission, Profile::Dmp).unwrap();
        let xml = request.to_xml().unwrap();
        let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap();
        prop_assert_eq!(&read.warnings, &[]);
        let meaning = read.value.submission().unwrap();
        prop_assert_eq!(&meaning.warnings, &[]);
        prop_assert_eq!(meaning.value, submission);
        prop_assert_eq!(read.value.to_xml().unwrap(), xml);
    }

    #[test]
    fn the_strict_spelling_is_stable(submission in submission()) {
        prop_assert_eq!(submission.validate(Profile::IheStrict), &[]);
        let request = SubmitObjectsRequest::new(&submission, Profile::IheStrict).unwrap();
        let xml = request.to_xml().unwrap();
        let read = SubmitObjectsRequest::parse(xml.as_bytes()).unwrap();
        let meaning = read.value.submission().unwrap().value;
        let again = SubmitObjectsRequest::new(&meaning, Profile::IheStrict).unwrap();
        prop_assert_eq!(again.to_xml().unwrap(), xml);
    }

    #[test]
    fn values_are_read_from_any_text(text in "\\PC{0,60}") {
        let cx = Cx::read(&text);
        prop_assert_eq!(&Cx::read(&cx.to_full_text()), &cx);
        let xcn = Xcn::read(&text);
        prop_assert_eq!(&Xcn::read(&xcn.to_text()), &xcn);
        let xon = Xon::read(&text);
        prop_assert_eq!(&Xon::read(&xon.to_text(Profile::Dmp)), &xon);
        let xtn = Xtn::read(&text);
        prop_assert_eq!(&Xtn::read(&xtn.to_text()), &xtn);
        let _ = Recipient::read(&text);
    }

    #[test]
    fn no_bytes_make_a_reader_of_submissions_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = SubmitObjectsRequest::parse(&bytes);
        let _ = ProvideAndRegisterRequest::parse(&bytes);
    }

    /// A good message with a piece cut out or doubled.
    #[test]
    fn no_mutant_makes_a_reader_of_submissions_panic(from in 0usize..9000, len in 0usize..400, twice: bool) {
        let submission = common::submission();
        let request = SubmitObjectsRequest::new(&submission, Profile::Dmp).unwrap();
        let xml = request.to_xml().unwrap().into_bytes();
        let from = from.min(xml.len());
        let to = (from + len).min(xml.len());
        let middle = if twice { &xml[from..to] } else { &[][..] };
        let mutant = [&xml[..to], middle, &xml[if twice { to } else { from }..]].concat();
        if let Ok(read) = SubmitObjectsRequest::parse(&mutant) {
            let _ = read.value.submission();
            let _ = read.value.to_xml();
        }
    }
}
