//! `segur xds query`.

use segur_core::{Coded, Lang};
use segur_dmp_xds::WarningKind;
use segur_dmp_xds::ebrim::Slot;
use segur_dmp_xds::metadata::{AssociationKind, AvailabilityStatus, Cx, Dtm};
use segur_dmp_xds::query::{
    AdhocQueryRequest, DocumentFilter, EntryKey, EntryKeys, FindDocuments,
    FindDocumentsByReferenceId, FindFolders, FindSubmissionSets, FolderFilter, GetAll, GetContents,
    GetRelatedDocuments, Period, QueryId, ReturnType, StoredQuery,
};
use serde_json::json;

use super::options::{Find, Query, Relation, StatusName};
use super::settings::Settings;
use super::view::View;
use super::{
    fail, given, page, pretty, progress, tell_response, tell_tolerated, tolerated, traced,
};
use crate::FINE;
use crate::output::{Failure, Terminal};

pub(crate) fn run(options: &Query, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let settings = Settings::read(&options.connection)?;
    let query = stored(options, &settings)?;
    let client = settings.client(match query.patient_ids() {
        [one] => Some(one),
        _ => None,
    })?;
    let return_type = match options.ids_only {
        true => ReturnType::ObjectRef,
        false => ReturnType::LeafClass,
    };
    let called = progress::waiting(lang, "recherche", "searching", || {
        client.query(&query, return_type, None)
    });
    let exchange = match called {
        Ok(exchange) => exchange,
        Err(error) => {
            let told = fail::Told {
                error: &error,
                settings: &settings,
                look_up: None,
            };
            return told.tell(options.shown, lang, terminal);
        }
    };
    let view = View {
        lang,
        show_identity: options.shown.show_identity,
    };
    let content = exchange.answer.content();
    let warnings = tolerated(&exchange, Some(&content), lang);
    let objects = view.objects(&content.value);
    if options.shown.is_json() {
        let mut value = traced(&exchange, &warnings);
        value["query"] = json!(format!("{:?}", query.id()));
        value["errors"] = fail::errors(&exchange.answer.response, view);
        value["total_result_count"] = json!(exchange.answer.total_result_count);
        value["objects"] = json!(objects);
        terminal.print(pretty(&value).as_bytes())?;
        return Ok(FINE);
    }
    terminal.print(page::tables(&objects, view).as_bytes())?;
    tell_response(&exchange.answer.response, view, terminal);
    tell_tolerated(&warnings, lang, terminal);
    Ok(FINE)
}

/// Stored queries by name, and the parameter of their patient.
static NAMES: [(&str, QueryId, Option<&str>); 18] = [
    (
        "FindDocuments",
        QueryId::FindDocuments,
        Some("$XDSDocumentEntryPatientId"),
    ),
    (
        "FindDocumentsByReferenceId",
        QueryId::FindDocumentsByReferenceId,
        Some("$XDSDocumentEntryPatientId"),
    ),
    (
        "FindDocumentsExclude",
        QueryId::FindDocumentsExclude,
        Some("$XDSDocumentEntryPatientId"),
    ),
    (
        "FindSubmissionSets",
        QueryId::FindSubmissionSets,
        Some("$XDSSubmissionSetPatientId"),
    ),
    (
        "FindFolders",
        QueryId::FindFolders,
        Some("$XDSFolderPatientId"),
    ),
    ("GetAll", QueryId::GetAll, Some("$patientId")),
    ("GetDocuments", QueryId::GetDocuments, None),
    ("GetFolders", QueryId::GetFolders, None),
    ("GetAssociations", QueryId::GetAssociations, None),
    (
        "GetDocumentsAndAssociations",
        QueryId::GetDocumentsAndAssociations,
        None,
    ),
    ("GetSubmissionSets", QueryId::GetSubmissionSets, None),
    (
        "GetSubmissionSetAndContents",
        QueryId::GetSubmissionSetAndContents,
        None,
    ),
    ("GetFolderAndContents", QueryId::GetFolderAndContents, None),
    (
        "GetFoldersForDocument",
        QueryId::GetFoldersForDocument,
        None,
    ),
    ("GetRelatedDocuments", QueryId::GetRelatedDocuments, None),
    (
        "FindDocumentsForMultiplePatients",
        QueryId::FindDocumentsForMultiplePatients,
        Some("$XDSDocumentEntryPatientId"),
    ),
    (
        "FindFoldersForMultiplePatients",
        QueryId::FindFoldersForMultiplePatients,
        Some("$XDSFolderPatientId"),
    ),
    (
        "FindDocumentsByReferenceIdForMultiplePatients",
        QueryId::FindDocumentsByReferenceIdForMultiplePatients,
        Some("$XDSDocumentEntryPatientId"),
    ),
];

