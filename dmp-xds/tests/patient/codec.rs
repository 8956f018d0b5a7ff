//! What is written is read as the same.

use segur_core::Coded;
use segur_dmp_xds::patient::vocabulary::{CLOSED_AT_THE_PATIENTS_REQUEST, CLOSURE_REASONS};
use segur_dmp_xds::patient::{
    Acknowledgement, Authorisation, AuthorisationMode, AuthorisationSet, Authorisations, Closure,
    ClosureAnswer, ClosureRequest, DmpCode, DmpStatus, Existence, ExistenceRequest,
    ListAuthorisations, ListedBy, PatientList, PatientListRequest, ServiceStatus, SetAuthorisation,
};

use crate::fixtures::{
    answer_head, at, closure, existence, listed, open, patient, professional, request, traits,
};
use crate::kit::judge;

macro_rules! comes_back {
    ($type:ty, $value:expr, $xml:expr) => {{
        let read = <$type>::parse($xml.as_bytes()).unwrap();
        assert_eq!(read.warnings, [], "{}", $xml);
        assert_eq!(read.value, $value);
    }};
}

#[test]
fn the_existence_test_comes_back() {
    let xml = request().to_xml().unwrap();
    comes_back!(ExistenceRequest, request(), xml);
    judge("the_existence_test", "PRPA_IN201307UV02", &xml);
    // In the order and with the codes of the kit's message.
    let places = [
        "<PRPA_IN201307UV02 xmlns=\"urn:hl7-org:v3\" ITSVersion=\"XML_1.0\">",
        "<id root=\"1.2.250.1.999.1.1\" extension=\"6ba7b810-9dad-41d1-80b4-00c04fd430c8\"/>",
        "<creationTime value=\"20240315093000\"/>",
        "<interactionId root=\"2.16.840.1.113883.1.6\" extension=\"PRPA_IN201307UV02\"/>",
        "<processingCode code=\"P\"/>",
        "<acceptAckCode code=\"AL\"/>",
        "<receiver typeCode=\"RCV\"><device classCode=\"DEV\" determinerCode=\"INSTANCE\"><id root=\"1.2.250.1.213.4.1.1.1\"/>",
        "<sender typeCode=\"SND\">",
        "<reasonCode code=\"TEST_EXST\" codeSystem=\"1.2.250.1.213.1.1.4.11\"",
        "<queryId root=\"1.2.250.1.999.1.2\" extension=\"7ba7b810-9dad-41d1-80b4-00c04fd430c8\"/>",
        "<statusCode code=\"new\"/>",
        "<value root=\"1.2.250.1.213.1.4.10\" extension=\"279035121518989\"/><semanticsText>Patient.id</semanticsText>",
    ]
    .map(|part| xml.find(part).unwrap_or_else(|| panic!("{part}\n{xml}")));
    assert!(places.is_sorted(), "{places:?}");
}

/// req: SC.DMP/UX.12
/// req: SC.DMP/UX.14
#[test]
fn an_answer_tells_existence_and_rights_in_one() {
    let open = open();
    let xml = open.to_xml(&traits()).unwrap();
    comes_back!(Existence, open, xml);
    judge("an_open_dmp", "PRPA_IN201308UV02", &xml);
    assert!(open.is_active() && open.is_authorised());
    assert_eq!(open.is_of(&patient()), Some(true));

    let mut closed = existence(DmpStatus::Closed(Closure {
        on: Some(at("20230102030405")),
        reason: Some(CLOSED_AT_THE_PATIENTS_REQUEST),
    }));
    closed.authorisation = Some(Authorisation::Expired);
    let xml = closed.to_xml(&traits()).unwrap();
    comes_back!(Existence, closed, xml);
    judge("a_closed_dmp", "PRPA_IN201308UV02", &xml);
    assert!(!closed.is_active());

    let none = existence(DmpStatus::None);
    let xml = none.to_xml(&traits()).unwrap();
    comes_back!(Existence, none, xml);
    judge("no_dmp", "PRPA_IN201308UV02", &xml);
    assert!(xml.contains("\"NF\"") && !xml.contains("patientPerson"));
    assert_eq!(none.is_of(&patient()), None);
}

#[test]
fn a_refused_question_has_no_status() {
    let mut refused = existence(DmpStatus::Unclear);
    refused.acknowledgement = Acknowledgement::refused(
        request().head.id,
        DmpCode::Other("DMPSomething".to_owned()),
        Some("Patient PAT-TROIS inconnu".to_owned()),
    );
    let xml = refused.to_xml(&traits()).unwrap();
    comes_back!(Existence, refused, xml);
    judge("a_refused_question", "PRPA_IN201308UV02", &xml);
    let refusal = refused.acknowledgement.refusal().unwrap();
    assert_eq!(refusal.to_string(), "the DMP refuses: DMPSomething");
    assert!(!format!("{refused:?} {refusal:?}").contains("PAT-TROIS"));
}

