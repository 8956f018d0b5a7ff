//! `listAuthorizationByPatient`: who may read the DMP of a patient, and whom the patient has blocked.

use std::fmt;

use segur_xml::{Node, XmlWriter};

use super::check::Check;
use super::plain::{ServiceStatus, known, leaf, option, output, time};
use super::vocabulary::HABILITATIONS;
use super::{AuthorisationMode, Role};
use crate::ebrim::Written;
use crate::error::{ReadError, WriteError};
use crate::metadata::{Dtm, Fault};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::xml::{child_text, expect, parse, written};

const NAME: &str = "listAuthorizationByPatient";
const ANSWER: &str = "listAuthorizationByPatientResponse";
const ENTRY: &str = "listOfAuthorizationByPatient";
/// Specialties and rights of one professional that are read.
const MAX: usize = 64;

/// The message of TD1.6. The patient stands in the VIHF alone.
///
/// Source: `TD1.6 - Liste des PS autorisés ou bloqués_requête.xml` and `Habilitations.wsdl` of the DMP vendor kit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ListAuthorisations {
    /// Which of them.
    pub mode: AuthorisationMode,
}

impl ListAuthorisations {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, HABILITATIONS, NAME)?;
        let mut warnings = Warnings::default();
        known(node, HABILITATIONS, &["mode"], &mut warnings);
        let mode = child_text(node, HABILITATIONS, "mode").unwrap_or_default();
        let mode = AuthorisationMode::read(&mode);
        if !mode.is_known() {
            warnings.push(WarningKind::UnknownWord, "", "mode");
        }
        Ok(warnings.with(Self { mode }))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// A mode that the schema does not have.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(NAME);
        if !self.mode.is_known() {
            check.add("mode", Fault::Form, "ACTIVE, INTERDITE or TOUTE");
        }
        check.finish()?;
        written(|w| {
            w.start(NAME)?.attr("xmlns", HABILITATIONS)?;
            leaf(w, "mode", self.mode.as_str())?;
            w.end()?;
            Ok(())
        })
    }
}

/// A professional, or a structure, of the answer. `Debug` hides who it is: whom a patient trusts or blocks is the patient's own affair.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct AuthorisedProfessional {
    /// Identifier: PS_IdNat.
    pub id: String,
    /// OID of its authority: `1.2.250.1.71.4.2.1` for professionals.
    pub id_authority: String,
    /// Given name.
    pub given: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// Codes of specialties (`G15_10/SM26`).
    pub specialty_codes: Vec<String>,
    /// Their labels, in the same order as far as the DMP keeps it.
    pub specialty_labels: Vec<String>,
    /// Since when, in UTC.
    pub since: Option<Dtm>,
    /// Last access, in UTC.
    pub last_action: Option<Dtm>,
    /// Authorised or blocked.
    pub mode: Option<AuthorisationMode>,
    /// Roles: médecin traitant.
    pub roles: Vec<Role>,
}

