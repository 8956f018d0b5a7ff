//! What a list of registry objects means.

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
        let mut warnings = Warnings::default();
        let mut read = Self::default();
        // A package may be declared beside itself.
        let beside: Vec<&Classification> = objects
            .iter()
            .filter_map(|one| match one {
                RegistryObject::Classification(one) => Some(one),
                _ => None,
            })
            .collect();
        for one in objects {
            match one {
                RegistryObject::ExtrinsicObject(one) => {
                    read.documents
                        .push(DocumentEntry::from_ebrim(one, &mut warnings));
                }
                RegistryObject::RegistryPackage(object) => {
                    match kind_of(object, &beside, &mut warnings) {
                        Package::Set => {
                            let one = SubmissionSet::from_ebrim(object, &mut warnings);
                            read.submission_sets.push(one);
                        }
                        Package::Folder => {
                            read.folders.push(Folder::from_ebrim(object, &mut warnings));
                        }
                        Package::Other => read.other.push(one.clone()),
                    }
                }
                RegistryObject::Association(one) => {
                    read.associations
                        .push(Association::from_ebrim(one, &mut warnings));
                }
                RegistryObject::ObjectRef(one) => read.object_refs.push(one.clone()),
                RegistryObject::Classification(classification) => {
                    let owner = classification.classified_object.as_deref();
                    let node = classification.node.as_deref();
                    let used = matches!(node, Some(set::NODE | folder::NODE))
                        && objects.iter().any(|one| Some(one.id()) == owner);
                    if !used {
                        read.other.push(one.clone());
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

fn kind_of(object: &Object, beside: &[&Classification], warnings: &mut Warnings) -> Package {
    let outside = beside
        .iter()
        .filter(|one| one.classified_object.as_deref() == Some(object.id.as_str()))
        .copied();
    for one in object.classifications.iter().chain(outside) {
        match one.node.as_deref() {
            Some(set::NODE) => return Package::Set,
            Some(folder::NODE) => return Package::Folder,
            _ => {}
        }
    }
    warnings.push(
        WarningKind::UnknownPackage,
        &object.id,
        "classificationNode",
    );
    if object.identifier(set::UNIQUE_ID).is_some() {
        Package::Set
    } else if object.identifier(folder::UNIQUE_ID).is_some() {
        Package::Folder
    } else {
        Package::Other
    }
}
