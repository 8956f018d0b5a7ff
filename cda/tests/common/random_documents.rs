//! Measures, notes, histories and rapid tests with every field, with only the mandatory ones, or at random from a seed.

#![allow(clippy::expect_used, dead_code, reason = "tests")]

use segur_cda::datatypes::{Cd, Ii, IvlPq, Pq};
use segur_cda::models::*;

use crate::cast;
use crate::certificates::Picker;

const LOINC: &str = "2.16.840.1.113883.6.1";
const SNOMED_CT: &str = "2.16.840.1.113883.6.96";

pub(crate) fn frame() -> Frame {
    cast::frame("2.25.1254120364209", "2.25.1254120364208", "20240712").expect("a frame")
}

fn uuid(p: &mut Picker) -> Ii {
    Ii::of_root(format!(
        "5E600000-0000-4000-8000-{:012X}",
        p.number(0, u32::MAX - 1)
    ))
}

fn coded(system: &str, system_name: &str, (code, name): (&str, &str)) -> Cd {
    Cd::new(code, system)
        .with_display(name)
        .with_system_name(system_name)
}

pub(crate) fn measures(p: &mut Picker) -> ChildMeasures {
    let measure = |p: &mut Picker, kind, low, high, unit: &str| Measure {
        id: uuid(p),
        kind,
        value: i64::from(p.number(low, high)).into(),
        unit: unit.to_owned(),
    };
    let mut all = vec![measure(p, MeasureKind::Weight, 2, 30, "kg")];
    all.extend(p.may(|p| measure(p, MeasureKind::Length, 40, 110, "cm")));
    all.extend(p.may(|p| measure(p, MeasureKind::HeadCircumference, 30, 55, "cm")));
    all.extend(p.may(|p| measure(p, MeasureKind::BodyMassIndex, 12, 25, "kg/m2")));
    ChildMeasures {
        frame: frame(),
        group_id: uuid(p),
        measured_at: "20240712".parse().expect("a day"),
        measures: all,
    }
}

pub(crate) fn vaccine(p: &mut Picker) -> Vaccine {
    Vaccine {
        cis: p.of(&["61077869", "68747507"]).to_owned(),
        name: p
            .of(&["VACCIN D'ESSAI, suspension", "Vaccin \"X\" <5 µg>"])
            .to_owned(),
        atc: p.of(&["J07AM", "J07AN", "J07CA09"]).to_owned(),
        atc_name: "vaccin d'essai".to_owned(),
        cip: p.may(|_| ("3400936466425".to_owned(), "1 flacon".to_owned())),
        lot: format!("L-{}", p.number(1, 9999)),
    }
}

fn route(p: &mut Picker) -> Cd {
    let code = p.of(&[
        ("20035000", "Voie intramusculaire"),
        ("20066000", "Voie sous-cutanée"),
    ]);
    coded("0.4.0.127.0.16.1.1.2.1", "EDQM", code)
}

fn site(p: &mut Picker) -> Cd {
    let code = p.of(&[("61396006", "cuisse gauche"), ("11207009", "cuisse droite")]);
    coded(SNOMED_CT, "SNOMED CT", code)
}

fn kind(p: &mut Picker) -> VaccinationKind {
    p.of(&[
        VaccinationKind::First,
        VaccinationKind::Booster,
        VaccinationKind::Unspecified,
    ])
}

fn reactions(p: &mut Picker) -> Vec<Reaction> {
    p.many(0, |p| Reaction {
        id: uuid(p),
        code: coded(
            "2.16.840.1.113883.6.3",
            "CIM-10",
            ("R50.2", "Fièvre due à des médicaments"),
        ),
        since: "20240712".parse().expect("a day"),
    })
}

fn words(p: &mut Picker) -> String {
    p.of(&[
        "RAS",
        "Été <38 °C & repos",
        "« prise récente » d'un corticoïde",
    ])
    .to_owned()
}

pub(crate) fn note(p: &mut Picker) -> VaccinationNote {
    let reactions = reactions(p);
    let rank = if reactions.is_empty() {
        p.may(|p| p.number(1, 4))
    } else {
        Some(2)
    };
    VaccinationNote {
        frame: frame(),
        id: uuid(p),
        kind: kind(p),
        date: p.of(&["20240712", "20240507"]).parse().expect("a day"),
        vaccine: vaccine(p),
        route: p.may(route),
        site: p.may(site),
        dose: p.may(|_| Pq::new("0.5".parse().expect("a number"), "mL")),
        rank,
        vaccinator: p.may(|_| cast::physician()),
        validator: Professional {
            practice: Practice {
                setting: None,
                ..cast::practice()
            },
            ..cast::physician()
        },
        validated_at: "20240712102000+0200".parse().expect("a time"),
        reactions,
        comment: p.may(words),
    }
}

