//! Whom to call and how: options over a file of settings.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use segur_dmp_xds::Profile;
use segur_dmp_xds::client::{BlockingDmpClient, Caller, DmpClient, Endpoints};
use segur_dmp_xds::metadata::Cx;
use segur_soap::http::{ClientIdentity, HttpClient, HttpOptions, Proxy, Trust};
use segur_soap::signature::Signer;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::options::{Connection, ProfileName};
use super::proof::Proof;
use super::raw::Kept;
use super::{given, signing};
use crate::output::{Failure, with_causes};

/// The client of the command.
pub(super) type Client = BlockingDmpClient<Kept<HttpClient>>;

/// Name of the file that a sandbox writes into its folder.
pub(crate) const SANDBOX_FILE: &str = "segur-xds.toml";

/// Seconds that a call may be given, as for `--timeout`.
const TIMEOUTS: std::ops::RangeInclusive<u64> = 1..=3600;

/// No file of ours is larger.
const MAX_BYTES: u64 = 16 << 20;

/// A file of settings. Paths are relative to it.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    server: Option<String>,
    registry: Option<String>,
    repository: Option<String>,
    cert: Option<PathBuf>,
    key: Option<PathBuf>,
    ca: Option<PathBuf>,
    proxy: Option<String>,
    proxy_user: Option<String>,
    proxy_password: Option<String>,
    timeout: Option<u64>,
    profile: Option<String>,
    vihf: Option<PathBuf>,
    user: Option<PathBuf>,
    sign_cert: Option<PathBuf>,
    sign_key: Option<PathBuf>,
    local_http: bool,
    repository_id: Option<String>,
    patient_oid: Option<String>,
    source_id: Option<String>,
    content_type: Option<String>,
    author: Option<String>,
    author_institution: Option<String>,
    author_specialty: Option<String>,
}

/// What options and file say together.
pub(super) struct Settings {
    endpoints: Option<Endpoints>,
    cert: Option<PathBuf>,
    key: Option<PathBuf>,
    ca: Option<PathBuf>,
    proxy: Option<Proxy>,
    timeout: Duration,
    pub(super) profile: Profile,
    proof: Proof,
    sign_cert: Option<PathBuf>,
    sign_key: Option<PathBuf>,
    /// What was typed as the record that is opened.
    record: Option<Cx>,
    local_http: bool,
    raw: Option<PathBuf>,
    /// The folder of a sandbox, when it is one.
    pub(super) sandbox: Option<PathBuf>,
    pub(super) repository_id: Option<String>,
    pub(super) patient_oid: Option<String>,
    pub(super) source_id: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) author: Option<String>,
    pub(super) author_institution: Option<String>,
    pub(super) author_specialty: Option<String>,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Dmp => Self::Dmp,
            ProfileName::Ihe => Self::IheStrict,
        }
    }
}

