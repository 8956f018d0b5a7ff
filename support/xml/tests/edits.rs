//! Edits: what they change, and that they change nothing else.
// req: SC.CDA/INT.16
#![allow(clippy::unwrap_used, clippy::panic)]

use proptest::prelude::*;
use segur_xml::{Document, EditError, ErrorKind, Node, NodeId, NodeKind};

fn parse(text: &str) -> Document {
    Document::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn written(doc: &Document) -> String {
    String::from_utf8(doc.to_bytes()).unwrap()
}

fn find(doc: &Document, path: &str) -> NodeId {
    doc.root()
        .descendants()
        .find(|node| node.path() == path)
        .unwrap()
        .id()
}

const SOURCE: &str = "<?xml version='1.0'?>\n<!-- é -->\n<a xmlns='urn:a'  xmlns:p=\"urn:p\" b='1'\tp:b = \"2\" >\r\n  <p:c/>x&#233;y<d ></d\n><!--k--></a >\n<?end?>\n";

/// The edited document, and that reading it again gives the same tree.
fn check(doc: &Document, expected: &str) {
    assert_eq!(written(doc), expected);
    assert_eq!(dump(doc), dump(&parse(expected)));
}

#[test]
fn attributes_are_set_in_place() {
    let mut doc = parse(SOURCE);
    let a = doc.root_element().id();
    doc.set_attribute(a, "b", "1'<\"&\n").unwrap();
    doc.set_attribute(a, "p:b", "\"3\"").unwrap();
    doc.set_attribute(a, "e", "é").unwrap();
    let c = find(&doc, "/a/c");
    doc.set_attribute(c, "x", "y").unwrap();
    doc.set_attribute(c, "xmlns:q", "urn:q").unwrap();
    doc.set_attribute(c, "q:z", "").unwrap();
    doc.set_attribute(c, "x", "y2").unwrap();
    let expected = SOURCE
        .replace("b='1'", "b='1&apos;&lt;\"&amp;&#10;'")
        .replace("\"2\" >", "\"&quot;3&quot;\" e=\"é\" >")
        .replace("<p:c/>", "<p:c x=\"y2\" xmlns:q=\"urn:q\" q:z=\"\"/>");
    check(&doc, &expected);
    let root = doc.root_element();
    assert_eq!(root.attribute("b").unwrap(), "1'<\"&\n");
    assert_eq!(root.attribute_ns("urn:p", "b").unwrap(), "\"3\"");
    assert_eq!(
        doc.node(c).unwrap().attribute_ns("urn:q", "z").as_deref(),
        Some("")
    );
    assert_eq!(
        doc.name_id("urn:q", "z"),
        doc.node(c)
            .unwrap()
            .attribute_node("urn:q", "z")
            .map(|a| a.name_id())
    );
}

#[test]
fn attributes_are_removed_with_the_space_before() {
    let mut doc = parse(SOURCE);
    let a = doc.root_element().id();
    assert!(doc.remove_attribute(a, "b").unwrap());
    assert!(!doc.remove_attribute(a, "b").unwrap());
    check(&doc, &SOURCE.replace(" b='1'", ""));
    assert!(doc.remove_attribute(a, "p:b").unwrap());
    check(&doc, &SOURCE.replace(" b='1'\tp:b = \"2\"", ""));
}

#[test]
fn children_come_and_go() {
    let mut doc = parse(SOURCE);
    let (a, c, d) = (
        doc.root_element().id(),
        find(&doc, "/a/c"),
        find(&doc, "/a/d"),
    );
    let one = doc.append_child(c, "<p:one/>").unwrap();
    doc.append_child(d, "two").unwrap();
    doc.insert_before(c, "<!--z-->").unwrap();
    doc.insert_after(one, "<three/>3").unwrap();
    doc.append_child(a, "<four/>").unwrap();
    let expected = SOURCE
        .replace("<p:c/>", "<!--z--><p:c><p:one/><three/>3</p:c>")
        .replace("<d >", "<d >two")
        .replace("<!--k-->", "<!--k--><four/>");
    check(&doc, &expected);
    assert_eq!(doc.node(one).unwrap().namespace(), "urn:p");
    doc.remove(one).unwrap();
    assert!(doc.node(one).is_none());
    assert_eq!(doc.remove(one), Err(EditError::NoSuchNode));
    check(&doc, &expected.replace("<p:one/>", ""));
    doc.replace(c, "<p:c/>").unwrap();
    let four = find(&doc, "/a/four");
    let z = find(&doc, "/a/comment()");
    doc.remove(four).unwrap();
    doc.remove(z).unwrap();
    doc.set_text(d, "").unwrap();
    check(&doc, SOURCE);
}

#[test]
fn beside_the_root_only_comments_and_instructions() {
    let mut doc = parse(SOURCE);
    let a = doc.root_element().id();
    let root = doc.root().id();
    for fragment in ["<b/>", "x", "<!--a--><b/>"] {
        assert_eq!(doc.insert_before(a, fragment), Err(EditError::RootElement));
        assert_eq!(
            doc.append_child(root, fragment),
            Err(EditError::RootElement)
        );
    }
    assert_eq!(doc.remove(a), Err(EditError::RootElement));
    assert_eq!(doc.remove(root), Err(EditError::RootElement));
    assert_eq!(doc.replace(a, "<b/><c/>"), Err(EditError::RootElement));
    assert_eq!(doc.replace(a, "<!--b-->"), Err(EditError::RootElement));
    assert_eq!(written(&doc), SOURCE);
    doc.insert_after(a, "<!--after-->").unwrap();
    doc.replace(a, "<r/>").unwrap();
    let comment = find(&doc, "/comment()");
    doc.remove(comment).unwrap();
    assert_eq!(
        written(&doc),
        "<?xml version='1.0'?><r/><!--after-->\n<?end?>\n"
    );
    assert_eq!(doc.root_element().local_name(), "r");
}

#[test]
fn failures_leave_the_document_alone() {
    let mut doc = parse(SOURCE);
    let (a, c) = (doc.root_element().id(), find(&doc, "/a/c"));
    let text = doc.root_element().first_child().unwrap().id();
    let before = dump(&doc);
    let names = doc.name_count();
    for fragment in [
        "<x>",
        "</p:c>",
        "<q:x/>",
        "&x;",
        "<n1/><n2/>]]>",
        "<!DOCTYPE a>",
        "<?xml version='1.0'?>",
        "\u{1}",
    ] {
        assert!(
            matches!(doc.append_child(c, fragment), Err(EditError::Markup(_))),
            "{fragment}"
        );
    }
    assert_eq!(doc.append_child(c, ""), Err(EditError::EmptyFragment));
    assert_eq!(doc.append_child(text, "x"), Err(EditError::NotAnElement));
    assert_eq!(
        doc.set_attribute(text, "x", ""),
        Err(EditError::NotAnElement)
    );
    assert_eq!(doc.set_attribute(c, "1", ""), Err(EditError::InvalidName));
    assert_eq!(doc.set_attribute(c, "x y", ""), Err(EditError::InvalidName));
    assert_eq!(
        doc.set_attribute(c, "x='' z", ""),
        Err(EditError::InvalidName)
    );
    assert!(matches!(
        doc.set_attribute(c, "q:x", ""),
        Err(EditError::UndeclaredPrefix { .. })
    ));
    for (name, value) in [("xmlns", "urn:x"), ("xmlns:p", "urn:x"), ("xmlns", "")] {
        let result = doc.set_attribute(c, name, value);
        assert!(
            matches!(result, Err(EditError::NamespaceChange { .. })),
            "{name} {value} {result:?}"
        );
    }
    assert!(matches!(
        doc.set_attribute(c, "xmlns:xmlns", "u"),
        Err(EditError::Markup(_))
    ));
    assert!(matches!(
        doc.remove_attribute(a, "xmlns:p"),
        Err(EditError::NamespaceChange { .. })
    ));
    assert_eq!(
        doc.set_text(c, "a\u{0}"),
        Err(EditError::InvalidCharacter { code: 0 })
    );
    assert_eq!(
        doc.set_attribute(c, "x", "\u{FFFF}"),
        Err(EditError::InvalidCharacter { code: 0xFFFF })
    );
    let comment = find(&doc, "/comment()");
    assert_eq!(doc.set_text(comment, "x"), Err(EditError::NoText));
    assert_eq!(written(&doc), SOURCE);
    assert_eq!(dump(&doc), before);
    assert_eq!(doc.name_count(), names);
    assert!(doc.name_id("urn:a", "n1").is_none());
}

#[test]
fn limits_hold_for_edits() {
    let mut limits = segur_xml::Limits::default();
    limits.max_depth = 2;
    limits.max_nodes = 10;
    let mut doc = Document::parse_with(b"<a><b/></a>", &limits).unwrap();
    let (a, b) = (doc.root_element().id(), find(&doc, "/a/b"));
    let kind = |result: Result<NodeId, EditError>| match result {
        Err(EditError::Markup(error)) => error.kind().clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        kind(doc.append_child(b, "<c/>")),
        ErrorKind::TooDeep { limit: 2 }
    );
    doc.append_child(a, "<c/>").unwrap();
    assert!(matches!(
        kind(doc.append_child(a, &"<c/>".repeat(9))),
        ErrorKind::TooManyNodes { .. }
    ));
}

#[test]
fn neighbouring_texts_do_not_become_markup() {
    for (source, text) in [
        ("<a>]]<b/>></a>", "]]>"),
        ("<a>]<b/>]></a>", "]]>"),
        ("<a>\r<b/>\n</a>", "\n\n"),
    ] {
        let mut doc = parse(source);
        let b = find(&doc, "/a/b");
        doc.remove(b).unwrap();
        assert_eq!(doc.root_element().string_value(), text);
        assert_eq!(parse(&written(&doc)).root_element().string_value(), text);
    }
}

#[test]
fn other_encodings_keep_theirs() {
    for (name, sample) in [
        ("ISO-8859-1", &b"<a b='\xe9'>\xe8<c/></a>"[..]),
        ("US-ASCII", b"<a b='e'>e<c/></a>"),
        ("ISO-8859-15", b"<a b='\xa4'>\xbd<c/></a>"),
    ] {
        let source = [
            format!("<?xml version='1.0' encoding='{name}'?>").as_bytes(),
            sample,
        ]
        .concat();
        let mut doc = Document::parse(&source).unwrap();
        assert_eq!(doc.to_bytes(), source);
        let c = find(&doc, "/a/c");
        doc.set_text(c, "1 \u{20AC} \u{1F600}").unwrap();
        doc.set_attribute(c, "d", "Ω").unwrap();
        doc.append_child(c, "<x y='Ω'>Ω<![CDATA[z]]>Ω</x>").unwrap();
        let again = Document::parse(&doc.to_bytes()).unwrap();
        assert_eq!(dump(&again), dump(&doc));
        let c = again.root_element().child("", "c").unwrap();
        assert_eq!(c.string_value(), "1 \u{20AC} \u{1F600}ΩzΩ");
        assert_eq!(c.attribute("d").unwrap(), "Ω");
        let c = find(&doc, "/a/c");
        for fragment in [
            "<Ω/>",
            "<!--Ω-->",
            "<![CDATA[Ω]]>",
            "<?p Ω?>",
            "<p Ω='1'/>",
            "<?Ω?>",
            "a<![CDATA[a]]>Ω<![CDATA[Ω]]>",
        ] {
            let result = doc.append_child(c, fragment);
            assert!(
                matches!(result, Err(EditError::Unencodable { code: 0x3A9, .. })),
                "{fragment} {result:?}"
            );
        }
    }
}

#[test]
fn new_nodes_lie_where_their_parents_do() {
    let mut doc = parse(SOURCE);
    let d = find(&doc, "/a/d");
    let span = doc.node(d).unwrap().span();
    let new = doc.append_child(d, "<e f='1'><g/></e>").unwrap();
    let e = doc.node(new).unwrap();
    assert_eq!(e.span(), span.start..span.start);
    assert_eq!(e.position(), doc.node(d).unwrap().position());
    let f = e.attribute_node("", "f").unwrap();
    assert_eq!(f.span(), span.start..span.start);
    assert_eq!(f.path(), "/a/d/e/@f");
    assert_eq!(doc.node(d).unwrap().span(), span);
    assert_eq!(doc.source_len(), SOURCE.len());
}

/// Names, values and order; texts that lie side by side as one.
fn dump(doc: &Document) -> String {
    let mut out = String::new();
    let mut text = String::new();
    dump_node(doc.root(), &mut out, &mut text);
    out
}

fn flush(out: &mut String, text: &mut String) {
    if !text.is_empty() {
        out.push_str(&format!("{:?}\n", std::mem::take(text)));
    }
}

fn dump_node(node: Node<'_>, out: &mut String, text: &mut String) {
    for child in node.children() {
        if child.kind() == NodeKind::Text {
            text.push_str(&child.text().unwrap());
            continue;
        }
        flush(out, text);
        match child.kind() {
            NodeKind::Element => {
                let names = (child.namespace(), child.prefix(), child.local_name());
                out.push_str(&format!("{names:?}"));
                for a in child.attributes() {
                    out.push_str(&format!(
                        " {:?}={:?}",
                        (a.namespace(), a.prefix(), a.local_name()),
                        a.value()
                    ));
                }
                for declaration in child.namespace_declarations() {
                    out.push_str(&format!(" {declaration:?}"));
                }
                out.push_str(" (\n");
                dump_node(child, out, text);
                out.push_str(")\n");
            }
            kind => out.push_str(&format!(
                "{kind:?} {} {:?}\n",
                child.local_name(),
                child.text()
            )),
        }
    }
    flush(out, text);
}

fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zé€ \n\r\t>'\"]{0,4}",
        Just("&amp;".to_owned()),
        Just("&#x1F600;".to_owned()),
        Just("<![CDATA[<x>&]]]]>".to_owned()),
        Just("]]".to_owned()),
        Just("]".to_owned()),
    ];
    proptest::collection::vec(part, 0..3).prop_map(|parts| parts.concat())
}

