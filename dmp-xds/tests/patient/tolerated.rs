//! What is read although it is not as it should be, each with its warning; and what is never guessed.

use segur_dmp_xds::WarningKind;
use segur_dmp_xds::patient::{
    AckKind, Authorisation, AuthorisationSet, Authorisations, ClosureAnswer, DmpStatus, Existence,
    ExistenceRequest, PatientList, SetAuthorisation,
};

use crate::fixtures::{
    answer_head, closure, existence, listed, open, professional, request, traits,
};

fn changed(from: &str, to: &str) -> segur_dmp_xds::Reading<Existence> {
    let xml = open().to_xml(&traits()).unwrap();
    assert!(xml.contains(from), "{from}\n{xml}");
    Existence::parse(xml.replacen(from, to, 1).as_bytes()).unwrap()
}

#[test]
fn another_status_is_unclear_not_open() {
    for (from, to, field) in [
        (
            "code=\"active\"",
            "code=\"nullified\"",
            "patient/statusCode",
        ),
        ("<statusCode code=\"active\"/>", "", "patient/statusCode"),
        ("\"OK\"", "\"QE\"", "queryResponseCode"),
        ("<queryResponseCode code=\"OK\"/>", "", "queryResponseCode"),
        // Found none, and there is one all the same.
        ("\"OK\"", "\"NF\"", "queryResponseCode"),
    ] {
        let read = changed(from, to);
        assert_eq!(read.value.status, DmpStatus::Unclear, "{to}");
        let warning = read.warnings.iter().find(|one| one.field == field);
        assert_eq!(warning.unwrap().kind, WarningKind::UnknownWord, "{to}");
    }
}

#[test]
fn an_unknown_authorisation_is_kept_and_allows_nothing() {
    let read = changed("\"VALIDE\"", "\"PEUT-ETRE\"");
    let told = read.value.authorisation.clone().unwrap();
    assert_eq!(told, Authorisation::Other("PEUT-ETRE".into()));
    assert!(read.warns(WarningKind::UnknownWord) && !read.value.is_authorised());
}

#[test]
fn two_authorisations_that_contradict_each_other_are_none() {
    let xml = open().to_xml(&traits()).unwrap();
    let from = xml.find("<attentionLine>").unwrap();
    let to = xml.find("</attentionLine>").unwrap() + "</attentionLine>".len();
    let line = &xml[from..to];
    for (words, left) in [
        (["VALIDE", "INTERDIT"].as_slice(), None),
        (&["VALIDE", "INTERDIT", "VALIDE"], None),
        (&["VALIDE", "VALIDE"], Some(Authorisation::Valid)),
    ] {
        let lines: String = words
            .iter()
            .map(|word| line.replace("VALIDE", word))
            .collect();
        let read = Existence::parse(xml.replacen(line, &lines, 1).as_bytes()).unwrap();
        assert_eq!(read.value.authorisation, left, "{words:?}");
        assert!(read.warns(WarningKind::RepeatedElement));
    }
}

#[test]
fn other_code_systems_and_odd_flags() {
    let read = changed("1.2.250.1.213.4.1.2.6.1", "1.2.3");
    assert_eq!(read.value.authorisation, Some(Authorisation::Valid));
    assert!(read.warns(WarningKind::OtherCodeSystem));
    let read = changed("value=\"false\"", "value=\"non\"");
    assert_eq!(read.value.mes_attached, None);
    assert!(read.warns(WarningKind::UnknownWord));
    let read = changed("value=\"false\"", "value=\"0\"");
    assert_eq!(
        (read.value.mes_attached, read.warnings.len()),
        (Some(false), 0)
    );
    let read = changed("RATTACHEMENT_ENS", "AUTRE_CHOSE");
    assert_eq!(read.value.mes_attached, None);
    assert!(read.warns(WarningKind::UnknownElement));
}

/// The answer of TD0.5 in the kit has the type of the acknowledgement as an element.
#[test]
fn the_acknowledgement_as_an_element() {
    let read = changed(
        "<acknowledgement typeCode=\"AA\">",
        "<acknowledgement><typeCode code=\"AA\"/>",
    );
    assert_eq!(read.value.acknowledgement.kind, AckKind::Accepted);
    assert_eq!(read.value.status, DmpStatus::Active);
    assert!(read.warns(WarningKind::UnknownElement));
    let read = changed("typeCode=\"AA\"", "typeCode=\"AR\"");
    assert_eq!(read.value.status, DmpStatus::Unclear);
    let refusal = read.value.acknowledgement.refusal().unwrap();
    assert_eq!(refusal.code.as_str(), "AR");
}

