//! Errors of the schema loader and compiler.

use std::fmt;

use thiserror::Error;

/// A place in a schema file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// Name of the file, as the [`Source`](crate::Source) knows it.
    pub file: String,
    /// Line, from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Place {
    /// A place at a line and a column of a file.
    #[must_use]
    pub fn new(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self {
            file: file.into(),
            line,
            column,
        }
    }

    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self::new(file, 0, 0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            f.write_str(&self.file)
        } else {
            write!(f, "{}:{}:{}", self.file, self.line, self.column)
        }
    }
}

/// Why a schema could not be loaded or compiled. Each variant says where, and what would mend it.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SchemaError {
    /// A file that the schema needs is not there.
    #[error("{place}: {href} cannot be read ({reason}); add the file or remove the reference")]
    Missing {
        /// Who asked for it.
        place: Place,
        /// What was asked for.
        href: String,
        /// What the source said.
        reason: String,
    },
    /// A file is not well-formed XML, or exceeds a limit of the XML reader.
    #[error("{file}: not readable as XML")]
    Xml {
        /// The file.
        file: String,
        /// What the XML reader said, with line and column.
        #[source]
        source: segur_xml::XmlError,
    },
    /// The root element is not the one that was expected.
    #[error("{place}: expected {expected}, found <{found}>")]
    Unexpected {
        /// Where.
        place: Place,
        /// What was expected.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// An element or attribute that the standard requires is not there.
    #[error("{place}: <{element}> needs {what}")]
    Incomplete {
        /// Where.
        place: Place,
        /// The element concerned.
        element: String,
        /// What it lacks.
        what: &'static str,
    },
    /// Includes, abstract patterns or abstract rules that call each other in a circle.
    #[error("{place}: circular reference: {chain}")]
    Cycle {
        /// Where the circle closes.
        place: Place,
        /// The names on the way, separated by arrows.
        chain: String,
    },
    /// A reference to something that no file declares.
    #[error("{place}: {kind} `{name}` is not declared in this schema")]
    Unknown {
        /// Who asks for it.
        place: Place,
        /// Pattern, rule, phase, diagnostic or variable.
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// Something of XSLT or of another query language that this engine does not do: said, never
    /// guessed.
    #[error("{place}: {what} is not supported")]
    Unsupported {
        /// Where.
        place: Place,
        /// What.
        what: String,
    },
    /// A limit of [`LoadOptions`](crate::LoadOptions) is exceeded.
    #[error("{place}: more than {limit} {what}; raise the limit if the schema is trusted")]
    TooLarge {
        /// Where.
        place: Place,
        /// What is counted.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// An expression is not XPath 2.0, or uses what this engine does not know.
    #[error("{place}: in `{expression}`: {reason}")]
    Expression {
        /// Where the expression stands in its file.
        place: Place,
        /// The expression, cut to 200 characters.
        expression: String,
        /// What the XPath compiler said.
        reason: String,
    },
}

impl SchemaError {
    pub(crate) fn expression(place: Place, text: &str, reason: impl fmt::Display) -> Self {
        Self::Expression {
            place,
            expression: cut(text, 200),
            reason: reason.to_string(),
        }
    }
}

/// The first `max` characters, with an ellipsis when something was left out.
pub(crate) fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}
