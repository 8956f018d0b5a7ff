//! Whether an object is like what a query asks.

use segur_core::Coded;
use segur_dmp_xds::metadata::{AvailabilityStatus, Cx, DocumentEntry, Dtm, Folder, SubmissionSet};
use segur_dmp_xds::query::{DocumentFilter, FindSubmissionSets, FolderFilter, Period};

/// How the registry reads what the sources leave open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Readings {
    /// `unverified`: the end of a period counts.
    pub(super) inclusive_end: bool,
}

impl Readings {
    pub(super) fn document(self, entry: &DocumentEntry, filter: &DocumentFilter) -> bool {
        let one = |asked: &[Coded], code: Option<&Coded>| asked.is_empty() || any(asked, code);
        is_status(&filter.statuses, entry.status.as_ref())
            && one(&filter.class_codes, entry.class_code.as_ref())
            && one(&filter.type_codes, entry.type_code.as_ref())
            && one(&filter.format_codes, entry.format_code.as_ref())
            && one(
                &filter.practice_setting_codes,
                entry.practice_setting_code.as_ref(),
            )
            && one(
                &filter.healthcare_facility_type_codes,
                entry.healthcare_facility_type_code.as_ref(),
            )
            && all(&filter.event_codes, &entry.event_codes)
            && all(&filter.confidentiality_codes, &entry.confidentiality_codes)
            && is_author(&filter.author_persons, entry)
            && self.within(&filter.creation_time, entry.creation_time)
            && self.within(&filter.service_start_time, entry.service_start_time)
            && self.within(&filter.service_stop_time, entry.service_stop_time)
            && (filter.entry_kinds.is_empty()
                || entry
                    .kind
                    .as_ref()
                    .is_some_and(|kind| filter.entry_kinds.contains(kind)))
            && (filter.document_availability.is_empty()
                || entry
                    .document_availability
                    .as_ref()
                    .is_some_and(|word| filter.document_availability.contains(word)))
    }

    pub(super) fn set(self, set: &SubmissionSet, asked: &FindSubmissionSets) -> bool {
        let author = |person: &String| {
            let mut persons = set.authors.iter().filter_map(|one| one.person.as_ref());
            persons.any(|one| one.to_text() == *person)
        };
        is_status(&asked.statuses, set.status.as_ref())
            && (asked.source_ids.is_empty() || asked.source_ids.contains(&set.source_id))
            && self.within(&asked.submission_time, set.submission_time)
            && asked.author_person.as_ref().is_none_or(author)
            && (asked.content_type_codes.is_empty()
                || any(&asked.content_type_codes, set.content_type_code.as_ref()))
    }

    pub(super) fn folder(self, folder: &Folder, filter: &FolderFilter) -> bool {
        is_status(&filter.statuses, folder.status.as_ref())
            && self.within(&filter.last_update_time, folder.last_update_time)
            && all(&filter.codes, &folder.codes)
    }

    /// Not before the beginning and before the end; what has no time is in no period.
    fn within(self, period: &Period, time: Option<Dtm>) -> bool {
        if period.from.is_none() && period.to.is_none() {
            return true;
        }
        let Some(time) = time.as_ref().map(instant) else {
            return false;
        };
        let after = period
            .from
            .as_ref()
            .is_none_or(|from| time >= instant(from));
        let before = period.to.as_ref().is_none_or(|to| {
            let to = instant(to);
            time < to || (self.inclusive_end && time == to)
        });
        after && before
    }
}

/// A time of 14 digits: what is not said is the beginning.
fn instant(time: &Dtm) -> String {
    const BEGINNING: &str = "00000101000000";
    let text = time.to_string();
    let rest = BEGINNING.get(text.len()..).unwrap_or_default();
    text + rest
}

/// Whether a patient is one of those asked; none asked is any.
pub(super) fn is_patient(asked: &[Cx], patient: Option<&Cx>) -> bool {
    asked.is_empty() || patient.is_some_and(|own| asked.iter().any(|one| one.same_id(own)))
}

/// Whether an object refers to one of each list.
pub(super) fn refers(asked: &[Vec<Cx>], entry: &DocumentEntry) -> bool {
    asked.iter().all(|list| {
        let mut own = entry.reference_ids.iter();
        own.any(|own| list.iter().any(|one| own == one))
    })
}

pub(super) fn is_status(asked: &[AvailabilityStatus], status: Option<&AvailabilityStatus>) -> bool {
    status.is_some_and(|status| asked.contains(status))
}

/// Whether one of the codes is that of the object.
pub(super) fn any(asked: &[Coded], code: Option<&Coded>) -> bool {
    code.is_some_and(|code| asked.iter().any(|one| one.same_code(code)))
}

/// Whether the object has one code of each list.
pub(super) fn all(asked: &[Vec<Coded>], codes: &[Coded]) -> bool {
    let has = |list: &Vec<Coded>| codes.iter().any(|code| any(list, Some(code)));
    asked.iter().all(has)
}

/// `unverified`: wildcards of author names were read nowhere; the whole value counts.
fn is_author(asked: &[String], entry: &DocumentEntry) -> bool {
    let mut persons = entry.authors.iter().filter_map(|one| one.person.as_ref());
    asked.is_empty() || persons.any(|one| asked.contains(&one.to_text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_with_its_beginning_and_ends_before_its_end() {
        let time = |text: &str| Some(text.parse::<Dtm>().unwrap());
        let period = Period {
            from: time("20240315"),
            to: time("20240316"),
        };
        let exclusive = Readings::default();
        let inclusive = Readings {
            inclusive_end: true,
        };
        for (at, by_default, otherwise) in [
            ("20240314235959", false, false),
            ("20240315", true, true),
            ("202403", false, false),
            ("20240315235959", true, true),
            ("20240316000000", false, true),
            ("2025", false, false),
        ] {
            assert_eq!(exclusive.within(&period, time(at)), by_default, "{at}");
            assert_eq!(inclusive.within(&period, time(at)), otherwise, "{at}");
        }
        assert!(!exclusive.within(&period, None));
        assert!(exclusive.within(&Period::default(), None));
    }
}
