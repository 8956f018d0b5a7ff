//! The same filters, over entries that are already here.

use segur_core::{Coded, search_key};

use super::{DocumentExclusion, DocumentFilter, FolderFilter, Period};
use crate::metadata::{DocumentEntry, Dtm, Folder};

impl DocumentFilter {
    /// Whether an entry is what the filter asks for: for lists that are on the screen already, and for test servers.
    ///
    /// As in a query, an empty list asks for nothing; the required statuses, too, ask for nothing when there are none. A
    /// field that the entry does not have is not what was asked for. Names of authors are searched as
    /// [`DocumentEntry::title_contains`] does; `metadata_level` and `document_availability` are left to registries.
    ///
    /// ```
    /// use segur_core::Coded;
    /// use segur_dmp_xds::DocumentEntry;
    /// use segur_dmp_xds::query::{DocumentFilter, Period};
    ///
    /// let mut entry = DocumentEntry::new("Document01", "1.2.3");
    /// entry.type_code = Some(Coded::new("11488-4", "2.16.840.1.113883.6.1"));
    /// entry.service_start_time = Some("20240315".parse()?);
    /// let filter = DocumentFilter {
    ///     type_codes: vec![Coded::new("11488-4", "2.16.840.1.113883.6.1")],
    ///     service_start_time: Period { from: Some("202403".parse()?), to: Some("202404".parse()?) },
    ///     ..DocumentFilter::default()
    /// };
    /// assert!(filter.matches(&entry));
    /// # Ok::<(), segur_core::TimestampError>(())
    /// ```
    pub fn matches(&self, entry: &DocumentEntry) -> bool {
        any(&self.statuses, entry.status.as_ref())
            && one_of(&self.class_codes, entry.class_code.as_slice())
            && one_of(&self.type_codes, entry.type_code.as_slice())
            && one_of(
                &self.practice_setting_codes,
                entry.practice_setting_code.as_slice(),
            )
            && one_of(
                &self.healthcare_facility_type_codes,
                entry.healthcare_facility_type_code.as_slice(),
            )
            && one_of(&self.format_codes, entry.format_code.as_slice())
            && all_of(&self.event_codes, &entry.event_codes)
            && all_of(&self.confidentiality_codes, &entry.confidentiality_codes)
            && self.creation_time.holds(entry.creation_time.as_ref())
            && self
                .service_start_time
                .holds(entry.service_start_time.as_ref())
            && self
                .service_stop_time
                .holds(entry.service_stop_time.as_ref())
            && any(&self.entry_kinds, entry.kind.as_ref())
            && self.is_by(entry)
    }

    fn is_by(&self, entry: &DocumentEntry) -> bool {
        self.author_persons.is_empty() || is_by(&self.author_persons, entry)
    }
}

impl DocumentExclusion {
    /// Whether an entry has one of the values.
    pub fn matches(&self, entry: &DocumentEntry) -> bool {
        let references = self.reference_ids.iter().flatten();
        let mut references = references.filter(|asked| !asked.id.is_empty());
        has(&self.class_codes, entry.class_code.as_slice())
            || has(&self.type_codes, entry.type_code.as_slice())
            || has(
                &self.practice_setting_codes,
                entry.practice_setting_code.as_slice(),
            )
            || has(
                &self.healthcare_facility_type_codes,
                entry.healthcare_facility_type_code.as_slice(),
            )
            || has(&self.format_codes, entry.format_code.as_slice())
            || has(self.event_codes.iter().flatten(), &entry.event_codes)
            || has(
                self.confidentiality_codes.iter().flatten(),
                &entry.confidentiality_codes,
            )
            || is_by(&self.author_persons, entry)
            || entry
                .kind
                .as_ref()
                .is_some_and(|kind| self.entry_kinds.contains(kind))
            || references.any(|asked| entry.reference_ids.iter().any(|one| one.same_id(asked)))
    }
}

/// Whether an author has one of these names or identifiers.
fn is_by(asked: &[String], entry: &DocumentEntry) -> bool {
    let people = || {
        let authors = entry.authors.iter();
        authors.filter_map(|author| author.person.as_ref())
    };
    asked.iter().any(|asked| {
        people().any(|person| {
            let names = format!("{} {} {}", person.family, person.given, person.family);
            person.id == *asked || contains(&names, asked) || contains(&person.to_text(), asked)
        })
    })
}

fn has<'a>(asked: impl IntoIterator<Item = &'a Coded>, there: &[Coded]) -> bool {
    let mut asked = asked.into_iter();
    asked.any(|one| there.iter().any(|code| one.same_code(code)))
}

impl FolderFilter {
    /// Whether a folder is what the filter asks for; see [`DocumentFilter::matches`].
    pub fn matches(&self, folder: &Folder) -> bool {
        any(&self.statuses, folder.status.as_ref())
            && all_of(&self.codes, &folder.codes)
            && self
                .last_update_time
                .holds(folder.last_update_time.as_ref())
    }
}

impl Period {
    /// Whether a time lies within: not before the start, before the end. A time that is not known to the second counts
    /// as its first instant, bounds alike: `202403` is 1 March, midnight UTC.
    pub fn holds(&self, time: Option<&Dtm>) -> bool {
        let Some(time) = time.map(first_instant) else {
            return self.from.is_none() && self.to.is_none();
        };
        let from = self.from.as_ref().map(first_instant);
        let to = self.to.as_ref().map(first_instant);
        from.is_none_or(|from| from <= time) && to.is_none_or(|to| time < to)
    }
}

/// All 14 digits, so that texts compare as times do.
fn first_instant(time: &Dtm) -> String {
    let mut text = time.to_string();
    let missing = "00000101000000".get(text.len()..).unwrap_or_default();
    text.push_str(missing);
    text
}

impl DocumentEntry {
    /// Whether the title holds a text, whatever its accents, case and punctuation. Registries do not search titles.
    ///
    /// ```
    /// let mut entry = segur_dmp_xds::DocumentEntry::new("Document01", "1.2.3");
    /// entry.title = Some("Synthèse médicale".into());
    /// assert!(entry.title_contains("SYNTHESE"));
    /// assert!(!entry.title_contains("radio"));
    /// ```
    pub fn title_contains(&self, text: &str) -> bool {
        self.title
            .as_ref()
            .is_some_and(|title| contains(title, text))
    }
}

fn contains(text: &str, asked: &str) -> bool {
    search_key(text).contains(&search_key(asked))
}

fn any<T: PartialEq>(asked: &[T], there: Option<&T>) -> bool {
    asked.is_empty() || there.is_some_and(|there| asked.contains(there))
}

fn one_of(asked: &[Coded], there: &[Coded]) -> bool {
    asked.is_empty()
        || there
            .iter()
            .any(|code| asked.iter().any(|one| one.same_code(code)))
}

fn all_of(asked: &[Vec<Coded>], there: &[Coded]) -> bool {
    asked.iter().all(|list| one_of(list, there))
}
