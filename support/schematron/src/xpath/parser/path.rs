//! Paths and steps.

use super::Parser;
use super::types::is_kind_test;
use crate::xpath::ast::{
    Ast, AstKind, Axis, KindTestAst, NameTestAst, NodeTestAst, PathAst, QName, StepAst,
};
use crate::xpath::error::XPathError;
use crate::xpath::lexer::{Symbol, Token};

/// Steps of one path.
const MAX_STEPS: usize = 1_000;

impl<'s> Parser<'s> {
    pub(super) fn path(&mut self) -> Result<Ast<'s>, XPathError> {
        self.wrapped(|p| {
            let ast = p.steps()?;
            let levels = match &ast.kind {
                AstKind::Path(path) => {
                    let mapped = path.steps.iter().skip(1);
                    mapped
                        .filter(|step| matches!(step, StepAst::Expr(_)))
                        .count()
                }
                _ => 0,
            };
            Ok((ast, levels))
        })
    }

    fn steps(&mut self) -> Result<Ast<'s>, XPathError> {
        let at = self.offset();
        let mut steps = Vec::new();
        let absolute = match self.peek() {
            Token::Symbol(Symbol::Slash) => {
                self.advance();
                if !self.step_follows() {
                    let path = PathAst {
                        absolute: true,
                        steps,
                    };
                    return Ok(self.node(AstKind::Path(Box::new(path)), at));
                }
                true
            }
            Token::Symbol(Symbol::SlashSlash) => {
                self.advance();
                steps.push(any_descendant(at));
                true
            }
            _ => false,
        };
        steps.push(self.step()?);
        loop {
            let offset = self.offset();
            if self.eat(Symbol::SlashSlash) {
                steps.push(any_descendant(offset));
            } else if !self.eat(Symbol::Slash) {
                break;
            }
            if steps.len() >= MAX_STEPS {
                return Err(XPathError::limit(
                    format!("plus de {MAX_STEPS} étapes dans un chemin"),
                    format!("more than {MAX_STEPS} steps in a path"),
                )
                .at(offset));
            }
            // After a slash, `.` is the node itself.
            steps.push(match self.step()? {
                StepAst::Expr(Ast {
                    kind: AstKind::ContextItem,
                    at,
                    end,
                }) => StepAst::Axis {
                    axis: Axis::Itself,
                    test: NodeTestAst::Kind(KindTestAst::Node),
                    predicates: Vec::new(),
                    at,
                    end,
                },
                step => step,
            });
        }
        if !absolute
            && steps.len() == 1
            && let Some(last) = steps.pop()
        {
            match last {
                StepAst::Expr(ast) => return Ok(ast),
                axis => steps.push(axis),
            }
        }
        Ok(self.node(AstKind::Path(Box::new(PathAst { absolute, steps })), at))
    }

    /// Whether a relative path can start at the token at hand (after a leading `/`).
    fn step_follows(&self) -> bool {
        match self.peek() {
            Token::End => false,
            Token::Symbol(symbol) => matches!(
                symbol,
                Symbol::OpenParen
                    | Symbol::Dollar
                    | Symbol::At
                    | Symbol::Dot
                    | Symbol::DotDot
                    | Symbol::Star
            ),
            _ => true,
        }
    }

    fn step(&mut self) -> Result<StepAst<'s>, XPathError> {
        let at = self.offset();
        let next = self.peek_at(1);
        let paren = next == Token::Symbol(Symbol::OpenParen);
        let (axis, test) = match self.peek() {
            Token::Symbol(Symbol::At) => {
                self.advance();
                (Axis::Attribute, self.node_test()?)
            }
            Token::Symbol(Symbol::DotDot) => {
                self.advance();
                (Axis::Parent, NodeTestAst::Kind(KindTestAst::Node))
            }
            Token::Name(name) if next == Token::Symbol(Symbol::ColonColon) => {
                let Some(axis) = Axis::from_name(name) else {
                    return Err(XPathError::syntax(
                        at,
                        format!("« {name} » n'est pas un axe"),
                        format!("`{name}` is not an axis"),
                    ));
                };
                self.advance();
                self.advance();
                (axis, self.node_test()?)
            }
            Token::Name(name) if paren && is_kind_test(name) => {
                let test = self.kind_test()?;
                let axis = match test {
                    KindTestAst::Attribute(_) => Axis::Attribute,
                    _ => Axis::Child,
                };
                (axis, NodeTestAst::Kind(test))
            }
            Token::Name(_) | Token::Prefixed(..) if paren => return self.postfix(),
            Token::Name(_)
            | Token::Prefixed(..)
            | Token::AnyLocal(_)
            | Token::AnyPrefix(_)
            | Token::Symbol(Symbol::Star) => (Axis::Child, self.node_test()?),
            _ => return self.postfix(),
        };
        let predicates = self.predicates()?;
        Ok(StepAst::Axis {
            axis,
            test,
            predicates,
            at,
            end: self.end(),
        })
    }

    fn node_test(&mut self) -> Result<NodeTestAst<'s>, XPathError> {
        let paren = self.peek_at(1) == Token::Symbol(Symbol::OpenParen);
        let test = match self.peek() {
            Token::Name(name) if paren && is_kind_test(name) => {
                return Ok(NodeTestAst::Kind(self.kind_test()?));
            }
            Token::Name(local) => NameTestAst::Name(QName {
                prefix: None,
                local,
            }),
            Token::Prefixed(prefix, local) => NameTestAst::Name(QName {
                prefix: Some(prefix),
                local,
            }),
            Token::AnyLocal(prefix) => NameTestAst::AnyLocal(prefix),
            Token::AnyPrefix(local) => NameTestAst::AnyPrefix(local),
            Token::Symbol(Symbol::Star) => NameTestAst::Any,
            _ => return Err(self.unexpected("un test de nœud", "a node test")),
        };
        self.advance();
        Ok(NodeTestAst::Name(test))
    }

    pub(super) fn predicates(&mut self) -> Result<Vec<Ast<'s>>, XPathError> {
        let mut predicates = Vec::new();
        while self.eat(Symbol::OpenBracket) {
            predicates.push(self.expr()?);
            self.expect(Symbol::CloseBracket)?;
        }
        Ok(predicates)
    }

    fn postfix(&mut self) -> Result<StepAst<'s>, XPathError> {
        let at = self.offset();
        let primary = self.primary()?;
        let predicates = self.predicates()?;
        Ok(StepAst::Expr(if predicates.is_empty() {
            primary
        } else {
            self.node(AstKind::Filter(Box::new(primary), predicates), at)
        }))
    }
}

fn any_descendant<'s>(at: usize) -> StepAst<'s> {
    StepAst::Axis {
        axis: Axis::DescendantOrSelf,
        test: NodeTestAst::Kind(KindTestAst::Node),
        predicates: Vec::new(),
        at,
        end: at + 2,
    }
}
