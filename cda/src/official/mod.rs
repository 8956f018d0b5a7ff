//! The agency's own Schematron files (ansforge/TestContenuCDA), run as published.
//!
//! [`OfficialRules`] reads the published folder, or a set compiled from it, and runs on a document
//! what the agency's tool runs: the common files, the file of the document's model, and the
//! terminology check, which is native. The files are not part of this crate.

mod choice;
mod findings;
mod folder;
mod models;
mod rules;
mod saved;
mod standalone;
mod terminology;

pub use folder::{Repair, RepairKind};
pub use rules::{OfficialError, OfficialRules, OfficialRun, Problem, SchemaRun};
pub use saved::SavedError;
