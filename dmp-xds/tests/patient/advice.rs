//! What may be done next: each row of the decision.

use segur_core::Lang;
use segur_dmp_xds::consent::Consent;
use segur_dmp_xds::patient::{Authorisation, DmpStatus, Existence, Situation, Step, Verdict, Why};
use segur_dmp_xds::vihf::{Access, AccessMode};

use crate::fixtures::{existence, open};

fn with(authorisation: Option<Authorisation>) -> Existence {
    let mut existence = open();
    existence.authorisation = authorisation;
    existence
}

static NORMAL: Access = Access {
    mode: AccessMode::Normal,
    reason: None,
};

const fn opposed(feeding: bool, consultation: bool) -> Consent {
    Consent::InformedOpposed {
        feeding,
        consultation,
    }
}

fn ready(existence: Option<&Existence>) -> Situation<'_> {
    Situation {
        existence,
        qualified: true,
        consent: Consent::InformedNotOpposed,
        access: &NORMAL,
    }
}

/// req: SC.DMP/UX.14
#[test]
fn reading_follows_the_authorisation() {
    let declare = Verdict::First(Step::DeclareAuthorisation);
    let unknown = Verdict::Refused(Why::UnknownAuthorisation);
    let rows = [
        (Some(Authorisation::Valid), Verdict::Allowed),
        (Some(Authorisation::None), declare),
        (Some(Authorisation::Expired), declare),
        (
            Some(Authorisation::Forbidden),
            Verdict::Refused(Why::Blocked),
        ),
        (Some(Authorisation::Other("X".into())), unknown),
        (None, unknown),
    ];
    for (authorisation, expected) in rows {
        let existence = with(authorisation);
        let situation = ready(Some(&existence));
        assert_eq!(
            situation.consult(),
            expected,
            "{:?}",
            existence.authorisation
        );
        // Feeding does not ask for it.
        assert_eq!(situation.feed(), Verdict::Allowed);
        let may_declare = situation.declare().is_allowed();
        assert_eq!(may_declare, expected == declare || expected.is_allowed());
    }
}

#[test]
fn without_an_open_dmp_nothing_is_possible() {
    let closed = existence(DmpStatus::Closed(Default::default()));
    let none = existence(DmpStatus::None);
    let unclear = existence(DmpStatus::Unclear);
    let rows = [
        (None, Verdict::First(Step::TestExistence)),
        (Some(&closed), Verdict::Refused(Why::Closed)),
        (Some(&none), Verdict::Refused(Why::NoDmp)),
        (Some(&unclear), Verdict::Refused(Why::Unclear)),
    ];
    for (existence, expected) in rows {
        let situation = ready(existence);
        let all = [
            situation.feed(),
            situation.consult(),
            situation.declare(),
            situation.close(),
        ];
        assert_eq!(all, [expected; 4]);
    }
}

/// req: SC.DMP/CONF.09
#[test]
fn documents_are_fed_unless_the_patient_opposes_that() {
    let open = open();
    let refused = Verdict::Refused(Why::OpposedToFeeding);
    for (consent, expected) in [
        (Consent::Unknown, Verdict::Allowed),
        (Consent::InformedNotOpposed, Verdict::Allowed),
        (opposed(false, false), Verdict::Allowed),
        (opposed(false, true), Verdict::Allowed),
        (opposed(true, false), refused),
        (opposed(true, true), refused),
    ] {
        for access in [
            NORMAL.clone(),
            Access::regulation(),
            Access::break_glass("coma"),
        ] {
            let situation = Situation {
                consent,
                access: &access,
                ..ready(Some(&open))
            };
            assert_eq!(situation.feed(), expected, "{consent:?} {access:?}");
        }
    }
    let unqualified = Situation {
        qualified: false,
        ..ready(Some(&open))
    };
    assert_eq!(unqualified.feed(), Verdict::First(Step::QualifyIdentity));
    assert!(
        unqualified.consult().is_allowed(),
        "reading does not need it"
    );
}

/// req: SC.DMP/CONF.06
#[test]
fn documents_are_read_once_the_patient_was_informed_or_by_break_glass_with_a_reason() {
    let (inform, reason) = (
        Verdict::First(Step::RecordConsent),
        Verdict::First(Step::GiveReason),
    );
    let refused = Verdict::Refused(Why::OpposedToConsultation);
    let open = open();
    for (consent, plain) in [
        (Consent::Unknown, inform),
        (Consent::InformedNotOpposed, Verdict::Allowed),
        (opposed(false, false), Verdict::Allowed),
        (opposed(true, false), Verdict::Allowed),
        (opposed(false, true), refused),
        (opposed(true, true), refused),
    ] {
        let unreasoned = Access {
            mode: AccessMode::BreakGlass,
            reason: None,
        };
        let idle = Access {
            reason: Some("coma".to_owned()),
            ..NORMAL.clone()
        };
        for (access, expected) in [
            (NORMAL.clone(), plain),
            (idle, plain),
            (Access::regulation(), plain),
            (Access::break_glass("coma"), Verdict::Allowed),
            (Access::break_glass(" \t"), reason),
            (unreasoned, reason),
        ] {
            let situation = Situation {
                consent,
                access: &access,
                ..ready(Some(&open))
            };
            assert_eq!(situation.consult(), expected, "{consent:?} {access:?}");
            let declared = match access.mode {
                AccessMode::Normal => plain,
                _ => Verdict::Refused(Why::NormalModeOnly),
            };
            assert_eq!(situation.declare(), declared, "{consent:?} {access:?}");
        }
    }
}

