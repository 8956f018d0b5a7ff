//! Checking documents: the rules that every document must respect, each with its id, place, cause and remedy.
//!
//! [`Validator`] runs, in this order, and no part stops the next:
//!
//! 1. the file: readable within the limits, one `ClinicalDocument`, unwrapped from its stylesheet;
//! 2. `structure`: what `CDA_extended.xsd` accepts;
//! 3. `datatypes`: the data types of the header, as far as the published rules bind them;
//! 4. `header`: the French header ("structuration minimale");
//! 5. `templates`: sections, entries and models of the child's, vaccination and screening documents;
//! 6. `strict`: in [`Profile::Strict`], what the published rules let pass;
//! 7. `official`: the agency's own Schematron files, when they are given.
//!
//! What could not be checked is listed in [`Report::not_run`]: a rule that did not run is not a pass.

mod catalogue;
mod context;
mod datatypes;
mod document;
mod header;
mod official;
mod options;
mod privacy;
mod profile;
mod strict;
mod structure;
mod templates;
mod value_sets;

pub use catalogue::{rule, rules};
pub use options::{FindingLimits, ModelChoice, ValidatorBuilder};
pub use profile::{Profile, UnknownProfile};
pub use value_sets::{BrokenValueSet, Concept, ValueSet, ValueSetError, ValueSets};

use context::{Context, Sink};
use options::Options;
use segur_core::Report;
use segur_xml::Document;

/// Checks documents. Built once, then shared: it holds settings and value sets, nothing of a document.
#[derive(Debug, Clone)]
pub struct Validator {
    options: Options,
}

impl Validator {
    /// A validator to be configured.
    pub fn builder() -> ValidatorBuilder {
        ValidatorBuilder::default()
    }

    /// The profile it checks.
    pub fn profile(&self) -> Profile {
        self.options.profile
    }

    /// Checks a file. What cannot be read is a fatal finding, never an error.
    pub fn validate_bytes(&self, bytes: &[u8]) -> Report {
        match Document::parse_with(bytes, &self.options.limits) {
            Ok(document) => self.validate(&document),
            Err(error) => {
                let mut report = self.report();
                report.findings.push(document::unreadable(&error));
                report
            }
        }
    }

    /// Checks a document that was read already.
    pub fn validate(&self, document: &Document) -> Report {
        let mut report = self.report();
        let root = match document::clinical_document(document) {
            Ok(root) => root,
            Err(finding) => {
                report.findings.push(*finding);
                return report;
            }
        };
        let context = Context {
            root,
            value_sets: self.options.value_sets.as_deref(),
            model: &self.options.model,
        };
        let mut sink = Sink::new(root, self.options.findings);
        structure::check(document, &context, &mut sink);
        datatypes::check(document, &context, &mut sink);
        header::check(document, &context, &mut sink);
        templates::check(document, &context, &mut sink);
        if self.options.profile.is_strict() {
            strict::check(document, &context, &mut sink);
        }
        let official = self.options.official.as_deref();
        official::check(document, &context, official, &mut sink, &mut report);
        sink.finish(&mut report);
        report.sort_by_location();
        report
    }

    fn report(&self) -> Report {
        let mut report = Report::default();
        report.profile = Some(self.options.profile.to_string());
        report
    }
}
