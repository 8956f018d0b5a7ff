//! The contexts of a schema as a tree of steps.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::key::{Nodes, key};
use super::split::{Alternative, split};
use crate::schema::model::{ExprId, Model};
use crate::xpath::names::PoolName;
use crate::xpath::parser::parse;
use crate::xpath::{Expr, Pattern, StaticContext, XPathError};

pub(crate) type NodeIndex = u32;

/// Steps of all the contexts of a schema, equal beginnings once.
#[derive(Debug)]
pub(crate) struct ContextTree {
    pub(crate) nodes: Vec<TreeNode>,
    /// The alternatives of each context, by the number of its expression; empty for expressions
    /// that are no context.
    contexts: FxHashMap<ExprId, Vec<NodeIndex>>,
    static_context: StaticContext,
}

#[derive(Debug)]
pub(crate) struct TreeNode {
    pub(crate) kind: StepKind,
    pub(crate) compiled: OnceLock<Result<Compiled, XPathError>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum StepKind {
    /// The document node.
    Document,
    /// A step that may be anywhere.
    First(String),
    /// A step from the nodes of another; from all their descendants when `deep`.
    Next {
        parent: NodeIndex,
        deep: bool,
        text: String,
    },
    /// A whole context that is matched node by node.
    Opaque(String),
}

/// What a step is compiled to.
#[derive(Debug)]
pub(crate) enum Compiled {
    Document,
    First(First),
    Next { select: Expr, one_by_one: Pattern },
    Opaque(Pattern),
}

/// A first step: where its nodes are looked for, and what they are then tested with.
#[derive(Debug)]
pub(crate) struct First {
    pub(crate) nodes: Nodes,
    pub(crate) element: Option<PoolName>,
    pub(crate) marker: Option<PooledMarker>,
    /// None: every candidate matches.
    pub(crate) pattern: Option<Pattern>,
}

/// `[child/@attribute = 'v']`, one of the values.
#[derive(Debug)]
pub(crate) struct PooledMarker {
    pub(crate) child: PoolName,
    pub(crate) attribute: PoolName,
    pub(crate) values: Vec<String>,
}

impl ContextTree {
    pub(crate) fn build(model: &Model, context: &StaticContext) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            contexts: FxHashMap::default(),
            static_context: context.clone(),
        };
        let mut known: FxHashMap<StepKind, NodeIndex> = FxHashMap::default();
        for rule in model.patterns.iter().flat_map(|p| &p.rules) {
            if tree.contexts.contains_key(&rule.context) {
                continue;
            }
            let Some(expression) = model.expressions.get(rule.context as usize) else {
                continue;
            };
            let mut ends = Vec::new();
            for alternative in split(&expression.text) {
                ends.push(tree.add(alternative, &mut known));
            }
            tree.contexts.insert(rule.context, ends);
        }
        tree
    }

    fn add(
        &mut self,
        alternative: Alternative<'_>,
        known: &mut FxHashMap<StepKind, NodeIndex>,
    ) -> NodeIndex {
        let mut node = |kind: StepKind| {
            *known.entry(kind).or_insert_with_key(|kind| {
                let index = NodeIndex::try_from(self.nodes.len()).unwrap_or(NodeIndex::MAX);
                self.nodes.push(TreeNode {
                    kind: kind.clone(),
                    compiled: OnceLock::new(),
                });
                index
            })
        };
        let (mut parent, rest) = match alternative {
            Alternative::Document => return node(StepKind::Document),
            Alternative::Opaque(text) => return node(StepKind::Opaque(text.to_owned())),
            Alternative::Anywhere { first, rest } => {
                (node(StepKind::First(first.to_owned())), rest)
            }
            Alternative::Rooted { rest } => (node(StepKind::Document), rest),
        };
        for step in rest {
            let text = step.text.to_owned();
            parent = node(StepKind::Next {
                parent,
                deep: step.deep,
                text,
            });
        }
        parent
    }

    /// The tree nodes of a context.
    pub(crate) fn ends(&self, context: ExprId) -> &[NodeIndex] {
        self.contexts.get(&context).map_or(&[], Vec::as_slice)
    }

    /// The compiled step, compiled now if it was not.
    pub(crate) fn step(&self, index: NodeIndex) -> Result<&Compiled, XPathError> {
        let Some(node) = self.nodes.get(index as usize) else {
            return Ok(&Compiled::Document);
        };
        node.compiled
            .get_or_init(|| self.compile(&node.kind))
            .as_ref()
            .map_err(Clone::clone)
    }

    fn compile(&self, kind: &StepKind) -> Result<Compiled, XPathError> {
        let context = &self.static_context;
        Ok(match kind {
            StepKind::Document => Compiled::Document,
            StepKind::First(text) => {
                let key = key(&parse(text)?, &|prefix| {
                    context.lookup(prefix).map(str::to_owned)
                });
                let pool = context.pool();
                let element = match &key.nodes {
                    Nodes::Element { namespace, local } => Some(pool.intern(namespace, local)),
                    _ => None,
                };
                let marker = key.marker.map(|m| PooledMarker {
                    child: pool.intern(&m.child.0, &m.child.1),
                    attribute: pool.intern("", &m.attribute),
                    values: m.values,
                });
                let pattern = match key.exact {
                    true => None,
                    false => Some(Pattern::compile(text, context)?),
                };
                Compiled::First(First {
                    nodes: key.nodes,
                    element,
                    marker,
                    pattern,
                })
            }
            StepKind::Next { deep, text, .. } => {
                let select = if *deep {
                    format!(".//{text}")
                } else {
                    text.clone()
                };
                Compiled::Next {
                    select: Expr::compile(&select, context)?,
                    one_by_one: Pattern::compile(text, context)?,
                }
            }
            StepKind::Opaque(text) => Compiled::Opaque(Pattern::compile(text, context)?),
        })
    }

    /// Compiles every step of a context.
    pub(crate) fn check(&self, context: ExprId) -> Result<(), XPathError> {
        for end in self.ends(context) {
            let mut at = *end;
            loop {
                self.step(at)?;
                match self.nodes.get(at as usize).map(|n| &n.kind) {
                    Some(StepKind::Next { parent, .. }) => at = *parent,
                    _ => break,
                }
            }
        }
        Ok(())
    }
}
