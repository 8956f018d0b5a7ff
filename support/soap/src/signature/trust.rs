//! Whose signatures are accepted.

use std::fmt;
use std::time::SystemTime;

use super::{Anchors, CertificateError, VerifyError};

/// Which certificates are trusted. A signature says who made it only as far as this is right.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Trust<'a> {
    /// Exactly these certificates, in DER, and no other. Their dates, issuers and revocation are not looked at.
    Pinned(&'a [Vec<u8>]),
    /// Whatever this says yes to. It is given the certificates of the signature in DER, the signer's first, the others in
    /// no sure order, none of them checked: chain, dates, usage and revocation are for it to judge.
    Decided(&'a (dyn Fn(&[Vec<u8>]) -> bool + Send + Sync)),
    /// Those that an authority of ours issued, directly or through others, valid at a time. Revocation is not looked at.
    Anchored {
        /// The authorities.
        anchors: &'a Anchors,
        /// When the certificates must be valid: now, or when the signature was received.
        at: SystemTime,
    },
}

impl Trust<'_> {
    /// The certificates from the signer's to the one that is trusted; only the signer's when no path was looked for.
    pub(super) fn path(&self, certificates: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, VerifyError> {
        let signer = certificates.first().ok_or(CertificateError::Missing)?;
        let accepted = match self {
            Self::Pinned(pinned) => pinned.contains(signer),
            Self::Decided(decide) => decide(certificates),
            Self::Anchored { anchors, at } => return Ok(anchors.path(certificates, *at)?),
        };
        match accepted {
            true => Ok(vec![signer.clone()]),
            false => Err(VerifyError::Untrusted),
        }
    }
}

impl fmt::Debug for Trust<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pinned(pinned) => write!(f, "Pinned({} certificates)", pinned.len()),
            Self::Decided(_) => f.write_str("Decided(..)"),
            Self::Anchored { anchors, .. } => write!(f, "Anchored({anchors:?})"),
        }
    }
}
