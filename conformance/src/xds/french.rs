//! What the libraries say, in French and English. Never quotes a value.

use segur_core::Lang;
use segur_dmp_xds::from_cda::{Gap, GapReason};
use segur_dmp_xds::metadata::{Fault, Problem};
use segur_dmp_xds::transaction::WireWarning;
use segur_dmp_xds::{Warning, WarningKind};
use segur_soap::mtom::MtomError;

use super::view::clean;
use crate::tr;

/// What rules expect, English and French.
const EXPECTED: &[(&str, &str)] = &[
    (
        "a time in UTC as YYYYMMDDhhmmss",
        "une date en UTC, AAAAMMJJhhmmss",
    ),
    (
        "SHA-1 as 40 hexadecimal digits",
        "SHA-1, 40 chiffres hexadécimaux",
    ),
    ("a number of bytes", "un nombre d'octets"),
    (
        "a positive number of bytes",
        "un nombre d'octets, au moins 1",
    ),
    ("a code with its code system", "un code avec son système"),
    ("at least one code", "au moins un code"),
    ("at least one value", "au moins une valeur"),
    ("a value", "une valeur"),
    ("a shorter value", "une valeur plus courte"),
    ("an OID", "un OID"),
    ("a title", "un titre"),
    ("a status", "un statut"),
    ("14 digits", "14 chiffres"),
    ("stable or on demand", "stable ou à la demande"),
    ("a language as fr-FR", "une langue, comme fr-FR"),
    ("an association type of IHE", "un type d'association d'IHE"),
    (
        "an id of its own in the message",
        "un identifiant propre dans le message",
    ),
    (
        "a uniqueId of its own in the message",
        "un uniqueId propre dans le message",
    ),
    ("an object of the submission", "un objet de la soumission"),
    ("not before serviceStartTime", "pas avant serviceStartTime"),
    (
        "an identifier as id^^^&oid&ISO",
        "un identifiant, id^^^&oid&ISO",
    ),
    ("at least one document", "au moins un document"),
    ("the uniqueId of the document", "le uniqueId du document"),
    (
        "the uniqueId of the document, not its entryUUID",
        "le uniqueId du document, pas son entryUUID",
    ),
    (
        "the entryUUID (urn:uuid:) that the registry gave, not a uniqueId",
        "le entryUUID (urn:uuid:) donné par le registre, pas un uniqueId",
    ),
    (
        "an OID, an OID and an extension (root^extension), or urn:uuid:",
        "un OID, un OID et une extension (racine^extension), ou urn:uuid:",
    ),
    (
        "an organization, a person or an address",
        "une structure, une personne ou une adresse",
    ),
    (
        "an association of the set with it",
        "une association du lot avec cet objet",
    ),
];

/// Where what is missing comes from, when the command has an option for it.
const REMEDIES: &[(&str, &str, &str)] = &[
    (
        "classCode",
        "--class CODE, ou --tables",
        "--class CODE, or --tables",
    ),
    (
        "formatCode",
        "--format-code CODE^^SYSTÈME, ou --format-code none",
        "--format-code CODE^^SYSTEM, or --format-code none",
    ),
    (
        "healthcareFacilityTypeCode",
        "componentOf/encompassingEncounter/location du document, ou --facility",
        "componentOf/encompassingEncounter/location of the document, or --facility",
    ),
    (
        "practiceSettingCode",
        "documentationOf/serviceEvent/performer du document, ou --practice-setting",
        "documentationOf/serviceEvent/performer of the document, or --practice-setting",
    ),
    (
        "serviceStartTime",
        "documentationOf/serviceEvent/effectiveTime du document, ou --act-start",
        "documentationOf/serviceEvent/effectiveTime of the document, or --act-start",
    ),
    (
        "contentTypeCode",
        "--content-type, ou content_type des paramètres",
        "--content-type, or content_type of the settings",
    ),
    (
        "sourceId",
        "--source-id, ou source_id des paramètres",
        "--source-id, or source_id of the settings",
    ),
    (
        "patientId",
        "l'INS qualifiée du patient dans le document",
        "the qualified INS of the patient in the document",
    ),
    (
        "sourcePatientId",
        "un identifiant du patient dans le document",
        "an identifier of the patient in the document",
    ),
    (
        "author",
        "l'auteur du document, ou --author",
        "the author of the document, or --author",
    ),
];

/// One rule broken.
pub(super) fn problem(problem: &Problem, lang: Lang) -> String {
    let Lang::Fr = lang else {
        return clean(&problem.to_string());
    };
    let expected = EXPECTED
        .iter()
        .find(|(en, _)| *en == problem.expected)
        .map_or(problem.expected, |(_, fr)| fr);
    let (object, field) = (clean(&problem.object), problem.field);
    let what = match problem.fault {
        Fault::Missing => "manque".to_owned(),
        Fault::Form => "n'a pas la forme attendue".to_owned(),
        Fault::TooLong { max, got } => format!("a {got} caractères, {max} au plus"),
        Fault::Repeated => "est répété".to_owned(),
        Fault::Conflict => "en contredit un autre".to_owned(),
        _ => "est refusé".to_owned(),
    };
    format!("{object} : {field} {what} ({expected})")
}

/// What to do about a rule broken.
pub(super) fn remedy(field: &str, lang: Lang) -> Option<&'static str> {
    let found = REMEDIES.iter().find(|(name, ..)| *name == field);
    found.map(|(_, fr, en)| tr(lang, fr, en))
}

/// What a document does not tell.
pub(super) fn gap(gap: &Gap, lang: Lang) -> String {
    let Lang::Fr = lang else {
        return gap.to_string();
    };
    let reason = match gap.reason {
        GapReason::Absent => "manque ou est nul",
        GapReason::NotInTable => "n'est dans aucune des tables lues",
        GapReason::NoOffset => "n'a pas de décalage par rapport à UTC",
        GapReason::NoCodeSystem => "n'a pas de système de codes",
        _ => "ne dit rien",
    };
    format!("{} : {} {reason}", gap.field, gap.source)
}

