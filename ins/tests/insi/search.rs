//! Which searches follow which answers.

use segur_ins::insi::{Decision, RetryCause, Search, Step, TraitsQuery};

use super::{found, person};

fn shown(query: &TraitsQuery) -> String {
    let names: Vec<&str> = query.given_names.iter().map(|name| name.as_str()).collect();
    let place = query.birth_place.map(|place| format!("@{place}"));
    format!("{}{}", names.join("+"), place.unwrap_or_default())
}

/// Asks until it is done; `answer` says what INSi answers to each.
fn run(
    list: &str,
    place: Option<&str>,
    answer: impl Fn(&str) -> Decision,
) -> (Vec<String>, Decision) {
    let mut traits = person(
        "TCHITCHI",
        list.split(' ').next().unwrap(),
        "F",
        "1936-06-21",
    );
    traits.given_names = Some(list.parse().unwrap());
    traits.birth_place = place.map(|place| place.parse().unwrap());
    let (mut search, mut query) = Search::new(&traits);
    let mut asked = Vec::new();
    loop {
        asked.push(shown(&query));
        match search.after(answer(asked.last().unwrap())) {
            Step::Ask(next) => query = next,
            Step::Done(decision) => return (asked, decision),
        }
        assert!(asked.len() < 20, "it ends");
    }
}

fn one() -> Decision {
    found(super::DOMINIQUE).decision
}

// req: SENTINELLE.05
#[test]
fn each_given_name_is_tried_then_the_list() {
    let (asked, decision) = run("PIERRE PAUL JACQUES", Some("63220"), |_| Decision::NotFound);
    assert_eq!(asked, ["PIERRE", "PAUL", "JACQUES", "PIERRE PAUL JACQUES"]);
    assert_eq!(decision, Decision::NotFound);
    let (asked, _) = run("OLA", None, |_| Decision::NotFound);
    assert_eq!(asked, ["OLA"]);
}

#[test]
fn the_first_single_identity_ends_the_search() {
    let (asked, decision) = run("OLA CATARINA BELLA", None, |names| match names {
        "CATARINA" => one(),
        _ => Decision::NotFound,
    });
    assert_eq!(asked, ["OLA", "CATARINA"]);
    assert_eq!(decision, one());
}

#[test]
fn trouble_ends_the_search() {
    let later = || Decision::RetryLater(RetryCause::Service);
    let (asked, decision) = run("OLA CATARINA", None, |_| later());
    assert_eq!((asked.len(), decision), (1, later()));
}

// req: SENTINELLE.06
#[test]
fn several_are_narrowed_by_the_list_and_then_the_place() {
    let (asked, decision) = run("OLA BELLA", Some("63220"), |_| Decision::Several);
    assert_eq!(asked, ["OLA", "OLA BELLA", "OLA BELLA@63220"]);
    assert_eq!(decision, Decision::Several);

    let (asked, decision) = run("OLA BELLA", Some("63220"), |names| match names {
        "OLA" => Decision::Several,
        "OLA@63220" => one(),
        _ => Decision::NotFound,
    });
    assert_eq!(asked, ["OLA", "OLA BELLA", "OLA@63220"]);
    assert_eq!(decision, one());

    for place in [None, Some("99999")] {
        let (asked, decision) = run("OLA", place, |_| Decision::Several);
        assert_eq!(
            (asked, decision),
            (vec!["OLA".to_owned()], Decision::Several)
        );
    }
    let (asked, decision) = run("OLA BELLA", Some("63220"), |names| match names {
        "BELLA" => Decision::Several,
        _ => Decision::NotFound,
    });
    assert_eq!(asked, ["OLA", "BELLA", "OLA BELLA", "BELLA@63220"]);
    assert_eq!(
        decision,
        Decision::Several,
        "none with more traits does not undo several"
    );
}
