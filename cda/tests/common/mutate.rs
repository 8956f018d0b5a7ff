//! Named changes of a document, for data-driven tests.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]

use segur_xml::{Attribute, Document, Node};

/// Makes the changes of one line: `delete PATH && set PATH/@name = value`.
pub(crate) fn apply(source: &[u8], changes: &str) -> Vec<u8> {
    changes
        .split(" && ")
        .fold(source.to_vec(), |source, change| {
            one(&source, change.trim())
        })
}

fn one(source: &[u8], change: &str) -> Vec<u8> {
    let (verb, rest) = change.split_once(' ').expect("a verb and a path");
    let (path, value) = match rest.split_once(" =") {
        Some((path, value)) => (path, value.strip_prefix(' ').unwrap_or(value)),
        None => (rest, ""),
    };
    let (path, name) = match path.split_once("/@") {
        Some((path, name)) => (path, Some(name)),
        None => (path, None),
    };
    let document = Document::parse(source).expect("the source is readable");
    let node = find(&document, path).unwrap_or_else(|| panic!("no {path} in the document"));
    let span = node.span();
    let start = node.start_tag_span();
    let attribute = name.and_then(|name| node.attributes().find(|a| qualified(a) == name));
    match (verb, name) {
        ("delete", None) => splice(source, span.start, span.end, ""),
        ("repeat", None) => {
            let copy = String::from_utf8(source[span.clone()].to_vec()).expect("UTF-8");
            splice(source, span.end, span.end, &copy)
        }
        ("absent", None) => {
            let element = format!("<{} nullFlavor=\"NA\"/>", lexical(node));
            splice(source, span.start, span.end, &element)
        }
        ("text", None) => {
            let element = format!("<{0}>{value}</{0}>", lexical(node));
            splice(source, span.start, span.end, &element)
        }
        ("insert", None) => {
            let end = source[..span.end]
                .iter()
                .rposition(|b| *b == b'<')
                .expect("an end tag");
            if end == start.start {
                let mut element = String::from_utf8(source[start].to_vec()).expect("UTF-8");
                element.truncate(element.len() - "/>".len());
                let element = format!("{element}>{value}</{}>", lexical(node));
                return splice(source, span.start, span.end, &element);
            }
            splice(source, end, end, value)
        }
        ("unset", Some(_)) => {
            let span = attribute.expect("the attribute").span();
            splice(source, span.start, span.end, "")
        }
        ("set", Some(name)) => match attribute {
            Some(attribute) => {
                let span = attribute.span();
                splice(source, span.start, span.end, &format!("{name}=\"{value}\""))
            }
            None => {
                let at = start.start + 1 + lexical(node).len();
                splice(source, at, at, &format!(" {name}=\"{value}\""))
            }
        },
        _ => panic!("unknown change: {change}"),
    }
}

fn find<'a>(document: &'a Document, path: &str) -> Option<Node<'a>> {
    document
        .root()
        .descendants()
        .find(|node| !node.local_name().is_empty() && node.path() == path)
}

fn lexical(node: Node<'_>) -> String {
    match node.prefix() {
        Some(prefix) => format!("{prefix}:{}", node.local_name()),
        None => node.local_name().to_owned(),
    }
}

fn qualified(attribute: &Attribute<'_>) -> String {
    match attribute.prefix() {
        Some(prefix) => format!("{prefix}:{}", attribute.local_name()),
        None => attribute.local_name().to_owned(),
    }
}

fn splice(source: &[u8], from: usize, to: usize, text: &str) -> Vec<u8> {
    [&source[..from], text.as_bytes(), &source[to..]].concat()
}