fn markup() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        text(),
        text().prop_map(|_| "<!-- c - -->".to_owned()),
        Just("<?pi x?>".to_owned()),
        Just("<e/>".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let name = prop_oneof![Just("x"), Just("p:y"), Just("é")];
        let attributes = prop_oneof![
            Just(""),
            Just(" a = '1'"),
            Just("\n\ta=\"&lt;\n\" p:a='2'"),
            Just(" xmlns='urn:z'"),
            Just(" xmlns='' xmlns:q='urn:q' q:a='3' "),
        ];
        (name, attributes, proptest::collection::vec(inner, 0..4)).prop_map(
            |(name, attributes, inner)| format!("<{name}{attributes}>{}</{name} >", inner.concat()),
        )
    })
}

fn document() -> impl Strategy<Value = String> {
    (markup(), text(), markup())
        .prop_map(|(a, t, b)| format!("<!-- s --> <r xmlns:p='urn:p'>{a}{t}<m/>{b}</r>\r\n<?e?>\n"))
        .prop_filter("]]> came together", |source| {
            Document::parse(source.as_bytes()).is_ok()
        })
}

#[derive(Debug, Clone)]
enum Edit {
    Set(usize, &'static str, String),
    Unset(usize, &'static str),
    Append(usize, String),
    Before(usize, String),
    After(usize, String),
    Replace(usize, String),
    Remove(usize),
    Text(usize, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    let name = || {
        prop_oneof![
            Just("a"),
            Just("p:a"),
            Just("new"),
            Just("xmlns:n"),
            Just("n:b"),
            Just("xmlns")
        ]
    };
    let value = || "[a-zé€ \n\r\t<>&'\"\\]]{0,6}";
    prop_oneof![
        (any::<usize>(), name(), value()).prop_map(|(i, n, v)| Edit::Set(i, n, v)),
        (any::<usize>(), name()).prop_map(|(i, n)| Edit::Unset(i, n)),
        (any::<usize>(), markup()).prop_map(|(i, m)| Edit::Append(i, m)),
        (any::<usize>(), markup()).prop_map(|(i, m)| Edit::Before(i, m)),
        (any::<usize>(), markup()).prop_map(|(i, m)| Edit::After(i, m)),
        (any::<usize>(), markup()).prop_map(|(i, m)| Edit::Replace(i, m)),
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), value()).prop_map(|(i, v)| Edit::Text(i, v)),
    ]
}

/// Makes the edit; gives the node where it was made, if it was.
fn apply(doc: &mut Document, edit: &Edit) -> Option<NodeId> {
    let pick = |index: &usize| {
        let all: Vec<NodeId> = doc.root().descendants().map(|node| node.id()).collect();
        all[index % all.len()]
    };
    let up = |doc: &Document, id: NodeId| doc.node(id).and_then(|n| n.parent()).map(|n| n.id());
    let (place, done) = match edit {
        Edit::Set(i, name, value) => (
            Some(pick(i)),
            doc.set_attribute(pick(i), name, value).is_ok(),
        ),
        Edit::Unset(i, name) => (Some(pick(i)), doc.remove_attribute(pick(i), name).is_ok()),
        Edit::Append(i, markup) => (Some(pick(i)), doc.append_child(pick(i), markup).is_ok()),
        Edit::Before(i, markup) => (up(doc, pick(i)), doc.insert_before(pick(i), markup).is_ok()),
        Edit::After(i, markup) => (up(doc, pick(i)), doc.insert_after(pick(i), markup).is_ok()),
        Edit::Replace(i, markup) => (up(doc, pick(i)), doc.replace(pick(i), markup).is_ok()),
        Edit::Remove(i) => (up(doc, pick(i)), doc.remove(pick(i)).is_ok()),
        Edit::Text(i, text) => {
            let node = doc.node(pick(i)).unwrap();
            let place = if node.is_text() {
                up(doc, node.id())
            } else {
                Some(node.id())
            };
            (place, doc.set_text(pick(i), text).is_ok())
        }
    };
    place.filter(|_| done)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_what_was_edited_gives_the_same_tree(source in document(), edits in proptest::collection::vec(edit(), 1..8)) {
        let mut doc = parse(&source);
        prop_assert_eq!(written(&doc), source.as_str());
        let mut touched = std::collections::HashSet::new();
        for edit in &edits {
            let place = apply(&mut doc, edit);
            let now = written(&doc);
            let again = parse(&now);
            prop_assert_eq!(dump(&again), dump(&doc), "{:?}", now);
            if let Some(place) = place {
                touched.insert(place);
                touched.extend(doc.node(place).into_iter().flat_map(|n| n.ancestors()).map(|n| n.id()));
            }
            // Elements that no edit touched have their old bytes.
            let ours = doc.root().descendants().filter(Node::is_element);
            let theirs = again.root().descendants().filter(Node::is_element);
            for (old, new) in ours.zip(theirs) {
                let inside = old.descendants().any(|n| touched.contains(&n.id()));
                if !old.span().is_empty() && !inside && !touched.contains(&old.id()) {
                    prop_assert_eq!(&source[old.span()], &now[new.span()]);
                }
            }
        }
    }

    #[test]
    fn whatever_is_accepted_comes_back(source in document(), at in any::<usize>(), with in "[<>&;'\"= a/!\\[\\]?-]{0,3}") {
        let mut at = at % source.len();
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        let changed = format!("{}{with}{}", &source[..at], &source[at..]);
        if let Ok(doc) = Document::parse(changed.as_bytes()) {
            prop_assert_eq!(doc.to_bytes(), changed.as_bytes());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        if let Ok(doc) = Document::parse(&bytes) {
            prop_assert_eq!(doc.to_bytes(), bytes);
        }
    }
}
