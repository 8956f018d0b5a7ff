//! Record matching: whose record does a received identity belong to? (EXI REC 02, LGC.MDV.06)
//!
//! A Datamatrix was scanned, a document came in, INSi answered: [`Index::decide`] looks for the person among the records of the software,
//! first by matricule, OID and traits, then by traits, and says one of four things ([`Decision`]): this person, records to look at, nobody,
//! or a contradiction. Each candidate carries its [`Score`], line by line, for the screen. Nothing is merged here: opening a record
//! and importing traits stay acts of the user, and a match changes no status.
//!
//! ```
//! use segur_core::{BirthDate, Ins, InsAuthority};
//! use segur_ins::datamatrix::Payload;
//! use segur_ins::matching::{Decision, Index, Person, Policy, Record};
//!
//! let sarah = Person {
//!     ins: Some(Ins::new("277010115400329".parse()?, InsAuthority::Nir)),
//!     birth_name: Some("García-Hämmadi".parse()?),
//!     first_given_name: Some("Sarah Lou".parse()?), // the list says SARAH-LOU
//!     sex: Some("F".parse()?),
//!     birth_date: Some(BirthDate::parse("1977-01-21")?),
//!     ..Person::default()
//! };
//! let mut index = Index::new();
//! index.insert(Record::new("record 12", sarah));
//!
//! let scan = Payload::decode(
//!     "IS010000000000000000000000S1277010115400329S21.2.250.1.213.1.4.8\u{1d}\
//!      S3SARAH-LOU ANNA\u{1d}S4GARCIA-HAMMADI\u{1d}S5FS621-01-1977S701154",
//! )?;
//! let (received, unread) = Person::from_datamatrix(&scan.payload);
//! assert!(unread.is_empty());
//!
//! let Decision::Same(found) = index.decide(&received, &Policy::default()) else {
//!     return Err("her record was not found".into());
//! };
//! assert_eq!(found.record.key, "record 12");
//! for line in found.score.lines() {
//!     println!("{:>4}  {}", line.points, line.agreement.message().1);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How a decision is made
//! The decisive traits are birth name, first given name, sex and birth date ([`Trait::decides`](crate::identity::Trait::decides)).
//! - One record holds the matricule with its OID. Decisive traits agree: [`Decision::Same`]. One differs: [`Decision::Contradiction`]. One
//!   is not known on both sides: [`Decision::Review`].
//! - Several records hold it: [`Decision::Contradiction`].
//! - No record holds it, but one agrees on the decisive traits and holds another matricule of the same authority, and the known places of birth
//!   do not tell them apart: [`Decision::Contradiction`].
//! - Otherwise the records that score at least [`Policy::threshold`], agree on the decisive traits, or held the matricule in some other
//!   way, best first: [`Decision::Review`]. Traits alone are the same person only where [`Policy::accept_traits_alone`] says so.
//!
//! The points are a choice of this crate, not of a text: they order candidates. No text fixes them.

mod agreement;
mod compare;
mod decision;
mod index;
mod person;
mod policy;
mod score;
mod typing;

pub use agreement::{Agreement, Verdict};
pub use decision::{Candidate, Conflict, Decision};
pub use index::{Index, Search};
pub use person::{Person, Record};
pub use policy::Policy;
pub use score::{Contribution, Criterion, Score};
