//! From a signer's certificate to an authority that is trusted.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RsaParameters, UnparsedPublicKey,
};
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::time::ASN1Time;

use super::CertificateError;

/// Authorities that are trusted, and those between them and the signers.
///
/// Checked are: the signatures from one certificate to the next (RSA with SHA-256, -384 or -512), names, dates, that issuers are
/// authorities and may sign certificates (basicConstraints with its path length, keyUsage), and that the signer's key is for
/// signatures (keyUsage digitalSignature or nonRepudiation). Not checked: revocation, policies, name constraints; a critical
/// extension that is not known makes a certificate unusable. Source: RFC 5280, section 6.
#[derive(Clone, Default)]
pub struct Anchors {
    trusted: Vec<Vec<u8>>,
    between: Vec<Vec<u8>>,
}

/// Why no trusted authority stands behind a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// A certificate cannot be read.
    #[error("a certificate of the chain cannot be read: {0}")]
    Certificate(#[from] CertificateError),
    /// The signer's certificate is not for signatures.
    #[error(
        "the signer's certificate is not for signatures (keyUsage): a CPS has one pair to authenticate and another to sign"
    )]
    Usage,
    /// A certificate is not valid any more.
    #[error("a certificate of the chain has expired: the signer must renew it and sign again")]
    Expired,
    /// A certificate is not valid yet.
    #[error("a certificate of the chain is not valid yet: look at the clock of this machine")]
    NotYetValid,
    /// No chain leads to an authority that is trusted.
    #[error(
        "no chain leads from the signer's certificate to an authority that is trusted here: add the certificates between them, or trust its authority"
    )]
    NoPath,
}

impl Anchors {
    /// These authorities, in DER.
    ///
    /// # Errors
    /// When one is no certificate.
    pub fn new(trusted: Vec<Vec<u8>>) -> Result<Self, CertificateError> {
        trusted.iter().try_for_each(|der| read(der).map(|_| ()))?;
        let between = Vec::new();
        Ok(Self { trusted, between })
    }

    /// With certificates between the authorities and the signers, for signatures that do not bring them. They are not trusted by
    /// themselves.
    ///
    /// # Errors
    /// When one is no certificate.
    pub fn with_intermediates(mut self, between: Vec<Vec<u8>>) -> Result<Self, CertificateError> {
        between.iter().try_for_each(|der| read(der).map(|_| ()))?;
        self.between.extend(between);
        Ok(self)
    }

