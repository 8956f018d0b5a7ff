//! The set of rules: where it comes from, and a run.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use segur_core::{Finding, Message, NotRun, Severity};
use segur_schematron::{
    Compiler, Outcome, RunOptions, Schema, SchemaError, Source, SvrlOptions, join, svrl,
};
use segur_xml::Document;
use sha2::{Digest, Sha256};

use super::choice::{Choice, choose};
use super::contents::{Contents, MissingCodeList, MissingFile};
use super::findings::{TERMINOLOGY, of_outcome, of_terminology};
use super::folder::{PublishedFolder, Repair};
use super::saved::{self, Header, Kind, SavedError, SavedLists, SavedSet};
use super::standalone::standalone;
use super::terminology::{FolderLists, LISTS_FOLDER, Terminologies, announced, file_of, systems};
use crate::validate::ModelChoice;

/// The files that the agency's tool runs on every document, in its order. The terminology file,
/// second there, is replaced by the native check.
const COMMON: [(&str, &str); 4] = [
    ("IHE", "schematrons/profils/IHE.sch"),
    (
        "CI-SIS_ModelesDeContenusCDA",
        "schematrons/profils/CI-SIS_ModelesDeContenusCDA.sch",
    ),
    (
        "ASIP-STRUCT-MIN-StrucMin",
        "schematrons/profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch",
    ),
    (
        "CI-SIS_Modeles_ANS",
        "schematrons/profils/CI-SIS_Modeles_ANS.sch",
    ),
];
const MODELS_FOLDER: &str = "schematrons";

/// Why the official rules cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OfficialError {
    /// The folder cannot be read, or is not the published one.
    #[error("{path}: not a folder of official rules")]
    Folder {
        /// The folder.
        path: String,
        /// What is wrong with it.
        #[source]
        source: io::Error,
    },
    /// A compiled set is refused.
    #[error(transparent)]
    Saved(#[from] SavedError),
    /// A common file cannot be compiled, which would leave every document unchecked.
    #[error("the common file {schema} cannot be compiled")]
    Common {
        /// Its name.
        schema: String,
        /// Why.
        reason: String,
    },
}

/// Something of the published folder that cannot be used; the rules concerned are not run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Name of the schema concerned.
    pub schema: String,
    /// What is wrong.
    pub reason: String,
}

struct Slot {
    name: String,
    path: String,
    schema: OnceLock<Result<Schema, String>>,
}

impl Slot {
    fn new(name: &str, path: String) -> Self {
        Self {
            name: name.to_owned(),
            path,
            schema: OnceLock::new(),
        }
    }
}

enum Backend {
    Folder(Arc<PublishedFolder>),
    Saved(Arc<SavedSet>),
}

/// The official rules, ready to run. `Send + Sync`: built once, shared by threads. Files are read
/// and compiled when a document first needs them.
pub struct OfficialRules {
    compiler: Compiler,
    backend: Backend,
    common: Vec<Slot>,
    models: Vec<Slot>,
    model_names: Vec<String>,
    terminologies: Terminologies,
}

impl std::fmt::Debug for OfficialRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OfficialRules")
            .field("models", &self.model_names)
            .finish_non_exhaustive()
    }
}

/// What the official rules say of one document.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct OfficialRun {
    /// The model whose file was run.
    pub model: Option<String>,
    /// One entry per file, in the order of the agency's tool.
    pub schemas: Vec<SchemaRun>,
    /// What was not run, with the reason.
    pub not_run: Vec<NotRun>,
    /// Findings about the run itself, the model for instance.
    pub findings: Vec<Finding>,
}

/// One official file on one document.
#[derive(Debug)]
#[non_exhaustive]
pub struct SchemaRun {
    /// Name of the file, without `.sch`.
    pub schema: String,
    /// Number of rules that fired.
    pub fired: usize,
    /// What it found.
    pub findings: Vec<Finding>,
    /// The whole result; none for the terminology check, which is native.
    pub outcome: Option<Outcome>,
}

