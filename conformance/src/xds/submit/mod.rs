//! `segur xds submit`.

mod describe;
mod message;

use std::path::Path;
use std::sync::Arc;

use segur_core::Lang;
use segur_dmp_xds::client::StreamedFile;
use segur_dmp_xds::from_cda::{FromCda, Gap};
use segur_dmp_xds::metadata::{DocumentEntry, Problem, Submission};
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::response::ErrorCode;
use segur_dmp_xds::update::Visibility;
use segur_dmp_xds::{DocumentSource, FORMAT_WITHOUT_MODEL, Tables};
use segur_soap::signature::Signer;
use serde_json::{Value, json};

use super::options::{Connection, Submit};
use super::settings::{Client, Settings};
use super::view::View;
use super::{
    fail, french, given, page, pretty, progress, signing, submission_set, tell_response,
    tell_tolerated, tolerated, traced,
};
use crate::output::{Failure, Terminal, with_causes};
use crate::{FINDINGS, FINE, tr};

/// A document to send, with what it does not tell.
pub(super) struct Document {
    pub(super) entry: DocumentEntry,
    /// Read when it is signed and when it is sent, and not held meanwhile when it is a file.
    pub(super) content: Arc<dyn DocumentSource>,
    pub(super) gaps: Vec<Gap>,
    pub(super) path: String,
}

pub(crate) fn run(options: &Submit, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    if options.template {
        terminal.print(describe::template()?.as_bytes())?;
        return Ok(FINE);
    }
    let settings = Settings::read(&options.connection)?;
    let documents = documents(options)?;
    if options.replace.is_some() && documents.len() != 1 {
        return Err(Failure::refused(
            "--replace : un seul fichier à la fois",
            "--replace: one file at a time",
        ));
    }
    let view = View {
        lang,
        show_identity: options.shown.show_identity,
    };
    // What can be wrong without the registry is told before it is asked.
    let trial = submission(options, &settings, &documents, Some(message::NOT_LOOKED_UP))?;
    let problems = trial.validate(settings.profile);
    let signer = options.sign.then(|| settings.signer()).transpose()?;
    let signer = signer.as_deref();
    if options.dry_run {
        let (trial, documents) = match problems.is_empty() {
            true => with_signature(trial, documents, signer)?,
            false => (trial, documents),
        };
        return show(
            options, &settings, &trial, &documents, &problems, view, terminal,
        );
    }
    if !problems.is_empty() {
        return refuse(options, &documents, &problems, view, terminal);
    }
    let client = settings.client(trial.submission_set.patient_id.as_ref())?;
    let replaced = match options.replace.as_deref() {
        None => None,
        Some(uuid) if uuid.starts_with("urn:uuid:") => Some(uuid.to_owned()),
        Some(unique_id) => match look_up(&client, unique_id, options, &settings, lang, terminal)? {
            Ok(uuid) => Some(uuid),
            Err(code) => return Ok(code),
        },
    };
    let submission = submission(options, &settings, &documents, replaced.as_deref())?;
    let (submission, documents) = with_signature(submission, documents, signer)?;
    send(
        options,
        &settings,
        &client,
        &submission,
        &documents,
        view,
        terminal,
    )
}

/// The submission and its documents, with the signature when there is a signer.
fn with_signature(
    submission: Submission,
    mut documents: Vec<Document>,
    signer: Option<&dyn Signer>,
) -> Result<(Submission, Vec<Document>), Failure> {
    let Some(signer) = signer else {
        return Ok((submission, documents));
    };
    let (submission, signature) = signing::signed(submission, &documents, signer)?;
    documents.push(signature);
    Ok((submission, documents))
}

