//! Reading an assertion.

use segur_xml::{Node, NodeKind};

use super::write::is_ncname;
use super::{
    Assertion, Attribute, AttributeValue, AuthnStatement, Conditions, NameId, SAML_NAMESPACE,
    SamlError, SamlTime, Tolerance, ToleranceKind,
};
use crate::envelope::fragment;

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";

/// Attributes of an assertion, values of an attribute, audiences.
const MAX_ITEMS: usize = 256;
/// Bytes of markup copied out of one assertion: each copy declares the namespaces around it, so that a small message could
/// ask for much memory.
const MAX_MARKUP: usize = 1 << 20;
/// Tolerances noted; more say nothing new.
const MAX_TOLERANCES: usize = 256;

/// What was read, and what was read over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadAssertion {
    /// The assertion.
    pub assertion: Assertion,
    /// How it departs from the schema.
    pub tolerances: Vec<Tolerance>,
    /// It bears a signature. Whether that is right, only `verify_enveloped` (feature `signature`) tells; what that gives
    /// back has no signature in it any more.
    pub bears_signature: bool,
}

impl Assertion {
    /// Reads an assertion, whatever its prefixes, in any order. Nothing is validated and no signature verified: read an
    /// assertion that must be trusted from [`Verified::element`](crate::signature::Verified::element).
    ///
    /// # Errors
    /// When the element is no assertion of SAML 2.0; when its ID, its time, its issuer or the name of its subject is missing;
    /// when a part that stands once stands twice; when it has more than 256 attributes, values or audiences, or more than
    /// 1 MiB of markup in values.
    pub fn read(element: Node<'_>) -> Result<ReadAssertion, SamlError> {
        let mut reader = Reader::default();
        let assertion = reader.assertion(element)?;
        Ok(ReadAssertion {
            assertion,
            tolerances: reader.tolerances,
            bears_signature: element.child(DS, "Signature").is_some(),
        })
    }
}

#[derive(Default)]
struct Reader {
    tolerances: Vec<Tolerance>,
    markup: usize,
}

impl Reader {
    fn note(&mut self, kind: ToleranceKind, node: Node<'_>) {
        if self.tolerances.len() < MAX_TOLERANCES {
            self.tolerances.push(Tolerance {
                kind,
                element: node.local_name().chars().take(120).collect(),
                position: node.position(),
            });
        }
    }

    fn assertion(&mut self, element: Node<'_>) -> Result<Assertion, SamlError> {
        let other = |found: String| SamlError::NotAnAssertion {
            found: found.chars().take(120).collect(),
            position: element.position(),
        };
        if !element.is(SAML_NAMESPACE, "Assertion") {
            let (namespace, local) = (element.namespace(), element.local_name());
            return Err(other(format!("{{{namespace}}}{local}")));
        }
        match element.attribute("Version") {
            None => self.note(ToleranceKind::NoVersion, element),
            Some(version) if version.trim() == "2.0" => {}
            Some(version) => return Err(other(format!("version {version}"))),
        }
        let missing = |what| SamlError::Missing {
            what,
            position: element.position(),
        };
        let id = element.attribute("ID").filter(|id| !id.trim().is_empty());
        let id = id.ok_or_else(|| missing("ID"))?.into_owned();
        if !is_ncname(&id) {
            self.note(ToleranceKind::IdIsNoName, element);
        }
        let instant = self.time(element, "IssueInstant");

        let (mut issuer, mut subject, mut conditions, mut authn) = (None, None, None, None);
        let mut attributes = Vec::new();
        let mut statements = 0;
        let order = [
            "Issuer",
            "Signature",
            "Subject",
            "Conditions",
            "Advice",
            "AuthnStatement",
            "AttributeStatement",
        ];
        let children = self.children(element, SAML_NAMESPACE, &order);
        for child in children {
            match child.local_name() {
                "Issuer" => once(&mut issuer, self.name_id(child), "Issuer", child)?,
                "Subject" => once(&mut subject, self.subject(child)?, "Subject", child)?,
                "Conditions" => {
                    let read = self.conditions(child)?;
                    once(&mut conditions, read, "Conditions", child)?;
                }
                "AuthnStatement" => {
                    let read = self.authn(child)?;
                    once(&mut authn, read, "AuthnStatement", child)?;
                }
                "AttributeStatement" => {
                    statements += 1;
                    if statements == 2 {
                        self.note(ToleranceKind::SeveralStatements, child);
                    }
                    self.attributes(child, &mut attributes)?;
                }
                _ => self.note(ToleranceKind::Skipped, child),
            }
        }
        Ok(Assertion {
            id,
            issue_instant: instant.ok_or_else(|| missing("IssueInstant"))?,
            issuer: issuer.ok_or_else(|| missing("Issuer"))?,
            subject: subject
                .flatten()
                .ok_or_else(|| missing("NameID in its Subject"))?,
            conditions,
            authn: match authn {
                Some(None) => return Err(missing("AuthnInstant in its AuthnStatement")),
                other => other.flatten(),
            },
            attributes,
        })
    }

