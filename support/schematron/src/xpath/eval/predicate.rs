//! Predicates.

use super::{Cx, Focus, Sink};
use crate::xpath::document::NodeRef;
use crate::xpath::error::XPathError;
use crate::xpath::ir::{Ir, Predicate};
use crate::xpath::value::{Atomic, Item, Sequence};

impl<'d> Cx<'_, 'd> {
    /// Predicates of a step that is walked: at most one of them counts positions, with `count`.
    pub(super) fn passes(
        &self,
        predicates: &[Predicate],
        node: NodeRef<'d>,
        count: &mut u64,
    ) -> Result<bool, XPathError> {
        let mut focus = Focus::node(node);
        for predicate in predicates {
            let pass = match predicate {
                Predicate::Boolean(ir) => {
                    focus.position = 1;
                    self.truth(ir, &focus)?
                }
                Predicate::Position(n) => {
                    *count += 1;
                    *count == *n
                }
                Predicate::Any(ir, _) => {
                    *count += 1;
                    focus.position = *count;
                    self.selects(ir, &focus)?
                }
                Predicate::Last => false,
            };
            if !pass {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A predicate of any type: a number is compared with the position.
    fn selects(&self, ir: &Ir, focus: &Focus<'d>) -> Result<bool, XPathError> {
        match self.eval(ir, focus)? {
            Sequence::One(Item::Atomic(value)) if value.is_numeric() => {
                #[allow(clippy::cast_precision_loss)]
                let position = focus.position as f64;
                Ok(value.as_f64() == Some(position))
            }
            Sequence::One(Item::Atomic(Atomic::Boolean(value))) => Ok(value),
            other => other.truth(),
        }
    }

    /// Applies predicates to a whole list, one after the other.
    pub(crate) fn filter_items(
        &self,
        mut items: Vec<Item<'d>>,
        predicates: &[Predicate],
    ) -> Result<Vec<Item<'d>>, XPathError> {
        for predicate in predicates {
            items = match predicate {
                Predicate::Position(n) => {
                    let index = usize::try_from(*n - 1).unwrap_or(usize::MAX);
                    items.into_iter().nth(index).into_iter().collect()
                }
                Predicate::Last => items.pop().into_iter().collect(),
                Predicate::Boolean(_) | Predicate::Any(..) => {
                    let size = items.len() as u64;
                    let mut kept = Vec::new();
                    for (index, item) in items.into_iter().enumerate() {
                        self.run.charge()?;
                        let position = index as u64 + 1;
                        let focus = Focus {
                            item: Some(item.clone()),
                            position,
                            size,
                        };
                        let pass = match predicate {
                            Predicate::Boolean(ir) => self.truth(ir, &focus)?,
                            Predicate::Any(ir, _) => self.selects(ir, &focus)?,
                            Predicate::Position(_) | Predicate::Last => false,
                        };
                        if pass {
                            kept.push(item);
                        }
                    }
                    kept
                }
            };
        }
        Ok(items)
    }

    /// `(expression)[…]`.
    pub(super) fn filter(
        &self,
        primary: &Ir,
        predicates: &[Predicate],
        focus: &Focus<'d>,
        ordered: bool,
        sink: Sink<'_, 'd>,
    ) -> Result<bool, XPathError> {
        let steady = predicates
            .iter()
            .all(|p| matches!(p, Predicate::Boolean(_)));
        if steady {
            return self.each(primary, focus, ordered, &mut |item| {
                self.run.charge()?;
                let inner = Focus {
                    item: Some(item),
                    position: 1,
                    size: 1,
                };
                for predicate in predicates {
                    if let Predicate::Boolean(ir) = predicate
                        && !self.truth(ir, &inner)?
                    {
                        return Ok(true);
                    }
                }
                match inner.item {
                    Some(item) => sink(item),
                    None => Ok(true),
                }
            });
        }
        if let [Predicate::Position(n)] = predicates {
            let mut count = 0u64;
            let mut found = None;
            self.each(primary, focus, true, &mut |item| {
                count += 1;
                if count == *n {
                    found = Some(item);
                }
                Ok(count < *n)
            })?;
            return found.map_or(Ok(true), sink);
        }
        let items = self.eval(primary, focus)?.items().to_vec();
        for item in self.filter_items(items, predicates)? {
            if !sink(item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