/// The query that was typed.
fn stored(options: &Query, settings: &Settings) -> Result<StoredQuery, Failure> {
    let patients = patients(options, settings)?;
    if let Some(name) = &options.stored_query {
        refuse_unused(options, &["--patient"])?;
        return by_name(name, &options.param, &patients, settings);
    }
    let typed = Typed { options, patients };
    typed.query()
}

fn patients(options: &Query, settings: &Settings) -> Result<Vec<Cx>, Failure> {
    if let Some(path) = &options.patient_of {
        return Ok(vec![given::patient_of(path)?]);
    }
    let oid = options
        .patient_oid
        .as_deref()
        .or(settings.patient_oid.as_deref());
    Ok(options
        .patient
        .iter()
        .map(|text| given::patient(text, oid))
        .collect())
}

/// Parameters as on the wire.
fn by_name(
    name: &str,
    params: &[String],
    patients: &[Cx],
    settings: &Settings,
) -> Result<StoredQuery, Failure> {
    let found = NAMES
        .iter()
        .find(|(own, id, _)| own.eq_ignore_ascii_case(name) || id.as_str() == name);
    let Some((name, id, patient)) = found else {
        let names: Vec<&str> = NAMES.iter().map(|(name, ..)| *name).collect();
        let names = names.join(", ");
        return Err(Failure::refused(
            format!("requête inconnue ; connues : {names}"),
            format!("unknown stored query; known: {names}"),
        ));
    };
    let mut slots = Vec::new();
    for param in params {
        let Some((name, value)) = param.split_once('=') else {
            return Err(Failure::refused(
                "--param : NOM=VALEUR attendu",
                "--param: NAME=VALUE expected",
            ));
        };
        let dollar = if name.starts_with('$') { "" } else { "$" };
        slots.push(Slot::single(format!("{dollar}{name}"), value));
    }
    if let Some(patient) = patient.filter(|_| !patients.is_empty()) {
        let texts = patients
            .iter()
            .map(|cx| cx.to_text(settings.profile).replace('\'', "''"));
        let texts: Vec<String> = texts.map(|text| format!("'{text}'")).collect();
        let value = match texts.as_slice() {
            [one] => one.clone(),
            several => format!("({})", several.join(",")),
        };
        slots.push(Slot::single(patient, value));
    }
    let request = AdhocQueryRequest {
        return_type: ReturnType::LeafClass,
        id: id.clone(),
        home: None,
        slots,
    };
    let refused =
        |cause: String| Failure::refused(format!("{name} : {cause}"), format!("{name}: {cause}"));
    let read = request
        .query()
        .map_err(|error| refused(error.to_string()))?;
    let unknown = read
        .warnings
        .iter()
        .find(|one| one.kind == WarningKind::UnknownParameter);
    match unknown {
        Some(one) => Err(refused(one.to_string())),
        None => Ok(read.value),
    }
}

/// Options that say what documents must be like.
const FILTERS: [&str; 14] = [
    "--type",
    "--class",
    "--format-code",
    "--practice-setting",
    "--facility",
    "--event",
    "--confidentiality",
    "--author",
    "--act-from",
    "--act-to",
    "--act-end-from",
    "--act-end-to",
    "--from",
    "--to",
];

