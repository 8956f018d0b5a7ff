//! The command as a user runs it: exit codes, hostile input, the six formats.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn segur(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn good() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cda/tests/data/header.xml");
    fs::read_to_string(path).unwrap()
}

/// A folder with one document that is accepted and one that is not.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a good one.xml"), good()).unwrap();
    let bad = good().replacen(
        "<versionNumber value=\"2\"/>",
        "<versionNumber value=\"deux\"/>",
        1,
    );
    assert_ne!(bad, good());
    fs::write(dir.path().join("bad.xml"), bad).unwrap();
    dir
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn json(args: &[&str]) -> (i32, Value) {
    let output = segur(&[&["validate", "--format", "json", "--lang", "en"], args].concat());
    let parsed = serde_json::from_slice(&output.stdout);
    (
        output.status.code().unwrap(),
        parsed.unwrap_or_else(|e| panic!("{e}: {}", text(&output.stderr))),
    )
}

fn rules(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|f| f["rule"].as_str().unwrap())
        .collect()
}

#[test]
fn exit_codes_tell_fine_findings_and_failure() {
    let dir = folder();
    let good = dir.path().join("a good one.xml");
    assert_eq!(segur(&["validate", path(&good)]).status.code(), Some(0));
    assert_eq!(
        segur(&["validate", path(dir.path())]).status.code(),
        Some(1)
    );
    let missing = dir.path().join("missing.xml");
    let output = segur(&["validate", path(&good), path(&missing)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stdout).contains("file-cannot-read"),
        "the other document is reported"
    );
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(
        segur(&["validate", path(empty.path())]).status.code(),
        Some(2)
    );
    assert_eq!(segur(&["validate"]).status.code(), Some(2));
    assert_eq!(
        segur(&["validate", path(&good), "--profile", "loose"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(
        segur(&["validate", path(&good), "--value-sets", path(&missing)])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn json_has_the_agreed_shape() {
    let dir = folder();
    let (code, report) = json(&[path(dir.path())]);
    assert_eq!(code, 1);
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    assert!(
        files[0]["path"]
            .as_str()
            .unwrap()
            .ends_with("a good one.xml"),
        "sorted by name"
    );
    assert_eq!(files[0]["ok"], true);
    let findings = files[1]["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    for finding in findings {
        for key in ["rule", "xpath", "message"] {
            assert!(finding[key].is_string(), "{key}: {finding}");
        }
        assert!(finding["line"].as_u64().unwrap() > 1 && finding["column"].as_u64().unwrap() >= 1);
        let severity = finding["severity"].as_str().unwrap();
        assert!(["fatal", "error", "warning", "info"].contains(&severity));
    }
    assert!(
        findings
            .iter()
            .any(|f| f["xpath"].as_str().unwrap().contains("versionNumber"))
    );
    assert!(
        !files[1]["not_run"].as_array().unwrap().is_empty(),
        "value sets were not given"
    );
}

#[test]
fn every_hostile_input_gets_a_place_and_a_cause() {
    let dir = tempfile::tempdir().unwrap();
    let nested = "<a>".repeat(1_000_000);
    let attributes: String = (0..1_000_000).map(|i| format!(" a{i}='1'")).collect();
    let laughs = "<!DOCTYPE x [<!ENTITY a \"&#x41;\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
    let mut utf16 = vec![0xfe, 0xff];
    utf16.extend("<a>".encode_utf16().flat_map(u16::to_be_bytes));
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("not-xml", b"%PDF-1.4 no XML here".to_vec()),
        ("empty", Vec::new()),
        ("truncated", good().into_bytes()[..900].to_vec()),
        ("dtd", laughs.as_bytes().to_vec()),
        ("nul", b"<a>\0</a>".to_vec()),
        (
            "wrong-encoding",
            b"<?xml version='1.0' encoding='UTF-8'?><a>\xe9</a>".to_vec(),
        ),
        (
            "unknown-encoding",
            b"<?xml version='1.0' encoding='EBCDIC-FR'?><a/>".to_vec(),
        ),
        ("levels", nested.into_bytes()),
        ("attributes", format!("<a{attributes}/>").into_bytes()),
        ("utf16-truncated", utf16),
        ("other-root", b"<html xmlns='urn:hl7-org:v3'/>".to_vec()),
    ];
    for (name, bytes) in &cases {
        fs::write(dir.path().join(format!("{name}.xml")), bytes).unwrap();
    }
    fs::write(
        dir.path().join("zz-good.xml"),
        [b"\xef\xbb\xbf".as_slice(), good().as_bytes()].concat(),
    )
    .unwrap();
    let (code, report) = json(&[path(dir.path())]);
    assert_eq!(code, 1);
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), cases.len() + 1);
    for file in files {
        let name = file["path"].as_str().unwrap();
        if name.ends_with("zz-good.xml") {
            assert_eq!(file["ok"], true, "a byte order mark is fine: {file}");
            continue;
        }
        let finding = &file["findings"][0];
        assert_eq!(finding["severity"], "fatal", "{name}");
        assert!(finding["line"].as_u64().unwrap() >= 1, "{name}");
        assert!(
            finding["message"].as_str().unwrap().len() > 20,
            "{name}: {finding}"
        );
    }
}

#[test]
fn a_file_above_the_limit_is_not_read() {
    let dir = folder();
    let large = dir.path().join("large.xml");
    fs::File::create(&large)
        .unwrap()
        .set_len(200 << 20)
        .unwrap();
    let (code, report) = json(&[path(dir.path())]);
    assert_eq!(code, 1);
    let file = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["path"] == path(&large))
        .unwrap();
    assert_eq!(rules(file), ["file-too-large"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_does_not_stop_the_others() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = folder();
    let closed = dir.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // The administrator reads anything, so that a link to nowhere stands in for denied access there.
    symlink(dir.path().join("nowhere"), dir.path().join("link.xml")).unwrap();
    let (code, report) = json(&[path(dir.path())]);
    assert_eq!(code, 2);
    let files = report["files"].as_array().unwrap();
    let unread: Vec<_> = files
        .iter()
        .filter(|f| rules(f) == ["file-cannot-read"])
        .collect();
    assert!(!unread.is_empty());
    assert!(
        unread[0]["findings"][0]["found"].as_str().unwrap().len() > 5,
        "the cause is named"
    );
    assert!(files.iter().any(|f| f["ok"] == true));
}

#[test]
fn many_threads_give_the_report_of_one() {
    let dir = tempfile::tempdir().unwrap();
    let padding = " ".repeat(200_000);
    for i in 0..24 {
        let document = good().replacen(
            "</ClinicalDocument>",
            &format!("{padding}</ClinicalDocument>"),
            1,
        );
        let document = if i % 3 == 0 {
            document.replacen("<versionNumber", "<versionNumbre", 1)
        } else {
            document
        };
        fs::write(dir.path().join(format!("{i:02}.xml")), document).unwrap();
    }
    let one = segur(&["validate", path(dir.path()), "--jobs", "1"]);
    let many = segur(&["validate", path(dir.path()), "--jobs", "8"]);
    assert_eq!(one.status.code(), Some(1));
    assert!(one.stdout == many.stdout && one.status == many.status);
}

#[test]
fn sarif_names_tool_rules_and_places() {
    let dir = folder();
    let output = segur(&["validate", path(dir.path()), "--format", "sarif"]);
    let sarif: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "segur");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(
            !place["artifactLocation"]["uri"]
                .as_str()
                .unwrap()
                .contains(' ')
        );
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(result["message"]["text"].is_string());
    }
}

#[test]
fn junit_counts_documents() {
    let dir = folder();
    let output = segur(&["validate", path(dir.path()), "--format", "junit"]);
    let junit = segur_xml::Document::parse(&output.stdout).unwrap();
    let suite = junit.root_element().child("", "testsuite").unwrap();
    assert_eq!(suite.attribute("tests").as_deref(), Some("2"));
    assert_eq!(suite.attribute("failures").as_deref(), Some("1"));
    let cases: Vec<_> = suite.children_named("", "testcase").collect();
    assert_eq!(cases.len(), 2);
    assert!(cases[0].child("", "failure").is_none());
    let failure = cases[1].child("", "failure").unwrap();
    assert!(failure.string_value().contains("versionNumber"));
}

#[test]
fn svrl_describes_one_document_each() {
    const SVRL: &str = "http://purl.oclc.org/dsdl/svrl";
    let dir = folder();
    let output = segur(&[
        "validate",
        path(&dir.path().join("bad.xml")),
        "--format",
        "svrl",
    ]);
    let svrl = segur_xml::Document::parse(&output.stdout).unwrap();
    let root = svrl.root_element();
    assert!(root.is(SVRL, "schematron-output"));
    let failed: Vec<_> = root.children_named(SVRL, "failed-assert").collect();
    assert!(!failed.is_empty());
    for assert in failed {
        for name in ["test", "location", "role", "id"] {
            assert!(
                assert.attribute(name).is_some_and(|v| !v.is_empty()),
                "{name}"
            );
        }
        assert!(assert.child(SVRL, "text").is_some());
    }
    assert_eq!(
        segur(&["validate", path(dir.path()), "--format", "svrl"])
            .status
            .code(),
        Some(2)
    );
    let out = dir.path().join("reports");
    let several = segur(&[
        "validate",
        path(dir.path()),
        "--format",
        "svrl",
        "--output",
        path(&out),
    ]);
    assert_eq!(several.status.code(), Some(1));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 2);
}

