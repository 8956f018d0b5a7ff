//! DocumentEntry as ExtrinsicObject.

use super::fields::{Put, Take};
use super::model::{ExtrinsicObject, VersionInfo};
use crate::Profile;
use crate::metadata::{
    AvailabilityStatus, Cx, DocumentEntry, EntryKind, PatientInfo, PidLine, Xcn, is_hash,
};
use crate::reading::{WarningKind, Warnings};
use crate::vocabulary::{entry, slot};

impl DocumentEntry {
    /// Its ebRIM form. Nothing is checked here: see [`Submission::validate`](crate::metadata::Submission::validate).
    pub fn to_ebrim(&self, profile: Profile) -> ExtrinsicObject {
        let mut put = Put::new(&self.entry_id);
        put.value(slot::URI, self.uri.as_ref());
        put.value(slot::CREATION_TIME, self.creation_time);
        put.value(slot::AVAILABILITY, self.document_availability.as_ref());
        put.value(slot::HASH, self.hash.as_ref());
        put.value(slot::LANGUAGE, self.language_code.as_ref());
        put.value(
            slot::LEGAL_AUTHENTICATOR,
            self.legal_authenticator.as_ref().map(Xcn::to_text),
        );
        put.value(slot::REPOSITORY, self.repository_unique_id.as_ref());
        put.value(slot::SERVICE_START, self.service_start_time);
        put.value(slot::SERVICE_STOP, self.service_stop_time);
        put.value(slot::SIZE, self.size);
        let source_id = self.source_patient_id.as_ref();
        put.value(
            slot::SOURCE_PATIENT_ID,
            source_id.map(|id| id.to_text(profile)),
        );
        let lines = self.source_patient_info.lines.iter();
        put.values(
            slot::SOURCE_PATIENT_INFO,
            lines.map(PidLine::to_text).collect(),
        );
        let references = self.reference_ids.iter();
        put.values(slot::REFERENCES, references.map(Cx::to_full_text).collect());
        put.title(self.title.as_ref(), self.comments.as_ref());
        put.authors(entry::AUTHOR, &self.authors, profile);
        put.code(entry::CLASS, self.class_code.as_ref());
        for code in &self.confidentiality_codes {
            put.code(entry::CONFIDENTIALITY, Some(code));
        }
        for code in &self.event_codes {
            put.code(entry::EVENT, Some(code));
        }
        put.code(entry::FORMAT, self.format_code.as_ref());
        put.code(entry::FACILITY, self.healthcare_facility_type_code.as_ref());
        put.code(entry::PRACTICE, self.practice_setting_code.as_ref());
        put.code(entry::TYPE, self.type_code.as_ref());
        if let Some(patient) = &self.patient_id {
            let text = patient.to_text(profile);
            put.identifier(entry::PATIENT_ID, "XDSDocumentEntry.patientId", text);
        }
        if !self.unique_id.is_empty() {
            put.identifier(
                entry::UNIQUE_ID,
                "XDSDocumentEntry.uniqueId",
                &self.unique_id,
            );
        }
        put.others(
            &self.other_slots,
            &self.other_classifications,
            &self.other_identifiers,
        );
        put.object.home = self.home_community_id.clone();
        put.object.lid = self.logical_id.clone();
        put.object.object_type = self.kind.as_ref().map(|kind| kind.as_str().to_owned());
        put.object.status = self
            .status
            .as_ref()
            .map(|status| status.as_str().to_owned());
        put.object.version_info = version_info(self.version.as_ref());
        ExtrinsicObject {
            object: put.object,
            mime_type: Some(self.mime_type.clone()).filter(|text| !text.is_empty()),
            is_opaque: None,
            content_version_info: None,
        }
    }