/// What is typed and would not be asked is refused: an answer to another question misleads.
fn refuse_unused(options: &Query, used: &[&str]) -> Result<(), Failure> {
    let given = [
        (
            "--patient",
            !options.patient.is_empty() || options.patient_of.is_some(),
        ),
        ("--unique-id", !options.unique_id.is_empty()),
        ("--uuid", !options.uuid.is_empty()),
        ("--logical-id", !options.logical_id.is_empty()),
        ("--reference", !options.reference.is_empty()),
        ("--type", !options.type_code.is_empty()),
        ("--class", !options.class.is_empty()),
        ("--format-code", !options.format_code.is_empty()),
        ("--practice-setting", !options.practice_setting.is_empty()),
        ("--facility", !options.facility.is_empty()),
        ("--event", !options.event.is_empty()),
        ("--confidentiality", !options.confidentiality.is_empty()),
        ("--author", !options.author.is_empty()),
        ("--act-from", options.act_from.is_some()),
        ("--act-to", options.act_to.is_some()),
        ("--act-end-from", options.act_end_from.is_some()),
        ("--act-end-to", options.act_end_to.is_some()),
        ("--from", options.from.is_some()),
        ("--to", options.to.is_some()),
        ("--source-id", !options.source_id.is_empty()),
        ("--content-type", !options.content_type.is_empty()),
        ("--relation", !options.relation.is_empty()),
    ];
    let unused = given
        .iter()
        .find(|(name, given)| *given && !used.contains(name));
    match unused {
        None => Ok(()),
        Some((name, _)) => Err(Failure::refused(
            format!("{name} ne va pas avec cette recherche"),
            format!("{name} does not go with this search"),
        )),
    }
}

/// A query by options.
struct Typed<'a> {
    options: &'a Query,
    patients: Vec<Cx>,
}

