//! `segur new`: a document from a description.

mod describe;
mod template;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use segur_cda::validate::{Profile, Validator};
use segur_core::Lang;

use crate::cli::{DescriptionFormat, Format, New};
use crate::output::{Failure, Terminal, write_file};
use crate::{FINDINGS, FINE, check, emit};

/// A description is text that a person writes.
const MAX_BYTES: u64 = 16 << 20;

pub(crate) fn run(options: &New, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    if options.template {
        let text = template::filled(options.kind, options.format)?;
        match &options.output {
            Some(path) => write_file(path, text.as_bytes())?,
            None => terminal.print(text.as_bytes())?,
        }
        return Ok(FINE);
    }
    let Some(from) = &options.from else {
        return Err(Failure::refused(
            "indiquer une description avec --from, ou en obtenir une avec --template",
            "name a description with --from, or get one with --template",
        ));
    };
    let text = read(from)?;
    let document = describe::document(options.kind, &text, form(from, options.format))
        .map_err(|wrong| wrong.in_file(from))?;
    let bytes = document.to_bytes().map_err(|error| {
        Failure::refused(
            format!("le document ne peut pas être écrit : {error}"),
            format!("the document cannot be written: {error}"),
        )
    })?;
    match &options.output {
        Some(path) => write_file(path, &bytes)?,
        None => terminal.print(&bytes)?,
    }
    judge(&bytes, options.output.as_deref(), lang, terminal)
}

/// What is wrong with the document all the same, such as a code that the description gives: told, but the document is written.
fn judge(
    bytes: &[u8],
    path: Option<&Path>,
    lang: Lang,
    terminal: &Terminal,
) -> Result<u8, Failure> {
    let validator = Validator::builder().profile(Profile::Strict).build();
    let mut report = validator.validate_bytes(bytes);
    if report.is_ok() {
        return Ok(FINE);
    }
    report.path = path.map(|path| path.display().to_string());
    let excerpts = report.findings.iter().map(|_| None).collect();
    let checked = check::Checked {
        report,
        excerpts,
        unread: false,
    };
    let settings = emit::Settings {
        lang,
        show_identity: false,
    };
    terminal.error(&emit::write(&[checked], Format::Text, settings));
    Ok(FINDINGS)
}

fn form(path: &Path, asked: Option<DescriptionFormat>) -> DescriptionFormat {
    let is_json = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("json"));
    asked.unwrap_or(if is_json {
        DescriptionFormat::Json
    } else {
        DescriptionFormat::Toml
    })
}

fn read(path: &PathBuf) -> Result<String, Failure> {
    let cannot = |fr: String, en: String| {
        let path = path.display();
        Failure::refused(format!("{path} : {fr}"), format!("{path}: {en}"))
    };
    let source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|e| {
            cannot(
                format!("la description ne peut pas être lue : {e}"),
                format!("the description cannot be read: {e}"),
            )
        })?)
    };
    let mut text = String::new();
    source
        .take(MAX_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(|e| {
            cannot(
                format!("la description n'est pas un texte UTF-8 lisible : {e}"),
                format!("the description is no readable UTF-8 text: {e}"),
            )
        })?;
    if text.len() as u64 > MAX_BYTES {
        return Err(cannot(
            "la description dépasse 16 Mio".to_owned(),
            "the description is over 16 MiB".to_owned(),
        ));
    }
    Ok(text)
}
