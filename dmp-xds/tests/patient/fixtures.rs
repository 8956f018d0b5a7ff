//! Messages that are used by several tests.

use segur_core::Coded;
use segur_dmp_xds::metadata::{Cx, Dtm};
use segur_dmp_xds::patient::{
    Authorisation, AuthorisationMode, AuthorisedProfessional, ClosureAuthor, ClosureRequest,
    DmpStatus, Existence, ExistenceRequest, InstanceId, ListedPatient, MessageHead, MessageSender,
    PersonName, Role, TraitsNotToBeShown,
};

pub(crate) fn patient() -> Cx {
    Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH")
}

pub(crate) fn other_patient() -> Cx {
    Cx::new("207058575627097", "1.2.250.1.213.1.4.10", "NH")
}

pub(crate) fn at(text: &str) -> Dtm {
    text.parse().unwrap()
}

pub(crate) fn software() -> MessageSender {
    MessageSender::new(
        "1.2.250.1.999.1",
        "Logiciel d'essai",
        "1.2.250.1.999.1.1",
        "1.2.250.1.999.1.2",
    )
}

pub(crate) fn request() -> ExistenceRequest {
    software().existence(
        "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
        "7ba7b810-9dad-41d1-80b4-00c04fd430c8",
        Some(at("20240315093000")),
        patient(),
    )
}

pub(crate) fn answer_head() -> MessageHead {
    let id = InstanceId {
        root: "0cc7f660-e7b5-4131-aee3-5ad75c0b32f2".to_owned(),
        extension: None,
    };
    request().head.answer(id, at("20240315093001"))
}

pub(crate) fn existence(status: DmpStatus) -> Existence {
    Existence::of(&request(), answer_head(), status)
}

pub(crate) fn open() -> Existence {
    let mut existence = existence(DmpStatus::Active);
    existence.authorisation = Some(Authorisation::Valid);
    existence.treating_physician = Some(true);
    existence.internet_account = Some(true);
    existence.mes_attached = Some(false);
    existence
}

pub(crate) fn name() -> PersonName {
    PersonName {
        prefix: Some("Mme".to_owned()),
        used: Some("PAT-TROIS".to_owned()),
        birth: None,
        given: "DOMINIQUE".to_owned(),
    }
}

pub(crate) fn traits() -> TraitsNotToBeShown {
    TraitsNotToBeShown {
        name: name(),
        sex: Some("F".to_owned()),
        birth_date: Some(at("19790328")),
    }
}

pub(crate) fn closure() -> ClosureRequest {
    ClosureRequest {
        head: software().head(
            "8ba7b810-9dad-41d1-80b4-00c04fd430c8",
            Some(at("20240315094500")),
        ),
        patient: Some(patient()),
        name: name(),
        author: ClosureAuthor {
            id: "899700000001".to_owned(),
            family: "TEST".to_owned(),
            given: "ALICE".to_owned(),
            specialty: Some(Coded::fixed(
                "G15_10/SM26",
                "1.2.250.1.213.1.1.4.5",
                "Médecin - Qualifié en Médecine Générale (SM)",
            )),
            structure_id: "499700000000001".to_owned(),
            structure_name: "CABINET DR TEST".to_owned(),
        },
        text: Some("Demande écrite du patient".to_owned()),
        ..ClosureRequest::default()
    }
}

pub(crate) fn professional() -> AuthorisedProfessional {
    AuthorisedProfessional {
        given: Some("ALICE".to_owned()),
        family: Some("TEST".to_owned()),
        specialty_codes: vec!["G15_10/SM26".to_owned()],
        specialty_labels: vec!["Médecin - Qualifié en Médecine générale (SM)".to_owned()],
        since: Some(at("20240301080000")),
        last_action: Some(at("20240315093000")),
        roles: vec![Role::TreatingPhysician],
        ..AuthorisedProfessional::new("899700000001", AuthorisationMode::Active)
    }
}

pub(crate) fn listed() -> ListedPatient {
    ListedPatient {
        ids: vec![
            patient(),
            Cx::new("0740724093302701701806", "1.2.250.1.213.1.4.2", "NH"),
        ],
        family: Some("PAT-TROIS".to_owned()),
        birth_name: Some("PAT-TROIS".to_owned()),
        given: Some("DOMINIQUE".to_owned()),
        civility: Some("Mme".to_owned()),
        birth_date: Some(at("19790328")),
        treating_physician: Some(true),
        unverified_message: Some(false),
        last_access: Some(at("20240315093000")),
        last_update: Some(at("20240314093000")),
        last_added: Some(at("20240313093000")),
    }
}
