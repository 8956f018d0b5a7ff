//! The data types of CDA R2 (HL7 v3 data types R1), as plain structs.
//!
//! Each type is read from an element of the tree and written back through
//! [`CdaValue`](crate::tree::CdaValue). Fields are public; what the document does not say is `None`
//! or empty. A value that stands in the document but is not of its type (a date such as
//! `20251399`) is not guessed: the field stays empty and the reading says so.
//!
//! ```
//! use segur_cda::datatypes::{Cd, Ii, Pq};
//!
//! let weight = Pq::new("3900".parse()?, "g");
//! assert_eq!(weight.value.as_ref().map(|v| v.to_f64()), Some(3900.0));
//! let code = Cd::new("29463-7", "2.16.840.1.113883.6.1").with_display("Poids");
//! assert_eq!(code.display_name.as_deref(), Some("Poids"));
//! assert!(code.is("29463-7", "2.16.840.1.113883.6.1"));
//! # Ok::<(), segur_cda::datatypes::DecimalError>(())
//! ```

mod address;
mod coded;
mod codes;
mod decimal;
mod identifier;
mod name;
mod quantity;
mod telecom;
mod text;
mod time;
mod value;

pub use address::{Ad, AddressPart, AddressPartKind};
pub use coded::{Cd, Ce, Cr, Cs, Cv};
pub use codes::{
    AddressUse, CalendarCycle, NameQualifier, NameUse, NullFlavor, SetOperator, TelecomUse,
    TimingEvent,
};
pub use decimal::{Decimal, DecimalError};
pub use identifier::Ii;
pub use name::{En, NamePart, NamePartKind, On, Pn};
pub use quantity::{Bl, Int, IvlInt, IvlPq, IvlReal, Mo, Pq, Pqr, Real, RtoPqPq};
pub use telecom::Tel;
pub use text::{Ed, EdError, Representation, Sc, St};
pub use time::{Eivl, EventCode, IvlTs, Pivl, SxcmTs, Sxpr, TimeSpec, Ts};
pub use value::Value;
