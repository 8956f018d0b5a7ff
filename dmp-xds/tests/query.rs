//! Stored queries against the vector and the schemas; answers as registries give them.
#![allow(clippy::unwrap_used)]

mod common;

use common::{entry, judge, patient, set, shared_file};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use segur_core::Coded;
use segur_dmp_xds::ebrim::Slot;
use segur_dmp_xds::metadata::{
    Association, AssociationKind, AvailabilityStatus, Cx, Dtm, EntryKind,
};
use segur_dmp_xds::query::{
    AdhocQueryRequest, DocumentExclusion, DocumentFilter, EntryKey, EntryKeys, FindDocuments,
    FindDocumentsByReferenceId, FindDocumentsExclude, FindFolders, FindSubmissionSets,
    FolderFilter, GetAll, GetContents, GetRelatedDocuments, Period, QueryError, ReturnType,
    StoredQuery,
};
use segur_dmp_xds::response::{
    AdhocQueryResponse, ErrorCode, RegistryError, RegistryResponse, ResponseStatus, Severity,
};
use segur_dmp_xds::{Profile, RegistryContent, WarningKind};

fn request(query: &StoredQuery) -> AdhocQueryRequest {
    AdhocQueryRequest::new(query, ReturnType::LeafClass, Profile::Dmp).unwrap()
}

fn find(filter: DocumentFilter) -> StoredQuery {
    StoredQuery::FindDocuments(FindDocuments {
        patient_id: patient(),
        filter,
    })
}

#[test]
fn a_query_tells_whose_records_it_opens() {
    let other = Cx::new("255069999999934", "1.2.250.1.213.1.4.10", "NH");
    let filter = DocumentFilter::approved;
    assert_eq!(find(filter()).patient_ids(), [patient()]);
    let several = StoredQuery::FindDocumentsForMultiplePatients {
        patient_ids: vec![patient(), other.clone()],
        filter: filter(),
    };
    assert_eq!(several.patient_ids(), [patient(), other]);
    let by_id = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.3".to_owned()]));
    assert_eq!(by_id.patient_ids(), []);
}

// req: SC.DMP/UX.27
#[test]
fn the_vector_of_a_search_is_what_we_write() {
    let query = find(DocumentFilter {
        statuses: vec![AvailabilityStatus::Approved, AvailabilityStatus::Archived],
        type_codes: vec![
            Coded::new("11488-4", "2.16.840.1.113883.6.1"),
            Coded::new("SYNTH", "1.2.250.1.213.1.1.4.12"),
        ],
        service_start_time: Period {
            from: Some("20220315000000".parse().unwrap()),
            to: None,
        },
        ..DocumentFilter::default()
    });
    let xml = request(&query).to_xml().unwrap();
    judge("search", "query", &xml);
    let Some(vector) = shared_file("search", "data/xds/vector_adhocquery_finddocuments.xml") else {
        return;
    };
    assert_eq!(xml, vector.split_once("?>").unwrap().1.trim());
    let read = AdhocQueryRequest::parse(vector.as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    let meaning = read.value.query().unwrap();
    assert_eq!(meaning.warnings, []);
    assert_eq!(meaning.value, query);
}

/// How the entryUUID of what was sent is learnt (TD3.1b).
#[test]
fn the_entry_uuid_of_a_document_is_asked_by_its_unique_id() {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec!["1.2.3".to_owned()]));
    let request = AdhocQueryRequest::new(&query, ReturnType::ObjectRef, Profile::Dmp).unwrap();
    let xml = request.to_xml().unwrap();
    judge("entryUUID", "query", &xml);
    assert!(xml.contains("returnType=\"ObjectRef\""));
    assert!(xml.contains("\"$XDSDocumentEntryUniqueId\""));
    assert!(xml.contains(">('1.2.3')<"));

    let answer = br#"<q:AdhocQueryResponse xmlns:q="urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"
        xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0" totalResultCount="1"
        status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success">
        <RegistryObjectList><ObjectRef id="urn:uuid:fe5287a2-ae6a-11eb-8f5d-0050569e422e"/>
        </RegistryObjectList></q:AdhocQueryResponse>"#;
    let answer = AdhocQueryResponse::parse(answer).unwrap();
    assert_eq!(answer.warnings, []);
    assert_eq!(answer.value.total_result_count, Some(1));
    let content = answer.value.content().value;
    assert_eq!(
        content.object_refs[0].id,
        "urn:uuid:fe5287a2-ae6a-11eb-8f5d-0050569e422e"
    );
}

