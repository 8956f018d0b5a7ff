//! Reading of types that hold text beside elements.

use std::borrow::Cow;

use segur_xml::{Attribute, Node, NodeKind};

use super::{AttributeSlot, Reader, ToleranceKind, XSI};

/// Gives each attribute to `take`, which says whether it knew it; `fixed` ones are compared.
pub(crate) fn read_attributes(
    node: Node<'_>,
    reader: &mut Reader,
    fixed: &[(&str, &'static str)],
    mut take: impl FnMut(&str, Attribute<'_>, &mut Reader) -> bool,
) {
    for attribute in node.attributes() {
        if attribute.namespace() == XSI {
            continue;
        }
        if attribute.namespace().is_empty() {
            let local = attribute.local_name();
            if let Some((_, value)) = fixed.iter().find(|(name, _)| *name == local) {
                if attribute.value() != *value {
                    reader.attribute(ToleranceKind::FixedAttribute, attribute, Some(value));
                }
                continue;
            }
            if take(local, attribute, reader) {
                continue;
            }
        }
        reader.unknown_attribute(attribute);
    }
}

/// Takes the attribute into the field and says that it was known.
pub(crate) fn into<T: AttributeSlot>(
    field: &mut T,
    attribute: Attribute<'_>,
    reader: &mut Reader,
) -> bool {
    field.take(attribute, reader);
    true
}

/// The text directly in an element, comments left out.
pub(crate) fn own_text(node: Node<'_>) -> String {
    let mut texts = node
        .children()
        .filter(|c| c.kind() == NodeKind::Text)
        .filter_map(|c| c.text());
    let first = texts.next().map(Cow::into_owned).unwrap_or_default();
    texts.fold(first, |mut all, text| {
        all.push_str(&text);
        all
    })
}
