//! Checks before anything is written: every problem is listed, not the first one alone.

use std::collections::BTreeSet;

use segur_core::{Coded, Oid, Precision};

use super::problem::{Fault, Problem};
use super::{
    Association, AssociationKind, Author, Authority, Cx, DocumentEntry, Dtm, EntryKind, Folder,
    MemberStatus, Submission, SubmissionSet, specialty_text,
};
use crate::{Profile, ebrim, vocabulary};

impl Submission {
    /// Everything that a registry would refuse, for one profile; empty when the submission may be written.
    ///
    /// Sources: schemas of ebRS 3.0 (lengths); oehf/ipf, `ObjectContainerValidator` and the validators of single
    /// values; for [`Profile::Dmp`], CI-SIS "Partage de documents" (hash and size required).
    pub fn validate(&self, profile: Profile) -> Vec<Problem> {
        let mut all = Vec::new();
        let mut ids = BTreeSet::new();
        let mut unique_ids = BTreeSet::new();
        let set = &self.submission_set;
        check_set(set, profile, &mut all);
        let mut seen = |check: &mut Check<'_>, id: &str, unique_id: &str| {
            if !ids.insert(id.to_owned()) {
                check.add(
                    "entryUUID",
                    Fault::Repeated,
                    "an id of its own in the message",
                );
            }
            if !unique_id.is_empty() && !unique_ids.insert(unique_id.to_owned()) {
                check.add(
                    "uniqueId",
                    Fault::Repeated,
                    "a uniqueId of its own in the message",
                );
            }
        };
        seen(
            &mut Check::new(&set.entry_id, &mut all),
            &set.entry_id,
            &set.unique_id,
        );
        for entry in &self.documents {
            check_entry(entry, profile, &mut all);
            let mut check = Check::new(&entry.entry_id, &mut all);
            check.same_patient(set.patient_id.as_ref(), entry.patient_id.as_ref());
            seen(&mut check, &entry.entry_id, &entry.unique_id);
        }
        for folder in &self.folders {
            check_folder(folder, profile, &mut all);
            let mut check = Check::new(&folder.entry_id, &mut all);
            check.same_patient(set.patient_id.as_ref(), folder.patient_id.as_ref());
            seen(&mut check, &folder.entry_id, &folder.unique_id);
        }
        let own = Own::of(self);
        for association in &self.associations {
            self.check_association(association, &own, profile, &mut all);
            // One without id is numbered when it is written.
            if !association.id.is_empty() {
                let mut check = Check::new(&association.id, &mut all);
                seen(&mut check, &association.id, "");
            }
        }
        self.check_members(&mut all);
        all
    }

    fn check_association(
        &self,
        association: &Association,
        own: &Own<'_>,
        profile: Profile,
        all: &mut Vec<Problem>,
    ) {
        let mut check = Check::new(name_of(association), all);
        check.text("sourceObject", &association.source, 256);
        check.text("targetObject", &association.target, 256);
        if !association.kind.is_known() {
            check.add("associationType", Fault::Form, "an association type of IHE");
        }
        let from_here = match association.kind {
            AssociationKind::HasMember
            | AssociationKind::UpdateAvailabilityStatus
            | AssociationKind::SubmitAssociation => {
                association.source == self.submission_set.entry_id
                    || own.folders.contains(association.source.as_str())
                    || association.source.starts_with("urn:uuid:")
            }
            _ => own.documents.contains(association.source.as_str()),
        };
        if !association.source.is_empty() && !from_here {
            check.add(
                "sourceObject",
                Fault::Conflict,
                "an object of the submission",
            );
        }
        if association.kind == AssociationKind::HasMember
            && association.member_status == Some(MemberStatus::Original)
            && !own.has(&association.target)
        {
            check.add(
                "SubmissionSetStatus",
                Fault::Conflict,
                "Original only for an object of the submission",
            );
        }
        self.check_member_status(association, own, profile, &mut check);
        let of_registry = matches!(
            association.kind,
            AssociationKind::Replaces
                | AssociationKind::TransformsAndReplaces
                | AssociationKind::UpdateAvailabilityStatus
        );
        if of_registry && !association.target.starts_with("urn:uuid:") {
            let expected = "the entryUUID (urn:uuid:) that the registry gave, not a uniqueId";
            check.add("targetObject", Fault::Form, expected);
        }
        if association.kind == AssociationKind::UpdateAvailabilityStatus {
            check.there(
                "OriginalStatus",
                association.original_status.is_some(),
                "a status",
            );
            check.there("NewStatus", association.new_status.is_some(), "a status");
        }
        check.others(&association.other_slots, &ASSOCIATION_SLOTS);
    }

    /// The status is that of documents within the set. Source: oehf/ipf, `ObjectContainerValidator`; folders were not seen in messages of the DMP.
    fn check_member_status(
        &self,
        association: &Association,
        own: &Own<'_>,
        profile: Profile,
        check: &mut Check<'_>,
    ) {
        let field = "SubmissionSetStatus";
        let of_set = association.source == self.submission_set.entry_id;
        let (status, target) = (&association.member_status, association.target.as_str());
        if association.kind != AssociationKind::HasMember {
            return;
        }
        if of_set && own.documents.contains(target) {
            check.there(field, status.is_some(), "Original or Reference");
        }
        let original = *status == Some(MemberStatus::Original);
        if profile == Profile::IheStrict && original && own.folders.contains(target) {
            check.add(field, Fault::Conflict, "Original only for documents");
        }
    }

    fn check_members(&self, all: &mut Vec<Problem>) {
        let set = &self.submission_set.entry_id;
        let members: BTreeSet<&str> = self
            .associations
            .iter()
            .filter(|one| one.kind == AssociationKind::HasMember && one.source == *set)
            .map(|one| one.target.as_str())
            .collect();
        let documents = self.documents.iter().map(|entry| &entry.entry_id);
        let folders = self.folders.iter().map(|folder| &folder.entry_id);
        for id in documents.chain(folders) {
            let mut check = Check::new(id, all);
            let member = members.contains(id.as_str());
            check.there("HasMember", member, "an association of the set with it");
        }
    }
}

