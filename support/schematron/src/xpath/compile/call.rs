//! Calls of functions.

use std::sync::Arc;

use super::Compiler;
use super::info::{Deps, Typed};
use crate::xpath::ast::{Ast, QName};
use crate::xpath::error::XPathError;
use crate::xpath::functions::{Function, Returns, regex_site};
use crate::xpath::ir::{CallSite, Ir};
use crate::xpath::static_context::{FN, XS};
use crate::xpath::value::Atomic;

impl Compiler<'_> {
    pub(super) fn call(
        &mut self,
        name: QName<'_>,
        arguments: &[Ast<'_>],
        ast: &Ast<'_>,
    ) -> Result<Typed, XPathError> {
        let at = ast.at;
        let uri = match name.prefix {
            None => FN.to_owned(),
            Some(prefix) => self.prefix(prefix, at)?,
        };
        if uri == XS {
            return match arguments {
                [argument] => self.constructor(name, argument, at),
                _ => Err(unknown(name).at(at)),
            };
        }
        if uri != FN {
            return Err(unknown(name).at(at));
        }
        let function = Function::find(name.local, arguments.len()).map_err(|error| error.at(at))?;
        let typed = arguments
            .iter()
            .map(|arg| self.expr(arg))
            .collect::<Result<Vec<_>, _>>()?;
        let mut deps = typed.iter().fold(Deps::NONE, |all, t| all | t.deps);
        let first = typed
            .first()
            .map(|t| (t.one, t.ordered, t.peers, t.returns));
        let literal = typed.iter().all(|t| matches!(t.ir, Ir::Literal(_)));
        let mut costly = typed.iter().any(|t| t.costly);
        deps = deps | own_deps(function, arguments.len());
        let mut args = self.children(typed, arguments, deps);
        let returns = function.returns();
        Ok(match function {
            Function::True => Typed::value(Ir::Literal(Atomic::Boolean(true)), returns, deps),
            Function::False => Typed::value(Ir::Literal(Atomic::Boolean(false)), returns, deps),
            Function::Not => {
                let ir = match args.pop().unwrap_or(Ir::Empty) {
                    Ir::Exists(sense, inner) => Ir::Exists(!sense, inner),
                    inner => Ir::Not(Box::new(inner)),
                };
                Typed::value(ir, returns, deps).costly(costly)
            }
            Function::Exists | Function::Empty => {
                let sense = function == Function::Exists;
                let ir = Ir::Exists(sense, Box::new(args.pop().unwrap_or(Ir::Empty)));
                Typed::value(ir, returns, deps).costly(costly)
            }
            Function::Current => Typed::value(Ir::Current, returns, deps),
            Function::ZeroOrOne
            | Function::ExactlyOne
            | Function::OneOrMore
            | Function::Unordered
            | Function::Trace => {
                let (one, ordered, peers, returns) =
                    first.unwrap_or((false, false, false, Returns::Unknown));
                let ir = Ir::Call(function, args, self.site(function, at, &[])?);
                let one = one || matches!(function, Function::ZeroOrOne | Function::ExactlyOne);
                Typed {
                    ir,
                    returns,
                    deps,
                    one,
                    ordered,
                    peers,
                    costly,
                }
            }
            _ => {
                costly |= matches!(function, Function::Doc | Function::Document) && literal;
                let site = self.site(function, at, &args)?;
                let ir = Ir::Call(function, args, site);
                let one = match returns {
                    Returns::Boolean | Returns::Number | Returns::Text => !returns_many(function),
                    Returns::Nodes => function != Function::Document || literal,
                    Returns::Unknown => false,
                };
                let mut typed = Typed::sequence(ir, returns, deps).costly(costly);
                if one {
                    (typed.one, typed.ordered, typed.peers) = (true, true, true);
                }
                typed
            }
        })
    }

    fn site(
        &self,
        function: Function,
        at: usize,
        args: &[Ir],
    ) -> Result<Box<CallSite>, XPathError> {
        let base = Arc::clone(self.context.base_uri());
        let pool = self.context.pool();
        let regex = regex_site(function, args, pool).map_err(|error| error.at(at))?;
        Ok(Box::new(CallSite { at, base, regex }))
    }
}

fn own_deps(function: Function, arity: usize) -> Deps {
    match function {
        Function::Position => Deps::POSITION,
        Function::Last => Deps::LAST,
        Function::Current => Deps::CURRENT,
        f if f.reads_context(arity) => Deps::ITEM,
        _ => Deps::NONE,
    }
}

fn returns_many(function: Function) -> bool {
    matches!(
        function,
        Function::IndexOf
            | Function::InScopePrefixes
            | Function::StringToCodepoints
            | Function::Tokenize
    )
}

fn unknown(name: QName<'_>) -> XPathError {
    let prefix = name.prefix.map(|p| format!("{p}:")).unwrap_or_default();
    XPathError::new(
        "XPST0017",
        format!(
            "fonction « {prefix}{} » inconnue, ou que ce moteur n'a pas",
            name.local
        ),
        format!(
            "function `{prefix}{}` unknown, or not in this engine",
            name.local
        ),
    )
}
