//! `segur official` and `segur validate --official`, on a small published folder of our own.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const MODEL: &str = "CI-SIS_CSE-MDE_2023.01";
const COMMON: [&str; 4] = [
    "profils/IHE",
    "profils/CI-SIS_ModelesDeContenusCDA",
    "profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin",
    "profils/CI-SIS_Modeles_ANS",
];

fn segur(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn schema(test: &str, message: &str) -> String {
    format!(
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt2'>
           <ns prefix='cda' uri='urn:hl7-org:v3'/>
           <pattern id='own'><rule context='cda:ClinicalDocument'>
             <assert test=\"{test}\">{message}</assert>
           </rule></pattern>
         </schema>"
    )
}

/// Four common files that accept, one model that wants a title of one letter.
fn published() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let schematrons = dir.path().join("schematrons");
    fs::create_dir_all(schematrons.join("profils/structurationMinimale")).unwrap();
    for name in COMMON {
        let file = schematrons.join(format!("{name}.sch"));
        fs::write(file, schema("cda:title", "un titre")).unwrap();
    }
    let file = schematrons.join(format!("{MODEL}.sch"));
    let own = schema("string-length(cda:title) = 1", "titre d'une lettre");
    fs::write(file, own).unwrap();
    dir
}

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/mesures-enfant.xml")
}

fn json(args: &[&str]) -> (i32, Value) {
    let output = segur(args);
    let value = serde_json::from_slice(&output.stdout);
    (
        output.status.code().unwrap(),
        value.unwrap_or_else(|e| panic!("{e}: {}", text(&output.stderr))),
    )
}

#[test]
fn a_compiled_set_says_what_its_folder_says() {
    let dir = published();
    let set = dir.path().join("set.bin");
    let compiled = segur(&["official", "compile", path(dir.path()), "-o", path(&set)]);
    assert_eq!(
        compiled.status.code(),
        Some(0),
        "{}",
        text(&compiled.stderr)
    );
    let inspect = |of: &Path| json(&["official", "inspect", "--format", "json", path(of)]);
    let (code, folder) = inspect(dir.path());
    assert_eq!(code, 0);
    assert_eq!(folder["models"], serde_json::json!([MODEL]));
    assert_eq!(folder["common"].as_array().unwrap().len(), COMMON.len());
    assert_eq!(inspect(&set), (0, folder));
    let document = document();
    for rules in [dir.path(), &set] {
        let (code, report) = json(&[
            "validate",
            "--format",
            "json",
            "--official",
            path(rules),
            path(&document),
        ]);
        assert_eq!(code, 1);
        let findings = report["files"][0]["findings"].as_array().unwrap();
        assert_eq!(findings.len(), 1, "{findings:?}");
        let message = findings[0]["message"].as_str().unwrap();
        assert!(message.contains("titre d'une lettre"), "{message}");
        assert!(findings[0]["line"].as_u64().unwrap() > 0);
    }
}

#[test]
fn a_change_of_the_folder_is_told() {
    let dir = published();
    let set = dir.path().join("set.bin");
    assert!(
        segur(&["official", "compile", path(dir.path()), "-o", path(&set)])
            .status
            .success()
    );
    let against = || {
        json(&[
            "official",
            "inspect",
            "--format",
            "json",
            "--against",
            path(dir.path()),
            path(&set),
        ])
    };
    let (code, same) = against();
    assert_eq!((code, same["changed"].as_array().unwrap().len()), (0, 0));
    let name = format!("schematrons/{MODEL}.sch");
    fs::write(dir.path().join(&name), schema("true()", "rien")).unwrap();
    let (code, changed) = against();
    assert_eq!(code, 1);
    assert_eq!(changed["changed"], serde_json::json!([name]));
}

#[test]
fn what_is_no_set_is_refused_with_the_cause() {
    let dir = published();
    let set = dir.path().join("set.bin");
    assert!(
        segur(&["official", "compile", path(dir.path()), "-o", path(&set)])
            .status
            .success()
    );
    let good = fs::read(&set).unwrap();
    let refused = |bytes: &[u8]| {
        let broken = dir.path().join("broken.bin");
        fs::write(&broken, bytes).unwrap();
        let output = segur(&[
            "--lang",
            "en",
            "validate",
            "--official",
            path(&broken),
            path(&document()),
        ]);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        text(&output.stderr)
    };
    assert!(refused(b"<schema/>").contains("not a compiled set"));
    assert!(refused(&good[..100]).contains("checksum"));
    let mut other_format = good.clone();
    other_format[16] ^= 1;
    assert!(refused(&other_format).contains("compile the folder again"));

    let mut one_byte = good.clone();
    *one_byte.last_mut().unwrap() ^= 1;
    let broken = dir.path().join("broken.bin");
    fs::write(&broken, &one_byte).unwrap();
    let (code, report) = json(&[
        "validate",
        "--format",
        "json",
        "--official",
        path(&broken),
        path(&document()),
    ]);
    let not_run = report["files"][0]["not_run"].to_string();
    assert!(
        code == 1 && not_run.contains("checksum"),
        "{code}: {report}"
    );
}

#[test]
fn a_folder_that_cannot_be_compiled_leaves_no_file() {
    let dir = published();
    let common = dir.path().join("schematrons/profils/IHE.sch");
    fs::write(common, schema("cda:title[", "cassé")).unwrap();
    let set = dir.path().join("set.bin");
    let output = segur(&[
        "--lang",
        "en",
        "official",
        "compile",
        path(dir.path()),
        "-o",
        path(&set),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let cause = text(&output.stderr);
    assert!(cause.contains("IHE"), "{cause}");
    let left: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert_eq!(left, ["schematrons"]);
    let nowhere = segur(&[
        "--lang",
        "en",
        "official",
        "inspect",
        path(&dir.path().join("absent")),
    ]);
    assert_eq!(nowhere.status.code(), Some(2));
    let cause = text(&nowhere.stderr);
    assert_eq!(cause.matches("absent").count(), 1, "{cause}");
}
