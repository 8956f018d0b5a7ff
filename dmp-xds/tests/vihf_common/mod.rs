//! Fictitious users, one for each mode.
#![allow(dead_code, clippy::unwrap_used)]

use segur_dmp_xds::vihf::{
    Access, Authentication, AuthnClass, Issue, Software, Structure, User, Vihf,
};
use segur_soap::saml::SamlTime;

use crate::common::patient;

pub(crate) fn issue() -> Issue {
    Issue::new(
        "_6ba7b810-9dad-41d1-80b4-00c04fd430c8",
        SamlTime::new("2026-11-28T10:15:00.000Z").unwrap(),
        "CN=FICTIF,C=FR",
    )
}

pub(crate) fn direct() -> Vihf {
    Vihf {
        user: User::professional("899700000001", "10")
            .with_specialty("SM26", "Qualifié en Médecine Générale (SM)"),
        structure: Structure::new("499700000000001", "SA07"),
        software: Software {
            id: None,
            name: "LOGICIEL FICTIF".into(),
            version: "1.0".into(),
            homologation: "NUM-HOMOLOGATION".into(),
        },
        patient: Some(patient()),
        authentication: Authentication::direct(),
        access: Access::normal(),
        secret: false,
    }
}

pub(crate) fn indirect() -> Vihf {
    let mut vihf = direct();
    vihf.user.name = Some("Alice TEST".into());
    vihf.software.id = Some("1.2.250.1.999.1".into());
    vihf.authentication = Authentication::indirect(AuthnClass::Password);
    vihf
}

pub(crate) fn reinforced() -> Vihf {
    let mut vihf = indirect();
    vihf.authentication = Authentication::reinforced();
    vihf
}

pub(crate) fn automate() -> Vihf {
    let mut vihf = direct();
    vihf.user = User::automate("3990000010/4711", "LOGICIEL FICTIF, AUTOMATE 1");
    vihf.authentication = Authentication::indirect(AuthnClass::Unspecified);
    vihf
}
