//! The patient's DMP: does it exist, may I read it, declare an authorisation, close it. HL7 v3 and the DMP's own messages, written, read and as
//! whole HTTP messages. No socket, no clock, no randomness.
//!
//! | transaction | message | here |
//! |---|---|---|
//! | TD0.2, existence test | `PRPA_IN201307UV02`, `PRPA_IN201308UV02` | [`ExistenceRequest`], [`Existence`] |
//! | TD0.3, own authorisation | `setAuthorization` | [`SetAuthorisation`], [`AuthorisationSet`] |
//! | TD0.4, DMPs that one may read | `patientList` | [`PatientListRequest`], [`PatientList`] |
//! | TD1.4, closure | `PRPA_IN201314UV02`, `PRPA_IN201315UV02` or `…16UV02` | [`ClosureRequest`], [`ClosureAnswer`] |
//! | TD1.6, who may read | `listAuthorizationByPatient` | [`ListAuthorisations`], [`Authorisations`] |
//!
//! [`Situation`] says what may be done next and why; [`KnownDmps`] keeps the answers for the screen.
//!
//! ```
//! use segur_core::Lang;
//! use segur_dmp_xds::consent::Consent;
//! use segur_dmp_xds::metadata::Cx;
//! use segur_dmp_xds::patient::{
//!     Authorisation, DmpStatus, Existence, ExistenceRequest, InstanceId, MessageHead, Party, Situation, Step, Verdict,
//! };
//! use segur_dmp_xds::vihf::Access;
//!
//! let request = ExistenceRequest {
//!     head: MessageHead {
//!         id: Some(InstanceId::new("1.2.250.1.999.1.1", "6ba7b810-9dad-41d1-80b4-00c04fd430c8")),
//!         created: Some("20240315093000".parse()?),
//!         sender: Party { oid: "1.2.250.1.999.1".into(), name: Some("Logiciel".into()) },
//!         ..MessageHead::default()
//!     },
//!     query: Some(InstanceId::new("1.2.250.1.999.1.2", "7ba7b810-9dad-41d1-80b4-00c04fd430c8")),
//!     patient: Some(Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH")),
//! };
//! assert!(request.to_xml()?.contains("TEST_EXST"));
//!
//! // The answer, here of a test server's making.
//! let head = request.head.answer(InstanceId::new("1.2.250.1.999.2", "1"), "20240315093001".parse()?);
//! let mut existence = Existence::of(&request, head, DmpStatus::Active);
//! existence.authorisation = Some(Authorisation::None);
//! let situation = Situation {
//!     existence: Some(&existence),
//!     qualified: true,
//!     consent: Consent::InformedNotOpposed,
//!     access: &Access::normal(),
//! };
//! assert_eq!(situation.feed(), Verdict::Allowed);
//! assert_eq!(situation.consult(), Verdict::First(Step::DeclareAuthorisation));
//!
//! let urgent = Situation { access: &Access::break_glass("patient inconscient"), ..situation };
//! assert_eq!(urgent.consult(), Verdict::Allowed);
//!
//! // Everything at once, for a screen that lists it.
//! let silent = Situation { consent: Consent::Unknown, ..situation };
//! let against = silent.against_consultation();
//! assert_eq!(against, [Verdict::First(Step::RecordConsent), Verdict::First(Step::DeclareAuthorisation)]);
//! assert_eq!(
//!     against[0].message().get(Lang::En),
//!     "Inform the patient first, and record that there is no objection to reading."
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Everything rests on the messages, WSDL, schemas and sample code of the DMP vendor kit (k-jefferson/Dehempe, `docs/package dmp/`); each type
//! names its source. What was read nowhere is named `unverified`.

mod advice;
mod authorisation;
mod authorisations;
mod check;
mod closure;
mod closure_answer;
mod code;
mod existence;
mod existence_read;
mod existence_request;
mod existence_write;
mod hl7v3;
mod known;
mod message;
mod name;
mod patient_list;
mod plain;
mod proof;
mod refusal;
mod sender;
pub mod vocabulary;

pub use advice::{Situation, Step, Verdict, Why};
pub use authorisation::{AuthorisationSet, SetAuthorisation};
pub use authorisations::{Authorisations, AuthorisedProfessional, ListAuthorisations};
pub use closure::{ClosureAuthor, ClosureRequest};
pub use closure_answer::ClosureAnswer;
pub use code::{
    AckKind, Authorisation, AuthorisationAction, AuthorisationMode, DmpCode, ListedBy, Processing,
    Role,
};
pub use existence::{Closure, DmpStatus, Existence};
pub use existence_request::ExistenceRequest;
pub use existence_write::TraitsNotToBeShown;
pub use hl7v3::{AckDetail, Acknowledgement, InstanceId, MessageHead, Party};
pub use known::{Known, KnownDmps};
pub use message::{IncomingPatient, PatientAnswer, PatientRequest, answer, request};
pub use name::PersonName;
pub use patient_list::{ListedPatient, PatientList, PatientListRequest};
pub use plain::ServiceStatus;
pub(crate) use proof::check_patient;
pub use proof::{Claimed, ProofMismatch, RESOURCE_ID};
pub use refusal::Refusal;
pub use sender::MessageSender;
