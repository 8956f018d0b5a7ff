//! Identifiers: own vectors, made from the rules, no real person.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use segur_core::{
    Adeli, CodeCommune, Finess, IdError, InsAuthority, KeyStatus, MatriculeIns, Oid,
    ProfessionalId, Rpps, Siren, Siret, StructureId,
};

#[test]
fn keys_of_professionals_and_structures() {
    for good in ["10000001916", "10100997245", "19999998024", "19999999014"] {
        assert_eq!(good.parse::<Rpps>().unwrap().key(), KeyStatus::Valid);
    }
    for fictitious in ["10003461033", "10001234567"] {
        assert!(matches!(
            fictitious.parse::<Rpps>(),
            Err(IdError::WrongKey { .. })
        ));
        assert_eq!(Rpps::read(fictitious).unwrap().key(), KeyStatus::Wrong);
    }
    assert_eq!(Finess::read("120456789").unwrap().key(), KeyStatus::Wrong);
    assert_eq!(
        "590064036".parse::<Finess>().unwrap().key(),
        KeyStatus::Valid
    );
    assert_eq!(
        "0B0127189".parse::<Finess>().unwrap().key(),
        KeyStatus::Unchecked
    );
    assert_eq!(
        "73282932000074".parse::<Siret>().unwrap().key(),
        KeyStatus::Valid
    );
    assert_eq!(
        "35600000012345".parse::<Siret>().unwrap().key(),
        KeyStatus::Unchecked
    );
    assert!("73282932000075".parse::<Siret>().is_err());
    assert!("732829321".parse::<Siren>().is_err());
    assert_eq!(
        "2b7010446".parse::<Adeli>().unwrap().to_string(),
        "2B7010446"
    );
}

#[test]
fn wrong_shapes_say_what_is_wrong() {
    assert_eq!(
        "1234".parse::<Rpps>().unwrap_err().to_string(),
        "11 characters expected in the RPPS number, 4 found; check that none is missing"
    );
    assert!(matches!(
        "1000000191X".parse::<Rpps>(),
        Err(IdError::Character { position: 11, .. })
    ));
    // A Corsican letter without its 2, or elsewhere.
    assert!(matches!(
        MatriculeIns::read("297021A02077878"),
        Err(IdError::Character { position: 7, .. })
    ));
    assert!(MatriculeIns::read("29702A202077878").is_err());
    assert!("1A004".parse::<CodeCommune>().is_err());
    assert!("2C004".parse::<CodeCommune>().is_err());
    assert!("９9352".parse::<CodeCommune>().is_err(), "full-width digit");
}

#[test]
fn errors_and_debug_do_not_quote_the_patient() {
    let matricule = MatriculeIns::read("277010115400329").unwrap();
    let texts = [
        format!("{matricule:?}"),
        MatriculeIns::parse("277010115400328")
            .unwrap_err()
            .to_string(),
        MatriculeIns::parse("2770101154003X9")
            .unwrap_err()
            .to_string(),
        format!("{:?}", MatriculeIns::parse("27701011540032").unwrap_err()),
    ];
    for text in texts {
        assert!(!text.contains("27701") && !text.contains("15400"), "{text}");
    }
}

#[test]
fn places() {
    for (code, department, country) in [
        ("01154", Some("01"), false),
        ("2A004", Some("2A"), false),
        ("97411", Some("974"), false),
        ("98735", Some("987"), false),
        ("99352", None, true),
        ("99999", None, false),
    ] {
        let place: CodeCommune = code.parse().unwrap();
        assert_eq!(place.department(), department, "{code}");
        assert_eq!(place.is_country(), country, "{code}");
        assert_eq!(place.is_unknown(), code == CodeCommune::UNKNOWN);
    }
}

#[test]
fn authorities() {
    for authority in InsAuthority::ALL {
        assert_eq!(InsAuthority::from_oid(authority.oid()), Some(authority));
        assert_eq!(Oid::from(authority), authority.oid());
    }
    assert_eq!(InsAuthority::from_oid("1.2.250.1.213.1.4.12"), None);
    assert!(InsAuthority::Nia.is_production());
    assert!(!InsAuthority::NirTest.is_production() && !InsAuthority::NirDemo.is_production());
}

#[test]
fn oids() {
    for good in [
        "1.2",
        "2.999.3",
        "0.39",
        "1.0.10",
        "2.25.329800735698586629295641978511506172918",
    ] {
        assert_eq!(good.parse::<Oid>().unwrap().as_str(), good);
    }
    for bad in [
        "", "1", "3.1", "1.40", "1.2.", ".1.2", "1..2", "1.02", "1.2.a", "1.2 ", "urn:oid:",
        "0.399",
    ] {
        assert!(bad.parse::<Oid>().is_err(), "{bad}");
    }
    let oid: Oid = "1.2.250.1.213".parse().unwrap();
    assert!(oid.is_under("1.2.250") && oid.is_under("1.2.250.1.213") && !oid.is_under("1.2.25"));
    assert_eq!(oid.arcs().next_back(), Some("213"));
}

#[test]
fn national_identifiers_round_trip() {
    for text in [
        "801234567897",
        "00B1057294",
        "578435954900010/1.2.250.1.176.1",
    ] {
        assert_eq!(ProfessionalId::read(text).unwrap().to_string(), text);
    }
    for text in [
        "1750803447",
        "373282932000074",
        "499900063480001",
        "2732829320",
    ] {
        assert_eq!(StructureId::read(text).unwrap().to_string(), text);
    }
    for bad in ["", "9", "8123", "3", "é"] {
        assert!(ProfessionalId::read(bad).is_err(), "{bad}");
    }
    for bad in ["", "5123", "1", "4"] {
        assert!(StructureId::read(bad).is_err(), "{bad}");
    }
}
