//! Schemas: from files to a resolved model.
//!
//! [`load`](load::load) reads a schema with everything it includes; [`expand`] instantiates
//! abstract patterns and abstract rules; the result is a [`Model`](model::Model): plain data,
//! which can be saved.

mod expand;
mod load;
pub(crate) mod model;
mod raw;

pub use load::LoadOptions;
pub(crate) use load::load;
