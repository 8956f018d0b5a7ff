//! Each error code, as the client tells it. What no client of ours sends is made by changing the bytes of a message on its way.

use segur_dmp_xds::Profile;
use segur_dmp_xds::Submission;
use segur_dmp_xds::client::{BlockingDmpClient, ClientError, DmpClient};
use segur_dmp_xds::ebrim::RegistryObject;
use segur_dmp_xds::metadata::{Association, AssociationKind, AvailabilityStatus, Cx, MemberStatus};
use segur_dmp_xds::query::{
    DocumentFilter, EntryKeys, FindDocuments, FindSubmissionSets, ReturnType, StoredQuery,
};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::retrieve::DocumentRequest;
use segur_dmp_xds::update::{Visibility, change_visibility, delete};
use segur_soap::envelope::HttpMessage;
use segur_soap::http::{Blame, BoxFuture, HttpAnswer, HttpClient, HttpError, Transport};

use super::{
    Client, FILE, Sandbox, ask, change_status, dmp, entry, entry_uuid, fetch, find, found, options,
    patient, send, set, submit, unique_id,
};

/// Changes a text of each message, then sends it.
struct Edited {
    http: HttpClient,
    from: Vec<u8>,
    to: Vec<u8>,
}

impl Transport for Edited {
    fn post<'a>(
        &'a self,
        url: &'a str,
        message: &'a HttpMessage,
    ) -> BoxFuture<'a, Result<HttpAnswer, HttpError>> {
        Box::pin(async move {
            let mut message = message.clone();
            let body = std::mem::take(&mut message.body);
            let mut windows = body.windows(self.from.len());
            let at = windows.position(|text| text == self.from);
            let at = at.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&body)));
            message.body.extend_from_slice(&body[..at]);
            message.body.extend_from_slice(&self.to);
            message
                .body
                .extend_from_slice(&body[at + self.from.len()..]);
            self.http.post(url, &message).await
        })
    }
}

type EditedClient = BlockingDmpClient<Edited>;

fn edited(sandbox: &Sandbox, from: &str, to: &str) -> EditedClient {
    let http = HttpClient::new(&options(&sandbox.pki, sandbox.pki.client())).unwrap();
    let transport = Edited {
        http,
        from: from.as_bytes().to_vec(),
        to: to.as_bytes().to_vec(),
    };
    BlockingDmpClient::new(DmpClient::new(sandbox.caller(), transport)).unwrap()
}

/// The codes; every text says which rule of which object, and tells nothing of the patient.
fn codes<T>(result: Result<T, ClientError>, blame: Blame) -> Vec<ErrorCode> {
    let Err(error) = result else {
        panic!("it was accepted")
    };
    assert_eq!(error.blame(), blame, "{error}");
    assert!(!error.may_have_arrived(), "{error}");
    let ClientError::Refused(response) = error else {
        panic!("{error:?}")
    };
    for one in &response.errors {
        assert!(one.context.len() > 10, "{}: {}", one.code, one.context);
        for personal in ["279035121518989", "2790351215", "ALICE", "consultation"] {
            assert!(
                !one.context.contains(personal),
                "{}: {}",
                one.code,
                one.context
            );
        }
    }
    response
        .errors
        .into_iter()
        .map(|error| error.code)
        .collect()
}

fn find_documents() -> StoredQuery {
    StoredQuery::FindDocuments(FindDocuments {
        patient_id: patient(),
        filter: DocumentFilter::approved(),
    })
}

#[test]
fn queries_that_break_a_rule_are_told_which() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let value = "<rim:Value>'279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH'</rim:Value>";
    for (from, to, code, blame) in [
        (
            "14d4debf-8f97-4251-9a74-a90016b0af0d",
            "14d4debf-8f97-4251-9a74-a90016b0af0e",
            ErrorCode::UnknownStoredQuery,
            Blame::Caller,
        ),
        (
            "$XDSDocumentEntryStatus",
            "$XDSDocumentEntryStatu",
            ErrorCode::StoredQueryMissingParam,
            Blame::Caller,
        ),
        (
            "$XDSDocumentEntryPatientId",
            "$XDSDocumentEntryPatien",
            ErrorCode::StoredQueryMissingParam,
            Blame::Caller,
        ),
        (
            value,
            &format!("{value}{value}"),
            ErrorCode::StoredQueryParamNumber,
            Blame::Caller,
        ),
        (
            "returnType=\"LeafClass\"",
            "returnType=\"RepositoryItem\"",
            ErrorCode::RegistryError,
            Blame::Remote,
        ),
    ] {
        let client = edited(&sandbox, from, to);
        let refused = client.query(&find_documents(), ReturnType::LeafClass, None);
        assert_eq!(codes(refused, blame), [code], "{from}");
    }
    assert_eq!(find(&sandbox.client(), AvailabilityStatus::Approved), []);
}

