//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use segur_cda::validate::Profile;
use segur_core::{Date, Lang};

#[cfg(feature = "xds")]
use crate::xds::options::Xds;

/// Validate, explain and inspect French health documents (CDA R2, CI-SIS).
#[derive(Debug, Parser)]
#[command(name = "segur", version, propagate_version = true)]
pub struct Cli {
    /// Language of messages: fr or en
    #[arg(long, global = true, default_value = "fr")]
    pub lang: Lang,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check documents: structure, French header, strict rules
    Validate(Validate),
    /// Explain one rule: what it asks, why, how to mend a document
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Tell what a document is: type, author, version, sections, attachments
    Inspect(Inspect),
    /// Write a document from a description, or print a filled description to start from
    New(New),
    /// The agency's Schematron rules: compile them to one file, tell what a set holds
    #[command(subcommand)]
    Official(Official),
    /// National health identity (INS): its Datamatrix, its fields, whose record it is
    #[command(subcommand)]
    Ins(Ins),
    /// Find the INSEE code of a commune or country of birth, by name and date
    Cog(Cog),
    /// Registries and repositories (DMP, XDS.b): find, send, fetch and change documents; explain saved messages
    #[cfg(feature = "xds")]
    #[command(subcommand)]
    Xds(Box<Xds>),
    /// A national service on loopback, to develop against
    #[cfg(feature = "sandbox")]
    #[command(subcommand)]
    Sandbox(Sandbox),
}

/// A service of one's own.
#[cfg(feature = "sandbox")]
#[derive(Debug, Subcommand)]
pub enum Sandbox {
    /// INSi: searches by traits and by carte Vitale, with the official test persons
    #[command(after_help = insi_quirks())]
    Insi(SandboxOptions),
    /// DMP: a registry and a repository that keep what they are given (ITI-18, ITI-41, ITI-42, ITI-43, ITI-51, ITI-57), records of test persons
    #[command(after_help = dmp_quirks())]
    Dmp(DmpOptions),
}

#[cfg(feature = "sandbox")]
fn insi_quirks() -> String {
    let all = crate::sandbox::insi::QUIRKS.help();
    format!(
        "Quirks, `x3` behind for the next three requests:\n{all}
Examples:
  segur sandbox insi --dir insi
  segur sandbox insi --dir insi --quirk 'technical-fault x1'"
    )
}

#[cfg(feature = "sandbox")]
fn dmp_quirks() -> String {
    let quirks = crate::sandbox::dmp::QUIRKS;
    let (all, calls) = (quirks.help(), quirks.calls.join(", "));
    format!(
        "Quirks, `@ITI-41` behind for one transaction ({calls}), `x3` for the next three requests:\n{all}\
They may be changed while it runs: page /quirks of the address told at the start.

Examples:
  segur sandbox dmp --dir box
  segur sandbox dmp --dir box --port 8443 --quirk 'refuse=XDSRegistryBusy @ITI-41 x3'"
    )
}

/// Options of `segur sandbox`.
#[cfg(feature = "sandbox")]
#[derive(Debug, Args)]
pub struct SandboxOptions {
    /// Folder of the certificates and of what the service keeps, made on the first start
    #[arg(long, value_name = "DIR")]
    pub dir: PathBuf,
    /// Port on loopback; 0: a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// How to misbehave: latency=2s, drop, drop-after, status=503, and the quirks of the service; `x3` behind for three requests
    #[arg(long, value_name = "QUIRK")]
    pub quirk: Vec<String>,
    /// Stop after this many seconds
    #[arg(long, value_name = "SECONDS")]
    pub stop_after: Option<u64>,
}

/// Options of `segur sandbox dmp`.
#[cfg(feature = "sandbox")]
#[derive(Debug, Args)]
pub struct DmpOptions {
    /// Options of every sandbox
    #[command(flatten)]
    pub common: SandboxOptions,
    /// Most objects that an answer of ITI-18 holds whole; more are refused with XDSTooManyResults
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub max_results: usize,
    /// The only patient that is known, as ID^^^&OID&ISO^NH; may be given several times; without it every patient is known
    #[arg(long, value_name = "CX")]
    pub patient: Vec<String>,
}

/// Options of `segur validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// Files, or folders that are searched for *.xml; `-` for standard input
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// official: what the published rules refuse; strict: also what they let pass
    #[arg(long, default_value = "official")]
    pub profile: Profile,
    /// Folder of published value sets; without it the rules that need them are listed as not run
    #[arg(long, value_name = "DIR")]
    pub value_sets: Option<PathBuf>,
    /// Folder of the agency's Schematron rules (ansforge/TestContenuCDA), or a set saved from it
    #[arg(long, value_name = "DIR|FILE")]
    pub official: Option<PathBuf>,
    /// Model to judge the documents as, by its published name; auto: as each says; none: no model
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub model: String,
    /// Form of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Write the report to this file (for svrl with several documents: to this folder)
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Show personal values and source lines as they are
    #[arg(long)]
    pub show_identity: bool,
    /// Documents checked at the same time; 0: one per processor
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub jobs: usize,
    /// Largest document, in MiB
    #[arg(long, default_value_t = 64, value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub max_size: u32,
}

