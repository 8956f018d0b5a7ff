//! Runs a compiled schema on a document.

mod evaluation;
mod options;
mod variables;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use segur_core::Message;
use segur_xml::Document;

pub use options::{PhaseChoice, Progress, RunOptions};

pub(crate) use self::evaluation::Evaluation;
use self::variables::Lets;
use crate::compile::{Compiler, Schema};
use crate::dispatch::Selector;
use crate::error::{SchemaError, cut};
use crate::location::Locator;
use crate::outcome::{AbortCause, Aborted, Fired, Hit, HitKind, Note, Outcome, Skipped, Spot};
use crate::schema::model::{At, Check, CheckId, ExprId, Item, Part, Rule};
use crate::store::DocumentStore;
use crate::xpath::{Documents, IndexedDocument, NamePool, NodeRef, Run, XPathError};

/// Code of the error that a file which cannot be read gives.
pub(crate) const UNAVAILABLE: &str = "FODC0002";

/// A document made ready for the schemas of one [`Compiler`]: indexed once, run many times.
#[derive(Debug)]
pub struct Prepared<'a> {
    index: IndexedDocument<'a>,
    pool: Arc<NamePool>,
}

impl Compiler {
    /// Makes a document ready for the schemas of this compiler.
    #[must_use]
    pub fn prepare<'a>(&self, document: &'a Document) -> Prepared<'a> {
        Prepared {
            index: IndexedDocument::new(document, self.pool()),
            pool: self.pool().clone(),
        }
    }
}

impl Documents for DocumentStore {
    fn load(
        &self,
        href: &str,
        base: &str,
    ) -> Result<Option<&IndexedDocument<'static>>, XPathError> {
        self.resolve(base, href).map(Some).map_err(|reason| {
            XPathError::new(
                UNAVAILABLE,
                format!("fichier illisible : {reason}"),
                format!("file not readable: {reason}"),
            )
        })
    }
}

impl Schema {
    /// Runs the schema on a document.
    ///
    /// # Errors
    /// An unknown phase. Whatever happens during the run is told in the [`Outcome`].
    pub fn run(&self, document: &Document, options: &RunOptions) -> Result<Outcome, SchemaError> {
        let index = IndexedDocument::new(document, &self.pool);
        self.run_index(&index, options)
    }

    /// Runs the schema on a document that [`Compiler::prepare`] made ready.
    ///
    /// # Errors
    /// An unknown phase.
    pub fn run_prepared(
        &self,
        document: &Prepared<'_>,
        options: &RunOptions,
    ) -> Result<Outcome, SchemaError> {
        if Arc::ptr_eq(&document.pool, &self.pool) {
            self.run_index(&document.index, options)
        } else {
            self.run(document.index.tree(), options)
        }
    }

    fn run_index<'d>(
        &'d self,
        document: &'d IndexedDocument<'d>,
        options: &'d RunOptions,
    ) -> Result<Outcome, SchemaError> {
        let phase = self.phase(&options.phase)?;
        let active = match phase.and_then(|p| self.model.phases.get(p)) {
            None => (0..self.model.patterns.len()).collect::<Vec<_>>(),
            Some(phase) => {
                let names: FxHashSet<&str> = phase.active.iter().map(String::as_str).collect();
                let patterns = self.model.patterns.iter().enumerate();
                patterns
                    .filter(|(_, p)| p.id.as_deref().is_some_and(|id| names.contains(id)))
                    .map(|(index, _)| index)
                    .collect()
            }
        };
        let mut run = Run::new(document)
            .with_documents(&*self.store)
            .with_fuel(options.fuel);
        if let Some(flag) = &options.cancel {
            run = run.with_cancel(flag);
        }
        let lets = Lets::new(self, &run, document.root(), phase, &active);
        let evaluation = Evaluation {
            run: &run,
            variables: &lets,
        };
        let mut runner = Runner {
            schema: self,
            options,
            document,
            lets: &lets,
            evaluation: &evaluation,
            locator: Locator::default(),
            skipped: FxHashMap::default(),
            outcome: Outcome {
                phase: phase
                    .and_then(|p| self.model.phases.get(p))
                    .map(|p| p.id.clone()),
                active: active.clone(),
                ..Outcome::default()
            },
        };
        let mut selector = Selector::new(&self.tree, document, self.pool.clone());
        let mut stop = None;
        for (done, pattern) in active.iter().enumerate() {
            if let Err(aborted) = runner.pattern(*pattern, &mut selector) {
                stop = Some(*aborted);
                break;
            }
            if let Some(progress) = &options.progress {
                progress(done + 1, active.len());
            }
        }
        Ok(runner.finish(stop))
    }

    fn phase(&self, choice: &PhaseChoice) -> Result<Option<usize>, SchemaError> {
        let name = match choice {
            PhaseChoice::All => return Ok(None),
            PhaseChoice::Named(name) => name.as_str(),
            PhaseChoice::Default => match self.default_phase() {
                None => return Ok(None),
                Some(name) => name,
            },
        };
        if name == "#ALL" {
            return Ok(None);
        }
        let found = self.model.phases.iter().position(|p| p.id == name);
        found.map(Some).ok_or_else(|| SchemaError::Unknown {
            place: crate::Place::file(&self.name),
            kind: "phase",
            name: name.to_owned(),
        })
    }
}

