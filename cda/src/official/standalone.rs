//! A document inside a stylesheet, as a document of its own.

use segur_xml::{Document, Limits, Node, XmlError};

/// The `ClinicalDocument` of a self-presenting document, alone. Lines, and byte offsets after its
/// first tag, stay those of the file: what stood before is replaced by blanks.
pub(super) fn standalone(document: &Document, root: Node<'_>) -> Result<Document, XmlError> {
    let bytes = document.to_bytes();
    let span = root.span();
    let (start, end) = (span.start.min(bytes.len()), span.end.min(bytes.len()));
    let mut out: Vec<u8> = bytes[..start]
        .iter()
        .map(|b| if matches!(b, b'\n' | b'\r') { *b } else { b' ' })
        .collect();
    let body = &bytes[start..end];
    // Namespaces that the stylesheet declares for it.
    let own: Vec<Option<&str>> = root.namespace_declarations().map(|d| d.prefix).collect();
    let mut inherited = String::new();
    for declaration in root.namespaces_in_scope() {
        if own.contains(&declaration.prefix) || declaration.namespace.is_empty() {
            continue;
        }
        let value = declaration
            .namespace
            .replace('&', "&amp;")
            .replace('<', "&lt;");
        let value = value.replace('"', "&quot;");
        match declaration.prefix {
            Some("xml") => {}
            Some(prefix) => inherited.push_str(&format!(" xmlns:{prefix}=\"{value}\"")),
            None => inherited.push_str(&format!(" xmlns=\"{value}\"")),
        }
    }
    let mut blanks = inherited.len();
    out.retain(|b| {
        let drop = *b == b' ' && blanks > 0;
        blanks -= usize::from(drop);
        !drop
    });
    let name_end = body
        .iter()
        .position(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/'))
        .unwrap_or(body.len());
    out.extend_from_slice(&body[..name_end]);
    out.extend_from_slice(inherited.as_bytes());
    out.extend_from_slice(&body[name_end..]);
    let mut limits = Limits::default();
    limits.max_bytes = limits.max_bytes.max(out.len());
    Document::parse_with(&out, &limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_offsets_are_kept() {
        let source = "<?xml version='1.0'?>\n<s xmlns:x='urn:x' xmlns='urn:d'>é\n  <a><b x:k='1'/>\n</a>\n</s>\n";
        let document = Document::parse(source.as_bytes()).unwrap();
        let a = document.root_element().child("urn:d", "a").unwrap();
        let alone = standalone(&document, a).unwrap();
        let root = alone.root_element();
        assert!(root.is("urn:d", "a"));
        let (b, old) = (
            root.child("urn:d", "b").unwrap(),
            a.child("urn:d", "b").unwrap(),
        );
        assert_eq!(b.position().line, old.position().line);
        assert_eq!(b.span(), old.span());
        assert_eq!(b.attribute_ns("urn:x", "k").as_deref(), Some("1"));
        assert_eq!(
            alone.root().children().filter(|n| n.is_element()).count(),
            1
        );
    }
}
