//! Documents of the CI-SIS built from plain structs, and read back into them.
//!
//! Each model is a struct: what the model makes mandatory is not an `Option`. `to_document` first
//! checks what a struct cannot say (ranges, order of dates) and names the field that is wrong; then
//! it makes header, narrative and entries from the same content, with the links between them.
//! `from_document` reads anyone's document back into the struct.
//!
//! Sources: CI-SIS content models of the ANS, as in their published examples and rules.

pub mod certificates;
mod error;
pub mod examination;
mod frame;
mod measures;
mod parties;
mod rapid_test;
pub mod schedule;
mod table;
mod vaccination;

pub use error::ModelError;
pub use frame::Frame;
pub use measures::{ChildMeasures, Measure, MeasureKind};
pub use parties::{Patient, Practice, Professional, Sex};
pub use rapid_test::{Discipline, RapidTests, TestDevice, TestOutcome, TestResult, UdiAgency};
pub use table::{Edition, TableError};
pub use vaccination::{
    BoxError, BoxReading, Reaction, RecordedVaccine, ScannedBox, Vaccination, VaccinationHistory,
    VaccinationKind, VaccinationNote, Vaccine, VaccineCatalogue, VaccineGroups, VaccineProduct,
    VaccineTable,
};
