//! Input that wants to hurt: refused within the limits, or read without harm.
#![allow(clippy::unwrap_used, clippy::panic)]

use segur_xml::{Document, ErrorKind, Limits};

fn kind(bytes: &[u8]) -> ErrorKind {
    Document::parse(bytes).unwrap_err().kind().clone()
}

fn with(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

/// On a stack of 256 KiB.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(256 << 10)
        .spawn(work)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn billion_laughs_and_external_entities() {
    let laughs = "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'><!ENTITY lol2 '&lol;&lol;&lol;'>]><lolz>&lol2;</lolz>";
    let error = Document::parse(laughs.as_bytes()).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Dtd);
    assert_eq!(error.offset(), 21);
    for text in [error.message_en(), error.message_fr()] {
        assert!(
            text.contains("XXE") && text.contains("billion laughs"),
            "{text}"
        );
    }
    assert_eq!(
        kind(b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"),
        ErrorKind::Dtd
    );
    assert_eq!(
        kind(b"<a>&lol;</a>"),
        ErrorKind::UndeclaredEntity { name: "lol".into() }
    );
}

#[test]
fn too_large() {
    let bytes = vec![b' '; (64 << 20) + 1];
    assert_eq!(
        kind(&bytes),
        ErrorKind::TooLarge {
            limit: 64 << 20,
            found: (64 << 20) + 1
        }
    );
    let limits = with(|l| l.max_bytes = 3);
    assert!(Document::parse_with(b"<a/>", &limits).is_err());
}

#[test]
fn a_million_attributes() {
    let mut text = String::from("<a");
    for i in 0..1_000_000 {
        text.push_str(&format!(" a{i}=''"));
    }
    text.push_str("/>");
    assert_eq!(
        kind(text.as_bytes()),
        ErrorKind::TooManyAttributes { limit: 256 }
    );
    let limits = with(|l| l.max_attributes = usize::MAX);
    let error = Document::parse_with(text.as_bytes(), &limits).unwrap_err();
    assert_eq!(
        *error.kind(),
        ErrorKind::TooManyAttributes { limit: 65_535 }
    );

    let mut few = String::from("<a");
    for i in 0..65_000 {
        few.push_str(&format!(" a{i}=''"));
    }
    let good = format!("{few}/>");
    let doc = Document::parse_with(good.as_bytes(), &limits).unwrap();
    assert_eq!(doc.root_element().attributes().count(), 65_000);
    let error = Document::parse_with(format!("{few} a7=''/>").as_bytes(), &limits).unwrap_err();
    assert_eq!(
        *error.kind(),
        ErrorKind::DuplicateAttribute { name: "a7".into() }
    );
    assert_eq!(error.offset(), few.len() + 1);
}

#[test]
fn many_namespaces() {
    let mut text = String::from("<a");
    for i in 0..65 {
        text.push_str(&format!(" xmlns:p{i}='u'"));
    }
    text.push_str("/>");
    assert_eq!(
        kind(text.as_bytes()),
        ErrorKind::TooManyNamespaces { limit: 64 }
    );
    let doc = Document::parse_with(text.as_bytes(), &with(|l| l.max_namespaces = 65)).unwrap();
    assert_eq!(doc.root_element().namespaces_in_scope().len(), 65);
}

#[test]
fn a_million_levels() {
    on_a_small_stack(|| {
        let deep = "<a>".repeat(1_000_000);
        let error = Document::parse(deep.as_bytes()).unwrap_err();
        assert_eq!(*error.kind(), ErrorKind::TooDeep { limit: 256 });
        assert_eq!(error.offset(), 256 * 3);
        let whole = format!("{deep}x{}", "</a>".repeat(1_000_000));
        let mut doc =
            Document::parse_with(whole.as_bytes(), &with(|l| l.max_depth = usize::MAX)).unwrap();
        assert_eq!(doc.root().descendants().count(), 1_000_001);
        let text = doc.root().descendants().last().unwrap();
        assert_eq!(text.ancestors().count(), 1_000_001);
        assert_eq!(text.path().len(), 2_000_000 + "/text()".len());
        assert_eq!(text.position().column, 3_000_001);
        assert_eq!(doc.root_element().string_value(), "x");
        assert!(text.namespaces_in_scope().is_empty());
        assert!(doc.to_bytes() == whole.as_bytes());
        let id = text.id();
        doc.set_text(id, "y").unwrap();
        assert!(doc.to_bytes() == whole.replace('x', "y").as_bytes());
        let second = doc.root_element().first_child().unwrap().id();
        let copy = doc.clone();
        doc.remove(second).unwrap();
        assert_eq!(doc.to_bytes(), b"<a></a>");
        drop(copy);
    });
}

#[test]
fn the_limit_of_levels_is_exact() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(Document::parse(nested(256).as_bytes()).is_ok());
    assert!(Document::parse(nested(257).as_bytes()).is_err());
}

#[test]
fn many_nodes() {
    let text = format!("<a>{}</a>", "<b/>".repeat(100));
    let limits = with(|l| l.max_nodes = 102);
    assert_eq!(
        Document::parse_with(text.as_bytes(), &limits)
            .unwrap()
            .node_count(),
        102
    );
    let limits = with(|l| l.max_nodes = 101);
    let error = Document::parse_with(text.as_bytes(), &limits).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::TooManyNodes { limit: 101 });
}

#[test]
fn a_name_of_a_megabyte_stays_out_of_the_error() {
    let name = "a".repeat(1 << 20);
    let error = Document::parse(format!("<{name}></b>").as_bytes()).unwrap_err();
    assert!(error.to_string().len() < 400);
}

#[test]
fn a_million_names_and_a_million_siblings() {
    let mut text = String::from("<r>");
    for i in 0..500_000 {
        text.push_str(&format!("<n{i}/>"));
    }
    text.push_str("</r>");
    let doc = Document::parse(text.as_bytes()).unwrap();
    assert_eq!(doc.name_count(), 500_001);
    assert_eq!(
        doc.name_id("", "n499999").map(|id| id.index()),
        Some(500_000)
    );
    assert_eq!(
        doc.expanded_names()
            .last()
            .map(|(id, _, local)| (id.index(), local)),
        Some((500_000, "n499999"))
    );
}

#[test]
fn nul_and_other_controls() {
    assert_eq!(kind(b"<a>\0</a>"), ErrorKind::InvalidCharacter { code: 0 });
    assert_eq!(kind(&[0; 64]), ErrorKind::InvalidCharacter { code: 0 });
    assert_eq!(
        kind(b"<a b='\x0b'/>"),
        ErrorKind::InvalidCharacter { code: 0xB }
    );
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9\x01</a>";
    let error = Document::parse(latin).unwrap_err();
    assert_eq!((error.offset(), error.position().column), (47, 48));
}