/// Options of `segur explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// Id of the rule, as reports show it
    pub rule: String,
}

/// Options of `segur rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// Form of the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// Only the rules that this profile runs
    #[arg(long)]
    pub profile: Option<Profile>,
}

/// Options of `segur inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// The document
    pub file: PathBuf,
    /// Show the patient
    #[arg(long)]
    pub show_identity: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Options of `segur new`.
#[derive(Debug, Args)]
pub struct New {
    /// Kind of document
    #[arg(value_enum)]
    pub kind: NewKind,
    /// The description; `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "template")]
    pub from: Option<PathBuf>,
    /// Print a filled description, with new identifiers
    #[arg(long)]
    pub template: bool,
    /// Form of the description; by default JSON for *.json, TOML otherwise
    #[arg(long, value_enum)]
    pub format: Option<DescriptionFormat>,
    /// Write to this file
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Kind of document that `segur new` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    /// Measures of the child (CSE-MDE 2023.01)
    CseMde,
    /// Health certificate of the 8th day (CSE-CS8 2025.01)
    CseCs8,
    /// Health certificate of the 9th month (CSE-CS9 2025.01)
    CseCs9,
    /// Health certificate of the 24th month (CSE-CS24 2025.01)
    CseCs24,
    /// Vaccination note (VAC-NOTE 2023.01)
    VacNote,
    /// History of vaccinations (VAC 2023.01)
    Vac,
    /// Rapid tests (BIO-TROD 2024.01)
    BioTrod,
}

/// Form of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DescriptionFormat {
    /// TOML, with comments
    Toml,
    /// JSON
    Json,
}

/// What to do with the agency's rules.
#[derive(Debug, Subcommand)]
pub enum Official {
    /// Compile the published folder to one file, which opens in milliseconds
    Compile(OfficialCompile),
    /// Tell what a folder or a compiled set holds, what was mended, what cannot be run
    Inspect(OfficialInspect),
}

/// Options of `segur official compile`.
#[derive(Debug, Args)]
pub struct OfficialCompile {
    /// The published folder: the one that holds `schematrons` and `jeuxDeValeurs`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
}

/// Options of `segur official inspect`.
#[derive(Debug, Args)]
pub struct OfficialInspect {
    /// The published folder, or a compiled set
    #[arg(value_name = "DIR|FILE")]
    pub set: PathBuf,
    /// A published folder: list the files that are no longer those that were compiled (exit 1 when there are some)
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// What to do with an identity. A FILE is JSON (fields matricule, oid, birth_name, first_given_name, given_names, sex, birth_date,
/// birth_place, used_name, used_given_name), the text of a Datamatrix, or a CDA document; `-` is standard input.
#[derive(Debug, Subcommand)]
pub enum Ins {
    /// Read what a scanner sent for a Datamatrix
    Decode(InsFile),
    /// Write the payload of a Datamatrix, and draw it
    Encode(InsEncode),
    /// Check an identity field by field (exit 1 when a field is wrong)
    Check(InsFile),
    /// Say whether two identities are the same person, and why (exit 1 when that is not sure)
    Compare(InsCompare),
}

/// Options of `segur ins decode` and `segur ins check`.
#[derive(Debug, Args)]
pub struct InsFile {
    /// The identity
    pub file: PathBuf,
    /// Show the values
    #[arg(long)]
    pub show_identity: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Options of `segur ins encode`.
#[derive(Debug, Args)]
pub struct InsEncode {
    /// The identity
    pub file: PathBuf,
    /// Write the payload to this file rather than to standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw the symbol as SVG
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Draw the symbol as PNG
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
    /// Print resolution of the PNG
    #[arg(long, value_name = "DPI", default_value_t = 300, value_parser = clap::value_parser!(u32).range(72..=2400))]
    pub dpi: u32,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Options of `segur ins compare`.
#[derive(Debug, Args)]
pub struct InsCompare {
    /// The identity of the record
    pub record: PathBuf,
    /// The identity received
    pub received: PathBuf,
    /// Show the values
    #[arg(long)]
    pub show_identity: bool,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Options of `segur cog`.
#[derive(Debug, Args)]
pub struct Cog {
    /// Name of the commune or country, with or without accents, hyphens and article
    pub name: String,
    /// Birth date, AAAA-MM-JJ: names and codes changed over time
    #[arg(long, value_name = "DATE")]
    pub born: Date,
    /// Only this département: 75, 2A, 974
    #[arg(long, value_name = "DD")]
    pub departement: Option<String>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the source line
    Text,
    /// For programs; see the JSON Schema in the documentation
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// JUnit XML, for continuous integration
    Junit,
    /// Schematron Validation Report Language
    Svrl,
    /// One self-contained page
    Html,
}

/// Forms of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
