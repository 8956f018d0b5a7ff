//! The canonical form: the bytes that are digested and signed.

use bergshamra_c14n::{C14nMode, canonicalize};
use segur_xml::Node;

use crate::envelope::fragment_without;

/// Nodes open at the same time in what is canonicalised: the library below recurses, and its parser stops at 128.
const MAX_DEPTH: usize = 100;

/// Prefixes of one `PrefixList`: each costs a look-up per element.
pub(super) const MAX_PREFIXES: usize = 32;

/// Exclusive canonical form, without comments, of an element where it stands, but for one node inside it.
///
/// That of an element taken out with the declarations in force around it is the same: the exclusive form looks at nothing
/// else outside (Exclusive XML Canonicalization 1.0, section 3).
///
/// `None` when the element is too deep, or holds what the library below does not read.
pub(super) fn exclusive(
    element: Node<'_>,
    without: Option<Node<'_>>,
    prefixes: &[String],
) -> Option<Vec<u8>> {
    if too_deep(element) {
        return None;
    }
    let alone = fragment_without(element, without);
    canonicalize(&alone, C14nMode::Exclusive, None, prefixes).ok()
}

/// Inclusive canonical form of an element where it stands (Canonical XML 1.0), with the namespaces in force around it.
///
/// `None` when an attribute of the `xml` namespace is in force around it, which the form would have to take over, or when it passes
/// a limit.
#[cfg(feature = "xades")]
pub(super) fn inclusive(element: Node<'_>, comments: crate::c14n::Comments) -> Option<Vec<u8>> {
    let mut outer = element.parent();
    while let Some(node) = outer {
        if node.attributes().any(|one| one.prefix() == Some("xml")) {
            return None;
        }
        outer = node.parent();
    }
    let alone = crate::envelope::fragment(element);
    let mut writer = crate::c14n::CanonicalWriter::new(Vec::new(), comments);
    writer.update(alone.as_bytes()).ok()?;
    writer.finish().ok()
}

fn too_deep(top: Node<'_>) -> bool {
    let mut node = top;
    let mut depth = 1;
    loop {
        if let Some(child) = node.first_child() {
            node = child;
            depth += 1;
            if depth > MAX_DEPTH {
                return true;
            }
            continue;
        }
        loop {
            if node == top {
                return false;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return false,
            }
            depth -= 1;
        }
    }
}

#[cfg(test)]
#[allow(clippy::print_stdout, reason = "what was skipped is said")]
mod tests {
    use std::process::Command;

    use super::*;
    use proptest::prelude::*;
    use segur_xml::{Document, Limits};

    fn form(xml: &str, prefixes: &[&str]) -> String {
        let doc = Document::parse(xml.as_bytes()).unwrap();
        let inner = doc.root_element().elements().next().unwrap();
        let prefixes: Vec<String> = prefixes.iter().map(|&prefix| prefix.into()).collect();
        String::from_utf8(exclusive(inner, None, &prefixes).unwrap()).unwrap()
    }

    #[test]
    fn only_what_is_used_is_declared() {
        let xml = "<a xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q'><p:b q:y='1' x='&quot;'><c/></p:b></a>";
        assert_eq!(
            form(xml, &[]),
            r#"<p:b xmlns:p="urn:p" xmlns:q="urn:q" x="&quot;" q:y="1"><c xmlns="urn:d"></c></p:b>"#
        );
    }

    #[test]
    fn the_prefix_list_declares_at_the_top() {
        let xml = "<a xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q'><p:b><c/></p:b></a>";
        assert_eq!(
            form(xml, &["q", "#default"]),
            r#"<p:b xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><c></c></p:b>"#
        );
    }

    #[test]
    fn comments_vanish_and_text_is_spelled_one_way() {
        let xml = "<a><b><!-- no --><![CDATA[<&]]>&#13;&gt;é\r\n</b></a>";
        assert_eq!(form(xml, &[]), "<b>&lt;&amp;&#xD;&gt;é\n</b>");
    }

