//! From XML to objects, tolerant.

use segur_xml::{Attribute, Node};

use super::model::{
    Association, Classification, ExternalIdentifier, ExtrinsicObject, LocalizedString, Object,
    ObjectRef, RegistryObject, Slot, VersionInfo,
};
use crate::reading::{WarningKind, Warnings};
use crate::vocabulary::{RIM, XML};

/// The objects of a `RegistryObjectList`; what is none of ours is passed over with a warning.
pub(crate) fn objects(list: Node<'_>, warnings: &mut Warnings) -> Vec<RegistryObject> {
    let mut all = Vec::new();
    for node in list.elements() {
        let kind = if node.namespace() == RIM {
            node.local_name()
        } else {
            ""
        };
        all.push(match kind {
            "ExtrinsicObject" => RegistryObject::ExtrinsicObject(ExtrinsicObject {
                object: object(node, warnings),
                mime_type: attribute(node, "mimeType"),
                is_opaque: attribute(node, "isOpaque").and_then(|text| boolean(&text)),
                content_version_info: node.child(RIM, CONTENT_VERSION).map(version_info),
            }),
            "RegistryPackage" => RegistryObject::RegistryPackage(object(node, warnings)),
            "Association" => RegistryObject::Association(Association {
                object: object(node, warnings),
                association_type: attribute(node, "associationType").unwrap_or_default(),
                source: attribute(node, "sourceObject").unwrap_or_default(),
                target: attribute(node, "targetObject").unwrap_or_default(),
            }),
            "Classification" => {
                RegistryObject::Classification(classification(node, None, warnings))
            }
            "ObjectRef" => RegistryObject::ObjectRef(ObjectRef {
                id: attribute(node, "id").unwrap_or_default(),
                home: attribute(node, "home"),
            }),
            _ => {
                warnings.push(WarningKind::UnknownElement, "", node.local_name());
                continue;
            }
        });
    }
    all
}

const CONTENT_VERSION: &str = "ContentVersionInfo";

fn version_info(node: Node<'_>) -> VersionInfo {
    VersionInfo {
        version_name: attribute(node, "versionName"),
        comment: attribute(node, "comment"),
    }
}

/// What all objects have, with a warning for each child out of place.
pub(crate) fn object(node: Node<'_>, warnings: &mut Warnings) -> Object {
    let mut object = Object::default();
    for one in attributes(node) {
        let field = match one.local_name() {
            "id" => {
                object.id = text_of(one);
                continue;
            }
            "home" => &mut object.home,
            "lid" => &mut object.lid,
            "objectType" => &mut object.object_type,
            "status" => &mut object.status,
            _ => continue,
        };
        *field = Some(text_of(one));
    }
    let mut reached = 0;
    let mut disorder = false;
    let (mut named, mut described) = (false, false);
    for child in node.elements() {
        let kind = if child.namespace() == RIM {
            child.local_name()
        } else {
            ""
        };
        let rank = match kind {
            "Slot" => {
                push(&mut object.slots, slot(child, &object.id, warnings));
                0
            }
            "Name" => {
                if std::mem::replace(&mut named, true) {
                    warnings.push(WarningKind::RepeatedElement, &object.id, "Name");
                } else {
                    object.name = strings(child);
                }
                1
            }
            "Description" => {
                if std::mem::replace(&mut described, true) {
                    warnings.push(WarningKind::RepeatedElement, &object.id, "Description");
                } else {
                    object.description = strings(child);
                }
                2
            }
            "VersionInfo" => {
                if object.version_info.is_some() {
                    warnings.push(WarningKind::RepeatedElement, &object.id, "VersionInfo");
                } else {
                    object.version_info = Some(version_info(child));
                }
                3
            }
            "Classification" => {
                let one = classification(child, Some(&object.id), warnings);
                object.classifications.push(one);
                4
            }
            "ExternalIdentifier" => {
                let one = identifier(child, &object.id, warnings);
                object.external_identifiers.push(one);
                5
            }
            // Read with the entry, which alone has it.
            CONTENT_VERSION if node.local_name() == "ExtrinsicObject" => 6,
            _ => {
                warnings.push(WarningKind::UnknownElement, &object.id, child.local_name());
                continue;
            }
        };
        disorder |= rank < reached;
        reached = reached.max(rank);
    }
    if disorder {
        warnings.push(WarningKind::UnexpectedOrder, &object.id, node.local_name());
    }
    // Ten thousand entries live for a while: what vectors keep in reserve would be half of the memory.
    object.slots.shrink_to_fit();
    object.classifications.shrink_to_fit();
    object.external_identifiers.shrink_to_fit();
    object
}

