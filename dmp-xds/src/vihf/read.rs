//! Reading a VIHF: for test servers, and for those who help users.

use std::fmt;

use segur_core::Coded;
use segur_soap::saml::{Assertion, Attribute, AttributeValue, Tolerance, X509_SUBJECT_NAME};
use segur_xml::{Document, Node};

use super::{
    Access, AccessMode, Authentication, AuthenticationMode, AuthnClass, Issue, Software, Structure,
    User, Vihf, VihfError, VihfTolerance, VihfToleranceKind as Kind, names,
};
use crate::metadata::Cx;

/// A VIHF that was read. `Debug` hides what it says of persons.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadVihf {
    /// What it says.
    pub vihf: Vihf,
    /// Its number, times and issuer.
    pub issue: Issue,
    /// `VIHF_Version`; empty when it is missing.
    pub version: String,
    /// What is not as it should be in the VIHF.
    pub tolerances: Vec<VihfTolerance>,
    /// What is not as it should be in the assertion around it.
    pub assertion_tolerances: Vec<Tolerance>,
    /// It bears a signature, which was not verified: see [`Vihf::read_element`].
    pub bears_signature: bool,
}

impl ReadVihf {
    /// Whether something of this kind was tolerated.
    #[must_use]
    pub fn tolerates(&self, kind: Kind) -> bool {
        self.tolerances.iter().any(|one| one.kind == kind)
    }
}

/// Tolerances noted; more say nothing new.
const MAX_TOLERANCES: usize = 256;

impl Vihf {
    /// Reads the element of an assertion. Nothing is validated and no signature verified: one that must be trusted is read from
    /// `segur_soap::signature::Verified::element`; what rules it breaks, [`Vihf::check`] tells.
    ///
    /// # Errors
    /// When it is no assertion of SAML 2.0; when mode of authentication or of access cannot be told.
    pub fn read_element(element: Node<'_>) -> Result<ReadVihf, VihfError> {
        let read = Assertion::read(element)?;
        let mut vihf = Self::read(&read.assertion)?;
        vihf.assertion_tolerances = read.tolerances;
        vihf.bears_signature = read.bears_signature;
        Ok(vihf)
    }

    /// Reads what an assertion says, in any order, whatever its spelling. What is missing is left empty and told.
    ///
    /// # Errors
    /// When mode of authentication or of access cannot be told.
    pub fn read(assertion: &Assertion) -> Result<ReadVihf, VihfError> {
        Reader::new(assertion).read()
    }
}

struct Reader<'a> {
    assertion: &'a Assertion,
    /// The attribute of each name of [`names::ALL`].
    known: [Option<&'a Attribute>; names::ALL.len()],
    tolerances: Vec<VihfTolerance>,
}

impl<'a> Reader<'a> {
    fn new(assertion: &'a Assertion) -> Self {
        let mut reader = Self {
            assertion,
            known: [None; names::ALL.len()],
            tolerances: Vec::new(),
        };
        for attribute in &assertion.attributes {
            reader.sort(attribute);
        }
        reader
    }

    fn sort(&mut self, attribute: &'a Attribute) {
        let name = attribute.name.trim();
        let mut places = names::ALL.iter().zip(&mut self.known);
        let place = places.find(|(known, _)| known.eq_ignore_ascii_case(name));
        let Some((known, place)) = place else {
            let kit = names::KIT_ONLY.contains(&name);
            return self.note(if kit { Kind::KitOnly } else { Kind::Unknown }, name);
        };
        let other_case = *known != name && name != names::MODE_CAPITAL;
        let repeated = place.is_some();
        place.get_or_insert(attribute);
        if other_case {
            self.note(Kind::OtherCase, name);
        }
        if repeated {
            self.note(Kind::Repeated, name);
        }
    }

    fn note(&mut self, kind: Kind, name: &str) {
        if self.tolerances.len() < MAX_TOLERANCES {
            let name = name.chars().take(120).collect();
            self.tolerances.push(VihfTolerance { kind, name });
        }
    }

