//! Every state and every event: the table is the rule, the code must agree with it line by line.
// req: SC.DMP/UX.11
// req: EXI ID 21
// req: EXI ID 25
// req: EXI VER 04
// req: EXI VER 05
// req: EXI VER 06
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use segur_ins::identity::{Attribute, Attributes, Event, Refusal, State, Status};

const EVENTS: [(&str, Event); 22] = [
    ("ins", Event::InsAccepted),
    ("no-ins", Event::InsNotAccepted),
    ("proof", Event::ProofRecorded),
    ("proof-withdrawn", Event::ProofWithdrawn),
    ("exception", Event::ExceptionAttested),
    ("apcv", Event::ApcvHolder),
    ("apcv-dependant-qual", Event::ApcvDependantQualified),
    ("apcv-dependant-recup", Event::ApcvDependantRetrieved),
    ("received-verified", Event::ReceivedVerified),
    ("received-contract", Event::ReceivedUnderContract),
    ("verified-ok", Event::VerificationOk),
    ("verified-ko", Event::VerificationKo),
    ("strict-trait", Event::StrictTraitChanged),
    ("other-trait", Event::ComplementaryTraitChanged),
    ("downgrade", Event::Downgraded),
    ("downgrade-no-proof", Event::DowngradedWithoutProof),
    ("set-homonyme", Event::Set(Attribute::Homonyme)),
    ("set-douteux", Event::Set(Attribute::Douteux)),
    ("set-fictif", Event::Set(Attribute::Fictif)),
    ("clear-homonyme", Event::Cleared(Attribute::Homonyme)),
    ("clear-douteux", Event::Cleared(Attribute::Douteux)),
    ("clear-fictif", Event::Cleared(Attribute::Fictif)),
];

fn name(state: State) -> String {
    let attributes: Vec<_> = state.attributes().codes().collect();
    if attributes.is_empty() {
        state.status().to_string()
    } else {
        format!("{}+{}", state.status(), attributes.join("+"))
    }
}

#[test]
fn every_state_and_every_event() {
    let mut table = include_str!("data/transitions.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'));
    let states: Vec<&str> = table.next().unwrap().split('\t').skip(1).collect();
    let rows: BTreeMap<&str, Vec<&str>> = table
        .map(|line| {
            let mut cells = line.split('\t');
            (cells.next().unwrap(), cells.collect())
        })
        .collect();
    assert_eq!(rows.len(), EVENTS.len());
    assert_eq!(states.len(), State::all().count());
    for state in State::all() {
        let column = states.iter().position(|s| *s == name(state)).unwrap();
        for (event_name, event) in EVENTS {
            let got = match state.after(event) {
                Ok(next) => name(next),
                Err(refusal) => match refusal {
                    Refusal::Blocked => "!blocked",
                    Refusal::HasIns => "!has-ins",
                    Refusal::NoIns => "!no-ins",
                    Refusal::HasProof => "!has-proof",
                    Refusal::NoProof => "!no-proof",
                    Refusal::Incompatible => "!incompatible",
                    Refusal::NoChange => "!no-change",
                    other => panic!("{other:?} is not in the table"),
                }
                .to_owned(),
            };
            assert_eq!(
                got,
                rows[event_name][column],
                "{event_name} in state {}",
                name(state)
            );
        }
    }
}

#[test]
fn no_event_leads_out_of_the_allowed_states() {
    for state in State::all() {
        for (_, event) in EVENTS {
            if let Ok(next) = state.after(event) {
                assert!(State::new(next.status(), next.attributes()).is_some());
            }
        }
    }
}

#[test]
fn doubtful_and_fictitious_identities_are_provisional_and_never_searched() {
    for status in Status::ALL {
        for attribute in [Attributes::DOUTEUX, Attributes::FICTIF] {
            let state = State::new(status, attribute);
            assert_eq!(state.is_some(), status == Status::Provisoire);
            assert!(state.is_none_or(|s| !s.may_call_insi()));
        }
    }
    assert!(State::NEW.may_call_insi());
}

#[test]
fn pam_messages_know_two_statuses() {
    let codes: Vec<_> = Status::ALL
        .iter()
        .map(|s| (s.code(), s.pam_code()))
        .collect();
    assert_eq!(
        codes,
        [
            ("PROV", "PROV"),
            ("RECUP", "PROV"),
            ("VALI", "VALI"),
            ("QUAL", "VALI")
        ]
    );
}