    /// The children of these names, in the order of the message. What departs is noted, signatures are passed over.
    fn children<'a>(&mut self, node: Node<'a>, namespace: &str, order: &[&str]) -> Vec<Node<'a>> {
        let mut last = 0;
        let mut known = Vec::new();
        for child in node.children() {
            match child.kind() {
                NodeKind::Element => {}
                NodeKind::Text if !child.is_blank() => {
                    self.note(ToleranceKind::Skipped, node);
                    continue;
                }
                _ => continue,
            }
            let signature = child.is(DS, "Signature");
            let rank = order.iter().position(|&name| name == child.local_name());
            match rank.filter(|_| signature || child.namespace() == namespace) {
                Some(rank) => {
                    if rank < last {
                        self.note(ToleranceKind::Order, child);
                    }
                    last = last.max(rank);
                    if !signature {
                        known.push(child);
                    }
                }
                None => self.note(ToleranceKind::Skipped, child),
            }
        }
        known
    }

    fn text(&mut self, node: Node<'_>) -> String {
        if node.elements().next().is_some() {
            self.note(ToleranceKind::Skipped, node);
        }
        let texts = node.children().filter(|child| child.is_text());
        let text: String = texts.filter_map(|child| child.text()).collect();
        let trimmed = text.trim();
        if trimmed.len() != text.len() {
            self.note(ToleranceKind::WhiteSpace, node);
        }
        trimmed.to_owned()
    }

    fn time(&mut self, node: Node<'_>, name: &str) -> Option<SamlTime> {
        let time = SamlTime::read(node.attribute(name)?.trim());
        if !time.is_utc() {
            self.note(ToleranceKind::TimeNotUtc, node);
        }
        Some(time)
    }

    fn name_id(&mut self, node: Node<'_>) -> NameId {
        let attribute = |name| node.attribute(name).map(Into::into);
        NameId {
            value: self.text(node),
            format: attribute("Format"),
            name_qualifier: attribute("NameQualifier"),
            sp_name_qualifier: attribute("SPNameQualifier"),
        }
    }

    fn subject(&mut self, node: Node<'_>) -> Result<Option<NameId>, SamlError> {
        let mut name = None;
        for child in self.children(node, SAML_NAMESPACE, &["NameID"]) {
            once(&mut name, self.name_id(child), "NameID", child)?;
        }
        Ok(name)
    }

    fn conditions(&mut self, node: Node<'_>) -> Result<Conditions, SamlError> {
        let mut audiences = Vec::new();
        let mut restrictions = 0;
        for child in self.children(node, SAML_NAMESPACE, &["AudienceRestriction"]) {
            restrictions += 1;
            // Each restriction must hold: two as one list would admit more than they do.
            if restrictions > 1 {
                return Err(SamlError::Repeated {
                    what: "AudienceRestriction",
                    position: child.position(),
                });
            }
            for audience in self.children(child, SAML_NAMESPACE, &["Audience"]) {
                limited(audiences.len(), "audiences", audience)?;
                audiences.push(self.text(audience));
            }
        }
        Ok(Conditions {
            not_before: self.time(node, "NotBefore"),
            not_on_or_after: self.time(node, "NotOnOrAfter"),
            audiences,
        })
    }

    fn authn(&mut self, node: Node<'_>) -> Result<Option<AuthnStatement>, SamlError> {
        let instant = self.time(node, "AuthnInstant");
        let (mut class_ref, mut declaration, mut declaration_ref) = (None, None, None);
        for context in self.children(node, SAML_NAMESPACE, &["AuthnContext"]) {
            let order = [
                "AuthnContextClassRef",
                "AuthnContextDecl",
                "AuthnContextDeclRef",
            ];
            for child in self.children(context, SAML_NAMESPACE, &order) {
                let (slot, what) = match child.local_name() {
                    "AuthnContextClassRef" => (&mut class_ref, "AuthnContextClassRef"),
                    "AuthnContextDecl" => (&mut declaration, "AuthnContextDecl"),
                    _ => (&mut declaration_ref, "AuthnContextDeclRef"),
                };
                once(slot, self.text(child), what, child)?;
            }
        }
        Ok(instant.map(|instant| AuthnStatement {
            instant,
            session_index: node.attribute("SessionIndex").map(Into::into),
            class_ref,
            declaration,
            declaration_ref,
        }))
    }

    fn attributes(&mut self, node: Node<'_>, all: &mut Vec<Attribute>) -> Result<(), SamlError> {
        for child in self.children(node, SAML_NAMESPACE, &["Attribute"]) {
            limited(all.len(), "attributes", child)?;
            let name = child.attribute("Name").unwrap_or_default().into_owned();
            if name.trim().is_empty() {
                self.note(ToleranceKind::NoName, child);
            }
            let mut values = Vec::new();
            for value in self.children(child, SAML_NAMESPACE, &["AttributeValue"]) {
                limited(values.len(), "values", value)?;
                values.push(self.value(value)?);
            }
            all.push(Attribute {
                name,
                name_format: child.attribute("NameFormat").map(Into::into),
                friendly_name: child.attribute("FriendlyName").map(Into::into),
                values,
            });
        }
        Ok(())
    }

    fn value(&mut self, node: Node<'_>) -> Result<AttributeValue, SamlError> {
        if node.elements().next().is_none() {
            return Ok(AttributeValue::Text(node.string_value().into_owned()));
        }
        if node
            .children()
            .any(|child| child.is_text() && !child.is_blank())
        {
            self.note(ToleranceKind::MixedValue, node);
        }
        let mut markup = String::new();
        for element in node.elements() {
            markup.push_str(&fragment(element));
            if self.markup + markup.len() > MAX_MARKUP {
                return Err(SamlError::TooMany {
                    what: "bytes of markup in values",
                    limit: MAX_MARKUP,
                    position: element.position(),
                });
            }
        }
        self.markup += markup.len();
        Ok(AttributeValue::Xml(markup))
    }
}

fn once<T>(
    slot: &mut Option<T>,
    value: T,
    what: &'static str,
    node: Node<'_>,
) -> Result<(), SamlError> {
    if slot.is_some() {
        let position = node.position();
        return Err(SamlError::Repeated { what, position });
    }
    *slot = Some(value);
    Ok(())
}

fn limited(count: usize, what: &'static str, node: Node<'_>) -> Result<(), SamlError> {
    if count < MAX_ITEMS {
        return Ok(());
    }
    Err(SamlError::TooMany {
        what,
        limit: MAX_ITEMS,
        position: node.position(),
    })
}
