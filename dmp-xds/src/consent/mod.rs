//! What the patient said of their DMP, and what follows: documents are fed unless they oppose, and read only once they were informed.
//!
//! A pure state per patient: keeping it, with who recorded it and when, and the trace of each access is the software's. What the DMP itself
//! knows (closed record, authorisation) comes on top: [`Situation`].
//!
//! Source: requirements SC.DMP/CONF.06 and SC.DMP/CONF.09 of the Ségur programme, wave 2, with the slides of the seminar of 27 June 2024.
//!
//! ```
//! use segur_dmp_xds::consent::{Consent, Reason, Step};
//! use segur_dmp_xds::vihf::Access;
//!
//! let consent = Consent::default();
//! assert!(consent.can_feed().allowed, "by default, without asking");
//! let decision = consent.can_consult(&Access::normal());
//! assert_eq!((decision.allowed, decision.reason), (false, Reason::NotInformed));
//!
//! let consent = consent.after(Step::Informed)?;
//! assert!(consent.can_consult(&Access::normal()).allowed);
//!
//! let consent = consent.after(Step::Opposed)?.after(Step::Feeding(false))?;
//! assert!(consent.can_feed().allowed, "opposed to consultation only");
//! assert!(!consent.can_consult(&Access::normal()).allowed);
//! assert!(consent.can_consult(&Access::break_glass("patient inconscient")).allowed);
//! # Ok::<(), segur_dmp_xds::consent::NotOpposed>(())
//! ```

mod decision;
mod situation;
mod state;

pub use decision::{Decision, Reason};
pub use situation::Situation;
pub use state::{Consent, NotOpposed, Step};