    #[test]
    fn a_default_namespace_is_undone() {
        let xml = "<a xmlns='urn:d'><b><c xmlns=''/></b></a>";
        assert_eq!(form(xml, &[]), r#"<b xmlns="urn:d"><c xmlns=""></c></b>"#);
    }

    #[test]
    fn what_was_never_declared_is_not_undone() {
        let xml = "<a xmlns='urn:d' xmlns:p='urn:p'><p:b><c xmlns=''/></p:b></a>";
        assert_eq!(form(xml, &[]), r#"<p:b xmlns:p="urn:p"><c></c></p:b>"#);
        assert_eq!(
            form(xml, &["#default"]),
            r#"<p:b xmlns="urn:d" xmlns:p="urn:p"><c xmlns=""></c></p:b>"#
        );
        let xml = "<a xmlns:p='urn:p'><p:b><c xmlns=''/></p:b></a>";
        let bare = r#"<p:b xmlns:p="urn:p"><c></c></p:b>"#;
        assert_eq!(form(xml, &["#default", "q"]), bare);
    }

    #[test]
    fn attributes_of_xml_stay_where_they_are() {
        let xml = "<a xml:lang='fr' xml:space='preserve'><b xml:id='1' z='' xmlns:p='urn:p' p:a=''><c xml:lang='en'/></b></a>";
        assert_eq!(
            form(xml, &["xml"]),
            r#"<b xmlns:p="urn:p" z="" xml:id="1" p:a=""><c xml:lang="en"></c></b>"#
        );
    }

    /// Elements, attributes and declarations nested at random.
    fn markup() -> impl Strategy<Value = String> {
        let name = || prop::sample::select(vec!["a", "b", "p:a", "q:b"]);
        let declaration = prop::sample::select(vec![
            "",
            "xmlns=''",
            "xmlns='urn:1'",
            "xmlns='urn:2' xmlns:p='urn:1'",
            "xmlns:p='urn:2'",
            "xmlns:q='urn:1'",
            "xmlns:q='urn:2' xmlns:p='urn:1'",
        ]);
        let attribute = prop::sample::select(vec![
            "",
            "c='&#9;'",
            "q:c='\"' c=''",
            "p:c='&lt;' b='>'",
            "xml:lang='fr' p:a='1'",
        ]);
        let text = prop::sample::select(vec![
            "",
            "x",
            "&#13;\r\n",
            "<![CDATA[<]]>",
            "<?i j?>",
            "<!-- -->",
        ]);
        text.prop_map(String::from)
            .prop_recursive(5, 24, 3, move |inner| {
                let inside = prop::collection::vec(inner, 0..4);
                let element = (name(), declaration.clone(), attribute.clone(), inside);
                element.prop_map(|(name, declaration, attribute, inside)| {
                    format!(
                        "<{name} {declaration} {attribute}>{}</{name}>",
                        inside.concat()
                    )
                })
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn the_form_is_that_of_xmllint(inside in markup()) {
            let xml = format!("<r xmlns:p='urn:p' xmlns:q='urn:q'>{inside}</r>");
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), &xml).unwrap();
            let mut command = Command::new("xmllint");
            let output = command.args(["--nonet", "--exc-c14n"]).arg(file.path()).output();
            match output {
                Err(error) => println!("SKIPPED the_form_is_that_of_xmllint: xmllint: {error}"),
                Ok(output) => {
                    prop_assert!(output.status.success(), "{}", xml);
                    let theirs = String::from_utf8(output.stdout).unwrap();
                    // It keeps comments.
                    let theirs = theirs.replace("<!-- -->", "");
                    let doc = Document::parse(xml.as_bytes()).unwrap();
                    let own = exclusive(doc.root_element(), None, &[]).unwrap();
                    prop_assert_eq!(String::from_utf8(own).unwrap(), theirs);
                }
            }
        }
    }

    #[test]
    fn depth_is_limited() {
        let mut limits = Limits::default();
        limits.max_depth = 200_000;
        let deep = |n| format!("<a>{}{}</a>", "<b>".repeat(n), "</b>".repeat(n));
        let doc = Document::parse_with(deep(100).as_bytes(), &limits).unwrap();
        assert_eq!(exclusive(doc.root_element(), None, &[]), None);
        let doc = Document::parse_with(deep(100_000).as_bytes(), &limits).unwrap();
        assert_eq!(exclusive(doc.root_element(), None, &[]), None);
        let doc = Document::parse_with(deep(99).as_bytes(), &limits).unwrap();
        assert!(exclusive(doc.root_element(), None, &[]).is_some());
    }
}
