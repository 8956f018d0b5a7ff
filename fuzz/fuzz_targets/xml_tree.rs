//! The XML tree: read, walk, write back, edit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use segur_xml::{Document, Node, NodeId, NodeKind};

fuzz_target!(|data: &[u8]| {
    let cut = data.windows(4).position(|four| four == [0; 4]);
    let (source, commands) = match cut {
        Some(at) => (&data[..at], &data[at + 4..]),
        None => (data, &[][..]),
    };
    match Document::parse(source) {
        Ok(mut doc) => {
            assert!(doc.to_bytes() == source, "not written back as it was");
            walk(&doc, source.len());
            edit(&mut doc, commands);
        }
        Err(error) => {
            assert!(error.offset() <= source.len());
            assert!(error.position().line >= 1 && error.position().column >= 1);
            assert!(error.to_string().len() < 2000 && error.message_fr().len() < 2000);
        }
    }
});

/// Asks the first nodes for everything.
fn walk(doc: &Document, len: usize) {
    assert_eq!(doc.source_len(), len);
    let mut last = doc.root().id();
    for node in doc.root().descendants().take(200) {
        assert!(node.id() > last, "ids follow document order");
        last = node.id();
        let span = node.span();
        assert!(span.start < span.end && span.end <= len);
        assert!(node.parent().is_some_and(|parent| {
            parent.kind() == NodeKind::Document || (parent.span().start < span.start && span.end < parent.span().end)
        }));
        assert_eq!(doc.position_at(span.start), node.position());
        assert!(node.path().starts_with('/'));
        assert_eq!(node.next_sibling().and_then(|next| next.previous_sibling()).unwrap_or(node), node);
        assert_eq!(node.children().count(), node.children().rev().count());
        let _ = (node.text(), node.string_value(), node.namespaces_in_scope());
        if let Some(id) = node.name_id() {
            assert_eq!(doc.name_id(node.namespace(), node.local_name()), Some(id));
            assert_eq!(node.lookup_namespace(node.prefix()).unwrap_or(""), node.namespace());
        }
        for attribute in node.attributes() {
            let tag = node.start_tag_span();
            assert!(tag.start < attribute.span().start && attribute.span().end < tag.end);
            assert_eq!(doc.position_at(attribute.span().start), attribute.position());
            let value = node.attribute_ns(attribute.namespace(), attribute.local_name());
            assert_eq!(value, Some(attribute.value()));
        }
    }
}

/// Commands are an operation, the number of a node, and arguments that end with a NUL.
fn edit(doc: &mut Document, mut commands: &[u8]) {
    for _ in 0..16 {
        let [operation, index, rest @ ..] = commands else { break };
        let len = rest.iter().position(|&byte| byte == 0).unwrap_or(rest.len());
        let argument = String::from_utf8_lossy(&rest[..len]).into_owned();
        commands = rest.get(len + 1..).unwrap_or(&[]);
        let all: Vec<NodeId> = doc.root().descendants().map(|node| node.id()).collect();
        let node = all[usize::from(*index) % all.len()];
        let done = match operation % 8 {
            0 => {
                let (name, value) = argument.split_once('=').unwrap_or((&argument, ""));
                doc.set_attribute(node, name, value).is_ok()
            }
            1 => doc.remove_attribute(node, &argument).is_ok(),
            2 => doc.append_child(node, &argument).is_ok(),
            3 => doc.insert_before(node, &argument).is_ok(),
            4 => doc.insert_after(node, &argument).is_ok(),
            5 => doc.replace(node, &argument).is_ok(),
            6 => doc.remove(node).is_ok(),
            _ => doc.set_text(node, &argument).is_ok(),
        };
        if done {
            let again = Document::parse(&doc.to_bytes()).expect("what was edited can be read");
            assert_eq!(dump(&again), dump(doc), "the tree that was edited");
        }
    }
}

/// Names, values and order; neighbouring texts as one.
fn dump(doc: &Document) -> String {
    let mut out = String::new();
    let mut text = String::new();
    inside(doc.root(), &mut out, &mut text);
    out
}

fn inside(node: Node<'_>, out: &mut String, text: &mut String) {
    for child in node.children() {
        if child.kind() == NodeKind::Text {
            text.push_str(&child.text().unwrap_or_default());
            continue;
        }
        flush(out, text);
        let names = (child.namespace(), child.prefix(), child.local_name(), child.text());
        out.push_str(&format!("{names:?}"));
        for a in child.attributes() {
            out.push_str(&format!(" {:?}={:?}", (a.namespace(), a.prefix(), a.local_name()), a.value()));
        }
        for declaration in child.namespace_declarations() {
            out.push_str(&format!(" {declaration:?}"));
        }
        out.push('(');
        inside(child, out, text);
        out.push(')');
    }
    flush(out, text);
}

fn flush(out: &mut String, text: &mut String) {
    if !text.is_empty() {
        out.push_str(&format!("{:?}", std::mem::take(text)));
    }
}