/// Ids of the objects of a submission.
struct Own<'a> {
    documents: BTreeSet<&'a str>,
    folders: BTreeSet<&'a str>,
    associations: BTreeSet<&'a str>,
}

impl<'a> Own<'a> {
    fn of(submission: &'a Submission) -> Self {
        let documents = submission.documents.iter();
        let folders = submission.folders.iter();
        let associations = submission.associations.iter();
        Self {
            documents: documents.map(|one| one.entry_id.as_str()).collect(),
            folders: folders.map(|one| one.entry_id.as_str()).collect(),
            associations: associations.map(|one| one.id.as_str()).collect(),
        }
    }

    fn has(&self, id: &str) -> bool {
        let named = !id.is_empty();
        let own = [&self.documents, &self.folders, &self.associations];
        named && own.iter().any(|ids| ids.contains(id))
    }
}

fn name_of(association: &Association) -> &str {
    if association.id.is_empty() {
        "Association"
    } else {
        &association.id
    }
}

fn check_set(set: &SubmissionSet, profile: Profile, all: &mut Vec<Problem>) {
    let mut check = Check::new(&set.entry_id, all);
    check.text("entryUUID", &set.entry_id, usize::MAX);
    check.oid("uniqueId", &set.unique_id, profile);
    check.oid("sourceId", &set.source_id, profile);
    check.patient("patientId", set.patient_id.as_ref(), profile);
    check.there("submissionTime", set.submission_time.is_some(), TIME);
    check.title(set.title.as_deref());
    check.comments(set.comments.as_deref());
    check.authors(&set.authors, profile);
    check.code("contentTypeCode", set.content_type_code.as_ref());
    for recipient in &set.intended_recipients {
        let organization = recipient.organization.as_ref();
        let known = recipient.organization.is_some() || recipient.person.is_some();
        let complete = organization.is_none_or(|xon| xon.is_complete(profile))
            && recipient
                .person
                .as_ref()
                .is_none_or(|xcn| xcn.is_complete(profile));
        if !(known || recipient.telecom.is_some()) || !complete {
            check.add(
                "intendedRecipient",
                Fault::Form,
                "an organization, a person or an address",
            );
        }
        check.text("intendedRecipient", &recipient.to_text(profile), VALUE);
    }
    check.others(&set.other_slots, &SET_SLOTS);
    check.once(
        &set.other_classifications,
        &set.other_identifiers,
        &SET_SCHEMES,
    );
}

