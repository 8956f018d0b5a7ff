//! Whether an object is like what a query asks.

use segur_core::Coded;
use segur_dmp_xds::metadata::{
    Author, AvailabilityStatus, Cx, DocumentEntry, Dtm, EntryKind, Folder, SubmissionSet,
};
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
            && (filter.author_persons.is_empty() || is_by(&filter.author_persons, &entry.authors))
            && self.within(&filter.creation_time, entry.creation_time)
            && self.within(&filter.service_start_time, entry.service_start_time)
            && self.within(&filter.service_stop_time, entry.service_stop_time)
            && is_kind(&filter.entry_kinds, entry.kind.as_ref())
            && (filter.document_availability.is_empty()
                || entry
                    .document_availability
                    .as_ref()
                    .is_some_and(|word| filter.document_availability.contains(word)))
    }

    pub(super) fn set(self, set: &SubmissionSet, asked: &FindSubmissionSets) -> bool {
        let author = |person: &String| is_by(std::slice::from_ref(person), &set.authors);
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

/// Whether an entry is of one of the kinds asked; none asked is the stable ones. Source: IHE ITI TF-2, 3.18.4.1.2.3.6.2.
pub(super) fn is_kind(asked: &[EntryKind], kind: Option<&EntryKind>) -> bool {
    match asked {
        [] => kind == Some(&EntryKind::Stable),
        asked => kind.is_some_and(|kind| asked.contains(kind)),
    }
}

/// Whether a person of the authors is like one of the patterns.
fn is_by(patterns: &[String], authors: &[Author]) -> bool {
    let mut persons = authors.iter().filter_map(|one| one.person.as_ref());
    persons.any(|person| {
        let text = person.to_text();
        patterns.iter().any(|pattern| is_like(&text, pattern))
    })
}

/// `LIKE` of SQL: `%` is any text, `_` any character. Source: the registry of NIST's toolkit (`DocEntryCollection`).
fn is_like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) =
        (text.chars().collect(), pattern.chars().collect());
    let (mut at, mut of) = (0, 0);
    // Where to go on when what follows the last `%` does not fit: behind it, one character later.
    let mut again = None;
    loop {
        match (text.get(at), pattern.get(of)) {
            (None, None) => return true,
            (_, Some('%')) => {
                of += 1;
                again = Some((at, of));
            }
            (Some(one), Some(asked)) if *asked == '_' || asked == one => {
                at += 1;
                of += 1;
            }
            (Some(_), _) => {
                let Some((from, behind)) = again else {
                    return false;
                };
                (at, of) = (from + 1, behind);
                again = Some((at, of));
            }
            (None, Some(_)) => return false,
        }
    }
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

    #[test]
    fn patterns_are_those_of_sql() {
        let text = "899700000001^TEST^ALICE^^^^^^&1.2&ISO^D^^^IDNPS";
        for (pattern, fits) in [
            (text, true),
            ("899700000001", false),
            ("899700000001%", true),
            ("%TEST%", true),
            ("%^TEST^%ICE^%", true),
            ("%TEST%TEST%", false),
            ("_99700000001^T__T^%", true),
            ("%IDNPS_", false),
            ("%IDNPS%", true),
            ("%", true),
            ("", false),
            ("%test%", false),
            ("%D^%IDNPS", true),
        ] {
            assert_eq!(is_like(text, pattern), fits, "{pattern}");
        }
        assert!(is_like("", "") && is_like("", "%%") && !is_like("", "_"));
    }
}
