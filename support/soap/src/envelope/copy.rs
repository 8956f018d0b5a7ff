//! A part of a message as a document of its own.

use segur_xml::{Node, NodeKind, WriteError, XmlWriter};

/// An element as markup that stands alone: the namespaces that were declared around it are declared on it.
///
/// Names, attributes, texts, comments and instructions are the same; quotes, CDATA sections and the spelling of
/// references may differ, which the canonical form of signatures does not see.
///
/// ```
/// use segur_soap::envelope::fragment;
/// use segur_xml::Document;
///
/// let doc = Document::parse(b"<a xmlns:p='urn:p'><p:b c='1'>x &lt; y</p:b></a>")?;
/// let inner = doc.root_element().child("urn:p", "b").ok_or("no child")?;
/// assert_eq!(fragment(inner)?, r#"<p:b xmlns:p="urn:p" c="1">x &lt; y</p:b>"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the node is no element.
pub fn fragment(top: Node<'_>) -> Result<String, WriteError> {
    let mut w = XmlWriter::new();
    let mut node = top;
    loop {
        if enter(&mut w, node, node == top)? {
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            w.end()?;
        }
        loop {
            if node == top {
                return w.finish();
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return w.finish(),
            }
            w.end()?;
        }
    }
}

/// Writes a node or the start of an element; true when it is one, and must be ended.
fn enter(w: &mut XmlWriter, node: Node<'_>, is_top: bool) -> Result<bool, WriteError> {
    let text = node.text().unwrap_or_default();
    match node.kind() {
        NodeKind::Text => w.text(&text)?,
        NodeKind::Comment => w.comment(&text)?,
        NodeKind::ProcessingInstruction => w.instruction(node.local_name(), &text)?,
        _ => {
            w.start(&qualified(node.prefix(), node.local_name()))?;
            let declared = if is_top {
                node.namespaces_in_scope()
            } else {
                node.namespace_declarations().collect()
            };
            for declaration in declared {
                match declaration.prefix {
                    Some("xml") => {}
                    Some(prefix) => {
                        w.attr(&format!("xmlns:{prefix}"), declaration.namespace)?;
                    }
                    None => {
                        w.attr("xmlns", declaration.namespace)?;
                    }
                }
            }
            for attribute in node.attributes() {
                let name = qualified(attribute.prefix(), attribute.local_name());
                w.attr(&name, &attribute.value())?;
            }
            return Ok(true);
        }
    };
    Ok(false)
}

fn qualified(prefix: Option<&str>, local: &str) -> String {
    match prefix {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_owned(),
    }
}
