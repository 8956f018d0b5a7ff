//! `patientList`: the DMPs that the professional may read.

use std::fmt;

use segur_xml::{Node, XmlWriter};

use super::ListedBy;
use super::check::Check;
use super::plain::{ServiceStatus, flag, known, leaf, option, output, time};
use super::vocabulary::PATIENTS;
use crate::ebrim::Written;
use crate::error::{ReadError, WriteError};
use crate::metadata::{Cx, Dtm, Fault};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::xml::{child_text, expect, parse, written};

const NAME: &str = "patientList";
const ANSWER: &str = "patientListResponse";
const ENTRY: &str = "patientlistData";
/// Identifiers of one patient that are read.
const MAX_IDS: usize = 32;

/// The message of TD0.4: DMPs that the professional may read and where something is new since a time.
///
/// Source: `TD0.4 - Liste des DMP autorisés_requête.xml` and `PatientsSpecific.wsdl` of the DMP vendor kit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct PatientListRequest {
    /// Since when, in UTC, to the second.
    pub since: Option<Dtm>,
    /// By which date.
    pub by: ListedBy,
}

impl PatientListRequest {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, PATIENTS, NAME)?;
        let mut warnings = Warnings::default();
        known(node, PATIENTS, &["startDate", "dateType"], &mut warnings);
        let since = time(node, PATIENTS, "startDate", &mut warnings);
        let by = child_text(node, PATIENTS, "dateType").unwrap_or_default();
        let by = ListedBy::read(&by);
        if since.is_none() {
            warnings.push(WarningKind::MissingField, "", "startDate");
        }
        if !by.is_known() {
            warnings.push(WarningKind::UnknownWord, "", "dateType");
        }
        Ok(warnings.with(Self { since, by }))
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
    /// The time is missing or less precise than a second, the word is none of the schema's.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(NAME);
        check.second("startDate", self.since.as_ref());
        if !self.by.is_known() {
            check.add("dateType", Fault::Form, "LASTAUTORIZATION or LASTDOC");
        }
        check.finish()?;
        written(|w| {
            w.start(NAME)?.attr("xmlns", PATIENTS)?;
            let since = self.since.map(|time| time.to_string());
            option(w, "startDate", since.as_deref())?;
            leaf(w, "dateType", self.by.as_str())?;
            w.end()?;
            Ok(())
        })
    }
}

/// A patient of the answer. `Debug` hides who it is.
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ListedPatient {
    /// Identifiers: matricule INS, and INS-C of old.
    pub ids: Vec<Cx>,
    /// Name in use.
    pub family: Option<String>,
    /// Birth name.
    pub birth_name: Option<String>,
    /// Given name.
    pub given: Option<String>,
    /// `M`, `Mme`.
    pub civility: Option<String>,
    /// Birth date.
    pub birth_date: Option<Dtm>,
    /// Whether the professional is the médecin traitant.
    pub treating_physician: Option<bool>,
    /// Element `message`, of which no source tells the meaning.
    pub unverified_message: Option<bool>,
    /// Last access, in UTC.
    pub last_access: Option<Dtm>,
    /// Last change, in UTC.
    pub last_update: Option<Dtm>,
    /// Newest document, in UTC.
    pub last_added: Option<Dtm>,
}

impl fmt::Debug for ListedPatient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListedPatient")
            .field("last_update", &self.last_update)
            .finish_non_exhaustive()
    }
}

