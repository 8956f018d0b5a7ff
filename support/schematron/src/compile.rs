//! From a resolved model to something that runs.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use segur_xml::Limits;

use crate::dispatch::ContextTree;
use crate::error::SchemaError;
use crate::schema::model::{At, ExprId, Item, LetId, LetValue, Model, Part};
use crate::schema::{LoadOptions, load, model};
use crate::source::Source;
use crate::store::DocumentStore;
use crate::xpath::{Expr, NamePool, StaticContext, XPathError};

/// Loads schemas. The schemas of one compiler share names and the documents that rules read, so
/// that one run of several schemas on a document prepares it once.
#[derive(Debug, Clone)]
pub struct Compiler {
    source: Shared,
    options: LoadOptions,
    pool: Arc<NamePool>,
    store: Arc<DocumentStore>,
}

#[derive(Clone)]
struct Shared(Arc<dyn Source>);

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Source")
    }
}

impl Compiler {
    /// A compiler that reads schemas, and the documents that rules name, from `source`.
    #[must_use]
    pub fn new(source: impl Source + 'static) -> Self {
        Self::shared(Arc::new(source))
    }

    /// The same with a source that is shared already.
    #[must_use]
    pub fn shared(source: Arc<dyn Source>) -> Self {
        let pool = NamePool::new();
        let store = DocumentStore::new(source.clone(), pool.clone(), Limits::default());
        Self {
            source: Shared(source),
            options: LoadOptions::default(),
            pool,
            store: Arc::new(store),
        }
    }

    /// Changes what is accepted.
    #[must_use]
    pub fn options(mut self, options: LoadOptions) -> Self {
        let source = self.source.0.clone();
        let store = DocumentStore::new(source, self.pool.clone(), options.limits.clone());
        self.store = Arc::new(store);
        self.options = options;
        self
    }

    /// Loads a schema with everything it includes and compiles every expression.
    ///
    /// # Errors
    /// A file that is missing or broken, a circle, an unknown name, an expression that is not XPath
    /// 2.0 or that this engine does not know: the first one, with file, line and column.
    pub fn load(&self, name: &str) -> Result<Schema, SchemaError> {
        let schema = self.build(name.to_owned(), load(&*self.source.0, name, &self.options)?)?;
        schema.check()?;
        Ok(schema)
    }

    /// A schema that [`Schema::to_bytes`] wrote. Expressions are compiled when they are first used.
    ///
    /// # Errors
    /// [`RestoreError`] when the bytes are not what this version writes.
    pub fn restore(&self, bytes: &[u8]) -> Result<Schema, RestoreError> {
        let saved: Saved = postcard::from_bytes(bytes).map_err(|_| RestoreError::Broken)?;
        if saved.version != SAVED_VERSION {
            return Err(RestoreError::Version {
                found: saved.version,
                expected: SAVED_VERSION,
            });
        }
        self.build(saved.name, saved.model)
            .map_err(RestoreError::Schema)
    }

    /// The names shared by the schemas of this compiler.
    pub(crate) fn pool(&self) -> &Arc<NamePool> {
        &self.pool
    }

    fn build(&self, name: String, model: Model) -> Result<Schema, SchemaError> {
        let mut context = StaticContext::new(self.pool.clone());
        // The skeleton binds this prefix too.
        context.namespace("xsd", "http://www.w3.org/2001/XMLSchema");
        for (prefix, uri) in &model.namespaces {
            context.namespace(prefix, uri);
        }
        context.base(&name);
        let mut slots: FxHashMap<&str, u32> = FxHashMap::default();
        let mut let_slots = Vec::with_capacity(model.lets.len());
        for item in &model.lets {
            let slot = match slots.get(item.name.as_str()) {
                Some(slot) => *slot,
                None => {
                    let slot = context.variable(&item.name);
                    slots.insert(&item.name, slot);
                    slot
                }
            };
            let_slots.push(slot);
        }
        let expressions = (0..model.expressions.len())
            .map(|_| OnceLock::new())
            .collect();
        let tree = ContextTree::build(&model, &context);
        let pool = self.pool.clone();
        let store = self.store.clone();
        Ok(Schema {
            name,
            model,
            context,
            expressions,
            let_slots,
            tree,
            pool,
            store,
        })
    }
}

/// Changes with the form of [`Model`].
const SAVED_VERSION: u32 = 1;

#[derive(serde::Serialize, serde::Deserialize)]
struct Saved {
    version: u32,
    name: String,
    model: Model,
}

/// Why saved bytes are refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// Not written by [`Schema::to_bytes`], or damaged.
    #[error("not a saved schema, or damaged: save it again")]
    Broken,
    /// Written by another version.
    #[error("saved in form {found}, this version reads form {expected}: save it again")]
    Version {
        /// The version found.
        found: u32,
        /// The version that is read.
        expected: u32,
    },
    /// The schema is not valid.
    #[error(transparent)]
    Schema(SchemaError),
}

