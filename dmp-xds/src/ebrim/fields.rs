//! Parts of typed objects, to and from slots, classifications and identifiers.

use std::collections::{HashMap, HashSet};

use segur_core::Coded;

use super::model::{Classification, ExternalIdentifier, LocalizedString, Object, Slot};
use crate::Profile;
use crate::metadata::{Author, Dtm, Xcn, Xon, Xtn, read_specialty, specialty_text};
use crate::reading::{WarningKind, Warnings};
use crate::vocabulary::slot as names;

/// Takes an object apart, field by field; what is left has no field.
pub(super) struct Take<'w> {
    id: String,
    slots: Vec<Slot>,
    kept: Vec<Slot>,
    /// Those that were taken are none.
    classifications: Vec<Option<Classification>>,
    identifiers: Vec<ExternalIdentifier>,
    pub(super) warnings: &'w mut Warnings,
}

impl<'w> Take<'w> {
    /// Takes id, slots, classifications and identifiers out of the object.
    pub(super) fn new(object: &mut Object, warnings: &'w mut Warnings) -> Self {
        let id = std::mem::take(&mut object.id);
        let slots = std::mem::take(&mut object.slots);
        let classifications = std::mem::take(&mut object.classifications);
        Self {
            slots: joined(slots, &id, warnings),
            id,
            kept: Vec::new(),
            classifications: classifications.into_iter().map(Some).collect(),
            identifiers: std::mem::take(&mut object.external_identifiers),
            warnings,
        }
    }

    /// The id of the object.
    pub(super) fn id(&self) -> String {
        self.id.clone()
    }

    pub(super) fn warn(&mut self, kind: WarningKind, field: &str) {
        self.warnings.push(kind, &self.id, field);
    }

