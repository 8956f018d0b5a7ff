//! Metadata as names and values. The names are those of IHE, in every language.

use segur_core::Coded;
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
        ("creationTime", time(entry.creation_time)),
        ("serviceStartTime", time(entry.service_start_time)),
        ("serviceStopTime", time(entry.service_stop_time)),
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

pub(super) fn time(time: Option<Dtm>) -> String {
    time.map_or_else(String::new, |time| time.to_string())
}

fn lines(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join("\n")
}
