//! Metadata as names and values. The names are those of IHE, in every language.

use segur_core::{Coded, Precision};
use segur_dmp_xds::Profile;
use segur_dmp_xds::metadata::{Author, AvailabilityStatus, Cx, DocumentEntry, Dtm};

/// Every field of an entry that has a value.
pub(super) fn of_entry(entry: &DocumentEntry) -> Vec<(&'static str, String)> {
    let words = |word: &Option<String>| word.clone().unwrap_or_default();
    let codes = |codes: &[Coded]| lines(codes.iter().map(code));
    let one = |one: &Option<Coded>| one.as_ref().map_or_else(String::new, code);
    let id = |id: &Option<Cx>| id.as_ref().map_or_else(String::new, Cx::to_full_text);
    let pid = entry.source_patient_info.lines.iter();
    let kind = entry.kind.as_ref();
    let size = entry.size.map_or_else(String::new, |size| size.to_string());
    let authenticator = entry.legal_authenticator.as_ref();
    let slots = entry.other_slots.iter();
    let all = [
        ("title", words(&entry.title)),
        ("comments", words(&entry.comments)),
        ("entryUUID", entry.entry_id.clone()),
        ("logicalID", words(&entry.logical_id)),
        ("version", words(&entry.version)),
        ("uniqueId", entry.unique_id.clone()),
        ("availabilityStatus", status(entry.status.as_ref())),
        (
            "objectType",
            kind.map_or("", |kind| kind.as_str()).to_owned(),
        ),
        ("mimeType", entry.mime_type.clone()),
        ("patientId", id(&entry.patient_id)),
        ("sourcePatientId", id(&entry.source_patient_id)),
        ("sourcePatientInfo", lines(pid.map(|line| line.to_text()))),
        ("creationTime", second(entry.creation_time)),
        ("serviceStartTime", second(entry.service_start_time)),
        ("serviceStopTime", second(entry.service_stop_time)),
        ("languageCode", words(&entry.language_code)),
        ("author", lines(entry.authors.iter().map(author))),
        (
            "legalAuthenticator",
            authenticator.map_or_else(String::new, |one| one.to_text()),
        ),
        ("classCode", one(&entry.class_code)),
        ("typeCode", one(&entry.type_code)),
        ("formatCode", one(&entry.format_code)),
        (
            "healthcareFacilityTypeCode",
            one(&entry.healthcare_facility_type_code),
        ),
        ("practiceSettingCode", one(&entry.practice_setting_code)),
        ("confidentialityCode", codes(&entry.confidentiality_codes)),
        ("eventCodeList", codes(&entry.event_codes)),
        ("hash", words(&entry.hash)),
        ("size", size),
        ("URI", words(&entry.uri)),
        ("repositoryUniqueId", words(&entry.repository_unique_id)),
        ("homeCommunityId", words(&entry.home_community_id)),
        ("documentAvailability", words(&entry.document_availability)),
        (
            "referenceIdList",
            lines(entry.reference_ids.iter().map(Cx::to_full_text)),
        ),
        (
            "Slot",
            lines(slots.map(|slot| format!("{}: {}", slot.name, slot.values.join(" | ")))),
        ),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// An author on a line for each of its parts.
pub(super) fn author(author: &Author) -> String {
    let person = author.person.iter().map(|one| one.to_text());
    let places = author.institutions.iter();
    let places = places.map(|one| one.to_text(Profile::Dmp));
    let roles = author.roles.iter().cloned();
    let specialties = author.specialties.iter().map(code);
    let telecoms = author.telecoms.iter().map(|one| one.to_text());
    lines(
        person
            .chain(places)
            .chain(roles)
            .chain(specialties)
            .chain(telecoms),
    )
}

/// Display, code and code system.
pub(super) fn code(code: &Coded) -> String {
    let id = format!("{} ({})", code.code, code.system);
    match &code.display {
        Some(display) => format!("{display} – {id}"),
        None => id,
    }
}

/// The last word of a status.
pub(super) fn status(status: Option<&AvailabilityStatus>) -> String {
    let word = status.map_or("", AvailabilityStatus::as_str);
    word.rsplit(':').next().unwrap_or_default().to_owned()
}

/// `2024-07-12 08:15`, in UTC as every time of XDS, as precise as it is known and to the minute at most.
pub(super) fn minute(time: Option<Dtm>) -> String {
    spelled(time, Precision::Minute)
}

/// `2024-07-12 08:15:30 UTC`, as precise as it is known.
pub(super) fn second(time: Option<Dtm>) -> String {
    let text = spelled(time, Precision::Second);
    match time {
        Some(time) if time.precision() >= Precision::Hour => format!("{text} UTC"),
        _ => text,
    }
}

fn spelled(time: Option<Dtm>, most: Precision) -> String {
    let Some(time) = time else {
        return String::new();
    };
    let precision = time.precision().min(most);
    let time = time.timestamp();
    let mut text = format!("{:04}", time.year());
    let parts = [
        (Precision::Month, '-', time.month()),
        (Precision::Day, '-', time.day()),
        (Precision::Hour, ' ', time.hour()),
        (Precision::Minute, ':', time.minute()),
        (Precision::Second, ':', time.second()),
    ];
    let known = parts.into_iter().filter(|(one, ..)| *one <= precision);
    for (_, before, value) in known {
        text.extend(value.map(|value| format!("{before}{value:02}")));
    }
    if precision == Precision::Hour {
        text.push_str(" h");
    }
    text
}

fn lines(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_precise_as_they_are_known() {
        for (text, to_the_minute, to_the_second) in [
            ("2024", "2024", "2024"),
            ("202407", "2024-07", "2024-07"),
            ("20240712", "2024-07-12", "2024-07-12"),
            ("2024071208", "2024-07-12 08 h", "2024-07-12 08 h UTC"),
            ("202407120815", "2024-07-12 08:15", "2024-07-12 08:15 UTC"),
            (
                "20240712081530",
                "2024-07-12 08:15",
                "2024-07-12 08:15:30 UTC",
            ),
        ] {
            let time = Some(text.parse().unwrap());
            assert_eq!(minute(time), to_the_minute);
            assert_eq!(second(time), to_the_second);
        }
        assert_eq!(minute(None), "");
    }
}
