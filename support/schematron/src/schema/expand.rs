//! Instantiates abstract patterns and abstract rules, and numbers expressions.

use rustc_hash::FxHashMap;

use super::load::LoadOptions;
use super::model::{
    At, Check, CheckId, Diagnostic, ExprId, Expression, Item, Let, LetId, LetValue, Model, Part,
    Pattern, Phase, Property, Rule,
};
use super::raw::{
    RawCheck, RawExpr, RawItem, RawLet, RawPart, RawPattern, RawRule, RawSchema, Substitution,
};
use crate::error::{Place, SchemaError};

const MAX_CHAIN: usize = 64;

pub(super) fn expand(mut raw: RawSchema, options: &LoadOptions) -> Result<Model, SchemaError> {
    let patterns = instantiate(&raw)?;
    let model = Model {
        files: std::mem::take(&mut raw.files),
        id: raw.id.take(),
        title: raw.title.take(),
        schema_version: raw.schema_version.take(),
        query_binding: std::mem::take(&mut raw.query_binding),
        default_phase: raw.default_phase.take(),
        namespaces: std::mem::take(&mut raw.namespaces),
        ..Model::default()
    };
    let mut builder = Builder {
        model,
        options,
        interned: FxHashMap::default(),
        abstract_rules: FxHashMap::default(),
        patterns: &patterns,
        library: &raw.library,
        uses: 0,
    };
    builder.notes(&raw)?;
    builder.model.schema_lets = builder.lets(&raw.lets);
    for phase in &raw.phases {
        let lets = builder.lets(&phase.lets);
        for (name, at) in &phase.active {
            if !patterns.iter().any(|p| p.id.as_deref() == Some(name)) {
                return Err(builder.unknown(*at, "pattern", name));
            }
        }
        let active = phase.active.iter().map(|(name, _)| name.clone()).collect();
        builder.model.phases.push(Phase {
            id: phase.id.clone(),
            active,
            lets,
        });
    }
    for (index, pattern) in patterns.iter().enumerate() {
        let pattern = builder.pattern(index, pattern)?;
        builder.model.patterns.push(pattern);
    }
    let mut model = builder.model;
    for property in &mut model.patterns {
        property.rules.shrink_to_fit();
    }
    Ok(model)
}

/// Abstract patterns are dropped, `is-a` patterns replaced by what they stand for.
fn instantiate(raw: &RawSchema) -> Result<Vec<RawPattern>, SchemaError> {
    let place = |at: At| {
        Place::new(
            raw.files.get(at.file as usize).map_or("", String::as_str),
            at.line,
            at.column,
        )
    };
    let mut abstracts: FxHashMap<&str, &RawPattern> = FxHashMap::default();
    for pattern in raw.patterns.iter().filter(|p| p.is_abstract) {
        if let Some(id) = &pattern.id {
            abstracts.entry(id).or_insert(pattern);
        }
    }
    let mut out = Vec::with_capacity(raw.patterns.len());
    for pattern in raw.patterns.iter().filter(|p| !p.is_abstract) {
        let mut current = pattern.clone();
        let mut chain = Vec::new();
        while let Some(name) = current.is_a.take() {
            if chain.contains(&name) || chain.len() >= MAX_CHAIN {
                chain.push(name);
                return Err(SchemaError::Cycle {
                    place: place(pattern.at),
                    chain: chain.join(" → "),
                });
            }
            let Some(model) = abstracts.get(name.as_str()) else {
                return Err(SchemaError::Unknown {
                    place: place(pattern.at),
                    kind: "abstract pattern",
                    name,
                });
            };
            current = Substitution::new(&current.params).pattern(model, &current);
            chain.push(name);
        }
        out.push(current);
    }
    Ok(out)
}

/// An abstract rule: of the pattern with this number, or (second) of the library.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum RuleKey {
    Pattern(usize, usize),
    Library(usize),
}

