//! Metadata as they are shown: text of the wire made harmless, the patient masked.

use segur_core::{Coded, Lang};
use segur_dmp_xds::RegistryContent;
use segur_dmp_xds::metadata::{
    Association, Author, AvailabilityStatus, Cx, DocumentEntry, Folder, SubmissionSet, Xcn,
};
use segur_dmp_xds::update::Visibility;
use serde::Serialize;

use crate::tr;

/// What stands in the place of a personal value.
pub(super) const MASKED: &str = "***";

/// Longest text of the wire that is shown in one place.
const LONGEST: usize = 1_024;

/// How values are shown.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) lang: Lang,
    pub(super) show_identity: bool,
}

/// Objects of a registry.
#[derive(Debug, Default, Serialize)]
pub(super) struct Objects {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) submission_sets: Vec<Set>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) documents: Vec<Entry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) folders: Vec<Group>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) associations: Vec<Link>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) object_refs: Vec<String>,
    /// Objects that are none of these.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) others: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Code {
    pub(super) code: String,
    pub(super) system: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<String>,
}

/// A document. Names of fields are those of IHE.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub(super) entry_uuid: String,
    pub(super) unique_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) logical_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) availability_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comments: Option<String>,
    pub(super) mime_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) type_code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) class_code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format_code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) healthcare_facility_type_code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) practice_setting_code: Option<Code>,
    pub(super) confidentiality_code: Vec<Code>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) event_code_list: Vec<Code>,
    pub(super) hidden_from: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) creation_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service_start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service_stop_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language_code: Option<String>,
    pub(super) authors: Vec<Maker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) legal_authenticator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patient_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source_patient_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) source_patient_info: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) repository_unique_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reference_id_list: Vec<String>,
    /// Slots that XDS does not know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) other_slots: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Maker {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) institutions: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) roles: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) specialties: Vec<Code>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Set {
    pub(super) entry_uuid: String,
    pub(super) unique_id: String,
    pub(super) source_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) availability_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) submission_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comments: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) content_type_code: Option<Code>,
    pub(super) authors: Vec<Maker>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patient_id: Option<String>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    pub(super) entry_uuid: String,
    pub(super) unique_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) availability_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_update_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    pub(super) code_list: Vec<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patient_id: Option<String>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Link {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) entry_uuid: String,
    pub(super) kind: String,
    pub(super) source: String,
    pub(super) target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) member_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) previous_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) original_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) new_status: Option<String>,
}

/// Text of the wire, in one line: nothing in it steers a terminal or turns the order of letters.
pub(super) fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let plain = text
        .chars()
        .take(LONGEST)
        .map(|c| if steers(c) { ' ' } else { c });
    plain.collect::<String>().trim().to_owned()
}

/// The last word of a URN: `Approved`, `RPLC`.
pub(super) fn last_word(word: &str) -> String {
    clean(word.rsplit(':').next().unwrap_or(word))
}

fn code(coded: &Coded) -> Code {
    Code {
        code: clean(&coded.code),
        system: clean(&coded.system),
        label: coded.display.as_deref().map(clean),
    }
}

fn codes(all: &[Coded]) -> Vec<Code> {
    all.iter().map(code).collect()
}

impl View {
    /// A value that may tell who the patient is.
    pub(super) fn personal(self, text: &str) -> String {
        match self.show_identity {
            true => clean(text),
            false => MASKED.to_owned(),
        }
    }

    fn identifier(self, cx: &Cx) -> String {
        match self.show_identity {
            true => clean(&cx.to_full_text()),
            false => format!("{MASKED} ({})", clean(cx.oid())),
        }
    }

    /// Professionals are in a public directory; anybody else may be the patient.
    pub(super) fn person(self, xcn: &Xcn) -> String {
        let professional = xcn.id_type.as_deref() == Some("IDNPS");
        if !professional && !self.show_identity {
            return MASKED.to_owned();
        }
        let name = format!("{} {}", xcn.family, xcn.given);
        match name.trim() {
            "" => clean(&xcn.id),
            name => clean(name),
        }
    }

