//! Signing a list of documents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use segur_xml::{Document, Node, WriteError, XmlWriter};

use super::super::algorithm::DS_NAMESPACE;
use super::super::name::issuer_serial;
use super::super::{
    CertificateError, SignError, SignatureAlgorithm, SignatureError, Signer, canonical, signer,
};
use super::{MANIFEST_TYPE, ManifestNames, ManifestReference, PROPERTIES_TYPE, XADES_NAMESPACE};
use crate::c14n::{Comments, DigestAlgorithm};

/// What is signed.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct ManifestToSign<'a> {
    /// `Id` of the signature.
    pub id: &'a str,
    /// Those of its parts.
    pub names: &'a ManifestNames,
    /// Why it is signed, in a `SignatureProperty`: its `Id` and its text. It is not signed, as in the DMP's samples.
    pub purpose: Option<(&'a str, &'a str)>,
    /// When it is signed: `xs:dateTime`.
    pub signing_time: &'a str,
    /// The documents, in their order.
    pub references: &'a [ManifestReference],
}

/// How it is signed. The default is SHA-256 throughout; the DMP's samples have SHA-1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestForm {
    /// The signature value (default RSA-SHA256).
    pub signature: SignatureAlgorithm,
    /// Digests of the two parts and of the certificates (default SHA-256).
    pub digest: DigestAlgorithm,
    /// Writes all certificates of the signer into `KeyInfo`, instead of the first (default no). The signed list always names all.
    pub whole_chain: bool,
}

impl Default for ManifestForm {
    fn default() -> Self {
        Self {
            signature: SignatureAlgorithm::default(),
            digest: DigestAlgorithm::Sha256,
            whole_chain: false,
        }
    }
}

/// Signs a list of documents: gives the signature as a document of its own, in UTF-8. The same input with the same key gives the
/// same bytes.
///
/// # Errors
/// When an identifier is none (an XML name without colon) or two are the same; when the signer does not sign, does not make this
/// algorithm, or signs with another key than that of its certificate.
pub fn sign_manifest(
    to_sign: &ManifestToSign<'_>,
    signer: &dyn Signer,
    form: &ManifestForm,
) -> Result<Vec<u8>, SignatureError> {
    check_ids(to_sign)?;
    let certificates = signer.certificates();
    if certificates.is_empty() {
        return Err(SignError::from(CertificateError::Missing).into());
    }
    let names = certificates.iter().map(|der| issuer_serial(der));
    let names: Result<Vec<_>, _> = names.collect();
    let names = names.map_err(SignError::from)?;
    let markup = markup(to_sign, certificates, &names, form).map_err(|_| TEXT)?;

    let mut doc = Document::parse(markup.as_bytes())?;
    let parts = Parts::of(&doc).ok_or(LOST)?;
    let manifest = canonical::inclusive(parts.manifest, Comments::Dropped).ok_or(LOST)?;
    let properties = canonical::inclusive(parts.properties, Comments::Dropped).ok_or(LOST)?;
    let values = [
        (parts.manifest_digest.id(), manifest),
        (parts.properties_digest.id(), properties),
    ];
    for (node, bytes) in values {
        let digest = STANDARD.encode(form.digest.of(&bytes).as_bytes());
        doc.set_text(node, &digest).map_err(|_| LOST)?;
    }
    let parts = Parts::of(&doc).ok_or(LOST)?;
    let info = canonical::inclusive(parts.info, Comments::Kept).ok_or(LOST)?;
    let value = signer::value(signer, &info, form.signature)?;
    let node = parts.value.id();
    doc.set_text(node, &STANDARD.encode(value))
        .map_err(|_| LOST)?;
    Ok(doc.to_bytes())
}

const LOST: SignatureError = SignatureError::Element {
    cause: "a part of the signature is not found again",
};
const TEXT: SignatureError = SignatureError::Form {
    cause: "a text holds a character that XML forbids",
};

fn check_ids(to_sign: &ManifestToSign<'_>) -> Result<(), SignatureError> {
    let names = to_sign.names;
    let mut ids = vec![to_sign.id, &names.manifest, &names.properties];
    ids.extend(to_sign.purpose.map(|(id, _)| id));
    if !ids.iter().all(|id| crate::c14n::is_ncname(id)) {
        let cause = "an identifier must be an XML name without colon: begin it with a letter or _";
        return Err(SignatureError::Form { cause });
    }
    ids.sort_unstable();
    if ids.windows(2).any(|two| two[0] == two[1]) {
        let cause = "two identifiers are the same";
        return Err(SignatureError::Form { cause });
    }
    Ok(())
}

/// The nodes that are filled in.
struct Parts<'a> {
    info: Node<'a>,
    manifest_digest: Node<'a>,
    properties_digest: Node<'a>,
    value: Node<'a>,
    manifest: Node<'a>,
    properties: Node<'a>,
}

