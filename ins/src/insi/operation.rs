//! What INSi can be asked, and where.

/// A search of INSi. The unit verification is [`super::VerificationCodec`].
///
/// Source: WSDL `DESIR_ICIR_EXP_1.5.0`, service `ICIR-v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// WS_INS1, `rechercherInsAvecCarteVitale`: with what the carte Vitale holds.
    SearchByVitale,
    /// WS_INS2, `rechercherInsAvecTraitsIdentite`: with the traits.
    SearchByTraits,
}

impl Operation {
    /// The code in traces: `WS_INS1`, `WS_INS2`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SearchByVitale => "WS_INS1",
            Self::SearchByTraits => "WS_INS2",
        }
    }

    /// `wsa:Action` of the request.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::SearchByVitale => {
                "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecCarteVitale"
            }
            Self::SearchByTraits => {
                "urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite"
            }
        }
    }
}

/// Addresses of the service: one for each way to prove who calls. Production addresses are the site's setting: those
/// that are told are `unverified`, hence none is built in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// For calls with an assertion of a professional.
    pub assertion: String,
    /// For calls with the software's certificate over mutual TLS.
    pub mutual_tls: String,
}

impl Endpoints {
    /// Those of qualification (CNDA).
    #[must_use]
    pub fn qualification() -> Self {
        Self {
            assertion: "https://qualiflps.services-ps.ameli.fr:443/lps".into(),
            mutual_tls: "https://qualiflps-services-ps-tlsm.ameli.fr:443/lps".into(),
        }
    }
}
