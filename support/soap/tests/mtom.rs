//! Multipart bodies as services send them, and as no service should.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use segur_soap::mtom::{
    Attachment, Event, MediaType, Message, MtomError, ReadLimits, Reader, Writer, reference,
};

const TYPE: &str = "multipart/related; boundary=b; start=\"<root@x>\"";

fn read(content_type: &str, body: &[u8]) -> Result<Message, MtomError> {
    let media = MediaType::parse(content_type)?;
    Message::read(&media, body, ReadLimits::default())
}

/// Reads in pieces of one size and says what came, data joined.
fn in_pieces(
    content_type: &str,
    body: &[u8],
    size: usize,
) -> Result<Vec<(bool, Vec<u8>)>, MtomError> {
    let mut reader = Reader::new(&MediaType::parse(content_type)?, ReadLimits::default())?;
    let mut pieces = body.chunks(size);
    let mut parts: Vec<(bool, Vec<u8>)> = Vec::new();
    loop {
        match reader.next_event()? {
            Event::Part(head) => parts.push((head.is_root, Vec::new())),
            Event::Data(bytes) => {
                assert!(!bytes.is_empty());
                if let Some(last) = parts.last_mut() {
                    last.1.extend_from_slice(bytes);
                }
            }
            Event::PartEnd => {}
            Event::NeedMore => match pieces.next() {
                Some(piece) => reader.push(piece),
                None => reader.finish(),
            },
            Event::End => return Ok(parts),
        }
    }
}

#[test]
fn what_is_written_is_read() {
    let writer = Writer::new(
        "6ba7b810",
        "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b",
    )
    .unwrap();
    let attachment = Attachment {
        content_id: "1@urn:ihe:iti:xds-b:2007",
        media_type: "text/xml",
    };
    let document = b"--6ba7b81\r\n\r\n--6ba7b8100\r\nnot a boundary\r\n";
    let mut body = writer.root(b"<e/>");
    body.extend(writer.head(&attachment));
    body.extend(document);
    body.extend(writer.end());
    let message = read(&writer.content_type(), &body).unwrap();
    assert_eq!(message.root, b"<e/>");
    let part = message
        .part(&reference(attachment.content_id))
        .unwrap()
        .unwrap();
    assert_eq!(part.bytes, document);
    assert_eq!(part.head.header("Content-Type"), Some("text/xml"));
}

#[test]
fn what_services_vary_is_tolerated() {
    let crlf = "preamble\r\n--b \t\r\nCONTENT-ID: <root@x>\r\nContent-Type: application/xop+xml;\r\n charset=UTF-8\r\n\r\n<e/>\r\n\
                --b\r\ncontent-id: <d-2@urn%3Aihe>\r\n\r\nabc\r\n--b--\r\nepilogue";
    for body in [crlf.to_owned(), crlf.replace("\r\n", "\n")] {
        let message = read(TYPE, body.as_bytes()).unwrap();
        assert_eq!(message.root, b"<e/>");
        for href in ["cid:d-2@urn%3Aihe", "CID:d-2@urn:ihe"] {
            assert_eq!(message.part(href).unwrap().unwrap().bytes, b"abc");
        }
        assert_eq!(message.part("cid:other").unwrap(), None);
    }
}

#[test]
fn a_body_that_is_no_multipart_is_its_root() {
    let message = read("application/soap+xml; charset=UTF-8", b"<fault/>").unwrap();
    assert_eq!(
        (message.root.as_slice(), message.parts.len()),
        (b"<fault/>".as_slice(), 0)
    );
}

#[test]
fn parts_may_be_empty_and_headers_absent() {
    let body = b"--b\n\n<e/>\n--b\nX: y\n\n--b\n\n\n--b--";
    let parts = in_pieces("multipart/related; boundary=b", body, 1).unwrap();
    let expected = [(true, b"<e/>".to_vec()), (false, vec![]), (false, vec![])];
    assert_eq!(parts, expected);
}

#[test]
fn encodings_are_resolved() {
    let data: Vec<u8> = (0..=255).cycle().take(1_000).collect();
    for length in [0, 1, 2, 3, 997, 998, 999, 1_000] {
        let data = &data[..length];
        let mut text = String::new();
        for (rank, letter) in STANDARD.encode(data).chars().enumerate() {
            if rank > 0 && rank % 76 == 0 {
                text.push_str("\r\n");
            }
            text.push(letter);
        }
        let body = format!(
            "--b\r\nContent-ID: <root@x>\r\n\r\n<e/>\r\n--b\r\nContent-Transfer-Encoding: Base64\r\n\r\n{text}\r\n--b--"
        );
        for size in [1, 7, 4_096] {
            let parts = in_pieces(TYPE, body.as_bytes(), size).unwrap();
            assert_eq!(parts[1].1, data, "{length} bytes in pieces of {size}");
        }
    }
    let body = b"--b\r\nContent-ID: root@x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<e a=3D'=C3=A9'/>=\r\n<!-- -->\r\n--b--";
    for size in [1, 5, 4_096] {
        assert_eq!(
            in_pieces(TYPE, body, size).unwrap()[0].1,
            "<e a='é'/><!-- -->".as_bytes()
        );
    }
}

