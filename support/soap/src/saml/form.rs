//! How an assertion is spelled.

/// Prefixes and declarations of a written assertion: receivers differ in what they take.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssertionForm {
    /// The prefix of the elements (default `saml`); none declares SAML as the default namespace, and then elements in
    /// attribute values must declare theirs, an empty one included.
    pub prefix: Option<String>,
    /// Further namespaces declared on the assertion, as prefix and namespace (default none), for values that use them and
    /// for an InclusiveNamespaces list.
    pub namespaces: Vec<(String, String)>,
    /// Writes `xsi:type="xsd:string"` on values that are texts, and declares both prefixes (default no).
    pub typed_texts: bool,
}

impl Default for AssertionForm {
    fn default() -> Self {
        Self {
            prefix: Some("saml".into()),
            namespaces: Vec::new(),
            typed_texts: false,
        }
    }
}

impl AssertionForm {
    /// The default, with another prefix; an empty one declares the default namespace.
    #[must_use]
    pub fn prefixed(prefix: &str) -> Self {
        Self {
            prefix: Some(prefix.to_owned()).filter(|prefix| !prefix.is_empty()),
            ..Self::default()
        }
    }

    /// The name of an element as it is written.
    pub(super) fn name(&self, local: &str) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix}:{local}"),
            None => local.to_owned(),
        }
    }
}
