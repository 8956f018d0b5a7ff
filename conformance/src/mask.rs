//! Which bytes of a document may be shown to anyone.
//!
//! Markup may, and attribute values outside the elements about the patient. Text, comments, and attribute values that may
//! tell who the patient is may not.

use std::ops::Range;

use segur_xml::{Document, Node, NodeKind};

/// Elements whose whole content is about the patient or the patient's people.
const PERSONS: &[&str] = &[
    "recordTarget",
    "informant",
    "participant",
    "informationRecipient",
    "subject",
    "relatedSubject",
    "associatedEntity",
    "relatedEntity",
    "assignedPerson",
    "guardian",
];

/// Attributes that are hidden everywhere: identifiers, addresses of any kind.
const IDENTIFYING: &[&str] = &["extension"];

/// Byte ranges of attribute values that may be shown, in the order of the document.
pub(crate) fn visible_values(document: &Document) -> Vec<Range<usize>> {
    let mut visible = Vec::new();
    // End of the outermost person that we are in.
    let mut person_until = 0;
    for node in document.root().descendants() {
        if node.kind() != NodeKind::Element {
            continue;
        }
        let span = node.span();
        let in_person = span.start < person_until;
        if !in_person && PERSONS.contains(&node.local_name()) {
            person_until = span.end;
        }
        add_values(node, span.start < person_until, &mut visible);
    }
    visible
}

fn add_values(node: Node<'_>, personal: bool, visible: &mut Vec<Range<usize>>) {
    let contact = matches!(node.local_name(), "telecom" | "birthTime");
    for attribute in node.attributes() {
        let name = attribute.local_name();
        // Object identifiers of systems name no one.
        let hidden = personal || contact || IDENTIFYING.contains(&name);
        if !hidden || is_oid(attribute.raw_value()) {
            visible.push(attribute.value_span());
        }
    }
}

fn is_oid(value: &str) -> bool {
    value.contains('.') && value.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Marks, in one stretch of source, the characters that are markup by their look alone: names after `<` or `</`, and
/// names before `=`. Safe on broken input: a value is never taken for a name, whatever quote is missing.
pub(crate) fn markup(text: &[char]) -> Vec<bool> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
    let mut shown: Vec<bool> = text.iter().map(|c| !c.is_alphanumeric()).collect();
    let mut at = 0;
    while let Some(&character) = text.get(at) {
        if !is_name(character) {
            at += 1;
            continue;
        }
        let end = text[at..]
            .iter()
            .position(|c| !is_name(*c))
            .map_or(text.len(), |length| at + length);
        let before = at.checked_sub(1).and_then(|index| text.get(index));
        let opens = match before {
            Some('<' | '?' | '!') => true,
            Some('/') => at >= 2 && text.get(at - 2) == Some(&'<'),
            _ => false,
        };
        let next = text.get(end);
        let named = next == Some(&'=')
            && before.is_some_and(|c| c.is_whitespace())
            && matches!(text.get(end + 1), Some('"' | '\''));
        if opens || named {
            shown[at..end].fill(true);
        }
        at = end;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let shown = markup(&characters);
        characters
            .iter()
            .zip(shown)
            .map(|(c, shown)| if shown { *c } else { '*' })
            .collect()
    }

    #[test]
    fn markup_stays_and_values_go() {
        assert_eq!(
            masked(r#"<name use="L">Jean</name><!-- né à Lyon -->"#),
            r#"<name use="*">****</name><!-- ** * **** -->"#
        );
    }

    #[test]
    fn a_missing_quote_leaks_nothing() {
        let line = masked(r#"<id extension="277010115400329 root="1.2"/> DUPONT"#);
        assert!(
            !line.contains("277") && !line.contains("DUPONT") && line.contains("root="),
            "{line}"
        );
    }

    #[test]
    fn the_patient_is_hidden_and_the_rest_is_not() {
        let source = br#"<ClinicalDocument><code code="34133-9"/><recordTarget typeCode="RCT"><patientRole><id root="1.2.250.1.213.1.4.8" extension="277010115400329"/><patient><administrativeGenderCode code="F"/><birthTime value="19770121"/></patient></patientRole></recordTarget><languageCode code="fr-FR"/></ClinicalDocument>"#;
        let document = Document::parse(source).unwrap();
        let visible: Vec<&str> = visible_values(&document)
            .into_iter()
            .map(|span| str::from_utf8(&source[span]).unwrap())
            .collect();
        assert_eq!(visible, ["34133-9", "1.2.250.1.213.1.4.8", "fr-FR"]);
    }
}
