//! From objects to XML, in the order of the schema.

use std::collections::HashSet;

use segur_xml::{WriteError, XmlWriter};

use super::model::{
    Classification, ExternalIdentifier, LocalizedString, Object, ObjectRef, RegistryObject, Slot,
    VersionInfo,
};

/// What a writer of segur-xml gives.
pub(crate) type Written = Result<(), WriteError>;

/// Gives ids to objects that have none: `cl01`, `ei02`, `as03` …, never one that is taken.
pub(crate) struct Ids {
    taken: HashSet<String>,
    next: u32,
}

impl Ids {
    pub(crate) fn beside(objects: &[RegistryObject]) -> Self {
        let mut taken = HashSet::new();
        for object in objects {
            taken.insert(object.id().to_owned());
            match object {
                RegistryObject::ExtrinsicObject(one) => inner_ids(&one.object, &mut taken),
                RegistryObject::RegistryPackage(object) => inner_ids(object, &mut taken),
                RegistryObject::Association(one) => inner_ids(&one.object, &mut taken),
                RegistryObject::Classification(one) => inner_ids(&one.object, &mut taken),
                RegistryObject::ObjectRef(_) => {}
            }
        }
        Self { taken, next: 1 }
    }

    fn of(&mut self, object: &Object, prefix: &str) -> String {
        if !object.id.is_empty() {
            return object.id.clone();
        }
        loop {
            let id = format!("{prefix}{:02}", self.next);
            self.next = self.next.saturating_add(1);
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

fn inner_ids(object: &Object, taken: &mut HashSet<String>) {
    for one in &object.classifications {
        taken.insert(one.object.id.clone());
        inner_ids(&one.object, taken);
    }
    for one in &object.external_identifiers {
        taken.insert(one.object.id.clone());
        inner_ids(&one.object, taken);
    }
}

/// `rim:RegistryObjectList`; the prefix `rim` must be declared.
pub(crate) fn object_list(w: &mut XmlWriter, objects: &[RegistryObject]) -> Written {
    let mut ids = Ids::beside(objects);
    w.start("rim:RegistryObjectList")?;
    for one in objects {
        registry_object(w, one, &mut ids)?;
    }
    w.end()?;
    Ok(())
}

fn registry_object(w: &mut XmlWriter, one: &RegistryObject, ids: &mut Ids) -> Written {
    match one {
        RegistryObject::ExtrinsicObject(one) => {
            let id = ids.of(&one.object, "doc");
            w.start("rim:ExtrinsicObject")?.attr("id", &id)?;
            attribute(w, "home", one.object.home.as_deref())?;
            if let Some(opaque) = one.is_opaque {
                w.attr("isOpaque", if opaque { "true" } else { "false" })?;
            }
            attribute(w, "lid", one.object.lid.as_deref())?;
            attribute(w, "mimeType", one.mime_type.as_deref())?;
            attribute(w, "objectType", one.object.object_type.as_deref())?;
            attribute(w, "status", one.object.status.as_deref())?;
            inner(w, &one.object, &id, ids)?;
            version_info(
                w,
                "rim:ContentVersionInfo",
                one.content_version_info.as_ref(),
            )?;
            w.end()?;
            Ok(())
        }
        RegistryObject::RegistryPackage(object) => {
            let id = ids.of(object, "set");
            w.start("rim:RegistryPackage")?.attr("id", &id)?;
            common(w, object)?;
            children(w, object, &id, ids)
        }
        RegistryObject::Association(one) => {
            let id = ids.of(&one.object, "as");
            w.start("rim:Association")?.attr("id", &id)?;
            common(w, &one.object)?;
            w.attr("associationType", &one.association_type)?;
            w.attr("sourceObject", &one.source)?;
            w.attr("targetObject", &one.target)?;
            children(w, &one.object, &id, ids)
        }
        RegistryObject::Classification(one) => {
            classification(w, one, one.classified_object.as_deref().unwrap_or(""), ids)
        }
        RegistryObject::ObjectRef(one) => object_ref(w, one),
    }
}

pub(crate) fn object_ref(w: &mut XmlWriter, one: &ObjectRef) -> Written {
    w.start("rim:ObjectRef")?.attr("id", &one.id)?;
    attribute(w, "home", one.home.as_deref())?;
    w.end()?;
    Ok(())
}

fn classification(w: &mut XmlWriter, one: &Classification, owner: &str, ids: &mut Ids) -> Written {
    let id = ids.of(&one.object, "cl");
    w.start("rim:Classification")?.attr("id", &id)?;
    common(w, &one.object)?;
    attribute(w, "classificationNode", one.node.as_deref())?;
    attribute(w, "classificationScheme", one.scheme.as_deref())?;
    w.attr(
        "classifiedObject",
        one.classified_object.as_deref().unwrap_or(owner),
    )?;
    attribute(w, "nodeRepresentation", one.node_representation.as_deref())?;
    children(w, &one.object, &id, ids)
}

fn identifier(w: &mut XmlWriter, one: &ExternalIdentifier, owner: &str, ids: &mut Ids) -> Written {
    let id = ids.of(&one.object, "ei");
    w.start("rim:ExternalIdentifier")?.attr("id", &id)?;
    common(w, &one.object)?;
    w.attr("identificationScheme", &one.scheme)?;
    w.attr(
        "registryObject",
        one.registry_object.as_deref().unwrap_or(owner),
    )?;
    w.attr("value", &one.value)?;
    children(w, &one.object, &id, ids)
}

fn common(w: &mut XmlWriter, object: &Object) -> Written {
    attribute(w, "home", object.home.as_deref())?;
    attribute(w, "lid", object.lid.as_deref())?;
    attribute(w, "objectType", object.object_type.as_deref())?;
    attribute(w, "status", object.status.as_deref())
}

/// The children and the end tag.
fn children(w: &mut XmlWriter, object: &Object, id: &str, ids: &mut Ids) -> Written {
    inner(w, object, id, ids)?;
    w.end()?;
    Ok(())
}

/// The children in the order of rim.xsd.
fn inner(w: &mut XmlWriter, object: &Object, id: &str, ids: &mut Ids) -> Written {
    for one in &object.slots {
        slot(w, one)?;
    }
    strings(w, "rim:Name", &object.name)?;
    strings(w, "rim:Description", &object.description)?;
    version_info(w, "rim:VersionInfo", object.version_info.as_ref())?;
    for one in &object.classifications {
        classification(w, one, id, ids)?;
    }
    for one in &object.external_identifiers {
        identifier(w, one, id, ids)?;
    }
    Ok(())
}

fn version_info(w: &mut XmlWriter, element: &str, version: Option<&VersionInfo>) -> Written {
    let Some(version) = version else {
        return Ok(());
    };
    w.start(element)?;
    attribute(w, "versionName", version.version_name.as_deref())?;
    attribute(w, "comment", version.comment.as_deref())?;
    w.end()?;
    Ok(())
}

pub(crate) fn slot(w: &mut XmlWriter, slot: &Slot) -> Written {
    w.start("rim:Slot")?.attr("name", &slot.name)?;
    attribute(w, "slotType", slot.slot_type.as_deref())?;
    w.start("rim:ValueList")?;
    for value in &slot.values {
        w.start("rim:Value")?.text(value)?.end()?;
    }
    w.end()?.end()?;
    Ok(())
}

fn strings(w: &mut XmlWriter, element: &str, strings: &[LocalizedString]) -> Written {
    if strings.is_empty() {
        return Ok(());
    }
    w.start(element)?;
    for one in strings {
        w.start("rim:LocalizedString")?;
        attribute(w, "xml:lang", one.lang.as_deref())?;
        attribute(w, "charset", one.charset.as_deref())?;
        w.attr("value", &one.value)?.end()?;
    }
    w.end()?;
    Ok(())
}

pub(crate) fn attribute(w: &mut XmlWriter, name: &str, value: Option<&str>) -> Written {
    if let Some(value) = value {
        w.attr(name, value)?;
    }
    Ok(())
}
