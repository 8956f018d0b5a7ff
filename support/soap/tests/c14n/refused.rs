//! What has no canonical form.

use proptest::prelude::*;
use segur_soap::c14n::{
    CanonicalDigest, CanonicalError, CanonicalLimits, CanonicalWriter, Comments, DigestAlgorithm,
};
use segur_xml::{Document, ErrorKind};

use crate::fixtures::streamed;

fn refused(document: &[u8]) -> CanonicalError {
    let whole = streamed(document, Comments::Kept, &[usize::MAX]).unwrap_err();
    let pieces = streamed(document, Comments::Kept, &[1]).unwrap_err();
    assert_eq!(whole.to_string(), pieces.to_string(), "whatever the pieces");
    whole
}

#[test]
fn a_document_type_is_refused() {
    for document in [
        "<!DOCTYPE a><a/>",
        "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<!doctype html><html/>",
    ] {
        let error = refused(document.as_bytes());
        assert!(
            matches!(&error, CanonicalError::Xml { kind, .. } if **kind == ErrorKind::Dtd),
            "{error}"
        );
    }
}

#[test]
fn what_is_not_well_formed_is_refused_as_the_tree_refuses_it() {
    for document in [
        "",
        " ",
        "<!-- -->",
        "text",
        "&amp;<a/>",
        "<![CDATA[x]]><a/>",
        "<a/>x",
        "<a/><b/>",
        "<a>",
        "<a",
        "<a b='",
        "<a b='c",
        "<a></b>",
        "<a></a",
        "<a></a b='c'>",
        "</a>",
        "<a/></a>",
        "<a ><b></a></b>",
        "< a/>",
        "<1/>",
        "<a:b:c xmlns:a='urn:a'/>",
        "<:a/>",
        "<a b/>",
        "<a b=c/>",
        "<a b='c'd='e'/>",
        "<a b='c' b='d'/>",
        "<a xmlns:p='urn:p' xmlns:q='urn:p' p:b='' q:b=''/>",
        "<a xmlns='urn:a' xmlns='urn:b'/>",
        "<a xmlns:p='urn:a' xmlns:p='urn:a'/>",
        "<a b='<'/>",
        "<a b='&'/>",
        "<a b='&c;'/>",
        "<a>&</a>",
        "<a>& </a>",
        "<a>&b</a>",
        "<a>&b;</a>",
        "<a>&#0;</a>",
        "<a>&#xFFFE;</a>",
        "<a>]]></a>",
        "<a>]]\u{1}></a>",
        "<a>\u{FFFE}</a>",
        "<a><![CDATA[</a>",
        "<a><![CDAT[x]]></a>",
        "<a><!ELEMENT b></a>",
        "<a><!-- -- --></a>",
        "<a><!-- ---></a>",
        "<a><!-- </a>",
        "<a><?b </a>",
        "<a><??></a>",
        "<a><? b?></a>",
        "<a><?xml version='1.0'?></a>",
        "<a><?XML?></a>",
        "<a><?b:c?></a>",
        "<a><?b?c?></a>",
        "<a p:b=''/>",
        "<p:a/>",
        "<a xmlns:p=''/>",
        "<a xmlns:xml='urn:a'/>",
        "<a xmlns:xmlns='urn:a'/>",
        "<a xmlns:p='http://www.w3.org/2000/xmlns/'/>",
        "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "<xmlns:a/>",
        " <?xml version='1.0'?><a/>",
        "<?xml version='1.0'<a/>",
        "<?xml version='2.0'?><a/>",
        "<?xml version='1.0' encoding='latin1' encoding='latin1'?><a/>",
        "<?xml version='1.0' encoding='KOI8-R'?><a/>",
        "\u{feff}<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
        "\u{feff}\u{feff}<a/>",
    ] {
        refused(document.as_bytes());
        assert!(Document::parse(document.as_bytes()).is_err(), "{document}");
    }
}

#[test]
fn encodings_that_are_not_read_are_named() {
    let wide: Vec<u8> = "\u{feff}<a/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (document, name) in [
        (&wide[..], "UTF-16LE"),
        (b"\xFE\xFF\0<\0a\0/\0>", "UTF-16BE"),
        (b"\0<\0?\0x", "UTF-16BE"),
        (b"\0\0\0<", "UTF-32BE"),
        (b"Lo\xa7\x94", "EBCDIC"),
        (
            b"<?xml version='1.0' encoding='windows-1252'?><a/>",
            "windows-1252",
        ),
    ] {
        let error = refused(document);
        assert!(error.to_string().contains(name), "{error}");
        assert!(error.to_string().contains("UTF-8"), "the remedy: {error}");
    }
    for bytes in [
        &b"<a>\xe9</a>"[..],
        b"<a>\xc3",
        b"<a>\xf0\x9f</a>",
        b"<?xml version='1.0' encoding='ASCII'?><a>\xc3\xa9</a>",
    ] {
        let error = refused(bytes);
        assert!(
            matches!(&error, CanonicalError::Xml { kind, .. } if matches!(**kind, ErrorKind::InvalidBytes { .. })),
            "{error}"
        );
    }
}

