//! Whose record it is: each decision, each kind of agreement, and nothing merged silently.
// req: EXI REC 02
// req: LGC.MDV.06
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use segur_core::{BirthDate, Ins, InsAuthority, MatriculeIns, Sex, Traits};
use segur_ins::datamatrix::{Field, Payload};
use segur_ins::identity::{
    Attribute, Attributes, By, Identity, InsAnswer, Proof, Role, State, Status, Trait,
};
use segur_ins::matching::{
    Agreement, Conflict, Criterion, Decision, Index, Person, Policy, Record, Score, Search, Verdict,
};

fn ins(number: &str) -> Ins {
    Ins::new(
        MatriculeIns::from_number(number).unwrap(),
        InsAuthority::Nir,
    )
}

/// `name given sex born`, and no more.
fn person(birth_name: &str, given: &str, sex: &str, born: &str) -> Person {
    Person {
        birth_name: Some(birth_name.parse().unwrap()),
        first_given_name: Some(given.parse().unwrap()),
        sex: Some(sex.parse().unwrap()),
        birth_date: Some(BirthDate::parse(born).unwrap()),
        ..Person::default()
    }
}

fn sarah() -> Person {
    Person {
        ins: Some(ins("2770101154003")),
        given_names: Some("SARAH-LOU ANNA".parse().unwrap()),
        birth_place: Some("01154".parse().unwrap()),
        ..person("GARCIA-HAMMADI", "SARAH-LOU", "F", "1977-01-21")
    }
}

fn with(mut person: Person, change: impl FnOnce(&mut Person)) -> Person {
    change(&mut person);
    person
}

fn index(persons: impl IntoIterator<Item = Person>) -> Index<usize> {
    let mut index = Index::new();
    for (key, person) in persons.into_iter().enumerate() {
        assert!(index.insert(Record::new(key, person)).is_none());
    }
    index
}

fn keys<'a>(candidates: &[segur_ins::matching::Candidate<'a, usize>]) -> Vec<usize> {
    candidates.iter().map(|c| c.record.key).collect()
}

fn decide(index: &Index<usize>, received: &Person) -> String {
    match index.decide(received, &Policy::default()) {
        Decision::Same(found) => format!("same {}", found.record.key),
        Decision::Review(found) => format!("review {:?}", keys(&found)),
        Decision::Nobody => "nobody".into(),
        Decision::Contradiction {
            conflict, records, ..
        } => format!("{conflict:?} {:?}", keys(&records)),
    }
}

fn agreement(received: &Person, known: &Person, field: Trait) -> Agreement {
    Score::new(received, &Record::new(0, known.clone())).agreement(field)
}

#[test]
fn a_scan_opens_the_record() {
    let payload = Payload::decode(
        "IS010000000000000000000000S1277010115400329S21.2.250.1.213.1.4.8\u{1d}\
         S3SARAH-LOU ANNA\u{1d}S4GARCIA-HAMMADI\u{1d}S5FS621-01-1977S701154",
    )
    .unwrap()
    .payload;
    let (received, unread) = Person::from_datamatrix(&payload);
    assert!(unread.is_empty());
    let index = index([person("DURAND", "ANNE", "F", "1977-01-21"), sarah()]);
    assert_eq!(decide(&index, &received), "same 1");

    let odd = Payload {
        family_name: "GARCIA3".into(),
        oid: "1.2.250.1.213.1.4.2".into(),
        birth_place: Some("XXXXX".into()),
        ..payload
    };
    let (received, unread) = Person::from_datamatrix(&odd);
    assert_eq!(unread, [Field::Oid, Field::FamilyName, Field::BirthPlace]);
    assert_eq!(decide(&index, &received), "review [1]", "found by the rest");
}

#[test]
fn the_same_matricule_with_other_traits_is_a_contradiction() {
    let index = index([sarah()]);
    let other = |change: fn(&mut Person)| decide(&index, &with(sarah(), change));
    for change in [
        (|p| p.birth_name = Some("GARCIA".parse().unwrap())) as fn(&mut Person),
        |p| p.sex = Some(Sex::Male),
        |p| p.birth_date = Some(BirthDate::parse("1977-01-12").unwrap()),
        |p| {
            p.first_given_name = Some("ANNA".parse().unwrap());
            p.given_names = None;
        },
    ] {
        assert_eq!(other(change), "SameInsOtherTraits [0]");
    }
    // Spelling, the list and the place do not contradict.
    assert_eq!(
        other(|p| {
            p.birth_name = Some("García Hämmadi".parse().unwrap());
            p.first_given_name = Some("Sarah".parse().unwrap());
            p.birth_place = Some("75056".parse().unwrap());
        }),
        "same 0"
    );
    // What is not known does not either, and does not suffice.
    assert_eq!(other(|p| p.birth_name = None), "review [0]");
    assert_eq!(other(|p| p.sex = Some(Sex::Undetermined)), "review [0]");
    assert_eq!(
        other(|p| p.birth_date = Some(BirthDate::from_parts(1977, None, None).unwrap())),
        "review [0]"
    );
}

