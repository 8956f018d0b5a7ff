//! Walking along paths, one node at a time, without recursion over the steps.

use super::{Cx, Focus, Sink, sort};
use crate::xpath::ast::Axis;
use crate::xpath::document::{FIRST_ATTRIBUTE, IndexedDocument, NONE, NodeKind, NodeRef};
use crate::xpath::error::XPathError;
use crate::xpath::index::{IndexSpec, hash_value};
use crate::xpath::ir::{AxisStep, IndexValue, Ir, NodeTest, PathIr, ResolvedTest, Start};
use crate::xpath::value::{Item, Sequence};

type NodeSink<'s, 'd> = &'s mut dyn FnMut(NodeRef<'d>) -> Result<bool, XPathError>;

/// Below so many elements of a name, looking at each is cheaper than making an index.
const INDEX_FROM: usize = 8;

/// Nodes along an axis that are still to be visited.
enum Walk<'d> {
    Done,
    Once(NodeRef<'d>),
    /// Siblings from one rank to another.
    Siblings(u32, u32),
    /// All ranks from one to another.
    Range(u32, u32),
    /// Elements of one name.
    Ranks(std::slice::Iter<'d, u32>),
    Attributes(u32, u32, u32),
    Ancestors(u32),
    List(std::vec::IntoIter<NodeRef<'d>>),
}

struct Level<'e, 'd> {
    document: &'d IndexedDocument<'d>,
    walk: Walk<'d>,
    test: ResolvedTest<'e>,
    /// Nodes that reached the positional predicate.
    count: u64,
    /// Nodes looked at since the last charge.
    seen: usize,
}

impl<'d> Level<'_, 'd> {
    #[inline]
    fn next(&mut self) -> Option<NodeRef<'d>> {
        loop {
            self.seen += 1;
            let node = match &mut self.walk {
                Walk::Done => return None,
                Walk::Once(node) => {
                    let node = *node;
                    self.walk = Walk::Done;
                    node
                }
                Walk::Siblings(next, end) => {
                    if *next > *end {
                        return None;
                    }
                    let rank = *next;
                    let row = self.document.row(rank);
                    *next = row.end + 1;
                    if let ResolvedTest::Name(NodeKind::Element, id) = self.test {
                        if row.name == id {
                            return Some(self.document.at(rank));
                        }
                        continue;
                    }
                    self.document.at(rank)
                }
                Walk::Range(next, end) => {
                    if *next > *end {
                        return None;
                    }
                    *next += 1;
                    self.document.at(*next - 1)
                }
                Walk::Ranks(ranks) => return ranks.next().map(|&rank| self.document.at(rank)),
                Walk::Attributes(rank, next, count) => {
                    if *next >= *count {
                        return None;
                    }
                    *next += 1;
                    NodeRef {
                        document: self.document,
                        rank: *rank,
                        part: FIRST_ATTRIBUTE + *next - 1,
                    }
                }
                Walk::Ancestors(next) => {
                    if *next == NONE {
                        return None;
                    }
                    let rank = *next;
                    *next = self.document.row(rank).parent;
                    self.document.at(rank)
                }
                Walk::List(nodes) => nodes.next()?,
            };
            if self.test.matches(node) {
                return Some(node);
            }
        }
    }
}

