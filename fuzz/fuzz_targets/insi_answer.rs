//! Answers of INSi: first two bytes the HTTP status, the rest the body. Whatever comes is a decision.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_core::{BirthDate, Traits};
use segur_ins::insi::{
    Authentication, Call, CallIds, Decision, Outcome, Query, Search, Settings, Software, Uuid,
};

fuzz_target!(|data: &[u8]| {
    let Some((status, body)) = data.split_first_chunk::<2>() else {
        return;
    };
    let outcome = Outcome::read(&call(), u16::from_be_bytes(*status), body);
    for warning in &outcome.warnings {
        assert!(!warning.message().fr.is_empty());
    }
    if let Decision::Found { answer, .. } = &outcome.decision {
        answer.check().expect("what is found may be imported");
        let person = outcome.answer.and_then(|answer| answer.person);
        let again = person.expect("the person").importable();
        assert!(again.as_ref() == Ok(&**answer));
    }
});

fn call() -> Call {
    let traits = Traits {
        birth_name: "ADRTROIS".parse().expect("name"),
        first_given_name: "DOMINIQUE".parse().expect("name"),
        given_names: None,
        sex: "F".parse().expect("sex"),
        birth_date: BirthDate::parse("1997-02-26").expect("date"),
        birth_place: None,
    };
    let id = |byte| Uuid::from_random([byte; 16]);
    Call {
        query: Query::Traits(Search::new(&traits).1),
        software: Software {
            authorisation: "1".into(),
            version: "1".into(),
            installation: id(1),
            name: "urn:lps:demo:1".into(),
        },
        emitter: None,
        authentication: Authentication::MutualTls,
        ids: CallIds {
            message: id(2),
            bam: id(3),
            lps: id(4),
        },
        at: Default::default(),
        settings: Settings::default(),
    }
}
