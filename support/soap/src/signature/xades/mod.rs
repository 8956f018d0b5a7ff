//! XAdES signatures over a list of documents: the list (`ds:Manifest`) and who signed when (`SignedProperties` of XAdES 1.1.1)
//! are signed, the documents are beside, each by its digest.
//!
//! Sources: XAdES 1.1.1 (`http://uri.etsi.org/01903/v1.1.1#`, ETSI TS 101 903), XML Signature 1.1 sections 4.5 and 5, IHE ITI
//! Document Digital Signature; forms as in the messages of the DMP vendor kit.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use segur_soap::c14n::DigestAlgorithm;
//! use segur_soap::signature::xades::{
//!     ManifestForm, ManifestNames, ManifestReference, ManifestRules, ManifestToSign, sign_manifest, verify_manifest,
//! };
//! use segur_soap::signature::{Signer, SoftwareSigner, Trust};
//! use segur_xml::Document;
//!
//! # let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256)?;
//! # let certificate = rcgen::CertificateParams::new(vec![])?.self_signed(&key)?;
//! # let (key_pem, certificate_pem) = (key.serialize_pem(), certificate.pem());
//! let signer = SoftwareSigner::from_pem(&key_pem, &certificate_pem)?;
//! let names = ManifestNames::new("list", "properties");
//! let digest = DigestAlgorithm::Sha256.of(b"a document");
//! let to_sign = ManifestToSign {
//!     id: "_1",
//!     names: &names,
//!     purpose: None,
//!     signing_time: "2026-11-28T10:15:00Z",
//!     references: &[ManifestReference::raw("urn:oid:1.2.3", DigestAlgorithm::Sha256, digest.as_bytes())],
//! };
//! let signed = sign_manifest(&to_sign, &signer, &ManifestForm::default())?;
//!
//! let document = Document::parse(&signed)?;
//! let rules = ManifestRules::default();
//! let verified = verify_manifest(&document, &names, &Trust::Pinned(signer.certificates()), &rules)?;
//! assert_eq!(verified.references()[0].digest, digest.as_bytes());
//! # Ok(())
//! # }
//! ```

mod properties;
mod reference;
mod sign;
mod verify;

pub use reference::{ManifestNames, ManifestReference};
pub use sign::{ManifestForm, ManifestToSign, sign_manifest};
pub use verify::{ManifestRules, VerifiedManifest, verify_manifest};

/// Namespace of XAdES 1.1.1.
pub const XADES_NAMESPACE: &str = "http://uri.etsi.org/01903/v1.1.1#";

/// `Type` of a reference to a manifest. Source: XML Signature 1.1, section 5.1.
const MANIFEST_TYPE: &str = "http://www.w3.org/2000/09/xmldsig#Manifest";

/// `Type` of the reference to the signed properties. Source: XAdES 1.1.1, section 6.2.
const PROPERTIES_TYPE: &str = "http://uri.etsi.org/01903/v1.1.1#SignedProperties";
