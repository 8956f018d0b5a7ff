//! Sequence types and kind tests.

use super::Parser;
use crate::xpath::ast::{
    ItemTypeAst, KindTestAst, NameTestAst, Occurrence, QName, SequenceTypeAst,
};
use crate::xpath::error::XPathError;
use crate::xpath::lexer::{Symbol, Token};

impl<'s> Parser<'s> {
    pub(super) fn sequence_type(&mut self) -> Result<SequenceTypeAst<'s>, XPathError> {
        let at = self.offset();
        let paren = self.peek_at(1) == Token::Symbol(Symbol::OpenParen);
        let item = match self.peek() {
            Token::Name("empty-sequence") if paren => {
                self.advance();
                self.advance();
                self.expect(Symbol::CloseParen)?;
                return Ok(SequenceTypeAst {
                    item: None,
                    occurrence: Occurrence::Any,
                    at,
                });
            }
            Token::Name("item") if paren => {
                self.advance();
                self.advance();
                self.expect(Symbol::CloseParen)?;
                ItemTypeAst::Item
            }
            Token::Name(name) if paren && is_kind_test(name) => {
                ItemTypeAst::Kind(self.kind_test()?)
            }
            _ => ItemTypeAst::Atomic(self.qname("un type", "a type")?),
        };
        let occurrence = match self.peek() {
            Token::Symbol(Symbol::Question) => Occurrence::Optional,
            Token::Symbol(Symbol::Star) => Occurrence::Any,
            Token::Symbol(Symbol::Plus) => Occurrence::OneOrMore,
            _ => Occurrence::One,
        };
        if occurrence != Occurrence::One {
            self.advance();
        }
        Ok(SequenceTypeAst {
            item: Some(item),
            occurrence,
            at,
        })
    }

    pub(super) fn single_type(&mut self) -> Result<(QName<'s>, bool), XPathError> {
        let name = self.qname("un type", "a type")?;
        Ok((name, self.eat(Symbol::Question)))
    }

    /// At the name of a kind test that an opening parenthesis follows.
    pub(super) fn kind_test(&mut self) -> Result<KindTestAst<'s>, XPathError> {
        let Token::Name(name) = self.peek() else {
            return Err(self.unexpected("un test de nœud", "a node test"));
        };
        self.advance();
        self.expect(Symbol::OpenParen)?;
        let test = match name {
            "text" => KindTestAst::Text,
            "comment" => KindTestAst::Comment,
            "processing-instruction" => KindTestAst::Instruction(self.instruction_name()),
            "element" => KindTestAst::Element(self.kind_name()?),
            "attribute" => KindTestAst::Attribute(self.kind_name()?),
            "document-node" => {
                if self.peek() == Token::Name("element") {
                    self.advance();
                    self.expect(Symbol::OpenParen)?;
                    let name = self.kind_name()?;
                    self.expect(Symbol::CloseParen)?;
                    KindTestAst::Document(Some(name))
                } else {
                    KindTestAst::Document(None)
                }
            }
            "node" => KindTestAst::Node,
            _ => {
                return Err(XPathError::new(
                    "XPST0008",
                    format!("« {name}() » demande un schéma XML, que ce moteur ne lit pas"),
                    format!("`{name}()` needs an XML schema, which this engine does not read"),
                )
                .at(self.offset()));
            }
        };
        self.expect(Symbol::CloseParen)?;
        Ok(test)
    }

    fn instruction_name(&mut self) -> Option<String> {
        let name = match self.peek() {
            Token::Name(name) => name.to_owned(),
            Token::String(text, _) => text.trim().to_owned(),
            _ => return None,
        };
        self.advance();
        Some(name)
    }

    fn kind_name(&mut self) -> Result<Option<NameTestAst<'s>>, XPathError> {
        let name = match self.peek() {
            Token::Symbol(Symbol::CloseParen) => return Ok(None),
            Token::Symbol(Symbol::Star) => {
                self.advance();
                NameTestAst::Any
            }
            _ => NameTestAst::Name(self.qname("un nom", "a name")?),
        };
        if self.peek() == Token::Symbol(Symbol::Comma) {
            return Err(XPathError::new(
                "XPST0008",
                "un test de nœud avec type demande un schéma XML, que ce moteur ne lit pas",
                "a node test with a type needs an XML schema, which this engine does not read",
            )
            .at(self.offset()));
        }
        Ok(Some(name))
    }
}

pub(super) fn is_kind_test(name: &str) -> bool {
    matches!(
        name,
        "node"
            | "text"
            | "comment"
            | "processing-instruction"
            | "element"
            | "attribute"
            | "document-node"
            | "schema-element"
            | "schema-attribute"
    )
}