#[test]
fn each_malformed_body_says_what_is_wrong() {
    let part = "--b\r\nContent-ID: <root@x>\r\n\r\n<e/>";
    let deep = format!("--b\r\nX: {}", "y".repeat(20_000));
    for (body, cause) in [
        (String::new(), "no line --b in the body of 0 bytes"),
        ("<html/>".into(), "no line --b in the body of 7 bytes"),
        (
            part.into(),
            "the body ends at byte 33 inside part 0: the closing --b-- is missing",
        ),
        (
            "--b\r\nContent-ID: <root@x>\r\n".into(),
            "the body ends at byte 27 inside part 0: the closing --b-- is missing",
        ),
        (
            format!("{part}\r\n--bb--\r\n"),
            "the body ends at byte 43 inside part 0: the closing --b-- is missing",
        ),
        (
            "--b\r\nno colon\r\n\r\nx\r\n--b--".into(),
            "header of part 0 before byte 15: line 1 is not `Name: value`; look for the blank line that ends the headers",
        ),
        (
            "--b\r\nA: b\r\n<p:name>Fictif</p:name>\r\n\r\nx\r\n--b--".into(),
            "header of part 0 before byte 36: line 2 is not `Name: value`; look for the blank line that ends the headers",
        ),
        (
            format!("{part}\r\n--b\r\nContent-Transfer-Encoding: gzip\r\n\r\nx\r\n--b--"),
            "transfer encoding of part 1: expected binary, 8bit, 7bit, base64 or quoted-printable, got \"gzip\"",
        ),
        (
            format!("{part}\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\nA*==\r\n--b--"),
            "part 1 is not base64 near byte 77: a character that is not of the alphabet",
        ),
        (
            "--b\r\nContent-ID: <other@x>\r\n\r\n<e/>\r\n--b--".into(),
            "no part has the Content-ID that start names: \"root@x\"",
        ),
        (
            "--b--".into(),
            "no part has the Content-ID that start names: \"root@x\"",
        ),
        (
            deep,
            "the size of a part's headers passes the limit of 16384",
        ),
        (
            "--b\r\n\r\n\r\n".repeat(1_001),
            "the number of parts passes the limit of 1000",
        ),
    ] {
        assert_eq!(read(TYPE, body.as_bytes()).unwrap_err().to_string(), cause);
    }
    for content_type in [
        "multipart/related",
        "multipart/related; boundary=\"\"",
        "multipart/related; boundary=\"a\u{e9}\"",
    ] {
        assert!(
            matches!(read(content_type, b""), Err(MtomError::Boundary { .. })),
            "{content_type}"
        );
    }
    let mut limits = ReadLimits::default();
    limits.total_bytes = 10;
    let whole = format!("{part}\r\n--b--");
    let error =
        Message::read(&MediaType::parse(TYPE).unwrap(), whole.as_bytes(), limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the size of the body passes the limit of 10"
    );
}

#[test]
fn debug_shows_no_content() {
    let body = "--b\r\nContent-ID: <root@x>\r\n\r\n<secret/>\r\n\
                --b\r\nContent-ID: <1@x>\r\nContent-Disposition: attachment; filename=secret.pdf\r\n\r\nsecret\r\n--b--";
    let bytes = format!("{:?}", b"secret".as_slice());
    let hidden = |told: String| {
        let inside = bytes.trim_matches(['[', ']']);
        assert!(!told.contains("secret") && !told.contains(inside), "{told}");
    };
    hidden(format!("{:?}", read(TYPE, body.as_bytes()).unwrap()));
    let mut reader = Reader::new(&MediaType::parse(TYPE).unwrap(), ReadLimits::default()).unwrap();
    reader.push(body.as_bytes());
    loop {
        hidden(format!("{reader:?}"));
        let event = reader.next_event().unwrap();
        hidden(format!("{event:?}"));
        if event == Event::NeedMore {
            break;
        }
    }
}

#[test]
fn an_error_stays() {
    let mut reader = Reader::new(&MediaType::parse(TYPE).unwrap(), ReadLimits::default()).unwrap();
    reader.finish();
    let first = reader.next_event().unwrap_err();
    reader.push(b"--b--");
    assert_eq!(reader.next_event().unwrap_err(), first);
}

proptest! {
    #[test]
    fn any_parts_come_back_in_pieces_of_any_size(
        parts in prop::collection::vec(prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-'), Just(b'b'), any::<u8>()], 0..60), 1..4),
        size in 1usize..40,
    ) {
        let writer = Writer::new("bqX7", "urn:a").unwrap();
        let mut body = writer.root(&parts[0]);
        for part in &parts[1..] {
            body.extend(writer.head(&Attachment { content_id: "a@b", media_type: "text/xml" }));
            body.extend(part);
        }
        body.extend(writer.end());
        let read = in_pieces(&writer.content_type(), &body, size).unwrap();
        let read: Vec<_> = read.into_iter().map(|(_, bytes)| bytes).collect();
        prop_assert_eq!(read, parts);
    }

    #[test]
    fn no_bytes_panic_and_pieces_do_not_matter(
        body in prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'-'), Just(b'b'), Just(b':'), any::<u8>()], 0..200),
        size in 1usize..20,
    ) {
        let mut all = b"--b\n\n".to_vec();
        all.extend(body);
        let content_type = "multipart/related; boundary=b";
        let whole = in_pieces(content_type, &all, usize::MAX);
        let pieces = in_pieces(content_type, &all, size);
        match (whole, pieces) {
            (Ok(whole), Ok(pieces)) => prop_assert_eq!(whole, pieces),
            (whole, pieces) => prop_assert_eq!(whole.is_err(), pieces.is_err()),
        }
    }
}
