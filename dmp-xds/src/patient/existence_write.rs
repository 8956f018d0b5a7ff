//! [`Existence`], written: for test servers.

use segur_core::Coded;
use segur_xml::XmlWriter;

use super::check::Check;
use super::existence_read::NAME;
use super::existence_request::TEST;
use super::hl7v3::{coded, empty, write_patient};
use super::vocabulary::{
    ACCOUNT, AUTHORISATION_KEY, AUTHORISATIONS, DMP_DEVICE, HL7, OBSERVATIONS, PHYSICIAN_KEY, XSI,
};
use super::{Closure, DmpStatus, Existence, PersonName};
use crate::ebrim::Written;
use crate::error::WriteError;
use crate::metadata::{Dtm, Fault};
use crate::xml::written;

/// What the DMP also tells of a patient and software must not show: written by test servers, so that a client can be seen not to show it,
/// and never read. `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct TraitsNotToBeShown {
    /// The name.
    pub name: PersonName,
    /// `M` or `F`.
    pub sex: Option<String>,
    /// Birth date.
    pub birth_date: Option<Dtm>,
}

impl std::fmt::Debug for TraitsNotToBeShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TraitsNotToBeShown(..)")
    }
}

impl Existence {
    /// The message in UTF-8, without XML declaration.
    ///
    /// # Errors
    /// The status is unclear although the question was answered; an identifier or the time is missing or has another form; a text holds a
    /// character that XML cannot carry.
    pub fn to_xml(&self, traits: &TraitsNotToBeShown) -> Result<String, WriteError> {
        let mut check = Check::of(NAME);
        self.head.check(&mut check, false);
        self.acknowledgement.check(&mut check);
        check.instance("queryId", self.query.as_ref());
        let found = matches!(self.status, DmpStatus::Active | DmpStatus::Closed(_));
        let told = self.status != DmpStatus::Unclear;
        if told != self.acknowledgement.is_accepted() {
            let expected = "a status when the question was answered, none when it was refused";
            check.add("status", Fault::Conflict, expected);
        }
        if found == self.ids.is_empty() {
            let expected = "identifiers where there is a DMP, and none elsewhere";
            check.add("patient/id", Fault::Conflict, expected);
        }
        for id in &self.ids {
            check.oid("patient/id", id.oid());
            check.text("patient/id", &id.id);
        }
        if !found && (self.internet_account.is_some() || self.mes_attached.is_some()) {
            let expected = "observations where there is a DMP only";
            check.add("subjectOf", Fault::Conflict, expected);
        }
        if let Some(authorisation) = &self.authorisation {
            check.text("AUTORISATION", authorisation.as_str());
        }
        if found {
            traits.name.check(&mut check, "patientPerson/name");
        }
        check.finish()?;
        written(|w| self.write(w, traits))
    }

    fn write(&self, w: &mut XmlWriter, traits: &TraitsNotToBeShown) -> Written {
        w.start(NAME)?.attr("xmlns", HL7)?.attr("xmlns:xsi", XSI)?;
        w.attr("ITSVersion", "XML_1.0")?;
        self.head.write(w, NAME, false)?;
        if let Some(authorisation) = &self.authorisation {
            attention(w, "AUTORISATION", AUTHORISATION_KEY)?;
            w.start("value")?.attr("xsi:type", "CV")?;
            w.attr("code", authorisation.as_str())?;
            w.attr("codeSystem", AUTHORISATIONS)?.end()?.end()?;
        }
        if let Some(value) = self.treating_physician {
            attention(w, "STATUT_MT", PHYSICIAN_KEY)?;
            flag(w, value)?;
            w.end()?;
        }
        self.acknowledgement.write(w)?;
        w.start("controlActProcess")?
            .attr("classCode", "CACT")?
            .attr("moodCode", "EVN")?;
        coded(w, "reasonCode", &TEST)?;
        match &self.status {
            DmpStatus::Active => self.subject(w, "active", None, traits)?,
            DmpStatus::Closed(closure) => {
                self.subject(w, "terminated", closure.on, traits)?;
                closed_because(w, closure)?;
            }
            _ => {}
        }
        w.start("queryAck")?;
        if let Some(query) = &self.query {
            query.write(w, "queryId")?;
        }
        let code = match self.status {
            DmpStatus::None => "NF",
            DmpStatus::Unclear => "AE",
            _ => "OK",
        };
        empty(w, "queryResponseCode", &[("code", code)])?;
        w.end()?.end()?.end()?;
        Ok(())
    }

