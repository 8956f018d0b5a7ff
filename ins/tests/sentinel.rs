//! Marked traits go through every public operation; no `Debug`, no error text may show a piece of them.
//!
//! What the caller puts in by itself is the caller's: keys of records, authors, and a date taken out of a
//! [`segur_core::BirthDate`], which is then a plain date.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

#[cfg(feature = "insi")]
#[path = "sentinel/insi.rs"]
mod insi;

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::path::Path;

use chrono::NaiveDate;
use segur_core::{
    BirthDate, CodeCommune, Date, FamilyName, Finding, Found, GivenName, GivenNames, Ins,
    InsAuthority, MatriculeIns, Message, NameProfile, Report, Severity, Sex, Timestamp, Traits,
    fold_accents, search_key,
};
use segur_ins::cog::{Cog, CogError};
use segur_ins::datamatrix::{Field, Payload, PrintSize};
use segur_ins::identity::{
    ApcvPerson, Attribute, Attributes, Basis, By, ChangeError, Comparison, Event, Identity,
    InsAnswer, Proof, Role, State, Status, TrustRegistry,
};
use segur_ins::indicators::{Contact, rates};
use segur_ins::matching::{Criterion, Decision, Index, Person, Policy, Record, Score, Search};
use segur_ins::verification::{Held, Planner};

const NAME: &str = "QXVIGIEZ-WKTEMOIN";
const GIVEN: &str = "ZQREPERE";
const LIST: &str = "ZQREPERE YXBALISE";
const USED: &str = "WZJALON";
const NUMBER: &str = "2130729384756";
const PLACE: &str = "2B938";

/// Every spelling of the marks, and pieces of them that would be enough to know.
const MARKS: [&str; 14] = [
    "QXVIGIEZ",
    "WKTEMOIN",
    "ZQREPERE",
    "YXBALISE",
    "WZJALON",
    "2130729384756",
    "384756",
    "1913-07-29",
    "29/07/1913",
    "29-07-1913",
    "19130729",
    "1913",
    "2B938",
    "07-29",
];

/// What was shown, and of which types.
#[derive(Default)]
struct Shown {
    types: BTreeSet<String>,
    count: usize,
}

impl Shown {
    fn text(&mut self, text: &str) {
        self.count += 1;
        let folded = fold_accents(text);
        for mark in MARKS {
            assert!(!folded.contains(mark), "{mark} stands in: {text}");
        }
    }

    fn add<T: Debug>(&mut self, value: &T) {
        let path = std::any::type_name::<T>();
        let path = path.split('<').next().unwrap();
        self.types
            .insert(path.rsplit("::").next().unwrap().to_owned());
        self.text(&format!("{value:?}"));
        self.text(&format!("{value:#?}"));
    }

    fn error<T: std::error::Error>(&mut self, error: &T) {
        self.add(error);
        self.text(&error.to_string());
        let mut source = error.source();
        while let Some(cause) = source {
            self.text(&format!("{cause:?} {cause}"));
            source = cause.source();
        }
    }

    fn result<T: Debug, E: std::error::Error>(&mut self, result: &Result<T, E>) {
        match result {
            Ok(value) => self.add(value),
            Err(error) => self.error(error),
        }
    }

    fn display(&mut self, value: &impl Display) {
        self.text(&value.to_string());
    }
}

fn matricule() -> MatriculeIns {
    MatriculeIns::from_number(NUMBER).unwrap()
}

fn traits() -> Traits {
    Traits {
        birth_name: NAME.parse().unwrap(),
        first_given_name: GIVEN.parse().unwrap(),
        given_names: Some(LIST.parse().unwrap()),
        sex: Sex::Female,
        birth_date: BirthDate::parse("1913-07-29").unwrap(),
        birth_place: Some(PLACE.parse().unwrap()),
    }
}

fn answer() -> InsAnswer {
    InsAnswer {
        ins: Ins::new(matricule(), InsAuthority::Nir),
        traits: traits(),
    }
}

