//! Speed of reading and checking the official examples, beside libxml2 on the same files in the same run.
//!
//! ```text
//! cargo bench -p segur-cda --bench structure
//! ```
//! Needs the corpus (`SEGUR_SHARED_DIR`, or `../shared` beside the workspace). libxml2 is measured when a C compiler
//! and `xml2-config` are there; what is missing is said.

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use criterion::{Criterion, Throughput};
use segur_cda::validate::Validator;
use segur_xml::Document;

/// Base64 longer than this is cut...
const LONG: usize = 8_000;
/// ...to this many characters.
const SHORT: usize = 800;
/// Rounds of the comparison with libxml2.
const ROUNDS: usize = 20;

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    Some(folder.join("cda")).filter(|f| f.is_dir())
}

fn corpus(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "xml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

/// The document with each long run of base64 cut short.
fn cut(bytes: &[u8]) -> Vec<u8> {
    let is_base64 = |b: &u8| b.is_ascii_alphanumeric() || b"+/=\r\n".contains(b);
    let mut short = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let run = rest.iter().take_while(|b| is_base64(b)).count();
        let (head, tail) = rest.split_at(run);
        short.extend_from_slice(if run > LONG { &head[..SHORT] } else { head });
        let other = tail.iter().take_while(|b| !is_base64(b)).count();
        short.extend_from_slice(&tail[..other]);
        rest = &tail[other..];
    }
    short
}

fn main() {
    let Some(shared) = shared() else {
        println!("NOT RUN: the corpus is missing (see the head of benches/structure.rs)");
        return;
    };
    let whole = corpus(&shared.join("examples"));
    let short: Vec<_> = whole
        .iter()
        .map(|(name, bytes)| (name.clone(), cut(bytes)))
        .collect();
    let mut criterion = Criterion::default().configure_from_args();
    let validator = Validator::builder().build();
    for (label, files) in [("whole", &whole), ("base64 cut", &short)] {
        let bytes: usize = files.iter().map(|(_, b)| b.len()).sum();
        let documents: Vec<_> = files
            .iter()
            .map(|(_, b)| Document::parse(b).unwrap())
            .collect();
        let mut group = criterion.benchmark_group(label);
        group
            .throughput(Throughput::BytesDecimal(bytes as u64))
            .sample_size(20);
        group.bench_function("parse", |b| {
            b.iter(|| {
                files
                    .iter()
                    .map(|(_, bytes)| Document::parse(bytes).unwrap().node_count())
                    .sum::<usize>()
            });
        });
        group.bench_function("structure", |b| {
            b.iter(|| {
                documents
                    .iter()
                    .map(|d| validator.validate_structure(d).findings.len())
                    .sum::<usize>()
            });
        });
        group.bench_function("parse + structure", |b| {
            b.iter(|| {
                let check = |bytes: &[u8]| {
                    let document = Document::parse(bytes).unwrap();
                    validator.validate_structure(&document).findings.len()
                };
                files.iter().map(|(_, bytes)| check(bytes)).sum::<usize>()
            });
        });
        group.bench_function("all native rules", |b| {
            b.iter(|| {
                files
                    .iter()
                    .map(|(_, bytes)| validator.validate_bytes(bytes).findings.len())
                    .sum::<usize>()
            });
        });
        group.finish();
    }
    // Under `cargo test` the benches are only tried, and libxml2 is of no interest.
    if !std::env::args().any(|a| a == "--bench") {
        return;
    }
    println!("\nCPU time, best of {ROUNDS} rounds:");
    let schema = shared.join("xsd/CDA_extended.xsd");
    for (label, files) in [("whole", &whole), ("base64 cut", &short)] {
        let bytes: usize = files.iter().map(|(_, b)| b.len()).sum();
        let rate = |work: &dyn Fn(&[u8]) -> usize| {
            let seconds = best(|| files.iter().map(|(_, bytes)| work(bytes)).sum());
            format!("{:.0} MB/s", bytes as f64 / 1e6 / seconds)
        };
        println!(
            "{label}: segur: parse {}, parse + structure {}, parse + all native rules {}",
            rate(&|bytes| Document::parse(bytes).unwrap().node_count()),
            rate(&|bytes| {
                let document = Document::parse(bytes).unwrap();
                validator.validate_structure(&document).findings.len()
            }),
            rate(&|bytes| validator.validate_bytes(bytes).findings.len()),
        );
        match libxml2(&schema, files) {
            Some(figures) => println!("{label}: {figures}"),
            None => println!("{label}: libxml2 NOT RUN (needs cc, xml2-config and its headers)"),
        }
    }
}

/// Seconds of CPU that the fastest round takes.
fn best(work: impl Fn() -> usize) -> f64 {
    let time = || {
        let before = cpu();
        std::hint::black_box(work());
        cpu() - before
    };
    (0..ROUNDS).map(|_| time()).fold(f64::INFINITY, f64::min)
}

/// Seconds that this thread has run; where the kernel does not tell, seconds gone by.
fn cpu() -> f64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || {
            START
                .get_or_init(std::time::Instant::now)
                .elapsed()
                .as_secs_f64()
        },
        |n| n / 1e9,
    )
}

/// Compiles and runs `libxml2.c` on these files; `None` when that is not possible here.
fn libxml2(schema: &Path, files: &[(String, Vec<u8>)]) -> Option<String> {
    let folder = tempfile::tempdir().ok()?;
    let program = folder.path().join("libxml2");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/libxml2.c");
    let ask = |option: &str| -> Option<String> {
        let output = Command::new("xml2-config").arg(option).output().ok()?;
        String::from_utf8(output.stdout)
            .ok()
            .filter(|_| output.status.success())
    };
    let (flags, libraries) = (ask("--cflags")?, ask("--libs")?);
    let mut compiler = Command::new("cc");
    compiler
        .arg("-O2")
        .args(flags.split_whitespace())
        .arg("-o")
        .arg(&program)
        .arg(source);
    let compiled = compiler.args(libraries.split_whitespace()).status().ok()?;
    if !compiled.success() {
        return None;
    }
    let mut run = Command::new(&program);
    run.arg(schema).arg(ROUNDS.to_string());
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).ok()?;
        run.arg(path);
    }
    let output = String::from_utf8(run.output().ok()?.stdout).ok()?;
    let mut words = output.split_whitespace();
    let bytes: f64 = words.next()?.parse().ok()?;
    let accepted = words.next()?;
    let mut rate = || Some(bytes / 1e6 / words.next()?.parse::<f64>().ok()?);
    let (parse, check) = (rate()?, rate()?);
    let version = ask("--version")?;
    Some(format!(
        "libxml2 {}: parse {parse:.0} MB/s, parse + schema {check:.0} MB/s ({accepted} of {} accepted)",
        version.trim(),
        files.len(),
    ))
}
