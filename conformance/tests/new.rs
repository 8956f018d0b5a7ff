//! `segur new`: templates that make documents, descriptions that are refused at their place.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong"
)]

use std::path::Path;
use std::process::{Command, Output};

const KINDS: [&str; 7] = [
    "cse-mde", "cse-cs8", "cse-cs9", "cse-cs24", "vac-note", "vac", "bio-trod",
];

fn segur(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_segur"));
    command
        .current_dir(folder)
        .args(["--lang", "en", "--color", "never"]);
    command.args(arguments).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// What a description is refused with.
fn refused(kind: &str, description: &str) -> String {
    let folder = folder();
    std::fs::write(folder.path().join("d.toml"), description).expect("written");
    let out = segur(
        folder.path(),
        &["new", kind, "--from", "d.toml", "-o", "d.xml"],
    );
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stdout));
    assert!(
        !folder.path().join("d.xml").exists(),
        "no document where the description is refused"
    );
    text(&out.stderr)
}

fn template(kind: &str) -> String {
    let out = segur(folder().path(), &["new", kind, "--template"]);
    assert!(out.status.success());
    text(&out.stdout)
}

// req: SC.CDA/DD.20 SC.CDA/DD.22 SC.CDA/DD.23
#[test]
fn each_template_makes_a_document_without_findings() {
    for kind in KINDS {
        for form in ["toml", "json"] {
            let folder = folder();
            let (description, document) = (format!("d.{form}"), format!("{kind}.xml"));
            let made = segur(
                folder.path(),
                &[
                    "new",
                    kind,
                    "--template",
                    "--format",
                    form,
                    "-o",
                    &description,
                ],
            );
            assert!(made.status.success(), "{}", text(&made.stderr));
            let written = segur(
                folder.path(),
                &["new", kind, "--from", &description, "-o", &document],
            );
            assert_eq!(text(&written.stderr), "", "{kind} {form}");
            assert!(written.status.success(), "{kind} {form}");
            let checked = segur(
                folder.path(),
                &["validate", "--profile", "strict", &document],
            );
            assert!(checked.status.success(), "{}", text(&checked.stdout));
        }
    }
}

#[test]
fn both_forms_say_the_same() {
    let folder = folder();
    for kind in KINDS {
        let text = template(kind);
        let toml: toml::Table = text.parse().expect("TOML");
        std::fs::write(
            folder.path().join("d.json"),
            serde_json::to_vec(&toml).expect("JSON"),
        )
        .expect("written");
        std::fs::write(folder.path().join("d.toml"), text).expect("written");
        let of = |file: &str| segur(folder.path(), &["new", kind, "--from", file]).stdout;
        assert!(!of("d.json").is_empty());
        assert_eq!(of("d.json"), of("d.toml"), "{kind}");
    }
}

#[test]
fn identifiers_are_new_in_each_template() {
    let (one, two) = (template("vac-note"), template("vac-note"));
    assert_ne!(one, two);
    let ids = |text: &str| text.matches("2.25.").count();
    assert_eq!((ids(&one), one.contains("{oid")), (2, false));
    assert!(!one.contains("{uuid"));
}

#[test]
fn a_field_that_does_not_exist_is_named_with_its_place() {
    let wrong = template("vac-note").replacen("\nrank = 1", "\nrang = 1", 1);
    let line = wrong
        .lines()
        .position(|l| l == "rang = 1")
        .expect("changed")
        + 1;
    let told = refused("vac-note", &wrong);
    assert!(told.contains(&format!("d.toml:{line}:1: ")), "{told}");
    assert!(
        told.contains("unknown field `rang`") && told.contains("`rank`"),
        "{told}"
    );
}

#[test]
fn a_missing_field_and_an_unknown_code_are_told() {
    let told = refused(
        "cse-mde",
        &template("cse-mde").replacen("measured_at = ", "# ", 1),
    );
    assert!(told.contains("missing field `measured_at`"), "{told}");
    let told = refused(
        "cse-mde",
        &template("cse-mde").replacen("\"weight\"", "\"mass\"", 1),
    );
    assert!(
        told.contains("unknown variant `mass`") && told.contains("`weight`"),
        "{told}"
    );
    let day = template("vac-note").replacen("date = \"20240712\"", "date = \"20240231\"", 1);
    let told = refused("vac-note", &day);
    assert!(told.contains("day"), "{told}");
}

#[test]
fn what_the_model_refuses_names_the_field() {
    let told = refused(
        "cse-mde",
        &template("cse-mde").replacen("\"9.2\"", "\"400\"", 1),
    );
    assert!(
        told.contains("makes no document") && told.contains("measures.value"),
        "{told}"
    );
    let told = refused(
        "cse-mde",
        &template("cse-mde").replacen("\"20250512\"", "\"20200512\"", 1),
    );
    assert!(
        told.contains("measured_at is before patient.birth_date"),
        "{told}"
    );
}

#[test]
fn a_document_with_findings_is_written_and_told() {
    let folder = folder();
    // a matricule whose key is wrong: `strict` finds it
    let wrong = template("vac-note").replacen("224057511400151", "224057511400152", 1);
    std::fs::write(folder.path().join("d.toml"), wrong).expect("written");
    let out = segur(
        folder.path(),
        &["new", "vac-note", "--from", "d.toml", "-o", "d.xml"],
    );
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("d.xml"));
    assert!(
        !text(&out.stderr).contains("224057511400152"),
        "no personal value is shown"
    );
    assert!(folder.path().join("d.xml").exists());
}

#[test]
fn without_a_description_the_command_says_how_to_get_one() {
    let out = segur(folder().path(), &["new", "vac"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("--template"));
    let out = segur(folder().path(), &["new", "vac", "--from", "none.toml"]);
    assert!(text(&out.stderr).contains("none.toml: the description cannot be read"));
}
