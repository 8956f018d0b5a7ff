//! What the DMP answers to a closure: `PRPA_IN201315UV02` or `PRPA_IN201316UV02`, in a wrapper of its own.

use segur_xml::{Node, XmlWriter};

use super::check::Check;
use super::closure::CLOSE;
use super::existence_write::custodian;
use super::hl7v3::{coded, empty, write_patient};
use super::vocabulary::{GDP, HL7, XSI};
use super::{Acknowledgement, ClosureRequest, MessageHead};
use crate::ebrim::Written;
use crate::error::{ReadError, WriteError};
use crate::metadata::Fault;
use crate::reading::{Reading, WarningKind, Warnings};
use crate::xml::{parse, written};

const WRAPPER: &str = "PRPA_IN201314UV02_Response";
const DONE: &str = "PRPA_IN201315UV02";
const REFUSED: &str = "PRPA_IN201316UV02";

/// The answer of TD1.4. The patient's traits that it repeats are not read (RG_0320).
///
/// Source: `TD1.4 - Fermer_réponse.xml` of the DMP vendor kit; `PatientSoapService.cs` for the refusal, of which no message was read:
/// `DMPClosed` says that the DMP is closed already.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ClosureAnswer {
    /// What the message begins with.
    pub head: MessageHead,
    /// Whether the DMP was closed.
    pub acknowledgement: Acknowledgement,
}

impl ClosureAnswer {
    /// Whether the DMP was closed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.acknowledgement.is_accepted()
    }

    /// Reads the element, in its wrapper or alone, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        let other = || ReadError::Root {
            expected: WRAPPER,
            namespace: GDP,
            got: node.local_name().chars().take(60).collect(),
        };
        let mut warnings = Warnings::default();
        let inner = match (node.namespace(), node.local_name()) {
            (GDP, WRAPPER) => node.elements().next().ok_or_else(other)?,
            (HL7, _) => {
                warnings.push(WarningKind::MissingField, "", WRAPPER);
                node
            }
            _ => return Err(other()),
        };
        let name = match (inner.namespace(), inner.local_name()) {
            (HL7, DONE) => DONE,
            (HL7, REFUSED) => REFUSED,
            _ => return Err(other()),
        };
        let mut acknowledgement = Acknowledgement::read(inner, &mut warnings);
        if (name == DONE) != acknowledgement.is_accepted() {
            // Two words for it that contradict each other: it is not known to be done.
            warnings.push(WarningKind::UnknownWord, "", "acknowledgement");
            if acknowledgement.is_accepted() {
                acknowledgement.kind = super::AckKind::Other(REFUSED.to_owned());
            }
        }
        let head = MessageHead::read(inner, name, &mut warnings);
        Ok(warnings.with(Self {
            head,
            acknowledgement,
        }))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }

    /// For test servers: the message in UTF-8, without XML declaration. What was asked is repeated, as the DMP does; in a refusal the subject
    /// is empty.
    ///
    /// # Errors
    /// Something is missing or has another form; a text holds a character that XML cannot carry.
    pub fn to_xml(&self, request: &ClosureRequest) -> Result<String, WriteError> {
        let mut check = Check::of(WRAPPER);
        self.head.check(&mut check, false);
        self.acknowledgement.check(&mut check);
        if self.is_done() {
            check.patient("patient/id", request.patient.as_ref());
            request.name.check(&mut check, "patientPerson/name");
        } else if self.acknowledgement.details.is_empty() {
            check.add("acknowledgementDetail", Fault::Missing, "why it is refused");
        }
        check.finish()?;
        written(|w| self.write(w, request))
    }

    fn write(&self, w: &mut XmlWriter, request: &ClosureRequest) -> Written {
        let name = if self.is_done() { DONE } else { REFUSED };
        w.start(&format!("gdp:{WRAPPER}"))?.attr("xmlns:gdp", GDP)?;
        w.start(name)?.attr("xmlns", HL7)?.attr("xmlns:xsi", XSI)?;
        w.attr("ITSVersion", "XML_1.0")?;
        self.head.write(w, name, false)?;
        self.acknowledgement.write(w)?;
        w.start("controlActProcess")?
            .attr("classCode", "CACT")?
            .attr("moodCode", "EVN")?;
        coded(w, "reasonCode", &CLOSE)?;
        w.start("subject")?.attr("typeCode", "SUBJ")?;
        if self.is_done() {
            w.attr("contextConductionInd", "false")?;
            w.start("registrationEvent")?.attr("classCode", "REG")?;
            w.attr("moodCode", "EVN")?;
            empty(w, "statusCode", &[("code", "completed")])?;
            w.start("subject1")?.attr("typeCode", "SBJ")?;
            w.start("patient")?.attr("classCode", "PAT")?;
            if let Some(patient) = &request.patient {
                write_patient(w, "id", patient)?;
            }
            empty(w, "statusCode", &[("code", "terminated")])?;
            w.start("patientPerson")?.attr("classCode", "PSN")?;
            w.attr("determinerCode", "INSTANCE")?;
            request.name.write(w)?;
            w.end()?.end()?.end()?;
            custodian(w)?;
            w.end()?;
        } else {
            w.attr("xsi:nil", "true")?;
        }
        w.end()?.end()?.end()?.end()?;
        Ok(())
    }
}
