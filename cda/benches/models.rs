//! Speed of making a vaccination note from its struct, and of reading a certificate of the 24th month of 180 kB into the struct and
//! writing one; one thread.
//!
//! ```text
//! cargo bench -p segur-cda --bench models
//! ```
//! The document is our own example with doses added until it has 180 kB; the published one too, when
//! the corpus is there (`SEGUR_SHARED_DIR`).

#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

#[path = "../examples/own_documents/cast.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod cast;
#[path = "../examples/own_documents/child.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod child;
#[path = "../examples/own_documents/documents.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod documents;
#[path = "../examples/own_documents/pdf.rs"]
#[allow(dead_code, reason = "shared with the example")]
mod pdf;

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput};
use segur_cda::ClinicalDocument;
use segur_cda::models::certificates::Cs24;
use segur_xml::Document;

const SIZE: usize = 180_000;

fn own() -> (Cs24, Vec<u8>) {
    let mut certificate = child::third().unwrap();
    let doses = certificate.child.vaccinations.clone();
    loop {
        let bytes = certificate.to_document().unwrap().to_bytes().unwrap();
        if bytes.len() >= SIZE {
            return (certificate, bytes);
        }
        certificate.child.vaccinations.extend(doses.iter().cloned());
    }
}

fn published() -> Option<Vec<u8>> {
    let folder = PathBuf::from(std::env::var_os("SEGUR_SHARED_DIR")?);
    std::fs::read(folder.join("cda/examples/CSE-CS24_2025.01.xml")).ok()
}

fn read(bytes: &[u8]) -> Cs24 {
    let tree = Document::parse(bytes).unwrap();
    let document = ClinicalDocument::read(&tree).unwrap().value;
    Cs24::from_document(&document).unwrap()
}

fn notes(criterion: &mut Criterion) {
    let note = documents::vaccination().unwrap();
    let bytes = note.to_document().unwrap().to_bytes().unwrap();
    println!("note: {} bytes", bytes.len());
    let mut group = criterion.benchmark_group("vaccination note");
    group.throughput(Throughput::Elements(1));
    group.bench_function("write", |b| {
        b.iter(|| {
            let document = black_box(&note).to_document().unwrap();
            document.to_bytes().unwrap()
        });
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    notes(&mut criterion);
    let (certificate, bytes) = own();
    println!("own: {} bytes", bytes.len());
    let published = published();
    let documents = [("own", Some(&bytes)), ("published", published.as_ref())];
    for (name, bytes) in documents {
        let Some(bytes) = bytes else {
            println!("NOT RUN: {name}: SEGUR_SHARED_DIR does not point to the corpus");
            continue;
        };
        let mut group = criterion.benchmark_group(format!("cs24 {name}"));
        group.throughput(Throughput::Elements(1));
        group.bench_function("parse", |b| {
            b.iter(|| Document::parse(black_box(bytes)).unwrap())
        });
        let tree = Document::parse(bytes).unwrap();
        group.bench_function("document", |b| {
            b.iter(|| ClinicalDocument::read(black_box(&tree)).unwrap().value);
        });
        let document = ClinicalDocument::read(&tree).unwrap().value;
        group.bench_function("struct", |b| {
            b.iter(|| Cs24::from_document(black_box(&document)).unwrap());
        });
        group.bench_function("read", |b| b.iter(|| read(black_box(bytes))));
        group.finish();
    }
    let mut group = criterion.benchmark_group("cs24 own");
    group.throughput(Throughput::Elements(1));
    group.bench_function("write", |b| {
        b.iter(|| {
            let document = black_box(&certificate).to_document().unwrap();
            document.to_bytes().unwrap()
        });
    });
    group.finish();
    criterion.final_summary();
}
