//! A small document, a few variables, and the check of a table of expressions.
#![allow(clippy::unwrap_used, clippy::panic)]

use segur_schematron::xpath::{
    Atomic, DocumentStore, DynamicContext, Expr, IndexedDocument, Item, NamePool, Run, Sequence,
    StaticContext, Text, Variables, XPathError,
};
use segur_xml::Document;

pub(crate) const DOCUMENT: &str = concat!(
    "<?pi données?><!--c1-->",
    r#"<t:a xmlns:t="urn:t" id="A1" xml:lang="fr">un <b k="x" n="1" of="A1"><c/></b>"#,
    r#"deux <b k="y" n="2"/> <b k="x" n="3">trois</b><?in?></t:a>"#,
);

const CODES: &str = r#"<codes><code v="1" name="A1"/><code v="2"/><code v="3" name="B"/></codes>"#;

struct Table<'d>(Vec<Sequence<'d>>);

impl<'d> Variables<'d> for Table<'d> {
    fn get(&self, slot: u32) -> Result<Sequence<'d>, XPathError> {
        <[_]>::get(&self.0, slot as usize)
            .cloned()
            .ok_or_else(|| XPathError::new("TEST", "absente", "absent"))
    }
}

fn text(value: &'static str) -> Item<'static> {
    Item::Atomic(Atomic::String(Text::Borrowed(value)))
}

/// Evaluates each expression at the root element and compares its items as text; `!CODE` expects
/// an error.
pub(crate) fn check(table: &[(&str, &str)]) {
    let pool = NamePool::new();
    let mut context = StaticContext::new(pool.clone());
    context.namespace("t", "urn:t");
    for name in ["two", "yes", "codes", "nodes"] {
        context.variable(name);
    }
    let store = DocumentStore::new(
        pool.clone(),
        Box::new(|href, _base| {
            Ok((href == "codes.xml").then(|| Document::parse(CODES.as_bytes()).unwrap()))
        }),
    );
    let tree = Document::parse(DOCUMENT.as_bytes()).unwrap();
    let document = IndexedDocument::new(&tree, &pool);
    let run = Run::new(&document).with_documents(&store);
    let root = document.node(tree.root_element()).unwrap();
    let variables = Table(vec![
        Expr::compile("2", &context)
            .unwrap()
            .eval(&DynamicContext::new(&run, &None))
            .unwrap(),
        Sequence::One(Item::Atomic(Atomic::Boolean(true))),
        vec![text("x"), text("y")].into(),
        root.children()
            .filter(|n| n.local_name() == "b")
            .map(Item::Node)
            .collect(),
    ]);
    let item = Some(Item::Node(root));
    let mut wrong = Vec::new();
    for (source, expected) in table {
        let found = Expr::compile(source, &context).and_then(|expr| {
            let cx = DynamicContext::new(&run, &item).with_variables(&variables);
            let value = expr.eval(&cx)?;
            // The three ways to evaluate must agree.
            match (value.truth(), expr.eval_bool(&cx)) {
                (Ok(a), Ok(b)) => assert_eq!(a, b, "{source}"),
                (Err(a), Err(b)) => assert_eq!(a.code, b.code, "{source}"),
                (a, b) => panic!("{source}: {a:?} {b:?}"),
            }
            Ok(value.joined())
        });
        let found = found.unwrap_or_else(|error| format!("!{}", error.code));
        if found != *expected {
            wrong.push(format!(
                "{source}\n  expected {expected}\n  found    {found}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
