//! The rules of the header as data, one file per part of the header.

mod document;
mod encounter;
pub(super) mod fragments;
mod patient;
mod people;
mod service_event;

pub(super) use document::CLINICAL_DOCUMENT;