#[test]
fn html_loads_nothing_from_elsewhere() {
    let dir = folder();
    let page = dir.path().join("report.html");
    let output = segur(&[
        "validate",
        path(dir.path()),
        "--format",
        "html",
        "--output",
        path(&page),
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("lang=\"fr\""));
    for loader in ["<script", "<link", "<img", "src=", "url(", "@import"] {
        assert!(!html.contains(loader), "{loader}");
    }
    let left: Vec<PathBuf> = fs::read_dir(dir.path())
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    assert!(left.iter().all(|p| !path(p).ends_with(".part")), "{left:?}");
}

#[test]
fn the_patient_is_shown_only_on_request() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("d.xml");
    let marked = good()
        .replacen(
            "<recordTarget>",
            "<recordTarget><wrong name='SENTINELLE'>SENTINELLE</wrong>",
            1,
        )
        .replacen(
            "<patient>",
            "<patient><!-- SENTINELLE --><name use='SENTINELLE'>SENTINELLE</name>",
            1,
        );
    assert_ne!(marked, good());
    fs::write(&file, marked).unwrap();
    for format in ["text", "json", "sarif", "junit", "svrl", "html"] {
        for lang in ["fr", "en"] {
            let output = segur(&[
                "validate",
                path(&file),
                "--profile",
                "strict",
                "--format",
                format,
                "--lang",
                lang,
            ]);
            let all = text(&output.stdout) + &text(&output.stderr);
            assert!(
                output.status.code() == Some(1) && !all.contains("SENTINELLE"),
                "{format}: {all}"
            );
        }
    }
    assert!(!text(&segur(&["inspect", path(&file)]).stdout).contains("SENTINELLE"));
    assert!(
        text(&segur(&["inspect", path(&file), "--show-identity"]).stdout).contains("SENTINELLE")
    );
    let shown = segur(&["validate", path(&file), "--show-identity"]);
    assert!(text(&shown.stdout).contains("SENTINELLE"));
}