#[test]
fn break_glass_and_regulation_need_no_authorisation() {
    let unknown = || Authorisation::Other("X".into());
    let rows = [
        (Access::break_glass("coma"), Verdict::Refused(Why::Blocked)),
        (Access::regulation(), Verdict::Allowed),
    ];
    for (access, blocked) in rows {
        for (authorisation, expected) in [
            (Some(Authorisation::None), Verdict::Allowed),
            (Some(Authorisation::Expired), Verdict::Allowed),
            (Some(unknown()), Verdict::Allowed),
            (None, Verdict::Allowed),
            (Some(Authorisation::Forbidden), blocked),
        ] {
            let existence = with(authorisation);
            let situation = Situation {
                access: &access,
                ..ready(Some(&existence))
            };
            assert_eq!(situation.consult(), expected, "{access:?}");
            let declared = match expected {
                Verdict::Allowed => Verdict::Refused(Why::NormalModeOnly),
                refused => refused,
            };
            assert_eq!(
                situation.declare(),
                declared,
                "TD0.3 is for the normal mode"
            );
        }
    }
}

#[test]
fn everything_that_hinders_is_told_refusals_first() {
    let (inform, declare) = (
        Verdict::First(Step::RecordConsent),
        Verdict::First(Step::DeclareAuthorisation),
    );
    let none = with(Some(Authorisation::None));
    let blocked = with(Some(Authorisation::Forbidden));
    let closed = existence(DmpStatus::Closed(Default::default()));
    let said = |consent, existence| Situation {
        consent,
        ..ready(existence)
    };
    for (situation, expected) in [
        (ready(Some(&open())), vec![]),
        // Consent comes before the authorisation that rests on it.
        (said(Consent::Unknown, Some(&none)), vec![inform, declare]),
        (
            said(Consent::Unknown, Some(&blocked)),
            vec![Verdict::Refused(Why::Blocked), inform],
        ),
        (
            said(Consent::opposed(), Some(&none)),
            vec![Verdict::Refused(Why::OpposedToConsultation), declare],
        ),
        (
            said(Consent::Unknown, None),
            vec![Verdict::First(Step::TestExistence), inform],
        ),
        (
            said(Consent::opposed(), Some(&closed)),
            vec![
                Verdict::Refused(Why::Closed),
                Verdict::Refused(Why::OpposedToConsultation),
            ],
        ),
    ] {
        let first = expected.first().copied().unwrap_or(Verdict::Allowed);
        assert_eq!(situation.against_consultation(), expected, "{situation:?}");
        assert_eq!(situation.consult(), first, "{situation:?}");
    }
    let silent = said(Consent::Unknown, Some(&none));
    assert_eq!(silent.declare(), inform);

    let nothing = Situation {
        qualified: false,
        ..said(Consent::opposed(), None)
    };
    assert_eq!(
        nothing.against_feeding(),
        [
            Verdict::Refused(Why::OpposedToFeeding),
            Verdict::First(Step::TestExistence),
            Verdict::First(Step::QualifyIdentity),
        ]
    );
    assert!(ready(Some(&none)).against_feeding().is_empty());
}

#[test]
fn a_dmp_within_a_mon_espace_sante_is_closed_there() {
    let mut existence = open();
    assert!(ready(Some(&existence)).close().is_allowed());
    existence.mes_attached = Some(true);
    let verdict = ready(Some(&existence)).close();
    assert_eq!(verdict, Verdict::Refused(Why::PartOfMes));
}

#[test]
fn every_verdict_has_both_languages() {
    let steps = [
        Step::TestExistence,
        Step::QualifyIdentity,
        Step::RecordConsent,
        Step::GiveReason,
        Step::DeclareAuthorisation,
    ];
    let whys = [
        Why::NoDmp,
        Why::Closed,
        Why::Unclear,
        Why::OpposedToFeeding,
        Why::OpposedToConsultation,
        Why::Blocked,
        Why::UnknownAuthorisation,
        Why::PartOfMes,
        Why::NormalModeOnly,
    ];
    let all = steps.map(Verdict::First).into_iter();
    let all = all
        .chain(whys.map(Verdict::Refused))
        .chain([Verdict::Allowed]);
    for verdict in all {
        let message = verdict.message();
        assert_ne!(message.get(Lang::Fr), message.get(Lang::En), "{verdict:?}");
    }
}
