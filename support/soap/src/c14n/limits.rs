//! What is held at most.

/// What a document may make the canonicaliser hold. Always on; how long the document and its texts are does not matter.
///
/// Depth, attributes and namespaces are those of [`segur_xml::Limits`], so that what is canonicalised in pieces can be read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CanonicalLimits {
    /// Bytes of one tag with its attributes, or of the name of an instruction (default 1 MiB).
    pub max_tag: usize,
    /// Bytes of the names and namespaces of all open elements together (default 1 MiB).
    pub max_open: usize,
    /// Bytes of the name of one namespace (default 2,048): names are compared with each other to sort attributes.
    pub max_namespace: usize,
    /// Elements open at the same time (default 256).
    pub max_depth: usize,
    /// Attributes of one element, namespace declarations not counted (default 256).
    pub max_attributes: usize,
    /// Namespace declarations of one element (default 64).
    pub max_namespaces: usize,
}

impl Default for CanonicalLimits {
    fn default() -> Self {
        let xml = segur_xml::Limits::default();
        Self {
            max_tag: 1 << 20,
            max_open: 1 << 20,
            max_namespace: 2_048,
            max_depth: xml.max_depth,
            max_attributes: xml.max_attributes,
            max_namespaces: xml.max_namespaces,
        }
    }
}
