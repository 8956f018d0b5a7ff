//! The tables with their paths read, once per process.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::model::{Check, Model, ValueSetName};
use super::path::{Path, expand};
use super::tables;

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

pub(super) struct Tables {
    /// By root of the template.
    pub(super) templates: FxHashMap<String, Vec<Asked>>,
    pub(super) models: Vec<AskedOfModel>,
}

/// A row.
pub(super) struct Asked {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) checks: Vec<Ready>,
}

/// A model.
pub(super) struct AskedOfModel {
    pub(super) model: &'static Model,
    pub(super) checks: Vec<Ready>,
    pub(super) values: Vec<Ready>,
    pub(super) inside: FxHashMap<String, Vec<Ready>>,
}

/// A check with its path read.
pub(super) enum Ready {
    Has {
        text: &'static str,
        path: Path,
        min: usize,
        max: usize,
    },
    Each(Path, Vec<Ready>),
    Either(Vec<Vec<Ready>>),
    Coded {
        text: &'static str,
        path: Path,
        sets: &'static [ValueSetName],
        null: bool,
        display: bool,
    },
    Units(&'static [(&'static str, &'static [&'static str])]),
}

impl Tables {
    fn new() -> Self {
        let mut templates: FxHashMap<String, Vec<Asked>> = FxHashMap::default();
        for row in tables::templates() {
            let rows = templates.entry(expand(row.root).into_owned()).or_default();
            rows.push(Asked {
                id: row.id,
                name: row.name,
                checks: ready(row.checks),
            });
        }
        let model = |model: &'static Model| AskedOfModel {
            model,
            checks: ready(model.checks),
            values: ready(model.values),
            inside: model
                .inside
                .iter()
                .map(|(root, checks)| (expand(root).into_owned(), ready(checks)))
                .collect(),
        };
        Self {
            templates,
            models: tables::MODELS.iter().map(model).collect(),
        }
    }
}

fn ready(checks: &'static [Check]) -> Vec<Ready> {
    checks
        .iter()
        .map(|check| match *check {
            Check::Has(text, min, max) => Ready::Has {
                text,
                path: Path::new(text),
                min,
                max,
            },
            Check::Each(text, checks) => Ready::Each(Path::new(text), ready(checks)),
            Check::Either(groups) => Ready::Either(groups.iter().map(|g| ready(g)).collect()),
            Check::Coded {
                path,
                sets,
                null,
                display,
            } => Ready::Coded {
                text: path,
                path: Path::new(path),
                sets,
                null,
                display,
            },
            Check::Units(units) => Ready::Units(units),
        })
        .collect()
}
