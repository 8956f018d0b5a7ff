//! `segur inspect`: what a document is, without judging it.

use std::fmt::Write as _;

use anstyle::Style;
use segur_core::Lang;
use segur_xml::{Document, Limits, Node};
use serde::Serialize;

use crate::cli::{Inspect, ListFormat};
use crate::files;
use crate::output::{Failure, Terminal};
use crate::{FINE, tr};

const HL7: &str = "urn:hl7-org:v3";

/// What the header and the body say.
#[derive(Debug, Default, Serialize)]
struct Facts {
    bytes: usize,
    encoding: String,
    title: Option<String>,
    code: Option<Code>,
    templates: Vec<String>,
    id: Option<String>,
    set_id: Option<String>,
    version: Option<String>,
    effective_time: Option<String>,
    language: Option<String>,
    confidentiality: Option<String>,
    authors: Vec<String>,
    custodian: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patient: Option<Patient>,
    sections: Vec<Section>,
    attachments: Vec<Attachment>,
}

#[derive(Debug, Default, Serialize)]
struct Code {
    code: String,
    system: String,
    display: Option<String>,
}

#[derive(Debug, Default, Serialize)]
struct Patient {
    names: Vec<String>,
    sex: Option<String>,
    birth_time: Option<String>,
    ids: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
struct Section {
    depth: usize,
    code: Option<String>,
    title: Option<String>,
    entries: usize,
    line: u32,
}

#[derive(Debug, Default, Serialize)]
struct Attachment {
    path: String,
    media_type: Option<String>,
    bytes: usize,
}

pub(crate) fn run(options: &Inspect, lang: Lang, terminal: &Terminal) -> Result<u8, Failure> {
    let limits = Limits::default();
    let refused = |fr: String, en: String| {
        let path = options.file.display();
        Failure::refused(format!("{path} : {fr}"), format!("{path}: {en}"))
    };
    let input = files::collect(std::slice::from_ref(&options.file));
    let [input] = input.as_slice() else {
        return Err(refused(
            "indiquer un seul fichier".into(),
            "name one file".into(),
        ));
    };
    let bytes = files::read(input, limits.max_bytes).map_err(|finding| {
        let found = finding.found.as_ref().map_or("", |f| f.reveal());
        let say = |lang| format!("{} {found}", finding.message.get(lang));
        refused(say(Lang::Fr), say(Lang::En))
    })?;
    let document = Document::parse_with(&bytes, &limits)
        .map_err(|error| refused(error.message_fr(), error.message_en()))?;
    let root = clinical_document(&document).ok_or_else(|| {
        refused(
            "aucun ClinicalDocument".into(),
            "no ClinicalDocument".into(),
        )
    })?;
    let mut facts = facts(root, options.show_identity);
    facts.bytes = bytes.len();
    facts.encoding = document.encoding().to_string();
    let text = match options.format {
        ListFormat::Json => serde_json::to_string_pretty(&facts).unwrap_or_default() + "\n",
        ListFormat::Text => page(&facts, lang),
    };
    terminal.print(text.as_bytes())?;
    Ok(FINE)
}

/// The document, or the one that a stylesheet wraps.
fn clinical_document(document: &Document) -> Option<Node<'_>> {
    let root = document.root_element();
    let is = |node: &Node<'_>| node.is(HL7, "ClinicalDocument");
    if is(&root) {
        Some(root)
    } else {
        root.descendants().find(is)
    }
}

fn facts(root: Node<'_>, show_identity: bool) -> Facts {
    let child = |name: &str| root.child(HL7, name);
    let value = |name: &str, attribute: &str| {
        child(name)?
            .attribute(attribute)
            .map(std::borrow::Cow::into_owned)
    };
    Facts {
        title: child("title").map(|n| text_of(n)),
        code: child("code").map(|node| Code {
            code: attribute(node, "code"),
            system: attribute(node, "codeSystem"),
            display: node
                .attribute("displayName")
                .map(std::borrow::Cow::into_owned),
        }),
        templates: root
            .children_named(HL7, "templateId")
            .map(identifier)
            .collect(),
        id: child("id").map(identifier),
        set_id: child("setId").map(identifier),
        version: value("versionNumber", "value"),
        effective_time: value("effectiveTime", "value"),
        language: value("languageCode", "code"),
        confidentiality: value("confidentialityCode", "code"),
        authors: root.children_named(HL7, "author").map(author).collect(),
        custodian: child("custodian")
            .and_then(|n| n.descendants().find(|d| d.is(HL7, "name")))
            .map(|n| text_of(n)),
        patient: child("recordTarget").filter(|_| show_identity).map(patient),
        sections: sections(root),
        attachments: attachments(root),
        ..Facts::default()
    }
}

