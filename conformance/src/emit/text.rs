//! The report for people, with the source line.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use segur_core::{Finding, Severity};

use super::{Settings, counted, expected_found, label, path};
use crate::check::Checked;
use crate::excerpt::Excerpt;
use crate::tr;

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();

pub(super) fn write(checked: &[Checked], settings: Settings) -> String {
    let mut out = String::new();
    for one in checked {
        document(&mut out, one, settings);
    }
    summary(&mut out, checked, settings);
    out
}

// Writing to a String cannot fail, hence the results that nobody reads below.

fn document(out: &mut String, checked: &Checked, settings: Settings) {
    let report = &checked.report;
    for (finding, excerpt) in report.findings.iter().zip(&checked.excerpts) {
        self::finding(out, path(checked), finding, excerpt.as_ref(), settings);
    }
    let dropped = report.dropped.total();
    if dropped > 0 {
        let what = tr(
            settings.lang,
            "constat(s) non affiché(s)",
            "finding(s) not shown",
        );
        let _ = writeln!(out, "{}: {dropped} {what}\n", path(checked));
    }
}

fn finding(
    out: &mut String,
    path: &str,
    finding: &Finding,
    excerpt: Option<&Excerpt>,
    settings: Settings,
) {
    let lang = settings.lang;
    let style = style(finding.severity);
    let severity = label(finding.severity, lang);
    let message = finding.message.get(lang);
    let _ = writeln!(
        out,
        "{style}{severity}[{}]{style:#}: {BOLD}{message}{BOLD:#}",
        finding.rule
    );
    match &finding.location {
        Some(place) => {
            let _ = writeln!(
                out,
                "  {DIM}-->{DIM:#} {path}:{}:{}",
                place.line, place.column
            );
            if !place.xpath.is_empty() {
                let _ = writeln!(out, "      {DIM}{}{DIM:#}", place.xpath);
            }
            if let Some(excerpt) = excerpt {
                let margin = place.line.to_string();
                let blank = " ".repeat(margin.len());
                let _ = writeln!(out, "  {DIM}{margin} |{DIM:#} {}", excerpt.text);
                let caret = "^".repeat(excerpt.length);
                let indent = " ".repeat(excerpt.before);
                let _ = writeln!(
                    out,
                    "  {DIM}{blank} |{DIM:#} {indent}{style}{caret}{style:#}"
                );
            }
        }
        None => {
            let _ = writeln!(out, "  {DIM}-->{DIM:#} {path}");
        }
    }
    let expected = expected_found(finding, settings);
    if !expected.is_empty() {
        let _ = writeln!(out, "  {DIM}={DIM:#} {expected}");
    }
    if let Some(remedy) = &finding.remedy {
        let remedy = remedy.get(lang);
        let _ = writeln!(
            out,
            "  {DIM}={DIM:#} {} {remedy}",
            tr(lang, "remède :", "remedy:")
        );
    }
    if let Some(source) = &finding.source {
        let _ = writeln!(
            out,
            "  {DIM}= source{} {source}{DIM:#}",
            tr(lang, " :", ":")
        );
    }
    out.push('\n');
}

fn summary(out: &mut String, checked: &[Checked], settings: Settings) {
    let lang = settings.lang;
    for one in checked {
        let counts = one.report.counts();
        let (mark, verdict) = if one.report.is_ok() {
            (GREEN, "ok")
        } else {
            (style(Severity::Error), tr(lang, "refusé", "refused"))
        };
        let mut details = Vec::new();
        for severity in Severity::ALL.into_iter().rev() {
            let count = counts.get(severity);
            if count > 0 {
                details.push(counted(count, severity, lang));
            }
        }
        if let Some(model) = &one.report.model {
            details.push(model.clone());
        }
        let details = details.join(", ");
        let separator = if details.is_empty() { "" } else { "  " };
        let _ = writeln!(
            out,
            "{mark}{verdict}{mark:#}  {}{separator}{DIM}{details}{DIM:#}",
            path(one)
        );
    }
    not_run(out, checked, settings);
    let refused = checked.iter().filter(|c| !c.report.is_ok()).count();
    let profile = checked
        .first()
        .and_then(|c| c.report.profile.as_deref())
        .unwrap_or("-");
    let (documents, refusals) = (
        tr(lang, "document(s) contrôlé(s)", "document(s) checked"),
        tr(lang, "refusé(s)", "refused"),
    );
    let title = tr(lang, "profil", "profile");
    let count = checked.len();
    let _ = writeln!(
        out,
        "{BOLD}{count} {documents}, {refused} {refusals}{BOLD:#} ({title} {profile})"
    );
}

/// Each rule that was not run once, with the number of documents concerned.
fn not_run(out: &mut String, checked: &[Checked], settings: Settings) {
    let mut seen: Vec<(&str, &str, usize)> = Vec::new();
    for not_run in checked.iter().flat_map(|c| &c.report.not_run) {
        let (rule, reason) = (not_run.rule.as_ref(), not_run.reason.get(settings.lang));
        match seen
            .iter_mut()
            .find(|(r, why, _)| (*r, *why) == (rule, reason))
        {
            Some((_, _, count)) => *count += 1,
            None => seen.push((rule, reason, 1)),
        }
    }
    if seen.is_empty() {
        return;
    }
    const SHOWN: usize = 12;
    let title = tr(
        settings.lang,
        "non exécuté (ce n'est pas un succès)",
        "not run (which is no pass)",
    );
    let _ = writeln!(out, "\n{BOLD}{title}{BOLD:#}");
    for (rule, reason, count) in seen.iter().take(SHOWN) {
        let _ = writeln!(out, "  {rule}: {reason} {DIM}({count} document(s)){DIM:#}");
    }
    if seen.len() > SHOWN {
        let more = tr(
            settings.lang,
            "autres : voir --format json",
            "more: see --format json",
        );
        let _ = writeln!(out, "  {} {more}", seen.len() - SHOWN);
    }
    out.push('\n');
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Fatal | Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        _ => AnsiColor::Cyan.on_default().bold(),
    }
}
