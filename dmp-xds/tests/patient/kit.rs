//! The DMP vendor kit, where a copy is at hand: its schemas judge what is written, its messages are read. `SEGUR_DMP_KIT_DIR` is the folder that
//! holds `annexe-wsdl-schema` and `DMP_LPS_Exemple de messages …`. Nothing of it is part of this repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use segur_dmp_xds::patient::{
    Authorisation, AuthorisationMode, AuthorisationSet, Authorisations, ClosureAnswer,
    ClosureRequest, DmpStatus, Existence, ExistenceRequest, IncomingPatient, ListAuthorisations,
    ListedBy, PatientList, PatientListRequest, PatientRequest, SetAuthorisation,
};
use segur_dmp_xds::transaction::{Answer, Head, Transaction, WireWarning};

fn kit(test: &str) -> Option<PathBuf> {
    let kit = std::env::var_os("SEGUR_DMP_KIT_DIR").map(PathBuf::from);
    if kit.is_none() {
        println!("SKIPPED {test}: no copy of the DMP vendor kit; set SEGUR_DMP_KIT_DIR");
    }
    kit
}

/// What xmllint says of a message: against a schema of HL7 v3, or against the schema within a WSDL.
pub(crate) fn judge(test: &str, schema: &str, message: &str) {
    let Some(kit) = kit(test) else { return };
    let annex = kit.join("annexe-wsdl-schema");
    let folder = tempfile::tempdir().unwrap();
    let (schema, message) = match (schema.strip_suffix(".wsdl"), message.split_once("<PRPA_")) {
        // Of the DMP's own wrapper the message within is judged: the WSDL imports the schemas from elsewhere.
        (Some("GestionDossierPatientPartage"), Some((_, inner))) => {
            let inner = inner
                .strip_suffix("</gdp:PRPA_IN201314UV02_Response>")
                .unwrap();
            let name = format!("PRPA_{}", inner.split(' ').next().unwrap());
            (hl7(&annex, &name), format!("<PRPA_{inner}"))
        }
        (Some(_), _) => {
            let path = folder.path().join("schema.xsd");
            let wsdl = std::fs::read_to_string(annex.join("wsdl").join(schema)).unwrap();
            let from = wsdl.find("<xs:schema").unwrap();
            let to = wsdl.find("</xs:schema>").unwrap() + "</xs:schema>".len();
            std::fs::write(&path, &wsdl[from..to]).unwrap();
            (path, message.to_owned())
        }
        (None, _) => (hl7(&annex, schema), message.to_owned()),
    };
    let file = folder.path().join("message.xml");
    std::fs::write(&file, &message).unwrap();
    let mut xmllint = Command::new("xmllint");
    xmllint
        .arg("--noout")
        .arg("--schema")
        .arg(schema)
        .arg(&file);
    match xmllint.output() {
        Ok(output) => assert!(
            output.status.success(),
            "{}\n{message}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => println!("SKIPPED {test}: xmllint: {error}"),
    }
}

fn hl7(annex: &Path, name: &str) -> PathBuf {
    let folder = annex.join("schema/HL7V3/NE2009/multicacheschemas");
    folder.join(format!("{name}.xsd"))
}

/// The message of the kit whose file name begins like this and holds this element.
fn message(kit: &Path, begins: &str, holds: &str) -> Vec<u8> {
    let mut folders = std::fs::read_dir(kit)
        .unwrap()
        .map(|one| one.unwrap().path());
    let is_messages = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("DMP_LPS_Exemple")
    };
    let folder = folders.find(is_messages).unwrap();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(begins) {
            let bytes = std::fs::read(&path).unwrap();
            if String::from_utf8_lossy(&bytes).contains(holds) {
                return bytes;
            }
        }
    }
    panic!("no message {begins} with {holds}");
}

fn incoming(kit: &Path, begins: &str, holds: &str) -> IncomingPatient {
    let bytes = message(kit, begins, holds);
    let read = IncomingPatient::read("application/soap+xml", &bytes).unwrap();
    let transaction = read.request.transaction();
    assert_eq!(read.action.as_deref(), Some(transaction.action()));
    assert!(read.soap_1_2);
    assert_eq!(read.warnings, [], "{begins}");
    read
}

