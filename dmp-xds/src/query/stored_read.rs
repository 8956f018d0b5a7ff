//! From the slots of a request to the stored query.

use std::collections::BTreeSet;

use segur_core::Coded;

use super::parameter::{EXCLUSIVE, name, parse};
use super::stored_write::asks_for_everybody;
use super::{
    DocumentExclusion, DocumentFilter, EntryKey, EntryKeys, FindDocuments,
    FindDocumentsByReferenceId, FindDocumentsExclude, FindFolders, FindSubmissionSets,
    FolderFilter, GetAll, GetContents, GetRelatedDocuments, Period, QueryError, QueryId,
    StoredQuery,
};
use crate::ebrim::Slot;
use crate::metadata::{AssociationKind, AvailabilityStatus, Cx, Dtm, EntryKind};
use crate::reading::{Reading, WarningKind, Warnings};

/// The query of an id and its slots.
pub(super) fn query(id: &QueryId, slots: &[Slot]) -> Result<Reading<StoredQuery>, QueryError> {
    let mut read = In {
        slots,
        asked: BTreeSet::new(),
        warnings: Warnings::default(),
    };
    let query = match id {
        QueryId::FindDocuments => StoredQuery::FindDocuments(FindDocuments {
            patient_id: read.patient(name::DOC_PATIENT)?,
            filter: read.documents()?,
        }),
        QueryId::FindDocumentsByReferenceId => {
            StoredQuery::FindDocumentsByReferenceId(FindDocumentsByReferenceId {
                patient_id: read.patient(name::DOC_PATIENT)?,
                reference_ids: read.references()?,
                filter: read.documents()?,
            })
        }
        QueryId::FindDocumentsExclude => {
            let one = FindDocumentsExclude {
                patient_id: read.patient(name::DOC_PATIENT)?,
                reference_ids: read.any_references(name::DOC_REFERENCE),
                filter: read.documents()?,
                exclusion: read.exclusion()?,
            };
            read.apart(EXCLUSIVE)?;
            StoredQuery::FindDocumentsExclude(Box::new(one))
        }
        QueryId::FindSubmissionSets => StoredQuery::FindSubmissionSets(FindSubmissionSets {
            patient_id: read.patient(name::SET_PATIENT)?,
            statuses: read.statuses(name::SET_STATUS)?,
            source_ids: read.texts(name::SET_SOURCE)?,
            submission_time: read.period(name::SET_TIME_FROM, name::SET_TIME_TO)?,
            author_person: read.text(name::SET_AUTHOR)?,
            content_type_codes: read.codes(name::SET_CONTENT)?,
        }),
        QueryId::FindFolders => StoredQuery::FindFolders(FindFolders {
            patient_id: read.patient(name::FOLDER_PATIENT)?,
            filter: read.folders()?,
        }),
        QueryId::GetAll => StoredQuery::GetAll(GetAll {
            patient_id: read.patient(name::PATIENT)?,
            document_statuses: read.statuses(name::DOC_STATUS)?,
            submission_set_statuses: read.statuses(name::SET_STATUS)?,
            folder_statuses: read.statuses(name::FOLDER_STATUS)?,
            format_codes: read.codes(name::DOC_FORMAT)?,
            confidentiality_codes: read.all_of(name::DOC_CONFIDENTIALITY)?,
            entry_kinds: read.kinds()?,
        }),
        QueryId::GetDocuments => StoredQuery::GetDocuments(read.keys(
            name::DOC_UUID,
            name::DOC_UNIQUE_ID,
            Some(name::DOC_LOGICAL_ID),
        )?),
        QueryId::GetFolders => StoredQuery::GetFolders(read.keys(
            name::FOLDER_UUID,
            name::FOLDER_UNIQUE_ID,
            Some(name::FOLDER_LOGICAL_ID),
        )?),
        QueryId::GetDocumentsAndAssociations => StoredQuery::GetDocumentsAndAssociations(
            read.keys(name::DOC_UUID, name::DOC_UNIQUE_ID, None)?,
        ),
        QueryId::GetAssociations => StoredQuery::GetAssociations(read.required(name::UUID)?),
        QueryId::GetSubmissionSets => StoredQuery::GetSubmissionSets(read.required(name::UUID)?),
        QueryId::GetSubmissionSetAndContents => StoredQuery::GetSubmissionSetAndContents(
            read.contents(name::SET_UUID, name::SET_UNIQUE_ID)?,
        ),
        QueryId::GetFolderAndContents => StoredQuery::GetFolderAndContents(
            read.contents(name::FOLDER_UUID, name::FOLDER_UNIQUE_ID)?,
        ),
        QueryId::GetFoldersForDocument => {
            StoredQuery::GetFoldersForDocument(read.key(name::DOC_UUID, name::DOC_UNIQUE_ID)?)
        }
        QueryId::GetRelatedDocuments => StoredQuery::GetRelatedDocuments(GetRelatedDocuments {
            key: read.key(name::DOC_UUID, name::DOC_UNIQUE_ID)?,
            association_kinds: {
                let words = read.required(name::ASSOCIATIONS)?;
                words
                    .iter()
                    .map(|word| AssociationKind::read(word))
                    .collect()
            },
            entry_kinds: read.kinds()?,
        }),
        QueryId::FindDocumentsForMultiplePatients => {
            let patient_ids = read.patients(name::DOC_PATIENT)?;
            let filter = read.documents()?;
            if asks_for_everybody(&patient_ids, &filter) {
                let parameter = name::DOC_PATIENT;
                return Err(QueryError::MissingParameter { parameter });
            }
            StoredQuery::FindDocumentsForMultiplePatients {
                patient_ids,
                filter,
            }
        }
        QueryId::FindDocumentsByReferenceIdForMultiplePatients => {
            StoredQuery::FindDocumentsByReferenceIdForMultiplePatients {
                patient_ids: read.patients(name::DOC_PATIENT)?,
                reference_ids: read.references()?,
                filter: read.documents()?,
            }
        }
        QueryId::FindFoldersForMultiplePatients => {
            let patient_ids = read.patients(name::FOLDER_PATIENT)?;
            let filter = read.folders()?;
            if patient_ids.is_empty() && filter.codes.is_empty() {
                let parameter = name::FOLDER_PATIENT;
                return Err(QueryError::MissingParameter { parameter });
            }
            StoredQuery::FindFoldersForMultiplePatients {
                patient_ids,
                filter,
            }
        }
        QueryId::Other(_) => return Err(QueryError::UnknownQuery),
    };
    let unasked = slots
        .iter()
        .filter(|slot| !read.asked.contains(slot.name.as_str()));
    let unasked: Vec<String> = unasked.map(|slot| slot.name.clone()).collect();
    for name in unasked {
        read.warnings
            .push(WarningKind::UnknownParameter, "AdhocQuery", name);
    }
    Ok(read.warnings.with(query))
}

