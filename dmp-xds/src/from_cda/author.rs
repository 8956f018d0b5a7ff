//! Authors and the one who answers for the document.

use segur_cda::datatypes::{En, Ii, NamePartKind, NameQualifier};
use segur_cda::header::{AuthorSubject, Header, Organization, Person};
use segur_core::{InsAuthority, known_oids};

use super::read::{Draw, GapReason, coded, identifier, one_line};
use crate::metadata::{Author, Authority, Xcn, Xon};

/// Under which referenced digital services are identified, by their SIREN. Source: CI-SIS, authorInstitution.
const SIREN_ROOT: &str = "1.3.2";

pub(super) fn draw(header: &Header, device_names: bool, draw: &mut Draw) {
    for author in &header.authors {
        let assigned = &author.assigned_author;
        let person = match &assigned.subject {
            Some(AuthorSubject::Device(device)) => {
                let text = |sc: &Option<segur_cda::datatypes::Sc>| {
                    let text = sc.as_ref().map(|sc| one_line(&sc.text));
                    text.filter(|_| device_names).unwrap_or_default()
                };
                let (model, software) = (text(&device.model), text(&device.software));
                best_id(&assigned.ids, known_oids::PROFESSIONALS).map(|(root, id)| Xcn {
                    authority: Some(Authority::iso(root)),
                    ..Xcn::system(id, model, software)
                })
            }
            Some(AuthorSubject::Person(person)) => xcn(&assigned.ids, Some(person)),
            _ => xcn(&assigned.ids, None),
        };
        let of_patient = person
            .as_ref()
            .is_some_and(|xcn| xcn.id_type.as_deref() == Some("NH"));
        let organization = assigned.organization.as_ref().filter(|_| !of_patient);
        let institutions: Vec<Xon> = organization.and_then(xon).into_iter().collect();
        if person.is_none() && institutions.is_empty() {
            draw.gap("author", "author/assignedAuthor", GapReason::Absent);
            continue;
        }
        let role = author
            .function
            .as_ref()
            .and_then(|function| function.display_name.as_deref());
        draw.entry.authors.push(Author {
            person,
            institutions,
            roles: role.map(one_line).into_iter().collect(),
            specialties: assigned.code.as_ref().and_then(coded).into_iter().collect(),
            ..Author::default()
        });
    }
    if header.authors.is_empty() {
        draw.gap("author", "author", GapReason::Absent);
    }
    let signer = header
        .legal_authenticator
        .as_ref()
        .map(|one| &one.assigned_entity);
    let signer = signer.and_then(|entity| xcn(&entity.ids, entity.person.as_ref()));
    draw.entry.legal_authenticator = draw.found(
        "legalAuthenticator",
        "legalAuthenticator/assignedEntity",
        signer,
    );
}

/// The identifier under `root`, else the first one that is there.
fn best_id<'a>(ids: &'a [Ii], root: &str) -> Option<(&'a str, &'a str)> {
    let there = || ids.iter().filter_map(identifier);
    there().find(|(r, _)| *r == root).or_else(|| there().next())
}

/// A professional, or the patient as author; nothing without identifier and name.
fn xcn(ids: &[Ii], person: Option<&Person>) -> Option<Xcn> {
    let name = person.and_then(|person| person.names.first());
    let family = name
        .map(|name| used(name, NamePartKind::Family))
        .unwrap_or_default();
    let given = name
        .map(|name| used(name, NamePartKind::Given))
        .unwrap_or_default();
    let Some((root, id)) = best_id(ids, known_oids::PROFESSIONALS) else {
        // Without identifier there is no type of it, either.
        return (!family.is_empty()).then(|| Xcn {
            family,
            given,
            name_type: Some("D".to_owned()),
            ..Xcn::default()
        });
    };
    let id_type = if root == known_oids::PROFESSIONALS {
        Some("IDNPS".to_owned())
    } else {
        InsAuthority::from_oid(root).map(|_| "NH".to_owned())
    };
    Some(Xcn {
        id: id.to_owned(),
        family,
        given,
        authority: Some(Authority::iso(root)),
        name_type: Some("D".to_owned()),
        id_type,
        ..Xcn::default()
    })
}

/// The part of a name under which a person acts: not qualified, else in use, else any.
fn used(name: &En, kind: NamePartKind) -> String {
    let any = || {
        let mut parts = name.parts.iter();
        parts
            .find(|part| part.kind == kind)
            .map(|part| part.value.as_str())
    };
    let text = name
        .part(&kind, None)
        .or_else(|| name.part(&kind, Some(&NameQualifier::Call)))
        .or_else(any);
    text.map(one_line).unwrap_or_default()
}

/// A structure: its name, and its identifier where it has one.
fn xon(organization: &Organization) -> Option<Xon> {
    let name = organization
        .names
        .first()
        .filter(|name| name.null_flavor.is_none());
    let name = name
        .map(|name| one_line(&name.to_line()))
        .unwrap_or_default();
    let id = best_id(&organization.ids, known_oids::STRUCTURES);
    if name.is_empty() && id.is_none() {
        return None;
    }
    let Some((root, id)) = id else {
        return Some(Xon {
            name,
            ..Xon::default()
        });
    };
    let id_type = match root {
        known_oids::STRUCTURES => Some("IDNST".to_owned()),
        SIREN_ROOT => Some("SIREN".to_owned()),
        _ => None,
    };
    Some(Xon {
        name,
        authority: Some(Authority::iso(root)),
        id_type,
        id: Some(id.to_owned()),
        ..Xon::default()
    })
}
