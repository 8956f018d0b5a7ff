//! Parts carried in base64: do they decode, and are they what they say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use segur_core::Found;
use segur_xml::Node;

use super::rules::{BASE64, INLINE_MEDIA_TYPE, MEDIA_TYPE, PDF_A, REPRESENTATION};
use crate::validate::context::{HL7, Sink};

/// Beginnings of the formats that the CI-SIS admits in a nonXMLBody, where the format has one.
const SIGNATURES: &[(&str, &[&[u8]])] = &[
    ("application/pdf", &[b"%PDF-"]),
    ("image/jpeg", &[&[0xFF, 0xD8, 0xFF]]),
    ("image/png", &[b"\x89PNG\r\n\x1a\n"]),
    ("image/gif", &[b"GIF87a", b"GIF89a"]),
    ("image/tiff", &[b"II*\0", b"MM\0*"]),
    ("text/rtf", &[b"{\\rtf"]),
];

/// Checks an element that may carry a part.
pub(super) fn check<'a>(node: Node<'a>, sink: &mut Sink<'a>) {
    let body = node.is(HL7, "text") && node.parent().is_some_and(|p| p.is(HL7, "nonXMLBody"));
    let announced = node.attribute("representation").is_some_and(|r| r == "B64");
    if !announced {
        let inline = body && node.child(HL7, "reference").is_none();
        let text_type = node
            .attribute("mediaType")
            .is_none_or(|m| m == "text/plain");
        if inline && !text_type {
            sink.emit(&REPRESENTATION, node, |finding| {
                finding.with_expected("B64")
            });
        }
        return;
    }
    let Some(content) = decode(node) else {
        sink.emit(&BASE64, node, |finding| finding);
        return;
    };
    if content.is_empty() {
        return;
    }
    let media = node.attribute("mediaType").unwrap_or_default();
    let known = SIGNATURES.iter().find(|(name, _)| *name == media);
    if let Some((_, marks)) = known
        && !marks.iter().any(|mark| content.starts_with(mark))
    {
        let rule = if body {
            &MEDIA_TYPE
        } else {
            &INLINE_MEDIA_TYPE
        };
        sink.emit(rule, node, |finding| {
            finding.with_found(Found::Public(sniff(&content).to_owned()))
        });
        return;
    }
    if body && media == "application/pdf" && !declares_pdf_a1(&content) {
        sink.emit(&PDF_A, node, |finding| finding);
    }
}

fn decode(node: Node<'_>) -> Option<Vec<u8>> {
    let mut text: Vec<u8> = Vec::new();
    for child in node.children() {
        if let Some(part) = child
            .text()
            .filter(|_| child.kind() == segur_xml::NodeKind::Text)
        {
            text.extend(part.bytes().filter(|b| !b.is_ascii_whitespace()));
        }
    }
    STANDARD.decode(text).ok()
}

fn sniff(content: &[u8]) -> &'static str {
    SIGNATURES
        .iter()
        .find(|(_, marks)| marks.iter().any(|mark| content.starts_with(mark)))
        .map_or("?", |(name, _)| name)
}

/// The mark of PDF/A-1 in the metadata, which stand uncompressed in such files: element or attribute.
fn declares_pdf_a1(content: &[u8]) -> bool {
    let mut rest = content;
    while let Some(at) = find(rest, b"pdfaid:part") {
        rest = rest.get(at + b"pdfaid:part".len()..).unwrap_or_default();
        let value = rest
            .iter()
            .find(|b| !matches!(b, b'>' | b'=' | b'"' | b'\'' | b' ' | b'\n' | b'\r' | b'\t'));
        if value == Some(&b'1') {
            return true;
        }
    }
    false
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
