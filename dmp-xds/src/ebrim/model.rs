//! Objects of ebRIM 3.0, as far as XDS uses them: nothing of their meaning, everything of their content.

use std::fmt;

/// A named list of values. `Debug` shows the name alone: values may be a patient's.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Name.
    pub name: String,
    /// `slotType`, hardly ever given.
    pub slot_type: Option<String>,
    /// Values, white space around them dropped; each at most 256 characters.
    pub values: Vec<String>,
}

impl Slot {
    /// A slot of these values.
    pub fn new(name: impl Into<String>, values: Vec<String>) -> Self {
        Self {
            name: name.into(),
            slot_type: None,
            values,
        }
    }

    /// A slot of one value.
    pub fn single(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name, vec![value.into()])
    }
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slot({} × {})", self.name, self.values.len())
    }
}

/// A text in one language. `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalizedString {
    /// The text, at most 1024 characters.
    pub value: String,
    /// `xml:lang`.
    pub lang: Option<String>,
    /// `charset`.
    pub charset: Option<String>,
}

impl LocalizedString {
    /// As the DMP writes texts: language `FR`, charset `UTF8`.
    pub fn french(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            lang: Some("FR".to_owned()),
            charset: Some("UTF8".to_owned()),
        }
    }
}

impl fmt::Debug for LocalizedString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LocalizedString(***)")
    }
}

/// Version of an object's metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VersionInfo {
    /// `1`, `2` …
    pub version_name: Option<String>,
    /// A comment.
    pub comment: Option<String>,
}

/// What all objects have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Object {
    /// `id`; when empty, the message that is written gives it one.
    pub id: String,
    /// `home`: homeCommunityId.
    pub home: Option<String>,
    /// `lid`: logicalId.
    pub lid: Option<String>,
    /// `objectType`.
    pub object_type: Option<String>,
    /// `status`.
    pub status: Option<String>,
    /// Slots.
    pub slots: Vec<Slot>,
    /// `Name`.
    pub name: Vec<LocalizedString>,
    /// `Description`.
    pub description: Vec<LocalizedString>,
    /// `VersionInfo`.
    pub version_info: Option<VersionInfo>,
    /// Classifications.
    pub classifications: Vec<Classification>,
    /// External identifiers.
    pub external_identifiers: Vec<ExternalIdentifier>,
}

impl Object {
    /// The first value of a slot.
    pub fn slot(&self, name: &str) -> Option<&str> {
        let slot = self.slots.iter().find(|slot| slot.name == name)?;
        slot.values.first().map(String::as_str)
    }

    /// The value of the external identifier of a scheme.
    pub fn identifier(&self, scheme: &str) -> Option<&str> {
        let mut all = self.external_identifiers.iter();
        all.find(|one| one.scheme == scheme)
            .map(|one| one.value.as_str())
    }
}

/// A code, an author, or what kind of package an object is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Classification {
    /// What all objects have.
    pub object: Object,
    /// `classificationScheme`.
    pub scheme: Option<String>,
    /// `classificationNode`.
    pub node: Option<String>,
    /// `classifiedObject`; when none, the object it stands in.
    pub classified_object: Option<String>,
    /// `nodeRepresentation`: the code; empty for an author.
    pub node_representation: Option<String>,
}

impl Classification {
    /// Whether it is of this scheme.
    pub fn is_of(&self, scheme: &str) -> bool {
        self.scheme.as_deref() == Some(scheme)
    }
}

/// An identifier of the object or of its patient. `Debug` hides the value.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct ExternalIdentifier {
    /// What all objects have.
    pub object: Object,
    /// `identificationScheme`.
    pub scheme: String,
    /// `registryObject`; when none, the object it stands in.
    pub registry_object: Option<String>,
    /// The identifier.
    pub value: String,
}

impl fmt::Debug for ExternalIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExternalIdentifier({} ***)", self.scheme)
    }
}

/// A document's metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ExtrinsicObject {
    /// What all objects have.
    pub object: Object,
    /// `mimeType`.
    pub mime_type: Option<String>,
    /// `isOpaque`.
    pub is_opaque: Option<bool>,
    /// `ContentVersionInfo`: version of the document itself, which XDS does not use; some registries give it.
    pub content_version_info: Option<VersionInfo>,
}

/// An association.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Association {
    /// What all objects have.
    pub object: Object,
    /// `associationType`.
    pub association_type: String,
    /// `sourceObject`.
    pub source: String,
    /// `targetObject`.
    pub target: String,
}

/// A reference to an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ObjectRef {
    /// The id of the object.
    pub id: String,
    /// Its homeCommunityId.
    pub home: Option<String>,
}

/// Any object of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegistryObject {
    /// A document's metadata.
    ExtrinsicObject(ExtrinsicObject),
    /// A submission set or a folder.
    RegistryPackage(Object),
    /// An association.
    Association(Association),
    /// A classification beside the object that it classifies.
    Classification(Classification),
    /// A reference.
    ObjectRef(ObjectRef),
}

impl RegistryObject {
    /// The id.
    pub fn id(&self) -> &str {
        match self {
            Self::ExtrinsicObject(one) => &one.object.id,
            Self::RegistryPackage(object) => &object.id,
            Self::Association(one) => &one.object.id,
            Self::Classification(one) => &one.object.id,
            Self::ObjectRef(one) => &one.id,
        }
    }
}
