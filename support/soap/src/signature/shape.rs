//! A signature as it must look: one reference, to the element around it, and nothing else that could be read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use segur_xml::{Node, NodeKind, Position};

use super::algorithm::{
    DS_NAMESPACE, ENVELOPED, EXC_C14N, RSA_SHA256, SHA256, shown, weak_algorithm,
};
use super::canonical::MAX_PREFIXES;
use super::{CertificateError, VerifyError};

/// Certificates in one signature.
const MAX_CERTIFICATES: usize = 16;

/// The parts of a signature.
pub(super) struct Shape<'a> {
    /// `ds:Signature`.
    pub(super) signature: Node<'a>,
    /// `ds:SignedInfo`, which is signed.
    pub(super) signed_info: Node<'a>,
    /// `PrefixList` of its canonical form.
    pub(super) info_prefixes: Vec<String>,
    /// `ds:Reference`.
    pub(super) reference: Node<'a>,
    /// Its `URI`.
    pub(super) uri: String,
    /// `PrefixList` of the canonical form of the element.
    pub(super) prefixes: Vec<String>,
    /// The digest of the element.
    pub(super) digest: Vec<u8>,
    /// The signature value.
    pub(super) value: Vec<u8>,
    /// The certificates in `KeyInfo`, at least one.
    pub(super) certificates: Vec<Vec<u8>>,
}

impl<'a> Shape<'a> {
    /// Reads the signature that is a child of an element.
    pub(super) fn of(element: Node<'a>) -> Result<Self, VerifyError> {
        let mut all = element.children_named(DS_NAMESPACE, "Signature");
        let signature = all.next().ok_or_else(|| VerifyError::NotSigned {
            position: element.position(),
        })?;
        if let Some(second) = all.next() {
            return refuse("a second Signature in the same element", second);
        }
        let (signed_info, value, key_info) = match elements(signature)?[..] {
            [info, value, key] => (info, value, key),
            [_, _] => return Err(CertificateError::Missing.into()),
            _ => {
                return refuse(
                    "expected SignedInfo, SignatureValue and KeyInfo only",
                    signature,
                );
            }
        };
        named(signed_info, "SignedInfo")?;
        named(value, "SignatureValue")?;
        named(key_info, "KeyInfo")?;

        let [canonicalization, method, reference] = elements(signed_info)?[..] else {
            return refuse(
                "expected one method of each kind and one Reference",
                signed_info,
            );
        };
        named(canonicalization, "CanonicalizationMethod")?;
        algorithm(canonicalization, EXC_C14N)?;
        named(method, "SignatureMethod")?;
        algorithm(method, RSA_SHA256)?;
        if !elements(method)?.is_empty() {
            return refuse("expected no parameter of RSA-SHA256", method);
        }
        named(reference, "Reference")?;

        let [transforms, digest_method, digest] = elements(reference)?[..] else {
            return refuse(
                "expected Transforms, DigestMethod and DigestValue",
                reference,
            );
        };
        named(transforms, "Transforms")?;
        named(digest_method, "DigestMethod")?;
        named(digest, "DigestValue")?;
        algorithm(digest_method, SHA256)?;
        let [enveloped, exclusive] = elements(transforms)?[..] else {
            return refuse(
                "expected two transforms: enveloped, then exclusive",
                transforms,
            );
        };
        named(enveloped, "Transform")?;
        named(exclusive, "Transform")?;
        algorithm(enveloped, ENVELOPED)?;
        algorithm(exclusive, EXC_C14N)?;
        if !elements(enveloped)?.is_empty() {
            return refuse(
                "expected no parameter of the enveloped transform",
                enveloped,
            );
        }
        Ok(Self {
            signature,
            signed_info,
            info_prefixes: prefixes(canonicalization)?,
            reference,
            uri: reference.attribute("URI").unwrap_or_default().into_owned(),
            prefixes: prefixes(exclusive)?,
            digest: base64(digest)?,
            value: base64(value)?,
            certificates: certificates(key_info)?,
        })
    }
}

pub(super) fn refuse<T>(cause: &'static str, node: Node<'_>) -> Result<T, VerifyError> {
    let position = node.position();
    Err(VerifyError::Form { cause, position })
}

/// The elements inside one that holds no text, no comment, no instruction.
pub(super) fn elements(node: Node<'_>) -> Result<Vec<Node<'_>>, VerifyError> {
    let mut found = Vec::new();
    for child in node.children() {
        match child.kind() {
            NodeKind::Element => found.push(child),
            NodeKind::Text if child.text().is_some_and(|text| text.trim().is_empty()) => {}
            _ => return refuse("expected elements only", child),
        }
        // No part has so many that are expected; a hostile one could have millions.
        if found.len() > 64 {
            return refuse("too many elements", child);
        }
    }
    Ok(found)
}

pub(super) fn named(node: Node<'_>, local: &str) -> Result<(), VerifyError> {
    if node.is(DS_NAMESPACE, local) {
        Ok(())
    } else {
        refuse(
            "expected the elements of XML signatures in the order of their schema",
            node,
        )
    }
}

fn algorithm(node: Node<'_>, expected: &'static str) -> Result<(), VerifyError> {
    let found = node.attribute("Algorithm").unwrap_or_default();
    let position: Position = node.position();
    if found == expected {
        return Ok(());
    }
    Err(match weak_algorithm(&found) {
        Some(name) => VerifyError::WeakAlgorithm { name, position },
        None => VerifyError::Algorithm {
            expected,
            found: shown(&found),
            position,
        },
    })
}

/// `ec:InclusiveNamespaces/@PrefixList`, if there is one. Source: Exclusive XML Canonicalization 1.0, section 4.
fn prefixes(method: Node<'_>) -> Result<Vec<String>, VerifyError> {
    let list = match elements(method)?[..] {
        [] => return Ok(Vec::new()),
        [node] if node.is(EXC_C14N, "InclusiveNamespaces") => node.attribute("PrefixList"),
        _ => return refuse("expected InclusiveNamespaces only", method),
    };
    let list: Vec<String> = list
        .unwrap_or_default()
        .split_ascii_whitespace()
        .take(MAX_PREFIXES + 1)
        .map(Into::into)
        .collect();
    if list.len() > MAX_PREFIXES {
        return refuse("more than 32 prefixes in PrefixList", method);
    }
    Ok(list)
}

pub(super) fn certificates(key_info: Node<'_>) -> Result<Vec<Vec<u8>>, VerifyError> {
    let mut found = Vec::new();
    for data in key_info.children_named(DS_NAMESPACE, "X509Data") {
        for node in data.children_named(DS_NAMESPACE, "X509Certificate") {
            if found.len() == MAX_CERTIFICATES {
                return refuse("more than 16 certificates", node);
            }
            found.push(base64(node)?);
        }
    }
    if found.is_empty() {
        return Err(CertificateError::Missing.into());
    }
    Ok(found)
}

pub(super) fn base64(node: Node<'_>) -> Result<Vec<u8>, VerifyError> {
    if let Some(other) = node.children().find(|child| !child.is_text()) {
        return refuse("expected text only", other);
    }
    let mut text = node.string_value().into_owned();
    text.retain(|letter| !letter.is_ascii_whitespace());
    STANDARD
        .decode(text)
        .or_else(|_| refuse("expected base64", node))
}
