//! Match patterns of XSLT 2.0 (5.5): what `rule/@context` is.

use std::sync::Arc;

use super::ast::{Ast, AstKind, Axis, PathAst, StepAst};
use super::compile::{compile_pattern_step, equality};
use super::document::{IndexedDocument, NodeKind, NodeRef};
use super::error::XPathError;
use super::eval::{Cx, Focus, address};
use super::index::{IndexSpec, Leaf, hash_value};
use super::ir::{AxisStep, IndexValue, Ir, NodeTest, Predicate};
use super::names::{NamePool, PoolName};
use super::parser::parse;
use super::run::DynamicContext;
use super::static_context::StaticContext;
use super::value::Item;

/// A compiled pattern. `Send + Sync`.
#[derive(Debug)]
pub struct Pattern {
    alternatives: Vec<Alternative>,
    variables: Vec<u32>,
}

/// One of the paths that `|` separates.
#[derive(Debug)]
pub struct Alternative {
    steps: Vec<PatternStep>,
    /// Begins with `/`.
    absolute: bool,
    pool: Arc<NamePool>,
    requirement: Option<Requirement>,
}

#[derive(Debug)]
struct PatternStep {
    step: AxisStep,
    /// Remembers, for a run, which nodes match the path up to here.
    memo: Option<u32>,
    /// The predicates do not count positions.
    steady: bool,
}

#[derive(Debug)]
struct Requirement {
    spec: IndexSpec,
    value: Arc<str>,
}

/// The names a matching node must have, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NameKey {
    /// Kind of node; nothing when any will do.
    pub kind: Option<NodeKind>,
    /// Namespace (`""`: none); nothing when any will do.
    pub namespace: Option<Arc<str>>,
    /// Local name; nothing when any will do.
    pub local: Option<Arc<str>>,
}

