//! What our client does with a registry and repository, whoever wrote them: submissions, every stored query, files, refusals.

use std::collections::BTreeSet;

use segur_core::Coded;
use segur_dmp_xds::client::{BlockingDmpClient, ClientError};
use segur_dmp_xds::ebrim::{ExtrinsicObject, RegistryObject};
use segur_dmp_xds::metadata::{Association, AssociationKind, AvailabilityStatus, EntryKind};
use segur_dmp_xds::query::{
    DocumentFilter, EntryKey, EntryKeys, FindDocuments, FindDocumentsByReferenceId, FindFolders,
    FindSubmissionSets, FolderFilter, GetAll, GetContents, GetRelatedDocuments, Period, ReturnType,
    StoredQuery,
};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::retrieve::DocumentRequest;
use segur_dmp_xds::update::{Visibility, change_visibility};
use segur_dmp_xds::{
    DocumentEntry, Profile, RegistryContent, Submission, SubmitObjectsRequest, hash,
};
use segur_soap::http::HttpClient;

use super::samples::{
    self, CCAM, CDA, CONFIDENTIALITY, LOINC, PATIENT, PDF, ROOT, differences, entry, file, folder,
    folder_differences, patient, set, set_differences, unique_id, with_folder,
};
use super::table::Table;

pub(crate) type Client = BlockingDmpClient<HttpClient>;

/// A client, what it talks to, and the table.
pub(crate) struct Scenario<'a> {
    pub(crate) client: &'a Client,
    /// OID of the repository behind ITI-41 and ITI-43.
    pub(crate) repository: &'a str,
    /// Whether it reads a comma within quotes as part of the value, and not as the end of it.
    pub(crate) reads_commas: bool,
    pub(crate) table: &'a mut Table,
}

pub(crate) fn codes(error: &ClientError) -> Vec<ErrorCode> {
    match error {
        ClientError::Refused(answer) => answer.errors.iter().map(|one| one.code.clone()).collect(),
        other => panic!("no refusal: {other}"),
    }
}

fn said(codes: &[ErrorCode]) -> String {
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    format!("Failure: {}", codes.join(", "))
}

