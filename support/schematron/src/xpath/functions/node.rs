//! Names, identity and values of nodes; and how functions read their arguments.

use std::sync::Arc;

use super::{Call, Function};
use crate::xpath::document::{NodeKind, NodeRef};
use crate::xpath::error::XPathError;
use crate::xpath::eval::too_many;
use crate::xpath::ir::Ir;
use crate::xpath::text::Text;
use crate::xpath::value::{Atomic, ExpandedName, Item, Sequence};

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn arg(&self, index: usize) -> &Ir {
        self.args.get(index).unwrap_or(&Ir::Empty)
    }

    /// A `node()?` argument.
    pub(super) fn optional_node(&self, index: usize) -> Result<Option<NodeRef<'d>>, XPathError> {
        let mut found = None;
        self.cx
            .each(self.arg(index), self.focus, true, &mut |item| {
                if found.is_some() {
                    return Err(too_many());
                }
                found = Some(item.as_node().ok_or_else(|| self.wrong_argument())?);
                Ok(true)
            })?;
        Ok(found)
    }

    /// A `node()` argument.
    pub(super) fn required_node(&self, index: usize) -> Result<NodeRef<'d>, XPathError> {
        self.optional_node(index)?
            .ok_or_else(|| self.wrong_argument())
    }

    pub(super) fn wrong_argument(&self) -> XPathError {
        let name = self.function.name();
        XPathError::type_error(
            format!("argument du mauvais type pour {name}()"),
            format!("argument of the wrong type for {name}()"),
        )
    }

    pub(super) fn node(&self) -> Result<Sequence<'d>, XPathError> {
        if self.function == Function::Data {
            let values = self.cx.data(self.arg(0), self.focus)?;
            return Ok(values.into_iter().map(Item::Atomic).collect());
        }
        let node = match self.args {
            [] => Some(
                self.focus
                    .context_node()
                    .map_err(|error| match error.code {
                        "XPTY0020" => self.wrong_argument(),
                        _ => error,
                    })?,
            ),
            _ => self.optional_node(0)?,
        };
        Ok(match (self.function, node) {
            (Function::LocalName, Some(node)) => Sequence::string(Text::from(node.local_name())),
            (Function::Name, Some(node)) => Sequence::string(Text::from(node.name())),
            (Function::LocalName | Function::Name, None) => Sequence::string(""),
            (Function::NamespaceUri, node) => Sequence::atomic(Atomic::Uri(Text::Borrowed(
                node.map_or("", |n| n.namespace()),
            ))),
            (Function::GenerateId, Some(node)) => {
                let document = if node.document().uri().is_empty() {
                    0
                } else {
                    crate::xpath::index::hash_value(node.document().uri())
                };
                Sequence::string(format!("d{document}n{}p{}", node.rank, node.part))
            }
            (Function::GenerateId, None) => Sequence::string(""),
            (Function::Root, Some(node)) => Sequence::node(node.root()),
            (Function::NodeName, Some(node)) => Sequence::optional(node_name(node)),
            (_, _) => Sequence::Empty,
        })
    }
}

pub(super) fn node_name<'d>(node: NodeRef<'d>) -> Option<Atomic<'d>> {
    let named = matches!(
        node.kind(),
        NodeKind::Element | NodeKind::Attribute | NodeKind::Instruction | NodeKind::Namespace
    );
    named.then(|| {
        Atomic::QName(Arc::new(ExpandedName {
            prefix: node.prefix().unwrap_or("").to_owned(),
            namespace: node.namespace().to_owned(),
            local: node.local_name().into_owned(),
        }))
    })
}
