//! Reports in their six forms, one file each.

mod html;
mod json;
mod junit;
mod sarif;
pub(crate) mod svrl;
mod text;
mod xml;

#[cfg(feature = "sandbox")]
pub(crate) use xml::escape;

#[cfg(test)]
mod tests;

use segur_core::{Finding, Lang, Severity};

use crate::check::Checked;
use crate::cli::Format;
use crate::tr;

/// What all forms share.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) lang: Lang,
    pub(crate) show_identity: bool,
}

/// The whole report as text. SVRL describes one document: the first.
pub(crate) fn write(checked: &[Checked], format: Format, settings: Settings) -> String {
    match format {
        Format::Text => text::write(checked, settings),
        Format::Json => json::write(checked, settings),
        Format::Sarif => sarif::write(checked, settings),
        Format::Junit => junit::write(checked, settings),
        Format::Svrl => checked
            .first()
            .map(|c| svrl::write(c, settings))
            .unwrap_or_default(),
        Format::Html => html::write(checked, settings),
    }
}

/// "expected …, found …", in the language asked for; empty when neither is known.
fn expected_found(finding: &Finding, settings: Settings) -> String {
    let found = finding
        .found
        .as_ref()
        .map(|f| f.text(settings.lang, settings.show_identity));
    match (settings.lang, finding.expected.as_deref(), found) {
        (_, None, None) => String::new(),
        (Lang::Fr, Some(expected), None) => format!("attendu : {expected}"),
        (Lang::Fr, None, Some(found)) => format!("trouvé : {found}"),
        (Lang::Fr, Some(expected), Some(found)) => {
            format!("attendu : {expected} ; trouvé : {found}")
        }
        (_, Some(expected), None) => format!("expected: {expected}"),
        (_, None, Some(found)) => format!("found: {found}"),
        (_, Some(expected), Some(found)) => format!("expected: {expected}; found: {found}"),
    }
}

/// Path of the report's file, as typed.
fn path(checked: &Checked) -> &str {
    checked.report.path.as_deref().unwrap_or("-")
}

/// A number of findings of one severity, for people.
fn counted(count: u64, severity: Severity, lang: Lang) -> String {
    let plural = if count > 1 && severity != Severity::Fatal {
        "s"
    } else {
        ""
    };
    format!("{count} {}{plural}", label(severity, lang))
}

/// The name of a severity for people.
fn label(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Fatal => tr(lang, "fatal", "fatal"),
        Severity::Error => tr(lang, "erreur", "error"),
        Severity::Warning => tr(lang, "avertissement", "warning"),
        _ => "info",
    }
}
