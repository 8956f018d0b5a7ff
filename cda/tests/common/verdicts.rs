//! The shared corpus: `SEGUR_SHARED_DIR`, else `../shared` beside the workspace.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    dead_code,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use segur_cda::validate::{Profile, Validator, ValueSets};
use sha2::Digest as _;

/// The folder `cda` of the corpus; says so when it is not there.
pub(crate) fn folder() -> Option<PathBuf> {
    let shared = std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let cda = shared.join("cda");
    if cda.is_dir() {
        return Some(cda);
    }
    eprintln!(
        "SKIPPED: no corpus in {} (set SEGUR_SHARED_DIR)",
        shared.display()
    );
    None
}

/// A validator with the published value sets.
pub(crate) fn validator(cda: &Path, profile: Profile) -> Validator {
    Validator::builder()
        .profile(profile)
        .value_sets(ValueSets::load(cda.join("value-sets")).unwrap())
        .build()
}

/// Name and content of the official examples, by name.
pub(crate) fn examples(cda: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(cda.join("examples")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        all.push((name, std::fs::read(path).unwrap()));
    }
    all.sort();
    all
}

/// One named change of an example, with the official verdict.
pub(crate) struct Mutant {
    /// The line of mutants.jsonl.
    pub(crate) row: serde_json::Value,
    pub(crate) bytes: Vec<u8>,
}

impl Mutant {
    pub(crate) fn text(&self, key: &str) -> &str {
        self.row[key].as_str().unwrap()
    }

    pub(crate) fn number(&self, key: &str) -> usize {
        usize::try_from(self.row[key].as_u64().unwrap()).unwrap()
    }

    pub(crate) fn accepted(&self) -> bool {
        self.text("official") == "accepted"
    }

    /// Refused by the schema.
    pub(crate) fn schema_refuses(&self) -> bool {
        !self.row["xsd_ok"].as_bool().unwrap()
    }

    /// Refused by the published rules of the header, or stopping them.
    pub(crate) fn header_refuses(&self) -> bool {
        let ours = |name: &serde_json::Value| name.as_str().unwrap().contains("StrucMin");
        let failed = self.row["failed"].as_array().unwrap().iter();
        let mut fatal = self.row["fatal"].as_array().unwrap().iter();
        failed
            .filter(|f| ours(&f["sch"]))
            .any(|f| f["role"].as_str() != Some("warning"))
            || fatal.any(|name| name.to_string().contains("StrucMin"))
    }
}

/// All mutants, rebuilt and compared with their digest.
pub(crate) fn mutants(cda: &Path) -> Vec<Mutant> {
    let folder = cda.join("mutants");
    let lines = std::fs::read_to_string(folder.join("mutants.jsonl")).unwrap();
    let mut bases: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut all = Vec::new();
    for line in lines.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let base = row["base"].as_str().unwrap().to_owned();
        let bytes = bases
            .entry(base)
            .or_insert_with_key(|base| std::fs::read(folder.join(base)).unwrap())
            .clone();
        let mut mutant = Mutant { row, bytes };
        let range = mutant.number("start")..mutant.number("end");
        let text = mutant.text("text").to_owned();
        mutant.bytes.splice(range, text.bytes());
        let digest: String = sha2::Sha256::digest(&mutant.bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(digest, mutant.text("sha256"), "{}", mutant.text("id"));
        all.push(mutant);
    }
    all
}
