//! The identity as a record: guards, traits, history, and nothing personal in what can be logged.
// req: SENTINELLE.02
// req: SENTINELLE.08
// req: EXI ID 21
// req: EXI ID 25
// req: EXI ID 31
// req: EXI VER 01
// req: EXI VER 02
// req: EXI VER 04
#![allow(clippy::unwrap_used)]

use segur_core::{BirthDate, Ins, InsAuthority, Traits};
use segur_ins::identity::{
    ApcvPerson, Attribute, Basis, By, ChangeError, Comparison, Difference, Identity, InsAnswer,
    InsiCall, Proof, Refusal, Role, Status, Trait, TrustRegistry,
};

fn traits() -> Traits {
    Traits {
        birth_name: "GARCIA-HAMMADI".parse().unwrap(),
        first_given_name: "SARAH-LOU".parse().unwrap(),
        given_names: None,
        sex: "F".parse().unwrap(),
        birth_date: BirthDate::parse("1977-01-21").unwrap(),
        birth_place: None,
    }
}

fn answer() -> InsAnswer {
    InsAnswer {
        ins: Ins::new("277010115400329".parse().unwrap(), InsAuthority::NirTest),
        traits: Traits {
            given_names: Some("SARAH-LOU ANNA".parse().unwrap()),
            birth_place: Some("01154".parse().unwrap()),
            ..traits()
        },
    }
}

fn by(role: Role) -> By {
    By {
        author: "user-1".into(),
        role,
        at: "20261124090000+0100".parse().unwrap(),
    }
}

fn new() -> Identity {
    Identity::create(traits(), by(Role::NominativeStaff))
}

fn qualified() -> Identity {
    let mut identity = new();
    identity
        .qualify(&answer(), Proof::Passport, by(Role::NominativeStaff))
        .unwrap();
    identity
}

fn with(change: impl FnOnce(&mut Traits)) -> Traits {
    let mut traits = traits();
    change(&mut traits);
    traits
}

#[test]
fn one_click_qualifies_on_a_perfect_match_and_keeps_the_first_given_name() {
    let identity = qualified();
    assert_eq!(identity.status(), Status::Qualifiee);
    assert_eq!(identity.traits().first_given_name.as_str(), "SARAH-LOU");
    assert_eq!(
        identity.traits().given_names.as_ref().unwrap().as_str(),
        "SARAH-LOU ANNA"
    );
    assert_eq!(identity.basis(), Some(&Basis::Proof(Proof::Passport)));
    assert_eq!(identity.history().len(), 2);
    assert_eq!(identity.call_at_opening(), None);
}

#[test]
fn one_click_on_a_difference_changes_nothing_and_shows_it() {
    let mut identity = Identity::create(
        with(|t| t.birth_name = "GARCIA".parse().unwrap()),
        by(Role::Professional),
    );
    let before = identity.clone();
    let error = identity
        .qualify(&answer(), Proof::Passport, by(Role::Professional))
        .unwrap_err();
    let ChangeError::Differs(comparison) = error else {
        panic!("{error:?}")
    };
    let lines: Vec<_> = comparison
        .differences()
        .map(|l| (l.field, l.difference))
        .collect();
    assert_eq!(
        lines,
        [
            (Trait::BirthName, Difference::Shortened),
            (Trait::GivenNames, Difference::MissingLocally),
            (Trait::BirthPlace, Difference::MissingLocally),
        ]
    );
    assert!(identity == before);
}