#[test]
fn the_patient_is_asked_without_parentheses_and_dates() {
    let dated = Cx::read("207058575627097^^^&1.2.250.1.213.1.4.10&ISO^NH^^20100907");
    let query = StoredQuery::FindFolders(FindFolders {
        patient_id: dated,
        filter: FolderFilter {
            statuses: vec![AvailabilityStatus::Approved],
            ..FolderFilter::default()
        },
    });
    let value = |profile| {
        let request = AdhocQueryRequest::new(&query, ReturnType::LeafClass, profile).unwrap();
        request.slots[0].values.clone()
    };
    assert_eq!(
        value(Profile::Dmp),
        ["'207058575627097^^^&1.2.250.1.213.1.4.10&ISO^NH'"]
    );
    assert_eq!(
        value(Profile::IheStrict),
        ["'207058575627097^^^&1.2.250.1.213.1.4.10&ISO'"]
    );
}

/// `&` in the tables of IHE: slots are joined by AND, values of a slot by OR.
#[test]
fn events_may_be_asked_together() {
    let code = |code: &'static str| Coded::new(code, "1.2.3");
    let query = find(DocumentFilter {
        event_codes: vec![vec![code("a"), code("b")], vec![code("c")]],
        ..DocumentFilter::approved()
    });
    let request = request(&query);
    let events: Vec<&Vec<String>> = request
        .slots
        .iter()
        .filter(|slot| slot.name == "$XDSDocumentEntryEventCodeList")
        .map(|slot| &slot.values)
        .collect();
    assert_eq!(
        events,
        [&vec!["('a^^1.2.3','b^^1.2.3')"], &vec!["('c^^1.2.3')"]]
    );
    assert_eq!(request.query().unwrap().value, query);
}

#[test]
fn what_a_query_lacks_is_told_before_it_is_sent() {
    let problems = |query: &StoredQuery| {
        let refused = AdhocQueryRequest::new(query, ReturnType::LeafClass, Profile::Dmp);
        let problems = refused.unwrap_err().problems;
        problems.iter().map(|one| one.field).collect::<Vec<_>>()
    };
    let empty = StoredQuery::FindDocuments(FindDocuments::default());
    assert_eq!(
        problems(&empty),
        [
            "$XDSDocumentEntryPatientId",
            "$XDSDocumentEntryPatientId",
            "$XDSDocumentEntryStatus"
        ]
    );
    assert_eq!(problems(&StoredQuery::GetAssociations(vec![])), ["$uuid"]);
    let logical = EntryKeys::LogicalIds(vec!["urn:uuid:1".to_owned()]);
    let query = StoredQuery::GetDocumentsAndAssociations(logical);
    assert_eq!(problems(&query), ["$XDSDocumentEntryEntryUUID"]);
    let schemeless = find(DocumentFilter {
        type_codes: vec![Coded::new("SYNTH", "")],
        ..DocumentFilter::approved()
    });
    assert_eq!(problems(&schemeless), ["$XDSDocumentEntryTypeCode"]);
}

