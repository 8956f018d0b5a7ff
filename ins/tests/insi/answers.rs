//! Answers as the service gives them, faults of form included.

use segur_core::{Ins, InsAuthority, KeyStatus, MatriculeIns};
use segur_ins::identity::{InsAnswer, Trait};
use segur_ins::insi::{Decision, Obstacle, Outcome, RefusalCause, TechnicalCause, Warning, Which};

use super::{DOMINIQUE, FOUND, call, dominique, elements, envelope, found, outcome};

fn identity(outcome: &Outcome) -> (&InsAnswer, &[Ins]) {
    match &outcome.decision {
        Decision::Found { answer, former } => (answer, former),
        other => panic!("{other:?}"),
    }
}

fn ins(text: &str, authority: InsAuthority) -> Ins {
    Ins::new(MatriculeIns::read(text).unwrap(), authority)
}

// req: SENTINELLE.04
#[test]
fn one_identity_is_found() {
    let outcome = found(DOMINIQUE);
    let (answer, former) = identity(&outcome);
    assert_eq!(answer.ins, ins("297022A02077878", InsAuthority::Nir));
    assert_eq!(
        answer.traits.given_names.as_ref().unwrap().as_str(),
        "DOMINIQUE"
    );
    assert_eq!(answer.traits.birth_place.unwrap().as_str(), "2A020");
    assert!(former.is_empty());
    assert_eq!(outcome.warnings, []);
    assert!(answer.check().is_ok());
}

#[test]
fn order_prefixes_and_namespaces_are_forgiven_and_told() {
    let reordered = "INDIVIDU( TIQ( ListePrenom=DOMINIQUE NomNaissance=ADRTROIS Sexe=F DateNaissance=1997-02-26 ) \
         INSACTIF( DateDeb=1997-02-26 IdIndividu( Cle=78 NumIdentifiant=297022A020778 ) OID=1.2.250.1.213.1.4.8 ) ) \
         CR( LibelleCR=OK CodeCR=00 )";
    let read = outcome(reordered);
    assert_eq!(identity(&read).0.ins.matricule.as_str(), "297022A02077878");
    for parent in [
        "RESULTAT",
        "CR",
        "INDIVIDU",
        "INSACTIF",
        "IdIndividu",
        "TIQ",
    ] {
        assert!(
            read.warnings.contains(&Warning::Order { parent }),
            "{parent}"
        );
    }

    let text = envelope(&elements(&format!("{FOUND} {DOMINIQUE}")));
    let foreign = text.replace("http://www.cnamts.fr/INSiResultat", "urn:other");
    let read = Outcome::read(&call(&dominique()), 200, foreign.as_bytes());
    assert_eq!(identity(&read).0, identity(&found(DOMINIQUE)).0);
    assert!(read.warnings.contains(&Warning::Namespace {
        element: "RESULTAT"
    }));

    let default = text.replace("r:", "").replace("xmlns:r=", "xmlns=");
    let read = Outcome::read(&call(&dominique()), 200, default.as_bytes());
    assert_eq!(
        (identity(&read).0, read.warnings.len()),
        (identity(&found(DOMINIQUE)).0, 0)
    );
}

#[test]
fn what_is_repeated_or_unknown_is_told() {
    let twice = DOMINIQUE.replace("Sexe=F", "Sexe=F Sexe=M Autre=x");
    let read = found(&twice);
    assert_eq!(identity(&read).0.traits.sex.as_str(), "F");
    assert_eq!(
        read.warnings,
        [
            Warning::Repeated { element: "Sexe" },
            Warning::Unknown { parent: "TIQ" },
        ]
    );
}

const ECETINSI: &str = "INDIVIDU( INSACTIF( IdIndividu( NumIdentifiant=1090763220834 Cle=89 ) OID=1.2.250.1.213.1.4.8 ) \
     INSHISTO( DateDeb=2019-03-01 DateFin=2019-02-28 IdIndividu( NumIdentifiant=2090763220834 Cle=39 ) OID=1.2.250.1.213.1.4.8 ) \
     INSHISTO( IdIndividu( NumIdentifiant=2090663220123 Cle=55 ) OID=1.2.250.1.213.1.4.8 ) \
     TIQ( NomNaissance=ECETINSI ListePrenom=PIERRE-ALAIN_MURIEL_FLORIANT Sexe=M DateNaissance=2009-07-14 LieuNaissance=63220 ) )";

