//! Reading the official examples, whole and with long base64 cut out, beside roxmltree and the
//! bare tokens of quick-xml. `cargo bench -p segur-xml --bench tree`
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use segur_xml::Document;

fn examples() -> Vec<Vec<u8>> {
    let dir = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let Ok(entries) = std::fs::read_dir(dir.join("cda/examples")) else {
        println!(
            "NOT MEASURED: no official examples in {}; set SEGUR_SHARED_DIR",
            dir.display()
        );
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Texts over 8,000 bytes (all are base64) cut to 800.
fn cut(bytes: &[u8]) -> Vec<u8> {
    let doc = Document::parse(bytes).unwrap();
    let mut out = Vec::new();
    let mut from = 0;
    for node in doc
        .root()
        .descendants()
        .filter(|node| node.is_text() && node.span().len() > 8000)
    {
        out.extend_from_slice(&bytes[from..node.span().start + 800]);
        from = node.span().end;
    }
    out.extend_from_slice(&bytes[from..]);
    Document::parse(&out).unwrap();
    out
}

fn tokens(text: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut count = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => return count,
            event => count += black_box(event).len(),
        }
    }
}

fn bench(c: &mut Criterion) {
    let whole = examples();
    let cut: Vec<_> = whole.iter().map(|bytes| cut(bytes)).collect();
    for (name, corpus) in [("whole", whole), ("cut", cut)] {
        let size: usize = corpus.iter().map(Vec::len).sum();
        if size == 0 {
            continue;
        }
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(size as u64));
        group.bench_function(BenchmarkId::from_parameter("segur-xml"), |b| {
            b.iter(|| {
                corpus
                    .iter()
                    .map(|bytes| Document::parse(bytes).unwrap().node_count())
                    .sum::<usize>()
            });
        });
        group.bench_function(
            BenchmarkId::from_parameter("segur-xml, line index too"),
            |b| {
                let last = |bytes: &Vec<u8>| {
                    Document::parse(bytes)
                        .unwrap()
                        .position_at(bytes.len())
                        .line
                };
                b.iter(|| corpus.iter().map(last).sum::<u32>());
            },
        );
        group.bench_function(BenchmarkId::from_parameter("roxmltree"), |b| {
            let parse = |bytes: &Vec<u8>| {
                let text = std::str::from_utf8(bytes).unwrap();
                roxmltree::Document::parse(text)
                    .unwrap()
                    .root()
                    .id()
                    .get_usize()
            };
            b.iter(|| corpus.iter().map(parse).sum::<usize>());
        });
        group.bench_function(BenchmarkId::from_parameter("quick-xml tokens"), |b| {
            b.iter(|| {
                corpus
                    .iter()
                    .map(|bytes| tokens(std::str::from_utf8(bytes).unwrap()))
                    .sum::<usize>()
            });
        });
        group.bench_function(BenchmarkId::from_parameter("segur-xml, write"), |b| {
            let docs: Vec<_> = corpus
                .iter()
                .map(|bytes| Document::parse(bytes).unwrap())
                .collect();
            b.iter(|| docs.iter().map(|doc| doc.to_bytes().len()).sum::<usize>());
        });
        group.finish();
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