fn payload() -> Payload {
    Payload {
        matricule: matricule().as_str().into(),
        oid: InsAuthority::Nir.oid().into(),
        given_names: LIST.into(),
        family_name: NAME.into(),
        sex: Sex::Female,
        birth_date: NaiveDate::from_ymd_opt(1913, 7, 29).unwrap(),
        birth_place: Some(PLACE.into()),
    }
}

fn by(role: Role) -> By {
    By {
        author: "user-1".into(),
        role,
        at: "20261124090000+0100".parse().unwrap(),
    }
}

/// The text, and the same with a fault at each place.
fn faults(text: &str) -> Vec<String> {
    let mut all = vec![text.to_owned(), text.to_lowercase(), format!(" {text} ")];
    for (at, _) in text.char_indices() {
        all.push(text[..at].to_owned());
        for fault in ["3", "_", "Ж", "\u{1d}", "  ", "''"] {
            all.push(format!("{}{fault}{}", &text[..at], &text[at..]));
        }
    }
    all.push(text.repeat(20));
    all
}

fn core(shown: &mut Shown) {
    for text in faults(NAME).iter().chain(&faults(LIST)) {
        shown.result(&FamilyName::parse(text));
        shown.result(&GivenName::parse(text));
        shown.result(&GivenNames::parse(text));
        for profile in [
            NameProfile::Family,
            NameProfile::Given,
            NameProfile::Datamatrix,
        ] {
            if let Err(error) = profile.normalize(text) {
                shown.error(&error);
            }
        }
        let _ = search_key(text);
        shown.result(&text.parse::<Sex>());
        shown.result(&text.parse::<MatriculeIns>());
    }
    for text in faults(matricule().as_str()).iter().chain(&faults(NUMBER)) {
        shown.result(&MatriculeIns::read(text));
        shown.result(&MatriculeIns::parse(text));
        shown.result(&MatriculeIns::from_number(text));
        shown.result(&CodeCommune::read(text));
        shown.result(&BirthDate::parse(text));
    }
    for text in faults(PLACE) {
        shown.result(&CodeCommune::parse(&text));
    }
    for text in faults("1913-07-29") {
        shown.result(&BirthDate::parse(&text));
        if let Err(error) = text.parse::<Date>() {
            shown.error(&error);
        }
        if let Err(error) = text.parse::<Timestamp>() {
            shown.error(&error);
        }
    }
    shown.result(&BirthDate::from_parts(1913, Some(7), Some(29)));
    shown.result(&BirthDate::from_parts(1913, Some(13), Some(29)));
    shown.add(&traits());
    shown.add(&answer().ins);
    shown.add(&Found::Personal(NAME.into()));
    let finding = Finding::new("X-1", Severity::Warning, Message::fixed("faux", "wrong"))
        .with_found(Found::Personal(matricule().as_str().into()));
    let mut report = Report::new();
    report.findings.push(finding.clone());
    shown.add(&finding);
    shown.add(&report);
}