#[test]
fn a_query_that_finds_too_much_is_refused_and_may_ask_for_references() {
    let folder = tempfile::tempdir().unwrap();
    let settings = dmp::Settings {
        max_results: 2,
        ..dmp::Settings::default()
    };
    let sandbox = Sandbox::dmp(folder.path(), &[], settings);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    submit(&client, 2).unwrap();
    assert_eq!(find(&client, AvailabilityStatus::Approved).len(), 2);
    submit(&client, 3).unwrap();
    let refused = client.query(&find_documents(), ReturnType::LeafClass, None);
    assert_eq!(codes(refused, Blame::Caller), [ErrorCode::TooManyResults]);
    let refs = client.query(&find_documents(), ReturnType::ObjectRef, None);
    assert_eq!(refs.unwrap().answer.objects.len(), 3);
}

fn of_another_patient(number: u32) -> Submission {
    let other = Some(Cx::new("279035121518000", "1.2.250.1.213.1.4.10", "NH"));
    let mut set = set(number);
    set.patient_id.clone_from(&other);
    let mut entry = entry(number, FILE);
    entry.patient_id = other;
    Submission::new(set).with_document(entry)
}

#[test]
fn metadata_are_told_of_one_patient_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    send(&client, &of_another_patient(2), FILE).unwrap();
    let both = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(1), unique_id(2)]));
    let refused = client.query(&both, ReturnType::LeafClass, None);
    assert_eq!(
        codes(refused, Blame::Caller),
        [ErrorCode::ResultNotSinglePatient]
    );
    let refs = client.query(&both, ReturnType::ObjectRef, None).unwrap();
    assert_eq!(refs.answer.objects.len(), 2);

    // The document of one patient replaces none of another.
    let old = entry_uuid(&client, 1).unwrap();
    let mut crossed = of_another_patient(3);
    crossed.associations.push(Association {
        member_status: Some(MemberStatus::Original),
        ..Association::new(AssociationKind::Replaces, "Document01", old)
    });
    let refused = send(&client, &crossed, FILE);
    assert_eq!(
        codes(refused, Blame::Caller),
        [ErrorCode::PatientIdDoesNotMatch]
    );
    assert_eq!(entry_uuid(&client, 3), None);
}

#[test]
fn patients_may_be_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let settings = dmp::Settings {
        patients: Some(vec![patient()]),
        ..dmp::Settings::default()
    };
    let sandbox = Sandbox::dmp(folder.path(), &[], settings);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let refused = send(&client, &of_another_patient(2), FILE);
    assert_eq!(codes(refused, Blame::Caller), [ErrorCode::UnknownPatientId]);
    assert_eq!(entry_uuid(&client, 2), None);
}

#[test]
fn submissions_that_break_a_rule_are_told_which_and_leave_nothing() {
    use ErrorCode::{
        DuplicateUniqueIdInRegistry, MissingDocument, MissingDocumentMetadata,
        PatientIdDoesNotMatch, RegistryDuplicateUniqueIdInMessage, RegistryMetadataError,
        RepositoryMetadataError,
    };
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let document = unique_id(1);
    let own_set = set(1).unique_id;
    let cases: [(&str, String, Vec<ErrorCode>); 7] = [
        (
            "<xds:Document id=\"Document01\"",
            "<xds:Document id=\"Document99\"".to_owned(),
            vec![MissingDocumentMetadata, MissingDocument],
        ),
        (
            "href=\"cid:",
            "href=\"cid:none".to_owned(),
            vec![MissingDocument],
        ),
        (
            "<ClinicalDocument/>",
            "<ClinicalDocumenT/>".to_owned(),
            vec![RepositoryMetadataError],
        ),
        (
            "value=\"279035121518989^",
            "value=\"279035121518000^".to_owned(),
            vec![PatientIdDoesNotMatch],
        ),
        (
            &format!("value=\"{own_set}\""),
            format!("value=\"{document}\""),
            vec![RegistryDuplicateUniqueIdInMessage],
        ),
        (
            "f0306f51-975f-434e-a61c-c59651d33983",
            "f0306f51-975f-434e-a61c-c59651d33984".to_owned(),
            vec![RegistryMetadataError],
        ),
        (
            "associationType=\"urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember\"",
            "associationType=\"urn:example:Unknown\"".to_owned(),
            vec![RegistryMetadataError],
        ),
    ];
    for (from, to, expected) in &cases {
        let client = edited(&sandbox, from, to);
        let submission = Submission::new(set(1)).with_document(entry(1, FILE));
        let file = segur_dmp_xds::transaction::FileToSend {
            id: "Document01",
            bytes: FILE,
        };
        let refused = codes(client.submit(&submission, &[file], None), Blame::Caller);
        assert!(refused.starts_with(expected), "{from}: {refused:?}");
    }
    let client = sandbox.client();
    assert_eq!(entry_uuid(&client, 1), None);

    // The uniqueId of a set is none for a document.
    submit(&client, 1).unwrap();
    let mut second = entry(2, FILE);
    second.unique_id = own_set;
    let refused = send(
        &client,
        &Submission::new(set(2)).with_document(second),
        FILE,
    );
    assert_eq!(codes(refused, Blame::Caller), [DuplicateUniqueIdInRegistry]);
}

