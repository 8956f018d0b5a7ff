//! The persons of the CNDA's qualification, from the search to the decision: what is typed, what is asked, what comes of
//! it. Each line says name, given names on the document, sex, date; the given names that INSi answers to; number, key,
//! place and list of its answer. A place that is not known is empty, a list that is not known is the given name.

use segur_core::{InsAuthority, KeyStatus};
use segur_ins::insi::{Decision, Outcome, Query, Search, Step};

use super::{call_for, elements, envelope, person};

type Line = (
    (&'static str, &'static str, &'static str, &'static str),
    &'static str,
    (&'static str, &'static str, &'static str, &'static str),
);

const PERSONS: &[Line] = &[
    (
        ("ADRUN", "ZOE", "F", "1975-12-31"),
        "ZOE",
        ("2751263220749", "74", "63220", "ZOE"),
    ),
    (
        ("ADRDEUX", "LAURENT", "M", "1981-01-01"),
        "LAURENT",
        ("1810163220751", "40", "", "LAURENT"),
    ),
    (
        ("ADRTROIS", "DOMINIQUE", "F", "1997-02-26"),
        "DOMINIQUE",
        ("297022A020778", "78", "2A020", "DOMINIQUE"),
    ),
    (
        ("ADRTROIS", "TOUSSAINT", "M", "1960-01-01"),
        "TOUSSAINT",
        ("160012B020777", "13", "2B020", "TOUSSAINT"),
    ),
    (
        ("TCHITCHI", "OLA CATARINA", "F", "1936-06-21"),
        "CATARINA",
        ("2360663220836", "56", "", "CATARINA BELLA"),
    ),
    (
        ("ECETINSI", "PIERRE-ALAIN", "M", "2009-07-14"),
        "PIERRE-ALAIN",
        ("1090763220834", "89", "", "PIERRE-ALAIN MURIEL FLORIANT"),
    ),
    (
        ("CORSE", "ANTHONY", "M", "1980-03-02"),
        "ANTHONY",
        ("180032B020401", "23", "", "ANTHONY"),
    ),
    (
        ("HERMANN", "GATIEN", "M", "1981-03-24"),
        "GATIEN",
        ("1810363220456", "60", "", "GATIEN"),
    ),
    (
        ("PROVISOIRE", "MATRICULE", "M", "2009-07-01"),
        "MATRICULE",
        ("1090763220888", "35", "", "MATRICULE"),
    ),
];

// req: SENTINELLE.04
#[test]
fn each_person_of_the_qualification_is_found() {
    for &((name, names, sex, date), known, (number, key, place, list)) in PERSONS {
        let mut traits = person(name, names.split(' ').next().unwrap(), sex, date);
        traits.given_names = Some(names.parse().unwrap());
        let oid = if name == "PROVISOIRE" {
            InsAuthority::Nia.oid()
        } else {
            InsAuthority::Nir.oid()
        };
        let answer = format!(
            "CR( CodeCR=00 LibelleCR=OK ) INDIVIDU( INSACTIF( IdIndividu( NumIdentifiant={number} Cle={key} ) OID={oid} ) \
             TIQ( NomNaissance={name} ListePrenom={} Sexe={sex} DateNaissance={date} LieuNaissance={place} ) )",
            list.replace(' ', "_")
        );
        let (mut search, mut query) = Search::new(&traits);
        let decision = loop {
            let asked = query.given_names[0].as_str().to_owned();
            let result = if asked == known {
                answer.as_str()
            } else {
                "CR( CodeCR=01 LibelleCR=Aucune_identite_trouvee )"
            };
            let call = call_for(Query::Traits(query));
            call.write().unwrap();
            let outcome = Outcome::read(&call, 200, envelope(&elements(result)).as_bytes());
            match search.after(outcome.decision) {
                Step::Ask(next) => query = next,
                Step::Done(decision) => break decision,
            }
        };
        let Decision::Found { answer, .. } = decision else {
            panic!("{name}: {decision:?}")
        };
        let matricule = answer.ins.matricule;
        assert_eq!(
            (matricule.number(), matricule.written_key()),
            (number, key),
            "{name}"
        );
        let wrong = matricule.key() == KeyStatus::Wrong;
        assert_eq!(wrong, name == "HERMANN", "{name}");
        assert_eq!(answer.traits.birth_name, traits.birth_name);
        assert_eq!(answer.traits.birth_date, traits.birth_date);
        assert_eq!(answer.traits.given_names.as_ref().unwrap().as_str(), list);
        assert!(answer.check().is_ok(), "{name}");
    }
}
