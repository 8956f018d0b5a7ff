//! `PRPA_IN201314UV02`: closes the DMP of a patient.

use std::fmt;

use segur_core::{Coded, known_oids};
use segur_xml::{Node, XmlWriter};

use super::check::Check;
use super::existence_write::reason_of;
use super::hl7v3::{coded, empty, once, patient_id, read_coded, write_patient};
use super::vocabulary::{CLOSED_AT_THE_PATIENTS_REQUEST, CLOSURE_REASONS, HL7, REASONS};
use super::{InstanceId, MessageHead, PersonName};
use crate::ebrim::Written;
use crate::error::{ReadError, WriteError};
use crate::metadata::{Cx, Fault};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::xml::{child, child_text, expect, parse, written};

pub(super) const NAME: &str = "PRPA_IN201314UV02";
/// The same message with `REAC` opens a record again, with `MODIF_DATA` it changes administrative data: not here.
pub(super) const CLOSE: Coded = Coded::fixed("FERM", REASONS, "Fermeture de dossier");

/// The message of TD1.4: the patient asks for the DMP to be closed. It cannot be read from then on.
///
/// The DMP takes it for a DMP that is not part of a Mon espace santé; of the others the patient disposes there (note 10 of the rights matrix
/// PDT-INF-526 v1.8, of which the row itself is no longer in that version: ask the DMP before you build on it).
///
/// Source: `TD1.4 - Fermer_requête.xml` and `MessageBuilder.cs` of the DMP vendor kit, and its `PRPA_IN201314UV02.xsd`. The code of the author
/// is written as the sample code has it (code and code system); the sample message has an OID in the place of the code. `Debug` hides persons.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ClosureRequest {
    /// What the message begins with.
    pub head: MessageHead,
    /// The patient, by matricule INS.
    pub patient: Option<Cx>,
    /// The patient's name.
    pub name: PersonName,
    /// Who closes it.
    pub author: ClosureAuthor,
    /// Why: a code of [`CLOSURE_REASONS`].
    pub reason: Coded,
    /// Why, in words.
    pub text: Option<String>,
}

/// The professional who closes a DMP. `Debug` shows identifiers of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ClosureAuthor {
    /// PS_IdNat.
    pub id: String,
    /// Family name under which the professional practises.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Specialty (`G15_10/SM26`).
    pub specialty: Option<Coded>,
    /// Struct_IdNat of the structure.
    pub structure_id: String,
    /// Name of the structure.
    pub structure_name: String,
}

impl Default for ClosureRequest {
    /// At the patient's request; everything else is missing.
    fn default() -> Self {
        Self {
            head: MessageHead::default(),
            patient: None,
            name: PersonName::default(),
            author: ClosureAuthor::default(),
            reason: CLOSED_AT_THE_PATIENTS_REQUEST,
            text: None,
        }
    }
}

