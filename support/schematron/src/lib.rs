//! ISO Schematron with the XPath 2.0 query binding: compiled once, shared by threads, with the
//! verdicts of the ISO skeleton under an XSLT 2.0 processor.
//!
//! ```
//! use segur_schematron::{Compiler, MemorySource, RunOptions};
//! use segur_xml::Document;
//!
//! let source = MemorySource::new().with("demo.sch", r#"
//!   <schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
//!     <pattern id="names">
//!       <rule context="person">
//!         <assert test="name">person <value-of select="@id"/> has no name</assert>
//!       </rule>
//!     </pattern>
//!   </schema>"#);
//! let schema = Compiler::new(source).load("demo.sch")?;
//!
//! let document = Document::parse(b"<list><person id='1'/></list>")?;
//! let outcome = schema.run(&document, &RunOptions::default())?;
//! assert_eq!(outcome.fired.len(), 1);
//! assert_eq!(outcome.hits[0].spot.names, "/list/person");
//! assert_eq!(outcome.hits[0].text, "person 1 has no name");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | module | what |
//! |---|---|
//! | [`Source`], [`Folder`], [`MemorySource`] | where files come from |
//! | [`Compiler`], [`Schema`], [`LoadOptions`] | loading, compiling, saving |
//! | [`RunOptions`], [`Prepared`], [`Outcome`], [`Hit`] | running |
//! | [`svrl()`] | the report for existing viewers |
//! | [`xpath`] | the expression engine |
//!
//! Several schemas on one document: make the document ready once with [`Compiler::prepare`].
#![cfg_attr(docsrs, feature(doc_cfg))]

mod compile;
mod dispatch;
mod error;
mod location;
mod outcome;
mod run;
mod schema;
mod source;
mod store;
mod svrl;
pub mod xpath;

pub use compile::{Compiler, PatternInfo, RestoreError, RuleInfo, Schema};
pub use error::{Place, SchemaError};
pub use outcome::{AbortCause, Aborted, Fired, Hit, HitKind, Note, Outcome, Skipped, Spot};
pub use run::{PhaseChoice, Prepared, Progress, RunOptions, spot};
pub use schema::LoadOptions;
pub use source::{Folder, MemorySource, Source, join};
pub use svrl::{SVRL_NAMESPACE, SvrlOptions, svrl};
