//! `segur ins decode`.

use std::fmt::Write as _;

use anstyle::Style;
use segur_core::{InsAuthority, Lang};
use segur_ins::datamatrix::Scan;
use serde_json::json;

use super::input::{self, Identity, Input, Source};
use super::judge::{self, Judged};
use super::{check, french, pick, pretty};
use crate::cli::{InsFile, ListFormat};
use crate::output::{Failure, Terminal};
use crate::{FINDINGS, FINE, tr};

pub(crate) fn run(options: &InsFile, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let bytes = input::bytes(&options.file)?;
    let (text, code) = match input::scan(&options.file, &bytes)? {
        Ok(scan) => (answer(&scan, options, lang), FINE),
        Err(error) => {
            let (fr, en) = french::decode(&error);
            let message = match lang {
                Lang::Fr => fr,
                _ => en,
            };
            let text = match options.format {
                ListFormat::Text => message + "\n",
                ListFormat::Json => pretty(&json!({ "ok": false, "error": message })),
            };
            (text, FINDINGS)
        }
    };
    terminal.print(text.as_bytes())?;
    Ok(code)
}

fn answer(scan: &Scan, options: &InsFile, lang: Lang) -> String {
    let input = Input {
        identity: Identity::from(&scan.payload),
        source: Source::Datamatrix,
        tolerances: scan.tolerances.clone(),
    };
    let judged = judge::judge(&input);
    match options.format {
        ListFormat::Text => page(scan, &input, &judged, options.show_identity, lang),
        ListFormat::Json => {
            let tolerances: Vec<_> = scan
                .tolerances
                .iter()
                .map(|t| pick(lang, t.message()))
                .collect();
            let mut value = json!({
                "ok": true,
                "oid": scan.payload.oid,
                "production": InsAuthority::from_oid(&scan.payload.oid).map(InsAuthority::is_production),
                "tolerances": tolerances,
                "fields": check::json(&judged, options.show_identity, lang),
            });
            if options.show_identity {
                value["identity"] = json!(input.identity);
            }
            pretty(&value)
        }
    }
}

fn page(scan: &Scan, input: &Input, judged: &Judged, show: bool, lang: Lang) -> String {
    const BOLD: Style = Style::new().bold();
    let mut out = String::new();
    if show {
        let identity = json!(input.identity);
        for (name, value) in identity.as_object().into_iter().flatten() {
            let value = value.as_str().unwrap_or_default();
            // Writing to a String cannot fail, here and below.
            let _ = writeln!(out, "{BOLD}{name:<18}{BOLD:#} {value}");
        }
    } else {
        let masked = tr(
            lang,
            "identité masquée (--show-identity)",
            "identity masked (--show-identity)",
        );
        let _ = writeln!(out, "{masked}");
    }
    out.push_str(&check::page(judged, false, lang));
    for tolerance in &scan.tolerances {
        let title = tr(lang, "toléré", "forgiven");
        let _ = writeln!(out, "{title}: {}", pick(lang, tolerance.message()));
    }
    out
}