fn check_folder(folder: &Folder, profile: Profile, all: &mut Vec<Problem>) {
    let mut check = Check::new(&folder.entry_id, all);
    check.text("entryUUID", &folder.entry_id, usize::MAX);
    check.oid("uniqueId", &folder.unique_id, profile);
    check.patient("patientId", folder.patient_id.as_ref(), profile);
    check.there("title", folder.title.is_some(), "a title");
    check.title(folder.title.as_deref());
    check.comments(folder.comments.as_deref());
    check.there("codeList", !folder.codes.is_empty(), "at least one code");
    for code in &folder.codes {
        check.code("codeList", Some(code));
    }
    let to_the_second = |time: &Dtm| time.precision() == Precision::Second;
    if !folder.last_update_time.as_ref().is_none_or(to_the_second) {
        check.add("lastUpdateTime", Fault::Form, "14 digits");
    }
    check.others(&folder.other_slots, &[vocabulary::slot::LAST_UPDATE]);
    check.once(
        &folder.other_classifications,
        &folder.other_identifiers,
        &FOLDER_SCHEMES,
    );
}

fn check_entry(entry: &DocumentEntry, profile: Profile, all: &mut Vec<Problem>) {
    let mut check = Check::new(&entry.entry_id, all);
    check.text("entryUUID", &entry.entry_id, usize::MAX);
    check.unique_id(&entry.unique_id);
    let kind = entry.kind.as_ref();
    check.there("objectType", kind.is_some(), "stable or on demand");
    if kind.is_some_and(|kind| !kind.is_known()) {
        check.add("objectType", Fault::Form, "stable or on demand");
    }
    if profile == Profile::IheStrict && kind == Some(&EntryKind::OnDemand) {
        let expected = "stable: on demand is for ITI-61, which is not here";
        check.add("objectType", Fault::Form, expected);
    }
    check.mime_type(&entry.mime_type);
    check.patient("patientId", entry.patient_id.as_ref(), profile);
    check.patient("sourcePatientId", entry.source_patient_id.as_ref(), profile);
    for line in &entry.source_patient_info.lines {
        check.text("sourcePatientInfo", &line.to_text(), VALUE);
        let birth_date = line.field == 7 && segur_core::Timestamp::parse(&line.value).is_err();
        if !line.is_allowed() || birth_date {
            let expected =
                "PID-n|value, n from 1 to 39 but not 2, 4, 12, 19; PID-7 a date as YYYYMMDD";
            check.add("sourcePatientInfo", Fault::Form, expected);
        }
    }
    check.title(entry.title.as_deref());
    check.comments(entry.comments.as_deref());
    let on_demand = kind == Some(&EntryKind::OnDemand);
    check.there(
        "creationTime",
        on_demand || entry.creation_time.is_some(),
        TIME,
    );
    if profile == Profile::Dmp {
        let dated = entry.service_start_time.is_some() || entry.is_signature();
        check.there("serviceStartTime", dated, TIME);
        check.there("hash", on_demand || entry.hash.is_some(), HASH);
        check.there(
            "size",
            on_demand || entry.size.is_some(),
            "a number of bytes",
        );
    }
    if let (Some(start), Some(stop)) = (&entry.service_start_time, &entry.service_stop_time)
        && start.timestamp().is_after(stop.timestamp())
    {
        check.add(
            "serviceStopTime",
            Fault::Conflict,
            "not before serviceStartTime",
        );
    }
    if entry.hash.as_deref().is_some_and(|hash| !is_hash(hash)) {
        check.add("hash", Fault::Form, HASH);
    }
    if entry.size == Some(0) {
        check.add("size", Fault::Form, "a positive number of bytes");
    }
    check.language(entry.language_code.as_deref());
    check.authors(&entry.authors, profile);
    if let Some(person) = &entry.legal_authenticator {
        check.person("legalAuthenticator", person, profile);
    }
    check.code("classCode", entry.class_code.as_ref());
    check.code("typeCode", entry.type_code.as_ref());
    check.code("formatCode", entry.format_code.as_ref());
    check.code(
        "healthcareFacilityTypeCode",
        entry.healthcare_facility_type_code.as_ref(),
    );
    check.code("practiceSettingCode", entry.practice_setting_code.as_ref());
    let confidential = !entry.confidentiality_codes.is_empty();
    check.there("confidentialityCode", confidential, "at least one code");
    for code in &entry.confidentiality_codes {
        check.code("confidentialityCode", Some(code));
    }
    for code in &entry.event_codes {
        check.code("eventCodeList", Some(code));
    }
    if let Some(uri) = &entry.uri {
        check.text("URI", uri, VALUE);
        if profile == Profile::IheStrict && !is_uri(uri) {
            check.add(
                "URI",
                Fault::Form,
                "a URI: no space, other characters as %20",
            );
        }
    }
    if let Some(repository) = &entry.repository_unique_id {
        check.oid("repositoryUniqueId", repository, profile);
    }
    for reference in &entry.reference_ids {
        check.reference(reference);
    }
    check.others(&entry.other_slots, &ENTRY_SLOTS);
    check.once(
        &entry.other_classifications,
        &entry.other_identifiers,
        &ENTRY_SCHEMES,
    );
}