impl OfficialRules {
    /// Opens what is published: the folder of the agency's repository, or a file that
    /// [`OfficialRules::save`] wrote.
    ///
    /// # Errors
    /// Not such a folder or file, or a file of another version.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OfficialError> {
        let path = path.as_ref();
        if path.is_dir() {
            Self::load(path)
        } else {
            Self::load_saved(path)
        }
    }

    /// Opens the published folder: the one that holds `schematrons` and `jeuxDeValeurs`.
    ///
    /// # Errors
    /// When it is no such folder.
    pub fn load(dir: impl AsRef<Path>) -> Result<Self, OfficialError> {
        let dir = dir.as_ref();
        let folder = PublishedFolder::open(dir).map_err(|source| OfficialError::Folder {
            path: dir.display().to_string(),
            source,
        })?;
        let folder = Arc::new(folder);
        let models: Vec<Slot> = folder
            .list(MODELS_FOLDER)
            .iter()
            .filter_map(|file| file.strip_suffix(".sch"))
            .map(|name| Slot::new(name, format!("{MODELS_FOLDER}/{name}.sch")))
            .collect();
        let index = folder
            .read(&format!("{LISTS_FOLDER}/Terminologies.txt"))
            .unwrap_or_default();
        let terminologies = Terminologies::new(
            Box::new(FolderLists(folder.clone())),
            systems(&folder.list(LISTS_FOLDER)),
            announced(&String::from_utf8_lossy(&index)),
        );
        let compiler = Compiler::shared(folder.clone());
        Ok(Self::assemble(
            compiler,
            Backend::Folder(folder),
            models,
            terminologies,
        ))
    }

    /// Opens a file that [`OfficialRules::save`] wrote.
    ///
    /// # Errors
    /// When it is not one, was written by another version, or is damaged.
    pub fn load_saved(path: impl AsRef<Path>) -> Result<Self, OfficialError> {
        let set = Arc::new(SavedSet::open(path.as_ref())?);
        let header = set.header();
        let common: BTreeSet<&str> = COMMON.iter().map(|(name, _)| *name).collect();
        let models = header
            .names(Kind::Schema)
            .chain(header.broken.keys().map(String::as_str))
            .filter(|name| !common.contains(name))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|name| Slot::new(name, String::new()))
            .collect();
        let terminologies = Terminologies::new(
            Box::new(SavedLists(set.clone())),
            header.names(Kind::Codes).map(str::to_owned).collect(),
            header.announced.clone(),
        );
        let compiler = Compiler::shared(set.clone());
        Ok(Self::assemble(
            compiler,
            Backend::Saved(set),
            models,
            terminologies,
        ))
    }

    fn assemble(
        compiler: Compiler,
        backend: Backend,
        models: Vec<Slot>,
        terminologies: Terminologies,
    ) -> Self {
        let common = COMMON
            .iter()
            .map(|(name, path)| Slot::new(name, (*path).to_owned()))
            .collect();
        let model_names = models.iter().map(|slot| slot.name.clone()).collect();
        Self {
            compiler,
            backend,
            common,
            models,
            model_names,
            terminologies,
        }
    }

    /// Names of the models of the set, sorted; some may turn out not to be usable.
    pub fn models(&self) -> impl Iterator<Item = &str> {
        self.model_names.iter().map(String::as_str)
    }

    /// Which model automatic choice takes for a document.
    #[must_use]
    pub fn model_of(&self, document: &Document) -> Option<String> {
        match choose(document, &self.model_names) {
            Choice::Model(name) => Some(name),
            _ => None,
        }
    }

    /// What was mended in the published folder, for the files read so far.
    #[must_use]
    pub fn repairs(&self) -> Vec<Repair> {
        match &self.backend {
            Backend::Folder(folder) => folder.repairs(),
            Backend::Saved(set) => set.header().repairs.clone(),
        }
    }

    /// Reads and compiles everything now, and says what cannot be used.
    pub fn prepare_all(&self) -> Vec<Problem> {
        let slots = self.common.iter().chain(&self.models);
        slots
            .filter_map(|slot| {
                let reason = self.schema(slot).err()?.to_owned();
                Some(Problem {
                    schema: slot.name.clone(),
                    reason,
                })
            })
            .collect()
    }

    /// What the set holds and what of it cannot be run. Reads and compiles everything.
    #[must_use]
    pub fn contents(&self) -> Contents {
        let problems = self.prepare_all();
        let usable = |slots: &[Slot]| {
            let names = slots.iter().filter(|slot| self.schema(slot).is_ok());
            names.map(|slot| slot.name.clone()).collect()
        };
        let announced = self.terminologies.announced().iter();
        let missing = announced.filter(|(system, _)| self.terminologies.list(system).is_none());
        Contents {
            common: usable(&self.common),
            models: usable(&self.models),
            missing_files: self.missing_files(),
            repairs: self.repairs(),
            code_lists: self.terminologies.systems().map(str::to_owned).collect(),
            missing_code_lists: missing
                .map(|(system, name)| MissingCodeList {
                    system: system.clone(),
                    name: name.clone(),
                })
                .collect(),
            problems,
        }
    }

    fn missing_files(&self) -> Vec<MissingFile> {
        let missing = |(name, reason)| MissingFile { name, reason };
        if let Backend::Saved(set) = &self.backend {
            return set
                .header()
                .missing
                .clone()
                .into_iter()
                .map(missing)
                .collect();
        }
        let slots = self.common.iter().chain(&self.models);
        let schemas = slots.filter_map(|slot| self.schema(slot).ok());
        let names: BTreeSet<String> = schemas.flat_map(documents_of).collect();
        let unread = |name: String| {
            let reason = self.document(&name).err()?.to_string();
            Some(missing((name, reason)))
        };
        names.into_iter().filter_map(unread).collect()
    }

    fn schema<'s>(&self, slot: &'s Slot) -> Result<&'s Schema, &'s str> {
        let schema = slot.schema.get_or_init(|| match &self.backend {
            Backend::Folder(_) => self.compiler.load(&slot.path).map_err(|e| chain(&e)),
            Backend::Saved(set) => {
                if let Some(reason) = set.header().broken.get(&slot.name) {
                    return Err(reason.clone());
                }
                let bytes = set
                    .piece(Kind::Schema, &slot.name)
                    .ok_or_else(|| "not in the compiled set".to_owned())?
                    .map_err(|e| e.to_string())?;
                self.compiler.restore(&bytes).map_err(|e| e.to_string())
            }
        });
        schema.as_ref().map_err(String::as_str)
    }

    /// A file of the set as rules read it, repairs applied.
    ///
    /// # Errors
    /// When there is no such file.
    pub fn document(&self, name: &str) -> io::Result<Vec<u8>> {
        match &self.backend {
            Backend::Folder(folder) => folder.read(name),
            Backend::Saved(set) => set.read(name),
        }
    }

    /// Runs the official rules on a document.
    #[must_use]
    pub fn run(&self, document: &Document, model: &ModelChoice) -> OfficialRun {
        self.run_with(document, model, &RunOptions::default())
    }

    /// Runs the official rules with options for each schema (bounds, cancellation).
    #[must_use]
    pub fn run_with(
        &self,
        document: &Document,
        model: &ModelChoice,
        options: &RunOptions,
    ) -> OfficialRun {
        let alone = clinical_document(document);
        let document = match &alone {
            Ok(document) => document.as_ref(),
            Err(finding) => {
                return OfficialRun {
                    findings: vec![(**finding).clone()],
                    ..OfficialRun::default()
                };
            }
        };
        let mut run = OfficialRun::default();
        let prepared = self.compiler.prepare(document);
        let slot = self.model_slot(document, model, &mut run);
        let one = |slot: &Slot, run: &mut OfficialRun| match self.schema(slot) {
            Ok(schema) => match schema.run_prepared(&prepared, options) {
                Ok(outcome) => {
                    let (findings, not_run) = of_outcome(&slot.name, schema, &outcome);
                    run.not_run.extend(not_run);
                    run.schemas.push(SchemaRun {
                        schema: slot.name.clone(),
                        fired: outcome.fired.len(),
                        findings,
                        outcome: Some(outcome),
                    });
                }
                Err(error) => run.not_run.push(not_run(&slot.name, &chain(&error))),
            },
            Err(reason) => run.not_run.push(not_run(&slot.name, reason)),
        };
        for (index, slot) in self.common.iter().enumerate() {
            if index == 1 {
                let outcome = self.terminologies.check(document);
                let (findings, not_run) = of_terminology(&outcome);
                run.not_run.extend(not_run);
                run.schemas.push(SchemaRun {
                    schema: TERMINOLOGY.to_owned(),
                    fired: outcome.fired,
                    findings,
                    outcome: None,
                });
            }
            one(slot, &mut run);
        }
        if let Some(slot) = slot {
            run.model = Some(slot.name.clone());
            one(slot, &mut run);
        }
        run
    }

    fn model_slot(
        &self,
        document: &Document,
        model: &ModelChoice,
        run: &mut OfficialRun,
    ) -> Option<&Slot> {
        let name = match model {
            ModelChoice::None => return None,
            ModelChoice::Named(name) => name.strip_suffix(".sch").unwrap_or(name).to_owned(),
            ModelChoice::Auto => {
                match choose(document, &self.model_names) {
                    Choice::Model(name) => name,
                    Choice::NoModel => return None,
                    Choice::UnknownVersion { root, extension } => {
                        run.not_run.push(NotRun::new(
                        "official/model",
                        Message::new(
                            format!("aucun fichier publié pour le modèle {root} version « {extension} »"),
                            format!("no published file for model {root} version \"{extension}\""),
                        ),
                    ));
                        return None;
                    }
                }
            }
        };
        let found = self.models.iter().find(|slot| slot.name == name);
        if found.is_none() {
            run.not_run
                .push(not_run(&name, "no model of this name in the set"));
        }
        found
    }

    /// The SVRL report of one file, for existing viewers; none for the terminology check.
    #[must_use]
    pub fn svrl(&self, run: &SchemaRun, options: &SvrlOptions) -> Option<String> {
        let slot = self
            .common
            .iter()
            .chain(&self.models)
            .find(|s| s.name == run.schema)?;
        let schema = self.schema(slot).ok()?;
        Some(svrl(schema, run.outcome.as_ref()?, options))
    }

    /// Compiles everything and writes it in one file, for [`OfficialRules::load_saved`]. Models
    /// that cannot be compiled are recorded as such.
    ///
    /// # Errors
    /// A common file that cannot be compiled, or the file that cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<Vec<Problem>, OfficialError> {
        let problems = self.prepare_all();
        if let Some(problem) = problems
            .iter()
            .find(|p| COMMON.iter().any(|c| c.0 == p.schema))
        {
            return Err(OfficialError::Common {
                schema: problem.schema.clone(),
                reason: problem.reason.clone(),
            });
        }
        let mut header = Header::default();
        header.broken = problems
            .iter()
            .map(|p| (p.schema.clone(), p.reason.clone()))
            .collect();
        header.announced = self.terminologies.announced().clone();
        let missing = self.missing_files().into_iter();
        header.missing = missing.map(|file| (file.name, file.reason)).collect();
        let mut pieces = BTreeMap::new();
        for slot in self.common.iter().chain(&self.models) {
            let Ok(schema) = self.schema(slot) else {
                continue;
            };
            let bytes = schema.to_bytes().map_err(|e| OfficialError::Common {
                schema: slot.name.clone(),
                reason: e.to_string(),
            })?;
            pieces.insert((Kind::Schema, slot.name.clone()), bytes);
            for name in documents_of(schema) {
                let key = (Kind::Document, name);
                if pieces.contains_key(&key) {
                    continue;
                }
                if let Ok(bytes) = self.document(&key.1) {
                    header
                        .sources
                        .insert(key.1.clone(), Sha256::digest(&bytes).into());
                    pieces.insert(key, bytes);
                }
            }
            for file in schema.files() {
                if let Ok(bytes) = self.document(file) {
                    header
                        .sources
                        .insert(file.to_owned(), Sha256::digest(&bytes).into());
                }
            }
        }
        for system in self.terminologies.systems() {
            let Some(Ok(list)) = self.terminologies.list(system) else {
                continue;
            };
            if let Ok(bytes) = postcard::to_stdvec(list) {
                pieces.insert((Kind::Codes, system.to_owned()), bytes);
            }
            let file = file_of(system);
            if let Ok(bytes) = self.document(&file) {
                header.sources.insert(file, Sha256::digest(&bytes).into());
            }
        }
        if let Backend::Saved(set) = &self.backend {
            header.sources.clone_from(&set.header().sources);
        }
        header.repairs = self.repairs();
        saved::write(path.as_ref(), header, pieces)?;
        Ok(problems)
    }

    /// For a compiled set: the files of a published folder that are no longer those that were
    /// compiled, sorted. Empty for the same edition.
    ///
    /// # Errors
    /// When `dir` is no published folder.
    pub fn changed_since(&self, dir: impl AsRef<Path>) -> Result<Vec<String>, OfficialError> {
        let dir = dir.as_ref();
        let folder = PublishedFolder::open(dir).map_err(|source| OfficialError::Folder {
            path: dir.display().to_string(),
            source,
        })?;
        let Backend::Saved(set) = &self.backend else {
            return Ok(Vec::new());
        };
        let changed = set.header().sources.iter().filter(|(name, digest)| {
            folder
                .read(name)
                .map_or(true, |bytes| Sha256::digest(bytes).as_slice() != **digest)
        });
        Ok(changed.map(|(name, _)| name.clone()).collect())
    }
}

