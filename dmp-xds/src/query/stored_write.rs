//! From a stored query to the slots of its parameters.

use segur_core::Coded;

use super::parameter::{EXCLUSIVE, MAX, list, name, quoted};
use super::{
    DocumentExclusion, DocumentFilter, EntryKey, EntryKeys, FolderFilter, GetContents, Period,
    StoredQuery,
};
use crate::Profile;
use crate::ebrim::Slot;
use crate::metadata::{AssociationKind, AvailabilityStatus, Cx, EntryKind, Fault, Problem};

/// The slots of a query, and what is wrong with it.
pub(super) fn slots(query: &StoredQuery, profile: Profile) -> (Vec<Slot>, Vec<Problem>) {
    let mut out = Out {
        profile,
        slots: Vec::new(),
        problems: Vec::new(),
    };
    match query {
        StoredQuery::FindDocuments(one) => {
            out.patient(name::DOC_PATIENT, &one.patient_id);
            out.documents(&one.filter);
        }
        StoredQuery::FindDocumentsByReferenceId(one) => {
            out.patient(name::DOC_PATIENT, &one.patient_id);
            out.references(&one.reference_ids);
            out.documents(&one.filter);
        }
        StoredQuery::FindDocumentsExclude(one) => {
            out.patient(name::DOC_PATIENT, &one.patient_id);
            out.any_references(name::DOC_REFERENCE, &one.reference_ids);
            out.documents(&one.filter);
            out.exclusion(&one.exclusion);
            out.apart(EXCLUSIVE);
        }
        StoredQuery::FindSubmissionSets(one) => {
            out.patient(name::SET_PATIENT, &one.patient_id);
            out.statuses(name::SET_STATUS, &one.statuses);
            out.texts(name::SET_SOURCE, &one.source_ids);
            out.period(name::SET_TIME_FROM, name::SET_TIME_TO, &one.submission_time);
            if let Some(person) = &one.author_person {
                out.text(name::SET_AUTHOR, person);
            }
            out.codes(name::SET_CONTENT, &one.content_type_codes);
        }
        StoredQuery::FindFolders(one) => {
            out.patient(name::FOLDER_PATIENT, &one.patient_id);
            out.folders(&one.filter);
        }
        StoredQuery::GetAll(one) => {
            out.patient(name::PATIENT, &one.patient_id);
            out.statuses(name::DOC_STATUS, &one.document_statuses);
            out.statuses(name::SET_STATUS, &one.submission_set_statuses);
            out.statuses(name::FOLDER_STATUS, &one.folder_statuses);
            out.codes(name::DOC_FORMAT, &one.format_codes);
            out.all_of(name::DOC_CONFIDENTIALITY, &one.confidentiality_codes);
            out.kinds(&one.entry_kinds);
        }
        StoredQuery::GetDocuments(keys) => {
            out.keys(
                name::DOC_UUID,
                name::DOC_UNIQUE_ID,
                Some(name::DOC_LOGICAL_ID),
                keys,
            );
        }
        StoredQuery::GetFolders(keys) => {
            let logical = Some(name::FOLDER_LOGICAL_ID);
            out.keys(name::FOLDER_UUID, name::FOLDER_UNIQUE_ID, logical, keys);
        }
        StoredQuery::GetDocumentsAndAssociations(keys) => {
            out.keys(name::DOC_UUID, name::DOC_UNIQUE_ID, None, keys);
        }
        StoredQuery::GetAssociations(uuids) | StoredQuery::GetSubmissionSets(uuids) => {
            out.required(name::UUID, uuids);
        }
        StoredQuery::GetSubmissionSetAndContents(one) => {
            out.contents(name::SET_UUID, name::SET_UNIQUE_ID, one);
        }
        StoredQuery::GetFolderAndContents(one) => {
            out.contents(name::FOLDER_UUID, name::FOLDER_UNIQUE_ID, one);
        }
        StoredQuery::GetFoldersForDocument(key) => {
            out.key(name::DOC_UUID, name::DOC_UNIQUE_ID, key);
        }
        StoredQuery::GetRelatedDocuments(one) => {
            out.key(name::DOC_UUID, name::DOC_UNIQUE_ID, &one.key);
            let kinds = one.association_kinds.iter();
            let kinds: Vec<String> = kinds.map(AssociationKind::to_string).collect();
            out.required(name::ASSOCIATIONS, &kinds);
            out.kinds(&one.entry_kinds);
        }
        StoredQuery::FindDocumentsForMultiplePatients {
            patient_ids,
            filter,
        } => {
            out.patients(name::DOC_PATIENT, patient_ids);
            out.documents(filter);
            if asks_for_everybody(patient_ids, filter) {
                out.problem(
                    name::DOC_PATIENT,
                    Fault::Missing,
                    "a patient, class, event or facility",
                );
            }
        }
        StoredQuery::FindDocumentsByReferenceIdForMultiplePatients {
            patient_ids,
            filter,
            reference_ids,
        } => {
            out.patients(name::DOC_PATIENT, patient_ids);
            out.references(reference_ids);
            out.documents(filter);
        }
        StoredQuery::FindFoldersForMultiplePatients {
            patient_ids,
            filter,
        } => {
            out.patients(name::FOLDER_PATIENT, patient_ids);
            out.folders(filter);
            if patient_ids.is_empty() && filter.codes.is_empty() {
                out.problem(name::FOLDER_PATIENT, Fault::Missing, "a patient or a code");
            }
        }
    }
    (out.slots, out.problems)
}

