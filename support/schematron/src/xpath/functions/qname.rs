//! Qualified names.

use std::sync::Arc;

use super::{Call, Function};
use crate::xpath::document::{NodeKind, NodeRef};
use crate::xpath::error::XPathError;
use crate::xpath::lexer::is_ncname;
use crate::xpath::number::trim;
use crate::xpath::text::Text;
use crate::xpath::value::{Atomic, ExpandedName, Item, Sequence};

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn qname(&self) -> Result<Sequence<'d>, XPathError> {
        match self.function {
            Function::ResolveQName => {
                let Some(text) = self.cx.text(self.arg(0), self.focus)? else {
                    return Ok(Sequence::Empty);
                };
                let element = self.element(1)?;
                resolve(&text, element).map(|name| Sequence::atomic(Atomic::QName(Arc::new(name))))
            }
            Function::QName => {
                let namespace = self.cx.text_or_empty(self.arg(0), self.focus)?;
                let text = self.cx.required_text(self.arg(1), self.focus)?;
                let (prefix, local) = split(&text)?;
                if namespace.is_empty() && !prefix.is_empty() {
                    return Err(bad_name());
                }
                Ok(Sequence::atomic(Atomic::QName(Arc::new(ExpandedName {
                    prefix: prefix.to_owned(),
                    namespace: namespace.to_string(),
                    local: local.to_owned(),
                }))))
            }
            Function::InScopePrefixes => {
                let element = self.element(0)?;
                let prefixes = (1..=element.namespace_count())
                    .map(|part| NodeRef { part, ..element }.local_name())
                    .map(|prefix| Item::Atomic(Atomic::String(Text::from(prefix))));
                Ok(prefixes.collect())
            }
            Function::NamespaceUriForPrefix => {
                let prefix = self.cx.text_or_empty(self.arg(0), self.focus)?;
                let element = self.element(1)?;
                let uri = namespace(element, &prefix);
                Ok(Sequence::optional(
                    uri.map(|uri| Atomic::Uri(Text::Borrowed(uri))),
                ))
            }
            _ => {
                let name = match self.cx.atom(self.arg(0), self.focus)? {
                    None => return Ok(Sequence::Empty),
                    Some(Atomic::QName(name)) => name,
                    Some(_) => return Err(self.wrong_argument()),
                };
                Ok(match self.function {
                    Function::LocalNameFromQName => Sequence::string(name.local.clone()),
                    Function::NamespaceUriFromQName => {
                        Sequence::atomic(Atomic::Uri(name.namespace.clone().into()))
                    }
                    _ if name.prefix.is_empty() => Sequence::Empty,
                    _ => Sequence::string(name.prefix.clone()),
                })
            }
        }
    }

    fn element(&self, index: usize) -> Result<NodeRef<'d>, XPathError> {
        let node = self.required_node(index)?;
        if node.kind() == NodeKind::Element {
            Ok(node)
        } else {
            Err(self.wrong_argument())
        }
    }
}

/// A lexical QName under the namespaces in scope at an element, the default one included.
fn resolve(text: &str, element: NodeRef<'_>) -> Result<ExpandedName, XPathError> {
    let (prefix, local) = split(text)?;
    let namespace = match namespace(element, prefix) {
        Some(uri) => uri,
        None if prefix.is_empty() => "",
        None => {
            return Err(XPathError::new(
                "FONS0004",
                "le préfixe du nom n'est pas déclaré dans le document à cet endroit",
                "the prefix of the name is not declared in the document at this place",
            ));
        }
    };
    Ok(ExpandedName {
        prefix: prefix.to_owned(),
        namespace: namespace.to_owned(),
        local: local.to_owned(),
    })
}

fn namespace<'d>(element: NodeRef<'d>, prefix: &str) -> Option<&'d str> {
    element
        .tree_node()
        .lookup_namespace((!prefix.is_empty()).then_some(prefix))
}

fn split(text: &str) -> Result<(&str, &str), XPathError> {
    let text = trim(text);
    let (prefix, local) = match text.split_once(':') {
        Some((prefix, local)) if is_ncname(prefix) => (prefix, local),
        Some(_) => return Err(bad_name()),
        None => ("", text),
    };
    if is_ncname(local) {
        Ok((prefix, local))
    } else {
        Err(bad_name())
    }
}

fn bad_name() -> XPathError {
    XPathError::new(
        "FOCA0002",
        "la valeur n'est pas un nom qualifié (préfixe:nom)",
        "the value is not a qualified name (prefix:name)",
    )
}