fn author(node: Node<'_>) -> String {
    let find = |name: &str| node.descendants().find(|d| d.is(HL7, name));
    let name = find("assignedPerson")
        .and_then(|p| p.child(HL7, "name"))
        .or_else(|| find("softwareName"))
        .map(|n| text_of(n));
    let organization = find("representedOrganization").and_then(|o| o.child(HL7, "name"));
    let mut parts: Vec<String> = name.into_iter().collect();
    parts.extend(organization.map(|n| text_of(n)));
    parts.extend(node.child(HL7, "time").map(|t| attribute(t, "value")));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn patient(node: Node<'_>) -> Patient {
    let find = |name: &str| node.descendants().find(|d| d.is(HL7, name));
    let person = find("patient");
    let names = person
        .into_iter()
        .flat_map(|p| p.children_named(HL7, "name"))
        .map(|n| text_of(n));
    let of = |name: &str, what: &str| Some(attribute(find(name)?, what));
    let role = find("patientRole");
    Patient {
        names: names.collect(),
        sex: of("administrativeGenderCode", "code"),
        birth_time: of("birthTime", "value"),
        ids: role
            .into_iter()
            .flat_map(|r| r.children_named(HL7, "id"))
            .map(identifier)
            .collect(),
    }
}

fn sections(root: Node<'_>) -> Vec<Section> {
    root.descendants()
        .filter(|node| node.is(HL7, "section"))
        .map(|node| Section {
            depth: node.ancestors().filter(|a| a.is(HL7, "section")).count(),
            code: node.child(HL7, "code").map(|c| attribute(c, "code")),
            title: node.child(HL7, "title").map(|t| text_of(t)),
            entries: node.children_named(HL7, "entry").count(),
            line: node.position().line,
        })
        .collect()
}

/// Everything in base64: the body of an N1 document, media, thumbnails.
fn attachments(root: Node<'_>) -> Vec<Attachment> {
    root.descendants()
        .filter(|node| node.attribute("representation").as_deref() == Some("B64"))
        .map(|node| {
            let symbols = node
                .children()
                .filter_map(|c| c.text())
                .fold(0, |sum, text| {
                    sum + text
                        .bytes()
                        .filter(|b| !b.is_ascii_whitespace() && *b != b'=')
                        .count()
                });
            Attachment {
                path: node.path(),
                media_type: node
                    .attribute("mediaType")
                    .map(std::borrow::Cow::into_owned),
                bytes: symbols * 3 / 4,
            }
        })
        .collect()
}

fn attribute(node: Node<'_>, name: &str) -> String {
    node.attribute(name).unwrap_or_default().into_owned()
}

fn identifier(node: Node<'_>) -> String {
    match (attribute(node, "root"), attribute(node, "extension")) {
        (root, extension) if extension.is_empty() => root,
        (root, extension) => format!("{root}^{extension}"),
    }
}

fn text_of(node: Node<'_>) -> String {
    let mut words = Vec::new();
    for part in node.descendants().filter_map(|d| d.text()) {
        words.extend(part.split_whitespace().map(str::to_owned));
    }
    words.join(" ")
}

fn page(facts: &Facts, lang: Lang) -> String {
    const BOLD: Style = Style::new().bold();
    let mut out = String::new();
    // Writing to a String cannot fail, here and below.
    let mut line = |fr: &'static str, en: &'static str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{BOLD}{:<18}{BOLD:#} {value}", tr(lang, fr, en));
        }
    };
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    line("Titre", "Title", &or_empty(&facts.title));
    if let Some(code) = &facts.code {
        let display = or_empty(&code.display);
        line(
            "Type",
            "Type",
            &format!("{} ({}) {display}", code.code, code.system),
        );
    }
    for template in &facts.templates {
        line("Modèle", "Template", template);
    }
    line("Identifiant", "Id", &or_empty(&facts.id));
    line("Lot de versions", "Set", &or_empty(&facts.set_id));
    line("Version", "Version", &or_empty(&facts.version));
    line("Date", "Date", &or_empty(&facts.effective_time));
    line("Langue", "Language", &or_empty(&facts.language));
    line(
        "Confidentialité",
        "Confidentiality",
        &or_empty(&facts.confidentiality),
    );
    for author in &facts.authors {
        line("Auteur", "Author", author);
    }
    line("Conservation", "Custodian", &or_empty(&facts.custodian));
    match &facts.patient {
        None => line(
            "Patient",
            "Patient",
            tr(lang, "masqué (--show-identity)", "masked (--show-identity)"),
        ),
        Some(patient) => {
            let who = [
                patient.names.join(" / "),
                or_empty(&patient.sex),
                or_empty(&patient.birth_time),
            ];
            line("Patient", "Patient", &who.join(", "));
            for id in &patient.ids {
                line("", "", id);
            }
        }
    }
    line(
        "Taille",
        "Size",
        &format!("{} ({})", facts.bytes, facts.encoding),
    );
    for section in &facts.sections {
        let indent = "  ".repeat(section.depth);
        let title = section.title.as_deref().unwrap_or("-");
        let code = section.code.as_deref().unwrap_or("-");
        let entries = section.entries;
        let count = tr(lang, "entrée(s), ligne", "entry(ies), line");
        line(
            "Section",
            "Section",
            &format!(
                "{indent}{title} [{code}] {entries} {count} {}",
                section.line
            ),
        );
    }
    for attachment in &facts.attachments {
        let media = attachment.media_type.as_deref().unwrap_or("-");
        let unit = tr(lang, "octets", "bytes");
        line(
            "Pièce jointe",
            "Attachment",
            &format!("{media}, {} {unit}, {}", attachment.bytes, attachment.path),
        );
    }
    out
}
