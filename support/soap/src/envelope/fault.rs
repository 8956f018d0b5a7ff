//! Faults: what a service answers when it does not do what it was asked.

use std::fmt;

use super::SoapVersion;

/// A fault of either version. It is an error, so that a caller can pass it on.
///
/// `Display` shows codes, `Debug` too; reason texts and details are a service's words and may speak of a patient, so
/// that neither shows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Fault {
    /// Version of the namespace of the fault.
    pub version: SoapVersion,
    /// The code.
    pub code: FaultCode,
    /// Finer codes, from the outermost. In SOAP 1.1 they are what follows a dot in the code (`Client.Authentication`).
    pub subcodes: Vec<QName>,
    /// The reason, in one language or several.
    pub reasons: Vec<Reason>,
    /// `Node`, the URI of who failed; only in SOAP 1.2.
    pub node: Option<String>,
    /// `Role`, the URI of the role it had; `faultactor` in SOAP 1.1.
    pub role: Option<String>,
    /// The whole element `Detail` (`detail` in SOAP 1.1, without namespace) as markup that stands alone; see
    /// [`super::fragment`].
    pub detail: Option<String>,
}

/// The code of a fault, under its name in SOAP 1.2.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultCode {
    /// The envelope is of a version that the service does not take.
    VersionMismatch,
    /// A header block that must be understood was not.
    MustUnderstand,
    /// An encoding that the service does not know; only in SOAP 1.2.
    DataEncodingUnknown,
    /// `Sender`, `Client` in SOAP 1.1: the message is wrong, and sent again as it is will be wrong again.
    Sender,
    /// `Receiver`, `Server` in SOAP 1.1: the service failed, and may succeed later.
    Receiver,
    /// Another, which the versions do not allow or leave to services.
    Other(QName),
    /// There is none.
    Missing,
}

impl FaultCode {
    /// The local name in a version; none for [`FaultCode::Other`] and [`FaultCode::Missing`], and for what the version
    /// lacks.
    #[must_use]
    pub const fn local_name(&self, version: SoapVersion) -> Option<&'static str> {
        Some(match (self, version) {
            (Self::VersionMismatch, _) => "VersionMismatch",
            (Self::MustUnderstand, _) => "MustUnderstand",
            (Self::DataEncodingUnknown, SoapVersion::V1_2) => "DataEncodingUnknown",
            (Self::Sender, SoapVersion::V1_2) => "Sender",
            (Self::Sender, SoapVersion::V1_1) => "Client",
            (Self::Receiver, SoapVersion::V1_2) => "Receiver",
            (Self::Receiver, SoapVersion::V1_1) => "Server",
            _ => return None,
        })
    }
}

/// A qualified name that stood as a value: `soap:Sender`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QName {
    /// The namespace; `""` when there is none, or the prefix is not declared.
    pub namespace: String,
    /// The local name.
    pub local: String,
}

/// One text of a reason. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Reason {
    /// `@xml:lang` as written; French services write `en` on French texts.
    pub lang: Option<String>,
    /// The text.
    pub text: String,
}

impl Fault {
    /// The reason in a language (`fr` finds `fr-FR`), else the first one.
    #[must_use]
    pub fn reason(&self, lang: &str) -> Option<&str> {
        let is = |reason: &&Reason| {
            let own = reason.lang.as_deref().unwrap_or_default();
            let own = own.split('-').next().unwrap_or_default();
            own.eq_ignore_ascii_case(lang)
        };
        let found = self.reasons.iter().find(is);
        found
            .or(self.reasons.first())
            .map(|reason| reason.text.as_str())
    }

    /// Whether a subcode has this local name.
    #[must_use]
    pub fn has_subcode(&self, local: &str) -> bool {
        self.subcodes.iter().any(|code| code.local == local)
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service answered with the fault ")?;
        match &self.code {
            FaultCode::Other(name) => f.write_str(&name.local)?,
            FaultCode::Missing => f.write_str("without code")?,
            code => f.write_str(code.local_name(SoapVersion::V1_2).unwrap_or_default())?,
        }
        for code in &self.subcodes {
            write!(f, ", {}", code.local)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("version", &self.version)
            .field("code", &self.code)
            .field("subcodes", &self.subcodes)
            .field("reasons", &self.reasons.len())
            .field("has_detail", &self.detail.is_some())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reason")
            .field("lang", &self.lang)
            .finish_non_exhaustive()
    }
}