fn send(
    options: &Submit,
    settings: &Settings,
    client: &Client,
    submission: &Submission,
    documents: &[Document],
    view: View,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let lang = view.lang;
    let files: Vec<StreamedFile<'_>> = documents
        .iter()
        .map(|one| StreamedFile {
            id: &one.entry.entry_id,
            source: Arc::clone(&one.content),
        })
        .collect();
    let called = progress::sending(lang, |progress, token| {
        client.submit_streaming(submission, &files, progress, token)
    });
    let exchange = match called {
        Ok(exchange) => exchange,
        Err(error) => {
            let told = fail::Told {
                error: &error,
                settings,
                look_up: Some(query_command(&options.connection, documents)),
            };
            let code = told.tell(options.shown, lang, terminal)?;
            if error.has(&ErrorCode::DuplicateUniqueIdInRegistry) {
                let told = tr(
                    lang,
                    "un document ou un lot de cet identifiant y est déjà : peut-être un envoi précédent ; voir",
                    "a document or set of this id is already there, perhaps from an earlier submission; see",
                );
                terminal.note(&format!(
                    "{told} {}",
                    query_command(&options.connection, documents)
                ));
            }
            return Ok(code);
        }
    };
    let warnings = tolerated(&exchange, None, lang);
    if options.shown.is_json() {
        let mut value = traced(&exchange, &warnings);
        value["submission_set"] = json!(submission.submission_set.unique_id);
        value["documents"] = listed(documents);
        value["errors"] = fail::errors(&exchange.answer, view);
        terminal.print(pretty(&value).as_bytes())?;
        return Ok(FINE);
    }
    let mut text = String::new();
    for one in documents {
        let done = tr(lang, "soumis", "submitted");
        text.push_str(&format!("{done}: {} ({})\n", one.entry.unique_id, one.path));
    }
    terminal.print(text.as_bytes())?;
    tell_response(&exchange.answer, view, terminal);
    tell_tolerated(&warnings, lang, terminal);
    Ok(FINE)
}

fn listed(documents: &[Document]) -> Value {
    let all = documents.iter().map(|one| {
        json!({
            "file": one.path,
            "unique_id": one.entry.unique_id,
            "hash": one.entry.hash,
            "size": one.entry.size,
        })
    });
    Value::Array(all.collect())
}

fn documents(options: &Submit) -> Result<Vec<Document>, Failure> {
    let tables = given::tables(options.tables.as_deref())?;
    let mut all = Vec::new();
    for (at, path) in options.files.iter().enumerate() {
        let mut one = document(path, &format!("Document{:02}", at + 1), options, &tables)?;
        complete(&mut one.entry, options)?;
        all.push(one);
    }
    Ok(all)
}

fn document(path: &Path, id: &str, options: &Submit, tables: &Tables) -> Result<Document, Failure> {
    let hidden = Visibility {
        masked: options.mask,
        invisible_to_patient: options.hide_from_patient,
        invisible_to_representatives: options.hide_from_representatives,
    };
    let is_description = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    if is_description {
        let (mut entry, file) = describe::read(path, id, tables, hidden)?;
        let content: Arc<dyn DocumentSource> = match is_read_again(&file) {
            true => Arc::new(file.clone()),
            false => Arc::new(Arc::<[u8]>::from(super::document_bytes(&file)?)),
        };
        entry.set_content_from(&*content).map_err(|error| {
            let (path, cause) = (file.display(), with_causes(&error));
            Failure::refused(
                format!("{path} : ne peut pas être lu : {cause}"),
                format!("{path}: cannot be read: {cause}"),
            )
        })?;
        return Ok(Document {
            entry,
            content,
            gaps: Vec::new(),
            path: file.display().to_string(),
        });
    }
    let bytes = super::document_bytes(path)?;
    let from = FromCda::new(tables)
        .visibility(hidden)
        .imaging(options.imaging);
    let drawn = from.read(id, &bytes).map_err(|error| {
        let cause = with_causes(&error);
        let path = path.display();
        Failure::refused(
            format!("{path} : pas un document CDA : {cause}\n  Pour tout autre fichier, une description : segur xds submit --template > description.toml"),
            format!("{path}: no CDA document: {cause}\n  For any other file, a description: segur xds submit --template > description.toml"),
        )
    })?;
    let content: Arc<dyn DocumentSource> = match is_read_again(path) {
        true => Arc::new(path.to_owned()),
        false => Arc::new(Arc::<[u8]>::from(bytes)),
    };
    Ok(Document {
        entry: drawn.entry,
        content,
        gaps: drawn.gaps,
        path: path.display().to_string(),
    })
}

