//! `segur xds update`.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _};

use segur_core::Lang;
use segur_dmp_xds::SubmitObjectsRequest;
use segur_dmp_xds::ebrim::{ExtrinsicObject, RegistryObject};
use segur_dmp_xds::metadata::{AvailabilityStatus, DocumentEntry};
use segur_dmp_xds::query::{EntryKeys, ReturnType, StoredQuery};
use segur_dmp_xds::update::{UpdateError, Visibility, change_status, change_visibility};
use serde_json::json;

use super::options::{Change, Update};
use super::settings::{Client, Settings};
use super::view::{View, clean, hidden_from, last_word};
use super::{
    fail, page, pretty, progress, submission_set, tell_response, tell_tolerated, tolerated, traced,
};
use crate::output::{Failure, Terminal};
use crate::{FINDINGS, FINE, tr};

pub(crate) fn run(options: &Update, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let settings = Settings::read(&options.connection)?;
    let client = settings.client(None)?;
    let view = View {
        lang,
        show_identity: options.shown.show_identity,
    };
    let (object, entry) = match found(&client, options, &settings, view, terminal)? {
        Ok(found) => found,
        Err(code) => return Ok(code),
    };
    let planned = Planned::of(&options.change, &entry);
    let description = planned.text(view);
    if !planned.changes() {
        return nothing_to_do(options, &description, view, terminal);
    }
    let set = submission_set(&options.submitter, &settings, entry.authors.first())?;
    let set = segur_dmp_xds::SubmissionSet {
        patient_id: entry.patient_id.clone(),
        ..set
    };
    let request = match &planned {
        Planned::Status { from, to } => {
            change_status(set, &entry.entry_id, from.clone(), to.clone()).and_then(|submission| {
                Ok(SubmitObjectsRequest::new(&submission, settings.profile)?)
            })
        }
        Planned::Visibility { to, .. } => change_visibility(&set, &object, *to, settings.profile),
    };
    let request = match request {
        Ok(request) => request,
        Err(error) => {
            return fail::nothing_sent(options.shown, &refused(&error, lang), terminal);
        }
    };
    if !options.yes && !confirmed(&entry, &description, view, terminal)? {
        terminal.note(tr(lang, "rien n'a été envoyé", "nothing was sent"));
        return Ok(FINDINGS);
    }
    let called = progress::sending(lang, |_, token| client.update(&request, token));
    let exchange = match called {
        Ok(exchange) => exchange,
        Err(error) => {
            let told = fail::Told {
                error: &error,
                settings: &settings,
                look_up: Some(super::look_up::command(
                    &options.connection,
                    None,
                    [clean(&entry.unique_id).as_str()].into_iter(),
                )),
            };
            return told.tell(options.shown, lang, terminal);
        }
    };
    let warnings = tolerated(&exchange, None, lang);
    if options.shown.is_json() {
        let mut value = traced(&exchange, &warnings);
        value["unique_id"] = json!(clean(&entry.unique_id));
        value["changed"] = json!(true);
        planned.json(&mut value);
        terminal.print(pretty(&value).as_bytes())?;
        return Ok(FINE);
    }
    let done = tr(lang, "fait", "done");
    terminal.print(format!("{done}: {} {description}\n", clean(&entry.unique_id)).as_bytes())?;
    tell_response(&exchange.answer, view, terminal);
    tell_tolerated(&warnings, lang, terminal);
    Ok(FINE)
}

fn nothing_to_do(
    options: &Update,
    description: &str,
    view: View,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    if options.shown.is_json() {
        terminal.print(pretty(&json!({ "ok": true, "changed": false })).as_bytes())?;
    } else {
        let already = tr(view.lang, "rien à changer", "nothing to change");
        terminal.print(format!("{already}: {description}\n").as_bytes())?;
    }
    Ok(FINE)
}

/// What is to change.
enum Planned {
    Status {
        from: AvailabilityStatus,
        to: AvailabilityStatus,
    },
    Visibility {
        from: Visibility,
        to: Visibility,
    },
}

impl Planned {
    fn of(change: &Change, entry: &DocumentEntry) -> Self {
        let to = match (change.delete, change.archive, change.unarchive) {
            (true, ..) => Some(AvailabilityStatus::Deleted),
            (_, true, _) => Some(AvailabilityStatus::Archived),
            (.., true) => Some(AvailabilityStatus::Approved),
            _ => None,
        };
        if let Some(to) = to {
            let from = entry.status.clone().unwrap_or(AvailabilityStatus::Approved);
            return Self::Status { from, to };
        }
        let from = Visibility::of(entry);
        let turned = |now: bool, on: bool, off: bool| (now || on) && !off;
        let to = Visibility {
            masked: turned(from.masked, change.mask, change.unmask),
            invisible_to_patient: turned(
                from.invisible_to_patient,
                change.hide_from_patient,
                change.show_to_patient,
            ),
            invisible_to_representatives: turned(
                from.invisible_to_representatives,
                change.hide_from_representatives,
                change.show_to_representatives,
            ),
        };
        Self::Visibility { from, to }
    }