#[test]
fn the_exception_is_for_the_professional_alone() {
    for role in [
        Role::NominativeStaff,
        Role::AnonymousStaff,
        Role::SuperUser,
        Role::System,
    ] {
        let error = new().qualify_by_exception(&answer(), by(role)).unwrap_err();
        assert!(matches!(error, ChangeError::Role { .. }), "{role:?}");
    }
    let mut identity = new();
    identity
        .qualify_by_exception(&answer(), by(Role::Professional))
        .unwrap();
    assert_eq!(
        (identity.status(), identity.basis()),
        (Status::Qualifiee, Some(&Basis::Exception))
    );
    let mut other = answer();
    other.traits.birth_date = BirthDate::parse("1977-01-22").unwrap();
    let error = new()
        .qualify_by_exception(&other, by(Role::Professional))
        .unwrap_err();
    assert!(matches!(error, ChangeError::Differs(_)));
}

#[test]
fn an_anonymous_card_records_no_proof() {
    let error = new()
        .record_proof(Proof::Passport, by(Role::AnonymousStaff))
        .unwrap_err();
    assert!(matches!(error, ChangeError::Role { .. }));
    let mut identity = new();
    identity
        .record_proof(Proof::Passport, by(Role::NominativeStaff))
        .unwrap();
    assert_eq!(identity.status(), Status::Validee);
    assert_eq!(identity.call_at_opening(), Some(InsiCall::Search));
}

#[test]
fn only_a_qualified_identity_sends_its_matricule() {
    let mut identity = new();
    identity
        .accept_ins(&answer(), by(Role::Professional))
        .unwrap();
    assert_eq!(identity.status(), Status::Recuperee);
    assert!(identity.ins().is_some() && identity.transmissible_ins().is_none());
    assert_eq!(identity.call_at_opening(), Some(InsiCall::Verification));
    assert!(qualified().transmissible_ins().is_some());
}

#[test]
fn strict_traits_are_locked_and_changing_them_voids_the_ins() {
    let mut identity = qualified();
    let changed = with(|t| t.birth_name = "MARTIN".parse().unwrap());
    let refused = identity.change_traits(changed.clone(), by(Role::Professional));
    assert_eq!(refused, Err(ChangeError::Locked));
    identity
        .change_traits(changed, by(Role::SuperUser))
        .unwrap();
    assert_eq!(identity.status(), Status::Validee);
    assert!(identity.ins().is_none());
    assert_eq!(identity.former_ins(), [answer().ins]);
    assert!(identity.basis().is_some());
}

#[test]
fn a_failed_verification_raises_an_alert_until_it_is_seen() {
    let mut identity = qualified();
    identity.note_verification(true, by(Role::System)).unwrap();
    assert!(!identity.has_alert());
    identity.note_verification(false, by(Role::System)).unwrap();
    assert_eq!(identity.status(), Status::Provisoire);
    assert!(identity.has_alert() && identity.ins().is_none() && identity.basis().is_none());
    identity.acknowledge_alert();
    assert!(!identity.has_alert());
    let again = identity.note_verification(true, by(Role::System));
    assert_eq!(again, Err(ChangeError::State(Refusal::NoIns)));
}

#[test]
fn doubt_takes_the_ins_away_and_it_does_not_come_back() {
    let mut identity = qualified();
    identity
        .mark(Attribute::Douteux, true, by(Role::Professional))
        .unwrap();
    assert_eq!(
        (identity.status(), identity.call_at_opening()),
        (Status::Provisoire, None)
    );
    let blocked = identity.accept_ins(&answer(), by(Role::Professional));
    assert_eq!(blocked, Err(ChangeError::State(Refusal::Blocked)));
    identity
        .mark(Attribute::Douteux, false, by(Role::Professional))
        .unwrap();
    assert!(identity.ins().is_none() && identity.call_at_opening() == Some(InsiCall::Search));
}

#[test]
fn the_apcv_qualifies_the_holder_and_dependants_as_the_site_says() {
    for (person, status) in [
        (ApcvPerson::Holder, Status::Qualifiee),
        (ApcvPerson::DependantQualified, Status::Qualifiee),
        (ApcvPerson::DependantRetrieved, Status::Recuperee),
    ] {
        let mut identity = new();
        identity
            .read_apcv(&answer(), person, by(Role::NominativeStaff))
            .unwrap();
        assert_eq!(identity.status(), status, "{person:?}");
    }
}

