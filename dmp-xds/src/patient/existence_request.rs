//! `PRPA_IN201307UV02`: does this patient have a DMP, and may I read it?

use super::check::Check;
use super::hl7v3::{coded, empty, once, patient_id, read_coded, write_patient};
use super::vocabulary::{HL7, REASONS};
use super::{InstanceId, MessageHead};
use crate::ebrim::Written;
use crate::error::{ReadError, WriteError};
use crate::metadata::Cx;
use crate::reading::{Reading, WarningKind, Warnings};
use crate::xml::{child, child_text, expect, parse, written};
use segur_core::Coded;
use segur_xml::{Node, XmlWriter};

pub(super) const NAME: &str = "PRPA_IN201307UV02";
/// Why: to know whether the record exists. The same message with `CNSLT_DATA` asks for administrative data (TD1.3a): not here.
pub(super) const TEST: Coded = Coded::fixed("TEST_EXST", REASONS, "Test d'existence de dossier");
const SEMANTICS: &str = "Patient.id";

/// The message of TD0.2. `Debug` hides the patient.
///
/// Source: `TD0.2 - Test d'existence_requête.xml` of the DMP vendor kit, and its `PRPA_IN201307UV02.xsd`. The empty `attentionLine` and
/// `dataSource` that the kit's tool writes are optional and left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ExistenceRequest {
    /// What the message begins with.
    pub head: MessageHead,
    /// Identifier of the query, of its own each time, under an OID of the vendor's.
    pub query: Option<InstanceId>,
    /// The patient, by matricule INS.
    pub patient: Option<Cx>,
}

impl ExistenceRequest {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or the message asks for something else.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, HL7, NAME)?;
        let mut warnings = Warnings::default();
        let head = MessageHead::read(node, NAME, &mut warnings);
        let act = child(node, HL7, NAME, "controlActProcess")?;
        let reason = once(act, "reasonCode", &mut warnings).and_then(read_coded);
        match reason {
            Some(reason) if reason.code == TEST.code => {
                if reason.system != TEST.system {
                    warnings.push(WarningKind::OtherCodeSystem, "", "reasonCode");
                }
            }
            _ => {
                return Err(ReadError::Missing {
                    element: NAME,
                    missing: "reasonCode TEST_EXST",
                });
            }
        }
        let by = child(act, HL7, "controlActProcess", "queryByParameter")?;
        let list = child(by, HL7, "queryByParameter", "parameterList")?;
        let identifier = once(list, "patientIdentifier", &mut warnings);
        let identifier = identifier.ok_or(ReadError::Missing {
            element: "parameterList",
            missing: "patientIdentifier",
        })?;
        let patient = once(identifier, "value", &mut warnings).map(patient_id);
        if child_text(identifier, HL7, "semanticsText").as_deref() != Some(SEMANTICS) {
            warnings.push(WarningKind::UnknownWord, "", "semanticsText");
        }
        let query = by.child(HL7, "queryId").map(InstanceId::read);
        for (field, there) in [("queryId", query.is_some()), ("value", patient.is_some())] {
            if !there {
                warnings.push(WarningKind::MissingField, "", field);
            }
        }
        Ok(warnings.with(Self {
            head,
            query,
            patient,
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
    /// An identifier, the time or the patient is missing or has another form; a text holds a character that XML cannot carry.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let mut check = Check::of(NAME);
        self.head.check(&mut check, true);
        check.instance("queryId", self.query.as_ref());
        check.patient("patientIdentifier", self.patient.as_ref());
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
        coded(w, "reasonCode", &TEST)?;
        w.start("queryByParameter")?;
        if let Some(query) = &self.query {
            query.write(w, "queryId")?;
        }
        empty(w, "statusCode", &[("code", "new")])?;
        w.start("parameterList")?.start("patientIdentifier")?;
        if let Some(patient) = &self.patient {
            write_patient(w, "value", patient)?;
        }
        w.start("semanticsText")?.text(SEMANTICS)?.end()?;
        w.end()?.end()?.end()?.end()?.end()?;
        Ok(())
    }
}
