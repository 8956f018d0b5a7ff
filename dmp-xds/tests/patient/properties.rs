//! Random messages come back as they were; no bytes make a reader panic.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use segur_core::Coded;
use segur_dmp_xds::metadata::{Cx, Dtm};
use segur_dmp_xds::patient::vocabulary::CLOSURE_REASONS;
use segur_dmp_xds::patient::{
    Authorisation, AuthorisationMode, AuthorisationSet, Authorisations, AuthorisedProfessional,
    Closure, ClosureAnswer, ClosureRequest, DmpCode, DmpStatus, Existence, ExistenceRequest,
    ListAuthorisations, ListedPatient, PatientList, PatientListRequest, Role, ServiceStatus,
    SetAuthorisation,
};

use crate::fixtures::{closure, existence, patient, request, traits};

/// Texts with everything that XML gives a meaning to.
fn text() -> impl Strategy<Value = String> {
    "[A-Za-zéÈ<&'\">\\]-][A-Za-zéÈ0-9<>&'\"\\]. -]{0,12}[a-z0-9&]"
}

fn dtm() -> impl Strategy<Value = Dtm> {
    (1990u16..2030, 1u8..13, 1u8..29, 0u8..24, 0u8..60).prop_map(
        |(year, month, day, hour, minute)| {
            let whole = format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}30");
            whole.parse().unwrap()
        },
    )
}

fn status() -> impl Strategy<Value = DmpStatus> {
    let reason = option::of(text().prop_map(|code| Coded::new(code, CLOSURE_REASONS)));
    let closed = (option::of(dtm()), reason)
        .prop_map(|(on, reason)| DmpStatus::Closed(Closure { on, reason }));
    prop_oneof![Just(DmpStatus::Active), Just(DmpStatus::None), closed]
}

fn authorisation() -> impl Strategy<Value = Authorisation> {
    prop_oneof![
        Just(Authorisation::Valid),
        Just(Authorisation::None),
        Just(Authorisation::Forbidden),
        Just(Authorisation::Expired),
        text().prop_map(|word| Authorisation::read(&word)),
    ]
}

fn service() -> impl Strategy<Value = ServiceStatus> {
    (text(), option::of(text())).prop_map(|(code, context)| ServiceStatus {
        code: DmpCode::read(&code),
        context,
    })
}

fn professional() -> impl Strategy<Value = AuthorisedProfessional> {
    let names = (text(), option::of(text()), option::of(text()));
    let rest = (
        vec(text(), 0..3),
        option::of(dtm()),
        any::<bool>(),
        any::<bool>(),
    );
    (names, rest).prop_map(|((id, given, family), (codes, since, blocked, mt))| {
        let mode = match blocked {
            true => AuthorisationMode::Forbidden,
            false => AuthorisationMode::Active,
        };
        AuthorisedProfessional {
            given,
            family,
            specialty_labels: codes.clone(),
            specialty_codes: codes,
            since,
            roles: mt.then_some(Role::TreatingPhysician).into_iter().collect(),
            ..AuthorisedProfessional::new(id, mode)
        }
    })
}

fn listed() -> impl Strategy<Value = ListedPatient> {
    let names = (option::of(text()), option::of(text()), option::of(text()));
    (vec(text(), 1..3), names, option::of(dtm()), any::<bool>()).prop_map(
        |(ids, (family, birth_name, given), last_update, mt)| ListedPatient {
            ids: ids
                .iter()
                .map(|id| Cx::new(id, "1.2.250.1.213.1.4.10", "NH"))
                .collect(),
            family,
            birth_name,
            given,
            treating_physician: Some(mt),
            unverified_message: Some(!mt),
            last_update,
            ..ListedPatient::default()
        },
    )
}

proptest! {
    #[test]
    fn requests_come_back(number in text(), query in text(), created in dtm(), sender in text()) {
        let mut one = request();
        one.head.id.as_mut().unwrap().extension = Some(number);
        one.query.as_mut().unwrap().extension = Some(query);
        one.head.created = Some(created);
        one.head.sender.name = Some(sender);
        let read = ExistenceRequest::parse(one.to_xml().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.warnings, []);
        prop_assert_eq!(read.value, one);
    }

    #[test]
    fn answers_come_back(
        status in status(),
        authorisation in option::of(authorisation()),
        flags in (option::of(any::<bool>()), option::of(any::<bool>()), option::of(any::<bool>())),
    ) {
        let mut one = existence(status);
        one.authorisation = authorisation;
        one.treating_physician = flags.0;
        if !one.ids.is_empty() {
            one.internet_account = flags.1;
            one.mes_attached = flags.2;
        }
        let read = Existence::parse(one.to_xml(&traits()).unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.value, one);
    }

    #[test]
    fn lists_come_back(
        entries in vec(professional(), 0..4),
        patients in vec(listed(), 0..4),
        status in service(),
    ) {
        let one = Authorisations { entries, status: status.clone() };
        let read = Authorisations::parse(one.to_xml().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(&read.warnings, &[]);
        prop_assert_eq!(read.value, one);
        let one = PatientList { patients, status: status.clone() };
        let read = PatientList::parse(one.to_xml().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(&read.warnings, &[]);
        prop_assert_eq!(read.value, one);
        let one = AuthorisationSet { status };
        let read = AuthorisationSet::parse(one.to_xml().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.value, one);
    }

    #[test]
    fn closures_come_back(family in text(), birth in option::of(text()), why in text(), code in text()) {
        let mut one = closure();
        one.name.used = Some(family);
        one.name.birth = birth;
        one.text = Some(why);
        one.reason = Coded::new(code, CLOSURE_REASONS);
        let read = ClosureRequest::parse(one.to_xml().unwrap().as_bytes()).unwrap();
        prop_assert_eq!(read.warnings, []);
        prop_assert_eq!(read.value, one);
    }

    /// A message cut, or with a byte changed, is read or refused, and never taken for an open DMP of somebody else.
    #[test]
    fn damaged_answers_do_not_panic(at in 0usize..3_000, byte in any::<u8>(), cut in any::<bool>()) {
        let xml = existence(DmpStatus::None).to_xml(&traits()).unwrap();
        let mut bytes = xml.into_bytes();
        let at = at % bytes.len();
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        if let Ok(read) = Existence::parse(&bytes) {
            prop_assert!(!read.value.is_active());
            prop_assert_ne!(read.value.is_of(&patient()), Some(true));
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = Existence::parse(&bytes);
        let _ = ExistenceRequest::parse(&bytes);
        let _ = SetAuthorisation::parse(&bytes);
        let _ = AuthorisationSet::parse(&bytes);
        let _ = ListAuthorisations::parse(&bytes);
        let _ = Authorisations::parse(&bytes);
        let _ = PatientListRequest::parse(&bytes);
        let _ = PatientList::parse(&bytes);
        let _ = ClosureRequest::parse(&bytes);
        let _ = ClosureAnswer::parse(&bytes);
    }
}
