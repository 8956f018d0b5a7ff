//! Content models as position automata.
//!
//! Each element of a content model is a state ("this element was read last"), so a state also tells the type of its
//! element. The schema rule of unique attribution makes the automaton deterministic; where it would not be, the
//! generation stops.

use std::collections::BTreeMap;

use crate::Error;
use crate::model::{Particle, QName, Schema, Term};

/// What a transition reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    Element(QName),
    /// Any element whose namespace is neither none nor this one.
    Other(String),
}

#[derive(Clone, Debug)]
pub(crate) struct State {
    /// `None` for the start of a content model.
    pub(crate) input: Option<Input>,
    pub(crate) ty: Option<QName>,
    pub(crate) nillable: bool,
    pub(crate) accept: bool,
    pub(crate) next: BTreeMap<Input, usize>,
}

#[derive(Clone, Default)]
struct Part {
    nullable: bool,
    first: Vec<usize>,
    last: Vec<usize>,
}

pub(crate) struct Builder<'a> {
    schema: &'a Schema,
    pub(crate) states: Vec<State>,
    follow: Vec<Vec<usize>>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(schema: &'a Schema) -> Self {
        Self {
            schema,
            states: Vec::new(),
            follow: Vec::new(),
        }
    }

    fn state(&mut self, input: Option<Input>, ty: Option<QName>, nillable: bool) -> usize {
        self.states.push(State {
            input,
            ty,
            nillable,
            accept: false,
            next: BTreeMap::new(),
        });
        self.follow.push(Vec::new());
        self.states.len() - 1
    }

    /// A state without transitions, for the declaration of a global element.
    pub(crate) fn global(&mut self, name: &QName) -> Result<usize, Error> {
        let element = self.schema.elements.get(name);
        let element = element.ok_or_else(|| Error::Undeclared(name.to_string()))?;
        let (ty, nillable) = self.schema.element(element)?;
        Ok(self.state(Some(Input::Element(name.clone())), Some(ty), nillable))
    }

    /// The automaton of a sequence of particles; gives its start state.
    pub(crate) fn model(&mut self, parts: &[Particle]) -> Result<usize, Error> {
        let start = self.state(None, None, false);
        let whole = self.sequence(parts)?;
        self.follow[start].clone_from(&whole.first);
        self.states[start].accept = whole.nullable;
        for last in whole.last {
            self.states[last].accept = true;
        }
        for state in start..self.states.len() {
            for target in self.follow[state].clone() {
                let input = self.states[target].input.clone();
                let input =
                    input.ok_or_else(|| Error::Unhandled("transition to a start state".into()))?;
                let before = self.states[state].next.insert(input.clone(), target);
                if before.is_some_and(|b| b != target) {
                    return Err(Error::Unhandled(format!("two ways to read {input:?}")));
                }
            }
        }
        Ok(start)
    }

    fn sequence(&mut self, parts: &[Particle]) -> Result<Part, Error> {
        let mut whole = Part {
            nullable: true,
            ..Part::default()
        };
        for part in parts {
            let next = self.particle(part)?;
            whole = self.join(whole, next);
        }
        Ok(whole)
    }

    fn join(&mut self, mut left: Part, right: Part) -> Part {
        for &from in &left.last {
            self.link(from, &right.first);
        }
        if left.nullable {
            left.first.extend_from_slice(&right.first);
        }
        if right.nullable {
            left.last.extend_from_slice(&right.last);
        } else {
            left.last = right.last;
        }
        left.nullable &= right.nullable;
        left
    }

    fn link(&mut self, from: usize, to: &[usize]) {
        for &target in to {
            if !self.follow[from].contains(&target) {
                self.follow[from].push(target);
            }
        }
    }

    fn particle(&mut self, particle: &Particle) -> Result<Part, Error> {
        let mut whole = Part {
            nullable: true,
            ..Part::default()
        };
        let (min, max) = (particle.occurs.min, particle.occurs.max);
        if max == Some(0) {
            return Ok(whole);
        }
        for copy in 0..min.max(1).max(max.unwrap_or(1)) {
            let mut next = self.term(&particle.term)?;
            let is_last = copy + 1 == min.max(1);
            if max.is_none() && is_last {
                for last in next.last.clone() {
                    self.link(last, &next.first);
                }
            }
            next.nullable |= copy >= min;
            whole = self.join(whole, next);
        }
        Ok(whole)
    }

    fn term(&mut self, term: &Term) -> Result<Part, Error> {
        let single = |state: usize| Part {
            nullable: false,
            first: vec![state],
            last: vec![state],
        };
        Ok(match term {
            Term::Element(element) => {
                let (ty, nillable) = self.schema.element(element)?;
                single(self.state(
                    Some(Input::Element(element.name.clone())),
                    Some(ty),
                    nillable,
                ))
            }
            Term::AnyOther { target } => {
                single(self.state(Some(Input::Other(target.clone())), None, false))
            }
            Term::Sequence(parts) => self.sequence(parts)?,
            Term::Choice(parts) => {
                let mut whole = Part::default();
                for part in parts {
                    let next = self.particle(part)?;
                    whole.nullable |= next.nullable;
                    whole.first.extend(next.first);
                    whole.last.extend(next.last);
                }
                whole
            }
            Term::Group(name) => {
                let group = self.schema.groups.get(name);
                let group = group
                    .ok_or_else(|| Error::Undeclared(name.to_string()))?
                    .clone();
                self.particle(&group)?
            }
        })
    }
}

/// Rows of a sparse table laid over each other: entry `base[row] + column` belongs to the row that `check` names.
#[derive(Default)]
pub(crate) struct Comb {
    pub(crate) base: Vec<usize>,
    pub(crate) check: Vec<u16>,
    pub(crate) value: Vec<u16>,
}

pub(crate) const NONE: u16 = u16::MAX;

impl Comb {
    /// Packs `rows` of (column, value); the larger ones first, each at the first place where it fits.
    pub(crate) fn pack(rows: &[Vec<(usize, u16)>]) -> Self {
        let mut comb = Self {
            base: vec![0; rows.len()],
            ..Self::default()
        };
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&r| (std::cmp::Reverse(rows[r].len()), r));
        for row in order {
            let entries = &rows[row];
            if entries.is_empty() {
                continue;
            }
            let free = |comb: &Self, at: usize| comb.check.get(at).is_none_or(|&c| c == NONE);
            let base = (0..)
                .find(|&base| {
                    entries
                        .iter()
                        .all(|&(column, _)| free(&comb, base + column))
                })
                .unwrap_or(0);
            comb.base[row] = base;
            for &(column, value) in entries {
                let at = base + column;
                if comb.check.len() <= at {
                    comb.check.resize(at + 1, NONE);
                    comb.value.resize(at + 1, NONE);
                }
                comb.check[at] = u16::try_from(row).unwrap_or(NONE);
                comb.value[at] = value;
            }
        }
        comb
    }
}
