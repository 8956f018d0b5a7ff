//! The process is killed in the middle of submissions.

use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, SystemTime};

use segur::sandbox::Pki;
use segur_dmp_xds::Submission;
use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_dmp_xds::metadata::AvailabilityStatus;
use segur_soap::http::HttpClient;

use super::common::process::Process;
use super::{Client, Sandbox, entry, entry_uuid, everything, fetch, options, send, set};

/// The program, and a client of it.
fn start(folder: &Path) -> (Process, Client) {
    let process = Process::start(folder, &[]);
    let caller = Caller {
        endpoints: Endpoints::under(&process.url),
        ..Caller::default()
    };
    let pki = Pki::open(folder, SystemTime::now()).unwrap();
    let http = HttpClient::new(&options(&pki, pki.client())).unwrap();
    let client = BlockingDmpClient::new(DmpClient::new(caller, http)).unwrap();
    (process, client)
}

fn bytes(number: u32) -> Vec<u8> {
    let length = 300_000 + number as usize;
    (0..length).map(|at| (at % 251) as u8).collect()
}

/// Submits documents, each of which replaces the one before, until the server is gone; tells the number of each that is acknowledged and
/// gives back the last one.
fn replace_until_it_ends(client: &Client, first: u32, told: &mpsc::Sender<u32>) -> u32 {
    for number in first.. {
        let content = bytes(number);
        let entry = entry(number, &content);
        let submission = Submission::new(set(number));
        let old = match number.checked_sub(1).filter(|before| *before > 0) {
            Some(before) => match client_uuid(client, before) {
                Some(old) => Some(old),
                None => return number - 1,
            },
            None => None,
        };
        let submission = match old {
            Some(old) => submission.with_replacement(entry, &old),
            None => submission.with_document(entry),
        };
        if send(client, &submission, &content).is_err() {
            return number - 1;
        }
        let _ = told.send(number);
    }
    first
}

fn client_uuid(client: &Client, number: u32) -> Option<String> {
    use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![super::unique_id(number)]));
    let exchange = client.query(&query, ReturnType::ObjectRef, None).ok()?;
    let refs = exchange.answer.content().value.object_refs;
    refs.into_iter().next().map(|one| one.id)
}

#[test]
fn a_killed_process_leaves_all_of_a_submission_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut next = 1;
    // The pause only chooses where in a submission the process is killed: nothing depends on it.
    for pause in [0, 7, 29] {
        let (mut process, client) = start(folder.path());
        let (tell, told) = mpsc::channel();
        let sending = std::thread::spawn(move || replace_until_it_ends(&client, next, &tell));
        let submitted = told.iter().take(2).count();
        std::thread::sleep(Duration::from_millis(pause));
        process.kill();
        let acknowledged = sending.join().unwrap();
        assert_eq!(submitted, 2, "too little was submitted");

        let sandbox = Sandbox::start(folder.path(), &[]);
        let client = sandbox.client();
        let all = everything(&client);
        let kept = u32::try_from(all.documents.len()).unwrap();
        // The last one may have been carried out without an answer.
        assert!(
            (acknowledged..=acknowledged + 1).contains(&kept),
            "{acknowledged} {kept}"
        );
        assert_eq!(all.submission_sets.len(), all.documents.len());
        let replacements = kept.saturating_sub(1);
        assert_eq!(all.associations.len() as u32, kept + replacements);
        for number in 1..=kept {
            let entry = &all.documents[number as usize - 1];
            let status = match number == kept {
                true => AvailabilityStatus::Approved,
                false => AvailabilityStatus::Deprecated,
            };
            assert_eq!(entry.status, Some(status), "{number} of {kept}");
            assert_eq!(fetch(&client, number).unwrap(), bytes(number));
        }
        assert_eq!(entry_uuid(&client, kept + 1), None);
        next = kept + 1;
    }
}
