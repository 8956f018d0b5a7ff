//! Where in a document.

use std::ops::Range;

/// A place in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Location {
    /// Path of the node: local names, `[n]` only for the second and further siblings of one name, an attribute as
    /// `/@name`. Example: `/ClinicalDocument/component[2]/@typeCode`.
    pub xpath: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Bytes of the original input that the place covers, when known.
    pub span: Option<Range<usize>>,
}

impl Location {
    /// A place without a byte range.
    pub fn new(xpath: impl Into<String>, line: u32, column: u32) -> Self {
        Location {
            xpath: xpath.into(),
            line,
            column,
            span: None,
        }
    }

    /// Adds the bytes of the original input that the place covers.
    #[must_use]
    pub fn with_span(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }
}
