//! Evaluates a list of expressions at a list of nodes and prints every result, so that another
//! engine can be asked the same: see `tools/xpath_differential.py`.
//!
//! Standard input is one JSON object: `namespaces` (prefix to URI), `variables` (name to a list of
//! strings), `documents` (paths), `nodes` (pairs of document index and element index in document
//! order) and `expressions`. Standard output has one JSON line per expression:
//! `{"error": code}` or `{"results": [...]}`, one per node.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Read as _;

use segur_schematron::xpath::{
    Atomic, DynamicContext, Expr, IndexedDocument, Item, NamePool, NodeKind, NodeRef, Run,
    Sequence, StaticContext, Text, Variables, XPathError,
};
use segur_xml::Document;

#[derive(serde::Deserialize)]
struct Job {
    namespaces: BTreeMap<String, String>,
    variables: BTreeMap<String, Vec<String>>,
    documents: Vec<String>,
    nodes: Vec<(usize, usize)>,
    expressions: Vec<String>,
}

struct Table<'d>(Vec<Sequence<'d>>);

impl<'d> Variables<'d> for Table<'d> {
    fn get(&self, slot: u32) -> Result<Sequence<'d>, XPathError> {
        <[Sequence<'d>]>::get(&self.0, slot as usize)
            .cloned()
            .ok_or_else(|| XPathError::new("XPDY0002", "sans valeur", "without a value"))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let job: Job = serde_json::from_str(&input)?;
    let pool = NamePool::new();
    let mut context = StaticContext::new(pool.clone());
    for (prefix, uri) in &job.namespaces {
        context.namespace(prefix, uri);
    }
    let mut variables = Vec::new();
    for (name, values) in &job.variables {
        context.variable(name);
        let items = values
            .iter()
            .map(|v| Item::Atomic(Atomic::String(Text::Shared(v.as_str().into()))));
        variables.push(items.collect());
    }
    let variables = Table(variables);
    let compiled: Vec<_> = job
        .expressions
        .iter()
        .map(|source| Expr::compile(source, &context))
        .collect();
    let trees = job
        .documents
        .iter()
        .map(|path| Ok(Document::parse(&std::fs::read(path)?)?))
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let documents: Vec<_> = trees
        .iter()
        .map(|tree| IndexedDocument::new(tree, &pool))
        .collect();
    let runs: Vec<_> = documents.iter().map(Run::new).collect();
    let elements: Vec<Vec<NodeRef<'_>>> = documents
        .iter()
        .map(|d| {
            d.nodes()
                .filter(|n| n.kind() == NodeKind::Element)
                .collect()
        })
        .collect();
    for expr in &compiled {
        let line = match expr {
            Err(error) => serde_json::json!({ "error": error.code, "message": error.to_string() }),
            Ok(expr) => {
                let results: Vec<_> = job
                    .nodes
                    .iter()
                    .filter_map(|&(document, element)| {
                        let node = *elements.get(document)?.get(element)?;
                        let item = Some(Item::Node(node));
                        let context = DynamicContext::new(runs.get(document)?, &item)
                            .with_variables(&variables);
                        Some(result(expr, &context))
                    })
                    .collect();
                serde_json::json!({ "results": results })
            }
        };
        println!("{line}");
    }
    Ok(())
}

fn result(expr: &Expr, context: &DynamicContext<'_, '_>) -> serde_json::Value {
    let truth = match expr.eval_bool(context) {
        Ok(truth) => truth.to_string(),
        Err(error) => error.code.to_owned(),
    };
    match expr.eval(context) {
        Err(error) => serde_json::json!([error.code, truth]),
        Ok(value) => {
            let items: Vec<_> = value
                .iter()
                .map(|item| match item {
                    Item::Node(node) => format!("{} {}", node.name(), short(&node.string_value())),
                    atomic => format!("= {}", short(&atomic.to_text())),
                })
                .collect();
            serde_json::json!([items, truth])
        }
    }
}

/// Long values are compared by their beginning and length.
fn short(text: &str) -> String {
    let length = text.chars().count();
    if length <= 100 {
        return text.to_owned();
    }
    format!("{} ({length})", text.chars().take(100).collect::<String>())
}
