//! Literals, variables, calls and parentheses.

use super::Parser;
use crate::xpath::ast::{Ast, AstKind};
use crate::xpath::error::XPathError;
use crate::xpath::lexer::{Symbol, Token};

impl<'s> Parser<'s> {
    pub(super) fn primary(&mut self) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        let kind = match self.peek() {
            Token::String(text, quote) => {
                self.advance();
                AstKind::String(match quote {
                    Some('\'') => text.replace("''", "'"),
                    Some(_) => text.replace("\"\"", "\""),
                    None => text.to_owned(),
                })
            }
            Token::Integer(digits) => {
                self.advance();
                AstKind::Integer(digits)
            }
            Token::Decimal(digits) => {
                self.advance();
                AstKind::Decimal(digits)
            }
            Token::Double(digits) => {
                self.advance();
                AstKind::Double(digits)
            }
            Token::Symbol(Symbol::Dollar) => {
                self.advance();
                AstKind::Variable(self.qname("un nom de variable", "a variable name")?)
            }
            Token::Symbol(Symbol::Dot) => {
                self.advance();
                AstKind::ContextItem
            }
            Token::Symbol(Symbol::OpenParen) => return self.parenthesised(at),
            Token::Name(_) | Token::Prefixed(..) => {
                let name = self.qname("un nom de fonction", "a function name")?;
                self.expect(Symbol::OpenParen)?;
                let mut arguments = Vec::new();
                if !self.eat(Symbol::CloseParen) {
                    loop {
                        arguments.push(self.expr_single()?);
                        if !self.eat(Symbol::Comma) {
                            break;
                        }
                    }
                    self.expect(Symbol::CloseParen)?;
                }
                AstKind::Call(name, arguments)
            }
            _ => return Err(self.unexpected("une expression", "an expression")),
        };
        Ok(self.node(kind, at))
    }

    /// Parentheses leave no trace: chains are evaluated left to right, so that merging a left
    /// operand in parentheses changes nothing.
    fn parenthesised(&mut self, at: usize) -> Result<Ast<'s>, XPathError> {
        self.advance();
        if self.eat(Symbol::CloseParen) {
            return Ok(self.node(AstKind::Sequence(Vec::new()), at));
        }
        let inner = self.expr()?;
        self.expect(Symbol::CloseParen)?;
        Ok(inner)
    }
}