struct In<'a> {
    slots: &'a [Slot],
    asked: BTreeSet<&'static str>,
    warnings: Warnings,
}

impl In<'_> {
    /// The texts of each slot with a name, the slots apart: one of each.
    fn lists(&mut self, name: &'static str, bare: bool) -> Vec<Vec<String>> {
        self.asked.insert(name);
        let mut lists = Vec::new();
        let mut loose = false;
        for slot in self.slots.iter().filter(|slot| slot.name == name) {
            let mut texts = Vec::new();
            for value in &slot.values {
                let parsed = parse(value);
                loose |= parsed.loose && !bare;
                texts.extend(parsed.texts);
            }
            lists.push(texts);
        }
        if loose {
            self.warnings
                .push(WarningKind::LooseQuoting, "AdhocQuery", name);
        }
        lists
    }

    /// A list that may stand once.
    fn texts(&mut self, name: &'static str) -> Result<Vec<String>, QueryError> {
        let mut lists = self.lists(name, false).into_iter();
        let first = lists.next().unwrap_or_default();
        match lists.next() {
            None => Ok(first),
            Some(_) => Err(QueryError::ParameterNumber { parameter: name }),
        }
    }

    fn required(&mut self, name: &'static str) -> Result<Vec<String>, QueryError> {
        let texts = self.texts(name)?;
        if texts.is_empty() {
            return Err(QueryError::MissingParameter { parameter: name });
        }
        Ok(texts)
    }

    fn one(&mut self, name: &'static str, bare: bool) -> Result<Option<String>, QueryError> {
        let lists = self.lists(name, bare);
        let mut all = lists.into_iter().flatten();
        let first = all.next();
        if all.next().is_some() || self.slots.iter().filter(|slot| slot.name == name).count() > 1 {
            return Err(QueryError::ParameterNumber { parameter: name });
        }
        let listed = |slot: &&Slot| {
            slot.name == name && slot.values.iter().any(|value| parse(value).in_parentheses)
        };
        if self.slots.iter().any(|slot| listed(&slot)) {
            self.warnings
                .push(WarningKind::LooseQuoting, "AdhocQuery", name);
        }
        Ok(first.filter(|text| !text.is_empty()))
    }

    fn text(&mut self, name: &'static str) -> Result<Option<String>, QueryError> {
        self.one(name, false)
    }

    fn patient(&mut self, name: &'static str) -> Result<Cx, QueryError> {
        match self.text(name)? {
            Some(text) => Ok(Cx::read(&text)),
            None => Err(QueryError::MissingParameter { parameter: name }),
        }
    }

    fn patients(&mut self, name: &'static str) -> Result<Vec<Cx>, QueryError> {
        Ok(self
            .texts(name)?
            .iter()
            .map(|text| Cx::read(text))
            .collect())
    }

    fn statuses(&mut self, name: &'static str) -> Result<Vec<AvailabilityStatus>, QueryError> {
        let words = self.required(name)?;
        Ok(words
            .iter()
            .map(|word| AvailabilityStatus::read(word))
            .collect())
    }

    fn kinds(&mut self) -> Result<Vec<EntryKind>, QueryError> {
        self.kinds_of(name::DOC_KIND)
    }

    fn kinds_of(&mut self, name: &'static str) -> Result<Vec<EntryKind>, QueryError> {
        let words = self.texts(name)?;
        Ok(words.iter().map(|word| EntryKind::read(word)).collect())
    }

    fn codes(&mut self, name: &'static str) -> Result<Vec<Coded>, QueryError> {
        let texts = self.texts(name)?;
        texts.iter().map(|text| code(name, text)).collect()
    }

    fn all_of(&mut self, name: &'static str) -> Result<Vec<Vec<Coded>>, QueryError> {
        let lists = self.lists(name, false);
        let codes = |texts: &Vec<String>| texts.iter().map(|text| code(name, text)).collect();
        lists.iter().map(codes).collect()
    }

    fn references(&mut self) -> Result<Vec<Vec<Cx>>, QueryError> {
        let lists = self.any_references(name::DOC_REFERENCE);
        if lists.iter().all(Vec::is_empty) {
            let parameter = name::DOC_REFERENCE;
            return Err(QueryError::MissingParameter { parameter });
        }
        Ok(lists)
    }

    fn any_references(&mut self, name: &'static str) -> Vec<Vec<Cx>> {
        let lists = self.lists(name, false);
        let read = |texts: &Vec<String>| texts.iter().map(|text| Cx::read(text)).collect();
        lists.iter().map(read).collect()
    }

    fn exclusion(&mut self) -> Result<DocumentExclusion, QueryError> {
        Ok(DocumentExclusion {
            class_codes: self.codes(name::DOC_CLASS_EXCLUDE)?,
            type_codes: self.codes(name::DOC_TYPE_EXCLUDE)?,
            practice_setting_codes: self.codes(name::DOC_PRACTICE_EXCLUDE)?,
            healthcare_facility_type_codes: self.codes(name::DOC_FACILITY_EXCLUDE)?,
            format_codes: self.codes(name::DOC_FORMAT_EXCLUDE)?,
            event_codes: self.all_of(name::DOC_EVENT_EXCLUDE)?,
            confidentiality_codes: self.all_of(name::DOC_CONFIDENTIALITY_EXCLUDE)?,
            author_persons: self.texts(name::DOC_AUTHOR_EXCLUDE)?,
            entry_kinds: self.kinds_of(name::DOC_KIND_EXCLUDE)?,
            reference_ids: self.any_references(name::DOC_REFERENCE_EXCLUDE),
        })
    }

    /// Of each pair one parameter at most.
    fn apart(&self, pairs: &[(&'static str, &'static str)]) -> Result<(), QueryError> {
        let has = |name: &str| self.slots.iter().any(|slot| slot.name == name);
        let mut both = pairs.iter().filter(|(asked, out)| has(asked) && has(out));
        match both.next() {
            Some((_, parameter)) => Err(QueryError::ParameterNumber { parameter }),
            None => Ok(()),
        }
    }

    fn time(&mut self, name: &'static str) -> Result<Option<Dtm>, QueryError> {
        let Some(text) = self.one(name, true)? else {
            return Ok(None);
        };
        let time = Dtm::parse(text.trim()).map_err(|_| QueryError::Value {
            parameter: name,
            expected: "a time as YYYYMMDDhhmmss",
        })?;
        Ok(Some(time))
    }

    fn period(&mut self, from: &'static str, to: &'static str) -> Result<Period, QueryError> {
        Ok(Period {
            from: self.time(from)?,
            to: self.time(to)?,
        })
    }

    fn documents(&mut self) -> Result<DocumentFilter, QueryError> {
        Ok(DocumentFilter {
            statuses: self.statuses(name::DOC_STATUS)?,
            class_codes: self.codes(name::DOC_CLASS)?,
            type_codes: self.codes(name::DOC_TYPE)?,
            practice_setting_codes: self.codes(name::DOC_PRACTICE)?,
            healthcare_facility_type_codes: self.codes(name::DOC_FACILITY)?,
            format_codes: self.codes(name::DOC_FORMAT)?,
            event_codes: self.all_of(name::DOC_EVENT)?,
            confidentiality_codes: self.all_of(name::DOC_CONFIDENTIALITY)?,
            author_persons: self.texts(name::DOC_AUTHOR)?,
            creation_time: self.period(name::DOC_CREATION_FROM, name::DOC_CREATION_TO)?,
            service_start_time: self.period(name::DOC_START_FROM, name::DOC_START_TO)?,
            service_stop_time: self.period(name::DOC_STOP_FROM, name::DOC_STOP_TO)?,
            entry_kinds: self.kinds()?,
            document_availability: self.texts(name::DOC_AVAILABILITY)?,
            metadata_level: self.level()?,
        })
    }

    fn level(&mut self) -> Result<Option<u8>, QueryError> {
        let Some(text) = self.one(name::LEVEL, true)? else {
            return Ok(None);
        };
        let level = text.trim().parse().map_err(|_| QueryError::Value {
            parameter: name::LEVEL,
            expected: "a number",
        })?;
        Ok(Some(level))
    }

    fn folders(&mut self) -> Result<FolderFilter, QueryError> {
        Ok(FolderFilter {
            statuses: self.statuses(name::FOLDER_STATUS)?,
            last_update_time: self.period(name::FOLDER_UPDATE_FROM, name::FOLDER_UPDATE_TO)?,
            codes: self.all_of(name::FOLDER_CODES)?,
        })
    }

    /// Exactly one of the kinds of id.
    fn keys(
        &mut self,
        uuid: &'static str,
        unique_id: &'static str,
        logical_id: Option<&'static str>,
    ) -> Result<EntryKeys, QueryError> {
        let uuids = self.texts(uuid)?;
        let unique_ids = self.texts(unique_id)?;
        let logical_ids = match logical_id {
            Some(name) => self.texts(name)?,
            None => Vec::new(),
        };
        match (
            uuids.is_empty(),
            unique_ids.is_empty(),
            logical_ids.is_empty(),
        ) {
            (false, true, true) => Ok(EntryKeys::EntryUuids(uuids)),
            (true, false, true) => Ok(EntryKeys::UniqueIds(unique_ids)),
            (true, true, false) => Ok(EntryKeys::LogicalIds(logical_ids)),
            (true, true, true) => Err(QueryError::MissingParameter { parameter: uuid }),
            _ => Err(QueryError::ParameterNumber { parameter: uuid }),
        }
    }

    fn key(&mut self, uuid: &'static str, unique_id: &'static str) -> Result<EntryKey, QueryError> {
        match (self.text(uuid)?, self.text(unique_id)?) {
            (Some(id), None) => Ok(EntryKey::EntryUuid(id)),
            (None, Some(id)) => Ok(EntryKey::UniqueId(id)),
            (None, None) => Err(QueryError::MissingParameter { parameter: uuid }),
            (Some(_), Some(_)) => Err(QueryError::ParameterNumber { parameter: uuid }),
        }
    }

    fn contents(
        &mut self,
        uuid: &'static str,
        unique_id: &'static str,
    ) -> Result<GetContents, QueryError> {
        Ok(GetContents {
            key: self.key(uuid, unique_id)?,
            format_codes: self.codes(name::DOC_FORMAT)?,
            confidentiality_codes: self.all_of(name::DOC_CONFIDENTIALITY)?,
            entry_kinds: self.kinds()?,
        })
    }
}

/// A code as `code^^scheme`.
fn code(parameter: &'static str, text: &str) -> Result<Coded, QueryError> {
    match text.split_once("^^") {
        Some((code, system)) if !code.is_empty() && !system.is_empty() => {
            Ok(Coded::new(code.to_owned(), system.to_owned()))
        }
        _ => Err(QueryError::Value {
            parameter,
            expected: "a code as code^^scheme",
        }),
    }
}
