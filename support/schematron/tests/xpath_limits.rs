//! Bounds: depth, length, work, size of sequences, cancellation; and no panic whatever the text.
#![allow(clippy::unwrap_used, clippy::let_and_return)]

use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use segur_schematron::xpath::{
    DynamicContext, Expr, IndexedDocument, Item, NamePool, Pattern, Run, Sequence, StaticContext,
    XPathError,
};
use segur_xml::Document;

fn eval(source: &str, configure: impl Fn(Run<'_>) -> Run<'_>) -> Result<String, XPathError> {
    let pool = NamePool::new();
    let expr = Expr::compile(source, &StaticContext::new(pool.clone()))?;
    let tree = Document::parse(b"<a x='1'><b/><b/><b>t</b></a>").unwrap();
    let document = IndexedDocument::new(&tree, &pool);
    let run = configure(Run::new(&document));
    let item = document.node(tree.root_element()).map(Item::Node);
    let text = expr.eval_string(&DynamicContext::new(&run, &item));
    text
}

/// Runs on a thread with a stack of 256 KiB.
fn on_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(test)
        .unwrap();
    thread.join().unwrap();
}

#[test]
fn nesting_is_bounded_and_fits_a_small_stack() {
    on_small_stack(|| {
        for (open, middle, close) in [
            ("(", "1", ")"),
            ("not(", "1", ")"),
            ("b[", "1", "]"),
            ("string(", "1", ")"),
            ("if (", "1", ") then 1 else 1"),
            ("for $x in ", "1", " return $x"),
            ("some $x in . satisfies ", "1", ""),
            ("a/(", ".", ")"),
            ("(1, ", "2", ")[1]"),
            ("1 + (", "2", ")"),
            ("'a' = (", "'a'", ")"),
            ("concat('a', ", "'a'", ")"),
            ("count((", "b", "))"),
            ("(b | (", "b", "))"),
        ] {
            for depth in [20, 45, 50, 51, 5_000] {
                let source = format!("{}{middle}{}", open.repeat(depth), close.repeat(depth));
                match eval(&source, |run| run) {
                    Ok(_) => assert!(depth <= 50, "{open} {depth}"),
                    Err(error) => {
                        let expected = depth > 20 || error.code != "SEGURLIMIT";
                        assert!(expected, "{open} {depth}: {error}");
                    }
                }
            }
        }
    });
}

#[test]
fn chains_do_not_nest() {
    on_small_stack(|| {
        for (first, next) in [
            ("1", " + 1"),
            ("b", " or b"),
            ("b", " and b"),
            ("b", " | b"),
            ("b", " except c"),
            ("1", ", 1"),
            ("b", "[1]"),
        ] {
            let source = format!("{first}{}", next.repeat(20_000));
            assert!(eval(&source, |run| run).is_ok(), "{next}");
        }
        assert_eq!(
            eval(&format!("{}1", "-".repeat(20_001)), |run| run).unwrap(),
            "-1"
        );
        let path = format!(".{}", "/.".repeat(900));
        assert!(eval(&path, |run| run).is_ok());
        assert_eq!(
            eval(&"/.".repeat(1_100), |run| run).unwrap_err().code,
            "SEGURLIMIT"
        );
        // Steps that are expressions, and variables, nest in the compiled form.
        let steps = format!("a{}", "/(b)".repeat(60));
        assert_eq!(eval(&steps, |run| run).unwrap_err().code, "SEGURLIMIT");
        let variables = (0..60)
            .map(|n| format!("$v{n} in b"))
            .collect::<Vec<_>>()
            .join(", ");
        let loops = format!("for {variables} return 1");
        assert_eq!(eval(&loops, |run| run).unwrap_err().code, "SEGURLIMIT");
        let mixed = format!("{}b{}", "(".repeat(20), "/(b))".repeat(20));
        assert!(eval(&mixed, |run| run).is_ok());
        let mixed = format!("{}b{}", "(".repeat(40), "/(b))".repeat(40));
        assert_eq!(eval(&mixed, |run| run).unwrap_err().code, "SEGURLIMIT");
        let long = format!("'{}'", "x".repeat(300_000));
        assert_eq!(eval(&long, |run| run).unwrap_err().code, "SEGURLIMIT");
    });
}

#[test]
fn work_and_sequences_are_bounded() {
    let loops = "count(for $a in 1 to 10000, $b in 1 to 10000 return ())";
    assert_eq!(
        eval(loops, |run| run.with_fuel(100_000)).unwrap_err().code,
        "SEGURFUEL"
    );
    let walks = "some $a in 1 to 1000000 satisfies //zz";
    assert_eq!(
        eval(walks, |run| run.with_fuel(100_000)).unwrap_err().code,
        "SEGURFUEL"
    );
    let compares = "(1 to 9000) = (10000 to 19000)";
    assert_eq!(
        eval(compares, |run| run.with_fuel(100_000))
            .unwrap_err()
            .code,
        "SEGURFUEL"
    );
    let many = "count((1 to 60000, 1 to 60000))";
    assert_eq!(
        eval(many, |run| run.with_max_items(50_000))
            .unwrap_err()
            .code,
        "SEGURLIMIT"
    );
    assert_eq!(
        eval("1 to 999999999999", |run| run).unwrap_err().code,
        "SEGURLIMIT"
    );
    for grows in [
        "string-join(for $i in 1 to 30 return 'x', '')",
        "reverse(1 to 100)",
    ] {
        assert!(eval(grows, |run| run).is_ok());
    }
}

