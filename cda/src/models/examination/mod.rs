//! The mandatory examinations of the child: calendar, record, report, and the certificate that some of
//! them call for.
//!
//! - [`examinations`] is the calendar in force at a date, [`Examination::certificate`] the certificate
//!   that an examination calls for (requirements LGC.CSE.04, LGC.CSE.09, SC.CDA/DD.20);
//! - [`ExaminationRecord`] is what an examination recorded: nothing in it is mandatory, and a vendor
//!   adds questions of their own (LGC.CSE.14);
//! - [`ExaminationRecord::lines`] is everything that a report shows, what is not filled in too, and
//!   [`ExaminationRecord::to_document`] the report as a document of level 1 (N1);
//! - [`ExaminationRecord::certificate`] is the draft of the certificate with what is known, of which
//!   [`CertificateDraft::missing`](super::certificates::CertificateDraft::missing) tells what is left
//!   to ask (LGC.CSE.15, SC.DOC.03).

mod calendar;
mod prefill;
mod record;

pub(in crate::models) use calendar::reached;
pub use calendar::{AgeUnit, Examination, Window, examination, examinations};
pub use prefill::antigen_doses;
pub use record::{
    BirthRecord, ChildRecord, ExaminationRecord, ParentsRecord, Question, ReportLine,
};