/// Whether a document can be read as often as it is needed: standard input and pipes give their bytes once. Larger files than a command reads
/// are refused where the others are read.
fn is_read_again(path: &Path) -> bool {
    let max = super::MAX_DOCUMENT as u64;
    std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= max)
}

impl Document {
    /// Whether its file tells whose it is.
    fn drawn_from_cda(&self) -> bool {
        self.entry.mime_type == "text/xml"
    }
}

/// What was typed wins over the document.
fn complete(entry: &mut DocumentEntry, options: &Submit) -> Result<(), Failure> {
    if let Some(text) = &options.class {
        entry.class_code = Some(given::class(text)?);
    }
    if let Some(text) = &options.format_code {
        entry.format_code = Some(match text.as_str() {
            "none" => FORMAT_WITHOUT_MODEL,
            text => given::code("--format-code", text, None)?,
        });
    }
    if let Some(text) = &options.facility {
        entry.healthcare_facility_type_code = Some(given::code("--facility", text, None)?);
    }
    if let Some(text) = &options.practice_setting {
        entry.practice_setting_code = Some(given::code("--practice-setting", text, None)?);
    }
    if let Some(text) = &options.act_start {
        entry.service_start_time = Some(given::act_time("--act-start", text)?);
    }
    Ok(())
}

/// The submission; `replaced` is the entryUUID of the document that is replaced, when one is.
fn submission(
    options: &Submit,
    settings: &Settings,
    documents: &[Document],
    replaced: Option<&str>,
) -> Result<Submission, Failure> {
    let first = documents.first().map(|one| &one.entry);
    let author = first.and_then(|entry| entry.authors.first());
    let mut set = submission_set(&options.submitter, settings, author)?;
    set.patient_id = first.and_then(|entry| entry.patient_id.clone());
    let target = options.replace.as_deref().map(|typed| {
        let known = typed.starts_with("urn:uuid:");
        if known {
            typed
        } else {
            replaced.unwrap_or(typed)
        }
    });
    let mut submission = Submission::new(set);
    for one in documents {
        let entry = one.entry.clone();
        submission = match target {
            Some(uuid) => submission.with_replacement(entry, uuid),
            None => submission.with_document(entry),
        };
    }
    Ok(submission)
}

/// The entryUUID of a document that is to be replaced, or the exit code when it is not to be had.
fn look_up(
    client: &Client,
    unique_id: &str,
    options: &Submit,
    settings: &Settings,
    lang: Lang,
    terminal: &Terminal,
) -> Result<Result<String, u8>, Failure> {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(vec![unique_id.to_owned()]));
    let called = progress::waiting(lang, "recherche", "searching", || {
        client.query(&query, ReturnType::ObjectRef, None)
    });
    match called {
        Ok(exchange) => {
            let refs = exchange.answer.content().value.object_refs;
            match refs.as_slice() {
                [one] => Ok(Ok(one.id.clone())),
                found => {
                    let count = found.len();
                    let why = match lang {
                        Lang::Fr => format!(
                            "rien n'a été envoyé : le document à remplacer est {count} fois dans le registre ; indiquer son entryUUID"
                        ),
                        _ => format!(
                            "nothing was sent: the document to replace is {count} times in the registry; name its entryUUID"
                        ),
                    };
                    fail::nothing_sent(options.shown, &why, terminal).map(Err)
                }
            }
        }
        Err(error) => {
            let told = fail::Told {
                error: &error,
                settings,
                look_up: None,
            };
            told.tell(options.shown, lang, terminal).map(Err)
        }
    }
}