#[test]
fn several_records_with_one_matricule_are_shown() {
    let index = index([sarah(), person("A", "B", "F", "2000-01-01"), sarah()]);
    assert_eq!(decide(&index, &sarah()), "SeveralRecordsSameIns [0, 2]");
}

#[test]
fn the_same_traits_with_another_matricule_are_a_contradiction() {
    let index = index([sarah()]);
    let twin = with(sarah(), |p| p.ins = Some(ins("2770101154004")));
    assert_eq!(decide(&index, &twin), "SameTraitsOtherIns [0]");
    let elsewhere = with(twin.clone(), |p| {
        p.birth_place = Some("75056".parse().unwrap());
    });
    assert_eq!(decide(&index, &elsewhere), "review [0]", "a homonym");
    let nia = with(twin, |p| {
        p.ins.as_mut().unwrap().authority = InsAuthority::Nia
    });
    assert_eq!(
        decide(&index, &nia),
        "review [0]",
        "a NIA that became a NIR"
    );
}

#[test]
fn a_matricule_that_nearly_agrees_is_for_review() {
    let mut index = index([with(sarah(), |p| p.ins = None)]);
    let mut record = index.remove(&0).unwrap();
    record.former_ins.push(sarah().ins.unwrap());
    index.insert(record);
    let stranger = with(person("X", "Y", "M", "1950-05-05"), |p| p.ins = sarah().ins);
    assert_eq!(
        decide(&index, &stranger),
        "review [0]",
        "a former matricule"
    );

    let other_key = Ins::new(
        MatriculeIns::read("277010115400328").unwrap(),
        InsAuthority::Nir,
    );
    let mistyped = with(sarah(), |p| p.ins = Some(other_key));
    let test = with(sarah(), |p| {
        p.ins.as_mut().unwrap().authority = InsAuthority::NirTest;
    });
    for (received, expected) in [
        (mistyped, Agreement::OtherKey),
        (test, Agreement::OtherAuthority),
    ] {
        let score = Score::new(&received, &Record::new(0, sarah()));
        assert_eq!(score.ins(), expected);
        assert_eq!(decide(&self::index([sarah()]), &received), "review [0]");
    }
}

#[test]
fn traits_alone_are_for_review_unless_the_site_says_otherwise() {
    let received = with(sarah(), |p| p.ins = None);
    let one = index([sarah()]);
    assert_eq!(decide(&one, &received), "review [0]");
    let policy = Policy {
        accept_traits_alone: true,
        ..Policy::default()
    };
    let same = |index: &Index<usize>, received: &Person| {
        matches!(index.decide(received, &policy), Decision::Same(_))
    };
    assert!(same(&one, &received));
    // The place, the certainty of the date, the absence of any other: each is needed.
    let two = index([sarah(), with(sarah(), |p| p.ins = None)]);
    assert!(!same(&two, &received));
    for change in [
        (|p| p.birth_place = None) as fn(&mut Person),
        |p| p.birth_place = Some("99999".parse().unwrap()),
        |p| p.birth_name = Some("GARCIA-HAMMADY".parse().unwrap()),
    ] {
        assert!(!same(&one, &with(received.clone(), change)));
    }
    let estimated = with(received.clone(), |p| {
        p.birth_date = Some(BirthDate::from_parts(1977, None, Some(21)).unwrap());
    });
    assert!(!same(&one, &estimated) && !same(&index([estimated]), &received));
    let mut homonym = Record::new(0, sarah());
    homonym.attributes = Attributes::HOMONYME;
    let mut marked = Index::new();
    marked.insert(homonym);
    assert!(!same(&marked, &received));
}

#[test]
fn a_doubtful_record_is_never_opened_by_itself() {
    let mut record = Record::new(0, sarah());
    record.attributes = Attributes::DOUTEUX;
    let mut index = Index::new();
    index.insert(record);
    assert_eq!(decide(&index, &sarah()), "review [0]");
}

