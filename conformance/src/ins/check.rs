//! `segur ins check`.

use std::fmt::Write as _;

use segur_core::Lang;
use serde_json::{Value, json};

use super::input;
use super::judge::{self, Judged, Level};
use super::{pick, pretty};
use crate::cli::{InsFile, ListFormat};
use crate::output::{Failure, Terminal};
use crate::{FINDINGS, FINE, tr};

pub(crate) fn run(options: &InsFile, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let input = input::read(&options.file)?;
    let judged = judge::judge(&input);
    if judged.lines.is_empty() {
        return Err(Failure::refused(
            "aucun champ d'identité dans ce fichier",
            "no field of an identity in this file",
        ));
    }
    let ok = judged.worst() < Level::Error;
    let text = match options.format {
        ListFormat::Text => {
            let mut out = page(&judged, options.show_identity, lang);
            for tolerance in &input.tolerances {
                let title = tr(lang, "toléré", "forgiven");
                let _ = writeln!(out, "{title}: {}", pick(lang, tolerance.message()));
            }
            out
        }
        ListFormat::Json => pretty(&json!({
            "ok": ok,
            "fields": json(&judged, options.show_identity, lang),
        })),
    };
    terminal.print(text.as_bytes())?;
    Ok(if ok { FINE } else { FINDINGS })
}

/// One line a field.
pub(super) fn page(judged: &Judged, show: bool, lang: Lang) -> String {
    let mut out = String::new();
    for line in &judged.lines {
        let level = match line.level {
            Level::Ok => "ok",
            Level::Note => tr(lang, "note", "note"),
            Level::Warning => tr(lang, "alerte", "warning"),
            Level::Error => tr(lang, "erreur", "error"),
        };
        // Writing to a String cannot fail, here and below.
        let _ = write!(out, "{level:<8} {:<18} {}", line.field, line.message(lang));
        if let Some(normal) = line.normal.as_ref().filter(|_| show) {
            let _ = write!(out, " [{normal}]");
        }
        out.push('\n');
    }
    out
}

pub(super) fn json(judged: &Judged, show: bool, lang: Lang) -> Vec<Value> {
    judged
        .lines
        .iter()
        .map(|line| {
            let mut value = json!({
                "field": line.field,
                "level": line.level.id(),
                "message": line.message(lang),
            });
            if let Some(normal) = line.normal.as_ref().filter(|_| show) {
                value["normal"] = json!(normal);
            }
            value
        })
        .collect()
}
