//! Identity of a patient: its status, its attributes and what may change them.
//!
//! ```
//! use segur_ins::identity::{Event, State, Status};
//!
//! let known = State::NEW.after(Event::ProofRecorded)?;
//! assert_eq!(known.status(), Status::Validee);
//! let qualified = known.after(Event::InsAccepted)?;
//! assert_eq!(qualified.status(), Status::Qualifiee);
//! let edited = qualified.after(Event::StrictTraitChanged)?;
//! assert_eq!(edited.status(), Status::Validee); // the INS no longer belongs to these traits
//! # Ok::<(), segur_ins::identity::Refusal>(())
//! ```

mod compare;
mod record;
mod state;
mod status;
mod trust;

pub(crate) use compare::text;
pub use compare::{Comparison, Difference, Line, Trait};
pub use record::{
    ApcvPerson, AuditEvent, Basis, By, ChangeError, Identity, InsAnswer, InsiCall, Proof, Role,
};
pub use state::{Attribute, Event, Refusal, State};
pub use status::{Attributes, Status};
pub use trust::TrustRegistry;
