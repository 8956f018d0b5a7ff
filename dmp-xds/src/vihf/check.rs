//! What a VIHF must be before it is written.

use segur_core::{Coded, Oid, ProfessionalId, StructureId};

use super::model::SECTOR_SYSTEM;
use super::{AccessMode, AuthenticationMode, AuthnClass, Vihf, VihfSettings, names};
use crate::metadata::{Cx, Fault, Problem};
use crate::transaction::Transaction;

/// The object that problems of a VIHF name.
const OBJECT: &str = "VIHF";

impl Vihf {
    /// Everything that keeps it from being written, in the order of the attributes; empty when nothing does.
    #[must_use]
    pub fn check(&self, settings: &VihfSettings) -> Vec<Problem> {
        let mut found = Problems::default();
        found.subject(self);
        found.structure(self);
        found.user(self);
        found.text(
            names::VERSION,
            &settings.version,
            "the version of the VIHF: 3.0",
        );
        found.mode(self);
        found.patient(self.patient.as_ref());
        found.access(self);
        found.software(self);
        found.0
    }

    /// The same, and what this transaction forbids or asks for: no submission by AIR (PDT-INF-606, page 2), a patient but for the list of
    /// records (TD0.4).
    #[must_use]
    pub fn check_for(&self, transaction: Transaction, settings: &VihfSettings) -> Vec<Problem> {
        let mut found = Problems(self.check(settings));
        let reinforced = self.authentication.mode == AuthenticationMode::Reinforced;
        if transaction == Transaction::Submit && reinforced {
            found.push(
                names::MODE,
                Fault::Conflict,
                "DIRECTE or INDIRECTE: AIR may not submit (TD2.1, TD2.2)",
            );
        }
        if self.patient.is_none() && transaction != Transaction::ListPatients {
            found.missing(
                names::RESOURCE_ID,
                "the patient's INS: the transaction is about a record",
            );
        }
        found.0
    }
}

#[derive(Default)]
struct Problems(Vec<Problem>);

impl Problems {
    fn push(&mut self, field: &'static str, fault: Fault, expected: &'static str) {
        self.0.push(Problem {
            object: OBJECT.to_owned(),
            field,
            fault,
            expected,
        });
    }

    fn missing(&mut self, field: &'static str, expected: &'static str) {
        self.push(field, Fault::Missing, expected);
    }

    fn text(&mut self, field: &'static str, text: &str, expected: &'static str) {
        if text.trim().is_empty() {
            self.missing(field, expected);
        } else if is_padded(text) {
            self.push(field, Fault::Form, "no white space around it");
        }
    }

    fn subject(&mut self, vihf: &Vihf) {
        let expected = "PS_IdNat of the user: 8 and the RPPS number, 0 and the ADELI number, 3 FINESS / internal number";
        let id = vihf.user.id.as_str();
        if id.is_empty() {
            self.missing(names::NAME_ID, expected);
        } else if ProfessionalId::read(id).is_err() || !is_identifier(id) {
            self.push(names::NAME_ID, Fault::Form, expected);
        }
    }

    fn structure(&mut self, vihf: &Vihf) {
        let structure = &vihf.structure;
        let expected = "Struct_IdNat of the structure: 1 FINESS, 3 SIRET, 4 RPPS and rank, ...";
        let id = structure.id.as_str();
        // Without a digit of a kind before it, it is a technical identifier.
        let national = id.starts_with(['0', '1', '2', '3', '4']);
        if id.is_empty() {
            self.missing(names::STRUCTURE, expected);
        } else if !is_identifier(id) || (national && StructureId::read(id).is_err()) {
            self.push(names::STRUCTURE, Fault::Form, expected);
        }
        let expected = "a sector of activity (SA07) of code system 1.2.250.1.71.4.2.4";
        let sector = &structure.sector;
        if sector.code.is_empty() {
            self.missing(names::SECTOR, expected);
        } else if sector.system != SECTOR_SYSTEM || !is_code(&sector.code) {
            self.push(names::SECTOR, Fault::Form, expected);
        }
    }

