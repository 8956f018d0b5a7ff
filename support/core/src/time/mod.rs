//! Calendar dates and HL7 v3 timestamps.

#[cfg(feature = "chrono")]
mod chrono;
mod compare;
mod date;
mod parse;
mod timestamp;

pub use date::Date;
pub use parse::TimestampError;
pub use timestamp::{Offset, Precision, Timestamp};
