//! Why a sandbox does not start.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A sandbox that does not start or stops before it is told to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The address is not one of this machine's loopback addresses.
    #[error(
        "{0} is not a loopback address: a sandbox serves this machine only; use 127.0.0.1 or [::1]"
    )]
    NotLoopback(SocketAddr),
    /// The address cannot be listened to.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// The system's answer.
        source: io::Error,
    },
    /// A file of the sandbox's folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// What the folder holds is not what this sandbox wrote.
    #[error("{}: not what this sandbox wrote; remove it, or take another folder", path.display())]
    Holdings {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The folder holds files of a form that was used before the first release.
    #[error(
        "{}: written by a version before the first release, which kept files instead of a database; remove the folder {}, or take another one",
        path.display(),
        path.parent().unwrap_or(path).display()
    )]
    FormerForm {
        /// The file that shows it.
        path: PathBuf,
    },
    /// The folder holds a database of another version of this program.
    #[error(
        "{}: its tables are of version {found}, this program knows version {known}; use the program that wrote it, or take another folder",
        path.display()
    )]
    OtherVersion {
        /// The database.
        path: PathBuf,
        /// The version of its tables.
        found: i32,
        /// The version that this program writes.
        known: i32,
    },
    /// A certificate cannot be made.
    #[error("cannot make the certificate of {name}")]
    Certificate {
        /// Whose certificate.
        name: &'static str,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The certificates of the folder do not make a TLS server.
    #[error("the certificates of {} do not serve: remove the folder's pki directory to have new ones", path.display())]
    Tls {
        /// The folder of the certificates.
        path: PathBuf,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