impl fmt::Debug for ClosureRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClosureRequest")
            .field("head", &self.head)
            .field("author", &self.author)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl ClosureRequest {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or the message asks for something else.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, HL7, NAME)?;
        let mut warnings = Warnings::default();
        let act = child(node, HL7, NAME, "controlActProcess")?;
        let why = once(act, "reasonCode", &mut warnings).and_then(read_coded);
        if why.is_none_or(|why| why.code != CLOSE.code) {
            return Err(ReadError::Missing {
                element: NAME,
                missing: "reasonCode FERM",
            });
        }
        let subject = child(act, HL7, "controlActProcess", "subject")?;
        let request = child(subject, HL7, "subject", "registrationRequest")?;
        let patient = request
            .child(HL7, "subject1")
            .and_then(|node| node.child(HL7, "patient"));
        let id = patient.and_then(|node| once(node, "id", &mut warnings));
        let name = patient
            .and_then(|node| node.child(HL7, "patientPerson"))
            .and_then(|node| node.child(HL7, "name"));
        let author = request
            .child(HL7, "author")
            .and_then(|node| node.child(HL7, "assignedEntity"));
        let issue = act
            .child(HL7, "reasonOf")
            .and_then(|node| node.child(HL7, "detectedIssueEvent"));
        let reason = issue
            .and_then(|node| node.child(HL7, "code"))
            .and_then(read_coded);
        for (field, there) in [
            ("patient/id", id.is_some()),
            ("author", author.is_some()),
            ("reasonOf", reason.is_some()),
        ] {
            if !there {
                warnings.push(WarningKind::MissingField, "", field);
            }
        }
        let head = MessageHead::read(node, NAME, &mut warnings);
        Ok(warnings.with(Self {
            head,
            patient: id.map(patient_id),
            name: name.map(PersonName::read).unwrap_or_default(),
            author: author.map(ClosureAuthor::read).unwrap_or_default(),
            reason: reason.unwrap_or_else(|| Coded::new("", "")),
            text: issue.and_then(|node| child_text(node, HL7, "text")),
        }))
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
    /// Something is missing or has another form; a text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(NAME);
        self.head.check(&mut check, true);
        check.patient("patient/id", self.patient.as_ref());
        self.name.check(&mut check, "patientPerson/name");
        self.author.check(&mut check);
        check.text("reasonOf", &self.reason.code);
        if self.reason.system != CLOSURE_REASONS {
            check.add("reasonOf", Fault::Form, "a reason to close a DMP");
        }
        if let Some(text) = &self.text {
            check.text("reasonOf/text", text);
        }
        check.finish()?;
        written(|w| self.write(w))
    }

    fn write(&self, w: &mut XmlWriter) -> Written {
        w.start(NAME)?.attr("xmlns", HL7)?;
        w.attr("ITSVersion", "XML_1.0")?;
        self.head.write(w, NAME, true)?;
        w.start("controlActProcess")?
            .attr("classCode", "CACT")?
            .attr("moodCode", "EVN")?;
        coded(w, "reasonCode", &CLOSE)?;
        w.start("subject")?.attr("typeCode", "SUBJ")?;
        w.attr("contextConductionInd", "false")?;
        w.start("registrationRequest")?.attr("classCode", "REG")?;
        w.attr("moodCode", "RQO")?;
        empty(w, "statusCode", &[("code", "active")])?;
        w.start("subject1")?.attr("typeCode", "SBJ")?;
        w.start("patient")?.attr("classCode", "PAT")?;
        if let Some(patient) = &self.patient {
            write_patient(w, "id", patient)?;
        }
        empty(w, "statusCode", &[("code", "terminated")])?;
        w.start("patientPerson")?.attr("classCode", "PSN")?;
        w.attr("determinerCode", "INSTANCE")?;
        self.name.write(w)?;
        w.end()?.end()?.end()?;
        self.author.write(w)?;
        w.end()?.end()?;
        reason_of(w, &self.reason, self.text.as_deref())?;
        w.end()?.end()?;
        Ok(())
    }
}

impl ClosureAuthor {
    fn read(node: Node<'_>) -> Self {
        let name = node
            .child(HL7, "assignedPerson")
            .and_then(|node| node.child(HL7, "name"));
        let part = |part: &str| name.and_then(|node| child_text(node, HL7, part));
        let structure = node.child(HL7, "representedOrganization");
        let id = |node: Node<'_>| node.child(HL7, "id").map(InstanceId::read);
        let id = |node: Option<Node<'_>>| node.and_then(id).and_then(|id| id.extension);
        Self {
            id: id(Some(node)).unwrap_or_default(),
            family: part("family").unwrap_or_default(),
            given: part("given").unwrap_or_default(),
            specialty: node.child(HL7, "code").and_then(read_coded),
            structure_id: id(structure).unwrap_or_default(),
            structure_name: structure
                .and_then(|node| child_text(node, HL7, "name"))
                .unwrap_or_default(),
        }
    }

    fn check(&self, check: &mut Check) {
        for (field, text) in [
            ("author/id", &self.id),
            ("author/name", &self.family),
            ("author/name", &self.given),
            ("author/representedOrganization", &self.structure_id),
            ("author/representedOrganization", &self.structure_name),
        ] {
            check.text(field, text);
        }
        if let Some(specialty) = &self.specialty {
            check.text("author/code", &specialty.code);
            check.oid("author/code", &specialty.system);
        }
    }

    fn write(&self, w: &mut XmlWriter) -> Written {
        w.start("author")?.attr("typeCode", "AUT")?;
        w.start("assignedEntity")?.attr("classCode", "ASSIGNED")?;
        InstanceId::new(known_oids::PROFESSIONALS, &self.id).write(w, "id")?;
        if let Some(specialty) = &self.specialty {
            coded(w, "code", specialty)?;
        }
        w.start("assignedPerson")?.attr("classCode", "PSN")?;
        w.attr("determinerCode", "INSTANCE")?.start("name")?;
        w.start("family")?.text(&self.family)?.end()?;
        w.start("given")?.text(&self.given)?.end()?;
        w.end()?.end()?;
        w.start("representedOrganization")?
            .attr("classCode", "ORG")?;
        w.attr("determinerCode", "INSTANCE")?;
        InstanceId::new(known_oids::STRUCTURES, &self.structure_id).write(w, "id")?;
        w.start("name")?.text(&self.structure_name)?.end()?;
        empty(w, "contactParty", &[("classCode", "CON")])?;
        w.end()?.end()?.end()?;
        Ok(())
    }
}
