//! The fourteen value sets of the header.

use crate::validate::value_sets::{ValueSet, ValueSets};

use super::tables::fragments as f;

/// Value sets by OID, with the number or name that their published file begins with.
pub(super) const FILES: &[(&str, &str)] = &[
    (f::VS_ROLE, "JDV_J47_"),
    (f::VS_SPECIALTY, "JDV_J01_"),
    (f::VS_FACILITY, "JDV_J02_"),
    (f::VS_PRACTICE_SETTING, "JDV_J04_"),
    (f::VS_TYPE_CODE, "JDV_J07_"),
    (f::VS_ENCOUNTER_ROLE, "JDV_J140_"),
    (f::VS_ASSOCIATED_CLASS, "JDV_J141_"),
    (f::VS_ENCOUNTER, "JDV_J142_"),
    (f::VS_GENDER, "JDV_J143_"),
    (f::VS_PARTICIPATION, "JDV_J144_"),
    (f::VS_CIVILITY, "JDV_J245_"),
    (f::VS_TITLE, "JDV_J246_"),
    (f::VS_RELATIONSHIP, "JDV_J11_"),
    (f::VS_CONFIDENTIALITY, "JDV_HL7_Confidentiality_"),
];

/// Whether the words of an attribute are codes of a value set.
pub(super) enum Words<'v> {
    Known,
    /// The first word that is not a code of the set.
    Unknown(&'v str),
    NoValueSet,
}

/// The value sets of the header as far as they are loaded.
pub(super) struct Vocabulary<'a> {
    sets: Option<&'a ValueSets>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(sets: Option<&'a ValueSets>) -> Self {
        Self { sets }
    }

    pub(super) fn set(&self, oid: &str) -> Option<&'a ValueSet> {
        let prefix = FILES
            .iter()
            .find(|(id, _)| *id == oid)
            .map(|(_, file)| *file)?;
        self.sets?.by_oid_near(oid, prefix)?.ok()
    }

    /// Whether the code of this system is in the set; `None` without the set.
    pub(super) fn pair(&self, oid: &str, code: &str, system: &str) -> Option<bool> {
        Some(self.set(oid)?.contains(code, system))
    }

    /// Looks at every word of an attribute, whatever the code system.
    pub(super) fn words<'v>(&self, oid: &str, value: &'v str) -> Words<'v> {
        let Some(set) = self.set(oid) else {
            return Words::NoValueSet;
        };
        match value
            .split_ascii_whitespace()
            .find(|word| !set.contains_code(word))
        {
            Some(word) => Words::Unknown(word),
            None => Words::Known,
        }
    }
}