    fn read(mut self) -> Result<ReadVihf, VihfError> {
        let vihf = Vihf {
            user: self.user(),
            structure: Structure {
                id: self.needed(names::STRUCTURE),
                sector: self.sector(),
            },
            authentication: self.authentication()?,
            patient: self.patient(),
            access: self.access()?,
            secret: self.secret(),
            software: Software {
                id: self.text(names::SOFTWARE_ID),
                name: self.needed(names::SOFTWARE_NAME),
                version: self.needed(names::SOFTWARE_VERSION),
                homologation: self.needed(names::HOMOLOGATION),
            },
        };
        let version = self.needed(names::VERSION);
        if self.needed(names::RESOURCE_URN) != names::URN_DMP {
            self.note(Kind::OtherWord, names::RESOURCE_URN);
        }
        Ok(ReadVihf {
            vihf,
            issue: self.issue(),
            version,
            tolerances: self.tolerances,
            assertion_tolerances: Vec::new(),
            bears_signature: false,
        })
    }

    fn issue(&mut self) -> Issue {
        let assertion = self.assertion;
        if assertion.issuer.format.as_deref() != Some(X509_SUBJECT_NAME) {
            self.note(Kind::IssuerFormat, names::ISSUER);
        }
        let conditions = assertion.conditions.as_ref();
        Issue {
            id: assertion.id.clone(),
            at: assertion.issue_instant.clone(),
            until: conditions.and_then(|conditions| conditions.not_on_or_after.clone()),
            issuer: assertion.issuer.value.clone(),
        }
    }

