//! Every state, every access, every step.
#![allow(clippy::unwrap_used)]

use segur_core::Lang;
use segur_dmp_xds::consent::{Consent, NotOpposed, Reason, Situation, Step};
use segur_dmp_xds::vihf::Access;

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
fn documents_are_fed_unless_the_patient_opposes_that() {
    assert_eq!(Consent::default(), Consent::Unknown, "nobody was asked");
    for (state, allowed, reason) in [
        (STATES[0], true, Reason::FedByDefault),
        (STATES[1], true, Reason::FedByDefault),
        (STATES[2], true, Reason::FedByDefault),
        (STATES[3], true, Reason::FedByDefault),
        (STATES[4], false, Reason::OpposedToFeeding),
        (STATES[5], false, Reason::OpposedToFeeding),
    ] {
        let decision = state.can_feed();
        assert_eq!(
            (decision.allowed, decision.reason),
            (allowed, reason),
            "{state:?}"
        );
    }
}

// req: SC.DMP/CONF.06
#[test]
fn documents_are_read_once_the_patient_was_informed_or_by_break_glass_with_a_reason() {
    use Reason::{
        BreakGlass, BreakGlassWithoutReason as NoReason, Informed, NotInformed,
        OpposedToConsultation as Opposed,
    };
    // State; normal or regulation; break-glass without reason; with one.
    for (state, plain, without, with) in [
        (
            STATES[0],
            (false, NotInformed),
            (false, NoReason),
            (true, BreakGlass),
        ),
        (
            STATES[1],
            (true, Informed),
            (true, Informed),
            (true, BreakGlass),
        ),
        (
            STATES[2],
            (true, Informed),
            (true, Informed),
            (true, BreakGlass),
        ),
        (
            STATES[3],
            (false, Opposed),
            (false, NoReason),
            (true, BreakGlass),
        ),
        (
            STATES[4],
            (true, Informed),
            (true, Informed),
            (true, BreakGlass),
        ),
        (
            STATES[5],
            (false, Opposed),
            (false, NoReason),
            (true, BreakGlass),
        ),
    ] {
        let told = |access: &Access| {
            let decision = state.can_consult(access);
            (decision.allowed, decision.reason)
        };
        assert_eq!(told(&Access::normal()), plain, "{state:?}");
        assert_eq!(told(&Access::regulation()), plain, "{state:?}");
        assert_eq!(told(&Access::break_glass(" \t")), without, "{state:?}");
        let mut none = Access::break_glass("");
        none.reason = None;
        assert_eq!(told(&none), without, "{state:?}");
        assert_eq!(told(&Access::break_glass("coma")), with, "{state:?}");
    }
}

#[test]
fn a_reason_outside_break_glass_opens_nothing() {
    let mut access = Access::normal();
    access.reason = Some("coma".to_owned());
    assert!(!Consent::Unknown.can_consult(&access).allowed);
}

// req: SC.DMP/CONF.06
#[test]
fn the_four_inputs_are_recorded_step_by_step() {
    for state in STATES {
        assert_eq!(state.after(Step::Informed), Ok(Consent::InformedNotOpposed));
        assert_eq!(
            state.after(Step::Opposed),
            Ok(opposed(true, true)),
            "both at first"
        );
        assert_eq!(state.after(Step::Erased), Ok(Consent::Unknown));
        for tick in [false, true] {
            let (feeding, consultation) = (
                state.after(Step::Feeding(tick)),
                state.after(Step::Consultation(tick)),
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

#[test]
fn what_the_dmp_and_the_identity_say_comes_on_top() {
    let all = Situation {
        active: true,
        qualified: true,
        authorized: true,
    };
    let consent = Consent::InformedNotOpposed;
    let normal = Access::normal();
    assert!(all.against_feeding(consent).is_empty());
    assert!(all.against_consultation(consent, &normal).is_empty());
    let nothing = Situation::default();
    assert_eq!(
        nothing.against_feeding(opposed(true, true)),
        [
            Reason::OpposedToFeeding,
            Reason::NoActiveRecord,
            Reason::InsNotQualified
        ]
    );
    assert_eq!(
        nothing.against_consultation(Consent::Unknown, &normal),
        [
            Reason::NotInformed,
            Reason::NoActiveRecord,
            Reason::NotAuthorized
        ]
    );
    let unauthorized = Situation {
        authorized: false,
        ..all
    };
    assert!(
        unauthorized.against_feeding(consent).is_empty(),
        "for reading only"
    );
    let reasons = unauthorized.against_consultation(consent, &normal);
    assert_eq!(reasons, [Reason::NotAuthorized]);
    for exempt in [Access::regulation(), Access::break_glass("urgence")] {
        let against = unauthorized.against_consultation(consent, &exempt);
        assert!(against.is_empty(), "{exempt:?}: {against:?}");
    }
    assert_eq!(
        reasons[0].message().get(Lang::En),
        "The user has no valid authorisation for this DMP."
    );
}
