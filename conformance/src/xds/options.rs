//! What can be typed after `segur xds`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueEnum};

use crate::cli::ListFormat;

/// Registries and repositories (DMP, XDS.b): find, send, fetch and change documents; explain saved messages.
#[derive(Debug, Subcommand)]
pub enum Xds {
    /// Ask the registry (ITI-18): documents, submission sets, folders, associations
    #[command(after_help = QUERY_EXAMPLES)]
    Query(Box<Query>),
    /// Send documents (ITI-41): CDA files, or any file with a description; never sent twice
    #[command(after_help = SUBMIT_EXAMPLES)]
    Submit(Box<Submit>),
    /// Fetch documents by their uniqueId (ITI-43)
    #[command(after_help = RETRIEVE_EXAMPLES)]
    Retrieve(Box<Retrieve>),
    /// Hide, make visible, archive or delete a document (ITI-57), after a question
    #[command(after_help = UPDATE_EXAMPLES)]
    Update(Box<Update>),
    /// Explain a saved message: what it is, its metadata, what is wrong with it, what stands beside it
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect(Inspect),
}

const QUERY_EXAMPLES: &str = "\
Examples:
  segur xds query --sandbox box --patient-of note.xml
  segur xds query --sandbox box --patient 279035121518989 --type 11488-4 --act-from 20240101
  segur xds query --sandbox box --unique-id 1.2.250.1.999.1.1 --ids-only
  segur xds query --sandbox box --find related --uuid urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8
  segur xds query --config segur-xds.toml --stored-query GetSubmissionSets --param '$uuid=urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8'";

const SUBMIT_EXAMPLES: &str = "\
Examples:
  segur sandbox dmp --dir box                      (in another terminal)
  segur xds submit --sandbox box note.xml
  segur xds submit --sandbox box --sign --user box/user.toml note.xml
  segur xds submit --sandbox box --dry-run note.xml
  segur xds submit --sandbox box --replace 1.2.250.1.999.1.1 --hide-from-patient note2.xml
  segur xds submit --template > report.toml; segur xds submit --sandbox box report.toml";

const RETRIEVE_EXAMPLES: &str = "\
Examples:
  segur xds retrieve --sandbox box --out fetched --check 1.2.250.1.999.1.1
  segur xds retrieve --config segur-xds.toml --repository-id 1.2.250.1.213.4.1.1.1.2 --out . 1.2.250.1.999.1.1";

const UPDATE_EXAMPLES: &str = "\
Examples:
  segur xds update --sandbox box --hide-from-patient 1.2.250.1.999.1.1
  segur xds update --sandbox box --delete --yes urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8";

const INSPECT_EXAMPLES: &str = "\
Examples:
  segur xds inspect answer.txt                     (an envelope, a multipart with or without its HTTP headers, bare ebRIM)
  segur xds inspect --show-identity --extract parts --json request.bin";

