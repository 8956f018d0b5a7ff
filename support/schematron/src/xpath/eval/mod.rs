//! Evaluation of the compiled form.
//!
//! Three ways to ask for a value, each doing no more than it must: [`Cx::eval`] gives all items in
//! order, [`Cx::truth`] stops when the effective boolean value is known, [`Cx::each`] hands items
//! out one by one.

mod atoms;
mod compare;
mod path;
mod predicate;

use std::cell::RefCell;

use super::arithmetic;
use super::ast::{ArithmeticOp, SetOp};
use super::cast::{cast, castable};
use super::document::{IndexedDocument, NodeRef};
use super::error::XPathError;
use super::functions;
use super::ir::{Ir, MemoId, NodeComparison};
use super::run::{DynamicContext, MemoKey, Run, Variables};
use super::value::{Atomic, Item, Sequence};

/// Constant through the evaluation of one expression.
pub(crate) struct Cx<'r, 'd> {
    pub(crate) run: &'r Run<'d>,
    variables: &'r dyn Variables<'d>,
    pub(crate) current: &'r Option<Item<'d>>,
    locals: RefCell<Vec<Sequence<'d>>>,
}

/// The context item and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Focus<'d> {
    pub(crate) item: Option<Item<'d>>,
    pub(crate) position: u64,
    /// 0 when no expression asked for it.
    pub(crate) size: u64,
}

impl<'d> Focus<'d> {
    pub(crate) fn node(node: NodeRef<'d>) -> Self {
        Self {
            item: Some(Item::Node(node)),
            position: 1,
            size: 1,
        }
    }

    pub(crate) fn item(&self) -> Result<&Item<'d>, XPathError> {
        self.item.as_ref().ok_or_else(|| {
            XPathError::new(
                "XPDY0002",
                "il n'y a pas d'élément de contexte ici",
                "there is no context item here",
            )
        })
    }

    /// The context node of a path.
    pub(crate) fn context_node(&self) -> Result<NodeRef<'d>, XPathError> {
        self.item()?.as_node().ok_or_else(|| {
            XPathError::new(
                "XPTY0020",
                "l'élément de contexte n'est pas un nœud : aucun chemin n'en part",
                "the context item is no node: no path starts at it",
            )
        })
    }
}

pub(crate) type Sink<'s, 'd> = &'s mut dyn FnMut(Item<'d>) -> Result<bool, XPathError>;

impl<'r, 'd> Cx<'r, 'd> {
    pub(crate) fn new(context: &DynamicContext<'r, 'd>) -> Self {
        Self {
            run: context.run,
            variables: context.variables,
            current: context.item,
            locals: RefCell::new(Vec::new()),
        }
    }

    /// All items, in order.
    pub(crate) fn eval(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Sequence<'d>, XPathError> {
        match ir {
            Ir::Empty => Ok(Sequence::Empty),
            Ir::Literal(value) => Ok(Sequence::atomic(value.clone())),
            Ir::Global(slot) => self.variables.get(*slot),
            Ir::Local(depth) => Ok(self.local(*depth)),
            Ir::ContextItem => Ok(Sequence::One(focus.item()?.clone())),
            Ir::Current => match self.current {
                Some(item) => Ok(Sequence::One(item.clone())),
                None => focus.item().cloned().map(Sequence::One),
            },
            Ir::Call(function, args, site) => functions::call(*function, args, site, self, focus),
            Ir::Memo(id, inner) => self.memo(*id, inner, focus),
            Ir::If(condition, then, otherwise) => {
                let branch = if self.truth(condition, focus)? {
                    then
                } else {
                    otherwise
                };
                self.eval(branch, focus)
            }
            Ir::Sequence(_)
            | Ir::Path(_)
            | Ir::Map(..)
            | Ir::Filter(..)
            | Ir::For(..)
            | Ir::Range(..) => self.collect(ir, focus),
            Ir::Union(operands, at) => self.union(operands, focus).map_err(|e| e.at(*at)),
            Ir::Set(first, rest, at) => self.set(first, rest, focus).map_err(|e| e.at(*at)),
            Ir::Arithmetic(first, rest, at) => {
                self.arithmetic(first, rest, focus).map_err(|e| e.at(*at))
            }
            Ir::Sign(negative, operand, at) => {
                self.sign(*negative, operand, focus).map_err(|e| e.at(*at))
            }
            Ir::Value(op, left, right, at) => self
                .value_comparison(*op, left, right, focus)
                .map_err(|e| e.at(*at)),
            Ir::NodeCompare(comparison, left, right, at) => self
                .node_comparison(*comparison, left, right, focus)
                .map_err(|e| e.at(*at)),
            Ir::TreatAs(operand, target, at) => {
                let value = self.eval(operand, focus)?;
                if target.matches(value.items()) {
                    return Ok(value);
                }
                Err(XPathError::new(
                    "XPDY0050",
                    "la valeur n'est pas du type annoncé par « treat as »",
                    "the value is not of the type that `treat as` states",
                )
                .at(*at))
            }
            Ir::Cast(operand, target, optional, at, prefixes) => {
                match self.atom(operand, focus)? {
                    Some(value) => cast(&value, *target, Some(prefixes))
                        .map(Sequence::atomic)
                        .map_err(|e| e.at(*at)),
                    None if *optional => Ok(Sequence::Empty),
                    None => Err(XPathError::type_error(
                        "rien à convertir : la séquence est vide",
                        "nothing to convert: the sequence is empty",
                    )
                    .at(*at)),
                }
            }
            Ir::Or(_)
            | Ir::And(_)
            | Ir::Not(_)
            | Ir::Exists(..)
            | Ir::CountCompare(..)
            | Ir::General(..)
            | Ir::EqualsText(..)
            | Ir::EqualsFixed(..)
            | Ir::InstanceOf(..)
            | Ir::Castable(..)
            | Ir::Quantified(..) => self.truth(ir, focus).map(Sequence::boolean),
        }
    }

