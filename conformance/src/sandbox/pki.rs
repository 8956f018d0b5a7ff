//! Certificates of a sandbox: made once, kept in its folder.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SanType,
};
use time::{Duration, OffsetDateTime};

use super::SandboxError;

/// How long the certificates hold.
const VALIDITY: Duration = Duration::days(365);
/// They are made anew when less than this is left.
const MARGIN: Duration = Duration::days(7);

/// A certificate and its key, both PEM; the key in PKCS#8.
#[derive(Clone)]
pub struct PemPair {
    /// The certificate.
    pub certificate: String,
    /// The private key of a test certificate. Not a secret: it opens nothing but the sandbox.
    pub key: String,
}

impl std::fmt::Debug for PemPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PemPair").finish_non_exhaustive()
    }
}

/// The certificates of a sandbox.
///
/// | file | what |
/// |---|---|
/// | `ca.pem` | the authority that server and client trust |
/// | `server.pem`, `server.key` | `localhost`, `127.0.0.1`, `::1` |
/// | `client.pem`, `client.key` | a client that is let in |
/// | `expired.pem`, `expired.key` | the same, of yesterday |
/// | `stranger.pem`, `stranger.key` | a client of another authority |
#[derive(Clone, Debug)]
pub struct Pki {
    folder: PathBuf,
    authority: String,
    server: PemPair,
    client: PemPair,
    expired: PemPair,
    stranger: PemPair,
}

const SERVER: Subject = Subject {
    file: "server",
    name: "segur sandbox",
    server: true,
};
const CLIENT: Subject = Subject {
    file: "client",
    name: "segur sandbox client",
    server: false,
};
const EXPIRED: Subject = Subject {
    file: "expired",
    name: "segur sandbox expired client",
    server: false,
};
const STRANGER: Subject = Subject {
    file: "stranger",
    name: "client of another authority",
    server: false,
};

/// Who gets a certificate: name of the files, common name, whether it is a server or a client.
struct Subject {
    file: &'static str,
    name: &'static str,
    server: bool,
}

impl Pki {
    /// The certificates of `folder/pki`: those that lie there, or new ones when there are none or they
    /// end within a week of `now`.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub fn open(folder: &Path, now: std::time::SystemTime) -> Result<Self, SandboxError> {
        let folder = folder.join("pki");
        let now = OffsetDateTime::from(now);
        match Self::load(&folder, now) {
            Some(pki) => Ok(pki),
            None => {
                let pki = Self::make(folder, now)?;
                pki.save(now)?;
                Ok(pki)
            }
        }
    }

    fn load(folder: &Path, now: OffsetDateTime) -> Option<Self> {
        let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
        let until: i64 = read("until")?.trim().parse().ok()?;
        if until < (now + MARGIN).unix_timestamp() {
            return None;
        }
        let pair = |subject: &Subject| {
            Some(PemPair {
                certificate: read(&format!("{}.pem", subject.file))?,
                key: read(&format!("{}.key", subject.file))?,
            })
        };
        Some(Self {
            authority: read("ca.pem")?,
            server: pair(&SERVER)?,
            client: pair(&CLIENT)?,
            expired: pair(&EXPIRED)?,
            stranger: pair(&STRANGER)?,
            folder: folder.to_owned(),
        })
    }

    fn make(folder: PathBuf, now: OffsetDateTime) -> Result<Self, SandboxError> {
        let hour = Duration::hours(1);
        let valid = (now - hour, now + VALIDITY);
        let (authority, issuer) = authority("segur sandbox authority", valid)?;
        let (_, other) = authority_of_strangers(valid)?;
        Ok(Self {
            authority: authority.pem(),
            server: issue(&SERVER, &issuer, valid)?,
            client: issue(&CLIENT, &issuer, valid)?,
            expired: issue(&EXPIRED, &issuer, (now - VALIDITY, now - Duration::days(1)))?,
            stranger: issue(&STRANGER, &other, valid)?,
            folder,
        })
    }

    fn save(&self, now: OffsetDateTime) -> Result<(), SandboxError> {
        let write = |name: String, text: &str| {
            let path = self.folder.join(name);
            write_private(&path, text).map_err(|source| SandboxError::File { path, source })
        };
        fs::create_dir_all(&self.folder).map_err(|source| SandboxError::File {
            path: self.folder.clone(),
            source,
        })?;
        write("ca.pem".into(), &self.authority)?;
        let pairs = [
            (&SERVER, &self.server),
            (&CLIENT, &self.client),
            (&EXPIRED, &self.expired),
            (&STRANGER, &self.stranger),
        ];
        for (subject, pair) in pairs {
            write(format!("{}.pem", subject.file), &pair.certificate)?;
            write(format!("{}.key", subject.file), &pair.key)?;
        }
        // last: its presence says that the others are whole
        write(
            "until".into(),
            &(now + VALIDITY).unix_timestamp().to_string(),
        )
    }

    /// Where the files lie.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The authority's certificate, PEM.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The server's certificate.
    #[must_use]
    pub fn server(&self) -> &PemPair {
        &self.server
    }

    /// A client that is let in.
    #[must_use]
    pub fn client(&self) -> &PemPair {
        &self.client
    }

    /// A client whose certificate has ended.
    #[must_use]
    pub fn expired(&self) -> &PemPair {
        &self.expired
    }

    /// A client whose certificate comes from an authority that the server does not trust.
    #[must_use]
    pub fn stranger(&self) -> &PemPair {
        &self.stranger
    }
}

#[cfg(unix)]
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    fs::write(path, text)
}

type Period = (OffsetDateTime, OffsetDateTime);

fn authority_of_strangers(
    valid: Period,
) -> Result<(Certificate, Issuer<'static, KeyPair>), SandboxError> {
    authority("another authority", valid)
}

fn authority(
    name: &'static str,
    (from, until): Period,
) -> Result<(Certificate, Issuer<'static, KeyPair>), SandboxError> {
    let failed = failed(name);
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    (params.not_before, params.not_after) = (from, until);
    let key = KeyPair::generate().map_err(&failed)?;
    let certificate = params.self_signed(&key).map_err(&failed)?;
    Ok((certificate, Issuer::new(params, key)))
}

fn issue(
    subject: &Subject,
    issuer: &Issuer<'static, KeyPair>,
    (from, until): Period,
) -> Result<PemPair, SandboxError> {
    let failed = failed(subject.name);
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, subject.name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![if subject.server {
        ExtendedKeyUsagePurpose::ServerAuth
    } else {
        ExtendedKeyUsagePurpose::ClientAuth
    }];
    if subject.server {
        params.subject_alt_names = vec![
            SanType::DnsName("localhost".try_into().map_err(&failed)?),
            SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            SanType::IpAddress(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        ];
    }
    (params.not_before, params.not_after) = (from, until);
    let key = KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).map_err(&failed)?;
    let certificate = params.signed_by(&key, issuer).map_err(&failed)?;
    Ok(PemPair {
        certificate: certificate.pem(),
        key: key.serialize_pem(),
    })
}

fn failed(name: &'static str) -> impl Fn(rcgen::Error) -> SandboxError {
    move |source| SandboxError::Certificate {
        name,
        source: Box::new(source),
    }
}
