//! `segur rules`: the catalogue.

use std::fmt::Write as _;

use segur_cda::validate;
use segur_core::{Lang, RuleInfo};
use serde_json::json;

use crate::cli::{ListFormat, Rules};
use crate::output::{Failure, Terminal};
use crate::{FINE, files};

/// Every rule that the command knows.
pub(crate) fn all() -> impl Iterator<Item = &'static RuleInfo> {
    files::RULES.into_iter().chain(validate::rules())
}

pub(crate) fn run(options: &Rules, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let strict = options.profile.is_none_or(|p| p.is_strict());
    let rules = all().filter(|rule| strict || rule.profile != "strict");
    let text = match options.format {
        ListFormat::Text => {
            let mut out = String::new();
            for rule in rules {
                // Writing to a String cannot fail.
                let _ = writeln!(
                    out,
                    "{:<34} {:<8} {:<9} {}",
                    rule.id,
                    rule.severity.as_str(),
                    rule.profile,
                    rule.title.get(lang)
                );
            }
            out
        }
        ListFormat::Json => {
            let rules: Vec<_> = rules
                .map(|rule| {
                    json!({
                        "id": rule.id,
                        "severity": rule.severity.as_str(),
                        "profile": rule.profile,
                        "title": rule.title.get(lang),
                        "why": rule.why.get(lang),
                        "remedy": rule.remedy.get(lang),
                        "source": rule.source,
                        "bad": rule.bad,
                        "good": rule.good,
                    })
                })
                .collect();
            serde_json::to_string_pretty(&json!({ "rules": rules })).unwrap_or_default() + "\n"
        }
    };
    terminal.print(text.as_bytes())?;
    Ok(FINE)
}
