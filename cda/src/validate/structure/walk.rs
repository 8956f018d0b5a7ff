//! The pass over the tree.

use segur_xml::{Document, NameId, Node, NodeKind};

use super::ids::Ids;
use super::recover::{self, Mistake};
use super::schema::{self, NONE};
use super::{report, value};
use crate::validate::context::{Sink, XSI};

/// Elements out of place that are looked at closely in one document; further ones are refused as unknown. Keeps a
/// document made of mistakes from taking long.
const MAX_JUDGED: usize = 1_000;

/// Siblings among which a missing element is looked for.
const MAX_SIBLINGS: usize = 1_000;

/// What stands between the tags of an open element.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// Elements of the content model, and white space.
    Elements,
    /// Elements of the content model, and text.
    Mixed,
    /// Anything (`anyType`).
    Any,
    /// Text of a simple type.
    Simple(u16),
    /// Nothing.
    Nothing,
    /// Nothing, because of `xsi:nil`.
    Nil,
}

/// An open element.
pub(super) struct Frame<'a> {
    pub(super) node: Node<'a>,
    pub(super) inside: Inside,
    /// Where the content model begins, and where it is.
    pub(super) start: u16,
    pub(super) state: u16,
    /// Text or elements that may not be here were reported.
    reported: bool,
    /// State in which an unknown element was reported: what is missing there may be what it was meant to be.
    unknown_at: u16,
    /// Elements reported as out of their place.
    misplaced: Vec<u16>,
}

impl<'a> Frame<'a> {
    /// An element in which anything may be.
    pub(super) fn new(node: Node<'a>) -> Self {
        Self {
            node,
            inside: Inside::Any,
            start: NONE,
            state: NONE,
            reported: false,
            unknown_at: NONE,
            misplaced: Vec::new(),
        }
    }

    /// Whether what is missing is explained by what was reported in this element already.
    fn excuses(&self, missing: &[u16]) -> bool {
        let elsewhere = missing.iter().all(|name| self.misplaced.contains(name));
        self.unknown_at == self.state || (elsewhere && !missing.is_empty())
    }
}

pub(super) struct Walker<'a, 's, 'r> {
    /// Numbers of the document's names in the tables.
    names: Vec<u16>,
    pub(super) xsi_type: Option<NameId>,
    pub(super) frames: Vec<Frame<'a>>,
    pub(super) ids: Ids<'a>,
    /// Elements looked at closely, see [`MAX_JUDGED`].
    judged: usize,
    /// Number of open elements around one that is there too often; 0: none. Its identifiers are copies, as it is.
    pub(super) copied: usize,
    pub(super) sink: &'s mut Sink<'r>,
}

impl<'a, 's, 'r> Walker<'a, 's, 'r> {
    pub(super) fn new(document: &'a Document, sink: &'s mut Sink<'r>) -> Self {
        let mut names = vec![NONE; document.name_count()];
        let mut xsi_type = None;
        let mut last = ("", schema::namespace_id(""));
        for (id, namespace, local) in document.expanded_names() {
            if namespace != last.0 {
                last = (namespace, schema::namespace_id(namespace));
            }
            let known = last.1.and_then(|ns| schema::name_id(ns, local));
            if let (Some(known), Some(slot)) = (known, names.get_mut(id.index())) {
                *slot = known;
            }
            if namespace == XSI && local == "type" {
                xsi_type = Some(id);
            }
        }
        Self {
            names,
            xsi_type,
            frames: Vec::with_capacity(32),
            ids: Ids::default(),
            judged: 0,
            copied: 0,
            sink,
        }
    }

    /// Checks `root`, which is a `ClinicalDocument`, and all below.
    pub(super) fn run(mut self, root: Node<'a>) {
        match schema::global_element(self.name(root.name_id())) {
            Some(state) => self.enter(root, state),
            None => return,
        }
        let mut cursor = root.first_child();
        loop {
            match cursor {
                Some(node) => {
                    // `None` after an element that was entered: it has no content, and is closed next.
                    cursor = match node.kind() {
                        NodeKind::Element if self.child(node) => node.first_child(),
                        NodeKind::Text => {
                            self.text(node);
                            node.next_sibling()
                        }
                        _ => node.next_sibling(),
                    };
                }
                None => {
                    let Some(frame) = self.frames.pop() else {
                        break;
                    };
                    let node = frame.node;
                    self.leave(&frame);
                    if self.copied == self.frames.len() {
                        self.copied = 0;
                    }
                    if self.frames.is_empty() {
                        break;
                    }
                    cursor = node.next_sibling();
                }
            }
        }
        self.ids.resolve(self.sink);
    }

