//! INSi: calls as they are written, answers as they come, and what to do then. The persons are those of the CNDA's
//! qualification; the messages are our own.
#![cfg(feature = "insi")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod answers;
mod calls;
mod codec;
mod damage;
mod decisions;
mod faults;
mod persons;
mod search;

use segur_core::{BirthDate, Traits};
use segur_ins::insi::{
    Authentication, Call, CallIds, Outcome, Query, Search, Settings, Software, Uuid,
};

/// A person of the qualification, as typed at the reception.
fn person(name: &str, given: &str, sex: &str, date: &str) -> Traits {
    Traits {
        birth_name: name.parse().unwrap(),
        first_given_name: given.parse().unwrap(),
        given_names: None,
        sex: sex.parse().unwrap(),
        birth_date: BirthDate::parse(date).unwrap(),
        birth_place: None,
    }
}

fn dominique() -> Traits {
    person("ADRTROIS", "DOMINIQUE", "F", "1997-02-26")
}

fn call_for(query: Query) -> Call {
    Call {
        query,
        software: Software {
            authorisation: "NUM-AUTORISATION".into(),
            version: "1.0".into(),
            installation: Uuid::from_random([1; 16]),
            name: "urn:lps:demo:1.0".into(),
        },
        emitter: Some("10B0152872".into()),
        authentication: Authentication::MutualTls,
        ids: CallIds {
            message: Uuid::from_random([2; 16]),
            bam: Uuid::from_random([3; 16]),
            lps: Uuid::from_random([4; 16]),
        },
        at: "2026-01-05T08:00:00.0419Z".parse().unwrap(),
        settings: Settings::default(),
    }
}

fn call(traits: &Traits) -> Call {
    call_for(Query::Traits(Search::new(traits).1))
}

/// An answer with this content of `RESULTAT`.
fn envelope(result: &str) -> String {
    format!(
        "<env:Envelope xmlns:env='http://www.w3.org/2003/05/soap-envelope' xmlns:S='http://www.w3.org/2003/05/soap-envelope'>\
         <env:Header><a:Action xmlns:a='http://www.w3.org/2005/08/addressing'>\
         urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentiteResponse</a:Action></env:Header>\
         <S:Body><r:RESULTAT xmlns:r='http://www.cnamts.fr/INSiResultat'>{result}</r:RESULTAT></S:Body></env:Envelope>"
    )
}

/// Elements of `RESULTAT` from `name=text` and `name(` … `)` words, all in its namespace.
fn elements(short: &str) -> String {
    let mut out = String::new();
    let mut open = Vec::new();
    for word in short.split_ascii_whitespace() {
        if word == ")" {
            out.push_str(&format!("</r:{}>", open.pop().unwrap()));
        } else if let Some(name) = word.strip_suffix('(') {
            out.push_str(&format!("<r:{name}>"));
            open.push(name);
        } else {
            let (name, text) = word.split_once('=').unwrap();
            let text = text.replace('_', " ");
            out.push_str(&format!("<r:{name}>{text}</r:{name}>"));
        }
    }
    out
}

fn outcome(result: &str) -> Outcome {
    Outcome::read(
        &call(&dominique()),
        200,
        envelope(&elements(result)).as_bytes(),
    )
}

const FOUND: &str = "CR( CodeCR=00 LibelleCR=OK )";

const DOMINIQUE: &str = "INDIVIDU( INSACTIF( IdIndividu( NumIdentifiant=297022A020778 Cle=78 ) OID=1.2.250.1.213.1.4.8 ) \
     TIQ( NomNaissance=ADRTROIS ListePrenom=DOMINIQUE Sexe=F DateNaissance=1997-02-26 LieuNaissance=2A020 ) )";

fn found(person: &str) -> Outcome {
    outcome(&format!("{FOUND} {person}"))
}
