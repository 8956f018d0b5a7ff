//! Each quirk, as the client tells it: what happened, who has to act, whether the request may have arrived.

use std::time::{Duration, Instant};

use segur_dmp_xds::client::{BlockingDmpClient, Caller, ClientError, DmpClient};
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::transaction::{AnswerError, WireWarning};
use segur_soap::http::{Blame, HttpClient, HttpError, HttpOptions};

use super::{Client, FILE, PATIENT, Sandbox, entry_uuid, fetch, options, submit, unique_id};

/// Times that are waited out. The first does unless this process is held up meanwhile; then the attempt counts for nothing.
const IMPATIENT: [Duration; 3] = [
    Duration::from_secs(2),
    Duration::from_secs(20),
    Duration::from_secs(100),
];

/// A client with so much patience and little room.
fn client_with(sandbox: &Sandbox, patience: Duration) -> Client {
    let options = HttpOptions {
        timeout: patience,
        max_answer: 1 << 20,
        ..options(&sandbox.pki, sandbox.pki.client())
    };
    let http = HttpClient::new(&options).unwrap();
    BlockingDmpClient::new(DmpClient::new(sandbox.caller(), http)).unwrap()
}

fn what(error: &ClientError) -> &'static str {
    match error {
        ClientError::Http(HttpError::Interrupted { .. }) => "interrupted",
        ClientError::Http(HttpError::Timeout) => "timeout",
        ClientError::Http(HttpError::TooLarge { .. }) => "too large",
        ClientError::Answer(AnswerError::Fault(_)) => "fault",
        ClientError::Answer(_) => "no answer",
        ClientError::Refused(_) => "refused",
        _ => "other",
    }
}

#[test]
fn the_client_tells_what_happened_and_never_that_it_surely_did_not_arrive_when_it_did() {
    use Blame::{Caller, Remote, Transport};
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    for (number, (quirk, kind, blame, may_have, has)) in [
        ("drop", "interrupted", Transport, true, false),
        ("drop @ITI-41", "interrupted", Transport, true, false),
        ("drop-after", "interrupted", Transport, true, true),
        ("drop-after @ITI-41", "interrupted", Transport, true, true),
        ("cut-answer", "interrupted", Transport, true, true),
        ("cut-answer @ITI-41", "interrupted", Transport, true, true),
        ("endless", "too large", Caller, true, true),
        ("status=500", "no answer", Remote, true, false),
        ("status=503 @ITI-41", "no answer", Remote, true, false),
        ("fault", "fault", Remote, true, false),
        ("fault=DMPInvalidCertificate", "fault", Caller, false, false),
        (
            "fault=XDSRegistryBusy @ITI-41",
            "fault",
            Remote,
            true,
            false,
        ),
        ("refuse=XDSRegistryBusy", "refused", Remote, false, false),
        (
            "refuse=XDSUnknownPatientId @ITI-41",
            "refused",
            Caller,
            false,
            false,
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let number = u32::try_from(number).unwrap();
        let client = client_with(&sandbox, PATIENT);
        let once = format!("{quirk} x1");
        sandbox.quirks.set([once.as_str()]).unwrap();
        let error = submit(&client, number).unwrap_err();
        assert_eq!(what(&error), kind, "{quirk}: {error:?}");
        assert_eq!(error.blame(), blame, "{quirk}: {error}");
        assert_eq!(error.may_have_arrived(), may_have, "{quirk}: {error}");
        let arrived = entry_uuid(&client, number).is_some();
        assert_eq!(arrived, has, "{quirk}");
        assert!(error.may_have_arrived() || !arrived, "{quirk}");
    }
}

#[test]
fn the_client_waits_as_long_as_it_was_told_and_never_tells_that_it_surely_did_not_arrive() {
    for (quirk, has) in [
        ("silent", true),
        ("silent @ITI-41", true),
        ("latency=600s @ITI-41", true),
        ("latency=600s", false),
    ] {
        let waited = IMPATIENT.into_iter().any(|patience| {
            let folder = tempfile::tempdir().unwrap();
            let once = format!("{quirk} x1");
            let sandbox = Sandbox::start(folder.path(), &[&once]);
            let error = submit(&client_with(&sandbox, patience), 1).unwrap_err();
            assert_eq!(what(&error), "timeout", "{quirk}: {error:?}");
            assert_eq!(error.blame(), Blame::Transport, "{quirk}: {error}");
            assert!(error.may_have_arrived(), "{quirk}: {error}");
            // What was still on its way when the client gave up proves nothing.
            let taken = sandbox.quirks.list() == [format!("{quirk} x0")];
            if taken {
                let client = sandbox.client();
                let arrived = || entry_uuid(&client, 1).is_some();
                // It is taken first and carried out then, whoever waits for it.
                let begin = Instant::now();
                while has && !arrived() && begin.elapsed() < PATIENT {
                    std::thread::sleep(Duration::from_millis(10));
                }
                assert_eq!(arrived(), has, "{quirk}");
            }
            taken
        });
        assert!(waited, "{quirk}: the request never came in");
    }
}

#[test]
fn what_can_be_read_all_the_same_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    // Bytes behind the answer spoil neither it nor what is asked next.
    sandbox.quirks.set(["surplus x2"]).unwrap();
    for number in 1..=4 {
        submit(&client, number).unwrap();
        assert_eq!(fetch(&client, number).unwrap(), FILE);
    }
    sandbox.quirks.set(["wrong-relates-to x3"]).unwrap();
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(1)]));
    let error = client.query(&query, ReturnType::LeafClass, None);
    let error = error.unwrap_err();
    assert!(error.to_string().contains("for another message"), "{error}");
    let error = fetch(&client, 1).unwrap_err();
    assert!(error.to_string().contains("for another message"), "{error}");
    let tolerant = Caller {
        unrelated_answers: true,
        ..sandbox.caller()
    };
    let tolerant = sandbox.client_of(tolerant, sandbox.pki.client());
    let answers = [vec![WireWarning::OtherMessage], Vec::new()];
    for expected in answers {
        let exchange = tolerant.query(&query, ReturnType::LeafClass, None).unwrap();
        assert_eq!(exchange.wire, expected);
        assert_eq!(exchange.answer.objects.len(), 1);
    }
    sandbox.quirks.set(["latency=300ms @ITI-18 x1"]).unwrap();
    submit(&client, 5).unwrap();
    let begin = Instant::now();
    assert!(entry_uuid(&client, 5).is_some());
    assert!(begin.elapsed() >= Duration::from_millis(300));
}