    pub(super) fn name(&self, id: Option<NameId>) -> u16 {
        id.and_then(|id| self.names.get(id.index()).copied())
            .unwrap_or(NONE)
    }

    /// Takes an element into its parent's content; false when it is not looked into.
    fn child(&mut self, node: Node<'a>) -> bool {
        let name = self.name(node.name_id());
        let Some(frame) = self.frames.last_mut() else {
            return false;
        };
        match frame.inside {
            Inside::Elements | Inside::Mixed => {
                if let Some(next) = schema::step(frame.state, name) {
                    frame.state = next;
                    self.enter(node, next);
                    return true;
                }
                if let Some(next) = schema::step_foreign(frame.state, node.namespace()) {
                    frame.state = next;
                    return false;
                }
                match self.refused(node, name) {
                    Some(state) => self.enter(node, state),
                    None => {
                        self.ids.skip(node);
                        return false;
                    }
                }
            }
            Inside::Any => match schema::global_element(name) {
                Some(state) => self.enter(node, state),
                None => self.enter_lax(node),
            },
            Inside::Nothing | Inside::Nil | Inside::Simple(_) => {
                self.forbidden(node);
                self.ids.skip(node);
                return false;
            }
        }
        true
    }

    /// Reports an element that the content model does not take; gives the state that tells its type, if it has one.
    fn refused(&mut self, node: Node<'a>, name: u16) -> Option<u16> {
        let depth = self.frames.len();
        let frame = self.frames.last_mut()?;
        if self.judged >= MAX_JUDGED {
            report::unexpected(self.sink, node, frame);
            return None;
        }
        self.judged += 1;
        match recover::judge(frame.start, frame.state, name) {
            Mistake::Missing { path, next } => {
                let names = &self.names;
                let is_missing = |sibling: Node<'_>| {
                    let id = sibling.name_id().and_then(|id| names.get(id.index()));
                    id.is_some_and(|id| path.contains(id))
                };
                if frame.excuses(&path) {
                    frame.state = next;
                } else if later(node).any(is_missing) {
                    if !frame.misplaced.contains(&name) {
                        frame.misplaced.push(name);
                        report::order(self.sink, node, frame, &path);
                    }
                } else {
                    report::missing_before(self.sink, node, frame, &path);
                    frame.state = next;
                }
                Some(next)
            }
            Mistake::Misplaced { state } => {
                if !frame.misplaced.contains(&name) {
                    frame.misplaced.push(name);
                    let repeated = schema::state(frame.state).is_some_and(|s| s.2 == name);
                    if repeated {
                        if self.copied == 0 {
                            self.copied = depth;
                        }
                        report::repeated(self.sink, node, frame);
                    } else {
                        report::order(self.sink, node, frame, &[]);
                    }
                }
                Some(state)
            }
            Mistake::Unknown => {
                frame.unknown_at = frame.state;
                report::unexpected(self.sink, node, frame);
                None
            }
        }
    }

    fn forbidden(&mut self, content: Node<'a>) {
        if let Some(frame) = self.frames.last_mut()
            && !std::mem::replace(&mut frame.reported, true)
        {
            report::forbidden(self.sink, content, frame);
        }
    }

    fn text(&mut self, node: Node<'a>) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        match frame.inside {
            Inside::Mixed | Inside::Any | Inside::Simple(_) => {}
            Inside::Nothing | Inside::Nil => self.forbidden(node),
            Inside::Elements => {
                if !node.is_blank() && !std::mem::replace(&mut frame.reported, true) {
                    report::text(self.sink, node, frame);
                }
            }
        }
    }

    /// Closes an element: is something missing at the end?
    fn leave(&mut self, frame: &Frame<'a>) {
        match frame.inside {
            Inside::Elements | Inside::Mixed => {
                if schema::state(frame.state).is_some_and(|s| s.accepts()) {
                    return;
                }
                self.judged += 1;
                let path = if self.judged > MAX_JUDGED {
                    Vec::new()
                } else {
                    recover::to_end(frame.state)
                };
                if !frame.excuses(&path) {
                    report::missing_at_end(self.sink, frame, &path);
                }
            }
            Inside::Simple(simple) => {
                if let Err(reason) = value::check(simple, &frame.node.string_value()) {
                    report::text_value(self.sink, frame.node, simple, reason);
                }
            }
            Inside::Any | Inside::Nothing | Inside::Nil => {}
        }
    }
}

/// The elements among the next siblings of a node.
fn later(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    std::iter::successors(node.next_sibling(), |n| n.next_sibling())
        .take(MAX_SIBLINGS)
        .filter(|n| n.kind() == NodeKind::Element)
}
