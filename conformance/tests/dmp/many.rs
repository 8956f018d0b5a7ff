//! Ten thousand documents of one patient.

use std::time::{Duration, Instant};

use segur_dmp_xds::Submission;
use segur_dmp_xds::client::{BlockingDmpClient, DmpClient};
use segur_dmp_xds::metadata::{AvailabilityStatus, Cx};
use segur_dmp_xds::query::{DocumentFilter, FindDocuments, ReturnType, StoredQuery};
use segur_dmp_xds::transaction::FileToSend;
use segur_soap::http::{HttpClient, HttpOptions};

use super::{Client, FILE, Sandbox, entry, options, patient, set};

fn submit_many(client: &Client, patient: &Cx, first: u32, number: u32) {
    let mut all = set(100_000 + first);
    all.patient_id = Some(patient.clone());
    let mut submission = Submission::new(all);
    for number in first..first + number {
        let mut one = entry(number, FILE);
        one.entry_id = format!("Document{number}");
        one.patient_id = Some(patient.clone());
        submission = submission.with_document(one);
    }
    let ids: Vec<String> = submission
        .documents
        .iter()
        .map(|one| one.entry_id.clone())
        .collect();
    let files: Vec<_> = ids
        .iter()
        .map(|id| FileToSend { id, bytes: FILE })
        .collect();
    client.submit(&submission, &files, None).unwrap();
}

fn ask(client: &Client, patient: &Cx, return_type: ReturnType) -> (usize, Duration) {
    let query = StoredQuery::FindDocuments(FindDocuments {
        patient_id: patient.clone(),
        filter: DocumentFilter {
            statuses: vec![AvailabilityStatus::Approved],
            ..DocumentFilter::default()
        },
    });
    let begin = Instant::now();
    let exchange = client.query(&query, return_type, None).unwrap();
    (exchange.answer.objects.len(), begin.elapsed())
}

/// Prints how long it takes.
#[test]
#[ignore = "a measurement of a minute: cargo test -p segur --test dmp ten_thousand -- --ignored --nocapture"]
fn ten_thousand_documents_are_found_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let options = HttpOptions {
        timeout: Duration::from_secs(300),
        max_answer: 256 << 20,
        ..options(&sandbox.pki, sandbox.pki.client())
    };
    let client = DmpClient::new(sandbox.caller(), HttpClient::new(&options).unwrap());
    let client = BlockingDmpClient::new(client).unwrap();
    let (many, few) = (
        patient(),
        Cx::new("279035121518000", "1.2.250.1.213.1.4.10", "NH"),
    );
    let begin = Instant::now();
    for batch in 0..20 {
        submit_many(&client, &many, batch * 500, 500);
    }
    println!("10,000 documents submitted by 500: {:?}", begin.elapsed());
    submit_many(&client, &few, 20_000, 10);
    for (who, number) in [(&many, 10_000), (&few, 10)] {
        for return_type in [ReturnType::LeafClass, ReturnType::ObjectRef] {
            let (found, took) = ask(&client, who, return_type.clone());
            println!("{found} found, {return_type:?}: {took:?}");
            assert_eq!(found, number);
        }
    }
}