impl ListedPatient {
    fn read(node: Node<'_>, warnings: &mut Warnings) -> Self {
        const NS: &str = PATIENTS;
        let names = [
            "patientIdentifier",
            "lastName",
            "patronymicalName",
            "firstName",
            "civility",
            "dateOfBirth",
            "MT",
            "message",
            "lastAccessDate",
            "lastUpdateDate",
            "lastAddDate",
        ];
        known(node, NS, &names, warnings);
        let ids = node.children_named(NS, "patientIdentifier").take(MAX_IDS);
        let ids = ids.map(|one| {
            let part = |name| child_text(one, NS, name).unwrap_or_default();
            Cx::new(part("nationalId"), part("nationalIdType"), "NH")
        });
        let ids: Vec<Cx> = ids.collect();
        if ids.is_empty() {
            warnings.push(WarningKind::MissingField, "", "patientIdentifier");
        }
        Self {
            ids,
            family: child_text(node, NS, "lastName"),
            birth_name: child_text(node, NS, "patronymicalName"),
            given: child_text(node, NS, "firstName"),
            civility: child_text(node, NS, "civility"),
            birth_date: time(node, NS, "dateOfBirth", warnings),
            treating_physician: flag(node, NS, "MT", warnings),
            unverified_message: flag(node, NS, "message", warnings),
            last_access: time(node, NS, "lastAccessDate", warnings),
            last_update: time(node, NS, "lastUpdateDate", warnings),
            last_added: time(node, NS, "lastAddDate", warnings),
        }
    }

    fn check(&self, check: &mut Check) {
        if self.ids.is_empty() {
            check.add("patientIdentifier", Fault::Missing, "an identifier");
        }
        for id in &self.ids {
            check.text("nationalId", &id.id);
            check.oid("nationalIdType", id.oid());
        }
        let texts = [&self.family, &self.birth_name, &self.given, &self.civility];
        for text in texts.into_iter().flatten() {
            check.text("lastName", text);
        }
    }

    fn write(&self, w: &mut XmlWriter) -> Written {
        w.start(ENTRY)?;
        for id in &self.ids {
            w.start("patientIdentifier")?;
            leaf(w, "nationalId", &id.id)?;
            leaf(w, "nationalIdType", id.oid())?;
            w.end()?;
        }
        let text = |time: Option<Dtm>| time.map(|time| time.to_string());
        option(w, "lastName", self.family.as_deref())?;
        option(w, "patronymicalName", self.birth_name.as_deref())?;
        option(w, "firstName", self.given.as_deref())?;
        option(w, "civility", self.civility.as_deref())?;
        option(w, "dateOfBirth", text(self.birth_date).as_deref())?;
        // The schema requires these two.
        for (name, value) in [
            ("MT", self.treating_physician),
            ("message", self.unverified_message),
        ] {
            let value = value.unwrap_or(false);
            leaf(w, name, if value { "true" } else { "false" })?;
        }
        option(w, "lastAccessDate", text(self.last_access).as_deref())?;
        option(w, "lastUpdateDate", text(self.last_update).as_deref())?;
        option(w, "lastAddDate", text(self.last_added).as_deref())?;
        w.end()?;
        Ok(())
    }
}

/// The answer of TD0.4.
///
/// Source: `TD0.4 - Liste des DMP autorisés_réponse.xml` of the DMP vendor kit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct PatientList {
    /// The patients.
    pub patients: Vec<ListedPatient>,
    /// Whether the question was answered.
    pub status: ServiceStatus,
}

impl PatientList {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or an empty one.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, PATIENTS, ANSWER)?;
        let mut warnings = Warnings::default();
        let output = output(node, PATIENTS, ANSWER)?;
        known(
            output,
            PATIENTS,
            &[ENTRY, "status", "context"],
            &mut warnings,
        );
        let patients = output.children_named(PATIENTS, ENTRY);
        let patients = patients.map(|one| ListedPatient::read(one, &mut warnings));
        let patients = patients.collect();
        let status = ServiceStatus::read(output, PATIENTS, &mut warnings);
        Ok(warnings.with(Self { patients, status }))
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
    /// An identifier is missing or has another form; a text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(ANSWER);
        self.status.check(&mut check);
        for one in &self.patients {
            one.check(&mut check);
        }
        check.finish()?;
        written(|w| {
            w.start(ANSWER)?.attr("xmlns", PATIENTS)?;
            w.start("output")?;
            for one in &self.patients {
                one.write(w)?;
            }
            self.status.write(w)?;
            w.end()?.end()?;
            Ok(())
        })
    }
}
