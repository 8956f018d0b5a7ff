//! Identifiers of elements, as references name them.

use segur_xml::{Attribute, Document, Node};

/// The ID of an element: attribute `ID` (SAML 2.0 core, section 1.3.4) or `Id` (XML signature), without namespace.
pub(super) fn own_id(element: Node<'_>) -> Option<String> {
    let id = element
        .attribute("ID")
        .or_else(|| element.attribute("Id"))?;
    Some(id.into_owned())
}

/// Everything that some processor may take for an ID: `ID`, `Id`, `id`, `wsu:Id`, `xml:id`, `AssertionID`.
fn is_id(attribute: &Attribute<'_>) -> bool {
    let name = attribute.local_name();
    name.eq_ignore_ascii_case("id") || name == "AssertionID"
}

/// The elements of this ID in the whole document; two are enough to know that it is not unique.
pub(super) fn bearers<'a>(doc: &'a Document, id: &str) -> Vec<Node<'a>> {
    let all = doc.root().descendants().filter(|node| node.is_element());
    let named = all.filter(|node| {
        let mut attributes = node.attributes();
        attributes.any(|attribute| is_id(&attribute) && attribute.value() == id)
    });
    named.take(2).collect()
}
