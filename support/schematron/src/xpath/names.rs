//! Names shared by all the expressions of a schema set.

use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

use super::regex_cache::RegexCache;

/// Index of an expanded name in a [`NamePool`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PoolName(pub(crate) u32);

/// The expanded names that expressions speak of. One pool serves all the schemas of a set: each
/// document then resolves every name once, and a name test is the comparison of two numbers.
#[derive(Debug, Default)]
pub struct NamePool {
    table: RwLock<Table>,
    regexes: RegexCache,
}

#[derive(Debug, Default)]
struct Table {
    /// By namespace, then by local name.
    index: FxHashMap<Arc<str>, FxHashMap<Arc<str>, u32>>,
    names: Vec<(Arc<str>, Arc<str>)>,
    contexts: FxHashMap<Arc<str>, u32>,
    memos: FxHashMap<(char, u32, Box<str>), u32>,
}

impl Table {
    fn find(&self, namespace: &str, local: &str) -> Option<PoolName> {
        self.index
            .get(namespace)?
            .get(local)
            .map(|&id| PoolName(id))
    }
}

impl NamePool {
    /// An empty pool.
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    /// Number of names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read().names.len()
    }

    /// Whether no expression was compiled with a name yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn intern(&self, namespace: &str, local: &str) -> PoolName {
        if let Some(name) = self.read().find(namespace, local) {
            return name;
        }
        let mut table = self
            .table
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(name) = table.find(namespace, local) {
            return name;
        }
        let id = table.names.len() as u32;
        let (namespace, local) = (Arc::<str>::from(namespace), Arc::<str>::from(local));
        table
            .names
            .push((Arc::clone(&namespace), Arc::clone(&local)));
        table.index.entry(namespace).or_default().insert(local, id);
        PoolName(id)
    }

    /// Namespace and local name.
    pub(crate) fn get(&self, name: PoolName) -> Option<(Arc<str>, Arc<str>)> {
        self.read().names.get(name.0 as usize).cloned()
    }

    /// All names so far, in the order of their indexes.
    pub(crate) fn snapshot(&self) -> Vec<(Arc<str>, Arc<str>)> {
        self.read().names.clone()
    }

    /// A number for an expression without variables, by its text and how its names are read;
    /// `kind` keeps expressions and patterns apart.
    pub(crate) fn memo(&self, kind: char, fingerprint: &Arc<str>, text: &str) -> u32 {
        let mut table = self
            .table
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let next = table.contexts.len() as u32;
        let context = match table.contexts.get(fingerprint) {
            Some(&context) => context,
            None => {
                table.contexts.insert(Arc::clone(fingerprint), next);
                next
            }
        };
        let next = table.memos.len() as u32;
        *table
            .memos
            .entry((kind, context, text.into()))
            .or_insert(next)
    }

    pub(crate) fn regexes(&self) -> &RegexCache {
        &self.regexes
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Table> {
        self.table
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