#[test]
fn a_contract_is_needed_to_take_over_a_qualified_identity() {
    let mut contracts = TrustRegistry::new();
    let mut identity = new();
    let refused =
        identity.receive_under_contract(&answer(), &contracts, "750000001", by(Role::System));
    assert!(matches!(refused, Err(ChangeError::Role { .. })));
    assert!(contracts.add("750000001"));
    identity
        .receive_under_contract(&answer(), &contracts, "750000001", by(Role::System))
        .unwrap();
    assert_eq!(identity.basis(), Some(&Basis::Contract));
    assert!(contracts.remove("750000001") && !contracts.trusts("750000001"));
}

#[test]
fn an_answer_without_names_or_sex_is_not_imported() {
    let mut nameless = answer();
    nameless.traits.given_names = None;
    assert_eq!(
        new().accept_ins(&nameless, by(Role::Professional)),
        Err(ChangeError::NotImportable(Trait::GivenNames))
    );
    let mut sexless = answer();
    sexless.traits.sex = "I".parse().unwrap();
    assert_eq!(
        new().accept_ins(&sexless, by(Role::Professional)),
        Err(ChangeError::NotImportable(Trait::Sex))
    );
}

#[test]
fn every_kind_of_difference_is_named() {
    let insi = answer().traits;
    let kind = |local: Traits, field| {
        let comparison = Comparison::new(&local, &insi);
        comparison
            .lines()
            .iter()
            .find(|l| l.field == field)
            .unwrap()
            .difference
    };
    let list = |names: &str| with(|t| t.given_names = Some(names.parse().unwrap()));
    let first = |name: &str| with(|t| t.first_given_name = name.parse().unwrap());
    assert_eq!(
        kind(list("ANNA SARAH-LOU"), Trait::GivenNames),
        Difference::Order
    );
    assert_eq!(
        kind(list("SARAH LOU ANNA"), Trait::GivenNames),
        Difference::Spelling
    );
    assert_eq!(
        kind(list("SARAH-LOU"), Trait::GivenNames),
        Difference::Shortened
    );
    assert_eq!(
        kind(list("MARIE"), Trait::GivenNames),
        Difference::Different
    );
    assert_eq!(
        kind(first("ANNA"), Trait::FirstGivenName),
        Difference::NotFirst
    );
    assert_eq!(
        kind(first("SARAH"), Trait::FirstGivenName),
        Difference::None
    );
    assert_eq!(
        kind(first("MARIE"), Trait::FirstGivenName),
        Difference::Different
    );
    let name = with(|t| t.birth_name = "GARCIA HAMMADI".parse().unwrap());
    assert_eq!(kind(name, Trait::BirthName), Difference::Spelling);
    assert_eq!(
        kind(with(|t| t.sex = "M".parse().unwrap()), Trait::Sex),
        Difference::Different
    );
    assert!(Comparison::new(&traits(), &insi).is_perfect_match());
    assert!(!Comparison::new(&first("ANNA"), &insi).is_perfect_match());
}

#[test]
fn nothing_personal_can_be_logged() {
    let mut identity = qualified();
    let other = with(|t| t.birth_name = "MARTIN".parse().unwrap());
    let error = identity
        .change_traits(other.clone(), by(Role::Professional))
        .unwrap_err();
    let differs = Identity::create(other, by(Role::Professional))
        .qualify(&answer(), Proof::Passport, by(Role::Professional))
        .unwrap_err();
    let shown = format!(
        "{identity:?} {:?} {error} {differs} {differs:?} {:?} {:?}",
        identity.history(),
        answer(),
        identity.compare(&answer()),
    );
    for secret in [
        "GARCIA",
        "MARTIN",
        "SARAH",
        "ANNA",
        "277010115400329",
        "1977",
        "01154",
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