/// A value that a matching element must have: `[child/@attribute = value]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RequiredValue {
    /// Namespace and local name of the child; nothing when the attribute is the element's own.
    pub child: Option<(Arc<str>, Arc<str>)>,
    /// Namespace and local name of the attribute.
    pub attribute: (Arc<str>, Arc<str>),
    /// The value.
    pub value: Arc<str>,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// Those of the expressions in it; `XTSE0340` for what is no pattern, or starts with `id()`
    /// or `key()`.
    pub fn compile(source: &str, context: &StaticContext) -> Result<Self, XPathError> {
        let ast = parse(source)?;
        let mut pattern = Self {
            alternatives: Vec::new(),
            variables: Vec::new(),
        };
        pattern.add(source, &ast, context)?;
        pattern.variables.sort_unstable();
        pattern.variables.dedup();
        Ok(pattern)
    }

    fn add(
        &mut self,
        source: &str,
        ast: &Ast<'_>,
        context: &StaticContext,
    ) -> Result<(), XPathError> {
        match &ast.kind {
            AstKind::Union(items) => items
                .iter()
                .try_for_each(|item| self.add(source, item, context)),
            AstKind::Path(path) => {
                let alternative = self.alternative(source, path, ast.at, context)?;
                self.alternatives.push(alternative);
                Ok(())
            }
            _ => Err(not_a_pattern(ast.at)),
        }
    }

    fn alternative(
        &mut self,
        source: &str,
        path: &PathAst<'_>,
        from: usize,
        context: &StaticContext,
    ) -> Result<Alternative, XPathError> {
        let mut steps: Vec<PatternStep> = Vec::new();
        let mut variable = false;
        let last = path.steps.len().wrapping_sub(1);
        for (index, step) in path.steps.iter().enumerate() {
            let StepAst::Axis { axis, at, end, .. } = step else {
                return Err(not_a_pattern(from));
            };
            let allowed = matches!(
                axis,
                Axis::Child
                    | Axis::Attribute
                    | Axis::Descendant
                    | Axis::DescendantOrSelf
                    | Axis::Itself
                    | Axis::Namespace
            );
            if !allowed {
                return Err(not_a_pattern(*at));
            }
            let (mut step, compiled) = compile_pattern_step(source, step, context)?;
            self.variables.extend(&compiled.globals);
            variable |= compiled.reads_variables || compiled.reads_current;
            let steady = step
                .predicates
                .iter()
                .all(|p| matches!(p, Predicate::Boolean(_)));
            // `//a` is one step when no position is counted in it.
            let previous = steps.last().map(|s| &s.step);
            if steady
                && step.axis == Axis::Child
                && previous.is_some_and(|p| {
                    p.axis == Axis::DescendantOrSelf
                        && p.predicates.is_empty()
                        && matches!(p.test, NodeTest::Any)
                })
            {
                steps.pop();
                step.axis = Axis::Descendant;
            }
            let memo = (index != last && !variable).then(|| {
                let text = source.get(from..*end).unwrap_or("");
                context.pool().memo('p', context.fingerprint(), text)
            });
            steps.push(PatternStep { step, memo, steady });
        }
        let requirement = steps.last().and_then(|last| requirement(&last.step));
        Ok(Alternative {
            steps,
            absolute: path.absolute,
            pool: Arc::clone(context.pool()),
            requirement,
        })
    }

    /// The paths that `|` separates: a node matches the pattern when it matches one of them.
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// Slots of the front-end variables that the pattern reads.
    #[must_use]
    pub fn variables(&self) -> &[u32] {
        &self.variables
    }

    /// Whether a node matches. As XSLT prescribes, an error inside means that it does not.
    ///
    /// # Errors
    /// Only when a bound of the run is reached.
    pub fn matches<'d>(
        &self,
        node: NodeRef<'d>,
        context: &DynamicContext<'_, 'd>,
    ) -> Result<bool, XPathError> {
        for alternative in &self.alternatives {
            if alternative.matches(node, context)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Alternative {
    /// Names that a matching node has.
    #[must_use]
    pub fn last(&self) -> NameKey {
        match self.steps.last() {
            Some(last) => self.key(&last.step.test),
            None => NameKey {
                kind: Some(NodeKind::Document),
                namespace: None,
                local: None,
            },
        }
    }

    /// Names that its parent has; nothing when the pattern says nothing of the parent.
    #[must_use]
    pub fn parent(&self) -> Option<NameKey> {
        let [.., parent, last] = self.steps.as_slice() else {
            return None;
        };
        matches!(last.step.axis, Axis::Child | Axis::Attribute).then(|| self.key(&parent.step.test))
    }

    /// A value that a matching element must have, taken from the predicates of the last step.
    #[must_use]
    pub fn required(&self) -> Option<RequiredValue> {
        let requirement = self.requirement.as_ref()?;
        let Leaf::Attribute(attribute) = requirement.spec.leaf else {
            return None;
        };
        let child = match requirement.spec.child {
            Some(child) => Some(self.pool.get(child)?),
            None => None,
        };
        Some(RequiredValue {
            child,
            attribute: self.pool.get(attribute)?,
            value: Arc::clone(&requirement.value),
        })
    }

    /// The nodes of a document that may match, in document order: through an index when the
    /// pattern gives a name or a value to look for. [`Pattern::matches`] has the last word.
    pub fn candidates<'d>(&self, document: &'d IndexedDocument<'d>) -> Vec<NodeRef<'d>> {
        let Some(last) = self.steps.last() else {
            return vec![document.root()];
        };
        if let Some(requirement) = &self.requirement {
            let index = document.value_index(requirement.spec, &self.pool);
            let hash = hash_value(&requirement.value);
            let found = index.candidates(hash, 0, document.end(0));
            return found.iter().map(|&(_, rank)| document.at(rank)).collect();
        }
        let test = last.step.test.resolve(document);
        let parent = self
            .steps
            .len()
            .checked_sub(2)
            .and_then(|at| self.steps.get(at));
        match (&last.step.test, parent.map(|p| &p.step.test)) {
            (NodeTest::Name(NodeKind::Element, name, pool), _) => {
                let ranks = document.ranks_named(document.resolve(pool, *name));
                ranks.iter().map(|&rank| document.at(rank)).collect()
            }
            (_, Some(NodeTest::Name(NodeKind::Element, name, pool)))
                if matches!(last.step.axis, Axis::Child | Axis::Attribute) =>
            {
                let parents = document.ranks_named(document.resolve(pool, *name));
                let mut found = Vec::new();
                for &rank in parents {
                    let parent = document.at(rank);
                    if last.step.axis == Axis::Child {
                        found.extend(parent.children().filter(|node| test.matches(*node)));
                    } else {
                        found.extend(parent.attributes().filter(|node| test.matches(*node)));
                    }
                }
                // Elements of one name may hold each other.
                found.sort_unstable_by(NodeRef::order);
                found
            }
            _ if last.step.axis == Axis::Attribute => document
                .nodes()
                .flat_map(|node| node.attributes())
                .filter(|node| test.matches(*node))
                .collect(),
            _ => document
                .nodes()
                .filter(|node| test.matches(*node))
                .collect(),
        }
    }

    /// Whether a node matches this path, see [`Pattern::matches`].
    ///
    /// # Errors
    /// Only when a bound of the run is reached.
    pub fn matches<'d>(
        &self,
        node: NodeRef<'d>,
        context: &DynamicContext<'_, 'd>,
    ) -> Result<bool, XPathError> {
        let Some(last) = self.steps.len().checked_sub(1) else {
            return Ok(node.kind() == NodeKind::Document);
        };
        // The names on the way up are cheap to compare, predicates are not.
        if !self.names_match(node) {
            return Ok(false);
        }
        let current = Some(Item::Node(node));
        let context = DynamicContext {
            item: &current,
            ..*context
        };
        let cx = Cx::new(&context);
        match self.step_matches(last, node, &cx) {
            Err(error) if !error.is_limit() => Ok(false),
            result => result,
        }
    }

    fn names_match(&self, node: NodeRef<'_>) -> bool {
        let mut node = node;
        for (index, step) in self.steps.iter().enumerate().rev() {
            if !step.step.test.matches(node) {
                return false;
            }
            if !matches!(step.step.axis, Axis::Child | Axis::Attribute) {
                return true;
            }
            match node.parent() {
                Some(parent) if index > 0 => node = parent,
                Some(parent) => return !self.absolute || parent.kind() == NodeKind::Document,
                None => return index == 0 && !self.absolute,
            }
        }
        true
    }

    fn step_matches<'d>(
        &self,
        index: usize,
        node: NodeRef<'d>,
        cx: &Cx<'_, 'd>,
    ) -> Result<bool, XPathError> {
        cx.run.charge()?;
        let Some(PatternStep { step, memo, steady }) = self.steps.get(index) else {
            return Ok(true);
        };
        if !kind_on_axis(step.axis, node) || !step.test.matches(node) {
            return Ok(false);
        }
        let key = memo.map(|memo| ((memo, address(node.document)), node.rank));
        if let Some(key) = key
            && node.part == 0
            && let Some(known) = cx.run.prefixes.borrow().get(&key)
        {
            return Ok(*known);
        }
        let result = match self.step_matches_here(index, step, *steady, node, cx) {
            Err(error) if error.is_limit() => return Err(error),
            result => result.unwrap_or(false),
        };
        if let (Some(key), 0) = (key, node.part) {
            cx.run.prefixes.borrow_mut().insert(key, result);
        }
        Ok(result)
    }

    fn step_matches_here<'d>(
        &self,
        index: usize,
        step: &AxisStep,
        steady: bool,
        node: NodeRef<'d>,
        cx: &Cx<'_, 'd>,
    ) -> Result<bool, XPathError> {
        if steady {
            let focus = Focus::node(node);
            for predicate in &step.predicates {
                if let Predicate::Boolean(ir) = predicate
                    && !cx.truth(ir, &focus)?
                {
                    return Ok(false);
                }
            }
        }
        let (mut origin, upwards) = match step.axis {
            Axis::Itself => (Some(node), false),
            Axis::DescendantOrSelf => (Some(node), true),
            Axis::Descendant => (node.parent(), true),
            _ => (node.parent(), false),
        };
        if origin.is_none() {
            // A root without parent matches a relative path of one step.
            return Ok(steady && index == 0 && !self.absolute);
        }
        while let Some(from) = origin {
            let placed = match index.checked_sub(1) {
                Some(previous) => self.step_matches(previous, from, cx)?,
                None => !self.absolute || from.kind() == NodeKind::Document,
            };
            if placed && (steady || cx.step_finds(step, from, node)?) {
                return Ok(true);
            }
            origin = if upwards { from.parent() } else { None };
        }
        Ok(false)
    }

    fn key(&self, test: &NodeTest) -> NameKey {
        let key = |kind, namespace, local| NameKey {
            kind,
            namespace,
            local,
        };
        match test {
            NodeTest::Any | NodeTest::Never => key(None, None, None),
            NodeTest::Kind(kind) | NodeTest::AnyName(kind) => key(Some(*kind), None, None),
            NodeTest::Name(kind, name, pool) => match pool.get(*name) {
                Some((ns, local)) => key(Some(*kind), Some(ns), Some(local)),
                None => key(Some(*kind), None, None),
            },
            NodeTest::Namespace(kind, ns) => key(Some(*kind), Some(ns.clone()), None),
            NodeTest::Local(kind, local) => key(Some(*kind), None, Some(local.clone())),
            NodeTest::Instruction(target) => {
                key(Some(NodeKind::Instruction), None, Some(target.clone()))
            }
        }
    }
}

