//! What can go wrong with an expression, with the error code of the standards.

use std::borrow::Cow;

/// An expression that could not be compiled or evaluated.
///
/// `code` is the local name of an error of XPath 2.0 (`XPST0003`, `XPTY0004` …), of its function
/// library (`FORG0001` …) or, for bounds that are ours, `SEGURLIMIT`, `SEGURFUEL`, `SEGURCANCEL`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}{}: {en}", .offset.map(|o| format!(" at byte {o}")).unwrap_or_default())]
#[non_exhaustive]
pub struct XPathError {
    /// Error code.
    pub code: &'static str,
    /// Byte offset in the expression, when known.
    pub offset: Option<usize>,
    /// What happened and what to do, in French, without any value read from the document.
    pub fr: Cow<'static, str>,
    /// The same in English.
    pub en: Cow<'static, str>,
}

impl XPathError {
    /// An error that `code` names.
    pub fn new(
        code: &'static str,
        fr: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            offset: None,
            fr: fr.into(),
            en: en.into(),
        }
    }

    pub(crate) fn at(mut self, offset: usize) -> Self {
        self.offset.get_or_insert(offset);
        self
    }

    pub(crate) fn syntax(
        at: usize,
        fr: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new("XPST0003", fr, en).at(at)
    }

    /// A value of the wrong type or count.
    pub(crate) fn type_error(
        fr: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new("XPTY0004", fr, en)
    }

    pub(crate) fn limit(
        fr: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new("SEGURLIMIT", fr, en)
    }

    /// Whether a bound of ours was hit (size, fuel, cancellation) rather than a rule of XPath:
    /// such an error must end the run, also where XPath would recover.
    pub fn is_limit(&self) -> bool {
        self.code.starts_with("SEGUR")
    }
}
