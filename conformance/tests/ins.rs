//! `segur ins` and `segur cog` as a user runs them.
// req: EXI REC 02
// req: EXI ID 14
// req: EXI ID 15
// req: EXI ID 16
// req: LGC.MDV.06
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const SCAN: &str = "IS010000000000000000000000S1277010115400329S21.2.250.1.213.1.4.8\u{1d}\
     S3SARAH-LOU ANNA\u{1d}S4GARCIA-HAMMADI\u{1d}S5FS621-01-1977S701154";

fn segur(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(args)
        .output()
        .unwrap()
}

fn with_input(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn all(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", all(output)))
}

fn sarah() -> Value {
    json!({
        "matricule": "277010115400329",
        "oid": "1.2.250.1.213.1.4.8",
        "birth_name": "GARCIA-HAMMADI",
        "first_given_name": "SARAH-LOU",
        "given_names": "SARAH-LOU ANNA",
        "sex": "F",
        "birth_date": "1977-01-21",
        "birth_place": "01154",
    })
}

fn with(change: impl FnOnce(&mut Value)) -> String {
    let mut identity = sarah();
    change(&mut identity);
    identity.to_string()
}

fn code(output: &Output) -> i32 {
    output
        .status
        .code()
        .unwrap_or_else(|| panic!("{}", all(output)))
}

/// The answer of `ins check` for a text, with its exit code.
fn check(identity: &str) -> (i32, Value) {
    let args = ["ins", "check", "-", "--format", "json", "--lang", "en"];
    let output = with_input(&args, identity);
    (code(&output), answer(&output))
}

fn levels(answer: &Value, wanted: &str) -> Vec<String> {
    let fields = answer["fields"].as_array().unwrap().iter();
    fields
        .filter(|f| f["level"] == wanted)
        .map(|f| f["field"].as_str().unwrap().to_owned())
        .collect()
}

/// The answer of `ins compare`, with its exit code; the record is Sarah's.
fn compare(received: &str, options: &[&str]) -> (i32, Output) {
    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record.json");
    fs::write(&record, sarah().to_string()).unwrap();
    let args = ["ins", "compare", record.to_str().unwrap(), "-"];
    let output = with_input(&[&args, options].concat(), received);
    (code(&output), output)
}

#[test]
fn decode_reads_a_scan() {
    let args = ["ins", "decode", "-", "--format", "json", "--lang", "en"];
    let output = with_input(&args, SCAN);
    assert_eq!(code(&output), 0, "{}", all(&output));
    let value = answer(&output);
    assert_eq!(value["ok"], true);
    assert_eq!(value["production"], true);
    assert_eq!(value["tolerances"], json!([]));
    assert!(value.get("identity").is_none());
    let shown = with_input(&[&args[..], &["--show-identity"]].concat(), SCAN);
    let identity = &answer(&shown)["identity"];
    assert_eq!(identity["birth_name"], "GARCIA-HAMMADI");
    assert_eq!(identity["birth_date"], "1977-01-21");
    // A line end closes the file; a lost separator is told.
    let lost = SCAN.replacen('\u{1d}', "", 1) + "\n";
    let output = with_input(&args, &lost);
    assert_eq!(answer(&output)["tolerances"].as_array().unwrap().len(), 1);
}

#[test]
fn decode_says_no_to_another_code() {
    for (lang, words) in [
        ("fr", "n'est pas un Datamatrix INS"),
        ("en", "not an INS Datamatrix"),
    ] {
        let output = with_input(&["ins", "decode", "-", "--lang", lang], "DC03FR000001");
        assert_eq!(code(&output), 1);
        assert!(text(&output.stdout).contains(words), "{}", all(&output));
    }
    let output = with_input(&["ins", "decode", "-", "--format", "json"], "");
    assert_eq!((code(&output), &answer(&output)["ok"]), (1, &json!(false)));
    assert_eq!(code(&segur(&["ins", "decode", "nowhere.txt"])), 2);
}

#[test]
fn encode_writes_what_decode_reads() {
    let output = with_input(&["ins", "encode", "-"], &sarah().to_string());
    assert_eq!(text(&output.stdout), format!("{SCAN}\n"));
    assert_eq!(code(&output), 0);

    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (payload, svg, png) = (path("p.txt"), path("s.svg"), path("s.png"));
    let args = [
        "ins", "encode", "-", "-o", &payload, "--svg", &svg, "--png", &png, "--format", "json",
    ];
    let output = with_input(&args, &sarah().to_string());
    assert_eq!(code(&output), 0, "{}", all(&output));
    assert_eq!(answer(&output)["characters"], 121);
    assert!(answer(&output).get("payload").is_none());
    assert_eq!(fs::read_to_string(&payload).unwrap(), SCAN);
    assert!(fs::read_to_string(&svg).unwrap().starts_with("<svg"));
    assert!(fs::read(&png).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(code(&segur(&["ins", "decode", &payload])), 0);
}

#[test]
fn encode_refuses_what_is_wrong_or_missing() {
    for (change, words) in [
        (
            (|i: &mut Value| i["matricule"] = json!("277010115400328")) as fn(&mut Value),
            "matricule",
        ),
        (|i| i["birth_name"] = json!("GARCIA3"), "birth_name"),
        (|i| i["sex"] = json!("I"), "S5"),
        (|i| i["given_names"] = Value::Null, "given_names"),
        (|i| i["oid"] = Value::Null, "OID"),
        (|i| i["birth_date"] = json!("1977-02-30"), "birth_date"),
    ] {
        let output = with_input(&["ins", "encode", "-"], &with(change));
        assert_eq!(code(&output), 2, "{words}");
        assert!(output.stdout.is_empty());
        assert!(
            text(&output.stderr).contains(words),
            "{words}: {}",
            all(&output)
        );
    }
}

#[test]
fn check_tells_each_field() {
    let (code, value) = check(&sarah().to_string());
    assert_eq!((code, &value["ok"]), (0, &json!(true)));
    assert_eq!(levels(&value, "ok").len(), 8);

    for (change, field) in [
        (
            (|i: &mut Value| i["matricule"] = json!("277010115400328")) as fn(&mut Value),
            "matricule",
        ),
        (|i| i["matricule"] = json!("27701"), "matricule"),
        (|i| i["oid"] = json!("1.2.3"), "oid"),
        (|i| i["oid"] = Value::Null, "matricule"),
        (|i| i["birth_name"] = json!("O_NEIL"), "birth_name"),
        (
            |i| i["first_given_name"] = json!("JEAN--PAUL"),
            "first_given_name",
        ),
        (|i| i["given_names"] = json!("  "), "given_names"),
        (|i| i["sex"] = json!("X"), "sex"),
        (|i| i["birth_date"] = json!("1977-00-00"), "birth_date"),
        (|i| i["birth_place"] = json!("ANTONY"), "birth_place"),
    ] {
        let (code, value) = check(&with(change));
        assert_eq!((code, &value["ok"]), (1, &json!(false)), "{value}");
        assert_eq!(levels(&value, "error"), [field]);
    }
    for (change, field) in [
        (
            (|i: &mut Value| i["oid"] = json!("1.2.250.1.213.1.4.10")) as fn(&mut Value),
            "oid",
        ),
        (
            |i| i["first_given_name"] = json!("ANNA"),
            "first_given_name",
        ),
        (|i| i["birth_place"] = json!("99999"), "birth_place"),
        (|i| i["birth_place"] = json!("01999"), "birth_place"),
        // Antony was 75002 until 1968.
        (|i| i["birth_place"] = json!("75002"), "birth_place"),
    ] {
        let (code, value) = check(&with(change));
        assert_eq!(
            (code, levels(&value, "warning")),
            (0, vec![field.to_owned()])
        );
    }
    let (code, value) = check(&with(|i| i["birth_name"] = json!("García-Hämmadi")));
    assert_eq!(
        (code, levels(&value, "note")),
        (0, vec!["birth_name".to_owned()])
    );
}

#[test]
fn a_wrong_key_is_an_error_when_typed_and_a_warning_when_received() {
    let received = SCAN.replace("277010115400329", "277010115400328");
    let (code, value) = check(&received);
    assert_eq!(
        (code, levels(&value, "warning")),
        (0, vec!["matricule".to_owned()])
    );
}

#[test]
fn compare_decides_and_explains() {
    let json_args = ["--format", "json"];
    let (code, output) = compare(SCAN, &json_args);
    let value = answer(&output);
    assert_eq!((code, &value["decision"]), (0, &json!("same")), "{value}");
    assert_eq!(value["lines"].as_array().unwrap().len(), 7);
    assert_eq!(value["lines"][0]["agreement"], "same");

    type Change = fn(&mut Value);
    let cases: [(Change, &str, Value); 4] = [
        (
            |i| i["birth_name"] = json!("GARCIA"),
            "contradiction",
            json!("same-ins-other-traits"),
        ),
        (
            |i| i["matricule"] = json!("277010115400428"),
            "contradiction",
            json!("same-traits-other-ins"),
        ),
        (
            |i| {
                i["matricule"] = Value::Null;
                i["oid"] = Value::Null;
            },
            "review",
            Value::Null,
        ),
        (
            |i| *i = json!({ "birth_name": "MARTIN", "first_given_name": "LUC", "sex": "M", "birth_date": "1950-05-05" }),
            "nobody",
            Value::Null,
        ),
    ];
    for (change, decision, conflict) in cases {
        let (code, output) = compare(&with(change), &json_args);
        let value = answer(&output);
        assert_eq!(
            (code, &value["decision"], &value["conflict"]),
            (1, &json!(decision), &conflict),
            "{value}"
        );
    }
    let (_, output) = compare(&with(|i| i["birth_name"] = json!("GARCIA3")), &json_args);
    assert_eq!(answer(&output)["unread"]["received"], json!(["birth_name"]));
    for (lang, words) in [("fr", "même personne"), ("en", "the same person")] {
        let (_, output) = compare(SCAN, &["--lang", lang]);
        assert!(text(&output.stdout).starts_with(words), "{}", all(&output));
    }
}

#[test]
fn a_document_is_an_identity_too() {
    let header = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/certificat-24-mois.xml");
    let header = header.to_str().unwrap();
    let output = segur(&["ins", "compare", header, header, "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", all(&output));
    let value = answer(&output);
    assert_eq!(value["decision"], "same");
    assert_eq!(value["unread"], json!({ "record": [], "received": [] }));
    for line in value["lines"].as_array().unwrap() {
        assert_eq!(line["agreement"], "same", "{line}");
    }
}

#[test]
fn the_person_is_shown_only_on_request() {
    let marked = with(|i| {
        i["birth_name"] = json!("SENTINELLE");
        i["used_name"] = json!("SENTINELLE3");
        i["given_names"] = json!("SENTINELLE_");
    });
    let broken = "{\"birth_name\": \"SENTINELLE\", \"SENTINELLE\": 1}";
    for lang in ["fr", "en"] {
        for format in ["text", "json"] {
            let options = ["--lang", lang, "--format", format];
            for (command, input) in [
                ("check", marked.as_str()),
                ("check", broken),
                ("encode", marked.as_str()),
                ("decode", &SCAN.replace("GARCIA-HAMMADI", "SENTINELLE")),
                ("decode", &SCAN.replace("S4GARCIA", "S3SENTINELLE")),
            ] {
                let output = with_input(&[&["ins", command, "-"], &options[..]].concat(), input);
                assert!(!all(&output).contains("SENTINELLE"), "{}", all(&output));
            }
            let (_, output) = compare(&marked, &options);
            assert!(!all(&output).contains("SENTINELLE"), "{}", all(&output));
            let shown = compare(&marked, &[&options[..], &["--show-identity"]].concat()).1;
            assert!(all(&shown).contains("SENTINELLE"), "{}", all(&shown));
        }
    }
}

#[test]
fn what_is_no_identity_is_refused() {
    for input in ["{", "{}", "{\"name\": \"X\"}", "<a/>", "hello", ""] {
        let output = with_input(&["ins", "check", "-"], input);
        assert_eq!(code(&output), 2, "{input}");
        assert!(output.stdout.is_empty());
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_segur"))
        .args(["ins", "check", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"IS01\xff\xfe")
        .unwrap();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(2));
}

#[test]
fn cog_finds_the_code_of_the_time() {
    let cog = |args: &[&str]| {
        let output = segur(&[&["cog", "--format", "json"], args].concat());
        (code(&output), answer(&output))
    };
    let codes = |value: &Value, list: &str| -> Vec<String> {
        let places = value[list].as_array().unwrap().iter();
        places
            .map(|p| p["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let (code, value) = cog(&["antony", "--born", "1960-05-01"]);
    assert_eq!(
        (code, codes(&value, "places")),
        (0, vec!["75002".to_owned()])
    );
    assert_eq!(value["places"][0]["until"], "1968-01-01");
    let (_, value) = cog(&["Antony", "--born", "1990-05-01"]);
    assert_eq!(codes(&value, "places"), ["92002"]);
    let (_, value) = cog(&["st denis", "--born", "1990-01-01", "--departement", "974"]);
    assert_eq!(codes(&value, "places"), ["97411"]);
    let (code, value) = cog(&["algerie", "--born", "1970-01-01"]);
    assert_eq!(
        (code, codes(&value, "places")),
        (0, vec!["99352".to_owned()])
    );
    // Out of period, and unknown: the answer is no.
    let (code, value) = cog(&[
        "saint-pierre",
        "--born",
        "1940-01-01",
        "--departement",
        "974",
    ]);
    assert_eq!((code, &value["places"][0]["in_period"]), (1, &json!(false)));
    let (code, value) = cog(&["bordea", "--born", "1990-01-01"]);
    assert_eq!((code, codes(&value, "places").len()), (1, 0));
    assert_eq!(codes(&value, "suggestions")[0], "33063");
}

#[test]
fn cog_speaks_both_languages() {
    for (lang, period, none) in [
        ("fr", "[hors période]", "aucun lieu"),
        ("en", "[out of period]", "no place"),
    ] {
        let old = segur(&[
            "cog",
            "saint-pierre",
            "--born",
            "1940-01-01",
            "--departement",
            "974",
            "--lang",
            lang,
        ]);
        assert!(text(&old.stdout).contains(period), "{}", all(&old));
        let unknown = segur(&["cog", "zzz", "--born", "1990-01-01", "--lang", lang]);
        assert_eq!(code(&unknown), 1);
        assert!(text(&unknown.stdout).starts_with(none), "{}", all(&unknown));
    }
    for wrong in [
        &["cog", "antony"][..],
        &["cog", "antony", "--born", "1990-02-30"],
    ] {
        assert_eq!(code(&segur(wrong)), 2);
    }
}
