//! The outside judge: libxml2 with the published schema, SaxonC with the published rules.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "tests")]

/// How many random seeds the outside judge sees: all 200 when `SEGUR_JUDGE_ALL` is set, for it takes a
/// while; else 4.
fn seen(name: &str) -> bool {
    let seed = name.rsplit('-').next().and_then(|n| n.parse::<u32>().ok());
    std::env::var_os("SEGUR_JUDGE_ALL").is_some() || seed.is_some_and(|seed| seed < 4)
}

/// Gives documents, by names that end in their seed, to `tools/judge.py`; says so when it cannot run.
pub(crate) fn finds_nothing(test: &str, documents: impl Iterator<Item = (String, Vec<u8>)>) {
    let Some(official) = std::env::var_os("SEGUR_OFFICIAL_DIR") else {
        println!(
            "SKIPPED {test}: SEGUR_OFFICIAL_DIR does not point to a copy of the official files"
        );
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in documents.filter(|(name, _)| seen(name)) {
        std::fs::write(folder.path().join(format!("{name}.xml")), bytes).expect("a file");
    }
    let python = std::env::var("SEGUR_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = std::process::Command::new(&python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tools/judge.py"))
        .arg("--official")
        .arg(official)
        .arg(folder.path())
        .output();
    let output = match output {
        Ok(output) if output.status.code() != Some(2) => output,
        Ok(output) => {
            println!(
                "SKIPPED {test}: {}",
                String::from_utf8_lossy(&output.stdout)
            );
            return;
        }
        Err(error) => {
            println!("SKIPPED {test}: {python}: {error}");
            return;
        }
    };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    println!("{}", said.trim());
}
