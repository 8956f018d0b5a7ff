//! Where a finding about a mutant may be.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use segur_core::Finding;
use segur_xml::{Document, Node};

use super::verdicts::Mutant;

/// Where a finding may be: the innermost element with the changed byte, its parent, its next sibling, and what the
/// official tools named.
pub(crate) fn places(mutant: &Mutant, document: &Document) -> BTreeSet<String> {
    let start = mutant.number("start");
    let mut innermost = document.root_element();
    while let Some(child) = innermost.elements().find(|e| e.span().contains(&start)) {
        innermost = child;
    }
    let mut siblings = std::iter::successors(innermost.next_sibling(), Node::next_sibling);
    let next = siblings.find(Node::is_element);
    let near = [Some(innermost), innermost.parent(), next];
    let mut all: BTreeSet<String> = near.iter().flatten().map(Node::path).collect();
    for failed in mutant.row["failed"].as_array().unwrap() {
        all.insert(without_prefixes(failed["location"].as_str().unwrap()));
    }
    for error in mutant.row["xsd"].as_array().unwrap() {
        if let Some(node) = error["path"]
            .as_str()
            .and_then(|path| schema_path(document, path))
        {
            all.insert(node.path());
        }
    }
    all
}

fn without_prefixes(path: &str) -> String {
    let step = |step: &str| step.rsplit(':').next().unwrap_or_default().to_owned();
    path.split('/').map(step).collect::<Vec<_>>().join("/")
}

/// `*` counts all elements of a parent, a name with a prefix its like.
fn schema_path<'a>(document: &'a Document, path: &str) -> Option<Node<'a>> {
    let mut node = document.root();
    for step in path.split('/').skip(1) {
        let (name, number) = step.split_once('[').unwrap_or((step, "1]"));
        let at: usize = number.trim_end_matches(']').parse().ok()?;
        let local = name.rsplit(':').next()?;
        let mut alike = node
            .elements()
            .filter(|e| name == "*" || (e.local_name() == local && e.prefix().is_some()));
        node = alike.nth(at.checked_sub(1)?)?;
    }
    Some(node)
}

/// Whether a finding is at one of the places.
pub(crate) fn is_at(finding: &Finding, places: &BTreeSet<String>) -> bool {
    let path = finding.location.as_ref().map_or("", |l| l.xpath.as_str());
    places.contains(path.split("/@").next().unwrap_or_default())
}
