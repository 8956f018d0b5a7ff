//! Every state, every change.

use segur_dmp_xds::consent::{Consent, ConsentChange, NotOpposed};

const fn opposed(feeding: bool, consultation: bool) -> Consent {
    Consent::InformedOpposed {
        feeding,
        consultation,
    }
}

const STATES: [Consent; 6] = [
    Consent::Unknown,
    Consent::InformedNotOpposed,
    opposed(false, false),
    opposed(false, true),
    opposed(true, false),
    opposed(true, true),
];

// req: SC.DMP/CONF.09
#[test]
fn nobody_opposes_until_it_is_recorded() {
    assert_eq!(Consent::default(), Consent::Unknown, "nobody was asked");
    // State; informed, opposes feeding, opposes consultation.
    for (state, informed, feeding, consultation) in [
        (STATES[0], false, false, false),
        (STATES[1], true, false, false),
        (STATES[2], true, false, false),
        (STATES[3], true, false, true),
        (STATES[4], true, true, false),
        (STATES[5], true, true, true),
    ] {
        assert_eq!(state.is_informed(), informed, "{state:?}");
        assert_eq!(state.opposes_feeding(), feeding, "{state:?}");
        assert_eq!(state.opposes_consultation(), consultation, "{state:?}");
    }
}

// req: SC.DMP/CONF.06
#[test]
fn the_four_inputs_are_recorded_one_by_one() {
    for state in STATES {
        assert_eq!(
            state.after(ConsentChange::Informed),
            Ok(Consent::InformedNotOpposed)
        );
        assert_eq!(
            state.after(ConsentChange::Opposed),
            Ok(opposed(true, true)),
            "both at first"
        );
        assert_eq!(state.after(ConsentChange::Erased), Ok(Consent::Unknown));
        for tick in [false, true] {
            let (feeding, consultation) = (
                state.after(ConsentChange::Feeding(tick)),
                state.after(ConsentChange::Consultation(tick)),
            );
            match state {
                Consent::InformedOpposed {
                    feeding: f,
                    consultation: c,
                } => {
                    assert_eq!(feeding, Ok(opposed(tick, c)));
                    assert_eq!(consultation, Ok(opposed(f, tick)));
                }
                _ => {
                    assert_eq!(feeding, Err(NotOpposed));
                    assert_eq!(consultation, Err(NotOpposed));
                }
            }
        }
    }
    assert_eq!(Consent::opposed(), opposed(true, true));
}