    fn attribute(&self, name: &str) -> Option<&'a Attribute> {
        let place = names::ALL.iter().position(|known| *known == name)?;
        self.known.get(place).copied().flatten()
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        let attribute = self.attribute(name)?;
        if attribute.values.len() > 1 {
            self.note(Kind::Repeated, name);
        }
        match attribute.values.first()? {
            AttributeValue::Text(text) => Some(text.trim().to_owned()),
            _ => {
                self.note(Kind::NotText, name);
                None
            }
        }
    }

    fn needed(&mut self, name: &'static str) -> String {
        let text = self.text(name).unwrap_or_default();
        if text.is_empty() {
            self.note(Kind::Missing, name);
        }
        text
    }

    fn user(&mut self) -> User {
        let mut roles = self.codes(names::ROLE, "Role").into_iter();
        let role = roles.next().unwrap_or_else(|| {
            self.note(Kind::Missing, names::ROLE);
            Coded::new("", "")
        });
        let specialty = roles.next();
        if roles.next().is_some() {
            self.note(Kind::Repeated, names::ROLE);
        }
        User {
            id: self.assertion.subject.value.clone(),
            name: self.text(names::SUBJECT_ID),
            role,
            specialty,
        }
    }

    fn sector(&mut self) -> Coded {
        let text = self.needed(names::SECTOR);
        if text.is_empty() {
            return Coded::new("", "");
        }
        match text.split_once('^') {
            Some((code, system)) => Coded::new(code.to_owned(), system.to_owned()),
            None => {
                self.note(Kind::NoSystem, names::SECTOR);
                Coded::new(text, "")
            }
        }
    }

    fn authentication(&mut self) -> Result<Authentication, VihfError> {
        let word = self.text(names::MODE).unwrap_or_default();
        let mode = AuthenticationMode::from_word(&word).ok_or(VihfError::NotAVihf {
            what: names::MODE,
            expected: "DIRECTE, INDIRECTE, INDIRECTE_RENFORCEE",
        })?;
        let authn = self.assertion.authn.as_ref();
        let class = authn.and_then(|authn| authn.class_ref.as_deref());
        if class.is_none() {
            self.note(Kind::Missing, names::CLASS);
        }
        let at = authn.map(|authn| authn.instant.clone());
        Ok(Authentication {
            mode,
            class: AuthnClass::from_uri(class.unwrap_or_default()),
            declaration: authn.and_then(|authn| authn.declaration.clone()),
            at: at.filter(|at| *at != self.assertion.issue_instant),
        })
    }

    fn access(&mut self) -> Result<Access, VihfError> {
        let codes = self.codes(names::PURPOSE, "PurposeOfUse");
        if codes.len() > 1 {
            self.note(Kind::Repeated, names::PURPOSE);
        }
        let code = codes.first();
        if code.is_some_and(|code| code.system != names::ACCESS_SYSTEM) {
            self.note(Kind::OtherWord, names::PURPOSE);
        }
        let mode = code.and_then(|code| AccessMode::from_code(&code.code));
        Ok(Access {
            mode: mode.ok_or(VihfError::NotAVihf {
                what: names::PURPOSE,
                expected: "normal, bris_de_glace, centre_15",
            })?,
            reason: self.text(names::REASON),
        })
    }

    fn patient(&mut self) -> Option<Cx> {
        let text = self.text(names::RESOURCE_ID)?;
        let read = Cx::read(&text);
        let plain = Cx::new(read.id.as_str(), read.oid(), "NH");
        if read != plain {
            self.note(Kind::PatientForm, names::RESOURCE_ID);
        }
        Some(read)
    }

    fn secret(&mut self) -> bool {
        let Some(text) = self.text(names::CONFIDENTIALITY) else {
            return false;
        };
        let (code, system) = text.split_once('^').unwrap_or((&text, ""));
        if code != names::SECRET || system != names::SECRET_SYSTEM {
            self.note(Kind::OtherWord, names::CONFIDENTIALITY);
        }
        code == names::SECRET
    }

    /// The coded values of an attribute: elements of HL7, or `code^system`.
    fn codes(&mut self, name: &'static str, element: &str) -> Vec<Coded> {
        let mut codes = Vec::new();
        let values = self.attribute(name).map(|attribute| &attribute.values);
        for value in values.into_iter().flatten() {
            match value {
                AttributeValue::Xml(markup) => self.elements(name, element, markup, &mut codes),
                AttributeValue::Text(text) if text.trim().is_empty() => {}
                AttributeValue::Text(text) => {
                    self.note(Kind::NotCoded, name);
                    let (code, system) = text.trim().split_once('^').unwrap_or((text.trim(), ""));
                    codes.push(Coded::new(code.to_owned(), system.to_owned()));
                }
                _ => self.note(Kind::NotCoded, name),
            }
        }
        codes
    }

    fn elements(
        &mut self,
        name: &'static str,
        element: &str,
        markup: &str,
        codes: &mut Vec<Coded>,
    ) {
        // A value may hold several elements: one root around them.
        let around = format!("<v>{markup}</v>");
        let Ok(doc) = Document::parse(around.as_bytes()) else {
            return self.note(Kind::NotCoded, name);
        };
        for node in doc.root_element().elements() {
            let code = node.attribute("code");
            let (Some(code), true) = (code, node.local_name() == element) else {
                self.note(Kind::NotCoded, name);
                continue;
            };
            if node.namespace() != names::HL7 {
                self.note(Kind::Namespace, name);
            }
            let system = node.attribute("codeSystem").unwrap_or_default();
            let read = Coded::new(code.into_owned(), system.into_owned());
            codes.push(match node.attribute("displayName") {
                Some(label) => read.with_display(label.into_owned()),
                None => read,
            });
        }
    }
}

impl fmt::Display for ReadVihf {
    /// What support may see: modes, software, what is odd; no person, no structure, no patient.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let vihf = &self.vihf;
        write!(
            f,
            "VIHF {} of {}: {}, {}, {} {}",
            self.version,
            self.issue.at,
            vihf.authentication.mode.word(),
            vihf.access.mode.code(),
            vihf.software.name,
            vihf.software.version,
        )?;
        for tolerance in &self.tolerances {
            write!(f, "; {tolerance}")?;
        }
        Ok(())
    }
}