/// Longest value of a slot, an identifier or a code. Source: rim.xsd, `LongName`.
const VALUE: usize = 256;
/// Longest title. Source: oehf/ipf, `ObjectContainerValidator`.
const TITLE: usize = 128;
/// Longest localized string. Source: rim.xsd, `FreeFormText`.
const FREE_TEXT: usize = 1024;
/// Longest uniqueId. Source: oehf/ipf.
const UNIQUE_ID: usize = 128;
/// Longest OID of a strict message. Source: oehf/ipf, `OIDValidator`; no limit of the DMP was read.
const OID: usize = 64;
const TIME: &str = "a time in UTC as YYYYMMDDhhmmss";
const HASH: &str = "SHA-1 as 40 hexadecimal digits";

const SET_SLOTS: [&str; 2] = [
    vocabulary::slot::SUBMISSION_TIME,
    vocabulary::slot::RECIPIENT,
];
const ASSOCIATION_SLOTS: [&str; 5] = [
    vocabulary::slot::SET_STATUS,
    vocabulary::slot::PREVIOUS_VERSION,
    vocabulary::slot::ORIGINAL_STATUS,
    vocabulary::slot::NEW_STATUS,
    vocabulary::slot::PROPAGATION,
];
pub(crate) const ENTRY_SLOTS: [&str; 13] = [
    vocabulary::slot::URI,
    vocabulary::slot::CREATION_TIME,
    vocabulary::slot::AVAILABILITY,
    vocabulary::slot::HASH,
    vocabulary::slot::LANGUAGE,
    vocabulary::slot::LEGAL_AUTHENTICATOR,
    vocabulary::slot::REPOSITORY,
    vocabulary::slot::SERVICE_START,
    vocabulary::slot::SERVICE_STOP,
    vocabulary::slot::SIZE,
    vocabulary::slot::SOURCE_PATIENT_ID,
    vocabulary::slot::SOURCE_PATIENT_INFO,
    vocabulary::slot::REFERENCES,
];

/// Schemes that an object has once, and their fields.
const ENTRY_SCHEMES: [(&str, &str); 7] = [
    (vocabulary::entry::CLASS, "classCode"),
    (vocabulary::entry::TYPE, "typeCode"),
    (vocabulary::entry::FORMAT, "formatCode"),
    (vocabulary::entry::FACILITY, "healthcareFacilityTypeCode"),
    (vocabulary::entry::PRACTICE, "practiceSettingCode"),
    (vocabulary::entry::PATIENT_ID, "patientId"),
    (vocabulary::entry::UNIQUE_ID, "uniqueId"),
];
const SET_SCHEMES: [(&str, &str); 4] = [
    (vocabulary::set::CONTENT_TYPE, "contentTypeCode"),
    (vocabulary::set::PATIENT_ID, "patientId"),
    (vocabulary::set::SOURCE_ID, "sourceId"),
    (vocabulary::set::UNIQUE_ID, "uniqueId"),
];
const FOLDER_SCHEMES: [(&str, &str); 2] = [
    (vocabulary::folder::PATIENT_ID, "patientId"),
    (vocabulary::folder::UNIQUE_ID, "uniqueId"),
];

/// Source: oehf/ipf, `UriValidator`, which takes what `java.net.URI` does.
fn is_uri(text: &str) -> bool {
    let excluded = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    let escaped = |rest: &str| {
        let digits = rest.as_bytes().get(..2).unwrap_or_default();
        digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit)
    };
    !text.contains(excluded) && text.split('%').skip(1).all(escaped)
}

pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) struct Check<'a> {
    object: &'a str,
    all: &'a mut Vec<Problem>,
}

