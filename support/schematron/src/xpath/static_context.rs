//! What an expression is compiled against.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::names::NamePool;

/// Namespaces, variables and base address of an expression. Cheap to clone: schema, pattern and
/// rule each extend the context of what holds them.
#[derive(Debug, Clone)]
pub struct StaticContext {
    pool: Arc<NamePool>,
    namespaces: Arc<FxHashMap<String, String>>,
    default_element_namespace: Arc<str>,
    variables: Arc<FxHashMap<(String, String), u32>>,
    next_slot: u32,
    base: Arc<str>,
    /// Text of all the above but the variables, made when first needed.
    fingerprint: OnceLock<Arc<str>>,
    bindings: OnceLock<Arc<Vec<(String, String)>>>,
}

impl StaticContext {
    /// The prefixes `xs`, `fn` and `xml`, no variable, no default namespace.
    #[must_use]
    pub fn new(pool: Arc<NamePool>) -> Self {
        let namespaces = [("xs", XS), ("fn", FN), ("xml", XML)];
        Self {
            pool,
            namespaces: Arc::new(
                namespaces
                    .into_iter()
                    .map(|(p, u)| (p.to_owned(), u.to_owned()))
                    .collect(),
            ),
            default_element_namespace: "".into(),
            variables: Arc::default(),
            next_slot: 0,
            base: "".into(),
            fingerprint: OnceLock::new(),
            bindings: OnceLock::new(),
        }
    }

    /// Binds a prefix.
    pub fn namespace(&mut self, prefix: &str, uri: &str) -> &mut Self {
        Arc::make_mut(&mut self.namespaces).insert(prefix.to_owned(), uri.to_owned());
        self.forget()
    }

    /// Namespace of element names without prefix (`xpath-default-namespace`).
    pub fn default_element_namespace(&mut self, uri: &str) -> &mut Self {
        self.default_element_namespace = uri.into();
        self.forget()
    }

    /// Base address of `document()` and `doc()`, handed to
    /// [`Documents::load`](super::Documents::load).
    pub fn base(&mut self, base: &str) -> &mut Self {
        self.base = base.into();
        self.forget()
    }

    fn forget(&mut self) -> &mut Self {
        self.fingerprint = OnceLock::new();
        self.bindings = OnceLock::new();
        self
    }

    /// Declares a variable (`name` or `prefix:name`) and gives its slot: 0 for the first, then
    /// one more each time. A name declared again hides the older one.
    pub fn variable(&mut self, name: &str) -> u32 {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let uri = if prefix.is_empty() {
            Some("")
        } else {
            self.lookup(prefix)
        };
        let key = (uri.unwrap_or(prefix).to_owned(), local.to_owned());
        let slot = self.next_slot;
        self.next_slot += 1;
        Arc::make_mut(&mut self.variables).insert(key, slot);
        slot
    }

    /// Slots given so far.
    #[must_use]
    pub fn slots(&self) -> u32 {
        self.next_slot
    }

    /// The names shared by the schema set.
    #[must_use]
    pub fn pool(&self) -> &Arc<NamePool> {
        &self.pool
    }

    pub(crate) fn lookup(&self, prefix: &str) -> Option<&str> {
        self.namespaces.get(prefix).map(String::as_str)
    }

    /// Every prefix and its namespace, sorted.
    pub(crate) fn bindings(&self) -> &Arc<Vec<(String, String)>> {
        self.bindings.get_or_init(|| {
            let mut all: Vec<_> = self
                .namespaces
                .iter()
                .map(|(p, u)| (p.clone(), u.clone()))
                .collect();
            all.sort_unstable();
            Arc::new(all)
        })
    }

    pub(crate) fn element_namespace(&self) -> &str {
        &self.default_element_namespace
    }

    pub(crate) fn base_uri(&self) -> &Arc<str> {
        &self.base
    }

    pub(crate) fn slot(&self, uri: &str, local: &str) -> Option<u32> {
        self.variables
            .get(&(uri.to_owned(), local.to_owned()))
            .copied()
    }

    /// Prefixes and base as text: two contexts with the same text read an expression without
    /// variables in the same way.
    pub(crate) fn fingerprint(&self) -> &Arc<str> {
        self.fingerprint.get_or_init(|| {
            let mut text = format!("{}\n{}\n", self.base, self.default_element_namespace);
            for (prefix, uri) in self.bindings().iter() {
                text.push_str(prefix);
                text.push('=');
                text.push_str(uri);
                text.push('\n');
            }
            text.into()
        })
    }
}

pub(crate) const XS: &str = "http://www.w3.org/2001/XMLSchema";
pub(crate) const FN: &str = "http://www.w3.org/2005/xpath-functions";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