impl Typed<'_> {
    fn query(self) -> Result<StoredQuery, Failure> {
        let options = self.options;
        let ids = ["--unique-id", "--uuid", "--logical-id"];
        let by_id = !(options.unique_id.is_empty()
            && options.uuid.is_empty()
            && options.logical_id.is_empty());
        let uses = |used: &[&str]| refuse_unused(options, used);
        let with_filters = |first: &[&'static str]| -> Result<(), Failure> {
            let used: Vec<&str> = first.iter().copied().chain(FILTERS).collect();
            refuse_unused(options, &used)
        };
        Ok(match options.find {
            Find::Documents if by_id => {
                uses(&ids)?;
                StoredQuery::GetDocuments(self.keys()?)
            }
            Find::Documents => {
                with_filters(&["--patient", "--reference"])?;
                self.find_documents()?
            }
            Find::Sets if by_id => {
                uses(&["--uuid"])?;
                StoredQuery::GetSubmissionSets(options.uuid.clone())
            }
            Find::Sets => {
                uses(&[
                    "--patient",
                    "--from",
                    "--to",
                    "--author",
                    "--source-id",
                    "--content-type",
                ])?;
                StoredQuery::FindSubmissionSets(FindSubmissionSets {
                    patient_id: self.one_patient()?,
                    statuses: statuses(&options.status),
                    source_ids: options.source_id.clone(),
                    submission_time: self.period("--from", "--to")?,
                    author_person: at_most_one("--author", &options.author)?,
                    content_type_codes: codes(
                        "--content-type",
                        &options.content_type,
                        Some(super::CONTENT_TYPES),
                    )?,
                })
            }
            Find::Folders if by_id => {
                uses(&ids)?;
                StoredQuery::GetFolders(self.keys()?)
            }
            Find::Folders => {
                uses(&["--patient", "--from", "--to", "--content-type"])?;
                let filter = FolderFilter {
                    statuses: statuses(&options.status),
                    last_update_time: self.period("--from", "--to")?,
                    codes: each(codes("--content-type", &options.content_type, None)?),
                };
                match self.patients.as_slice() {
                    [_] => StoredQuery::FindFolders(FindFolders {
                        patient_id: self.one_patient()?,
                        filter,
                    }),
                    _ => StoredQuery::FindFoldersForMultiplePatients {
                        patient_ids: self.patients,
                        filter,
                    },
                }
            }
            Find::Associations => {
                uses(&["--uuid"])?;
                StoredQuery::GetAssociations(options.uuid.clone())
            }
            Find::DocumentsAndAssociations => {
                uses(&ids)?;
                StoredQuery::GetDocumentsAndAssociations(self.keys()?)
            }
            Find::Related => {
                uses(&["--unique-id", "--uuid", "--relation"])?;
                StoredQuery::GetRelatedDocuments(GetRelatedDocuments {
                    key: self.key()?,
                    association_kinds: relations(&options.relation),
                    entry_kinds: Vec::new(),
                })
            }
            Find::FoldersOfDocument => {
                uses(&["--unique-id", "--uuid"])?;
                StoredQuery::GetFoldersForDocument(self.key()?)
            }
            Find::SetContents | Find::FolderContents => {
                uses(&[
                    "--unique-id",
                    "--uuid",
                    "--format-code",
                    "--confidentiality",
                ])?;
                let contents = GetContents {
                    format_codes: codes("--format-code", &options.format_code, None)?,
                    confidentiality_codes: each(codes(
                        "--confidentiality",
                        &options.confidentiality,
                        None,
                    )?),
                    ..GetContents::of(self.key()?)
                };
                match options.find {
                    Find::SetContents => StoredQuery::GetSubmissionSetAndContents(contents),
                    _ => StoredQuery::GetFolderAndContents(contents),
                }
            }
            Find::Everything => {
                uses(&["--patient", "--format-code", "--confidentiality"])?;
                let statuses = statuses(&options.status);
                StoredQuery::GetAll(GetAll {
                    patient_id: self.one_patient()?,
                    document_statuses: statuses.clone(),
                    submission_set_statuses: statuses.clone(),
                    folder_statuses: statuses,
                    format_codes: codes("--format-code", &options.format_code, None)?,
                    confidentiality_codes: each(codes(
                        "--confidentiality",
                        &options.confidentiality,
                        None,
                    )?),
                    entry_kinds: Vec::new(),
                })
            }
        })
    }

    fn find_documents(self) -> Result<StoredQuery, Failure> {
        let options = self.options;
        let tables = given::tables(None)?;
        let types = options
            .type_code
            .iter()
            .map(|text| given::type_code(&tables, text));
        let classes = options.class.iter().map(|text| given::class(text));
        let filter = DocumentFilter {
            statuses: statuses(&options.status),
            type_codes: types.collect::<Result<_, _>>()?,
            class_codes: classes.collect::<Result<_, _>>()?,
            format_codes: codes("--format-code", &options.format_code, None)?,
            practice_setting_codes: codes("--practice-setting", &options.practice_setting, None)?,
            healthcare_facility_type_codes: codes("--facility", &options.facility, None)?,
            event_codes: each(codes("--event", &options.event, None)?),
            confidentiality_codes: each(codes(
                "--confidentiality",
                &options.confidentiality,
                None,
            )?),
            author_persons: options.author.clone(),
            service_start_time: self.period("--act-from", "--act-to")?,
            service_stop_time: self.period("--act-end-from", "--act-end-to")?,
            creation_time: self.period("--from", "--to")?,
            ..DocumentFilter::default()
        };
        let references: Vec<Cx> = options
            .reference
            .iter()
            .map(|text| Cx::read(text))
            .collect();
        let several = self.patients.len() != 1;
        Ok(match (several, references.is_empty()) {
            (false, true) => StoredQuery::FindDocuments(FindDocuments {
                patient_id: self.one_patient()?,
                filter,
            }),
            (false, false) => StoredQuery::FindDocumentsByReferenceId(FindDocumentsByReferenceId {
                patient_id: self.one_patient()?,
                filter,
                reference_ids: vec![references],
            }),
            (true, _) if self.patients.is_empty() => return Err(no_patient()),
            (true, true) => StoredQuery::FindDocumentsForMultiplePatients {
                patient_ids: self.patients,
                filter,
            },
            (true, false) => StoredQuery::FindDocumentsByReferenceIdForMultiplePatients {
                patient_ids: self.patients,
                filter,
                reference_ids: vec![references],
            },
        })
    }

    fn one_patient(&self) -> Result<Cx, Failure> {
        match self.patients.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(no_patient()),
            _ => Err(Failure::refused(
                "un seul patient pour cette recherche",
                "one patient for this search",
            )),
        }
    }

    fn keys(&self) -> Result<EntryKeys, Failure> {
        let options = self.options;
        if !options.unique_id.is_empty() {
            Ok(EntryKeys::UniqueIds(options.unique_id.clone()))
        } else if !options.uuid.is_empty() {
            Ok(EntryKeys::EntryUuids(options.uuid.clone()))
        } else if !options.logical_id.is_empty() {
            Ok(EntryKeys::LogicalIds(options.logical_id.clone()))
        } else {
            Err(no_id())
        }
    }

    fn key(&self) -> Result<EntryKey, Failure> {
        match (
            self.options.unique_id.as_slice(),
            self.options.uuid.as_slice(),
        ) {
            ([id], []) => Ok(EntryKey::UniqueId(id.clone())),
            ([], [id]) => Ok(EntryKey::EntryUuid(id.clone())),
            _ => Err(no_id()),
        }
    }

    fn period(&self, from: &str, to: &str) -> Result<Period, Failure> {
        let options = self.options;
        let text = |name: &str| match name {
            "--act-from" => options.act_from.as_deref(),
            "--act-to" => options.act_to.as_deref(),
            "--act-end-from" => options.act_end_from.as_deref(),
            "--act-end-to" => options.act_end_to.as_deref(),
            "--from" => options.from.as_deref(),
            _ => options.to.as_deref(),
        };
        let time = |name: &str| -> Result<Option<Dtm>, Failure> {
            text(name).map(|text| given::moment(name, text)).transpose()
        };
        Ok(Period {
            from: time(from)?,
            to: time(to)?,
        })
    }
}