// req: SENTINELLE.04
#[test]
fn the_history_is_kept_and_inverted_dates_are_told() {
    let read = found(ECETINSI);
    let (answer, former) = identity(&read);
    assert_eq!(answer.traits.first_given_name.as_str(), "PIERRE-ALAIN");
    assert_eq!(
        former,
        [
            ins("209076322083439", InsAuthority::Nir),
            ins("209066322012355", InsAuthority::Nir)
        ]
    );
    assert_eq!(
        read.warnings,
        [
            Warning::Order { parent: "INSHISTO" },
            Warning::DatesInverted(Which::History(0))
        ]
    );
    let person = read.answer.as_ref().unwrap().person.as_ref().unwrap();
    assert_eq!(person.history[0].begin.as_deref(), Some("2019-03-01"));
    assert_eq!(person.history[0].end.as_deref(), Some("2019-02-28"));
}

#[test]
fn a_history_that_repeats_the_active_matricule_is_told() {
    let corse = "INDIVIDU( INSACTIF( IdIndividu( NumIdentifiant=180032B020401 Cle=23 ) OID=1.2.250.1.213.1.4.8 ) \
         INSHISTO( IdIndividu( NumIdentifiant=180032B020401 Cle=23 ) OID=1.2.250.1.213.1.4.8 ) \
         TIQ( NomNaissance=CORSE ListePrenom=ANTHONY Sexe=M DateNaissance=1980-03-02 LieuNaissance=2B020 ) )";
    let read = found(corse);
    assert!(identity(&read).1.is_empty());
    assert_eq!(
        read.warnings,
        [Warning::HistoryRepeatsActive(Which::History(0))]
    );
    assert_eq!(read.answer.unwrap().person.unwrap().history.len(), 1);
}

#[test]
fn a_wrong_key_is_kept_and_a_missing_one_computed() {
    let hermann = "INDIVIDU( INSACTIF( IdIndividu( NumIdentifiant=1810363220456 Cle=60 ) OID=1.2.250.1.213.1.4.8 ) \
         INSHISTO( IdIndividu( NumIdentifiant=2810363220456 Cle=10 ) OID=1.2.250.1.213.1.4.8 ) \
         TIQ( NomNaissance=HERMANN Prenom=GATIEN ListePrenom=GATIEN Sexe=M DateNaissance=1981-03-24 ) )";
    let read = found(hermann);
    let (answer, former) = identity(&read);
    assert_eq!(answer.ins.matricule.as_str(), "181036322045660");
    assert_eq!(answer.ins.matricule.key(), KeyStatus::Wrong);
    assert_eq!(former[0].matricule.as_str(), "281036322045610");
    assert_eq!(
        read.warnings,
        [
            Warning::WrongKey(Which::Active),
            Warning::WrongKey(Which::History(0))
        ]
    );

    let read = found(&DOMINIQUE.replace(" Cle=78", ""));
    assert_eq!(identity(&read).0.ins.matricule.as_str(), "297022A02077878");
    assert_eq!(read.warnings, [Warning::MissingKey(Which::Active)]);
}

#[test]
fn every_oid_of_the_ins_is_taken() {
    let nia = "INDIVIDU( INSACTIF( IdIndividu( NumIdentifiant=1090763220888 Cle=35 ) OID=1.2.250.1.213.1.4.9 ) \
         TIQ( NomNaissance=PROVISOIRE ListePrenom=MATRICULE Sexe=M DateNaissance=2009-07-01 ) )";
    assert_eq!(identity(&found(nia)).0.ins.authority, InsAuthority::Nia);
    for authority in InsAuthority::ALL {
        let read = found(&DOMINIQUE.replace("1.2.250.1.213.1.4.8", authority.oid()));
        assert_eq!(identity(&read).0.ins.authority, authority);
    }
}

#[test]
fn a_given_name_alone_is_the_head_of_a_list_that_is_not_known() {
    let read = found(&DOMINIQUE.replace("ListePrenom", "Prenom"));
    let traits = &identity(&read).0.traits;
    assert_eq!(traits.first_given_name.as_str(), "DOMINIQUE");
    assert_eq!(traits.given_names.as_ref().unwrap().as_str(), "DOMINIQUE");
    assert_eq!(read.warnings, [Warning::ListMissing]);
    let empty = found(&DOMINIQUE.replace("ListePrenom=", "Prenom=DOMINIQUE ListePrenom="));
    assert_eq!(empty.warnings, []);
}

