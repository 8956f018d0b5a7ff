//! What may be done next: each row of the decision.

use segur_core::Lang;
use segur_dmp_xds::patient::{
    Access, Authorisation, DmpStatus, Existence, Situation, Step, Verdict, Why,
};

use crate::fixtures::{existence, open};

fn with(authorisation: Option<Authorisation>) -> Existence {
    let mut existence = open();
    existence.authorisation = authorisation;
    existence
}

fn ready(existence: Option<&Existence>) -> Situation<'_> {
    Situation {
        existence,
        qualified: true,
        opposed_to_feeding: false,
        informed_not_opposed_to_reading: true,
        access: Access::Normal,
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

#[test]
fn what_the_patient_says_counts() {
    let open = open();
    let opposed = Situation {
        opposed_to_feeding: true,
        ..ready(Some(&open))
    };
    assert_eq!(opposed.feed(), Verdict::Refused(Why::OpposedToFeeding));
    let silent = Situation {
        informed_not_opposed_to_reading: false,
        ..ready(Some(&open))
    };
    assert_eq!(silent.consult(), Verdict::First(Step::RecordConsent));
    assert_eq!(silent.feed(), Verdict::Allowed, "feeding is the default");
    // Consent comes before the authorisation that rests on it.
    let none = with(Some(Authorisation::None));
    let silent = Situation {
        existence: Some(&none),
        ..silent
    };
    assert_eq!(silent.declare(), Verdict::First(Step::RecordConsent));
    let unqualified = Situation {
        qualified: false,
        ..ready(Some(&open))
    };
    assert_eq!(unqualified.feed(), Verdict::First(Step::QualifyIdentity));
}

#[test]
fn break_glass_and_regulation_need_no_authorisation() {
    for (access, informed, blocked) in [
        (Access::BreakGlass, false, Verdict::Refused(Why::Blocked)),
        (Access::Regulation, true, Verdict::Allowed),
    ] {
        for (authorisation, expected) in [
            (Some(Authorisation::None), Verdict::Allowed),
            (None, Verdict::Allowed),
            (Some(Authorisation::Forbidden), blocked),
        ] {
            let existence = with(authorisation);
            let situation = Situation {
                access,
                informed_not_opposed_to_reading: informed,
                ..ready(Some(&existence))
            };
            assert_eq!(situation.consult(), expected, "{access:?}");
            if expected.is_allowed() {
                let refused = Verdict::Refused(Why::NormalModeOnly);
                assert_eq!(situation.declare(), refused, "TD0.3 is for the normal mode");
            }
        }
    }
}

/// Both answers about consent in this crate are the same, in each access.
///
/// req: SC.DMP/CONF.06
#[test]
fn consent_counts_alike_here_and_in_the_consent_record() {
    use segur_dmp_xds::{consent::Consent, vihf};

    let existence = open();
    for (access, recorded) in [
        (Access::Normal, vihf::Access::normal()),
        (Access::Regulation, vihf::Access::regulation()),
        (Access::BreakGlass, vihf::Access::break_glass("coma")),
    ] {
        for (consent, informed) in [
            (Consent::Unknown, false),
            (Consent::InformedNotOpposed, true),
            (Consent::opposed(), false),
        ] {
            let situation = Situation {
                access,
                informed_not_opposed_to_reading: informed,
                ..ready(Some(&existence))
            };
            assert_eq!(
                situation.consult().is_allowed(),
                consent.can_consult(&recorded).allowed,
                "{access:?} {consent:?}"
            );
        }
    }
    let silent = Situation {
        access: Access::Regulation,
        informed_not_opposed_to_reading: false,
        ..ready(Some(&existence))
    };
    assert_eq!(silent.consult(), Verdict::First(Step::RecordConsent));
    assert_eq!(silent.declare(), Verdict::Refused(Why::NormalModeOnly));
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
        Step::DeclareAuthorisation,
    ];
    let whys = [
        Why::NoDmp,
        Why::Closed,
        Why::Unclear,
        Why::OpposedToFeeding,
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
