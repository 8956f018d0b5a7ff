//! The few things of a certificate that a signature needs.

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;

use super::SignatureAlgorithm;

/// The smallest modulus accepted, in bits. Source: RGS B1, RegleFact-1 (ANSSI): at least 2,048 bits until 2030.
pub const MIN_RSA_BITS: usize = 2_048;

/// Larger ones only cost time.
const MAX_RSA_BITS: usize = 8_192;

/// A certificate that cannot serve to sign or to verify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// The bytes are no certificate.
    #[error("it is no X.509 certificate in DER; a PEM file must be decoded first")]
    Malformed,
    /// There is none.
    #[error("there is none")]
    Missing,
    /// Its key is of another kind.
    #[error("its key is not RSA, and the services ask for RSA")]
    NotRsa,
    /// Its key is too short, or absurdly long.
    #[error("its RSA key has {bits} bits, expected 2048 to 8192")]
    KeySize {
        /// How many it has.
        bits: usize,
    },
}

/// An RSA public key, as PKCS#1 has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RsaPublicKey(Vec<u8>);

impl RsaPublicKey {
    pub(super) fn of_certificate(der: &[u8]) -> Result<Self, CertificateError> {
        let (rest, certificate) =
            X509Certificate::from_der(der).map_err(|_| CertificateError::Malformed)?;
        if !rest.is_empty() {
            return Err(CertificateError::Malformed);
        }
        let key = certificate.public_key();
        let bits = match key.parsed() {
            // x509-parser counts whole bytes of the modulus; a leading zero byte is sign only.
            Ok(PublicKey::RSA(rsa)) => rsa.key_size(),
            Ok(_) => return Err(CertificateError::NotRsa),
            Err(_) => return Err(CertificateError::Malformed),
        };
        if !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits) {
            return Err(CertificateError::KeySize { bits });
        }
        Ok(Self(key.subject_public_key.data.to_vec()))
    }

    pub(super) fn pkcs1(&self) -> &[u8] {
        &self.0
    }

    /// Whether this is the signature of the message under this key.
    pub(super) fn verifies(
        &self,
        message: &[u8],
        signature: &[u8],
        algorithm: SignatureAlgorithm,
    ) -> bool {
        let parameters = match algorithm {
            SignatureAlgorithm::RsaSha256 => &RSA_PKCS1_2048_8192_SHA256,
            SignatureAlgorithm::RsaSha1 => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
        };
        UnparsedPublicKey::new(parameters, &self.0)
            .verify(message, signature)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(RsaPublicKey::of_certificate(&bytes).is_err());
        }
    }
}
