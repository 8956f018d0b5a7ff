//! IPF's validators as judge of ours: what they refuse we refuse before anything is sent, and the other way round; where that is not so, it is
//! listed here with the reason.

use segur_core::Coded;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, Author, AvailabilityStatus, Cx, EntryKind, PidLine, Submission,
    Xcn, Xon, Xtn,
};
use segur_dmp_xds::query::{AdhocQueryRequest, QueryId, ReturnType};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::transaction::{Answer, FileToSend, Head, Transaction, request};
use segur_dmp_xds::{Profile, SubmitObjectsRequest};
use segur_soap::envelope::HttpMessage;
use segur_soap::http::{HttpAnswer, Transport as _};

use super::peer::{self, Server};
use super::samples::{
    self, CDA, PATIENT, ROOT, entry, folder, patient, set, unique_id, with_folder,
};
use super::scenario::Client;
use super::table::Table;

/// What one of both refuses, and what is wrong with it.
type Case = (&'static str, fn(&mut Submission));

/// Submissions that both take.
const RIGHT: &[Case] = &[
    ("as it should be", |_| {}),
    ("no title, no comments, no act, no patient traits", |one| {
        let entry = &mut one.documents[0];
        (entry.title, entry.comments, entry.uri) = (None, None, None);
        (entry.service_start_time, entry.service_stop_time) = (None, None);
        entry.source_patient_info.lines.clear();
        entry.event_codes.clear();
        entry.legal_authenticator = None;
    }),
    ("no author", |one| one.documents[0].authors.clear()),
    ("codes without labels", |one| {
        one.documents[0].type_code = Some(Coded::new("11488-4", samples::LOINC));
    }),
    ("title of 128 characters", |one| {
        one.documents[0].title = Some("é".repeat(128))
    }),
    ("uniqueId as UUID", |one| {
        one.documents[0].unique_id = "urn:uuid:7e1a4ba6-3a0e-4f1a-9f0e-5b7f4a3c2d10".to_owned();
    }),
    ("uniqueId with extension", |one| {
        one.documents[0].unique_id = format!("{ROOT}.1^EXT-1")
    }),
    ("times of a day and of a minute", |one| {
        one.documents[0].creation_time = Some("20240315".parse().unwrap());
        one.documents[0].service_start_time = Some("202403150900".parse().unwrap());
        one.documents[0].service_stop_time = None;
    }),
    ("legal entity as author", |one| {
        one.documents[0].authors = vec![Author::legal_entity(Xon::structure(
            "HOPITAL TEST",
            "10B0127189",
        ))];
    }),
    ("telephone of the author", |one| {
        one.documents[0].authors[0].telecoms = vec![Xtn::telephone("+33123456789")];
    }),
    ("address of an author, and nothing else", |one| {
        let telecoms = vec![Xtn::mail("alice.test@example.org")];
        one.documents[0].authors = vec![Author {
            telecoms,
            ..Author::default()
        }];
    }),
    ("person with an identifier and no authority", |one| {
        let person = Xcn {
            authority: None,
            ..Xcn::professional("1", "TEST", "ALICE")
        };
        one.documents[0].legal_authenticator = Some(person);
    }),
    ("practice named by an OID alone", |one| {
        let bare = Xon {
            authority: None,
            ..Xon::structure("CABINET", "1.2.250.1.999.6")
        };
        one.documents[0].authors[0].institutions = vec![bare];
    }),
    // IPF reads it as no status at all.
    ("a status that only the DMP has", |one| {
        one.documents[0].status = Some(AvailabilityStatus::Archived);
    }),
    ("URI with letters beyond ASCII", |one| {
        one.documents[0].uri = Some("été%20.xml".to_owned())
    }),
    ("separators in the name of a practice", |one| {
        one.documents[0].authors[0].institutions =
            vec![Xon::structure("A & B | C ^ D ~ E \\ F", "499700000000001")];
    }),
    ("a folder", |one| {
        *one = with_folder(one.clone(), folder(PATIENT), &["Document01"]);
    }),
];

/// Submissions that both refuse.
const WRONG: &[Case] = &[
    ("title of 129 characters", |one| {
        one.documents[0].title = Some("é".repeat(129))
    }),
    ("uniqueId with a space", |one| {
        one.documents[0].unique_id = "1.2 3".to_owned()
    }),
    ("uniqueId of 129 characters", |one| {
        one.documents[0].unique_id = format!("1.2^{}", "9".repeat(125))
    }),
    ("no uniqueId", |one| one.documents[0].unique_id.clear()),
    ("set: uniqueId is no OID", |one| {
        one.submission_set.unique_id = "set-1".to_owned()
    }),
    ("set: OID of 65 characters", |one| {
        one.submission_set.unique_id = format!("1.2.{}", "9".repeat(61))
    }),
    ("set: sourceId is no OID", |one| {
        one.submission_set.source_id = "source".to_owned()
    }),
    ("set: no submissionTime", |one| {
        one.submission_set.submission_time = None
    }),
    ("set: no contentTypeCode", |one| {
        one.submission_set.content_type_code = None
    }),
    ("set: no patientId", |one| {
        one.submission_set.patient_id = None
    }),
    ("no typeCode", |one| one.documents[0].type_code = None),
    ("no classCode", |one| one.documents[0].class_code = None),
    ("no formatCode", |one| one.documents[0].format_code = None),
    ("no practiceSettingCode", |one| {
        one.documents[0].practice_setting_code = None
    }),
    ("no healthcareFacilityTypeCode", |one| {
        one.documents[0].healthcare_facility_type_code = None
    }),
    ("no confidentialityCode", |one| {
        one.documents[0].confidentiality_codes.clear()
    }),
    ("code without code", |one| {
        one.documents[0].type_code = Some(Coded::new("", samples::LOINC))
    }),
    ("code without code system", |one| {
        one.documents[0].type_code = Some(Coded::new("11488-4", ""))
    }),
    ("no creationTime", |one| {
        one.documents[0].creation_time = None
    }),
    ("no languageCode", |one| {
        one.documents[0].language_code = None
    }),
    ("languageCode français", |one| {
        one.documents[0].language_code = Some("français".to_owned())
    }),
    ("no sourcePatientId", |one| {
        one.documents[0].source_patient_id = None
    }),
    ("no patientId", |one| one.documents[0].patient_id = None),
    ("another patient than that of the set", |one| {
        one.documents[0].patient_id = Some(patient("1"))
    }),
    ("patientId without authority", |one| {
        let bare = Cx {
            authority: None,
            ..patient(PATIENT)
        };
        one.documents[0].patient_id = Some(bare.clone());
        one.submission_set.patient_id = Some(bare);
    }),
    ("sourcePatientId of an authority that is no OID", |one| {
        one.documents[0].source_patient_id = Some(Cx::new("1", "hopital", "PI"));
    }),
    ("hash of 39 digits", |one| {
        one.documents[0].hash = Some("a".repeat(39))
    }),
    ("hash of other letters", |one| {
        one.documents[0].hash = Some("g".repeat(40))
    }),
    ("no hash", |one| one.documents[0].hash = None),
    ("no size", |one| one.documents[0].size = None),
    ("no repositoryUniqueId", |one| {
        one.documents[0].repository_unique_id = None
    }),
    ("repositoryUniqueId is no OID", |one| {
        one.documents[0].repository_unique_id = Some("here".to_owned())
    }),
    ("the act ends before it begins", |one| {
        one.documents[0].service_stop_time = Some("20240101".parse().unwrap());
    }),
    ("PID-2 in the traits", |one| {
        one.documents[0].source_patient_info.lines.push(PidLine {
            field: 2,
            value: "1".to_owned(),
        });
    }),
    ("PID-40 in the traits", |one| {
        one.documents[0].source_patient_info.lines.push(PidLine {
            field: 40,
            value: "1".to_owned(),
        });
    }),
    ("author of whom only the role is told", |one| {
        one.documents[0].authors = vec![Author {
            roles: vec!["Médecin".to_owned()],
            ..Author::default()
        }];
    }),
    ("practice without name", |one| {
        one.documents[0].authors[0].institutions = vec![Xon::structure("", "499700000000001")];
    }),
    (
        "practice whose identifier has no authority and is no OID",
        |one| {
            let bare = Xon {
                authority: None,
                ..Xon::structure("CABINET", "499700000000001")
            };
            one.documents[0].authors[0].institutions = vec![bare];
        },
    ),
    ("person without name and identifier", |one| {
        one.documents[0].legal_authenticator = Some(Xcn::default())
    }),
    ("person with an authority and no identifier", |one| {
        let person = Xcn {
            id: String::new(),
            ..Xcn::professional("1", "TEST", "ALICE")
        };
        one.documents[0].legal_authenticator = Some(person);
    }),
    ("telephone without number", |one| {
        let empty = Xtn {
            unformatted: None,
            ..Xtn::telephone("1")
        };
        one.documents[0].authors[0].telecoms = vec![empty];
    }),
    ("reference without type", |one| {
        let untyped = Cx {
            id_type: None,
            ..samples::reference()
        };
        one.documents[0].reference_ids = vec![untyped];
    }),
    ("media type pdf", |one| {
        one.documents[0].mime_type = "pdf".to_owned()
    }),
    ("two documents of one uniqueId", |one| {
        let mut again = one.documents[0].clone();
        again.entry_id = "Document02".to_owned();
        *one = one.clone().with_document(again);
    }),
    ("two objects of one id", |one| {
        let mut again = one.documents[0].clone();
        again.unique_id = unique_id(77);
        *one = one.clone().with_document(again);
    }),
    ("member without SubmissionSetStatus", |one| {
        one.associations[0].member_status = None
    }),
    ("replacement by a document of another submission", |one| {
        let (here, there) = (
            "urn:uuid:00000000-0000-4000-8000-000000000001",
            "urn:uuid:00000000-0000-4000-8000-000000000002",
        );
        one.associations
            .push(Association::new(AssociationKind::Replaces, here, there));
    }),
    ("folder without title", |one| {
        *one = with_folder(
            one.clone(),
            segur_dmp_xds::metadata::Folder {
                title: None,
                ..folder(PATIENT)
            },
            &[],
        );
    }),
    ("folder without code", |one| {
        *one = with_folder(
            one.clone(),
            segur_dmp_xds::metadata::Folder {
                codes: vec![],
                ..folder(PATIENT)
            },
            &[],
        );
    }),
    ("folder of another patient", |one| {
        *one = with_folder(one.clone(), folder("1"), &[]);
    }),
    ("folder updated on a day", |one| {
        let day = Some("20240315".parse().unwrap());
        let folder = segur_dmp_xds::metadata::Folder {
            last_update_time: day,
            ..folder(PATIENT)
        };
        *one = with_folder(one.clone(), folder, &[]);
    }),
    ("folder as original member of the set", |one| {
        let set = one.submission_set.entry_id.clone();
        one.folders.push(folder(PATIENT));
        one.associations.push(Association::member(set, "Folder01"));
    }),
    ("URI with a space", |one| {
        one.documents[0].uri = Some("DOC 1.XML".to_owned())
    }),
    ("URI with half an escape", |one| {
        one.documents[0].uri = Some("DOC%2.XML".to_owned())
    }),
    ("media type with a parameter", |one| {
        one.documents[0].mime_type = "text/xml;charset=utf-8".to_owned()
    }),
    ("an entry on demand", |one| {
        one.documents[0].kind = Some(EntryKind::OnDemand)
    }),
    ("authority of 65 characters", |one| {
        one.documents[0].source_patient_id =
            Some(Cx::new("1", format!("1.2.{}", "9".repeat(61)), "PI"));
    }),
    ("a wrong recipient", |one| {
        one.submission_set.intended_recipients[0].organization = Some(Xon::structure("", "1"));
    }),
];

/// A case that only one of both takes: whether it is we, and why it stays so.
type Difference = (&'static str, bool, fn(&mut Submission), &'static str);

const DIFFERENCES: &[Difference] = &[
    (
        "no media type",
        false,
        |one| one.documents[0].mime_type.clear(),
        "the schema has application/octet-stream for what is missing; nobody means that",
    ),
    (
        "media type of a vendor with a hyphen before the slash",
        true,
        |one| one.documents[0].mime_type = "x-test/pdf".to_owned(),
        "RFC 6838 allows it; IPF's pattern takes letters and digits there",
    ),
];

fn sample(number: u32) -> Submission {
    let mut one = entry(number, PATIENT, "text/xml", CDA);
    one.entry_id = "Document01".to_owned();
    one.creation_time = Some("20240315093000".parse().unwrap());
    one.service_start_time = Some("202403150900".parse().unwrap());
    one.service_stop_time = Some("20240315091500".parse().unwrap());
    one.repository_unique_id = Some(format!("{ROOT}.77"));
    Submission::new(set(number, PATIENT)).with_document(one)
}

/// Sends what our own checks would not let out.
struct Raw<'a> {
    client: &'a Client,
    server: &'a Server,
    runtime: tokio::runtime::Runtime,
}