/// Whether nothing is asked that keeps the answer from being about everybody.
pub(super) fn asks_for_everybody(patients: &[Cx], filter: &DocumentFilter) -> bool {
    patients.is_empty()
        && filter.class_codes.is_empty()
        && filter.event_codes.is_empty()
        && filter.healthcare_facility_type_codes.is_empty()
}

struct Out {
    profile: Profile,
    slots: Vec<Slot>,
    problems: Vec<Problem>,
}

impl Out {
    fn problem(&mut self, field: &'static str, fault: Fault, expected: &'static str) {
        self.problems.push(Problem {
            object: "AdhocQuery".to_owned(),
            field,
            fault,
            expected,
        });
    }

    fn push(&mut self, name: &'static str, values: Vec<String>) {
        for value in &values {
            let got = value.chars().count();
            if got > MAX {
                self.problem(name, Fault::TooLong { max: MAX, got }, "a shorter value");
            }
        }
        self.slots.push(Slot::new(name, values));
    }

    fn text(&mut self, name: &'static str, text: &str) {
        if text.is_empty() {
            self.problem(name, Fault::Missing, "a value");
        } else {
            self.push(name, vec![quoted(text)]);
        }
    }

    fn texts(&mut self, name: &'static str, texts: &[String]) {
        if texts.iter().any(String::is_empty) {
            self.problem(name, Fault::Missing, "a value");
        }
        if !texts.is_empty() {
            self.push(name, list(texts));
        }
    }

    fn required(&mut self, name: &'static str, texts: &[String]) {
        if texts.is_empty() {
            self.problem(name, Fault::Missing, "at least one value");
        }
        self.texts(name, texts);
    }

    /// Identifier, authority and, for the DMP, kind: nothing else of the patient's identifier is asked.
    fn patient_text(&mut self, name: &'static str, patient: &Cx) -> String {
        if !patient.is_complete() {
            self.problem(name, Fault::Form, "an identifier as id^^^&oid&ISO");
        }
        let bare = Cx {
            id: patient.id.clone(),
            authority: patient.authority.clone(),
            id_type: patient.id_type.clone(),
            ..Cx::default()
        };
        bare.to_text(self.profile)
    }

    fn patient(&mut self, name: &'static str, patient: &Cx) {
        let text = self.patient_text(name, patient);
        self.text(name, &text);
    }

    fn patients(&mut self, name: &'static str, patients: &[Cx]) {
        let texts = patients
            .iter()
            .map(|patient| self.patient_text(name, patient));
        let texts: Vec<String> = texts.collect();
        self.texts(name, &texts);
    }

    fn statuses(&mut self, name: &'static str, statuses: &[AvailabilityStatus]) {
        let texts: Vec<String> = statuses.iter().map(ToString::to_string).collect();
        self.required(name, &texts);
    }

    fn kinds(&mut self, kinds: &[EntryKind]) {
        self.kinds_of(name::DOC_KIND, kinds);
    }

    fn kinds_of(&mut self, name: &'static str, kinds: &[EntryKind]) {
        let texts: Vec<String> = kinds.iter().map(ToString::to_string).collect();
        self.texts(name, &texts);
    }

    fn code_texts(&mut self, name: &'static str, codes: &[Coded]) -> Vec<String> {
        let wrong = |code: &Coded| {
            code.code.is_empty() || code.system.is_empty() || code.code.contains('^')
        };
        if codes.iter().any(wrong) {
            self.problem(name, Fault::Form, "a code with its code system");
        }
        let texts = codes.iter();
        texts
            .map(|code| format!("{}^^{}", code.code, code.system))
            .collect()
    }

    fn codes(&mut self, name: &'static str, codes: &[Coded]) {
        let texts = self.code_texts(name, codes);
        self.texts(name, &texts);
    }

    fn all_of(&mut self, name: &'static str, lists: &[Vec<Coded>]) {
        for codes in lists {
            let texts = self.code_texts(name, codes);
            self.required(name, &texts);
        }
    }

    fn references(&mut self, lists: &[Vec<Cx>]) {
        if lists.is_empty() {
            self.problem(
                name::DOC_REFERENCE,
                Fault::Missing,
                "at least one reference",
            );
        }
        self.any_references(name::DOC_REFERENCE, lists);
    }

