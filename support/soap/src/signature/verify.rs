//! Verifying.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use segur_xml::{Document, Node};

use super::certificate::RsaPublicKey;
use super::shape::Shape;
use super::{CertificateError, SignatureAlgorithm, Trust, VerifyError, canonical, id};

/// An element whose signature was verified. Read it from here, not from the message that it came in: what is here is
/// exactly what was signed, without the signature, without comments, without anything around. Lines and columns are those of
/// the canonical form. `Debug` hides the content.
#[derive(Clone)]
pub struct Verified {
    signed: Document,
    certificates: Vec<Vec<u8>>,
}

/// Verifies the enveloped signature of an element: the `ds:Signature` that is its child.
///
/// Strict, so that there is one way only to read what was signed: one reference, by the ID of this very element, which no
/// other element of the document bears; the transforms enveloped and exclusive canonicalisation, in this order; RSA-SHA256
/// with at least 2,048 bits and SHA-256; the signer's certificate first in `KeyInfo`. Weak algorithms are refused by name.
/// Who signs is for [`Trust`] to say.
///
/// Dates are not looked at: neither those of the certificate nor those inside the element.
///
/// # Errors
/// See [`VerifyError`]; what the element says is then not to be used.
pub fn verify_enveloped(element: Node<'_>, trust: &Trust<'_>) -> Result<Verified, VerifyError> {
    let shape = Shape::of(element)?;
    check_target(element, &shape)?;
    trust.path(&shape.certificates)?;
    let signer = shape
        .certificates
        .first()
        .ok_or(CertificateError::Missing)?;
    let key = RsaPublicKey::of_certificate(signer)?;
    let not_canonical = || VerifyError::NotCanonical {
        position: element.position(),
    };

    // First what the key vouches for, so that nobody without a trusted key makes us canonicalise much.
    let info = canonical::exclusive(shape.signed_info, None, &shape.info_prefixes);
    let info = info.ok_or_else(not_canonical)?;
    if !key.verifies(&info, &shape.value, SignatureAlgorithm::RsaSha256) {
        return Err(VerifyError::Value);
    }
    let signed = canonical::exclusive(element, Some(shape.signature), &shape.prefixes);
    let signed = signed.ok_or_else(not_canonical)?;
    if digest(&SHA256, &signed).as_ref() != shape.digest {
        return Err(VerifyError::Digest);
    }
    Ok(Verified {
        signed: Document::parse(&signed)?,
        certificates: shape.certificates,
    })
}

/// The reference must be to the element itself, and only one element may bear its name.
fn check_target(element: Node<'_>, shape: &Shape<'_>) -> Result<(), VerifyError> {
    let wrapped = |cause, node: Node<'_>| {
        let position = node.position();
        Err(VerifyError::Wrapped { cause, position })
    };
    let Some(id) = id::own_id(element).filter(|id| !id.is_empty()) else {
        return wrapped("the element has no ID", element);
    };
    if shape.uri.strip_prefix('#') != Some(&id) {
        return wrapped(
            "its reference is not to the element that it stands in",
            shape.reference,
        );
    }
    match id::bearers(element.document(), &id)[..] {
        [one] if one == element => Ok(()),
        [first, second] => {
            let other = if first == element { second } else { first };
            wrapped("another element has the same ID", other)
        }
        _ => wrapped("the element is not found by its ID", element),
    }
}

impl Verified {
    /// The element as it was signed: without its signature and comments.
    #[must_use]
    pub fn element(&self) -> Node<'_> {
        self.signed.root_element()
    }

    /// The signer's certificate in DER.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        self.certificates.first().map_or(&[], Vec::as_slice)
    }

    /// All certificates of the signature in DER, the signer's first. The others were not checked.
    #[must_use]
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("certificates", &self.certificates.len())
            .finish_non_exhaustive()
    }
}
