//! The official rules against the verdicts of the reference implementation: mutants and examples.
//!
//! Needs a copy of the agency's files (`SEGUR_OFFICIAL_DIR`) and the shared corpus
//! (`../shared/cda`, or `SEGUR_SHARED_DIR`); says so when it cannot run.
//! `official_differences.txt` lists the differences that are known, each with its cause; an
//! unexpected agreement fails too.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use segur_cda::official::{OfficialRules, OfficialRun};
use segur_cda::validate::ModelChoice;
use segur_core::Severity;
use segur_xml::Document;
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Deserialize)]
struct Failed {
    sch: String,
    pattern: String,
    role: Option<String>,
    location: String,
}

#[derive(Deserialize)]
struct Mutant {
    id: String,
    model: Option<String>,
    base: String,
    start: usize,
    end: usize,
    text: String,
    sha256: String,
    failed: Vec<Failed>,
    fatal: Vec<String>,
}

#[derive(Deserialize)]
struct Example {
    file: String,
    model: Option<String>,
    fired_rules: BTreeMap<String, usize>,
    failed: Vec<Failed>,
    fatal: Vec<String>,
}

fn shared() -> PathBuf {
    std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    )
}

fn rules() -> Option<Arc<OfficialRules>> {
    let Some(dir) = std::env::var_os("SEGUR_OFFICIAL_DIR") else {
        println!("NOT RUN: SEGUR_OFFICIAL_DIR does not point to a copy of the official files");
        return None;
    };
    Some(Arc::new(OfficialRules::load(PathBuf::from(dir)).unwrap()))
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Option<Vec<T>> {
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("NOT RUN: {} is not there", path.display());
        return None;
    };
    Some(
        text.lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect(),
    )
}

fn model(name: Option<&str>) -> ModelChoice {
    name.map_or(ModelChoice::None, |name| {
        ModelChoice::Named(name.to_owned())
    })
}

type Verdict = BTreeMap<String, Vec<(String, String, bool)>>;

/// Per schema: pattern, location, whether it is an error; sorted. A fatal schema has one line.
fn expected(failed: &[Failed], fatal: &[String]) -> Verdict {
    let mut all = Verdict::new();
    for f in failed {
        let error = !matches!(f.role.as_deref(), Some("warning" | "info"));
        let line = (f.pattern.clone(), f.location.clone(), error);
        all.entry(f.sch.clone()).or_default().push(line);
    }
    for schema in fatal {
        all.insert(schema.clone(), vec![("fatal".into(), String::new(), true)]);
    }
    all.values_mut().for_each(|v| v.sort());
    all
}

fn found(run: &OfficialRun) -> Verdict {
    let mut all = Verdict::new();
    for schema in &run.schemas {
        let lines = schema.findings.iter().map(|f| {
            if f.severity == Severity::Fatal {
                return ("fatal".to_owned(), String::new(), true);
            }
            (
                f.pattern.clone().unwrap_or_default().into_owned(),
                f.location.as_ref().unwrap().xpath.clone(),
                f.severity >= Severity::Error,
            )
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        if !lines.is_empty() {
            all.insert(schema.schema.clone(), lines);
        }
    }
    all
}

/// `document | schema | cause`
fn known() -> BTreeSet<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/official_differences.txt");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|line| {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            assert_eq!(parts.len(), 3, "document | schema | cause: {line}");
            assert!(!parts[2].is_empty(), "a difference needs its cause: {line}");
            (parts[0].to_owned(), parts[1].to_owned())
        })
        .collect()
}

fn differences(id: &str, expected: &Verdict, found: &Verdict) -> Vec<(String, String, String)> {
    let schemas: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    let empty = Vec::new();
    let mut out = Vec::new();
    for schema in schemas {
        let (e, f) = (
            expected.get(schema).unwrap_or(&empty),
            found.get(schema).unwrap_or(&empty),
        );
        if e != f {
            let missed: Vec<_> = e.iter().filter(|x| !f.contains(x)).collect();
            let extra: Vec<_> = f.iter().filter(|x| !e.contains(x)).collect();
            let text = format!("missed {missed:?} extra {extra:?}");
            out.push((id.to_owned(), schema.clone(), text));
        }
    }
    out
}

/// Runs `work` on each item, on the cores there are.
fn parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Vec<R> + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let out = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(item);
                    out.lock().unwrap().extend(result);
                }
            });
        }
    });
    out.into_inner().unwrap()
}

fn judge(
    kind: &str,
    compared: usize,
    documents: &BTreeSet<String>,
    all: Vec<(String, String, String)>,
) {
    let known: BTreeSet<_> = known()
        .into_iter()
        .filter(|(document, _)| documents.contains(document))
        .collect();
    let mut seen = BTreeSet::new();
    let mut report = String::new();
    for (id, schema, text) in all {
        let key = (id.clone(), schema.clone());
        if !known.contains(&key) {
            writeln!(report, "{id} {schema}: {text}").unwrap();
        }
        seen.insert(key);
    }
    for (id, schema) in known.difference(&seen) {
        writeln!(report, "{id} {schema}: agrees now, take it off the list").unwrap();
    }
    println!(
        "{kind}: {compared} documents, {} known differences",
        known.len()
    );
    assert!(report.is_empty(), "\n{report}");
}

