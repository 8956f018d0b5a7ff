//! ANY: what holds of every type.

use segur_xml::{Attribute, Node};

use super::super::context::XSI;
use super::value::{Value, has_text};

rules! {
    why "Un nullFlavor dit que la valeur manque et pourquoi : une valeur à côté de lui se contredit, et les lecteurs ne savent laquelle croire.",
        "A nullFlavor says that the value is missing and why: a value beside it is a contradiction, and readers cannot know which to believe.";
    NULL_WITH_CONTENT = "null-with-content", Error, "dtr1-1-ANY";
        "un nullFlavor est accompagné d'un contenu ou d'autres attributs",
        "a nullFlavor stands beside content or other attributes";
        "retirer le nullFlavor si la valeur est connue, sinon retirer le reste",
        "remove the nullFlavor if the value is known, else remove the rest";
        "<telecom nullFlavor=\"NI\" value=\"tel:0102030405\"/>" => "<telecom nullFlavor=\"NI\"/>";
}

/// Attributes that tolerate a `nullFlavor` beside them only with this value: it is the default of the schema.
const DEFAULTS: &[(&str, &str)] = &[
    ("integrityCheckAlgorithm", "SHA-1"),
    ("mediaType", "text/plain"),
    ("operator", "I"),
    ("representation", "TXT"),
    ("inclusive", "true"),
    ("unit", "1"),
];

/// Looks at the value and at every element in it.
pub(super) fn check(value: &mut Value<'_, '_>) {
    let Some(null_flavor) = value.state.null_flavor else {
        return;
    };
    let span = value.node.span();
    if value.state.looked_at.contains(&span.start) {
        return;
    }
    value.state.looked_at = span;
    let inside = value.node.descendants().filter(Node::is_element);
    for element in std::iter::once(value.node).chain(inside) {
        let flavor = element.attribute_by_id(null_flavor);
        if flavor.is_some_and(|flavor| !is_null(element) && !is_explained(element, &flavor.value()))
        {
            value.refuse_at(&NULL_WITH_CONTENT, element);
        }
    }
}

/// Nothing but the null flavor.
fn is_null(node: Node<'_>) -> bool {
    let foreseen = |a: &Attribute<'_>| match (a.namespace(), a.local_name()) {
        (XSI, "type" | "nil") => true,
        (
            "",
            "nullFlavor" | "classCode" | "typeCode" | "determinerCode" | "moodCode" | "partType",
        ) => true,
        ("", "codeSystem") => a.value() == "2.16.840.1.113883.5.139",
        ("", "codeSystemName") => a.value() == "TimingEvent",
        ("", "inverted") => a.value() == "false",
        ("", name) => is_default(name, &a.value()),
        _ => false,
    };
    node.attributes().all(|a| foreseen(&a)) && node.elements().next().is_none() && !has_text(node)
}

/// A null flavor that calls for an explanation, with one: what was meant instead, or in which code system.
fn is_explained(node: Node<'_>, flavor: &str) -> bool {
    let foreseen = |a: &Attribute<'_>| match (a.namespace(), a.local_name()) {
        (XSI, "type" | "nil") | (_, "valueSet" | "valueSetVersion") => true,
        (
            "",
            "nullFlavor" | "codeSystem" | "codeSystemName" | "codeSystemVersion" | "extension"
            | "partType",
        ) => true,
        ("", name) => is_default(name, &a.value()),
        _ => false,
    };
    matches!(flavor, "OTH" | "NA" | "UNC")
        && node.attributes().all(|a| foreseen(&a))
        && (node.attribute("extension").is_some()
            || node.attribute("codeSystem").is_some()
            || node
                .elements()
                .any(|e| matches!(e.local_name(), "originalText" | "translation")))
}

fn is_default(name: &str, value: &str) -> bool {
    DEFAULTS.contains(&(name, value))
}
