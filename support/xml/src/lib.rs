//! A lossless XML tree: what is read and not touched is written back byte for byte.
//!
//! - Every node and attribute knows its bytes, line and column in the input.
//! - Order, prefixes, quotes, entity spellings, white space, comments and processing
//!   instructions are kept; so is the encoding (UTF-8, US-ASCII, ISO-8859-1, ISO-8859-15, UTF-16).
//! - [`Limits`] are always on. Document type declarations are refused. Nothing recurses.
//! - It checks that a document is well-formed and its namespaces too. It validates nothing else.
//!
//! ```
//! use segur_xml::Document;
//!
//! let source = b"<note xmlns='urn:x'>\n  <to code=\"a&amp;b\">Jean</to><!-- end -->\n</note>";
//! let doc = Document::parse(source)?;
//! let to = doc.root_element().child("urn:x", "to").ok_or("no addressee")?;
//! assert_eq!(to.attribute("code").as_deref(), Some("a&b"));
//! assert_eq!(to.text().as_deref(), None);
//! assert_eq!(to.string_value(), "Jean");
//! assert_eq!(to.path(), "/note/to");
//! assert_eq!((to.position().line, to.position().column), (2, 3));
//! assert_eq!(doc.to_bytes(), source);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

mod attribute;
mod axes;
mod chars;
mod cut;
mod data;
mod declaration;
mod decode;
mod document;
mod edit;
mod edit_error;
mod encoding;
mod error;
mod escape;
mod limits;
mod names;
mod node;
mod parse;
mod path;
mod source;
mod write;
mod writer;

pub use attribute::{Attribute, Attributes};
pub use axes::{Ancestors, Children, ChildrenNamed, Descendants, Elements};
pub use cut::{Pieces, cut};
pub use document::{Document, NameId, NodeId};
pub use edit_error::EditError;
pub use encoding::Encoding;
pub use error::{Construct, ErrorKind, XmlError};
pub use limits::Limits;
pub use node::{NamespaceDeclaration, Node, NodeKind};
pub use source::Position;
pub use writer::{WriteError, XmlWriter};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
