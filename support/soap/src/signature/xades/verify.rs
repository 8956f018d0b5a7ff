//! Verifying a signed list of documents.

use std::fmt;

use segur_xml::{Document, Node};

use super::super::algorithm::{DS_NAMESPACE, shown, weak_algorithm};
use super::super::certificate::RsaPublicKey;
use super::super::shape::{base64, certificates, elements, named, refuse};
use super::super::{CertificateError, SignatureAlgorithm, Trust, VerifyError, canonical, id};
use super::properties::Properties;
use super::reference::canonicalization;
use super::{MANIFEST_TYPE, ManifestNames, ManifestReference, PROPERTIES_TYPE, XADES_NAMESPACE};
use crate::c14n::Comments;

/// Documents in a manifest.
const MAX_REFERENCES: usize = 4_096;

/// What is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ManifestRules {
    /// SHA-1 and RSA-SHA1 are taken (default no). Two documents with one SHA-1 can be made by whoever makes both; a document that
    /// exists already cannot be matched.
    pub sha1: bool,
}

/// A list of documents whose signature was verified. What it says is read from the bytes that were digested. That the documents are
/// those of the list is not known yet: compare their digests.
#[derive(Clone)]
pub struct VerifiedManifest {
    references: Vec<ManifestReference>,
    signing_time: String,
    certificates: Vec<Vec<u8>>,
}

/// Verifies a signature over a list of documents, which is the whole document.
///
/// Strict, so that there is one way only to read what was signed: the signature is the root; it has exactly one manifest and one set
/// of signed properties, each where the standard has it and of a name that no other element bears; exactly two references, to these
/// two; inclusive canonical forms only; no comments or instructions; the first certificate of the signed list is the one in
/// `KeyInfo`. Weak algorithms are refused by name unless the rules take them. Who signs is for [`Trust`] to say.
///
/// # Errors
/// See [`VerifyError`]; nothing of it is then to be used.
pub fn verify_manifest(
    document: &Document,
    names: &ManifestNames,
    trust: &Trust<'_>,
    rules: &ManifestRules,
) -> Result<VerifiedManifest, VerifyError> {
    let root = document.root_element();
    let shape = Shape::of(root, names, rules)?;
    for (node, name) in [
        (root, &*shape.id),
        (shape.manifest, &names.manifest),
        (shape.properties, &names.properties),
    ] {
        only_bearer(document, node, name)?;
    }
    let path = trust.path(&shape.certificates)?;
    let signer = shape
        .certificates
        .first()
        .ok_or(CertificateError::Missing)?;
    let key = RsaPublicKey::of_certificate(signer)?;

    // First what the key vouches for, so that nobody without a trusted key makes us canonicalise much.
    let info = form(shape.info, shape.info_comments)?;
    if !key.verifies(&info, &shape.value, shape.algorithm) {
        return Err(VerifyError::Value);
    }
    let manifest = digested(shape.manifest, &shape.manifest_reference, "the manifest")?;
    let properties = digested(
        shape.properties,
        &shape.properties_reference,
        "the signed properties",
    )?;
    let properties = Properties::read(properties.root_element(), rules.sha1)?;
    properties.check(&path)?;
    Ok(VerifiedManifest {
        references: references(manifest.root_element(), rules)?,
        signing_time: properties.signing_time,
        certificates: path,
    })
}

fn form(node: Node<'_>, comments: Comments) -> Result<Vec<u8>, VerifyError> {
    let position = node.position();
    canonical::inclusive(node, comments).ok_or(VerifyError::NotCanonical { position })
}

/// The element as it was digested.
fn digested(
    node: Node<'_>,
    reference: &ManifestReference,
    part: &'static str,
) -> Result<Document, VerifyError> {
    let bytes = form(node, reference.canonical.unwrap_or(Comments::Dropped))?;
    if reference.algorithm.of(&bytes).as_bytes() != reference.digest {
        return Err(VerifyError::Part { part });
    }
    Ok(Document::parse(&bytes)?)
}

fn references(
    manifest: Node<'_>,
    rules: &ManifestRules,
) -> Result<Vec<ManifestReference>, VerifyError> {
    let mut found = Vec::new();
    for node in manifest.children_named(DS_NAMESPACE, "Reference") {
        if found.len() == MAX_REFERENCES {
            return refuse("more than 4096 documents", node);
        }
        found.push(ManifestReference::read(node, rules.sha1)?);
    }
    Ok(found)
}

/// No other element may be taken for this one.
fn only_bearer(document: &Document, node: Node<'_>, name: &str) -> Result<(), VerifyError> {
    let wrapped = |cause, node: Node<'_>| {
        let position = node.position();
        Err(VerifyError::Wrapped { cause, position })
    };
    if name.is_empty() || id::own_id(node).as_deref() != Some(name) {
        return wrapped("a signed part has not the Id that is expected", node);
    }
    match id::bearers(document, name)[..] {
        [one] if one == node => Ok(()),
        [first, second] => wrapped(
            "another element has the same ID",
            if first == node { second } else { first },
        ),
        _ => wrapped("a signed part is not found by its ID", node),
    }
}

struct Shape<'a> {
    id: String,
    info: Node<'a>,
    info_comments: Comments,
    algorithm: SignatureAlgorithm,
    manifest_reference: ManifestReference,
    properties_reference: ManifestReference,
    value: Vec<u8>,
    certificates: Vec<Vec<u8>>,
    manifest: Node<'a>,
    properties: Node<'a>,
}