    fn subject(
        &self,
        w: &mut XmlWriter,
        status: &str,
        closed: Option<Dtm>,
        traits: &TraitsNotToBeShown,
    ) -> Written {
        w.start("subject")?.attr("typeCode", "SUBJ")?;
        w.attr("contextConductionInd", "false")?;
        w.start("registrationEvent")?.attr("classCode", "REG")?;
        w.attr("moodCode", "EVN")?;
        empty(w, "statusCode", &[("code", "completed")])?;
        if let Some(closed) = closed {
            empty(w, "effectiveTime", &[("value", &closed.to_string())])?;
        }
        w.start("subject1")?.attr("typeCode", "SBJ")?;
        w.start("patient")?.attr("classCode", "PAT")?;
        for id in &self.ids {
            write_patient(w, "id", id)?;
        }
        empty(w, "statusCode", &[("code", status)])?;
        traits.write(w)?;
        if let Some(value) = self.internet_account {
            observation(w, "COMPTE_INTERNET_OUVERT", ACCOUNT, value)?;
        }
        if let Some(value) = self.mes_attached {
            observation(w, "RATTACHEMENT_ENS", OBSERVATIONS, value)?;
        }
        w.end()?.end()?;
        custodian(w)?;
        w.end()?.end()?;
        Ok(())
    }
}

impl TraitsNotToBeShown {
    fn write(&self, w: &mut XmlWriter) -> Written {
        w.start("patientPerson")?.attr("classCode", "PSN")?;
        w.attr("determinerCode", "INSTANCE")?;
        self.name.write(w)?;
        if let Some(sex) = &self.sex {
            empty(w, "administrativeGenderCode", &[("code", sex)])?;
        }
        if let Some(date) = &self.birth_date {
            empty(w, "birthTime", &[("value", &date.to_string())])?;
        }
        w.end()?;
        Ok(())
    }
}

/// The DMP keeps the record.
pub(super) fn custodian(w: &mut XmlWriter) -> Written {
    w.start("custodian")?.attr("typeCode", "CST")?;
    w.start("assignedEntity")?.attr("classCode", "ASSIGNED")?;
    empty(w, "id", &[("root", DMP_DEVICE)])?;
    w.end()?.end()?;
    Ok(())
}

fn closed_because(w: &mut XmlWriter, closure: &Closure) -> Written {
    match &closure.reason {
        Some(reason) => reason_of(w, reason, None),
        None => Ok(()),
    }
}

/// Why a record is closed.
pub(super) fn reason_of(w: &mut XmlWriter, reason: &Coded, text: Option<&str>) -> Written {
    w.start("reasonOf")?.attr("typeCode", "RSON")?;
    w.start("detectedIssueEvent")?.attr("classCode", "ALRT")?;
    w.attr("moodCode", "EVN")?;
    coded(w, "code", reason)?;
    if let Some(text) = text {
        w.start("text")?.text(text)?.end()?;
    }
    w.end()?.end()?;
    Ok(())
}

fn attention(w: &mut XmlWriter, key: &str, system: &str) -> Written {
    w.start("attentionLine")?;
    empty(w, "keyWordText", &[("code", key), ("codeSystem", system)])
}

fn flag(w: &mut XmlWriter, value: bool) -> Written {
    let value = if value { "true" } else { "false" };
    empty(w, "value", &[("xsi:type", "BL"), ("value", value)])
}

fn observation(w: &mut XmlWriter, code: &str, system: &str, value: bool) -> Written {
    w.start("subjectOf")?.attr("typeCode", "SBJ")?;
    w.start("administrativeObservation")?
        .attr("classCode", "OBS")?;
    w.attr("moodCode", "EVN")?;
    empty(w, "code", &[("code", code), ("codeSystem", system)])?;
    flag(w, value)?;
    w.end()?.end()?;
    Ok(())
}
