//! What is refused, why and where; what is accepted.
#![allow(clippy::panic, clippy::unwrap_used)]

use segur_xml::{Document, ErrorKind, XmlError};

fn refused(input: &str) -> XmlError {
    match Document::parse(input.as_bytes()) {
        Ok(_) => panic!("accepted: {input}"),
        Err(error) => error,
    }
}

/// Each input is refused at that byte, with an error of that name.
const REFUSED: &[(&str, &str, usize)] = &[
    ("", "NoRoot", 0),
    ("  ", "NoRoot", 2),
    ("<!-- only -->", "NoRoot", 13),
    ("x<a/>", "TextOutsideRoot", 0),
    ("<a/> x", "TextOutsideRoot", 5),
    ("<a/>&amp;", "TextOutsideRoot", 4),
    ("<a/><![CDATA[ ]]>", "TextOutsideRoot", 4),
    ("<a/><b/>", "MultipleRoots", 4),
    ("<a>", "UnclosedElement", 0),
    ("<a><b></a>", "MismatchedEndTag", 6),
    ("<a></b>", "MismatchedEndTag", 3),
    ("</a>", "UnexpectedEndTag", 0),
    ("<a></a></a>", "UnexpectedEndTag", 7),
    ("<a></a b>", "MalformedTag", 3),
    ("<a", "Unclosed", 0),
    ("<a b=\"1", "Unclosed", 5),
    ("<a b=\"1><c d=\"2\"/></a>", "LessThanInValue", 8),
    ("<a><!-- ", "Unclosed", 3),
    ("<a><![CDATA[ ]]", "Unclosed", 3),
    ("<a><?p ", "Unclosed", 3),
    ("<a></a", "Unclosed", 3),
    ("<a>&amp</a>", "BareAmpersand", 3),
    ("<a>a & b</a>", "BareAmpersand", 5),
    ("<a>&;</a>", "BareAmpersand", 3),
    ("<a>&eacute;</a>", "UndeclaredEntity", 3),
    ("<a>&#0;</a>", "InvalidCharacterReference", 3),
    ("<a>&#xD800;</a>", "InvalidCharacterReference", 3),
    ("<a b='&lt'/>", "BareAmpersand", 6),
    ("<a b='&e;'/>", "UndeclaredEntity", 6),
    ("<a>\u{0}</a>", "InvalidCharacter", 3),
    ("<a>\u{FFFE}</a>", "InvalidCharacter", 3),
    ("<a b='\u{8}'/>", "InvalidCharacter", 6),
    ("<a>]]></a>", "CDataEndInText", 3),
    ("<a><!-- -- --></a>", "DoubleHyphenInComment", 8),
    ("<a><!----->", "DoubleHyphenInComment", 7),
    ("<a><!-->", "Unclosed", 3),
    ("<a><!x></a>", "InvalidMarkup", 3),
    ("<a><![cdata[]]></a>", "InvalidMarkup", 3),
    ("<!DOCTYPE a><a/>", "Dtd", 0),
    ("<!DOCTYPE a [<!ENTITY b 'c'>", "Dtd", 0),
    ("<?xml version='1.0'?><!doctype a><a/>", "Dtd", 21),
    ("<a><!DOCTYPE a></a>", "Dtd", 3),
    ("<1a/>", "InvalidName", 1),
    ("< a/>", "InvalidName", 1),
    ("<>", "InvalidName", 1),
    ("<a:/>", "InvalidName", 1),
    ("<:a/>", "InvalidName", 1),
    ("<a xmlns:b='u' b:c:d='1'/>", "InvalidName", 15),
    ("<a\u{d7}/>", "InvalidName", 1),
    ("<a b/>", "MalformedAttribute", 3),
    ("<a b=c/>", "MalformedAttribute", 3),
    ("<a b='1'c='2'/>", "MissingSpace", 8),
    ("<a b='1'/ >", "MalformedTag", 8),
    ("<a <b/></a>", "MalformedTag", 3),
    ("<a b='<'/>", "LessThanInValue", 6),
    ("<a b='1' b='2'/>", "DuplicateAttribute", 9),
    (
        "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
        "DuplicateAttribute",
        35,
    ),
    ("<a xmlns='u' xmlns='v'/>", "DuplicateAttribute", 13),
    ("<p:a/>", "UndeclaredPrefix", 1),
    ("<a p:b='1'/>", "UndeclaredPrefix", 3),
    ("<a><b xmlns:p='u'/><p:c/></a>", "UndeclaredPrefix", 20),
    ("<xmlns:a/>", "ReservedNamespace", 1),
    ("<a xmlns:xml='u'/>", "ReservedNamespace", 3),
    ("<a xmlns:xmlns='u'/>", "ReservedNamespace", 3),
    (
        "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
        "ReservedNamespace",
        3,
    ),
    (
        "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
        "ReservedNamespace",
        3,
    ),
    ("<a xmlns:p=''/>", "EmptyNamespace", 3),
    ("<a/><?xml version='1.0'?>", "MisplacedDeclaration", 4),
    (" <?xml version='1.0'?><a/>", "MisplacedDeclaration", 1),
    ("<?xml?><a/>", "MalformedDeclaration", 5),
    (
        "<?xml version='1.0' encoding='KOI8-R'?><a/>",
        "UnsupportedEncoding",
        30,
    ),
    (
        "<?xml version='1.0' encoding='UTF-16'?><a/>",
        "EncodingMismatch",
        30,
    ),
    (
        "<?xml version='1.0' encoding='ascii'?><a>é</a>",
        "InvalidBytes",
        41,
    ),
    ("<a><?XML ?></a>", "InvalidTarget", 3),
    ("<a><? p?></a>", "InvalidTarget", 3),
    ("<a><?p:q?></a>", "InvalidTarget", 3),
    ("<a><??></a>", "InvalidTarget", 3),
];

