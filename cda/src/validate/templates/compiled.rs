//! The tables with their paths read, once per process.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::model::{Check, Model, ValueSetName};
use super::path::{Path, Word, Words};
use super::tables;

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

pub(super) struct Tables {
    /// By number of the template.
    pub(super) templates: FxHashMap<Word, Vec<Asked>>,
    pub(super) models: Vec<AskedOfModel>,
    pub(super) words: Words,
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
    pub(super) inside: FxHashMap<Word, Vec<Ready>>,
    pub(super) values_inside: FxHashMap<Word, Vec<Ready>>,
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
        let mut words = Words::default();
        let mut templates: FxHashMap<Word, Vec<Asked>> = FxHashMap::default();
        for row in tables::templates() {
            let checks = ready(row.checks, &mut words);
            let rows = templates.entry(words.template(row.root)).or_default();
            rows.push(Asked {
                id: row.id,
                name: row.name,
                checks,
            });
        }
        let mut models = Vec::new();
        for model in tables::MODELS {
            let mut inside = |rows: &'static [(&'static str, &'static [Check])]| {
                let rows = rows.iter();
                rows.map(|(root, checks)| (words.template(root), ready(checks, &mut words)))
                    .collect()
            };
            let (inside, values_inside) = (inside(model.inside), inside(model.values_inside));
            models.push(AskedOfModel {
                model,
                checks: ready(model.checks, &mut words),
                values: ready(model.values, &mut words),
                inside,
                values_inside,
            });
        }
        Self {
            templates,
            models,
            words,
        }
    }
}

fn ready(checks: &'static [Check], words: &mut Words) -> Vec<Ready> {
    checks.iter().map(|check| of(*check, words)).collect()
}

fn of(check: Check, words: &mut Words) -> Ready {
    match check {
        Check::Has(text, min, max) => Ready::Has {
            text,
            path: Path::new(text, words),
            min,
            max,
        },
        Check::Each(text, checks) => Ready::Each(Path::new(text, words), ready(checks, words)),
        Check::Either(groups) => {
            Ready::Either(groups.iter().map(|group| ready(group, words)).collect())
        }
        Check::Coded {
            path,
            sets,
            null,
            display,
        } => Ready::Coded {
            text: path,
            path: Path::new(path, words),
            sets,
            null,
            display,
        },
        Check::Units(units) => Ready::Units(units),
    }
}
