//! Paths: order known in advance, `//` folded, predicates classed, indexes chosen.

use std::sync::Arc;

use super::Compiler;
use super::info::{Deps, Typed};
use crate::xpath::ast::{Ast, Axis, CompareOp, NodeTestAst, PathAst, StepAst};
use crate::xpath::document::NodeKind;
use crate::xpath::error::XPathError;
use crate::xpath::functions::{Function, Returns};
use crate::xpath::index::Leaf;
use crate::xpath::ir::{AxisStep, IndexUse, IndexValue, Ir, NodeTest, PathIr, Predicate, Start};
use crate::xpath::names::{NamePool, PoolName};
use crate::xpath::value::Atomic;

/// A path under construction.
struct Building {
    start: Start,
    steps: Vec<AxisStep>,
    deps: Deps,
    one: bool,
    ordered: bool,
    peers: bool,
    costly: bool,
}

impl Building {
    fn single(start: Start, deps: Deps, costly: bool) -> Self {
        Self {
            start,
            steps: Vec::new(),
            deps,
            one: true,
            ordered: true,
            peers: true,
            costly,
        }
    }

    fn from(typed: Typed) -> Self {
        Self {
            start: Start::Expr(typed.ir),
            steps: Vec::new(),
            deps: typed.deps,
            one: typed.one,
            ordered: typed.ordered || typed.one,
            peers: typed.peers || typed.one,
            costly: typed.costly,
        }
    }

    fn finish(self, at: usize) -> Typed {
        let Self {
            start,
            steps,
            deps,
            one,
            ordered,
            peers,
            costly,
        } = self;
        let ir = match start {
            Start::Expr(ir) if steps.is_empty() => ir,
            start => Ir::Path(Box::new(PathIr {
                start,
                steps,
                ordered,
                at,
            })),
        };
        Typed {
            ir,
            returns: Returns::Nodes,
            deps,
            one,
            ordered: true,
            peers,
            costly,
        }
    }

    fn push(&mut self, step: AxisStep, deps: Deps) {
        self.deps = self.deps | deps.without(Deps::focus());
        let apart = self.one || (self.ordered && self.peers);
        let named = matches!(step.test, NodeTest::Name(..));
        let picked = step
            .predicates
            .iter()
            .any(|p| matches!(p, Predicate::Position(_) | Predicate::Last));
        let was_one = self.one;
        self.one = was_one
            && (picked
                || matches!(step.axis, Axis::Itself | Axis::Parent)
                || (step.axis == Axis::Attribute && named));
        (self.ordered, self.peers) = match step.axis {
            Axis::Child => (apart, apart),
            Axis::Attribute | Axis::Namespace => (self.ordered, true),
            Axis::Itself => (self.ordered, self.peers),
            Axis::Descendant | Axis::DescendantOrSelf => (apart, false),
            Axis::Parent => (was_one, was_one),
            Axis::FollowingSibling => (was_one, was_one),
            Axis::Following => (was_one, false),
            _ => (false, false),
        };
        if self.one {
            (self.ordered, self.peers) = (true, true);
        }
        self.costly |= matches!(
            step.axis,
            Axis::Descendant | Axis::DescendantOrSelf | Axis::Following | Axis::Preceding
        ) || matches!(self.start, Start::Root);
        self.steps.push(step);
    }
}

