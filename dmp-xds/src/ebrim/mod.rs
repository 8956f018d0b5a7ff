//! Metadata in their ebRIM 3.0 form.
//!
//! Two layers: [`ExtrinsicObject`] and its siblings carry the whole content of a message (an entry that is sent back to
//! the registry must come back as it was); [`RegistryContent`] and [`crate::metadata`] say what it means. Everything
//! that is read is accepted, with a [`Warning`](crate::Warning) for what is not as it should be.
//!
//! Source: ebRIM 3.0 (rim.xsd, lcm.xsd); IHE ITI TF-3, 4.2.

mod content;
mod entry;
mod fields;
mod message;
mod model;
mod package;
mod read;
mod write;

pub use content::RegistryContent;
pub(crate) use fields::code_classification;
pub use message::{ProvideAndRegisterRequest, SubmitObjectsRequest, SubmittedDocument};
pub use model::{
    Association, Classification, ExternalIdentifier, ExtrinsicObject, LocalizedString, Object,
    ObjectRef, RegistryObject, Slot, VersionInfo,
};
pub(crate) use read::{attribute as attribute_of, objects as read_objects, slot as read_slot};
pub(crate) use write::{
    Written, attribute as write_attribute, object_list as write_objects, slot as write_slot,
};
