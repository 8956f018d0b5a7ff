//! How typed values and the lossless tree meet.
//!
//! - [`Element`]: a small owned element, the form in which every typed value is written;
//! - [`Reader`]: what reading collects beside the value ([`Tolerance`], [`Unknown`]);
//! - [`CdaValue`]: the one trait of everything that is read from and written to the tree;
//! - `patch`: how a changed value is carried into an existing document that is otherwise kept.

mod class;
mod code;
mod debug;
mod element;
mod mixed;
mod patch;
mod reader;
mod slot;
mod tag;
mod write;

pub use code::Code;
pub(crate) use code::code_enum;
pub(crate) use element::is_blank;
pub use element::{Attribute, AttributeValue, Content, Element};
pub use patch::UpdateError;
pub(crate) use patch::patch;
pub(crate) use reader::declared_type;
pub use reader::{Reader, Reading, Tolerance, ToleranceKind, Unknown};
pub use slot::CdaValue;
pub(crate) use slot::{AttributeSlot, AttributeText, Slot};
pub(crate) use tag::{CHOICE, Name, dicom, lab, pharm, sdtc, v3};
pub use tag::{DICOM_PS3_20, HL7, IHE_LAB, IHE_PHARM, SDTC, Tag, XSI};
pub use write::WriteError;
pub(crate) use write::document_bytes;

pub(crate) use class::{choice, class, datatype, structure};
pub(crate) use debug::{fmt_shape, masked_debug};
pub(crate) use mixed::{into, own_text, read_attributes};

/// Whether a field says nothing: descriptions leave it out.
#[cfg(feature = "serde")]
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