    fn user(&mut self, vihf: &Vihf) {
        let (user, mode) = (&vihf.user, vihf.authentication.mode);
        match &user.name {
            Some(name) => self.text(names::SUBJECT_ID, name, "name of the user, or nothing"),
            None if user.is_automate() => {
                self.missing(names::SUBJECT_ID, "software and model of the device");
            }
            None if mode != AuthenticationMode::Direct => {
                self.missing(
                    names::SUBJECT_ID,
                    "first name and name of the user, whom no card names",
                );
            }
            None => {}
        }
        self.coded(
            &user.role,
            "the profession, with its code system and its label",
        );
        match &user.specialty {
            Some(_) if user.is_automate() => {
                self.push(names::ROLE, Fault::Conflict, "a device has no specialty");
            }
            Some(specialty) => {
                self.coded(
                    specialty,
                    "the specialty, with its code system and its label",
                );
            }
            None if user.needs_specialty() => {
                self.missing(
                    names::ROLE,
                    "a second value: the specialty of a physician or a pharmacist",
                );
            }
            None => {}
        }
    }

    fn coded(&mut self, coded: &Coded, expected: &'static str) {
        let label = coded.display.as_deref().unwrap_or_default();
        if coded.code.is_empty() || coded.system.is_empty() || label.trim().is_empty() {
            self.missing(names::ROLE, expected);
        } else if !is_code(&coded.code) || Oid::parse(&coded.system).is_err() {
            self.push(names::ROLE, Fault::Form, expected);
        }
    }

    fn mode(&mut self, vihf: &Vihf) {
        let authentication = &vihf.authentication;
        let mode = authentication.mode;
        if vihf.user.is_automate() && mode != AuthenticationMode::Indirect {
            self.push(
                names::MODE,
                Fault::Conflict,
                "INDIRECTE for a device: it has no card and is nobody to authenticate",
            );
        }
        if mode == AuthenticationMode::Direct && authentication.class != AuthnClass::Smartcard {
            self.push(
                names::CLASS,
                Fault::Conflict,
                "SmartcardPKI: the user's card vouches",
            );
        }
        if let AuthnClass::Other(uri) = &authentication.class {
            self.text(names::CLASS, uri, "a class of authentication, a URI");
        }
        match &authentication.declaration {
            Some(text) if mode == AuthenticationMode::Reinforced => {
                self.text(names::DECLARATION, text, "APP_BROWSER_AUTH");
            }
            Some(_) => self.push(names::DECLARATION, Fault::Conflict, "nothing but in AIR"),
            None if mode == AuthenticationMode::Reinforced => {
                self.missing(names::DECLARATION, "APP_BROWSER_AUTH in AIR");
            }
            None => {}
        }
    }

    fn patient(&mut self, patient: Option<&Cx>) {
        let national = |cx: &Cx| {
            cx.is_complete() && is_identifier(&cx.id) && cx.id_type.as_deref() == Some("NH")
        };
        if patient.is_some_and(|cx| !national(cx)) {
            self.push(
                names::RESOURCE_ID,
                Fault::Form,
                "the patient's INS: identifier^^^&OID&ISO^NH",
            );
        }
    }

    fn access(&mut self, vihf: &Vihf) {
        let access = &vihf.access;
        let breaks = access.mode == AccessMode::BreakGlass;
        if breaks && !access.has_reason() {
            self.missing(names::REASON, "why the glass is broken");
        }
        if !breaks && access.reason.is_some() {
            self.push(
                names::REASON,
                Fault::Conflict,
                "a reason in break-glass only",
            );
        }
    }

    fn software(&mut self, vihf: &Vihf) {
        let software = &vihf.software;
        if let Some(id) = &software.id {
            self.text(
                names::SOFTWARE_ID,
                id,
                "the serial number of the installation, or nothing",
            );
        }
        self.text(
            names::SOFTWARE_NAME,
            &software.name,
            "the name of the software",
        );
        self.text(
            names::SOFTWARE_VERSION,
            &software.version,
            "the version of the software",
        );
        self.text(
            names::HOMOLOGATION,
            &software.homologation,
            "the number of the homologation for the DMP",
        );
    }
}

fn is_padded(text: &str) -> bool {
    text.trim().len() != text.len()
}

/// Letters, digits, and the slash and the like that internal numbers hold; no separator of HL7, no white space.
fn is_identifier(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    text.chars().all(allowed)
}

fn is_code(text: &str) -> bool {
    is_identifier(text)
}