impl Raw<'_> {
    fn post(&self, transaction: Transaction, message: &HttpMessage) -> HttpAnswer {
        let url = self.server.endpoints().of(transaction).to_owned();
        let transport = self.client.inner().transport();
        self.runtime
            .block_on(transport.post(&url, message))
            .unwrap()
    }

    fn registry(
        &self,
        transaction: Transaction,
        message: &HttpMessage,
    ) -> Vec<(ErrorCode, String)> {
        let got = self.post(transaction, message);
        let read = Answer::registry(
            &head(),
            transaction,
            got.status,
            &got.content_type,
            &got.body,
        )
        .unwrap();
        read.value
            .errors
            .into_iter()
            .map(|one| (one.code, one.context))
            .collect()
    }

    fn register(&self, submission: &Submission, profile: Profile) -> Vec<(ErrorCode, String)> {
        let metadata = SubmitObjectsRequest {
            objects: submission.to_objects(profile),
        };
        let message = request::register(&head(), &metadata).unwrap();
        self.registry(Transaction::Register, &message)
    }

    fn query(&self, query: &AdhocQueryRequest) -> Vec<ErrorCode> {
        let message = request::query(&head(), query).unwrap();
        let got = self.post(Transaction::Query, &message);
        let read = Answer::query(
            &head(),
            Transaction::of_query(&query.id),
            got.status,
            &got.content_type,
            &got.body,
        )
        .unwrap();
        read.value
            .response
            .errors
            .into_iter()
            .map(|one| one.code)
            .collect()
    }
}

