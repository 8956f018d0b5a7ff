//! XPath expressions and match patterns: compile any text, evaluate it on a small document.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use segur_schematron::xpath::{
    DynamicContext, Expr, IndexedDocument, Item, NamePool, Pattern, Run, StaticContext, XPathError,
};
use segur_xml::Document;

const DOCUMENT: &[u8] = br#"<?p i?><t:a xmlns:t="urn:t" id="A1" xml:lang="fr">un <b k="x" n="1"><c/><c root="1.2"/></b>
<b k="y" n="2">deux<!-- c --></b><b k="x" n="2024-02-29T10:00:00"> trois </b></t:a>"#;

fuzz_target!(|source: &str| {
    static TREE: OnceLock<Document> = OnceLock::new();
    let tree = TREE.get_or_init(|| Document::parse(DOCUMENT).expect("well-formed"));
    let pool = NamePool::new();
    let mut context = StaticContext::new(pool.clone());
    context.namespace("t", "urn:t");

    let pattern = sound(Pattern::compile(source, &context), source);
    let Some(expr) = sound(Expr::compile(source, &context), source) else {
        assert!(pattern.is_none(), "a pattern that is no expression");
        return;
    };
    let document = IndexedDocument::new(tree, &pool);
    let run = Run::new(&document).with_fuel(20_000).with_max_items(10_000);
    let item = document.node(tree.root_element()).map(Item::Node);
    let context = DynamicContext::new(&run, &item);
    let value = sound(expr.eval(&context), source);
    let truth = sound(expr.eval_bool(&context), source);
    if let (Some(value), Some(truth)) = (value, truth) {
        assert_eq!(value.truth().ok(), Some(truth), "two ways to the truth");
    }
    let Some(pattern) = pattern else { return };
    for node in document.nodes() {
        let listed = pattern.alternatives().iter().any(|alternative| {
            alternative.matches(node, &context).is_ok_and(|matches| {
                assert!(
                    !matches || alternative.candidates(&document).contains(&node),
                    "a match that is no candidate"
                );
                matches
            })
        });
        let matches = pattern.matches(node, &context);
        assert!(matches.is_err() || run.fuel() == 0 || matches == Ok(listed));
    }
});

/// Errors have a code, two messages and a place inside the text.
fn sound<T>(result: Result<T, XPathError>, source: &str) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            assert!(error.code.len() >= 8 && !error.fr.is_empty() && !error.en.is_empty());
            assert!(error.offset.is_none_or(|offset| offset <= source.len()));
            assert!(error.en.len() < 2_000 + source.len());
            None
        }
    }
}
