//! A resolved schema: no include, no abstract pattern, no abstract rule is left.
//!
//! Expressions and checks are numbered and shared: the abstract rule that six hundred rules extend
//! is kept, and later compiled, once.

use serde::{Deserialize, Serialize};

use crate::error::Place;

pub(crate) type ExprId = u32;
pub(crate) type LetId = u32;
pub(crate) type CheckId = u32;

/// Where something stands: index of the file in [`Model::files`], line, column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct At {
    pub(crate) file: u32,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Model {
    /// Names of the files read, the schema itself first.
    pub(crate) files: Vec<String>,
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) schema_version: Option<String>,
    pub(crate) query_binding: String,
    pub(crate) default_phase: Option<String>,
    pub(crate) namespaces: Vec<(String, String)>,
    pub(crate) expressions: Vec<Expression>,
    pub(crate) lets: Vec<Let>,
    pub(crate) checks: Vec<Check>,
    /// Lets of the schema element.
    pub(crate) schema_lets: Vec<LetId>,
    pub(crate) phases: Vec<Phase>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) properties: Vec<Property>,
}

impl Model {
    pub(crate) fn place(&self, at: At) -> Place {
        let file = self.files.get(at.file as usize).map_or("", String::as_str);
        Place::new(file, at.line, at.column)
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Expression {
    pub(crate) text: String,
    pub(crate) at: At,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Let {
    pub(crate) name: String,
    pub(crate) value: LetValue,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum LetValue {
    Expression(ExprId),
    /// The text content of a `let` without `value`.
    Text(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Phase {
    pub(crate) id: String,
    pub(crate) active: Vec<String>,
    pub(crate) lets: Vec<LetId>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Pattern {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) documents: Option<ExprId>,
    pub(crate) lets: Vec<LetId>,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) context: ExprId,
    pub(crate) id: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) flag: Option<String>,
    pub(crate) see: Option<String>,
    pub(crate) fpi: Option<String>,
    pub(crate) subject: Option<ExprId>,
    pub(crate) items: Vec<Item>,
}

/// What a rule does, in order: a `let` is seen by what follows it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Item {
    Let(LetId),
    Check(CheckId),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Check {
    pub(crate) report: bool,
    pub(crate) test: ExprId,
    pub(crate) id: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) flag: Option<String>,
    pub(crate) see: Option<String>,
    pub(crate) fpi: Option<String>,
    pub(crate) subject: Option<ExprId>,
    pub(crate) diagnostics: Vec<u32>,
    pub(crate) properties: Vec<u32>,
    pub(crate) message: Vec<Part>,
    pub(crate) at: At,
}

/// A piece of a message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Part {
    Text(String),
    /// `value-of`, or `name` (as the expression `name(path)`, with a space on each side).
    Value(ExprId),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Diagnostic {
    pub(crate) id: String,
    pub(crate) role: Option<String>,
    pub(crate) see: Option<String>,
    pub(crate) message: Vec<Part>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Property {
    pub(crate) id: String,
    pub(crate) role: Option<String>,
    pub(crate) scheme: Option<String>,
    pub(crate) message: Vec<Part>,
}
