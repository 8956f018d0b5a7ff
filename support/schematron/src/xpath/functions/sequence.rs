//! Sequences.

use std::collections::HashSet;

use super::{Call, Function};
use crate::xpath::compare::same;
use crate::xpath::document::{NodeKind, NodeRef};
use crate::xpath::error::XPathError;
use crate::xpath::value::{Atomic, Item, Sequence};

impl<'d> Call<'_, '_, 'd> {
    pub(super) fn sequence(&self) -> Result<Sequence<'d>, XPathError> {
        let (cx, focus) = (self.cx, self.focus);
        match self.function {
            Function::Count => {
                let mut count = 0usize;
                cx.each(self.arg(0), focus, true, &mut |_| {
                    count += 1;
                    Ok(true)
                })?;
                Ok(Sequence::atomic(Atomic::count(count)))
            }
            Function::Empty => cx.exists(self.arg(0), focus).map(|e| Sequence::boolean(!e)),
            Function::Exists => cx.exists(self.arg(0), focus).map(Sequence::boolean),
            Function::DistinctValues => self.distinct_values(),
            Function::IndexOf => self.index_of(),
            Function::DeepEqual => {
                self.collation(2)?;
                let (a, b) = (cx.eval(self.arg(0), focus)?, cx.eval(self.arg(1), focus)?);
                let equal =
                    a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| deep_equal(a, b));
                Ok(Sequence::boolean(equal))
            }
            Function::InsertBefore => {
                let at = self.position(1)?;
                let mut items = cx.eval(self.arg(0), focus)?.items().to_vec();
                let at = usize::try_from(at.max(1) - 1)
                    .unwrap_or(usize::MAX)
                    .min(items.len());
                let inserts = cx.eval(self.arg(2), focus)?;
                items.splice(at..at, inserts.iter().cloned());
                Ok(items.into())
            }
            Function::Remove => {
                let at = self.position(1)?;
                let items = cx.eval(self.arg(0), focus)?;
                let kept = items
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| *i as i128 + 1 != at);
                Ok(kept.map(|(_, item)| item.clone()).collect())
            }
            Function::Reverse => {
                let items = cx.eval(self.arg(0), focus)?;
                Ok(items.iter().rev().cloned().collect())
            }
            Function::Subsequence => self.subsequence(),
            Function::Unordered => cx.eval(self.arg(0), focus),
            _ => self.counted(),
        }
    }

    fn position(&self, index: usize) -> Result<i128, XPathError> {
        self.cx
            .integer(self.arg(index), self.focus)?
            .ok_or_else(|| self.wrong_argument())
    }

    pub(super) fn collation(&self, index: usize) -> Result<(), XPathError> {
        match self.args.get(index) {
            None => Ok(()),
            Some(arg) => super::context::check_collation(&self.cx.required_text(arg, self.focus)?),
        }
    }

    fn distinct_values(&self) -> Result<Sequence<'d>, XPathError> {
        self.collation(1)?;
        let values = self.cx.data(self.arg(0), self.focus)?;
        let mut texts: HashSet<Box<str>> = HashSet::new();
        let mut kept: Vec<Item<'d>> = Vec::new();
        let mut others: Vec<Atomic<'d>> = Vec::new();
        for value in values {
            let fresh = match value.as_text() {
                Some(text) => texts.insert((**text).into()),
                None => {
                    self.cx.run.charge_many(others.len())?;
                    let fresh = !others.iter().any(|other| same(&value, other, true));
                    if fresh {
                        others.push(value.clone());
                    }
                    fresh
                }
            };
            if fresh {
                kept.push(Item::Atomic(value));
            }
        }
        Ok(kept.into())
    }

    fn index_of(&self) -> Result<Sequence<'d>, XPathError> {
        self.collation(2)?;
        let values = self.cx.data(self.arg(0), self.focus)?;
        let Some(wanted) = self.cx.atom(self.arg(1), self.focus)? else {
            return Err(self.wrong_argument());
        };
        let hits = values
            .iter()
            .enumerate()
            .filter(|(_, value)| same(value, &wanted, false));
        Ok(hits
            .map(|(index, _)| Item::Atomic(Atomic::count(index + 1)))
            .collect())
    }

    fn subsequence(&self) -> Result<Sequence<'d>, XPathError> {
        let items = self.cx.eval(self.arg(0), self.focus)?;
        let start = round(self.cx.double(self.arg(1), self.focus)?);
        let end = match self.args.len() {
            3 => start + round(self.cx.double(self.arg(2), self.focus)?),
            _ => f64::INFINITY,
        };
        #[allow(clippy::cast_precision_loss)]
        let inside = |index: usize| {
            let position = index as f64 + 1.0;
            position >= start && position < end
        };
        let kept = items.iter().enumerate().filter(|(index, _)| inside(*index));
        Ok(kept.map(|(_, item)| item.clone()).collect())
    }

    fn counted(&self) -> Result<Sequence<'d>, XPathError> {
        let items = self.cx.eval(self.arg(0), self.focus)?;
        let (code, valid) = match self.function {
            Function::ZeroOrOne => ("FORG0003", items.len() <= 1),
            Function::OneOrMore => ("FORG0004", !items.is_empty()),
            _ => ("FORG0005", items.len() == 1),
        };
        if valid {
            return Ok(items);
        }
        let name = self.function.name();
        Err(XPathError::new(
            code,
            format!("{name}() : {} éléments", items.len()),
            format!("{name}(): {} items", items.len()),
        ))
    }
}

/// Half up, as the positions of `substring` and `subsequence` are rounded.
pub(super) fn round(value: f64) -> f64 {
    (value + 0.5).floor()
}

fn deep_equal(a: &Item<'_>, b: &Item<'_>) -> bool {
    match (a, b) {
        (Item::Atomic(a), Item::Atomic(b)) => same(a, b, true),
        (Item::Node(a), Item::Node(b)) => deep_equal_nodes(*a, *b),
        _ => false,
    }
}

/// Trees compared without recursion: pairs still to compare are kept in a list.
fn deep_equal_nodes(a: NodeRef<'_>, b: NodeRef<'_>) -> bool {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        let kind = a.kind();
        if kind != b.kind() || a.local_name() != b.local_name() || a.namespace() != b.namespace() {
            return false;
        }
        if !matches!(kind, NodeKind::Element | NodeKind::Document) {
            if a.string_value() != b.string_value() {
                return false;
            }
            continue;
        }
        let matched = a.attributes().all(|x| {
            b.attributes().any(|y| {
                x.local_name() == y.local_name()
                    && x.namespace() == y.namespace()
                    && x.string_value() == y.string_value()
            })
        });
        if !matched || a.attributes().count() != b.attributes().count() {
            return false;
        }
        let seen = |n: &NodeRef<'_>| matches!(n.kind(), NodeKind::Element | NodeKind::Text);
        let (mut left, mut right) = (a.children().filter(seen), b.children().filter(seen));
        loop {
            match (left.next(), right.next()) {
                (None, None) => break,
                (Some(x), Some(y)) => pairs.push((x, y)),
                _ => return false,
            }
        }
    }
    true
}
