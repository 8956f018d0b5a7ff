//! The parents of whom entries tell.

use std::fmt;

use segur_core::Timestamp;

use super::item::Relation;
use super::sets::coded;
use crate::ClinicalDocument;
use crate::body::{RelatedSubject, Statement, Subject, SubjectPerson};
use crate::datatypes::{Ad, Cd, En, Ii, NamePart, NamePartKind, NullFlavor, Tel, Ts};
use crate::models::frame::templates;

const SUBJECT: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.4.15.2", "1.2.250.1.213.1.1.3.60"];

/// A parent, as entries about the parent name them.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Default, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Parent {
    /// Number of social security (NIR, under `1.2.250.1.213.1.4.13`), asked of the mother at birth.
    pub nir: Option<Ii>,
    /// Family name; none when the parent is not named.
    pub family: Option<String>,
    /// Given name.
    pub given: Option<String>,
    /// Civility: `M`, `MME`.
    pub civility: Option<String>,
    /// Address.
    pub address: Option<Ad>,
    /// Telephone numbers and electronic addresses.
    #[cfg_attr(feature = "serde", serde(default))]
    pub telecoms: Vec<Tel>,
}

impl Parent {
    pub(super) fn to_subject(&self, relation: Relation, birth_date: Option<Timestamp>) -> Subject {
        let mut name = En::default();
        for (kind, value) in [
            (NamePartKind::Prefix, &self.civility),
            (NamePartKind::Family, &self.family),
            (NamePartKind::Given, &self.given),
        ] {
            let part = value.clone().map(|value| NamePart::new(kind, value));
            name.parts.extend(part);
        }
        let person = SubjectPerson {
            ids: self.nir.iter().cloned().collect(),
            names: Some(name)
                .filter(|n| !n.parts.is_empty())
                .into_iter()
                .collect(),
            birth_time: birth_date.map(Ts::new),
            ..SubjectPerson::default()
        };
        let person = Some(person).filter(|p| *p != SubjectPerson::default());
        let address = self
            .address
            .clone()
            .unwrap_or_else(|| Ad::null(NullFlavor::NotAsked));
        let mut telecoms = self.telecoms.clone();
        if telecoms.is_empty() {
            telecoms.push(Tel::null(NullFlavor::NotAsked));
        }
        Subject {
            type_code: Some("SBJ".to_owned()),
            template_ids: templates(&SUBJECT),
            related_subject: RelatedSubject {
                class_code: Some("PRS".to_owned()),
                code: Some(Cd {
                    code_system_name: None,
                    ..coded(relation.code())
                }),
                addresses: vec![address],
                telecoms,
                subject: person,
                ..RelatedSubject::default()
            },
            ..Subject::default()
        }
    }

    fn from_subject(subject: &RelatedSubject) -> Self {
        let person = subject.subject.as_ref();
        let name = person.and_then(|p| p.names.first());
        let part = |kind: NamePartKind| {
            let part = name?.parts.iter().find(|p| p.kind == kind)?;
            Some(part.value.trim().to_owned()).filter(|p| !p.is_empty())
        };
        Self {
            nir: person.and_then(|p| p.ids.first()).cloned(),
            family: part(NamePartKind::Family),
            given: part(NamePartKind::Given),
            civility: part(NamePartKind::Prefix),
            address: subject
                .addresses
                .iter()
                .find(|a| a.null_flavor.is_none())
                .cloned(),
            telecoms: subject
                .telecoms
                .iter()
                .filter(|t| t.null_flavor.is_none())
                .cloned()
                .collect(),
        }
    }

    /// The parent of whom a document's sections and entries tell, and the parent's date of birth; the
    /// one who is named, when several entries differ.
    pub(super) fn read(
        document: &ClinicalDocument,
        relation: Relation,
    ) -> Option<(Self, Option<Timestamp>)> {
        let (code, system, _) = relation.code();
        let of_entries = document
            .sections()
            .flat_map(|section| &section.entries)
            .filter_map(|entry| match &entry.statement {
                Statement::Observation(observation) => observation.subject.as_deref(),
                _ => None,
            });
        let of_sections = document.sections().filter_map(|s| s.subject.as_ref());
        let mut first = None;
        for subject in of_entries.chain(of_sections) {
            let related = &subject.related_subject;
            if !related.code.as_ref().is_some_and(|c| c.is(code, system)) {
                continue;
            }
            if let Some(person) = &related.subject {
                let born = person.birth_time.as_ref().and_then(|t| t.value);
                return Some((Self::from_subject(related), born));
            }
            first.get_or_insert(related);
        }
        first.map(|related| (Self::from_subject(related), None))
    }
}

/// Shows nothing of the person.
impl fmt::Debug for Parent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Parent(…)")
    }
}