fn head() -> Head {
    Head::new("urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8")
}

#[test]
fn ipf_judges_as_we_do() {
    let Some(class_path) = peer::class_path() else {
        return;
    };
    let server = Server::start(&class_path);
    let client = server.client();
    let raw = Raw {
        client: &client,
        server: &server,
        runtime: tokio::runtime::Runtime::new().unwrap(),
    };
    let mut table = Table::new("metadata: our check, IPF's validators (ITI-42)");
    let mut disagreements = Vec::new();
    let all = RIGHT
        .iter()
        .map(|(what, change)| (what, change, (true, true)));
    let all = all.chain(
        WRONG
            .iter()
            .map(|(what, change)| (what, change, (false, false))),
    );
    let all = all.chain(
        DIFFERENCES
            .iter()
            .map(|(what, ours, change, _)| (what, change, (*ours, !*ours))),
    );
    for (number, (what, change, expected)) in (100_u32..).zip(all) {
        let mut submission = sample(number);
        submission.submission_set.unique_id = format!("{ROOT}.3.{number}");
        submission.submission_set.submission_time = Some("20240315093100".parse().unwrap());
        change(&mut submission);
        let ours = submission.validate_registration(Profile::IheStrict);
        let theirs = raw.register(&submission, Profile::IheStrict);
        let told = |empty: bool, text: String| if empty { "taken".to_owned() } else { text };
        let our_words = told(
            ours.is_empty(),
            ours.iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; "),
        );
        let their_words = told(
            theirs.is_empty(),
            theirs
                .iter()
                .map(|(code, text)| format!("{code} ({text})"))
                .collect(),
        );
        let cut = |text: String| text.chars().take(90).collect::<String>();
        table.row(&cut(our_words), what, cut(their_words));
        if (ours.is_empty(), theirs.is_empty()) != expected {
            disagreements.push(*what);
        }
    }
    drop(table);
    assert_eq!(disagreements, [] as [&str; 0]);
}