    fn any_references(&mut self, name: &'static str, lists: &[Vec<Cx>]) {
        for references in lists {
            let texts: Vec<String> = references.iter().map(Cx::to_full_text).collect();
            self.required(name, &texts);
        }
    }

    fn period(&mut self, from: &'static str, to: &'static str, period: &Period) {
        for (name, time) in [(from, &period.from), (to, &period.to)] {
            if let Some(time) = time {
                self.push(name, vec![time.to_string()]);
            }
        }
    }

    fn documents(&mut self, filter: &DocumentFilter) {
        self.statuses(name::DOC_STATUS, &filter.statuses);
        self.codes(name::DOC_CLASS, &filter.class_codes);
        self.codes(name::DOC_TYPE, &filter.type_codes);
        self.codes(name::DOC_PRACTICE, &filter.practice_setting_codes);
        self.codes(name::DOC_FACILITY, &filter.healthcare_facility_type_codes);
        self.codes(name::DOC_FORMAT, &filter.format_codes);
        self.all_of(name::DOC_EVENT, &filter.event_codes);
        self.all_of(name::DOC_CONFIDENTIALITY, &filter.confidentiality_codes);
        self.texts(name::DOC_AUTHOR, &filter.author_persons);
        self.period(
            name::DOC_CREATION_FROM,
            name::DOC_CREATION_TO,
            &filter.creation_time,
        );
        self.period(
            name::DOC_START_FROM,
            name::DOC_START_TO,
            &filter.service_start_time,
        );
        self.period(
            name::DOC_STOP_FROM,
            name::DOC_STOP_TO,
            &filter.service_stop_time,
        );
        self.kinds(&filter.entry_kinds);
        self.texts(name::DOC_AVAILABILITY, &filter.document_availability);
        if let Some(level) = filter.metadata_level {
            self.push(name::LEVEL, vec![level.to_string()]);
        }
    }

    fn exclusion(&mut self, out: &DocumentExclusion) {
        self.codes(name::DOC_CLASS_EXCLUDE, &out.class_codes);
        self.codes(name::DOC_TYPE_EXCLUDE, &out.type_codes);
        self.codes(name::DOC_PRACTICE_EXCLUDE, &out.practice_setting_codes);
        self.codes(
            name::DOC_FACILITY_EXCLUDE,
            &out.healthcare_facility_type_codes,
        );
        self.codes(name::DOC_FORMAT_EXCLUDE, &out.format_codes);
        self.all_of(name::DOC_EVENT_EXCLUDE, &out.event_codes);
        self.all_of(
            name::DOC_CONFIDENTIALITY_EXCLUDE,
            &out.confidentiality_codes,
        );
        self.texts(name::DOC_AUTHOR_EXCLUDE, &out.author_persons);
        self.kinds_of(name::DOC_KIND_EXCLUDE, &out.entry_kinds);
        self.any_references(name::DOC_REFERENCE_EXCLUDE, &out.reference_ids);
    }

    /// Of each pair one parameter at most.
    fn apart(&mut self, pairs: &[(&'static str, &'static str)]) {
        for (asked, excluded) in pairs {
            let has = |name: &str| self.slots.iter().any(|slot| slot.name == name);
            if has(asked) && has(excluded) {
                self.problem(
                    excluded,
                    Fault::Conflict,
                    "values to look for, or values to leave out, not both",
                );
            }
        }
    }

    fn folders(&mut self, filter: &FolderFilter) {
        self.statuses(name::FOLDER_STATUS, &filter.statuses);
        let period = &filter.last_update_time;
        self.period(name::FOLDER_UPDATE_FROM, name::FOLDER_UPDATE_TO, period);
        self.all_of(name::FOLDER_CODES, &filter.codes);
    }

    fn keys(
        &mut self,
        uuid: &'static str,
        unique_id: &'static str,
        logical_id: Option<&'static str>,
        keys: &EntryKeys,
    ) {
        match (keys, logical_id) {
            (EntryKeys::EntryUuids(ids), _) => self.required(uuid, ids),
            (EntryKeys::UniqueIds(ids), _) => self.required(unique_id, ids),
            (EntryKeys::LogicalIds(ids), Some(name)) => self.required(name, ids),
            (EntryKeys::LogicalIds(_), None) => {
                self.problem(
                    uuid,
                    Fault::Form,
                    "entryUUIDs or uniqueIds, not logical ids",
                );
            }
        }
    }

    fn key(&mut self, uuid: &'static str, unique_id: &'static str, key: &EntryKey) {
        match key {
            EntryKey::EntryUuid(id) => self.text(uuid, id),
            EntryKey::UniqueId(id) => self.text(unique_id, id),
        }
    }

    fn contents(&mut self, uuid: &'static str, unique_id: &'static str, one: &GetContents) {
        self.key(uuid, unique_id, &one.key);
        self.codes(name::DOC_FORMAT, &one.format_codes);
        self.all_of(name::DOC_CONFIDENTIALITY, &one.confidentiality_codes);
        self.kinds(&one.entry_kinds);
    }
}
