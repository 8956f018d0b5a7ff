//! What a manifest says of a document.

use segur_xml::Node;

use super::super::VerifyError;
use super::super::algorithm::{DS_NAMESPACE, shown, weak_algorithm};
use super::super::shape::{base64, elements, named, refuse};
use crate::c14n::{Comments, DigestAlgorithm};

/// The identifiers of the two parts that are signed: receivers look for names of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestNames {
    /// `Id` of the manifest (`IHEManifest` for the DMP).
    pub manifest: String,
    /// `Id` of the signed properties (`S0-SignedProperties` for the DMP).
    pub properties: String,
}

impl ManifestNames {
    /// These two.
    pub fn new(manifest: impl Into<String>, properties: impl Into<String>) -> Self {
        Self {
            manifest: manifest.into(),
            properties: properties.into(),
        }
    }
}

/// A document in a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestReference {
    /// Which document.
    pub uri: String,
    /// Its canonical form is digested, instead of its bytes as they are.
    pub canonical: Option<Comments>,
    /// How.
    pub algorithm: DigestAlgorithm,
    /// The digest. One of another length than that of the algorithm is no digest: the DMP's first reference, to the submission set.
    pub digest: Vec<u8>,
}

impl ManifestReference {
    /// Of bytes as they are.
    pub fn raw(uri: impl Into<String>, algorithm: DigestAlgorithm, digest: &[u8]) -> Self {
        Self {
            uri: uri.into(),
            canonical: None,
            algorithm,
            digest: digest.to_vec(),
        }
    }

    /// Of the canonical form of a document.
    pub fn canonical(
        uri: impl Into<String>,
        comments: Comments,
        algorithm: DigestAlgorithm,
        digest: &[u8],
    ) -> Self {
        Self {
            canonical: Some(comments),
            ..Self::raw(uri, algorithm, digest)
        }
    }

    /// Reads a `ds:Reference`.
    pub(super) fn read(node: Node<'_>, sha1: bool) -> Result<Self, VerifyError> {
        named(node, "Reference")?;
        let (transforms, method, digest) = match elements(node)?[..] {
            [method, digest] => (None, method, digest),
            [transforms, method, digest] => (Some(transforms), method, digest),
            _ => return refuse("expected Transforms, DigestMethod and DigestValue", node),
        };
        named(digest, "DigestValue")?;
        Ok(Self {
            uri: node.attribute("URI").unwrap_or_default().into_owned(),
            canonical: transforms.map(transform).transpose()?,
            algorithm: digest_method(method, DS_NAMESPACE, sha1)?,
            digest: base64(digest)?,
        })
    }
}

/// The only transform: a canonical form, inclusive.
fn transform(node: Node<'_>) -> Result<Comments, VerifyError> {
    named(node, "Transforms")?;
    let [one] = elements(node)?[..] else {
        return refuse("expected one Transform", node);
    };
    named(one, "Transform")?;
    canonicalization(one)
}

/// The inclusive canonical form that an element names.
pub(super) fn canonicalization(node: Node<'_>) -> Result<Comments, VerifyError> {
    let found = node.attribute("Algorithm").unwrap_or_default();
    let mut known = [Comments::Kept, Comments::Dropped].into_iter();
    match known.find(|one| one.algorithm() == found) {
        Some(comments) if elements(node)?.is_empty() => Ok(comments),
        Some(_) => refuse("expected no parameter of the canonical form", node),
        None => Err(VerifyError::Algorithm {
            expected: "Canonical XML 1.0, inclusive",
            found: shown(&found),
            position: node.position(),
        }),
    }
}

/// `DigestMethod`; SHA-1 only where the caller takes it.
pub(super) fn digest_method(
    node: Node<'_>,
    namespace: &str,
    sha1: bool,
) -> Result<DigestAlgorithm, VerifyError> {
    if !node.is(namespace, "DigestMethod") {
        return refuse("expected DigestMethod", node);
    }
    let found = node.attribute("Algorithm").unwrap_or_default();
    let position = node.position();
    match DigestAlgorithm::from_uri(&found) {
        Some(algorithm) if sha1 || algorithm != DigestAlgorithm::Sha1 => Ok(algorithm),
        _ => Err(match weak_algorithm(&found) {
            Some(name) => VerifyError::WeakAlgorithm { name, position },
            None => VerifyError::Algorithm {
                expected: "SHA-256, or SHA-1 where it is taken",
                found: shown(&found),
                position,
            },
        }),
    }
}
