//! Where the shared corpus is, and what is said when it is not there.

use std::path::PathBuf;

/// The folder of shared data: `SEGUR_SHARED_DIR`, or `../shared` beside the workspace.
pub(crate) fn shared() -> PathBuf {
    std::env::var_os("SEGUR_SHARED_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    )
}

/// The published examples, by name; none, loudly, when they are missing.
pub(crate) fn examples(test: &str) -> Vec<(String, Vec<u8>)> {
    let folder = shared().join("cda/examples");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!(
            "SKIPPED {test}: no folder {}; set SEGUR_SHARED_DIR",
            folder.display()
        );
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "xml"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 37, "the corpus holds 37 examples");
    files
        .into_iter()
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(&path).expect("readable file"))
        })
        .collect()
}
