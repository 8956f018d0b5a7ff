//! ISO Schematron with the XPath 2.0 query binding, native: compiled once, shared across threads
pub mod xpath;
