//! XML signatures of one element by itself ("enveloped"), as SAML assertions bear them: made with any signer, verified
//! strictly.
//!
//! Sources: XML Signature Syntax and Processing 1.1 (W3C, 2013), Exclusive XML Canonicalization 1.0 (W3C, 2002), SAML 2.0 core
//! section 5 (OASIS, 2005), XML Signature Best Practices (W3C, 2013), RFC 6931, RFC 8017.
//!
//! ```
//! use segur_soap::signature::{
//!     SignatureForm, SignaturePlace, SoftwareSigner, Trust, sign_enveloped, verify_enveloped,
//! };
//! use segur_xml::Document;
//!
//! # fn pair() -> Result<(String, String), Box<dyn std::error::Error>> {
//! #     let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256)?;
//! #     let certificate = rcgen::CertificateParams::new(vec![])?.self_signed(&key)?;
//! #     Ok((key.serialize_pem(), certificate.pem()))
//! # }
//! # let (key_pem, certificate_pem) = pair()?;
//! let signer = SoftwareSigner::from_pem(&key_pem, &certificate_pem)?;
//! # use segur_soap::signature::Signer;
//! let note = r#"<n:note xmlns:n="urn:example" ID="_1"><n:from>A</n:from><n:to>B</n:to></n:note>"#;
//! let place = SignaturePlace::After { namespace: "urn:example", local: "from" };
//! let signed = sign_enveloped(note, "_1", place, &signer, &SignatureForm::default())?;
//! assert!(signed.contains("</n:from><ds:Signature"));
//!
//! let message = Document::parse(signed.as_bytes())?;
//! let trust = Trust::Pinned(signer.certificates());
//! let verified = verify_enveloped(message.root_element(), &trust)?;
//! assert_eq!(verified.element().string_value(), "AB");
//!
//! let forged = signed.replace(">B<", ">C<");
//! let message = Document::parse(forged.as_bytes())?;
//! assert!(verify_enveloped(message.root_element(), &trust).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod algorithm;
mod canonical;
mod certificate;
mod chain;
mod error;
mod id;
mod name;
mod shape;
mod sign;
mod signer;
mod software;
mod trust;
mod verify;
#[cfg(feature = "xades")]
#[cfg_attr(docsrs, doc(cfg(feature = "xades")))]
pub mod xades;

pub use algorithm::{
    DS_NAMESPACE, ENVELOPED, EXC_C14N, RSA_SHA1, RSA_SHA256, SHA256, SignatureAlgorithm,
    weak_algorithm,
};
pub use certificate::{CertificateError, MIN_RSA_BITS};
pub use chain::{Anchors, ChainError};
pub use error::{SignatureError, VerifyError};
pub use name::{issuer_serial, subject_name};
pub use sign::{SignatureForm, SignaturePlace, sign_enveloped};
pub use signer::{Cause, SignError, Signer, ToSign};
pub use software::SoftwareSigner;
pub use trust::Trust;
pub use verify::{Verified, verify_enveloped};
