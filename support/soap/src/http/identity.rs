//! Certificate and key that prove who calls.

use std::fmt;
use std::sync::Arc;

use rustls::client::ResolvesClientCert;
use rustls::crypto::aws_lc_rs::sign::any_supported_type;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, Signer, SigningKey, SingleCertAndKey};
use rustls::{SignatureAlgorithm, SignatureScheme};
use zeroize::Zeroize as _;

pub(super) const NOT_SIGNED: &str = "segur: the private key did not sign";

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignScheme {
    /// RSASSA-PSS with SHA-256, salt as long as the digest (TLS 1.3).
    RsaPssSha256,
    /// RSASSA-PKCS1-v1_5 with SHA-256 (TLS 1.2).
    RsaPkcs1Sha256,
    /// ECDSA on P-256 with SHA-256, DER.
    EcdsaP256Sha256,
}

impl SignScheme {
    const ALL: [(Self, SignatureScheme); 3] = [
        (Self::RsaPssSha256, SignatureScheme::RSA_PSS_SHA256),
        (Self::RsaPkcs1Sha256, SignatureScheme::RSA_PKCS1_SHA256),
        (
            Self::EcdsaP256Sha256,
            SignatureScheme::ECDSA_NISTP256_SHA256,
        ),
    ];

    fn in_tls(self) -> SignatureScheme {
        let row = Self::ALL.iter().find(|(own, _)| *own == self);
        row.map_or(SignatureScheme::RSA_PSS_SHA256, |(_, tls)| *tls)
    }
}

/// The key did not sign: card removed, PIN not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the private key did not sign")]
#[allow(clippy::exhaustive_structs, reason = "it says all there is")]
pub struct SigningFailed;

/// A private key that stays where it is: on a card, in a module, in another process.
pub trait KeySigner: Send + Sync {
    /// What it can do, the best first.
    fn schemes(&self) -> Vec<SignScheme>;

    /// Signs a message (not its digest). It is called, while the connection is made, on the thread that drives the call, which waits
    /// meanwhile; in async code that is a thread of the runtime, on which nothing else moves. A user who is asked for a PIN has the time
    /// of [`HttpOptions::connect_timeout`](super::HttpOptions::connect_timeout): better open the card before.
    ///
    /// # Errors
    /// When it does not sign.
    fn sign(&self, scheme: SignScheme, message: &[u8]) -> Result<Vec<u8>, SigningFailed>;
}

/// Why certificate and key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// No certificate.
    #[error(
        "no certificate in PEM: expected -----BEGIN CERTIFICATE-----, that of the client first, then its authorities"
    )]
    NoCertificate,
    /// No key.
    #[error(
        "no private key in PEM that can be used: expected PKCS#8, PKCS#1 or SEC1, without password"
    )]
    NoKey,
    /// They do not belong together.
    #[error("the private key is not that of the certificate")]
    Mismatch,
}

/// Certificate and key that prove who calls. `Debug` tells the number of certificates.
#[derive(Clone)]
pub struct ClientIdentity {
    key: Arc<CertifiedKey>,
}

impl ClientIdentity {
    /// From PEM: the certificate with those of its authorities, and its key without password. What was decoded is wiped, and the copy that
    /// is kept when it is dropped, as far as the libraries below do so; the bytes given are the caller's.
    ///
    /// # Errors
    /// When there is none, or they do not belong together.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, IdentityError> {
        let chain = certificates_of(certificates).ok_or(IdentityError::NoCertificate)?;
        let mut decoded = PrivateKeyDer::from_pem_slice(key).map_err(|_| IdentityError::NoKey)?;
        let key = any_supported_type(&decoded);
        decoded.zeroize();
        let key = CertifiedKey::new(chain, key.map_err(|_| IdentityError::NoKey)?);
        match key.keys_match() {
            Ok(()) | Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => {}
            Err(_) => return Err(IdentityError::Mismatch),
        }
        Ok(Self { key: Arc::new(key) })
    }

    /// From certificates in PEM and a key that stays where it is.
    ///
    /// # Errors
    /// When there is no certificate, or the key can do nothing.
    pub fn with_signer(
        certificates: &[u8],
        signer: Arc<dyn KeySigner>,
    ) -> Result<Self, IdentityError> {
        let chain = certificates_of(certificates).ok_or(IdentityError::NoCertificate)?;
        if signer.schemes().is_empty() {
            return Err(IdentityError::NoKey);
        }
        let key = CertifiedKey::new(chain, Arc::new(Outside(signer)));
        Ok(Self { key: Arc::new(key) })
    }

    pub(super) fn resolver(&self) -> Arc<dyn ResolvesClientCert> {
        Arc::new(SingleCertAndKey::from(Arc::clone(&self.key)))
    }
}

pub(super) fn certificates_of(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    all.ok().filter(|all| !all.is_empty())
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientIdentity({} certificates)", self.key.cert.len())
    }
}

struct Outside(Arc<dyn KeySigner>);

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outside(…)")
    }
}

impl SigningKey for Outside {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let mut own = self.0.schemes().into_iter();
        let scheme = own.find(|scheme| offered.contains(&scheme.in_tls()))?;
        Some(Box::new(OutsideSigner {
            signer: Arc::clone(&self.0),
            scheme,
        }))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self.0.schemes().first() {
            Some(SignScheme::EcdsaP256Sha256) => SignatureAlgorithm::ECDSA,
            _ => SignatureAlgorithm::RSA,
        }
    }
}

struct OutsideSigner {
    signer: Arc<dyn KeySigner>,
    scheme: SignScheme,
}

impl fmt::Debug for OutsideSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OutsideSigner({:?})", self.scheme)
    }
}

impl Signer for OutsideSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        self.signer
            .sign(self.scheme, message)
            .map_err(|SigningFailed| rustls::Error::General(NOT_SIGNED.to_owned()))
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme.in_tls()
    }
}
