//! What signs: a card, a token, a key in memory.

use aws_lc_rs::digest::{SHA256, digest};

/// Something that holds an RSA key with its certificate and signs with RSA-SHA256 (PKCS#1 v1.5, RFC 8017 section 8.2).
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
    /// When the holder of the key cannot or will not sign; see [`SignError`].
    fn sign(&self, input: &ToSign<'_>) -> Result<Vec<u8>, SignError>;
}

/// What is to be signed, in the three forms that holders of keys ask for.
#[derive(Clone, Copy)]
pub struct ToSign<'a> {
    message: &'a [u8],
}

impl<'a> ToSign<'a> {
    /// Of these bytes.
    #[must_use]
    pub const fn new(message: &'a [u8]) -> Self {
        Self { message }
    }

    /// The bytes themselves: for what hashes, pads and signs in one step (PKCS#11 `CKM_SHA256_RSA_PKCS`).
    #[must_use]
    pub const fn message(&self) -> &'a [u8] {
        self.message
    }

    /// Their SHA-256 digest: for what pads and signs.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut out = [0; 32];
        out.copy_from_slice(digest(&SHA256, self.message).as_ref());
        out
    }

    /// Their digest within a `DigestInfo`: for what only pads and signs what it is given (PKCS#11 `CKM_RSA_PKCS`, and many
    /// cards). Source: RFC 8017 section 9.2, note 1.
    #[must_use]
    pub fn digest_info(&self) -> [u8; 51] {
        const PREFIX: [u8; 19] = [
            0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
            0x01, 0x05, 0x00, 0x04, 0x20,
        ];
        let mut out = [0; 51];
        out[..19].copy_from_slice(&PREFIX);
        out[19..].copy_from_slice(&self.digest());
        out
    }
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
        assert_eq!(info[19..], input.digest());
        assert_eq!(
            input.digest()[..4],
            [0xba, 0x78, 0x16, 0xbf],
            "FIPS 180-2, B.1"
        );
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
