//! What a run gives.

use std::ops::Range;

use segur_xml::NodeId;

use crate::error::Place;

/// The result of one schema on one document.
///
/// Everything is in the order that the reference implementation (ISO skeleton in XSLT) gives:
/// pattern by pattern, inside a pattern in document order, inside a rule in the order of the
/// schema.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Outcome {
    /// The phase that was run; `None` when all patterns were active.
    pub phase: Option<String>,
    /// Indices, for [`Schema::pattern`](crate::Schema::pattern), of the active patterns.
    pub active: Vec<usize>,
    /// Every rule that fired.
    pub fired: Vec<Fired>,
    /// Failed assertions and successful reports.
    pub hits: Vec<Hit>,
    /// Checks that could not be run, with the reason: a check not run is no pass.
    pub skipped: Vec<Skipped>,
    /// A dynamic error that ended the run, as it ends the reference implementation's. Unless
    /// [`RunOptions::keep_going`](crate::RunOptions::keep_going), `hits` and `fired` are then empty.
    pub aborted: Option<Aborted>,
}

/// A rule that fired on a node.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fired {
    /// Index of the pattern in the schema.
    pub pattern: usize,
    /// Index of the rule in the pattern.
    pub rule: usize,
    /// The node; for an attribute, its element.
    pub node: NodeId,
    /// The range of [`Outcome::hits`] that this firing gave.
    pub hits: Range<usize>,
}

/// A failed assertion or a successful report.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Hit {
    /// Assertion or report.
    pub kind: HitKind,
    /// Index of the pattern in the schema.
    pub pattern: usize,
    /// Index of the rule in the pattern.
    pub rule: usize,
    /// `id` of the check.
    pub id: Option<String>,
    /// `role` (or `severity`) of the check, else of its rule, else of its pattern.
    pub role: Option<String>,
    /// `flag` of the check, else of its rule.
    pub flag: Option<String>,
    /// `see` of the check, else of its rule: where the rule is documented.
    pub see: Option<String>,
    /// The test, white space collapsed.
    pub test: String,
    /// The node concerned.
    pub spot: Spot,
    /// The message with its values filled in, white space collapsed, cut at
    /// [`RunOptions::max_text`](crate::RunOptions::max_text) characters. It may quote the document.
    pub text: String,
    /// The same message with `…` for what it would quote of the document: fit for logs.
    pub masked: String,
    /// Diagnostics that the check refers to.
    pub diagnostics: Vec<Note>,
    /// Properties that the check refers to.
    pub properties: Vec<Note>,
    /// Where the check is written.
    pub place: Place,
    /// The other document that was looked at, for a pattern with `documents`.
    pub document: Option<String>,
}

/// Which kind of check spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HitKind {
    /// `assert` whose test is false.
    FailedAssert,
    /// `report` whose test is true.
    SuccessfulReport,
}

/// A diagnostic or a property, filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Its `id`.
    pub id: String,
    /// Its text, white space collapsed.
    pub text: String,
}

/// A node of the document, in the notations that people and tools use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spot {
    /// Notation 2 of the ISO skeleton, for people: names as written, an index from the second on:
    /// `/ClinicalDocument/component[3]/section`.
    pub names: String,
    /// Notation 1 of the ISO skeleton, an XPath that needs no prefix:
    /// `/*:ClinicalDocument[namespace-uri()='urn:hl7-org:v3'][1]/…`.
    pub xpath: String,
    /// Line from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Byte range of the start tag, or of the attribute.
    pub span: Range<usize>,
}

/// A check, or a rule, that could not be run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// Index of the pattern in the schema.
    pub pattern: usize,
    /// Where the check or the rule is written.
    pub place: Place,
    /// Why: the file that is missing, for instance.
    pub reason: String,
    /// How many nodes it would have been run on.
    pub times: usize,
}

/// Why a run ended before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Aborted {
    /// What happened.
    pub cause: AbortCause,
    /// `id` of the pattern.
    pub pattern: Option<String>,
    /// Where the expression is written.
    pub place: Place,
    /// The node it was evaluated on.
    pub spot: Spot,
}

/// Causes of an abort.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AbortCause {
    /// A dynamic error of XPath, `XPTY0004` for instance.
    Dynamic {
        /// The error code of the XPath specification.
        code: String,
        /// What was wrong.
        message: segur_core::Message,
    },
    /// The fuel of [`RunOptions::fuel`](crate::RunOptions::fuel) is used up.
    Fuel,
    /// The caller asked to stop.
    Cancelled,
}

impl std::fmt::Display for AbortCause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Dynamic { code, message } => write!(f, "{code}, {}", message.en),
            Self::Fuel => f.write_str("the bound of the run was reached"),
            Self::Cancelled => f.write_str("cancelled"),
        }
    }
}