    pub(crate) fn from_ebrim(one: ExtrinsicObject, warnings: &mut Warnings) -> Self {
        let mut object = one.object;
        let kind = object.object_type.as_deref().map(EntryKind::read);
        let on_demand = kind == Some(EntryKind::OnDemand);
        let mut take = Take::new(&mut object, warnings);
        match &kind {
            None => take.warn(WarningKind::MissingField, "objectType"),
            Some(kind) if !kind.is_known() => take.warn(WarningKind::UnknownWord, "objectType"),
            Some(_) => {}
        }
        let status = read_status(object.status.as_deref(), &mut take);
        let mut read = Self {
            entry_id: take.id(),
            logical_id: object.lid.take(),
            version: version_of(object.version_info.take()),
            home_community_id: object.home.take(),
            kind,
            status,
            mime_type: one.mime_type.unwrap_or_default(),
            unique_id: take
                .identifier(entry::UNIQUE_ID, "uniqueId")
                .unwrap_or_default(),
            patient_id: take
                .identifier(entry::PATIENT_ID, "patientId")
                .map(|t| Cx::read(&t)),
            source_patient_id: take.value(slot::SOURCE_PATIENT_ID).map(|t| Cx::read(&t)),
            source_patient_info: patient_info(&mut take),
            title: take.text(std::mem::take(&mut object.name), "title"),
            comments: take.text(std::mem::take(&mut object.description), "comments"),
            creation_time: match on_demand {
                true => take.time(slot::CREATION_TIME),
                false => take.required_time(slot::CREATION_TIME),
            },
            service_start_time: take.time(slot::SERVICE_START),
            service_stop_time: take.time(slot::SERVICE_STOP),
            language_code: take.required(slot::LANGUAGE),
            authors: take.authors(entry::AUTHOR),
            legal_authenticator: take.value(slot::LEGAL_AUTHENTICATOR).map(|t| Xcn::read(&t)),
            class_code: take.code(entry::CLASS, "classCode", true),
            type_code: take.code(entry::TYPE, "typeCode", true),
            format_code: take.code(entry::FORMAT, "formatCode", true),
            healthcare_facility_type_code: take.code(
                entry::FACILITY,
                "healthcareFacilityTypeCode",
                true,
            ),
            practice_setting_code: take.code(entry::PRACTICE, "practiceSettingCode", true),
            confidentiality_codes: take.codes(entry::CONFIDENTIALITY, "confidentialityCode"),
            event_codes: take.codes(entry::EVENT, "eventCodeList"),
            hash: take.required(slot::HASH),
            size: take.required_number(slot::SIZE),
            uri: take.value(slot::URI),
            repository_unique_id: take.value(slot::REPOSITORY),
            document_availability: take.value(slot::AVAILABILITY),
            reference_ids: take
                .values(slot::REFERENCES)
                .iter()
                .map(|t| Cx::read(t))
                .collect(),
            ..Self::default()
        };
        if read.hash.as_deref().is_some_and(|hash| !is_hash(hash)) {
            take.warn(WarningKind::UnreadableHash, slot::HASH);
        }
        (
            read.other_slots,
            read.other_classifications,
            read.other_identifiers,
        ) = take.rest();
        read
    }
}

pub(super) fn read_status(status: Option<&str>, take: &mut Take<'_>) -> Option<AvailabilityStatus> {
    let status = AvailabilityStatus::read(status?);
    if !status.is_known() {
        take.warn(WarningKind::UnknownWord, "status");
    }
    Some(status)
}

pub(super) fn version_info(version: Option<&String>) -> Option<VersionInfo> {
    version.map(|version| VersionInfo {
        version_name: Some(version.clone()),
        comment: None,
    })
}

pub(super) fn version_of(info: Option<VersionInfo>) -> Option<String> {
    info.and_then(|info| info.version_name)
}

fn patient_info(take: &mut Take<'_>) -> PatientInfo {
    let lines = take.values(slot::SOURCE_PATIENT_INFO);
    let info = PatientInfo {
        lines: lines.iter().map(|line| PidLine::read(line)).collect(),
    };
    if info.lines.iter().any(|line| line.field == 0) {
        take.warn(
            WarningKind::UnreadablePatientInfo,
            slot::SOURCE_PATIENT_INFO,
        );
    }
    if info.get(7).is_some() && info.birth_date().is_none() {
        take.warn(WarningKind::UnreadableBirthDate, slot::SOURCE_PATIENT_INFO);
    }
    info
}
