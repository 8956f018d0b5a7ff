//! From what was typed to the documents to check.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use segur_core::{Finding, Found, Location, Message, RuleInfo, Severity};

/// The rules about files, beside those about documents.
pub(crate) static RULES: [&RuleInfo; 3] = [&CANNOT_READ, &TOO_LARGE, &INTERNAL];

static CANNOT_READ: RuleInfo = RuleInfo {
    id: "file-cannot-read",
    title: Message::fixed(
        "le fichier ou le dossier ne peut pas être lu",
        "the file or folder cannot be read",
    ),
    severity: Severity::Fatal,
    source: "segur",
    why: Message::fixed(
        "Rien n'a été contrôlé : le chemin n'existe pas, l'accès est refusé ou le support est en erreur.",
        "Nothing was checked: the path does not exist, access is denied or the disk fails.",
    ),
    remedy: Message::fixed(
        "vérifier le chemin et les droits d'accès",
        "check the path and the permissions",
    ),
    bad: None,
    good: None,
    profile: "official",
};

static TOO_LARGE: RuleInfo = RuleInfo {
    id: "file-too-large",
    title: Message::fixed(
        "le fichier dépasse la taille maximale",
        "the file is larger than the limit",
    ),
    severity: Severity::Fatal,
    source: "segur",
    why: Message::fixed(
        "La mémoire utilisée est bornée : un fichier plus grand que la limite n'est pas lu.",
        "Memory is bounded: a file above the limit is not read.",
    ),
    remedy: Message::fixed("relever --max-size", "raise --max-size"),
    bad: None,
    good: None,
    profile: "official",
};

static INTERNAL: RuleInfo = RuleInfo {
    id: "segur-internal-error",
    title: Message::fixed(
        "le contrôle s'est interrompu sur un défaut de segur",
        "the check stopped on a fault of segur",
    ),
    severity: Severity::Fatal,
    source: "segur",
    why: Message::fixed(
        "Le défaut est dans ce programme, pas dans le document ; rien ne peut être dit du document.",
        "The fault is in this program, not in the document; nothing can be said of the document.",
    ),
    remedy: Message::fixed(
        "signaler le défaut, si possible avec un document sans données réelles",
        "report the fault, if possible with a document without real data",
    ),
    bad: None,
    good: None,
    profile: "official",
};

/// What is typed for standard input.
const STANDARD: &str = "-";

/// A document to check, or a path that could not be followed.
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) error: Option<io::Error>,
}

/// Deeper folders are not searched.
const DEEPEST: usize = 64;

/// The files named, and every `*.xml` of the folders named, in the order of names. Links to folders are followed only
/// when they are named: links found on the way may lead back.
pub(crate) fn collect(paths: &[PathBuf]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == STANDARD {
            inputs.push(Input {
                path: path.clone(),
                bytes: 0,
                error: None,
            });
            continue;
        }
        visit(path, true, 0, &mut inputs);
    }
    inputs
}

fn visit(path: &Path, named: bool, depth: usize, inputs: &mut Vec<Input>) {
    let mut push = |bytes, error| {
        inputs.push(Input {
            path: path.to_owned(),
            bytes,
            error,
        })
    };
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return push(0, Some(error)),
    };
    if !named && metadata.is_dir() && path.is_symlink() {
        return;
    }
    if !metadata.is_dir() {
        let xml = path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("xml"));
        if named || (xml && metadata.is_file()) {
            push(metadata.len(), None);
        }
        return;
    }
    if depth > DEEPEST {
        return push(0, Some(io::Error::other("folders nested too deeply")));
    }
    let entries = std::fs::read_dir(path).and_then(|entries| {
        entries
            .map(|entry| entry.map(|e| e.path()))
            .collect::<io::Result<Vec<_>>>()
    });
    match entries {
        Ok(mut entries) => {
            entries.sort();
            for entry in entries {
                visit(&entry, false, depth + 1, inputs);
            }
        }
        Err(error) => push(0, Some(error)),
    }
}

/// The bytes of a document, or why they cannot be had. Never reads more than `limit` and one byte.
pub(crate) fn read(input: &Input, limit: usize) -> Result<Vec<u8>, Box<Finding>> {
    let cannot = |error: &io::Error| Box::new(cannot_read(error));
    if let Some(error) = &input.error {
        return Err(cannot(error));
    }
    if usize::try_from(input.bytes).unwrap_or(usize::MAX) > limit {
        return Err(Box::new(too_large(limit)));
    }
    let source: Box<dyn Read> = if input.path.as_os_str() == STANDARD {
        Box::new(io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(&input.path).map_err(|e| cannot(&e))?)
    };
    let mut bytes = Vec::with_capacity(usize::try_from(input.bytes).unwrap_or(0) + 1);
    // What is not a regular file, or grows while it is read, has no length to trust.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    source
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|e| cannot(&e))?;
    if bytes.len() > limit {
        Err(Box::new(too_large(limit)))
    } else {
        Ok(bytes)
    }
}

/// Whether a finding says that the file itself could not be had.
pub(crate) fn is_unread(finding: &Finding) -> bool {
    finding.rule == CANNOT_READ.id
}

/// That checking stopped half-way.
pub(crate) fn internal_error() -> Finding {
    finding(&INTERNAL)
}

fn cannot_read(error: &io::Error) -> Finding {
    finding(&CANNOT_READ).with_found(Found::Public(error.to_string()))
}

fn too_large(limit: usize) -> Finding {
    finding(&TOO_LARGE).with_expected(format!("<= {} MiB", limit >> 20))
}

fn finding(rule: &'static RuleInfo) -> Finding {
    Finding::new(rule.id, rule.severity, rule.title.clone())
        .with_source(rule.source)
        .with_remedy(rule.remedy.clone())
        .with_location(Location::new("", 1, 1))
}
