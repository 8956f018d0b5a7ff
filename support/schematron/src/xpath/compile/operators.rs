//! Logic, comparisons, arithmetic, sets, conditions and loops.

use std::sync::Arc;

use super::Compiler;
use super::info::{Deps, Typed};
use crate::xpath::ast::{ArithmeticOp, Ast, CompareOp, Comparison, QName, SetOp};
use crate::xpath::error::XPathError;
use crate::xpath::functions::{Function, Returns};
use crate::xpath::ir::{Ir, NodeComparison};
use crate::xpath::value::Atomic;

impl Compiler<'_> {
    pub(super) fn logic(
        &mut self,
        items: &[Ast<'_>],
        make: fn(Vec<Ir>) -> Ir,
    ) -> Result<Typed, XPathError> {
        let typed = items
            .iter()
            .map(|item| self.expr(item))
            .collect::<Result<Vec<_>, _>>()?;
        let deps = typed.iter().fold(Deps::NONE, |all, t| all | t.deps);
        let costly = typed.iter().any(|t| t.costly);
        let irs = self.children(typed, items, deps);
        Ok(Typed::value(make(irs), Returns::Boolean, deps).costly(costly))
    }

    /// Both operands, each remembered when it can be and the whole cannot.
    fn pair(&mut self, left: &Ast<'_>, right: &Ast<'_>) -> Result<(Typed, Typed), XPathError> {
        let (l, r) = (self.expr(left)?, self.expr(right)?);
        if (l.deps | r.deps).without(Deps::ROOT) == Deps::NONE {
            return Ok((l, r));
        }
        Ok((self.settle(l, left), self.settle(r, right)))
    }

    pub(super) fn comparison(
        &mut self,
        comparison: Comparison,
        left: &Ast<'_>,
        right: &Ast<'_>,
        at: usize,
    ) -> Result<Typed, XPathError> {
        let (l, r) = self.pair(left, right)?;
        let deps = l.deps | r.deps;
        let costly = l.costly || r.costly;
        let ir = match comparison {
            Comparison::General(op) => self.general(op, l, r, (left, right), at),
            Comparison::Value(op) => count_compare(op, l, r, |op, l, r| {
                Ir::Value(op, Box::new(l.ir), Box::new(r.ir), at)
            }),
            Comparison::Is => {
                Ir::NodeCompare(NodeComparison::Is, Box::new(l.ir), Box::new(r.ir), at)
            }
            Comparison::Before => {
                Ir::NodeCompare(NodeComparison::Before, Box::new(l.ir), Box::new(r.ir), at)
            }
            Comparison::After => {
                Ir::NodeCompare(NodeComparison::After, Box::new(l.ir), Box::new(r.ir), at)
            }
        };
        // A value or node comparison may be empty, which is false all the same as a predicate.
        let returns = Returns::Boolean;
        Ok(Typed::value(ir, returns, deps).costly(costly))
    }

    fn general(
        &mut self,
        op: CompareOp,
        l: Typed,
        r: Typed,
        (left, right): (&Ast<'_>, &Ast<'_>),
        at: usize,
    ) -> Ir {
        if op == CompareOp::Equal {
            if let Some(texts) = texts(&r.ir) {
                return Ir::EqualsText(Box::new(l.ir), texts, at);
            }
            if let Some(texts) = texts(&l.ir) {
                return Ir::EqualsText(Box::new(r.ir), texts, at);
            }
            let fixed = |t: &Typed| !t.one && t.costly && t.deps.without(Deps::ROOT) == Deps::NONE;
            if fixed(&r) && !fixed(&l) {
                let id = self.memo_id(right.at, right.end);
                return Ir::EqualsFixed(Box::new(l.ir), Box::new(bare(r.ir)), id, at);
            }
            if fixed(&l) && !fixed(&r) {
                let id = self.memo_id(left.at, left.end);
                return Ir::EqualsFixed(Box::new(r.ir), Box::new(bare(l.ir)), id, at);
            }
        }
        count_compare(op, l, r, |op, l, r| {
            Ir::General(op, Box::new(l.ir), Box::new(r.ir), at)
        })
    }

    pub(super) fn range(
        &mut self,
        from: &Ast<'_>,
        to: &Ast<'_>,
        at: usize,
    ) -> Result<Typed, XPathError> {
        let (l, r) = self.pair(from, to)?;
        let deps = l.deps | r.deps;
        let ir = Ir::Range(Box::new(l.ir), Box::new(r.ir), at);
        Ok(Typed::sequence(ir, Returns::Number, deps))
    }

    pub(super) fn arithmetic(
        &mut self,
        first: &Ast<'_>,
        rest: &[(ArithmeticOp, Ast<'_>)],
        at: usize,
    ) -> Result<Typed, XPathError> {
        let first = self.operand(first)?;
        let mut deps = first.deps;
        let mut operands = Vec::with_capacity(rest.len());
        for (op, operand) in rest {
            let operand = self.operand(operand)?;
            deps = deps | operand.deps;
            operands.push((*op, operand.ir));
        }
        // Dates subtract to durations: only a value is certain.
        let ir = Ir::Arithmetic(Box::new(first.ir), operands, at);
        Ok(Typed::value(ir, Returns::Unknown, deps))
    }

    pub(super) fn sign(
        &mut self,
        negative: bool,
        operand: &Ast<'_>,
        at: usize,
    ) -> Result<Typed, XPathError> {
        let operand = self.operand(operand)?;
        if let Ir::Literal(Atomic::Integer(value)) = &operand.ir {
            let value = if negative { value.negate() } else { *value };
            return Ok(Typed::value(
                Ir::Literal(Atomic::Integer(value)),
                Returns::Number,
                Deps::NONE,
            ));
        }
        let ir = Ir::Sign(negative, Box::new(operand.ir), at);
        Ok(Typed::value(ir, Returns::Unknown, operand.deps))
    }

    pub(super) fn union(&mut self, items: &[Ast<'_>], at: usize) -> Result<Typed, XPathError> {
        let typed = items
            .iter()
            .map(|item| self.expr(item))
            .collect::<Result<Vec<_>, _>>()?;
        let deps = typed.iter().fold(Deps::NONE, |all, t| all | t.deps);
        let costly = typed.iter().any(|t| t.costly);
        let irs = self.children(typed, items, deps);
        let mut union = Typed::sequence(Ir::Union(irs, at), Returns::Nodes, deps).costly(costly);
        union.ordered = true;
        Ok(union)
    }

    pub(super) fn set(
        &mut self,
        first: &Ast<'_>,
        rest: &[(SetOp, Ast<'_>)],
        at: usize,
    ) -> Result<Typed, XPathError> {
        let first = self.operand(first)?;
        let mut deps = first.deps;
        let mut operands = Vec::with_capacity(rest.len());
        for (op, operand) in rest {
            let operand = self.operand(operand)?;
            deps = deps | operand.deps;
            operands.push((*op, operand.ir));
        }
        let ir = Ir::Set(Box::new(first.ir), operands, at);
        let mut set = Typed::sequence(ir, Returns::Nodes, deps);
        set.ordered = true;
        set.peers = first.peers;
        Ok(set)
    }

    pub(super) fn conditional(
        &mut self,
        condition: &Ast<'_>,
        then: &Ast<'_>,
        otherwise: &Ast<'_>,
    ) -> Result<Typed, XPathError> {
        let condition = self.operand(condition)?;
        let then = self.operand(then)?;
        let otherwise = self.operand(otherwise)?;
        let deps = condition.deps | then.deps | otherwise.deps;
        let returns = if then.returns == otherwise.returns {
            then.returns
        } else {
            Returns::Unknown
        };
        let (one, ordered, peers) = (
            then.one && otherwise.one,
            then.ordered && otherwise.ordered,
            then.peers && otherwise.peers,
        );
        let ir = Ir::If(
            Box::new(condition.ir),
            Box::new(then.ir),
            Box::new(otherwise.ir),
        );
        Ok(Typed {
            ir,
            returns,
            deps,
            one,
            ordered,
            peers,
            costly: false,
        })
    }

    pub(super) fn for_expr(
        &mut self,
        bindings: &[(QName<'_>, Ast<'_>)],
        body: &Ast<'_>,
    ) -> Result<Typed, XPathError> {
        self.bindings(bindings, body, &|slot, sequence, body| {
            Ir::For(slot, Box::new(sequence), Box::new(body))
        })
        .map(|(ir, deps)| Typed::sequence(ir, Returns::Unknown, deps))
    }

    pub(super) fn quantified(
        &mut self,
        every: bool,
        bindings: &[(QName<'_>, Ast<'_>)],
        body: &Ast<'_>,
    ) -> Result<Typed, XPathError> {
        self.bindings(bindings, body, &|slot, sequence, body| {
            Ir::Quantified(every, slot, Box::new(sequence), Box::new(body))
        })
        .map(|(ir, deps)| Typed::value(ir, Returns::Boolean, deps))
    }

    fn bindings(
        &mut self,
        bindings: &[(QName<'_>, Ast<'_>)],
        body: &Ast<'_>,
        make: &dyn Fn(u32, Ir, Ir) -> Ir,
    ) -> Result<(Ir, Deps), XPathError> {
        let outer = self.locals.len();
        let mut sequences = Vec::with_capacity(bindings.len());
        let mut deps = Deps::NONE;
        for (name, sequence) in bindings {
            let sequence = self.operand(sequence)?;
            deps = deps | sequence.deps;
            let slot = self.bind(*name, body.at)?;
            sequences.push((slot, sequence.ir));
        }
        let body = self.operand(body)?;
        deps = deps | body.deps;
        self.locals.truncate(outer);
        // The names bound here say nothing outside; those of an outer loop still do.
        if outer == 0 {
            deps = deps.without(Deps::LOCAL);
        }
        let ir = sequences
            .into_iter()
            .rev()
            .fold(body.ir, |body, (slot, sequence)| make(slot, sequence, body));
        Ok((ir, deps))
    }
}

/// `count(x) = 0` and its like.
fn count_compare(
    op: CompareOp,
    l: Typed,
    r: Typed,
    otherwise: impl FnOnce(CompareOp, Typed, Typed) -> Ir,
) -> Ir {
    let limit = |ir: &Ir| match ir {
        Ir::Literal(Atomic::Integer(value)) => u64::try_from(value.mantissa()).ok(),
        _ => None,
    };
    match (limit(&l.ir), limit(&r.ir)) {
        (None, Some(limit)) if is_count(&l.ir) => match l.ir {
            Ir::Call(_, mut args, _) if args.len() == 1 => {
                let arg = args.pop().unwrap_or(Ir::Empty);
                Ir::CountCompare(Box::new(arg), op, limit)
            }
            ir => otherwise(op, Typed { ir, ..l }, r),
        },
        (Some(limit), None) if is_count(&r.ir) => match r.ir {
            Ir::Call(_, mut args, _) if args.len() == 1 => {
                let arg = args.pop().unwrap_or(Ir::Empty);
                Ir::CountCompare(Box::new(arg), op.swapped(), limit)
            }
            ir => otherwise(op, l, Typed { ir, ..r }),
        },
        _ => otherwise(op, l, r),
    }
}

fn is_count(ir: &Ir) -> bool {
    matches!(ir, Ir::Call(Function::Count, ..))
}

/// The literals of `'a'` or `('a', 'b')`.
fn texts(ir: &Ir) -> Option<Vec<Arc<str>>> {
    let text = |ir: &Ir| match ir {
        Ir::Literal(Atomic::String(text)) => Some(Arc::<str>::from(&**text)),
        _ => None,
    };
    match ir {
        Ir::Sequence(items) => items.iter().map(text).collect(),
        ir => text(ir).map(|t| vec![t]),
    }
}

fn bare(ir: Ir) -> Ir {
    match ir {
        Ir::Memo(_, inner) => *inner,
        ir => ir,
    }
}