/// Skipped checks: pattern, then the check or (none) a context.
type SkipKey = (usize, Option<CheckId>, ExprId);

struct Runner<'r, 'd> {
    schema: &'d Schema,
    options: &'r RunOptions,
    document: &'d IndexedDocument<'d>,
    lets: &'r Lets<'r, 'd>,
    evaluation: &'r Evaluation<'r, 'd>,
    locator: Locator,
    /// Position in the outcome of what was skipped already.
    skipped: FxHashMap<SkipKey, usize>,
    outcome: Outcome,
}

type Stop = Box<Aborted>;

impl<'r, 'd> Runner<'r, 'd> {
    fn finish(mut self, stop: Option<Aborted>) -> Outcome {
        if let Some(aborted) = stop {
            if !self.options.keep_going {
                self.outcome.fired.clear();
                self.outcome.hits.clear();
            }
            self.outcome.aborted.get_or_insert(aborted);
        }
        self.outcome
    }

    fn pattern(&mut self, index: usize, selector: &mut Selector<'d, 'd>) -> Result<(), Stop> {
        let Some(pattern) = self.schema.model.patterns.get(index) else {
            return Ok(());
        };
        self.lets.enter_pattern(index);
        let Some(documents) = pattern.documents else {
            return self.visit(index, selector, None);
        };
        let root = self.document.root();
        let names = match self
            .schema
            .expr(documents)
            .and_then(|e| self.evaluation.value(e, root))
        {
            Ok(names) => names,
            Err(error) => return self.failed(error, index, None, documents, root),
        };
        for name in names.iter().map(|item| item.to_text().to_string()) {
            match self.schema.store.resolve(&self.schema.name, &name) {
                Ok(other) => {
                    let pool = self.schema.pool.clone();
                    let mut selector = Selector::new(&self.schema.tree, other, pool);
                    let main = std::mem::take(&mut self.locator);
                    let result = self.visit(index, &mut selector, Some(&name));
                    self.locator = main;
                    result?;
                }
                Err(reason) => self.skip(index, None, documents, reason),
            }
        }
        Ok(())
    }

