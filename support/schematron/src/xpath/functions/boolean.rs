//! Functions that answer true or false.

use super::{Call, Function};
use crate::xpath::document::{NodeKind, NodeRef};
use crate::xpath::error::XPathError;
use crate::xpath::value::Sequence;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn boolean(&self) -> Result<Sequence<'d>, XPathError> {
        let answer = match self.function {
            Function::True => true,
            Function::False => false,
            Function::Boolean => self.cx.truth(self.arg(0), self.focus)?,
            Function::Not => !self.cx.truth(self.arg(0), self.focus)?,
            Function::Nilled => match self.optional_node(0)? {
                // No schema is read: no element is nilled.
                Some(node) if node.kind() == NodeKind::Element => false,
                _ => return Ok(Sequence::Empty),
            },
            _ => {
                let wanted = self.cx.text_or_empty(self.arg(0), self.focus)?;
                let node = match self.args.len() {
                    1 => self.focus.context_node()?,
                    _ => self.required_node(1)?,
                };
                speaks(node, &wanted)
            }
        };
        Ok(Sequence::boolean(answer))
    }
}

/// Whether the nearest `xml:lang` is the wanted language or a variant of it.
fn speaks(node: NodeRef<'_>, wanted: &str) -> bool {
    let mut next = Some(node);
    while let Some(node) = next {
        if node.kind() == NodeKind::Element
            && let Some(lang) = node.tree_node().attribute_ns(XML, "lang")
        {
            let lang = lang.to_lowercase();
            let wanted = wanted.to_lowercase();
            return lang == wanted
                || lang
                    .strip_prefix(&wanted)
                    .is_some_and(|rest| rest.starts_with('-'));
        }
        next = node.parent();
    }
    false
}