/// The files that the expressions of a schema name.
fn documents_of(schema: &Schema) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in schema.expressions() {
        let mut rest = text;
        while let Some(open) = rest.find(['\'', '"']) {
            let quote = &rest[open..=open];
            let body = &rest[open + 1..];
            let Some(close) = body.find(quote) else { break };
            let literal = &body[..close];
            if literal.ends_with(".xml") || literal.starts_with("../") {
                names.extend(join(schema.name(), literal));
            }
            rest = &body[close + 1..];
        }
    }
    names
}

fn not_run(schema: &str, reason: &str) -> NotRun {
    NotRun::new(
        format!("official/{schema}"),
        Message::new(
            format!("{schema} : {reason}"),
            format!("{schema}: {reason}"),
        ),
    )
}

fn chain(error: &SchemaError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    text
}

/// The document itself, or the one that a stylesheet carries.
fn clinical_document(document: &Document) -> Result<Input<'_>, Box<Finding>> {
    let root = document.root_element();
    if root.local_name() != "stylesheet" {
        return Ok(Input::Borrowed(document));
    }
    let inner = root
        .descendants()
        .find(|n| n.is("urn:hl7-org:v3", "ClinicalDocument"));
    let refused = |fr: &'static str, en: &'static str| {
        Box::new(Finding::new(
            "official/document",
            Severity::Fatal,
            Message::new(fr, en),
        ))
    };
    let Some(inner) = inner else {
        return Err(refused(
            "La feuille de style ne contient pas de ClinicalDocument.",
            "The stylesheet holds no ClinicalDocument.",
        ));
    };
    standalone(document, inner)
        .map(|d| Input::Owned(Box::new(d)))
        .map_err(|_| {
            refused(
                "Le ClinicalDocument de la feuille de style ne peut pas être isolé.",
                "The ClinicalDocument of the stylesheet cannot be isolated.",
            )
        })
}

enum Input<'d> {
    Borrowed(&'d Document),
    Owned(Box<Document>),
}

impl Input<'_> {
    fn as_ref(&self) -> &Document {
        match self {
            Self::Borrowed(document) => document,
            Self::Owned(document) => document,
        }
    }
}
