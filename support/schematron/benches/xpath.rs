//! The engine alone: expressions of the kinds that the published rules use, over a document of
//! 1, 4 and 16 times the size. Time per element must not grow with the size.
//!
//! `cargo bench -p segur-schematron --bench xpath`
#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use segur_schematron::xpath::{
    DynamicContext, Expr, IndexedDocument, Item, NamePool, Pattern, Run, StaticContext,
};
use segur_xml::Document;

const NAMESPACE: &str = "urn:hl7-org:v3";

fn document(entries: usize) -> String {
    let mut out = format!("<ClinicalDocument xmlns='{NAMESPACE}'><component>");
    for n in 0..entries {
        let _ = write!(
            out,
            "<section><templateId root='1.2.{}'/><code code='C{n}' codeSystem='1.9'/>\
             <entry><observation classCode='OBS'><id root='{n}'/><value unit='kg'/></observation>\
             <act><text>Relevé {n}</text></act></entry></section>",
            n % 50
        );
    }
    out.push_str("</component></ClinicalDocument>");
    out
}

const EXPRESSIONS: &[(&str, &str)] = &[
    (
        "path",
        "count(component/section/entry/observation[@classCode = 'OBS']/value/@unit)",
    ),
    ("descendant", "count(//observation[value/@unit = 'kg'])"),
    (
        "descendant_index",
        "count(.//section[templateId/@root = '1.2.7'])",
    ),
    ("any_element", "count(//*[@unit])"),
    ("text", "count(//text()[contains(., 'Relevé')])"),
    ("self_join", "count(//section[code/@code = //code/@code])"),
    (
        "every",
        "every $o in //observation satisfies string-length($o/id/@root) > 0",
    ),
    ("distinct", "count(distinct-values(//code/@code))"),
];

fn sizes(c: &mut Criterion) {
    let pool = NamePool::new();
    let mut context = StaticContext::new(pool.clone());
    context.default_element_namespace(NAMESPACE);
    for factor in [1usize, 4, 16] {
        let entries = 1_000 * factor;
        let source = document(entries);
        let tree = Document::parse(source.as_bytes()).unwrap();
        let mut group = c.benchmark_group("xpath_size");
        group.throughput(Throughput::Elements(entries as u64));
        group.bench_with_input(
            BenchmarkId::new("index_document", factor),
            &tree,
            |b, tree| {
                b.iter(|| black_box(IndexedDocument::new(tree, &pool)));
            },
        );
        let indexed = IndexedDocument::new(&tree, &pool);
        let item = indexed.node(tree.root_element()).map(Item::Node);
        for (name, text) in EXPRESSIONS {
            let expr = Expr::compile(text, &context).unwrap();
            group.bench_function(BenchmarkId::new(*name, factor), |b| {
                b.iter(|| {
                    // A new run each time: what it remembers does not count.
                    let run = Run::new(&indexed);
                    black_box(expr.eval(&DynamicContext::new(&run, &item)).unwrap());
                });
            });
        }
        let pattern = Pattern::compile(
            "*[templateId/@root = '1.2.7']//observation[value]",
            &context,
        )
        .unwrap();
        group.bench_function(BenchmarkId::new("pattern", factor), |b| {
            b.iter(|| {
                let run = Run::new(&indexed);
                let none = None;
                let context = DynamicContext::new(&run, &none);
                let mut matched = 0;
                for alternative in pattern.alternatives() {
                    for node in alternative.candidates(&indexed) {
                        matched += usize::from(alternative.matches(node, &context).unwrap());
                    }
                }
                black_box(matched)
            });
        });
        group.finish();
    }
}

fn compile(c: &mut Criterion) {
    c.bench_function("xpath_compile", |b| {
        let mut context = StaticContext::new(NamePool::new());
        context.default_element_namespace(NAMESPACE);
        b.iter(|| {
            for (_, text) in EXPRESSIONS {
                black_box(Expr::compile(text, &context).unwrap());
            }
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(300));
    targets = sizes, compile
}
criterion_main!(benches);