fn no_patient() -> Failure {
    Failure::refused(
        "de qui ? indiquer --patient INS ou --patient-of FICHIER (ou chercher par --unique-id, --uuid)",
        "whose? name --patient INS or --patient-of FILE (or ask by --unique-id, --uuid)",
    )
}

fn no_id() -> Failure {
    Failure::refused(
        "de quel objet ? indiquer un --unique-id ou un --uuid",
        "of which object? name one --unique-id or one --uuid",
    )
}

fn at_most_one(option: &str, texts: &[String]) -> Result<Option<String>, Failure> {
    match texts {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        _ => Err(Failure::refused(
            format!("{option} : une seule fois pour cette recherche"),
            format!("{option}: once for this search"),
        )),
    }
}

fn codes(option: &str, texts: &[String], default: Option<&str>) -> Result<Vec<Coded>, Failure> {
    texts
        .iter()
        .map(|text| given::code(option, text, default))
        .collect()
}

/// One list for each: all of them are asked.
fn each(codes: Vec<Coded>) -> Vec<Vec<Coded>> {
    codes.into_iter().map(|code| vec![code]).collect()
}

fn statuses(names: &[StatusName]) -> Vec<AvailabilityStatus> {
    let mut all = Vec::new();
    for name in names {
        let more = match name {
            StatusName::Approved => vec![AvailabilityStatus::Approved],
            StatusName::Archived => vec![AvailabilityStatus::Archived],
            StatusName::Deprecated => vec![AvailabilityStatus::Deprecated],
            StatusName::Deleted => vec![AvailabilityStatus::Deleted],
            StatusName::All => vec![
                AvailabilityStatus::Approved,
                AvailabilityStatus::Archived,
                AvailabilityStatus::Deprecated,
            ],
        };
        for status in more {
            if !all.contains(&status) {
                all.push(status);
            }
        }
    }
    all
}

fn relations(names: &[Relation]) -> Vec<AssociationKind> {
    const ALL: [Relation; 6] = [
        Relation::Rplc,
        Relation::Apnd,
        Relation::Xfrm,
        Relation::XfrmRplc,
        Relation::Signs,
        Relation::Snapshot,
    ];
    let names = if names.is_empty() { &ALL[..] } else { names };
    let kind = |name: &Relation| match name {
        Relation::Rplc => AssociationKind::Replaces,
        Relation::Apnd => AssociationKind::Appends,
        Relation::Xfrm => AssociationKind::Transforms,
        Relation::XfrmRplc => AssociationKind::TransformsAndReplaces,
        Relation::Signs => AssociationKind::Signs,
        Relation::Snapshot => AssociationKind::IsSnapshotOf,
    };
    names.iter().map(kind).collect()
}
