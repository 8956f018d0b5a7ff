//! Sentences of the header rules, in French and English.

use std::borrow::Cow;

use segur_core::Message;

use super::model::{Cond, Count, MANY, Syntax};
use super::vocabulary::FILES;

fn pair(fr: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Message {
    Message::new(fr, en)
}

/// Where the rules of an item come from.
pub(super) fn source(item: &'static str) -> String {
    format!("CI-SIS, structuration minimale (1.2.250.1.213.1.1.1.1), {item}")
}

/// A condition in XPath-like notation.
fn cond(cond: &Cond) -> String {
    match cond {
        Cond::NotNull => "[not(@nullFlavor)]".to_owned(),
        Cond::Has(name) => format!("[{}]", name.text),
        Cond::Without(name) => format!("[not({})]", name.text),
        Cond::HasAttr(name) => format!("[@{name}]"),
        Cond::Attr(name, value) => format!("[@{name}='{value}']"),
        Cond::AttrOrNull(name, value) => format!("[@{name}='{value}' or @nullFlavor]"),
        Cond::AttrNot(name, values) => {
            let all: Vec<String> = values.iter().map(|v| format!("@{name}!='{v}'")).collect();
            format!("[{}]", all.join(" and "))
        }
        Cond::Child(name, inner) => format!("[{}{}]", name.text, self::cond(inner)),
        Cond::InValueSet(oid) => format!("[{}]", file(oid)),
    }
}

fn conds(when: &[Cond]) -> String {
    when.iter().map(cond).collect()
}

fn file(oid: &str) -> &str {
    FILES
        .iter()
        .find(|(id, _)| *id == oid)
        .map_or(oid, |(_, file)| file.trim_end_matches(['_', '-']))
}

/// What a count asks for, `1..1 id[not(@nullFlavor)]`.
pub(super) fn expected(count: &Count) -> Cow<'static, str> {
    let max = match count.max {
        MANY => "*".to_owned(),
        max => max.to_string(),
    };
    Cow::Owned(format!(
        "{}..{max} {}{}",
        count.min,
        count.name,
        conds(count.when)
    ))
}

pub(super) fn missing(parent: &str, count: &Count, near: Option<segur_xml::Node<'_>>) -> Message {
    let what = format!("{}{}", count.name, conds(count.when));
    match near {
        Some(near) => {
            let line = near.position().line;
            pair(
                format!(
                    "{parent} doit contenir {what} ; il y a bien un élément {} (ligne {line}), mais il ne remplit pas cette condition",
                    count.name
                ),
                format!(
                    "{parent} must contain {what}; there is an element {} (line {line}), but it does not meet that condition",
                    count.name
                ),
            )
        }
        None => pair(
            format!("il manque l'élément {what} dans {parent}"),
            format!("element {what} is missing in {parent}"),
        ),
    }
}

pub(super) fn lookalike(
    count: &Count,
    near: segur_xml::Node<'_>,
    attribute: &str,
    value: &str,
) -> Message {
    let what = format!("{}{}", count.name, conds(count.when));
    let line = near.position().line;
    pair(
        format!(
            "il manque {what} ; l'attribut {attribute} de cet élément (ligne {line}) vaut « {value} » : faute de frappe ?"
        ),
        format!(
            "{what} is missing; attribute {attribute} of this element (line {line}) is \"{value}\": a typing error?"
        ),
    )
}

pub(super) fn too_many(parent: &str, name: &str, found: usize, max: usize) -> Message {
    pair(
        format!("{found} éléments {name} dans {parent}, {max} au plus"),
        format!("{found} elements {name} in {parent}, {max} at most"),
    )
}

pub(super) fn no_choice(parent: &str, names: &[&str]) -> Message {
    pair(
        format!(
            "il manque dans {parent} l'un des éléments {}",
            names.join(", ")
        ),
        format!(
            "one of the elements {} is missing in {parent}",
            names.join(", ")
        ),
    )
}

pub(super) fn too_many_choices(parent: &str, names: &[&str], found: usize, max: usize) -> Message {
    pair(
        format!(
            "{found} éléments {} dans {parent}, {max} au plus en tout",
            names.join(" ou ")
        ),
        format!(
            "{found} elements {} in {parent}, {max} at most in all",
            names.join(" or ")
        ),
    )
}