impl Compiler<'_> {
    pub(super) fn path(&mut self, path: &PathAst<'_>, ast: &Ast<'_>) -> Result<Typed, XPathError> {
        let mut steps = path.steps.iter().peekable();
        let mut building = if path.absolute {
            Building::single(Start::Root, Deps::ROOT, false)
        } else if let Some(StepAst::Expr(first)) = steps.peek() {
            steps.next();
            Building::from(self.expr(first)?)
        } else {
            Building::single(Start::Context, Deps::ITEM, false)
        };
        let mut returns = Returns::Nodes;
        while let Some(step) = steps.next() {
            returns = Returns::Nodes;
            match step {
                StepAst::Axis {
                    axis,
                    test,
                    predicates,
                    at,
                    ..
                } => {
                    let (step, deps) = self.step(*axis, test, predicates, *at)?;
                    if is_any_descendant(&step)
                        && let Some(StepAst::Axis {
                            axis,
                            test,
                            predicates,
                            at,
                            ..
                        }) = steps.peek()
                        && let Some(folded) = fold(*axis)
                    {
                        let (next, next_deps) = self.step(*axis, test, predicates, *at)?;
                        if next
                            .predicates
                            .iter()
                            .all(|p| matches!(p, Predicate::Boolean(_)))
                        {
                            steps.next();
                            let index = index_use(&next, self.context.pool());
                            building.push(
                                AxisStep {
                                    axis: folded,
                                    index,
                                    ..next
                                },
                                next_deps,
                            );
                            continue;
                        }
                    }
                    building.push(step, deps);
                }
                StepAst::Expr(ast) => {
                    let left = building.finish(ast.at);
                    let right = self.operand(ast)?;
                    returns = if steps.peek().is_none() && right.returns == Returns::Nodes {
                        Returns::Nodes
                    } else {
                        Returns::Unknown
                    };
                    building = Building {
                        start: Start::Expr(Ir::Map(Box::new(left.ir), Box::new(right.ir), ast.at)),
                        steps: Vec::new(),
                        deps: left.deps | right.deps.without(Deps::focus()),
                        one: left.one && right.one,
                        ordered: true,
                        peers: false,
                        costly: left.costly || right.costly,
                    };
                }
            }
        }
        Ok(Typed {
            returns,
            ..building.finish(ast.at)
        })
    }

    pub(super) fn pattern_step(
        &mut self,
        step: &StepAst<'_>,
    ) -> Result<(AxisStep, Deps), XPathError> {
        match step {
            StepAst::Axis {
                axis,
                test,
                predicates,
                at,
                ..
            } => self.step(*axis, test, predicates, *at),
            StepAst::Expr(ast) => Err(XPathError::new(
                "XTSE0340",
                "une expression n'est pas une étape de motif",
                "an expression is no step of a pattern",
            )
            .at(ast.at)),
        }
    }

    fn step(
        &mut self,
        axis: Axis,
        test: &NodeTestAst<'_>,
        predicates: &[Ast<'_>],
        at: usize,
    ) -> Result<(AxisStep, Deps), XPathError> {
        let principal = match axis {
            Axis::Attribute => NodeKind::Attribute,
            Axis::Namespace => NodeKind::Namespace,
            _ => NodeKind::Element,
        };
        let test = match test {
            NodeTestAst::Name(name) if axis == Axis::Namespace => match name {
                crate::xpath::ast::NameTestAst::Any => NodeTest::Kind(NodeKind::Namespace),
                crate::xpath::ast::NameTestAst::Name(q) if q.prefix.is_none() => {
                    NodeTest::Local(NodeKind::Namespace, q.local.into())
                }
                _ => NodeTest::Never,
            },
            NodeTestAst::Name(name) => self.name_test(*name, principal, at)?,
            NodeTestAst::Kind(kind) => self.kind_test(kind, at)?,
        };
        let mut compiled = Vec::with_capacity(predicates.len());
        let mut deps = Deps::NONE;
        for predicate in predicates {
            let (predicate, inner) = self.predicate(predicate)?;
            deps = deps | inner;
            compiled.push(predicate);
        }
        let positions = compiled
            .iter()
            .filter(|p| !matches!(p, Predicate::Boolean(_)))
            .count();
        let streams = positions == 0
            || (positions == 1
                && compiled.iter().all(|p| {
                    matches!(
                        p,
                        Predicate::Boolean(_) | Predicate::Position(_) | Predicate::Any(_, false)
                    )
                }));
        let mut step = AxisStep {
            axis,
            test,
            predicates: compiled,
            index: None,
            streams,
        };
        if matches!(axis, Axis::Descendant | Axis::DescendantOrSelf) {
            step.index = index_use(&step, self.context.pool());
        }
        Ok((step, deps))
    }

    pub(super) fn predicate(&mut self, ast: &Ast<'_>) -> Result<(Predicate, Deps), XPathError> {
        let typed = self.operand(ast)?;
        let deps = typed.deps;
        let moving = deps.has(Deps::POSITION | Deps::LAST);
        if let Some(predicate) = by_position(&typed.ir) {
            return Ok((predicate, deps));
        }
        let steady = matches!(
            typed.returns,
            Returns::Boolean | Returns::Nodes | Returns::Text
        ) && !moving;
        let predicate = if steady {
            Predicate::Boolean(typed.ir)
        } else {
            Predicate::Any(typed.ir, deps.has(Deps::LAST))
        };
        Ok((predicate, deps))
    }

    pub(super) fn filter(
        &mut self,
        primary: &Ast<'_>,
        predicates: &[Ast<'_>],
    ) -> Result<Typed, XPathError> {
        let primary = self.expr(primary)?;
        let mut deps = primary.deps;
        let mut compiled = Vec::with_capacity(predicates.len());
        let mut one = primary.one;
        for predicate in predicates {
            let (predicate, inner) = self.predicate(predicate)?;
            deps = deps | inner.without(Deps::focus());
            one |= matches!(predicate, Predicate::Position(_) | Predicate::Last);
            compiled.push(predicate);
        }
        Ok(Typed {
            ir: Ir::Filter(Box::new(primary.ir), compiled),
            deps,
            one,
            ..primary
        })
    }
}

/// `[3]`, `[last()]`, `[position() = 3]`.
fn by_position(ir: &Ir) -> Option<Predicate> {
    match ir {
        Ir::Literal(n @ Atomic::Integer(_)) => Some(position(n)),
        Ir::Call(Function::Last, ..) => Some(Predicate::Last),
        Ir::General(CompareOp::Equal, left, right, _)
        | Ir::Value(CompareOp::Equal, left, right, _) => match (&**left, &**right) {
            (Ir::Call(Function::Position, ..), Ir::Literal(n @ Atomic::Integer(_)))
            | (Ir::Literal(n @ Atomic::Integer(_)), Ir::Call(Function::Position, ..)) => {
                Some(position(n))
            }
            (Ir::Call(Function::Position, ..), Ir::Call(Function::Last, ..))
            | (Ir::Call(Function::Last, ..), Ir::Call(Function::Position, ..)) => {
                Some(Predicate::Last)
            }
            _ => None,
        },
        _ => None,
    }
}

fn position(n: &Atomic<'static>) -> Predicate {
    let number = match n {
        Atomic::Integer(value) => u64::try_from(value.mantissa()).unwrap_or(0),
        _ => 0,
    };
    if number == 0 {
        Predicate::Boolean(Ir::Literal(Atomic::Boolean(false)))
    } else {
        Predicate::Position(number)
    }
}

/// The step that `//` stands for.
fn is_any_descendant(step: &AxisStep) -> bool {
    step.axis == Axis::DescendantOrSelf
        && step.predicates.is_empty()
        && matches!(step.test, NodeTest::Any)
}

/// The axis that `descendant-or-self::node()` and then this one make together.
fn fold(axis: Axis) -> Option<Axis> {
    match axis {
        Axis::Child | Axis::Descendant => Some(Axis::Descendant),
        Axis::Itself | Axis::DescendantOrSelf => Some(Axis::DescendantOrSelf),
        _ => None,
    }
}

/// An index that finds a superset of what the step's predicates let through.
fn index_use(step: &AxisStep, pool: &Arc<NamePool>) -> Option<IndexUse> {
    let element = match &step.test {
        NodeTest::Name(NodeKind::Element, name, _) => Some(*name),
        NodeTest::AnyName(NodeKind::Element) => None,
        _ => return None,
    };
    step.predicates.iter().find_map(|predicate| {
        let Predicate::Boolean(ir) = predicate else {
            return None;
        };
        let conjuncts = match ir {
            Ir::And(items) => items.as_slice(),
            ir => std::slice::from_ref(ir),
        };
        conjuncts.iter().find_map(|ir| {
            let (child, leaf, value) = equality(ir)?;
            Some(IndexUse {
                element,
                child,
                leaf,
                pool: Arc::clone(pool),
                value,
            })
        })
    })
}

/// The child, leaf and value of `child/@a = value` and its like.
pub(crate) fn equality(ir: &Ir) -> Option<(Option<PoolName>, Leaf, IndexValue)> {
    match ir {
        Ir::EqualsText(path, texts, _) => {
            let (child, leaf) = relative(path)?;
            match texts.as_slice() {
                [text] => Some((child, leaf, IndexValue::Literal(text.clone()))),
                _ => None,
            }
        }
        Ir::General(CompareOp::Equal, left, right, _) => {
            let value = |ir: &Ir| match ir {
                Ir::Global(slot) => Some(IndexValue::Global(*slot)),
                Ir::Local(depth) => Some(IndexValue::Local(*depth)),
                _ => None,
            };
            let (path, value) = match (value(left), value(right)) {
                (None, Some(value)) => (left, value),
                (Some(value), None) => (right, value),
                _ => return None,
            };
            let (child, leaf) = relative(path)?;
            Some((child, leaf, value))
        }
        // `child[@a = value]`
        Ir::Path(path) if matches!(path.start, Start::Context) => match path.steps.as_slice() {
            [step] if step.axis == Axis::Child => {
                let NodeTest::Name(NodeKind::Element, child, _) = &step.test else {
                    return None;
                };
                match step.predicates.as_slice() {
                    [Predicate::Boolean(inner), ..] => match equality(inner)? {
                        (None, leaf, value) => Some((Some(*child), leaf, value)),
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        },
        Ir::Exists(true, inner) => equality(inner),
        _ => None,
    }
}

fn relative(ir: &Ir) -> Option<(Option<PoolName>, Leaf)> {
    let Ir::Path(path) = ir else { return None };
    if !matches!(path.start, Start::Context) {
        return None;
    }
    let leaf = |step: &AxisStep| match (step.axis, &step.test) {
        _ if !step.predicates.is_empty() => None,
        (Axis::Attribute, NodeTest::Name(NodeKind::Attribute, name, _)) => {
            Some(Leaf::Attribute(*name))
        }
        (Axis::Child, NodeTest::Kind(NodeKind::Text)) => Some(Leaf::Text),
        _ => None,
    };
    match path.steps.as_slice() {
        [last] => Some((None, leaf(last)?)),
        [child, last] if child.axis == Axis::Child && child.predicates.is_empty() => {
            match &child.test {
                NodeTest::Name(NodeKind::Element, name, _) => Some((Some(*name), leaf(last)?)),
                _ => None,
            }
        }
        _ => None,
    }
}
