//! One entry: all its metadata, its versions, what it is related to.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use segur_dmp_xds::RegistryContent;
use segur_dmp_xds::metadata::{Association, DocumentEntry};

use super::html::{Cell, Page, Row};
use super::{Shared, View, fields, made, patient};
use crate::sandbox::dmp::retrieve::mime_type;
use crate::sandbox::dmp::store::Gathered;

/// Associations that are shown.
const MOST: usize = 200;

pub(super) async fn show(State(service): Shared, view: View) -> Response {
    made(service, view, |connection, view| {
        let id = view.text("id");
        let around = Gathered::around(connection, id)?;
        let Some(entry) = around.documents.iter().find(|one| one.entry_id == id) else {
            return Ok(None);
        };
        let title = entry
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty());
        let mut page = view.page(title.unwrap_or(&entry.unique_id));
        let logical_id = &entry.logical_id;
        let documents = around.documents.iter();
        let versions: Vec<&DocumentEntry> = documents
            .filter(|one| one.logical_id == *logical_id)
            .collect();
        let own = RegistryContent {
            documents: versions.iter().map(|&one| one.clone()).collect(),
            ..RegistryContent::default()
        };
        if mime_type(&own).is_some() {
            let asked: &[(&str, &str)] = &[("id", &entry.unique_id)];
            let see = view.tr("voir comme texte", "see as text");
            let save = view.tr("enregistrer le document", "save the document");
            page.links(&[("/text", asked, see), ("/document", asked, save)]);
        }
        page.fields(&fields::of_entry(entry));
        page.heading(view.tr("Versions des métadonnées", "Versions of the metadata"));
        let lines = versions.into_iter().map(patient::line);
        page.table(&patient::head_of(view), lines);
        associations(&mut page, view, &around);
        Ok(Some(page))
    })
    .await
}

fn associations(page: &mut Page, view: &View, around: &RegistryContent) {
    page.heading(view.tr(
        "Associations, lots de soumission et remplacements",
        "Associations, submission sets and replacements",
    ));
    let mut names: HashMap<&str, (String, bool)> = HashMap::new();
    for one in &around.submission_sets {
        let title = one.title.as_deref().unwrap_or_default();
        let what = view.tr("lot", "set");
        let time = fields::second(one.submission_time);
        let name = format!("{what} « {title} », {time}, {}", one.unique_id);
        names.insert(&one.entry_id, (name, false));
    }
    for one in &around.folders {
        let title = one.title.as_deref().unwrap_or_default();
        let what = view.tr("classeur", "folder");
        let name = format!("{what} « {title} », {}", one.unique_id);
        names.insert(&one.entry_id, (name, false));
    }
    for one in &around.documents {
        let title = one.title.as_deref().unwrap_or_default();
        let version = one.version.as_deref().unwrap_or_default();
        let name = format!("{title}, {}, version {version}", one.unique_id);
        names.insert(&one.entry_id, (name, true));
    }
    let end = |id: &String| match names.get(id.as_str()) {
        Some((name, true)) => Cell::Link(name.clone(), "/entry", "id", id.clone()),
        Some((name, false)) => Cell::text(name.clone()),
        None => Cell::code(id.clone()),
    };
    let rows = around.associations.iter().take(MOST).map(|one| {
        Row::from(vec![
            end(&one.source),
            Cell::text(kind(one)),
            end(&one.target),
        ])
    });
    let head = [
        view.tr("De", "From"),
        view.tr("Association", "Association"),
        view.tr("Vers", "To"),
    ];
    page.table(&head, rows);
    if around.associations.len() > MOST {
        let others = around.associations.len() - MOST;
        page.paragraph(&format!("… {others}"));
    }
}

/// The last word of the kind, and what it changes.
fn kind(one: &Association) -> String {
    let word = one.kind.as_str();
    let mut text = word.rsplit(':').next().unwrap_or_default().to_owned();
    if let Some(member) = &one.member_status {
        text = format!("{text} ({member})");
    }
    if let Some(version) = &one.previous_version {
        text = format!("{text}, PreviousVersion {version}");
    }
    if one.new_status.is_some() {
        let from = fields::status(one.original_status.as_ref());
        let to = fields::status(one.new_status.as_ref());
        text = format!("{text}: {from} → {to}");
    }
    text
}
