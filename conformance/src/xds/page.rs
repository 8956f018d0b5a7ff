//! Objects of a registry, for people.

use std::fmt::Write as _;

use anstyle::Style;

use super::view::{Code, Entry, Group, Link, Maker, Objects, Set, View};
use crate::tr;

const BOLD: Style = Style::new().bold();

/// Everything, as tables: one line a document.
pub(super) fn tables(objects: &Objects, view: View) -> String {
    let mut out = String::new();
    let counted = [
        (objects.documents.len(), "document(s)", "document(s)"),
        (
            objects.submission_sets.len(),
            "lot(s) de soumission",
            "submission set(s)",
        ),
        (objects.folders.len(), "classeur(s)", "folder(s)"),
        (
            objects.associations.len(),
            "association(s)",
            "association(s)",
        ),
        (objects.object_refs.len(), "identifiant(s)", "identifier(s)"),
        (objects.others, "autre(s)", "other(s)"),
    ];
    let counted: Vec<String> = counted
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, fr, en)| format!("{count} {}", tr(view.lang, fr, en)))
        .collect();
    if counted.is_empty() {
        return tr(view.lang, "rien n'a été trouvé\n", "nothing was found\n").to_owned();
    }
    if !objects.documents.is_empty() {
        documents(&objects.documents, view, &mut out);
    }
    for set in &objects.submission_sets {
        submission_set(set, view, &mut out);
    }
    for folder in &objects.folders {
        group(folder, view, &mut out);
    }
    for one in &objects.associations {
        association(one, view, &mut out);
    }
    for id in &objects.object_refs {
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(out, "{id}");
    }
    let _ = writeln!(out, "{}", counted.join(", "));
    out
}

fn documents(all: &[Entry], view: View, out: &mut String) {
    let lang = view.lang;
    let head = [
        tr(lang, "Titre", "Title"),
        "Type",
        tr(lang, "Acte", "Act"),
        tr(lang, "Auteur", "Author"),
        tr(lang, "Statut", "Status"),
        tr(lang, "Visibilité", "Visibility"),
        "uniqueId",
    ];
    let limits = [36, 28, 16, 28, 10, 40, 128];
    let rows: Vec<[String; 7]> = all
        .iter()
        .map(|one| {
            let mut row = [
                one.title.clone().unwrap_or_default(),
                one.type_code.as_ref().map(in_short).unwrap_or_default(),
                one.service_start_time
                    .as_deref()
                    .map(moment)
                    .unwrap_or_default(),
                one.authors.first().map(maker).unwrap_or_default(),
                one.availability_status.clone().unwrap_or_default(),
                view.visibility(&one.hidden_from),
                one.unique_id.clone(),
            ];
            for (cell, limit) in row.iter_mut().zip(limits) {
                *cell = cut(cell, limit);
            }
            row
        })
        .collect();
    let mut widths = head.map(|title| title.chars().count());
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: [&str; 7]| {
        let padded = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", line(head));
    for row in &rows {
        let _ = writeln!(out, "{}", line(row.each_ref().map(String::as_str)));
    }
}

fn submission_set(one: &Set, view: View, out: &mut String) {
    let title = tr(view.lang, "Lot de soumission", "Submission set");
    let time = one
        .submission_time
        .as_deref()
        .map(moment)
        .unwrap_or_default();
    let author = one.authors.first().map(maker).unwrap_or_default();
    let content = one
        .content_type_code
        .as_ref()
        .map(in_short)
        .unwrap_or_default();
    let _ = writeln!(
        out,
        "{BOLD}{title}{BOLD:#} {} {time} {author} {content}",
        one.unique_id
    );
    let _ = writeln!(out, "  {} sourceId {}", one.entry_uuid, one.source_id);
    if let Some(title) = &one.title {
        let _ = writeln!(out, "  {title}");
    }
}

fn group(one: &Group, view: View, out: &mut String) {
    let title = tr(view.lang, "Classeur", "Folder");
    let name = one.title.as_deref().unwrap_or_default();
    let _ = writeln!(out, "{BOLD}{title}{BOLD:#} {} {name}", one.unique_id);
    let _ = writeln!(out, "  {}", one.entry_uuid);
}

fn association(one: &Link, _: View, out: &mut String) {
    let _ = write!(
        out,
        "{BOLD}{}{BOLD:#} {} -> {}",
        one.kind, one.source, one.target
    );
    if let (Some(from), Some(to)) = (&one.original_status, &one.new_status) {
        let _ = write!(out, " ({from} -> {to})");
    }
    if let Some(version) = &one.previous_version {
        let _ = write!(out, " (PreviousVersion {version})");
    }
    out.push('\n');
}

/// Every field of a document, one a line.
pub(super) fn details(one: &Entry, view: View) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", one.entry_uuid);
    let mut line = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(out, "  {name:<27} {value}");
        }
    };
    line("uniqueId", Some(&one.unique_id));
    line("title", one.title.as_deref());
    for (name, code) in [
        ("typeCode", &one.type_code),
        ("classCode", &one.class_code),
        ("formatCode", &one.format_code),
        (
            "healthcareFacilityTypeCode",
            &one.healthcare_facility_type_code,
        ),
        ("practiceSettingCode", &one.practice_setting_code),
    ] {
        line(name, code.as_ref().map(in_full).as_deref());
    }
    for code in &one.confidentiality_code {
        line("confidentialityCode", Some(&in_full(code)));
    }
    for code in &one.event_code_list {
        line("eventCodeList", Some(&in_full(code)));
    }
    line(
        tr(view.lang, "visibilité", "visibility"),
        Some(&view.visibility(&one.hidden_from)),
    );
    line("serviceStartTime", one.service_start_time.as_deref());
    line("serviceStopTime", one.service_stop_time.as_deref());
    line("creationTime", one.creation_time.as_deref());
    line("languageCode", one.language_code.as_deref());
    line("mimeType", Some(&one.mime_type));
    line("hash", one.hash.as_deref());
    line("size", one.size.map(|size| size.to_string()).as_deref());
    for author in &one.authors {
        line("author", Some(&maker(author)));
        for code in &author.specialties {
            line("authorSpecialty", Some(&in_full(code)));
        }
        for role in &author.roles {
            line("authorRole", Some(role));
        }
    }
    line("legalAuthenticator", one.legal_authenticator.as_deref());
    line("patientId", one.patient_id.as_deref());
    line("sourcePatientId", one.source_patient_id.as_deref());
    for text in &one.source_patient_info {
        line("sourcePatientInfo", Some(text));
    }
    for text in &one.reference_id_list {
        line("referenceIdList", Some(text));
    }
    line("availabilityStatus", one.availability_status.as_deref());
    line("logicalId", one.logical_id.as_deref());
    line("version", one.version.as_deref());
    line("repositoryUniqueId", one.repository_unique_id.as_deref());
    line("comments", one.comments.as_deref());
    for name in &one.other_slots {
        line("Slot", Some(name));
    }
    out
}

