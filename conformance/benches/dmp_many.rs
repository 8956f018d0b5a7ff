//! Ten thousand documents of one patient in the sandbox, and ten of another: how long it takes to submit and to find them.
//!
//! `cargo bench -p segur --bench dmp_many`
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[path = "../../dmp-xds/tests/common/mod.rs"]
mod common;
mod sandbox;

use std::time::Instant;

use sandbox::Sandbox;
use segur_dmp_xds::Submission;
use segur_dmp_xds::client::BlockingDmpClient;
use segur_dmp_xds::metadata::Cx;
use segur_dmp_xds::query::{DocumentFilter, FindDocuments, ReturnType, StoredQuery};
use segur_dmp_xds::transaction::FileToSend;
use segur_soap::http::HttpClient;

type Client = BlockingDmpClient<HttpClient>;

const FILE: &[u8] = b"<ClinicalDocument/>";
/// Documents of one submission.
const LOT: usize = 500;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path());
    let client = sandbox.client();
    let few = Cx::new("279035121518000", "1.2.250.1.213.1.4.10", "NH");
    let many = common::patient();
    let begun = Instant::now();
    for lot in 0..20 {
        submit(&client, &many, lot * LOT, LOT);
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("10,000 documents submitted, {LOT} at a time: {seconds:.1} s");
    submit(&client, &few, 20_000, 10);
    for (who, number) in [(&many, 10_000), (&few, 10)] {
        for return_type in [ReturnType::LeafClass, ReturnType::ObjectRef] {
            let query = StoredQuery::FindDocuments(FindDocuments {
                patient_id: who.clone(),
                filter: DocumentFilter::approved(),
            });
            let begun = Instant::now();
            let found = client.query(&query, return_type.clone(), None).unwrap();
            let took = begun.elapsed().as_secs_f64() * 1e3;
            assert_eq!(found.answer.objects.len(), number);
            println!("FindDocuments, {number} found, {return_type:?}: {took:.0} ms");
        }
    }
}

fn submit(client: &Client, patient: &Cx, first: usize, number: usize) {
    let mut set = common::set();
    set.unique_id = format!("1.2.250.1.999.1.1.7898.3.{first}");
    set.patient_id = Some(patient.clone());
    let mut submission = Submission::new(set);
    let ids: Vec<String> = (0..number).map(|at| format!("Document{at}")).collect();
    for (at, id) in ids.iter().enumerate() {
        let mut one = common::entry();
        one.entry_id.clone_from(id);
        one.unique_id = format!("1.2.250.1.999.1.1.7898.1.{}", first + at);
        one.patient_id = Some(patient.clone());
        one.set_content(FILE);
        submission = submission.with_document(one);
    }
    let files = ids.iter().map(|id| FileToSend { id, bytes: FILE });
    let files: Vec<FileToSend<'_>> = files.collect();
    client.submit(&submission, &files, None).unwrap();
}
