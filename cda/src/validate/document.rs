//! Finding the clinical document in the file, and places in it.

use segur_core::{Finding, Found, Location, Message, RuleInfo, Severity};
use segur_xml::{Attribute, Document, Node, XmlError};

use super::catalogue::text;
use super::context::{HL7, from_rule};

/// Namespace of the stylesheet that wraps an auto-presentable document.
const XSLT: &str = "http://www.w3.org/1999/XSL/Transform";
const CDA: &str = "HL7 CDA R2, POCD_MT000040";

/// The rules about the file as a whole.
pub(super) static RULES: &[&RuleInfo] = &[&UNREADABLE, &NO_DOCUMENT, &SEVERAL_DOCUMENTS];

static UNREADABLE: RuleInfo = RuleInfo {
    id: "doc-unreadable",
    title: text(
        "le fichier n'est pas un document XML lisible",
        "the file is not a readable XML document",
    ),
    severity: Severity::Fatal,
    source: "XML 1.0",
    why: text(
        "Rien d'autre ne peut être contrôlé : le fichier est tronqué, mal formé, mal encodé, contient une DTD, ou dépasse les limites de lecture.",
        "Nothing else can be checked: the file is cut, malformed, wrongly encoded, has a DTD, or exceeds the limits of reading.",
    ),
    remedy: text("corriger l'endroit indiqué", "mend the place shown"),
    bad: Some("<ClinicalDocument><id></ClinicalDocument>"),
    good: Some(
        "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id root=\"2.999.1\"/></ClinicalDocument>",
    ),
    profile: "official",
};

static NO_DOCUMENT: RuleInfo = RuleInfo {
    id: "doc-no-clinical-document",
    title: text(
        "le fichier ne contient pas de document CDA",
        "the file holds no CDA document",
    ),
    severity: Severity::Fatal,
    source: CDA,
    why: text(
        "La racine doit être ClinicalDocument dans l'espace de noms urn:hl7-org:v3, ou une feuille de style XSLT qui en contient un (document auto-présentable).",
        "The root must be ClinicalDocument in the namespace urn:hl7-org:v3, or an XSLT stylesheet that holds one (auto-presentable document).",
    ),
    remedy: text(
        "vérifier le nom de la racine et sa déclaration xmlns",
        "check the name of the root and its xmlns declaration",
    ),
    bad: Some("<ClinicalDocument>...</ClinicalDocument>"),
    good: Some("<ClinicalDocument xmlns=\"urn:hl7-org:v3\">...</ClinicalDocument>"),
    profile: "official",
};

static SEVERAL_DOCUMENTS: RuleInfo = RuleInfo {
    id: "doc-several-clinical-documents",
    title: text(
        "la feuille de style contient plusieurs documents CDA",
        "the stylesheet holds several CDA documents",
    ),
    severity: Severity::Fatal,
    source: CDA,
    why: text(
        "Un document auto-présentable emballe un seul ClinicalDocument ; avec deux, rien ne dit lequel fait foi.",
        "An auto-presentable document wraps one ClinicalDocument; with two, nothing tells which one counts.",
    ),
    remedy: text(
        "ne garder qu'un ClinicalDocument",
        "keep one ClinicalDocument",
    ),
    bad: None,
    good: None,
    profile: "official",
};

/// The `ClinicalDocument` element of a file, unwrapped from its stylesheet if there is one.
pub(super) fn clinical_document(document: &Document) -> Result<Node<'_>, Box<Finding>> {
    let root = document.root_element();
    if root.is(HL7, "ClinicalDocument") {
        return Ok(root);
    }
    let at = |rule, node: Node<'_>| {
        Box::new(from_rule(rule).with_location(plain_location(node, node.path())))
    };
    if !(root.is(XSLT, "stylesheet") || root.is(XSLT, "transform")) {
        let found = format!("{{{}}}{}", root.namespace(), root.local_name());
        let finding = at(&NO_DOCUMENT, root)
            .with_expected("{urn:hl7-org:v3}ClinicalDocument")
            .with_found(Found::Public(found));
        return Err(Box::new(finding));
    }
    let Some(wanted) = document.name_id(HL7, "ClinicalDocument") else {
        return Err(at(&NO_DOCUMENT, root));
    };
    let mut inside = root
        .descendants()
        .filter(|node| node.name_id() == Some(wanted));
    match (inside.next(), inside.next()) {
        (Some(one), None) => Ok(one),
        (_, Some(second)) => Err(at(&SEVERAL_DOCUMENTS, second)),
        (None, None) => Err(at(&NO_DOCUMENT, root)),
    }
}

/// What could not be read, as a finding.
pub(super) fn unreadable(error: &XmlError) -> Finding {
    let mut finding = from_rule(&UNREADABLE);
    finding.message = Message::new(error.message_fr(), error.message_en());
    let position = error.position();
    finding.with_location(Location::new("", position.line, position.column))
}

/// The place of a node: line and column in the file, path from the clinical document.
pub(super) fn location(root: Node<'_>, node: Node<'_>) -> Location {
    plain_location(node, unwrapped(root, node.path()))
}

/// The place of an attribute.
pub(super) fn attribute_location(root: Node<'_>, attribute: Attribute<'_>) -> Location {
    let position = attribute.position();
    Location::new(
        unwrapped(root, attribute.path()),
        position.line,
        position.column,
    )
    .with_span(attribute.span())
}

fn plain_location(node: Node<'_>, xpath: String) -> Location {
    let position = node.position();
    Location::new(xpath, position.line, position.column).with_span(node.start_tag_span())
}

/// A path of the file as a path of the clinical document that it wraps.
fn unwrapped(root: Node<'_>, path: String) -> String {
    let above = root
        .parent()
        .filter(|p| p.parent().is_some())
        .map(|p| p.path())
        .unwrap_or_default();
    match path.strip_prefix(&above) {
        Some(rest) if !above.is_empty() => rest.to_owned(),
        _ => path,
    }
}
