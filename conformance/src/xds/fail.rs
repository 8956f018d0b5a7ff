//! A call that brought nothing: said to people and to programs.

use std::path::Path;

use segur_core::Lang;
use segur_dmp_xds::WriteError;
use segur_dmp_xds::client::ClientError;
use segur_dmp_xds::metadata::Problem;
use segur_dmp_xds::response::RegistryResponse;
use segur_dmp_xds::transaction::{AnswerError, MessageError};
use segur_soap::http::{Blame, HttpError};
use serde_json::{Value, json};

use super::options::Shown;
use super::settings::Settings;
use super::view::{View, clean};
use super::{UNKNOWN, french, pretty};
use crate::output::{Failure, Terminal};
use crate::{COULD_NOT_RUN, FINDINGS, tr};

/// A call that brought nothing, told.
pub(super) struct Told<'a> {
    pub(super) error: &'a ClientError,
    pub(super) settings: &'a Settings,
    /// How to learn whether a submission arrived, when that is the question.
    pub(super) look_up: Option<String>,
}

impl Told<'_> {
    /// Whether it must be looked up what became of it.
    fn is_open(&self) -> bool {
        self.look_up.is_some() && self.error.may_have_arrived()
    }

    /// The exit code: 3 when nobody knows whether it was done, 1 when the service said no, 2 otherwise.
    pub(super) fn code(&self) -> u8 {
        match self.error {
            _ if self.is_open() => UNKNOWN,
            ClientError::Refused(_) | ClientError::Answer(AnswerError::Fault(_)) => FINDINGS,
            _ => COULD_NOT_RUN,
        }
    }

    /// Says it and gives the exit code.
    pub(super) fn tell(
        &self,
        shown: Shown,
        lang: Lang,
        terminal: &Terminal,
    ) -> Result<u8, Failure> {
        if shown.is_json() {
            terminal.print(
                pretty(&json!({ "ok": false, "error": self.json(shown, lang) })).as_bytes(),
            )?;
        }
        terminal.error(&self.text(shown, lang));
        Ok(self.code())
    }

    /// The words of one's own sandbox are shown: they quote no patient.
    fn view(&self, shown: Shown, lang: Lang) -> View {
        View {
            lang,
            show_identity: shown.show_identity || self.settings.sandbox.is_some(),
        }
    }

    fn json(&self, shown: Shown, lang: Lang) -> Value {
        let view = self.view(shown, lang);
        let mut value = json!({
            "message": self.what(lang),
            "blame": blame(self.error),
            "may_have_arrived": self.error.may_have_arrived(),
        });
        if let ClientError::Refused(response) = self.error {
            value["errors"] = errors(response, view);
        }
        if let Some(look_up) = self.look_up.as_deref().filter(|_| self.is_open()) {
            value["look_up"] = json!(look_up);
        }
        value
    }

    fn text(&self, shown: Shown, lang: Lang) -> String {
        let view = self.view(shown, lang);
        let mut text = self.what(lang);
        match self.error {
            ClientError::Refused(response) => {
                for line in error_lines(response, view) {
                    text.push_str("\n  ");
                    text.push_str(&line);
                }
            }
            ClientError::Answer(AnswerError::Fault(fault)) => {
                for reason in &fault.reasons {
                    text.push_str("\n  ");
                    text.push_str(&words(&reason.text, view));
                }
            }
            _ => {}
        }
        if let Some(folder) = self.sandbox_down() {
            let folder = folder.display();
            text.push_str(&match lang {
                Lang::Fr => {
                    format!("\n  le bac à sable tourne-t-il ? segur sandbox dmp --dir {folder}")
                }
                _ => format!("\n  is the sandbox running? segur sandbox dmp --dir {folder}"),
            });
        }
        if let Some(look_up) = self.look_up.as_deref().filter(|_| self.is_open()) {
            text.push_str(match lang {
                Lang::Fr => {
                    "\n  Le document est peut-être arrivé : la réponse ne l'est pas. Rien n'a été ni ne sera renvoyé tout seul.\n  \
                     Avant de le soumettre à nouveau, demander au registre s'il y est :\n    "
                }
                _ => {
                    "\n  The document may have arrived: the answer did not. Nothing was or will be sent again by itself.\n  \
                     Before submitting it again, ask the registry whether it is there:\n    "
                }
            });
            text.push_str(look_up);
        }
        text
    }

    fn sandbox_down(&self) -> Option<&Path> {
        let down = matches!(self.error, ClientError::Http(HttpError::Connect { .. }));
        self.settings.sandbox.as_deref().filter(|_| down)
    }

    /// What happened, in one line.
    fn what(&self, lang: Lang) -> String {
        if let (ClientError::Http(HttpError::Address), Some(option)) =
            (self.error, self.settings.lacking())
        {
            return match lang {
                Lang::Fr => format!("pas d'adresse pour cet appel : indiquer {option} URL"),
                _ => format!("no address for this call: name {option} URL"),
            };
        }
        let Lang::Fr = lang else {
            return match self.error {
                ClientError::Http(HttpError::NotRecorded) if self.settings.raw().is_some() => {
                    "the copy asked for by --raw cannot be written: nothing was sent".to_owned()
                }
                ClientError::Message(error) => message(error, lang),
                ClientError::Answer(error) => answer(error, lang),
                error => clean(&error.to_string()),
            };
        };
        match self.error {
            ClientError::Message(error) => message(error, lang),
            ClientError::Answer(error) => answer(error, lang),
            ClientError::Refused(_) => "le service refuse".to_owned(),
            ClientError::Http(error) => http(error),
            ClientError::Proof(error) => {
                format!("aucune preuve d'identité : {}", clean(&error.reason))
            }
            ClientError::Random(_) => "le système ne donne pas de nombres aléatoires".to_owned(),
            error => clean(&error.to_string()),
        }
    }
}