impl fmt::Debug for AuthorisedProfessional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorisedProfessional")
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl AuthorisedProfessional {
    /// A professional in a mode, with nothing else told.
    #[must_use]
    pub fn new(id: impl Into<String>, mode: AuthorisationMode) -> Self {
        Self {
            id: id.into(),
            id_authority: segur_core::known_oids::PROFESSIONALS.to_owned(),
            given: None,
            family: None,
            specialty_codes: Vec::new(),
            specialty_labels: Vec::new(),
            since: None,
            last_action: None,
            mode: Some(mode),
            roles: Vec::new(),
        }
    }

    fn read(node: Node<'_>, warnings: &mut Warnings) -> Self {
        const NS: &str = HABILITATIONS;
        let names = [
            "nationalId",
            "nationalIdType",
            "firstName",
            "lastName",
            "codeSpeciality",
            "libSpeciality",
            "startOfAuthorization",
            "lastActionDate",
            "mode",
            "specificRight",
        ];
        known(node, NS, &names, warnings);
        let texts = |name| -> Vec<String> {
            let all = node.children_named(NS, name).take(MAX);
            let all = all.map(|one| one.string_value().trim().to_owned());
            all.filter(|text| !text.is_empty()).collect()
        };
        let id = child_text(node, NS, "nationalId");
        if id.is_none() {
            warnings.push(WarningKind::MissingField, "", "nationalId");
        }
        Self {
            id: id.unwrap_or_default(),
            id_authority: child_text(node, NS, "nationalIdType").unwrap_or_default(),
            given: child_text(node, NS, "firstName"),
            family: child_text(node, NS, "lastName"),
            specialty_codes: texts("codeSpeciality"),
            specialty_labels: texts("libSpeciality"),
            since: time(node, NS, "startOfAuthorization", warnings),
            last_action: time(node, NS, "lastActionDate", warnings),
            mode: child_text(node, NS, "mode").map(|mode| AuthorisationMode::read(&mode)),
            roles: texts("specificRight")
                .iter()
                .map(|role| Role::read(role))
                .collect(),
        }
    }

    fn check(&self, check: &mut Check) {
        check.text("nationalId", &self.id);
        check.oid("nationalIdType", &self.id_authority);
        for text in [&self.given, &self.family].into_iter().flatten() {
            check.text("lastName", text);
        }
        for text in self.specialty_codes.iter().chain(&self.specialty_labels) {
            check.text("codeSpeciality", text);
        }
        let mode = self.mode.as_ref();
        if mode.is_some_and(|mode| !mode.is_known() || *mode == AuthorisationMode::All) {
            check.add("mode", Fault::Form, "ACTIVE or INTERDITE");
        }
        if self.roles.iter().any(|role| !role.is_known()) {
            check.add("specificRight", Fault::Form, "MEDECIN_TRAITANT");
        }
    }

    fn write(&self, w: &mut XmlWriter) -> Written {
        w.start(ENTRY)?;
        leaf(w, "nationalId", &self.id)?;
        leaf(w, "nationalIdType", &self.id_authority)?;
        option(w, "firstName", self.given.as_deref())?;
        option(w, "lastName", self.family.as_deref())?;
        for code in &self.specialty_codes {
            leaf(w, "codeSpeciality", code)?;
        }
        for label in &self.specialty_labels {
            leaf(w, "libSpeciality", label)?;
        }
        for (name, time) in [
            ("startOfAuthorization", self.since),
            ("lastActionDate", self.last_action),
        ] {
            option(w, name, time.map(|time| time.to_string()).as_deref())?;
        }
        let mode = self.mode.as_ref().map(AuthorisationMode::as_str);
        option(w, "mode", mode)?;
        for role in &self.roles {
            leaf(w, "specificRight", role.as_str())?;
        }
        w.end()?;
        Ok(())
    }
}

/// The answer of TD1.6.
///
/// Source: `TD1.6 - Liste des PS autorisés ou bloqués_réponse.xml` of the DMP vendor kit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Authorisations {
    /// The professionals and structures.
    pub entries: Vec<AuthorisedProfessional>,
    /// Whether the question was answered.
    pub status: ServiceStatus,
}

impl Authorisations {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or an empty one.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, HABILITATIONS, ANSWER)?;
        let mut warnings = Warnings::default();
        let output = output(node, HABILITATIONS, ANSWER)?;
        let names = [ENTRY, "status", "context"];
        known(output, HABILITATIONS, &names, &mut warnings);
        let entries = output.children_named(HABILITATIONS, ENTRY);
        let entries = entries.map(|one| AuthorisedProfessional::read(one, &mut warnings));
        let entries = entries.collect();
        let status = ServiceStatus::read(output, HABILITATIONS, &mut warnings);
        Ok(warnings.with(Self { entries, status }))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// The message in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// An identifier is missing, a word is none of the schema's; a text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(ANSWER);
        self.status.check(&mut check);
        for one in &self.entries {
            one.check(&mut check);
        }
        check.finish()?;
        written(|w| {
            w.start(ANSWER)?.attr("xmlns", HABILITATIONS)?;
            w.start("output")?;
            for one in &self.entries {
                one.write(w)?;
            }
            self.status.write(w)?;
            w.end()?.end()?;
            Ok(())
        })
    }
}