struct Builder<'r> {
    model: Model,
    options: &'r LoadOptions,
    interned: FxHashMap<String, ExprId>,
    /// Abstract rules are built once and shared by those that extend them.
    abstract_rules: FxHashMap<RuleKey, Vec<Item>>,
    patterns: &'r [RawPattern],
    library: &'r [RawRule],
    uses: usize,
}

impl Builder<'_> {
    fn unknown(&self, at: At, kind: &'static str, name: &str) -> SchemaError {
        SchemaError::Unknown {
            place: self.model.place(at),
            kind,
            name: name.to_owned(),
        }
    }

    fn expr(&mut self, raw: &RawExpr) -> ExprId {
        if let Some(id) = self.interned.get(&raw.text) {
            return *id;
        }
        let id = number(self.model.expressions.len());
        self.model.expressions.push(Expression {
            text: raw.text.clone(),
            at: raw.at,
        });
        self.interned.insert(raw.text.clone(), id);
        id
    }

    fn option(&mut self, raw: Option<&RawExpr>) -> Option<ExprId> {
        raw.map(|e| self.expr(e))
    }

    fn one_let(&mut self, raw: &RawLet) -> LetId {
        let value = match &raw.value {
            Ok(expr) => LetValue::Expression(self.expr(expr)),
            Err(text) => LetValue::Text(text.clone()),
        };
        let id = number(self.model.lets.len());
        self.model.lets.push(Let {
            name: raw.name.clone(),
            value,
        });
        id
    }

    fn lets(&mut self, raw: &[RawLet]) -> Vec<LetId> {
        raw.iter().map(|x| self.one_let(x)).collect()
    }

    fn message(&mut self, raw: &[RawPart]) -> Vec<Part> {
        raw.iter()
            .map(|part| match part {
                RawPart::Text(text) => Part::Text(text.clone()),
                RawPart::Value(expr) => Part::Value(self.expr(expr)),
                RawPart::Name(path, at) => {
                    let path = path.as_ref().map_or(".", |p| p.text.as_str());
                    Part::Value(self.expr(&RawExpr {
                        text: format!("name({path})"),
                        at: *at,
                    }))
                }
            })
            .collect()
    }

    fn notes(&mut self, raw: &RawSchema) -> Result<(), SchemaError> {
        for note in &raw.diagnostics {
            let message = self.message(&note.message);
            let (id, role, see) = (note.id.clone(), note.role.clone(), note.see.clone());
            self.model.diagnostics.push(Diagnostic {
                id,
                role,
                see,
                message,
            });
        }
        for note in &raw.properties {
            let message = self.message(&note.message);
            let (id, role, scheme) = (note.id.clone(), note.role.clone(), note.scheme.clone());
            self.model.properties.push(Property {
                id,
                role,
                scheme,
                message,
            });
        }
        Ok(())
    }

    fn check(&mut self, raw: &RawCheck) -> Result<CheckId, SchemaError> {
        let limit = self.options.max_checks;
        if self.model.checks.len() >= limit {
            let place = self.model.place(raw.at);
            return Err(SchemaError::TooLarge {
                place,
                what: "checks",
                limit,
            });
        }
        let mut diagnostics = Vec::new();
        for name in &raw.diagnostics {
            let found = self.model.diagnostics.iter().position(|d| d.id == *name);
            diagnostics.push(number(
                found.ok_or_else(|| self.unknown(raw.at, "diagnostic", name))?,
            ));
        }
        let mut properties = Vec::new();
        for name in &raw.properties {
            let found = self.model.properties.iter().position(|d| d.id == *name);
            properties.push(number(
                found.ok_or_else(|| self.unknown(raw.at, "property", name))?,
            ));
        }
        let check = Check {
            report: raw.report,
            test: self.expr(&raw.test),
            id: raw.id.clone(),
            role: raw.role.clone(),
            flag: raw.flag.clone(),
            see: raw.see.clone(),
            fpi: raw.fpi.clone(),
            subject: self.option(raw.subject.as_ref()),
            diagnostics,
            properties,
            message: self.message(&raw.message),
            at: raw.at,
        };
        let id = number(self.model.checks.len());
        self.model.checks.push(check);
        Ok(id)
    }

    /// The abstract rule `name`: of the same pattern first, else of the whole schema, as the
    /// reference implementation looks it up.
    fn find(&self, pattern: usize, name: &str) -> Option<RuleKey> {
        let is = |rule: &RawRule| rule.is_abstract && rule.id.as_deref() == Some(name);
        let within = |p: usize| {
            let rules = &self.patterns.get(p)?.rules;
            rules.iter().position(is).map(|r| RuleKey::Pattern(p, r))
        };
        within(pattern)
            .or_else(|| (0..self.patterns.len()).find_map(within))
            .or_else(|| self.library.iter().position(is).map(RuleKey::Library))
    }

    fn items(
        &mut self,
        pattern: usize,
        raw: &[RawItem],
        chain: &mut Vec<String>,
    ) -> Result<Vec<Item>, SchemaError> {
        let mut out = Vec::with_capacity(raw.len());
        for item in raw {
            match item {
                RawItem::Let(x) => out.push(Item::Let(self.one_let(x))),
                RawItem::Check(check) => out.push(Item::Check(self.check(check)?)),
                RawItem::Extends(name, at) => self.extends(pattern, name, *at, chain, &mut out)?,
            }
        }
        self.uses += out.len();
        if self.uses > self.options.max_checks.saturating_mul(8) {
            return Err(SchemaError::TooLarge {
                place: Place::default(),
                what: "parts of rules after expansion",
                limit: self.options.max_checks.saturating_mul(8),
            });
        }
        Ok(out)
    }

    fn extends(
        &mut self,
        pattern: usize,
        name: &str,
        at: At,
        chain: &mut Vec<String>,
        out: &mut Vec<Item>,
    ) -> Result<(), SchemaError> {
        let key = self
            .find(pattern, name)
            .ok_or_else(|| self.unknown(at, "abstract rule", name))?;
        if let Some(items) = self.abstract_rules.get(&key) {
            out.extend_from_slice(items);
            return Ok(());
        }
        if chain.iter().any(|n| n == name) || chain.len() >= MAX_CHAIN {
            chain.push(name.to_owned());
            let place = self.model.place(at);
            return Err(SchemaError::Cycle {
                place,
                chain: chain.join(" → "),
            });
        }
        let (home, rule) = match key {
            RuleKey::Pattern(p, r) => (p, &self.patterns[p].rules[r]),
            RuleKey::Library(r) => (pattern, &self.library[r]),
        };
        chain.push(name.to_owned());
        let items = self.items(home, &rule.items, chain)?;
        chain.pop();
        out.extend_from_slice(&items);
        self.abstract_rules.insert(key, items);
        Ok(())
    }

    fn pattern(&mut self, index: usize, raw: &RawPattern) -> Result<Pattern, SchemaError> {
        let mut rules = Vec::with_capacity(raw.rules.len());
        for rule in raw.rules.iter().filter(|r| !r.is_abstract) {
            let Some(context) = &rule.context else {
                continue;
            };
            let mut chain = Vec::new();
            rules.push(Rule {
                context: self.expr(context),
                id: rule.id.clone(),
                role: rule.role.clone(),
                flag: rule.flag.clone(),
                see: rule.see.clone(),
                fpi: rule.fpi.clone(),
                subject: self.option(rule.subject.as_ref()),
                items: self.items(index, &rule.items, &mut chain)?,
            });
        }
        Ok(Pattern {
            id: raw.id.clone(),
            title: raw.title.clone(),
            role: raw.role.clone(),
            documents: self.option(raw.documents.as_ref()),
            lets: self.lets(&raw.lets),
            rules,
        })
    }
}

/// Tables are bounded far below `u32::MAX` by [`LoadOptions`] and by the XML reader.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
