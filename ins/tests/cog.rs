//! The embedded table answers every name it holds, on every date, and nothing else.
// req: EXI ID 14
// req: EXI ID 15
// req: EXI ID 16
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use segur_ins::cog::{Cog, Commune, fold};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shared() -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let dir = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(beside, PathBuf::from);
    dir.is_dir().then_some(dir)
}

/// First day, last day and middle of a period, with the ends of the history for open bounds.
fn probes(commune: &Commune<'_>) -> [NaiveDate; 3] {
    let period = commune.period();
    let first = period.from().unwrap_or_else(|| date("1943-01-01"));
    let last = period
        .until()
        .map_or_else(|| date("2026-01-01"), |d| d - Days::new(1));
    let middle = first + Days::new(u64::try_from((last - first).num_days() / 2).unwrap());
    [first, middle, last]
}

#[test]
fn the_agreed_vectors() {
    let Some(shared) = shared() else {
        println!("SKIPPED: ../shared is not here, the vectors of the COG were not checked");
        return;
    };
    let text = std::fs::read_to_string(shared.join("data/ins/test-vectors.json")).unwrap();
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let cog = Cog::embedded();
    let cases = vectors["cog"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let [name, born, code] = [0, 1, 2].map(|i| case[i].as_str().unwrap());
        let found = cog.lookup(name, date(born), None);
        assert_eq!(found.len(), 1, "{case}");
        assert_eq!(found[0].commune.code().as_str(), code, "{case}");
        assert!(found[0].in_period && found[0].exact, "{case}");
    }
}