impl<'a> Parts<'a> {
    fn of(doc: &'a Document) -> Option<Self> {
        let root = doc.root_element();
        let info = root.child(DS_NAMESPACE, "SignedInfo")?;
        let mut references = info.children_named(DS_NAMESPACE, "Reference");
        let mut digest = || references.next()?.child(DS_NAMESPACE, "DigestValue");
        let objects = || root.children_named(DS_NAMESPACE, "Object");
        let mut manifests = objects().filter_map(|one| one.child(DS_NAMESPACE, "Manifest"));
        let mut qualifying =
            objects().filter_map(|one| one.child(XADES_NAMESPACE, "QualifyingProperties"));
        Some(Self {
            info,
            manifest_digest: digest()?,
            properties_digest: digest()?,
            value: root.child(DS_NAMESPACE, "SignatureValue")?,
            manifest: manifests.next()?,
            properties: qualifying
                .next()?
                .child(XADES_NAMESPACE, "SignedProperties")?,
        })
    }
}

type Written = Result<(), WriteError>;

/// An element that holds one attribute.
fn method(w: &mut XmlWriter, local: &str, algorithm: &str) -> Written {
    w.start(local)?.attr("Algorithm", algorithm)?.end()?;
    Ok(())
}

fn leaf(w: &mut XmlWriter, local: &str, text: &str) -> Written {
    w.start(local)?.text(text)?.end()?;
    Ok(())
}

/// The signature, digests of its parts and value still empty. Prefixes as in the DMP's samples: none.
fn markup(
    to_sign: &ManifestToSign<'_>,
    certificates: &[Vec<u8>],
    names: &[(String, String)],
    form: &ManifestForm,
) -> Result<String, WriteError> {
    let mut w = XmlWriter::new();
    w.start("Signature")?
        .attr("xmlns", DS_NAMESPACE)?
        .attr("Id", to_sign.id)?;
    w.start("SignedInfo")?;
    method(&mut w, "CanonicalizationMethod", Comments::Kept.algorithm())?;
    method(&mut w, "SignatureMethod", form.signature.uri())?;
    let parts = [
        (MANIFEST_TYPE, &to_sign.names.manifest),
        (PROPERTIES_TYPE, &to_sign.names.properties),
    ];
    for (kind, id) in parts {
        w.start("Reference")?
            .attr("Type", kind)?
            .attr("URI", &format!("#{id}"))?;
        method(&mut w, "DigestMethod", form.digest.uri())?;
        w.start("DigestValue")?.end()?.end()?;
    }
    w.end()?;
    w.start("SignatureValue")?.end()?;
    w.start("KeyInfo")?.start("X509Data")?;
    let shown = if form.whole_chain {
        certificates.len()
    } else {
        1
    };
    for der in certificates.iter().take(shown) {
        leaf(&mut w, "X509Certificate", &STANDARD.encode(der))?;
    }
    w.end()?.end()?;
    manifest(&mut w, to_sign)?;
    let target = format!("#{}", to_sign.id);
    if let Some((id, text)) = to_sign.purpose {
        w.start("Object")?.start("SignatureProperties")?;
        w.start("SignatureProperty")?
            .attr("Id", id)?
            .attr("Target", &target)?;
        w.text(text)?.end()?.end()?.end()?;
    }
    w.start("Object")?.start("QualifyingProperties")?;
    w.attr("xmlns", XADES_NAMESPACE)?.attr("Target", &target)?;
    properties(&mut w, to_sign, certificates, names, form)?;
    w.end()?.end()?.end()?;
    w.finish()
}

fn manifest(w: &mut XmlWriter, to_sign: &ManifestToSign<'_>) -> Written {
    w.start("Object")?
        .start("Manifest")?
        .attr("Id", &to_sign.names.manifest)?;
    for one in to_sign.references {
        w.start("Reference")?.attr("URI", &one.uri)?;
        if let Some(comments) = one.canonical {
            w.start("Transforms")?;
            method(w, "Transform", comments.algorithm())?;
            w.end()?;
        }
        method(w, "DigestMethod", one.algorithm.uri())?;
        leaf(w, "DigestValue", &STANDARD.encode(&one.digest))?;
        w.end()?;
    }
    w.end()?.end()?;
    Ok(())
}

fn properties(
    w: &mut XmlWriter,
    to_sign: &ManifestToSign<'_>,
    certificates: &[Vec<u8>],
    names: &[(String, String)],
    form: &ManifestForm,
) -> Written {
    w.start("SignedProperties")?
        .attr("Id", &to_sign.names.properties)?;
    w.start("SignedSignatureProperties")?;
    leaf(w, "SigningTime", to_sign.signing_time)?;
    w.start("SigningCertificate")?;
    for (der, (issuer, serial)) in certificates.iter().zip(names) {
        w.start("Cert")?.start("CertDigest")?;
        method(w, "DigestMethod", form.digest.uri())?;
        leaf(
            w,
            "DigestValue",
            &STANDARD.encode(form.digest.of(der).as_bytes()),
        )?;
        w.end()?.start("IssuerSerial")?;
        for (local, text) in [("X509IssuerName", issuer), ("X509SerialNumber", serial)] {
            w.start(local)?
                .attr("xmlns", DS_NAMESPACE)?
                .text(text)?
                .end()?;
        }
        w.end()?.end()?;
    }
    w.end()?;
    w.start("SignaturePolicyIdentifier")?
        .start("SignaturePolicyImplied")?
        .end()?
        .end()?
        .end()?;
    w.start("SignedDataObjectProperties")?.end()?.end()?;
    Ok(())
}
