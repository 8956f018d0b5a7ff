//! What is wrong with an element that the content model does not take, and where to go on.

use super::data;
use super::schema::{self, NONE};

/// An element that is not taken where it stands.
pub(super) enum Mistake {
    /// The element is fine, but these (at least) had to come before; the check goes on behind it, in `next`.
    Missing { path: Vec<u16>, next: u16 },
    /// Known here, at another place; `state` tells its type.
    Misplaced { state: u16 },
    /// Unknown here.
    Unknown,
}

/// Judges element `name` in state `from` of the content model that begins with `start`.
pub(super) fn judge(start: u16, from: u16, name: u16) -> Mistake {
    if name == NONE {
        return Mistake::Unknown;
    }
    if let Some(mut path) = shortest(from, |_, read| read == name) {
        let next = path.pop().map_or(NONE, |(state, _)| state);
        let path = path.into_iter().map(|(_, name)| name).collect();
        return Mistake::Missing { path, next };
    }
    match shortest(start, |_, read| read == name).and_then(|path| path.last().copied()) {
        Some((state, _)) => Mistake::Misplaced { state },
        None => Mistake::Unknown,
    }
}

/// The elements that have to come, at least, before the content may end in state `from`.
pub(super) fn to_end(from: u16) -> Vec<u16> {
    let accepts = |state: u16, _: u16| schema::state(state).is_some_and(|s| s.accepts());
    let path = shortest(from, accepts).unwrap_or_default();
    path.into_iter().map(|(_, name)| name).collect()
}

/// The shortest way from a state, as (state, name) read, to the first reading that `is_end` takes.
fn shortest(from: u16, is_end: impl Fn(u16, u16) -> bool) -> Option<Vec<(u16, u16)>> {
    let mut before: Vec<(u16, u16)> = vec![(NONE, NONE); data::STATES.len()];
    let mut queue = vec![from];
    let mut at = 0;
    while let Some(&state) = queue.get(at) {
        at += 1;
        for (next, name) in schema::followers(state) {
            if is_end(next, name) {
                let mut path = vec![(next, name)];
                let mut back = state;
                while back != from {
                    let &(previous, read) = before.get(usize::from(back))?;
                    path.push((back, read));
                    back = previous;
                }
                path.reverse();
                return Some(path);
            }
            if let Some(slot) = before.get_mut(usize::from(next))
                && slot.0 == NONE
                && next != from
            {
                *slot = (state, name);
                queue.push(next);
            }
        }
    }
    None
}
