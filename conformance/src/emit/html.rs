//! One self-contained page: no script, no address, nothing to load.

use std::fmt::Write as _;

use segur_core::{Finding, Severity};

use super::xml::escape;
use super::{Settings, counted, expected_found, label, path};
use crate::check::Checked;
use crate::excerpt::Excerpt;
use crate::tr;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8886;--soft:#8881}\
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:0;display:inline}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line)}\
details{border:1px solid var(--line);border-radius:.4rem;margin:.8rem 0;padding:.6rem .9rem}\
summary{cursor:pointer}\
article{border-top:1px solid var(--line);margin-top:.8rem;padding-top:.6rem}\
pre{background:var(--soft);padding:.5rem;overflow-x:auto;margin:.4rem 0}mark{background:#fd06;color:inherit}\
code{font-size:.9em;overflow-wrap:anywhere}.muted{opacity:.7}\
.badge{border-radius:.3rem;padding:.05rem .45rem;color:#fff;font-size:.85em}\
.fatal,.error,.refused{background:#b3261e}.warning{background:#8a5a00}.info{background:#3b5b7a}.ok{background:#216e39}";

pub(super) fn write(checked: &[Checked], settings: Settings) -> String {
    let lang = settings.lang;
    let title = tr(lang, "Rapport de contrôle", "Validation report");
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n",
        tr(lang, "fr", "en")
    );
    let refused = checked.iter().filter(|c| !c.report.is_ok()).count();
    let profile = checked
        .first()
        .and_then(|c| c.report.profile.as_deref())
        .unwrap_or("-");
    // Writing to a String cannot fail, here and below.
    let _ = writeln!(
        out,
        "<p>{} {}, <strong>{refused} {}</strong> ({} {})</p>",
        checked.len(),
        tr(lang, "document(s) contrôlé(s)", "document(s) checked"),
        tr(lang, "refusé(s)", "refused"),
        tr(lang, "profil", "profile"),
        escape(profile)
    );
    for one in checked {
        document(&mut out, one, settings);
    }
    out.push_str("</body></html>\n");
    out
}

fn document(out: &mut String, checked: &Checked, settings: Settings) {
    let lang = settings.lang;
    let report = &checked.report;
    let (class, verdict) = if report.is_ok() {
        ("ok", tr(lang, "accepté", "accepted"))
    } else {
        ("refused", tr(lang, "refusé", "refused"))
    };
    let open = if report.findings.is_empty() {
        ""
    } else {
        " open"
    };
    let _ = write!(
        out,
        "<details{open}><summary><span class=\"badge {class}\">{verdict}</span> <h2>{}</h2> \
         <span class=\"muted\">{}",
        escape(path(checked)),
        escape(report.model.as_deref().unwrap_or(""))
    );
    for severity in Severity::ALL.into_iter().rev() {
        let count = report.count(severity);
        if count > 0 {
            let _ = write!(out, " · {}", counted(count, severity, lang));
        }
    }
    out.push_str("</span></summary>\n");
    for (finding, excerpt) in report.findings.iter().zip(&checked.excerpts) {
        article(out, finding, excerpt.as_ref(), settings);
    }
    if !report.not_run.is_empty() {
        let title = tr(
            lang,
            "Non exécuté (ce n'est pas un succès)",
            "Not run (which is no pass)",
        );
        let _ = write!(out, "<article><strong>{title}</strong><table>");
        for not_run in &report.not_run {
            let reason = escape(not_run.reason.get(lang));
            let _ = write!(
                out,
                "<tr><td><code>{}</code></td><td>{reason}</td></tr>",
                escape(&not_run.rule)
            );
        }
        out.push_str("</table></article>");
    }
    out.push_str("</details>\n");
}

fn article(out: &mut String, finding: &Finding, excerpt: Option<&Excerpt>, settings: Settings) {
    let lang = settings.lang;
    let _ = write!(
        out,
        "<article><span class=\"badge {}\">{}</span> <code>{}</code> <strong>{}</strong>",
        finding.severity.as_str(),
        label(finding.severity, lang),
        escape(&finding.rule),
        escape(finding.message.get(lang))
    );
    if let Some(place) = &finding.location {
        let position = tr(lang, "ligne", "line");
        let column = tr(lang, "colonne", "column");
        let _ = write!(
            out,
            "<div class=\"muted\">{position} {}, {column} {} <code>{}</code></div>",
            place.line,
            place.column,
            escape(&place.xpath)
        );
    }
    if let Some(excerpt) = excerpt {
        let characters: Vec<char> = excerpt.text.chars().collect();
        let start = excerpt.before.min(characters.len());
        let end = (start + excerpt.length).min(characters.len());
        let part =
            |range: std::ops::Range<usize>| escape(&characters[range].iter().collect::<String>());
        let _ = write!(
            out,
            "<pre>{}<mark>{}</mark>{}</pre>",
            part(0..start),
            part(start..end),
            part(end..characters.len())
        );
    }
    let details = expected_found(finding, settings);
    if !details.is_empty() {
        let _ = write!(out, "<div>{}</div>", escape(&details));
    }
    if let Some(remedy) = &finding.remedy {
        let title = tr(lang, "Remède :", "Remedy:");
        let _ = write!(out, "<div>{title} {}</div>", escape(remedy.get(lang)));
    }
    if let Some(source) = &finding.source {
        let _ = write!(
            out,
            "<div class=\"muted\">Source{} {}</div>",
            tr(lang, " :", ":"),
            escape(source)
        );
    }
    out.push_str("</article>\n");
}
