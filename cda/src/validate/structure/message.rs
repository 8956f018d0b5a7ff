//! Wording of the findings.

use segur_core::{Finding, Message};

use super::data;
use super::schema::{self, Builtin, NONE, SimpleType, Type};
use super::value::Reason;

/// Names shown of a list; the others are counted.
const MAX_NAMES: usize = 12;
/// Characters shown of a value or name of the document.
const MAX_TEXT: usize = 80;

/// The finding with its own message in place of the rule's title.
pub(super) fn with(mut finding: Finding, fr: String, en: String) -> Finding {
    finding.message = Message::new(fr, en);
    finding
}

/// A text of the document, cut when it is long.
pub(super) fn bounded(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// `a, b, c … (+4)`.
pub(super) fn list<'t>(items: impl IntoIterator<Item = &'t str>) -> String {
    let mut all: Vec<String> = Vec::new();
    let mut more = 0;
    for item in items {
        if all.iter().any(|known| known == item) {
        } else if all.len() < MAX_NAMES {
            all.push(bounded(item));
        } else {
            more += 1;
        }
    }
    let mut text = all.join(", ");
    if more > 0 {
        text.push_str(&format!(" … (+{more})"));
    }
    text
}

/// The usual prefix of a namespace of the schema; none for CDA itself.
fn prefix(namespace: u16) -> &'static str {
    match data::NAMESPACES
        .get(usize::from(namespace))
        .copied()
        .unwrap_or_default()
    {
        "urn:hl7-org:sdtc" => "sdtc:",
        "urn:oid:1.3.6.1.4.1.19376.1.3.2" => "lab:",
        "urn:ihe:pharm:medication" => "pharm:",
        "urn:dicom-org:ps3-20" => "ps3-20:",
        "http://www.w3.org/2001/XMLSchema-instance" => "xsi:",
        _ => "",
    }
}

/// A name of the tables as a document usually writes it.
pub(super) fn name(id: u16) -> String {
    format!(
        "{}{}",
        prefix(schema::namespace_of(id)),
        schema::local_name(id)
    )
}

/// A list of names of the tables.
pub(super) fn names(ids: impl IntoIterator<Item = u16>) -> String {
    let all: Vec<String> = ids.into_iter().map(name).collect();
    list(all.iter().map(String::as_str))
}

/// The name of a type, for messages.
pub(super) fn type_name(ty: &Type) -> String {
    format!(
        "{}{}",
        prefix(ty.namespace),
        ty.name.trim_start_matches('@')
    )
}

/// What a simple type asks for in any language: the list of values, or the name of the type and its pattern.
pub(super) fn lexical(ty: &SimpleType, reason: Reason) -> String {
    if let Reason::Value(values) = reason {
        return list(schema::values(values));
    }
    let members = ty.members.iter().filter_map(|&m| schema::simple(m));
    let name = match ty.builtin {
        Builtin::Union => list(members.map(|m| m.name)),
        Builtin::List => format!("{}*", list(members.map(|m| m.name))),
        _ => ty.name.to_owned(),
    };
    let pattern = ty
        .patterns
        .first()
        .and_then(|&p| data::PATTERNS.get(usize::from(p)));
    match pattern {
        Some(dfa) => format!("{name}: {}", dfa.pattern),
        None => name,
    }
}

/// What a simple type asks for in words: (French, English).
pub(super) fn form(ty: &SimpleType, reason: Reason) -> (String, String) {
    if let Reason::Value(values) = reason {
        let all = list(schema::values(values));
        return (all.clone(), all);
    }
    if ty.builtin == Builtin::List {
        let item = ty.members.first().and_then(|&m| schema::simple(m));
        let item = item.filter(|i| i.builtin != Builtin::List);
        let (fr, en) = item.map_or_else(Default::default, |item| {
            let reason = if item.values == NONE {
                reason
            } else {
                Reason::Value(item.values)
            };
            form(item, reason)
        });
        return (
            format!("une suite de : {fr}"),
            format!("a sequence of: {en}"),
        );
    }
    let (fr, en) = words(ty);
    (fr.to_owned(), en.to_owned())
}

fn words(ty: &SimpleType) -> (&'static str, &'static str) {
    match (ty.name, ty.builtin) {
        ("st", _) => ("un texte non vide", "a text that is not empty"),
        ("cs", _) => (
            "un code sans espace, non vide",
            "a code without white space, not empty",
        ),
        ("uid", _) => (
            "un OID (1.2.250...), un UUID ou un identifiant commençant par une lettre",
            "an OID (1.2.250...), a UUID, or an identifier that starts with a letter",
        ),
        ("oid", _) => ("un OID (1.2.250...)", "an OID (1.2.250...)"),
        ("ts", _) => (
            "une date AAAAMMJJ, avec l'heure : AAAAMMJJhhmmss+hhmm",
            "a date YYYYMMDD, with a time: YYYYMMDDhhmmss+hhmm",
        ),
        ("bl", _) => ("true ou false", "true or false"),
        ("int_pos", _) => ("un entier supérieur à 0", "an integer greater than 0"),
        ("probability", _) => ("un nombre entre 0 et 1", "a number between 0 and 1"),
        ("real", _) | (_, Builtin::Decimal | Builtin::Double) => (
            "un nombre, avec un point décimal",
            "a number, with a decimal point",
        ),
        (_, Builtin::Boolean) => ("true, false, 1 ou 0", "true, false, 1 or 0"),
        (_, Builtin::Integer) => ("un entier", "an integer"),
        (_, Builtin::AnyUri) => (
            "une URI (tel:, mailto:, http:, #...)",
            "a URI (tel:, mailto:, http:, #...)",
        ),
        (_, Builtin::Base64Binary) => ("du base64", "base64"),
        (_, Builtin::Id | Builtin::Idref) => (
            "un nom XML (commence par une lettre ou _, sans espace ni « : »)",
            "an XML name (starts with a letter or _, no space and no colon)",
        ),
        (_, Builtin::Nmtoken) => ("un mot sans espace", "a word without white space"),
        _ => ("la forme du type", "the form of the type"),
    }
}