fn classification(node: Node<'_>, owner: Option<&str>, warnings: &mut Warnings) -> Classification {
    let mut one = Classification {
        object: object(node, warnings),
        ..Classification::default()
    };
    for attribute in attributes(node) {
        let field = match attribute.local_name() {
            "classificationScheme" => &mut one.scheme,
            "classificationNode" => &mut one.node,
            "classifiedObject" => &mut one.classified_object,
            "nodeRepresentation" => &mut one.node_representation,
            _ => continue,
        };
        *field = Some(text_of(attribute));
    }
    let field = one.scheme.as_deref().or(one.node.as_deref()).unwrap_or("");
    check_owner(owner, one.classified_object.as_deref(), field, warnings);
    one
}

fn identifier(node: Node<'_>, owner: &str, warnings: &mut Warnings) -> ExternalIdentifier {
    let one = ExternalIdentifier {
        object: object(node, warnings),
        scheme: attribute(node, "identificationScheme").unwrap_or_default(),
        registry_object: attribute(node, "registryObject"),
        value: attribute(node, "value").unwrap_or_default(),
    };
    check_owner(
        Some(owner),
        one.registry_object.as_deref(),
        &one.scheme,
        warnings,
    );
    one
}

fn check_owner(owner: Option<&str>, named: Option<&str>, field: &str, warnings: &mut Warnings) {
    let Some(owner) = owner else { return };
    match named {
        None => warnings.push(WarningKind::MissingOwner, owner, field),
        Some(named) if named != owner => warnings.push(WarningKind::OtherOwner, owner, field),
        Some(_) => {}
    }
}

/// A slot; also those of queries.
pub(crate) fn slot(node: Node<'_>, owner: &str, warnings: &mut Warnings) -> Slot {
    let mut slot = Slot {
        name: attribute(node, "name").unwrap_or_default(),
        slot_type: attribute(node, "slotType"),
        values: Vec::new(),
    };
    for list in node.elements() {
        if !list.is(RIM, "ValueList") {
            warnings.push(WarningKind::UnknownElement, owner, list.local_name());
            continue;
        }
        for value in list.elements() {
            if value.is(RIM, "Value") {
                push(&mut slot.values, value.string_value().trim().to_owned());
            } else {
                warnings.push(WarningKind::UnknownElement, owner, value.local_name());
            }
        }
    }
    slot.values.shrink_to_fit();
    slot
}

fn strings(node: Node<'_>) -> Vec<LocalizedString> {
    let mut all = Vec::new();
    for one in node.children_named(RIM, "LocalizedString") {
        let string = LocalizedString {
            value: attribute(one, "value").unwrap_or_default(),
            lang: one.attribute_ns(XML, "lang").map(|lang| lang.into_owned()),
            charset: attribute(one, "charset"),
        };
        push(&mut all, string);
    }
    all.shrink_to_fit();
    all
}

/// Most lists have one thing: the first one takes no room for others.
fn push<T>(all: &mut Vec<T>, one: T) {
    if all.is_empty() {
        all.reserve_exact(1);
    }
    all.push(one);
}

/// An attribute without namespace, white space around its value dropped.
pub(crate) fn attribute(node: Node<'_>, name: &str) -> Option<String> {
    node.attribute_node("", name).map(text_of)
}

/// The attributes without namespace: to look for each by its name takes longer than to walk over them once.
fn attributes(node: Node<'_>) -> impl Iterator<Item = Attribute<'_>> {
    let all = node.attributes();
    all.filter(|one| one.namespace().is_empty())
}

fn text_of(attribute: Attribute<'_>) -> String {
    attribute.value().trim().to_owned()
}

/// A boolean of XML Schema.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