#[test]
fn nobody_is_an_answer() {
    let index = index([sarah(), person("MARTIN", "LUC", "M", "1977-01-21")]);
    let stranger = person("BERNARD", "PAULE", "F", "1980-10-10");
    assert_eq!(decide(&index, &stranger), "nobody");
    // The same birth date alone is no reason to show a stranger's record.
    assert_eq!(
        decide(&index, &person("BERNARD", "PAULE", "F", "1977-01-21")),
        "nobody"
    );
    assert_eq!(decide(&index, &Person::default()), "nobody");
    assert_eq!(decide(&Index::new(), &sarah()), "nobody");
}

#[test]
fn candidates_come_best_first() {
    let received = person("LEFEVRE", "JEAN", "M", "1960-04-03");
    let index = index([
        person("LEFEBVRE", "JEAN", "M", "1960-04-03"), // one letter
        person("LEFEVRE", "JEAN", "M", "1960-03-04"),  // day and month
        person("LEFEVRE", "JEANNE", "F", "1960-04-03"), // the twin
        person("LEFEVRE", "JEAN", "M", "1960-04-03"),
        person("MARTIN", "JEAN", "M", "1960-04-03"), // too far
        person("JEAN", "LEFEVRE", "M", "1960-04-03"), // inverted
    ]);
    assert_eq!(decide(&index, &received), "review [3, 0, 1, 5, 2]");
    let narrow = Policy {
        limit: 0,
        ..Policy::default()
    };
    let Decision::Review(found) = index.decide(&received, &narrow) else {
        panic!()
    };
    assert_eq!(keys(&found), [3], "one at least is shown");
    for candidate in index.candidates(&received) {
        let sum: i32 = candidate.score.lines().iter().map(|l| l.points).sum();
        assert_eq!(sum, candidate.score.total());
    }
}

#[test]
fn names_meet_across_accents_ligatures_hyphens_and_apostrophes() {
    for (typed, printed) in [
        ("Œuvre", "OEUVRE"),
        ("Cæsar", "CAESAR"),
        ("d’Argent", "D'ARGENT"),
        ("García-Hämmadi", "GARCIA HAMMADI"),
        ("Dampi--Erre", "DAMPI-ERRE"),
        ("Nguyễn", "NGUYEN"),
    ] {
        let known = person(printed, "ANNE", "F", "1980-10-10");
        let received = person(typed, "Anné", "F", "1981-10-10"); // another year: only names find it
        let found = index([known.clone()]).candidates(&received).len();
        assert_eq!(found, 1, "{typed}");
        let agreement = agreement(&received, &known, Trait::BirthName);
        assert_eq!(agreement.verdict(), Verdict::Agrees, "{typed}");
    }
}

#[test]
fn given_names_are_compared_with_the_list_and_the_used_ones() {
    let first = |received: &str, known: &str, list: Option<&str>| {
        let known = with(person("X", known, "M", "1980-10-10"), |p| {
            p.given_names = list.map(|l| l.parse().unwrap());
            p.used_given_name = Some("JOE".parse().unwrap());
        });
        let received = person("X", received, "M", "1980-10-10");
        let there = agreement(&received, &known, Trait::FirstGivenName);
        let back = agreement(&known, &received, Trait::FirstGivenName);
        assert_eq!(there, back, "the same from both sides");
        there
    };
    let list = Some("JEAN CHRISTOPHE PIERRE");
    assert_eq!(first("JEAN", "JEAN", None), Agreement::Same);
    assert_eq!(
        first("JEAN-CHRISTOPHE", "JEAN CHRISTOPHE", None),
        Agreement::Spelling
    );
    assert_eq!(first("JEAN-CHRISTOPHE", "JEAN", list), Agreement::Same);
    assert_eq!(first("PIERRE", "JEAN", list), Agreement::NotFirst);
    assert_eq!(
        first("CHRISTOPHE-PIERRE", "JEAN", list),
        Agreement::NotFirst
    );
    assert_eq!(first("JOE", "JEAN", list), Agreement::UsedName);
    assert_eq!(first("JEA", "JEAN", list), Agreement::Shortened);
    assert_eq!(first("JAEN", "JEAN", list), Agreement::Typo);
    assert_eq!(first("PAUL", "JEAN", list), Agreement::Different);

    let lists = |received: &str, known: &str| {
        let person = |list: &str| Person {
            given_names: Some(list.parse().unwrap()),
            ..Person::default()
        };
        let (received, known) = (person(received), person(known));
        (
            agreement(&received, &known, Trait::GivenNames),
            agreement(&received, &known, Trait::FirstGivenName),
        )
    };
    assert_eq!(
        lists("PIERRE JEAN", "JEAN PIERRE"),
        (Agreement::Order, Agreement::Different)
    );
    assert_eq!(
        lists("ANNE-MARIE LOU", "ANNE MARIE LOU"),
        (Agreement::Spelling, Agreement::Spelling)
    );
    assert_eq!(
        lists("JEAN", "JEAN PIERRE"),
        (Agreement::Shortened, Agreement::Same)
    );
}

