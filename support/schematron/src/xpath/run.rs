//! One validation: what all the expressions evaluated on a document share.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::{FxHashMap, FxHashSet};

use super::document::IndexedDocument;
use super::error::XPathError;
use super::value::{Atomic, Item, Sequence};

/// Where `document()` and `doc()` find documents.
pub trait Documents: Send + Sync {
    /// The document that `href` means, seen from `base` (the
    /// [base](super::StaticContext::base) of the expression); nothing when there is none.
    /// The same pair must always give the same document.
    ///
    /// # Errors
    /// When there is a document that cannot be read.
    fn load(&self, href: &str, base: &str)
    -> Result<Option<&IndexedDocument<'static>>, XPathError>;
}

/// Values of the variables that the front-end declared, asked for when an expression needs one.
pub trait Variables<'d> {
    /// The value of a slot.
    ///
    /// # Errors
    /// Those of computing the value.
    fn get(&self, slot: u32) -> Result<Sequence<'d>, XPathError>;
}

/// No variable at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoVariables;

impl<'d> Variables<'d> for NoVariables {
    fn get(&self, _slot: u32) -> Result<Sequence<'d>, XPathError> {
        Err(XPathError::new(
            "XPDY0002",
            "variable sans valeur",
            "variable without a value",
        ))
    }
}

impl<'d> Variables<'d> for [Sequence<'d>] {
    fn get(&self, slot: u32) -> Result<Sequence<'d>, XPathError> {
        <[_]>::get(self, slot as usize).cloned().ok_or_else(|| {
            XPathError::new(
                "XPDY0002",
                "variable sans valeur",
                "variable without a value",
            )
        })
    }
}

/// Work that [`Run::new`] allows: nodes visited and functions called, together.
pub const DEFAULT_FUEL: u64 = 2_000_000_000;
/// Items of one sequence that [`Run::new`] allows.
pub const DEFAULT_MAX_ITEMS: usize = 10_000_000;

const BATCH: u32 = 1024;

/// One document being validated, in one thread: bounds, loaded documents and results that several
/// expressions share. All the schemas applied to a document may share one run.
pub struct Run<'d> {
    document: &'d IndexedDocument<'d>,
    documents: Option<&'d dyn Documents>,
    cancel: Option<&'d AtomicBool>,
    max_items: usize,
    fuel: Cell<u64>,
    batch: Cell<u32>,
    pub(crate) memos: RefCell<FxHashMap<MemoKey, Sequence<'d>>>,
    pub(crate) truths: RefCell<FxHashMap<MemoKey, bool>>,
    pub(crate) sets: RefCell<FxHashMap<MemoKey, Rc<FixedSet<'d>>>>,
    /// Whether a node matches the first steps of a pattern.
    pub(crate) prefixes: RefCell<FxHashMap<(MemoKey, u32), bool>>,
    loaded: RefCell<FxHashMap<(Arc<str>, String), Loaded<'d>>>,
}

/// What an address led to.
type Loaded<'d> = Option<&'d IndexedDocument<'d>>;

/// A remembered expression and the document it was evaluated on.
pub(crate) type MemoKey = (u32, usize);

impl std::fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Run")
            .field("fuel", &self.fuel.get())
            .finish_non_exhaustive()
    }
}

impl<'d> Run<'d> {
    /// A run over a document, without other documents, with the default bounds.
    #[must_use]
    pub fn new(document: &'d IndexedDocument<'d>) -> Self {
        Self {
            document,
            documents: None,
            cancel: None,
            max_items: DEFAULT_MAX_ITEMS,
            fuel: Cell::new(DEFAULT_FUEL),
            batch: Cell::new(BATCH),
            memos: RefCell::default(),
            truths: RefCell::default(),
            sets: RefCell::default(),
            prefixes: RefCell::default(),
            loaded: RefCell::default(),
        }
    }

    /// With the documents that rules may load.
    #[must_use]
    pub fn with_documents(mut self, documents: &'d dyn Documents) -> Self {
        self.documents = Some(documents);
        self
    }

    /// With another bound on work; past it, evaluation ends with `SEGURFUEL`.
    #[must_use]
    pub fn with_fuel(self, fuel: u64) -> Self {
        self.fuel.set(fuel);
        self
    }

