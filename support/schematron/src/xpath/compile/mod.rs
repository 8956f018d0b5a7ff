//! From syntax to the compiled form.

mod call;
mod info;
mod operators;
mod path;
mod types;

use std::sync::Arc;

use self::info::{Deps, Typed};
pub(crate) use self::path::equality;
use super::ast::{Ast, AstKind, QName, StepAst};
use super::decimal::Decimal;
use super::error::XPathError;
use super::functions::Returns;
use super::ir::{AxisStep, Ir, MemoId, Prefixes};
use super::static_context::StaticContext;
use super::text::Text;
use super::value::Atomic;

/// A compiled expression and the front-end variables it reads.
pub(crate) struct Compiled {
    pub(crate) ir: Ir,
    pub(crate) globals: Vec<u32>,
    pub(crate) reads_context: bool,
    pub(crate) reads_variables: bool,
    pub(crate) reads_current: bool,
}

/// Compiles a whole expression.
pub(crate) fn compile(
    source: &str,
    ast: &Ast<'_>,
    context: &StaticContext,
) -> Result<Compiled, XPathError> {
    let mut compiler = Compiler::new(source, context);
    let typed = compiler.expr(ast)?;
    let deps = typed.deps;
    let ir = compiler.settle(typed, ast).ir;
    Ok(compiler.finish(ir, deps))
}

/// Compiles one step of a pattern.
pub(crate) fn compile_pattern_step(
    source: &str,
    step: &StepAst<'_>,
    context: &StaticContext,
) -> Result<(AxisStep, Compiled), XPathError> {
    let mut compiler = Compiler::new(source, context);
    let (step, deps) = compiler.pattern_step(step)?;
    let rest = compiler.finish(Ir::Empty, deps);
    Ok((step, rest))
}

pub(super) struct Compiler<'c> {
    source: &'c str,
    context: &'c StaticContext,
    /// Names bound by `for`, `some`, `every`, outermost first.
    locals: Vec<(String, String)>,
    globals: Vec<u32>,
}

impl<'c> Compiler<'c> {
    fn new(source: &'c str, context: &'c StaticContext) -> Self {
        Self {
            source,
            context,
            locals: Vec::new(),
            globals: Vec::new(),
        }
    }

    fn finish(mut self, ir: Ir, deps: Deps) -> Compiled {
        self.globals.sort_unstable();
        self.globals.dedup();
        Compiled {
            ir,
            globals: self.globals,
            reads_context: deps.has(Deps::focus()),
            reads_variables: deps.has(Deps::GLOBAL | Deps::LOCAL),
            reads_current: deps.has(Deps::CURRENT),
        }
    }

    fn expr(&mut self, ast: &Ast<'_>) -> Result<Typed, XPathError> {
        match &ast.kind {
            AstKind::String(text) => Ok(Typed::value(
                Ir::Literal(Atomic::String(Text::Shared(text.as_str().into()))),
                Returns::Text,
                Deps::NONE,
            )),
            AstKind::Integer(digits) => self.decimal(digits, ast.at, Atomic::Integer),
            AstKind::Decimal(digits) => self.decimal(digits, ast.at, Atomic::Decimal),
            AstKind::Double(digits) => {
                let value = digits.parse().unwrap_or(f64::NAN);
                Ok(Typed::value(
                    Ir::Literal(Atomic::Double(value)),
                    Returns::Number,
                    Deps::NONE,
                ))
            }
            AstKind::Variable(name) => self.variable(*name, ast.at),
            AstKind::ContextItem => Ok(Typed::value(Ir::ContextItem, Returns::Unknown, Deps::ITEM)),
            AstKind::Sequence(items) => self.sequence(items),
            AstKind::Or(items) => self.logic(items, Ir::Or),
            AstKind::And(items) => self.logic(items, Ir::And),
            AstKind::Compare(comparison, left, right) => {
                self.comparison(*comparison, left, right, ast.at)
            }
            AstKind::Range(from, to) => self.range(from, to, ast.at),
            AstKind::Arithmetic(first, rest) => self.arithmetic(first, rest, ast.at),
            AstKind::Sign(negative, operand) => self.sign(*negative, operand, ast.at),
            AstKind::Union(items) => self.union(items, ast.at),
            AstKind::Set(first, rest) => self.set(first, rest, ast.at),
            AstKind::InstanceOf(operand, target) => self.instance_of(operand, target),
            AstKind::TreatAs(operand, target) => self.treat_as(operand, target, ast.at),
            AstKind::CastableAs(operand, name, optional) => {
                self.cast(operand, *name, *optional, true, ast.at)
            }
            AstKind::CastAs(operand, name, optional) => {
                self.cast(operand, *name, *optional, false, ast.at)
            }
            AstKind::If(condition, then, otherwise) => self.conditional(condition, then, otherwise),
            AstKind::For(bindings, body) => self.for_expr(bindings, body),
            AstKind::Quantified(every, bindings, body) => self.quantified(*every, bindings, body),
            AstKind::Path(path) => self.path(path, ast),
            AstKind::Filter(primary, predicates) => self.filter(primary, predicates),
            AstKind::Call(name, arguments) => self.call(*name, arguments, ast),
        }
    }

