//! The two versions of SOAP, and what of HTTP depends on them.

/// A version of SOAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SoapVersion {
    /// SOAP 1.1: `text/xml`, the action in the HTTP header `SOAPAction`.
    V1_1,
    /// SOAP 1.2: `application/soap+xml`, the action as a parameter of it.
    V1_2,
}

impl SoapVersion {
    /// Both versions.
    pub const ALL: [Self; 2] = [Self::V1_1, Self::V1_2];

    /// Namespace of the envelope.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::V1_1 => "http://schemas.xmlsoap.org/soap/envelope/",
            Self::V1_2 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    /// The version with this namespace of the envelope.
    #[must_use]
    pub fn from_namespace(namespace: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|version| version.namespace() == namespace)
    }

    /// Media type of a message, without parameters.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::V1_1 => "text/xml",
            Self::V1_2 => "application/soap+xml",
        }
    }
}
