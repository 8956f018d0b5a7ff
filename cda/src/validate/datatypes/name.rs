//! EN, PN, ON: names.

use segur_xml::Node;

use super::super::context::HL7;
use super::siblings::Kind;
use super::value::{Value, is_blank};

rules! {
    why "Le nom sert à reconnaître la personne ou la structure : vide, mêlé de texte libre ou répété, il fait échouer les rapprochements d'identité.",
        "The name serves to recognise the person or organisation: empty, mixed with free text or repeated, it makes identity matching fail.";
    NULL_WITH_CONTENT = "en-null-with-content", Error, "dtr1-1.1-EN";
        "un nom nul a un contenu", "a null name has content";
        "retirer le nullFlavor, ou le contenu", "remove the nullFlavor, or the content";
        "<name nullFlavor=\"UNK\">Clinique</name>" => "<name>Clinique</name>";
    MIXED = "en-mixed", Error, "dtr1-1.2-EN";
        "le nom mêle texte et éléments", "the name mixes text and elements";
        "mettre chaque partie dans family ou given", "put each part in family or given";
        "<name>Dr <family qualifier=\"BR\">DUPONT</family></name>" => "<name><prefix>DR</prefix><family qualifier=\"BR\">DUPONT</family></name>";
    EMPTY = "en-empty", Error, "dtr1-1.3-EN";
        "le nom est vide", "the name is empty";
        "écrire le nom, ou mettre un nullFlavor", "write the name, or set a nullFlavor";
        "<name/>" => "<name nullFlavor=\"UNK\"/>";
    EMPTY_PART = "en-empty-part", Warning, "dtr1-3-EN";
        "une partie du nom est vide", "a part of the name is empty";
        "la remplir ou la retirer", "fill it or remove it";
        "<given/>" => "<given>JEANNE</given>";
    QUOTED = "en-quoted", Warning, "dtr1-4-EN";
        "le nom commence par un guillemet", "the name begins with a quotation mark";
        "retirer les guillemets", "remove the quotation marks";
        "<name>\"Clinique\"</name>" => "<name>Clinique</name>";
    NULL_BESIDE_VALUE = "en-null-beside-value", Error, "dtr1-5-EN";
        "nul alors qu'un autre nom, à côté, ne l'est pas", "null although another name beside it is not";
        "retirer le nom nul", "remove the null name";
        "<name nullFlavor=\"UNK\"/><name>Clinique</name>" => "<name>Clinique</name>";
    TWICE = "en-twice", Error, "dtr1-6-EN";
        "le même nom figure deux fois", "the same name stands there twice";
        "n'en garder qu'un", "keep one of them";
        "<name>Clinique</name><name>Clinique</name>" => "<name>Clinique</name>";
    QUALIFIER_TWICE = "en-qualifier-twice", Error, "dtr1-7-EN";
        "chaque partie du nom répète une valeur de qualifier", "every part of the name repeats a value of qualifier";
        "n'écrire chaque valeur qu'une fois", "write each value once";
        "<family qualifier=\"BR BR\">DUPONT</family>" => "<family qualifier=\"BR\">DUPONT</family>";
    LEGAL_STATUS = "pn-legal-status", Error, "dtr1-1-PN";
        "le qualifier LS (statut juridique) n'est pas pour les personnes", "the qualifier LS (legal status) is not for persons";
        "le retirer", "remove it";
        "<suffix qualifier=\"LS\">SA</suffix>" => "<suffix>SA</suffix>";
    STRUCTURED = "on-parts", Error, "dtr1-1-ON, dtr1-2-ON";
        "le nom d'une structure est un texte sans éléments", "the name of an organisation is a text without elements";
        "écrire le nom d'un seul tenant", "write the name in one piece";
        "<name><family>Clinique</family></name>" => "<name>Clinique</name>";
}

/// EN: any name.
pub(super) fn check(value: &mut Value<'_, '_>) {
    let elements = value.has_elements();
    let text = value.has_text();
    if value.null && (elements || text) {
        value.refuse(&NULL_WITH_CONTENT);
    }
    if elements && text {
        value.refuse(&MIXED);
    }
    if !(value.null || elements || text) {
        value.refuse(&EMPTY);
    }
    let empty = |e: &Node<'_>| {
        e.local_name() != "validTime"
            && e.attribute("nullFlavor").is_none()
            && is_blank(&e.string_value())
    };
    if let Some(part) = value.node.elements().find(empty) {
        value.refuse_at(&EMPTY_PART, part);
    }
    let all = value.node.string_value();
    if all
        .trim_start_matches([' ', '\t', '\n', '\r'])
        .starts_with('"')
    {
        value.refuse(&QUOTED);
    }
    if value.is_null_beside_value() {
        value.refuse(&NULL_BESIDE_VALUE);
    }
    if value.has_twin(Kind::Text) {
        value.refuse(&TWICE);
    }
    let mut parts = value.node.elements().filter(|e| e.namespace() == HL7);
    let first = parts.next();
    if let Some(first) = first
        && repeats_qualifier(first)
        && parts.all(repeats_qualifier)
    {
        value.refuse_at(&QUALIFIER_TWICE, first);
    }
}

fn repeats_qualifier(part: Node<'_>) -> bool {
    let Some(qualifier) = part.attribute("qualifier") else {
        return false;
    };
    let mut words: Vec<&str> = qualifier.split([' ', '\t', '\n', '\r']).collect();
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    words.len() < all
}

/// PN: the name of a person.
pub(super) fn check_person(value: &mut Value<'_, '_>) {
    let legal = |e: &Node<'_>| {
        let qualifier = e.attribute("qualifier").unwrap_or_default();
        qualifier
            .split([' ', '\t', '\n', '\r'])
            .any(|word| word == "LS")
    };
    if let Some(part) = value.node.elements().find(legal) {
        value.refuse_at(&LEGAL_STATUS, part);
    }
}

/// ON: the name of an organisation.
pub(super) fn check_organization(value: &mut Value<'_, '_>) {
    if let Some(part) = value.node.elements().next() {
        value.refuse_at(&STRUCTURED, part);
    }
}
