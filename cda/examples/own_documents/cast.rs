//! The fictitious persons and places of the documents.

use std::error::Error;

use segur_cda::datatypes::{
    Ad, AddressPartKind, AddressUse, Cd, En, Ii, NamePart, NamePartKind, Tel, TelecomUse,
};
use segur_cda::header::{
    Guardian, GuardianSubject, Informant, InformantSource, Person, RelatedEntity,
};
use segur_cda::models::{Frame, Patient, Practice, Professional, Sex};

const PROFESSION: &str = "1.2.250.1.213.1.1.4.5";

pub(crate) fn home() -> Ad {
    Ad::new([
        (AddressPartKind::HouseNumber, "12"),
        (AddressPartKind::StreetName, "Rue des Essais"),
        (AddressPartKind::PostalCode, "75014"),
        (AddressPartKind::City, "PARIS"),
        (AddressPartKind::Country, "FRANCE"),
    ])
    .with_use(AddressUse::Home)
}

fn surgery() -> Ad {
    Ad::new([
        (AddressPartKind::HouseNumber, "5"),
        (AddressPartKind::StreetName, "Place du Modèle"),
        (AddressPartKind::PostalCode, "75014"),
        (AddressPartKind::City, "PARIS"),
    ])
}

fn mother_person() -> Person {
    let mut name = En::person("EXEMPLE", "Claire");
    name.parts
        .insert(0, NamePart::new(NamePartKind::Prefix, "MME"));
    Person {
        names: vec![name],
        ..Person::default()
    }
}

fn home_phone() -> Tel {
    Tel::new("tel:+33199000001").with_use(TelecomUse::Home)
}

pub(crate) fn child() -> Result<Patient, Box<dyn Error>> {
    let guardian = Guardian {
        addresses: vec![home()],
        telecoms: vec![home_phone()],
        subject: GuardianSubject::Person(mother_person()),
        ..Guardian::default()
    };
    Ok(Patient {
        ins: Some(Ii::new("1.2.250.1.213.1.4.10", "224057511400151")),
        other_ids: Vec::new(),
        birth_family: "EXEMPLE".to_owned(),
        birth_given_names: vec!["ALIX".to_owned(), "ROSE".to_owned()],
        call_family: Some("EXEMPLE".to_owned()),
        call_given: Some("ALIX".to_owned()),
        sex: Sex::Female,
        birth_date: "20240506".parse()?,
        birth_place: "75114".to_owned(),
        address: Some(home()),
        telecoms: vec![home_phone()],
        guardians: vec![guardian],
    })
}

pub(crate) fn practice() -> Practice {
    Practice {
        id: Ii::new("1.2.250.1.71.4.2.2", "1990000002"),
        name: "Cabinet du Dr Essai".to_owned(),
        address: Some(surgery()),
        telecoms: vec![Tel::new("tel:+33199000002").with_use(TelecomUse::Work)],
        setting: Some(Cd::new("AMBULATOIRE", "1.2.250.1.213.1.1.4.9").with_display("Ambulatoire")),
    }
}

pub(crate) fn physician() -> Professional {
    Professional {
        id: Ii::new("1.2.250.1.71.4.2.1", "801234567897"),
        profession: Cd::new("G15_10/SM26", PROFESSION)
            .with_display("Médecin - Qualifié en Médecine Générale (SM)"),
        family: "ESSAI".to_owned(),
        given: "Camille".to_owned(),
        civility: Some("MME".to_owned()),
        title: Some("DR".to_owned()),
        address: Some(surgery()),
        telecoms: vec![Tel::new("tel:+33199000002").with_use(TelecomUse::Work)],
        practice: practice(),
    }
}

pub(crate) fn mother() -> Informant {
    let entity = RelatedEntity {
        class_code: "CON".to_owned(),
        code: Some(Cd::new("MTH", "2.16.840.1.113883.5.111").with_display("Mère")),
        addresses: vec![home()],
        telecoms: vec![home_phone()],
        person: Some(mother_person()),
        ..RelatedEntity::default()
    };
    Informant {
        source: InformantSource::Related(entity),
        ..Informant::default()
    }
}

/// The frame of a document; identifiers are OIDs made from UUIDs (arc 2.25).
pub(crate) fn frame(id: &str, set_id: &str, day: &str) -> Result<Frame, Box<dyn Error>> {
    Ok(Frame {
        id: Ii::of_root(id),
        set_id: Ii::of_root(set_id),
        version: 1,
        replaces: None,
        effective_time: format!("{day}103000+0200").parse()?,
        patient: child()?,
        author: physician(),
        custodian: Practice {
            setting: None,
            ..practice()
        },
        informants: vec![mother()],
        participants: Vec::new(),
        act_time: format!("{day}101500+0200").parse()?,
        facility: Cd::new("SA07", "1.2.250.1.71.4.2.4").with_display("Cabinet individuel"),
    })
}