/// Nobody can say then whose DMP it is.
#[test]
fn an_open_dmp_of_nobody_is_told() {
    let xml = open().to_xml(&traits()).unwrap();
    let begin = xml.find("<id root=\"1.2.250.1.213.1.4.10\"").unwrap();
    let end = begin + xml[begin..].find("/>").unwrap() + 2;
    let without = xml.replace(&xml[begin..end], "");
    let read = Existence::parse(without.as_bytes()).unwrap();
    assert_eq!(read.value.is_of(&crate::fixtures::patient()), None);
    let told: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["patient/id: missing"]);
}

#[test]
fn a_closed_dmp_with_less_than_was_hoped() {
    let closed = existence(DmpStatus::Closed(Default::default()));
    let xml = closed.to_xml(&traits()).unwrap();
    let read = Existence::parse(xml.as_bytes()).unwrap();
    assert_eq!((read.value.status, read.warnings.len()), (closed.status, 0));
    let dated = xml.replacen(
        "<statusCode code=\"completed\"/>",
        "<statusCode code=\"completed\"/><effectiveTime value=\"hier\"/>",
        1,
    );
    let read = Existence::parse(dated.as_bytes()).unwrap();
    assert_eq!(read.value.status, DmpStatus::Closed(Default::default()));
    assert!(read.warns(WarningKind::UnreadableTime));
}

#[test]
fn requests_with_less_than_they_should_have() {
    let xml = request().to_xml().unwrap();
    let read = ExistenceRequest::parse(
        xml.replacen("<creationTime value=\"20240315093000\"/>", "", 1)
            .as_bytes(),
    );
    assert!(read.unwrap().warns(WarningKind::MissingField));
    let read = ExistenceRequest::parse(
        xml.replacen("1.2.250.1.213.1.1.4.11", "1.2.3", 1)
            .as_bytes(),
    );
    assert!(read.unwrap().warns(WarningKind::OtherCodeSystem));
    let administrative = xml.replacen("TEST_EXST", "CNSLT_DATA", 1);
    assert!(ExistenceRequest::parse(administrative.as_bytes()).is_err());
    let none = b"<setAuthorization xmlns=\"urn:si-dmp-habilitations\"/>";
    assert!(SetAuthorisation::parse(none).is_err());
}

#[test]
fn a_status_that_is_missing_is_not_ok() {
    let xml = AuthorisationSet::default().to_xml().unwrap();
    let read = AuthorisationSet::parse(xml.replacen("<status>DMPOk</status>", "", 1).as_bytes());
    let read = read.unwrap();
    assert!(!read.value.status.is_ok() && read.warns(WarningKind::MissingField));
    let read = AuthorisationSet::parse(xml.replacen("DMPOk", "DMPOK", 1).as_bytes()).unwrap();
    assert!(read.value.status.is_ok());
}

#[test]
fn lists_keep_what_can_be_read() {
    let list = Authorisations {
        entries: vec![professional()],
        ..Authorisations::default()
    };
    let xml = list.to_xml().unwrap();
    let odd = xml.replacen("20240301080000", "01/03/2024", 1);
    let read = Authorisations::parse(odd.as_bytes()).unwrap();
    assert_eq!(read.value.entries[0].since, None);
    assert!(read.warns(WarningKind::UnreadableTime));
    let list = PatientList {
        patients: vec![listed()],
        ..PatientList::default()
    };
    let xml = list.to_xml().unwrap();
    let odd = xml.replacen("<MT>true</MT>", "<MT>oui</MT><nouveau/>", 1);
    let read = PatientList::parse(odd.as_bytes()).unwrap();
    assert_eq!(read.value.patients[0].treating_physician, None);
    assert!(read.warns(WarningKind::UnknownWord) && read.warns(WarningKind::UnknownElement));
}

/// Message 316 says no, its acknowledgement yes: it is not taken for done.
#[test]
fn a_closure_that_contradicts_itself_is_not_done() {
    let done = ClosureAnswer {
        head: answer_head(),
        acknowledgement: segur_dmp_xds::patient::Acknowledgement::accepted(closure().head.id),
    };
    let xml = done.to_xml(&closure()).unwrap();
    let odd = xml.replace("PRPA_IN201315UV02", "PRPA_IN201316UV02");
    let read = ClosureAnswer::parse(odd.as_bytes()).unwrap();
    assert!(!read.value.is_done() && read.warns(WarningKind::UnknownWord));
    // Without the wrapper it is read, too.
    let inner = xml.split_once('>').unwrap().1;
    let inner = inner
        .strip_suffix("</gdp:PRPA_IN201314UV02_Response>")
        .unwrap();
    let read = ClosureAnswer::parse(inner.as_bytes()).unwrap();
    assert!(read.value.is_done() && read.warns(WarningKind::MissingField));
}
