//! What signs: a card, a token, a key in memory.

use super::certificate::RsaPublicKey;
use super::{CertificateError, SignatureAlgorithm};
use crate::c14n::{Digest, DigestAlgorithm};

/// Something that holds an RSA key with its certificate and signs with it (PKCS#1 v1.5, RFC 8017 section 8.2): with RSA-SHA256,
/// and with RSA-SHA1 where [`ToSign::algorithm`] asks for it.
///
/// Made for smart cards and PKCS#11: the key never leaves the holder, which may ask its user for a PIN meanwhile, so a call
/// may take seconds. One that is kept in memory is [`super::SoftwareSigner`].
///
/// A card has several keys, and each its certificate (the CPS one to authenticate, one to sign): implement one signer per
/// key. That the two belong together is checked with each signature made.
pub trait Signer: Send + Sync {
    /// The certificates in DER: the signer's first, then, as far as known, those that issued it, in order.
    fn certificates(&self) -> &[Vec<u8>];

    /// The signature value, as long as the modulus of the key.
    ///
    /// # Errors
    /// When the holder of the key cannot or will not sign; see [`SignError`], of which [`SignError::Algorithm`] is for an
    /// algorithm that it has not.
    fn sign(&self, input: &ToSign<'_>) -> Result<Vec<u8>, SignError>;
}

/// What is to be signed, in the three forms that holders of keys ask for.
#[derive(Clone, Copy)]
pub struct ToSign<'a> {
    message: &'a [u8],
    algorithm: SignatureAlgorithm,
}

impl<'a> ToSign<'a> {
    /// Of these bytes, with RSA-SHA256.
    #[must_use]
    pub const fn new(message: &'a [u8]) -> Self {
        Self::with_algorithm(message, SignatureAlgorithm::RsaSha256)
    }

    /// Of these bytes, with this algorithm.
    #[must_use]
    pub const fn with_algorithm(message: &'a [u8], algorithm: SignatureAlgorithm) -> Self {
        Self { message, algorithm }
    }

    /// With which algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The bytes themselves: for what hashes, pads and signs in one step (PKCS#11 `CKM_SHA256_RSA_PKCS`, `CKM_SHA1_RSA_PKCS`).
    #[must_use]
    pub const fn message(&self) -> &'a [u8] {
        self.message
    }

    /// Their digest: for what pads and signs.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.algorithm.digest().of(self.message)
    }

    /// Their digest within a `DigestInfo`: for what only pads and signs what it is given (PKCS#11 `CKM_RSA_PKCS`, and many
    /// cards). Source: RFC 8017 section 9.2, note 1.
    #[must_use]
    pub fn digest_info(&self) -> Vec<u8> {
        const OF_SHA256: &[u8] = &[
            0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
            0x01, 0x05, 0x00, 0x04, 0x20,
        ];
        const OF_SHA1: &[u8] = &[
            0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04,
            0x14,
        ];
        let prefix = match self.algorithm.digest() {
            DigestAlgorithm::Sha1 => OF_SHA1,
            DigestAlgorithm::Sha256 => OF_SHA256,
        };
        [prefix, self.digest().as_bytes()].concat()
    }
}

/// The value that a signer makes over these bytes, verified under its own certificate.
pub(super) fn value(
    signer: &dyn Signer,
    message: &[u8],
    algorithm: SignatureAlgorithm,
) -> Result<Vec<u8>, SignError> {
    let first = signer.certificates().first();
    let key = RsaPublicKey::of_certificate(first.ok_or(CertificateError::Missing)?)?;
    let value = signer.sign(&ToSign::with_algorithm(message, algorithm))?;
    if key.verifies(message, &value, algorithm) {
        return Ok(value);
    }
    // A signer that looks at the bytes only makes what it always makes.
    let always = SignatureAlgorithm::RsaSha256;
    Err(
        match algorithm != always && key.verifies(message, &value, always) {
            true => SignError::Algorithm { algorithm },
            false => SignError::Mismatch,
        },
    )
}

impl std::fmt::Debug for ToSign<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ToSign({} bytes)", self.message.len())
    }
}

/// A cause below, of a driver or a library. Its text must hold no PIN and nothing personal.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the holder of a key did not sign.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// No PIN was presented.
    #[error("the card asks for its PIN: ask the holder to type it, then sign again")]
    PinRequired,
    /// The PIN was refused.
    #[error("the PIN is wrong{}; ask the holder, never try again with the same one", tries(*.tries_left))]
    PinWrong {
        /// How many tries are left before the card blocks; none when it does not say.
        tries_left: Option<u8>,
    },
    /// Too many wrong PINs.
    #[error(
        "the PIN is blocked: the holder must unblock the card with its unblocking code, or have it replaced"
    )]
    PinBlocked,
    /// There is no card any more.
    #[error("the card was taken out: put it back, open it again and sign again")]
    CardRemoved,
    /// Somebody said no.
    #[error("the signature was cancelled by the user: nothing was signed, ask before trying again")]
    Cancelled,
    /// The reader, the token or its driver failed.
    #[error("the device did not sign: {source}; look at the reader and its driver, then try again")]
    Device {
        /// What it said.
        source: Cause,
    },
    /// A key that cannot be used.
    #[error("the private key cannot be used: {cause}")]
    Key {
        /// Why, and what to give instead.
        cause: &'static str,
    },
    /// A certificate that cannot be used.
    #[error("the signer's certificate cannot be used: {0}")]
    Certificate(#[from] super::CertificateError),
    /// It does not make signatures of this kind.
    #[error(
        "the signer does not make {algorithm}: ask for another algorithm, or sign with a card or a key that makes it"
    )]
    Algorithm {
        /// What was asked for.
        algorithm: SignatureAlgorithm,
    },
    /// The key is not the one of the certificate.
    #[error(
        "the key does not belong to the certificate: take both from the same pair (a CPS has one pair to authenticate and another to sign)"
    )]
    Mismatch,
}

fn tries(left: Option<u8>) -> String {
    match left {
        Some(left) => format!(", tries left before the card blocks: {left}"),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_info_is_the_der_of_the_rfc() {
        let input = ToSign::new(b"abc");
        let info = input.digest_info();
        assert_eq!(info[..2], [0x30, 49], "a SEQUENCE of the rest");
        assert_eq!(info[17..19], [0x04, 32], "an OCTET STRING of the digest");
        assert_eq!(info[19..], *input.digest().as_bytes());
        assert_eq!(
            input.digest().as_bytes()[..4],
            [0xba, 0x78, 0x16, 0xbf],
            "FIPS 180-2, B.1"
        );
        let input = ToSign::with_algorithm(b"abc", SignatureAlgorithm::RsaSha1);
        let info = input.digest_info();
        assert_eq!((info.len(), info[1]), (35, 33));
        assert_eq!(info[15..19], [0xa9, 0x99, 0x3e, 0x36], "FIPS 180-2, A.1");
    }

    #[test]
    fn texts_say_what_to_do() {
        let text = SignError::PinWrong {
            tries_left: Some(2),
        }
        .to_string();
        assert!(
            text.contains("tries left before the card blocks: 2"),
            "{text}"
        );
        assert!(
            !SignError::PinWrong { tries_left: None }
                .to_string()
                .contains("left")
        );
    }
}
