//! Names of algorithms: the few that are used, and those refused by name.

use crate::c14n::DigestAlgorithm;

/// Namespace of XML signatures. Source: XML Signature Syntax and Processing 1.1 (W3C, 2013).
pub const DS_NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// Exclusive canonicalisation without comments. Source: Exclusive XML Canonicalization 1.0 (W3C, 2002).
pub const EXC_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// The transform that leaves out the signature itself. Source: XML Signature 1.1, section 6.6.4.
pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// RSA (PKCS#1 v1.5) with SHA-256. Source: RFC 6931, section 2.3.2.
pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

/// SHA-256. Source: XML Signature 1.1, section 6.2.2.
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// RSA (PKCS#1 v1.5) with SHA-1. Source: XML Signature 1.1, section 6.4.2.
pub const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";

/// How a signature value is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// RSA (PKCS#1 v1.5) with SHA-256.
    #[default]
    RsaSha256,
    /// RSA (PKCS#1 v1.5) with SHA-1, which the DMP's samples show. Its collisions can be made; do not choose it where you may
    /// choose.
    RsaSha1,
}

impl SignatureAlgorithm {
    /// Its name in signatures.
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::RsaSha256 => RSA_SHA256,
            Self::RsaSha1 => RSA_SHA1,
        }
    }

    /// How it digests what is signed.
    #[must_use]
    pub const fn digest(self) -> DigestAlgorithm {
        match self {
            Self::RsaSha256 => DigestAlgorithm::Sha256,
            Self::RsaSha1 => DigestAlgorithm::Sha1,
        }
    }
}

impl std::fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::RsaSha256 => "RSA-SHA256",
            Self::RsaSha1 => "RSA-SHA1",
        })
    }
}

/// The common name of an algorithm that nobody should accept any more.
///
/// ```
/// use segur_soap::signature::weak_algorithm;
///
/// assert_eq!(weak_algorithm("http://www.w3.org/2000/09/xmldsig#sha1"), Some("SHA-1"));
/// assert_eq!(weak_algorithm("http://www.w3.org/2001/04/xmlenc#sha256"), None);
/// ```
#[must_use]
pub fn weak_algorithm(uri: &str) -> Option<&'static str> {
    Some(match uri {
        "http://www.w3.org/2000/09/xmldsig#sha1" => "SHA-1",
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1" => "RSA-SHA1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1" => "DSA-SHA1",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1" => "HMAC-SHA1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1" => "ECDSA-SHA1",
        "http://www.w3.org/2001/04/xmldsig-more#md5" => "MD5",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5" => "RSA-MD5",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-md5" => "HMAC-MD5",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160" => "RSA-RIPEMD160",
        "http://www.w3.org/2001/04/xmlenc#ripemd160" => "RIPEMD160",
        _ => return None,
    })
}

/// What an error text shows of the name of an algorithm.
pub(super) fn shown(uri: &str) -> String {
    uri.chars().take(120).collect()
}
