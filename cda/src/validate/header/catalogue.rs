//! What `explain` says about the rules of the header: titles drawn from the tables, reasons and remedies by part.

use std::sync::LazyLock;

use segur_core::{Message, RuleInfo, Severity};

use super::messages;
use super::model::{Element, Rule, Test};
use super::notes::{AREAS, Area, NOTES, Note};
use super::reader::UNFORESEEN;
use super::special::Special;
use super::tables::CLINICAL_DOCUMENT;

const SOURCE: &str =
    "CI-SIS, structuration minimale (template 1.2.250.1.213.1.1.1.1 du 2017-12-13)";

/// Sorted by id.
static RULES: LazyLock<Vec<RuleInfo>> = LazyLock::new(|| {
    let mut all = Vec::new();
    collect(&CLINICAL_DOCUMENT, &mut all);
    all.push(info(
        "header-xsi-type",
        Message::new(
            "le xsi:type d'un élément d'en-tête est celui du modèle",
            "the xsi:type of a header element is that of the model",
        ),
        Severity::Error,
        Message::new("enlever xsi:type", "remove xsi:type"),
    ));
    all.push(info(
        UNFORESEEN,
        Message::new("élément d'en-tête non prévu", "header element not foreseen"),
        Severity::Warning,
        Message::new(
            "vérifier le nom de l'élément et son contenu, ou l'enlever",
            "check the element's name and content, or remove it",
        ),
    ));
    all.sort_by_key(|rule: &RuleInfo| rule.id);
    all
});

/// The rules of the header, sorted by id.
pub(crate) fn rules() -> impl Iterator<Item = &'static RuleInfo> {
    RULES.iter()
}

/// The rule with this id.
pub(super) fn find(id: &str) -> Option<&'static RuleInfo> {
    let at = RULES.binary_search_by(|rule| rule.id.cmp(id)).ok()?;
    RULES.get(at)
}

fn collect(table: &'static Element, all: &mut Vec<RuleInfo>) {
    for rule in table.rules {
        if !all.iter().any(|known| known.id == rule.id) {
            all.push(info(
                rule.id,
                title(table, rule),
                Severity::Error,
                default_remedy(rule),
            ));
        }
    }
    for child in table.children.iter().copied().flatten() {
        collect(child, all);
    }
}

fn info(id: &'static str, title: Message, severity: Severity, remedy: Message) -> RuleInfo {
    let note = NOTES.iter().find(|note| note.id == id);
    let area = AREAS.iter().find(|area| {
        id.strip_prefix("header-")
            .is_some_and(|rest| rest.starts_with(area.prefix))
    });
    let pair = |(fr, en): (&'static str, &'static str)| Message::new(fr, en);
    RuleInfo {
        id,
        title,
        severity,
        source: SOURCE,
        why: note
            .and_then(|n| n.why)
            .or(area.map(|a: &Area| a.why))
            .map(pair)
            .unwrap_or_else(|| pair(super::notes::WHY)),
        remedy: note.and_then(|n| n.remedy).map(pair).unwrap_or(remedy),
        bad: note.and_then(|n: &Note| n.bad),
        good: note.and_then(|n| n.good),
        profile: "official",
    }
}

fn title(table: &Element, rule: &Rule) -> Message {
    let name = table.name;
    match &rule.test {
        Test::Count(count) => {
            let expected = messages::expected(count);
            Message::new(
                format!("{name} : {expected}"),
                format!("{name}: {expected}"),
            )
        }
        Test::Choice { names, min, max } => {
            let names = names.join(" | ");
            Message::new(
                format!("{name} : {min}..{max} {names}"),
                format!("{name}: {min}..{max} {names}"),
            )
        }
        Test::EachOnce(_) => Message::new(
            format!("{name} : chaque partie une fois au plus"),
            format!("{name}: each part once at most"),
        ),
        Test::Attr {
            name: attr,
            required,
            syntax,
        } => {
            let form = messages::form(*syntax);
            let (fr, en) = if *required {
                ("obligatoire", "required")
            } else {
                ("facultatif", "optional")
            };
            Message::new(
                format!("{name}/@{attr} : {fr}, {form}"),
                format!("{name}/@{attr}: {en}, {form}"),
            )
        }
        Test::ValueSet { attr, oid } => messages::value_set_title(name, attr, oid),
        Test::NoChild => Message::new(
            format!("{name} : sans élément fils"),
            format!("{name}: no child element"),
        ),
        Test::Special(which) => special_title(*which),
    }
}