fn datamatrix(shown: &mut Shown) {
    let text = payload().encode().unwrap();
    for text in faults(&text) {
        shown.result(&Payload::decode(&text));
    }
    for lost in ["", " ", "<GS>", "\n"] {
        let text = format!("]d2{}", text.replace('\u{1d}', lost));
        let scan = Payload::decode(&text).unwrap();
        shown.add(&scan);
        for tolerance in &scan.tolerances {
            shown.add(tolerance);
        }
    }
    let changes: [fn(&mut Payload); 9] = [
        |p| p.matricule.push('X'),
        |p| p.matricule.insert(3, 'é'),
        |p| p.oid = NUMBER.into(),
        |p| p.given_names.push_str("  A"),
        |p| p.family_name.push('3'),
        |p| p.family_name = NAME.repeat(20),
        |p| p.birth_place = Some(NAME.into()),
        |p| p.sex = Sex::Undetermined,
        |p| p.birth_date = NaiveDate::MIN,
    ];
    for change in changes {
        let mut payload = payload();
        change(&mut payload);
        shown.add(&payload);
        shown.error(&payload.encode().unwrap_err());
        shown.error(&payload.symbol().unwrap_err());
        shown.add(&Person::from_datamatrix(&payload).0);
    }
    for field in Field::ALL {
        shown.add(&field);
        shown.display(&field);
    }
    let symbol = payload().symbol().unwrap();
    shown.add(&symbol);
    shown.add(&PrintSize::default());
    let wrong = PrintSize {
        quiet_zone: 0,
        ..PrintSize::default()
    };
    shown.error(&symbol.to_svg(wrong).unwrap_err());
    shown.error(&symbol.to_png(PrintSize::default(), 1).unwrap_err());
    shown.text(&symbol.to_svg(PrintSize::default()).unwrap());
}

fn identity(shown: &mut Shown) {
    let other = Traits {
        birth_name: USED.parse().unwrap(),
        birth_place: None,
        given_names: None,
        ..traits()
    };
    let comparison = Comparison::new(&traits(), &other);
    shown.add(&comparison);
    for line in comparison.lines() {
        shown.add(line);
        shown.add(&line.field);
        shown.add(&line.difference);
    }
    let mut contracts = TrustRegistry::new();
    contracts.add("1.2.3");
    shown.add(&contracts);
    let incomplete = InsAnswer {
        traits: other.clone(),
        ..answer()
    };
    let differing = InsAnswer {
        traits: Traits {
            given_names: Some(LIST.parse().unwrap()),
            ..other.clone()
        },
        ..answer()
    };
    shown.add(&incomplete);
    let mut errors: Vec<ChangeError> = Vec::new();
    for role in [
        Role::Professional,
        Role::NominativeStaff,
        Role::AnonymousStaff,
        Role::SuperUser,
        Role::System,
    ] {
        for received in [&answer(), &incomplete, &differing] {
            let identity = &mut Identity::create(traits(), by(role));
            let mut note = |result: Result<(), ChangeError>| errors.extend(result.err());
            note(identity.qualify(received, Proof::Other("X".into()), by(role)));
            note(identity.accept_ins(received, by(role)));
            note(identity.record_proof(Proof::Passport, by(role)));
            note(identity.qualify_by_exception(received, by(role)));
            note(identity.read_apcv(received, ApcvPerson::DependantRetrieved, by(role)));
            note(identity.read_apcv(received, ApcvPerson::Holder, by(role)));
            note(identity.receive_under_contract(received, &contracts, "1.2.3", by(role)));
            note(identity.receive_under_contract(received, &contracts, "1.2.4", by(role)));
            note(identity.note_verification(true, by(role)));
            note(identity.change_traits(other.clone(), by(role)));
            note(identity.withdraw_proof(by(role)));
            note(identity.mark(Attribute::Homonyme, true, by(role)));
            note(identity.downgrade(false, by(role)));
            note(identity.note_verification(false, by(role)));
            note(identity.mark(Attribute::Fictif, true, by(role)));
            note(identity.mark(Attribute::Douteux, true, by(role)));
            identity.note_no_ins(by(role));
            identity.acknowledge_alert();
            shown.add(identity);
            shown.add(identity.traits());
            shown.add(&identity.compare(received));
            shown.add(&identity.state());
            shown.add(&identity.status());
            shown.display(&identity.status());
            shown.add(&identity.attributes());
            shown.text(&format!(
                "{:?} {:?} {:?} {:?} {:?}",
                identity.ins(),
                identity.transmissible_ins(),
                identity.former_ins(),
                identity.basis(),
                identity.call_at_opening()
            ));
            for event in identity.history() {
                shown.add(event);
                shown.add(&event.event);
            }
            shown.add(identity.created());
            shown.add(&Record::of(1, identity));
        }
        shown.add(&role);
    }
    assert!(errors.len() > 40, "{}", errors.len());
    assert!(errors.iter().any(|e| matches!(e, ChangeError::Differs(_))));
    for error in &errors {
        shown.error(error);
    }
    shown.error(&State::NEW.after(Event::VerificationOk).unwrap_err());
    shown.add(&Proof::Passport);
    shown.add(&Basis::Exception);
    shown.add(&Attribute::Douteux);
    shown.add(&ApcvPerson::Holder);
    let call = Identity::create(traits(), by(Role::System)).call_at_opening();
    shown.add(&call.unwrap());
}

