//! What each answer means for the identity and for the user.

use segur_core::Lang;
use segur_ins::identity::{Event, State, Status};
use segur_ins::insi::{
    AnswerError, Decision, Obstacle, Outcome, RefusalCause, RetryCause, ReturnCode, TechnicalCause,
    Warning,
};

use super::{DOMINIQUE, call, dominique, envelope, found, outcome};

fn next(state: State, decision: &Decision) -> Status {
    decision
        .event()
        .map_or(state, |event| state.after(event).unwrap())
        .status()
}

// req: SENTINELLE.04
// req: SENTINELLE.05
// req: SENTINELLE.06
// req: SENTINELLE.07
#[test]
fn each_return_code_leads_to_the_next_state() {
    let proven = State::NEW.after(Event::ProofRecorded).unwrap();
    let one = found(DOMINIQUE).decision;
    assert_eq!(next(State::NEW, &one), Status::Recuperee);
    assert_eq!(next(proven, &one), Status::Qualifiee);
    for decision in [
        outcome("CR( CodeCR=01 LibelleCR=Aucune_identite_trouvee )").decision,
        outcome("CR( CodeCR=02 LibelleCR=Plusieurs_identites_trouvees )").decision,
        found(&DOMINIQUE.replace("1997-02-26", "1997-00-00")).decision,
        Decision::no_answer(),
        outcome("CR( CodeCR=03 )").decision,
    ] {
        assert_eq!(
            next(State::NEW, &decision),
            Status::Provisoire,
            "{decision:?}"
        );
        assert_eq!(next(proven, &decision), Status::Validee, "{decision:?}");
    }
}

// req: SENTINELLE.05
#[test]
fn none_is_none_and_several_is_several() {
    let none = outcome("CR( CodeCR=01 LibelleCR=Aucune_identite_trouvee )");
    assert_eq!(
        (&none.decision, none.warnings.len()),
        (&Decision::NotFound, 0)
    );
    let answer = none.answer.unwrap();
    assert_eq!(
        (answer.code, answer.label.as_deref()),
        (ReturnCode::None, Some("Aucune identite trouvee"))
    );
    // DE VINCI LEONARDO of the qualification.
    let several = outcome("CR( CodeCR=02 LibelleCR=Plusieurs_identites_trouvees )");
    assert_eq!(several.decision, Decision::Several);
    let odd = outcome(&format!("CR( CodeCR=02 ) {DOMINIQUE}"));
    assert_eq!(odd.decision, Decision::Several);
    assert_eq!(odd.warnings, [Warning::PersonUnexpected]);
}

// req: SENTINELLE.07
#[test]
fn what_is_not_understood_is_technical() {
    let technical = |outcome: Outcome| match outcome.decision {
        Decision::Technical(cause) => cause,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        technical(outcome("CR( CodeCR=03 )")),
        TechnicalCause::UnknownCode("03".into())
    );
    assert_eq!(
        technical(outcome("CR( CodeCR=00 )")),
        TechnicalCause::NoPerson
    );
    for (result, missing) in [
        ("", "CR"),
        ("CR( LibelleCR=OK )", "CodeCR"),
        ("CR( CodeCR= )", "CodeCR"),
        ("CR( CodeCR=00 ) INDIVIDU( )", "INSACTIF"),
    ] {
        assert_eq!(
            technical(outcome(result)),
            TechnicalCause::Answer(AnswerError::Missing { missing }),
            "{result}"
        );
    }
    let read = |status, text: &str| Outcome::read(&call(&dominique()), status, text.as_bytes());
    let other = envelope("").replace("RESULTAT", "AUTRE");
    assert!(matches!(
        technical(read(200, &other)),
        TechnicalCause::Answer(AnswerError::Other { .. })
    ));
    let empty =
        "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body/></e:Envelope>";
    assert_eq!(
        technical(read(200, empty)),
        TechnicalCause::Answer(AnswerError::Empty)
    );
    for status in [200, 302, 403, 404] {
        assert!(matches!(
            technical(read(status, "<html/>")),
            TechnicalCause::Envelope { .. }
        ));
    }
}

// req: SENTINELLE.07
#[test]
fn trouble_for_a_time_is_retried() {
    for status in [408, 429, 500, 502, 503, 504] {
        let outcome = Outcome::read(&call(&dominique()), status, b"Service Unavailable");
        assert_eq!(
            outcome.decision,
            Decision::RetryLater(RetryCause::Http(status))
        );
    }
    let big = vec![b' '; (1 << 20) + 1];
    let outcome = Outcome::read(&call(&dominique()), 200, &big);
    assert!(
        matches!(outcome.decision, Decision::Technical(_)),
        "bounded"
    );
}

#[test]
fn an_answer_in_the_older_soap_is_read() {
    let text = envelope(&super::elements(&format!("{} {DOMINIQUE}", super::FOUND)));
    let text = text.replace(
        "http://www.w3.org/2003/05/soap-envelope",
        "http://schemas.xmlsoap.org/soap/envelope/",
    );
    let outcome = Outcome::read(&call(&dominique()), 200, text.as_bytes());
    assert!(matches!(outcome.decision, Decision::Found { .. }));
    assert_eq!(outcome.warnings, [Warning::SoapVersion]);
}

#[test]
fn every_decision_speaks_both_languages() {
    let refused = |cause| Decision::Refused(cause);
    let all = [
        found(DOMINIQUE).decision,
        Decision::NotFound,
        Decision::Several,
        refused(RefusalCause::SoftwareUnknown),
        refused(RefusalCause::AccessLevel),
        refused(RefusalCause::Request),
        refused(RefusalCause::Import(Obstacle::LunarDate)),
        refused(RefusalCause::Import(Obstacle::Matricule)),
        refused(RefusalCause::Import(Obstacle::Missing(
            segur_ins::identity::Trait::Sex,
        ))),
        Decision::no_answer(),
        Decision::RetryLater(RetryCause::Service),
        Decision::Technical(TechnicalCause::NoPerson),
    ];
    let mut seen = Vec::new();
    for decision in &all {
        let message = decision.message();
        let texts = (
            message.get(Lang::Fr).to_owned(),
            message.get(Lang::En).to_owned(),
        );
        assert!(texts.0.ends_with('.') && texts.1.ends_with('.'));
        assert!(
            !seen.contains(&texts),
            "{decision:?} says what another one says"
        );
        seen.push(texts);
    }
}