/// Whether an axis can lead to a node of this kind.
fn kind_on_axis(axis: Axis, node: NodeRef<'_>) -> bool {
    match axis {
        Axis::Attribute => node.kind() == NodeKind::Attribute,
        Axis::Namespace => node.kind() == NodeKind::Namespace,
        Axis::Itself => true,
        Axis::DescendantOrSelf => true,
        _ => node.part == 0 && node.kind() != NodeKind::Document,
    }
}

fn requirement(step: &AxisStep) -> Option<Requirement> {
    let element: Option<PoolName> = match &step.test {
        NodeTest::Name(NodeKind::Element, name, _) => Some(*name),
        NodeTest::AnyName(NodeKind::Element) => None,
        _ => return None,
    };
    if matches!(step.axis, Axis::Attribute | Axis::Namespace) {
        return None;
    }
    step.predicates.iter().find_map(|predicate| {
        let Predicate::Boolean(ir) = predicate else {
            return None;
        };
        let conjuncts = match ir {
            Ir::And(items) => items.as_slice(),
            ir => std::slice::from_ref(ir),
        };
        conjuncts.iter().find_map(|ir| match equality(ir)? {
            (child, leaf @ Leaf::Attribute(_), IndexValue::Literal(value)) => Some(Requirement {
                spec: IndexSpec {
                    element,
                    child,
                    leaf,
                },
                value,
            }),
            _ => None,
        })
    })
}

fn not_a_pattern(at: usize) -> XPathError {
    XPathError::new(
        "XTSE0340",
        "ce n'est pas un motif : des chemins par child, attribute et //, séparés par |",
        "this is no pattern: paths along child, attribute and //, separated by |",
    )
    .at(at)
}
