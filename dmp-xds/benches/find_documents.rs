//! A FindDocuments answer of 10,000 entries of about 10 kB each: how fast it is read, and how much memory that takes.
//!
//! `cargo bench -p segur-dmp-xds --all-features --bench find_documents`
//!
//! (a word behind `--` chooses lines that hold it)
//!
//! One line for each way to read it: MB/s of the best of five runs, and the highest heap of one run, the input counted in, as a multiple
//! of the input. The first line is what a user would have without this crate: a read-only tree of roxmltree, which means nothing yet.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use segur_core::Coded;
use segur_dmp_xds::Profile;
use segur_dmp_xds::metadata::{Author, AvailabilityStatus, Cx, DocumentEntry, Submission, Xcn};
use segur_dmp_xds::response::AdhocQueryResponse;
use segur_dmp_xds::transaction::answer::{self, AnswerHead};
use segur_dmp_xds::transaction::{Answer, Head, Transaction};

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const ENTRIES: usize = 10_000;
const RUNS: usize = 5;

fn main() {
    let (content_type, message) = answer();
    let size = message.len();
    println!(
        "{ENTRIES} entries, {:.1} MB, {:.1} kB each",
        size as f64 / 1e6,
        size as f64 / 1e3 / ENTRIES as f64
    );
    measure("roxmltree, tree only", &message, |bytes| {
        let text = std::str::from_utf8(bytes).unwrap();
        let options = roxmltree::ParsingOptions::default();
        roxmltree::Document::parse_with_options(text, options).unwrap()
    });
    let head = Head::new("urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8");
    measure("objects (Answer::query)", &message, |bytes| {
        let answer = Answer::query(&head, Transaction::Query, 200, &content_type, bytes).unwrap();
        assert_eq!(answer.value.objects.len(), ENTRIES);
        answer
    });
    measure("entries (into_content)", &message, |bytes| {
        let answer = Answer::query(&head, Transaction::Query, 200, &content_type, bytes).unwrap();
        let content = answer.value.into_content();
        assert_eq!(content.value.documents.len(), ENTRIES);
        content
    });
}

/// What was read is dropped when the time is taken.
fn measure<'m, T>(what: &str, message: &'m [u8], run: impl Fn(&'m [u8]) -> T) {
    let asked = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    if asked.is_some_and(|asked| !what.contains(&asked)) {
        return;
    }
    let mut best = Duration::MAX;
    let mut peak = 0;
    for _ in 0..RUNS {
        HEAP.reset_peak_usage();
        let before = HEAP.current_usage();
        let begun = Instant::now();
        let read = black_box(run(message));
        best = best.min(begun.elapsed());
        drop(read);
        peak = HEAP.peak_usage() - before + message.len();
    }
    println!(
        "{what:<32} {:>7.1} MB/s, heap {:.2} times the input",
        message.len() as f64 / 1e6 / best.as_secs_f64(),
        peak as f64 / message.len() as f64
    );
}

/// The answer of a registry; every name is fictitious.
fn answer() -> (String, Vec<u8>) {
    let entries = (0..ENTRIES).map(entry);
    let submission = Submission {
        documents: entries.collect(),
        ..Submission::default()
    };
    let mut objects = submission.to_objects(Profile::Dmp);
    objects.retain(|object| !object.id().starts_with("SubmissionSet") && !object.id().is_empty());
    let answer = AdhocQueryResponse::found(objects);
    let head = AnswerHead {
        message_id: "urn:uuid:6ba7b811-9dad-41d1-80b4-00c04fd430c8".to_owned(),
        ..AnswerHead::default()
    };
    let message = answer::query(&head, Transaction::Query, &answer).unwrap();
    (message.content_type, message.body)
}

fn entry(number: usize) -> DocumentEntry {
    let one = common::entry();
    let mut authors: Vec<Author> = one.authors.clone();
    for other in 0..4 {
        let mut author = authors[0].clone();
        let id = format!("89970000{number:06}{other}");
        author.person = Some(Xcn::professional(&id, "TESTEUR", "CLAUDE"));
        author.roles.push("Médecin correspondant".to_owned());
        authors.push(author);
    }
    let event = |number: usize| {
        Coded::fixed(
            ["34117-2", "11502-2", "18748-4", "28570-0"][number % 4],
            "2.16.840.1.113883.6.1",
            "Acte de la consultation, décrit en toutes lettres",
        )
    };
    DocumentEntry {
        entry_id: format!("urn:uuid:6ba7b812-9dad-41d1-80b4-{number:012x}"),
        unique_id: format!("1.2.250.1.999.1.1.7898.1.{number}"),
        logical_id: Some(format!("urn:uuid:6ba7b812-9dad-41d1-80b4-{number:012x}")),
        status: Some(AvailabilityStatus::Approved),
        repository_unique_id: Some("1.2.250.1.213.4.1.1.1.2".to_owned()),
        source_patient_id: Some(Cx::local(
            format!("{number:07}"),
            "1.2.250.1.999.1.1.7898.2",
        )),
        title: Some(format!(
            "Compte rendu de la consultation {number} du cabinet"
        )),
        authors,
        event_codes: (0..3).map(event).collect(),
        size: Some(number as u64 + 1_000),
        ..one
    }
}
