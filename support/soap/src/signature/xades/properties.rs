//! `SignedProperties`: when, and with which certificates.

use segur_xml::Node;

use super::super::VerifyError;
use super::super::algorithm::DS_NAMESPACE;
use super::super::name::issuer_serial;
use super::super::shape::{base64, elements, refuse};
use super::XADES_NAMESPACE;
use super::reference::digest_method;
use crate::c14n::DigestAlgorithm;

/// Certificates in `SigningCertificate`.
const MAX_CERTIFICATES: usize = 16;

pub(super) struct Properties {
    pub(super) signing_time: String,
    certificates: Vec<CertificateId>,
}

struct CertificateId {
    algorithm: DigestAlgorithm,
    digest: Vec<u8>,
    serial: String,
}

impl Properties {
    pub(super) fn read(node: Node<'_>, sha1: bool) -> Result<Self, VerifyError> {
        let own = child(node, "SignedSignatureProperties")?;
        let time = child(own, "SigningTime")?.string_value().trim().to_owned();
        if time.is_empty() {
            return refuse("the SigningTime is empty", own);
        }
        // Which policy it is made under must be said; that it is implied, or which one, is for the caller.
        child(own, "SignaturePolicyIdentifier")?;
        let list = child(own, "SigningCertificate")?;
        let mut certificates = Vec::new();
        for one in elements(list)? {
            if certificates.len() == MAX_CERTIFICATES || !one.is(XADES_NAMESPACE, "Cert") {
                return refuse("expected up to 16 Cert", one);
            }
            certificates.push(CertificateId::read(one, sha1)?);
        }
        Ok(Self {
            signing_time: time,
            certificates,
        })
    }

    /// The first is the signer's. When others are listed, all between the signer and the authority that is trusted must be, which
    /// alone may be left out.
    pub(super) fn check(&self, path: &[Vec<u8>]) -> Result<(), VerifyError> {
        let wrong = |cause| Err(VerifyError::SigningCertificate { cause });
        let (Some(first), Some(signer)) = (self.certificates.first(), path.first()) else {
            return wrong("it is empty");
        };
        if !first.is(signer) {
            return wrong("its first is not the certificate in KeyInfo");
        }
        let between = path
            .get(1..path.len().saturating_sub(1))
            .unwrap_or_default();
        let listed = |der: &Vec<u8>| self.certificates.iter().any(|one| one.is(der));
        if self.certificates.len() > 1 && !between.iter().all(listed) {
            return wrong("it leaves out one between the signer and the authority");
        }
        Ok(())
    }
}

impl CertificateId {
    fn read(node: Node<'_>, sha1: bool) -> Result<Self, VerifyError> {
        let digest = child(node, "CertDigest")?;
        let [method, value] = elements(digest)?[..] else {
            return refuse("expected DigestMethod and DigestValue", digest);
        };
        // Elements of XAdES itself in version 1.1.1, of XML signatures in later ones.
        let namespace = match method.is(DS_NAMESPACE, "DigestMethod") {
            true => DS_NAMESPACE,
            false => XADES_NAMESPACE,
        };
        if !value.is(namespace, "DigestValue") {
            return refuse("expected DigestValue", value);
        }
        let issuer = child(node, "IssuerSerial")?;
        let [name, serial] = elements(issuer)?[..] else {
            return refuse("expected X509IssuerName and X509SerialNumber", issuer);
        };
        if !name.is(DS_NAMESPACE, "X509IssuerName") || !serial.is(DS_NAMESPACE, "X509SerialNumber")
        {
            return refuse("expected X509IssuerName and X509SerialNumber", issuer);
        }
        Ok(Self {
            algorithm: digest_method(method, namespace, sha1)?,
            digest: base64(value)?,
            serial: serial.string_value().trim().to_owned(),
        })
    }

    /// By digest and number. Names are spelled in too many ways to be compared, and the digest covers them.
    fn is(&self, der: &[u8]) -> bool {
        let digest = self.algorithm.of(der);
        let serial = issuer_serial(der).map(|(_, serial)| serial);
        digest.as_bytes() == self.digest && serial.is_ok_and(|serial| serial == self.serial)
    }
}

fn child<'a>(node: Node<'a>, local: &str) -> Result<Node<'a>, VerifyError> {
    let mut all = elements(node)?
        .into_iter()
        .filter(|one| one.is(XADES_NAMESPACE, local));
    match (all.next(), all.next()) {
        (Some(one), None) => Ok(one),
        _ => refuse(
            "an element of the signed properties is missing, or there twice",
            node,
        ),
    }
}