/// A compiled schema: `Send + Sync`, used by many threads at once.
#[derive(Debug)]
pub struct Schema {
    pub(crate) name: String,
    pub(crate) model: Model,
    pub(crate) context: StaticContext,
    pub(crate) expressions: Vec<OnceLock<Result<Expr, XPathError>>>,
    /// Slot of the variable that a let binds: the same for every let of one name.
    pub(crate) let_slots: Vec<u32>,
    pub(crate) tree: ContextTree,
    pub(crate) pool: Arc<NamePool>,
    pub(crate) store: Arc<DocumentStore>,
}

impl Schema {
    /// The name it was loaded by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Title of the schema.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.model.title.as_deref().or(self.model.id.as_deref())
    }

    /// `schemaVersion`
    #[must_use]
    pub fn schema_version(&self) -> Option<&str> {
        self.model.schema_version.as_deref()
    }

    /// `defaultPhase`
    #[must_use]
    pub fn default_phase(&self) -> Option<&str> {
        self.model.default_phase.as_deref()
    }

    /// Names of the phases.
    pub fn phases(&self) -> impl Iterator<Item = &str> {
        self.model.phases.iter().map(|p| p.id.as_str())
    }

    /// Prefixes and namespaces declared by `ns`.
    pub fn namespaces(&self) -> impl Iterator<Item = (&str, &str)> {
        self.model
            .namespaces
            .iter()
            .map(|(p, u)| (p.as_str(), u.as_str()))
    }

    /// Names of the files it was read from, itself first.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.model.files.iter().map(String::as_str)
    }

    /// Number of concrete patterns, active or not.
    #[must_use]
    pub fn pattern_count(&self) -> usize {
        self.model.patterns.len()
    }

    /// A pattern, by its index in [`Outcome`](crate::Outcome).
    #[must_use]
    pub fn pattern(&self, index: usize) -> Option<PatternInfo<'_>> {
        self.model.patterns.get(index).map(|pattern| PatternInfo {
            schema: self,
            pattern,
        })
    }

    /// The text of every expression: contexts, tests, lets, values of messages.
    pub fn expressions(&self) -> impl Iterator<Item = &str> {
        self.model.expressions.iter().map(|e| e.text.as_str())
    }

    /// The schema as bytes, for [`Compiler::restore`]. The same schema gives the same bytes.
    ///
    /// # Errors
    /// Never for a schema that was loaded; the serialiser's error otherwise.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_stdvec(&Saved {
            version: SAVED_VERSION,
            name: self.name.clone(),
            model: self.model.clone(),
        })
    }

    /// The compiled expression, compiled now if it was not.
    pub(crate) fn expr(&self, id: ExprId) -> Result<&Expr, XPathError> {
        let (Some(slot), Some(text)) = (
            self.expressions.get(id as usize),
            self.model.expressions.get(id as usize),
        ) else {
            return Err(XPathError::new(
                "XPST0003",
                "expression absente du schéma enregistré",
                "expression missing from the saved schema",
            ));
        };
        slot.get_or_init(|| Expr::compile(&text.text, &self.context))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Compiles everything and looks for variables out of scope.
    fn check(&self) -> Result<(), SchemaError> {
        let model = &self.model;
        let fail = |id: ExprId, reason: &dyn std::fmt::Display| {
            let (text, at) = model
                .expressions
                .get(id as usize)
                .map_or(("", At::default()), |e| (e.text.as_str(), e.at));
            SchemaError::expression(model.place(at), text, reason)
        };
        let visit = |id: ExprId, scope: &Scope<'_>| -> Result<(), SchemaError> {
            let expr = self.expr(id).map_err(|e| fail(id, &e))?;
            for &slot in expr.variables() {
                if !scope.has(slot) {
                    let name = self.variable_name(slot);
                    let reason = format!("variable ${name} is not visible here");
                    return Err(fail(id, &reason));
                }
            }
            Ok(())
        };
        let mut global = vec![false; self.context.slots() as usize];
        let all_phases = model.phases.iter().flat_map(|p| &p.lets);
        let all_patterns = model.patterns.iter().flat_map(|p| &p.lets);
        for id in model
            .schema_lets
            .iter()
            .chain(all_phases)
            .chain(all_patterns)
        {
            if let Some(seen) = self.slot(*id).and_then(|s| global.get_mut(s as usize)) {
                *seen = true;
            }
        }
        let mut scope = Scope {
            global: &global,
            local: Vec::new(),
        };
        for pattern in &model.patterns {
            for id in pattern
                .documents
                .iter()
                .chain(self.let_exprs(&pattern.lets))
            {
                visit(*id, &scope)?;
            }
            for rule in &pattern.rules {
                scope.local.clear();
                let context = model.expressions.get(rule.context as usize);
                if let Some(context) = context {
                    self.tree.check(rule.context).map_err(|e| {
                        SchemaError::expression(model.place(context.at), &context.text, e)
                    })?;
                }
                for item in &rule.items {
                    match item {
                        Item::Let(id) => {
                            for expr in self.let_exprs(std::slice::from_ref(id)) {
                                visit(*expr, &scope)?;
                            }
                            scope.local.extend(self.slot(*id));
                        }
                        Item::Check(id) => {
                            let Some(check) = model.checks.get(*id as usize) else {
                                continue;
                            };
                            visit(check.test, &scope)?;
                            for part in self.message_exprs(check) {
                                visit(part, &scope)?;
                            }
                            for expr in check.subject.iter().chain(&rule.subject) {
                                visit(*expr, &scope)?;
                            }
                        }
                    }
                }
            }
        }
        scope.local.clear();
        let all_phases = model.phases.iter().flat_map(|p| &p.lets);
        for id in model.schema_lets.iter().chain(all_phases) {
            for expr in self.let_exprs(std::slice::from_ref(id)) {
                visit(*expr, &scope)?;
            }
        }
        Ok(())
    }

    fn let_exprs<'m>(&'m self, lets: &'m [LetId]) -> impl Iterator<Item = &'m ExprId> {
        lets.iter()
            .filter_map(|id| match &self.model.lets.get(*id as usize)?.value {
                LetValue::Expression(expr) => Some(expr),
                LetValue::Text(_) => None,
            })
    }

    fn message_exprs<'m>(&'m self, check: &'m model::Check) -> impl Iterator<Item = ExprId> {
        let diagnostics = check
            .diagnostics
            .iter()
            .filter_map(|i| self.model.diagnostics.get(*i as usize))
            .flat_map(|d| &d.message);
        let properties = check
            .properties
            .iter()
            .filter_map(|i| self.model.properties.get(*i as usize))
            .flat_map(|d| &d.message);
        check
            .message
            .iter()
            .chain(diagnostics)
            .chain(properties)
            .filter_map(|part| match part {
                Part::Value(id) => Some(*id),
                Part::Text(_) => None,
            })
    }

    pub(crate) fn slot(&self, id: LetId) -> Option<u32> {
        self.let_slots.get(id as usize).copied()
    }

    pub(crate) fn variable_name(&self, slot: u32) -> &str {
        let at = self.let_slots.iter().position(|s| *s == slot);
        at.and_then(|at| self.model.lets.get(at))
            .map_or("?", |l| l.name.as_str())
    }
}

