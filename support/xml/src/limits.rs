/// What a document may hold before it is refused. Always on; the defaults fit every document of
/// the French agency many times over.
///
/// All limits are checked while reading, before the memory is taken.
///
/// ```
/// use segur_xml::{Document, Limits};
///
/// let mut limits = Limits::default();
/// limits.max_depth = 2;
/// assert!(Document::parse_with(b"<a><b/></a>", &limits).is_ok());
/// assert!(Document::parse_with(b"<a><b><c/></b></a>", &limits).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the input (default 64 MiB). Whatever the value, a document with more than
    /// 1 GiB of decoded text is refused.
    pub max_bytes: usize,
    /// Elements open at the same time (default 256).
    pub max_depth: usize,
    /// Attributes of one element, namespace declarations not counted (default 256).
    /// Whatever the value, never more than 65,535 with the declarations.
    pub max_attributes: usize,
    /// Namespace declarations of one element (default 64).
    pub max_namespaces: usize,
    /// Nodes and attributes of the document together (default 4,000,000).
    pub max_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 64 << 20,
            max_depth: 256,
            max_attributes: 256,
            max_namespaces: 64,
            max_nodes: 4_000_000,
        }
    }
}

/// Offsets are kept on 32 bits; half of that leaves room for edits.
pub(crate) const MAX_TEXT: usize = 1 << 30;