fn matching(shown: &mut Shown) {
    let (received, unread) = Person::from_datamatrix(&payload());
    assert!(unread.is_empty());
    let full = Person {
        used_name: Some(USED.parse().unwrap()),
        used_given_name: Some("YXBALISE".parse().unwrap()),
        ..Person::from(&answer())
    };
    let without = |change: fn(&mut Person)| {
        let mut person = full.clone();
        change(&mut person);
        person
    };
    let persons = [
        full.clone(),
        received,
        Person::from(&traits()),
        Person::default(),
        without(|p| p.birth_name = Some(USED.parse().unwrap())),
        without(|p| p.ins.as_mut().unwrap().authority = InsAuthority::Nia),
        without(|p| p.sex = None),
    ];
    let mut decisions = BTreeSet::new();
    for known in &persons {
        let mut record = Record::new(1, known.clone());
        record
            .former_ins
            .push(Ins::new(matricule(), InsAuthority::Nia));
        shown.add(&record);
        let mut index = Index::new();
        index.insert(record.clone());
        if known.sex.is_none() {
            let twice = Record {
                key: 2,
                ..record.clone()
            };
            index.insert(twice);
        }
        shown.add(&index);
        for received in &persons {
            shown.add(received);
            let score = Score::new(received, &record);
            shown.add(&score);
            for line in score.lines() {
                shown.add(line);
                shown.add(&line.criterion);
                shown.add(&line.agreement);
                shown.add(&line.agreement.verdict());
                let (fr, en) = line.agreement.message();
                shown.text(&format!("{} {fr} {en}", line.criterion.label()));
            }
            for candidate in index.candidates(received) {
                shown.add(&candidate);
            }
            let decision = index.decide(received, &Policy::default());
            shown.add(&decision);
            if let Decision::Contradiction { conflict, .. } = &decision {
                shown.add(conflict);
                shown.text(conflict.message().0);
            }
            decisions.insert(format!("{decision:?}").chars().take(4).collect::<String>());
        }
        let search = Search {
            birth_date: full.birth_date.unwrap().date(),
            name: NAME,
            given_name: GIVEN,
        };
        shown.add(&search);
        shown.text(&format!("{:?}", index.search(&search)));
        shown.text(&format!("{:?}", index.get(&1)));
        shown.text(&format!("{:?}", index.remove(&1)));
    }
    assert_eq!(decisions.len(), 4, "every decision was seen: {decisions:?}");
    shown.add(&Policy::default());
    shown.add(&Criterion::Ins);
}

/// Nothing personal goes in but the name typed and the birth date.
fn cog(shown: &mut Shown) {
    let cog = Cog::embedded();
    let born = NaiveDate::from_ymd_opt(1913, 7, 29).unwrap();
    shown.add(&cog);
    shown.add(&Cog::builder());
    for typed in ["Ajaccio", NAME, "Algérie", PLACE] {
        for found in cog.lookup(typed, born, None) {
            shown.add(&found);
            shown.add(&found.commune);
            shown.add(&found.commune.period());
        }
        shown.text(&format!("{:?}", cog.complete(typed, Some(born), 5)));
        shown.text(&format!("{:?}", cog.by_code_on(typed, born)));
        shown.text(&format!("{:?}", cog.by_postal_code(typed)));
    }
    shown.add(&cog.countries("Algérie", 1)[0]);
    let table = format!("COM,LIBELLE,DATE_DEBUT,DATE_FIN\n{NUMBER},{NAME},1913-07-29,\n");
    for table in [
        table,
        format!("COM,LIBELLE,DATE_DEBUT,DATE_FIN\n{PLACE},{NAME},1913-07-29,\n"),
    ] {
        let error = Cog::builder().communes(table.as_bytes()).unwrap_err();
        shown.error(&error);
        match &error {
            CogError::Code(place) | CogError::Date(place) | CogError::Period(place) => {
                shown.add(place);
            }
            other => panic!("{other:?}"),
        }
    }
    shown.error(&Cog::from_compiled(NAME.as_bytes()).unwrap_err());
}

