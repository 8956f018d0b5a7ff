//! Encodings: read, written back, and places in the bytes that came in.
#![allow(clippy::unwrap_used, clippy::panic)]

use segur_xml::{Document, Encoding, ErrorKind};

fn utf16(text: &str, little: bool, bom: bool) -> Vec<u8> {
    let units = bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(c as u32).unwrap())
        .collect()
}

fn declared(name: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"{name}\"?>\n<é à='ü'>ç\n<b/>\u{A0}x</é>\n")
}

/// Every document with the encoding it is in.
fn accepted() -> Vec<(Vec<u8>, Encoding)> {
    let plain = "<é à='ü'>ç😀\n<b/>x</é>";
    let mut all = vec![
        (plain.as_bytes().to_vec(), Encoding::Utf8),
        (format!("\u{FEFF}{plain}").into_bytes(), Encoding::Utf8),
        (declared("utf-8").into_bytes(), Encoding::Utf8),
        (
            format!("\u{FEFF}{}", declared("UTF-8")).into_bytes(),
            Encoding::Utf8,
        ),
        (latin1(&declared("iso-8859-1")), Encoding::Iso8859_1),
        (latin1(&declared("latin1")), Encoding::Iso8859_1),
        (latin1(&declared("ISO-8859-15")), Encoding::Iso8859_15),
        (
            b"<?xml version='1.0' encoding='US-ASCII'?><a>b\n<b/></a>".to_vec(),
            Encoding::UsAscii,
        ),
    ];
    for little in [true, false] {
        let encoding = if little {
            Encoding::Utf16Le
        } else {
            Encoding::Utf16Be
        };
        all.push((utf16(plain, little, true), encoding));
        all.push((utf16(&declared("UTF-16"), little, true), encoding));
        all.push((utf16(&declared("utf-16"), little, false), encoding));
        all.push((
            utf16(
                &declared(if little { "UTF-16LE" } else { "UTF-16BE" }),
                little,
                false,
            ),
            encoding,
        ));
    }
    all
}

#[test]
fn documents_come_back_in_their_encoding() {
    for (bytes, encoding) in accepted() {
        let doc = Document::parse(&bytes).unwrap_or_else(|error| panic!("{encoding}: {error}"));
        assert_eq!(doc.encoding(), encoding);
        assert_eq!(doc.to_bytes(), bytes, "{encoding}");
        let mut out = Vec::new();
        doc.write_to(&mut out).unwrap();
        assert_eq!(out, bytes, "{encoding}");
        assert_eq!(doc.source_len(), bytes.len());
    }
}

#[test]
fn places_are_those_of_the_bytes_that_came_in() {
    for (bytes, encoding) in accepted() {
        let doc = Document::parse(&bytes).unwrap();
        let decode = |bytes: &[u8]| match encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let unit = |b: &[u8]| {
                    let pair = [b[0], b[1]];
                    if encoding == Encoding::Utf16Le {
                        u16::from_le_bytes(pair)
                    } else {
                        u16::from_be_bytes(pair)
                    }
                };
                String::from_utf16(&bytes.chunks(2).map(unit).collect::<Vec<_>>()).unwrap()
            }
            Encoding::Utf8 => String::from_utf8(bytes.to_vec()).unwrap(),
            _ => bytes.iter().map(|&b| b as char).collect(),
        };
        for node in doc.root().descendants() {
            let source = decode(&bytes[node.span()]);
            if node.is_element() {
                assert!(
                    source.starts_with(&format!("<{}", node.local_name())),
                    "{encoding} {source}"
                );
                assert!(source.ends_with('>'), "{encoding} {source}");
                assert!(decode(&bytes[node.start_tag_span()]).ends_with('>'));
            } else {
                assert_eq!(source, node.text().unwrap(), "{encoding}");
            }
            for attribute in node.attributes() {
                assert_eq!(
                    decode(&bytes[attribute.value_span()]),
                    attribute.value(),
                    "{encoding}"
                );
                assert!(decode(&bytes[attribute.span()]).starts_with(attribute.local_name()));
                assert_eq!(
                    doc.position_at(attribute.span().start),
                    attribute.position()
                );
            }
            assert_eq!(
                doc.position_at(node.span().start),
                node.position(),
                "{encoding}"
            );
            let before = decode(&bytes[..node.span().start]);
            let before = before.trim_start_matches('\u{FEFF}');
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            let position = node.position();
            assert_eq!(
                (position.line as usize, position.column as usize),
                (line, column),
                "{encoding}"
            );
        }
    }
}

