//! Documents that rules read (`document()`, `doc()`): loaded once, shared by schemas and threads.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHasher;
use segur_xml::{Document, Limits};

use crate::source::{Source, join};
use crate::xpath::{IndexedDocument, NamePool};

const BUCKETS: usize = 256;

/// Keeps what it loads until it is dropped itself, so that a run can borrow it.
///
/// Buckets of lists that only grow: adding needs no lock on the readers' side, and what was handed
/// out never moves.
pub(crate) struct DocumentStore {
    source: Arc<dyn Source>,
    pool: Arc<NamePool>,
    limits: Limits,
    buckets: Vec<OnceLock<Box<Slot>>>,
}

struct Slot {
    name: String,
    state: OnceLock<Result<IndexedDocument<'static>, String>>,
    next: OnceLock<Box<Slot>>,
}

impl std::fmt::Debug for DocumentStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DocumentStore").finish_non_exhaustive()
    }
}

impl DocumentStore {
    pub(crate) fn new(source: Arc<dyn Source>, pool: Arc<NamePool>, limits: Limits) -> Self {
        let buckets = (0..BUCKETS).map(|_| OnceLock::new()).collect();
        Self {
            source,
            pool,
            limits,
            buckets,
        }
    }

    /// The document that `href` names in a schema that stands at `base`.
    pub(crate) fn resolve(
        &self,
        base: &str,
        href: &str,
    ) -> Result<&IndexedDocument<'static>, String> {
        let path = href.split('#').next().unwrap_or_default();
        let name = join(base, path)
            .ok_or_else(|| format!("{href}: not a relative path inside the schema's folder"))?;
        self.get(&name).map_err(str::to_owned)
    }

    /// The document of that name, loaded if it was not.
    pub(crate) fn get(&self, name: &str) -> Result<&IndexedDocument<'static>, &str> {
        let slot = self.slot(name).ok_or("no room for one more document")?;
        let state = slot.state.get_or_init(|| {
            let bytes = self.source.read(name).map_err(|e| format!("{name}: {e}"))?;
            let document =
                Document::parse_with(&bytes, &self.limits).map_err(|e| format!("{name}: {e}"))?;
            Ok(IndexedDocument::owned(document, name, &self.pool))
        });
        state.as_ref().map_err(String::as_str)
    }

    fn slot(&self, name: &str) -> Option<&Slot> {
        let mut hasher = FxHasher::default();
        name.hash(&mut hasher);
        let bucket = usize::try_from(hasher.finish() >> 32).ok()? % BUCKETS;
        let mut place = self.buckets.get(bucket)?;
        loop {
            let slot = place.get_or_init(|| {
                Box::new(Slot {
                    name: name.to_owned(),
                    state: OnceLock::new(),
                    next: OnceLock::new(),
                })
            });
            if slot.name == name {
                return Some(slot);
            }
            place = &slot.next;
        }
    }
}

impl Drop for DocumentStore {
    // Lists are dropped one by one: a long one must not recurse.
    fn drop(&mut self) {
        for bucket in &mut self.buckets {
            let mut next = bucket.take();
            while let Some(mut slot) = next {
                next = slot.next.take();
            }
        }
    }
}