    /// With another bound on the items of a sequence.
    #[must_use]
    pub fn with_max_items(mut self, max_items: usize) -> Self {
        self.max_items = max_items;
        self
    }

    /// With a flag that ends evaluation with `SEGURCANCEL` once it is true.
    #[must_use]
    pub fn with_cancel(mut self, cancel: &'d AtomicBool) -> Self {
        self.cancel = Some(cancel);
        self
    }

    /// The document being validated.
    #[must_use]
    pub fn document(&self) -> &'d IndexedDocument<'d> {
        self.document
    }

    /// Work left.
    #[must_use]
    pub fn fuel(&self) -> u64 {
        self.fuel.get()
    }

    /// Counts one unit of work.
    #[inline]
    pub(crate) fn charge(&self) -> Result<(), XPathError> {
        match self.batch.get() {
            0 => self.refuel(),
            left => {
                self.batch.set(left - 1);
                Ok(())
            }
        }
    }

    /// Counts many units at once.
    pub(crate) fn charge_many(&self, units: usize) -> Result<(), XPathError> {
        let units = units as u64;
        if units < u64::from(self.batch.get()) {
            self.batch.set(self.batch.get() - units as u32);
            return Ok(());
        }
        self.fuel.set(self.fuel.get().saturating_sub(units));
        self.refuel()
    }

    #[cold]
    fn refuel(&self) -> Result<(), XPathError> {
        if self.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
            return Err(XPathError::new(
                "SEGURCANCEL",
                "évaluation interrompue à la demande de l'appelant",
                "evaluation cancelled by the caller",
            ));
        }
        let Some(left) = self.fuel.get().checked_sub(u64::from(BATCH)) else {
            return Err(XPathError::new(
                "SEGURFUEL",
                "évaluation trop longue : limite de travail atteinte",
                "evaluation too long: limit of work reached",
            ));
        };
        self.fuel.set(left);
        self.batch.set(BATCH);
        Ok(())
    }

    pub(crate) fn check_items(&self, items: usize) -> Result<(), XPathError> {
        if items <= self.max_items {
            return Ok(());
        }
        Err(XPathError::limit(
            format!("séquence de plus de {} éléments", self.max_items),
            format!("sequence of more than {} items", self.max_items),
        ))
    }

    pub(crate) fn load(
        &self,
        href: &str,
        base: &Arc<str>,
    ) -> Result<Option<&'d IndexedDocument<'d>>, XPathError> {
        let key = (Arc::clone(base), href.to_owned());
        if let Some(found) = self.loaded.borrow().get(&key) {
            return Ok(*found);
        }
        let Some(documents) = self.documents else {
            return Err(XPathError::new(
                "FODC0002",
                "aucun document n'est accessible à cette validation",
                "no document is available to this validation",
            ));
        };
        let found: Loaded<'d> = documents.load(href, base)?;
        self.loaded.borrow_mut().insert(key, found);
        Ok(found)
    }
}

/// The values of a sequence that does not change, ready to be looked up.
pub(crate) struct FixedSet<'d> {
    pub(crate) texts: FxHashSet<Box<str>>,
    /// Values that are not text.
    pub(crate) others: Vec<Atomic<'d>>,
}

/// What an expression is evaluated for.
#[derive(Clone, Copy)]
pub struct DynamicContext<'r, 'd> {
    pub(crate) run: &'r Run<'d>,
    pub(crate) item: &'r Option<Item<'d>>,
    pub(crate) variables: &'r dyn Variables<'d>,
}

impl std::fmt::Debug for DynamicContext<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DynamicContext")
            .field("item", self.item)
            .finish_non_exhaustive()
    }
}

impl<'r, 'd> DynamicContext<'r, 'd> {
    /// For an item (which is also what `current()` gives), or none.
    #[must_use]
    pub fn new(run: &'r Run<'d>, item: &'r Option<Item<'d>>) -> Self {
        Self {
            run,
            item,
            variables: &NoVariables,
        }
    }

    /// With the values of variables.
    #[must_use]
    pub fn with_variables(mut self, variables: &'r dyn Variables<'d>) -> Self {
        self.variables = variables;
        self
    }

    /// The run.
    #[must_use]
    pub fn run(&self) -> &'r Run<'d> {
        self.run
    }
}
