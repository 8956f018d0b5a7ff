//! Signing.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use segur_xml::{Document, Encoding, Node, NodeId, WriteError, XmlWriter};

use super::algorithm::{self, DS_NAMESPACE, ENVELOPED, EXC_C14N, RSA_SHA256};
use super::canonical::MAX_PREFIXES;
use super::{
    CertificateError, SignError, SignatureAlgorithm, SignatureError, Signer, canonical, id, signer,
};

/// How a signature is spelled: receivers differ in what they take.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignatureForm {
    /// The prefix of its elements (default `ds`); none declares a default namespace.
    pub prefix: Option<String>,
    /// `PrefixList` of the element's canonical form (default empty): prefixes that are declared on or above the element
    /// and used in values only, such as `xsd` in `xsi:type="xsd:string"`; `#default` for the default namespace.
    ///
    /// Take only those that the element itself declares: whatever is declared around it in the message that it is put in
    /// would change its canonical form.
    pub inclusive_prefixes: Vec<String>,
    /// `PrefixList` of the canonical form of `SignedInfo` (default empty).
    pub signed_info_prefixes: Vec<String>,
    /// Writes all certificates of the signer instead of the first (default no).
    pub whole_chain: bool,
}

impl Default for SignatureForm {
    fn default() -> Self {
        Self {
            prefix: Some("ds".into()),
            inclusive_prefixes: Vec::new(),
            signed_info_prefixes: Vec::new(),
            whole_chain: false,
        }
    }
}

/// Where in its element a signature is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignaturePlace<'a> {
    /// Before all that is there.
    First,
    /// After all that is there.
    Last,
    /// After the first child of this name.
    After {
        /// Namespace of the child.
        namespace: &'a str,
        /// Its name without prefix.
        local: &'a str,
    },
}

/// Signs the element that has this ID (attribute `ID` or `Id`) and puts the signature into it. Everything else keeps its
/// bytes.
///
/// RSA-SHA256 over SHA-256, one reference to the element, transforms enveloped and exclusive canonicalisation, certificate in
/// `KeyInfo`. What it writes, [`super::verify_enveloped`] accepts. The same input with the same key gives the same bytes.
///
/// # Errors
/// When the markup is not well-formed or not in UTF-8, when no element or more than one bears the ID, when the element is
/// signed already or has not the child to stand after; when the signer does not sign or signs with another key than that of
/// its certificate.
pub fn sign_enveloped(
    markup: &str,
    id: &str,
    place: SignaturePlace<'_>,
    signer: &dyn Signer,
    form: &SignatureForm,
) -> Result<String, SignatureError> {
    let certificates = signer.certificates();
    if certificates.is_empty() {
        return Err(SignError::from(CertificateError::Missing).into());
    }
    let shown = if form.whole_chain {
        certificates.len()
    } else {
        1
    };
    check_prefixes(form)?;

    let mut doc = Document::parse(markup.as_bytes())?;
    if doc.encoding() != Encoding::Utf8 {
        return element_error("its document must be in UTF-8 and not declare another encoding");
    }
    let element = target(&doc, id)?;
    let bytes = canonical::exclusive(element, None, &form.inclusive_prefixes);
    let Some(bytes) = bytes else {
        return element_error(
            "it is nested more than 100 deep, or holds what the canonicaliser does not read",
        );
    };
    let digest = STANDARD.encode(digest(&SHA256, &bytes));
    let markup = signature(id, &digest, &certificates[..shown], form).map_err(|_| PREFIX)?;
    let signature = insert(&mut doc, id, place, &markup)?;

    let (info, value) = parts(&doc, signature).ok_or(LOST)?;
    let info = canonical::exclusive(info, None, &form.signed_info_prefixes).ok_or(LOST)?;
    let signed = signer::value(signer, &info, SignatureAlgorithm::RsaSha256)?;
    let value = value.id();
    doc.set_text(value, &STANDARD.encode(signed))
        .map_err(|_| LOST)?;
    String::from_utf8(doc.to_bytes()).or_else(|_| element_error("it is not written in UTF-8"))
}

const LOST: SignatureError = SignatureError::Element {
    cause: "the signature does not fit into it",
};
const PREFIX: SignatureError = SignatureError::Form {
    cause: "its prefix must be an XML name without colon, or the ID holds characters that XML forbids",
};

fn element_error<T>(cause: &'static str) -> Result<T, SignatureError> {
    Err(SignatureError::Element { cause })
}

