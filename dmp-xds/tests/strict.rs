//! What validators of IHE products refuse and what they take, beside what the DMP does. Each was found by exchange with Open eHealth IPF.
#![allow(clippy::unwrap_used)]

mod common;

use common::submission;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, Author, Authority, EntryKind, Folder, Xcn, Xon, Xtn,
};
use segur_dmp_xds::{Profile, Submission};

/// The fields that are not in order.
fn wrong(profile: Profile, change: impl FnOnce(&mut Submission)) -> Vec<&'static str> {
    let mut one = submission();
    change(&mut one);
    let problems = one.validate(profile).into_iter();
    problems.map(|problem| problem.field).collect()
}

fn strict(change: impl FnOnce(&mut Submission)) -> Vec<&'static str> {
    wrong(Profile::IheStrict, change)
}

fn dmp(change: impl FnOnce(&mut Submission)) -> Vec<&'static str> {
    wrong(Profile::Dmp, change)
}

const FINE: [&str; 0] = [];

#[test]
fn oids_have_64_characters_at_most() {
    let oid = |length: usize| format!("1.2.{}", "9".repeat(length - 4));
    assert_eq!(strict(|one| one.submission_set.unique_id = oid(64)), FINE);
    let long = |one: &mut Submission| one.submission_set.unique_id = oid(65);
    assert_eq!(strict(long), ["uniqueId"]);
    assert_eq!(dmp(long), FINE);
    let authority = |length: usize| {
        move |one: &mut Submission| {
            let own = one.documents[0].source_patient_id.as_mut().unwrap();
            own.authority = Some(Authority::iso(oid(length)));
        }
    };
    assert_eq!(strict(authority(64)), FINE);
    assert_eq!(strict(authority(65)), ["sourcePatientId"]);
}

#[test]
fn a_document_of_the_set_has_a_status_there_and_a_folder_is_no_original() {
    let without = |one: &mut Submission| one.associations[0].member_status = None;
    assert_eq!(strict(without), ["SubmissionSetStatus"]);
    assert_eq!(dmp(without), ["SubmissionSetStatus"]);
    let with_folder = |original: bool| {
        move |one: &mut Submission| {
            let set = one.submission_set.entry_id.clone();
            one.folders.push(Folder {
                entry_id: "Folder01".to_owned(),
                unique_id: "1.2.250.1.999.4".to_owned(),
                patient_id: one.submission_set.patient_id.clone(),
                title: Some("Dossier".to_owned()),
                codes: one.documents[0].class_code.clone().into_iter().collect(),
                ..Folder::default()
            });
            one.associations.push(match original {
                true => Association::member(set, "Folder01"),
                false => Association::new(AssociationKind::HasMember, set, "Folder01"),
            });
        }
    };
    assert_eq!(strict(with_folder(false)), FINE);
    assert_eq!(strict(with_folder(true)), ["SubmissionSetStatus"]);
}

#[test]
fn an_authority_is_not_alone_and_an_identifier_may_be() {
    let person = |id: &str, authority: bool| {
        let authority = authority.then(|| Authority::iso("1.2.250.1.71.4.2.1"));
        let (id, family) = (id.to_owned(), "TEST".to_owned());
        move |one: &mut Submission| {
            one.documents[0].legal_authenticator = Some(Xcn {
                id,
                family,
                authority,
                ..Xcn::default()
            });
        }
    };
    assert_eq!(strict(person("1", true)), FINE);
    assert_eq!(strict(person("", true)), ["legalAuthenticator"]);
    assert_eq!(strict(person("1", false)), FINE);
    assert_eq!(dmp(person("1", false)), ["legalAuthenticator"]);
}

#[test]
fn a_structure_may_be_named_by_an_oid_alone() {
    let structure = |id: &'static str| {
        move |one: &mut Submission| {
            one.documents[0].authors[0].institutions = vec![Xon {
                authority: None,
                ..Xon::structure("CABINET", id)
            }];
        }
    };
    assert_eq!(strict(structure("1.2.250.1.999.6")), FINE);
    assert_eq!(strict(structure("499700000000001")), ["authorInstitution"]);
    assert_eq!(dmp(structure("1.2.250.1.999.6")), ["authorInstitution"]);
}

#[test]
fn an_address_is_enough_of_an_author() {
    let author = |one: &mut Submission| {
        one.documents[0].authors = vec![Author {
            telecoms: vec![Xtn::mail("alice.test@example.org")],
            ..Author::default()
        }];
    };
    assert_eq!(strict(author), FINE);
    assert_eq!(dmp(author), ["author"]);
}

#[test]
fn on_demand_entries_are_not_submitted() {
    let kind = |kind: EntryKind| move |one: &mut Submission| one.documents[0].kind = Some(kind);
    assert_eq!(strict(kind(EntryKind::Stable)), FINE);
    assert_eq!(strict(kind(EntryKind::OnDemand)), ["objectType"]);
}

#[test]
fn a_uri_has_no_space_and_a_media_type_no_parameter() {
    let uri =
        |uri: &'static str| move |one: &mut Submission| one.documents[0].uri = Some(uri.to_owned());
    for right in [
        "DOC00001.XML",
        "http://example.org/%C3%A9t%C3%A9?a=b#c",
        "été.xml",
    ] {
        assert_eq!(strict(uri(right)), FINE, "{right}");
    }
    for bad in ["DOC 1.XML", "a%2", "a%zz", "<a>", "a\\b"] {
        assert_eq!(strict(uri(bad)), ["URI"], "{bad}");
    }
    let mime = |text: &'static str| {
        move |one: &mut Submission| one.documents[0].mime_type = text.to_owned()
    };
    assert_eq!(strict(mime("application/xslt+xml")), FINE);
    for bad in [
        "text/xml;charset=utf-8",
        "text",
        "/xml",
        "text/",
        "text/a/b",
    ] {
        assert_eq!(strict(mime(bad)), ["mimeType"], "{bad}");
        assert_eq!(dmp(mime(bad)), ["mimeType"], "{bad}");
    }
}

/// What goes to a registry alone tells what a repository would have added.
#[test]
fn a_registration_names_repository_hash_and_size() {
    let fields = |one: &Submission, profile: Profile| {
        let problems = one.validate_registration(profile).into_iter();
        problems.map(|problem| problem.field).collect::<Vec<_>>()
    };
    let mut one = submission();
    assert_eq!(fields(&one, Profile::IheStrict), ["repositoryUniqueId"]);
    one.documents[0].repository_unique_id = Some("1.2.250.1.999.77".to_owned());
    for profile in [Profile::IheStrict, Profile::Dmp] {
        assert_eq!(fields(&one, profile), FINE);
    }
    (one.documents[0].hash, one.documents[0].size) = (None, None);
    for profile in [Profile::IheStrict, Profile::Dmp] {
        assert_eq!(fields(&one, profile), ["hash", "size"]);
    }
    assert_eq!(strict(|own| own.documents = one.documents.clone()), FINE);
}