fn special_title(which: Special) -> Message {
    let (fr, en) = match which {
        Special::FirstPerformer => (
            "l'acte principal a un exécutant et un seul",
            "the main act has one performer and only one",
        ),
        Special::FirstServiceTime => (
            "l'acte principal a une date et une seule",
            "the main act has one date and only one",
        ),
        Special::BodyTemplates => (
            "un corps, et pour un corps non structuré les trois templateId du N1 seulement",
            "a body, and for a nonXMLBody the three templateId of N1 only",
        ),
        Special::InsTraits => (
            "l'INS est accompagnée de ses traits d'identité",
            "the INS comes with its identity traits",
        ),
        Special::PatientGivenQualifier => (
            "prénoms du patient : qualifier BR, CL ou aucun",
            "given names of the patient: qualifier BR, CL or none",
        ),
        Special::PatientFamilyQualifier => (
            "noms du patient : qualifier BR ou CL",
            "family names of the patient: qualifier BR or CL",
        ),
        Special::GuardianQualifier => (
            "un nom de famille qualifié du patient quand il y a un représentant",
            "a qualified family name of the patient when there is a guardian",
        ),
        Special::Civility(_) => (
            "civilité et titre pris dans les jeux de valeurs J245 et J246",
            "civility and title from the value sets J245 and J246",
        ),
        Special::InformantChoice => (
            "informant : un assignedEntity ou un relatedEntity",
            "informant: one assignedEntity or one relatedEntity",
        ),
        Special::IdComplete => (
            "identifiant avec root et extension, ou nullFlavor",
            "identifier with root and extension, or nullFlavor",
        ),
        Special::CodeOrNull => (
            "acte codé avec son système, ou nullFlavor seul",
            "act coded with its system, or nullFlavor alone",
        ),
        Special::TelecomValue => (
            "telecom : une adresse avec son préfixe, ou nullFlavor seul",
            "telecom: an address with its scheme, or nullFlavor alone",
        ),
    };
    Message::new(fr, en)
}

fn default_remedy(rule: &Rule) -> Message {
    let (fr, en) = match &rule.test {
        Test::Count(count) if count.min == 0 => (
            "ne garder qu'un de ces éléments",
            "keep one of these elements",
        ),
        Test::Count(_) => (
            "ajouter l'élément manquant, compléter celui qui existe, ou enlever celui qui est en trop",
            "add the missing element, complete the one there is, or remove the one too many",
        ),
        Test::Choice { .. } => (
            "garder un seul des éléments admis",
            "keep one of the allowed elements",
        ),
        Test::EachOnce(_) => (
            "réunir les parties répétées en une seule",
            "merge the repeated parts into one",
        ),
        Test::Attr { .. } => (
            "écrire l'attribut sous la forme attendue",
            "write the attribute in the expected form",
        ),
        Test::ValueSet { .. } => (
            "prendre un code de l'édition en vigueur du jeu de valeurs",
            "take a code of the current edition of the value set",
        ),
        Test::NoChild => (
            "écrire l'instant dans l'attribut value",
            "write the time in the attribute value",
        ),
        Test::Special(_) => (
            "compléter ou corriger l'élément indiqué",
            "complete or mend the element shown",
        ),
    };
    Message::new(fr, en)
}