    /// An operand: what does not depend on the context item, and costs, is remembered.
    fn operand(&mut self, ast: &Ast<'_>) -> Result<Typed, XPathError> {
        let typed = self.expr(ast)?;
        Ok(self.settle(typed, ast))
    }

    fn settle(&mut self, typed: Typed, ast: &Ast<'_>) -> Typed {
        let fixed = typed.deps.without(Deps::ROOT) == Deps::NONE;
        if !fixed || !typed.costly || matches!(typed.ir, Ir::Memo(..)) {
            return typed;
        }
        let id = self.memo_id(ast.at, ast.end);
        Typed {
            ir: Ir::Memo(id, Box::new(typed.ir)),
            ..typed
        }
    }

    /// The same text under the same namespaces shares its result across a schema set.
    fn memo_id(&mut self, from: usize, to: usize) -> MemoId {
        let text = self.source.get(from..to).unwrap_or("");
        MemoId(
            self.context
                .pool()
                .memo('e', self.context.fingerprint(), text),
        )
    }

    fn decimal(
        &self,
        digits: &str,
        at: usize,
        make: fn(Decimal) -> Atomic<'static>,
    ) -> Result<Typed, XPathError> {
        let value = Decimal::parse(digits)
            .unwrap_or(Ok(Decimal::ZERO))
            .map_err(|error| error.at(at))?;
        Ok(Typed::value(
            Ir::Literal(make(value)),
            Returns::Number,
            Deps::NONE,
        ))
    }

    fn variable(&mut self, name: QName<'_>, at: usize) -> Result<Typed, XPathError> {
        let uri = match name.prefix {
            None => String::new(),
            Some(prefix) => self.prefix(prefix, at)?,
        };
        let bound = self
            .locals
            .iter()
            .rposition(|(u, l)| *u == uri && l == name.local);
        if let Some(depth) = bound {
            return Ok(Typed::sequence(
                Ir::Local(depth as u32),
                Returns::Unknown,
                Deps::LOCAL,
            ));
        }
        let Some(slot) = self.context.slot(&uri, name.local) else {
            return Err(XPathError::new(
                "XPST0008",
                format!("variable « ${} » non déclarée", name.local),
                format!("variable `${}` is not declared", name.local),
            )
            .at(at));
        };
        self.globals.push(slot);
        Ok(Typed::sequence(
            Ir::Global(slot),
            Returns::Unknown,
            Deps::GLOBAL,
        ))
    }

    fn prefix(&self, prefix: &str, at: usize) -> Result<String, XPathError> {
        self.context
            .lookup(prefix)
            .map(str::to_owned)
            .ok_or_else(|| {
                XPathError::new(
                    "XPST0081",
                    format!("préfixe « {prefix} » non déclaré"),
                    format!("prefix `{prefix}` is not declared"),
                )
                .at(at)
            })
    }

    fn sequence(&mut self, items: &[Ast<'_>]) -> Result<Typed, XPathError> {
        if items.is_empty() {
            return Ok(Typed::value(Ir::Empty, Returns::Nodes, Deps::NONE));
        }
        let typed = items
            .iter()
            .map(|item| self.expr(item))
            .collect::<Result<Vec<_>, _>>()?;
        let deps = typed.iter().fold(Deps::NONE, |all, t| all | t.deps);
        let costly = typed.iter().any(|t| t.costly);
        let irs = self.children(typed, items, deps);
        Ok(Typed::sequence(Ir::Sequence(irs), Returns::Unknown, deps).costly(costly))
    }

    /// Children of a node whose own dependencies are `deps`: when the whole is not remembered,
    /// the parts that can be are.
    fn children(&mut self, typed: Vec<Typed>, asts: &[Ast<'_>], deps: Deps) -> Vec<Ir> {
        let whole = deps.without(Deps::ROOT) == Deps::NONE;
        typed
            .into_iter()
            .zip(asts)
            .map(|(t, ast)| if whole { t.ir } else { self.settle(t, ast).ir })
            .collect()
    }

    fn bind(&mut self, name: QName<'_>, at: usize) -> Result<u32, XPathError> {
        let uri = match name.prefix {
            None => String::new(),
            Some(prefix) => self.prefix(prefix, at)?,
        };
        self.locals.push((uri, name.local.to_owned()));
        Ok(self.locals.len() as u32 - 1)
    }

    fn prefixes(&self) -> Arc<Prefixes> {
        Arc::clone(self.context.bindings())
    }
}
