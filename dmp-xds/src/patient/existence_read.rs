//! From markup to [`Existence`], leniently.

use segur_xml::Node;

use super::hl7v3::{code_of, once, patient_id, read_coded};
use super::plain::boolean;
use super::vocabulary::{ACCOUNT, AUTHORISATION_KEY, HL7, OBSERVATIONS, PHYSICIAN_KEY};
use super::{
    Acknowledgement, Authorisation, Closure, DmpStatus, Existence, InstanceId, MessageHead,
};
use crate::ebrim::attribute_of;
use crate::error::ReadError;
use crate::metadata::Dtm;
use crate::reading::{Reading, WarningKind, Warnings};
use crate::xml::{child, expect, parse};

pub(super) const NAME: &str = "PRPA_IN201308UV02";
/// Identifiers of a patient that are read.
const MAX_IDS: usize = 32;

impl Existence {
    /// Reads the element, from wherever it stands in a message.
    ///
    /// # Errors
    /// It is another element, or one without `controlActProcess`.
    pub fn read(node: Node<'_>) -> Result<Reading<Self>, ReadError> {
        expect(node, HL7, NAME)?;
        let mut warnings = Warnings::default();
        let acknowledgement = Acknowledgement::read(node, &mut warnings);
        let act = child(node, HL7, NAME, "controlActProcess")?;
        let ack = once(act, "queryAck", &mut warnings);
        let event = once(act, "subject", &mut warnings);
        let event = event.and_then(|node| node.child(HL7, "registrationEvent"));
        let patient = event
            .and_then(|node| node.child(HL7, "subject1"))
            .and_then(|node| node.child(HL7, "patient"));
        let found = Found {
            code: ack.and_then(|node| code_of(node, "queryResponseCode")),
            patient_status: patient.and_then(|node| code_of(node, "statusCode")),
            event,
            act,
        };
        let mut read = Self {
            head: MessageHead::read(node, NAME, &mut warnings),
            query: ack
                .and_then(|node| node.child(HL7, "queryId"))
                .map(InstanceId::read),
            status: match acknowledgement.is_accepted() {
                true => found.status(&mut warnings),
                false => DmpStatus::Unclear,
            },
            acknowledgement,
            authorisation: None,
            treating_physician: None,
            internet_account: None,
            mes_attached: None,
            ids: Vec::new(),
        };
        let mut told = AllTold {
            authorisation: Told::nothing(),
            treating_physician: Told::nothing(),
            internet_account: Told::nothing(),
            mes_attached: Told::nothing(),
        };
        for line in node.children_named(HL7, "attentionLine") {
            told.attention(line, &mut warnings);
        }
        if let Some(patient) = patient {
            let ids = patient.children_named(HL7, "id").take(MAX_IDS);
            read.ids = ids.map(patient_id).collect();
            for one in patient.children_named(HL7, "subjectOf") {
                told.observation(one, &mut warnings);
            }
        }
        if matches!(read.status, DmpStatus::Active | DmpStatus::Closed(_)) && read.ids.is_empty() {
            warnings.push(WarningKind::MissingField, "", "patient/id");
        }
        read.authorisation = told.authorisation.value;
        read.treating_physician = told.treating_physician.value;
        read.internet_account = told.internet_account.value;
        read.mes_attached = told.mes_attached.value;
        Ok(warnings.with(read))
    }

    /// Reads a document whose root it is.
    ///
    /// # Errors
    /// As [`read`](Self::read), or the bytes are no XML.
    pub fn parse(bytes: &[u8]) -> Result<Reading<Self>, ReadError> {
        parse(bytes, Self::read)
    }
}

/// The four things that an answer tells beside the status.
struct AllTold {
    authorisation: Told<Authorisation>,
    treating_physician: Told<bool>,
    internet_account: Told<bool>,
    mes_attached: Told<bool>,
}

impl AllTold {
    fn attention(&mut self, line: Node<'_>, warnings: &mut Warnings) {
        let (Some(key), Some(value)) = (line.child(HL7, "keyWordText"), line.child(HL7, "value"))
        else {
            return;
        };
        match attribute_of(key, "code").as_deref() {
            Some("AUTORISATION") => {
                system(key, AUTHORISATION_KEY, "AUTORISATION", warnings);
                let told = attribute_of(value, "code").map(|code| Authorisation::read(&code));
                if !told.as_ref().is_some_and(Authorisation::is_known) {
                    warnings.push(WarningKind::UnknownWord, "", "AUTORISATION");
                }
                self.authorisation.keep(told, "AUTORISATION", warnings);
            }
            Some("STATUT_MT") => {
                system(key, PHYSICIAN_KEY, "STATUT_MT", warnings);
                let told = flag(value, "STATUT_MT", warnings);
                self.treating_physician.keep(told, "STATUT_MT", warnings);
            }
            _ => warnings.push(WarningKind::UnknownElement, "", "attentionLine"),
        }
    }