impl<'a> Check<'a> {
    pub(super) fn new(object: &'a str, all: &'a mut Vec<Problem>) -> Self {
        Self { object, all }
    }

    fn add(&mut self, field: &'static str, fault: Fault, expected: &'static str) {
        self.all.push(Problem {
            object: self.object.to_owned(),
            field,
            fault,
            expected,
        });
    }

    pub(super) fn there(&mut self, field: &'static str, there: bool, expected: &'static str) {
        if !there {
            self.add(field, Fault::Missing, expected);
        }
    }

    /// Not empty, not too long, no white space around that a reader would drop.
    fn text(&mut self, field: &'static str, text: &str, max: usize) {
        let got = text.chars().count();
        if got == 0 {
            self.add(field, Fault::Missing, "a text");
        } else if got > max {
            self.add(field, Fault::TooLong { max, got }, "a shorter text");
        } else if text.trim() != text {
            self.add(field, Fault::Form, "no white space around");
        }
    }

    fn title(&mut self, title: Option<&str>) {
        if let Some(title) = title {
            self.text("title", title, TITLE);
        }
    }

    fn comments(&mut self, comments: Option<&str>) {
        if let Some(comments) = comments {
            self.text("comments", comments, FREE_TEXT);
        }
    }

    fn oid(&mut self, field: &'static str, text: &str, profile: Profile) {
        if text.is_empty() {
            self.add(field, Fault::Missing, "an OID");
        } else if text.starts_with("urn:") || Oid::parse(text).is_err() {
            self.add(field, Fault::Form, "an OID");
        } else {
            let max = match profile {
                Profile::IheStrict => OID,
                Profile::Dmp => UNIQUE_ID,
            };
            self.text(field, text, max);
        }
    }

    fn authority(&mut self, field: &'static str, authority: Option<&Authority>, profile: Profile) {
        if profile == Profile::IheStrict
            && let Some(Authority { id, .. }) = authority
        {
            self.text(field, id, OID);
        }
    }

    /// Source: oehf/ipf: an OID, an OID and an extension, or a UUID as URN.
    fn unique_id(&mut self, text: &str) {
        let (root, extension) = match text.split_once('^') {
            Some((root, extension)) => (root, Some(extension)),
            None => (text, None),
        };
        let is_oid = !root.starts_with("urn:") && Oid::parse(root).is_ok();
        let is_uuid = root.starts_with("urn:uuid:") && extension.is_none();
        self.text("uniqueId", text, UNIQUE_ID);
        if !(text.is_empty() || is_oid || is_uuid) {
            let expected = "an OID, an OID and an extension (root^extension), or urn:uuid:";
            self.add("uniqueId", Fault::Form, expected);
        }
        if extension.is_some_and(|extension| extension.is_empty() || extension.contains('^')) {
            self.add("uniqueId", Fault::Form, "one extension after the OID");
        }
    }

    fn patient(&mut self, field: &'static str, patient: Option<&Cx>, profile: Profile) {
        match patient {
            None => self.add(field, Fault::Missing, "an identifier as id^^^&oid&ISO"),
            Some(patient) => {
                if !patient.is_complete() {
                    self.add(field, Fault::Form, "an identifier as id^^^&oid&ISO");
                }
                if profile == Profile::Dmp && patient.id_type.is_none() {
                    self.add(
                        field,
                        Fault::Missing,
                        "a kind of identifier (CX.5), as NH or PI",
                    );
                }
                self.authority(field, patient.authority.as_ref(), profile);
                self.text(field, &patient.to_text(profile), VALUE);
            }
        }
    }

    fn same_patient(&mut self, of_set: Option<&Cx>, of_object: Option<&Cx>) {
        if let (Some(one), Some(other)) = (of_set, of_object)
            && !one.same_id(other)
        {
            self.add(
                "patientId",
                Fault::Conflict,
                "the patient of the submission set",
            );
        }
    }

    fn person(&mut self, field: &'static str, person: &super::Xcn, profile: Profile) {
        self.authority(field, person.authority.as_ref(), profile);
        if !person.is_complete(profile) {
            self.add(
                field,
                Fault::Form,
                "an identifier with its authority, or a family name",
            );
        }
        self.text(field, &person.to_text(), VALUE);
    }

