//! INS Datamatrix: the payload printed on the first page of a health document.
//!
//! The payload carries traits and never a status: a scan opens the right record or fills a new one (EXI REC 02), and
//! INSi still has to be called. Only a qualified identity may be printed.
//!
//! ```
//! use segur_core::Sex;
//! use segur_ins::datamatrix::Payload;
//!
//! let payload = Payload {
//!     matricule: "277010115400329".into(),
//!     oid: "1.2.250.1.213.1.4.8".into(),
//!     given_names: "SARAH-LOU ANNA".into(),
//!     family_name: "GARCIA-HAMMADI".into(),
//!     sex: Sex::Female,
//!     birth_date: chrono::NaiveDate::from_ymd_opt(1977, 1, 21).ok_or("date")?,
//!     birth_place: Some("01154".into()),
//! };
//! let text = payload.encode()?;
//! assert_eq!(text.len(), 121);
//!
//! let scan = Payload::decode(&text)?;
//! assert_eq!(scan.payload, payload);
//! assert!(scan.tolerances.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Source: "Format datamatrix INS" v2.2.20230926: a header of 26 characters, then fields `S1` to `S7`; `S1`, `S5`, `S6`
//! and `S7` have a fixed length, the others end at GS (0x1D), at their greatest length, or at the end.

mod decode;
mod encode;
mod field;
#[cfg(feature = "scan")]
pub mod scan;
#[cfg(feature = "symbol")]
mod symbol;

pub use decode::{DecodeError, Scan, Tolerance};
pub use encode::EncodeError;
pub use field::Field;
#[cfg(feature = "symbol")]
pub use symbol::{PrintSize, Symbol, SymbolError};

use chrono::NaiveDate;
use segur_core::{InsAuthority, Sex};

/// `IS`, version `01`, and zeros in the places that a signed 2D-Doc would use.
const HEADER: &str = "IS010000000000000000000000";
const GS: char = '\u{1d}';

/// What an INS Datamatrix says, as written.
///
/// `Debug` shows no trait of the person, and of the OID only whom it names: a broken scan can leave digits of the matricule there.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    /// `S1`: matricule INS with its key, 15 characters.
    pub matricule: String,
    /// `S2`: OID of the authority that assigned the matricule, 19 or 20 characters.
    pub oid: String,
    /// `S3`: list of birth given names, separated by a space, 1 to 100 characters of A-Z, space, apostrophe, hyphen.
    pub given_names: String,
    /// `S4`: birth name, same characters.
    pub family_name: String,
    /// `S5`. [`Sex::Undetermined`] cannot be written.
    pub sex: Sex,
    /// `S6`.
    pub birth_date: NaiveDate,
    /// `S7`: INSEE code of the place of birth, 5 characters. Optional when read, always written when known.
    pub birth_place: Option<String>,
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Payload")
            .field("authority", &InsAuthority::from_oid(&self.oid))
            .finish_non_exhaustive()
    }
}