/// One mutation of a good request, and the error a registry answers with.
#[test]
fn wrong_requests_have_the_error_code_of_the_standard() {
    let good = request(&find(DocumentFilter {
        author_persons: vec!["TEST".to_owned()],
        service_start_time: Period {
            from: Some("2022".parse().unwrap()),
            to: None,
        },
        type_codes: vec![Coded::new("SYNTH", "1.2.3")],
        ..DocumentFilter::approved()
    }));
    let xml = good.to_xml().unwrap();
    let patient = "'279035121518989^^^&amp;1.2.250.1.213.1.4.10&amp;ISO^NH'";
    for (from, to, code) in [
        ("14d4debf", "00000000", ErrorCode::UnknownStoredQuery),
        (
            "$XDSDocumentEntryPatientId",
            "$Patient",
            ErrorCode::StoredQueryMissingParam,
        ),
        (
            "$XDSDocumentEntryStatus",
            "$Status",
            ErrorCode::StoredQueryMissingParam,
        ),
        (patient, "('a','b')", ErrorCode::StoredQueryParamNumber),
        (
            "$XDSDocumentEntryAuthorPerson",
            "$XDSDocumentEntryStatus",
            ErrorCode::StoredQueryParamNumber,
        ),
        (">2022<", ">2022-01-01<", ErrorCode::RegistryError),
        ("SYNTH^^1.2.3", "SYNTH", ErrorCode::RegistryError),
    ] {
        assert!(xml.contains(from), "{from}");
        let mutant = xml.replace(from, to);
        let read = AdhocQueryRequest::parse(mutant.as_bytes()).unwrap().value;
        let error = read.query().unwrap_err();
        assert_eq!(error.error_code(), code, "{to}");
        assert!(!error.to_string().contains("279035121518989"));
    }
    let both = "<rim:Slot name=\"$XDSDocumentEntryUniqueId\"><rim:ValueList><rim:Value>('1')</rim:Value></rim:ValueList></rim:Slot></rim:AdhocQuery>";
    let one = request(&StoredQuery::GetDocuments(EntryKeys::EntryUuids(vec![
        "u".to_owned(),
    ])));
    let two = one.to_xml().unwrap().replace("</rim:AdhocQuery>", both);
    let read = AdhocQueryRequest::parse(two.as_bytes()).unwrap().value;
    assert!(matches!(
        read.query(),
        Err(QueryError::ParameterNumber { .. })
    ));
}