    /// Effective boolean value.
    pub(crate) fn truth(&self, ir: &Ir, focus: &Focus<'d>) -> Result<bool, XPathError> {
        match ir {
            Ir::Or(items) => {
                for item in items {
                    if self.truth(item, focus)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Ir::And(items) => {
                for item in items {
                    if !self.truth(item, focus)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Ir::Not(inner) => Ok(!self.truth(inner, focus)?),
            Ir::Exists(sense, inner) => Ok(self.exists(inner, focus)? == *sense),
            Ir::CountCompare(inner, op, limit) => self.count_compare(inner, *op, *limit, focus),
            Ir::Path(path) => {
                let mut found = false;
                self.walk(path, focus, &mut |_| {
                    found = true;
                    Ok(false)
                })?;
                Ok(found)
            }
            Ir::Union(operands, at) => {
                for operand in operands {
                    if self.exists_node(operand, focus).map_err(|e| e.at(*at))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Ir::General(op, left, right, at) => {
                self.general(*op, left, right, focus).map_err(|e| e.at(*at))
            }
            Ir::EqualsText(left, texts, at) => {
                self.equals_text(left, texts, focus).map_err(|e| e.at(*at))
            }
            Ir::EqualsFixed(left, right, id, at) => self
                .equals_fixed(left, right, *id, focus)
                .map_err(|e| e.at(*at)),
            Ir::InstanceOf(operand, target) => {
                Ok(target.matches(self.eval(operand, focus)?.items()))
            }
            Ir::Castable(operand, target, optional, prefixes) => {
                let mut values = Vec::new();
                self.each(operand, focus, true, &mut |item| {
                    values.push(item.atomize());
                    Ok(values.len() < 2)
                })?;
                Ok(match values.as_slice() {
                    [] => *optional,
                    [value] => castable(value, *target, Some(prefixes)),
                    _ => false,
                })
            }
            Ir::Quantified(every, slot, sequence, body) => {
                self.quantified(*every, *slot, sequence, body, focus)
            }
            Ir::Memo(id, inner) => self.memo_truth(*id, inner, focus),
            Ir::If(condition, then, otherwise) => {
                let branch = if self.truth(condition, focus)? {
                    then
                } else {
                    otherwise
                };
                self.truth(branch, focus)
            }
            other => self.eval(other, focus)?.truth(),
        }
    }

    /// Hands out the items one by one until the sink has enough; false when it had. Without
    /// `ordered`, nodes may come in any order and more than once.
    pub(crate) fn each(
        &self,
        ir: &Ir,
        focus: &Focus<'d>,
        ordered: bool,
        sink: Sink<'_, 'd>,
    ) -> Result<bool, XPathError> {
        match ir {
            Ir::Path(path) if path.ordered || !ordered => {
                self.walk(path, focus, &mut |node| sink(Item::Node(node)))
            }
            Ir::Path(path) => {
                let mut nodes = Vec::new();
                self.walk(path, focus, &mut |node| {
                    nodes.push(node);
                    Ok(true)
                })?;
                self.run.check_items(nodes.len())?;
                sort(&mut nodes);
                hand_out(nodes.into_iter().map(Item::Node), sink)
            }
            Ir::Sequence(items) => {
                for item in items {
                    if !self.each(item, focus, ordered, sink)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Ir::Union(operands, at) if !ordered => {
                for operand in operands {
                    let go_on = self.each(operand, focus, false, &mut |item| {
                        node_operand(&item).map_err(|e| e.at(*at))?;
                        sink(item)
                    })?;
                    if !go_on {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Ir::Filter(primary, predicates) => {
                self.filter(primary, predicates, focus, ordered, sink)
            }
            Ir::Map(left, right, at) => self.map(left, right, *at, focus, ordered, sink),
            Ir::For(slot, sequence, body) => {
                let values = self.eval(sequence, focus)?;
                for value in values.iter() {
                    self.run.charge()?;
                    self.set_local(*slot, Sequence::One(value.clone()));
                    if !self.each(body, focus, true, sink)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Ir::Range(from, to, at) => {
                let bounds = self.range(from, to, focus).map_err(|e| e.at(*at))?;
                for number in bounds {
                    self.run.charge()?;
                    if !sink(Item::Atomic(Atomic::integer(number)))? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Ir::If(condition, then, otherwise) => {
                let branch = if self.truth(condition, focus)? {
                    then
                } else {
                    otherwise
                };
                self.each(branch, focus, ordered, sink)
            }
            other => match self.eval(other, focus)? {
                Sequence::Empty => Ok(true),
                Sequence::One(item) => sink(item),
                many => hand_out(many.iter().cloned(), sink),
            },
        }
    }

    fn collect(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Sequence<'d>, XPathError> {
        let mut items = Vec::new();
        self.each(ir, focus, true, &mut |item| {
            items.push(item);
            if items.len() % 4096 == 0 {
                self.run.check_items(items.len())?;
            }
            Ok(true)
        })?;
        self.run.check_items(items.len())?;
        Ok(items.into())
    }

    pub(crate) fn exists(&self, ir: &Ir, focus: &Focus<'d>) -> Result<bool, XPathError> {
        let mut found = false;
        self.each(ir, focus, false, &mut |_| {
            found = true;
            Ok(false)
        })?;
        Ok(found)
    }

    fn exists_node(&self, ir: &Ir, focus: &Focus<'d>) -> Result<bool, XPathError> {
        let mut found = false;
        self.each(ir, focus, false, &mut |item| {
            node_operand(&item)?;
            found = true;
            Ok(false)
        })?;
        Ok(found)
    }

    /// The nodes of an operand, sorted, each once.
    fn nodes(&self, ir: &Ir, focus: &Focus<'d>) -> Result<Vec<NodeRef<'d>>, XPathError> {
        let mut nodes = Vec::new();
        self.each(ir, focus, false, &mut |item| {
            nodes.push(node_operand(&item)?);
            Ok(true)
        })?;
        self.run.check_items(nodes.len())?;
        sort(&mut nodes);
        Ok(nodes)
    }

    fn union(&self, operands: &[Ir], focus: &Focus<'d>) -> Result<Sequence<'d>, XPathError> {
        let mut all = Vec::new();
        for operand in operands {
            all.append(&mut self.nodes(operand, focus)?);
        }
        sort(&mut all);
        Ok(all.into_iter().map(Item::Node).collect())
    }

    fn set(
        &self,
        first: &Ir,
        rest: &[(SetOp, Ir)],
        focus: &Focus<'d>,
    ) -> Result<Sequence<'d>, XPathError> {
        let mut nodes = self.nodes(first, focus)?;
        for (op, operand) in rest {
            if nodes.is_empty() {
                break;
            }
            let others = self.nodes(operand, focus)?;
            let keep = *op == SetOp::Intersect;
            nodes.retain(|n| others.binary_search_by(|o| o.order(n)).is_ok() == keep);
        }
        Ok(nodes.into_iter().map(Item::Node).collect())
    }

    fn arithmetic(
        &self,
        first: &Ir,
        rest: &[(ArithmeticOp, Ir)],
        focus: &Focus<'d>,
    ) -> Result<Sequence<'d>, XPathError> {
        let Some(mut result) = self.atom(first, focus)? else {
            return Ok(Sequence::Empty);
        };
        for (op, operand) in rest {
            let Some(operand) = self.atom(operand, focus)? else {
                return Ok(Sequence::Empty);
            };
            result = arithmetic::apply(*op, &result, &operand)?;
        }
        Ok(Sequence::atomic(result))
    }

    fn sign(
        &self,
        negative: bool,
        operand: &Ir,
        focus: &Focus<'d>,
    ) -> Result<Sequence<'d>, XPathError> {
        let Some(value) = self.number(operand, focus)? else {
            return Ok(Sequence::Empty);
        };
        Ok(Sequence::atomic(match value {
            Atomic::Integer(d) if negative => Atomic::Integer(d.negate()),
            Atomic::Decimal(d) if negative => Atomic::Decimal(d.negate()),
            Atomic::Double(d) if negative => Atomic::Double(-d),
            Atomic::Float(d) if negative => Atomic::Float(-d),
            other => other,
        }))
    }

    fn range(
        &self,
        from: &Ir,
        to: &Ir,
        focus: &Focus<'d>,
    ) -> Result<std::ops::Range<i128>, XPathError> {
        let (Some(from), Some(to)) = (self.integer(from, focus)?, self.integer(to, focus)?) else {
            return Ok(0..0);
        };
        let count = to.saturating_sub(from).saturating_add(1).max(0);
        self.run
            .check_items(usize::try_from(count).unwrap_or(usize::MAX))?;
        Ok(from..from.saturating_add(count))
    }

    fn node_comparison(
        &self,
        comparison: NodeComparison,
        left: &Ir,
        right: &Ir,
        focus: &Focus<'d>,
    ) -> Result<Sequence<'d>, XPathError> {
        let single = |ir| -> Result<Option<NodeRef<'d>>, XPathError> {
            match self.eval(ir, focus)?.items() {
                [] => Ok(None),
                [item] => node_operand(item).map(Some),
                _ => Err(too_many()),
            }
        };
        let (Some(left), Some(right)) = (single(left)?, single(right)?) else {
            return Ok(Sequence::Empty);
        };
        Ok(Sequence::boolean(match comparison {
            NodeComparison::Is => left == right,
            NodeComparison::Before => left.order(&right).is_lt(),
            NodeComparison::After => left.order(&right).is_gt(),
        }))
    }

    fn quantified(
        &self,
        every: bool,
        slot: u32,
        sequence: &Ir,
        body: &Ir,
        focus: &Focus<'d>,
    ) -> Result<bool, XPathError> {
        let mut answer = every;
        self.each(sequence, focus, true, &mut |value| {
            self.run.charge()?;
            self.set_local(slot, Sequence::One(value));
            if self.truth(body, focus)? != every {
                answer = !every;
                return Ok(false);
            }
            Ok(true)
        })?;
        Ok(answer)
    }

    pub(crate) fn local(&self, depth: u32) -> Sequence<'d> {
        self.locals
            .borrow()
            .get(depth as usize)
            .cloned()
            .unwrap_or_default()
    }

    pub(crate) fn global(&self, slot: u32) -> Result<Sequence<'d>, XPathError> {
        self.variables.get(slot)
    }

    fn set_local(&self, depth: u32, value: Sequence<'d>) {
        let mut locals = self.locals.borrow_mut();
        let index = depth as usize;
        if locals.len() <= index {
            locals.resize(index + 1, Sequence::Empty);
        }
        if let Some(local) = locals.get_mut(index) {
            *local = value;
        }
    }

    fn memo(&self, id: MemoId, inner: &Ir, focus: &Focus<'d>) -> Result<Sequence<'d>, XPathError> {
        let key = memo_key(id, focus);
        if let Some(value) = self.run.memos.borrow().get(&key) {
            return Ok(value.clone());
        }
        let value = self.eval(inner, focus)?;
        self.run.memos.borrow_mut().insert(key, value.clone());
        Ok(value)
    }

    fn memo_truth(&self, id: MemoId, inner: &Ir, focus: &Focus<'d>) -> Result<bool, XPathError> {
        let key = memo_key(id, focus);
        if let Some(truth) = self.run.truths.borrow().get(&key) {
            return Ok(*truth);
        }
        let known = self.run.memos.borrow().get(&key).cloned();
        let truth = match known {
            Some(value) => value.truth()?,
            None => self.truth(inner, focus)?,
        };
        self.run.truths.borrow_mut().insert(key, truth);
        Ok(truth)
    }
}

pub(crate) fn memo_key(id: MemoId, focus: &Focus<'_>) -> MemoKey {
    let document = focus
        .item
        .as_ref()
        .and_then(Item::as_node)
        .map(|n| n.document);
    (id.0, document.map_or(0, address))
}

pub(crate) fn address(document: &IndexedDocument<'_>) -> usize {
    std::ptr::from_ref(document).addr()
}

/// Document order, each node once.
pub(crate) fn sort(nodes: &mut Vec<NodeRef<'_>>) {
    if nodes.len() > 1 {
        nodes.sort_unstable_by(NodeRef::order);
        nodes.dedup();
    }
}

fn hand_out<'d>(
    items: impl Iterator<Item = Item<'d>>,
    sink: Sink<'_, 'd>,
) -> Result<bool, XPathError> {
    for item in items {
        if !sink(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn node_operand<'d>(item: &Item<'d>) -> Result<NodeRef<'d>, XPathError> {
    item.as_node().ok_or_else(|| {
        XPathError::type_error(
            "un nœud est attendu ici, pas une valeur",
            "a node is expected here, not a value",
        )
    })
}

pub(crate) fn too_many() -> XPathError {
    XPathError::type_error(
        "plusieurs valeurs là où une seule est permise",
        "several values where only one is allowed",
    )
}