/// Whom to call, and how that is proved.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Connection")]
pub struct Connection {
    /// Settings from this file (TOML); options win over it
    #[arg(long, value_name = "FILE", conflicts_with = "sandbox")]
    pub config: Option<PathBuf>,
    /// Settings of a running `segur sandbox dmp --dir DIR`: address, test certificates, identifiers for tests
    #[arg(long, value_name = "DIR")]
    pub sandbox: Option<PathBuf>,
    /// Address under which `registry` and `repository` stand
    #[arg(long, value_name = "URL", conflicts_with_all = ["registry", "repository"])]
    pub server: Option<String>,
    /// Address of the registry (ITI-18, ITI-57)
    #[arg(long, value_name = "URL")]
    pub registry: Option<String>,
    /// Address of the repository (ITI-41, ITI-43)
    #[arg(long, value_name = "URL")]
    pub repository: Option<String>,
    /// Certificate that proves who calls, PEM, with those of its authorities
    #[arg(long, value_name = "FILE")]
    pub cert: Option<PathBuf>,
    /// Its key, PEM without password
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// The authorities to trust, PEM; without it those of the system
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// The proxy on the way, `http://HOST:PORT`; variables of the environment are not looked at
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Time allowed for a call, in seconds (60); for one that moves documents, time without a byte moved
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: Option<u64>,
    /// Spelling of metadata
    #[arg(long, value_enum)]
    pub profile: Option<ProfileName>,
    /// Proof of who calls, sent as it is: a signed assertion (VIHF) or a whole `wsse:Security` block
    #[arg(long, value_name = "FILE")]
    pub vihf: Option<PathBuf>,
    /// Who acts (TOML): a VIHF is made before each call and signed with --sign-key
    #[arg(long, value_name = "FILE", conflicts_with = "vihf")]
    pub user: Option<PathBuf>,
    /// Whose record is opened, for --user, when nothing else tells: a matricule INS, or `id^^^&oid&ISO^NH`
    #[arg(long, value_name = "ID")]
    pub record: Option<String>,
    /// The same: that of the patient of this file, as for --patient-of
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    pub record_of: Option<PathBuf>,
    /// Why the record is opened, for --user
    #[arg(long, value_enum)]
    pub access: Option<AccessName>,
    /// Why the glass is broken; not sent, but a VIHF is not made without it
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Certificate that signs (VIHF, submissions), PEM: software and test certificates
    #[arg(long, value_name = "FILE")]
    pub sign_cert: Option<PathBuf>,
    /// Its key: RSA, PEM without password
    #[arg(long, value_name = "FILE")]
    pub sign_key: Option<PathBuf>,
    /// Also call http:// addresses of this machine
    #[arg(long)]
    pub local_http: bool,
    /// Keep what is sent and what comes back in this folder, whole: patient data and assertion included
    #[arg(long, value_name = "DIR")]
    pub raw: Option<PathBuf>,
}

/// Why a record is opened (TRE_R248).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessName {
    /// The ordinary access
    #[default]
    Normal,
    /// The patient cannot be asked, and it is urgent: with --reason
    BreakGlass,
    /// Medical regulation (SAMU)
    #[value(name = "centre-15")]
    #[serde(rename = "centre-15")]
    Regulation,
}

/// For whom metadata are spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// As the DMP and the CI-SIS write them
    #[default]
    Dmp,
    /// As the validators of other XDS products accept them
    Ihe,
}

/// How the answer is shown.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Shown {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub format: ListFormat,
    /// The same as --format json
    #[arg(long)]
    pub json: bool,
    /// Show the patient, comments, and the words of the service
    #[arg(long)]
    pub show_identity: bool,
}

impl Shown {
    /// Whether JSON is asked for.
    #[must_use]
    pub fn is_json(self) -> bool {
        self.json || self.format == ListFormat::Json
    }
}

/// Who submits.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Submission set")]
pub struct Submitter {
    /// OID of the software that submits
    #[arg(long, value_name = "OID")]
    pub source_id: Option<String>,
    /// In what kind of care, `CODE^LABEL^SYSTEM`; the system may be left out when it is 1.2.250.1.213.2.2
    #[arg(long, value_name = "CODE")]
    pub content_type: Option<String>,
    /// The person who submits, as XCN (`899700000001^TEST^ALICE^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS`); by default the author of the document
    #[arg(long, value_name = "XCN")]
    pub author: Option<String>,
    /// The structure of the one who submits, as XON (`CABINET^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^499700000000001`)
    #[arg(long, value_name = "XON")]
    pub author_institution: Option<String>,
    /// Profession of the one who submits, `CODE^LABEL^SYSTEM`
    #[arg(long, value_name = "CODE")]
    pub author_specialty: Option<String>,
    /// Title of the set
    #[arg(long, value_name = "TEXT")]
    pub set_title: Option<String>,
}