    fn authors(&mut self, authors: &[Author], profile: Profile) {
        for author in authors {
            if let Some(person) = &author.person {
                self.person("authorPerson", person, profile);
            }
            let known = author.person.is_some() || !author.institutions.is_empty();
            let reached = profile == Profile::IheStrict && !author.telecoms.is_empty();
            self.there("author", known || reached, "a person or an institution");
            for institution in &author.institutions {
                if !institution.is_complete(profile) {
                    let expected = "a name, and the authority of an identifier";
                    self.add("authorInstitution", Fault::Form, expected);
                }
                let authority = institution.authority.as_ref();
                self.authority("authorInstitution", authority, profile);
                self.text("authorInstitution", &institution.to_text(profile), VALUE);
            }
            for role in &author.roles {
                self.text("authorRole", role, VALUE);
            }
            for specialty in &author.specialties {
                self.text(
                    "authorSpecialty",
                    &specialty_text(specialty, profile),
                    VALUE,
                );
            }
            for telecom in &author.telecoms {
                if !telecom.is_complete() {
                    let expected =
                        "a mail address (Internet), or a number (PH, CP) written one way";
                    self.add("authorTelecommunication", Fault::Form, expected);
                }
                self.text("authorTelecommunication", &telecom.to_text(), VALUE);
            }
        }
    }

    fn code(&mut self, field: &'static str, code: Option<&Coded>) {
        let Some(code) = code else {
            return self.add(field, Fault::Missing, "a code with its code system");
        };
        self.text(field, &code.code, VALUE);
        self.text(field, &code.system, VALUE);
        if let Some(display) = &code.display {
            self.text(field, display, FREE_TEXT);
        }
    }

    /// Source: oehf/ipf, `LanguageCodeValidator`.
    fn language(&mut self, code: Option<&str>) {
        const EXPECTED: &str = "a language as fr-FR";
        let Some(code) = code else {
            return self.add("languageCode", Fault::Missing, EXPECTED);
        };
        let mut parts = code.split('-');
        let first = parts.next().unwrap_or_default();
        let short = |part: &str| (1..=8).contains(&part.len());
        let right = short(first)
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|part| short(part) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !right {
            self.add("languageCode", Fault::Form, EXPECTED);
        }
    }

    /// Without parameters. Sources: oehf/ipf, `MimeTypeValidator`; RFC 6838, 4.2.
    fn mime_type(&mut self, text: &str) {
        self.text("mimeType", text, VALUE);
        let right = text.split_once('/').is_some_and(|(kind, subtype)| {
            let token = |part: &str| {
                let own = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b);
                !part.is_empty() && part.bytes().all(own)
            };
            token(kind) && token(subtype)
        });
        if !text.is_empty() && !right {
            self.add("mimeType", Fault::Form, "a media type as text/xml");
        }
    }

    /// Source: oehf/ipf, `CXiValidator`.
    fn reference(&mut self, reference: &Cx) {
        let right = !reference.id.is_empty()
            && reference
                .id_type
                .as_ref()
                .is_some_and(|kind| !kind.is_empty())
            && reference.effective_date.is_none()
            && reference.other.is_empty();
        if !right {
            self.add("referenceIdList", Fault::Form, "id^^^&oid&ISO^type");
        }
        self.text("referenceIdList", &reference.to_full_text(), VALUE);
    }

    /// A second code or identifier of ours among the others would be written beside the field.
    fn once(
        &mut self,
        classifications: &[ebrim::Classification],
        identifiers: &[ebrim::ExternalIdentifier],
        own: &[(&str, &'static str)],
    ) {
        let codes = classifications
            .iter()
            .filter_map(|one| one.scheme.as_deref());
        let identifiers = identifiers.iter().map(|one| one.scheme.as_str());
        for scheme in codes.chain(identifiers) {
            if let Some((_, field)) = own.iter().find(|(known, _)| *known == scheme) {
                self.add(field, Fault::Repeated, "it stands once");
            }
        }
    }

    /// A slot of ours among the others is one that could not be read: it is not written again.
    fn others(&mut self, slots: &[ebrim::Slot], own: &[&'static str]) {
        let mut names = BTreeSet::new();
        for slot in slots {
            if let Some(field) = own.iter().find(|field| **field == slot.name) {
                self.add(field, Fault::Form, "a value that can be read");
            }
            if !names.insert(&slot.name) {
                self.add("Slot", Fault::Repeated, "a name of its own");
            }
            self.text("Slot", &slot.name, VALUE);
            for value in &slot.values {
                self.text("Slot", value, VALUE);
            }
        }
    }
}
