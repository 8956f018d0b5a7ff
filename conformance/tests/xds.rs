//! `segur xds` as a user runs it: against `segur sandbox dmp` over mutual TLS, and over saved messages. Every identity is fictitious.
#![cfg(all(feature = "sandbox", feature = "xds"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "common/process.rs"]
mod process;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use process::Process;
use serde_json::Value;

fn segur(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(["--lang", "en"])
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {} {}", text(&output.stdout), text(&output.stderr)))
}

/// A sandbox in a process of its own, as in the other terminal.
struct Sandbox {
    _process: Process,
    dir: tempfile::TempDir,
}

impl Sandbox {
    fn start(quirks: &[&str]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let process = Process::start(&dir.path().join("box"), quirks);
        Self {
            _process: process,
            dir,
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn run(&self, command: &str, args: &[&str]) -> Output {
        let sandbox = self.file("box");
        segur(&[&["xds", command, "--sandbox", path(&sandbox)], args].concat())
    }

    /// A vaccination note of its own; its uniqueId.
    fn note(&self, name: &str) -> (PathBuf, String) {
        let (from, to) = (self.file(&format!("{name}.toml")), self.file(name));
        assert_eq!(
            code(&segur(&[
                "new",
                "vac-note",
                "--template",
                "-o",
                path(&from)
            ])),
            0
        );
        assert_eq!(
            code(&segur(&[
                "new",
                "vac-note",
                "--from",
                path(&from),
                "-o",
                path(&to)
            ])),
            0
        );
        let read = json(&segur(&["inspect", "--format", "json", path(&to)]));
        (to, read["id"].as_str().unwrap().to_owned())
    }
}

/// What identifies the patient of the notes.
const PERSONAL: [&str; 2] = ["224057511400151", "EXEMPLE"];

fn tells_nobody(output: &Output) {
    let all = text(&output.stdout) + &text(&output.stderr);
    for one in PERSONAL {
        assert!(!all.contains(one), "{one}: {all}");
    }
}

// req: SC.DMP/CONF.03
// req: SC.DMP/UX.14.TER
#[test]
fn the_whole_round_trip() {
    let sandbox = Sandbox::start(&[]);
    let (note, id) = sandbox.note("note.xml");

    let dry = sandbox.run("submit", &["--dry-run", path(&note)]);
    assert_eq!(code(&dry), 0, "{}", text(&dry.stderr));
    tells_nobody(&dry);
    let shown = text(&dry.stdout);
    assert!(
        shown.contains("ProvideAndRegisterDocumentSetRequest") && shown.contains(&id),
        "{shown}"
    );
    let by_patient = ["--patient-of", path(&note)];
    let none = sandbox.run("query", &by_patient);
    assert!(
        text(&none.stdout).contains("nothing was found"),
        "a dry run sends nothing"
    );

    let raw = sandbox.file("raw");
    let sent = sandbox.run("submit", &["--raw", path(&raw), path(&note)]);
    assert_eq!(code(&sent), 0, "{}", text(&sent.stderr));
    assert!(text(&sent.stdout).contains(&id));
    tells_nobody(&sent);

    let found = sandbox.run("query", &by_patient);
    assert_eq!(code(&found), 0);
    tells_nobody(&found);
    let table = text(&found.stdout);
    assert!(
        table.contains(&id) && table.contains("Approved") && table.contains("visible"),
        "{table}"
    );
    let listed = json(&sandbox.run("query", &["--json", "--patient-of", path(&note)]));
    let entry = &listed["objects"]["documents"][0];
    assert_eq!(entry["uniqueId"], id.as_str());
    assert_eq!(entry["patientId"], "*** (1.2.250.1.213.1.4.10)");
    let uuid = entry["entryUuid"].as_str().unwrap();
    let open = sandbox.run("query", &["--json", "--show-identity", "--uuid", uuid]);
    assert!(text(&open.stdout).contains(PERSONAL[0]));
    let refs = json(&sandbox.run("query", &["--json", "--ids-only", "--unique-id", &id]));
    assert_eq!(refs["objects"]["object_refs"][0], uuid);
    let sets = json(&sandbox.run("query", &["--json", "--find", "sets", "--uuid", uuid]));
    let set = sets["objects"]["submission_sets"][0]["uniqueId"]
        .as_str()
        .unwrap();
    let inside = json(&sandbox.run(
        "query",
        &["--json", "--find", "set-contents", "--unique-id", set],
    ));
    assert_eq!(inside["objects"]["documents"][0]["uniqueId"], id.as_str());
    let param = format!("$uuid={uuid}");
    let named = [
        "--json",
        "--stored-query",
        "GetSubmissionSets",
        "--param",
        &param,
    ];
    assert_eq!(
        json(&sandbox.run("query", &named))["objects"]["submission_sets"][0]["uniqueId"],
        set
    );

    let out = sandbox.file("out");
    let fetched = sandbox.run("retrieve", &["--check", "--out", path(&out), &id]);
    assert_eq!(code(&fetched), 0, "{}", text(&fetched.stderr));
    assert!(text(&fetched.stdout).contains("hash and size checked"));
    assert_eq!(
        std::fs::read(out.join(format!("{id}.xml"))).unwrap(),
        std::fs::read(&note).unwrap()
    );
    let again = sandbox.run("retrieve", &["--out", path(&out), &id]);
    assert_eq!(code(&again), 2, "what is there is not written over");
    let partly = sandbox.run(
        "retrieve",
        &[
            "--json",
            "--out",
            path(&sandbox.file("out2")),
            &id,
            "1.2.3.4",
        ],
    );
    assert_eq!(code(&partly), 1);
    let states: Vec<String> = json(&partly)["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        states.contains(&"written".to_owned()) && states.contains(&"not_given".to_owned()),
        "{states:?}"
    );

    let unasked = sandbox.run("update", &["--mask", &id]);
    assert_eq!(code(&unasked), 2);
    assert!(text(&unasked.stderr).contains("--yes"));
    let masked = sandbox.run("update", &["--mask", "--hide-from-patient", "--yes", &id]);
    assert_eq!(code(&masked), 0, "{}", text(&masked.stderr));
    let listed = json(&sandbox.run("query", &["--json", "--unique-id", &id]));
    let hidden = &listed["objects"]["documents"][0]["hiddenFrom"];
    assert_eq!(hidden, &serde_json::json!(["professionals", "patient"]));
    let same = sandbox.run("update", &["--json", "--mask", "--yes", &id]);
    assert_eq!(json(&same)["changed"], false);
    let shown = sandbox.run("update", &["--unmask", "--show-to-patient", "--yes", &id]);
    assert_eq!(code(&shown), 0, "{}", text(&shown.stderr));
    for (change, status) in [("--archive", "archived"), ("--unarchive", "approved")] {
        assert_eq!(
            code(&sandbox.run("update", &[change, "--yes", &id])),
            0,
            "{change}"
        );
        let table = sandbox.run("query", &["--status", status, "--patient-of", path(&note)]);
        assert!(text(&table.stdout).contains(&id), "{change}");
    }

    let (newer, newer_id) = sandbox.note("newer.xml");
    let replaced = sandbox.run("submit", &["--replace", &id, path(&newer)]);
    assert_eq!(code(&replaced), 0, "{}", text(&replaced.stderr));
    let table = text(&sandbox.run("query", &by_patient).stdout);
    assert!(table.contains(&newer_id) && !table.contains(&id), "{table}");
    let related = sandbox.run(
        "query",
        &[
            "--json",
            "--find",
            "related",
            "--relation",
            "rplc",
            "--unique-id",
            &newer_id,
        ],
    );
    let related = json(&related);
    assert_eq!(related["objects"]["associations"][0]["kind"], "RPLC");

    assert_eq!(
        code(&sandbox.run("update", &["--delete", "--yes", &newer_id])),
        0
    );
    let gone = sandbox.run("query", &["--status", "all", "--patient-of", path(&note)]);
    assert!(!text(&gone.stdout).contains(&newer_id));
    assert_eq!(
        code(&sandbox.run("update", &["--delete", "--yes", &newer_id])),
        1
    );

    // What was kept is what `inspect` reads.
    let request = json(&segur(&[
        "xds",
        "inspect",
        "--json",
        path(&raw.join("001-request.txt")),
    ]));
    assert_eq!(request["transaction"], "ITI-41");
    assert_eq!(request["form"], "http-multipart");
    assert_eq!(request["documents"][0]["as_told"], true);
    assert_eq!(request["problems"], serde_json::json!([]));
    let answer = json(&segur(&[
        "xds",
        "inspect",
        "--json",
        path(&raw.join("001-answer.txt")),
    ]));
    assert_eq!(
        (answer["transaction"].as_str(), answer["status"].as_str()),
        (Some("ITI-41"), Some("Success"))
    );
}

#[test]
fn a_file_with_a_description_is_submitted_too() {
    let sandbox = Sandbox::start(&[]);
    let template = segur(&["xds", "submit", "--template"]);
    let description = sandbox.file("report.toml");
    std::fs::write(&description, &template.stdout).unwrap();
    std::fs::write(sandbox.file("report.pdf"), b"%PDF-1.4 --segur\r\n\0").unwrap();
    let sent = sandbox.run("submit", &["--json", path(&description)]);
    assert_eq!(code(&sent), 0, "{}", text(&sent.stderr));
    let id = json(&sent)["documents"][0]["unique_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let out = sandbox.file("out");
    assert_eq!(
        code(&sandbox.run("retrieve", &["--check", "--out", path(&out), &id])),
        0
    );
    assert!(out.join(format!("{id}.pdf")).exists());
    let again = sandbox.run("submit", &[path(&description)]);
    assert_eq!(code(&again), 1);
    let told = text(&again.stderr);
    assert!(
        told.contains("XDSDuplicateUniqueIdInRegistry") && told.contains("--unique-id"),
        "{told}"
    );
}

/// Documents are in the folder when all of the answer has come, and not before.
#[test]
fn an_answer_that_breaks_off_leaves_nothing_in_the_folder() {
    let sandbox = Sandbox::start(&["cut-answer @ITI-43 x1"]);
    let (note, id) = sandbox.note("note.xml");
    assert_eq!(code(&sandbox.run("submit", &[path(&note)])), 0);
    let out = sandbox.file("out");
    let fetch = || sandbox.run("retrieve", &["--check", "--out", path(&out), &id]);
    let names = || {
        let all = std::fs::read_dir(&out).unwrap();
        let all = all.map(|one| one.unwrap().file_name().into_string().unwrap());
        all.collect::<Vec<_>>()
    };
    let broken = fetch();
    assert_eq!(code(&broken), 2, "{}", text(&broken.stderr));
    assert_eq!(names(), Vec::<String>::new());
    assert_eq!(code(&fetch()), 0);
    assert_eq!(names(), [format!("{id}.xml")]);
}

/// Files are read while they are sent; standard input is read once. Both arrive, and are kept, as they are.
#[test]
fn a_large_file_and_standard_input_arrive_byte_for_byte() {
    let sandbox = Sandbox::start(&[]);
    let raw = sandbox.file("raw");
    let out = sandbox.file("out");
    let large: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let description = sandbox.file("scan.toml");
    let template = text(&segur(&["xds", "submit", "--template"]).stdout);
    std::fs::write(&description, &template).unwrap();
    std::fs::write(sandbox.file("report.pdf"), &large).unwrap();
    let sent = sandbox.run(
        "submit",
        &["--json", "--raw", path(&raw), path(&description)],
    );
    assert_eq!(code(&sent), 0, "{}", text(&sent.stderr));
    let sent = json(&sent);
    let id = sent["documents"][0]["unique_id"].as_str().unwrap();
    assert_eq!(sent["documents"][0]["size"], large.len());
    let fetched = sandbox.run("retrieve", &["--check", "--out", path(&out), id]);
    assert_eq!(code(&fetched), 0, "{}", text(&fetched.stderr));
    assert!(std::fs::read(out.join(format!("{id}.pdf"))).unwrap() == large);
    let kept = path(&raw.join("001-request.txt")).to_owned();
    let kept = json(&segur(&["xds", "inspect", "--json", &kept]));
    assert_eq!(kept["documents"][0]["as_told"], true);

    let (note, id) = sandbox.note("note.xml");
    let piped = Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(["--lang", "en", "xds", "submit", "--sandbox"])
        .arg(sandbox.file("box"))
        .arg("-")
        .stdin(std::fs::File::open(&note).unwrap())
        .output()
        .unwrap();
    assert_eq!(code(&piped), 0, "{}", text(&piped.stderr));
    let fetched = sandbox.run("retrieve", &["--check", "--out", path(&out), &id]);
    assert_eq!(code(&fetched), 0, "{}", text(&fetched.stderr));
    let fetched = std::fs::read(out.join(format!("{id}.xml"))).unwrap();
    assert!(fetched == std::fs::read(&note).unwrap());
}

#[test]
fn a_user_and_a_key_make_a_vihf_and_sign_what_is_sent() {
    let sandbox = Sandbox::start(&["require-vihf", "require-signature"]);
    let (note, id) = sandbox.note("note.xml");
    let user = sandbox.file("box/user.toml");
    let bare = sandbox.run("submit", &["--sign", path(&note)]);
    assert_eq!(code(&bare), 1);
    let told = text(&bare.stderr);
    assert!(told.contains("VIHF: there is none"), "{told}");
    let with = |command: &str, args: &[&str]| {
        sandbox.run(command, &[&["--user", path(&user)], args].concat())
    };
    let unsigned = with("submit", &[path(&note)]);
    assert_eq!(code(&unsigned), 1);
    let told = text(&unsigned.stderr);
    assert!(told.contains("the submission has no signature"), "{told}");

    let dry = with("submit", &["--sign", "--dry-run", path(&note)]);
    assert_eq!(code(&dry), 0, "{}", text(&dry.stderr));
    assert!(text(&dry.stdout).contains("AssociationType:signs"));
    let sent = with("submit", &["--sign", "--json", path(&note)]);
    assert_eq!(code(&sent), 0, "{}", text(&sent.stderr));
    let sent = json(&sent);
    assert_eq!(sent["documents"][0]["unique_id"], id.as_str());
    assert_eq!(sent["documents"].as_array().unwrap().len(), 2);

    let found = with("query", &["--patient-of", path(&note)]);
    assert!(text(&found.stdout).contains(&id));
    // By its id alone nobody knows whose record is opened.
    let out = sandbox.file("out");
    let fetch = ["--out", path(&out), &id];
    let whose = with("retrieve", &fetch);
    assert_eq!(code(&whose), 2);
    assert!(text(&whose.stderr).contains("--record-of"));
    let record = ["--record-of", path(&note)];
    let fetched = with("retrieve", &[&record, &fetch[..]].concat());
    assert_eq!(code(&fetched), 0, "{}", text(&fetched.stderr));
    let other = with(
        "retrieve",
        &[&["--record", "279035121518989"], &fetch[..]].concat(),
    );
    assert_eq!(code(&other), 1);
    assert!(text(&other.stderr).contains("another patient"));

    let hide = ["--yes", "--hide-from-patient", &id];
    let glass = ["--access", "break-glass"];
    let without_reason = with("update", &[&record, &glass, &hide[..]].concat());
    assert_eq!(code(&without_reason), 2);
    let told = text(&without_reason.stderr);
    assert!(told.contains("why the glass is broken"), "{told}");
    let reason = ["--reason", "patient inconscient"];
    let hidden = with("update", &[&record, &glass, &reason, &hide[..]].concat());
    assert_eq!(code(&hidden), 0, "{}", text(&hidden.stderr));
}

#[test]
fn a_user_file_is_checked_where_it_is_wrong() {
    let sandbox = Sandbox::start(&[]);
    let (note, _) = sandbox.note("note.xml");
    let user = sandbox.file("user.toml");
    let whole = std::fs::read_to_string(sandbox.file("box/user.toml")).unwrap();
    for (from, to, part) in [
        (
            "specialty =",
            "speciality =",
            "user.toml:7:1: unknown field `speciality`",
        ),
        ("mode = \"direct\"", "mode = \"card\"", "user.toml:2:8"),
        ("# class", "class", "with mode = \"indirect\" only"),
        ("\"899700000001\"", "\"1\"", "PS_IdNat"),
        ("sector = \"SA07\"", "sector = \"\"", "sector"),
    ] {
        assert!(whole.contains(from), "{from}");
        std::fs::write(&user, whole.replace(from, to)).unwrap();
        let refused = sandbox.run("submit", &["--user", path(&user), path(&note)]);
        let told = text(&refused.stderr);
        assert_eq!(code(&refused), 2, "{told}");
        assert!(told.contains(part), "{part}: {told}");
    }
    std::fs::write(&user, whole).unwrap();
    let no_key = segur(&[
        "xds",
        "query",
        "--server",
        "https://localhost:1",
        "--patient",
        "1",
        "--user",
        path(&user),
    ]);
    assert_eq!(code(&no_key), 2);
    assert!(text(&no_key.stderr).contains("--sign-cert"));
    let login = sandbox.run(
        "query",
        &[
            "--patient",
            "1",
            "--proxy",
            "http://lgc:secret@proxy.example",
        ],
    );
    let told = text(&login.stderr);
    assert_eq!(code(&login), 2);
    assert!(
        told.contains("without login") && !told.contains("secret"),
        "{told}"
    );
    let reason = sandbox.run("query", &["--patient", "1", "--reason", "x"]);
    assert!(text(&reason.stderr).contains("with --user only"));
}

/// Nobody knows whether it arrived: the code says so, and the text how to find out.
#[test]
fn a_broken_connection_leaves_a_question() {
    let sandbox = Sandbox::start(&["drop-after x1"]);
    let (note, id) = sandbox.note("note.xml");
    let open = sandbox.run("submit", &["--json", path(&note)]);
    let told = text(&open.stderr);
    assert_eq!(code(&open), 3, "{told}");
    assert!(
        told.contains("may have arrived") && told.contains(&format!("--unique-id {id}")),
        "{told}"
    );
    assert_eq!(json(&open)["error"]["may_have_arrived"], true);
    tells_nobody(&open);
    let found = sandbox.run("query", &["--unique-id", &id]);
    assert!(text(&found.stdout).contains(&id), "it did arrive, once");
    let again = sandbox.run("submit", &[path(&note)]);
    assert_eq!(code(&again), 1, "the service says no: that is known");
}

/// The user's Ctrl-C ends no submission without a word.
#[cfg(unix)]
#[test]
fn ctrl_c_while_it_is_sent_leaves_the_same_question() {
    let sandbox = Sandbox::start(&["silent @ITI-41 x1"]);
    let (note, id) = sandbox.note("note.xml");
    let sending = Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(["--lang", "en", "xds", "submit", "--sandbox"])
        .args([sandbox.file("box"), note])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let is_there = || {
        let found = sandbox.run("query", &["--ids-only", "--unique-id", &id]);
        text(&found.stdout).contains("urn:uuid:")
    };
    assert!((0..1000).any(|_| is_there()), "it never arrived");
    let process = sending.id().to_string();
    let told = Command::new("kill").args(["-INT", &process]).status();
    assert!(told.unwrap().success());
    let open = sending.wait_with_output().unwrap();
    let told = text(&open.stderr);
    assert_eq!(open.status.code(), Some(3), "{told}");
    assert!(told.contains(&format!("--unique-id {id}")), "{told}");
}

#[test]
fn the_command_that_looks_an_update_up_can_be_copied() {
    let sandbox = Sandbox::start(&["drop-after @ITI-57 x1"]);
    let (note, id) = sandbox.note("note.xml");
    assert_eq!(code(&sandbox.run("submit", &[path(&note)])), 0);
    let open = sandbox.run("update", &["--mask", "--yes", &id]);
    assert_eq!(code(&open), 3);
    let folder = sandbox.file("box");
    let command = format!(
        "segur xds query --sandbox {} --unique-id {id}",
        path(&folder)
    );
    let told = text(&open.stderr);
    assert!(told.contains(&command), "{told}");
}

#[test]
fn a_file_that_is_there_is_left_alone_and_the_others_are_written() {
    let sandbox = Sandbox::start(&[]);
    let (note, id) = sandbox.note("note.xml");
    let (other, other_id) = sandbox.note("other.xml");
    assert_eq!(
        code(&sandbox.run("submit", &[path(&note), path(&other)])),
        0
    );
    let out = sandbox.file("out");
    let file = out.join(format!("{id}.xml"));
    std::fs::create_dir(&out).unwrap();
    std::fs::write(&file, "mine").unwrap();
    let args = ["--json", "--out", path(&out), &id, &other_id];
    let fetched = sandbox.run("retrieve", &args);
    assert_eq!(code(&fetched), 2, "{}", text(&fetched.stderr));
    let told = json(&fetched);
    for one in told["documents"].as_array().unwrap() {
        let expected = match one["unique_id"] == id.as_str() {
            true => "there_already",
            false => "written",
        };
        assert_eq!(one["state"], expected, "{told}");
    }
    assert_eq!(std::fs::read_to_string(file).unwrap(), "mine");
    assert!(out.join(format!("{other_id}.xml")).exists());
}

#[test]
fn programs_are_told_too_when_there_is_nothing_to_change_or_to_replace() {
    let sandbox = Sandbox::start(&[]);
    let (note, _) = sandbox.note("note.xml");
    for (command, args) in [
        ("update", ["--json", "--mask", "--yes", "1.2.3"]),
        ("submit", ["--json", "--replace", "1.2.3", path(&note)]),
    ] {
        let refused = sandbox.run(command, &args);
        assert_eq!(code(&refused), 1, "{command}");
        let told = json(&refused)["error"]["message"].to_string();
        assert!(told.contains("nothing was sent"), "{told}");
    }
}

#[test]
fn every_stored_query_has_its_name() {
    let sandbox = Sandbox::start(&[]);
    let (note, id) = sandbox.note("note.xml");
    assert_eq!(code(&sandbox.run("submit", &[path(&note)])), 0);
    let without = |practice: &str| {
        let exclude =
            format!("XDSDocumentEntryPracticeSettingCodeExclude={practice}^^1.2.250.1.213.1.1.4.9");
        let args = [
            "--stored-query",
            "FindDocumentsExclude",
            "--patient-of",
            path(&note),
            "--param",
            "XDSDocumentEntryStatus=urn:oasis:names:tc:ebxml-regrep:StatusType:Approved",
            "--param",
            &exclude,
        ];
        let found = sandbox.run("query", &args);
        assert_eq!(code(&found), 0, "{}", text(&found.stderr));
        text(&found.stdout).contains(&id)
    };
    assert!(without("ETABLISSEMENT") && !without("AMBULATOIRE"));
}

#[test]
fn an_address_that_is_typed_leaves_the_other_one_as_it_is() {
    let sandbox = Sandbox::start(&[]);
    let (note, id) = sandbox.note("note.xml");
    assert_eq!(code(&sandbox.run("submit", &[path(&note)])), 0);
    // The repository of the settings needs no registry.
    let nowhere = ["--registry", "https://localhost:1/registry"];
    let out = sandbox.file("out");
    let fetch = [nowhere.as_slice(), &["--out", path(&out), &id]].concat();
    let fetched = sandbox.run("retrieve", &fetch);
    assert_eq!(code(&fetched), 0, "{}", text(&fetched.stderr));

    let mut args = vec!["xds", "retrieve", "--repository-id", "1.2.3"];
    args.extend(fetch);
    let lost = segur(&args);
    assert_eq!(code(&lost), 2);
    let told = text(&lost.stderr);
    assert!(told.contains("--repository URL"), "{told}");

    let settings = sandbox.file("settings.toml");
    std::fs::write(&settings, "server = \"https://localhost:1\"\ntimeout = 0\n").unwrap();
    let config = ["xds", "query", "--config", path(&settings)];
    let output = segur(&[&config, ["--unique-id", "1.2"].as_slice()].concat());
    assert_eq!(code(&output), 2);
    let told = text(&output.stderr);
    assert!(told.contains("1 to 3600"), "{told}");
}

/// The settings that the sandbox writes are those of the registry that it is.
#[test]
fn a_sandbox_as_ihe_has_it_is_called_as_ihe_has_it() {
    let sandbox = Sandbox::start(&["ihe"]);
    let (note, id) = sandbox.note("note.xml");
    let sent = sandbox.run("submit", &[path(&note)]);
    assert_eq!(code(&sent), 0, "{}", text(&sent.stderr));
    let found = sandbox.run("query", &["--patient-of", path(&note)]);
    assert!(text(&found.stdout).contains(&id));
    let settings = std::fs::read_to_string(sandbox.file("box/segur-xds.toml")).unwrap();
    assert!(settings.contains("profile = \"ihe\""), "{settings}");
}

#[test]
fn what_is_wrong_is_told_at_once_and_nothing_is_sent() {
    let sandbox = Sandbox::start(&["drop"]);
    let bare = sandbox.file("bare.xml");
    let cda = r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><id root="1.2.250.1.999.1.1"/><title>DUPONT</title></ClinicalDocument>"#;
    std::fs::write(&bare, cda).unwrap();
    let refused = sandbox.run("submit", &[path(&bare)]);
    assert_eq!(code(&refused), 1);
    let told = text(&refused.stderr);
    for field in [
        "typeCode",
        "classCode",
        "formatCode",
        "patientId",
        "serviceStartTime",
        "--act-start",
        "--facility",
    ] {
        assert!(told.contains(field), "{field}: {told}");
    }
    assert!(told.contains("nothing was sent") && !told.contains("DUPONT"));
    let named = format!("Document01: {}", path(&bare));
    assert!(told.contains(&named), "{told}");
    let listed = json(&sandbox.run("submit", &["--json", "--dry-run", path(&bare)]));
    assert_eq!(listed["ok"], false);
    let problems = listed["problems"].as_array().unwrap();
    assert!(problems.len() > 5);
    let is_of = |one: &Value, file: &str| one["object"] == "Document01" && one["file"] == file;
    assert!(problems.iter().any(|one| is_of(one, path(&bare))));

    let pdf = sandbox.file("a.pdf");
    std::fs::write(&pdf, b"%PDF").unwrap();
    let refused = sandbox.run("submit", &[path(&pdf)]);
    assert_eq!(code(&refused), 2);
    assert!(text(&refused.stderr).contains("--template"));

    for (args, part) in [
        (vec!["query"], "whom to call"),
        (vec!["query", "--sandbox", "nowhere"], "segur sandbox dmp"),
        (
            vec!["query", "--server", "https://localhost:1", "--cert", "x"],
            "whose?",
        ),
        (
            vec![
                "query",
                "--server",
                "https://localhost:1",
                "--patient",
                "1",
                "--cert",
                "x",
            ],
            "go together",
        ),
        (
            vec![
                "query",
                "--server",
                "https://localhost:1",
                "--patient",
                "1",
                "--find",
                "sets",
                "--type",
                "x",
            ],
            "--type",
        ),
        (
            vec![
                "query",
                "--server",
                "https://localhost:1",
                "--patient",
                "1",
                "--act-from",
                "soon",
            ],
            "--act-from",
        ),
        (
            vec![
                "query",
                "--server",
                "https://localhost:1",
                "--stored-query",
                "x",
            ],
            "FindDocuments",
        ),
        (
            vec![
                "query",
                "--server",
                "https://localhost:1",
                "--stored-query",
                "GetSubmissionSets",
                "--param",
                "x=y",
            ],
            "$uuid",
        ),
        (
            vec![
                "query",
                "--server",
                "http://localhost:1",
                "--unique-id",
                "1.2",
            ],
            "https://",
        ),
        (
            vec![
                "query",
                "--server",
                "https://localhost:1",
                "--unique-id",
                "1.2",
                "--ca",
                "missing.pem",
            ],
            "missing.pem",
        ),
    ] {
        let output = segur(&[&["xds"], args.as_slice()].concat());
        let told = text(&output.stderr);
        let first_needs = part == "whom to call" && told.contains("whose?");
        assert_eq!(code(&output), 2, "{args:?} {told}");
        assert!(told.contains(part) || first_needs, "{args:?} {told}");
    }

    let settings = sandbox.file("settings.toml");
    std::fs::write(&settings, "server = \"https://localhost:1\"\nauthor = 12\n").unwrap();
    let output = segur(&[
        "xds",
        "query",
        "--config",
        path(&settings),
        "--unique-id",
        "1.2",
    ]);
    assert!(
        text(&output.stderr).contains("settings.toml:2:"),
        "{}",
        text(&output.stderr)
    );
    let vihf = sandbox.file("vihf.xml");
    std::fs::write(&vihf, "<x>DUPONT</x>").unwrap();
    let output = sandbox.run("query", &["--vihf", path(&vihf), "--unique-id", "1.2"]);
    assert_eq!(code(&output), 2);
    assert!(!text(&output.stderr).contains("DUPONT"));
}

const SOAP: &str = "http://www.w3.org/2003/05/soap-envelope";

fn inspected(content: &[u8], args: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("message");
    std::fs::File::create(&file)
        .unwrap()
        .write_all(content)
        .unwrap();
    segur(&[&["xds", "inspect", path(&file)], args].concat())
}

fn envelope(body: &str) -> String {
    format!(r#"<s:Envelope xmlns:s="{SOAP}"><s:Body>{body}</s:Body></s:Envelope>"#)
}

const QUERY: &str = r#"<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><q:ResponseOption returnType="LeafClass"/><r:AdhocQuery id="urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"><r:Slot name="$XDSDocumentEntryPatientId"><r:ValueList><r:Value>'279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH'</r:Value></r:ValueList></r:Slot>STATUS</r:AdhocQuery></q:AdhocQueryRequest>"#;
const STATUS: &str = r#"<r:Slot name="$XDSDocumentEntryStatus"><r:ValueList><r:Value>('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')</r:Value></r:ValueList></r:Slot>"#;
const FAILURE: &str = r#"<r:RegistryResponse xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure"><r:RegistryErrorList><r:RegistryError errorCode="XDSUnknownPatientId" codeContext="DUPONT is unknown"/></r:RegistryErrorList></r:RegistryResponse>"#;
const ASKED: &str = r#"<x:RetrieveDocumentSetRequest xmlns:x="urn:ihe:iti:xds-b:2007"><x:DocumentRequest><x:RepositoryUniqueId>1.2.3</x:RepositoryUniqueId><x:DocumentUniqueId>ID</x:DocumentUniqueId></x:DocumentRequest></x:RetrieveDocumentSetRequest>"#;
const OBJECTS: &str = r#"<r:ExtrinsicObject xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" id="urn:uuid:1" mimeType="text/xml" objectType="urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"/>"#;

#[test]
fn inspect_tells_queries_and_masks_the_patient() {
    let good = envelope(&QUERY.replace("STATUS", STATUS));
    let shown = inspected(good.as_bytes(), &[]);
    assert_eq!(code(&shown), 0, "{}", text(&shown.stdout));
    let told = text(&shown.stdout);
    assert!(
        told.contains("ITI-18 request")
            && told.contains("FindDocuments")
            && told.contains("Approved"),
        "{told}"
    );
    assert!(!told.contains("279035121518989"));
    let open = inspected(good.as_bytes(), &["--show-identity"]);
    assert!(text(&open.stdout).contains("279035121518989"));
    let lacking = inspected(QUERY.replace("STATUS", "").as_bytes(), &[]);
    assert_eq!(code(&lacking), 1);
    assert!(text(&lacking.stdout).contains("XDSStoredQueryMissingParam"));
}

#[test]
fn inspect_tells_a_query_of_several_patients() {
    const ACTION: &str = "urn:ihe:iti:2009:MultiPatientStoredQuery";
    let query = QUERY.replace("STATUS", STATUS).replace(
        "14d4debf-8f97-4251-9a74-a90016b0af0d",
        "3d1bdb10-39a2-11de-89c2-2f44d94eaa9f",
    );
    let answer = r#"<q:AdhocQueryResponse xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0" xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"><r:RegistryObjectList/></q:AdhocQueryResponse>"#;
    for (body, action) in [
        (query.as_str(), ACTION.to_owned()),
        (answer, format!("{ACTION}Response")),
    ] {
        let head = format!(
            r#"<s:Header><a:Action xmlns:a="http://www.w3.org/2005/08/addressing">{action}</a:Action></s:Header>"#
        );
        let message = envelope(body).replacen("<s:Body>", &format!("{head}<s:Body>"), 1);
        let told = json(&inspected(message.as_bytes(), &["--json"]));
        assert_eq!(told["transaction"], "ITI-51");
        let warnings = told["warnings"].to_string();
        assert!(!warnings.contains("wsa:Action"), "{warnings}");
    }
}

#[test]
fn inspect_tells_answers_and_faults_without_their_words() {
    let refused = inspected(envelope(FAILURE).as_bytes(), &[]);
    assert_eq!(code(&refused), 0);
    let told = text(&refused.stdout);
    assert!(
        told.contains("Failure")
            && told.contains("XDSUnknownPatientId")
            && !told.contains("DUPONT"),
        "{told}"
    );
    assert!(text(&inspected(FAILURE.as_bytes(), &["--show-identity"]).stdout).contains("DUPONT"));
    let fault = envelope(
        "<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang=\"fr\">DUPONT</s:Text></s:Reason></s:Fault>",
    );
    let saved = format!(
        "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/soap+xml\r\n\r\n{fault}"
    );
    let fault = json(&inspected(saved.as_bytes(), &["--json"]));
    assert_eq!(fault["direction"], "fault");
    assert_eq!(fault["http_status"], 500);
    assert!(!fault.to_string().contains("DUPONT"));
}

#[test]
fn inspect_tells_retrievals_and_bare_objects() {
    let asked = json(&inspected(
        ASKED.replace("ID", "1.2.3.4").as_bytes(),
        &["--json"],
    ));
    assert_eq!(
        (asked["transaction"].as_str(), asked["direction"].as_str()),
        (Some("ITI-43"), Some("request"))
    );
    assert_eq!(asked["requested"][0]["document_unique_id"], "1.2.3.4");
    let wrong = inspected(ASKED.replace("ID", "urn:uuid:1").as_bytes(), &[]);
    assert_eq!(code(&wrong), 1, "an entryUUID in the place of a uniqueId");
    let list = format!(
        r#"<r:RegistryObjectList xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">{OBJECTS}</r:RegistryObjectList>"#
    );
    for objects in [OBJECTS, &list] {
        let told = json(&inspected(objects.as_bytes(), &["--json"]));
        assert_eq!(told["objects"]["documents"][0]["entryUuid"], "urn:uuid:1");
        assert!(!told["warnings"].as_array().unwrap().is_empty());
    }
    let submitted = format!(
        r#"<l:SubmitObjectsRequest xmlns:l="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0">{list}</l:SubmitObjectsRequest>"#
    );
    let told = inspected(submitted.as_bytes(), &["--json"]);
    assert_eq!(code(&told), 1, "no submission set");
    assert_eq!(json(&told)["transaction"], "ITI-42");
}

#[test]
fn inspect_compares_parts_with_metadata_and_writes_them_when_asked() {
    let file = "<a/>";
    let retrieved = |cid: &str| {
        let body = format!(
            r#"<x:RetrieveDocumentSetResponse xmlns:x="urn:ihe:iti:xds-b:2007"><r:RegistryResponse xmlns:r="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"/><x:DocumentResponse><x:RepositoryUniqueId>1.2.3</x:RepositoryUniqueId><x:DocumentUniqueId>../../1.2</x:DocumentUniqueId><x:mimeType>text/xml</x:mimeType><x:Document><i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:{cid}"/></x:Document></x:DocumentResponse></x:RetrieveDocumentSetResponse>"#
        );
        let root = envelope(&body);
        format!(
            "--b\r\nContent-Type: application/xop+xml\r\nContent-ID: <root>\r\n\r\n{root}\r\n--b\r\nContent-Type: text/xml\r\nContent-ID: <one@x>\r\n\r\n{file}\r\n--b--\r\n"
        )
    };
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("parts");
    let told = inspected(
        retrieved("one%40x").as_bytes(),
        &["--json", "--extract", path(&out)],
    );
    assert_eq!(code(&told), 0, "{}", text(&told.stderr));
    let told = json(&told);
    assert_eq!(told["form"], "multipart");
    assert_eq!(
        (
            told["documents"][0]["place"].as_str(),
            told["documents"][0]["size"].as_u64()
        ),
        (Some("part"), Some(4))
    );
    assert!(!told.to_string().contains(file), "content is not shown");
    let written: Vec<_> = std::fs::read_dir(&out)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    assert_eq!(written.len(), 1);
    assert_eq!(std::fs::read_to_string(&written[0]).unwrap(), file);
    let lost = inspected(retrieved("two").as_bytes(), &["--json"]);
    assert_eq!(code(&lost), 1);
    assert_eq!(json(&lost)["documents"][0]["place"], "missing");
    let malformed = retrieved("one%40x").replace("cid:one", "mid:one");
    let malformed = inspected(malformed.as_bytes(), &["--lang", "en"]);
    assert_eq!(code(&malformed), 1);
    let told = text(&malformed.stdout) + &text(&malformed.stderr);
    assert!(
        told.contains("reference to a part of the message cannot be read"),
        "{told}"
    );
}

#[test]
fn inspect_refuses_what_is_no_message_and_quotes_nothing() {
    for bad in [
        "",
        "DUPONT",
        "<html>DUPONT</html>",
        "<a>DUPONT",
        "--b\r\nDUPONT\r\n\r\n<a/>\r\n--b--\r\n",
        "--b\r\nContent-Type: text/xml\r\n\r\n<a>DUPONT</a>",
        "Content-Type: multipart/related; boundary=b\r\n\r\nDUPONT",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>DUPONT</html>",
        r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>"#,
        r#"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>"#,
        r#"<q:AdhocQueryRequest xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"/>"#,
        r#"<!DOCTYPE a [<!ENTITY b "DUPONT">]><a>&b;</a>"#,
    ] {
        for lang in ["fr", "en"] {
            let output = inspected(bad.as_bytes(), &["--lang", lang]);
            let told = text(&output.stdout) + &text(&output.stderr);
            assert_eq!(code(&output), 2, "{bad}: {told}");
            assert!(!told.contains("DUPONT"), "{told}");
        }
    }
}
