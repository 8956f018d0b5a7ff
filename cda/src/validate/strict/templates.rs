//! Sections and vital signs of the child's, vaccination and screening documents: what a template fixes, as tables.

use segur_core::Found;
use segur_xml::Node;

use super::rules::{SECTION_CODE, VITAL_SIGN_UNIT};
use crate::validate::context::{HL7, Sink};
use crate::validate::templates::{knows, knows_unit};

/// Root of the section templates of the CI-SIS, whose last number is the key of [`SECTIONS`].
const SECTION_ROOT: &str = "1.2.250.1.213.1.1.2.";
/// Template of an observed vital sign (FR-Signe-vital-observe).
const VITAL_SIGN: &str = "1.2.250.1.213.1.1.3.50";
/// Its parent (IHE PCC Vital Signs Observation), whose units the published rules check.
const VITAL_SIGN_PARENT: &str = "1.3.6.1.4.1.19376.1.5.3.1.4.13.2";
/// LOINC, the code system of every code of this file.
const LOINC: &str = "2.16.840.1.113883.6.1";

/// Number of a section template and its one LOINC code. Sections with a choice of codes are left out.
const SECTIONS: &[(&str, &str)] = &[
    ("75", "8716-3"),
    ("77", "10162-6"),
    ("79", "48768-6"),
    ("84", "29545-1"),
    ("118", "29554-3"),
    ("123", "57074-7"),
    ("124", "57075-4"),
    ("132", "11450-4"),
    ("134", "11348-0"),
    ("137", "48765-2"),
    ("141", "29762-2"),
    ("145", "18610-6"),
    ("147", "11369-6"),
    ("158", "18776-5"),
    ("161", "xx-MCH-PsychoMDev"),
    ("163", "42545-4"),
    ("173", "57078-8"),
];

const LENGTHS: &[&str] = &["m", "cm", "[in_us]", "[in_uk]"];
const PER_MINUTE: &[&str] = &["/min"];
const PRESSURES: &[&str] = &["mm[Hg]"];
const SCORES: &[&str] = &["{score}"];

/// LOINC code of a vital sign and the UCUM units that its value may have.
const UNITS: &[(&str, &[&str])] = &[
    ("29463-7", &["kg", "g", "[lb_av]", "[oz_av]"]),
    ("8302-2", LENGTHS),
    ("8306-3", LENGTHS),
    ("8287-5", LENGTHS),
    ("39156-5", &["kg/m2"]),
    ("2708-6", &["%"]),
    ("8867-4", PER_MINUTE),
    ("9279-1", PER_MINUTE),
    ("8480-6", PRESSURES),
    ("8462-4", PRESSURES),
    ("8310-5", &["Cel", "[degF]"]),
    ("9271-8", SCORES),
    ("9272-6", SCORES),
    ("9274-2", SCORES),
];

/// Checks an element that may carry one of these templates.
pub(super) fn check<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    if node.is(HL7, "section") {
        section(node, sink);
    } else if node.is(HL7, "observation") {
        vital_sign(node, sink);
    }
}

fn templates<'a>(node: Node<'a>) -> impl Iterator<Item = Node<'a>> {
    node.children().filter(|child| child.is(HL7, "templateId"))
}

fn section<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    // A parent whose code is asked for by the published rules says it already.
    let told = |t: Node<'_>| {
        t.attribute("root")
            .is_some_and(|root| !root.starts_with(SECTION_ROOT) && knows(&root))
    };
    if templates(node).any(told) {
        return;
    }
    let expected = templates(node).find_map(|template| {
        let root = template.attribute("root")?;
        let number = root.strip_prefix(SECTION_ROOT)?;
        let row = SECTIONS.iter().find(|(known, _)| *known == number)?;
        Some(row.1)
    });
    let (Some(expected), Some(code)) = (expected, node.child(HL7, "code")) else {
        return;
    };
    let found = code.attribute("code").unwrap_or_default();
    let system = code.attribute("codeSystem").unwrap_or_default();
    if found != expected || system != LOINC {
        sink.emit(&SECTION_CODE, code, |finding| {
            finding
                .with_expected(format!("{expected} ({LOINC})"))
                .with_found(Found::Public(format!("{found} ({system})")))
        });
    }
}

fn vital_sign<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    if !templates(node).any(|t| t.attribute("root").is_some_and(|root| root == VITAL_SIGN)) {
        return;
    }
    let Some(code) = node.child(HL7, "code").and_then(|c| c.attribute("code")) else {
        return;
    };
    let parent = |t: Node<'_>| {
        t.attribute("root")
            .is_some_and(|root| root == VITAL_SIGN_PARENT)
    };
    if knows_unit(&code) && templates(node).any(parent) {
        return;
    }
    let Some((_, units)) = UNITS.iter().find(|(known, _)| *known == code) else {
        return;
    };
    let Some(value) = node.child(HL7, "value") else {
        return;
    };
    if value.attribute("nullFlavor").is_some() {
        return;
    }
    let unit = value.attribute("unit").unwrap_or_default();
    if !units.contains(&unit.as_ref()) {
        sink.emit(&VITAL_SIGN_UNIT, value, |finding| {
            finding
                .with_expected(units.join(", "))
                .with_found(Found::Public(unit.into_owned()))
        });
    }
}