    fn maker(self, author: &Author) -> Maker {
        Maker {
            person: author.person.as_ref().map(|one| self.person(one)),
            institutions: author
                .institutions
                .iter()
                .map(|one| match one.name.is_empty() {
                    true => clean(one.id.as_deref().unwrap_or_default()),
                    false => clean(&one.name),
                })
                .collect(),
            roles: author.roles.iter().map(|role| clean(role)).collect(),
            specialties: codes(&author.specialties),
        }
    }

    fn makers(self, authors: &[Author]) -> Vec<Maker> {
        authors.iter().map(|one| self.maker(one)).collect()
    }

    pub(super) fn entry(self, one: &DocumentEntry) -> Entry {
        let text = |text: &Option<String>| text.as_deref().map(clean);
        let maybe = |coded: &Option<Coded>| coded.as_ref().map(code);
        let references = one.reference_ids.iter();
        Entry {
            entry_uuid: clean(&one.entry_id),
            unique_id: clean(&one.unique_id),
            logical_id: text(&one.logical_id),
            version: text(&one.version),
            availability_status: status(one.status.as_ref()),
            title: text(&one.title),
            comments: one.comments.as_deref().map(|text| self.personal(text)),
            mime_type: clean(&one.mime_type),
            type_code: maybe(&one.type_code),
            class_code: maybe(&one.class_code),
            format_code: maybe(&one.format_code),
            healthcare_facility_type_code: maybe(&one.healthcare_facility_type_code),
            practice_setting_code: maybe(&one.practice_setting_code),
            confidentiality_code: codes(&one.confidentiality_codes),
            event_code_list: codes(&one.event_codes),
            hidden_from: hidden_from(Visibility::of(one)),
            creation_time: one.creation_time.as_ref().map(ToString::to_string),
            service_start_time: one.service_start_time.as_ref().map(ToString::to_string),
            service_stop_time: one.service_stop_time.as_ref().map(ToString::to_string),
            language_code: text(&one.language_code),
            authors: self.makers(&one.authors),
            legal_authenticator: one.legal_authenticator.as_ref().map(|xcn| self.person(xcn)),
            patient_id: one.patient_id.as_ref().map(|cx| self.identifier(cx)),
            source_patient_id: one.source_patient_id.as_ref().map(|cx| self.identifier(cx)),
            source_patient_info: one
                .source_patient_info
                .lines
                .iter()
                .map(|line| match (self.show_identity, line.field) {
                    (true, _) => clean(&line.to_text()),
                    (false, 0) => MASKED.to_owned(),
                    (false, field) => format!("PID-{field}|{MASKED}"),
                })
                .collect(),
            hash: text(&one.hash),
            size: one.size,
            repository_unique_id: text(&one.repository_unique_id),
            reference_id_list: references
                .map(|cx| match self.show_identity {
                    true => clean(&cx.to_full_text()),
                    false => format!("{MASKED} ({})", clean(cx.id_type.as_deref().unwrap_or(""))),
                })
                .collect(),
            other_slots: one
                .other_slots
                .iter()
                .map(|slot| clean(&slot.name))
                .collect(),
        }
    }

    fn set(self, one: &SubmissionSet) -> Set {
        Set {
            entry_uuid: clean(&one.entry_id),
            unique_id: clean(&one.unique_id),
            source_id: clean(&one.source_id),
            availability_status: status(one.status.as_ref()),
            submission_time: one.submission_time.as_ref().map(ToString::to_string),
            title: one.title.as_deref().map(clean),
            comments: one.comments.as_deref().map(|text| self.personal(text)),
            content_type_code: one.content_type_code.as_ref().map(code),
            authors: self.makers(&one.authors),
            patient_id: one.patient_id.as_ref().map(|cx| self.identifier(cx)),
        }
    }