#[test]
fn homonyms_come_back_all_together() {
    let cog = Cog::embedded();
    let codes = |born: &str, departement| {
        let found = cog.lookup("st denis", date(born), departement);
        found
            .iter()
            .map(|m| m.commune.code().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes("1990-01-01", None),
        ["11339", "30247", "89342", "93066", "97411"]
    );
    assert_eq!(
        codes("2013-01-01", None),
        ["11339", "30247", "93066", "97411"]
    );
    assert_eq!(codes("1990-01-01", Some("974")), ["97411"]);
    assert_eq!(codes("1960-01-01", Some("75")), ["75066"]);
}

#[test]
fn every_period_answers_for_its_name() {
    let cog = Cog::embedded();
    let mut homonyms = BTreeSet::new();
    let mut count = 0;
    for commune in cog.communes() {
        count += 1;
        for born in probes(&commune) {
            let found = cog.lookup(commune.label(), born, None);
            assert!(
                found.iter().any(|m| m.commune == commune),
                "{commune:?} on {born}"
            );
            for other in &found {
                assert!(
                    other.in_period && other.commune.is_live(born),
                    "{other:?} on {born}"
                );
            }
            let departement = commune.departement();
            let within = cog.lookup(commune.label(), born, Some(&departement));
            assert!(
                within.iter().any(|m| m.commune == commune),
                "{commune:?} on {born}"
            );
            if within.len() > 1 {
                let mut codes: Vec<_> = within
                    .iter()
                    .map(|m| (m.commune.code().to_string(), m.commune.label()))
                    .collect();
                codes.sort();
                homonyms.insert((departement, fold(commune.label()), format!("{codes:?}")));
            }
        }
    }
    assert_eq!(count, 42_425);
    let mut list = String::new();
    for (departement, name, codes) in homonyms {
        writeln!(list, "{departement}\t{name}\t{codes}").unwrap();
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/homonyms.tsv");
    if std::env::var_os("SEGUR_BLESS").is_some() {
        let header = "# True homonyms inside one département, of one time; made by SEGUR_BLESS=1\n";
        std::fs::write(path, header.to_owned() + &list).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap();
    let expected: String = expected
        .lines()
        .filter(|l| !l.starts_with('#'))
        .fold(String::new(), |s, l| s + l + "\n");
    assert_eq!(
        list, expected,
        "the list of true homonyms inside one département"
    );
}

#[test]
fn in_the_gaps_of_a_code_every_answer_is_flagged() {
    let cog = Cog::embedded();
    let communes: Vec<_> = cog.communes().collect();
    let mut gaps = 0;
    for pair in communes.windows(2) {
        let (Some(end), Some(next)) = (pair[0].period().until(), pair[1].period().from()) else {
            continue;
        };
        if pair[0].code() != pair[1].code() || end >= next {
            continue;
        }
        gaps += 1;
        assert_eq!(cog.by_code_on(pair[0].code().as_str(), end), None);
        for found in cog.lookup(pair[0].label(), end, Some(&pair[0].departement())) {
            assert!(
                !found.in_period || found.commune.code() != pair[0].code(),
                "{found:?}"
            );
        }
    }
    assert!(gaps > 100, "{gaps} gaps seen");
}

#[test]
fn out_of_period_answers_are_flagged_and_only_given_alone() {
    let cog = Cog::embedded();
    let found = cog.lookup("Saint-Pierre", date("1940-01-01"), Some("974"));
    assert!(!found.is_empty() && found.iter().all(|m| !m.in_period));
    let typed = cog.complete("mamoudz", Some(date("1960-01-01")), 20);
    assert_eq!(typed.len(), 1);
    assert!(!typed[0].in_period);
}

#[test]
fn completion_is_ordered_by_exact_name_then_population() {
    let cog = Cog::embedded();
    let born = Some(date("2000-01-01"));
    let paris = cog.complete("Paris", born, 25);
    assert_eq!(paris[0].commune.code().as_str(), "75056");
    assert!(paris[0].exact && !paris[1].exact);
    assert_eq!(
        paris
            .iter()
            .filter(|m| m.commune.is_arrondissement())
            .count(),
        20
    );
    let bor = cog.complete("bor", born, 5);
    assert_eq!(bor[0].commune.label(), "Bordeaux");
    let people: Vec<_> = bor
        .iter()
        .map(|m| m.commune.population().unwrap_or(0))
        .collect();
    assert!(people.is_sorted_by(|a, b| a >= b), "{people:?}");
    for typed in [
        "la rochelle",
        "rochelle",
        "LA ROCHEL",
        "L'Haÿ-les-Ros",
        "hay les ros",
    ] {
        let found = cog.complete(typed, born, 3);
        assert!(
            ["La Rochelle", "L'Haÿ-les-Roses"].contains(&found[0].commune.label()),
            "{typed}: {found:?}"
        );
    }
    assert!(cog.complete("", born, 20).is_empty());
    assert!(cog.complete("zzz", born, 20).is_empty());
    assert_eq!(cog.complete("sai", born, 20).len(), 20);
}

#[test]
fn postal_codes_and_countries() {
    let cog = Cog::embedded();
    let bourg = cog.by_postal_code("01000");
    assert_eq!(bourg[0].label(), "Bourg-en-Bresse");
    assert_eq!(bourg[0].population(), Some(42_372));
    assert!(bourg.len() >= 2);
    assert!(cog.by_postal_code("0100").is_empty() && cog.by_postal_code("+1000").is_empty());
    assert_eq!(cog.countries("alger", 5)[0].code.as_str(), "99352");
    assert_eq!(cog.country("99352").next().unwrap().label, "Algérie");
    assert!(cog.countries("", 5).is_empty());
    assert_eq!(
        cog.countries("polynesi", 5).len(),
        cog.countries("Polynésie", 5).len()
    );
}

#[test]
fn a_code_tells_its_names_over_time() {
    let cog = Cog::embedded();
    let names: Vec<_> = cog.by_code("91228").map(|c| c.label().to_owned()).collect();
    assert!(
        names.contains(&"Évry-Courcouronnes".to_owned()),
        "{names:?}"
    );
    assert_eq!(cog.by_code_on("2A004", date("1975-12-31")), None);
    assert_eq!(
        cog.by_code_on("2a004", date("1976-01-01")).unwrap().label(),
        "Ajaccio"
    );
    assert_eq!(cog.by_code("99999").count(), 0);
    assert_eq!(cog.by_code("nonsense").count(), 0);
}

#[test]
fn the_table_stays_small() {
    assert!(include_bytes!("../data/cog.bin").len() < 700_000);
    assert!(Cog::embedded().memory() < 4 << 20);
}

#[test]
fn a_site_can_load_the_table_of_another_year() {
    let table = "COM,LIBELLE,DATE_DEBUT,DATE_FIN\n01999,Villeneuve-Imaginaire,2027-01-01,\n";
    let mut compiled = Vec::new();
    Cog::builder()
        .communes(table.as_bytes())
        .unwrap()
        .write(&mut compiled)
        .unwrap();
    let cog = Cog::from_compiled(&compiled).unwrap();
    let found = cog.lookup("villeneuve imaginaire", date("2027-06-01"), None);
    assert_eq!(found[0].commune.code().as_str(), "01999");
    assert!(Cog::from_compiled(b"nonsense").is_err());
}