/// Faults that our checks would not let out come back as the codes that they are.
#[test]
fn refusals_of_ipf_are_typed() {
    let Some(class_path) = peer::class_path() else {
        return;
    };
    let server = Server::start(&class_path);
    let client = server.client();
    let raw = Raw {
        client: &client,
        server: &server,
        runtime: tokio::runtime::Runtime::new().unwrap(),
    };
    let mut table = Table::new("refusals of IPF's server");
    let mut told = |transaction: &str, what: &str, got: Vec<ErrorCode>, expected: &[ErrorCode]| {
        assert_eq!(got, expected, "{what}");
        table.row(
            transaction,
            what,
            got.iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        );
    };
    let codes =
        |errors: Vec<(ErrorCode, String)>| errors.into_iter().map(|one| one.0).collect::<Vec<_>>();

    let mut unknown = sample(2);
    unknown.submission_set.patient_id = Some(patient("1111111"));
    unknown.documents[0].patient_id = Some(patient("1111111"));
    told(
        "ITI-42",
        "an unknown patient",
        codes(raw.register(&unknown, Profile::IheStrict)),
        &[ErrorCode::UnknownPatientId],
    );
    let french = codes(raw.register(&sample(3), Profile::Dmp));
    told(
        "ITI-42",
        "the spelling of the DMP",
        french,
        &[ErrorCode::RegistryMetadataError],
    );

    let submission = sample(4);
    let metadata = SubmitObjectsRequest::new(&submission, Profile::IheStrict).unwrap();
    let file = FileToSend {
        id: "Document01",
        bytes: CDA,
    };
    let message = request::submit(&head(), "boundary-0001", &metadata, &[file]).unwrap();
    let replaced = |from: &str, to: &str| {
        let at = message
            .body
            .windows(from.len())
            .position(|some| some == from.as_bytes())
            .unwrap();
        let mut changed = message.clone();
        changed.body.splice(at..at + from.len(), to.bytes());
        codes(raw.registry(Transaction::Submit, &changed))
    };
    let hash = submission.documents[0].hash.clone().unwrap();
    told(
        "ITI-41",
        "a wrong hash",
        replaced(&hash, &"0".repeat(40)),
        &[ErrorCode::RepositoryMetadataError],
    );
    let size = format!(">{}<", CDA.len());
    told(
        "ITI-41",
        "a wrong size",
        replaced(&size, ">1<"),
        &[ErrorCode::RepositoryMetadataError],
    );
    let document = "<xds:Document id=\"Document01\"";
    let got = replaced(document, "<xds:Document id=\"Document02\"");
    told(
        "ITI-41",
        "a document without its file",
        got,
        &[ErrorCode::MissingDocument],
    );

    let query = |id: &str| AdhocQueryRequest {
        return_type: ReturnType::LeafClass,
        id: QueryId::read(id),
        home: None,
        slots: Vec::new(),
    };
    let unknown = raw.query(&query("urn:uuid:00000000-0000-4000-8000-000000000000"));
    told(
        "ITI-18",
        "an unknown stored query",
        unknown,
        &[ErrorCode::UnknownStoredQuery],
    );
    let bare = raw.query(&query(QueryId::FindDocuments.as_str()));
    told(
        "ITI-18",
        "FindDocuments without parameters",
        bare,
        &[ErrorCode::StoredQueryMissingParam],
    );

    let mut set = set(9, PATIENT);
    set.unique_id = format!("{ROOT}.3.9");
    let archived =
        segur_dmp_xds::update::archive(set, "urn:uuid:00000000-0000-4000-8000-000000000000")
            .unwrap();
    assert_eq!(
        archived.associations[0].new_status,
        Some(AvailabilityStatus::Archived)
    );
    let metadata = SubmitObjectsRequest {
        objects: archived.to_objects(Profile::IheStrict),
    };
    let message = request::update(&head(), &metadata).unwrap();
    let got = codes(raw.registry(Transaction::Update, &message));
    told(
        "ITI-57",
        "a status of the DMP alone (Archived)",
        got,
        &[ErrorCode::MetadataUpdateError],
    );
}
