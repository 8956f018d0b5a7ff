//! Whose signatures are accepted.

use std::fmt;

/// Which certificates are trusted. A signature says who made it only as far as this is right.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Trust<'a> {
    /// Exactly these certificates, in DER, and no other. Their dates, issuers and revocation are not looked at.
    Pinned(&'a [Vec<u8>]),
    /// Whatever this says yes to. It is given the certificates of the signature in DER, the signer's first, the others in
    /// no sure order, none of them checked: chain, dates, usage and revocation are for it to judge.
    Decided(&'a (dyn Fn(&[Vec<u8>]) -> bool + Send + Sync)),
}

impl Trust<'_> {
    pub(super) fn accepts(&self, certificates: &[Vec<u8>]) -> bool {
        match (self, certificates.first()) {
            (_, None) => false,
            (Self::Pinned(pinned), Some(signer)) => pinned.contains(signer),
            (Self::Decided(decide), Some(_)) => decide(certificates),
        }
    }
}

impl fmt::Debug for Trust<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pinned(pinned) => write!(f, "Pinned({} certificates)", pinned.len()),
            Self::Decided(_) => f.write_str("Decided(..)"),
        }
    }
}
