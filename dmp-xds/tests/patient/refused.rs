//! What is not written.

use segur_dmp_xds::metadata::{Cx, Dtm, Problem};
use segur_dmp_xds::patient::{
    Acknowledgement, AuthorisationAction, AuthorisationMode, Authorisations,
    AuthorisedProfessional, ClosureAnswer, ClosureRequest, DmpCode, DmpStatus, Existence,
    ExistenceRequest, InstanceId, ListAuthorisations, ListedBy, PatientList, PatientListRequest,
    PersonName, Role, SetAuthorisation,
};
use segur_dmp_xds::{Invalid, WriteError};

use crate::fixtures::{
    answer_head, at, closure, existence, listed, open, professional, request, traits,
};

fn problems(written: Result<String, WriteError>) -> Vec<String> {
    match written {
        Err(WriteError::Invalid(Invalid { problems, .. })) => {
            problems.iter().map(Problem::to_string).collect()
        }
        other => panic!("{other:?}"),
    }
}

type Change<T> = (fn(&mut T), &'static str);

#[test]
fn an_existence_test_without_its_parts() {
    let rows: &[Change<ExistenceRequest>] = &[
        (|one| one.patient = None, "patientIdentifier is missing"),
        (
            |one| one.patient = Some(Cx::local("1234567", "1.2.250.1.999.1")),
            "patientIdentifier has not the form",
        ),
        (
            |one| one.patient = Some(Cx::new("27903512151898", "1.2.250.1.213.1.4.10", "NH")),
            "patientIdentifier has not the form",
        ),
        (|one| one.query = None, "queryId is missing"),
        (
            |one| one.query = Some(InstanceId::new("not an oid", "1")),
            "queryId has not the form",
        ),
        (|one| one.head.id = None, "id is missing"),
        (
            |one| {
                one.head.id = Some(InstanceId {
                    root: "1.2.3".into(),
                    extension: None,
                })
            },
            "id is missing (an extension)",
        ),
        (|one| one.head.created = None, "creationTime is missing"),
        (
            |one| one.head.created = Some("202403150930".parse::<Dtm>().unwrap()),
            "creationTime has not the form",
        ),
        (|one| one.head.sender.oid.clear(), "sender is missing"),
        (
            |one| one.head.receiver.oid = "urn:oid:1.2".into(),
            "receiver has not the form",
        ),
        (
            |one| one.head.sender.name = Some("x".repeat(300)),
            "sender has 300 characters",
        ),
    ];
    for (change, told) in rows {
        let mut one = request();
        change(&mut one);
        let told = format!("PRPA_IN201307UV02: {told}");
        let problems = problems(one.to_xml());
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].starts_with(&told), "{told}\n{problems:?}");
        assert!(!problems[0].contains("1234567") && !problems[0].contains("2790351"));
    }
}

#[test]
fn an_answer_that_contradicts_itself() {
    let refused = |one: &mut Existence| {
        one.acknowledgement = Acknowledgement::refused(None, DmpCode::Closed, None);
    };
    let rows: [(Existence, &str); 4] = [
        (existence(DmpStatus::Unclear), "status contradicts"),
        (
            {
                let mut one = existence(DmpStatus::None);
                one.mes_attached = Some(true);
                one
            },
            "subjectOf contradicts",
        ),
        (
            {
                let mut one = open();
                one.ids.clear();
                one
            },
            "patient/id contradicts",
        ),
        (
            {
                let mut one = existence(DmpStatus::Unclear);
                refused(&mut one);
                one
            },
            "targetMessage is missing",
        ),
    ];
    for (one, told) in rows {
        let problems = problems(one.to_xml(&traits()));
        assert!(problems[0].contains(told), "{told}\n{problems:?}");
    }
}

#[test]
fn words_that_the_schema_does_not_have() {
    let set = SetAuthorisation {
        action: AuthorisationAction::Other("MODIFICATION".into()),
        role: Some(Role::Other("INFIRMIER".into())),
    };
    assert_eq!(problems(set.to_xml()).len(), 2);
    let list = ListAuthorisations {
        mode: AuthorisationMode::Other(String::new()),
    };
    assert_eq!(problems(list.to_xml()).len(), 1);
    let asked = PatientListRequest {
        since: Some(at("20240301")),
        by: ListedBy::Other("LASTMESSAGE".into()),
    };
    assert_eq!(problems(asked.to_xml()).len(), 2);
}

#[test]
fn lists_without_identifiers() {
    let rows: &[Change<AuthorisedProfessional>] = &[
        (|one| one.id.clear(), "nationalId is missing"),
        (|one| one.id_authority.clear(), "nationalIdType is missing"),
        (
            |one| one.mode = Some(AuthorisationMode::All),
            "mode has not the form",
        ),
        (
            |one| one.roles = vec![Role::read("X")],
            "specificRight has not the form",
        ),
    ];
    for (change, told) in rows {
        let mut entry = professional();
        change(&mut entry);
        let list = Authorisations {
            entries: vec![entry],
            ..Authorisations::default()
        };
        let problems = problems(list.to_xml());
        assert!(problems[0].contains(told), "{problems:?}");
    }
    let mut nobody = listed();
    nobody.ids.clear();
    let list = PatientList {
        patients: vec![nobody],
        ..PatientList::default()
    };
    assert!(problems(list.to_xml())[0].contains("patientIdentifier is missing"));
}

#[test]
fn a_closure_without_its_parts() {
    let rows: &[Change<ClosureRequest>] = &[
        (|one| one.patient = None, "patient/id is missing"),
        (
            |one| {
                one.name = PersonName {
                    given: "DOMINIQUE".into(),
                    ..PersonName::default()
                }
            },
            "patientPerson/name is missing",
        ),
        (|one| one.author.id.clear(), "author/id is missing"),
        (
            |one| one.author.structure_name.clear(),
            "author/representedOrganization is missing",
        ),
        (
            |one| one.reason = segur_core::Coded::new("DECES", "1.2.3"),
            "reasonOf has not the form",
        ),
        (
            |one| one.text = Some(" ".into()),
            "reasonOf/text has not the form",
        ),
    ];
    for (change, told) in rows {
        let mut one = closure();
        change(&mut one);
        let problems = problems(one.to_xml());
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(told), "{told}\n{problems:?}");
    }
    let silent = ClosureAnswer {
        head: answer_head(),
        acknowledgement: Acknowledgement {
            details: Vec::new(),
            ..Acknowledgement::refused(closure().head.id, DmpCode::Closed, None)
        },
    };
    assert!(problems(silent.to_xml(&closure()))[0].contains("acknowledgementDetail"));
}
