//! The values of `let`, each computed when it is first used: the reference implementation never
//! evaluates one that is not.

use std::cell::{Cell, RefCell};

use super::Evaluation;
use crate::compile::Schema;
use crate::schema::model::{LetId, LetValue};
use crate::xpath::{NodeRef, Run, Sequence, Variables, XPathError};

#[derive(Debug, Clone)]
enum State<'d> {
    Todo,
    Busy,
    Done(Result<Sequence<'d>, XPathError>),
}

/// Variables of one run.
pub(super) struct Lets<'s, 'd> {
    schema: &'s Schema,
    run: &'s Run<'d>,
    root: NodeRef<'d>,
    /// For each slot the let of the phase, of the schema, or of some other pattern.
    shared: Vec<Option<LetId>>,
    /// Values of the lets outside rules, by number.
    values: RefCell<Vec<State<'d>>>,
    scope: Cell<Scope>,
    /// The node of the rule that is running, and its lets so far.
    rule: RefCell<RuleLets<'d>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Scope {
    /// The pattern whose lets are seen first.
    pattern: Option<usize>,
    /// How many lets of the rule are seen.
    visible: usize,
}

struct RuleLets<'d> {
    node: NodeRef<'d>,
    lets: Vec<(u32, LetId, State<'d>)>,
}

impl<'s, 'd> Lets<'s, 'd> {
    pub(super) fn new(
        schema: &'s Schema,
        run: &'s Run<'d>,
        root: NodeRef<'d>,
        phase: Option<usize>,
        active: &[usize],
    ) -> Self {
        let model = &schema.model;
        let mut shared = vec![None; schema.context.slots() as usize];
        let mut bind = |lets: &[LetId], replace: bool| {
            for id in lets {
                if let Some(place) = schema.slot(*id).and_then(|s| shared.get_mut(s as usize))
                    && (replace || place.is_none())
                {
                    *place = Some(*id);
                }
            }
        };
        for pattern in active.iter().rev().filter_map(|p| model.patterns.get(*p)) {
            bind(&pattern.lets, true);
        }
        bind(&model.schema_lets, true);
        if let Some(phase) = phase.and_then(|p| model.phases.get(p)) {
            bind(&phase.lets, true);
        }
        Self {
            schema,
            run,
            root,
            shared,
            values: RefCell::new(vec![State::Todo; model.lets.len()]),
            scope: Cell::default(),
            rule: RefCell::new(RuleLets {
                node: root,
                lets: Vec::new(),
            }),
        }
    }

    /// Outside any rule of a pattern.
    pub(super) fn enter_pattern(&self, pattern: usize) {
        self.scope.set(Scope {
            pattern: Some(pattern),
            visible: 0,
        });
    }

    /// Begins a rule: none of its lets is seen yet.
    pub(super) fn enter_rule(&self, pattern: usize, node: NodeRef<'d>) {
        let mut rule = self.rule.borrow_mut();
        rule.node = node;
        rule.lets.clear();
        self.scope.set(Scope {
            pattern: Some(pattern),
            visible: 0,
        });
    }

    /// A let of the rule: what follows sees it.
    pub(super) fn declare(&self, id: LetId) {
        let Some(slot) = self.schema.slot(id) else {
            return;
        };
        let mut rule = self.rule.borrow_mut();
        rule.lets.push((slot, id, State::Todo));
        let pattern = self.scope.get().pattern;
        self.scope.set(Scope {
            pattern,
            visible: rule.lets.len(),
        });
    }

    fn compute(
        &self,
        id: LetId,
        node: NodeRef<'d>,
        scope: Scope,
    ) -> Result<Sequence<'d>, XPathError> {
        let missing = || {
            XPathError::new(
                "XPST0008",
                "variable sans valeur",
                "variable without a value",
            )
        };
        match &self
            .schema
            .model
            .lets
            .get(id as usize)
            .ok_or_else(missing)?
            .value
        {
            LetValue::Text(text) => Ok(Sequence::string(text.clone())),
            LetValue::Expression(expr) => {
                let expr = self.schema.expr(*expr)?;
                let before = self.scope.replace(scope);
                let result = Evaluation {
                    run: self.run,
                    variables: self,
                }
                .value(expr, node);
                self.scope.set(before);
                result
            }
        }
    }

    /// The last let of the rule with this slot among those that are seen.
    fn local(&self, slot: u32) -> Option<Result<Sequence<'d>, XPathError>> {
        let scope = self.scope.get();
        let (index, id, node) = {
            let mut rule = self.rule.borrow_mut();
            let node = rule.node;
            let index = rule
                .lets
                .get(..scope.visible)?
                .iter()
                .rposition(|l| l.0 == slot)?;
            let (_, id, state) = rule.lets.get_mut(index)?;
            match state {
                State::Done(value) => return Some(value.clone()),
                State::Busy => return Some(Err(circular())),
                State::Todo => *state = State::Busy,
            }
            (index, *id, node)
        };
        let value = self.compute(
            id,
            node,
            Scope {
                visible: index,
                ..scope
            },
        );
        if let Some(entry) = self.rule.borrow_mut().lets.get_mut(index) {
            entry.2 = State::Done(value.clone());
        }
        Some(value)
    }

    fn global(&self, slot: u32) -> Result<Sequence<'d>, XPathError> {
        let own = self.scope.get().pattern.and_then(|p| {
            let lets = &self.schema.model.patterns.get(p)?.lets;
            lets.iter()
                .rev()
                .find(|id| self.schema.slot(**id) == Some(slot))
                .copied()
        });
        let shared = || self.shared.get(slot as usize).copied().flatten();
        let Some(id) = own.or_else(shared) else {
            let name = self.schema.variable_name(slot);
            return Err(XPathError::new(
                "XPST0008",
                format!("la variable ${name} n'est pas visible ici"),
                format!("variable ${name} is not visible here"),
            ));
        };
        if let Some(state) = self.values.borrow_mut().get_mut(id as usize) {
            match state {
                State::Done(value) => return value.clone(),
                State::Busy => return Err(circular()),
                State::Todo => *state = State::Busy,
            }
        }
        let pattern = if own.is_some() {
            self.scope.get().pattern
        } else {
            self.home(id)
        };
        let value = self.compute(
            id,
            self.root,
            Scope {
                pattern,
                visible: 0,
            },
        );
        if let Some(state) = self.values.borrow_mut().get_mut(id as usize) {
            *state = State::Done(value.clone());
        }
        value
    }

    /// The pattern that a let belongs to; none for the schema's and the phase's.
    fn home(&self, id: LetId) -> Option<usize> {
        self.schema
            .model
            .patterns
            .iter()
            .position(|p| p.lets.contains(&id))
    }
}

fn circular() -> XPathError {
    XPathError::new(
        "XTDE0640",
        "une variable dépend d'elle-même",
        "a variable depends on itself",
    )
}

impl<'d> Variables<'d> for Lets<'_, 'd> {
    fn get(&self, slot: u32) -> Result<Sequence<'d>, XPathError> {
        match self.local(slot) {
            Some(value) => value,
            None => self.global(slot),
        }
    }
}
