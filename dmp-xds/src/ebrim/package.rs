//! SubmissionSet and Folder as RegistryPackage, Association.

use super::entry::{read_status, version_info, version_of};
use super::fields::{Put, Take};
use super::model::{self, Object};
use crate::Profile;
use crate::metadata::{
    Association, AssociationKind, AvailabilityStatus, Cx, Folder, MemberStatus, Recipient,
    SubmissionSet,
};
use crate::reading::{WarningKind, Warnings};
use crate::vocabulary::{ASSOCIATION_DOCUMENTATION, ASSOCIATION_OBJECT, folder, set, slot};

impl SubmissionSet {
    /// Its ebRIM form. Nothing is checked here: see [`Submission::validate`](crate::metadata::Submission::validate).
    pub fn to_ebrim(&self, profile: Profile) -> Object {
        let mut put = Put::new(&self.entry_id);
        let recipients = self.intended_recipients.iter();
        put.values(
            slot::RECIPIENT,
            recipients.map(|one| one.to_text(profile)).collect(),
        );
        put.value(slot::SUBMISSION_TIME, self.submission_time);
        put.title(self.title.as_ref(), self.comments.as_ref());
        put.authors(set::AUTHOR, &self.authors, profile);
        put.code(set::CONTENT_TYPE, self.content_type_code.as_ref());
        put.node(set::NODE);
        if let Some(patient) = &self.patient_id {
            let text = patient.to_text(profile);
            put.identifier(set::PATIENT_ID, "XDSSubmissionSet.patientId", text);
        }
        if !self.source_id.is_empty() {
            put.identifier(set::SOURCE_ID, "XDSSubmissionSet.sourceId", &self.source_id);
        }
        if !self.unique_id.is_empty() {
            put.identifier(set::UNIQUE_ID, "XDSSubmissionSet.uniqueId", &self.unique_id);
        }
        put.others(
            &self.other_slots,
            &self.other_classifications,
            &self.other_identifiers,
        );
        put.object.home = self.home_community_id.clone();
        put.object.status = self
            .status
            .as_ref()
            .map(|status| status.as_str().to_owned());
        put.object
    }

    pub(crate) fn from_ebrim(mut object: Object, warnings: &mut Warnings) -> Self {
        let mut take = Take::new(&mut object, warnings);
        take.node(set::NODE);
        let recipients = take.values(slot::RECIPIENT);
        let mut read = Self {
            entry_id: take.id(),
            home_community_id: object.home.take(),
            status: read_status(object.status.as_deref(), &mut take),
            unique_id: take
                .identifier(set::UNIQUE_ID, "uniqueId")
                .unwrap_or_default(),
            source_id: take
                .identifier(set::SOURCE_ID, "sourceId")
                .unwrap_or_default(),
            patient_id: take
                .identifier(set::PATIENT_ID, "patientId")
                .map(|t| Cx::read(&t)),
            submission_time: take.required_time(slot::SUBMISSION_TIME),
            title: take.text(std::mem::take(&mut object.name), "title"),
            comments: take.text(std::mem::take(&mut object.description), "comments"),
            authors: take.authors(set::AUTHOR),
            content_type_code: take.code(set::CONTENT_TYPE, "contentTypeCode", true),
            intended_recipients: recipients
                .iter()
                .map(|text| Recipient::read(text))
                .collect(),
            ..Self::default()
        };
        (
            read.other_slots,
            read.other_classifications,
            read.other_identifiers,
        ) = take.rest();
        read
    }
}

impl Folder {
    /// Its ebRIM form. Nothing is checked here: see [`Submission::validate`](crate::metadata::Submission::validate).
    pub fn to_ebrim(&self, profile: Profile) -> Object {
        let mut put = Put::new(&self.entry_id);
        put.value(slot::LAST_UPDATE, self.last_update_time);
        put.title(self.title.as_ref(), self.comments.as_ref());
        for code in &self.codes {
            put.code(folder::CODES, Some(code));
        }
        put.node(folder::NODE);
        if let Some(patient) = &self.patient_id {
            put.identifier(
                folder::PATIENT_ID,
                "XDSFolder.patientId",
                patient.to_text(profile),
            );
        }
        if !self.unique_id.is_empty() {
            put.identifier(folder::UNIQUE_ID, "XDSFolder.uniqueId", &self.unique_id);
        }
        put.others(
            &self.other_slots,
            &self.other_classifications,
            &self.other_identifiers,
        );
        put.object.home = self.home_community_id.clone();
        put.object.lid = self.logical_id.clone();
        put.object.status = self
            .status
            .as_ref()
            .map(|status| status.as_str().to_owned());
        put.object.version_info = version_info(self.version.as_ref());
        put.object
    }

