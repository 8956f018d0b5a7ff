//! `segur xds retrieve`.

use std::collections::HashMap;
use std::io::ErrorKind;

use segur_core::Lang;
use segur_dmp_xds::metadata::DocumentEntry;
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::retrieve::{ContentFault, DocumentRequest};
use segur_dmp_xds::transaction::Transaction;
use serde_json::{Value, json};

use super::incoming::{self, Broken};
use super::options::Retrieve;
use super::settings::{Client, Settings};
use super::view::{View, clean};
use super::{fail, names, pretty, progress, raw, tell_response, tell_tolerated, told_of, trace};
use crate::output::{Failure, Terminal};
use crate::{COULD_NOT_RUN, FINDINGS, FINE, tr};

pub(crate) fn run(options: &Retrieve, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let settings = Settings::read(&options.connection)?;
    let client = settings.client(None)?;
    let repository = options
        .repository_id
        .clone()
        .or_else(|| settings.repository_id.clone());
    let mut wanted = options.unique_ids.clone();
    wanted.sort();
    wanted.dedup();
    let entries = if options.check || repository.is_none() {
        match entries(&client, &wanted, options, &settings, lang, terminal)? {
            Ok(entries) => entries,
            Err(code) => return Ok(code),
        }
    } else {
        HashMap::new()
    };
    let view = View {
        lang,
        show_identity: options.shown.show_identity,
    };
    let mut results: Vec<Outcome> = Vec::new();
    let mut asked = Vec::new();
    for id in &wanted {
        let entry = entries.get(id);
        let own = repository
            .clone()
            .or_else(|| entry.and_then(|one| one.repository_unique_id.clone()));
        match own {
            Some(repository_unique_id) if !options.check || entry.is_some() => {
                asked.push(DocumentRequest {
                    repository_unique_id,
                    document_unique_id: id.clone(),
                    ..DocumentRequest::default()
                })
            }
            _ => results.push(Outcome::of(id, State::NotInRegistry)),
        }
    }
    if asked.is_empty() {
        return report(&results, None, options, view, terminal);
    }
    raw::create(&options.out)?;
    let expected: Vec<String> = asked
        .iter()
        .map(|one| one.document_unique_id.clone())
        .collect();
    let called = progress::waiting(lang, "réception", "fetching", || {
        incoming::fetch(&client, asked, &options.out)
    });
    let mut incoming = match called {
        Ok(incoming) => incoming,
        Err(Broken::Disk(failure)) => return Err(failure),
        Err(Broken::Call(error)) => {
            let told = fail::Told {
                error: &error,
                settings: &settings,
                look_up: None,
            };
            return told.tell(options.shown, lang, terminal);
        }
    };
    for id in &expected {
        let Some(file) = incoming.take(id) else {
            let mut failed = incoming.retrieval.inner().failed().iter();
            let failed = failed.find(|one| one.document_unique_id == *id);
            let state = failed.map_or(State::NotGiven, |one| State::Unreadable(one.cause));
            results.push(Outcome::of(id, state));
            continue;
        };
        let entry = entries.get(id);
        let mut outcome = Outcome::of(id, State::Written);
        outcome.bytes = file.size();
        outcome.hash = file.hash().to_owned();
        if let Some(entry) = entry.filter(|_| options.check) {
            outcome.checked = entry.hash.is_some() && entry.size.is_some();
            if !file.is_of(entry) {
                outcome.state = State::Mismatch;
                results.push(outcome);
                continue;
            }
        }
        let name = names::safe(id, file.mime_type.as_deref().unwrap_or_default());
        let path = options.out.join(&name);
        match file.place(&path) {
            Ok(()) => {}
            // The others are written all the same.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => outcome.state = State::There,
            Err(source) => {
                let path = Some(path);
                return Err(Failure::Output { path, source });
            }
        }
        outcome.path = Some(path.display().to_string());
        results.push(outcome);
    }
    let strangers = incoming.strangers;
    let told = incoming.retrieval.inner();
    let mut warnings = told_of(told.wire(), told.warnings().iter(), told.unlisted(), lang);
    if strangers > 0 {
        warnings.push(match lang {
            Lang::Fr => format!("{strangers} document(s) non demandé(s), pas écrit(s)"),
            _ => format!("{strangers} document(s) that nobody asked for, not written"),
        });
    }
    let mut traced = trace(Transaction::Retrieve, told.message_id(), &warnings);
    traced["errors"] = fail::errors(told.response(), view);
    if !options.shown.is_json() {
        tell_response(told.response(), view, terminal);
        tell_tolerated(&warnings, lang, terminal);
    }
    report(&results, Some(traced), options, view, terminal)
}

