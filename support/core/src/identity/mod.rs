//! Identity traits of a patient, with the spelling that INSi takes.

mod birth_date;
mod fold;
mod name;
mod sex;
mod traits;

pub use birth_date::BirthDate;
pub use fold::{fold_accents, search_key};
pub use name::{FamilyName, GivenName, GivenNames, NameError, NameProfile};
pub use sex::{Sex, UnknownSex};
pub use traits::Traits;
