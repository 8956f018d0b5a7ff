//! The message of a submission, to be looked at.

use std::io::Read as _;

use segur_core::uuid_v4;
use segur_dmp_xds::SubmitObjectsRequest;
use segur_dmp_xds::metadata::{Cx, DocumentEntry, PidLine, Submission};
use segur_dmp_xds::transaction::{FileToSend, Head, request};
use segur_soap::mtom::{MediaType, Message, ReadLimits};

use super::Document;
use crate::output::{Failure, with_causes};
use crate::xds::settings::Settings;
use crate::xds::view::{MASKED, View};
use crate::xds::{random, raw};

/// Stands for an entryUUID that only the registry can tell.
pub(super) const NOT_LOOKED_UP: &str = "urn:uuid:00000000-0000-0000-0000-000000000000";

/// Headers and envelope as they would be sent, without proof of who calls, the patient masked; documents are told, not shown. With
/// `--raw` the whole message is kept, unmasked.
pub(super) fn shown(
    submission: &Submission,
    documents: &[Document],
    settings: &Settings,
    view: View,
) -> Result<String, Failure> {
    let cannot = |error: &dyn std::error::Error| {
        let cause = with_causes(error);
        Failure::refused(
            format!("le message ne peut pas être écrit : {cause}"),
            format!("the message cannot be written: {cause}"),
        )
    };
    let head = Head::new(format!("urn:uuid:{}", uuid_v4(random()?)));
    let boundary = format!("segur.{:032x}", u128::from_be_bytes(random()?));
    let mut contents = Vec::new();
    for one in documents {
        let mut bytes = Vec::new();
        let opened = one.content.open();
        let read = opened.and_then(|mut source| source.read_to_end(&mut bytes));
        read.map_err(|e| cannot(&e))?;
        contents.push(bytes);
    }
    let files: Vec<FileToSend<'_>> = documents
        .iter()
        .zip(&contents)
        .map(|(one, bytes)| FileToSend {
            id: &one.entry.entry_id,
            bytes,
        })
        .collect();
    let write = |submission: &Submission| {
        let metadata = SubmitObjectsRequest {
            objects: submission.to_objects(settings.profile),
        };
        request::submit(&head, &boundary, &metadata, &files)
    };
    if let Some(folder) = settings.raw() {
        let whole = write(submission).map_err(|e| cannot(&e))?;
        raw::create(folder)?;
        let bytes = raw::message_bytes("POST / HTTP/1.1", &whole.content_type, &whole.body);
        let name = format!("dry-run-{}.txt", submission.submission_set.unique_id);
        crate::xds::names::write(folder, &name, &bytes)?;
    }
    let message = match view.show_identity {
        true => write(submission),
        false => write(&masked(submission)),
    };
    let message = message.map_err(|e| cannot(&e))?;
    let media = MediaType::parse(&message.content_type).map_err(|e| cannot(&e))?;
    let read =
        Message::read(&media, &message.body, ReadLimits::default()).map_err(|e| cannot(&e))?;
    let mut text = format!("Content-Type: {}\n\n", message.content_type);
    text.push_str(&in_lines(&String::from_utf8_lossy(&read.root)));
    for part in &read.parts {
        let id = part.head.content_id.as_deref().unwrap_or_default();
        let media = part.head.header("content-type").unwrap_or_default();
        text.push_str(&format!("\n<{id}> {media}, {}", part.bytes.len()));
    }
    text.push('\n');
    Ok(text)
}

/// The same submission without the patient.
fn masked(submission: &Submission) -> Submission {
    let mut submission = submission.clone();
    let set = &mut submission.submission_set;
    hide(&mut set.patient_id);
    set.comments = set.comments.take().map(|_| MASKED.to_owned());
    submission.documents.iter_mut().for_each(hide_in);
    submission
}

fn hide_in(entry: &mut DocumentEntry) {
    hide(&mut entry.patient_id);
    hide(&mut entry.source_patient_id);
    entry.comments = entry.comments.take().map(|_| MASKED.to_owned());
    for line in &mut entry.source_patient_info.lines {
        *line = PidLine {
            field: line.field,
            value: MASKED.to_owned(),
        };
    }
    for one in &mut entry.reference_ids {
        one.id = MASKED.to_owned();
    }
    let persons = entry
        .authors
        .iter_mut()
        .filter_map(|one| one.person.as_mut());
    for person in persons.chain(entry.legal_authenticator.as_mut()) {
        if person.id_type.as_deref() != Some("IDNPS") {
            person.id = MASKED.to_owned();
            person.family = MASKED.to_owned();
            person.given = MASKED.to_owned();
        }
    }
}

fn hide(id: &mut Option<Cx>) {
    if let Some(id) = id {
        id.id = MASKED.to_owned();
    }
}

/// One tag a line: for the eye only.
fn in_lines(xml: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut rest = xml;
    while let Some(at) = rest.find("><") {
        let (tag, after) = rest.split_at(at + 1);
        line(tag, &mut depth, &mut out);
        rest = after;
    }
    line(rest, &mut depth, &mut out);
    out
}

fn line(tag: &str, depth: &mut usize, out: &mut String) {
    let closes = tag.starts_with("</");
    if closes {
        *depth = depth.saturating_sub(1);
    }
    // Deep ones stay at the edge, so that the text does not grow with the depth squared.
    out.push_str(&"  ".repeat((*depth).min(20)));
    out.push_str(tag);
    out.push('\n');
    let opens = !closes && !tag.ends_with("/>") && !tag.starts_with("<?") && !tag.contains("</");
    if opens {
        *depth += 1;
    }
}