#[test]
fn relative_namespaces_are_refused() {
    for uri in ["a", "../a", "a/b:c", "1a:b", ":a", "#a"] {
        let error = refused(format!("<a>\n<b xmlns:p='{uri}'/></a>").as_bytes());
        assert!(
            matches!(error, CanonicalError::RelativeNamespace { line: 2 }),
            "{uri}: {error}"
        );
    }
    for uri in ["urn:a", "http://a", "a+b-c.1:d"] {
        let document = format!("<a xmlns:p='{uri}'/>");
        streamed(document.as_bytes(), Comments::Kept, &[1]).unwrap();
    }
}

#[test]
fn the_line_is_told() {
    for (document, line) in [
        ("<a>\n\r\n\r<b>", 4),
        ("<a>\n]]>", 2),
        ("<?xml version='1.0'\n?>\n<a>\n<b\nc='d'e='f'/>", 4),
        ("<a>\n<!-- \n -- -->", 3),
        ("<a>\n&b;", 2),
        ("<a>\n\u{1}", 2),
        ("<a>\n</b>", 2),
        ("<a/>\n\n x", 3),
        ("\n<a><!--\n", 2),
    ] {
        let error = refused(document.as_bytes()).to_string();
        assert!(
            error.starts_with(&format!("line {line}: ")),
            "{document:?}: {error}"
        );
    }
}

#[test]
fn limits_hold() {
    let canonical = |document: String, change: fn(&mut CanonicalLimits)| {
        let mut limits = CanonicalLimits::default();
        change(&mut limits);
        let mut writer = CanonicalWriter::with_limits(std::io::sink(), Comments::Kept, limits);
        for piece in document.as_bytes().chunks(1_000) {
            writer.update(piece)?;
        }
        writer.finish().map(|_| ())
    };
    let deep = |n: usize| "<a>".repeat(n) + &"</a>".repeat(n);
    canonical(deep(256), |_| {}).unwrap();
    canonical(deep(257), |_| {}).unwrap_err();
    let tag = |n: usize| format!("<a b='{}'/>", "x".repeat(n));
    canonical(tag(93), |limits| limits.max_tag = 100).unwrap();
    let error = canonical(tag(94), |limits| limits.max_tag = 100).unwrap_err();
    assert!(
        matches!(
            error,
            CanonicalError::TagTooLong {
                limit: 100,
                line: 1
            }
        ),
        "{error}"
    );
    canonical(tag(1 << 20), |_| {}).unwrap_err();
    canonical(format!("<a>&#{}65;</a>", "0".repeat(1 << 20)), |_| {}).unwrap_err();
    canonical(format!("<a><?{}?></a>", "b".repeat(2 << 20)), |_| {}).unwrap_err();
    let open = |n: usize| format!("<a><{0}><{0}></{0}></{0}></a>", "b".repeat(n));
    canonical(open(490), |limits| limits.max_open = 1_000).unwrap();
    let error = canonical(open(500), |limits| limits.max_open = 1_000).unwrap_err();
    assert!(
        matches!(error, CanonicalError::TooMuchOpen { limit: 1_000, .. }),
        "{error}"
    );
    let many = |n: usize| (0..n).fold(String::from("<a"), |tag, i| format!("{tag} a{i}=''")) + "/>";
    canonical(many(256), |_| {}).unwrap();
    canonical(many(257), |_| {}).unwrap_err();
    let spaces = |n: usize| {
        (0..n).fold(String::from("<a"), |tag, i| {
            format!("{tag} xmlns:a{i}='urn:{i}'")
        }) + "/>"
    };
    canonical(spaces(64), |_| {}).unwrap();
    canonical(spaces(65), |_| {}).unwrap_err();
    let long = |n: usize| format!("<a xmlns='urn:{}'/>", "x".repeat(n));
    canonical(long(2_044), |_| {}).unwrap();
    let error = canonical(long(2_045), |_| {}).unwrap_err();
    assert!(
        matches!(error, CanonicalError::NamespaceTooLong { limit: 2_048, .. }),
        "{error}"
    );
    // Names of open elements end with them.
    canonical(
        format!("<a>{}</a>", "<bbbbbbbbbb xmlns='urn:b'/>".repeat(1_000)),
        |limits| limits.max_open = 200,
    )
    .unwrap();
    // A declaration without end.
    canonical(format!("<?xml version='1.0'{}", " ".repeat(10_000)), |_| {}).unwrap_err();
}

#[test]
fn nothing_comes_after_a_failure() {
    let mut digest = CanonicalDigest::new(DigestAlgorithm::Sha1, Comments::Kept);
    digest.update(b"<a></b>").unwrap_err();
    assert!(matches!(
        digest.update(b"<a/>"),
        Err(CanonicalError::Failed)
    ));
    assert!(matches!(digest.finish(), Err(CanonicalError::Failed)));
}

#[test]
fn errors_show_no_content() {
    for document in [
        "<a>SECRET]]></a>",
        "<a b='SECRET'/ c='&#0;'>",
        "<a><!-- SECRET -- --></a>",
        "SECRET",
    ] {
        let error = refused(document.as_bytes());
        assert!(
            !format!("{error} {error:?}").contains("SECRET"),
            "{error:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_are_taken_or_refused_whatever_the_pieces(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        cuts in proptest::collection::vec(1usize..9, 1..5),
    ) {
        let whole = streamed(&bytes, Comments::Kept, &[usize::MAX]).map_err(|e| e.to_string());
        let pieces = streamed(&bytes, Comments::Kept, &cuts).map_err(|e| e.to_string());
        prop_assert_eq!(whole, pieces);
    }
}
