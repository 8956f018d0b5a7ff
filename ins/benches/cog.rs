//! `cargo bench -p segur-ins --bench cog`
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use segur_ins::cog::{Cog, fold};

/// Every prefix of three or more folded letters of every name.
fn prefixes(cog: &Cog) -> Vec<String> {
    let mut all = BTreeSet::new();
    for commune in cog.communes() {
        let key = fold(commune.label());
        for end in 3..=key.len() {
            all.insert(key[..end].to_owned());
        }
    }
    all.into_iter().collect()
}

fn completion(c: &mut Criterion) {
    let cog = Cog::embedded();
    let prefixes = prefixes(&cog);
    let born = NaiveDate::from_ymd_opt(1985, 6, 1);
    for prefix in &prefixes {
        black_box(cog.complete(prefix, born, 20));
    }
    let mut times: Vec<Duration> = prefixes
        .iter()
        .map(|prefix| {
            let start = Instant::now();
            black_box(cog.complete(black_box(prefix), born, 20));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 1000];
    println!(
        "completion of {} prefixes, top 20: p50 {:?}, p99 {:?}, p99.9 {:?}, max {:?}; {} bytes in memory",
        prefixes.len(),
        at(500),
        at(990),
        at(999),
        at(1000),
        cog.memory()
    );
    c.bench_function("complete SAI", |b| {
        b.iter(|| cog.complete(black_box("sai"), born, 20))
    });
    c.bench_function("load embedded", |b| b.iter(Cog::embedded));
}

criterion_group!(benches, completion);
criterion_main!(benches);
