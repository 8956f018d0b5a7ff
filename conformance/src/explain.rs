//! `segur explain RULE`.

use std::fmt::Write as _;

use anstyle::Style;
use segur_core::{Lang, RuleInfo};

use crate::cli::Explain;
use crate::output::{Failure, Terminal};
use crate::{FINE, rules, tr};

pub(crate) fn run(options: &Explain, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let wanted = options.rule.trim();
    let Some(rule) = rules::all().find(|rule| rule.id.eq_ignore_ascii_case(wanted)) else {
        return Err(unknown(wanted));
    };
    terminal.print(page(rule, lang).as_bytes())?;
    Ok(FINE)
}

fn page(rule: &RuleInfo, lang: Lang) -> String {
    const BOLD: Style = Style::new().bold();
    let mut out = format!("{BOLD}{}{BOLD:#}\n{}\n", rule.id, rule.title.get(lang));
    let mut part = |title: &str, text: &str| {
        // Writing to a String cannot fail.
        let _ = write!(out, "\n{BOLD}{title}{BOLD:#}\n{text}\n");
    };
    part(tr(lang, "Pourquoi", "Why"), rule.why.get(lang));
    if let Some(bad) = rule.bad {
        part(tr(lang, "Refusé", "Refused"), bad);
    }
    if let Some(good) = rule.good {
        part(tr(lang, "Accepté", "Accepted"), good);
    }
    part(tr(lang, "Remède", "Remedy"), rule.remedy.get(lang));
    let severity = format!(
        "{} ({} {})",
        rule.severity,
        tr(lang, "profil", "profile"),
        rule.profile
    );
    part(tr(lang, "Gravité", "Severity"), &severity);
    part("Source", rule.source);
    out
}

fn unknown(wanted: &str) -> Failure {
    let mut near: Vec<(usize, &str)> = rules::all()
        .map(|rule| (distance(wanted, rule.id), rule.id))
        .filter(|(distance, id)| *distance <= 3 || id.contains(wanted))
        .collect();
    near.sort_unstable();
    let near: Vec<&str> = near.into_iter().take(5).map(|(_, id)| id).collect();
    let (fr, en) = if near.is_empty() {
        (String::new(), String::new())
    } else {
        let list = near.join(", ");
        (format!(" ; proches : {list}"), format!("; near: {list}"))
    };
    Failure::refused(
        format!("règle inconnue « {wanted} » (voir `segur rules`){fr}"),
        format!("unknown rule `{wanted}` (see `segur rules`){en}"),
    )
}

/// Letters to add, drop or replace to come from one text to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().take(100).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(!ca.eq_ignore_ascii_case(cb));
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    #[test]
    fn slips_are_near() {
        assert_eq!(super::distance("doc-unreadable", "doc-unreadble"), 1);
        assert_eq!(super::distance("", "abc"), 3);
        assert_eq!(super::distance("abc", "ABC"), 0);
    }
}