    /// All values of a slot; empty ones are none.
    pub(super) fn values(&mut self, name: &str) -> Vec<String> {
        let Some(at) = self.slots.iter().position(|slot| slot.name == name) else {
            return Vec::new();
        };
        let values = self.slots.remove(at).values;
        values
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The value of a slot; the first one, when there are several.
    pub(super) fn value(&mut self, name: &str) -> Option<String> {
        let mut values = self.values(name).into_iter();
        let first = values.next();
        if values.next().is_some() {
            self.warn(WarningKind::SeveralValues, name);
        }
        first
    }

    /// Warns when a slot is not there. One that is there and cannot be read is not missing.
    fn need(&mut self, name: &str) {
        let mut own = self.slots.iter().filter(|slot| slot.name == name);
        if !own.any(|slot| slot.values.iter().any(|value| !value.is_empty())) {
            self.warn(WarningKind::MissingField, name);
        }
    }

    pub(super) fn required_time(&mut self, name: &str) -> Option<Dtm> {
        self.need(name);
        self.time(name)
    }

    pub(super) fn required_number(&mut self, name: &str) -> Option<u64> {
        self.need(name);
        self.number(name)
    }

    pub(super) fn required(&mut self, name: &str) -> Option<String> {
        self.need(name);
        self.value(name)
    }

    /// A value as something else; the slot is kept when that fails.
    pub(super) fn parsed<T>(
        &mut self,
        name: &str,
        kind: WarningKind,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.value(name)?;
        let value = parse(&text);
        if value.is_none() {
            self.warn(kind, name);
            self.kept.push(Slot::single(name, text));
        }
        value
    }

    pub(super) fn time(&mut self, name: &str) -> Option<Dtm> {
        self.parsed(name, WarningKind::UnreadableTime, |text| {
            Dtm::parse(text).ok()
        })
    }

    fn number(&mut self, name: &str) -> Option<u64> {
        self.parsed(name, WarningKind::UnreadableNumber, |text| {
            text.parse().ok()
        })
    }

    /// The first text of a name or description; those in further languages are passed over.
    pub(super) fn text(&mut self, strings: Vec<LocalizedString>, field: &str) -> Option<String> {
        if strings.len() > 1 {
            self.warn(WarningKind::SeveralValues, field);
        }
        let first = strings.into_iter().next().map(|one| one.value);
        first.filter(|text| !text.is_empty())
    }

    pub(super) fn identifier(&mut self, scheme: &str, field: &str) -> Option<String> {
        let Some(at) = self.identifiers.iter().position(|one| one.scheme == scheme) else {
            self.warn(WarningKind::MissingField, field);
            return None;
        };
        Some(self.identifiers.remove(at).value)
    }

    fn of_scheme(&mut self, scheme: &str) -> Vec<Classification> {
        let own = |one: &&mut Option<Classification>| {
            let one = one.as_ref();
            one.is_some_and(|one| one.is_of(scheme))
        };
        let all = self.classifications.iter_mut();
        all.filter(own).filter_map(Option::take).collect()
    }

    pub(super) fn codes(&mut self, scheme: &str, field: &str) -> Vec<Coded> {
        let found = self.of_scheme(scheme);
        found
            .into_iter()
            .map(|one| self.code_of(one, field))
            .collect()
    }

    fn code_of(&mut self, one: Classification, field: &str) -> Coded {
        let Object { slots, name, .. } = one.object;
        if slots.len() > 1 {
            self.warn(WarningKind::UnknownElement, field);
        }
        let mut slots = slots.into_iter();
        let scheme = slots.find(|slot| slot.name == names::CODING_SCHEME);
        let system = scheme.and_then(|slot| slot.values.into_iter().next());
        let system = system.unwrap_or_default();
        if system.is_empty() {
            self.warn(WarningKind::MissingScheme, field);
        }
        Coded {
            display: self.text(name, field).map(Into::into),
            ..Coded::new(one.node_representation.unwrap_or_default(), system)
        }
    }

    /// The code of a scheme; further ones are kept as classifications.
    pub(super) fn code(&mut self, scheme: &str, field: &str, required: bool) -> Option<Coded> {
        let mut found = self.of_scheme(scheme).into_iter();
        let Some(first) = found.next() else {
            if required {
                self.warn(WarningKind::MissingField, field);
            }
            return None;
        };
        let more: Vec<Classification> = found.collect();
        if !more.is_empty() {
            self.warn(WarningKind::RepeatedElement, field);
            self.classifications.extend(more.into_iter().map(Some));
        }
        Some(self.code_of(first, field))
    }

    pub(super) fn authors(&mut self, scheme: &str) -> Vec<Author> {
        let found = self.of_scheme(scheme);
        found
            .into_iter()
            .map(|mut one| {
                let mut take = Take::new(&mut one.object, self.warnings);
                let author = Author {
                    person: take.value(names::PERSON).map(|text| Xcn::read(&text)),
                    institutions: take
                        .values(names::INSTITUTION)
                        .iter()
                        .map(|t| Xon::read(t))
                        .collect(),
                    roles: take.values(names::ROLE),
                    specialties: take
                        .values(names::SPECIALTY)
                        .iter()
                        .map(|text| read_specialty(text))
                        .collect(),
                    telecoms: take
                        .values(names::TELECOM)
                        .iter()
                        .map(|t| Xtn::read(t))
                        .collect(),
                    other_slots: Vec::new(),
                };
                let other_slots = take.rest_of_slots();
                Author {
                    other_slots,
                    ..author
                }
            })
            .collect()
    }

    /// A classification that says what kind of package the object is.
    pub(super) fn node(&mut self, node: &str) -> bool {
        let before = self.classifications.len();
        let is_own = |one: &Classification| one.node.as_deref() == Some(node);
        self.classifications
            .retain(|one| !one.as_ref().is_some_and(is_own));
        self.classifications.len() < before
    }

    /// What has no field.
    pub(super) fn rest(mut self) -> (Vec<Slot>, Vec<Classification>, Vec<ExternalIdentifier>) {
        for slot in std::mem::take(&mut self.slots) {
            self.warn(WarningKind::UnknownSlot, &slot.name);
            self.kept.push(slot);
        }
        let classifications: Vec<Classification> = std::mem::take(&mut self.classifications)
            .into_iter()
            .flatten()
            .collect();
        for one in &classifications {
            let field = one.scheme.as_deref().or(one.node.as_deref()).unwrap_or("");
            self.warnings
                .push(WarningKind::UnknownClassification, &self.id, field);
        }
        for one in &self.identifiers {
            self.warnings
                .push(WarningKind::UnknownIdentifier, &self.id, &one.scheme);
        }
        (self.kept, classifications, self.identifiers)
    }

    /// The slots without a field, of what keeps nothing else.
    pub(super) fn rest_of_slots(mut self) -> Vec<Slot> {
        let codes = std::mem::take(&mut self.classifications)
            .into_iter()
            .flatten();
        let identifiers = std::mem::take(&mut self.identifiers).into_iter();
        let codes = codes.map(|one| one.scheme.or(one.node).unwrap_or_default());
        for scheme in codes.chain(identifiers.map(|one| one.scheme)) {
            self.warn(WarningKind::UnknownElement, &scheme);
        }
        self.rest().0
    }
}

/// Whether no two slots have one name. An object has a dozen: they are compared faster than hashed.
fn are_distinct(slots: &[Slot]) -> bool {
    if slots.len() > 32 {
        let mut seen = HashSet::with_capacity(slots.len());
        return slots.iter().all(|slot| seen.insert(slot.name.as_str()));
    }
    let mut rest = slots;
    while let Some((first, others)) = rest.split_first() {
        if others.iter().any(|other| other.name == first.name) {
            return false;
        }
        rest = others;
    }
    true
}

/// Slots of the same name as one.
fn joined(slots: Vec<Slot>, id: &str, warnings: &mut Warnings) -> Vec<Slot> {
    if are_distinct(&slots) {
        return slots;
    }
    let mut all: Vec<Slot> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for slot in slots {
        let first = places.get(&slot.name).copied();
        match first.and_then(|at| all.get_mut(at)) {
            Some(first) => {
                warnings.push(WarningKind::RepeatedSlot, id, &slot.name);
                first.values.extend(slot.values);
            }
            None => {
                places.insert(slot.name.clone(), all.len());
                all.push(slot);
            }
        }
    }
    all
}

/// Puts an object together, field by field; its owner references come when it is written.
#[derive(Default)]
pub(super) struct Put {
    pub(super) object: Object,
}

impl Put {
    pub(super) fn new(id: &str) -> Self {
        let id = id.to_owned();
        Self {
            object: Object {
                id,
                ..Object::default()
            },
        }
    }