pub(super) fn twice(parent: &str, name: &str) -> Message {
    pair(
        format!("l'élément {name} est répété dans {parent}"),
        format!("element {name} is repeated in {parent}"),
    )
}

pub(super) fn no_child(parent: &str, child: &str) -> Message {
    pair(
        format!("{parent} est un instant : il ne peut pas contenir l'élément {child}"),
        format!("{parent} is a point in time: it cannot contain element {child}"),
    )
}

pub(super) fn no_attribute(element: &str, attribute: &str) -> Message {
    pair(
        format!("il manque l'attribut {attribute} de {element}"),
        format!("attribute {attribute} of {element} is missing"),
    )
}

/// What a form asks for, in words.
pub(super) fn form(form: Syntax) -> Cow<'static, str> {
    match form {
        Syntax::Any => "any value".into(),
        Syntax::Text => "not empty".into(),
        Syntax::Token => "one word".into(),
        Syntax::Uid => "OID or UUID".into(),
        Syntax::Oid => "OID".into(),
        Syntax::Time => "AAAA[MM[JJ[HHMM[SS]]]]".into(),
        Syntax::Language => "fr-FR".into(),
        Syntax::Integer => "integer".into(),
        Syntax::OneOf(values) => values.join(" | ").into(),
    }
}

pub(super) fn bad_attribute(element: &str, attribute: &str, form: Syntax) -> Message {
    let (fr, en) = match form {
        Syntax::Any | Syntax::Text => ("ne peut pas être vide", "must not be empty"),
        Syntax::Token => (
            "doit être un mot, non vide et sans espace",
            "must be one word, not empty and without space",
        ),
        Syntax::Uid => (
            "doit être un OID ou un UUID, sans préfixe (pas de urn:oid:)",
            "must be an OID or a UUID, without prefix (no urn:oid:)",
        ),
        Syntax::Oid => (
            "doit être un OID, sans préfixe",
            "must be an OID, without prefix",
        ),
        Syntax::Time => (
            "doit être une date HL7, qui commence par l'année sur quatre chiffres",
            "must be an HL7 time, which begins with the year on four digits",
        ),
        Syntax::Language => (
            "doit donner la langue et le pays, par exemple fr-FR",
            "must give language and country, for instance fr-FR",
        ),
        Syntax::Integer => ("doit être un nombre entier", "must be a whole number"),
        Syntax::OneOf(_) => (
            "n'a pas une des valeurs admises ici",
            "has none of the values allowed here",
        ),
    };
    pair(
        format!("l'attribut {attribute} de {element} {fr}"),
        format!("attribute {attribute} of {element} {en}"),
    )
}

pub(super) fn not_in_set(element: &str, attribute: &str, oid: &str) -> Message {
    let set = file(oid);
    pair(
        format!(
            "la valeur de {attribute} de {element} n'est pas dans le jeu de valeurs {set} ({oid})"
        ),
        format!("the value of {attribute} of {element} is not in the value set {set} ({oid})"),
    )
}

/// Title of a rule about a value set.
pub(super) fn value_set_title(element: &str, attribute: &str, oid: &str) -> Message {
    let set = file(oid);
    pair(
        format!("{element}/@{attribute} : code du jeu de valeurs {set} ({oid})"),
        format!("{element}/@{attribute}: code of the value set {set} ({oid})"),
    )
}

pub(super) fn no_value_set(oid: &str) -> Message {
    let set = file(oid);
    pair(
        format!("le jeu de valeurs {set} ({oid}) n'est pas chargé"),
        format!("the value set {set} ({oid}) is not loaded"),
    )
}

pub(super) fn wrong_type(element: &str, wanted: &str) -> Message {
    pair(
        format!("{element} est de type {wanted} : un autre xsi:type n'y est pas admis"),
        format!("{element} is of type {wanted}: no other xsi:type is allowed"),
    )
}

pub(super) fn unforeseen(name: &str, parent: &str) -> Message {
    pair(
        format!("l'élément {name}, avec ce contenu, n'est pas prévu dans {parent}"),
        format!("element {name}, with this content, is not foreseen in {parent}"),
    )
}