/// RG_0320: traits that the DMP returns are not shown. They are nowhere in the type.
#[test]
fn returned_traits_are_not_read() {
    let xml = open().to_xml(&traits()).unwrap();
    assert!(xml.contains("PAT-TROIS") && xml.contains("19790328"));
    let read = Existence::parse(xml.as_bytes()).unwrap().value;
    let written = read.to_xml(&Default::default());
    assert!(
        written.is_err(),
        "without traits there is no patientPerson to write"
    );
    let shown = format!("{read:?} {:?}", traits());
    for text in ["PAT-TROIS", "DOMINIQUE", "1979", "279035121518989"] {
        assert!(!shown.contains(text), "{text} in {shown}");
    }
}

#[test]
fn authorisations_come_back() {
    for message in [
        SetAuthorisation::declare(),
        SetAuthorisation::give_up(),
        SetAuthorisation::declare().as_treating_physician(),
    ] {
        let xml = message.to_xml().unwrap();
        comes_back!(SetAuthorisation, message, xml);
        judge("set_authorisation", "Habilitations.wsdl", &xml);
    }
    let answers = [
        ServiceStatus::default(),
        ServiceStatus {
            code: DmpCode::Other("DMPSomething".to_owned()),
            context: Some("Un <texte> & un autre".to_owned()),
        },
    ];
    for status in answers {
        let answer = AuthorisationSet { status };
        let xml = answer.to_xml().unwrap();
        comes_back!(AuthorisationSet, answer, xml);
        judge("authorisation_set", "Habilitations.wsdl", &xml);
    }
    let asked = ListAuthorisations {
        mode: AuthorisationMode::All,
    };
    let xml = asked.to_xml().unwrap();
    comes_back!(ListAuthorisations, asked, xml);
    judge("list_authorisations", "Habilitations.wsdl", &xml);
    let list = Authorisations {
        entries: vec![professional()],
        ..Authorisations::default()
    };
    let xml = list.to_xml().unwrap();
    comes_back!(Authorisations, list, xml);
    judge("authorisations", "Habilitations.wsdl", &xml);
    assert!(!format!("{list:?}").contains("899700000001"));
}

#[test]
fn the_list_of_patients_comes_back() {
    let asked = PatientListRequest {
        since: Some(at("20240301000000")),
        by: ListedBy::LastAuthorisation,
    };
    let xml = asked.to_xml().unwrap();
    comes_back!(PatientListRequest, asked, xml);
    judge("patient_list_request", "PatientsSpecific.wsdl", &xml);
    let list = PatientList {
        patients: vec![listed(), listed()],
        ..PatientList::default()
    };
    let xml = list.to_xml().unwrap();
    comes_back!(PatientList, list, xml);
    judge("patient_list", "PatientsSpecific.wsdl", &xml);
    assert!(!format!("{list:?}").contains("PAT-TROIS"));
}

#[test]
fn a_closure_comes_back() {
    let request = closure();
    let xml = request.to_xml().unwrap();
    comes_back!(ClosureRequest, request, xml);
    judge("a_closure", "PRPA_IN201314UV02", &xml);
    assert!(!format!("{request:?}").contains("PAT-TROIS"));

    let done = ClosureAnswer {
        head: answer_head(),
        acknowledgement: Acknowledgement::accepted(request.head.id.clone()),
    };
    let xml = done.to_xml(&request).unwrap();
    comes_back!(ClosureAnswer, done, xml);
    judge("a_closure_done", "GestionDossierPatientPartage.wsdl", &xml);

    let refused = ClosureAnswer {
        acknowledgement: Acknowledgement::refused(request.head.id.clone(), DmpCode::Closed, None),
        ..done
    };
    let xml = refused.to_xml(&request).unwrap();
    comes_back!(ClosureAnswer, refused, xml);
    judge(
        "a_closure_refused",
        "GestionDossierPatientPartage.wsdl",
        &xml,
    );
    assert!(refused.acknowledgement.has(&DmpCode::Closed));
    assert!(xml.contains("PRPA_IN201316UV02"));
}

#[test]
fn the_reason_of_a_closure_is_one_of_the_dmp() {
    assert_eq!(CLOSED_AT_THE_PATIENTS_REQUEST.system, CLOSURE_REASONS);
    let request = ClosureRequest {
        reason: Coded::new("OTHER", "1.2.3"),
        ..closure()
    };
    assert!(request.to_xml().is_err());
}