impl<'d> Cx<'_, 'd> {
    /// Visits the nodes of a path until the sink has enough; false when it had. The order is
    /// document order when the path says so, else any, with repetitions.
    pub(super) fn walk(
        &self,
        path: &PathIr,
        focus: &Focus<'d>,
        sink: NodeSink<'_, 'd>,
    ) -> Result<bool, XPathError> {
        match &path.start {
            Start::Context => {
                let node = focus.context_node().map_err(|e| e.at(path.at))?;
                self.walk_from(node, &path.steps, sink)
            }
            Start::Root => {
                let node = focus.context_node().map_err(|e| e.at(path.at))?;
                self.walk_from(node.root(), &path.steps, sink)
            }
            Start::Expr(ir) => self.each(ir, focus, path.ordered, &mut |item| match item {
                Item::Node(node) => self.walk_from(node, &path.steps, sink),
                Item::Atomic(_) => Err(not_a_node().at(path.at)),
            }),
        }
    }

    fn walk_from(
        &self,
        origin: NodeRef<'d>,
        steps: &[AxisStep],
        sink: NodeSink<'_, 'd>,
    ) -> Result<bool, XPathError> {
        let Some((first, rest)) = steps.split_first() else {
            return sink(origin);
        };
        let mut level = self.level(first, origin)?;
        if rest.is_empty() {
            while let Some(node) = self.advance(first, &mut level)? {
                if !sink(node)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let mut stack = Vec::with_capacity(steps.len());
        stack.push(level);
        while let (Some(step), Some(level)) = (steps.get(stack.len() - 1), stack.last_mut()) {
            match self.advance(step, level)? {
                Some(node) => match steps.get(stack.len()) {
                    Some(next) => stack.push(self.level(next, node)?),
                    None => {
                        if !sink(node)? {
                            return Ok(false);
                        }
                    }
                },
                None => {
                    stack.pop();
                    if stack.is_empty() {
                        break;
                    }
                }
            }
        }
        Ok(true)
    }

    /// The next node of a level that passes the test and the predicates.
    #[inline]
    fn advance<'e>(
        &self,
        step: &'e AxisStep,
        level: &mut Level<'e, 'd>,
    ) -> Result<Option<NodeRef<'d>>, XPathError> {
        loop {
            let next = level.next();
            self.run.charge_many(std::mem::take(&mut level.seen))?;
            let Some(node) = next else {
                return Ok(None);
            };
            if step.predicates.is_empty() || !step.streams {
                return Ok(Some(node));
            }
            if self.passes(&step.predicates, node, &mut level.count)? {
                return Ok(Some(node));
            }
        }
    }

    /// Whether a step taken from a node leads to another.
    pub(crate) fn step_finds(
        &self,
        step: &AxisStep,
        from: NodeRef<'d>,
        wanted: NodeRef<'d>,
    ) -> Result<bool, XPathError> {
        let mut level = self.level(step, from)?;
        while let Some(node) = self.advance(step, &mut level)? {
            if node == wanted {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn level<'e>(
        &self,
        step: &'e AxisStep,
        origin: NodeRef<'d>,
    ) -> Result<Level<'e, 'd>, XPathError> {
        let document = origin.document;
        let test = step.test.resolve(document);
        let mut level = Level {
            document,
            walk: Walk::Done,
            test,
            count: 0,
            seen: 0,
        };
        if matches!(test, ResolvedTest::Never) {
            return Ok(level);
        }
        level.walk = self.axis(step, origin, &level)?;
        if !step.streams {
            let mut nodes = Vec::new();
            while let Some(node) = level.next() {
                self.run.charge_many(std::mem::take(&mut level.seen))?;
                nodes.push(Item::Node(node));
            }
            let kept = self.filter_items(nodes, &step.predicates)?;
            let nodes: Vec<_> = kept.iter().filter_map(Item::as_node).collect();
            level.walk = Walk::List(nodes.into_iter());
        }
        Ok(level)
    }

    fn axis(
        &self,
        step: &AxisStep,
        origin: NodeRef<'d>,
        level: &Level<'_, 'd>,
    ) -> Result<Walk<'d>, XPathError> {
        let document = origin.document;
        let (rank, whole) = (origin.rank, origin.part == 0);
        Ok(match step.axis {
            Axis::Child if whole => Walk::Siblings(rank + 1, document.end(rank)),
            Axis::Attribute if whole => attributes(origin, &level.test),
            Axis::Itself => Walk::Once(origin),
            Axis::Parent => origin.parent().map_or(Walk::Done, Walk::Once),
            Axis::Descendant if whole => self.below(step, document, rank, false)?,
            Axis::DescendantOrSelf if whole => self.below(step, document, rank, true)?,
            Axis::DescendantOrSelf => Walk::Once(origin),
            Axis::Ancestor => Walk::Ancestors(if whole {
                document.row(rank).parent
            } else {
                rank
            }),
            Axis::AncestorOrSelf if whole => Walk::Ancestors(rank),
            Axis::AncestorOrSelf => {
                let mut nodes = vec![origin];
                let mut next = rank;
                while next != NONE {
                    nodes.push(document.at(next));
                    next = document.row(next).parent;
                }
                Walk::List(nodes.into_iter())
            }
            Axis::FollowingSibling if whole => match document.row(rank).parent {
                NONE => Walk::Done,
                parent => Walk::Siblings(document.end(rank) + 1, document.end(parent)),
            },
            Axis::PrecedingSibling if whole => match document.row(rank).parent {
                NONE => Walk::Done,
                parent => {
                    let mut nodes = Vec::new();
                    let mut next = parent + 1;
                    while next < rank {
                        self.run.charge()?;
                        nodes.push(document.at(next));
                        next = document.end(next) + 1;
                    }
                    nodes.reverse();
                    Walk::List(nodes.into_iter())
                }
            },
            Axis::Following => {
                // What follows an attribute: the content of its element, and what follows that.
                let first = if whole {
                    document.end(rank) + 1
                } else {
                    rank + 1
                };
                Walk::Range(first, document.end(0))
            }
            Axis::Preceding => {
                let mut nodes = Vec::new();
                for before in (1..rank).rev() {
                    self.run.charge()?;
                    if document.end(before) < rank {
                        nodes.push(document.at(before));
                    }
                }
                Walk::List(nodes.into_iter())
            }
            Axis::Namespace if whole => {
                let nodes: Vec<_> = (0..origin.namespace_count())
                    .map(|i| NodeRef {
                        document,
                        rank,
                        part: 1 + i,
                    })
                    .collect();
                Walk::List(nodes.into_iter())
            }
            _ => Walk::Done,
        })
    }

    /// A subtree, through the list of elements of a name or an index of values when that serves.
    fn below(
        &self,
        step: &AxisStep,
        document: &'d IndexedDocument<'d>,
        top: u32,
        or_self: bool,
    ) -> Result<Walk<'d>, XPathError> {
        let all = Walk::Range(if or_self { top } else { top + 1 }, document.end(top));
        let named = match &step.test {
            NodeTest::Name(NodeKind::Element, name, pool) => {
                Some(document.ranks_below(document.resolve(pool, *name), top))
            }
            _ => None,
        };
        let size = named.map_or((document.end(top) - top) as usize, <[u32]>::len);
        if let Some(index) = &step.index
            && size >= INDEX_FROM
            && let Some(hash) = self.index_hash(&index.value)?
        {
            let spec = IndexSpec {
                element: index.element,
                child: index.child,
                leaf: index.leaf,
            };
            let values = document.value_index(spec, &index.pool);
            let from = if or_self { top } else { top + 1 };
            let nodes: Vec<_> = values
                .candidates(hash, from, document.end(top))
                .iter()
                .map(|&(_, rank)| document.at(rank))
                .collect();
            return Ok(Walk::List(nodes.into_iter()));
        }
        match named {
            Some(ranks) if !or_self || top == 0 => Ok(Walk::Ranks(ranks.iter())),
            _ => Ok(all),
        }
    }

    /// The hash of the text that an index is asked for; None when the value is not one text.
    fn index_hash(&self, value: &IndexValue) -> Result<Option<u32>, XPathError> {
        let value = match value {
            IndexValue::Literal(text) => return Ok(Some(hash_value(text))),
            IndexValue::Global(slot) => self.global(*slot)?,
            IndexValue::Local(depth) => self.local(*depth),
        };
        Ok(match value {
            Sequence::One(item) => item.atomize().as_text().map(|text| hash_value(text)),
            _ => None,
        })
    }

    /// `a/b/f(@c)`: an expression for each node.
    pub(super) fn map(
        &self,
        left: &Ir,
        right: &Ir,
        at: usize,
        focus: &Focus<'d>,
        ordered: bool,
        sink: Sink<'_, 'd>,
    ) -> Result<bool, XPathError> {
        let nodes = self.eval(left, focus)?;
        let size = nodes.len() as u64;
        let mut found = Vec::new();
        // Values come out at once; nodes are kept until all are known, to be sorted.
        let mut values = None;
        for (index, item) in nodes.iter().enumerate() {
            let Item::Node(_) = item else {
                return Err(not_a_node().at(at));
            };
            let inner = Focus {
                item: Some(item.clone()),
                position: index as u64 + 1,
                size,
            };
            let go_on = self.each(right, &inner, ordered, &mut |item| {
                let value = matches!(item, Item::Atomic(_));
                if *values.get_or_insert(value) != value {
                    return Err(XPathError::new(
                        "XPTY0018",
                        "un chemin donne à la fois des nœuds et des valeurs",
                        "a path gives nodes and values at once",
                    )
                    .at(at));
                }
                match item {
                    Item::Node(node) if ordered && size > 1 => {
                        found.push(node);
                        Ok(true)
                    }
                    item => sink(item),
                }
            })?;
            if !go_on {
                return Ok(false);
            }
        }
        self.run.check_items(found.len())?;
        sort(&mut found);
        for node in found {
            if !sink(Item::Node(node))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn attributes<'d>(element: NodeRef<'d>, test: &ResolvedTest<'_>) -> Walk<'d> {
    let NodeRef { document, rank, .. } = element;
    if document.row(rank).kind != NodeKind::Element {
        return Walk::Done;
    }
    if let ResolvedTest::Name(NodeKind::Attribute, id) = test {
        let found = document
            .tree_node(rank)
            .attributes()
            .position(|a| a.name_id().index() == *id as usize);
        return found.map_or(Walk::Done, |index| {
            Walk::Once(NodeRef {
                document,
                rank,
                part: FIRST_ATTRIBUTE + index as u32,
            })
        });
    }
    let count = document.tree_node(rank).attributes().count() as u32;
    Walk::Attributes(rank, 0, count)
}

fn not_a_node() -> XPathError {
    XPathError::new(
        "XPTY0019",
        "une étape de chemin suit une valeur qui n'est pas un nœud",
        "a path step follows a value that is no node",
    )
}
