//! A part of a message as a document of its own.

use segur_xml::{Node, NodeKind};

/// A node as markup that stands alone: the namespaces that were declared around an element are declared on it.
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
/// assert_eq!(fragment(inner), r#"<p:b xmlns:p="urn:p" c="1">x &lt; y</p:b>"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn fragment(top: Node<'_>) -> String {
    fragment_without(top, None)
}

/// The same, but for one node inside and what is in it.
pub(crate) fn fragment_without(top: Node<'_>, left_out: Option<Node<'_>>) -> String {
    // Written by hand, not by the checking writer: the tree is well-formed already, and a hostile sender could make the
    // checks of prefixes cost more than the message has bytes.
    let mut out = String::new();
    let mut node = top;
    loop {
        let child = kept(node.first_child(), left_out);
        open(&mut out, node, node == top, child.is_none());
        if let Some(child) = child {
            node = child;
            continue;
        }
        loop {
            if node == top {
                return out;
            }
            if let Some(next) = kept(node.next_sibling(), left_out) {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return out,
            }
            if node.is_element() {
                out.push_str("</");
                push_name(&mut out, node.prefix(), node.local_name());
                out.push('>');
            }
        }
    }
}

/// The node, or the one after it when it is the one to leave out.
fn kept<'a>(node: Option<Node<'a>>, left_out: Option<Node<'_>>) -> Option<Node<'a>> {
    match node {
        Some(node) if Some(node) == left_out => node.next_sibling(),
        other => other,
    }
}

/// Writes a node, or the start tag of an element; the end, too, when the element is empty.
fn open(out: &mut String, node: Node<'_>, is_top: bool, is_empty: bool) {
    let text = node.text().unwrap_or_default();
    match node.kind() {
        NodeKind::Document => {}
        NodeKind::Text => push_escaped(out, &text, false),
        NodeKind::Comment => {
            out.push_str("<!--");
            out.push_str(&text);
            out.push_str("-->");
        }
        NodeKind::ProcessingInstruction => {
            out.push_str("<?");
            out.push_str(node.local_name());
            out.push(' ');
            out.push_str(&text);
            out.push_str("?>");
        }
        _ => {
            out.push('<');
            push_name(out, node.prefix(), node.local_name());
            let declared = if is_top {
                node.namespaces_in_scope()
            } else {
                node.namespace_declarations().collect()
            };
            for declaration in declared {
                let name = match declaration.prefix {
                    Some("xml") => continue,
                    Some(prefix) => (Some("xmlns"), prefix),
                    None => (None, "xmlns"),
                };
                push_attribute(out, name, declaration.namespace);
            }
            for attribute in node.attributes() {
                let name = (attribute.prefix(), attribute.local_name());
                push_attribute(out, name, &attribute.value());
            }
            out.push_str(if is_empty { "/>" } else { ">" });
        }
    }
}

fn push_name(out: &mut String, prefix: Option<&str>, local: &str) {
    if let Some(prefix) = prefix {
        out.push_str(prefix);
        out.push(':');
    }
    out.push_str(local);
}

fn push_attribute(out: &mut String, (prefix, local): (Option<&str>, &str), value: &str) {
    out.push(' ');
    push_name(out, prefix, local);
    out.push_str("=\"");
    push_escaped(out, value, true);
    out.push('"');
}

/// A value as text or between double quotes: what would end it, and the white space that reading would change.
fn push_escaped(out: &mut String, value: &str, quoted: bool) {
    for letter in value.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if quoted => out.push_str("&quot;"),
            '\n' if quoted => out.push_str("&#10;"),
            '\t' if quoted => out.push_str("&#9;"),
            other => out.push(other),
        }
    }
}