    fn changes(&self) -> bool {
        match self {
            Self::Status { from, to } => from != to,
            Self::Visibility { from, to } => from != to,
        }
    }

    fn text(&self, view: View) -> String {
        match self {
            Self::Status { from, to } => {
                format!("{} -> {}", last_word(from.as_str()), last_word(to.as_str()))
            }
            Self::Visibility { from, to } => format!(
                "{} -> {}",
                view.visibility(&hidden_from(*from)),
                view.visibility(&hidden_from(*to))
            ),
        }
    }

    fn json(&self, value: &mut serde_json::Value) {
        match self {
            Self::Status { from, to } => {
                value["status"] =
                    json!({ "from": last_word(from.as_str()), "to": last_word(to.as_str()) });
            }
            Self::Visibility { from, to } => {
                value["hidden_from"] =
                    json!({ "from": hidden_from(*from), "to": hidden_from(*to) });
            }
        }
    }
}

/// The document as the registry has it, or the exit code when it is not to be had.
fn found(
    client: &Client,
    options: &Update,
    settings: &Settings,
    view: View,
    terminal: &Terminal,
) -> Result<Result<(ExtrinsicObject, DocumentEntry), u8>, Failure> {
    let id = options.id.clone();
    let keys = match id.starts_with("urn:uuid:") {
        true => EntryKeys::EntryUuids(vec![id]),
        false => EntryKeys::UniqueIds(vec![id]),
    };
    let query = StoredQuery::GetDocuments(keys);
    let called = progress::waiting(view.lang, "recherche", "searching", || {
        client.query(&query, ReturnType::LeafClass, None)
    });
    let exchange = match called {
        Ok(exchange) => exchange,
        Err(error) => {
            let told = fail::Told {
                error: &error,
                settings,
                look_up: None,
            };
            return told.tell(options.shown, view.lang, terminal).map(Err);
        }
    };
    let entries = exchange.answer.content().value.documents;
    let objects = exchange
        .answer
        .objects
        .into_iter()
        .filter_map(|one| match one {
            RegistryObject::ExtrinsicObject(one) => Some(one),
            _ => None,
        });
    let mut both: Vec<_> = objects.zip(entries).collect();
    let why = match (both.pop(), both.len()) {
        (Some(one), 0) => return Ok(Ok(one)),
        (None, _) => tr(
            view.lang,
            "rien n'a été envoyé : ce document est inconnu du registre",
            "nothing was sent: the registry does not know this document",
        ),
        _ => tr(
            view.lang,
            "rien n'a été envoyé : plusieurs documents ont cet identifiant ; indiquer le entryUUID",
            "nothing was sent: several documents have this id; name the entryUUID",
        ),
    };
    fail::nothing_sent(options.shown, why, terminal).map(Err)
}

/// Shows the document and the change, and asks.
fn confirmed(
    entry: &DocumentEntry,
    description: &str,
    view: View,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::refused(
            format!("{description} : confirmer par --yes (aucun terminal pour le demander)"),
            format!("{description}: confirm with --yes (there is no terminal to ask)"),
        ));
    }
    let objects = super::view::Objects {
        documents: vec![view.entry(entry)],
        ..super::view::Objects::default()
    };
    terminal.print(page::tables(&objects, view).as_bytes())?;
    let question = tr(
        view.lang,
        "Faire ce changement ? [o/N] ",
        "Make this change? [y/N] ",
    );
    terminal.print(format!("{description}\n{question}").as_bytes())?;
    let mut answer = String::new();
    let read = io::stdin().lock().take(64).read_line(&mut answer);
    let yes = ["o", "oui", "y", "yes"];
    Ok(read.is_ok() && yes.contains(&answer.trim().to_lowercase().as_str()))
}

fn refused(error: &UpdateError, lang: Lang) -> String {
    match (error, lang) {
        (UpdateError::Invalid(invalid), _) => fail::problems(&invalid.problems, lang),
        (UpdateError::Transition { from, to }, Lang::Fr) => format!(
            "rien n'a été envoyé : un document ne passe pas de {} à {}",
            last_word(from.as_str()),
            last_word(to.as_str())
        ),
        (UpdateError::Transition { from, to }, _) => format!(
            "nothing was sent: a document does not change from {} to {}",
            last_word(from.as_str()),
            last_word(to.as_str())
        ),
        (UpdateError::Missing { field }, Lang::Fr) => {
            format!("rien n'a été envoyé : la fiche du registre n'a pas de {field}")
        }
        (error, Lang::Fr) => format!("rien n'a été envoyé : {error}"),
        (error, _) => format!("nothing was sent: {error}"),
    }
}