/// Options of `segur xds query`.
#[derive(Debug, Args)]
pub struct Query {
    /// Whom to call.
    #[command(flatten)]
    pub connection: Connection,
    /// How it is shown.
    #[command(flatten)]
    pub shown: Shown,
    /// What to find
    #[arg(long, value_enum, default_value_t = Find::Documents, conflicts_with = "stored_query", help_heading = "What")]
    pub find: Find,
    /// A stored query by its name, with --param
    #[arg(long, value_name = "NAME", help_heading = "What")]
    pub stored_query: Option<String>,
    /// A parameter of --stored-query, `NAME=VALUE` as on the wire; quotes and parentheses may be left out; the same name again: another slot
    #[arg(
        long,
        value_name = "NAME=VALUE",
        requires = "stored_query",
        help_heading = "What"
    )]
    pub param: Vec<String>,
    /// Identifiers alone (ObjectRef)
    #[arg(long)]
    pub ids_only: bool,

    /// Patient: a matricule INS, or `id^^^&oid&ISO^NH`; repeated: several patients (ITI-51)
    #[arg(long, value_name = "ID", help_heading = "Which")]
    pub patient: Vec<String>,
    /// OID of the patient's identifier (1.2.250.1.213.1.4.8, the NIR)
    #[arg(long, value_name = "OID", help_heading = "Which")]
    pub patient_oid: Option<String>,
    /// Patient: that of this file (CDA, JSON, text of a Datamatrix), as for `segur ins`
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Which",
        conflicts_with = "patient"
    )]
    pub patient_of: Option<PathBuf>,
    /// uniqueId of what is asked about
    #[arg(long, value_name = "ID", help_heading = "Which")]
    pub unique_id: Vec<String>,
    /// entryUUID of what is asked about
    #[arg(
        long,
        value_name = "UUID",
        help_heading = "Which",
        conflicts_with = "unique_id"
    )]
    pub uuid: Vec<String>,
    /// logicalID of what is asked about: all versions
    #[arg(long, value_name = "UUID", help_heading = "Which", conflicts_with_all = ["unique_id", "uuid"])]
    pub logical_id: Vec<String>,
    /// What documents refer to, `id^^^&oid&ISO^type`; repeated: one of them
    #[arg(long, value_name = "CXI", help_heading = "Which")]
    pub reference: Vec<String>,
    /// Status
    #[arg(long, value_enum, help_heading = "Which", default_value = "approved")]
    pub status: Vec<StatusName>,
    /// typeCode, `CODE` when the tables know it, else `CODE^^SYSTEM`
    #[arg(long = "type", value_name = "CODE", help_heading = "Which")]
    pub type_code: Vec<String>,
    /// classCode, `CODE` or `CODE^^SYSTEM`
    #[arg(long, value_name = "CODE", help_heading = "Which")]
    pub class: Vec<String>,
    /// formatCode, `CODE^^SYSTEM`
    #[arg(long, value_name = "CODE", help_heading = "Which")]
    pub format_code: Vec<String>,
    /// practiceSettingCode, `CODE^^SYSTEM`
    #[arg(long, value_name = "CODE", help_heading = "Which")]
    pub practice_setting: Vec<String>,
    /// healthcareFacilityTypeCode, `CODE^^SYSTEM`
    #[arg(long, value_name = "CODE", help_heading = "Which")]
    pub facility: Vec<String>,
    /// eventCodeList, `CODE^^SYSTEM`; repeated: each of them
    #[arg(long, value_name = "CODE", help_heading = "Which")]
    pub event: Vec<String>,
    /// confidentialityCode, `CODE^^SYSTEM`; repeated: each of them
    #[arg(long, value_name = "CODE", help_heading = "Which")]
    pub confidentiality: Vec<String>,
    /// Author (XCN) with the wildcards of SQL, `%` and `_`: `%DUPONT%`; sent as typed
    #[arg(long, value_name = "TEXT", help_heading = "Which")]
    pub author: Vec<String>,
    /// The act not before, YYYYMMDD[hhmm[ss]] in UTC
    #[arg(long, value_name = "TIME", help_heading = "Which")]
    pub act_from: Option<String>,
    /// The act until
    #[arg(long, value_name = "TIME", help_heading = "Which")]
    pub act_to: Option<String>,
    /// The end of the act not before
    #[arg(long, value_name = "TIME", help_heading = "Which")]
    pub act_end_from: Option<String>,
    /// The end of the act until
    #[arg(long, value_name = "TIME", help_heading = "Which")]
    pub act_end_to: Option<String>,
    /// Documents made, sets submitted, folders changed not before
    #[arg(long, value_name = "TIME", help_heading = "Which")]
    pub from: Option<String>,
    /// Documents made, sets submitted, folders changed until
    #[arg(long, value_name = "TIME", help_heading = "Which")]
    pub to: Option<String>,
    /// sourceId of submission sets
    #[arg(long, value_name = "OID", help_heading = "Which")]
    pub source_id: Vec<String>,
    /// contentTypeCode of submission sets, codeList of folders: `CODE^^SYSTEM`
    #[arg(long, value_name = "CODE", help_heading = "Which")]
    pub content_type: Vec<String>,
    /// Kind of relation for --find related: all by default
    #[arg(long, value_enum, help_heading = "Which")]
    pub relation: Vec<Relation>,
}

