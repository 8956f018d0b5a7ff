//! Filled descriptions to start from.

use std::collections::HashMap;

use uuid::Uuid;

use crate::cli::{DescriptionFormat, NewKind};
use crate::output::Failure;

/// The description of a kind, with `{uuid-N}` and `{oid-N}` where a new identifier stands; the same number is the same one.
fn text(kind: NewKind) -> &'static str {
    match kind {
        NewKind::CseMde => include_str!("templates/cse-mde.toml"),
        NewKind::CseCs8 => include_str!("templates/cse-cs8.toml"),
        NewKind::CseCs9 => include_str!("templates/cse-cs9.toml"),
        NewKind::CseCs24 => include_str!("templates/cse-cs24.toml"),
        NewKind::VacNote => include_str!("templates/vac-note.toml"),
        NewKind::Vac => include_str!("templates/vac.toml"),
        NewKind::BioTrod => include_str!("templates/bio-trod.toml"),
    }
}

pub(super) fn filled(kind: NewKind, format: Option<DescriptionFormat>) -> Result<String, Failure> {
    let text = with_new_identifiers(text(kind));
    if format != Some(DescriptionFormat::Json) {
        return Ok(text);
    }
    let broken = |error: &dyn std::error::Error| {
        Failure::refused(
            format!("ce modèle ne se traduit pas en JSON : {error}"),
            format!("this template does not translate to JSON: {error}"),
        )
    };
    let value: toml::Table = toml::from_str(&text).map_err(|e| broken(&e))?;
    let mut json = serde_json::to_string_pretty(&value).map_err(|e| broken(&e))?;
    json.push('\n');
    Ok(json)
}

fn with_new_identifiers(template: &str) -> String {
    let mut made: HashMap<&str, String> = HashMap::new();
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("\"{") {
        let Some((name, after)) = after.split_once("}\"") else {
            break;
        };
        let id = made.entry(name).or_insert_with(|| {
            let id = Uuid::new_v4();
            match name.starts_with("oid") {
                // ITU-T X.667: an OID made of a UUID
                true => format!("2.25.{}", id.as_u128()),
                false => id.hyphenated().to_string().to_uppercase(),
            }
        });
        out.push_str(before);
        out.push('"');
        out.push_str(id);
        out.push('"');
        rest = after;
    }
    out.push_str(rest);
    out
}
