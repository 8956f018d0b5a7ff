//! Every construct and every trap, one folder each in `tests/data`: `schema.sch`, then either
//! `error` (a piece of the error) or `doc.xml` and `expected`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use segur_schematron::{
    AbortCause, Compiler, Folder, HitKind, Note, Outcome, RunOptions, Schema, SvrlOptions, svrl,
};
use segur_xml::Document;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn cases() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(data())
        .unwrap()
        .map(|e| e.unwrap())
        .filter(|e| e.path().join("schema.sch").exists())
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() > 30);
    names
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        write!(text, ": {inner}").unwrap();
        source = inner.source();
    }
    text
}

fn notes(out: &mut String, notes: &[Note]) {
    for note in notes {
        write!(out, " {}={:?}", note.id, note.text).unwrap();
    }
}

fn describe(case: &str, schema: &Schema, outcome: &Outcome) -> String {
    let mut out = String::new();
    let id = |index: usize| schema.pattern(index).and_then(|p| p.id()).unwrap_or("");
    if let Some(aborted) = &outcome.aborted {
        let AbortCause::Dynamic { code, .. } = &aborted.cause else {
            panic!("{aborted:?}")
        };
        let pattern = aborted.pattern.as_deref().unwrap_or("");
        writeln!(out, "aborted {code} {pattern} {}", aborted.spot.names).unwrap();
        assert!(outcome.hits.is_empty() && outcome.fired.is_empty());
        return out;
    }
    writeln!(out, "fired {}", outcome.fired.len()).unwrap();
    for hit in &outcome.hits {
        let kind = match hit.kind {
            HitKind::FailedAssert => "assert",
            _ => "report",
        };
        let mut more = String::new();
        for (name, value) in [
            ("id", &hit.id),
            ("role", &hit.role),
            ("flag", &hit.flag),
            ("see", &hit.see),
        ] {
            if let Some(value) = value {
                write!(more, " {name}={value}").unwrap();
            }
        }
        notes(&mut more, &hit.diagnostics);
        notes(&mut more, &hit.properties);
        let more = if more.is_empty() {
            more
        } else {
            format!(" |{more}")
        };
        writeln!(
            out,
            "{} | {kind} | {} | {}{more}",
            id(hit.pattern),
            hit.spot.names,
            hit.text
        )
        .unwrap();
    }
    for skipped in &outcome.skipped {
        let place = skipped.place.to_string();
        let place = place.strip_prefix(case).unwrap_or(&place);
        writeln!(
            out,
            "skipped {} {}",
            skipped.times,
            place.trim_start_matches('/')
        )
        .unwrap();
    }
    out
}

#[test]
fn every_construct_and_trap() {
    let mut failed = String::new();
    for case in cases() {
        let folder = data().join(&case);
        let compiler = Compiler::new(Folder::new(data()));
        let expected_error = std::fs::read_to_string(folder.join("error")).ok();
        let schema = match (
            compiler.load(&format!("{case}/schema.sch")),
            &expected_error,
        ) {
            (Ok(schema), _) => schema,
            (Err(error), Some(expected)) => {
                let text = chain(&error);
                if !text.contains(expected.trim()) {
                    writeln!(failed, "{case}: {expected:?} not in {text:?}").unwrap();
                }
                continue;
            }
            (Err(error), None) => {
                writeln!(failed, "{case}: {}", chain(&error)).unwrap();
                continue;
            }
        };
        let Ok(bytes) = std::fs::read(folder.join("doc.xml")) else {
            writeln!(failed, "{case}: an error was expected").unwrap();
            continue;
        };
        let document = Document::parse(&bytes).unwrap();
        let restored = compiler.restore(&schema.to_bytes().unwrap()).unwrap();
        for schema in [&schema, &restored] {
            let outcome = match (
                schema.run(&document, &RunOptions::default()),
                &expected_error,
            ) {
                (Ok(outcome), None) => outcome,
                (Err(error), Some(expected)) if chain(&error).contains(expected.trim()) => continue,
                (other, _) => {
                    writeln!(failed, "{case}: {other:?}").unwrap();
                    continue;
                }
            };
            let text = describe(&case, schema, &outcome);
            let expected = std::fs::read_to_string(folder.join("expected")).unwrap();
            if text != expected {
                writeln!(failed, "== {case}\n-- expected\n{expected}-- found\n{text}").unwrap();
            }
            let report = svrl(schema, &outcome, &SvrlOptions::default());
            let report = Document::parse(report.as_bytes()).unwrap();
            let count = |name: &str| {
                let all = report.root_element().descendants();
                all.filter(|n| n.is(segur_schematron::SVRL_NAMESPACE, name))
                    .count()
            };
            assert_eq!(count("fired-rule"), outcome.fired.len(), "{case}");
            assert_eq!(
                count("failed-assert") + count("successful-report"),
                outcome.hits.len(),
                "{case}"
            );
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}
