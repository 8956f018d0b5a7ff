//! Compiled regular expressions, shared by a schema set: the same few are in many rules, and
//! compiling one costs more than checking a small document.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use regex::Regex;
use rustc_hash::FxHashMap;

use super::error::XPathError;
use super::names::NamePool;
use super::regex_syntax::{Translated, translate};

/// Past so many, patterns that come from documents are not kept.
const MAX_KEPT: usize = 2_000;

/// By translated text, ignoring case, several lines.
type Key = (Box<str>, bool, bool);

#[derive(Debug, Default)]
pub(crate) struct RegexCache {
    kept: RwLock<FxHashMap<Key, Arc<Regex>>>,
}

impl RegexCache {
    fn get(&self, translated: &Translated) -> Result<Arc<Regex>, XPathError> {
        let key = (
            translated.text.as_str().into(),
            translated.ignore_case,
            translated.multi_line,
        );
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(regex) = kept.get(&key) {
            return Ok(Arc::clone(regex));
        }
        drop(kept);
        let regex = Arc::new(translated.compile()?);
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MAX_KEPT {
            kept.insert(key, Arc::clone(&regex));
        }
        Ok(regex)
    }
}

/// The regular expression of a call of `matches`, `replace` or `tokenize`.
#[derive(Debug)]
pub(crate) struct RegexSite {
    pool: Arc<NamePool>,
    /// Pattern and flags are literals; their syntax is checked, the rest waits for the first use.
    literal: Option<Translated>,
    compiled: OnceLock<Result<Arc<Regex>, XPathError>>,
    /// The first computed pattern and its flags: nearly always a constant held by a variable.
    first: OnceLock<(Box<str>, Box<str>, Arc<Regex>)>,
}

impl RegexSite {
    pub(crate) fn new(
        pool: &Arc<NamePool>,
        literal: Option<(&str, &str)>,
    ) -> Result<Self, XPathError> {
        let literal = literal
            .map(|(pattern, flags)| translate(pattern, flags))
            .transpose()?;
        let (compiled, first) = (OnceLock::new(), OnceLock::new());
        Ok(Self {
            pool: Arc::clone(pool),
            literal,
            compiled,
            first,
        })
    }

    pub(crate) fn literal(&self) -> Option<Result<Arc<Regex>, XPathError>> {
        let literal = self.literal.as_ref()?;
        Some(
            self.compiled
                .get_or_init(|| self.pool.regexes().get(literal))
                .clone(),
        )
    }

    pub(crate) fn computed(&self, pattern: &str, flags: &str) -> Result<Arc<Regex>, XPathError> {
        if let Some((p, f, regex)) = self.first.get()
            && (&**p, &**f) == (pattern, flags)
        {
            return Ok(Arc::clone(regex));
        }
        let regex = self.pool.regexes().get(&translate(pattern, flags)?)?;
        self.first
            .get_or_init(|| (pattern.into(), flags.into(), Arc::clone(&regex)));
        Ok(regex)
    }
}