/// Sets, folders and associations as in [`tables`], documents as in [`details`].
pub(super) fn all_details(objects: &Objects, view: View) -> String {
    let mut out = String::new();
    for set in &objects.submission_sets {
        submission_set(set, view, &mut out);
    }
    for one in &objects.documents {
        out.push_str(&details(one, view));
    }
    for folder in &objects.folders {
        group(folder, view, &mut out);
    }
    for one in &objects.associations {
        association(one, view, &mut out);
    }
    for id in &objects.object_refs {
        let _ = writeln!(out, "ObjectRef {id}");
    }
    out
}

fn maker(one: &Maker) -> String {
    let mut parts: Vec<&str> = one.person.as_deref().into_iter().collect();
    parts.extend(one.institutions.first().map(String::as_str));
    parts.join(", ")
}

fn in_short(code: &Code) -> String {
    code.label.clone().unwrap_or_else(|| code.code.clone())
}

fn in_full(code: &Code) -> String {
    let label = code.label.as_deref().unwrap_or_default();
    format!("{} ({}) {label}", code.code, code.system)
        .trim_end()
        .to_owned()
}

/// `20240315090000` as `2024-03-15 09:00`.
fn moment(text: &str) -> String {
    let part = |from: usize, to: usize| text.get(from..to);
    match (
        part(0, 4),
        part(4, 6),
        part(6, 8),
        part(8, 10),
        part(10, 12),
    ) {
        (Some(y), Some(m), Some(d), Some(h), Some(min)) => format!("{y}-{m}-{d} {h}:{min}"),
        (Some(y), Some(m), Some(d), ..) => format!("{y}-{m}-{d}"),
        _ => text.to_owned(),
    }
}

fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(limit.saturating_sub(1)).collect();
    short.push('…');
    short
}
