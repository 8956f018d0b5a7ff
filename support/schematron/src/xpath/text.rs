//! Strings that are borrowed from the document where they can be.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

/// A string read from a document, or shared.
#[derive(Clone)]
pub enum Text<'d> {
    /// A piece of the document.
    Borrowed(&'d str),
    /// Computed, or written in the expression.
    Shared(Arc<str>),
}

impl Text<'_> {
    pub(crate) const EMPTY: Self = Text::Borrowed("");
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(s) => s,
            Self::Shared(s) => s,
        }
    }
}

impl<'d> From<Cow<'d, str>> for Text<'d> {
    fn from(text: Cow<'d, str>) -> Self {
        match text {
            Cow::Borrowed(s) => Self::Borrowed(s),
            Cow::Owned(s) => Self::Shared(s.into()),
        }
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self::Shared(text.into())
    }
}

impl<'d> From<&'d str> for Text<'d> {
    fn from(text: &'d str) -> Self {
        Self::Borrowed(text)
    }
}

impl From<Arc<str>> for Text<'_> {
    fn from(text: Arc<str>) -> Self {
        Self::Shared(text)
    }
}

// The text may be a person's: only its length is shown.
impl std::fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({} bytes)", self.len())
    }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text<'_> {}
