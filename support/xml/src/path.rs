//! Where a node is, in words.

use crate::attribute::Attribute;
use crate::node::{Node, NodeKind};

impl Node<'_> {
    /// The way from the root, as `/ClinicalDocument/component[3]/section`: local names, with the
    /// number among siblings of the same local name from the second on. Other nodes are
    /// `text()`, `comment()` and `processing-instruction()`; the document is `/`.
    pub fn path(&self) -> String {
        let mut steps = Vec::new();
        let mut node = *self;
        while let Some(parent) = node.parent() {
            let step = step(&node);
            let same = |other: &Node<'_>| other.kind() == node.kind() && self::step(other) == step;
            let mut number = 1;
            let mut before = node.previous_sibling();
            while let Some(sibling) = before {
                number += u32::from(same(&sibling));
                before = sibling.previous_sibling();
            }
            steps.push((step, number));
            node = parent;
        }
        if steps.is_empty() {
            return "/".to_owned();
        }
        let mut path = String::new();
        for (step, number) in steps.iter().rev() {
            path.push('/');
            path.push_str(step);
            if *number > 1 {
                path.push_str(&format!("[{number}]"));
            }
        }
        path
    }
}

fn step<'a>(node: &Node<'a>) -> &'a str {
    match node.kind() {
        NodeKind::Element => node.local_name(),
        NodeKind::Text => "text()",
        NodeKind::Comment => "comment()",
        NodeKind::ProcessingInstruction => "processing-instruction()",
        NodeKind::Document => "",
    }
}

impl Attribute<'_> {
    /// The path of the element, then `/@` and the local name.
    pub fn path(&self) -> String {
        format!("{}/@{}", self.owner().path(), self.local_name())
    }
}