/// The variables that an expression may use.
struct Scope<'g> {
    global: &'g [bool],
    local: Vec<u32>,
}

impl Scope<'_> {
    fn has(&self, slot: u32) -> bool {
        self.local.contains(&slot) || self.global.get(slot as usize).copied().unwrap_or(false)
    }
}

/// A pattern of a schema.
#[derive(Debug, Clone, Copy)]
pub struct PatternInfo<'s> {
    schema: &'s Schema,
    pattern: &'s model::Pattern,
}

impl<'s> PatternInfo<'s> {
    /// `id`
    #[must_use]
    pub fn id(&self) -> Option<&'s str> {
        self.pattern.id.as_deref()
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> Option<&'s str> {
        self.pattern.title.as_deref()
    }

    /// `role`
    #[must_use]
    pub fn role(&self) -> Option<&'s str> {
        self.pattern.role.as_deref()
    }

    /// Number of rules.
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.pattern.rules.len()
    }

    /// A rule, by its index.
    #[must_use]
    pub fn rule(&self, index: usize) -> Option<RuleInfo<'s>> {
        let rule = self.pattern.rules.get(index)?;
        Some(RuleInfo {
            schema: self.schema,
            rule,
        })
    }
}

/// A rule of a pattern.
#[derive(Debug, Clone, Copy)]
pub struct RuleInfo<'s> {
    schema: &'s Schema,
    rule: &'s model::Rule,
}

impl<'s> RuleInfo<'s> {
    /// `context`, abstract parameters filled in.
    #[must_use]
    pub fn context(&self) -> &'s str {
        let expressions = &self.schema.model.expressions;
        expressions
            .get(self.rule.context as usize)
            .map_or("", |e| e.text.as_str())
    }

    /// `id`
    #[must_use]
    pub fn id(&self) -> Option<&'s str> {
        self.rule.id.as_deref()
    }

    /// `role`
    #[must_use]
    pub fn role(&self) -> Option<&'s str> {
        self.rule.role.as_deref()
    }

    /// `flag`
    #[must_use]
    pub fn flag(&self) -> Option<&'s str> {
        self.rule.flag.as_deref()
    }

    /// `see`
    #[must_use]
    pub fn see(&self) -> Option<&'s str> {
        self.rule.see.as_deref()
    }

    /// `fpi`
    #[must_use]
    pub fn fpi(&self) -> Option<&'s str> {
        self.rule.fpi.as_deref()
    }
}