/// What a query is to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Find {
    /// Documents, of patients or by ids (FindDocuments…, GetDocuments)
    Documents,
    /// Submission sets, of a patient or of objects (FindSubmissionSets, GetSubmissionSets)
    Sets,
    /// Folders, of patients or by ids (FindFolders…, GetFolders)
    Folders,
    /// Associations of objects (GetAssociations)
    Associations,
    /// Documents by ids and their associations (GetDocumentsAndAssociations)
    DocumentsAndAssociations,
    /// Documents to which a document is related (GetRelatedDocuments)
    Related,
    /// Folders of a document (GetFoldersForDocument)
    FoldersOfDocument,
    /// A submission set and what it brought (GetSubmissionSetAndContents)
    SetContents,
    /// A folder and what it holds (GetFolderAndContents)
    FolderContents,
    /// Everything of a patient (GetAll)
    Everything,
}

/// Status of what is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusName {
    /// In force
    Approved,
    /// Put aside
    Archived,
    /// Replaced
    Deprecated,
    /// Deleted
    Deleted,
    /// Approved, archived and deprecated
    All,
}

/// How documents are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Relation {
    /// Replaces
    Rplc,
    /// Completes
    Apnd,
    /// Transforms
    Xfrm,
    /// Replaces and transforms
    XfrmRplc,
    /// Signs
    Signs,
    /// Is a snapshot of
    Snapshot,
}

/// Options of `segur xds submit`.
#[derive(Debug, Args)]
pub struct Submit {
    /// CDA documents, or descriptions (*.toml) that name the file which they describe
    #[arg(required_unless_present = "template")]
    pub files: Vec<PathBuf>,
    /// Print a filled description, with new identifiers
    #[arg(long)]
    pub template: bool,
    /// Whom to call.
    #[command(flatten)]
    pub connection: Connection,
    /// How it is shown.
    #[command(flatten)]
    pub shown: Shown,
    /// Who submits.
    #[command(flatten)]
    pub submitter: Submitter,
    /// Sign the submission (XAdES), as the DMP wants each to be, with --sign-key: CDA documents and image reports alone
    #[arg(long)]
    pub sign: bool,
    /// Show metadata and message, send nothing
    #[arg(long, help_heading = "How it is submitted")]
    pub dry_run: bool,
    /// The document that this one replaces, by its uniqueId (it is looked up) or entryUUID
    #[arg(long, value_name = "ID", help_heading = "How it is submitted")]
    pub replace: Option<String>,
    /// Hide from professionals other than the author
    #[arg(long, help_heading = "How it is submitted")]
    pub mask: bool,
    /// Hide from the patient
    #[arg(long, help_heading = "How it is submitted")]
    pub hide_from_patient: bool,
    /// Hide from the legal representatives of a minor
    #[arg(long, help_heading = "How it is submitted")]
    pub hide_from_representatives: bool,
    /// Documents of imaging: orders and studies of the header become references
    #[arg(long, help_heading = "How it is submitted")]
    pub imaging: bool,