    fn observation(&mut self, subject: Node<'_>, warnings: &mut Warnings) {
        let Some(own) = subject.child(HL7, "administrativeObservation") else {
            return;
        };
        let (Some(code), Some(value)) = (own.child(HL7, "code"), own.child(HL7, "value")) else {
            return;
        };
        match attribute_of(code, "code").as_deref() {
            Some("COMPTE_INTERNET_OUVERT") => {
                system(code, ACCOUNT, "COMPTE_INTERNET_OUVERT", warnings);
                let told = flag(value, "COMPTE_INTERNET_OUVERT", warnings);
                self.internet_account
                    .keep(told, "COMPTE_INTERNET_OUVERT", warnings);
            }
            Some("RATTACHEMENT_ENS") => {
                system(code, OBSERVATIONS, "RATTACHEMENT_ENS", warnings);
                let told = flag(value, "RATTACHEMENT_ENS", warnings);
                self.mes_attached.keep(told, "RATTACHEMENT_ENS", warnings);
            }
            _ => warnings.push(WarningKind::UnknownElement, "", "administrativeObservation"),
        }
    }
}

/// What tells the status.
struct Found<'a> {
    code: Option<String>,
    patient_status: Option<String>,
    event: Option<Node<'a>>,
    act: Node<'a>,
}

impl Found<'_> {
    /// `OK` found, `NF` none; `active` open, `terminated` closed. Source: TD0.2 of the DMP vendor kit, message and `PatientSoapService.cs`.
    fn status(&self, warnings: &mut Warnings) -> DmpStatus {
        match (self.code.as_deref(), self.patient_status.as_deref()) {
            (Some("NF"), None) => DmpStatus::None,
            (Some("OK"), Some("active")) => DmpStatus::Active,
            (Some("OK"), Some("terminated")) => DmpStatus::Closed(self.closure(warnings)),
            (code, _) => {
                let field = match code {
                    Some("OK") => "patient/statusCode",
                    _ => "queryResponseCode",
                };
                warnings.push(WarningKind::UnknownWord, "", field);
                DmpStatus::Unclear
            }
        }
    }

    fn closure(&self, warnings: &mut Warnings) -> Closure {
        let time = self
            .event
            .and_then(|node| node.child(HL7, "effectiveTime"))
            .and_then(|node| attribute_of(node, "value"));
        let on = time.as_deref().and_then(|text| Dtm::parse(text).ok());
        if time.is_some() && on.is_none() {
            warnings.push(WarningKind::UnreadableTime, "", "effectiveTime");
        }
        let reason = once(self.act, "reasonOf", warnings)
            .and_then(|node| node.child(HL7, "detectedIssueEvent"))
            .and_then(|node| node.child(HL7, "code"));
        Closure {
            on,
            reason: reason.and_then(read_coded),
        }
    }
}

fn system(node: Node<'_>, expected: &str, field: &'static str, warnings: &mut Warnings) {
    if attribute_of(node, "codeSystem").is_some_and(|own| own != expected) {
        warnings.push(WarningKind::OtherCodeSystem, "", field);
    }
}

fn flag(value: Node<'_>, field: &'static str, warnings: &mut Warnings) -> Option<bool> {
    let read = attribute_of(value, "value").and_then(|text| boolean(&text));
    if read.is_none() {
        warnings.push(WarningKind::UnknownWord, "", field);
    }
    read
}

/// What is told once. A second one that says something else leaves nothing, for good: whoever reads must not take the better half.
struct Told<T> {
    value: Option<T>,
    seen: bool,
}

impl<T: PartialEq> Told<T> {
    const fn nothing() -> Self {
        Self {
            value: None,
            seen: false,
        }
    }

    fn keep(&mut self, told: Option<T>, name: &'static str, warnings: &mut Warnings) {
        if !self.seen {
            self.seen = true;
            self.value = told;
            return;
        }
        warnings.push(WarningKind::RepeatedElement, "", name);
        if self.value != told {
            self.value = None;
        }
    }
}
