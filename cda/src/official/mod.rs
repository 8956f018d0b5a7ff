//! The agency's own Schematron files (ansforge/TestContenuCDA), run as published.
//!
//! [`OfficialRules`] reads the published folder, or a set compiled from it, and runs on a document
//! what the agency's tool runs: the common files, the file of the document's model, and the
//! terminology check, which is native. The files are not part of this crate.
//!
//! A rule that cannot be run is never a pass: [`OfficialRun::not_run`] says so for a document, and
//! [`OfficialRules::contents`] for a whole set.
//!
//! ```no_run
//! use segur_cda::official::OfficialRules;
//! use segur_cda::validate::ModelChoice;
//! use segur_xml::Document;
//!
//! // the folder as downloaded; or, read in milliseconds, a file written by `rules.save("official.set")`
//! let rules = OfficialRules::open("TestContenuCDA-3-0")?;
//! let document = Document::parse(&std::fs::read("VSM.xml")?)?;
//! let run = rules.run(&document, &ModelChoice::Auto);
//! for finding in run.schemas.iter().flat_map(|schema| &schema.findings) {
//!     println!("{}: {}", finding.rule, finding.message.en);
//! }
//! for rule in &run.not_run {
//!     println!("not run: {}", rule.rule);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod choice;
mod contents;
mod findings;
mod folder;
mod models;
mod rules;
mod saved;
mod standalone;
mod terminology;

pub use contents::{Contents, MissingCodeList, MissingFile};
pub use folder::{Repair, RepairKind};
pub use rules::{OfficialError, OfficialRules, OfficialRun, Problem, SchemaRun};
pub use saved::SavedError;
