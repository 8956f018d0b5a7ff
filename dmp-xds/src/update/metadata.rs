//! Updates of the metadata: visibility.

use segur_core::Coded;

use super::UpdateError;
use crate::Profile;
use crate::ebrim::code_classification;
use crate::ebrim::{ExtrinsicObject, Object, RegistryObject, SubmitObjectsRequest};
use crate::error::Invalid;
use crate::metadata::{
    Association, Cx, DocumentEntry, Fault, Problem, Submission, SubmissionSet, visibility,
};
use crate::vocabulary::{entry, slot};

/// Who does not see a document.
///
/// `unverified`: whether a document may be hidden from professionals and from the patient at once depends on the server
/// of the DMP; the sources tell of a setting of it, not of its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Visibility {
    /// Hidden from professionals other than the author.
    pub masked: bool,
    /// Hidden from the patient, until it was told.
    pub invisible_to_patient: bool,
    /// Hidden from the legal representatives of a minor.
    pub invisible_to_representatives: bool,
}

impl Visibility {
    /// That of an entry.
    pub fn of(entry: &DocumentEntry) -> Self {
        Self {
            masked: entry.is_masked(),
            invisible_to_patient: entry.is_invisible_to_patient(),
            invisible_to_representatives: entry
                .has_confidentiality(&visibility::INVISIBLE_TO_REPRESENTATIVES),
        }
    }

    /// The codes that say so, beside the one of the document itself.
    pub fn codes(self) -> Vec<Coded> {
        [
            (self.masked, visibility::MASKED),
            (self.invisible_to_patient, visibility::INVISIBLE_TO_PATIENT),
            (
                self.invisible_to_representatives,
                visibility::INVISIBLE_TO_REPRESENTATIVES,
            ),
        ]
        .into_iter()
        .filter_map(|(hidden, code)| hidden.then_some(code))
        .collect()
    }
}

/// Changes who sees a document (TD3.3a, TD3.3b): `found` is sent back as the registry gave it, with other
/// confidentiality codes. The code of the document itself (`N`) stays.
///
/// # Errors
/// As [`update_metadata`].
pub fn change_visibility(
    set: &SubmissionSet,
    found: &ExtrinsicObject,
    to: Visibility,
    profile: Profile,
) -> Result<SubmitObjectsRequest, UpdateError> {
    let mut changed = found.clone();
    let all = &mut changed.object.classifications;
    // Where the first of the codes that change stood, so that they stay together.
    let hides = |one: &crate::ebrim::Classification| {
        one.is_of(entry::CONFIDENTIALITY)
            && one.object.slot(slot::CODING_SCHEME) == Some(visibility::SYSTEM)
    };
    all.retain(|one| !hides(one));
    let last = all
        .iter()
        .rposition(|one| one.is_of(entry::CONFIDENTIALITY));
    let at = last.map_or(all.len(), |last| last + 1);
    let codes = to.codes();
    let added = codes
        .iter()
        .map(|code| code_classification(entry::CONFIDENTIALITY, code));
    all.splice(at..at, added);
    update_metadata(set, changed, profile)
}

/// Sends the metadata of a document again, changed: `changed` is what a query gave (`LeafClass`) but for the change.
///
/// Its uniqueId, objectType and patientId may not change. The message gives the entry the id `Document01` and names the
/// version on which the change is based; ids of the objects within are left to the registry.
///
/// # Errors
/// The set breaks rules, or is of another patient; the entry has no logicalId or no version.
pub fn update_metadata(
    set: &SubmissionSet,
    mut changed: ExtrinsicObject,
    profile: Profile,
) -> Result<SubmitObjectsRequest, UpdateError> {
    let submission = Submission::new(set.clone());
    let mut problems = submission.validate(profile);
    let patient = changed.object.identifier(entry::PATIENT_ID).map(Cx::read);
    if let (Some(of_entry), Some(of_set)) = (&patient, &set.patient_id)
        && !of_entry.same_id(of_set)
    {
        problems.push(Problem {
            object: set.entry_id.clone(),
            field: "patientId",
            fault: Fault::Conflict,
            expected: "the patient of the document",
        });
    }
    Invalid::unless_empty(problems)?;
    if !changed.object.id.starts_with("urn:uuid:") {
        return Err(UpdateError::EntryUuid);
    }
    if changed.object.lid.is_none() {
        return Err(UpdateError::Missing {
            field: "logicalId (lid)",
        });
    }
    let info = changed.object.version_info.as_ref();
    let version = info.and_then(|info| info.version_name.clone());
    let version = version.ok_or(UpdateError::Missing {
        field: "version (VersionInfo/@versionName)",
    })?;
    let id = if set.entry_id == "Document01" {
        "Document02"
    } else {
        "Document01"
    };
    changed.object.id = id.to_owned();
    for one in &mut changed.object.classifications {
        release(&mut one.object);
        one.classified_object = None;
    }
    for one in &mut changed.object.external_identifiers {
        release(&mut one.object);
        one.registry_object = None;
    }
    let member = Association {
        previous_version: Some(version),
        ..Association::member(set.entry_id.clone(), id)
    };
    Ok(SubmitObjectsRequest {
        objects: vec![
            RegistryObject::RegistryPackage(set.to_ebrim(profile)),
            RegistryObject::ExtrinsicObject(changed),
            RegistryObject::Association(member.to_ebrim()),
        ],
    })
}

/// The ids that the registry gave belong to the version before; those without URN are of the message alone (rim.xsd).
fn release(object: &mut Object) {
    object.id.clear();
    object.lid = None;
}
