//! Properties: what is written is read back as it was, and no text makes a reader panic.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use proptest::prelude::*;
use segur_core::{
    Adeli, BirthDate, CodeCommune, Date, FamilyName, Finess, GivenName, KeyStatus, MatriculeIns,
    NameProfile, Oid, ProfessionalId, Rpps, Sex, Siren, Siret, StructureId, Timestamp,
    fold_accents, search_key,
};

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,40}") {
        let _ = text.parse::<Rpps>();
        let _ = text.parse::<Adeli>();
        let _ = text.parse::<Finess>();
        let _ = text.parse::<Siren>();
        let _ = text.parse::<Siret>();
        let _ = text.parse::<Oid>();
        let _ = text.parse::<MatriculeIns>();
        let _ = MatriculeIns::from_number(&text);
        let _ = text.parse::<CodeCommune>();
        let _ = text.parse::<Timestamp>();
        let _ = text.parse::<Date>();
        let _ = text.parse::<Sex>();
        let _ = ProfessionalId::read(&text);
        let _ = StructureId::read(&text);
        let _ = BirthDate::parse(&text);
        let _ = search_key(&text);
    }

    #[test]
    fn near_misses_do_not_panic_either(text in "[0-9AB +.-]{0,22}") {
        let _ = text.parse::<MatriculeIns>();
        let _ = text.parse::<CodeCommune>();
        let _ = text.parse::<Date>();
        if let Ok(timestamp) = text.parse::<Timestamp>() {
            prop_assert_eq!(timestamp.to_string(), text);
        }
    }

    #[test]
    fn a_key_put_on_is_the_key_found(number in "[1-478][0-9]{4}(2A|2B|[0-9]{2})[0-9]{6}") {
        let matricule = MatriculeIns::from_number(&number).unwrap();
        prop_assert_eq!(matricule.key(), KeyStatus::Valid);
        prop_assert_eq!(matricule.number(), number);
        prop_assert_eq!(MatriculeIns::parse(&matricule.grouped()), Ok(matricule));
        let key: u8 = matricule.written_key().parse().unwrap();
        prop_assert!((1..=97).contains(&key));
    }

    #[test]
    fn the_corsican_key_is_the_one_of_the_subtraction(before in 0u64..100_000, after in 0u64..1_000_000, b in any::<bool>()) {
        // The other published form: the letter as 0, less 1,000,000 for A and 2,000,000 for B.
        let letter = if b { 'B' } else { 'A' };
        let matricule = MatriculeIns::from_number(&format!("{before:05}2{letter}{after:06}")).unwrap();
        let zeroed: u64 = format!("{before:05}20{after:06}").parse().unwrap();
        let number = zeroed - if b { 2_000_000 } else { 1_000_000 };
        prop_assert_eq!(matricule.computed_key(), format!("{:02}", 97 - number % 97));
    }

    #[test]
    fn one_wrong_digit_breaks_a_luhn_key(number in "[0-9]{10}", at in 0usize..11, shift in 1u8..10) {
        let valid = (0..10).map(|last| format!("{number}{last}")).find(|text| text.parse::<Rpps>().is_ok()).unwrap();
        let mut wrong = valid.into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + shift) % 10;
        prop_assert!(String::from_utf8(wrong).unwrap().parse::<Rpps>().is_err());
    }

    #[test]
    fn a_normal_name_stays_as_it_is(text in "[A-Za-zÀ-ÿ’' -]{1,40}") {
        for profile in [NameProfile::Family, NameProfile::Given, NameProfile::Datamatrix] {
            if let Ok(normal) = profile.normalize(&text) {
                prop_assert!(profile.check(&normal).is_ok());
                prop_assert_eq!(profile.normalize(&normal), Ok(normal));
            }
        }
        prop_assert_eq!(fold_accents(&fold_accents(&text)), fold_accents(&text));
    }

    #[test]
    fn debug_never_shows_a_name(text in "[A-Z]{4,40}") {
        let shown = format!("{:?} {:?}", FamilyName::parse(&text).unwrap(), GivenName::parse(&text).unwrap());
        prop_assert!(!shown.contains(&text));
    }

    #[test]
    fn order_is_antisymmetric(a in stamp(), b in stamp()) {
        prop_assert_eq!(a.compare(&b), b.compare(&a).map(std::cmp::Ordering::reverse));
        prop_assert_eq!(a.compare(&a), Some(std::cmp::Ordering::Equal));
    }
}

fn stamp() -> impl Strategy<Value = Timestamp> {
    (
        0u16..=9999,
        1u8..=12,
        1u8..=28,
        0u8..24,
        0u8..60,
        -840i16..=840,
        0usize..7,
    )
        .prop_map(|(year, month, day, hour, minute, offset, shape)| {
            let whole = format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}");
            let offset = segur_core::Offset::from_minutes(offset).unwrap();
            match shape {
                0..=4 => whole[..4 + 2 * shape].parse().unwrap(),
                _ => format!("{whole}{offset}").parse().unwrap(),
            }
        })
}