/// The element to sign: the only one of its ID.
fn target<'a>(doc: &'a Document, id: &str) -> Result<Node<'a>, SignatureError> {
    let element = match id::bearers(doc, id)[..] {
        [one] if !id.is_empty() => one,
        [] | [_] => return element_error("no element has this ID (attribute ID or Id)"),
        _ => return element_error("several elements have this ID: each must have its own"),
    };
    if id::own_id(element).as_deref() != Some(id) {
        return element_error("its ID must stand in the attribute ID or Id, without namespace");
    }
    if element.child(DS_NAMESPACE, "Signature").is_some() {
        return element_error("it bears a signature already: sign it before any signature is in");
    }
    Ok(element)
}

fn check_prefixes(form: &SignatureForm) -> Result<(), SignatureError> {
    let lists = [&form.inclusive_prefixes, &form.signed_info_prefixes];
    let wrong = |prefix: &String| prefix.is_empty() || prefix.contains(char::is_whitespace);
    if lists.iter().any(|list| list.len() > MAX_PREFIXES) {
        let cause = "more than 32 prefixes in a PrefixList";
        return Err(SignatureError::Form { cause });
    }
    if lists.into_iter().flatten().any(wrong) {
        let cause = "a prefix of a PrefixList is empty or has white space: give one per item";
        return Err(SignatureError::Form { cause });
    }
    Ok(())
}

fn insert(
    doc: &mut Document,
    id: &str,
    place: SignaturePlace<'_>,
    markup: &str,
) -> Result<NodeId, SignatureError> {
    let element = target(doc, id)?;
    let own = element.id();
    let done = match place {
        SignaturePlace::First => match element.first_child().map(|node| node.id()) {
            Some(first) => doc.insert_before(first, markup),
            None => doc.append_child(own, markup),
        },
        SignaturePlace::Last => doc.append_child(own, markup),
        SignaturePlace::After { namespace, local } => {
            let child = element.child(namespace, local).map(|node| node.id());
            let Some(child) = child else {
                return element_error("it has no child of the name that the signature goes after");
            };
            doc.insert_after(child, markup)
        }
    };
    done.map_err(|_| LOST)
}

/// `SignedInfo` and `SignatureValue` of the signature that was put in.
fn parts(doc: &Document, signature: NodeId) -> Option<(Node<'_>, Node<'_>)> {
    let signature = doc.node(signature)?;
    let info = signature.child(DS_NAMESPACE, "SignedInfo")?;
    Some((info, signature.child(DS_NAMESPACE, "SignatureValue")?))
}

/// The signature, its value still empty.
fn signature(
    id: &str,
    digest: &str,
    certificates: &[Vec<u8>],
    form: &SignatureForm,
) -> Result<String, WriteError> {
    let name = |local: &str| match &form.prefix {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_owned(),
    };
    let declaration = match &form.prefix {
        Some(prefix) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    let mut w = XmlWriter::new();
    let method = |w: &mut XmlWriter, local: &str, uri: &str, prefixes: &[String]| {
        w.start(&name(local))?.attr("Algorithm", uri)?;
        if !prefixes.is_empty() {
            w.start("ec:InclusiveNamespaces")?
                .attr("xmlns:ec", EXC_C14N)?
                .attr("PrefixList", &prefixes.join(" "))?
                .end()?;
        }
        w.end().map(|_| ())
    };
    w.start(&name("Signature"))?
        .attr(&declaration, DS_NAMESPACE)?;
    w.start(&name("SignedInfo"))?;
    method(
        &mut w,
        "CanonicalizationMethod",
        EXC_C14N,
        &form.signed_info_prefixes,
    )?;
    method(&mut w, "SignatureMethod", RSA_SHA256, &[])?;
    w.start(&name("Reference"))?
        .attr("URI", &format!("#{id}"))?;
    w.start(&name("Transforms"))?;
    method(&mut w, "Transform", ENVELOPED, &[])?;
    method(&mut w, "Transform", EXC_C14N, &form.inclusive_prefixes)?;
    w.end()?;
    method(&mut w, "DigestMethod", algorithm::SHA256, &[])?;
    w.start(&name("DigestValue"))?.text(digest)?.end()?;
    w.end()?.end()?;
    w.start(&name("SignatureValue"))?.end()?;
    w.start(&name("KeyInfo"))?.start(&name("X509Data"))?;
    for certificate in certificates {
        w.start(&name("X509Certificate"))?
            .text(&STANDARD.encode(certificate))?
            .end()?;
    }
    w.end()?.end()?.end()?;
    w.finish()
}
