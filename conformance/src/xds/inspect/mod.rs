//! `segur xds inspect`.

mod explain;
mod open;
mod told;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use segur_core::Lang;

use super::options::Inspect;
use super::view::View;
use super::{names, page, raw};
use crate::output::{Failure, Terminal};
use crate::{FINDINGS, FINE, tr};
use told::Told;

pub(crate) fn run(options: &Inspect, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let refused = |(fr, en): open::Wrong| {
        let path = options.file.display();
        Failure::refused(format!("{path} : {fr}"), format!("{path}: {en}"))
    };
    let bytes = super::document_bytes(&options.file)?;
    let opened = open::open(&bytes).map_err(refused)?;
    drop(bytes);
    let view = View {
        lang,
        show_identity: options.shown.show_identity,
    };
    let explained = explain::explain(&opened, view, options.profile.into()).map_err(refused)?;
    let text = match options.shown.is_json() {
        true => serde_json::to_string_pretty(&explained.told).unwrap_or_default() + "\n",
        false => text(&explained.told, opened.form, view),
    };
    terminal.print(text.as_bytes())?;
    if let Some(folder) = &options.extract {
        raw::create(folder)?;
        for (id, media, bytes) in &explained.contents {
            let path = names::write(folder, &names::safe(id, media), bytes.get())?;
            terminal.note(&path.display().to_string());
        }
    }
    Ok(match explained.told.problems.is_empty() {
        true => FINE,
        false => FINDINGS,
    })
}

fn text(told: &Told, form: open::Form, view: View) -> String {
    const BOLD: Style = Style::new().bold();
    let lang = view.lang;
    let mut out = String::new();
    // Writing to a String cannot fail, here and below.
    let mut line = |fr: &'static str, en: &'static str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{BOLD}{:<18}{BOLD:#} {value}", tr(lang, fr, en));
        }
    };
    let direction = match told.direction {
        "request" => tr(lang, "demande", "request"),
        "response" => tr(lang, "réponse", "answer"),
        "objects" => tr(lang, "objets seuls", "objects alone"),
        _ => tr(lang, "erreur SOAP", "fault"),
    };
    let kind = format!("{} {direction} ({})", told.transaction, told.element);
    line("Message", "Message", kind.trim());
    let (fr, en) = form.text();
    line("Forme", "Form", tr(lang, fr, en));
    let number = told.http_status.map(|status| status.to_string());
    line(
        "Statut HTTP",
        "HTTP status",
        number.as_deref().unwrap_or_default(),
    );
    line("SOAP", "SOAP", told.soap.unwrap_or_default());
    line(
        "Action",
        "Action",
        told.action.as_deref().unwrap_or_default(),
    );
    line(
        "MessageID",
        "MessageID",
        told.message_id.as_deref().unwrap_or_default(),
    );
    for id in &told.relates_to {
        line("RelatesTo", "RelatesTo", id);
    }
    let security = told.security.map(|word| match word {
        "signed-assertion" => tr(
            lang,
            "assertion signée (non vérifiée ici)",
            "signed assertion (not verified here)",
        ),
        "unsigned-assertion" => tr(lang, "assertion non signée", "unsigned assertion"),
        _ => tr(
            lang,
            "bloc Security sans assertion",
            "Security block without assertion",
        ),
    });
    line("Sécurité", "Security", security.unwrap_or_default());
    if let Some(query) = &told.query {
        line(
            "Requête",
            "Stored query",
            &format!("{} ({})", query.name, query.id),
        );
        line("Retour", "Return type", &query.return_type);
        for one in &query.parameters {
            line(
                "Paramètre",
                "Parameter",
                &format!("{} = {}", one.name, one.values.join(" ")),
            );
        }
    }
    for one in &told.requested {
        line(
            "Document demandé",
            "Document asked for",
            &format!("{} @ {}", one.document_unique_id, one.repository_unique_id),
        );
    }
    line(
        "Résultat",
        "Result",
        told.status.as_deref().unwrap_or_default(),
    );
    for one in &told.error_lines {
        line("Erreur", "Error", one);
    }
    if let Some(fault) = &told.fault {
        line("Code", "Code", &fault.code);
        for reason in &fault.reasons {
            line("Raison", "Reason", reason);
        }
    }
    if let Some(objects) = &told.objects {
        out.push_str(&page::all_details(objects, view));
    }
    for one in &told.documents {
        let verdict = match one.as_told {
            Some(true) => tr(lang, ", comme dit la fiche", ", as the entry tells"),
            Some(false) => tr(lang, ", pas comme dit la fiche", ", not as the entry tells"),
            None => "",
        };
        let place = match one.place {
            "part" => tr(lang, "partie", "part"),
            "inline" => "base64",
            _ => tr(lang, "absent", "missing"),
        };
        let _ = writeln!(
            out,
            "{BOLD}Document{BOLD:#} {} [{place}] {} {}{verdict}",
            one.id, one.size, one.sha1
        );
    }
    for one in told.parts.iter().filter(|one| !one.used) {
        let title = tr(lang, "Partie", "Part");
        let id = one.content_id.as_deref().unwrap_or("-");
        let media = one.content_type.as_deref().unwrap_or("-");
        let _ = writeln!(
            out,
            "{BOLD}{title}{BOLD:#} {id} {media} {} {}",
            one.size, one.sha1
        );
    }
    let yellow = AnsiColor::Yellow.on_default();
    for one in &told.warnings {
        let _ = writeln!(
            out,
            "{yellow}{}{yellow:#}: {one}",
            tr(lang, "toléré", "tolerated")
        );
    }
    let red = AnsiColor::Red.on_default().bold();
    for one in &told.problems {
        let _ = writeln!(
            out,
            "{red}{}{red:#}: {one}",
            tr(lang, "problème", "problem")
        );
    }
    out
}
