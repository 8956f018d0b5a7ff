//! What the patient said of their DMP: documents are fed unless they oppose, and read only once they were informed.
//!
//! A pure state per patient: keeping it, with who recorded it and when, and the trace of each access is the software's. What follows from it
//! and from what the DMP itself knows (closed record, authorisation), [`patient::Situation`](crate::patient::Situation) says.
//!
//! Source: requirements SC.DMP/CONF.06 and SC.DMP/CONF.09 of the Ségur programme, wave 2, with the slides of the seminar of 27 June 2024.
//!
//! ```
//! use segur_dmp_xds::consent::{Consent, ConsentChange};
//!
//! let consent = Consent::default();
//! assert!(!consent.is_informed() && !consent.opposes_feeding());
//!
//! let consent = consent.after(ConsentChange::Opposed)?;
//! assert!(consent.opposes_feeding() && consent.opposes_consultation(), "both at first");
//!
//! let consent = consent.after(ConsentChange::Feeding(false))?;
//! assert!(!consent.opposes_feeding() && consent.opposes_consultation());
//! # Ok::<(), segur_dmp_xds::consent::NotOpposed>(())
//! ```

mod state;

pub use state::{Consent, ConsentChange, NotOpposed};
