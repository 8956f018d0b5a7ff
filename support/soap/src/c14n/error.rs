//! Why a document has no canonical form.

use std::io;

use segur_xml::ErrorKind;

/// Why a document was not canonicalised. Texts name elements and attributes, never content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CanonicalError {
    /// It is not well-formed, in an encoding that is not read, or passes a limit of the tree.
    #[error("line {line}: {}", kind.en())]
    Xml {
        /// What is wrong; [`ErrorKind::fr`] says it in French.
        kind: Box<ErrorKind>,
        /// In which line.
        line: u64,
    },
    /// A tag is too long.
    #[error(
        "line {line}: a tag has more than {limit} bytes: check the producer, or raise the limit max_tag"
    )]
    TagTooLong {
        /// The limit.
        limit: usize,
        /// Where it begins.
        line: u64,
    },
    /// The open elements have too long names, or too many or too long namespaces.
    #[error(
        "line {line}: the names and namespaces of the open elements have more than {limit} bytes: check the producer, or raise the limit max_open"
    )]
    TooMuchOpen {
        /// The limit.
        limit: usize,
        /// Where it is passed.
        line: u64,
    },
    /// The name of a namespace is too long.
    #[error(
        "line {line}: the name of a namespace has more than {limit} bytes: check the producer, or raise the limit max_namespace"
    )]
    NamespaceTooLong {
        /// The limit.
        limit: usize,
        /// Where it is declared.
        line: u64,
    },
    /// The name of a namespace is relative: such a document has no canonical form (Canonical XML 1.0, section 1.3).
    #[error(
        "line {line}: the name of a namespace is relative, and the document has therefore no canonical form: write an absolute one (urn:, http:)"
    )]
    RelativeNamespace {
        /// Where it is declared.
        line: u64,
    },
    /// What takes the canonical form failed.
    #[error("the canonical form is not taken: {0}")]
    Write(#[from] io::Error),
    /// It failed before: nothing more is said of what came after.
    #[error("the canonicaliser failed before: begin again with a new one")]
    Failed,
}

impl CanonicalError {
    pub(super) fn xml(kind: ErrorKind, line: u64) -> Self {
        let kind = Box::new(kind);
        Self::Xml { kind, line }
    }
}

/// At most so many letters of a name in a text.
pub(super) fn clip(name: &str) -> String {
    name.chars().take(64).collect()
}
