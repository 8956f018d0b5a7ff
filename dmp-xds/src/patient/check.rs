//! Checks before anything is written.

use segur_core::{Oid, Precision};

use super::InstanceId;
use crate::error::{Invalid, WriteError};
use crate::metadata::{Cx, Dtm, Fault, Problem};

/// Longest text of a field.
const TEXT: usize = 256;

/// Problems of one message.
pub(super) struct Check {
    object: &'static str,
    problems: Vec<Problem>,
}

impl Check {
    pub(super) fn of(object: &'static str) -> Self {
        Self {
            object,
            problems: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, field: &'static str, fault: Fault, expected: &'static str) {
        self.problems.push(Problem {
            object: self.object.to_owned(),
            field,
            fault,
            expected,
        });
    }

    pub(super) fn text(&mut self, field: &'static str, text: &str) {
        let got = text.chars().count();
        if got == 0 {
            self.add(field, Fault::Missing, "a text");
        } else if got > TEXT {
            let fault = Fault::TooLong { max: TEXT, got };
            self.add(field, fault, "a shorter text");
        } else if text.trim() != text {
            self.add(field, Fault::Form, "no white space around");
        }
    }

    pub(super) fn oid(&mut self, field: &'static str, text: &str) {
        if text.is_empty() {
            self.add(field, Fault::Missing, "an OID");
        } else if text.starts_with("urn:") || Oid::parse(text).is_err() {
            self.add(field, Fault::Form, "an OID");
        }
    }

    /// A matricule INS with its authority: these transactions know no other patients.
    pub(super) fn patient(&mut self, field: &'static str, patient: Option<&Cx>) {
        let expected = "a matricule INS of 15 characters with the OID of its authority";
        match patient {
            None => self.add(field, Fault::Missing, expected),
            Some(patient) if patient.ins().is_none() => {
                self.add(field, Fault::Form, expected);
            }
            Some(_) => {}
        }
    }

    /// An OID with an extension.
    pub(super) fn instance(&mut self, field: &'static str, id: Option<&InstanceId>) {
        match id {
            None => self.add(field, Fault::Missing, "an OID with an extension"),
            Some(id) => {
                self.oid(field, &id.root);
                match &id.extension {
                    Some(extension) => self.text(field, extension),
                    None => self.add(field, Fault::Missing, "an extension"),
                }
            }
        }
    }

    pub(super) fn second(&mut self, field: &'static str, time: Option<&Dtm>) {
        let expected = "a time in UTC to the second";
        match time {
            None => self.add(field, Fault::Missing, expected),
            Some(time) if time.precision() < Precision::Second => {
                self.add(field, Fault::Form, expected);
            }
            Some(_) => {}
        }
    }

    pub(super) fn finish(self) -> Result<(), WriteError> {
        Ok(Invalid::unless_empty(self.problems)?)
    }
}
