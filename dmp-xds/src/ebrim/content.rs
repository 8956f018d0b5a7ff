//! What a list of registry objects means.

use std::collections::{HashMap, HashSet};

use super::model::{Classification, Object, ObjectRef, RegistryObject};
use crate::Profile;
use crate::metadata::{Association, DocumentEntry, Folder, Submission, SubmissionSet};
use crate::reading::{Reading, WarningKind, Warnings};
use crate::vocabulary::{folder, set};

/// The objects of a list, typed: of a submission, or of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegistryContent {
    /// Submission sets.
    pub submission_sets: Vec<SubmissionSet>,
    /// Documents.
    pub documents: Vec<DocumentEntry>,
    /// Folders.
    pub folders: Vec<Folder>,
    /// Associations.
    pub associations: Vec<Association>,
    /// References, when the query asked for nothing else.
    pub object_refs: Vec<ObjectRef>,
    /// Packages that are neither a set nor a folder, and classifications of none of the objects.
    pub other: Vec<RegistryObject>,
}

impl RegistryContent {
    /// Reads a list of objects; everything that is not as it should be is told beside.
    pub fn from_objects(objects: &[RegistryObject]) -> Reading<Self> {
        Self::of(objects.to_vec())
    }

    /// As [`from_objects`](Self::from_objects), for objects that are not needed any more: faster, and in less memory.
    pub fn of(objects: Vec<RegistryObject>) -> Reading<Self> {
        let mut warnings = Warnings::default();
        let mut read = Self::default();
        // A package may be declared beside itself.
        let mut beside: HashMap<String, &'static str> = HashMap::new();
        for one in &objects {
            if let RegistryObject::Classification(one) = one
                && let (Some(owner), Some(node)) = (&one.classified_object, package_node(one))
            {
                beside.entry(owner.clone()).or_insert(node);
            }
        }
        // Of those alone that are declared beside themselves.
        let ids = objects.iter().map(RegistryObject::id);
        let ids = ids.filter(|id| beside.contains_key(*id));
        let ids: HashSet<String> = ids.map(str::to_owned).collect();
        for one in objects {
            match one {
                RegistryObject::ExtrinsicObject(one) => {
                    read.documents
                        .push(DocumentEntry::from_ebrim(one, &mut warnings));
                }
                RegistryObject::RegistryPackage(object) => {
                    match kind_of(&object, &beside, &mut warnings) {
                        Package::Set => {
                            let one = SubmissionSet::from_ebrim(object, &mut warnings);
                            read.submission_sets.push(one);
                        }
                        Package::Folder => {
                            read.folders.push(Folder::from_ebrim(object, &mut warnings));
                        }
                        Package::Other => {
                            read.other.push(RegistryObject::RegistryPackage(object));
                        }
                    }
                }
                RegistryObject::Association(one) => {
                    read.associations
                        .push(Association::from_ebrim(one, &mut warnings));
                }
                RegistryObject::ObjectRef(one) => read.object_refs.push(one),
                RegistryObject::Classification(one) => {
                    let owner = one.classified_object.as_ref();
                    let used = package_node(&one).is_some()
                        && owner.is_some_and(|owner| ids.contains(owner));
                    if !used {
                        read.other.push(RegistryObject::Classification(one));
                    }
                }
            }
        }
        warnings.with(read)
    }

    /// The ebRIM form, sets first, then folders, documents, associations and the rest.
    pub fn to_objects(&self, profile: Profile) -> Vec<RegistryObject> {
        let sets = self.submission_sets.iter().map(|one| one.to_ebrim(profile));
        let folders = self.folders.iter().map(|one| one.to_ebrim(profile));
        let documents = self.documents.iter().map(|one| one.to_ebrim(profile));
        let associations = self.associations.iter().map(Association::to_ebrim);
        let refs = self.object_refs.iter().cloned();
        sets.chain(folders)
            .map(RegistryObject::RegistryPackage)
            .chain(documents.map(RegistryObject::ExtrinsicObject))
            .chain(associations.map(RegistryObject::Association))
            .chain(refs.map(RegistryObject::ObjectRef))
            .chain(self.other.iter().cloned())
            .collect()
    }
}

impl Submission {
    /// The ebRIM form. Nothing is checked here: see [`Submission::validate`].
    pub fn to_objects(&self, profile: Profile) -> Vec<RegistryObject> {
        let content = RegistryContent {
            submission_sets: vec![self.submission_set.clone()],
            documents: self.documents.clone(),
            folders: self.folders.clone(),
            associations: self.associations.clone(),
            ..RegistryContent::default()
        };
        content.to_objects(profile)
    }
}

enum Package {
    Set,
    Folder,
    Other,
}

/// What kind of package a classification declares.
fn package_node(one: &Classification) -> Option<&'static str> {
    match one.node.as_deref() {
        Some(set::NODE) => Some(set::NODE),
        Some(folder::NODE) => Some(folder::NODE),
        _ => None,
    }
}

fn kind_of(
    object: &Object,
    beside: &HashMap<String, &'static str>,
    warnings: &mut Warnings,
) -> Package {
    let own = object.classifications.iter().find_map(package_node);
    match own.or_else(|| beside.get(&object.id).copied()) {
        Some(set::NODE) => return Package::Set,
        Some(folder::NODE) => return Package::Folder,
        _ => {}
    }
    let field = "classificationNode";
    warnings.push(WarningKind::UnknownPackage, &object.id, field);
    if object.identifier(set::UNIQUE_ID).is_some() {
        Package::Set
    } else if object.identifier(folder::UNIQUE_ID).is_some() {
        Package::Folder
    } else {
        Package::Other
    }
}