#[test]
fn documents_within_the_envelope_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let from = "<xds:Document id=\"Document01\">";
    let client = edited(&sandbox, from, &format!("{from}QUJD</xds:Document>{from}"));
    let submission = Submission::new(set(1)).with_document(entry(1, FILE));
    let file = segur_dmp_xds::transaction::FileToSend {
        id: "Document01",
        bytes: FILE,
    };
    let refused = codes(client.submit(&submission, &[file], None), Blame::Remote);
    assert_eq!(refused, [ErrorCode::RepositoryError]);
}

#[test]
fn only_documents_of_the_registry_are_replaced_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let sets = StoredQuery::FindSubmissionSets(FindSubmissionSets {
        patient_id: patient(),
        statuses: vec![AvailabilityStatus::Approved],
        ..FindSubmissionSets::default()
    });
    let own_set = ask(&client, &sets).submission_sets[0].entry_id.clone();
    let no_document = Submission::new(set(2)).with_replacement(entry(2, FILE), &own_set);
    let refused = send(&client, &no_document, FILE);
    assert_eq!(codes(refused, Blame::Caller), [ErrorCode::ReplaceFailed]);

    let old = entry_uuid(&client, 1).unwrap();
    let mut twice = Submission::new(set(2)).with_replacement(entry(2, FILE), &old);
    let again = twice.associations.last().unwrap().clone();
    twice.associations.push(again);
    let refused = send(&client, &twice, FILE);
    assert_eq!(codes(refused, Blame::Caller), [ErrorCode::ReplaceFailed]);

    // What was deleted is not there.
    let deletion = delete(set(2), &old, AvailabilityStatus::Approved).unwrap();
    change_status(&client, &deletion).unwrap();
    let late = Submission::new(set(3)).with_replacement(entry(3, FILE), &old);
    let refused = codes(send(&client, &late, FILE), Blame::Caller);
    assert_eq!(refused, [ErrorCode::UnresolvedReferenceException]);

    submit(&client, 4).unwrap();
    let id = entry_uuid(&client, 4).unwrap();
    let mut update = Submission::new(set(5)).with_document(entry(5, FILE));
    update.associations.push(Association {
        original_status: Some(AvailabilityStatus::Approved),
        new_status: Some(AvailabilityStatus::Archived),
        ..Association::new(
            AssociationKind::UpdateAvailabilityStatus,
            "SubmissionSet01",
            id,
        )
    });
    let refused = codes(send(&client, &update, FILE), Blame::Caller);
    assert_eq!(refused, [ErrorCode::RegistryMetadataError]);
}

#[test]
fn what_a_repository_does_not_give_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    submit(&sandbox.client(), 1).unwrap();
    let asked = || DocumentRequest {
        repository_unique_id: dmp::REPOSITORY.to_owned(),
        document_unique_id: unique_id(1),
        ..DocumentRequest::default()
    };
    let elsewhere = DocumentRequest {
        repository_unique_id: "1.2.3".to_owned(),
        ..asked()
    };
    let refused = sandbox.client().retrieve(vec![elsewhere], None);
    assert_eq!(
        codes(refused, Blame::Caller),
        [ErrorCode::UnknownRepositoryId]
    );
    let refused = fetch(&sandbox.client(), 9);
    assert_eq!(
        codes(refused, Blame::Caller),
        [ErrorCode::DocumentUniqueIdError]
    );

    let from = format!("DocumentUniqueId>{}<", unique_id(1));
    let to = "DocumentUniqueId>urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8<";
    let client = edited(&sandbox, &from, to);
    let fault = client.retrieve(vec![asked()], None).unwrap_err();
    assert!(matches!(fault, ClientError::Answer(_)), "{fault:?}");
    assert!(fault.has(&ErrorCode::DocumentUniqueIdError), "{fault}");
    assert_eq!(fault.blame(), Blame::Caller);
    assert!(!fault.may_have_arrived());
}

