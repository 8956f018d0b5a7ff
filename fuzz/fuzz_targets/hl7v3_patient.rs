//! Messages about a patient's DMP: the first byte says which one, the rest is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_dmp_xds::consent::Consent;
use segur_dmp_xds::patient::{
    AuthorisationSet, Authorisations, ClosureAnswer, ClosureRequest, DmpStatus, Existence,
    ExistenceRequest, IncomingPatient, ListAuthorisations, PatientList, PatientListRequest,
    PersonName, SetAuthorisation, Situation, TraitsNotToBeShown,
};
use segur_dmp_xds::vihf::Access;

/// What is accepted and breaks no rule is written, and what is written is read as the same.
macro_rules! settles {
    ($message:ty, $bytes:expr) => {
        if let Ok(read) = <$message>::parse($bytes) {
            if let Ok(once) = read.value.to_xml() {
                let again = <$message>::parse(once.as_bytes()).expect("what is written is read");
                assert_eq!(again.value.to_xml().expect("written"), once);
            }
        }
    };
}

fuzz_target!(|data: &[u8]| {
    let Some((which, bytes)) = data.split_first() else {
        return;
    };
    match which % 9 {
        0 => settles!(ExistenceRequest, bytes),
        1 => {
            if let Ok(read) = Existence::parse(bytes) {
                existence(&read.value);
            }
        }
        2 => settles!(SetAuthorisation, bytes),
        3 => settles!(AuthorisationSet, bytes),
        4 => settles!(ListAuthorisations, bytes),
        5 => settles!(Authorisations, bytes),
        6 => settles!(PatientListRequest, bytes),
        7 => settles!(PatientList, bytes),
        _ => {
            settles!(ClosureRequest, bytes);
            if let Ok(read) = ClosureAnswer::parse(bytes) {
                let done = read.value.is_done();
                assert_eq!(read.value.acknowledgement.refusal().is_none(), done);
            }
            let _ = IncomingPatient::read("application/soap+xml", bytes);
        }
    }
});

fn existence(read: &Existence) {
    let refused = read.acknowledgement.refusal().is_some();
    assert!(!refused || read.status == DmpStatus::Unclear);
    let access = Access::normal();
    let situation = Situation {
        existence: Some(read),
        qualified: true,
        consent: Consent::InformedNotOpposed,
        access: &access,
    };
    assert_eq!(situation.feed().is_allowed(), read.is_active());
    let reads = situation.consult().is_allowed();
    assert_eq!(reads, read.is_active() && read.is_authorised());
    let traits = TraitsNotToBeShown {
        name: PersonName {
            used: Some("TEST".into()),
            given: "ALICE".into(),
            ..PersonName::default()
        },
        ..TraitsNotToBeShown::default()
    };
    if let Ok(once) = read.to_xml(&traits) {
        let again = Existence::parse(once.as_bytes()).expect("what is written is read");
        assert_eq!(again.value.status, read.status);
        assert_eq!(again.value.authorisation, read.authorisation);
    }
}