impl Settings {
    pub(super) fn read(options: &Connection) -> Result<Self, Failure> {
        let mut file = match (&options.config, &options.sandbox) {
            (Some(path), _) => load(path)?,
            (None, Some(folder)) => {
                let path = folder.join(SANDBOX_FILE);
                if !path.exists() {
                    return Err(no_sandbox(folder));
                }
                load(&path)?
            }
            (None, None) => File::default(),
        };
        let profile = match (options.profile, file.profile.as_deref()) {
            (Some(name), _) => name.into(),
            (None, None | Some("dmp")) => Profile::Dmp,
            (None, Some("ihe")) => Profile::IheStrict,
            (None, Some(_)) => {
                return Err(Failure::refused(
                    "paramètres : profile vaut dmp ou ihe",
                    "settings: profile is dmp or ihe",
                ));
            }
        };
        let endpoints = endpoints(options, &file);
        if file
            .timeout
            .is_some_and(|seconds| !TIMEOUTS.contains(&seconds))
        {
            return Err(Failure::refused(
                "paramètres : timeout vaut de 1 à 3600 secondes",
                "settings: timeout is 1 to 3600 seconds",
            ));
        }
        let record = match (&options.record, &options.record_of) {
            (Some(text), _) => Some(given::patient(text, file.patient_oid.as_deref())),
            (None, Some(path)) => Some(given::patient_of(path)?),
            (None, None) => None,
        };
        let proof = Proof::of(options, file.vihf.take(), file.user.take())?;
        let proxy = proxy(options, &mut file)?;
        Ok(Self {
            endpoints,
            cert: options.cert.clone().or(file.cert),
            key: options.key.clone().or(file.key),
            ca: options.ca.clone().or(file.ca),
            proxy,
            timeout: Duration::from_secs(options.timeout.or(file.timeout).unwrap_or(60)),
            profile,
            proof,
            sign_cert: options.sign_cert.clone().or(file.sign_cert),
            sign_key: options.sign_key.clone().or(file.sign_key),
            record,
            local_http: options.local_http || file.local_http,
            raw: options.raw.clone(),
            sandbox: options.sandbox.clone(),
            repository_id: file.repository_id,
            patient_oid: file.patient_oid,
            source_id: file.source_id,
            content_type: file.content_type,
            author: file.author,
            author_institution: file.author_institution,
            author_specialty: file.author_specialty,
        })
    }

    /// The key that signs.
    pub(super) fn signer(&self) -> Result<Arc<dyn Signer>, Failure> {
        match (&self.sign_cert, &self.sign_key) {
            (Some(certificate), Some(key)) => signing::signer(certificate, key),
            _ => Err(Failure::refused(
                "avec quoi signer ? indiquer --sign-cert et --sign-key (ou sign_cert et sign_key dans les paramètres)",
                "what to sign with? name --sign-cert and --sign-key (or sign_cert and sign_key in the settings)",
            )),
        }
    }

    /// The client. Nothing is sent yet. `patient`: whose record is opened, unless another was typed.
    pub(super) fn client(&self, patient: Option<&Cx>) -> Result<Client, Failure> {
        let Some(endpoints) = self.endpoints.clone() else {
            return Err(Failure::refused(
                "qui appeler ? indiquer --sandbox DIR, --config FICHIER, --server URL, ou --registry URL et --repository URL",
                "whom to call? name --sandbox DIR, --config FILE, --server URL, or --registry URL and --repository URL",
            ));
        };
        let identity = match (&self.cert, &self.key) {
            (None, None) => None,
            (Some(cert), Some(key)) => Some(identity(cert, key)?),
            _ => {
                return Err(Failure::refused(
                    "--cert et --key vont ensemble",
                    "--cert and --key go together",
                ));
            }
        };
        let record = self.record.as_ref().or(patient);
        let security = self.proof.source(record, || self.signer())?;
        let options = HttpOptions {
            trust: match &self.ca {
                Some(path) => Trust::Only(read(path)?.to_vec()),
                None => Trust::System,
            },
            identity,
            proxy: self.proxy.clone(),
            timeout: self.timeout,
            stall_timeout: self.timeout,
            user_agent: concat!("segur/", env!("CARGO_PKG_VERSION")).to_owned(),
            ..HttpOptions::default()
        };
        let http = match self.local_http {
            true => HttpClient::with_local_cleartext(&options),
            false => HttpClient::new(&options),
        };
        let no_client = |error: &dyn std::error::Error| {
            let cause = with_causes(error);
            Failure::refused(
                format!("la connexion ne peut pas être préparée : {cause}"),
                format!("the connection cannot be prepared: {cause}"),
            )
        };
        let http = http.map_err(|e| no_client(&e))?;
        let kept = Kept::new(http, self.raw.clone())?;
        let caller = Caller {
            endpoints,
            security,
            profile: self.profile,
            ..Caller::default()
        };
        BlockingDmpClient::new(DmpClient::new(caller, kept)).map_err(|e| no_client(&e))
    }