pub(super) fn first_act(name: &str, number: usize) -> Message {
    let (fr, en) = match name {
        "performer" => ("un exécutant (performer)", "one performer"),
        _ => ("une date (effectiveTime)", "one date (effectiveTime)"),
    };
    pair(
        format!(
            "l'acte principal (le premier documentationOf) doit avoir {fr}, et un seul ; {number} trouvé(s)"
        ),
        format!("the main act (the first documentationOf) must have {en}, no more; {number} found"),
    )
}

pub(super) fn no_body() -> Message {
    pair(
        "le document n'a ni corps structuré (structuredBody) ni corps non structuré (nonXMLBody)",
        "the document has neither a structured body nor a nonXMLBody",
    )
}

pub(super) fn non_xml_template_missing(root: &str) -> Message {
    pair(
        format!("un document au corps non structuré (N1) doit déclarer le templateId {root}"),
        format!("a document without structured body (N1) must declare templateId {root}"),
    )
}

pub(super) fn non_xml_template_extra() -> Message {
    pair(
        "un document au corps non structuré (N1) ne déclare que trois templateId : celui du volet n'y a pas sa place",
        "a document without structured body (N1) declares three templateId only: no model's one among them",
    )
}

pub(super) fn ins_trait(with_ins: bool, fr: &str, en: &str) -> Message {
    if with_ins {
        pair(
            format!("l'identifiant INS ne va pas sans ses traits : il manque {fr}"),
            format!("the INS does not go without its traits: {en} is missing"),
        )
    } else {
        pair(
            format!("sans identifiant du patient, ses traits sont obligatoires : il manque {fr}"),
            format!(
                "without an identifier of the patient, the traits are mandatory: {en} is missing"
            ),
        )
    }
}

pub(super) fn qualifier(part: &str) -> Message {
    pair(
        format!(
            "le qualifier d'un {part} du patient ne peut être que BR (naissance) ou CL (utilisé)"
        ),
        format!("the qualifier of a {part} of the patient can only be BR (birth) or CL (used)"),
    )
}

pub(super) fn guardian_qualifier() -> Message {
    pair(
        "aucun nom de famille du patient n'est qualifié (BR, SP ou CL)",
        "no family name of the patient is qualified (BR, SP or CL)",
    )
}

pub(super) fn civility(part: &str, oid: &str) -> Message {
    let set = file(oid);
    let (fr, en) = match part {
        "prefix" => ("la civilité (prefix)", "the civility (prefix)"),
        _ => ("le titre (suffix)", "the title (suffix)"),
    };
    pair(
        format!("{fr} n'est pas un code du jeu de valeurs {set} ({oid})"),
        format!("{en} is not a code of the value set {set} ({oid})"),
    )
}

pub(super) fn id_incomplete() -> Message {
    pair(
        "un identifiant se donne avec root et extension, ou avec nullFlavor",
        "an identifier is given with root and extension, or with nullFlavor",
    )
}

pub(super) fn code_or_null() -> Message {
    pair(
        "un acte se code avec code et codeSystem, ou avec nullFlavor et rien d'autre",
        "an act is coded with code and codeSystem, or with nullFlavor and nothing else",
    )
}

pub(super) fn telecom_empty() -> Message {
    pair(
        "telecom n'a ni value ni nullFlavor",
        "telecom has neither value nor nullFlavor",
    )
}

pub(super) fn telecom_both() -> Message {
    pair(
        "telecom a à la fois value et nullFlavor",
        "telecom has both value and nullFlavor",
    )
}

pub(super) fn telecom_null() -> Message {
    pair(
        "nullFlavor de telecom : seuls UNK, NASK, ASKU, NAV et MSK sont admis",
        "nullFlavor of telecom: only UNK, NASK, ASKU, NAV and MSK are allowed",
    )
}

pub(super) fn telecom_null_alone() -> Message {
    pair(
        "un telecom inconnu ne porte que nullFlavor, sans use",
        "an unknown telecom carries nullFlavor alone, without use",
    )
}

pub(super) fn telecom_scheme() -> Message {
    pair(
        "value de telecom doit commencer par tel:, fax:, mailto:, http:, ftp: ou mllp:, suivi de l'adresse",
        "value of telecom must begin with tel:, fax:, mailto:, http:, ftp: or mllp:, followed by the address",
    )
}