    /// classCode, `CODE^LABEL^SYSTEM` as the tables would give it; the system may be left out
    #[arg(
        long,
        value_name = "CODE",
        help_heading = "What a document does not tell"
    )]
    pub class: Option<String>,
    /// formatCode, `CODE^LABEL^SYSTEM`; `none`: that of documents whose model has none
    #[arg(
        long,
        value_name = "CODE",
        help_heading = "What a document does not tell"
    )]
    pub format_code: Option<String>,
    /// healthcareFacilityTypeCode, `CODE^LABEL^SYSTEM`
    #[arg(
        long,
        value_name = "CODE",
        help_heading = "What a document does not tell"
    )]
    pub facility: Option<String>,
    /// practiceSettingCode, `CODE^LABEL^SYSTEM`
    #[arg(
        long,
        value_name = "CODE",
        help_heading = "What a document does not tell"
    )]
    pub practice_setting: Option<String>,
    /// When the act began, with offset from UTC unless it is a day
    #[arg(
        long,
        value_name = "TIME",
        help_heading = "What a document does not tell"
    )]
    pub act_start: Option<String>,
    /// Folder of newer tables: classes.tsv (typeCode, typeCodeSystem, classCode), formats.tsv (templateId, formatCode, codingScheme)
    #[arg(
        long,
        value_name = "DIR",
        help_heading = "What a document does not tell"
    )]
    pub tables: Option<PathBuf>,
}

/// Options of `segur xds retrieve`.
#[derive(Debug, Args)]
pub struct Retrieve {
    /// uniqueIds of the documents
    #[arg(required = true)]
    pub unique_ids: Vec<String>,
    /// Whom to call.
    #[command(flatten)]
    pub connection: Connection,
    /// How it is shown.
    #[command(flatten)]
    pub shown: Shown,
    /// repositoryUniqueId; without it the registry is asked
    #[arg(long, value_name = "OID", help_heading = "Connection")]
    pub repository_id: Option<String>,
    /// Folder to write to, made when it is not there; what is there is not written over
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Ask the registry for hash and size first; a document that is another one is not written
    #[arg(long)]
    pub check: bool,
}

/// Options of `segur xds update`.
#[derive(Debug, Args)]
pub struct Update {
    /// uniqueId or entryUUID of the document
    pub id: String,
    /// What changes.
    #[command(flatten)]
    pub change: Change,
    /// Whom to call.
    #[command(flatten)]
    pub connection: Connection,
    /// How it is shown.
    #[command(flatten)]
    pub shown: Shown,
    /// Who submits.
    #[command(flatten)]
    pub submitter: Submitter,
    /// Do not ask
    #[arg(long, short, help_heading = "What changes")]
    pub yes: bool,
}

/// What changes: a status, or who sees the document.
#[derive(Debug, Args)]
#[command(next_help_heading = "What changes")]
#[group(required = true, multiple = true)]
pub struct Change {
    /// Delete: there is no way back
    #[arg(long, action = ArgAction::SetTrue, conflicts_with_all = ["archive", "unarchive", "mask", "unmask", "hide_from_patient", "show_to_patient", "hide_from_representatives", "show_to_representatives"])]
    pub delete: bool,
    /// Put aside
    #[arg(long, conflicts_with_all = ["unarchive", "mask", "unmask", "hide_from_patient", "show_to_patient", "hide_from_representatives", "show_to_representatives"])]
    pub archive: bool,
    /// Put in force again
    #[arg(long, conflicts_with_all = ["mask", "unmask", "hide_from_patient", "show_to_patient", "hide_from_representatives", "show_to_representatives"])]
    pub unarchive: bool,
    /// Hide from professionals other than the author
    #[arg(long, conflicts_with = "unmask")]
    pub mask: bool,
    /// Show to professionals
    #[arg(long)]
    pub unmask: bool,
    /// Hide from the patient
    #[arg(long, conflicts_with = "show_to_patient")]
    pub hide_from_patient: bool,
    /// Show to the patient
    #[arg(long)]
    pub show_to_patient: bool,
    /// Hide from the legal representatives of a minor
    #[arg(long, conflicts_with = "show_to_representatives")]
    pub hide_from_representatives: bool,
    /// Show to the legal representatives
    #[arg(long)]
    pub show_to_representatives: bool,
}

/// Options of `segur xds inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// The saved message; `-` for standard input
    pub file: PathBuf,
    /// How it is shown.
    #[command(flatten)]
    pub shown: Shown,
    /// Rules that a submission is judged by
    #[arg(long, value_enum, default_value_t = ProfileName::Dmp)]
    pub profile: ProfileName,
    /// Write the documents of the message to this folder
    #[arg(long, value_name = "DIR")]
    pub extract: Option<PathBuf>,
}
