//! `segur xds`: a registry and a repository (DMP, XDS.b) from the command line, over `segur-dmp-xds`.
//!
//! Nothing is sent twice: after a submission that was not answered, or that Ctrl-C gave up, the exit code is 3, and the text says how to
//! look it up.

mod fail;
mod french;
mod given;
mod incoming;
mod inspect;
mod look_up;
mod names;
pub(crate) mod options;
mod page;
mod progress;
mod proof;
mod query;
mod raw;
mod retrieve;
pub(crate) mod settings;
mod signing;
mod submit;
mod update;
mod user;
mod view;
mod vihf;

use std::path::Path;

use segur_core::{Lang, uuid_v4};
use segur_dmp_xds::client::{CallSource as _, Exchange, SystemSource};
use segur_dmp_xds::metadata::{Author, Dtm, SubmissionSet, Xcn, Xon};
use segur_dmp_xds::response::RegistryResponse;
use segur_dmp_xds::transaction::{Transaction, WireWarning};
use segur_dmp_xds::{Reading, RegistryContent};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::files;
use crate::output::{Failure, Terminal};
use options::{Submitter, Xds};
use settings::Settings;
use view::View;

/// Sent, and no answer: nobody knows whether it was done.
const UNKNOWN: u8 = 3;

/// Code system of contentTypeCode where only a code is given (TRE_R209, kinds of activity).
const CONTENT_TYPES: &str = "1.2.250.1.213.2.2";

pub(crate) fn run(command: &Xds, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    match command {
        Xds::Query(options) => query::run(options, lang, terminal),
        Xds::Submit(options) => submit::run(options, lang, terminal),
        Xds::Retrieve(options) => retrieve::run(options, lang, terminal),
        Xds::Update(options) => update::run(options, lang, terminal),
        Xds::Inspect(options) => inspect::run(options, lang, terminal),
    }
}

/// JSON for programs, with a line end.
fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// Reads TOML. The text of a value is not told: it may be a person's.
fn toml_of<T: DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, Failure> {
    let path = path.display();
    let text = str::from_utf8(bytes).map_err(|_| {
        Failure::refused(
            format!("{path} : n'est pas un texte UTF-8"),
            format!("{path}: is no UTF-8 text"),
        )
    })?;
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        // These two name fields; other messages quote values.
        let told = error.message().lines().next().unwrap_or("");
        let named = told.starts_with("unknown field") || told.starts_with("missing field");
        let (fr, en) = match named {
            true => (format!(" : {told}"), format!(": {told}")),
            false => (
                " : valeur ou syntaxe refusée".to_owned(),
                ": value or syntax refused".to_owned(),
            ),
        };
        Failure::refused(
            format!("{path}:{line}:{column}{fr}"),
            format!("{path}:{line}:{column}{en}"),
        )
    })
}

/// Largest document or message that is read.
const MAX_DOCUMENT: usize = 256 << 20;

/// The bytes of a document or message; `-` is standard input.
fn document_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let refused = |fr: &str, en: &str| {
        let path = path.display();
        Failure::refused(format!("{path} : {fr}"), format!("{path}: {en}"))
    };
    let inputs = files::collect(std::slice::from_ref(&path.to_owned()));
    let [input] = inputs.as_slice() else {
        return Err(refused("indiquer un seul fichier", "name one file"));
    };
    files::read(input, MAX_DOCUMENT).map_err(|finding| {
        let found = finding.found.as_ref().map_or("", |found| found.reveal());
        let say = |lang| format!("{} {found}", finding.message.get(lang));
        refused(&say(Lang::Fr), &say(Lang::En))
    })
}

/// 16 random bytes.
fn random() -> Result<[u8; 16], Failure> {
    SystemSource.random().map_err(|error| {
        Failure::refused(
            "le système ne donne pas de nombres aléatoires",
            error.to_string(),
        )
    })
}

/// An OID of its own, made of a UUID (ITU-T X.667).
fn new_oid() -> Result<String, Failure> {
    let text = uuid_v4(random()?).replace('-', "");
    let number = u128::from_str_radix(&text, 16).unwrap_or_default();
    Ok(format!("2.25.{number}"))
}

/// Now, in UTC.
fn now() -> Result<Dtm, Failure> {
    Dtm::at(SystemSource.now()).ok_or_else(|| {
        Failure::refused(
            "l'horloge de cette machine est fausse",
            "the clock of this machine is wrong",
        )
    })
}