#[test]
fn small_faults_of_values_are_told() {
    let read = found(
        &DOMINIQUE
            .replace("ADRTROIS", "Adrtrois")
            .replace("=2A020", "=2C"),
    );
    let traits = &identity(&read).0.traits;
    assert_eq!(traits.birth_name.as_str(), "ADRTROIS");
    assert_eq!(traits.birth_place, None);
    assert_eq!(
        read.warnings,
        [
            Warning::Respelled(Trait::BirthName),
            Warning::PlaceUnreadable
        ]
    );
    let history = "INSHISTO( IdIndividu( NumIdentifiant=12 ) OID=x DateDeb=2019 ) TIQ(";
    let read = found(&DOMINIQUE.replace("TIQ(", history));
    assert!(identity(&read).1.is_empty());
    let which = Which::History(0);
    assert_eq!(
        read.warnings,
        [
            Warning::MissingKey(which),
            Warning::HistoryUnreadable(which),
            Warning::DateUnreadable(which)
        ]
    );
}

// req: SENTINELLE.04
#[test]
fn what_may_not_be_imported_is_refused() {
    let obstacle = |from: &str, to: &str| {
        let changed = DOMINIQUE.replace(from, to);
        assert_ne!(changed, DOMINIQUE);
        match found(&changed).decision {
            Decision::Refused(RefusalCause::Import(obstacle)) => obstacle,
            other => panic!("{other:?}"),
        }
    };
    for (from, to, expected) in [
        ("1997-02-26", "1960-00-00", Obstacle::LunarDate),
        ("1997-02-26", "1960-05-00", Obstacle::LunarDate),
        (
            "1997-02-26",
            "26/02/1997",
            Obstacle::Unreadable(Trait::BirthDate),
        ),
        (
            "DateNaissance=1997-02-26",
            "",
            Obstacle::Missing(Trait::BirthDate),
        ),
        (
            "NomNaissance=ADRTROIS",
            "NomNaissance=",
            Obstacle::Missing(Trait::BirthName),
        ),
        ("ADRTROIS", "ADR3", Obstacle::Unreadable(Trait::BirthName)),
        (
            "ListePrenom=DOMINIQUE",
            "",
            Obstacle::Missing(Trait::GivenNames),
        ),
        ("=DOMINIQUE", "=D3", Obstacle::Unreadable(Trait::GivenNames)),
        ("Sexe=F", "", Obstacle::Missing(Trait::Sex)),
        ("Sexe=F", "Sexe=X", Obstacle::Unreadable(Trait::Sex)),
        ("Sexe=F", "Sexe=I", Obstacle::Unreadable(Trait::Sex)),
        ("297022A020778", "297022A02077", Obstacle::Matricule),
        ("1.4.8", "1.4.7", Obstacle::Authority),
    ] {
        assert_eq!(obstacle(from, to), expected, "{from} {to}");
    }
    assert!(matches!(
        found(&DOMINIQUE.replace("LieuNaissance=2A020", "")).decision,
        Decision::Found { .. }
    ));
}

#[test]
fn an_answer_to_another_message_is_told() {
    let related = |id: &str, action: &str| {
        let text = envelope(&elements(&format!("{FOUND} {DOMINIQUE}")));
        let relates = format!(
            "<a:RelatesTo xmlns:a='http://www.w3.org/2005/08/addressing'>{id}</a:RelatesTo></env:Header>"
        );
        let text = text
            .replace("</env:Header>", &relates)
            .replace("Response</a:", action);
        let mut call = call(&dominique());
        let strict = Outcome::read(&call, 200, text.as_bytes());
        call.settings.unrelated_answers = true;
        let tolerant = Outcome::read(&call, 200, text.as_bytes());
        assert!(matches!(tolerant.decision, Decision::Found { .. }));
        match strict.warnings.contains(&Warning::OtherMessage) {
            true => {
                let cause = TechnicalCause::OtherMessage;
                assert_eq!(strict.decision, Decision::Technical(cause));
                assert_eq!(strict.answer, None, "nothing of another person is given");
            }
            false => assert_eq!(strict, tolerant),
        }
        tolerant.warnings
    };
    let own = "02020202-0202-4202-8202-020202020202";
    for id in [
        own.to_owned(),
        format!("uuid:{own}"),
        format!("urn:uuid:{own}"),
    ] {
        assert_eq!(related(&id, "Response</a:"), []);
    }
    assert_eq!(
        related("uuid:03030303-0303-4303-8303-030303030303", "</a:"),
        [Warning::OtherMessage, Warning::ActionUnexpected]
    );
}

#[test]
fn nothing_personal_can_be_logged() {
    let outcome = found(ECETINSI);
    let refused = found(&ECETINSI.replace("2009-07-14", "2009-00-00"));
    let shown = format!("{outcome:?} {refused:?} {:?}", refused.decision.message());
    for secret in [
        "ECETINSI",
        "PIERRE",
        "MURIEL",
        "1090763220834",
        "2090763220834",
        "2009",
        "63220",
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