#[test]
fn updates_that_break_a_rule_are_told_which() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client = sandbox.client();
    submit(&client, 1).unwrap();
    let present = found(&client, 1).unwrap();
    let id = entry_uuid(&client, 1).unwrap();
    let masked = Visibility {
        masked: true,
        ..Visibility::default()
    };
    let request = change_visibility(&set(2), &present, masked, Profile::Dmp).unwrap();
    let lid = format!("lid=\"{}\"", present.object.lid.as_deref().unwrap());
    for (from, to, code) in [
        (lid.as_str(), "", ErrorCode::MetadataUpdateError),
        (
            "PreviousVersion",
            "PreviousVersio",
            ErrorCode::MetadataVersionError,
        ),
        (
            &lid,
            "lid=\"urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8\"",
            ErrorCode::MetadataUpdateError,
        ),
    ] {
        let refused = edited(&sandbox, from, to).update(&request, None);
        assert_eq!(codes(refused, Blame::Caller), [code], "{from}");
    }

    let status = |new: AvailabilityStatus, old: AvailabilityStatus, target: &str| {
        let mut update = Submission::new(set(2));
        update.associations.push(Association {
            original_status: Some(old),
            new_status: Some(new),
            ..Association::new(
                AssociationKind::UpdateAvailabilityStatus,
                "SubmissionSet01",
                target,
            )
        });
        update
    };
    use AvailabilityStatus::{Approved, Archived, Deprecated};
    let nobody = "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8";
    for (update, code) in [
        (
            status(Deprecated, Approved, &id),
            ErrorCode::MetadataUpdateOperationError,
        ),
        (
            status(Approved, Archived, &id),
            ErrorCode::MetadataUpdateError,
        ),
        (
            status(Archived, Approved, nobody),
            ErrorCode::MetadataUpdateError,
        ),
        (
            Submission::new(set(2)),
            ErrorCode::MetadataUpdateOperationError,
        ),
        (
            Submission {
                submission_set: set(1),
                ..status(Archived, Approved, &id)
            },
            ErrorCode::DuplicateUniqueIdInRegistry,
        ),
    ] {
        let refused = codes(change_status(&client, &update), Blame::Caller);
        assert_eq!(refused, [code]);
    }

    // Half an update is none: the first change is good, the second is not.
    let mut half = status(Archived, Approved, &id);
    half.associations
        .extend(status(Archived, Approved, nobody).associations);
    let refused = codes(change_status(&client, &half), Blame::Caller);
    assert_eq!(refused, [ErrorCode::MetadataUpdateError]);
    assert_eq!(find(&client, Approved).len(), 1, "nothing changed");
    client.update(&request, None).unwrap();
}

#[test]
fn what_is_no_request_gets_a_fault_that_blames_the_caller() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    for (from, to, told) in [
        (
            "RegistryStoredQuery</",
            "RegistryStoredQueries</",
            "wsa:Action",
        ),
        ("xsd:query:3.0", "xsd:query:9.9", "ITI-18"),
        (":Envelope", ":Letter", ""),
    ] {
        let client = edited(&sandbox, from, to);
        let fault = client.query(&find_documents(), ReturnType::LeafClass, None);
        let fault = fault.unwrap_err();
        assert!(matches!(fault, ClientError::Answer(_)), "{fault:?}");
        assert_eq!(fault.blame(), Blame::Caller, "{fault}");
        let ClientError::Answer(segur_dmp_xds::transaction::AnswerError::Fault(fault)) = &fault
        else {
            panic!("{fault:?}")
        };
        let reason = &fault.reasons[0].text;
        assert!(reason.contains(told), "{reason}");
        assert!(!reason.contains("HTTP status 400"), "{reason}");
    }
}

/// An answer of many objects as references is the same list.
#[test]
fn references_are_those_of_the_objects() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let client: Client = sandbox.client();
    submit(&client, 1).unwrap();
    let ids = |return_type| {
        let exchange = client.query(&find_documents(), return_type, None).unwrap();
        let objects = exchange.answer.objects.iter().map(RegistryObject::id);
        objects.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(ReturnType::LeafClass), ids(ReturnType::ObjectRef));
}