impl Scenario<'_> {
    pub(crate) fn run(&mut self) {
        let sent = self.submissions();
        self.queries();
        self.comma();
        self.fields(&sent);
        self.files(&sent);
        self.refusals();
        self.updates(&sent);
    }

    /// Five submissions: one document; three with a folder; a replacement; a registration.
    fn submissions(&mut self) -> Vec<DocumentEntry> {
        let one = entry(1, PATIENT, "text/xml", CDA);
        let first = Submission::new(set(1, PATIENT)).with_document(one.clone());
        self.submit("one document (CDA)", &first, &[CDA]);

        let mut two = entry(2, PATIENT, "text/xml", CDA);
        two.reference_ids = vec![samples::reference()];
        two.confidentiality_codes
            .push(Coded::fixed("R", CONFIDENTIALITY, "Restreint"));
        let three = entry(3, PATIENT, "application/pdf", PDF);
        let large = large();
        let mut four = entry(4, PATIENT, "text/xml", &large);
        four.type_code = Some(Coded::fixed("34117-2", LOINC, "Antécédents"));
        four.event_codes.truncate(1);
        for code in [QUOTED, COMMA] {
            four.event_codes.push(Coded::fixed(code, CCAM, "Acte"));
        }
        let several = Submission::new(set(2, PATIENT))
            .with_document(two.clone())
            .with_document(three.clone())
            .with_document(four.clone());
        let several = with_folder(several, folder(PATIENT), &["Document02", "Document03"]);
        self.submit(
            "three documents (CDA, PDF, 3 MB) and a folder",
            &several,
            &[CDA, PDF, &large],
        );

        let five = entry(5, PATIENT, "text/xml", CDA);
        let replaced = self.entry_uuid(1);
        let replacement =
            Submission::new(set(3, PATIENT)).with_replacement(five.clone(), &replaced);
        self.submit("replacement (RPLC)", &replacement, &[CDA]);

        let mut six = entry(6, PATIENT, "application/pdf", PDF);
        six.repository_unique_id = Some(format!("{ROOT}.77"));
        let registration = Submission::new(set(4, PATIENT)).with_document(six.clone());
        let exchange = self.client.register(&registration, None).unwrap();
        assert_eq!((exchange.wire, exchange.warnings), (vec![], vec![]));
        self.table
            .row("ITI-42", "one document of another repository", "Success");
        vec![one, two, three, four, five, six]
    }

    fn submit(&mut self, what: &str, submission: &Submission, bytes: &[&[u8]]) {
        let files: Vec<_> = submission
            .documents
            .iter()
            .zip(bytes)
            .map(|(one, bytes)| file(one, bytes))
            .collect();
        let exchange = self
            .client
            .submit(submission, &files, None)
            .unwrap_or_else(|error| panic!("{what}: {error:?}"));
        assert_eq!(exchange.wire, [], "{what}");
        assert_eq!(exchange.warnings, [], "{what}");
        assert_eq!(exchange.answer.errors, [], "{what}");
        self.table.row("ITI-41", what, "Success");
    }

    fn find(&self, query: &StoredQuery) -> RegistryContent {
        let exchange = self
            .client
            .query(query, ReturnType::LeafClass, None)
            .unwrap();
        assert_eq!((exchange.wire, exchange.warnings), (vec![], vec![]));
        let content = exchange.answer.content();
        assert_eq!(content.warnings, []);
        content.value
    }

    /// Its entryUUID, learnt as the DMP wants it: by the uniqueId, as a reference.
    fn entry_uuid(&self, number: u32) -> String {
        let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(number)]));
        let exchange = self
            .client
            .query(&query, ReturnType::ObjectRef, None)
            .unwrap();
        let content = exchange.answer.content().value;
        assert_eq!(content.object_refs.len(), 1);
        content.object_refs[0].id.clone()
    }

    /// Every stored query of ITI-18 and ITI-51, with both return types.
    fn queries(&mut self) {
        let uuids = |numbers: &[u32]| {
            numbers
                .iter()
                .map(|number| self.entry_uuid(*number))
                .collect::<Vec<_>>()
        };
        let documents = uuids(&[1, 5]);
        let replaced = uuids(&[1]);
        let fourth = uuids(&[4]);
        let rows = [
            document_queries(),
            object_queries(&documents, &replaced, &fourth),
        ]
        .concat();
        for (what, query, expected) in rows {
            let found = self.find(&query);
            let names: BTreeSet<u32> = found.documents.iter().map(number).collect();
            let got = Expected {
                documents: names.into_iter().collect(),
                sets: found.submission_sets.len(),
                folders: found.folders.len(),
                associations: found.associations.len(),
            };
            assert_eq!(got, expected, "{what}");
            let mut ids: Vec<String> = found
                .documents
                .iter()
                .map(|one| one.entry_id.clone())
                .collect();
            ids.extend(found.submission_sets.iter().map(|one| one.entry_id.clone()));
            ids.extend(found.folders.iter().map(|one| one.entry_id.clone()));
            ids.extend(found.associations.iter().map(|one| one.id.clone()));
            let exchange = self
                .client
                .query(&query, ReturnType::ObjectRef, None)
                .unwrap();
            let content = exchange.answer.content();
            assert_eq!(content.warnings, [], "{what}");
            let mut refs: Vec<String> = content
                .value
                .object_refs
                .into_iter()
                .map(|one| one.id)
                .collect();
            ids.sort();
            refs.sort();
            assert_eq!(refs, ids, "{what}");
            self.table.row(
                exchange.transaction.name(),
                what,
                format!(
                    "Success, {} objects, as LeafClass and as ObjectRef",
                    ids.len()
                ),
            );
        }
    }

    /// The rules of quoting have no word on commas within quotes.
    fn comma(&mut self) {
        let query = StoredQuery::FindDocuments(FindDocuments {
            patient_id: patient(PATIENT),
            filter: DocumentFilter {
                event_codes: vec![vec![Coded::fixed(COMMA, CCAM, "Acte")]],
                ..DocumentFilter::approved()
            },
        });
        let what = "FindDocuments, a code with a comma";
        if self.reads_commas {
            let found = self.find(&query);
            assert_eq!(found.documents.iter().map(number).collect::<Vec<_>>(), [4]);
            self.table.row("ITI-18", what, "Success, 1 object");
        } else {
            let error = self.client.query(&query, ReturnType::LeafClass, None);
            let codes = codes(&error.unwrap_err());
            self.table.row("ITI-18", what, said(&codes));
        }
    }

    /// What was sent is what is found, field by field.
    fn fields(&mut self, sent: &[DocumentEntry]) {
        let all = self.find(&StoredQuery::GetAll(all_of(PATIENT)));
        for one in sent {
            let got = all
                .documents
                .iter()
                .find(|got| got.unique_id == one.unique_id)
                .unwrap();
            assert_eq!(differences(one, got), [] as [&str; 0], "{}", one.entry_id);
            let status = match one.entry_id.as_str() {
                "Document01" => AvailabilityStatus::Deprecated,
                _ => AvailabilityStatus::Approved,
            };
            assert_eq!(got.status, Some(status));
            assert_eq!(got.version.as_deref(), Some("1"));
            assert_eq!(got.logical_id.as_ref(), Some(&got.entry_id));
            let repository = one
                .repository_unique_id
                .as_deref()
                .unwrap_or(self.repository);
            assert_eq!(got.repository_unique_id.as_deref(), Some(repository));
        }
        for number in 1..=4 {
            let one = set(number, PATIENT);
            let got = all
                .submission_sets
                .iter()
                .find(|got| got.unique_id == one.unique_id)
                .unwrap();
            assert_eq!(set_differences(&one, got), [] as [&str; 0]);
        }
        assert_eq!(
            folder_differences(&folder(PATIENT), &all.folders[0]),
            [] as [&str; 0]
        );
        self.table.row(
            "ITI-18",
            "metadata compared with those sent",
            "6 documents, 4 sets, 1 folder: every field equal",
        );
    }

    fn files(&mut self, sent: &[DocumentEntry]) {
        let asked = |number: u32| DocumentRequest {
            repository_unique_id: self.repository.to_owned(),
            document_unique_id: unique_id(number),
            ..DocumentRequest::default()
        };
        let large = large();
        let bytes: [(u32, &[u8]); 4] = [(2, CDA), (3, PDF), (4, &large), (5, CDA)];
        let exchange = self
            .client
            .retrieve(
                bytes.iter().map(|(number, _)| asked(*number)).collect(),
                None,
            )
            .unwrap();
        assert_eq!((exchange.wire, exchange.warnings), (vec![], vec![]));
        let answer = exchange.answer;
        assert_eq!(answer.files.len(), 4);
        assert!(answer.failed.is_empty());
        for (number, bytes) in bytes {
            let got = answer.file(&unique_id(number)).unwrap();
            let entry = sent
                .iter()
                .find(|one| one.unique_id == unique_id(number))
                .unwrap();
            assert!(got.bytes == bytes, "document {number}");
            assert_eq!(Some(hash(&got.bytes)), entry.hash);
            assert_eq!(got.mime_type.as_ref(), Some(&entry.mime_type));
            assert_eq!(got.repository_unique_id, self.repository);
        }
        self.table.row(
            "ITI-43",
            "four documents",
            "Success, equal byte by byte, hashes too",
        );
        let exchange = self
            .client
            .retrieve(vec![asked(2), asked(99)], None)
            .unwrap();
        assert!(exchange.answer.response.is_partial());
        assert!(
            exchange
                .answer
                .response
                .has(&ErrorCode::DocumentUniqueIdError)
        );
        assert_eq!(exchange.answer.files.len(), 1);
        self.table.row(
            "ITI-43",
            "two documents, one unknown",
            "PartialSuccess: XDSDocumentUniqueIdError, 1 file",
        );
        let elsewhere = DocumentRequest {
            repository_unique_id: "1.2.3".to_owned(),
            ..asked(2)
        };
        let error = self.client.retrieve(vec![elsewhere], None).unwrap_err();
        assert_eq!(codes(&error), [ErrorCode::UnknownRepositoryId]);
        self.table
            .row("ITI-43", "another repository", said(&codes(&error)));
    }

    fn refusals(&mut self) {
        let mut refused = |what: &str, submission: Submission, expected: ErrorCode| {
            let files: Vec<_> = submission
                .documents
                .iter()
                .map(|one| file(one, CDA))
                .collect();
            let error = self.client.submit(&submission, &files, None).unwrap_err();
            assert_eq!(codes(&error)[0], expected, "{what}");
            self.table.row("ITI-41", what, said(&codes(&error)));
        };
        let again =
            Submission::new(set(11, PATIENT)).with_document(entry(2, PATIENT, "text/xml", CDA));
        refused(
            "a uniqueId that is there",
            again,
            ErrorCode::DuplicateUniqueIdInRegistry,
        );
        let again =
            Submission::new(set(1, PATIENT)).with_document(entry(12, PATIENT, "text/xml", CDA));
        refused(
            "a submission set that is there",
            again,
            ErrorCode::DuplicateUniqueIdInRegistry,
        );
        let old = self.client.query(
            &StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(1)])),
            ReturnType::ObjectRef,
            None,
        );
        let old = old.unwrap().answer.content().value.object_refs[0]
            .id
            .clone();
        let mut refused = |what: &str, submission: Submission, expected: ErrorCode| {
            let files: Vec<_> = submission
                .documents
                .iter()
                .map(|one| file(one, CDA))
                .collect();
            let error = self.client.submit(&submission, &files, None).unwrap_err();
            assert_eq!(codes(&error)[0], expected, "{what}");
            self.table.row("ITI-41", what, said(&codes(&error)));
        };
        let again = Submission::new(set(13, PATIENT))
            .with_replacement(entry(13, PATIENT, "text/xml", CDA), &old);
        refused(
            "replacement of a document replaced before",
            again,
            ErrorCode::RegistryDeprecatedDocumentError,
        );
        let nowhere = "urn:uuid:00000000-0000-4000-8000-000000000000";
        let unknown = Submission::new(set(14, PATIENT))
            .with_replacement(entry(14, PATIENT, "text/xml", CDA), nowhere);
        refused(
            "replacement of an unknown document",
            unknown,
            ErrorCode::UnresolvedReferenceException,
        );
    }

    /// ITI-57: status, and metadata in a new version.
    fn updates(&mut self, sent: &[DocumentEntry]) {
        let (approved, deprecated) = (AvailabilityStatus::Approved, AvailabilityStatus::Deprecated);
        let fourth = self.entry_uuid(4);
        let status = |number: u32, from: &AvailabilityStatus, to: &AvailabilityStatus| {
            let set = set(number, PATIENT);
            let mut update = Submission::new(set.clone());
            update.associations.push(Association {
                original_status: Some(from.clone()),
                new_status: Some(to.clone()),
                ..Association::new(
                    AssociationKind::UpdateAvailabilityStatus,
                    set.entry_id,
                    fourth.clone(),
                )
            });
            SubmitObjectsRequest::new(&update, Profile::IheStrict).unwrap()
        };
        self.client
            .update(&status(31, &approved, &deprecated), None)
            .unwrap();
        let all = self.find(&StoredQuery::GetDocuments(EntryKeys::EntryUuids(vec![
            fourth.clone(),
        ])));
        assert_eq!(all.documents[0].status, Some(deprecated.clone()));
        self.table.row(
            "ITI-57",
            "status: Approved to Deprecated",
            "Success, and a query says so",
        );
        let error = self
            .client
            .update(&status(32, &approved, &deprecated), None)
            .unwrap_err();
        assert_eq!(codes(&error), [ErrorCode::MetadataUpdateError]);
        self.table.row(
            "ITI-57",
            "status: a wrong OriginalStatus",
            said(&codes(&error)),
        );
        self.client
            .update(&status(33, &deprecated, &approved), None)
            .unwrap();
        self.table
            .row("ITI-57", "status: Deprecated to Approved", "Success");

        let third = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(3)]));
        let exchange = self
            .client
            .query(&third, ReturnType::LeafClass, None)
            .unwrap();
        let RegistryObject::ExtrinsicObject(found) = exchange.answer.objects[0].clone() else {
            panic!("no entry");
        };
        let masked = Visibility {
            masked: true,
            ..Visibility::default()
        };
        let update = |number: u32, found: &ExtrinsicObject| {
            change_visibility(&set(number, PATIENT), found, masked, Profile::IheStrict).unwrap()
        };
        self.client.update(&update(34, &found), None).unwrap();
        let present = self.find(&StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![
            unique_id(3),
        ])));
        let present = present
            .documents
            .iter()
            .find(|one| one.status == Some(approved.clone()))
            .unwrap();
        assert!(present.is_masked());
        assert_eq!(present.version.as_deref(), Some("2"));
        assert_eq!(present.logical_id, found.object.lid);
        assert_ne!(present.entry_id, found.object.id);
        let before = sent
            .iter()
            .find(|one| one.unique_id == unique_id(3))
            .unwrap();
        assert_eq!(differences(before, present), ["confidentiality_codes"]);
        self.table.row(
            "ITI-57",
            "metadata: visibility",
            "Success, version 2, all else equal",
        );
        let error = self.client.update(&update(35, &found), None).unwrap_err();
        assert_eq!(codes(&error), [ErrorCode::MetadataVersionError]);
        self.table.row(
            "ITI-57",
            "metadata: a version that is not the present one",
            said(&codes(&error)),
        );
    }
}