/// Says why nothing was sent, to people and to programs, and gives the exit code.
pub(super) fn nothing_sent(shown: Shown, why: &str, terminal: &Terminal) -> Result<u8, Failure> {
    if shown.is_json() {
        let told = json!({ "ok": false, "error": { "message": why } });
        terminal.print(pretty(&told).as_bytes())?;
    }
    terminal.error(why);
    Ok(FINDINGS)
}

/// Who has to act, for programs.
fn blame(error: &ClientError) -> &'static str {
    match error.blame() {
        Blame::Caller => "caller",
        Blame::Remote => "remote",
        _ => "transport",
    }
}

fn http(error: &HttpError) -> String {
    match error {
        HttpError::Address => "adresse inutilisable : https:// et un nom d'hôte attendus (--local-http pour cette machine)".to_owned(),
        HttpError::Timeout => "pas de réponse dans le temps imparti (--timeout)".to_owned(),
        HttpError::Cancelled => "appel abandonné".to_owned(),
        HttpError::Connect { cause } => format!("pas de connexion au service ({cause}) : réseau, proxy, adresse ?"),
        HttpError::ServerCertificate { reason } => format!("le certificat du service est refusé : {reason}"),
        HttpError::ClientCertificate { reason } => format!("le service refuse notre certificat : {reason}"),
        HttpError::Key => "la clé privée n'a pas signé".to_owned(),
        HttpError::Tls { cause } => format!("pas de connexion sûre : {cause}"),
        HttpError::Interrupted { cause } => {
            format!("connexion rompue avant la fin de la réponse ({cause}) : le service a pu faire son travail")
        }
        HttpError::Header => "un en-tête HTTP ne peut pas être envoyé : Content-Type, SOAPAction ou User-Agent".to_owned(),
        HttpError::Source { cause } => {
            format!("le corps n'a pas pu être lu pendant l'envoi ({cause}) : le service n'a pas de message entier")
        }
        HttpError::Protocol { cause } => {
            format!("l'autre côté ne parle pas HTTP comme il le devrait ({cause}) : le service a pu faire son travail")
        }
        HttpError::TooLarge { limit } => format!("réponse de plus de {limit} octets"),
        HttpError::NotRecorded => "la copie demandée par --raw ne peut pas être écrite : rien n'a été envoyé".to_owned(),
        other => clean(&other.to_string()),
    }
}

