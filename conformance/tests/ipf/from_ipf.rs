//! IPF's client, our sandbox; and our client on the same sandbox, with the same expectations as on IPF's server.

use std::process::Stdio;

use segur::sandbox::dmp;

use super::peer;
use super::sandbox::Sandbox;
use super::scenario::Scenario;
use super::table::Table;

#[test]
fn the_client_of_ipf_and_our_sandbox() {
    let Some(class_path) = peer::class_path() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path());
    let mut table = Table::new("IPF's client -> our sandbox");
    let base = sandbox.base();
    let pki = sandbox.pki().to_str().unwrap();
    let output = peer::java(&class_path, &["client", &base, dmp::REPOSITORY, pki])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut rows = Vec::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, transaction, what, answer] = fields[..] else {
            panic!("{line}");
        };
        table.row(transaction, what, answer);
        rows.push((what.to_owned(), answer.to_owned()));
    }
    drop(table);
    assert!(output.status.success());
    let got: Vec<(&str, &str)> = rows
        .iter()
        .map(|(what, answer)| (what.as_str(), answer.as_str()))
        .collect();
    assert_eq!(got, EXPECTED);
}

/// The same client, queries and expectations as on IPF's server: both registries find the same.
#[test]
fn our_client_and_our_sandbox_as_ihe_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path());
    let mut table = Table::new("our client -> our sandbox (quirk ihe)");
    Scenario {
        client: &sandbox.client(),
        repository: dmp::REPOSITORY,
        table: &mut table,
    }
    .run();
}

const EXPECTED: &[(&str, &str)] = &[
    ("one document (CDA)", "SUCCESS"),
    ("three documents (CDA, PDF, 3 MB) and a folder", "SUCCESS"),
    ("replacement (RPLC)", "SUCCESS"),
    ("one document of another repository", "SUCCESS"),
];
