//! `segur ins compare`.

use std::fmt::Write as _;

use anstyle::Style;
use segur_core::Lang;
use segur_ins::identity::Trait;
use segur_ins::matching::{Conflict, Criterion, Decision, Index, Person, Policy, Record, Score};
use serde_json::json;

use super::judge::{Judged, Level};
use super::{input, judge, pick, pretty};
use crate::cli::{InsCompare, ListFormat};
use crate::output::{Failure, Terminal};
use crate::{FINDINGS, FINE, tr};

/// The decision, free of borrows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Same,
    Review,
    Nobody,
    Contradiction(Conflict),
}

pub(crate) fn run(options: &InsCompare, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let known = judge::judge(&input::read(&options.record)?);
    let received = judge::judge(&input::read(&options.received)?);
    let record = Record::new((), known.person.clone());
    let score = Score::new(&received.person, &record);
    let mut index = Index::new();
    index.insert(record);
    let outcome = match index.decide(&received.person, &Policy::default()) {
        Decision::Same(_) => Outcome::Same,
        Decision::Review(_) => Outcome::Review,
        Decision::Nobody => Outcome::Nobody,
        Decision::Contradiction { conflict, .. } => Outcome::Contradiction(conflict),
    };
    let text = match options.format {
        ListFormat::Text => page(
            outcome,
            &score,
            &known,
            &received,
            options.show_identity,
            lang,
        ),
        ListFormat::Json => {
            let lines = score.lines().iter().map(|line| {
                let mut value = json!({
                    "field": field(line.criterion),
                    "agreement": line.agreement.id(),
                    "message": pick(lang, line.agreement.message()),
                    "points": line.points,
                });
                if options.show_identity {
                    value["record"] = json!(shown(&known.person, line.criterion));
                    value["received"] = json!(shown(&received.person, line.criterion));
                }
                value
            });
            pretty(&json!({
                "decision": outcome.id(),
                "conflict": outcome.conflict().map(Conflict::id),
                "points": score.total(),
                "lines": lines.collect::<Vec<_>>(),
                "unread": { "record": unread(&known), "received": unread(&received) },
            }))
        }
    };
    terminal.print(text.as_bytes())?;
    Ok(if outcome == Outcome::Same {
        FINE
    } else {
        FINDINGS
    })
}

impl Outcome {
    const fn id(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Review => "review",
            Self::Nobody => "nobody",
            Self::Contradiction(_) => "contradiction",
        }
    }

    const fn conflict(self) -> Option<Conflict> {
        match self {
            Self::Contradiction(conflict) => Some(conflict),
            _ => None,
        }
    }

    const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Same => ("même personne", "the same person"),
            Self::Review => ("à vérifier par une personne", "to be reviewed by a person"),
            Self::Nobody => ("une autre personne", "another person"),
            Self::Contradiction(_) => ("contradiction", "contradiction"),
        }
    }
}

fn page(
    outcome: Outcome,
    score: &Score,
    known: &Judged,
    received: &Judged,
    show: bool,
    lang: Lang,
) -> String {
    const BOLD: Style = Style::new().bold();
    let mut out = String::new();
    // Writing to a String cannot fail, here and below.
    let _ = write!(out, "{BOLD}{}{BOLD:#}", pick(lang, outcome.message()));
    if let Some(conflict) = outcome.conflict() {
        let _ = write!(out, ": {}", pick(lang, conflict.message()));
    }
    let _ = writeln!(out, " ({} points)", score.total());
    for line in score.lines() {
        let message = pick(lang, line.agreement.message());
        let name = field(line.criterion);
        let _ = write!(out, "{:>4}  {name:<18} {message}", line.points);
        if show {
            let of = |judged: &Judged| shown(&judged.person, line.criterion).unwrap_or_default();
            let _ = write!(out, " [{} | {}]", of(known), of(received));
        }
        out.push('\n');
    }
    let sides = [
        (known, "dossier", "record"),
        (received, "identité reçue", "received identity"),
    ];
    for (judged, fr, en) in sides {
        for name in unread(judged) {
            let side = tr(lang, fr, en);
            let left = tr(lang, "illisible, non comparé", "unreadable, not compared");
            let _ = writeln!(out, "{side}: {name}: {left}");
        }
    }
    out
}

/// Fields that could not be read. A wrong key is no reason not to compare.
fn unread(judged: &Judged) -> Vec<&'static str> {
    let wrong = judged.lines.iter().filter(|l| l.level == Level::Error);
    let mut names: Vec<_> = wrong.map(|line| line.field).collect();
    if judged.person.ins.is_some() {
        names.retain(|name| *name != "matricule");
    }
    names.dedup();
    names
}

const fn field(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Ins => "ins",
        Criterion::Trait(Trait::BirthName) => "birth_name",
        Criterion::Trait(Trait::FirstGivenName) => "first_given_name",
        Criterion::Trait(Trait::GivenNames) => "given_names",
        Criterion::Trait(Trait::Sex) => "sex",
        Criterion::Trait(Trait::BirthDate) => "birth_date",
        Criterion::Trait(Trait::BirthPlace) => "birth_place",
    }
}

fn shown(person: &Person, criterion: Criterion) -> Option<String> {
    match criterion {
        Criterion::Ins => person
            .ins
            .map(|ins| format!("{} {}", ins.matricule, ins.authority.oid())),
        Criterion::Trait(Trait::BirthName) => person.birth_name.as_ref().map(ToString::to_string),
        Criterion::Trait(Trait::FirstGivenName) => {
            person.first_given_name.as_ref().map(ToString::to_string)
        }
        Criterion::Trait(Trait::GivenNames) => person.given_names.as_ref().map(ToString::to_string),
        Criterion::Trait(Trait::Sex) => person.sex.map(|sex| sex.to_string()),
        Criterion::Trait(Trait::BirthDate) => person.birth_date.map(|birth| birth.iso()),
        Criterion::Trait(Trait::BirthPlace) => person.birth_place.map(|place| place.to_string()),
    }
}