/// Everything that is wrong, at once.
fn refuse(
    options: &Submit,
    documents: &[Document],
    problems: &[Problem],
    view: View,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    if options.shown.is_json() {
        let value = json!({
            "ok": false,
            "problems": problems_json(problems, documents, view.lang),
        });
        terminal.print(pretty(&value).as_bytes())?;
    }
    terminal.error(&problems_text(problems, documents, view.lang));
    Ok(FINDINGS)
}

/// What the document does not tell about a field that a rule asks for.
fn gap_of<'a>(problem: &Problem, documents: &'a [Document]) -> Option<&'a Gap> {
    let owner = documents
        .iter()
        .find(|one| one.entry.entry_id == problem.object)?;
    owner.gaps.iter().find(|gap| gap.field == problem.field)
}

fn problems_text(problems: &[Problem], documents: &[Document], lang: Lang) -> String {
    let mut text = fail::problems(problems, lang);
    for one in problems {
        if let Some(gap) = gap_of(one, documents) {
            let object = &one.object;
            let gap = french::gap(gap, lang);
            text.push_str(&format!("\n  {object}: {gap}"));
        }
    }
    // The names within the message are ours, not the user's.
    for one in documents {
        let id = &one.entry.entry_id;
        if problems.iter().any(|problem| problem.object == *id) {
            text.push_str(&format!("\n  {id}: {}", one.path));
        }
    }
    text
}

fn problems_json(problems: &[Problem], documents: &[Document], lang: Lang) -> Value {
    let all = problems.iter().map(|one| {
        let of = documents
            .iter()
            .find(|document| document.entry.entry_id == one.object);
        json!({
            "object": one.object,
            "file": of.map(|document| document.path.as_str()),
            "field": one.field,
            "message": french::problem(one, lang),
            "remedy": french::remedy(one.field, lang),
            "looked_for": gap_of(one, documents).map(|gap| gap.source),
        })
    });
    Value::Array(all.collect())
}

/// Metadata and message, nothing sent.
fn show(
    options: &Submit,
    settings: &Settings,
    submission: &Submission,
    documents: &[Document],
    problems: &[Problem],
    view: View,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let content = segur_dmp_xds::RegistryContent {
        submission_sets: vec![submission.submission_set.clone()],
        documents: submission.documents.clone(),
        associations: submission.associations.clone(),
        ..segur_dmp_xds::RegistryContent::default()
    };
    let objects = view.objects(&content);
    let code = if problems.is_empty() { FINE } else { FINDINGS };
    let message = message::shown(submission, documents, settings, view)?;
    if options.shown.is_json() {
        let gaps = documents.iter().flat_map(|one| &one.gaps);
        let value = json!({
            "ok": problems.is_empty(),
            "dry_run": true,
            "objects": objects,
            "problems": problems_json(problems, documents, view.lang),
            "not_told": gaps.map(|gap| french::gap(gap, view.lang)).collect::<Vec<_>>(),
            "message": message,
        });
        terminal.print(pretty(&value).as_bytes())?;
        return Ok(code);
    }
    let mut text = page::all_details(&objects, view);
    for one in documents {
        for gap in &one.gaps {
            let told = tr(
                view.lang,
                "le document ne dit pas",
                "the document does not tell",
            );
            text.push_str(&format!("{told}: {}\n", french::gap(gap, view.lang)));
        }
    }
    text.push('\n');
    text.push_str(&message);
    terminal.print(text.as_bytes())?;
    if !problems.is_empty() {
        terminal.error(&problems_text(problems, documents, view.lang));
    }
    let nothing = tr(
        view.lang,
        "essai : rien n'a été envoyé",
        "dry run: nothing was sent",
    );
    terminal.note(nothing);
    Ok(code)
}

/// The command that asks the registry for what was submitted.
fn query_command(connection: &Connection, documents: &[Document]) -> String {
    let ids = documents.iter().map(|one| one.entry.unique_id.as_str());
    let cda = documents.first().filter(|one| one.drawn_from_cda());
    super::look_up::command(connection, cda.map(|one| one.path.as_str()), ids)
}
