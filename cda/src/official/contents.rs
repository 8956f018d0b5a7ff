//! What a set of official rules holds, and what of it cannot be run.

use super::folder::Repair;
use super::rules::Problem;

/// What a set holds: every file read and compiled, so nothing is left to chance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contents {
    /// Names of the files that are run on every document and can be used.
    pub common: Vec<String>,
    /// Names of the models that can be used, sorted.
    pub models: Vec<String>,
    /// Files that cannot be used; their rules are listed as not run.
    pub problems: Vec<Problem>,
    /// What was mended to read the published folder.
    pub repairs: Vec<Repair>,
    /// Files that rules name and that cannot be read: the assertions that look there are listed as
    /// not run.
    pub missing_files: Vec<MissingFile>,
    /// Code systems (OID) whose codes, or units, are checked.
    pub code_lists: Vec<String>,
    /// Code systems that the agency's index announces and whose list is not there.
    pub missing_code_lists: Vec<MissingCodeList>,
}

/// A file that rules name and that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MissingFile {
    /// Its name, relative to the folder.
    pub name: String,
    /// Why it cannot be read.
    pub reason: String,
}

/// A code list that is announced and not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct MissingCodeList {
    /// The code system's OID.
    pub system: String,
    /// Its name in the agency's index.
    pub name: String,
}