    /// The nodes that each rule fires on, then the rules.
    fn visit(
        &mut self,
        index: usize,
        selector: &mut Selector<'d, 'd>,
        document: Option<&str>,
    ) -> Result<(), Stop> {
        let Some(pattern) = self.schema.model.patterns.get(index) else {
            return Ok(());
        };
        let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
        let mut fired: Vec<(NodeRef<'d>, usize)> = Vec::new();
        let mut sorted = true;
        for (number, rule) in pattern.rules.iter().enumerate() {
            for end in self.schema.tree.ends(rule.context) {
                let selected = match selector.select(*end, self.evaluation) {
                    Ok(selected) => selected,
                    Err(error) => {
                        self.failed(error, index, None, rule.context, self.document.root())?;
                        continue;
                    }
                };
                if let Some(doubt) = selected.doubt {
                    self.skip(index, None, rule.context, doubt.en.to_string());
                }
                for node in selected.nodes.iter() {
                    if seen.insert((node.rank, node.part)) {
                        sorted = sorted
                            && fired
                                .last()
                                .is_none_or(|(last, _)| last.order(node).is_lt());
                        fired.push((*node, number));
                    }
                }
            }
        }
        if !sorted {
            fired.sort_by(|a, b| a.0.order(&b.0));
        }
        for (node, number) in fired {
            let Some(rule) = pattern.rules.get(number) else {
                continue;
            };
            let from = self.outcome.hits.len();
            self.rule(index, number, rule, node, document)?;
            self.outcome.fired.push(Fired {
                pattern: index,
                rule: number,
                node: node.tree_node().id(),
                hits: from..self.outcome.hits.len(),
            });
        }
        Ok(())
    }

    fn rule(
        &mut self,
        pattern: usize,
        number: usize,
        rule: &Rule,
        node: NodeRef<'d>,
        document: Option<&str>,
    ) -> Result<(), Stop> {
        self.lets.enter_rule(pattern, node);
        for item in &rule.items {
            let id = match item {
                Item::Let(id) => {
                    self.lets.declare(*id);
                    continue;
                }
                Item::Check(id) => *id,
            };
            let Some(check) = self.schema.model.checks.get(id as usize) else {
                continue;
            };
            let truth = self
                .schema
                .expr(check.test)
                .and_then(|test| self.evaluation.truth(test, node));
            let result = match truth {
                Ok(truth) if truth != check.report => continue,
                Ok(_) => self.hit(pattern, number, rule, check, node, document),
                Err(error) => Err((error, check.test)),
            };
            match result {
                Ok(hit) => {
                    self.outcome.hits.push(hit);
                    if self.outcome.hits.len() >= self.options.max_hits {
                        return Err(self.abort(AbortCause::Fuel, pattern, check.at, node));
                    }
                }
                Err((error, expr)) => self.failed(error, pattern, Some(id), expr, node)?,
            }
        }
        Ok(())
    }

    fn hit(
        &mut self,
        pattern: usize,
        number: usize,
        rule: &Rule,
        check: &Check,
        node: NodeRef<'d>,
        document: Option<&str>,
    ) -> Result<Hit, (XPathError, ExprId)> {
        let model = &self.schema.model;
        let mut spot = None;
        if let Some(subject) = check.subject.or(rule.subject) {
            let found = self
                .schema
                .expr(subject)
                .and_then(|e| self.evaluation.value(e, node))
                .map_err(|e| (e, subject))?;
            spot = found.iter().find_map(|i| i.as_node()).map(|n| self.spot(n));
        }
        let spot = match spot {
            Some(spot) => spot,
            None => self.spot(node),
        };
        let (text, masked) = self.message(&check.message, node)?;
        let mut diagnostics = Vec::with_capacity(check.diagnostics.len());
        for note in check
            .diagnostics
            .iter()
            .filter_map(|d| model.diagnostics.get(*d as usize))
        {
            let text = self.message(&note.message, node)?.0;
            diagnostics.push(Note {
                id: note.id.clone(),
                text,
            });
        }
        let mut properties = Vec::with_capacity(check.properties.len());
        for note in check
            .properties
            .iter()
            .filter_map(|d| model.properties.get(*d as usize))
        {
            let text = self.message(&note.message, node)?.0;
            properties.push(Note {
                id: note.id.clone(),
                text,
            });
        }
        let pattern_role = model.patterns.get(pattern).and_then(|p| p.role.as_ref());
        let test = model
            .expressions
            .get(check.test as usize)
            .map_or("", |e| e.text.as_str());
        Ok(Hit {
            kind: if check.report {
                HitKind::SuccessfulReport
            } else {
                HitKind::FailedAssert
            },
            pattern,
            rule: number,
            id: check.id.clone(),
            role: check
                .role
                .as_ref()
                .or(rule.role.as_ref())
                .or(pattern_role)
                .cloned(),
            flag: check.flag.as_ref().or(rule.flag.as_ref()).cloned(),
            see: check.see.as_ref().or(rule.see.as_ref()).cloned(),
            test: collapse(test),
            spot,
            text,
            masked,
            diagnostics,
            properties,
            place: model.place(check.at),
            document: document.map(str::to_owned),
        })
    }

    fn spot(&mut self, node: NodeRef<'_>) -> Spot {
        match node.attribute() {
            Some(attribute) => self.locator.attribute(attribute),
            None => self.locator.node(node.tree_node()),
        }
    }

    /// The message, and the message without what it quotes of the document.
    fn message(
        &self,
        parts: &[Part],
        node: NodeRef<'d>,
    ) -> Result<(String, String), (XPathError, ExprId)> {
        let mut text = String::new();
        let mut masked = String::new();
        for part in parts {
            match part {
                Part::Text(piece) => {
                    text.push_str(piece);
                    masked.push_str(piece);
                }
                Part::Value(id) => {
                    let value = self
                        .schema
                        .expr(*id)
                        .and_then(|e| self.evaluation.value(e, node))
                        .map_err(|e| (e, *id))?
                        .joined();
                    let source = self.schema.model.expressions.get(*id as usize);
                    let public = source.is_some_and(|e| {
                        e.text.starts_with(['\'', '"']) || e.text.starts_with("name(")
                    });
                    masked.push_str(if public || value.is_empty() {
                        &value
                    } else {
                        "…"
                    });
                    text.push_str(&value);
                }
            }
        }
        let max = self.options.max_text;
        Ok((cut(&collapse(&text), max), cut(&collapse(&masked), max)))
    }

    fn abort(&mut self, cause: AbortCause, pattern: usize, at: At, node: NodeRef<'_>) -> Stop {
        Box::new(Aborted {
            cause,
            pattern: self
                .schema
                .model
                .patterns
                .get(pattern)
                .and_then(|p| p.id.clone()),
            place: self.schema.model.place(at),
            spot: self.spot(node),
        })
    }

    /// A check, or (none) a context or a `documents`, that could not be evaluated.
    fn failed(
        &mut self,
        error: XPathError,
        pattern: usize,
        check: Option<CheckId>,
        expr: ExprId,
        node: NodeRef<'_>,
    ) -> Result<(), Stop> {
        let text = error.en.to_string();
        let at = self
            .schema
            .model
            .expressions
            .get(expr as usize)
            .map_or(At::default(), |e| e.at);
        let cause = match error.code {
            UNAVAILABLE => {
                self.skip(pattern, check, expr, text);
                return Ok(());
            }
            "SEGURCANCEL" => AbortCause::Cancelled,
            "SEGURFUEL" | "SEGURLIMIT" => AbortCause::Fuel,
            code => AbortCause::Dynamic {
                code: code.to_owned(),
                message: Message::new(error.fr, error.en),
            },
        };
        let dynamic = matches!(cause, AbortCause::Dynamic { .. });
        let aborted = self.abort(cause, pattern, at, node);
        if self.options.keep_going && dynamic {
            self.outcome.aborted.get_or_insert(*aborted);
            self.skip(pattern, check, expr, text);
            return Ok(());
        }
        Err(aborted)
    }

    fn skip(&mut self, pattern: usize, check: Option<CheckId>, expr: ExprId, reason: String) {
        let model = &self.schema.model;
        let at = match check.and_then(|c| model.checks.get(c as usize)) {
            Some(check) => check.at,
            None => model
                .expressions
                .get(expr as usize)
                .map_or(At::default(), |e| e.at),
        };
        let skipped = &mut self.outcome.skipped;
        let index = *self
            .skipped
            .entry((pattern, check, expr))
            .or_insert_with(|| {
                let place = model.place(at);
                skipped.push(Skipped {
                    pattern,
                    place,
                    reason,
                    times: 0,
                });
                skipped.len() - 1
            });
        if let Some(entry) = skipped.get_mut(index) {
            entry.times += 1;
        }
    }
}

fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Where a node of a tree stands, as hits tell it.
#[must_use]
pub fn spot(node: segur_xml::Node<'_>) -> Spot {
    Locator::default().node(node)
}
