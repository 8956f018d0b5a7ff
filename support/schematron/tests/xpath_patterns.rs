//! Match patterns: what matches, what is refused, which nodes are looked at.
#![allow(clippy::unwrap_used)]

use segur_schematron::xpath::{
    DynamicContext, IndexedDocument, NamePool, NodeKind, NodeRef, Pattern, Run, StaticContext,
};
use segur_xml::Document;

const DOCUMENT: &str = concat!(
    r#"<doc xmlns="urn:t"><sec><id root="1.2"/><sec n="inner"><id root="3.4"/><p>a</p></sec></sec>"#,
    r#"<sec n="second"><p>b</p><p k="v">c</p><?pi x?><!-- c --></sec></doc>"#,
);

fn context(pool: &std::sync::Arc<NamePool>) -> StaticContext {
    let mut context = StaticContext::new(pool.clone());
    context.namespace("t", "urn:t");
    context
}

fn every_node<'d>(document: &'d IndexedDocument<'d>) -> Vec<NodeRef<'d>> {
    document
        .nodes()
        .flat_map(|node| std::iter::once(node).chain(node.attributes()))
        .collect()
}

/// The nodes that match; each must be among the candidates.
fn matching(source: &str) -> Vec<String> {
    let pool = NamePool::new();
    let pattern = Pattern::compile(source, &context(&pool)).unwrap();
    let tree = Document::parse(DOCUMENT.as_bytes()).unwrap();
    let document = IndexedDocument::new(&tree, &pool);
    let run = Run::new(&document);
    let cx = DynamicContext::new(&run, &None);
    let mut found = Vec::new();
    for node in every_node(&document) {
        if !pattern.matches(node, &cx).unwrap() {
            continue;
        }
        found.push(match node.kind() {
            NodeKind::Element | NodeKind::Attribute => {
                format!("{}={}", node.local_name(), node.string_value())
            }
            kind => format!("{kind:?}"),
        });
        let listed = pattern.alternatives().iter().any(|alternative| {
            alternative.matches(node, &cx).unwrap()
                && alternative.candidates(&document).contains(&node)
        });
        assert!(listed, "{source}: a match is no candidate");
    }
    found
}

#[test]
fn paths_match_from_the_end() {
    for (pattern, expected) in [
        ("t:p", "p=a p=b p=c"),
        ("t:sec/t:p", "p=a p=b p=c"),
        ("/t:doc/t:sec/t:p", "p=b p=c"),
        ("t:doc//t:p", "p=a p=b p=c"),
        ("//t:sec//t:p", "p=a p=b p=c"),
        ("t:sec/t:sec//t:p", "p=a"),
        ("/t:doc/t:p", ""),
        ("t:p[1]", "p=a p=b"),
        ("t:p[2]", "p=c"),
        ("t:p[last()]", "p=a p=c"),
        ("t:sec[t:id/@root = '3.4']/t:p", "p=a"),
        ("*[t:id/@root = '1.2']//*[t:id/@root = '3.4']", "sec=a"),
        ("t:sec/*[not(self::t:p)]", "id= sec=a id="),
        ("@k", "k=v"),
        ("t:p/@*", "k=v"),
        ("@*[. = 'v']", "k=v"),
        ("t:p | @n", "n=inner p=a n=second p=b p=c"),
        ("text()", "Text Text Text"),
        ("comment()", "Comment"),
        ("processing-instruction()", "Instruction"),
        ("/", "Document"),
        ("*:p[. = 'b']", "p=b"),
        ("//self::t:p", "p=a p=b p=c"),
        ("t:sec[t:p]/t:id", "id="),
        ("t:p[count(../t:p) = 2][@k]", "p=c"),
    ] {
        assert_eq!(matching(pattern).join(" "), expected, "{pattern}");
    }
}

#[test]
fn an_error_inside_is_no_match() {
    assert!(matching("t:p[@k + 1]").is_empty());
    assert!(matching("t:sec[string-length(t:p) = 1][@n = 'second']").is_empty());
}

#[test]
fn refused() {
    let pool = NamePool::new();
    for (source, code) in [
        ("1 + 1", "XTSE0340"),
        ("t:a/..", "XTSE0340"),
        ("t:a/following-sibling::t:b", "XTSE0340"),
        ("id('x')", "XTSE0340"),
        ("key('k', 'x')/t:a", "XTSE0340"),
        ("t:a[", "XPST0003"),
        ("u:a", "XPST0081"),
        ("t:a[$v]", "XPST0008"),
    ] {
        let error = Pattern::compile(source, &context(&pool)).unwrap_err();
        assert_eq!(error.code, code, "{source}");
    }
}

#[test]
fn keys_for_dispatch() {
    let pool = NamePool::new();
    let pattern = Pattern::compile(
        "t:a/*[t:templateId/@root = '1.2'] | t:b[@c = 'd']",
        &context(&pool),
    )
    .unwrap();
    let [first, second] = pattern.alternatives() else {
        panic!("two alternatives")
    };
    assert_eq!(first.last().local, None);
    assert_eq!(first.parent().unwrap().local.as_deref(), Some("a"));
    let required = first.required().unwrap();
    assert_eq!(required.child.unwrap().1.as_ref(), "templateId");
    assert_eq!(
        (required.attribute.1.as_ref(), required.value.as_ref()),
        ("root", "1.2")
    );
    assert_eq!(second.last().local.as_deref(), Some("b"));
    assert_eq!(second.required().unwrap().child, None);
}