#[test]
fn refusals() {
    for &(input, kind, offset) in REFUSED {
        let error = refused(input);
        let found = format!("{:?}", error.kind());
        let found = found.split([' ', '{']).next().unwrap();
        assert_eq!((found, error.offset()), (kind, offset), "{input}");
        assert_ne!(error.message_fr(), error.message_en(), "{input}");
    }
}

#[test]
fn acceptances() {
    for input in [
        "<a/>",
        "\u{FEFF}<a/>",
        "<?xml version=\"1.0\" standalone='no' ?>\n<!-- x --><?p?><a/>\n<!-- y -->\n",
        "<a></a\t\n>",
        "<a b = '1'\n\tc=\"'\"></a >",
        "<a b='>'>></a>",
        "<a>]] ></a>",
        "<a><![CDATA[<&]]]]><![CDATA[>]]></a>",
        "<a><![CDATA[]]></a>",
        "<a xml:lang='fr' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
        "<p:a xmlns:p='u'><p:b xmlns:p='v'/><b xmlns=''/></p:a>",
        "<a xmlns:p='u' b='1' p:b='2'/>",
        "<é à='ü'/>",
        "<a>&#x10FFFF;&#9;\u{7f}\u{85}</a>",
        "<a><!----><!-- - --></a>",
        "<a><?p?><?p ?><?p x ?><?q <&>?></a>",
        "<xmla/>",
    ] {
        let doc = Document::parse(input.as_bytes()).unwrap_or_else(|e| panic!("{input}: {e}"));
        assert_eq!(doc.to_bytes(), input.as_bytes(), "{input}");
    }
}

#[test]
fn a_document_cut_anywhere_is_refused_there() {
    let whole = "<?xml version='1.0'?>\n<a xmlns:p='u' p:b='&#233;'>x&amp;y<!-- c --><![CDATA[d]]><?e f?><g/></a>";
    for len in 0..whole.len() {
        let error = refused(&whole[..len]);
        assert!(error.offset() <= len, "{len}");
        assert!(error.message_en().len() < 300 && error.message_fr().len() < 300);
    }
    assert!(Document::parse(whole.as_bytes()).is_ok());
}

#[test]
fn texts_name_no_content() {
    let error = refused("<a><b c='Dupont'>Martin</a>");
    assert_eq!(error.offset(), 23);
    let both = format!("{error} {error:?} {}", error.message_fr());
    assert!(!both.contains("Dupont") && !both.contains("Martin"));
    assert!(
        matches!(error.kind(), ErrorKind::MismatchedEndTag { expected, found } if expected == "b" && found == "a")
    );
}
