//! What could not be read or written.

use segur_xml::XmlError;

use crate::metadata::Problem;

/// Why bytes are no message of the kind asked for. Never quotes the message.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Not well-formed XML.
    #[error("the message is not well-formed XML")]
    Xml(#[from] XmlError),
    /// Another element than the one expected.
    #[error("element {expected} of {namespace} expected, {got} found")]
    Root {
        /// Local name expected.
        expected: &'static str,
        /// Namespace expected.
        namespace: &'static str,
        /// Local name found.
        got: String,
    },
    /// Something without which the message means nothing.
    #[error("{element} lacks {missing}")]
    Missing {
        /// The element.
        element: &'static str,
        /// The attribute or child that it lacks.
        missing: &'static str,
    },
    /// A submission has exactly one submission set.
    #[error("a submission has one submission set, this one has {got}")]
    SubmissionSets {
        /// How many there are.
        got: usize,
    },
    /// Inline content that is not base64.
    #[error("the content of a document is not base64")]
    Base64,
    /// A reference to a part that is no `cid:` reference.
    #[error(
        "the reference to a part of the message does not begin with cid: or is not percent-encoded"
    )]
    Reference(#[from] segur_soap::mtom::MtomError),
}

/// Why metadata or a message cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The metadata break rules; every problem is listed.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A text holds a character that XML cannot carry.
    #[error("the message cannot be written as XML")]
    Xml(#[from] segur_xml::WriteError),
    /// A document would stand in the message itself; it must be a part beside it (MTOM).
    #[error("document {id} must be a part beside the message, not base64 within it")]
    Inline {
        /// The id of the document entry.
        id: String,
    },
}

/// Metadata that break rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
#[non_exhaustive]
pub struct Invalid {
    /// Every problem, in the order of the objects.
    pub problems: Vec<Problem>,
}

impl Invalid {
    /// Nothing when there is no problem.
    pub(crate) fn unless_empty(problems: Vec<Problem>) -> Result<(), Invalid> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Invalid { problems })
        }
    }

    fn text(&self) -> String {
        let lines: Vec<String> = self.problems.iter().map(Problem::to_string).collect();
        lines.join("; ")
    }
}