/// Neither asked nor answered: ITI-51 without patient, class, event, facility or folder code.
#[test]
fn nobody_asks_for_everybody() {
    let patient_ids = vec![Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH")];
    let folders = FolderFilter {
        statuses: vec![AvailabilityStatus::Approved],
        ..FolderFilter::default()
    };
    let queries = [
        StoredQuery::FindDocumentsForMultiplePatients {
            patient_ids: patient_ids.clone(),
            filter: DocumentFilter::approved(),
        },
        StoredQuery::FindFoldersForMultiplePatients {
            patient_ids,
            filter: folders,
        },
    ];
    for (query, patient) in queries
        .iter()
        .zip(["$XDSDocumentEntryPatientId", "$XDSFolderPatientId"])
    {
        let mut without = request(query);
        without.slots.retain(|slot| slot.name != patient);
        let error = without.query().unwrap_err();
        assert_eq!(error, QueryError::MissingParameter { parameter: patient });
    }
}

#[test]
fn loose_quoting_is_read_and_told() {
    let good = request(&find(DocumentFilter {
        type_codes: vec![Coded::new("A", "1.2.3"), Coded::new("B", "1.2.3")],
        service_start_time: Period {
            from: Some("2022".parse().unwrap()),
            to: None,
        },
        ..DocumentFilter::approved()
    }));
    let xml = good.to_xml().unwrap();
    let list = "('A^^1.2.3','B^^1.2.3')";
    for (to, warned) in [
        (" ( 'A^^1.2.3' , 'B^^1.2.3' ) ", false),
        ("'A^^1.2.3','B^^1.2.3'", false),
        ("(A^^1.2.3,B^^1.2.3)", true),
        ("('A^^1.2.3')</rim:Value><rim:Value>('B^^1.2.3')", false),
    ] {
        let mutant = xml.replace(list, to).replace(">2022<", ">'2022'<");
        let read = AdhocQueryRequest::parse(mutant.as_bytes()).unwrap().value;
        let meaning = read.query().unwrap();
        assert_eq!(meaning.value, good.query().unwrap().value, "{to}");
        assert_eq!(meaning.warns(WarningKind::LooseQuoting), warned, "{to}");
    }
    let unknown = xml.replace("$XDSDocumentEntryTypeCode", "$XDSDocumentEntryTypeCod");
    let read = AdhocQueryRequest::parse(unknown.as_bytes()).unwrap().value;
    assert!(read.query().unwrap().warns(WarningKind::UnknownParameter));
}

#[test]
fn answers_satisfy_the_schema_and_come_back() {
    let mut one = entry();
    one.entry_id = "urn:uuid:fe5287a2-ae6a-11eb-8f5d-0050569e422e".to_owned();
    one.logical_id = Some(one.entry_id.clone());
    one.version = Some("1".to_owned());
    one.status = Some(AvailabilityStatus::Archived);
    one.repository_unique_id = Some("1.2.250.1.213.4.1.1.1.2".to_owned());
    let content = RegistryContent {
        submission_sets: vec![set()],
        associations: vec![Association {
            id: "urn:uuid:a".to_owned(),
            status: Some(AvailabilityStatus::Approved),
            ..Association::new(
                AssociationKind::Replaces,
                "urn:uuid:b",
                one.entry_id.clone(),
            )
        }],
        documents: vec![one],
        ..RegistryContent::default()
    };
    let mut answer = AdhocQueryResponse::found(content.to_objects(Profile::Dmp));
    answer.total_result_count = Some(3);
    answer.start_index = Some(0);
    let mut warning = RegistryError::new(ErrorCode::TooManyResults, "the rest is left out");
    warning.severity = Severity::Warning;
    warning.location = Some("registry".to_owned());
    answer.response.errors.push(warning);
    let xml = answer.to_xml().unwrap();
    judge("answer", "query", &xml);
    let read = AdhocQueryResponse::parse(xml.as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    assert!(read.value.response.is_success(), "a warning is no failure");
    assert_eq!(read.value.response, answer.response);
    let meaning = read.value.content();
    assert_eq!(meaning.warnings, []);
    assert_eq!(meaning.value, content);
}

/// What the DMP answers: prefixes of its own, an extension attribute, an on-demand entry without hash and size.
#[test]
fn entries_without_hash_and_size_are_read() {
    let mut hidden = entry();
    hidden.kind = Some(EntryKind::OnDemand);
    hidden.hash = None;
    hidden.size = None;
    hidden.creation_time = None;
    hidden.status = Some(AvailabilityStatus::Approved);
    let hides = segur_dmp_xds::metadata::visibility::INVISIBLE_TO_PATIENT;
    hidden.confidentiality_codes.push(hides);
    let content = RegistryContent {
        documents: vec![hidden.clone()],
        ..RegistryContent::default()
    };
    let answer = AdhocQueryResponse::found(content.to_objects(Profile::Dmp));
    let xml = answer.to_xml().unwrap();
    let xml = xml
        .replace("rim:", "ns3:")
        .replace("xmlns:rim", "xmlns:ns3");
    let xml = xml
        .replace("query:", "ns4:")
        .replace("xmlns:query", "xmlns:ns4");
    let xml = xml
        .replace("xsd:ns3:3.0", "xsd:rim:3.0")
        .replace("xsd:ns4:3.0", "xsd:query:3.0");
    let read = AdhocQueryResponse::parse(xml.as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    let meaning = read.value.content();
    let fields: Vec<&str> = meaning
        .warnings
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(fields, ["hash", "size"]);
    assert_eq!(meaning.value.documents, [hidden]);
    assert!(meaning.value.documents[0].is_invisible_to_patient());
    assert!(!meaning.value.documents[0].is_masked());
}

#[test]
fn statuses_and_errors_of_all_kinds() {
    let partial = RegistryResponse {
        status: ResponseStatus::PartialSuccess,
        errors: vec![
            RegistryError {
                severity: Severity::Warning,
                ..RegistryError::new(
                    ErrorCode::Other("DmpSomething".to_owned()),
                    "patient 279035121518989",
                )
            },
            RegistryError::new(ErrorCode::DocumentUniqueIdError, "1.2.3"),
        ],
    };
    let xml = partial.to_xml().unwrap();
    judge("partial", "rs", &xml);
    let read = RegistryResponse::parse(xml.as_bytes()).unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(read.value, partial);
    assert!(partial.is_partial() && !partial.is_success());
    assert_eq!(partial.highest_severity(), Some(&Severity::Error));
    assert!(!format!("{partial:?}").contains("279035121518989"));
    for ok in [
        RegistryResponse::success(),
        RegistryResponse::failure(vec![]),
    ] {
        let xml = ok.to_xml().unwrap();
        judge("statuses", "rs", &xml);
        assert_eq!(RegistryResponse::parse(xml.as_bytes()).unwrap().value, ok);
    }
    let odd = xml.replace(
        "urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Warning",
        "Warning",
    );
    let odd = odd.replace(
        "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess",
        "Perhaps",
    );
    let read = RegistryResponse::parse(odd.as_bytes()).unwrap();
    assert!(read.warns(WarningKind::UnknownWord));
    assert_eq!(read.value.errors, partial.errors);
    assert!(!read.value.is_success());
    assert!(RegistryResponse::parse(b"<RegistryResponse/>").is_err());
}

/// The same filter over entries that are already on the screen: each case is one change of a filter that matches.
// req: SC.DMP/UX.27
#[test]
fn filters_work_on_what_is_already_there() {
    let mut one = entry();
    one.status = Some(AvailabilityStatus::Approved);
    one.event_codes = vec![Coded::new("a", "1"), Coded::new("b", "1")];
    let normal = Coded::new("N", "2.16.840.1.113883.5.25");
    let good = DocumentFilter {
        class_codes: vec![
            Coded::new("11", "1.2.250.1.213.1.1.4.1"),
            Coded::new("10", "1.2.250.1.213.1.1.4.1"),
        ],
        type_codes: vec![Coded::new("11488-4", "2.16.840.1.113883.6.1")],
        practice_setting_codes: vec![Coded::new("AMBULATOIRE", "1.2.250.1.213.1.1.4.9")],
        event_codes: vec![
            vec![Coded::new("a", "1")],
            vec![Coded::new("b", "1"), Coded::new("c", "1")],
        ],
        confidentiality_codes: vec![vec![normal]],
        author_persons: vec!["Alice Test".to_owned()],
        service_start_time: Period {
            from: Some("20240315".parse().unwrap()),
            to: Some("20240316".parse().unwrap()),
        },
        entry_kinds: vec![EntryKind::Stable],
        ..DocumentFilter::approved()
    };
    assert!(good.matches(&one));
    assert!(DocumentFilter::default().matches(&one));
    let other = || Coded::new("x", "1");
    let time = |text: &str| Some(text.parse::<Dtm>().unwrap());
    type Change = Box<dyn Fn(&mut DocumentFilter)>;
    let changes: Vec<(&str, Change)> = vec![
        (
            "status",
            Box::new(|f| f.statuses = vec![AvailabilityStatus::Archived]),
        ),
        ("class", Box::new(move |f| f.class_codes = vec![other()])),
        (
            "type",
            Box::new(move |f| f.type_codes[0].system = "1".into()),
        ),
        ("format", Box::new(move |f| f.format_codes = vec![other()])),
        (
            "facility",
            Box::new(move |f| f.healthcare_facility_type_codes = vec![other()]),
        ),
        (
            "practice",
            Box::new(move |f| f.practice_setting_codes = vec![other()]),
        ),
        (
            "all events",
            Box::new(move |f| f.event_codes.push(vec![other()])),
        ),
        (
            "visibility",
            Box::new(move |f| f.confidentiality_codes.push(vec![other()])),
        ),
        (
            "author",
            Box::new(|f| f.author_persons = vec!["Bernard".to_owned()]),
        ),
        (
            "kind",
            Box::new(|f| f.entry_kinds = vec![EntryKind::OnDemand]),
        ),
        (
            "after",
            Box::new(move |f| f.service_start_time.from = time("20240315090001")),
        ),
        (
            "before",
            Box::new(move |f| f.service_start_time.to = time("20240315090000")),
        ),
        (
            "no stop",
            Box::new(move |f| f.service_stop_time.from = time("2000")),
        ),
    ];
    for (name, change) in changes {
        let mut filter = good.clone();
        change(&mut filter);
        assert!(!filter.matches(&one), "{name}");
    }
    assert!(one.title_contains("compte-rendu"));
    assert!(!one.title_contains("scanner"));
    let codes = vec![vec![Coded::new("F", "1")]];
    let folder = segur_dmp_xds::metadata::Folder {
        status: Some(AvailabilityStatus::Approved),
        codes: codes[0].clone(),
        ..segur_dmp_xds::metadata::Folder::default()
    };
    let filter = FolderFilter {
        statuses: vec![AvailabilityStatus::Approved],
        codes,
        ..FolderFilter::default()
    };
    assert!(filter.matches(&folder));
    assert!(!filter.matches(&segur_dmp_xds::metadata::Folder::default()));
}

fn text() -> impl Strategy<Value = String> {
    "[A-Za-zé0-9'(), ^&.-]{0,12}[a-z0-9']".prop_map(|text| text.trim().to_owned())
}

fn code() -> impl Strategy<Value = Coded> {
    ("[a-z0-9'(), &-]{0,8}[a-z']", "[0-9.]{1,9}")
        .prop_map(|(code, system)| Coded::new(code.trim().to_owned(), system))
}

fn all_of() -> impl Strategy<Value = Vec<Vec<Coded>>> {
    vec(vec(code(), 1..3), 0..3)
}

fn patient_id() -> impl Strategy<Value = Cx> {
    "[0-9]{1,15}".prop_map(|id| Cx::new(id, "1.2.250.1.213.1.4.10", "NH"))
}

fn period() -> impl Strategy<Value = Period> {
    let time =
        || option::of((2000u16..2030).prop_map(|year| year.to_string().parse::<Dtm>().unwrap()));
    (time(), time()).prop_map(|(from, to)| Period { from, to })
}

fn statuses() -> impl Strategy<Value = Vec<AvailabilityStatus>> {
    vec(
        prop_oneof![
            Just(AvailabilityStatus::Approved),
            Just(AvailabilityStatus::Deleted)
        ],
        1..3,
    )
}

fn kinds() -> impl Strategy<Value = Vec<EntryKind>> {
    vec(
        prop_oneof![Just(EntryKind::Stable), Just(EntryKind::OnDemand)],
        0..3,
    )
}

fn filter() -> impl Strategy<Value = DocumentFilter> {
    let codes = || vec(code(), 0..3);
    let lists = (
        codes(),
        codes(),
        codes(),
        codes(),
        codes(),
        all_of(),
        all_of(),
    );
    let periods = (period(), period(), period());
    let rest = (
        statuses(),
        vec(text(), 0..3),
        kinds(),
        vec(text(), 0..2),
        option::of(1u8..3),
    );
    (lists, periods, rest).prop_map(|(lists, periods, rest)| DocumentFilter {
        statuses: rest.0,
        class_codes: lists.0,
        type_codes: lists.1,
        practice_setting_codes: lists.2,
        healthcare_facility_type_codes: lists.3,
        format_codes: lists.4,
        event_codes: lists.5,
        confidentiality_codes: lists.6,
        author_persons: rest.1,
        creation_time: periods.0,
        service_start_time: periods.1,
        service_stop_time: periods.2,
        entry_kinds: rest.2,
        document_availability: rest.3,
        metadata_level: rest.4,
    })
}

fn folder_filter() -> impl Strategy<Value = FolderFilter> {
    (statuses(), period(), all_of()).prop_map(|(statuses, last_update_time, codes)| FolderFilter {
        statuses,
        last_update_time,
        codes,
    })
}

/// What is looked for is not left out: neither written nor read.
#[test]
fn values_are_looked_for_or_left_out() {
    let reference = Cx::accession("1", "1.2.3");
    let exclude = |filter: DocumentFilter, reference_ids: Vec<Vec<Cx>>| {
        StoredQuery::FindDocumentsExclude(Box::new(FindDocumentsExclude {
            patient_id: patient(),
            filter,
            reference_ids,
            exclusion: DocumentExclusion {
                class_codes: vec![Coded::new("10", "1.2.3")],
                reference_ids: vec![vec![reference.clone()]],
                ..DocumentExclusion::default()
            },
        }))
    };
    let good = exclude(DocumentFilter::approved(), Vec::new());
    let mut request = request(&good);
    assert_eq!(
        request.id.as_str(),
        "urn:uuid:4308b1df-36de-4bef-8e2e-ba91f593c435"
    );
    let slot = request.slots.iter();
    let mut slot = slot.filter(|slot| slot.name == "$XDSDocumentEntryClassCodeExclude");
    assert_eq!(slot.next().unwrap().values, ["('10^^1.2.3')"]);
    request.slots.push(Slot::new(
        "$XDSDocumentEntryClassCode",
        vec!["('11^^1.2.3')".to_owned()],
    ));
    let error = request.query().unwrap_err();
    assert_eq!(error.error_code(), ErrorCode::StoredQueryParamNumber);

    let with_class = DocumentFilter {
        class_codes: vec![Coded::new("11", "1.2.3")],
        ..DocumentFilter::approved()
    };
    let both = [
        exclude(with_class, Vec::new()),
        exclude(DocumentFilter::approved(), vec![vec![reference.clone()]]),
    ];
    for query in both {
        let refused = AdhocQueryRequest::new(&query, ReturnType::LeafClass, Profile::Dmp);
        assert_eq!(refused.unwrap_err().problems.len(), 1);
    }
}

#[test]
fn an_entry_with_a_value_that_is_left_out_matches_the_exclusion() {
    let entry = entry();
    let class = entry.class_code.clone().unwrap();
    let mut out = DocumentExclusion::default();
    assert!(!out.matches(&entry));
    out.class_codes = vec![class];
    assert!(out.matches(&entry));
    out = DocumentExclusion {
        confidentiality_codes: vec![vec![Coded::new("R", "2.16.840.1.113883.5.25")]],
        ..DocumentExclusion::default()
    };
    assert!(!out.matches(&entry));
    out.author_persons = vec!["test alice".to_owned()];
    assert!(out.matches(&entry));
}

fn references() -> impl Strategy<Value = Vec<Vec<Cx>>> {
    vec(
        vec(text().prop_map(|id| Cx::accession(id, "1.2.3")), 1..3),
        1..3,
    )
}

fn exclusion() -> impl Strategy<Value = DocumentExclusion> {
    let codes = || vec(code(), 0..3);
    let singles = (codes(), codes(), codes(), codes(), codes());
    (
        singles,
        all_of(),
        all_of(),
        vec(text(), 0..3),
        kinds(),
        references(),
    )
        .prop_map(
            |(singles, events, confidentiality, authors, kinds, references)| DocumentExclusion {
                class_codes: singles.0,
                type_codes: singles.1,
                practice_setting_codes: singles.2,
                healthcare_facility_type_codes: singles.3,
                format_codes: singles.4,
                event_codes: events,
                confidentiality_codes: confidentiality,
                author_persons: authors,
                entry_kinds: kinds,
                reference_ids: references,
            },
        )
}

fn key() -> impl Strategy<Value = EntryKey> {
    prop_oneof![
        text().prop_map(EntryKey::EntryUuid),
        text().prop_map(EntryKey::UniqueId)
    ]
}

fn keys(logical: bool) -> impl Strategy<Value = EntryKeys> {
    (vec(text(), 1..30), 0..if logical { 3 } else { 2 }).prop_map(|(ids, kind)| match kind {
        0 => EntryKeys::EntryUuids(ids),
        1 => EntryKeys::UniqueIds(ids),
        _ => EntryKeys::LogicalIds(ids),
    })
}

fn contents() -> impl Strategy<Value = GetContents> {
    (key(), vec(code(), 0..3), all_of(), kinds()).prop_map(
        |(key, format_codes, confidentiality_codes, entry_kinds)| GetContents {
            format_codes,
            confidentiality_codes,
            entry_kinds,
            ..GetContents::of(key)
        },
    )
}

fn query() -> impl Strategy<Value = StoredQuery> {
    let association = prop_oneof![
        Just(AssociationKind::Replaces),
        Just(AssociationKind::HasMember)
    ];
    prop_oneof![
        (patient_id(), filter())
            .prop_map(|(patient_id, filter)| FindDocuments { patient_id, filter })
            .prop_map(StoredQuery::FindDocuments),
        (patient_id(), filter(), references()).prop_map(|(patient_id, filter, reference_ids)| {
            StoredQuery::FindDocumentsByReferenceId(FindDocumentsByReferenceId {
                patient_id,
                filter,
                reference_ids,
            })
        }),
        (patient_id(), exclusion(), references(), any::<bool>()).prop_map(
            |(patient_id, mut exclusion, reference_ids, asked)| {
                let reference_ids = match asked {
                    true => std::mem::replace(&mut exclusion.reference_ids, reference_ids),
                    false => Vec::new(),
                };
                if asked {
                    exclusion.reference_ids.clear();
                }
                StoredQuery::FindDocumentsExclude(Box::new(FindDocumentsExclude {
                    patient_id,
                    filter: DocumentFilter::approved(),
                    reference_ids,
                    exclusion,
                }))
            }
        ),
        (
            patient_id(),
            statuses(),
            vec(text(), 0..3),
            period(),
            option::of(text()),
            vec(code(), 0..3)
        )
            .prop_map(
                |(patient_id, statuses, source_ids, time, author_person, codes)| {
                    StoredQuery::FindSubmissionSets(FindSubmissionSets {
                        patient_id,
                        statuses,
                        source_ids,
                        submission_time: time,
                        author_person,
                        content_type_codes: codes,
                    })
                }
            ),
        (patient_id(), folder_filter()).prop_map(|(patient_id, filter)| {
            StoredQuery::FindFolders(FindFolders { patient_id, filter })
        }),
        (
            patient_id(),
            statuses(),
            statuses(),
            vec(code(), 0..3),
            all_of(),
            kinds()
        )
            .prop_map(
                |(
                    patient_id,
                    statuses,
                    others,
                    format_codes,
                    confidentiality_codes,
                    entry_kinds,
                )| {
                    StoredQuery::GetAll(GetAll {
                        patient_id,
                        document_statuses: statuses.clone(),
                        submission_set_statuses: others,
                        folder_statuses: statuses,
                        format_codes,
                        confidentiality_codes,
                        entry_kinds,
                    })
                }
            ),
        keys(true).prop_map(StoredQuery::GetDocuments),
        keys(true).prop_map(StoredQuery::GetFolders),
        keys(false).prop_map(StoredQuery::GetDocumentsAndAssociations),
        vec(text(), 1..30).prop_map(StoredQuery::GetAssociations),
        vec(text(), 1..30).prop_map(StoredQuery::GetSubmissionSets),
        contents().prop_map(StoredQuery::GetSubmissionSetAndContents),
        contents().prop_map(StoredQuery::GetFolderAndContents),
        key().prop_map(StoredQuery::GetFoldersForDocument),
        (key(), vec(association, 1..3), kinds()).prop_map(
            |(key, association_kinds, entry_kinds)| {
                StoredQuery::GetRelatedDocuments(GetRelatedDocuments {
                    key,
                    association_kinds,
                    entry_kinds,
                })
            }
        ),
        (vec(patient_id(), 1..3), filter()).prop_map(|(patient_ids, filter)| {
            StoredQuery::FindDocumentsForMultiplePatients {
                patient_ids,
                filter,
            }
        }),
        (vec(patient_id(), 1..3), folder_filter()).prop_map(|(patient_ids, filter)| {
            StoredQuery::FindFoldersForMultiplePatients {
                patient_ids,
                filter,
            }
        }),
        (vec(patient_id(), 0..3), filter(), references()).prop_map(
            |(patient_ids, filter, reference_ids)| {
                StoredQuery::FindDocumentsByReferenceIdForMultiplePatients {
                    patient_ids,
                    filter,
                    reference_ids,
                }
            }
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    // req: SC.DMP/UX.27
    #[test]
    fn every_stored_query_comes_back(query in query()) {
        let request = request(&query);
        let xml = request.to_xml().unwrap();
        let read = AdhocQueryRequest::parse(xml.as_bytes()).unwrap();
        prop_assert_eq!(&read.warnings, &[]);
        prop_assert_eq!(&read.value, &request);
        let meaning = read.value.query().unwrap();
        prop_assert_eq!(&meaning.warnings, &[]);
        prop_assert_eq!(meaning.value, query);
    }

    #[test]
    fn no_value_makes_a_reader_of_queries_panic(query in query(), value in "\\PC{0,40}") {
        let mut request = request(&query);
        for slot in &mut request.slots {
            slot.values = vec![value.clone()];
        }
        let _ = request.query();
    }

    #[test]
    fn no_bytes_make_a_reader_of_answers_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = AdhocQueryRequest::parse(&bytes);
        let _ = AdhocQueryResponse::parse(&bytes);
        let _ = RegistryResponse::parse(&bytes);
    }
}