fn vaccination(p: &mut Picker) -> Vaccination {
    let known = vaccine(p);
    let reactions = reactions(p);
    let rank = if reactions.is_empty() {
        p.may(|p| p.number(1, 4))
    } else {
        Some(2)
    };
    Vaccination {
        id: uuid(p),
        kind: kind(p),
        date: p
            .of(&["2024", "202407", "20240712"])
            .parse()
            .expect("a date"),
        vaccine: RecordedVaccine {
            name: known.name.clone(),
            cis: p.may(|_| (known.cis.clone(), known.name.clone())),
            atc: p.may(|_| (known.atc.clone(), known.atc_name.clone())),
            cip: p.may(|_| ("3400936466425".to_owned(), "1 flacon".to_owned())),
            other_codes: p
                .may(|_| coded("1.2.250.1.213.2.3.3", "UCD", ("9000001", "boîte")))
                .into_iter()
                .collect(),
            lot: p.may(|_| known.lot.clone()),
        },
        route: p.may(route),
        site: p.may(site),
        dose: p.may(|_| Pq::new("0.5".parse().expect("a number"), "mL")),
        rank,
        vaccinator: p.may(|_| cast::physician()),
        validator: p.may(|_| {
            let at = "20240712102000+0200".parse().expect("a time");
            (cast::physician(), at)
        }),
        informants: p.may(|_| cast::mother()).into_iter().collect(),
        reactions,
        comment: p.may(words),
    }
}

pub(crate) fn history(p: &mut Picker) -> VaccinationHistory {
    let vaccinations = p.many(1, vaccination);
    VaccinationHistory::new(&frame(), vaccinations).expect("a history")
}

const QUALITATIVE: [(&str, &str); 3] = [
    (
        "78012-2",
        "Streptococcus pyogenes Ag [Présence/Seuil] Gorge",
    ),
    (
        "94558-4",
        "Coronavirus SARS-CoV-2 Ag [Présence/Seuil] Respiratoire",
    ),
    (
        "80382-5",
        "Influenza virus A Ag [Présence/Seuil] Voies respiratoires",
    ),
];

fn outcome(p: &mut Picker) -> ((&'static str, &'static str), TestOutcome) {
    let coded = [
        TestOutcome::Positive,
        TestOutcome::Negative,
        TestOutcome::Undetermined,
        TestOutcome::UnsatisfactorySample,
    ];
    let measure = Pq::new(i64::from(p.number(1, 40)).into(), "mmol/L");
    match p.below(6) {
        4 => (
            ("41653-7", "Glucose [Moles/Volume] Sang capillaire"),
            TestOutcome::Measure(measure),
        ),
        5 => {
            let range = IvlPq {
                low: Some(measure),
                ..IvlPq::default()
            };
            (
                (
                    "48421-2",
                    "Protéine C réactive [Masse/Volume] Sang capillaire",
                ),
                TestOutcome::Range(range),
            )
        }
        n => (p.of(&QUALITATIVE), coded[n].clone()),
    }
}

pub(crate) fn tests(p: &mut Picker) -> RapidTests {
    let mut frame = frame();
    frame.author.practice.setting = None;
    RapidTests {
        frame,
        kind: p.of(&["TROD Angine", "TROD Grippe & COVID-19"]).to_owned(),
        screened: ["J02.0", "U07.1", "N30"]
            .iter()
            .take(p.number(1, 3) as usize)
            .map(|code| coded("2.16.840.1.113883.6.3", "CIM-10", (*code, "une maladie")))
            .collect(),
        consent: p.may(|_| ()).is_some(),
        discipline: match p.below(3) {
            0 => Discipline::Bacteriology,
            1 => Discipline::Virology,
            _ => Discipline::Urine,
        },
        device: TestDevice {
            udi: p.may(|p| {
                let agency = p.of(&[UdiAgency::Gs1, UdiAgency::Hibcc, UdiAgency::Iccbba]);
                (agency, "(01)03612345678903(17)251231(10)B987654".to_owned())
            }),
            description: p
                .may(|_| TestDevice::describe("Fabricant", "R-1", "B987654", "31/12/2025")),
        },
        results: p.many(1, |p| {
            let (test, outcome) = outcome(p);
            TestResult {
                test: coded(LOINC, "LOINC", test),
                label: words(p),
                time: "20240712101500+0200".parse().expect("a time"),
                outcome,
                interpretation: None,
                comment: p.may(words),
            }
        }),
    }
}
