//! The VIHF: the assertion (SAML 2.0) that says in the header of each call who asks, from where, for which patient and why.
//!
//! Checked before it is written, every problem told; read tolerantly, each tolerance named, so that test servers and support can look
//! into one. Where published messages disagree, [`VihfSettings`] has the choice with its default.
//!
//! Direct authentication, with the user's card:
//!
//! ```
//! use segur_core::{Ins, InsAuthority};
//! use segur_dmp_xds::metadata::Cx;
//! use segur_dmp_xds::vihf::{Access, Authentication, Issue, Software, Structure, User, Vihf, VihfSettings};
//! use segur_soap::saml::SamlTime;
//!
//! let ins = Ins::new("279035121518989".parse()?, InsAuthority::NirTest);
//! let vihf = Vihf {
//!     user: User::professional("899700000001", "10")
//!         .with_specialty("SM26", "Qualifié en Médecine Générale (SM)"),
//!     structure: Structure::new("499700000000001", "SA07"), // both as the card has them
//!     software: Software {
//!         name: "LOGICIEL FICTIF".into(),
//!         version: "1.0".into(),
//!         homologation: "NUM-HOMOLOGATION".into(),
//!         id: None,
//!     },
//!     patient: Some(Cx::from_ins(&ins)),
//!     authentication: Authentication::direct(),
//!     access: Access::normal(),
//!     secret: false,
//! };
//! // With features `client` and `signature`, VihfSource does what follows before each call, and signs with the card.
//! let issue = Issue::new(
//!     "_6ba7b810-9dad-41d1-80b4-00c04fd430c8",
//!     SamlTime::new("2026-11-28T10:15:00.000Z")?,
//!     "CN=899700000001,OU=Médecin,O=CABINET FICTIF,C=FR", // subject_name(certificate)
//! );
//! let markup = vihf.write(&issue, &VihfSettings::default())?;
//! assert!(markup.contains(r#"Name="Authentification_mode"><saml:AttributeValue>DIRECTE<"#));
//!
//! // Everything that is wrong is told at once, and no value is quoted.
//! let mut broken = vihf.clone();
//! broken.access = Access::break_glass(" ");
//! broken.user.specialty = None;
//! let error = broken.write(&issue, &VihfSettings::default()).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "VIHF: urn:oasis:names:tc:xacml:2.0:subject:role is missing (a second value: the specialty of a physician or a pharmacist); \
//!      VIHF: Mode_Acces_Raison is missing (why the glass is broken)"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A session of Pro Santé Connect, AIR: `User::from_psc` (feature `psc`) has the example; a new VIHF before each call: `VihfSource`
//! (features `client` and `signature`).
//!
//! What an access may do by the published matrices, [`crate::rights`] explains; what the patient said, [`crate::consent`].

mod access;
mod authentication;
mod check;
mod error;
mod model;
mod names;
mod profession;
#[cfg(feature = "psc")]
mod psc;
mod read;
mod settings;
#[cfg(all(feature = "client", feature = "signature"))]
mod source;
mod tolerance;
mod write;

pub use access::{Access, AccessMode};
pub use authentication::{Authentication, AuthenticationMode, AuthnClass};
pub use error::VihfError;
pub use model::{
    Issue, OTHER_ROLE_SYSTEM, PROFESSION_SYSTEM, SECTOR_SYSTEM, SPECIALTY_SYSTEM, Software,
    Structure, User, Vihf,
};
pub use profession::profession;
pub use read::ReadVihf;
pub use settings::{ModeAttribute, SystemNames, VihfSettings};
#[cfg(all(feature = "client", feature = "signature"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "client", feature = "signature"))))]
pub use source::VihfSource;
pub use tolerance::{VihfTolerance, VihfToleranceKind};