// req: SC.CDA/INT.16
#[test]
fn mutants_get_the_official_verdict() {
    let Some(rules) = rules() else { return };
    let corpus = shared().join("cda/mutants");
    let Some(mutants) = lines::<Mutant>(&corpus.join("mutants.jsonl")) else {
        return;
    };
    let bases: BTreeMap<&str, Vec<u8>> = mutants
        .iter()
        .map(|m| {
            (
                m.base.as_str(),
                std::fs::read(corpus.join(&m.base)).unwrap(),
            )
        })
        .collect();
    let all = parallel(&mutants, |m| {
        let base = &bases[m.base.as_str()];
        let mut bytes = base[..m.start].to_vec();
        bytes.extend_from_slice(m.text.as_bytes());
        bytes.extend_from_slice(&base[m.end..]);
        let digest: String = Sha256::digest(&bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(digest, m.sha256, "{}", m.id);
        let document = Document::parse(&bytes).unwrap();
        let run = rules.run(&document, &model(m.model.as_deref()));
        differences(&m.id, &expected(&m.failed, &m.fatal), &found(&run))
    });
    let ids = mutants.iter().map(|m| m.id.clone()).collect();
    judge("mutants", mutants.len(), &ids, all);
}

#[test]
fn examples_get_the_official_verdict_and_fire_the_same_rules() {
    let Some(rules) = rules() else { return };
    let corpus = shared().join("cda");
    let Some(examples) = lines::<Example>(&corpus.join("examples.jsonl")) else {
        return;
    };
    let all = parallel(&examples, |e| {
        let bytes = std::fs::read(corpus.join("examples").join(&e.file)).unwrap();
        let document = Document::parse(&bytes).unwrap();
        let run = rules.run(&document, &model(e.model.as_deref()));
        let mut all = differences(&e.file, &expected(&e.failed, &e.fatal), &found(&run));
        let fired: BTreeMap<String, usize> = run
            .schemas
            .iter()
            .map(|s| (s.schema.clone(), s.fired))
            .collect();
        for (schema, count) in &e.fired_rules {
            if fired.get(schema) != Some(count) {
                let text = format!("{:?} rules fired, {count} expected", fired.get(schema));
                all.push((e.file.clone(), schema.clone(), text));
            }
        }
        all
    });
    let ids = examples.iter().map(|e| e.file.clone()).collect();
    judge("examples", examples.len(), &ids, all);
}

#[test]
fn the_model_is_chosen_from_the_document() {
    let Some(rules) = rules() else { return };
    let corpus = shared().join("cda");
    let Some(examples) = lines::<Example>(&corpus.join("examples.jsonl")) else {
        return;
    };
    let mut wrong = Vec::new();
    for e in &examples {
        let bytes = std::fs::read(corpus.join("examples").join(&e.file)).unwrap();
        let document = Document::parse(&bytes).unwrap();
        let run = rules.run(&document, &ModelChoice::Auto);
        // Declares no version: the version is not enforced, and the older file has none either.
        let expected = match e.file.as_str() {
            "BIO-CR-BIO_2024.01_TSH_1.xml" => Some("CI-SIS_BIO-CR-BIO_2021.01".to_owned()),
            _ => e.model.clone(),
        };
        if run.model != expected {
            wrong.push((e.file.clone(), run.model, expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_saved_set_gives_the_same_verdicts_and_refuses_damage() {
    let Some(rules) = rules() else { return };
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one.set"), dir.path().join("two.set"));
    let problems = rules.save(&one).unwrap();
    assert_eq!(
        problems
            .iter()
            .map(|p| p.schema.as_str())
            .collect::<Vec<_>>(),
        ["CI-SIS_BIO-CR-BIO_2023.01"]
    );
    let saved = OfficialRules::open(&one).unwrap();
    saved.save(&two).unwrap();
    assert!(
        saved
            .changed_since(std::env::var_os("SEGUR_OFFICIAL_DIR").unwrap())
            .unwrap()
            .is_empty()
    );
    let corpus = shared().join("cda");
    let Some(examples) = lines::<Example>(&corpus.join("examples.jsonl")) else {
        return;
    };
    for e in &examples {
        let bytes = std::fs::read(corpus.join("examples").join(&e.file)).unwrap();
        let document = Document::parse(&bytes).unwrap();
        let choice = model(e.model.as_deref());
        let (a, b) = (rules.run(&document, &choice), saved.run(&document, &choice));
        assert_eq!(found(&a), found(&b), "{}", e.file);
        assert_eq!(a.not_run, b.not_run, "{}", e.file);
    }
    let mut bytes = std::fs::read(&one).unwrap();
    bytes[16] ^= 1;
    std::fs::write(&two, &bytes).unwrap();
    let error = OfficialRules::open(&two).unwrap_err().to_string();
    assert!(error.contains("compile the folder again"), "{error}");
    bytes[16] ^= 1;
    bytes[100] ^= 1;
    std::fs::write(&two, &bytes).unwrap();
    let error = OfficialRules::open(&two).unwrap_err().to_string();
    assert!(error.contains("checksum"), "{error}");
    std::fs::write(&two, "no").unwrap();
    let error = OfficialRules::open(&two).unwrap_err().to_string();
    assert!(error.contains("not a compiled set"), "{error}");
}

#[test]
fn what_was_repaired_is_listed() {
    let Some(rules) = rules() else { return };
    let problems = rules.prepare_all();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].reason.contains("Entete_CR-BIO.sch"),
        "{problems:?}"
    );
    let asked: Vec<String> = rules.repairs().into_iter().map(|r| r.asked).collect();
    for part in [
        "E_directiveAnticipee_int.sch",
        "JDV_RechAgHbS-CISIS.sch",
        "CARD-F-PRC-TAP_2022.01/entrees",
    ] {
        assert!(
            asked.iter().any(|a| a.contains(part)),
            "{part} not in {asked:#?}"
        );
    }
}