#[test]
fn used_names_find_and_explain() {
    let known = with(person("DURAND", "ANNE", "F", "1980-10-10"), |p| {
        p.used_name = Some("MARTIN".parse().unwrap());
    });
    let received = person("MARTIN", "ANNE", "F", "1980-10-10");
    assert_eq!(
        agreement(&received, &known, Trait::BirthName),
        Agreement::UsedName
    );
    assert_eq!(
        agreement(&known, &received, Trait::BirthName),
        Agreement::UsedName
    );
    assert_eq!(decide(&index([known.clone()]), &received), "review [0]");
    // Two people who took one name are not the same.
    let spouse = with(person("PETIT", "LUC", "M", "1979-01-01"), |p| {
        p.used_name = Some("MARTIN".parse().unwrap());
    });
    assert_eq!(
        agreement(&spouse, &known, Trait::BirthName),
        Agreement::Different
    );
}

#[test]
fn dates_and_places() {
    let date = |received: &str, known: &str| {
        let born = |born: &str| person("X", "Y", "F", born);
        agreement(&born(received), &born(known), Trait::BirthDate)
    };
    assert_eq!(date("1980-03-04", "1980-04-03"), Agreement::DayMonthSwapped);
    assert_eq!(date("1980-03-04", "1981-03-04"), Agreement::PartOfDate);
    assert_eq!(date("1980-03-04", "1981-04-03"), Agreement::Different);
    let place = |received: &str, known: &str| {
        let at = |code: &str| Person {
            birth_place: Some(code.parse().unwrap()),
            ..Person::default()
        };
        agreement(&at(received), &at(known), Trait::BirthPlace)
    };
    assert_eq!(place("2A004", "20004"), Agreement::SameDepartement);
    assert_eq!(place("75056", "75114"), Agreement::SameDepartement);
    assert_eq!(place("99352", "99350"), Agreement::Different);
    assert_eq!(place("99999", "75056"), Agreement::UnknownInReceived);
    assert_eq!(place("75056", "99999"), Agreement::UnknownInRecord);
    assert_eq!(place("75056", "92002"), Agreement::Different);
}

#[test]
fn a_search_before_creation_takes_a_date_and_beginnings() {
    let mut all = index([
        with(sarah(), |p| {
            p.used_name = Some("D'ORMESSON".parse().unwrap())
        }),
        person("GARCIN", "ANNA", "F", "1977-01-21"),
        person("GARCIA", "SARAH", "F", "1977-01-22"),
    ]);
    let search = |index: &Index<usize>, name, given_name| {
        let search = Search {
            birth_date: "1977-01-21".parse().unwrap(),
            name,
            given_name,
        };
        let found = index.search(&search);
        found.iter().map(|r| r.key).collect::<Vec<_>>()
    };
    assert_eq!(search(&all, "", ""), [0, 1]);
    assert_eq!(search(&all, "garc", ""), [0, 1]);
    assert_eq!(search(&all, "garcía h", ""), [0]);
    assert_eq!(search(&all, "dorm", "sarah--lou"), [0]);
    assert_eq!(search(&all, "garc", "anna"), [1]);
    assert_eq!(search(&all, "", "sarah lou a"), [0]);
    assert!(search(&all, "z", "").is_empty());
    all.remove(&1);
    assert_eq!(search(&all, "garc", ""), [0]);
}

#[test]
fn records_come_and_go() {
    let mut index = index([sarah()]);
    assert_eq!((index.len(), index.is_empty()), (1, false));
    let before = index.insert(Record::new(0, person("X", "Y", "M", "1990-09-09")));
    assert!(before.is_some_and(|record| record.person == sarah()));
    assert_eq!(decide(&index, &sarah()), "nobody");
    assert!(index.get(&0).is_some() && index.get(&1).is_none());
    assert!(index.remove(&0).is_some() && index.remove(&0).is_none());
    assert!(index.is_empty());
    index.insert(Record::new(7, sarah()));
    assert_eq!(decide(&index, &sarah()), "same 7");
}