    pub(super) fn values(&mut self, name: &str, values: Vec<String>) {
        if !values.is_empty() {
            self.object.slots.push(Slot::new(name, values));
        }
    }

    pub(super) fn value(&mut self, name: &str, value: Option<impl ToString>) {
        let values = value.map(|value| value.to_string());
        self.values(name, values.into_iter().collect());
    }

    pub(super) fn title(&mut self, title: Option<&String>, comments: Option<&String>) {
        self.object.name = title.map(LocalizedString::french).into_iter().collect();
        self.object.description = comments.map(LocalizedString::french).into_iter().collect();
    }

    pub(super) fn code(&mut self, scheme: &str, code: Option<&Coded>) {
        let Some(code) = code else { return };
        self.object
            .classifications
            .push(code_classification(scheme, code));
    }

    pub(super) fn authors(&mut self, scheme: &str, authors: &[Author], profile: Profile) {
        for author in authors {
            let mut put = Put::new("");
            let institutions = author.institutions.iter();
            put.values(
                names::INSTITUTION,
                institutions.map(|xon| xon.to_text(profile)).collect(),
            );
            put.value(names::PERSON, author.person.as_ref().map(Xcn::to_text));
            put.values(names::ROLE, author.roles.clone());
            let specialties = author.specialties.iter();
            let specialties = specialties.map(|code| specialty_text(code, profile));
            put.values(names::SPECIALTY, specialties.collect());
            put.values(
                names::TELECOM,
                author.telecoms.iter().map(Xtn::to_text).collect(),
            );
            put.object.slots.extend(author.other_slots.iter().cloned());
            self.object.classifications.push(Classification {
                object: put.object,
                scheme: Some(scheme.to_owned()),
                node_representation: Some(String::new()),
                ..Classification::default()
            });
        }
    }

    pub(super) fn node(&mut self, node: &str) {
        self.object.classifications.push(Classification {
            node: Some(node.to_owned()),
            ..Classification::default()
        });
    }

    pub(super) fn identifier(&mut self, scheme: &str, name: &str, value: impl Into<String>) {
        let object = Object {
            name: vec![LocalizedString::french(name)],
            ..Object::default()
        };
        self.object.external_identifiers.push(ExternalIdentifier {
            object,
            scheme: scheme.to_owned(),
            registry_object: None,
            value: value.into(),
        });
    }

    pub(super) fn others(
        &mut self,
        slots: &[Slot],
        classifications: &[Classification],
        identifiers: &[ExternalIdentifier],
    ) {
        self.object.slots.extend(slots.iter().cloned());
        let all = classifications.iter().cloned();
        self.object.classifications.extend(all.map(|mut one| {
            // The id of the object may have changed since.
            one.classified_object = None;
            one
        }));
        let all = identifiers.iter().cloned();
        self.object.external_identifiers.extend(all.map(|mut one| {
            one.registry_object = None;
            one
        }));
    }
}

/// A code as a classification of a scheme.
pub(crate) fn code_classification(scheme: &str, code: &Coded) -> Classification {
    let mut put = Put::new("");
    put.value(
        names::CODING_SCHEME,
        Some(&code.system).filter(|system| !system.is_empty()),
    );
    put.title(
        code.display
            .as_ref()
            .map(|display| display.clone().into_owned())
            .as_ref(),
        None,
    );
    Classification {
        object: put.object,
        scheme: Some(scheme.to_owned()),
        node_representation: Some(code.code.clone().into_owned()),
        ..Classification::default()
    }
}
