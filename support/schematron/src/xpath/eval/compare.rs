//! Comparisons of sequences.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Cx, Focus, memo_key};
use crate::xpath::ast::CompareOp;
use crate::xpath::compare::{accepts_text, general, incomparable, value};
use crate::xpath::error::XPathError;
use crate::xpath::ir::{Ir, MemoId};
use crate::xpath::run::FixedSet;
use crate::xpath::text::Text;
use crate::xpath::value::{Atomic, Item, Sequence};

impl<'d> Cx<'_, 'd> {
    /// True when one pair of values compares so.
    pub(super) fn general(
        &self,
        op: CompareOp,
        left: &Ir,
        right: &Ir,
        focus: &Focus<'d>,
    ) -> Result<bool, XPathError> {
        if let Ir::Literal(literal) = right {
            return self.compare_with(op, left, literal, focus);
        }
        if let Ir::Literal(literal) = left {
            return self.compare_with(op.swapped(), right, literal, focus);
        }
        let mut others: Option<Vec<Atomic<'d>>> = None;
        let mut found = false;
        self.atoms(left, focus, &mut |a| {
            let others = match &mut others {
                Some(others) => others,
                none => none.insert(self.data(right, focus)?),
            };
            self.run.charge_many(others.len())?;
            for b in others.iter() {
                if general(op, &a, b)? {
                    found = true;
                    return Ok(false);
                }
            }
            Ok(!others.is_empty())
        })?;
        Ok(found)
    }

    fn compare_with(
        &self,
        op: CompareOp,
        operand: &Ir,
        literal: &Atomic<'static>,
        focus: &Focus<'d>,
    ) -> Result<bool, XPathError> {
        let mut found = false;
        let text = match literal {
            Atomic::String(text) => Some(&**text),
            _ => None,
        };
        self.each(operand, focus, false, &mut |item| {
            found = match (&item, text) {
                (Item::Node(node), Some(text)) => accepts_text(op, &node.string_value(), text),
                _ => general(op, &item.atomize(), literal)?,
            };
            Ok(!found)
        })?;
        Ok(found)
    }

    /// `x = ('a', 'b')`.
    pub(super) fn equals_text(
        &self,
        operand: &Ir,
        texts: &[Arc<str>],
        focus: &Focus<'d>,
    ) -> Result<bool, XPathError> {
        let mut found = false;
        self.each(operand, focus, false, &mut |item| {
            found = match &item {
                Item::Node(node) => Self::is_one_of(&node.string_value(), texts),
                Item::Atomic(value) => match value.as_text() {
                    Some(text) => Self::is_one_of(text, texts),
                    None => return Err(incomparable(value, &Atomic::String(Text::EMPTY))),
                },
            };
            Ok(!found)
        })?;
        Ok(found)
    }

    /// `x = y` where `y` is the same for the whole document.
    pub(super) fn equals_fixed(
        &self,
        operand: &Ir,
        fixed: &Ir,
        id: MemoId,
        focus: &Focus<'d>,
    ) -> Result<bool, XPathError> {
        let mut set: Option<Rc<FixedSet<'d>>> = None;
        let mut found = false;
        self.atoms(operand, focus, &mut |value| {
            let set = match &mut set {
                Some(set) => set,
                none => none.insert(self.fixed_set(fixed, id, focus)?),
            };
            if let Some(text) = value.as_text() {
                if set.texts.contains(&**text) {
                    found = true;
                    return Ok(false);
                }
            } else if !set.texts.is_empty() {
                // A number or a date among texts: compared one by one, as the standard says.
                for text in self.data(fixed, focus)? {
                    if general(CompareOp::Equal, &value, &text)? {
                        found = true;
                        return Ok(false);
                    }
                }
                return Ok(true);
            }
            for other in &set.others {
                if general(CompareOp::Equal, &value, other)? {
                    found = true;
                    return Ok(false);
                }
            }
            Ok(true)
        })?;
        Ok(found)
    }

    fn fixed_set(
        &self,
        fixed: &Ir,
        id: MemoId,
        focus: &Focus<'d>,
    ) -> Result<Rc<FixedSet<'d>>, XPathError> {
        let key = memo_key(id, focus);
        if let Some(set) = self.run.sets.borrow().get(&key) {
            return Ok(Rc::clone(set));
        }
        let mut set = FixedSet {
            texts: FxHashSet::default(),
            others: Vec::new(),
        };
        self.atoms(fixed, focus, &mut |value| {
            match value.as_text() {
                Some(text) => {
                    set.texts.insert((**text).into());
                }
                None => set.others.push(value),
            }
            Ok(true)
        })?;
        let set = Rc::new(set);
        self.run.sets.borrow_mut().insert(key, Rc::clone(&set));
        Ok(set)
    }

    pub(super) fn value_comparison(
        &self,
        op: CompareOp,
        left: &Ir,
        right: &Ir,
        focus: &Focus<'d>,
    ) -> Result<Sequence<'d>, XPathError> {
        let (Some(left), Some(right)) = (self.atom(left, focus)?, self.atom(right, focus)?) else {
            return Ok(Sequence::Empty);
        };
        value(op, &left, &right).map(Sequence::boolean)
    }

    /// `count(x) op limit`, counting no further than the answer needs.
    pub(super) fn count_compare(
        &self,
        operand: &Ir,
        op: CompareOp,
        limit: u64,
        focus: &Focus<'d>,
    ) -> Result<bool, XPathError> {
        let mut count = 0u64;
        self.each(operand, focus, true, &mut |_| {
            count += 1;
            Ok(count <= limit)
        })?;
        Ok(op.accepts(count.cmp(&limit)))
    }
}