/// What became of one document.
struct Outcome {
    id: String,
    state: State,
    path: Option<String>,
    bytes: u64,
    hash: String,
    checked: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Written,
    NotInRegistry,
    NotGiven,
    /// The answer names it, and its bytes cannot be had.
    Unreadable(ContentFault),
    Mismatch,
    /// A file of its name is there already.
    There,
}

impl Outcome {
    fn of(id: &str, state: State) -> Self {
        Self {
            id: clean(id),
            state,
            path: None,
            bytes: 0,
            hash: String::new(),
            checked: false,
        }
    }

    fn line(&self, lang: Lang) -> String {
        let what = match self.state {
            State::Written => {
                let checked = match self.checked {
                    true => tr(
                        lang,
                        ", empreinte et taille vérifiées",
                        ", hash and size checked",
                    ),
                    false => "",
                };
                let unit = tr(lang, "octets", "bytes");
                format!(
                    "{} ({} {unit}{checked})",
                    self.path.as_deref().unwrap_or_default(),
                    self.bytes
                )
            }
            State::NotInRegistry => {
                tr(lang, "inconnu du registre", "unknown to the registry").to_owned()
            }
            State::NotGiven => tr(
                lang,
                "pas donné par l'entrepôt",
                "not given by the repository",
            )
            .to_owned(),
            State::Unreadable(cause) => cause.message().get(lang).to_owned(),
            State::There => {
                let told = tr(
                    lang,
                    "pas écrit : existe déjà",
                    "not written: it is there already",
                );
                format!("{} {told}", self.path.as_deref().unwrap_or_default())
            }
            State::Mismatch => tr(
                lang,
                "pas écrit : l'empreinte ou la taille n'est pas celle du registre",
                "not written: hash or size is not that of the registry",
            )
            .to_owned(),
        };
        format!("{}: {what}\n", self.id)
    }

    fn json(&self) -> Value {
        let state = match self.state {
            State::Written => "written",
            State::NotInRegistry => "not_in_registry",
            State::NotGiven => "not_given",
            State::Unreadable(_) => "unreadable",
            State::Mismatch => "mismatch",
            State::There => "there_already",
        };
        json!({
            "unique_id": self.id,
            "state": state,
            "file": self.path,
            "size": self.bytes,
            "hash": self.hash,
            "checked": self.checked,
            "why": match self.state {
                State::Unreadable(cause) => Some(cause.to_string()),
                _ => None,
            },
        })
    }
}

fn report(
    results: &[Outcome],
    traced: Option<Value>,
    options: &Retrieve,
    view: View,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let whole = results.iter().all(|one| one.state == State::Written);
    let text = match options.shown.is_json() {
        true => {
            let mut value = traced.unwrap_or_else(|| json!({}));
            value["ok"] = json!(whole);
            value["documents"] = Value::Array(results.iter().map(Outcome::json).collect());
            pretty(&value)
        }
        false => results.iter().map(|one| one.line(view.lang)).collect(),
    };
    terminal.print(text.as_bytes())?;
    let there = results.iter().any(|one| one.state == State::There);
    Ok(match (whole, there) {
        (true, _) => FINE,
        (_, true) => COULD_NOT_RUN,
        _ => FINDINGS,
    })
}

/// The registry's entries by uniqueId, or the exit code when it does not answer.
fn entries(
    client: &Client,
    wanted: &[String],
    options: &Retrieve,
    settings: &Settings,
    lang: Lang,
    terminal: &Terminal,
) -> Result<Result<HashMap<String, DocumentEntry>, u8>, Failure> {
    let query = StoredQuery::GetDocuments(EntryKeys::UniqueIds(wanted.to_vec()));
    let called = progress::waiting(lang, "recherche", "searching", || {
        client.query(&query, ReturnType::LeafClass, None)
    });
    match called {
        Ok(exchange) => {
            let documents = exchange.answer.content().value.documents;
            let by_id = documents
                .into_iter()
                .map(|one| (one.unique_id.clone(), one));
            Ok(Ok(by_id.collect()))
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