#[test]
fn the_caller_can_cancel() {
    let flag: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
    flag.store(true, Ordering::Relaxed);
    let error = eval("count(for $a in 1 to 10000 return //b)", |run| {
        run.with_cancel(flag)
    });
    assert_eq!(error.unwrap_err().code, "SEGURCANCEL");
}

#[test]
fn a_bound_reached_in_a_pattern_is_no_mismatch() {
    let pool = NamePool::new();
    let source = "b[count(for $a in 1 to 100000 return //b) = 0]";
    let pattern = Pattern::compile(source, &StaticContext::new(pool.clone())).unwrap();
    let tree = Document::parse(b"<a><b/></a>").unwrap();
    let document = IndexedDocument::new(&tree, &pool);
    let run = Run::new(&document).with_fuel(5_000);
    let node = document.elements_named("", "b").next().unwrap();
    assert!(
        pattern
            .matches(node, &DynamicContext::new(&run, &None))
            .unwrap_err()
            .is_limit()
    );
}

#[test]
fn compiled_things_are_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Expr>();
    shared::<Pattern>();
    shared::<IndexedDocument<'_>>();
    shared::<StaticContext>();
    shared::<segur_schematron::xpath::DocumentStore>();
    shared::<Sequence<'_>>();
}

#[test]
fn errors_say_nothing_of_the_document() {
    let pool = NamePool::new();
    let context = StaticContext::new(pool.clone());
    let tree = Document::parse(b"<a><name>DURAND</name><n>DUPONT</n></a>").unwrap();
    let document = IndexedDocument::new(&tree, &pool);
    let run = Run::new(&document);
    let item = document.node(tree.root_element()).map(Item::Node);
    let cx = DynamicContext::new(&run, &item);
    for source in [
        "name + 1",
        "xs:date(name)",
        "string(*)",
        "xs:integer(n)",
        "n = 1",
        "resolve-QName('u:x', .)",
        "matches('a', concat('(', n))",
        "codepoints-to-string(n)",
        "name treat as xs:integer",
    ] {
        let error = Expr::compile(source, &context)
            .unwrap()
            .eval(&cx)
            .unwrap_err();
        let shown = format!("{error} {error:?} {} {}", error.fr, error.en);
        assert!(!shown.contains("DU"), "{source}: {shown}");
    }
    let value = Expr::compile("string(name)", &context)
        .unwrap()
        .eval(&cx)
        .unwrap();
    assert!(!format!("{value:?}").contains("DURAND"));
}

/// Pieces that make expressions more often than random characters do.
const PIECES: &[&str] = &[
    "a",
    "b",
    "@x",
    "*",
    "/",
    "//",
    "..",
    ".",
    "(",
    ")",
    "[",
    "]",
    ",",
    "'s'",
    "\"q\"",
    "1",
    "2.5",
    "1e3",
    "$v",
    " and ",
    " or ",
    " = ",
    "!=",
    "<",
    ">=",
    " eq ",
    " div ",
    " mod ",
    " - ",
    "+",
    "|",
    " except ",
    " to ",
    "if (",
    " then ",
    " else ",
    "for $v in ",
    " return ",
    "some $v in ",
    " satisfies ",
    "count(",
    "string(",
    "matches(",
    "replace(",
    "tokenize(",
    "number(",
    "sum(",
    "substring(",
    "round(",
    "not(",
    " castable as ",
    " cast as ",
    "xs:integer",
    "xs:dateTime",
    " instance of ",
    "node()",
    "text()",
    "self::",
    "ancestor::",
    "preceding::",
    "position()",
    "last()",
    "()",
    "(: c :)",
    "é",
    "\u{0}",
    "^[a-z-[m]]+$",
    "{2,}",
    "\\i",
    "distinct-values(",
    "xs:decimal(",
    "resolve-QName(",
    "?",
    "-",
    "1 to 5",
    "xs:dayTimeDuration('PT1S')",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_text_makes_it_panic(source in "\\PC{0,60}") {
        let _ = eval(&source, |run| run.with_fuel(100_000));
    }

    #[test]
    fn no_mixture_makes_it_panic(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)
    ) {
        let source = pieces.concat();
        let _ = eval(&source, |run| run.with_fuel(100_000).with_max_items(10_000));
        let _ = Pattern::compile(&source, &StaticContext::new(NamePool::new()));
    }
}