    /// The certificates from the signer's, which comes first, to an authority. The others given are looked at as certificates
    /// between them.
    ///
    /// # Errors
    /// See [`ChainError`].
    pub fn path(
        &self,
        certificates: &[Vec<u8>],
        at: SystemTime,
    ) -> Result<Vec<Vec<u8>>, ChainError> {
        let (signer, others) = certificates
            .split_first()
            .ok_or(CertificateError::Missing)?;
        let known = self.trusted.iter().chain(&self.between).chain(others);
        let known: Vec<(&Vec<u8>, X509Certificate<'_>)> = known
            .filter_map(|der| Some((der, read(der).ok()?)))
            .collect();
        let leaf = read(signer)?;
        check_dates(&leaf, at)?;
        if !for_signatures(&leaf) {
            return Err(ChainError::Usage);
        }
        if self.trusted.contains(signer) {
            return Ok(vec![signer.clone()]);
        }

        // Breadth first; each certificate is reached once, so that many of one name cost no more than their number squared.
        let mut reached: Vec<Step> = vec![Step {
            index: None,
            from: 0,
            depth: 0,
        }];
        let mut seen = vec![false; known.len()];
        let mut cause = ChainError::NoPath;
        let mut next = 0;
        while let Some(&Step { index, depth, .. }) = reached.get(next) {
            let subject = index
                .and_then(|index| known.get(index))
                .map_or(&leaf, |one| &one.1);
            for (index, (der, issuer)) in known.iter().enumerate() {
                if seen[index] || !issued(subject, issuer, depth) {
                    continue;
                }
                if let Err(error) = check_dates(issuer, at) {
                    cause = error;
                    continue;
                }
                seen[index] = true;
                reached.push(Step {
                    index: Some(index),
                    from: next,
                    depth: depth + 1,
                });
                if self.trusted.contains(der) {
                    return Ok(walk(signer, &known, &reached));
                }
            }
            next += 1;
        }
        Err(cause)
    }
}

/// A certificate that was reached, and from which.
#[derive(Clone, Copy)]
struct Step {
    index: Option<usize>,
    from: usize,
    /// How many authorities are below it.
    depth: u32,
}

/// From the signer to the last certificate reached.
fn walk(
    signer: &[u8],
    known: &[(&Vec<u8>, X509Certificate<'_>)],
    reached: &[Step],
) -> Vec<Vec<u8>> {
    let mut path = Vec::new();
    let mut step = reached.last();
    while let Some((index, from)) = step.and_then(|step| Some((step.index?, step.from))) {
        path.extend(known.get(index).map(|one| one.0.clone()));
        step = reached.get(from);
    }
    path.push(signer.to_vec());
    path.reverse();
    path
}

fn read(der: &[u8]) -> Result<X509Certificate<'_>, CertificateError> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Ok(certificate),
        _ => Err(CertificateError::Malformed),
    }
}

fn check_dates(certificate: &X509Certificate<'_>, at: SystemTime) -> Result<(), ChainError> {
    let seconds = at
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let at = i64::try_from(seconds)
        .ok()
        .and_then(|at| ASN1Time::from_timestamp(at).ok());
    let at = at.ok_or(ChainError::Expired)?;
    if at > certificate.validity().not_after {
        return Err(ChainError::Expired);
    }
    if at < certificate.validity().not_before {
        return Err(ChainError::NotYetValid);
    }
    Ok(())
}

fn for_signatures(leaf: &X509Certificate<'_>) -> bool {
    match leaf.key_usage() {
        Ok(None) => knows_critical(leaf),
        Ok(Some(usage)) => {
            knows_critical(leaf)
                && (usage.value.digital_signature() || usage.value.non_repudiation())
        }
        Err(_) => false,
    }
}

/// Whether the critical extensions are those that are looked at: keyUsage and basicConstraints, and those that restrict what is
/// not asked here (extended usages, policies).
fn knows_critical(certificate: &X509Certificate<'_>) -> bool {
    const KNOWN: [&str; 4] = ["2.5.29.15", "2.5.29.19", "2.5.29.32", "2.5.29.37"];
    let known = |oid: String| KNOWN.contains(&oid.as_str());
    let mut critical = certificate.extensions().iter().filter(|one| one.critical);
    critical.all(|one| known(one.oid.to_id_string()))
}

/// Whether the issuer, with this many authorities below it, issued the certificate.
fn issued(subject: &X509Certificate<'_>, issuer: &X509Certificate<'_>, depth: u32) -> bool {
    if issuer.subject().as_raw() != subject.issuer().as_raw() || !knows_critical(issuer) {
        return false;
    }
    let constraints = issuer.basic_constraints().ok().flatten();
    let is_authority = constraints.is_some_and(|one| {
        one.value.ca
            && one
                .value
                .path_len_constraint
                .is_none_or(|most| depth <= most)
    });
    let usage = issuer.key_usage();
    let may_sign = usage.is_ok_and(|usage| usage.is_none_or(|one| one.value.key_cert_sign()));
    is_authority && may_sign && signed(subject, issuer)
}

fn signed(subject: &X509Certificate<'_>, issuer: &X509Certificate<'_>) -> bool {
    let oid = subject.signature_algorithm.algorithm.to_id_string();
    let parameters: &'static RsaParameters = match oid.as_str() {
        "1.2.840.113549.1.1.11" => &RSA_PKCS1_2048_8192_SHA256,
        "1.2.840.113549.1.1.12" => &RSA_PKCS1_2048_8192_SHA384,
        "1.2.840.113549.1.1.13" => &RSA_PKCS1_2048_8192_SHA512,
        _ => return false,
    };
    let key = &issuer.public_key().subject_public_key.data;
    UnparsedPublicKey::new(parameters, key)
        .verify(
            subject.tbs_certificate.as_ref(),
            &subject.signature_value.data,
        )
        .is_ok()
}

impl fmt::Debug for Anchors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (trusted, between) = (self.trusted.len(), self.between.len());
        write!(f, "Anchors({trusted} trusted, {between} between)")
    }
}