    /// The option that would name an address which is missing.
    pub(super) fn lacking(&self) -> Option<&'static str> {
        let all = self.endpoints.as_ref()?;
        match (all.registry.is_empty(), all.repository.is_empty()) {
            (true, _) => Some("--registry"),
            (_, true) => Some("--repository"),
            _ => None,
        }
    }

    /// Where copies of the messages go.
    pub(super) fn raw(&self) -> Option<&Path> {
        self.raw.as_deref()
    }
}

/// An address that is typed wins over that of the file, each for itself.
fn endpoints(options: &Connection, file: &File) -> Option<Endpoints> {
    let server = options.server.as_ref().or(file.server.as_ref());
    // Those of the file are another server's.
    let apart = options.server.is_none();
    let of_file = |own: &Option<String>| own.clone().filter(|_| apart);
    let registry = options.registry.clone().or_else(|| of_file(&file.registry));
    let repository = options.repository.clone();
    let repository = repository.or_else(|| of_file(&file.repository));
    if server.is_none() && registry.is_none() && repository.is_none() {
        return None;
    }
    let all = server.map_or_else(Endpoints::default, |server| Endpoints::under(server));
    Some(Endpoints {
        registry: registry.unwrap_or(all.registry),
        repository: repository.unwrap_or(all.repository),
        ..Endpoints::default()
    })
}

/// The proxy, and its login, which the file alone may tell: what is typed is seen by others of the machine.
fn proxy(options: &Connection, file: &mut File) -> Result<Option<Proxy>, Failure> {
    let Some(url) = options.proxy.as_ref().or(file.proxy.as_ref()) else {
        return Ok(None);
    };
    let proxy = Proxy::new(url).map_err(|_| {
        Failure::refused(
            "proxy : une adresse http:// ou https:// sans identifiants attendue (proxy_user et proxy_password dans les paramètres)",
            "proxy: an http:// or https:// address without login expected (proxy_user and proxy_password in the settings)",
        )
    })?;
    Ok(Some(
        match (file.proxy_user.take(), file.proxy_password.take()) {
            (Some(user), password) => proxy.with_login(user, password.unwrap_or_default().into()),
            (None, _) => proxy,
        },
    ))
}

fn no_sandbox(folder: &Path) -> Failure {
    let path = folder.display();
    Failure::refused(
        format!(
            "{path} : aucun bac à sable n'y a démarré ; le lancer dans un autre terminal : segur sandbox dmp --dir {path}"
        ),
        format!(
            "{path}: no sandbox was started there; start it in another terminal: segur sandbox dmp --dir {path}"
        ),
    )
}

fn load(path: &Path) -> Result<File, Failure> {
    let bytes = read(path)?;
    let mut file: File = super::toml_of(path, &bytes)?;
    let beside = path.parent().unwrap_or(Path::new(""));
    let paths = [
        &mut file.cert,
        &mut file.key,
        &mut file.ca,
        &mut file.vihf,
        &mut file.user,
        &mut file.sign_cert,
        &mut file.sign_key,
    ];
    for own in paths.into_iter().flatten() {
        *own = beside.join(&*own);
    }
    Ok(file)
}

/// A file that may hold a key: wiped when it is dropped.
pub(super) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let size = fs::metadata(path).map(|data| data.len());
    let bytes = match size {
        Ok(size) if size > MAX_BYTES => Err(std::io::Error::other("> 16 MiB")),
        Ok(_) => fs::read(path),
        Err(error) => Err(error),
    };
    bytes.map(Zeroizing::new).map_err(|error| {
        let path = path.display();
        Failure::refused(
            format!("{path} : illisible : {error}"),
            format!("{path}: cannot be read: {error}"),
        )
    })
}

fn identity(cert: &Path, key: &Path) -> Result<ClientIdentity, Failure> {
    ClientIdentity::from_pem(&read(cert)?, &read(key)?).map_err(|error| {
        let (cert, key) = (cert.display(), key.display());
        Failure::refused(
            format!("{cert}, {key} : certificat ou clé inutilisable : {error}"),
            format!("{cert}, {key}: certificate or key of no use: {error}"),
        )
    })
}
