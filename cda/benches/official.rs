//! Times of the official rules, and the ratio to SaxonC on the same machine in the same run.
//!
//! `SEGUR_OFFICIAL_DIR=… cargo bench -p segur-cda --bench official`. SaxonC needs the Python
//! package `saxonche` (interpreter: `SEGUR_PYTHON`, default `python3`); without it that part says
//! that it did not run. Every time is the least of several.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use segur_cda::official::{OfficialRules, RepairKind};
use segur_cda::validate::ModelChoice;
use segur_xml::Document;

fn main() {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("--cold") => return runs(&args.next().unwrap(), &args.next().unwrap(), 1),
        // For a profiler: `--warm FOLDER DOCUMENT TIMES`.
        Some("--warm") => {
            let times = |args: &mut dyn Iterator<Item = String>| args.next().unwrap();
            let (rules, document) = (times(&mut args), times(&mut args));
            return runs(&rules, &document, times(&mut args).parse().unwrap());
        }
        _ => {}
    }
    let Some(dir) = std::env::var_os("SEGUR_OFFICIAL_DIR").map(PathBuf::from) else {
        println!("NOT RUN: SEGUR_OFFICIAL_DIR does not point to a copy of the official files");
        return;
    };
    let examples = dir.join("ExemplesCDA");
    let vsm = examples.join("VSM_1.4_2022.01.xml");
    let ips = examples.join("IPS-FR_2024.01.xml");
    let rules = OfficialRules::load(&dir).unwrap();

    let temp = tempfile::tempdir().unwrap();
    let saved = temp.path().join("rules.set");
    let begun = Instant::now();
    rules.save(&saved).unwrap();
    println!(
        "compile all models and save: {} (in this process)",
        ms(begun.elapsed())
    );
    println!(
        "saved set: {} kB",
        std::fs::metadata(&saved).unwrap().len() / 1000
    );

    println!("\ncold, from process start to verdict (VSM_1.4):");
    println!(
        "  from the folder     {:>9}   goal < 500 ms",
        ms(cold(&dir, &vsm))
    );
    println!(
        "  from the saved set  {:>9}   goal <  60 ms",
        ms(cold(&saved, &vsm))
    );

    println!("\nwarm, reading the document included:");
    let mut ours = Vec::new();
    for (name, path, goal) in [
        ("VSM_1.4", &vsm, "<  5 ms"),
        ("IPS-FR_2024.01", &ips, "< 25 ms"),
    ] {
        let bytes = std::fs::read(path).unwrap();
        let time = least(15, || {
            let document = Document::parse(&bytes).unwrap();
            rules.run(&document, &ModelChoice::Auto)
        });
        println!("  {name:<19} {:>9}   goal {goal}", ms(time));
        ours.push((path.clone(), time));
    }
    let all: Vec<Vec<u8>> = xml_files(&examples)
        .iter()
        .map(|p| std::fs::read(p).unwrap())
        .collect();
    let time = least(3, || {
        for bytes in &all {
            let document = Document::parse(bytes).unwrap();
            std::hint::black_box(rules.run(&document, &ModelChoice::Auto));
        }
    });
    println!(
        "  {:<3} examples, 1 core {:>9}   goal < 1 s",
        all.len(),
        ms(time)
    );

    println!("\nSaxonC, warm, the same files:");
    saxon(&dir, &rules, temp.path(), &ours);
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn least<T>(times: usize, mut work: impl FnMut() -> T) -> Duration {
    let run = |work: &mut dyn FnMut() -> T| {
        let begun = Instant::now();
        std::hint::black_box(work());
        begun.elapsed()
    };
    (0..times).map(|_| run(&mut work)).min().unwrap_or_default()
}

fn xml_files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
        .unwrap()
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "xml"))
        .collect();
    files.sort();
    files
}

fn cold(rules: &Path, document: &Path) -> Duration {
    let exe = std::env::current_exe().unwrap();
    least(7, || {
        let status = Command::new(&exe)
            .args(["--cold".as_ref(), rules.as_os_str(), document.as_os_str()])
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
    })
}

fn runs(rules: &str, document: &str, times: usize) {
    let rules = OfficialRules::open(rules).unwrap();
    let bytes = std::fs::read(document).unwrap();
    for _ in 0..times {
        let document = Document::parse(&bytes).unwrap();
        let run = rules.run(&document, &ModelChoice::Auto);
        assert!(run.schemas.len() >= 5);
    }
}

/// A copy of the published files with the repairs applied, for an engine that cannot repair.
fn repaired_copy(dir: &Path, rules: &OfficialRules, to: &Path) {
    for part in ["schematrons", "jeuxDeValeurs"] {
        copy(&dir.join(part), &to.join(part));
    }
    for repair in rules.repairs() {
        let target = to.join(&repair.asked);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        let bytes = match repair.kind {
            RepairKind::Rebuilt => rules.document(&repair.asked).unwrap(),
            _ => std::fs::read(dir.join(&repair.used)).unwrap(),
        };
        std::fs::write(target, bytes).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn saxon(dir: &Path, rules: &OfficialRules, temp: &Path, ours: &[(PathBuf, Duration)]) {
    let python = std::env::var_os("SEGUR_PYTHON").unwrap_or_else(|| "python3".into());
    let there = Command::new(&python)
        .args(["-c", "import saxonche"])
        .stderr(Stdio::null())
        .status();
    if !there.is_ok_and(|s| s.success()) {
        println!("  NOT RUN: no Python package saxonche (set SEGUR_PYTHON)");
        return;
    }
    let tree = temp.join("tree");
    repaired_copy(dir, rules, &tree);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/saxonc.py");
    let mut command = Command::new(&python);
    command.arg(script).arg(&tree);
    for (path, _) in ours {
        let document = Document::parse(&std::fs::read(path).unwrap()).unwrap();
        command.arg(path).arg(rules.model_of(&document).unwrap());
    }
    let output = command.stderr(Stdio::inherit()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    for (line, (path, time)) in text.lines().zip(ours) {
        let Ok(seconds) = line.trim().parse::<f64>() else {
            println!("  {line}");
            continue;
        };
        let name = path.file_stem().unwrap().to_string_lossy();
        let ratio = seconds / time.as_secs_f64();
        println!(
            "  {name:<19} {:>9.0} ms   {ratio:.0} times ours",
            seconds * 1e3
        );
    }
    if !output.status.success() {
        println!("  NOT RUN to the end: {}", output.status);
    }
}
