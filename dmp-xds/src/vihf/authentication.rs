//! How the user was authenticated.

use segur_soap::saml::SamlTime;

/// Who vouches for the user: attribute `Authentification_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "closed: the DMP knows these three")]
pub enum AuthenticationMode {
    /// `DIRECTE`: the user's own card (CPS, CPF, CPE).
    Direct,
    /// `INDIRECTE`: the structure, with its certificate.
    Indirect,
    /// `INDIRECTE_RENFORCEE` (AIR): the structure, and the user by strong means. Submission (TD2.1, TD2.2) is forbidden. The matrix
    /// PDT-INF-606 ticks hospital structures only: do not assume that a city practice may use it.
    Reinforced,
}

impl AuthenticationMode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Indirect, Self::Reinforced];

    /// The word in the VIHF.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Direct => "DIRECTE",
            Self::Indirect => "INDIRECTE",
            Self::Reinforced => "INDIRECTE_RENFORCEE",
        }
    }

    /// The mode of a word; none for another.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.word() == word)
    }
}

/// `AuthnContextClassRef`: by what means. Classes of SAML 2.0 (authentication context, section 3.4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthnClass {
    /// `SmartcardPKI`: a card.
    Smartcard,
    /// `Password`.
    Password,
    /// `TLSClient`: a software certificate.
    TlsClient,
    /// `MobileTwoFactorUnregistered`: Pro Santé Connect behind a proxy of the agency.
    MobileTwoFactor,
    /// `unspecified`: devices.
    Unspecified,
    /// Another class, as its URI.
    Other(String),
}

const CLASSES: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

impl AuthnClass {
    const KNOWN: [(Self, &'static str); 5] = [
        (Self::Smartcard, "SmartcardPKI"),
        (Self::Password, "Password"),
        (Self::TlsClient, "TLSClient"),
        (Self::MobileTwoFactor, "MobileTwoFactorUnregistered"),
        (Self::Unspecified, "unspecified"),
    ];

    /// The URI.
    #[must_use]
    pub fn uri(&self) -> String {
        if let Self::Other(uri) = self {
            return uri.clone();
        }
        let known = Self::KNOWN.iter().find(|(class, _)| class == self);
        format!("{CLASSES}{}", known.map_or("", |(_, word)| word))
    }

    /// The class of a URI.
    #[must_use]
    pub fn from_uri(uri: &str) -> Self {
        let word = uri.strip_prefix(CLASSES);
        let known = Self::KNOWN
            .into_iter()
            .find(|(_, known)| word == Some(known));
        known.map_or_else(|| Self::Other(uri.to_owned()), |(class, _)| class)
    }
}

/// How the user was authenticated. Published messages differ in the class that goes with each mode: take a constructor, and change
/// [`Authentication::class`] when the DMP asks for another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Authentication {
    /// Who vouches.
    pub mode: AuthenticationMode,
    /// By what means.
    pub class: AuthnClass,
    /// `AuthnContextDecl`: AIR only.
    pub declaration: Option<String>,
    /// `AuthnInstant`, when it is another than the time at which the VIHF is made.
    pub at: Option<SamlTime>,
}

impl Authentication {
    fn of(mode: AuthenticationMode, class: AuthnClass) -> Self {
        Self {
            mode,
            class,
            declaration: None,
            at: None,
        }
    }

    /// The user's card: `SmartcardPKI`.
    #[must_use]
    pub fn direct() -> Self {
        Self::of(AuthenticationMode::Direct, AuthnClass::Smartcard)
    }

    /// The structure's certificate. The class tells how the user was authenticated in the structure, as the agency's profile has it; the
    /// vendor kit writes `Password` in its code, `SmartcardPKI` in its sample.
    #[must_use]
    pub fn indirect(class: AuthnClass) -> Self {
        Self::of(AuthenticationMode::Indirect, class)
    }

    /// AIR: class `Password` and declaration `APP_BROWSER_AUTH`, as the code of the vendor kit has it. ansforge/DRIM-M_DRIMbox writes
    /// class `TLSClient` with the same declaration, the kit's sample `SmartcardPKI` for both.
    #[must_use]
    pub fn reinforced() -> Self {
        Self {
            declaration: Some("APP_BROWSER_AUTH".to_owned()),
            ..Self::of(AuthenticationMode::Reinforced, AuthnClass::Password)
        }
    }

    /// Pro Santé Connect behind a proxy that vouches with its certificate: `INDIRECTE`, class `MobileTwoFactorUnregistered`.
    /// Source: prosanteconnect/generate-VIHF (2022), whose code notes that the mode is to become another.
    #[must_use]
    pub fn pro_sante_connect_proxy() -> Self {
        Self::indirect(AuthnClass::MobileTwoFactor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_their_uri() {
        for (class, word) in AuthnClass::KNOWN {
            let uri = class.uri();
            assert_eq!(
                uri,
                format!("urn:oasis:names:tc:SAML:2.0:ac:classes:{word}")
            );
            assert_eq!(AuthnClass::from_uri(&uri), class);
        }
        let other = AuthnClass::from_uri("urn:example");
        assert_eq!(other.uri(), "urn:example");
        assert_eq!(
            AuthnClass::from_uri("Password"),
            AuthnClass::Other("Password".into())
        );
    }
}