#[test]
fn what_is_not_read_says_so() {
    let kind = |bytes: &[u8]| Document::parse(bytes).unwrap_err().kind().clone();
    let unsupported = |name: &str| ErrorKind::UnsupportedEncoding { name: name.into() };
    assert_eq!(
        kind(declared("windows-1252").as_bytes()),
        unsupported("windows-1252")
    );
    assert_eq!(kind(declared("x").as_bytes()), unsupported("x"));
    assert_eq!(kind(b"\xff\xfe\0\0<\0\0\0"), unsupported("UTF-32LE"));
    assert_eq!(kind(b"\0\0\xfe\xff\0\0\0<"), unsupported("UTF-32BE"));
    assert_eq!(kind(b"\0\0\0<\0\0\0a"), unsupported("UTF-32BE"));
    assert_eq!(kind(b"<\0\0\0a\0\0\0"), unsupported("UTF-32LE"));
    for (little, found) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
        let bare = utf16("<?p?><a/>", little, false);
        assert_eq!(kind(&bare), ErrorKind::UndeclaredEncoding { found });
    }
    assert_eq!(kind(b"\x4c\x6f\xa7\x94"), unsupported("EBCDIC"));
}

#[test]
fn contradictions_are_refused() {
    let mismatch = |bytes: &[u8]| {
        let error = Document::parse(bytes).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::EncodingMismatch { .. }),
            "{error}"
        );
    };
    mismatch(format!("\u{FEFF}{}", declared("ISO-8859-1")).as_bytes());
    mismatch(declared("UTF-16").as_bytes());
    mismatch(&utf16(&declared("UTF-8"), true, true));
    mismatch(&utf16(&declared("UTF-16BE"), true, true));
    mismatch(&utf16(&declared("ISO-8859-1"), false, false));
}

#[test]
fn bytes_that_mean_nothing_are_refused_where_they_are() {
    let invalid = |bytes: &[u8], offset: usize, line: u32, column: u32| {
        let error = Document::parse(bytes).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::InvalidBytes { .. }),
            "{error}"
        );
        let position = error.position();
        assert_eq!(
            (error.offset(), position.line, position.column),
            (offset, line, column)
        );
    };
    invalid(b"<a>\n\xc3\xa9\xe9</a>", 6, 2, 2);
    invalid(b"<a>\xed\xa0\x80</a>", 3, 1, 4);
    invalid(b"<a>\xc0\x80</a>", 3, 1, 4);
    invalid(b"<a>\xf4\x90\x80\x80</a>", 3, 1, 4);
    invalid(b"\xef\xbb\xbf<a>\xff</a>", 6, 1, 4);
    invalid(
        b"<?xml version='1.0' encoding='ascii'?><a>\xe9</a>",
        41,
        1,
        42,
    );
    let mut lone = utf16("<a>\n", true, true);
    lone.extend_from_slice(&[0x00, 0xD8, b'<', 0]);
    invalid(&lone, 10, 2, 1);
    let mut odd = utf16("<a/>", false, true);
    odd.push(0);
    invalid(&odd, 10, 1, 5);
}

#[test]
fn errors_in_other_encodings_lie_where_they_are() {
    let bytes = latin1(&declared("ISO-8859-1").replace("x</é>", "é&x;</é>"));
    let error = Document::parse(&bytes).unwrap_err();
    assert_eq!(bytes[error.offset()], b'&');
    let bytes = utf16("<a>😀é&x;</a>", false, true);
    let error = Document::parse(&bytes).unwrap_err();
    assert_eq!((error.offset(), error.position().column), (14, 6));
}