/// A code that needs every rule of quoting but that of commas.
const QUOTED: &str = "L'a ('b')";
const COMMA: &str = "a, b";

/// A document of 3 MB.
pub(crate) fn large() -> Vec<u8> {
    let mut bytes = b"<?xml version=\"1.0\"?>\n<ClinicalDocument>".to_vec();
    while bytes.len() < 3_000_000 {
        bytes.extend_from_slice(b"<!-- --segur\r\n-- \xc3\xa9 -->");
    }
    bytes.extend_from_slice(b"</ClinicalDocument>");
    bytes
}

/// What a query is to find: documents by their numbers, the others counted.
#[derive(Clone, Debug, PartialEq)]
struct Expected {
    documents: Vec<u32>,
    sets: usize,
    folders: usize,
    associations: usize,
}

type Row = (&'static str, StoredQuery, Expected);

fn only(documents: &[u32]) -> Expected {
    Expected {
        documents: documents.to_vec(),
        sets: 0,
        folders: 0,
        associations: 0,
    }
}

fn number(entry: &DocumentEntry) -> u32 {
    entry.unique_id.rsplit('.').next().unwrap().parse().unwrap()
}

pub(crate) fn all_of(patient_number: &str) -> GetAll {
    let both = vec![AvailabilityStatus::Approved, AvailabilityStatus::Deprecated];
    GetAll {
        patient_id: patient(patient_number),
        document_statuses: both.clone(),
        submission_set_statuses: both.clone(),
        folder_statuses: both,
        ..GetAll::default()
    }
}

/// Queries that find documents by what they are like.
fn document_queries() -> Vec<Row> {
    let by = |filter: DocumentFilter| {
        StoredQuery::FindDocuments(FindDocuments {
            patient_id: patient(PATIENT),
            filter,
        })
    };
    let approved = DocumentFilter::approved;
    let period = |from: &str, to: &str| Period {
        from: Some(from.parse().unwrap()),
        to: Some(to.parse().unwrap()),
    };
    let codes = |code: &str, system: &str| vec![Coded::new(code.to_owned(), system.to_owned())];
    let event = |all: &[&str]| {
        all.iter()
            .map(|code| Coded::new((*code).to_owned(), CCAM))
            .collect::<Vec<_>>()
    };
    vec![
        (
            "FindDocuments, approved",
            by(approved()),
            only(&[2, 3, 4, 5, 6]),
        ),
        (
            "FindDocuments, deprecated",
            by(DocumentFilter {
                statuses: vec![AvailabilityStatus::Deprecated],
                ..approved()
            }),
            only(&[1]),
        ),
        (
            "FindDocuments, both statuses, two types",
            by(DocumentFilter {
                statuses: vec![AvailabilityStatus::Approved, AvailabilityStatus::Deprecated],
                type_codes: [codes("34117-2", LOINC), codes("11488-4", LOINC)].concat(),
                ..approved()
            }),
            only(&[1, 2, 3, 4, 5, 6]),
        ),
        (
            "FindDocuments, type",
            by(DocumentFilter {
                type_codes: codes("34117-2", LOINC),
                ..approved()
            }),
            only(&[4]),
        ),
        (
            "FindDocuments, type of another system",
            by(DocumentFilter {
                type_codes: codes("34117-2", "1.2.3"),
                ..approved()
            }),
            only(&[]),
        ),
        (
            "FindDocuments, class, setting, facility, format",
            by(DocumentFilter {
                class_codes: codes("10", "1.2.250.1.213.1.1.4.1"),
                practice_setting_codes: codes("AMBULATOIRE", "1.2.250.1.213.1.1.4.9"),
                healthcare_facility_type_codes: codes("SA07", "1.2.250.1.71.4.2.4"),
                format_codes: codes("urn:ihe:iti:xds-sd:pdf:2008", "1.3.6.1.4.1.19376.1.2.3"),
                ..approved()
            }),
            only(&[3, 6]),
        ),
        (
            "FindDocuments, one event or the other",
            by(DocumentFilter {
                event_codes: vec![event(&["DEQP003", "NONE"])],
                ..approved()
            }),
            only(&[2, 3, 5, 6]),
        ),
        (
            "FindDocuments, a code with quotes and parentheses",
            by(DocumentFilter {
                event_codes: vec![event(&[QUOTED])],
                ..approved()
            }),
            only(&[4]),
        ),
        (
            "FindDocuments, one event and the other",
            by(DocumentFilter {
                event_codes: vec![event(&["YYYY600"]), event(&["NONE"])],
                ..approved()
            }),
            only(&[]),
        ),
        (
            "FindDocuments, confidentiality N and R",
            by(DocumentFilter {
                confidentiality_codes: vec![
                    codes("N", CONFIDENTIALITY),
                    codes("R", CONFIDENTIALITY),
                ],
                ..approved()
            }),
            only(&[2]),
        ),
        (
            "FindDocuments, creation, start and stop of the act",
            by(DocumentFilter {
                creation_time: period("20240303", "20240306"),
                service_start_time: period("202403030000", "202403060000"),
                service_stop_time: period("20240303000000", "20240305235959"),
                ..approved()
            }),
            only(&[3, 4, 5]),
        ),
        (
            "FindDocuments, stable only",
            by(DocumentFilter {
                entry_kinds: vec![EntryKind::Stable],
                ..approved()
            }),
            only(&[2, 3, 4, 5, 6]),
        ),
        (
            "FindDocuments, another patient",
            StoredQuery::FindDocuments(FindDocuments {
                patient_id: patient("279035121518900"),
                filter: approved(),
            }),
            only(&[]),
        ),
        (
            "FindDocumentsForMultiplePatients",
            StoredQuery::FindDocumentsForMultiplePatients {
                patient_ids: vec![patient("279035121518900"), patient(PATIENT)],
                filter: approved(),
            },
            only(&[2, 3, 4, 5, 6]),
        ),
        (
            "FindDocumentsByReferenceIdForMultiplePatients",
            StoredQuery::FindDocumentsByReferenceIdForMultiplePatients {
                patient_ids: vec![patient(PATIENT), patient("279035121518900")],
                filter: approved(),
                reference_ids: vec![vec![samples::reference()]],
            },
            only(&[2]),
        ),
        (
            "FindDocumentsByReferenceId",
            StoredQuery::FindDocumentsByReferenceId(FindDocumentsByReferenceId {
                patient_id: patient(PATIENT),
                filter: approved(),
                reference_ids: vec![vec![samples::reference()]],
            }),
            only(&[2]),
        ),
    ]
}

/// The other queries. `related`: documents 1 and 5; `replaced`: 1; `fourth`: 4.
fn object_queries(related: &[String], replaced: &[String], fourth: &[String]) -> Vec<Row> {
    let sets = |sets: usize| Expected { sets, ..only(&[]) };
    let find_sets = |query: FindSubmissionSets| {
        StoredQuery::FindSubmissionSets(FindSubmissionSets {
            patient_id: patient(PATIENT),
            statuses: vec![AvailabilityStatus::Approved],
            ..query
        })
    };
    let folder_id = format!("{ROOT}.5.1");
    let in_folder = |documents: &[u32]| Expected {
        folders: 1,
        ..only(documents)
    };
    let kinds = vec![AssociationKind::Replaces];
    vec![
        (
            "FindSubmissionSets",
            find_sets(FindSubmissionSets::default()),
            sets(4),
        ),
        (
            "FindSubmissionSets, source, time, content",
            find_sets(FindSubmissionSets {
                source_ids: vec![ROOT.to_owned()],
                submission_time: Period {
                    from: Some("20240315093102".parse().unwrap()),
                    to: Some("20240315093104".parse().unwrap()),
                },
                content_type_codes: vec![Coded::new("07", "1.2.250.1.213.2.2")],
                ..FindSubmissionSets::default()
            }),
            sets(2),
        ),
        (
            "FindFolders",
            StoredQuery::FindFolders(FindFolders {
                patient_id: patient(PATIENT),
                filter: FolderFilter {
                    statuses: vec![AvailabilityStatus::Approved],
                    codes: vec![vec![Coded::new("D1", "1.2.250.1.999.8")]],
                    ..FolderFilter::default()
                },
            }),
            in_folder(&[]),
        ),
        (
            "FindFoldersForMultiplePatients",
            StoredQuery::FindFoldersForMultiplePatients {
                patient_ids: vec![patient(PATIENT)],
                filter: FolderFilter {
                    statuses: vec![AvailabilityStatus::Approved],
                    ..FolderFilter::default()
                },
            },
            in_folder(&[]),
        ),
        (
            "GetAll",
            StoredQuery::GetAll(all_of(PATIENT)),
            Expected {
                documents: vec![1, 2, 3, 4, 5, 6],
                sets: 4,
                folders: 1,
                associations: 10,
            },
        ),
        (
            "GetDocuments, uniqueIds",
            StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id(2), unique_id(6)])),
            only(&[2, 6]),
        ),
        (
            "GetDocuments, entryUUIDs",
            StoredQuery::GetDocuments(EntryKeys::EntryUuids(related.to_vec())),
            only(&[1, 5]),
        ),
        (
            "GetDocuments, logicalIDs",
            StoredQuery::GetDocuments(EntryKeys::LogicalIds(related.to_vec())),
            only(&[1, 5]),
        ),
        (
            "GetFolders",
            StoredQuery::GetFolders(EntryKeys::UniqueIds(vec![folder_id.clone()])),
            in_folder(&[]),
        ),
        (
            "GetAssociations",
            StoredQuery::GetAssociations(replaced.to_vec()),
            Expected {
                associations: 2,
                ..only(&[])
            },
        ),
        (
            "GetDocumentsAndAssociations",
            StoredQuery::GetDocumentsAndAssociations(EntryKeys::UniqueIds(vec![unique_id(1)])),
            Expected {
                associations: 2,
                ..only(&[1])
            },
        ),
        (
            "GetSubmissionSets",
            StoredQuery::GetSubmissionSets(related.to_vec()),
            Expected {
                sets: 2,
                associations: 2,
                ..only(&[])
            },
        ),
        (
            "GetSubmissionSetAndContents",
            StoredQuery::GetSubmissionSetAndContents(GetContents::of(EntryKey::UniqueId(format!(
                "{ROOT}.3.2"
            )))),
            Expected {
                documents: vec![2, 3, 4],
                sets: 1,
                folders: 1,
                associations: 6,
            },
        ),
        (
            "GetSubmissionSetAndContents, PDF only",
            StoredQuery::GetSubmissionSetAndContents(GetContents {
                format_codes: vec![Coded::new(
                    "urn:ihe:iti:xds-sd:pdf:2008",
                    "1.3.6.1.4.1.19376.1.2.3",
                )],
                ..GetContents::of(EntryKey::UniqueId(format!("{ROOT}.3.3")))
            }),
            sets(1),
        ),
        (
            "GetFolderAndContents",
            StoredQuery::GetFolderAndContents(GetContents::of(EntryKey::UniqueId(folder_id))),
            Expected {
                associations: 2,
                ..in_folder(&[2, 3])
            },
        ),
        (
            "GetFoldersForDocument",
            StoredQuery::GetFoldersForDocument(EntryKey::UniqueId(unique_id(2))),
            in_folder(&[]),
        ),
        (
            "GetFoldersForDocument, in none",
            StoredQuery::GetFoldersForDocument(EntryKey::EntryUuid(fourth[0].clone())),
            only(&[]),
        ),
        (
            "GetRelatedDocuments, RPLC",
            StoredQuery::GetRelatedDocuments(GetRelatedDocuments {
                key: EntryKey::EntryUuid(replaced[0].clone()),
                association_kinds: kinds,
                entry_kinds: Vec::new(),
            }),
            Expected {
                associations: 1,
                ..only(&[1, 5])
            },
        ),
    ]
}