    fn group(self, one: &Folder) -> Group {
        Group {
            entry_uuid: clean(&one.entry_id),
            unique_id: clean(&one.unique_id),
            availability_status: status(one.status.as_ref()),
            last_update_time: one.last_update_time.as_ref().map(ToString::to_string),
            title: one.title.as_deref().map(clean),
            code_list: codes(&one.codes),
            patient_id: one.patient_id.as_ref().map(|cx| self.identifier(cx)),
        }
    }

    pub(super) fn objects(self, content: &RegistryContent) -> Objects {
        Objects {
            submission_sets: content
                .submission_sets
                .iter()
                .map(|one| self.set(one))
                .collect(),
            documents: content
                .documents
                .iter()
                .map(|one| self.entry(one))
                .collect(),
            folders: content.folders.iter().map(|one| self.group(one)).collect(),
            associations: content.associations.iter().map(link).collect(),
            object_refs: content
                .object_refs
                .iter()
                .map(|one| clean(&one.id))
                .collect(),
            others: content.other.len(),
        }
    }

    /// Who does not see a document, in a few words.
    pub(super) fn visibility(self, hidden_from: &[&str]) -> String {
        if hidden_from.is_empty() {
            return tr(self.lang, "visible", "visible").to_owned();
        }
        let word = |one: &&str| match *one {
            "professionals" => tr(self.lang, "masqué aux PS", "masked"),
            "patient" => tr(self.lang, "invisible au patient", "not to patient"),
            _ => tr(
                self.lang,
                "invisible aux représentants",
                "not to representatives",
            ),
        };
        let words: Vec<&str> = hidden_from.iter().map(word).collect();
        words.join(", ")
    }
}

/// Who does not see a document, for programs.
pub(super) fn hidden_from(visibility: Visibility) -> Vec<&'static str> {
    [
        (visibility.masked, "professionals"),
        (visibility.invisible_to_patient, "patient"),
        (visibility.invisible_to_representatives, "representatives"),
    ]
    .into_iter()
    .filter_map(|(hidden, who)| hidden.then_some(who))
    .collect()
}

fn status(status: Option<&AvailabilityStatus>) -> Option<String> {
    status.map(|one| last_word(one.as_str()))
}

fn link(one: &Association) -> Link {
    Link {
        entry_uuid: clean(&one.id),
        kind: last_word(one.kind.as_str()),
        source: clean(&one.source),
        target: clean(&one.target),
        member_status: one.member_status.as_ref().map(|word| clean(word.as_str())),
        previous_version: one.previous_version.as_deref().map(clean),
        original_status: status(one.original_status.as_ref()),
        new_status: status(one.new_status.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_wire_steers_no_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\r\n\u{9b}c\u{202e}d"), "a [2Jb   c d");
        assert_eq!(clean(&"x".repeat(5_000)).len(), LONGEST);
        assert_eq!(last_word("urn:oasis:StatusType:Approved"), "Approved");
    }

    #[test]
    fn the_patient_is_masked_and_professionals_are_not() {
        let view = View {
            lang: Lang::En,
            show_identity: false,
        };
        let entry = DocumentEntry {
            patient_id: Some(Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH")),
            comments: Some("PAT-TROIS".to_owned()),
            authors: vec![Author {
                person: Some(Xcn::professional("899700000001", "TEST", "ALICE")),
                ..Author::default()
            }],
            legal_authenticator: Some(Xcn::read("279035121518989^PAT-TROIS^DOMINIQUE")),
            ..DocumentEntry::new("Document01", "1.2.3")
        };
        let shown = serde_json::to_string(&view.entry(&entry)).unwrap();
        assert!(
            !shown.contains("PAT-TROIS") && !shown.contains("2790"),
            "{shown}"
        );
        assert!(shown.contains("TEST ALICE"));
        let open = View {
            show_identity: true,
            ..view
        };
        let shown = serde_json::to_string(&open.entry(&entry)).unwrap();
        assert!(shown.contains("PAT-TROIS") && shown.contains("279035121518989"));
    }
}
