//! A cache of the documents that rules load.

use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;
use segur_xml::Document;

use super::document::IndexedDocument;
use super::error::XPathError;
use super::names::NamePool;
use super::run::Documents;

/// Finds and reads a document by its address and the base of the expression.
pub type Loader = Box<dyn Fn(&str, &str) -> Result<Option<Document>, XPathError> + Send + Sync>;

const SHARDS: usize = 256;

/// Documents read once and kept for as long as the store lives, for all threads. Addresses that
/// lead nowhere are remembered, too.
pub struct DocumentStore {
    pool: Arc<NamePool>,
    loader: Loader,
    shards: Vec<OnceLock<Box<Slot>>>,
}

/// One address; those of the same shard form a list that only grows, so that references into it
/// stay good.
struct Slot {
    href: String,
    base: String,
    found: Result<Option<IndexedDocument<'static>>, XPathError>,
    next: OnceLock<Box<Slot>>,
}

impl std::fmt::Debug for DocumentStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DocumentStore").finish_non_exhaustive()
    }
}

impl DocumentStore {
    /// A store that reads with `loader`, for expressions compiled with `pool`.
    #[must_use]
    pub fn new(pool: Arc<NamePool>, loader: Loader) -> Self {
        Self {
            pool,
            loader,
            shards: (0..SHARDS).map(|_| OnceLock::new()).collect(),
        }
    }

    fn read(&self, href: &str, base: &str) -> Box<Slot> {
        let found = (self.loader)(href, base).map(|document| {
            let uri = if base.is_empty() {
                href.to_owned()
            } else {
                format!("{base}/{href}")
            };
            document.map(|document| IndexedDocument::owned(document, uri, &self.pool))
        });
        let (href, base) = (href.to_owned(), base.to_owned());
        Box::new(Slot {
            href,
            base,
            found,
            next: OnceLock::new(),
        })
    }
}

impl Documents for DocumentStore {
    fn load(
        &self,
        href: &str,
        base: &str,
    ) -> Result<Option<&IndexedDocument<'static>>, XPathError> {
        let shard = (FxBuildHasher.hash_one((href, base)) >> 32) as usize % SHARDS;
        let mut place = self.shards.get(shard);
        let mut read: Option<Box<Slot>> = None;
        while let Some(cell) = place {
            let slot = match cell.get() {
                Some(slot) => slot,
                None => {
                    let fresh = read.take().unwrap_or_else(|| self.read(href, base));
                    // Another thread may have been faster: then this one looks on.
                    if let Err(fresh) = cell.set(fresh) {
                        read = Some(fresh);
                    }
                    continue;
                }
            };
            if slot.href == href && slot.base == base {
                return match &slot.found {
                    Ok(document) => Ok(document.as_ref()),
                    Err(error) => Err(error.clone()),
                };
            }
            place = Some(&slot.next);
        }
        Ok(None)
    }
}