#[test]
fn every_rule_is_listed_and_explained_in_both_languages() {
    let listed = segur(&["rules", "--format", "json"]);
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let ids: Vec<&str> = listed["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    assert!(ids.len() > 50, "{}", ids.len());
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    for lang in ["fr", "en"] {
        for id in [ids[0], ids[ids.len() / 2], ids[ids.len() - 1]] {
            let page = segur(&["explain", id, "--lang", lang]);
            assert_eq!(page.status.code(), Some(0));
            assert!(text(&page.stdout).starts_with(id));
        }
    }
    let near = segur(&["explain", "doc-unreadble", "--lang", "en"]);
    assert_eq!(near.status.code(), Some(2));
    assert!(text(&near.stderr).contains("doc-unreadable"));
}

#[test]
fn inspect_tells_what_a_document_is() {
    let dir = folder();
    let file = dir.path().join("a good one.xml");
    let output = segur(&["inspect", path(&file), "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(facts["code"]["code"].is_string());
    assert!(facts.get("patient").is_none());
    assert!(facts["bytes"].as_u64().unwrap() > 1000);
    assert_eq!(facts["encoding"], "UTF-8");
    assert_eq!(segur(&["inspect", "nowhere.xml"]).status.code(), Some(2));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let dir = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(["rules", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mut readme = fs::File::create(dir.path().join("note.txt")).unwrap();
    readme.write_all(b"not a document").unwrap();
    let (code, report) = json(&[path(&dir.path().join("note.txt"))]);
    assert_eq!(
        (code, report["files"].as_array().unwrap().len()),
        (1, 1),
        "a file that is named is read"
    );
}

#[test]
fn standard_input_is_a_document_too() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(["validate", "-", "--format", "json"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(good().as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["files"][0]["bytes"], good().len());
    let hash = report["files"][0]["sha256"].as_str().unwrap();
    assert!(hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()));
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_are_not_followed() {
    let dir = folder();
    for name in ["one", "two"] {
        std::os::unix::fs::symlink(dir.path(), dir.path().join(name)).unwrap();
    }
    let (_, report) = json(&[path(dir.path())]);
    assert_eq!(report["files"].as_array().unwrap().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_device_is_written_and_not_replaced() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let dir = folder();
    let device = dir.path().join("null");
    symlink("/dev/null", &device).unwrap();
    let output = segur(&["validate", path(dir.path()), "--output", path(&device)]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(device.is_symlink());
    assert!(fs::metadata(&device).unwrap().file_type().is_char_device());
}

#[test]
fn source_lines_of_broken_files_show_no_value() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("d.xml");
    // The missing quote turns the inside of the next values out.
    let broken = good().replacen("root=\"", "root=\"1.2 SENTINELLE=\"SENTINELLE ", 1);
    fs::write(&file, broken.replace("</ClinicalDocument>", "")).unwrap();
    let output = segur(&["validate", path(&file), "--lang", "en"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        shown.contains("fatal[doc-unreadable]") && shown.contains('^'),
        "{shown}"
    );
    assert!(!shown.contains("SENTINELLE "), "{shown}");
}