/// A set of its own; what nobody tells stays empty, for the rules to name.
fn submission_set(
    submitter: &Submitter,
    settings: &Settings,
    author: Option<&Author>,
) -> Result<SubmissionSet, Failure> {
    let given = |own: &Option<String>, set: &Option<String>| own.clone().or_else(|| set.clone());
    let source_id = given(&submitter.source_id, &settings.source_id).unwrap_or_default();
    let content_type = given(&submitter.content_type, &settings.content_type);
    let content_type = content_type
        .map(|text| given::code("--content-type", &text, Some(CONTENT_TYPES)))
        .transpose()?;
    let person = given(&submitter.author, &settings.author);
    let institution = given(&submitter.author_institution, &settings.author_institution);
    let specialty = given(&submitter.author_specialty, &settings.author_specialty);
    let authors = match (&person, &institution) {
        (None, None) => author.cloned().into_iter().collect(),
        _ => vec![Author {
            person: person.as_deref().map(Xcn::read),
            institutions: institution.as_deref().map(Xon::read).into_iter().collect(),
            specialties: specialty
                .map(|text| given::code("--author-specialty", &text, None))
                .transpose()?
                .into_iter()
                .collect(),
            ..Author::default()
        }],
    };
    Ok(SubmissionSet {
        submission_time: Some(now()?),
        title: submitter.set_title.clone(),
        authors,
        content_type_code: content_type,
        ..SubmissionSet::new("SubmissionSet01", new_oid()?, source_id)
    })
}

/// What was tolerated in an answer, for people.
fn tolerated<A>(
    exchange: &Exchange<A>,
    more: Option<&Reading<RegistryContent>>,
    lang: Lang,
) -> Vec<String> {
    let more_listed = more.into_iter().flat_map(|more| &more.warnings);
    let read = exchange.warnings.iter().chain(more_listed);
    let unlisted = exchange.unlisted + more.map_or(0, |more| more.unlisted);
    told_of(&exchange.wire, read, unlisted, lang)
}

fn told_of<'a>(
    wire: &[WireWarning],
    read: impl Iterator<Item = &'a segur_dmp_xds::Warning>,
    unlisted: usize,
    lang: Lang,
) -> Vec<String> {
    let wire = wire.iter().map(|one| french::wire(*one, lang).to_owned());
    let mut all: Vec<String> = wire
        .chain(read.map(|one| french::warning(one, lang)))
        .collect();
    all.dedup();
    if unlisted > 0 {
        all.push(match lang {
            Lang::Fr => format!("{unlisted} autre(s) point(s), non listé(s)"),
            _ => format!("{unlisted} more, not listed"),
        });
    }
    all
}

/// Tells what was tolerated, beside the answer.
fn tell_tolerated(warnings: &[String], lang: Lang, terminal: &Terminal) {
    const SHOWN: usize = 20;
    for one in warnings.iter().take(SHOWN) {
        terminal.note(&format!(
            "{}: {one}",
            crate::tr(lang, "toléré", "tolerated")
        ));
    }
    if let Some(rest) = warnings.len().checked_sub(SHOWN).filter(|rest| *rest > 0) {
        terminal.note(&format!("… {rest}"));
    }
}

/// What the service said beside a success, as lines.
fn tell_response(response: &RegistryResponse, view: View, terminal: &Terminal) {
    for line in fail::error_lines(response, view) {
        terminal.note(&line);
    }
}

/// A call that was answered, for programs.
fn traced<A>(exchange: &Exchange<A>, warnings: &[String]) -> Value {
    trace(exchange.transaction, &exchange.message_id, warnings)
}

fn trace(transaction: Transaction, message_id: &str, warnings: &[String]) -> Value {
    json!({
        "ok": true,
        "transaction": transaction.name(),
        "message_id": message_id,
        "warnings": warnings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_new_oids() {
        let (one, other) = (new_oid().unwrap(), new_oid().unwrap());
        assert_ne!(one, other);
        assert!(one.starts_with("2.25.") && one.len() <= 64, "{one}");
    }

    #[test]
    fn errors_of_settings_do_not_quote_values() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct One {
            #[allow(dead_code)]
            n: u8,
        }
        let read = |text: &str| {
            toml_of::<One>(Path::new("f"), text.as_bytes())
                .unwrap_err()
                .message(Lang::En)
        };
        assert!(!read("n = \"DUPONT\"").contains("DUPONT"));
        assert!(read("m = 1").contains("unknown field"));
        assert!(read("n = \n").starts_with("f:1:"));
    }
}