/// What a reader tolerated.
pub(super) fn warning(warning: &Warning, lang: Lang) -> String {
    let Lang::Fr = lang else {
        return clean(&warning.to_string());
    };
    let what = match warning.kind {
        WarningKind::UnexpectedOrder => "pas dans l'ordre du schéma",
        WarningKind::UnknownElement => "ignoré, n'a pas sa place ici",
        WarningKind::RepeatedElement => "répété ; le premier est gardé",
        WarningKind::RepeatedSlot => "slot répété ; ses valeurs sont réunies",
        WarningKind::SeveralValues => "plusieurs valeurs au lieu d'une",
        WarningKind::UnknownSlot => "slot inconnu de cet objet ; gardé",
        WarningKind::UnknownClassification => "classification inconnue de cet objet ; gardée",
        WarningKind::UnknownIdentifier => "identifiant inconnu de cet objet ; gardé",
        WarningKind::MissingOwner => "ne nomme pas l'objet qui le contient",
        WarningKind::OtherOwner => "nomme un autre objet que celui qui le contient",
        WarningKind::UnknownPackage => "déclaré ni lot de soumission ni classeur",
        WarningKind::MissingField => "manque",
        WarningKind::UnreadableTime => "n'est pas une date AAAAMMJJhhmmss",
        WarningKind::UnreadableNumber => "n'est pas un nombre",
        WarningKind::UnreadablePatientInfo => "une ligne sans PID-n|",
        WarningKind::UnreadableBirthDate => "n'est pas une date AAAAMMJJ",
        WarningKind::MissingScheme => "un code sans système",
        WarningKind::UnreadableHash => "n'a pas 40 chiffres hexadécimaux",
        WarningKind::UnknownWord => "n'est pas un des mots attendus",
        WarningKind::IdCase => "l'id ne diffère de celui de la fiche que par la casse",
        WarningKind::UnmatchedDocument => "document et fiche ne vont pas ensemble",
        WarningKind::UnknownParameter => "paramètre inconnu de cette requête ; ignoré",
        WarningKind::LooseQuoting => "guillemets ou parenthèses manquants",
        _ => "toléré",
    };
    let field = clean(&warning.field);
    match warning.object.is_empty() {
        true => format!("{field} : {what}"),
        false => format!("{} : {field} : {what}", clean(&warning.object)),
    }
}

/// What was tolerated around an answer.
pub(super) fn wire(warning: WireWarning, lang: Lang) -> &'static str {
    match warning {
        WireWarning::Action => tr(
            lang,
            "wsa:Action n'est pas celle de la réponse attendue",
            "wsa:Action is not that of the answer expected",
        ),
        WireWarning::OtherMessage => tr(
            lang,
            "wsa:RelatesTo nomme un autre message",
            "wsa:RelatesTo names another message",
        ),
        WireWarning::SoapVersion => tr(
            lang,
            "enveloppe SOAP 1.1 au lieu de 1.2",
            "an envelope of SOAP 1.1, not 1.2",
        ),
        WireWarning::ContentType => tr(
            lang,
            "Content-Type illisible",
            "Content-Type that cannot be read",
        ),
        WireWarning::Status => tr(
            lang,
            "le statut HTTP dit un échec, la réponse non",
            "the HTTP status says that it failed, the answer does not",
        ),
        _ => tr(lang, "toléré", "tolerated"),
    }
}

/// A multipart that cannot be read. The text that stands there is not told: it may be the patient's.
pub(super) fn parts(error: &MtomError) -> (String, String) {
    let both = |fr: &str, en: &str| (fr.to_owned(), en.to_owned());
    match error {
        MtomError::MediaType { .. } => {
            both("Content-Type incompris", "Content-Type not understood")
        }
        MtomError::Boundary { .. } => both(
            "boundary absent ou mal formé",
            "boundary missing or malformed",
        ),
        MtomError::NoBoundary { length, .. } => (
            format!("le boundary annoncé n'est nulle part dans les {length} octets"),
            format!("the boundary announced is nowhere in the {length} bytes"),
        ),
        MtomError::Truncated { offset, part, .. } => (
            format!("message coupé : fin à l'octet {offset}, dans la partie {part}"),
            format!("cut short: it ends at byte {offset}, inside part {part}"),
        ),
        MtomError::Header { part, offset, .. } => (
            format!(
                "en-tête de la partie {part}, avant l'octet {offset} : ce n'est pas `Nom: valeur`"
            ),
            format!("header of part {part}, before byte {offset}: not `Name: value`"),
        ),
        MtomError::Encoding { part, .. } => (
            format!("partie {part} : Content-Transfer-Encoding inconnu"),
            format!("part {part}: unknown Content-Transfer-Encoding"),
        ),
        MtomError::Content {
            part,
            offset,
            encoding,
            ..
        } => (
            format!("partie {part} : n'est pas du {encoding} près de l'octet {offset}"),
            format!("part {part}: not {encoding} near byte {offset}"),
        ),
        MtomError::NoRoot { .. } => both(
            "aucune partie n'a le Content-ID que nomme start",
            "no part has the Content-ID that start names",
        ),
        MtomError::Limit { what, limit } => (
            format!("limite dépassée : {what}, {limit}"),
            format!("{what} passes the limit of {limit}"),
        ),
        MtomError::Reference { .. } => both(
            "une référence à une partie n'est pas cid:…",
            "a reference to a part is not cid:…",
        ),
        _ => both("multipart illisible", "a multipart that cannot be read"),
    }
}
