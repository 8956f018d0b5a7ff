//! What lies in the folder.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use segur::sandbox::{SandboxError, dmp};
use segur_dmp_xds::metadata::AvailabilityStatus;

use super::{Sandbox, everything, fetch, find, submit};

fn database(folder: &Path) -> Connection {
    Connection::open(folder.join("dmp/dmp.sqlite")).unwrap()
}

fn refused(folder: &Path) -> String {
    let error = dmp::Store::open(folder).unwrap_err();
    match &error {
        SandboxError::Holdings { .. }
        | SandboxError::FormerForm { .. }
        | SandboxError::OtherVersion { .. } => error.to_string(),
        _ => panic!("{error:?}"),
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    drop(dmp::Store::open(folder.path()).unwrap());
    database(folder.path())
        .pragma_update(None, "user_version", 2)
        .unwrap();
    let told = refused(folder.path());
    assert!(
        told.contains("version 2") && told.contains("version 1"),
        "{told}"
    );

    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("dmp")).unwrap();
    std::fs::write(folder.path().join("dmp/registry.xml"), "<x/>").unwrap();
    let told = refused(folder.path());
    assert!(
        told.contains("registry.xml") && told.contains("remove the folder"),
        "{told}"
    );
    assert!(!folder.path().join("dmp/dmp.sqlite").exists());

    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("dmp")).unwrap();
    let text = "not a database, but long enough to be one ".repeat(40);
    std::fs::write(folder.path().join("dmp/dmp.sqlite"), &text).unwrap();
    assert!(refused(folder.path()).contains("not what this sandbox wrote"));
    let after = std::fs::read_to_string(folder.path().join("dmp/dmp.sqlite")).unwrap();
    assert_eq!(after, text);

    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("dmp")).unwrap();
    database(folder.path())
        .execute_batch("CREATE TABLE other (x)")
        .unwrap();
    assert!(refused(folder.path()).contains("not what this sandbox wrote"));
}

/// Several clients, and two servers over one folder.
#[test]
fn requests_at_once_are_carried_out_one_and_all() {
    let folder = tempfile::tempdir().unwrap();
    let servers = [
        Arc::new(Sandbox::start(folder.path(), &[])),
        Arc::new(Sandbox::start(folder.path(), &[])),
    ];
    let threads: Vec<_> = (0..6)
        .map(|thread| {
            let sandbox = Arc::clone(&servers[thread % 2]);
            std::thread::spawn(move || {
                let client = sandbox.client();
                for number in 0..5 {
                    let number = u32::try_from(thread).unwrap() * 10 + number;
                    submit(&client, number).unwrap();
                    assert!(!find(&client, AvailabilityStatus::Approved).is_empty());
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let client = servers[0].client();
    let all = everything(&client);
    assert_eq!(all.documents.len(), 30);
    assert_eq!(
        (all.submission_sets.len(), all.associations.len()),
        (30, 30)
    );
    fetch(&client, 54).unwrap();
}

/// Every table is found by an index: a patient of ten documents costs no more among a million.
#[test]
fn queries_use_the_indices() {
    let folder = tempfile::tempdir().unwrap();
    drop(dmp::Store::open(folder.path()).unwrap());
    let connection = database(folder.path());
    let list = "(SELECT value FROM json_each('[1]'))";
    for (table, condition, index) in [
        (
            "object",
            format!("kind = 3 AND patient IN {list}"),
            "object_of_patient",
        ),
        (
            "object",
            format!("entry_uuid IN {list}"),
            "sqlite_autoindex_object_1",
        ),
        (
            "object",
            format!("unique_id IN {list}"),
            "object_by_unique_id",
        ),
        (
            "object",
            format!("logical_id IN {list}"),
            "object_by_logical_id",
        ),
        (
            "association",
            format!("source IN {list}"),
            "association_by_source",
        ),
        (
            "association",
            format!("target IN {list}"),
            "association_by_target",
        ),
    ] {
        let sql = format!("EXPLAIN QUERY PLAN SELECT id, metadata FROM {table} WHERE {condition}");
        let mut plan = connection.prepare(&sql).unwrap();
        let lines = plan.query_map([], |row| row.get::<_, String>(3)).unwrap();
        let lines: Vec<String> = lines.map(Result::unwrap).collect();
        let used = format!("SEARCH {table} USING INDEX {index}");
        assert!(
            lines.iter().any(|line| line.starts_with(&used)),
            "{lines:?}"
        );
    }
}