fn answer<T: segur_dmp_xds::patient::PatientAnswer>(
    kit: &Path,
    begins: &str,
    holds: &str,
) -> Answer<T> {
    let bytes = message(kit, begins, holds);
    let head = Head::new("urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8");
    let read = Answer::<T>::of_patient(&head, 200, "application/soap+xml", &bytes).unwrap();
    // It answers another message, and nothing else is to be said: the action is the one expected.
    assert_eq!(read.wire, [WireWarning::OtherMessage], "{begins}");
    assert_eq!(read.warnings, [], "{begins}");
    read
}

#[test]
fn requests_of_the_kit_are_read() {
    let Some(kit) = kit("requests_of_the_kit_are_read") else {
        return;
    };
    let read = incoming(&kit, "TD0.2", "PRPA_IN201307UV02");
    let PatientRequest::Existence(asked) = read.request else {
        panic!("{:?}", read.request);
    };
    let patient = asked.patient.clone().unwrap();
    assert_eq!(patient.oid(), "1.2.250.1.213.1.4.10");
    let claimed = read.claimed.unwrap();
    assert!(claimed.patient.unwrap().same_id(&patient));
    assert_eq!(claimed.professional.as_deref(), Some("899900063480"));
    assert_eq!(claimed.structure.as_deref(), Some("499900063480001"));
    // What was read may be written, and is the same.
    let again = ExistenceRequest::parse(asked.to_xml().unwrap().as_bytes()).unwrap();
    assert_eq!(again.value, *asked);

    let read = incoming(&kit, "TD0.3", "<setAuthorization");
    assert_eq!(
        read.request,
        PatientRequest::SetAuthorisation(SetAuthorisation::declare())
    );
    assert!(read.claimed.unwrap().patient.is_some());
    let read = incoming(&kit, "TD0.4", "<patientList");
    let list = PatientListRequest {
        since: Some("20101010202010".parse().unwrap()),
        by: ListedBy::LastDocument,
    };
    assert_eq!(read.request, PatientRequest::PatientList(list));
    let read = incoming(&kit, "TD1.6", "<listAuthorizationByPatient");
    let list = ListAuthorisations {
        mode: AuthorisationMode::All,
    };
    assert_eq!(read.request, PatientRequest::Authorisations(list));
    let read = incoming(&kit, "TD1.4", "reasonOf");
    let PatientRequest::Closure(asked) = read.request else {
        panic!("{:?}", read.request);
    };
    assert_eq!(asked.reason.code, "FERMETURE_DEMANDE_PATIENT");
    assert_eq!(asked.author.id, "899900063480");
    let transactions = Transaction::PATIENT.map(Transaction::name);
    assert_eq!(transactions, ["TD0.2", "TD0.3", "TD1.6", "TD0.4", "TD1.4"]);
}

#[test]
fn answers_of_the_kit_are_read() {
    let Some(kit) = kit("answers_of_the_kit_are_read") else {
        return;
    };
    let read: Answer<Existence> = answer(&kit, "TD0.2", "PRPA_IN201308UV02");
    let existence = read.value;
    assert_eq!(existence.status, DmpStatus::Active);
    assert_eq!(existence.authorisation, Some(Authorisation::Valid));
    assert_eq!(existence.treating_physician, Some(true));
    assert_eq!(existence.internet_account, Some(true));
    assert_eq!(existence.mes_attached, Some(false));
    assert_eq!(existence.ids.len(), 2);

    let read: Answer<AuthorisationSet> = answer(&kit, "TD0.3", "setAuthorizationResponse");
    assert!(read.value.status.is_ok() && read.value.status.context.is_some());
    let read: Answer<PatientList> = answer(&kit, "TD0.4", "patientListResponse");
    assert_eq!(read.value.patients.len(), 2);
    assert_eq!(read.value.patients[1].treating_physician, Some(true));
    let read: Answer<Authorisations> = answer(&kit, "TD1.6", "listAuthorizationByPatientResponse");
    let entry = &read.value.entries[0];
    assert_eq!(entry.mode, Some(AuthorisationMode::Active));
    assert_eq!(entry.specialty_codes, ["G15_10/SM26"]);
    let read: Answer<ClosureAnswer> = answer(&kit, "TD1.4", "PRPA_IN201314UV02_Response");
    assert!(read.value.is_done());
}

#[test]
fn the_administrative_query_is_another_transaction() {
    let Some(kit) = kit("the_administrative_query_is_another_transaction") else {
        return;
    };
    let bytes = message(&kit, "TD1.3a", "PRPA_IN201307UV02");
    let error = IncomingPatient::read("application/soap+xml", &bytes).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "PRPA_IN201307UV02 lacks reasonCode TEST_EXST");
    assert!(ClosureRequest::parse(b"<x/>").is_err());
}