#[test]
fn a_quirk_of_one_transaction_leaves_the_others_alone() {
    let folder = tempfile::tempdir().unwrap();
    let quirks = ["multipart-faults", "fault=XDSRepositoryError @ITI-43 x1"];
    let sandbox = Sandbox::start(folder.path(), &quirks);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    assert!(entry_uuid(&client, 1).is_some());
    let fault = fetch(&client, 1).unwrap_err();
    assert!(fault.has(&ErrorCode::RepositoryError), "{fault}");
    assert_eq!(fault.blame(), Blame::Remote);
    assert_eq!(fetch(&client, 1).unwrap(), FILE);
}

#[test]
fn the_quirks_of_the_dmp_may_be_for_one_transaction_too() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    for (quirk, added) in [
        ("longer-documents @ITI-43 x1", 1),
        ("longer-documents @ITI-18 x1", 0),
    ] {
        sandbox.quirks.set([quirk]).unwrap();
        let fetched = [fetch(&client, 1).unwrap(), fetch(&client, 1).unwrap()];
        let sizes = fetched.map(|bytes| bytes.len());
        assert_eq!(sizes, [FILE.len() + added, FILE.len()], "{quirk}");
    }
    sandbox
        .quirks
        .set(["require-signature @ITI-41 x1"])
        .unwrap();
    let refused = submit(&client, 2).unwrap_err();
    assert!(refused.has(&ErrorCode::RepositoryMetadataError));
    submit(&client, 2).unwrap();
}

#[test]
fn the_help_tells_what_every_quirk_does() {
    use segur::sandbox::{dmp, insi};
    for (service, own) in [("dmp", dmp::QUIRKS), ("insi", insi::QUIRKS)] {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_segur"))
            .args(["sandbox", service, "--help"])
            .output()
            .unwrap();
        let help = String::from_utf8(out.stdout).unwrap();
        for kind in own.all() {
            let line = help
                .lines()
                .find_map(|line| line.trim().strip_prefix(kind.example));
            assert_eq!(line.map(str::trim), Some(kind.en), "{help}");
        }
    }
}

/// A document that is not the one of the registry is no document: its size and hash tell.
#[test]
fn a_document_that_is_longer_than_told_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &["longer-documents"]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let all = super::find(
        &client,
        segur_dmp_xds::metadata::AvailabilityStatus::Approved,
    );
    let longer = fetch(&client, 1).unwrap();
    assert_eq!(longer.len(), FILE.len() + 1);
    assert!(!all[0].matches_content(&longer));
}
