//! The values of an assertion.

use std::fmt;

use super::SamlTime;

/// Namespace of SAML 2.0 assertions.
pub const SAML_NAMESPACE: &str = "urn:oasis:names:tc:SAML:2.0:assertion";

/// Format of a name that is the subject of a certificate. Source: SAML 2.0 core, section 8.3.3.
pub const X509_SUBJECT_NAME: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName";

/// A SAML 2.0 assertion (core, section 2.3.3): somebody says something about a subject. `Debug` hides names and values.
#[derive(Clone, PartialEq, Eq)]
pub struct Assertion {
    /// `@ID`: an XML name, from the caller, never used twice; `_` and a UUID as a rule.
    pub id: String,
    /// `@IssueInstant`.
    pub issue_instant: SamlTime,
    /// `Issuer`: who says it.
    pub issuer: NameId,
    /// `Subject/NameID`: of whom.
    pub subject: NameId,
    /// `Conditions`: when and where it is valid.
    pub conditions: Option<Conditions>,
    /// `AuthnStatement`: how the subject was authenticated.
    pub authn: Option<AuthnStatement>,
    /// `AttributeStatement/Attribute`, in their order; no statement is written when there are none.
    pub attributes: Vec<Attribute>,
}

impl Assertion {
    /// An assertion that says nothing yet.
    pub fn new(
        id: impl Into<String>,
        issue_instant: SamlTime,
        issuer: NameId,
        subject: NameId,
    ) -> Self {
        Self {
            id: id.into(),
            issue_instant,
            issuer,
            subject,
            conditions: None,
            authn: None,
            attributes: Vec::new(),
        }
    }

    /// The first attribute of this name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|one| one.name == name)
    }
}

/// `saml:Issuer` or `saml:NameID` (core, sections 2.2.2 and 2.2.5). `Debug` hides the name.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NameId {
    /// The name.
    pub value: String,
    /// `@Format`: what kind of name it is, a URI.
    pub format: Option<String>,
    /// `@NameQualifier`: the domain it is unique in (INSi: `CPS`, `PSC`, ...).
    pub name_qualifier: Option<String>,
    /// `@SPNameQualifier`.
    pub sp_name_qualifier: Option<String>,
}

impl NameId {
    /// A name of no said kind.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            ..Self::default()
        }
    }

    /// A name of a kind.
    pub fn with_format(value: impl Into<String>, format: impl Into<String>) -> Self {
        Self {
            format: Some(format.into()),
            ..Self::new(value)
        }
    }
}

/// `saml:Conditions` (core, section 2.5). Other conditions than these are not written, and are tolerances when read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// `@NotBefore`.
    pub not_before: Option<SamlTime>,
    /// `@NotOnOrAfter`.
    pub not_on_or_after: Option<SamlTime>,
    /// `AudienceRestriction/Audience`: one restriction, any of them suffices.
    pub audiences: Vec<String>,
}

/// `saml:AuthnStatement` (core, section 2.7.2). `Debug` hides the session.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthnStatement {
    /// `@AuthnInstant`.
    pub instant: SamlTime,
    /// `@SessionIndex`.
    pub session_index: Option<String>,
    /// `AuthnContext/AuthnContextClassRef`, a URI.
    pub class_ref: Option<String>,
    /// `AuthnContext/AuthnContextDecl`, a text, as the DMP wants it; of the two forms of a declaration one only.
    pub declaration: Option<String>,
    /// `AuthnContext/AuthnContextDeclRef`, a URI.
    pub declaration_ref: Option<String>,
}

impl AuthnStatement {
    /// Authenticated then, in a way of this class.
    pub fn new(instant: SamlTime, class_ref: impl Into<String>) -> Self {
        Self {
            instant,
            session_index: None,
            class_ref: Some(class_ref.into()),
            declaration: None,
            declaration_ref: None,
        }
    }
}

/// `saml:Attribute` (core, section 2.7.3.1). `Debug` shows its name and how many values it has.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attribute {
    /// `@Name`.
    pub name: String,
    /// `@NameFormat`, a URI.
    pub name_format: Option<String>,
    /// `@FriendlyName`.
    pub friendly_name: Option<String>,
    /// The values, in their order.
    pub values: Vec<AttributeValue>,
}

impl Attribute {
    /// With one value that is a text.
    pub fn text(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            values: vec![AttributeValue::Text(value.into())],
            ..Self::default()
        }
    }

    /// With values that are elements, each serialised, with their namespaces declared.
    pub fn xml(name: impl Into<String>, values: impl IntoIterator<Item = String>) -> Self {
        Self {
            name: name.into(),
            values: values.into_iter().map(AttributeValue::Xml).collect(),
            ..Self::default()
        }
    }

    /// The first value, if it is a text.
    #[must_use]
    pub fn first_text(&self) -> Option<&str> {
        match self.values.first() {
            Some(AttributeValue::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// `saml:AttributeValue`. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeValue {
    /// A text.
    Text(String),
    /// One or several elements as markup that stands alone: a coded role of HL7 for instance.
    Xml(String),
}

impl fmt::Debug for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assertion")
            .field("issue_instant", &self.issue_instant)
            .field("issuer", &self.issuer)
            .field("subject", &self.subject)
            .field("conditions", &self.conditions)
            .field("authn", &self.authn)
            .field("attributes", &self.attributes)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for NameId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NameId")
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AuthnStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthnStatement")
            .field("instant", &self.instant)
            .field("class_ref", &self.class_ref)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute")
            .field("name", &self.name)
            .field("values", &self.values)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(..)",
            Self::Xml(_) => "Xml(..)",
        })
    }
}
