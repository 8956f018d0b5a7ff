//! `segur official`: the agency's rules as one compiled file, and what a set holds.

use std::fmt::Write as _;
use std::path::Path;

use segur_cda::official::{Contents, OfficialRules};
use segur_core::Lang;
use serde_json::json;

use crate::cli::{ListFormat, Official, OfficialCompile, OfficialInspect};
use crate::output::{Failure, Terminal, with_causes};
use crate::{FINDINGS, FINE, tr};

pub(crate) fn run(command: &Official, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    match command {
        Official::Compile(options) => compile(options, lang, terminal),
        Official::Inspect(options) => inspect(options, lang, terminal),
    }
}

/// Opens a folder or a compiled set.
pub(crate) fn open(path: &Path) -> Result<OfficialRules, Failure> {
    OfficialRules::open(path).map_err(|error| {
        let cause = with_causes(&error);
        Failure::refused(
            format!("règles officielles : {cause}"),
            format!("official rules: {cause}"),
        )
    })
}

fn compile(options: &OfficialCompile, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let rules = open(&options.folder)?;
    rules.save(&options.output).map_err(|error| {
        let cause = with_causes(&error);
        Failure::refused(
            format!("jeu non écrit : {cause}"),
            format!("the set is not written: {cause}"),
        )
    })?;
    terminal.print(text(&rules.contents(), lang).as_bytes())?;
    Ok(FINE)
}

fn inspect(options: &OfficialInspect, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let rules = open(&options.set)?;
    let contents = rules.contents();
    let changed = match &options.against {
        None => None,
        Some(folder) => Some(rules.changed_since(folder).map_err(|error| {
            let cause = with_causes(&error);
            Failure::refused(cause.clone(), cause)
        })?),
    };
    let out = match options.format {
        ListFormat::Text => {
            let mut out = text(&contents, lang);
            if let Some(changed) = &changed {
                let title = tr(lang, "fichiers modifiés depuis", "files changed since");
                list(&mut out, title, changed.iter().map(String::clone));
            }
            out
        }
        ListFormat::Json => {
            let named = |name: &str, reason: &str| json!({ "name": name, "reason": reason });
            let value = json!({
                "common": contents.common,
                "models": contents.models,
                "problems": contents.problems.iter().map(|p| named(&p.schema, &p.reason)).collect::<Vec<_>>(),
                "repairs": contents.repairs,
                "missing_files": contents.missing_files.iter().map(|f| named(&f.name, &f.reason)).collect::<Vec<_>>(),
                "code_lists": contents.code_lists,
                "missing_code_lists": contents.missing_code_lists.iter()
                    .map(|l| json!({ "system": l.system, "name": l.name })).collect::<Vec<_>>(),
                "changed": changed,
            });
            serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
        }
    };
    terminal.print(out.as_bytes())?;
    Ok(match changed {
        Some(changed) if !changed.is_empty() => FINDINGS,
        _ => FINE,
    })
}

fn text(contents: &Contents, lang: Lang) -> String {
    let mut out = String::new();
    let counts = [
        (
            tr(lang, "fichiers communs", "common files"),
            contents.common.len(),
        ),
        (tr(lang, "modèles", "models"), contents.models.len()),
        (
            tr(lang, "listes de codes", "code lists"),
            contents.code_lists.len(),
        ),
    ];
    for (name, count) in counts {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{count:>5} {name}");
    }
    list(
        &mut out,
        tr(lang, "réparations", "repairs"),
        contents.repairs.iter().map(ToString::to_string),
    );
    let problems = contents.problems.iter();
    list(
        &mut out,
        tr(
            lang,
            "fichiers de règles inutilisables",
            "rule files that cannot be used",
        ),
        problems.map(|p| format!("{}: {}", p.schema, p.reason)),
    );
    let files = contents.missing_files.iter();
    list(
        &mut out,
        tr(
            lang,
            "fichiers cités et absents",
            "files that rules name and that are not there",
        ),
        files.map(|f| format!("{}: {}", f.name, f.reason)),
    );
    let lists = contents.missing_code_lists.iter();
    list(
        &mut out,
        tr(
            lang,
            "listes de codes annoncées et absentes",
            "code lists announced and not there",
        ),
        lists.map(|l| format!("{} {}", l.system, l.name)),
    );
    out
}

fn list(out: &mut String, title: &str, entries: impl ExactSizeIterator<Item = String>) {
    let _ = writeln!(out, "{:>5} {title}", entries.len());
    for entry in entries {
        let _ = writeln!(out, "        {entry}");
    }
}
