//! Functions that look at the context, at other documents, or that end the evaluation.

use super::{Call, Function};
use crate::xpath::datetime::{Duration, DurationKind};
use crate::xpath::document::NodeKind;
use crate::xpath::error::XPathError;
use crate::xpath::text::Text;
use crate::xpath::value::{Atomic, Item, Sequence};

const CODEPOINT: &str = "http://www.w3.org/2005/xpath-functions/collation/codepoint";

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn context(&self) -> Result<Sequence<'d>, XPathError> {
        Ok(match self.function {
            Function::Position => {
                self.focus.item()?;
                Sequence::atomic(Atomic::integer(self.focus.position.into()))
            }
            Function::Last => {
                self.focus.item()?;
                Sequence::atomic(Atomic::integer(self.focus.size.into()))
            }
            Function::Current => match self.cx.current {
                Some(item) => Sequence::One(item.clone()),
                None => Sequence::One(self.focus.item()?.clone()),
            },
            Function::Document => return self.document(),
            Function::Doc => {
                let Some(href) = self.cx.text(self.arg(0), self.focus)? else {
                    return Ok(Sequence::Empty);
                };
                match self.load(&href)? {
                    Some(document) => document,
                    None => {
                        return Err(XPathError::new(
                            "FODC0002",
                            "document demandé par doc() introuvable",
                            "document asked for by doc() not found",
                        ));
                    }
                }
            }
            Function::DocAvailable => {
                let href = self.cx.text(self.arg(0), self.focus)?;
                let found = match href {
                    None => false,
                    Some(href) => match self.load(&href) {
                        Ok(found) => found.is_some(),
                        Err(error) if error.is_limit() => return Err(error),
                        Err(_) => false,
                    },
                };
                Sequence::boolean(found)
            }
            Function::BaseUri | Function::DocumentUri => {
                let node = match self.args {
                    [] => Some(self.focus.context_node()?),
                    _ => self.optional_node(0)?,
                };
                match node {
                    Some(node) => {
                        let known = !node.document().uri().is_empty()
                            && (self.function == Function::BaseUri
                                || node.kind() == NodeKind::Document);
                        if known {
                            Sequence::atomic(Atomic::Uri(Text::Borrowed(node.document().uri())))
                        } else {
                            Sequence::Empty
                        }
                    }
                    None => Sequence::Empty,
                }
            }
            Function::StaticBaseUri if self.site.base.is_empty() => Sequence::Empty,
            Function::StaticBaseUri => {
                Sequence::atomic(Atomic::Uri(Text::Shared(self.site.base.clone())))
            }
            Function::DefaultCollation => Sequence::string(CODEPOINT),
            // Times without a zone are read as UTC.
            Function::ImplicitTimezone => {
                Sequence::optional(Duration::new(DurationKind::DayTime, 0, 0).map(Atomic::Duration))
            }
            Function::Trace => self.cx.eval(self.arg(0), self.focus)?,
            _ => {
                return Err(XPathError::new(
                    "FOER0000",
                    "la règle appelle error()",
                    "the rule calls error()",
                ));
            }
        })
    }

    /// `document()` of XSLT: one address or several, none when there is no such document.
    fn document(&self) -> Result<Sequence<'d>, XPathError> {
        let mut found = Vec::new();
        for href in self.cx.data(self.arg(0), self.focus)? {
            let Some(href) = href.as_text() else {
                return Err(self.wrong_argument());
            };
            if let Some(Sequence::One(Item::Node(node))) = self.load(href)? {
                found.push(node);
            }
        }
        crate::xpath::eval::sort(&mut found);
        Ok(found.into_iter().map(Item::Node).collect())
    }

    fn load(&self, href: &str) -> Result<Option<Sequence<'d>>, XPathError> {
        if href.is_empty() || href.contains('#') {
            return Err(XPathError::new(
                "FODC0005",
                "adresse de document vide ou avec fragment : ce moteur ne la lit pas",
                "document address empty or with a fragment: not read by this engine",
            ));
        }
        let document = self.cx.run.load(href, &self.site.base)?;
        Ok(document.map(|document| Sequence::node(document.root())))
    }
}

/// Only the collation by code points exists here.
pub(super) fn check_collation(name: &str) -> Result<(), XPathError> {
    if name == CODEPOINT {
        return Ok(());
    }
    Err(XPathError::new(
        "FOCH0002",
        "seule la collation par points de code est disponible",
        "only the codepoint collation is available",
    ))
}
