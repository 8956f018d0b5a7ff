//! Findings and reports: what a check found wrong, where, by which rule, and what it could not look at.

#[allow(clippy::module_inception)]
mod finding;
mod found;
mod location;
mod message;
mod report;
mod rule;
#[cfg(feature = "serde")]
mod serialize;
mod severity;

pub use finding::Finding;
pub use found::Found;
pub use location::Location;
pub use message::{Lang, Message, UnknownLang};
pub use report::{Counts, NotRun, Report};
pub use rule::RuleInfo;
#[cfg(feature = "serde")]
pub use serialize::{ReportSet, ReportView};
pub use severity::{Severity, UnknownSeverity};