impl<'a> Shape<'a> {
    fn of(
        root: Node<'a>,
        names: &ManifestNames,
        rules: &ManifestRules,
    ) -> Result<Self, VerifyError> {
        named(root, "Signature")?;
        let id = id::own_id(root).unwrap_or_default();
        let [info, value, key_info, ref objects @ ..] = elements(root)?[..] else {
            return refuse(
                "expected SignedInfo, SignatureValue, KeyInfo and Object",
                root,
            );
        };
        named(info, "SignedInfo")?;
        named(value, "SignatureValue")?;
        named(key_info, "KeyInfo")?;
        let [canonicalization_method, method, first, second] = elements(info)?[..] else {
            return refuse("expected one method of each kind and two Reference", info);
        };
        named(canonicalization_method, "CanonicalizationMethod")?;
        let of_type = |wanted: &str| {
            let mut both = [first, second].into_iter();
            both.find(|one| one.attribute("Type").as_deref() == Some(wanted))
        };
        let (Some(manifest), Some(properties)) = (of_type(MANIFEST_TYPE), of_type(PROPERTIES_TYPE))
        else {
            return refuse(
                "expected a Reference to a Manifest and one to SignedProperties, by their Type",
                info,
            );
        };
        let (manifest_node, properties_node) = parts(objects, &id, root)?;
        Ok(Self {
            info,
            info_comments: canonicalization(canonicalization_method)?,
            algorithm: signature_method(method, rules)?,
            manifest_reference: reference(manifest, &names.manifest, rules)?,
            properties_reference: reference(properties, &names.properties, rules)?,
            value: base64(value)?,
            certificates: certificates(key_info)?,
            manifest: manifest_node,
            properties: properties_node,
            id,
        })
    }
}

/// A reference to a part of the signature itself.
fn reference(
    node: Node<'_>,
    name: &str,
    rules: &ManifestRules,
) -> Result<ManifestReference, VerifyError> {
    let read = ManifestReference::read(node, rules.sha1)?;
    if read.uri.strip_prefix('#') != Some(name) {
        let (cause, position) = (
            "a reference is not to the part that is expected",
            node.position(),
        );
        return Err(VerifyError::Wrapped { cause, position });
    }
    Ok(read)
}

/// The manifest and the signed properties, each the only one, in an `Object` of its own.
fn parts<'a>(
    objects: &[Node<'a>],
    id: &str,
    root: Node<'a>,
) -> Result<(Node<'a>, Node<'a>), VerifyError> {
    let (mut manifest, mut properties) = (None, None);
    for &object in objects {
        named(object, "Object")?;
        let [inside] = elements(object)?[..] else {
            return refuse("expected one element in each Object", object);
        };
        let place = if inside.is(DS_NAMESPACE, "Manifest") {
            (&mut manifest, inside)
        } else if inside.is(XADES_NAMESPACE, "QualifyingProperties") {
            let target = inside.attribute("Target").unwrap_or_default();
            let [signed] = elements(inside)?[..] else {
                return refuse("expected SignedProperties only", inside);
            };
            if target.strip_prefix('#') != Some(id)
                || !signed.is(XADES_NAMESPACE, "SignedProperties")
            {
                return refuse("expected SignedProperties of this signature", inside);
            }
            (&mut properties, signed)
        } else if inside.local_name() == "SignatureProperties" {
            // Not signed, and not read; the DMP's sample has it without namespace.
            continue;
        } else {
            return refuse(
                "expected Manifest, SignatureProperties or QualifyingProperties",
                inside,
            );
        };
        if place.0.replace(place.1).is_some() {
            return refuse("a second one of a signed part", inside);
        }
    }
    match (manifest, properties) {
        (Some(manifest), Some(properties)) => Ok((manifest, properties)),
        _ => refuse("expected a Manifest and QualifyingProperties", root),
    }
}

fn signature_method(
    node: Node<'_>,
    rules: &ManifestRules,
) -> Result<SignatureAlgorithm, VerifyError> {
    named(node, "SignatureMethod")?;
    if !elements(node)?.is_empty() {
        return refuse("expected no parameter of the signature method", node);
    }
    let found = node.attribute("Algorithm").unwrap_or_default();
    let position = node.position();
    let known = [SignatureAlgorithm::RsaSha256, SignatureAlgorithm::RsaSha1];
    match known.into_iter().find(|one| one.uri() == found) {
        Some(one) if rules.sha1 || one != SignatureAlgorithm::RsaSha1 => Ok(one),
        _ => Err(match weak_algorithm(&found) {
            Some(name) => VerifyError::WeakAlgorithm { name, position },
            None => VerifyError::Algorithm {
                expected: "RSA-SHA256, or RSA-SHA1 where it is taken",
                found: shown(&found),
                position,
            },
        }),
    }
}

impl VerifiedManifest {
    /// The documents, in their order.
    #[must_use]
    pub fn references(&self) -> &[ManifestReference] {
        &self.references
    }

    /// When it was signed, as the signer says.
    #[must_use]
    pub fn signing_time(&self) -> &str {
        &self.signing_time
    }

    /// The signer's certificate in DER, then those up to the authority when a path was looked for.
    #[must_use]
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }
}

impl fmt::Debug for VerifiedManifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedManifest")
            .field("references", &self.references)
            .field("signing_time", &self.signing_time)
            .field("certificates", &self.certificates.len())
            .finish()
    }
}
