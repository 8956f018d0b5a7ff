//! A key in memory.

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::certificate::RsaPublicKey;
use super::{CertificateError, SignError, SignatureAlgorithm, Signer, ToSign};

/// A signer whose key is in memory: for organisation certificates (IGC-Santé software certificates) and for tests.
///
/// The key lives in the memory of AWS-LC, which overwrites what it frees; the copies made while reading it are overwritten
/// here. RSA-SHA1 needs the feature `xades`: AWS-LC does not make it any more, the crate `rsa` does, which holds a second copy and
/// overwrites it, too. `Debug` shows neither the key nor the certificate.
pub struct SoftwareSigner {
    key: KeyPair,
    /// For RSA-SHA1, which AWS-LC does not make any more.
    #[cfg(feature = "xades")]
    legacy: rsa::PrivateKey,
    certificates: Vec<Vec<u8>>,
}

impl SoftwareSigner {
    /// From a key in PKCS#8, DER (RFC 5958), and certificates in DER, the signer's first.
    ///
    /// # Errors
    /// When the key is no RSA key of 2,048 to 8,192 bits, or is not the one of the first certificate.
    pub fn from_pkcs8(key: &[u8], certificates: Vec<Vec<u8>>) -> Result<Self, SignError> {
        Self::new(Encoded::Pkcs8(key), certificates)
    }

    /// From PEM texts (RFC 7468): a key, `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1), and one or several
    /// `CERTIFICATE`, the signer's first. Both may be the same text. The caller overwrites its own copy of the key.
    ///
    /// # Errors
    /// As [`SoftwareSigner::from_pkcs8`]; when the key is encrypted: decrypt it first, `openssl pkcs8 -in key.pem`.
    pub fn from_pem(key: &str, certificates: &str) -> Result<Self, SignError> {
        if blocks(key, "ENCRYPTED PRIVATE KEY").next().is_some() {
            return Err(SignError::Key { cause: ENCRYPTED });
        }
        let (pkcs8, pkcs1);
        let key = if let Some(der) = blocks(key, "PRIVATE KEY").next() {
            pkcs8 = der.ok_or(SignError::Key { cause: NO_KEY })?;
            Encoded::Pkcs8(&pkcs8)
        } else if let Some(der) = blocks(key, "RSA PRIVATE KEY").next() {
            pkcs1 = der.ok_or(SignError::Key { cause: NO_KEY })?;
            Encoded::Pkcs1(&pkcs1)
        } else {
            return Err(SignError::Key { cause: NO_PEM });
        };
        let certificates: Option<Vec<Vec<u8>>> = blocks(certificates, "CERTIFICATE")
            .map(|der| Some(der?.to_vec()))
            .collect();
        Self::new(key, certificates.ok_or(CertificateError::Malformed)?)
    }

    fn new(encoded: Encoded<'_>, certificates: Vec<Vec<u8>>) -> Result<Self, SignError> {
        let key = match encoded {
            Encoded::Pkcs8(der) => KeyPair::from_pkcs8(der),
            Encoded::Pkcs1(der) => KeyPair::from_der(der),
        };
        let key = key.map_err(|_| SignError::Key { cause: NO_KEY })?;
        let first = certificates.first().ok_or(CertificateError::Missing)?;
        let public = RsaPublicKey::of_certificate(first)?;
        if key.public_key().as_ref() != public.pkcs1() {
            return Err(SignError::Mismatch);
        }
        Ok(Self {
            key,
            #[cfg(feature = "xades")]
            legacy: encoded.legacy()?,
            certificates,
        })
    }

    #[cfg(feature = "xades")]
    fn sign_sha1(&self, input: &ToSign<'_>) -> Result<Vec<u8>, SignError> {
        // As a card does: it pads and signs the DigestInfo that it is given.
        let padding = rsa::Pkcs1v15Sign::new_unprefixed();
        let signed = self.legacy.sign(padding, &input.digest_info());
        signed.map_err(|_| SignError::Key { cause: NO_KEY })
    }

    #[cfg(not(feature = "xades"))]
    fn sign_sha1(&self, input: &ToSign<'_>) -> Result<Vec<u8>, SignError> {
        let algorithm = input.algorithm();
        Err(SignError::Algorithm { algorithm })
    }
}

/// A key in DER.
#[derive(Clone, Copy)]
enum Encoded<'a> {
    Pkcs8(&'a [u8]),
    Pkcs1(&'a [u8]),
}

#[cfg(feature = "xades")]
impl Encoded<'_> {
    fn legacy(self) -> Result<rsa::PrivateKey, SignError> {
        use rsa::pkcs1::DecodeRsaPrivateKey as _;
        use rsa::pkcs8::DecodePrivateKey as _;

        let no_key = SignError::Key { cause: NO_KEY };
        match self {
            Self::Pkcs8(der) => rsa::PrivateKey::from_pkcs8_der(der).map_err(|_| no_key),
            Self::Pkcs1(der) => rsa::PrivateKey::from_pkcs1_der(der).map_err(|_| no_key),
        }
    }
}

const NO_KEY: &str = "expected an RSA key of 2048 to 8192 bits in PKCS#8 or PKCS#1";
const NO_PEM: &str = "expected a PEM text with a line -----BEGIN PRIVATE KEY-----";
const ENCRYPTED: &str = "it is encrypted; decrypt it first (openssl pkcs8 -in key.pem)";

impl Signer for SoftwareSigner {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    fn sign(&self, input: &ToSign<'_>) -> Result<Vec<u8>, SignError> {
        if input.algorithm() == SignatureAlgorithm::RsaSha1 {
            return self.sign_sha1(input);
        }
        let mut out = vec![0; self.key.public_modulus_len()];
        // The padding of PKCS#1 v1.5 is fixed: the random source only blinds, and does not show in the result.
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                input.message(),
                &mut out,
            )
            .map_err(|_| SignError::Key { cause: NO_KEY })?;
        Ok(out)
    }
}

impl fmt::Debug for SoftwareSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SoftwareSigner")
            .field("bits", &(self.key.public_modulus_len() * 8))
            .field("certificates", &self.certificates.len())
            .finish_non_exhaustive()
    }
}

/// The blocks of this label; `None` for one that does not decode.
fn blocks<'a>(
    pem: &'a str,
    label: &str,
) -> impl Iterator<Item = Option<Zeroizing<Vec<u8>>>> + use<'a> {
    let begin = format!("-----BEGIN {label}-----");
    let end = format!("-----END {label}-----");
    let mut rest = pem;
    std::iter::from_fn(move || {
        let start = rest.find(&begin)? + begin.len();
        rest = rest.get(start..)?;
        let Some(length) = rest.find(&end) else {
            rest = "";
            return Some(None);
        };
        let (text, after) = rest.split_at(length);
        rest = after;
        let mut compact = Zeroizing::new(Vec::with_capacity(text.len()));
        compact.extend(text.bytes().filter(|byte| !byte.is_ascii_whitespace()));
        // Room for the whole at once: a vector that grows leaves copies behind.
        let mut der = Zeroizing::new(vec![0; compact.len()]);
        let Ok(length) = STANDARD.decode_slice(&compact[..], &mut der) else {
            return Some(None);
        };
        der.truncate(length);
        Some(Some(der))
    })
}
