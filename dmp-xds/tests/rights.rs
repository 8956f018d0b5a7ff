//! The embedded matrices against their transcription, cell by cell, and what they answer.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod common;

use common::shared_file;
use segur_core::Lang;
use segur_dmp_xds::rights::{Actor, Condition, Matrix, Operation, Permission, may};
use segur_dmp_xds::transaction::Transaction;
use segur_dmp_xds::vihf::{AccessMode, AuthenticationMode};

/// The operation of a row, by the names of the transcription.
fn operation(transaction: &str, word: &str) -> Operation {
    let mut those = Operation::ALL
        .into_iter()
        .filter(|operation| operation.transaction() == transaction);
    let words: &[&str] = match transaction {
        "TD0.3" => &["declare", "remove", "removeMT"],
        "TD3.1" => &["metadata", "reference"],
        "TD3.2" => &[
            "not_masked",
            "masked",
            "not_visible_patient",
            "archived",
            "obsolete",
            "deleted",
        ],
        "TD3.3a" => &["mask", "unmask"],
        "TD3.3b" => &["show_patient"],
        "TD3.3c" => &["delete"],
        "TD3.3d" => &["archive", "unarchive"],
        _ => &["-"],
    };
    let place = words.iter().position(|known| *known == word).unwrap();
    those.nth(place).unwrap()
}

fn actors(word: &str) -> Vec<Actor> {
    match word {
        "psnm" => vec![Actor::OtherProfessional],
        "med" => vec![Actor::Physician],
        "mtrav" => vec![Actor::OccupationalPhysician],
        "MT" => vec![Actor::TreatingPhysician],
        "nonps" => vec![Actor::Staff],
        "all" => Actor::ALL.to_vec(),
        other => panic!("{other}"),
    }
}

fn permission(cell: &str) -> Permission {
    let condition = match cell {
        "Y" => return Permission::Yes,
        "N" => return Permission::No,
        "OBS" => return Permission::Ended,
        "-" => return Permission::NotListed,
        "Y:OWN" => Condition::Own,
        "Y:PAT_OK" => Condition::PatientAllowed,
        "Y:STR_DOC" => Condition::OfStructure,
        "Y:STR_AUT" => Condition::ToStructure,
        "Y:SAME_STR" => Condition::SameStructure,
        "Y:NEW_DATE" => Condition::NewByDate,
        "Y:IMPUT" => Condition::Imputed,
        "Y:REF" => Condition::Reference,
        other => panic!("{other}"),
    };
    Permission::If(condition)
}

#[test]
fn every_cell_is_that_of_the_transcription() {
    let test = "every_cell_is_that_of_the_transcription";
    let Some(text) = shared_file(test, "data/xds/authentication.tsv") else {
        return;
    };
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let (mut cells, mut rows) = (0, 0);
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let operation = operation(fields[0], fields[1]);
        assert_eq!(
            operation,
            Operation::ALL[rows],
            "in the order of the sheets"
        );
        rows += 1;
        for (name, cell) in header.iter().zip(&fields).skip(3).take(21) {
            let parts: Vec<&str> = name.split('.').collect();
            let authentication = match parts[0] {
                "dir" => AuthenticationMode::Direct,
                "ind" => AuthenticationMode::Indirect,
                _ => AuthenticationMode::Reinforced,
            };
            let access = match parts[3] {
                "regul" => AccessMode::Regulation,
                "bdg" => AccessMode::BreakGlass,
                _ => AccessMode::Normal,
            };
            for actor in actors(parts[2]) {
                let right = may(operation, authentication, actor, access);
                assert_eq!(right.permission, permission(cell), "{operation:?} {name}");
                let star = fields.last().unwrap().contains("STAR");
                assert_eq!(right.star, star, "{operation:?}");
                let air = authentication == AuthenticationMode::Reinforced;
                assert_eq!(right.source == Matrix::PdtInf606, air);
            }
            cells += 1;
        }
    }
    assert_eq!((rows, cells), (28, 28 * 21));
}

#[test]
fn the_generator_would_write_the_table_that_is_there() {
    let test = "the_generator_would_write_the_table_that_is_there";
    let Some(_) = shared_file(test, "data/xds/authentication.tsv") else {
        return;
    };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = std::process::Command::new("python3")
        .arg(folder.join("tools/rights_table.py"))
        .arg(common::shared().join("data/xds/authentication.tsv"))
        .arg(folder.join("src/rights/table.rs"))
        .arg("--check")
        .output();
    match output {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => println!("SKIPPED {test}: python3: {error}"),
    }
}

#[test]
fn what_no_column_tells_is_not_listed() {
    for (authentication, actor, access) in [
        (
            AuthenticationMode::Direct,
            Actor::TreatingPhysician,
            AccessMode::Regulation,
        ),
        (
            AuthenticationMode::Direct,
            Actor::OccupationalPhysician,
            AccessMode::BreakGlass,
        ),
        (
            AuthenticationMode::Direct,
            Actor::Staff,
            AccessMode::Regulation,
        ),
        (
            AuthenticationMode::Indirect,
            Actor::Physician,
            AccessMode::BreakGlass,
        ),
        (
            AuthenticationMode::Reinforced,
            Actor::OccupationalPhysician,
            AccessMode::Normal,
        ),
    ] {
        for operation in Operation::ALL {
            let right = may(operation, authentication, actor, access);
            assert_eq!(right.permission, Permission::NotListed);
            assert!(!right.is_refused(), "nothing is said, nothing is warned of");
            assert_eq!(right.conditions().count(), 0);
        }
    }
}

#[test]
fn conditions_are_explained_in_both_languages() {
    let direct = AuthenticationMode::Direct;
    let delete = may(
        Operation::Delete,
        direct,
        Actor::Physician,
        AccessMode::Normal,
    );
    let conditions: Vec<Condition> = delete.conditions().collect();
    assert_eq!(conditions, [Condition::Own, Condition::PatientDocument]);
    assert_eq!(
        delete.explain().get(Lang::Fr),
        "Permis, avec une limite. Seulement pour les documents dont l'utilisateur est l'auteur. Pour un document du patient, seul le \
         médecin traitant ou le patient le peut. (PDT-INF-526 v1.8, 25/09/2024, p. 2, à titre d'information : le DMP décide)"
    );
    let archive = may(
        Operation::Archive,
        direct,
        Actor::Physician,
        AccessMode::BreakGlass,
    );
    assert_eq!(archive.permission, Permission::Yes);
    assert_eq!(archive.conditions().count(), 1, "the star");
    let ended = may(
        Operation::AcquireIdentity,
        direct,
        Actor::Staff,
        AccessMode::Normal,
    );
    assert!(ended.is_refused());
}

#[test]
fn air_submits_nothing_and_every_transaction_has_its_operations() {
    // Not offered by the DMP, or in neither matrix.
    let unlisted = [
        Transaction::Register,
        Transaction::MultiPatientQuery,
        Transaction::CloseDmp,
    ];
    for transaction in Transaction::ALL.into_iter().chain(Transaction::PATIENT) {
        let none = Operation::of(transaction).is_empty();
        assert_eq!(none, unlisted.contains(&transaction), "{transaction:?}");
    }
    for operation in Operation::of(Transaction::Submit) {
        for actor in Actor::ALL {
            for access in AccessMode::ALL {
                let right = may(*operation, AuthenticationMode::Reinforced, actor, access);
                assert!(matches!(
                    right.permission,
                    Permission::No | Permission::NotListed
                ));
            }
        }
    }
}