#[test]
fn an_identity_becomes_a_record() {
    let answer = InsAnswer {
        ins: sarah().ins.unwrap(),
        traits: Traits {
            birth_name: "GARCIA-HAMMADI".parse().unwrap(),
            first_given_name: "SARAH-LOU".parse().unwrap(),
            given_names: sarah().given_names,
            sex: Sex::Female,
            birth_date: sarah().birth_date.unwrap(),
            birth_place: sarah().birth_place,
        },
    };
    let by = By {
        author: "user-1".into(),
        role: Role::NominativeStaff,
        at: "20261124090000+0100".parse().unwrap(),
    };
    let mut identity = Identity::create(answer.traits.clone(), by.clone());
    identity
        .qualify(&answer, Proof::Passport, by.clone())
        .unwrap();
    let mut index = Index::new();
    index.insert(Record::of(1, &identity));
    assert_eq!(decide(&index, &Person::from(&answer)), "same 1");
    identity.mark(Attribute::Douteux, true, by).unwrap();
    assert_eq!(
        Some(identity.state()),
        State::new(Status::Provisoire, Attributes::DOUTEUX)
    );
    index.insert(Record::of(1, &identity));
    assert_eq!(decide(&index, &Person::from(&answer)), "review [1]");
}

#[test]
fn every_line_explains_itself_and_shows_no_value() {
    let record = Record::new(0, sarah());
    let score = Score::new(&sarah(), &record);
    assert_eq!(score.lines().len(), 7);
    assert_eq!(score.lines()[0].criterion, Criterion::Ins);
    assert_eq!((score.total(), score.verdict()), (135, Verdict::Agrees));
    let conflicts = [
        Conflict::SameInsOtherTraits,
        Conflict::SeveralRecordsSameIns,
        Conflict::SameTraitsOtherIns,
    ];
    for (fr, en) in conflicts.map(Conflict::message) {
        assert!(fr.len() > 10 && en.len() > 10 && fr != en);
    }
    let shown = format!("{:?} {record:?} {score:?} {:?}", sarah(), index([sarah()]));
    for hidden in ["GARCIA", "SARAH", "1977", "01154", "2770101154003"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

proptest! {
    /// The index finds whom a full scan would have found by matricule, birth date, or name with given name.
    #[test]
    fn the_index_misses_none_that_it_promises(
        all in proptest::collection::vec(some_person(), 1..40),
        received in some_person(),
    ) {
        let index = index(all.clone());
        let found = keys(&index.candidates(&received));
        for (key, known) in all.iter().enumerate() {
            let score = Score::new(&received, &Record::new(key, known.clone()));
            let promised = score.ins() == Agreement::Same
                || matches!(
                    score.agreement(Trait::BirthDate),
                    Agreement::Same | Agreement::DayMonthSwapped
                )
                || score.agreement(Trait::BirthName) == Agreement::Inverted
                || (matches!(
                        score.agreement(Trait::BirthName),
                        Agreement::Same | Agreement::Spelling | Agreement::UsedName
                    )
                    && matches!(
                        score.agreement(Trait::FirstGivenName),
                        Agreement::Same | Agreement::Spelling | Agreement::UsedName | Agreement::NotFirst
                    ));
            prop_assert!(!promised || found.contains(&key), "{:?}", score);
        }
        // Deciding never panics, and never takes a person whose decisive traits differ.
        if let Decision::Same(same) = index.decide(&received, &Policy::default()) {
            prop_assert_eq!(same.score.verdict(), Verdict::Agrees);
            prop_assert_eq!(same.score.ins(), Agreement::Same);
        }
    }
}

/// Persons so alike that they meet often.
fn some_person() -> impl Strategy<Value = Person> {
    let name = || {
        prop::option::weighted(
            0.9,
            prop::sample::select(vec!["AB", "A-B", "CD", "'", "AB CD", "E'F"]),
        )
    };
    let given = || {
        prop::option::weighted(
            0.8,
            prop::sample::select(vec!["AB", "CD EF", "CD-EF", "EF CD", "G", "EF"]),
        )
    };
    let date = prop::option::weighted(0.9, (1980_u16..1982, 1_u8..4, 1_u8..4));
    let matricule = prop::option::weighted(0.5, 0_u8..4);
    (name(), name(), given(), given(), given(), date, matricule).prop_map(
        |(birth, used, first, list, used_given, date, matricule)| Person {
            ins: matricule.map(|n| ins(&format!("277010115400{n}"))),
            birth_name: birth.map(|n| n.parse().unwrap()),
            used_name: used.map(|n| n.parse().unwrap()),
            first_given_name: first.map(|n| n.parse().unwrap()),
            given_names: list.map(|n| n.parse().unwrap()),
            used_given_name: used_given.map(|n| n.parse().unwrap()),
            birth_date: date.map(|(y, m, d)| BirthDate::from_parts(y, Some(m), Some(d)).unwrap()),
            ..Person::default()
        },
    )
}