fn message(error: &MessageError, lang: Lang) -> String {
    match (error, lang) {
        (MessageError::Body(WriteError::Invalid(invalid)), _) => problems(&invalid.problems, lang),
        (error, Lang::Fr) => format!("le message ne peut pas être écrit : {error}"),
        (error, _) => format!("the message cannot be written: {error}"),
    }
}

fn answer(error: &AnswerError, lang: Lang) -> String {
    let fr = lang == Lang::Fr;
    match error {
        AnswerError::Fault(fault) => match fr {
            true => format!(
                "le service répond par une erreur SOAP : {}",
                fault_codes(fault)
            ),
            false => format!("the service answers with a fault: {}", fault_codes(fault)),
        },
        AnswerError::NotSoap { status, .. } if fr => {
            format!(
                "statut HTTP {status}, et pas de message SOAP : proxy, adresse, service en panne ?"
            )
        }
        AnswerError::Parts { status, source } => {
            let (cause_fr, cause_en) = french::parts(source);
            match fr {
                true => format!("statut HTTP {status}, et un multipart illisible : {cause_fr}"),
                false => {
                    format!("HTTP status {status}, and a multipart that cannot be read: {cause_en}")
                }
            }
        }
        AnswerError::Empty { status } if fr => {
            format!("statut HTTP {status}, et une enveloppe vide")
        }
        AnswerError::OtherMessage { .. } if fr => {
            "la réponse est celle d'un autre message (wsa:RelatesTo) : on ne sait pas ce qu'il est advenu de celui-ci".to_owned()
        }
        AnswerError::Body(_) if fr => "ce message n'est pas la réponse attendue".to_owned(),
        error => clean(&error.to_string()),
    }
}

/// The codes of a fault, from the outermost.
pub(super) fn fault_codes(fault: &segur_soap::envelope::Fault) -> String {
    let text = fault.to_string();
    let codes = text
        .split_once("the fault ")
        .map_or(&*text, |(_, codes)| codes);
    clean(codes)
}

/// Problems of metadata, one a line.
pub(super) fn problems(problems: &[Problem], lang: Lang) -> String {
    let mut text = tr(
        lang,
        "rien n'a été envoyé : les métadonnées sont refusées",
        "nothing was sent: the metadata are refused",
    )
    .to_owned();
    for one in problems {
        text.push_str("\n  ");
        text.push_str(&french::problem(one, lang));
        if let Some(remedy) = french::remedy(one.field, lang) {
            text.push_str(" -> ");
            text.push_str(remedy);
        }
    }
    text
}

/// What the service says in words of its own: it may quote the patient.
pub(super) fn words(text: &str, view: View) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    match view.show_identity {
        true => clean(text),
        false => tr(
            view.lang,
            "explication du service masquée (--show-identity)",
            "the words of the service are masked (--show-identity)",
        )
        .to_owned(),
    }
}

/// Errors and warnings of an answer, one a line.
pub(super) fn error_lines(response: &RegistryResponse, view: View) -> Vec<String> {
    let lines = response.errors.iter().map(|error| {
        let context = words(&error.context, view);
        let severity = super::view::last_word(error.severity.as_str());
        let code = clean(error.code.as_str());
        match context.is_empty() {
            true => format!("{code} ({severity})"),
            false => format!("{code} ({severity}): {context}"),
        }
    });
    lines.collect()
}

/// The same for programs.
pub(super) fn errors(response: &RegistryResponse, view: View) -> Value {
    let all = response.errors.iter().map(|error| {
        let mut value = json!({
            "code": clean(error.code.as_str()),
            "severity": super::view::last_word(error.severity.as_str()),
        });
        if view.show_identity {
            value["context"] = json!(clean(&error.context));
            value["location"] = json!(error.location.as_deref().map(clean));
        }
        value
    });
    Value::Array(all.collect())
}