    pub(crate) fn from_ebrim(mut object: Object, warnings: &mut Warnings) -> Self {
        let mut take = Take::new(&mut object, warnings);
        take.node(folder::NODE);
        let mut read = Self {
            entry_id: take.id(),
            logical_id: object.lid.take(),
            version: version_of(object.version_info.take()),
            home_community_id: object.home.take(),
            status: read_status(object.status.as_deref(), &mut take),
            unique_id: take
                .identifier(folder::UNIQUE_ID, "uniqueId")
                .unwrap_or_default(),
            patient_id: take
                .identifier(folder::PATIENT_ID, "patientId")
                .map(|t| Cx::read(&t)),
            title: take.text(std::mem::take(&mut object.name), "title"),
            comments: take.text(std::mem::take(&mut object.description), "comments"),
            codes: take.codes(folder::CODES, "codeList"),
            last_update_time: take.time(slot::LAST_UPDATE),
            ..Self::default()
        };
        (
            read.other_slots,
            read.other_classifications,
            read.other_identifiers,
        ) = take.rest();
        read
    }
}

impl Association {
    /// Its ebRIM form.
    pub fn to_ebrim(&self) -> model::Association {
        let mut put = Put::new(&self.id);
        put.value(
            slot::PROPAGATION,
            self.propagation.map(|on| if on { "yes" } else { "no" }),
        );
        put.value(slot::SET_STATUS, self.member_status.as_ref());
        put.value(slot::PREVIOUS_VERSION, self.previous_version.as_ref());
        put.value(slot::ORIGINAL_STATUS, self.original_status.as_ref());
        put.value(slot::NEW_STATUS, self.new_status.as_ref());
        put.code(ASSOCIATION_DOCUMENTATION, self.documentation.as_ref());
        put.others(&self.other_slots, &[], &[]);
        // The messages of the vendor kit name the type of the object where a status changes, and nowhere else.
        if self.kind == AssociationKind::UpdateAvailabilityStatus {
            put.object.object_type = Some(ASSOCIATION_OBJECT.to_owned());
        }
        put.object.status = self
            .status
            .as_ref()
            .map(|status| status.as_str().to_owned());
        model::Association {
            object: put.object,
            association_type: self.kind.as_str().to_owned(),
            source: self.source.clone(),
            target: self.target.clone(),
        }
    }

    pub(crate) fn from_ebrim(mut one: model::Association, warnings: &mut Warnings) -> Self {
        let mut take = Take::new(&mut one.object, warnings);
        let kind = AssociationKind::read(&one.association_type);
        if !kind.is_known() {
            take.warn(WarningKind::UnknownWord, "associationType");
        }
        let member_status = take
            .value(slot::SET_STATUS)
            .map(|word| MemberStatus::read(&word));
        if member_status
            .as_ref()
            .is_some_and(|status| !status.is_known())
        {
            take.warn(WarningKind::UnknownWord, slot::SET_STATUS);
        }
        let propagation = take.parsed(
            slot::PROPAGATION,
            WarningKind::UnknownWord,
            |word| match word {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
        );
        let mut status = |name| take.value(name).map(|word| AvailabilityStatus::read(&word));
        let (original_status, new_status) =
            (status(slot::ORIGINAL_STATUS), status(slot::NEW_STATUS));
        let mut read = Self {
            id: take.id(),
            member_status,
            previous_version: take.value(slot::PREVIOUS_VERSION),
            original_status,
            new_status,
            propagation,
            documentation: take.code(ASSOCIATION_DOCUMENTATION, "documentation", false),
            status: read_status(one.object.status.as_deref(), &mut take),
            ..Self::new(kind, one.source, one.target)
        };
        read.other_slots = take.rest_of_slots();
        read
    }
}