fn plans(shown: &mut Shown) {
    let day: NaiveDate = "2026-11-24".parse().unwrap();
    let held = Held {
        key: 1,
        status: Status::Qualifiee,
        authority: InsAuthority::Nir,
        verified: day,
    };
    shown.add(&held);
    shown.add(&held.status);
    let planner = Planner::new(day, 5).unwrap();
    shown.add(&planner);
    for batch in planner.plan([held]) {
        shown.add(&batch);
    }
    let contact = Contact {
        patient: 1,
        date: day,
        rpps: Some("10003456781"),
        finess: None,
        status: Status::Qualifiee,
        attributes: Attributes::NONE,
    };
    shown.add(&contact);
    for (line, counts) in rates([contact]) {
        shown.add(&line);
        shown.add(&counts);
    }
}

/// The symbol of the marked person, drawn, and read from the picture.
#[cfg(all(feature = "scan", feature = "symbol"))]
fn photo(shown: &mut Shown) {
    use segur_ins::datamatrix::scan::{scan, scan_png};

    let png = payload()
        .symbol()
        .unwrap()
        .to_png(PrintSize::default(), 300);
    let found = scan_png(&png.unwrap()).unwrap();
    shown.add(&found[0]);
    assert!(found[0].scan.payload.matricule.contains(NUMBER));
    shown.result(&scan(&[255; 100 * 100], 100, 100));
    shown.result(&scan_png(NAME.as_bytes()));
}

#[cfg(all(feature = "scan", not(feature = "symbol")))]
fn photo(_: &mut Shown) {}

/// Names of the public types of the sources.
fn public_types(folder: &Path, types: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            public_types(&path, types);
            continue;
        }
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let rest = line
                .strip_prefix("pub struct ")
                .or_else(|| line.strip_prefix("pub enum "));
            let name = rest.and_then(|r| r.split(|c: char| !c.is_alphanumeric()).next());
            types.extend(name.map(str::to_owned));
        }
    }
}

#[test]
fn no_mark_is_ever_shown() {
    let mut shown = Shown::default();
    core(&mut shown);
    datamatrix(&mut shown);
    identity(&mut shown);
    matching(&mut shown);
    cog(&mut shown);
    plans(&mut shown);
    #[cfg(feature = "insi")]
    insi::all(&mut shown);
    #[cfg(feature = "scan")]
    photo(&mut shown);
    assert!(shown.count > 5_000, "{}", shown.count);

    // What a feature hides cannot be looked at.
    if !cfg!(all(
        feature = "insi-client",
        feature = "scan",
        feature = "symbol"
    )) {
        println!("SKIPPED every public type was looked at: needs --all-features");
        return;
    }
    let mut types = BTreeSet::new();
    public_types(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut types,
    );
    assert!(types.len() > 40, "{types:?}");
    let missing: Vec<_> = types.difference(&shown.types).collect();
    assert!(
        missing.is_empty(),
        "public types not looked at: {missing:?}"
    );
}

#[test]
#[should_panic(expected = "stands in")]
fn a_mark_that_is_shown_is_found() {
    Shown::default().text(&format!("{:?}", "Zqrepère"));
}
